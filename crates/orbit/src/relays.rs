//! Relay satellites: when the line of sight clears the Earth, and which relay carries the link.

use timeline::{Interval, Time, Window};

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
/// Raise the globe by the height of the air that the link must not graze. Antenna masks are not modelled.
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
