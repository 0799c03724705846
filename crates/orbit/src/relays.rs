//! Relay satellites: when the line of sight clears the Earth, and which relay carries the link.

use std::convert::Infallible;

use glam::DVec3;
use timeline::{Duration, Interval, Time, Window};

use crate::State;
use crate::limb::{Disc, Globe};
use crate::search::watch;
use crate::track::Track;

/// A relay satellite and where it is.
#[derive(Clone, Debug)]
pub struct Relay {
    /// Its id, such as `tdrs-12`.
    pub id: String,
    /// Its track in ITRF; it may cover less than the station's, and then nothing is claimed outside.
    pub track: Track,
}

/// Radius of the orbit that turns with the Earth, km: `(GM / ω²)^⅓` with the values of IERS Conventions 2010, tables
/// 1.1 and 1.2.
const GEOSTATIONARY_KM: f64 = 42_164.17;

impl Relay {
    /// A relay that stands still over the equator, for when only its slot is known; longitude in degrees, east
    /// positive.
    ///
    /// A relay whose orbit is known is better taken from its element set, by [`Track::of`]: old ones swing 15° north
    /// and south.
    #[must_use]
    pub fn geostationary(id: impl Into<String>, longitude_deg: f64, span: Interval) -> Self {
        let (sin, cos) = longitude_deg.to_radians().sin_cos();
        let position_km = GEOSTATIONARY_KM * DVec3::new(cos, sin, 0.0);
        let still = |at| Ok::<_, Infallible>(State::new(at, position_km, DVec3::ZERO));
        let Ok(track) = Track::sample(&[span], Duration::HOUR, still);
        Self { id: id.into(), track }
    }
}

/// A stretch during which one relay carries the link.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Leg {
    /// Which of the relays, by its place in the list.
    pub relay: usize,
    /// When.
    pub during: Interval,
}

/// When `relay` is in sight of `station`: the line between them clears `globe`.
///
/// Raise the globe by the height of the air that the link must not graze. What an antenna of the station can see of it
/// [`crate::in_reach`] says.
#[must_use]
pub fn in_sight(station: &Track, relay: &Relay, globe: Globe) -> Window {
    watch(station, &relay.track, |station_km, relay_km| -globe.hides(station_km, relay_km, Disc::Point))
}

/// Which relay carries the link when, from the windows of each.
///
/// Stays on a relay until it is lost, then takes the one that remains in sight longest, of equals the first in the
/// list. Legs are sorted and disjoint; where two touch is a hand-over.
#[must_use]
pub fn hand_overs(windows: &[Window]) -> Vec<Leg> {
    let mut legs: Vec<Leg> = Vec::new();
    let windows: Vec<&[Interval]> = windows.iter().map(Window::intervals).collect();
    let mut next = vec![0; windows.len()];
    let mut now = Time::MIN;
    loop {
        for (index, stretches) in next.iter_mut().zip(&windows) {
            while stretches.get(*index).is_some_and(|stretch| stretch.end() <= now) {
                *index += 1;
            }
        }
        let waiting = || next.iter().zip(&windows).filter_map(|(&index, stretches)| stretches.get(index));
        let Some(earliest) = waiting().map(|stretch| stretch.start()).min() else { return legs };
        now = now.max(earliest);
        let (mut best, mut until) = (0, now);
        for (relay, (&index, stretches)) in next.iter().zip(&windows).enumerate() {
            if let Some(stretch) = stretches.get(index)
                && stretch.start() <= now
                && stretch.end() > until
            {
                (best, until) = (relay, stretch.end());
            }
        }
        legs.extend(Interval::new(now, until).map(|during| Leg { relay: best, during }));
        now = until;
    }
}

/// When any relay is in sight: the union of the windows of each.
#[must_use]
pub fn any_in_sight(windows: &[Window]) -> Window {
    Window::from_intervals(windows.iter().flat_map(Window::iter))
}
