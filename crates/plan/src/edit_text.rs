//! Edits as JSON, so that a program can ask for them and keep them.

use std::collections::BTreeSet;

use record::PersonId;
use serde_json::{Value, json};
use timeline::Duration;

use crate::text::{A_TIME, At, activity, activity_to_json};
use crate::{ActivityId, Edit, PlanTextError};

/// Nanoseconds of a minute.
const MINUTE: f64 = Duration::MINUTE.nanoseconds() as f64;

/// An edit as JSON; [`edit_from_json`] reads it back. Lengths are in minutes, exact to the second over any plan.
#[must_use]
pub fn edit_to_json(edit: &Edit) -> Value {
    let named = |verb: &str, id: &ActivityId| json!({"do": verb, "id": id.as_str()});
    let crew = |crew: &BTreeSet<PersonId>| -> Value {
        crew.iter().map(|person| Value::from(person.as_str())).collect()
    };
    match edit {
        Edit::Move(id, to) => json!({"do": "move", "id": id.as_str(), "to": to.to_string()}),
        Edit::Assign(id, to) => json!({"do": "assign", "id": id.as_str(), "crew": crew(to)}),
        Edit::Swap(id, with) => json!({"do": "swap", "id": id.as_str(), "with": with.as_str()}),
        Edit::Split(id, at) => json!({"do": "split", "id": id.as_str(), "at": at.to_string()}),
        Edit::Lock(id) => named("lock", id),
        Edit::Unlock(id) => named("unlock", id),
        Edit::ShiftAfter(from, by, of) => {
            let by_min = by.nanoseconds() as f64 / MINUTE;
            json!({"do": "shift-after", "from": from.to_string(), "by_min": by_min, "crew": crew(of)})
        }
        Edit::Add(id, activity) => json!({"do": "add", "activity": activity_to_json(id, activity)}),
        Edit::Remove(id) => named("remove", id),
        Edit::Start(id, at) => json!({"do": "start", "id": id.as_str(), "at": at.to_string()}),
        Edit::Finish(id, was) => {
            let (start, end) = (was.start().to_string(), was.end().to_string());
            json!({"do": "finish", "id": id.as_str(), "start": start, "end": end})
        }
        Edit::Skip(id, reason) => json!({"do": "skip", "id": id.as_str(), "reason": reason}),
    }
}

/// Reads an edit that [`edit_to_json`] wrote. `at` names the place of the value in what is read, such as `edits[3]`.
///
/// ```
/// let value = serde_json::json!({"do": "lock", "id": "meal.2026-06-01"});
/// let edit = plan::edit_from_json(&value, "edits[0]").unwrap();
/// assert_eq!(plan::edit_to_json(&edit), value);
/// ```
///
/// # Errors
/// When something in it is missing or cannot be read: the first such thing.
pub fn edit_from_json(value: &Value, at: &str) -> Result<Edit, PlanTextError> {
    let one = At { path: at.to_owned(), value };
    let id = || one.field("id").parsed::<ActivityId>("an id without blanks");
    let time = |field: &str| one.field(field).parsed(A_TIME);
    let verb = one.field("do");
    Ok(match verb.text()?.as_str() {
        "move" => Edit::Move(id()?, time("to")?),
        "assign" => Edit::Assign(id()?, crew(&one.field("crew").list()?)?),
        "swap" => Edit::Swap(id()?, one.field("with").parsed("an id without blanks")?),
        "split" => Edit::Split(id()?, time("at")?),
        "lock" => Edit::Lock(id()?),
        "unlock" => Edit::Unlock(id()?),
        "shift-after" => {
            let of = crew(&one.field("crew").maybe_list()?)?;
            Edit::ShiftAfter(time("from")?, minutes(&one.field("by_min"))?, of)
        }
        "add" => {
            let new = one.field("activity");
            Edit::Add(new.field("id").parsed("an id without blanks")?, Box::new(activity(&new)?))
        }
        "remove" => Edit::Remove(id()?),
        "start" => Edit::Start(id()?, time("at")?),
        "finish" => Edit::Finish(id()?, one.interval("start", "end")?),
        "skip" => Edit::Skip(id()?, one.field("reason").text()?),
        _ => {
            return Err(verb.wrong(
                "move, assign, swap, split, lock, unlock, shift-after, add, remove, start, finish or skip",
            ));
        }
    })
}

fn crew(persons: &[At<'_>]) -> Result<BTreeSet<PersonId>, PlanTextError> {
    let mut crew = BTreeSet::new();
    for person in persons {
        if !crew.insert(person.parsed("a person")?) {
            return Err(person.wrong("somebody who does not stand here already"));
        }
    }
    Ok(crew)
}

/// No plan is longer than a century.
const MOST_MIN: f64 = 100.0 * 366.0 * 1440.0;

fn minutes(at: &At<'_>) -> Result<Duration, PlanTextError> {
    let minutes = at.value.as_f64().filter(|minutes| minutes.abs() <= MOST_MIN);
    let minutes = minutes.ok_or_else(|| at.wrong("a number of minutes"))?;
    Ok(Duration::from_nanoseconds((minutes * MINUTE).round() as i64))
}
