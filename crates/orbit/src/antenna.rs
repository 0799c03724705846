//! An antenna on the station: where it can turn, what stands in its way, and which relay it speaks with.

use std::ops::Range;

use glam::DVec3;
use timeline::{Duration, Interval, Window};

use crate::frames::EARTH_RATE_RAD_S;
use crate::relays::{Leg, Relay, hand_overs};
use crate::search::{Sample, intervals, knots, positive};
use crate::track::{Cursor, Piece, Track, ZCross};

/// An antenna that follows relay satellites.
#[derive(Clone, PartialEq, Debug)]
pub struct Antenna {
    /// Its id, such as `ku`.
    pub id: String,
    /// The relays that it may speak with, by their places in the list of relays.
    pub relays: Vec<usize>,
    /// Where it can look.
    pub reach: Reach,
    /// From losing one relay to being heard by the next, or by the same again.
    pub acquire: Duration,
    /// When it is there.
    pub service: Interval,
}

/// Where an antenna can look, in the frame that goes along with the orbit.
#[derive(Clone, PartialEq, Debug)]
pub struct Reach {
    /// How far it turns from the zenith forward and backward, degrees.
    pub along_deg: f64,
    /// How far it turns to either side, degrees.
    pub across_deg: f64,
    /// Where something of the station stands in the way.
    pub blocked: Vec<Patch>,
}

/// A rectangle of directions.
///
/// The angle along the track is counted from the zenith, forward positive, in the plane of zenith and flight; the angle
/// across from that plane, to starboard (right of the flight with the zenith above) positive.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Patch {
    /// Least angle along the track, degrees.
    pub along_from_deg: f64,
    /// Greatest angle along the track, degrees.
    pub along_to_deg: f64,
    /// Least angle across, degrees.
    pub across_from_deg: f64,
    /// Greatest angle across, degrees.
    pub across_to_deg: f64,
}

/// Which relay `antenna` speaks with when; each leg begins when the relay has been acquired.
///
/// `sights` holds for each of `relays` when it is in sight, see [`crate::in_sight`]. The antenna stays on a relay until it is
/// lost and then turns to the one that it can follow longest. Time for a link is not rationed: each of its relays serves it
/// whenever it can.
#[must_use]
pub fn antenna_legs(station: &Track, relays: &[Relay], sights: &[Window], antenna: &Antenna) -> Vec<Leg> {
    let served = |&relay: &usize| Some((relay, relays.get(relay)?, sights.get(relay)?));
    let (places, windows): (Vec<usize>, Vec<Window>) = antenna
        .relays
        .iter()
        .filter_map(served)
        .map(|(place, relay, sight)| {
            let sight = sight.clip(antenna.service);
            (place, in_reach(station, relay, &sight, &antenna.reach).longer_than(antenna.acquire))
        })
        .unzip();
    let acquired = |leg: Leg| {
        let during = Interval::new(leg.during.start() + antenna.acquire, leg.during.end())?;
        Some(Leg { relay: places[leg.relay], during })
    };
    hand_overs(&windows).into_iter().filter_map(acquired).collect()
}

/// When `relay`, which is in sight during `sight`, stands where an antenna can look.
///
/// The station flies with one side to the Earth and one forward; turned otherwise it sees other relays.
#[must_use]
pub fn in_reach(station: &Track, relay: &Relay, sight: &Window, reach: &Reach) -> Window {
    let hidden: Vec<Corner> = beyond_gimbals(reach).iter().chain(&reach.blocked).flat_map(corners).collect();
    let mut lost = Vec::new();
    for piece in station.pieces() {
        for other in relay.track.pieces() {
            let shared = Interval::new(piece.start.max(other.start), piece.end.min(other.end));
            for stretch in shared.map(|shared| sight.clip(shared)).iter().flat_map(Window::iter) {
                let mut look = Look::new(piece, other);
                let from_s = (stretch.start() - piece.start).seconds();
                let to_s = (stretch.end() - piece.start).seconds().min(piece.length_s());
                let seen: Vec<(f64, DVec3)> =
                    knots(piece, from_s, to_s).map(|(at_s, _)| (at_s, look.toward(at_s))).collect();
                for corner in &hidden {
                    for run in corner.runs(&seen) {
                        lost.extend(intervals(piece, &corner.inside(&seen[run], &mut look)));
                    }
                }
            }
        }
    }
    sight.minus(&Window::from_intervals(lost))
}

/// The directions to which the gimbals do not turn.
fn beyond_gimbals(reach: &Reach) -> [Patch; 3] {
    let everywhere =
        Patch { along_from_deg: -180.0, along_to_deg: 180.0, across_from_deg: -90.0, across_to_deg: 90.0 };
    [
        Patch { along_from_deg: reach.along_deg, along_to_deg: 360.0 - reach.along_deg, ..everywhere },
        Patch { across_from_deg: reach.across_deg, ..everywhere },
        Patch { across_to_deg: -reach.across_deg, ..everywhere },
    ]
}

/// A patch as corners, each no wider than half a turn.
fn corners(patch: &Patch) -> Vec<Corner> {
    let &Patch { along_from_deg: from, along_to_deg: to, .. } = patch;
    let across = [(1.0, patch.across_from_deg), (-1.0, -patch.across_to_deg)].map(|(side, deg)| Half {
        normal: DVec3::new(0.0, side, 0.0),
        // Nothing lies beyond a right angle, and everything beyond its opposite.
        level: if deg.abs() >= 90.0 { deg.signum() * 2.0 } else { deg.to_radians().sin() },
    });
    let forward_of = |deg: f64| Half {
        normal: DVec3::new(deg.to_radians().cos(), 0.0, -deg.to_radians().sin()),
        level: 0.0,
    };
    let between = |from: f64, to: f64| {
        let behind = forward_of(to + 180.0);
        Corner(vec![forward_of(from), behind, across[0], across[1]])
    };
    match to - from {
        width if width >= 360.0 => vec![Corner(across.to_vec())],
        width if width > 180.0 => vec![between(from, from + width / 2.0), between(from + width / 2.0, to)],
        _ => vec![between(from, to)],
    }
}

/// The directions on one side of a circle.
#[derive(Clone, Copy)]
struct Half {
    normal: DVec3,
    level: f64,
}

impl Half {
    /// Positive inside, and smooth.
    fn signal(&self, toward: DVec3) -> f64 {
        toward.dot(self.normal) - self.level
    }
}

/// The directions that lie in each of several halves.
struct Corner(Vec<Half>);

/// How far a signal may leave the chord between two knots. A step is 0.4 rad, and a relay's own place adds a fifth to the
/// station's turning: `(1.2 · 0.4)² / 8` is 0.03; a little more.
const SAG: f64 = 0.04;

impl Corner {
    /// The runs of knots between which the relay may stand in the corner, with a knot more at either end so that an extremum
    /// in the first or last step shows.
    fn runs(&self, seen: &[(f64, DVec3)]) -> Vec<Range<usize>> {
        let misses =
            |half: &Half, pair: &[(f64, DVec3)]| pair.iter().all(|&(_, toward)| half.signal(toward) < -SAG);
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (step, pair) in seen.windows(2).enumerate() {
            if self.0.iter().any(|half| misses(half, pair)) {
                continue;
            }
            let (from, to) = (step.saturating_sub(1), (step + 3).min(seen.len()));
            match runs.last_mut() {
                Some(run) if run.end > from => run.end = to,
                _ => runs.push(from..to),
            }
        }
        runs
    }

    /// When the relay stands in the corner, in seconds of the station's piece.
    fn inside(&self, seen: &[(f64, DVec3)], look: &mut Look<'_>) -> Vec<(f64, f64)> {
        let mut inside = vec![(seen[0].0, seen[seen.len() - 1].0)];
        for half in &self.0 {
            let samples: Vec<Sample> =
                seen.iter().map(|&(at_s, toward)| (at_s, half.signal(toward))).collect();
            if inside.is_empty() || samples.iter().all(|&(_, signal)| signal > SAG) {
                continue;
            }
            inside = both(&inside, &positive(&samples, |at_s| half.signal(look.toward(at_s))));
        }
        inside
    }
}

/// The stretches that lie in one of each list.
fn both(some: &[(f64, f64)], others: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let shared = some.iter().flat_map(|a| others.iter().map(move |b| (a.0.max(b.0), a.1.min(b.1))));
    shared.filter(|(from, to)| from < to).collect()
}

/// Looks from the station to a relay.
struct Look<'a> {
    here: Cursor<'a>,
    there: Cursor<'a>,
    shift_s: f64,
}

impl<'a> Look<'a> {
    fn new(station: &'a Piece, relay: &'a Piece) -> Self {
        let shift_s = (station.start - relay.start).seconds();
        Self { here: station.cursor(), there: relay.cursor(), shift_s }
    }

    /// The unit vector to the relay at a time in seconds of the station's piece: forward, starboard, up.
    fn toward(&mut self, at_s: f64) -> DVec3 {
        let (here_km, velocity_km_s) = self.here.state(at_s);
        let sight = (self.there.position_km(at_s + self.shift_s) - here_km).normalize();
        let inertial_km_s = velocity_km_s + EARTH_RATE_RAD_S * here_km.z_cross();
        let up = here_km.normalize();
        let port = here_km.cross(inertial_km_s).normalize();
        DVec3::new(sight.dot(port.cross(up)), -sight.dot(port), sight.dot(up))
    }
}
