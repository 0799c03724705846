//! An antenna on the station: where it can turn, what stands in its way, and which relay it speaks with.

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

impl Reach {
    /// The directions that the gimbals allow, as one patch.
    fn gimbals(&self) -> Patch {
        Patch {
            along_from_deg: -self.along_deg,
            along_to_deg: self.along_deg,
            across_from_deg: -self.across_deg,
            across_to_deg: self.across_deg,
        }
    }
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
/// The station flies with one side to the Earth and one forward, as in `docs/book.md`; turned otherwise it sees other
/// relays.
#[must_use]
pub fn in_reach(station: &Track, relay: &Relay, sight: &Window, reach: &Reach) -> Window {
    let patches: Vec<Patch> = [reach.gimbals()].into_iter().chain(reach.blocked.iter().copied()).collect();
    let mut edges: Vec<Edge> = patches.iter().flat_map(Edge::around).collect();
    edges.sort_by(|a, b| a.kind().cmp(&b.kind()).then(a.deg().total_cmp(&b.deg())));
    edges.dedup();
    let beyond = beyond_edges(station, relay, sight, &edges);
    let of = |edge: Edge| edges.iter().position(|one| *one == edge).map(|at| &beyond[at]);
    let inside = |patch: &Patch| inside(patch, sight, &of);
    let hidden = patches[1..].iter().map(&inside).fold(Window::empty(), |all, one| all.or(&one));
    inside(&patches[0]).minus(&hidden)
}

/// When the relay stands in `patch`, from when it stands beyond each of its edges.
fn inside<'a>(patch: &Patch, sight: &Window, beyond: &impl Fn(Edge) -> Option<&'a Window>) -> Window {
    let [from, to, left, right] = Edge::around(patch).map(beyond);
    let (Some(from), Some(to), Some(left), Some(right)) = (from, to, left, right) else {
        return Window::empty();
    };
    // An edge along the track parts the sphere in halves, so more than half of it is what remains of the rest.
    let along = match patch.along_to_deg - patch.along_from_deg {
        width if width >= 360.0 => sight.clone(),
        width if width > 180.0 => sight.minus(&to.minus(from)),
        _ => from.minus(to),
    };
    along.and(&left.minus(right))
}

/// A great or small circle of directions that bounds a patch, by its angle in degrees.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Edge {
    Along(f64),
    Across(f64),
}

impl Edge {
    /// The edges of a patch: from and to along the track, from and to across.
    fn around(patch: &Patch) -> [Self; 4] {
        [
            Self::Along(patch.along_from_deg),
            Self::Along(patch.along_to_deg),
            Self::Across(patch.across_from_deg),
            Self::Across(patch.across_to_deg),
        ]
    }

    fn kind(self) -> u8 {
        match self {
            Self::Along(_) => 0,
            Self::Across(_) => 1,
        }
    }

    fn deg(self) -> f64 {
        match self {
            Self::Along(deg) | Self::Across(deg) => deg,
        }
    }

    /// A smooth function of a direction that is positive beyond the edge: for 180° forward of it, or to starboard.
    fn signal(self) -> impl Fn(DVec3) -> f64 {
        let normal = match self {
            Self::Along(deg) => {
                let (sin, cos) = deg.to_radians().sin_cos();
                DVec3::new(cos, 0.0, -sin)
            }
            Self::Across(_) => DVec3::Y,
        };
        let level = match self {
            Self::Along(_) => 0.0,
            // Nothing lies beyond a right angle, and everything beyond its opposite.
            Self::Across(deg) if deg.abs() >= 90.0 => deg.signum() * 2.0,
            Self::Across(deg) => deg.to_radians().sin(),
        };
        move |toward| toward.dot(normal) - level
    }
}

/// For each edge, when the relay is in sight and beyond it.
fn beyond_edges(station: &Track, relay: &Relay, sight: &Window, edges: &[Edge]) -> Vec<Window> {
    let signals: Vec<_> = edges.iter().map(|edge| edge.signal()).collect();
    let mut found: Vec<Vec<Interval>> = vec![Vec::new(); edges.len()];
    for piece in station.pieces() {
        for other in relay.track.pieces() {
            let shared = Interval::new(piece.start.max(other.start), piece.end.min(other.end));
            for stretch in shared.map(|shared| sight.clip(shared)).iter().flat_map(Window::iter) {
                let mut look = Look::new(piece, other);
                let from_s = (stretch.start() - piece.start).seconds();
                let to_s = (stretch.end() - piece.start).seconds().min(piece.length_s());
                let at_knots: Vec<(f64, DVec3)> =
                    knots(piece, from_s, to_s).map(|(t, _)| (t, look.toward(t))).collect();
                for (found, signal) in found.iter_mut().zip(&signals) {
                    let samples: Vec<Sample> =
                        at_knots.iter().map(|&(t, toward)| (t, signal(toward))).collect();
                    found.extend(intervals(piece, &positive(&samples, |t| signal(look.toward(t)))));
                }
            }
        }
    }
    found.into_iter().map(Window::from_intervals).collect()
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
