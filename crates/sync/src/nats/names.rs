//! What streams and messages are called.

use record::CentreId;

/// The stream of a centre's journal.
pub(super) fn journal_stream(station: &str, centre: &CentreId) -> String {
    format!("cupola-{station}-journal-{centre}")
}

/// The subject of its records.
pub(super) fn journal_subject(station: &str, centre: &CentreId) -> String {
    format!("cupola.{station}.journal.{centre}")
}

/// The stream that says how far the server's own node holds each journal: its last message counts.
pub(super) fn heads_stream(station: &str) -> String {
    format!("cupola-{station}-heads")
}

/// The subject of that.
pub(super) fn heads_subject(station: &str) -> String {
    format!("cupola.{station}.heads")
}
