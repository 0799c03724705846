//! Flights as cases: launches, dockings, visits, landings.

use std::collections::BTreeMap;

use book::Book;
use people::Role;
use record::{FlightId, Sourced};
use rules::Case;
use timeline::{Interval, Time, Unit};
use traffic::{Docking, End, Flight, Join, Outcome};

/// Every case that comes of traffic.
pub(crate) fn cases(book: &Book) -> Vec<Case> {
    let mut dockings: BTreeMap<&FlightId, Vec<&Docking>> = BTreeMap::new();
    for docking in &book.dockings {
        dockings.entry(&docking.flight).or_default().push(&docking.value);
    }
    let mut cases = Vec::new();
    for flight in &book.flights {
        let mut held = dockings.remove(&flight.id).unwrap_or_default();
        held.sort_by_key(|docking| docking.from);
        of_flight(book, flight, &held, &mut cases);
        of_dockings(book, flight, &held, &mut cases);
    }
    cases
}

/// What is still going on is known up to the book's end.
pub(crate) fn or_known(book: &Book, end: Option<Time>) -> Time {
    end.filter(|end| *end < Time::MAX).unwrap_or(book.about.known_until)
}

fn of_flight(book: &Book, flight: &Sourced<Flight>, held: &[&Docking], cases: &mut Vec<Case>) {
    let Some(launched) = flight.launched else { return };
    let named = |case: Case| described(book, flight, case);
    let ended = or_known(book, flight.ended);
    cases.push(named(Case::instant(format!("{}.launch", flight.id), "launch", launched)));
    let whole = named(Case::new(format!("{}.flight", flight.id), "flight", launched, ended));
    let life = book.vehicle_of(&flight.id).and_then(|vehicle| vehicle.life);
    cases.push(match life {
        Some(life) => whole.measuring("life", life.days(), Unit::DAY),
        None => whole,
    });
    if matches!(flight.end, Some(End::Landed | End::Splashed))
        && let Some(ended) = flight.ended
    {
        cases.push(named(Case::instant(format!("{}.landing", flight.id), "landing", ended)));
    }
    // What was lost was never on its way to a port.
    if flight.outcome == Outcome::Lost {
        return;
    }
    let free = |which: &str, from: Time, to: Time| {
        let id = format!("{}.free-flight-{which}", flight.id);
        Interval::new(from, to).map(|free| named(Case::new(id, "free-flight", free.start(), free.end())))
    };
    cases.extend(held.first().and_then(|first| free("up", launched, first.from)));
    let left = held.last().and_then(|last| last.to).zip(flight.ended);
    cases.extend(left.and_then(|(left, ended)| free("down", left, ended)));
}

fn of_dockings(book: &Book, flight: &Sourced<Flight>, held: &[&Docking], cases: &mut Vec<Case>) {
    let named = |case: Case| described(book, flight, case);
    let last = held.len().saturating_sub(1);
    for (at, docking) in held.iter().enumerate() {
        let numbered = |what: &str| match at {
            0 => format!("{}.{what}", flight.id),
            _ => format!("{}.{what}-{}", flight.id, at + 1),
        };
        let place = |case: Case| with_port(book, named(case), docking);
        let comes = place(Case::instant(numbered("docking"), "docking", docking.from));
        cases.push(comes.also(if at == 0 { "arrival" } else { "relocation" }));
        if let Some(to) = docking.to {
            let leaves = place(Case::instant(numbered("undocking"), "undocking", to));
            cases.push(if at == last { leaves.also("departure") } else { leaves });
        }
        let until = or_known(book, docking.to);
        cases.push(place(Case::new(numbered("port-use"), "port-use", docking.from, until)));
    }
    if let (Some(first), Some(last)) = (held.first(), held.last()) {
        let until = or_known(book, last.to);
        cases.push(named(Case::new(format!("{}.visit", flight.id), "visit", first.from, until)));
    }
}

/// What every case of a flight says.
fn described(book: &Book, flight: &Sourced<Flight>, case: Case) -> Case {
    let case = case
        .with("flight", flight.id.as_str())
        .with("vehicle", flight.vehicle.as_str())
        .with("outcome", flight.outcome.to_string());
    let Some(vehicle) = book.vehicle_of(&flight.id) else { return case };
    let case = case.with("family", vehicle.family.clone()).with("partner", vehicle.partner.as_str());
    let case = case.with_all("mechanism", vehicle.mechanisms.iter().cloned());
    let carries = if vehicle.crewed { "crew" } else { "cargo" };
    let stays: Vec<&people::Stay> =
        book.stays.iter().map(|stay| &stay.value).filter(|stay| stay.up == flight.id).collect();
    let crew = if stays.is_empty() {
        "none"
    } else if stays.iter().all(|stay| stay.role == Role::Visitor) {
        "visitors"
    } else {
        "expedition"
    };
    let persons = stays.iter().map(|stay| stay.person.as_str());
    case.with("carries", carries).with("crew", crew).with_all("person", persons)
}

fn with_port(book: &Book, case: Case, docking: &Docking) -> Case {
    let case = case.with("port", docking.port.as_str()).with(
        "join",
        match docking.join {
            Join::Dock => "dock",
            Join::Berth => "berth",
        },
    );
    let Some(port) = book.ports.get(&docking.port) else { return case };
    let case = case.with("port-mechanism", port.mechanism.clone()).with("element", port.element.as_str());
    match book.elements.get(&port.element) {
        Some(element) => case.with("segment", element.segment.clone()).with("owner", element.owner.as_str()),
        None => case,
    }
}
