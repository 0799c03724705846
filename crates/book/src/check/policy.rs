//! The response policy: one order of measures, and each of them does something.

use std::collections::BTreeMap;

use record::Sourced;
use station::{Measure, Response};

use super::{Report, must};
use crate::book::Book;

pub(super) fn policy(book: &Book, report: &mut Report) {
    let mut first: BTreeMap<u32, &Sourced<Measure>> = BTreeMap::new();
    for measure in &book.policy {
        let before = first.entry(measure.order).or_insert(measure);
        if before.id != measure.id {
            let message = format!(
                "`{}` has the order {}, as `{}` has ({})",
                measure.id, measure.order, before.id, before.place
            );
            let finding = must(measure, "order-twice", message).about(measure.id.as_str());
            let mend = "say which of the two is taken first: the lower number";
            report.add(finding.about(before.id.as_str()).mend(mend));
        }
        does_something(measure, report);
    }
}

fn does_something(measure: &Sourced<Measure>, report: &mut Report) {
    let is_called = measure.call.as_ref().is_some_and(|call| !call.supplies.is_empty());
    let is_called_otherwise = match &measure.does {
        Response::Hold { .. } => true,
        Response::Leave { processes, .. } => !processes.is_empty(),
        Response::Ration { .. } | Response::Stop { .. } | Response::CrewDown { .. } => false,
    };
    if !is_called && !is_called_otherwise {
        let message = format!("nothing calls for `{}`: it names no supply", measure.id);
        let finding = must(measure, "measure-idle", message).about(measure.id.as_str());
        report.add(finding.mend("give `supplies` and `at_days`"));
    }
    if matches!(&measure.does, Response::Stop { processes } if processes.is_empty()) {
        let message = format!("`{}` is to stop processes and names none", measure.id);
        report
            .add(must(measure, "measure-idle", message).about(measure.id.as_str()).mend("give `processes`"));
    }
}
