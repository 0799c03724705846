//! Checking: what the records of a book say together.
//!
//! Each file of this folder holds the checks of one subject. A check is a function that takes the book and adds to the
//! report; a rule's id is written where it is found.

mod agreement;
mod antennas;
mod cargo;
mod crew;
mod drives;
mod energy;
mod fitness;
mod flights;
mod flying;
mod moments;
mod orbit;
mod planning;
mod plans;
mod policy;
mod pools;
mod ports;
mod power;
mod processes;
mod references;
mod requests;
mod service;
mod stocks;
mod structure;
mod when;

use record::Sourced;
use timeline::{Finding, Severity};

use crate::book::Book;
use crate::read::sort;

/// What is wrong with what a book says, in the order of files and lines.
#[must_use]
pub fn check(book: &Book) -> Vec<Finding> {
    let mut report = Report { findings: Vec::new() };
    references::references(book, &mut report);
    structure::structure(book, &mut report);
    flights::flights(book, &mut report);
    plans::plans(book, &mut report);
    ports::ports(book, &mut report);
    fitness::fitness(book, &mut report);
    crew::crew(book, &mut report);
    cargo::cargo(book, &mut report);
    stocks::stocks(book, &mut report);
    processes::processes(book, &mut report);
    policy::policy(book, &mut report);
    energy::energy(book, &mut report);
    power::power(book, &mut report);
    flying::flying(book, &mut report);
    drives::drives(book, &mut report);
    antennas::antennas(book, &mut report);
    planning::planning(book, &mut report);
    pools::pools(book, &mut report);
    agreement::agreement(book, &mut report);
    requests::requests(book, &mut report);
    moments::moments(book, &mut report);
    orbit::orbit(book, &mut report);
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

/// A finding that stands at a record.
fn must<T>(record: &Sourced<T>, rule: &str, message: String) -> Finding {
    Finding::new(rule, Severity::Must, message).at(record.place.clone())
}

/// A finding that stands at a record and can wait.
fn should<T>(record: &Sourced<T>, rule: &str, message: String) -> Finding {
    Finding::new(rule, Severity::Should, message).at(record.place.clone())
}
