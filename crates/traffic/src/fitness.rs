use record::FlightId;
use timeline::{Interval, Time};

use crate::Visit;

/// How many a ship can take home for a time, where that is not what its type has seats for: nobody while it is unfit.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fitness {
    /// Which flight.
    pub flight: FlightId,
    /// Since when.
    pub from: Time,
    /// Until when; nothing while it lasts.
    pub to: Option<Time>,
    /// How many it can take home.
    pub seats_down: u32,
}

impl Fitness {
    /// How long it is so; nothing when it ended before it began.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        Interval::new(self.from, self.to.unwrap_or(Time::MAX))
    }
}

/// The seats home of a ship over its visit, from each instant at which they change: `usual`, but while one of `otherwise` holds.
///
/// Of two that hold at one time the later in the list counts.
#[must_use]
pub fn seats_of_visit(usual: u32, visit: Visit, otherwise: &[(Interval, u32)]) -> Vec<(Time, u32)> {
    let inside = otherwise.iter().filter_map(|(during, _)| during.intersection(visit));
    let mut times: Vec<Time> = inside.flat_map(|during| [during.start(), during.end()]).collect();
    times.retain(|&at| at < visit.end());
    times.push(visit.start());
    times.sort_unstable();
    times.dedup();
    let at = |time: Time| otherwise.iter().rev().find(|(during, _)| during.contains(time));
    let mut steps: Vec<(Time, u32)> =
        times.into_iter().map(|time| (time, at(time).map_or(usual, |&(_, seats)| seats))).collect();
    steps.dedup_by_key(|step| step.1);
    steps
}

/// What steps come to as changes, with all gone at `end`.
#[must_use]
pub fn seat_changes(steps: &[(Time, u32)], end: Time) -> Vec<(Time, i64)> {
    let mut before = 0;
    let mut changes = Vec::with_capacity(steps.len() + 1);
    for (at, seats) in steps.iter().copied().chain([(end, 0)]) {
        changes.push((at, i64::from(seats) - before));
        before = i64::from(seats);
    }
    changes
}
