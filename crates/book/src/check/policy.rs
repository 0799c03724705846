//! The response policy: one order of measures, and each of them does something.

use record::Sourced;
use station::{Measure, Response};

use super::service::Order;
use super::{Report, must};
use crate::book::Book;

pub(super) fn policy(book: &Book, report: &mut Report) {
    let order = Order { number: "order", mend: "say which of the two is taken first: the lower number" };
    order.check(&book.policy, |measure| measure.order, report);
    for measure in &book.policy {
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
