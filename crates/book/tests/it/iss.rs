//! The real station's book.

use std::path::Path;

use book::{Book, Files};
use timeline::{Finding, Severity, Time};

fn iss() -> (Book, Vec<Finding>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    let (book, mut findings) = book::read(&Files::from_dir(folder).expect("the book is there"));
    findings.extend(book::check(&book));
    (book, findings)
}

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

#[test]
fn the_bundled_book_has_nothing_that_must_be_mended() {
    let (_, findings) = iss();
    let faults: Vec<String> =
        findings.iter().filter(|one| one.severity == Severity::Must).map(ToString::to_string).collect();
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Expedition 1 docked on 2000-11-02 at 09:21 UTC, and somebody has been aboard ever since (NASA).
#[test]
fn the_station_has_been_crewed_since_expedition_one() {
    let (book, _) = iss();
    let now = book.about.known_until - timeline::Duration::SECOND;
    assert_eq!(book.present_since(now), Some(time("2000-11-02T09:21Z")));
}
