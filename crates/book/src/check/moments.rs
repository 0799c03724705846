//! Moments told in words: in order, within history, of flights and rules that there are.

use record::Sourced;

use super::when::surely_after;
use super::{Report, must};
use crate::book::Book;
use crate::moment::Moment;

pub(super) fn moments(book: &Book, report: &mut Report) {
    for moment in &book.moments {
        in_order(book, moment, report);
        let known =
            |id: &str| book.flights.knows(id) || book.plans.iter().any(|plan| plan.flight.as_str() == id);
        for flight in moment.flights.iter().filter(|flight| !known(flight.as_str())) {
            let message = format!("`{}` tells of flight `{flight}`, which the book does not have", moment.id);
            let finding = must(moment, "id-unknown", message).about(moment.id.as_str());
            report.add(finding.mend("mend the id, or leave it out"));
        }
        for rule in moment.rules.iter().filter(|rule| !book.rules.knows(rule.as_str())) {
            let message = format!("`{}` tells of rule `{rule}`, which the book does not have", moment.id);
            let finding = must(moment, "id-unknown", message).about(moment.id.as_str());
            report.add(finding.mend("mend the id, or leave it out"));
        }
    }
}

fn in_order(book: &Book, moment: &Sourced<Moment>, report: &mut Report) {
    if let Some(until) = moment.until.filter(|until| *until <= moment.from) {
        let message = format!("`{}` is over at {until}, before it begins at {}", moment.id, moment.from);
        let finding = must(moment, "dates-reversed", message).about(moment.id.as_str());
        report.add(finding.mend("look both times up"));
    }
    if surely_after(moment.from, book.about.known_until) {
        let until = book.about.known_until;
        let message = format!("`{}` of {} is after {until}, where history ends", moment.id, moment.from);
        let finding = must(moment, "history-ahead", message).about(moment.id.as_str());
        report.add(finding.mend("look the time up, or move `known_until`"));
    }
}
