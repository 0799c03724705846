//! `cupola book check`: every fault of a book with file, line and mend.

pub(crate) mod new;

use book::Book;
use serde_json::{Value, json};
use timeline::{Finding, Severity};

use crate::answer::Answer;
use crate::text::{Ink, WIDTH, ends, rule, wrap};

struct Facts {
    title: String,
    folder: String,
    counts: Vec<(&'static str, usize)>,
    findings: Vec<Finding>,
}

/// Exit status 1 when anything must or should be mended.
pub(crate) fn check(book: &Book, findings: Vec<Finding>, folder: String) -> Answer {
    let to_mend = findings.iter().any(|finding| finding.severity > Severity::Info);
    let counts = vec![
        ("partners", book.partners.len()),
        ("elements", book.elements.len()),
        ("ports", book.ports.len()),
        ("vehicle types", book.vehicles.len()),
        ("flights", book.flights.len()),
        ("plans", book.plans.len()),
        ("dockings", book.dockings.len()),
        ("people", book.people.len()),
        ("stays", book.stays.len()),
        ("spacewalks", book.spacewalks.len()),
        ("cargo figures", book.cargo.len()),
        ("sites", book.sites.len()),
        ("relays", book.relays.len()),
        ("antennas", book.antennas.len()),
        ("element sets", book.element_sets.len()),
    ];
    let answer = Answer::new(
        Facts { title: book.about.title.clone(), folder, counts, findings },
        Facts::json,
        Facts::page,
    );
    if to_mend { answer.with_findings() } else { answer }
}

impl Facts {
    fn json(&self) -> Value {
        let finding = |finding: &Finding| {
            json!({
                "rule": finding.rule,
                "severity": finding.severity.word(),
                "file": finding.place.as_ref().map(|place| place.file.clone()),
                "line": finding.place.as_ref().map(|place| place.line),
                "column": finding.place.as_ref().map(|place| place.column).filter(|column| *column > 0),
                "start": finding.during.map(|during| during.start().to_string()),
                "end": finding.during.map(|during| during.end().to_string()),
                "subjects": finding.subjects,
                "message": finding.message,
                "mend": finding.mend,
            })
        };
        Value::Array(self.findings.iter().map(finding).collect())
    }

    fn page(&self, ink: Ink) -> String {
        let mut text = ends(&ink.bold(&format!("BOOK · {}", self.title)), &self.folder) + &rule(ink);
        let counts: Vec<String> = self.counts.iter().map(|(what, count)| format!("{count} {what}")).collect();
        text += &wrap(&(counts.join(", ") + "."), WIDTH, 0);
        for finding in &self.findings {
            text += "\n";
            text += &finding_lines(finding, ink);
        }
        let of = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        text += &format!(
            "\n{} must be mended, {} should be, {} to know.\n",
            of(Severity::Must),
            of(Severity::Should),
            of(Severity::Info)
        );
        text
    }
}

/// `▲ must  flights.csv:12  port-overlap`, then the message and the mend.
fn finding_lines(finding: &Finding, ink: Ink) -> String {
    let sign = match finding.severity {
        Severity::Must => "▲",
        Severity::Should => "◆",
        Severity::Info => "·",
    };
    let place = finding.place.as_ref().map_or_else(String::new, |place| format!("{place}  "));
    let mut text = format!("{sign} {}  {place}{}\n", finding.severity.word(), ink.faint(&finding.rule));
    text += &wrap(&finding.message, WIDTH, 2);
    if !finding.mend.is_empty() {
        text += &wrap(&format!("mend: {}", finding.mend), WIDTH, 2);
    }
    text
}
