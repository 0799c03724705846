//! The row of approvals: one column for each control centre.

use std::collections::BTreeMap;

use change::{BookTerms, Mark};
use journal::{Asked, Entry, Requested};
use record::{CentreId, Word};
use serde_json::{Value, json};
use timeline::Time;

/// What stands in one centre's column.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Column {
    /// Which centre.
    pub centre: CentreId,
    /// What it is called on the voice loop.
    pub short: String,
    /// What stands there.
    pub mark: Mark,
    /// When the centre said it.
    pub at: Option<Time>,
    /// What it said besides; nothing when that was all.
    pub text: String,
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
            centre: centre.id.clone(),
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
        let (centre, short) = (centre.id.clone(), centre.short.clone());
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

impl Column {
    /// Two letters for a narrow column, the field's own where it has them.
    #[must_use]
    pub const fn letters(&self) -> &'static str {
        match self.mark {
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

    /// `{centre, short, mark, at, text}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "centre": self.centre.as_str(),
            "short": self.short,
            "mark": self.mark.word(),
            "at": self.at.map(|time| time.to_string()),
            "text": self.text,
        })
    }
}
