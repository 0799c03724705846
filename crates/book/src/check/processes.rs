//! Processes: no mass from nothing, one order of service, nobody who waits for himself.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use record::{ProcessId, Sourced, StoreId};
use station::{Flow, Process, Scale};
use timeline::did_you_mean;

use super::service::{Order, dates, factors};
use super::{Report, must};
use crate::book::Book;

/// What goes in and what comes out may differ by this part of the larger: the rounding of sums of decimal numbers.
const ROUNDING: f64 = 1e-9;

pub(super) fn processes(book: &Book, report: &mut Report) {
    for process in &book.processes {
        balance(process, report);
        flows(process, report);
        hold(process, book, report);
        scale(process, book, report);
        dates(process, process.from, process.until, report);
        factors(process, &process.factors, report);
    }
    let order = Order { number: "priority", mend: "say who of the two is served first: the lower number" };
    order.check(&book.processes, |process| process.priority, report);
    circles(book, report);
    for outage in &book.outages {
        if let Some(to) = outage.to.filter(|&to| to <= outage.from) {
            let process = &outage.process;
            let message =
                format!("the outage of `{process}` ended at {to}, before it began at {}", outage.from);
            let finding = must(outage, "dates-reversed", message).about(process.as_str());
            report.add(finding.mend("look both times up"));
        }
    }
}

fn balance(process: &Sourced<Process>, report: &mut Report) {
    // The sum of no numbers is −0, which would be shown.
    let sum = |flows: &[Flow]| flows.iter().fold(0.0, |sum, flow| sum + flow.rate_kg_d);
    let (taken, given) = (sum(&process.inputs), sum(&process.outputs));
    let made = given - taken;
    if made.abs() <= ROUNDING * taken.max(given) {
        return;
    }
    let (what, mend) = if made > 0.0 {
        (
            format!("makes {} from nothing", per_day(made)),
            "take it from a store in `in`, or give less in `out`",
        )
    } else {
        (
            format!("loses {}", per_day(-made)),
            "say in `out` where it goes; what leaves the station goes to a store of commodity `overboard`",
        )
    };
    let message = format!("`{}` {what}: {} in, {} out", process.id, per_day(taken), per_day(given));
    report.add(must(process, "mass-unbalanced", message).about(process.id.as_str()).mend(mend));
}

/// A rate with at most nine places, so that the rounding of a sum is not shown.
fn per_day(rate_kg_d: f64) -> String {
    let places = format!("{rate_kg_d:.9}");
    match places.trim_end_matches('0').trim_end_matches('.') {
        "0" if rate_kg_d > 0.0 => format!("{rate_kg_d:.1e} kg/d"),
        shown => format!("{shown} kg/d"),
    }
}

fn flows(process: &Sourced<Process>, report: &mut Report) {
    for (side, flows) in [("in", &process.inputs), ("out", &process.outputs)] {
        for (at, flow) in flows.iter().enumerate() {
            if flows[..at].iter().any(|before| before.store == flow.store) {
                let message = format!("`{}` names `{}` twice in `{side}`", process.id, flow.store);
                let finding = must(process, "flow-twice", message).about(process.id.as_str());
                report.add(finding.about(flow.store.as_str()).mend("make them one flow"));
            }
        }
    }
}

fn hold(process: &Sourced<Process>, book: &Book, report: &mut Report) {
    let Some(hold) = &process.hold else { return };
    let touched: BTreeSet<&StoreId> =
        process.inputs.iter().chain(&process.outputs).map(|flow| &flow.store).collect();
    if !touched.contains(&hold.store) {
        let message =
            format!("`{}` holds the level of `{}`, which it does not touch", process.id, hold.store);
        let otherwise = "hold a store of its `in` or `out`";
        let mend = did_you_mean(hold.store.as_str(), touched.iter().map(|id| id.as_str()), otherwise);
        let finding = must(process, "hold-untouched", message).about(process.id.as_str());
        report.add(finding.about(hold.store.as_str()).mend(mend));
    }
    if let Some(store) = book.stores.get(&hold.store).filter(|store| hold.mass > store.capacity) {
        let message = format!(
            "`{}` is to hold `{}` at {}, which has room for {} ({})",
            process.id, store.id, hold.mass, store.capacity, store.place
        );
        let finding = must(process, "hold-over-capacity", message).about(process.id.as_str());
        report.add(finding.about(store.id.as_str()).mend("mend one of the two"));
    }
}

/// A scale names a partner of the book, or a segment that one of them lives on.
fn scale(process: &Sourced<Process>, book: &Book, report: &mut Report) {
    let Some(scale) = &process.scale else { return };
    let is_known = match scale {
        Scale::Aboard => true,
        Scale::Partner(partner) => book.partners.knows(partner.as_str()),
        Scale::Segment(_) if !book.partners.is_whole() => true,
        Scale::Segment(segment) => {
            book.partners.iter().any(|partner| partner.segment.as_ref() == Some(segment))
        }
    };
    if is_known {
        return;
    }
    let message = format!("the rates of `{}` are for one of `{scale}`, whom nobody counts", process.id);
    let known = scales(book);
    let list = format!("known are {}", known.iter().cloned().collect::<Vec<_>>().join(", "));
    let mend = did_you_mean(&scale.to_string(), known.iter().map(String::as_str), &list);
    report.add(must(process, "scale-unknown", message).about(process.id.as_str()).mend(mend));
}

fn scales(book: &Book) -> BTreeSet<String> {
    let partners = book.partners.ids().cloned().map(Scale::Partner);
    let segments = book.partners.iter().filter_map(|partner| partner.segment.clone()).map(Scale::Segment);
    [Scale::Aboard].into_iter().chain(segments).chain(partners).map(|scale| scale.to_string()).collect()
}

/// Each circle of processes that need one another is reported once, at the one of them that stands first.
fn circles(book: &Book, report: &mut Report) {
    let mut told: BTreeSet<&ProcessId> = BTreeSet::new();
    for process in &book.processes {
        if told.contains(&process.id) {
            continue;
        }
        let Some(circle) = circle(process, book) else { continue };
        told.extend(&circle);
        let way: Vec<String> = circle.iter().chain(circle.first()).map(|id| format!("`{id}`")).collect();
        let message = format!("none of these can ever run: {}", way.join(" needs "));
        let finding = must(process, "needs-cycle", message);
        let finding = circle.iter().fold(finding, |finding, id| finding.about(id.as_str()));
        report.add(finding.mend("take one of these needs away"));
    }
}

/// The shortest way from a process through what it needs back to itself.
fn circle<'a>(start: &'a Sourced<Process>, book: &'a Book) -> Option<Vec<&'a ProcessId>> {
    let mut needed_by: BTreeMap<&ProcessId, &ProcessId> = BTreeMap::new();
    let mut open = VecDeque::from([&start.id]);
    while let Some(id) = open.pop_front() {
        let Some(process) = book.processes.get(id) else { continue };
        if process.needs.contains(&start.id) {
            // The start is needed by nobody on the way to here, or the search had ended there.
            let mut way: Vec<&ProcessId> =
                std::iter::successors(Some(id), |id| needed_by.get(id).copied()).collect();
            way.reverse();
            return Some(way);
        }
        for need in &process.needs {
            if !needed_by.contains_key(need) {
                needed_by.insert(need, id);
                open.push_back(need);
            }
        }
    }
    None
}
