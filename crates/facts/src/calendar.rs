//! A plan as iCalendar: an event for each activity.

use formats::WriteError;
use formats::icalendar::{Calendar, Event, Status, write};
use plan::{Activity, ActivityId, Plan};
use timeline::Time;

use crate::names::{Names, in_order, is_skipped, state};

/// All activities, meals and sleep included; `stamp` is when this is written.
///
/// # Errors
/// When a text of the plan has control characters.
pub fn ics(plan: &Plan, names: &Names, stamp: Time) -> Result<String, WriteError> {
    let events = in_order(plan).into_iter().map(|(id, activity)| event(id, activity, names)).collect();
    write(&Calendar { name: plan.title.clone(), stamp, events })
}

fn event(id: &ActivityId, activity: &Activity, names: &Names) -> Event {
    let station = if names.book.is_empty() { "station" } else { &names.book };
    let partner = activity.partner.as_ref().map(|id| names.short(id).to_owned());
    Event {
        uid: format!("{id}@{station}"),
        start: activity.start,
        end: activity.end,
        summary: activity.title.clone(),
        description: description(activity, names),
        categories: partner.into_iter().chain([activity.kind.to_string()]).collect(),
        location: names.element(activity),
        people: activity.crew.iter().map(ToString::to_string).collect(),
        status: if is_skipped(activity) { Status::Cancelled } else { Status::Confirmed },
    }
}

fn description(activity: &Activity, names: &Names) -> String {
    [
        ("Crew: ", names.crew(activity, None).join(", ")),
        ("Uses: ", names.devices(activity).join(", ")),
        ("State: ", state(activity)),
        ("", activity.notes.clone()),
    ]
    .iter()
    .filter(|(_, text)| !text.is_empty())
    .map(|(head, text)| format!("{head}{text}"))
    .collect::<Vec<_>>()
    .join("\n")
}
