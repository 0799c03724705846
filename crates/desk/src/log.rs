//! What was said, record by record.

use std::collections::HashMap;

use journal::{Digest, Entry, Journals, Place, Signed};
use record::CentreId;
use serde_json::{Value, json};
use timeline::Time;

use crate::Desk;

/// What one record says, for a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LogLine {
    /// When it was written.
    pub time: Time,
    /// By whom.
    pub centre: CentreId,
    /// Its number in that centre's journal.
    pub number: u64,
    /// Its digest.
    pub digest: Digest,
    /// Its kind, in a word.
    pub kind: &'static str,
    /// What it is about, in a few words.
    pub about: String,
}

/// The latest records, the latest last.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Log {
    /// Those shown.
    pub lines: Vec<LogLine>,
    /// How many come before those.
    pub before: usize,
}

impl Desk {
    /// The latest records of all centres, or of one; with `last` 0 all of them.
    #[must_use]
    pub fn log(&self, centre: Option<&CentreId>, last: usize) -> Log {
        let journals = self.node.journals();
        let mut records: Vec<&Signed> = journals
            .iter()
            .filter(|signed| centre.is_none_or(|centre| signed.record().centre == *centre))
            .collect();
        records.sort_by_cached_key(|signed| Place::of(signed));
        let before = if last == 0 { 0 } else { records.len().saturating_sub(last) };
        let names = names(journals);
        let lines = records[before..].iter().map(|signed| line(&names, signed)).collect();
        Log { lines, before }
    }
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

fn line(names: &Names, signed: &Signed) -> LogLine {
    let record = signed.record();
    LogLine {
        time: record.time,
        centre: record.centre.clone(),
        number: record.number,
        digest: signed.digest(),
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
    /// `{before, records: [{time, centre, number, digest, kind, about}]}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let line = |line: &LogLine| {
            json!({
                "time": line.time.to_string(),
                "centre": line.centre.as_str(),
                "number": line.number,
                "digest": line.digest.to_string(),
                "kind": line.kind,
                "about": line.about,
            })
        };
        json!({"before": self.before, "records": self.lines.iter().map(line).collect::<Vec<_>>()})
    }
}
