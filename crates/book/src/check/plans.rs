//! Plans: known before what they plan, dates in order, seats for all, and what became of them.

use std::collections::BTreeMap;

use record::{FlightId, Sourced};
use timeline::Time;
use traffic::Plan;

use super::when::surely_after;
use super::{Report, must, should};
use crate::book::Book;

pub(super) fn plans(book: &Book, report: &mut Report) {
    let mut known: BTreeMap<(&FlightId, Time), &Sourced<Plan>> = BTreeMap::new();
    let mut last: BTreeMap<&FlightId, &Sourced<Plan>> = BTreeMap::new();
    for plan in &book.plans {
        dates(plan, book.about.known_until, report);
        seats(plan, book, report);
        let first = *known.entry((&plan.flight, plan.known_on)).or_insert(plan);
        if !std::ptr::eq(first, plan) {
            let message = format!(
                "the plan for `{}` of {} stands at {} already",
                plan.flight, plan.known_on, first.place
            );
            let finding = must(plan, "plan-twice", message).about(plan.flight.as_str());
            report.add(finding.mend("keep the one that was known from then on"));
        }
        let latest = last.entry(&plan.flight).or_insert(plan);
        if latest.known_on <= plan.known_on {
            *latest = plan;
        }
    }
    for plan in last.values() {
        came_to_nothing(plan, book, report);
    }
}

fn dates(plan: &Sourced<Plan>, known_until: Time, report: &mut Report) {
    let id = plan.flight.as_str();
    let named = [("launch", plan.launch), ("docking", plan.docking), ("leaving", plan.leaves)];
    let named: Vec<(&str, Time)> =
        named.into_iter().filter_map(|(what, at)| at.map(|at| (what, at))).collect();
    for pair in named.windows(2) {
        let [(before, first), (after, second)] = [pair[0], pair[1]];
        if surely_after(first, second) {
            let message =
                format!("the {after} of `{id}` is planned for {second}, before its {before} at {first}");
            report.add(must(plan, "dates-reversed", message).about(id).mend("look both times up"));
        }
    }
    if let Some((what, last)) = named.last().copied().filter(|&(_, last)| surely_after(plan.known_on, last)) {
        let message =
            format!("the plan for the {what} of `{id}` at {last} is of {}, after it", plan.known_on);
        let finding = must(plan, "plan-of-the-past", message).about(id);
        report.add(finding.mend("say in `known_on` since when this was the plan"));
    }
    if surely_after(plan.known_on, known_until) {
        let message =
            format!("the plan for `{id}` is of {}, after {known_until}, where history ends", plan.known_on);
        let finding = must(plan, "history-ahead", message).about(id);
        report.add(finding.mend("look the time up, or move `known_until`"));
    }
}

fn seats(plan: &Sourced<Plan>, book: &Book, report: &mut Report) {
    let Some(vehicle) = book.vehicles.get(&plan.vehicle) else { return };
    let ways = [("up", plan.up.len(), vehicle.seats.up), ("down", plan.down.len(), vehicle.seats.down)];
    for (way, carried, seats) in ways {
        if carried > seats as usize {
            let message =
                format!("`{}` is to carry {carried} people {way} and has {seats} seats", plan.flight);
            let finding = must(plan, "seats-exceeded", message).about(plan.flight.as_str());
            report.add(finding.about(vehicle.id.as_str()).mend("one person too many, or another type"));
        }
    }
}

/// A flight whose last plan is over was flown, or its last plan has no date.
fn came_to_nothing(plan: &Sourced<Plan>, book: &Book, report: &mut Report) {
    let is_over = |at: Time| surely_after(book.about.known_until, at);
    let due = plan.dates().next().filter(|&due| is_over(due));
    if let Some(due) = due.filter(|_| !book.flights.knows(plan.flight.as_str())) {
        let message = format!(
            "`{}` was planned for {due}, and the book, which knows history until {}, has no such flight",
            plan.flight, book.about.known_until
        );
        let finding = should(plan, "plan-open", message).about(plan.flight.as_str());
        report.add(finding.mend(
            "add the flight to flights.csv, mend its id, or add a plan without dates from when on it was off",
        ));
    }
}
