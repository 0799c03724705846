//! A finer plan and the one above it.

use crate::{ActivityId, Day, Level, Plan};

/// Where a finer plan leaves the one above it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Departure {
    /// The plan above has it in this time, the finer one does not have it.
    Dropped(ActivityId),
    /// It is on another day, or, where the plan above is by the minute, at another time or longer or shorter.
    Moved(ActivityId),
    /// Others do it.
    Reassigned(ActivityId),
    /// Only the finer plan has it.
    Added(ActivityId),
}

/// Where `lower` leaves `upper`, in the time that `lower` plans: nothing when it refines it. In order of ids, what was added last.
///
/// A plan of an increment binds to the day, one of a week or a day to the minute.
///
/// ```
/// use plan::{Departure, Edit, Level, apply, departures, read_json};
/// let week = read_json(
///     r#"{"title": "Week 23", "level": "week", "from": "2026-06-01", "to": "2026-06-08", "crew": [], "activities": [
///         {"id": "scrub", "title": "Loop scrub", "kind": "work", "start": "2026-06-02T09:00Z", "end": "2026-06-02T10:00Z", "crew": []}]}"#,
/// )?;
/// let mut day = week.clone();
/// day.level = Level::Day;
/// assert!(departures(&week, &day).is_empty());
/// apply(&mut day, &Edit::Move("scrub".parse().unwrap(), "2026-06-02T09:05Z".parse().unwrap())).unwrap();
/// assert_eq!(departures(&week, &day), [Departure::Moved("scrub".parse().unwrap())]);
/// # Ok::<(), plan::PlanTextError>(())
/// ```
#[must_use]
pub fn departures(upper: &Plan, lower: &Plan) -> Vec<Departure> {
    let mut found = Vec::new();
    for (id, planned) in &upper.activities {
        let Some(refined) = lower.activities.get(id) else {
            if planned.start >= lower.span.start() && planned.end <= lower.span.end() {
                found.push(Departure::Dropped(id.clone()));
            }
            continue;
        };
        let stays = match upper.level {
            Level::Increment => Day::of(planned.start) == Day::of(refined.start),
            Level::Week | Level::Day => (planned.start, planned.end) == (refined.start, refined.end),
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
