//! Checking: what the records of a book say together.
//!
//! Each file of this folder holds the checks of one subject. A check is a function that takes the book and adds to the
//! report; a rule's id is written where it is found.

mod references;

use timeline::{Finding, Severity};

use crate::book::Book;
use crate::read::sort;

/// What is wrong with what a book says, in the order of files and lines.
#[must_use]
pub fn check(book: &Book) -> Vec<Finding> {
    let mut report = Report { findings: Vec::new() };
    references::references(book, &mut report);
    sort(&mut report.findings);
    report.findings
}

/// The findings of a check.
struct Report {
    findings: Vec<Finding>,
}

impl Report {
    fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }
}

/// A finding that stands at a record and is about it.
fn at<T>(record: &record::Sourced<T>, rule: &str, severity: Severity, message: String) -> Finding {
    Finding::new(rule, severity, message).at(record.place.clone())
}
