//! Books and questions.

use std::path::Path;

use book::{Book, Files};
use risk::{Consequence, LossKind, Losses, Question, losses};
use timeline::{Duration, Interval, Time};

/// A book that ships, with every text changed at which one of the edits' first texts stands.
pub(crate) fn book_of(name: &str, edits: &[(&str, &str, &str)]) -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books").join(name);
    let files = Files::from_dir(folder).unwrap();
    let contents = files.paths().map(|path| {
        let bytes = files.get(path).unwrap_or_default().to_vec();
        let mine: Vec<_> = edits.iter().filter(|(file, ..)| *file == path).collect();
        if mine.is_empty() {
            return (path.to_owned(), bytes);
        }
        let text = mine.iter().fold(String::from_utf8(bytes).unwrap(), |text, (_, from, to)| {
            assert!(text.contains(from), "{path} has no `{from}`");
            text.replace(from, to)
        });
        (path.to_owned(), text.into_bytes())
    });
    book::read(&contents.collect()).0
}

pub(crate) fn question(as_of: &str, days: i64) -> Question {
    let as_of: Time = as_of.parse().unwrap();
    Question::new(Interval::new(as_of, as_of + Duration::DAY * days).unwrap(), as_of)
}

pub(crate) fn asked(name: &str, as_of: &str, days: i64) -> Losses {
    losses(&book_of(name, &[]), &question(as_of, days)).unwrap()
}

pub(crate) fn one<'a>(all: &'a Losses, kind: LossKind, subject: &str) -> &'a Consequence {
    let found = all.losses.iter().find(|(loss, _)| loss.kind == kind && loss.subject == subject);
    &found.unwrap_or_else(|| panic!("no {} of {subject}", kind.word())).1
}
