//! The books that ship.

use std::path::Path;
use std::sync::OnceLock;

use book::{Book, Files};
use ledger::{Line, Span, Statement};
use timeline::Time;

/// A book of the repository by its folder.
pub(crate) fn shipped(name: &str) -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books").join(name);
    book::read(&Files::from_dir(&folder).expect("the folder is there")).0
}

pub(crate) fn iss() -> &'static Book {
    static BOOK: OnceLock<Book> = OnceLock::new();
    BOOK.get_or_init(|| shipped("iss"))
}

pub(crate) fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

pub(crate) fn span(from: &str, to: &str) -> Span {
    Span::new(time(from), time(to)).expect("a span")
}

/// The line of a partner.
pub(crate) fn line<'a>(statement: &'a Statement, partner: &str) -> &'a Line {
    let found = statement.lines.iter().find(|line| line.partner.as_str() == partner);
    found.unwrap_or_else(|| panic!("{partner} has an account in {}", statement.pool))
}
