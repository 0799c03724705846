//! What a request asks for, told edit by edit.

use change::{Change, Content};
use plan::Activity;
use serde_json::{Value, json};

/// One thing that changes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EditLine {
    /// Where: a plan, or a file of the book.
    pub of: String,
    /// Which activity or record.
    pub what: String,
    /// How.
    pub how: String,
}

/// All that changes, in order.
#[must_use]
pub fn lines(content: &Content) -> Vec<EditLine> {
    let mut lines = Vec::new();
    for (id, edit) in &content.products {
        if let Some(header) = &edit.header {
            let how = match (&header.before, &header.after) {
                (None, Some(after)) => {
                    format!("new: {}, {} activities", after.plan().title, edit.activities.len())
                }
                (Some(_), None) => "goes".to_owned(),
                _ => "title, span, crew or task list".to_owned(),
            };
            lines.push(EditLine { of: id.to_string(), what: "the plan itself".to_owned(), how });
            if header.before.is_none() {
                continue;
            }
        }
        for (activity, change) in &edit.activities {
            lines.push(EditLine { of: id.to_string(), what: activity.to_string(), how: how(change) });
        }
    }
    for (path, edits) in &content.files {
        for edit in edits {
            let text = |side: &Option<String>| side.as_deref().map(first_line);
            let (what, how) = match (text(&edit.text.before), text(&edit.text.after)) {
                (None, Some(after)) => (after, "new"),
                (Some(before), None) => (before, "goes"),
                (Some(before), _) => (before, "otherwise"),
                (None, None) => continue,
            };
            lines.push(EditLine { of: path.clone(), what, how: how.to_owned() });
        }
    }
    lines
}

/// The line that tells a record from others: its id where it has one.
fn first_line(text: &str) -> String {
    let id = text
        .lines()
        .find(|line| line.trim_start().starts_with("id ") || line.trim_start().starts_with("id="));
    id.or_else(|| text.lines().find(|line| !line.trim().is_empty())).unwrap_or_default().trim().to_owned()
}

fn how(change: &Change<Activity>) -> String {
    match (&change.before, &change.after) {
        (None, Some(after)) => format!("new: {}, {}", after.title, when(after)),
        (Some(before), None) => format!("goes: {}, {}", before.title, when(before)),
        (Some(before), Some(after)) => differences(before, after).join("; "),
        (None, None) => String::new(),
    }
}

fn when(activity: &Activity) -> String {
    format!("{} to {}", activity.start.gmt(), hour(activity))
}

fn hour(activity: &Activity) -> String {
    activity.end.gmt().to_string().split_once(' ').map_or_else(String::new, |(_, hour)| hour.to_owned())
}

fn differences(before: &Activity, after: &Activity) -> Vec<String> {
    let crew =
        |activity: &Activity| activity.crew.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let mut told = Vec::new();
    if (before.start, before.end) != (after.start, after.end) {
        told.push(format!("{} → {}", when(before), when(after)));
    }
    if before.crew != after.crew {
        told.push(format!("{} → {}", crew(before), crew(after)));
    }
    if before.hold != after.hold || before.progress != after.progress {
        told.push("its marks".to_owned());
    }
    if told.is_empty() {
        told.push("its description".to_owned());
    }
    told
}

impl EditLine {
    /// `{of, what, how}`, words all.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({"of": self.of, "what": self.what, "how": self.how})
    }
}
