//! Requests: every file of the folder `requests`, usually one for each partner.

use plan::{After, By, Hours, Often, Request, Role, Standing};
use timeline::Interval;

use super::planning::demands;
use super::{Need, Reader, take};
use crate::book::Book;
use crate::entry::Entry;
use crate::table::Table;
use crate::toml_file;

pub(super) fn requests(reader: &mut Reader<'_>, book: Book) -> Book {
    let mut requests = Table::default();
    let is_requests = |path: &&str| path.starts_with("requests/") && path.ends_with(".toml");
    let files: Vec<&str> = reader.files.paths().filter(is_requests).collect();
    for file in files {
        let Some(text) = reader.text(file, Need::Optional) else {
            requests.set_unread();
            continue;
        };
        let mut faults = Vec::new();
        toml_file::each_table(&text, &["request"], &mut reader.findings, &mut |entry| {
            take(&mut requests, entry, request, &mut faults);
        });
        reader.findings.append(&mut faults);
    }
    Book { requests, ..book }
}

/// A request of which a part could not be read would be another request.
fn request(entry: &mut Entry<'_>) -> Option<Request> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let partner = entry.id("partner");
        let title = entry.text("title");
        let investigation = entry.maybe_text("investigation");
        let kind = entry.id("kind");
        let minutes = entry.count("minutes");
        let crew = entry.tables("crew", "role", role).unwrap_or_default();
        let element = entry.maybe_id("element");
        let uses = demands(entry);
        let needs = entry.texts("needs");
        let breaks_min = entry.maybe_count("breaks_min").unwrap_or(0);
        let approved = entry.ids("approved");
        let windows = entry.tables("windows", "window", window).unwrap_or_default();
        let hours = entry.maybe_table("hours", "hours", hours);
        let days = entry.ids("days");
        let on = entry.words("on");
        let after = entry.tables("after", "after", after).unwrap_or_default();
        let often = often(entry);
        let part_min = entry.maybe_count("part_min");
        let standing = entry.maybe_word("standing").unwrap_or(Standing::Wished);
        let worth = entry.maybe_count("value").unwrap_or(PLAIN_WORTH);
        let notes = entry.maybe_text("notes");
        Some(Request {
            id: id?,
            partner: partner?,
            title: title?,
            investigation,
            kind: kind?,
            minutes: minutes?,
            crew,
            element,
            uses,
            needs,
            breaks_min,
            approved,
            windows,
            hours,
            days,
            on,
            after,
            often,
            part_min,
            worth,
            standing,
            notes,
        })
    })
}

/// What a request is worth of which nobody says.
const PLAIN_WORTH: u32 = 10;

fn role(entry: &mut Entry<'_>) -> Option<Role> {
    let count = entry.maybe_count("count").unwrap_or(1);
    Some(Role { count, skills: entry.ids("skills"), of: entry.ids("of"), segments: entry.texts("segments") })
}

fn window(entry: &mut Entry<'_>) -> Option<Interval> {
    let (from, to) = (entry.time("from"), entry.time("to"));
    let (from, to) = (from?, to?);
    let window = Interval::new(from, to);
    if window.is_none() {
        let message = format!("a window ends at {to}, which is not after its beginning {from}");
        entry.report("window-empty", message, "look both times up");
    }
    window
}

fn hours(entry: &mut Entry<'_>) -> Option<Hours> {
    let (from, to) = (entry.clock("from"), entry.clock("to"));
    Some(Hours { from: from?, to: to? })
}

fn after(entry: &mut Entry<'_>) -> Option<After> {
    let request = entry.id("request");
    let least_min = entry.maybe_count("least_min").unwrap_or(0);
    let most_min = entry.maybe_count("most_min");
    Some(After { request: request?, least_min, most_min })
}

fn often(entry: &mut Entry<'_>) -> Often {
    Often {
        times: entry.maybe_count("times").unwrap_or(1),
        per: entry.maybe_word("per"),
        every: entry.maybe_count("every").unwrap_or(1),
        by: entry.maybe_word("by").unwrap_or(By::Any),
        gap_min: entry.maybe_count("gap_min").unwrap_or(0),
    }
}
