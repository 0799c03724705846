//! The row of approvals: one column for each control centre.

use std::collections::BTreeMap;

use change::{BookTerms, Mark};
use journal::{Asked, Entry, Requested};
use record::{CentreId, Word};
use serde_json::{Value, json};
use timeline::Time;

/// What stands in one centre's column.
pub(crate) struct Column {
    pub(crate) centre: String,
    pub(crate) short: String,
    pub(crate) mark: Mark,
    /// When the centre said it, and what it said besides.
    pub(crate) at: Option<Time>,
    pub(crate) text: String,
}

/// The columns of a request in the order of the book.
pub(crate) fn row(book: &book::Book, terms: &BookTerms, requested: &Requested<'_>) -> Vec<Column> {
    let marks = terms.row(requested);
    let column = |centre: &partnership::Centre| {
        let mark = *marks.get(&centre.id)?;
        let decisive = |signed: &&&journal::Signed| {
            let record = signed.record();
            record.centre == centre.id
                && matches!(
                    record.entry,
                    Entry::Approval { .. }
                        | Entry::ApprovalWithComment { .. }
                        | Entry::Rejection { .. }
                        | Entry::Ruling { .. }
                )
        };
        let last = requested.said.iter().rev().find(decisive);
        let said = last.filter(|_| !matches!(mark, Mark::Author | Mark::InformationOnly | Mark::InReview));
        Some(Column {
            centre: centre.id.to_string(),
            short: centre.short.clone(),
            mark,
            at: said.map(|signed| signed.record().time),
            text: said.map(|signed| text(&signed.record().entry)).unwrap_or_default(),
        })
    };
    book.centres.iter().filter_map(|centre| column(centre)).collect()
}

/// The columns of a request before anybody has said anything.
pub(crate) fn asked(book: &book::Book, author: &CentreId, asked: &BTreeMap<CentreId, Asked>) -> Vec<Column> {
    let column = |centre: &partnership::Centre| {
        let mark = match asked.get(&centre.id) {
            _ if centre.id == *author => Mark::Author,
            Some(Asked::Decide) => Mark::InReview,
            Some(Asked::Inform) => Mark::InformationOnly,
            None => return None,
        };
        let (centre, short) = (centre.id.to_string(), centre.short.clone());
        Some(Column { centre, short, mark, at: None, text: String::new() })
    };
    book.centres.iter().filter_map(|centre| column(centre)).collect()
}

fn text(entry: &Entry) -> String {
    match entry {
        Entry::ApprovalWithComment { text, .. }
        | Entry::Rejection { text, .. }
        | Entry::Ruling { text, .. } => text.clone(),
        _ => String::new(),
    }
}

/// Two letters for a narrow column, the field's own where it has them.
pub(crate) const fn short(mark: Mark) -> &'static str {
    match mark {
        Mark::Author => "AU",
        Mark::InformationOnly => "IO",
        Mark::InReview => "IR",
        Mark::Approved => "AP",
        Mark::ApprovedWithComment => "AC",
        Mark::Rejected => "RE",
        Mark::DecidedByChair => "CH",
        Mark::RejectedByChair => "CR",
    }
}

/// The same for programs.
pub(crate) fn json(row: &[Column]) -> Value {
    row.iter()
        .map(|column| {
            json!({
                "centre": column.centre,
                "short": column.short,
                "mark": column.mark.word(),
                "at": column.at.map(|time| time.to_string()),
                "text": column.text,
            })
        })
        .collect()
}
