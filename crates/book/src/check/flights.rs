//! Flights: the order of their dates, their end, and the line between history and plans.

use std::collections::BTreeMap;

use record::{FlightId, Sourced};
use timeline::Time;
use traffic::{Docking, End, Flight, Outcome};

use super::when::surely_after;
use super::{Report, must, should};
use crate::book::Book;

pub(super) fn flights(book: &Book, report: &mut Report) {
    let mut dockings: BTreeMap<&FlightId, Vec<&Sourced<Docking>>> = BTreeMap::new();
    for docking in &book.dockings {
        dockings.entry(&docking.flight).or_default().push(docking);
    }
    for flight in &book.flights {
        let own = dockings.get(&flight.id).map_or(&[][..], Vec::as_slice);
        dates(flight, report);
        history(flight, book.about.known_until, report);
        service(flight, book, report);
        outcome(flight, own, report);
        own.iter().for_each(|docking| docked_in_flight(docking, flight, report));
        report.findings.extend(brought_by_another(flight, book));
    }
    for docking in &book.dockings {
        if let Some(to) = docking.to.filter(|&to| to <= docking.from) {
            let message = format!("`{}` left at {to}, before it came at {}", docking.flight, docking.from);
            report.add(reversed(docking, &docking.flight, message));
        }
    }
}

fn reversed<T>(record: &Sourced<T>, flight: &FlightId, message: String) -> timeline::Finding {
    must(record, "dates-reversed", message).about(flight.as_str()).mend("look both times up")
}

fn dates(flight: &Sourced<Flight>, report: &mut Report) {
    if let (Some(launched), Some(ended)) = (flight.launched, flight.ended)
        && surely_after(launched, ended)
    {
        let message = format!("`{}` ended at {ended}, before its launch at {launched}", flight.id);
        report.add(reversed(flight, &flight.id, message));
    }
    if flight.ended.is_some() != flight.end.is_some() {
        let message = format!("`{}` has only one of `ended` and `end`", flight.id);
        let finding = must(flight, "end-incomplete", message).about(flight.id.as_str());
        report.add(finding.mend("say both when and how it ended, or neither while it lasts"));
    }
    if (flight.outcome == Outcome::Lost) != (flight.end == Some(End::Lost)) && flight.end != Some(End::Landed)
    {
        let message = format!("`{}` has only one of `end` and `outcome` as `lost`", flight.id);
        let finding = should(flight, "end-contradicts", message).about(flight.id.as_str());
        report.add(finding.mend("say in both whether it reached the station"));
    }
}

fn history(flight: &Sourced<Flight>, known_until: Time, report: &mut Report) {
    let id = &flight.id;
    let is_known = known_until < Time::MAX;
    let fault = match (flight.outcome, flight.launched) {
        (Outcome::Planned, Some(launched)) if is_known && surely_after(known_until, launched) => (
            "planned-past",
            format!("`{id}` is `planned` for {launched}, but the book knows history until {known_until}"),
            "say what became of it, or move `known_until`",
        ),
        (Outcome::Planned, _) => return,
        (outcome, Some(launched)) if surely_after(launched, known_until) => (
            "history-ahead",
            format!("`{id}` is `{outcome}`, but its launch at {launched} is after {known_until}"),
            "make it `planned`, or move `known_until`",
        ),
        (outcome, None) => (
            "launch-unknown",
            format!("`{id}` is `{outcome}` and has no `launched`"),
            "say when it was launched, or make it `planned`",
        ),
        _ => return,
    };
    let (rule, message, mend) = fault;
    report.add(must(flight, rule, message).about(id.as_str()).mend(mend));
}

fn service(flight: &Sourced<Flight>, book: &Book, report: &mut Report) {
    let Some((vehicle, launched)) = book.vehicles.get(&flight.vehicle).zip(flight.launched) else { return };
    let is_early = vehicle.first_flight.is_some_and(|first| surely_after(first, launched));
    let is_late = vehicle.last_flight.is_some_and(|last| surely_after(launched, last));
    if is_early || is_late {
        let message = format!(
            "`{}` flew at {launched}, outside the service of its type `{}` ({})",
            flight.id, vehicle.id, vehicle.place
        );
        let finding = should(flight, "vehicle-out-of-service", message).about(flight.id.as_str());
        report.add(
            finding.about(vehicle.id.as_str()).mend("name another type, or mend its first or last flight"),
        );
    }
}

fn outcome(flight: &Sourced<Flight>, dockings: &[&Sourced<Docking>], report: &mut Report) {
    let id = &flight.id;
    let arrived = matches!(flight.outcome, Outcome::Success | Outcome::Partial);
    if arrived && dockings.is_empty() && flight.end != Some(End::Attached) {
        let message = format!("`{id}` is `{}` but never docked", flight.outcome);
        let finding = should(flight, "never-docked", message).about(id.as_str());
        report.add(finding.mend("add its docking to dockings.csv, or make it `lost`"));
    }
    if let (Outcome::Lost, Some(docking)) = (flight.outcome, dockings.first()) {
        let message = format!("`{id}` docked at {}, but {} says it was lost", docking.from, flight.place);
        let finding = must(docking, "lost-docked", message).about(id.as_str());
        report.add(finding.mend("take the docking away, or mend the outcome"));
    }
}

/// What left again of a flight that stayed as an element leaves long after that flight ended; all others leave before.
fn docked_in_flight(docking: &Sourced<Docking>, flight: &Sourced<Flight>, report: &mut Report) {
    let id = &flight.id;
    if let Some(launched) = flight.launched.filter(|&launched| surely_after(launched, docking.from)) {
        let message =
            format!("`{id}` docked at {}, before its launch at {launched} ({})", docking.from, flight.place);
        report.add(reversed(docking, id, message));
    }
    let Some(ended) = flight.ended.filter(|_| flight.end != Some(End::Attached)) else { return };
    match docking.to {
        Some(to) if surely_after(to, ended) => {
            let message = format!("`{id}` left at {to}, after it ended at {ended} ({})", flight.place);
            report.add(reversed(docking, id, message));
        }
        Some(_) => {}
        None => {
            let message = format!("`{id}` ended at {ended} ({}) but never left its port", flight.place);
            let finding = must(docking, "docking-open", message).about(id.as_str());
            report.add(finding.mend("say in `to` when it left"));
        }
    }
}

/// A flight lists the chief elements it brought; each of them names that flight.
fn brought_by_another(flight: &Sourced<Flight>, book: &Book) -> Option<timeline::Finding> {
    let element = flight
        .elements
        .iter()
        .filter_map(|id| book.elements.get(id))
        .find(|element| element.flight.as_ref().is_some_and(|named| *named != flight.id))?;
    let message = format!(
        "`{}` says it brought `{}`, which names another flight ({})",
        flight.id, element.id, element.place
    );
    let finding = should(flight, "element-flight", message).about(flight.id.as_str());
    Some(finding.about(element.id.as_str()).mend("let both name each other"))
}
