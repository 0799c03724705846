//! `cupola journal log`: what was said.

use std::collections::HashMap;

use anyhow::Result;
use desk::Desk;
use journal::{Digest, Entry, Journals, Place, Signed};
use serde_json::{Value, json};
use timeline::Time;

use super::found;
use crate::answer::Answer;
use crate::text::{Align, Ink, cut, table};

/// What one record says, for a list.
struct Line {
    time: Time,
    centre: String,
    number: u64,
    digest: String,
    kind: &'static str,
    about: String,
}

struct Log {
    lines: Vec<Line>,
    /// Records before those shown.
    before: usize,
}

pub(super) fn answer(desk: &Desk, centre: Option<&str>, last: usize) -> Result<Answer> {
    let centre = centre.map(|id| found::known(desk.book(), id)).transpose()?;
    let journals = desk.node().journals();
    let mut records: Vec<&Signed> = journals
        .iter()
        .filter(|signed| centre.as_ref().is_none_or(|centre| signed.record().centre == *centre))
        .collect();
    records.sort_by_cached_key(|signed| Place::of(signed));
    let before = if last == 0 { 0 } else { records.len().saturating_sub(last) };
    let names = names(journals);
    let lines = records[before..].iter().map(|signed| line(&names, signed)).collect();
    Ok(Answer::new(Log { lines, before }, Log::json, Log::page))
}

/// What requests are called, by their digests.
type Names = HashMap<[u8; 32], String>;

fn names(journals: &Journals) -> Names {
    let named = |signed: &'_ Signed| match &signed.record().entry {
        Entry::Request(request) => Some((signed.digest().0, request.name.clone())),
        _ => None,
    };
    journals.iter().filter_map(named).collect()
}

fn line(names: &Names, signed: &Signed) -> Line {
    let record = signed.record();
    Line {
        time: record.time,
        centre: record.centre.to_string(),
        number: record.number,
        digest: signed.digest().to_string(),
        kind: record.entry.kind(),
        about: about(names, &record.entry),
    }
}

/// What an entry is about, in a few words.
fn about(names: &Names, entry: &Entry) -> String {
    let named = entry.request().map(|request| name(names, request)).unwrap_or_default();
    match entry {
        Entry::KeyCreated { key, .. } => format!("{key:?}"),
        Entry::KeyRotated { old, new, .. } => format!("{old:?} → {new:?}"),
        Entry::KeyRevoked { key, reason } => format!("{key:?}: {reason}"),
        Entry::Request(request) => format!("{}: {}", request.name, request.rationale),
        Entry::Comment { about, text } => format!("{} {text}", name(names, *about)).trim().to_owned(),
        Entry::ApprovalWithComment { text, .. }
        | Entry::Rejection { text, .. }
        | Entry::Withdrawal { text, .. }
        | Entry::Ruling { text, .. } => format!("{named}: {text}"),
        Entry::AsRun { activity, .. } => activity.clone(),
        Entry::Barter(barter) => {
            format!(
                "{} to {}: {} of {}, {}",
                barter.from, barter.to, barter.amount, barter.pool, barter.terms
            )
        }
        Entry::Checkpoint { heads } => format!("{} journals", heads.len()),
        _ => named,
    }
}

/// The name of a request, or the beginning of its digest where it is not here.
fn name(names: &Names, request: Digest) -> String {
    match names.get(&request.0) {
        Some(name) => name.clone(),
        None if request == Digest::NONE => String::new(),
        None => format!("{request:?}"),
    }
}

impl Log {
    fn json(&self) -> Value {
        let line = |line: &Line| {
            json!({
                "time": line.time.to_string(),
                "centre": line.centre,
                "number": line.number,
                "digest": line.digest,
                "kind": line.kind,
                "about": line.about,
            })
        };
        json!({"before": self.before, "records": self.lines.iter().map(line).collect::<Vec<_>>()})
    }

    fn page(&self, ink: Ink) -> String {
        let row = |line: &Line| {
            let about = cut(&line.about.replace('\n', " "), 44);
            vec![
                line.time.gmt().to_string(),
                line.centre.clone(),
                line.number.to_string(),
                line.kind.to_owned(),
                about,
            ]
        };
        let heads = [
            ("when (GMT)", Align::Left),
            ("centre", Align::Left),
            ("no.", Align::Right),
            ("what", Align::Left),
            ("of", Align::Left),
        ];
        let mut text = String::new();
        if self.before > 0 {
            text += &ink.faint(&format!("{} records before these; --last 0 for all\n", self.before));
        }
        text + &table(ink, &heads, &self.lines.iter().map(row).collect::<Vec<_>>())
    }
}
