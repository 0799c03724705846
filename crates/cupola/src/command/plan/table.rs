//! A plan as CSV: a row for each activity.

use plan::{Activity, ActivityId, Plan, Progress};
use record::{PersonId, Word};

use super::names::{in_order, minutes};
use crate::command::orbit::stamp;

const HEAD: &str = "id,start,end,minutes,title,kind,partner,crew,element,devices,hold,progress";

/// In order of beginning; times in UTC, several persons or devices joined by `+`, an amount other than one behind a `*`.
pub(super) fn csv(plan: &Plan) -> String {
    let mut text = format!("{HEAD}\n");
    for (id, activity) in in_order(plan) {
        let cells: Vec<String> = row(id, activity).iter().map(|cell| quoted(cell)).collect();
        text += &cells.join(",");
        text.push('\n');
    }
    text
}

fn row(id: &ActivityId, activity: &Activity) -> [String; 12] {
    let crew: Vec<&str> = activity.crew.iter().map(PersonId::as_str).collect();
    let device = |demand: &plan::Demand| match demand.amount {
        1 => demand.resource.to_string(),
        amount => format!("{}*{amount}", demand.resource),
    };
    let devices: Vec<String> = activity.uses.iter().map(device).collect();
    [
        id.to_string(),
        stamp(activity.start),
        stamp(activity.end),
        minutes(activity).to_string(),
        activity.title.clone(),
        activity.kind.to_string(),
        activity.partner.as_ref().map(ToString::to_string).unwrap_or_default(),
        crew.join("+"),
        activity.element.as_ref().map(ToString::to_string).unwrap_or_default(),
        devices.join("+"),
        activity.hold.word().to_owned(),
        progress(&activity.progress).to_owned(),
    ]
}

const fn progress(progress: &Progress) -> &'static str {
    match progress {
        Progress::Planned => "planned",
        Progress::Started(_) => "started",
        Progress::Done(_) => "done",
        Progress::Skipped(_) => "skipped",
    }
}

/// A cell that would be read as several stands in quotes (RFC 4180).
fn quoted(cell: &str) -> String {
    let is_plain = !cell.contains([',', '"', '\n', '\r']) && cell.trim() == cell;
    if is_plain { cell.to_owned() } else { format!("\"{}\"", cell.replace('"', "\"\"")) }
}
