//! A finer plan and the one above it.

use crate::{ActivityId, Day, Level, Plan};

/// Where a finer plan leaves the one above it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Departure {
    /// The plan above has it in this time, the finer one does not have it.
    Dropped(ActivityId),
    /// It is on another day, or, where the plan above is by the minute, at another time.
    Moved(ActivityId),
    /// Others do it.
    Reassigned(ActivityId),
    /// Only the finer plan has it.
    Added(ActivityId),
}

/// Where `lower` leaves `upper`, in the time that `lower` plans: nothing when it refines it.
///
/// A plan of an increment binds to the day, one of a week to the minute.
#[must_use]
pub fn departures(upper: &Plan, lower: &Plan) -> Vec<Departure> {
    let mut found = Vec::new();
    for (id, planned) in &upper.activities {
        if planned.start < lower.span.start() || planned.end > lower.span.end() {
            continue;
        }
        let Some(refined) = lower.activities.get(id) else {
            found.push(Departure::Dropped(id.clone()));
            continue;
        };
        let stays = match upper.level {
            Level::Increment => Day::of(planned.start) == Day::of(refined.start),
            Level::Week | Level::Day => planned.start == refined.start,
        };
        if !stays {
            found.push(Departure::Moved(id.clone()));
        }
        if upper.level != Level::Increment && planned.crew != refined.crew {
            found.push(Departure::Reassigned(id.clone()));
        }
    }
    let added = lower.activities.keys().filter(|id| !upper.activities.contains_key(*id));
    found.extend(added.map(|id| Departure::Added(id.clone())));
    found
}
