//! The tables, and the document that has them too.

use std::path::Path;

/// One event.
pub(crate) struct Row {
    pub(crate) what: &'static str,
    pub(crate) says: &'static str,
    pub(crate) source: &'static str,
    pub(crate) model: String,
    pub(crate) is_within: bool,
}

/// One assumption and one answer that it moves.
pub(crate) struct Moved {
    pub(crate) assumption: &'static str,
    pub(crate) answer: &'static str,
    pub(crate) by: String,
}

pub(crate) fn events(rows: &[Row]) -> String {
    let mut text =
        "| event | source says | model says | within | source |\n|---|---|---|---|---|\n".to_owned();
    for row in rows {
        let within = if row.is_within { "yes" } else { "no" };
        text += &format!("| {} | {} | {} | {within} | {} |\n", row.what, row.says, row.model, row.source);
    }
    text
}

pub(crate) fn sensitivities(rows: &[Moved]) -> String {
    let mut text = "| were it otherwise | then | model says |\n|---|---|---|\n".to_owned();
    for row in rows {
        text += &format!("| {} | {} | {} |\n", row.assumption, row.answer, row.by);
    }
    text
}

/// Fails when the document does not have the table as it is.
pub(crate) fn holds(table: &str) {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/stocks.md");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains(table), "docs/stocks.md has another table; it should have\n\n{table}");
}
