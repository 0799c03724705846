//! Every visit, flown and planned.

use std::collections::BTreeMap;

use book::Book;
use record::{FlightId, Sourced, Word};
use serde_json::{Value, json};
use timeline::{Interval, Time};
use traffic::{Cargo, Docking, End, Flight, Outcome, Plan, Vehicle};

use crate::about::{list, with_source};
use crate::stamp;

/// What belongs to flights, by flight.
struct Belongings<'a> {
    book: &'a Book,
    dockings: BTreeMap<&'a FlightId, Vec<&'a Sourced<Docking>>>,
    cargo: BTreeMap<&'a FlightId, Vec<&'a Sourced<Cargo>>>,
    plans: BTreeMap<&'a FlightId, &'a Plan>,
    up: BTreeMap<&'a FlightId, Vec<&'a str>>,
    down: BTreeMap<&'a FlightId, Vec<&'a str>>,
}

/// The flights whose time in orbit overlaps `within`, then those to come as planned at `as_of`, in order of launch.
#[must_use]
pub fn json(book: &Book, within: Interval, as_of: Time) -> Value {
    let all = Belongings::of(book, as_of);
    let mut flights: Vec<(Time, Value)> = Vec::new();
    for flight in book.flights.iter().filter(|flight| flight.outcome != Outcome::Planned) {
        let from = flight.launched.unwrap_or(book.about.began);
        let to = flight.ended.unwrap_or(Time::MAX);
        if from < within.end() && to >= within.start() {
            flights.push((from, all.flown(flight)));
        }
    }
    let has_flown =
        |id: &FlightId| book.flights.get(id).is_some_and(|flight| flight.outcome != Outcome::Planned);
    for (id, plan) in all.plans.iter().filter(|(id, _)| !has_flown(id)) {
        let arrival = plan.arrival(all.vehicle(plan).and_then(|vehicle| vehicle.usual_transit));
        // What was taken off, or has no date, is no flight to come.
        let Some(from) = plan.launch.or(arrival) else { continue };
        if from < within.end() && plan.leaves.unwrap_or(Time::MAX) >= within.start() {
            flights.push((from, all.planned(id, plan, arrival)));
        }
    }
    flights.sort_by_key(|(launched, _)| *launched);
    flights.into_iter().map(|(_, flight)| flight).collect()
}

impl<'a> Belongings<'a> {
    fn of(book: &'a Book, as_of: Time) -> Self {
        let mut all = Self {
            book,
            dockings: BTreeMap::new(),
            cargo: BTreeMap::new(),
            plans: traffic::plans_at(book.plans.iter().map(|plan| &plan.value), as_of),
            up: BTreeMap::new(),
            down: BTreeMap::new(),
        };
        for docking in &book.dockings {
            all.dockings.entry(&docking.flight).or_default().push(docking);
        }
        for cargo in &book.cargo {
            all.cargo.entry(&cargo.flight).or_default().push(cargo);
        }
        for stay in &book.stays {
            all.up.entry(&stay.up).or_default().push(stay.person.as_str());
            if let Some(down) = &stay.down {
                all.down.entry(down).or_default().push(stay.person.as_str());
            }
        }
        all
    }

    fn vehicle(&self, plan: &Plan) -> Option<&'a Vehicle> {
        self.book.vehicles.get(&plan.vehicle).map(|vehicle| &vehicle.value)
    }

    fn flown(&self, flight: &Sourced<Flight>) -> Value {
        let vehicle = self.book.vehicles.get(&flight.vehicle);
        let leaves = self.plans.get(&flight.id).and_then(|plan| plan.leaves);
        let dockings = self.dockings.get(&flight.id).into_iter().flatten().map(|docking| {
            json!({
                "port": docking.port.as_str(),
                "from": stamp(docking.from),
                "to": docking.to.map(stamp),
                "planned_to": leaves.filter(|_| docking.to.is_none()).map(stamp),
                "join": docking.join.word(),
                "is_planned": false,
                "quality": docking.provenance.quality.word(),
            })
        });
        let cargo = self.cargo.get(&flight.id).map(|all| list(all.iter().copied(), cargo));
        let value = json!({
            "id": flight.id.as_str(),
            "name": flight.name,
            "vehicle": flight.vehicle.as_str(),
            "number": flight.number,
            "partner": vehicle.map(|vehicle| vehicle.partner.as_str()),
            "kind": kind(vehicle.map(|vehicle| &vehicle.value), flight.end, &flight.elements),
            "is_planned": false,
            "launched": flight.launched.map(stamp),
            "ended": flight.ended.map(stamp),
            "end": flight.end.map(Word::word),
            "outcome": flight.outcome.word(),
            "elements": flight.elements.iter().map(record::ElementId::as_str).collect::<Vec<_>>(),
            "dockings": dockings.collect::<Vec<_>>(),
            "crew_up": self.up.get(&flight.id).cloned().unwrap_or_default(),
            "crew_down": self.down.get(&flight.id).cloned().unwrap_or_default(),
            "crew_up_segments": [],
            "crew_down_segments": [],
            "cargo": cargo.unwrap_or_default(),
            "known_on": null,
        });
        with_source(value, &flight.provenance)
    }

    fn planned(&self, id: &FlightId, plan: &Plan, arrival: Option<Time>) -> Value {
        let record = self.book.plans.iter().find(|one| one.value == *plan);
        let flight = self.book.flights.get(id);
        let vehicle = self.vehicle(plan);
        let docking = arrival.map(|from| {
            json!({
                "port": null,
                "from": stamp(from),
                "to": plan.leaves.map(stamp),
                "planned_to": plan.leaves.map(stamp),
                "join": vehicle.and_then(|vehicle| vehicle.joins).map(Word::word),
                "is_planned": true,
                "quality": record.map(|record| record.provenance.quality.word()),
            })
        });
        let value = json!({
            "id": id.as_str(),
            "name": flight.map_or(id.as_str(), |flight| flight.name.as_str()),
            "vehicle": plan.vehicle.as_str(),
            "number": flight.map_or("", |flight| flight.number.as_str()),
            "partner": vehicle.map(|vehicle| vehicle.partner.as_str()),
            "kind": kind(vehicle, None, &[]),
            "is_planned": true,
            "launched": plan.launch.map(stamp),
            "ended": null,
            "end": null,
            "outcome": Outcome::Planned.word(),
            "elements": [],
            "dockings": docking.into_iter().collect::<Vec<_>>(),
            "crew_up": [],
            "crew_down": [],
            "crew_up_segments": plan.up,
            "crew_down_segments": plan.down,
            "cargo": [],
            "known_on": stamp(plan.known_on),
        });
        match record {
            Some(record) => with_source(value, &record.provenance),
            None => value,
        }
    }
}

/// Whether people or goods are its errand, or a part of the station is.
fn kind(vehicle: Option<&Vehicle>, end: Option<End>, elements: &[record::ElementId]) -> &'static str {
    let crewed = vehicle.is_some_and(|vehicle| vehicle.crewed);
    if crewed {
        "crew"
    } else if end == Some(End::Attached) || !elements.is_empty() {
        "assembly"
    } else {
        "cargo"
    }
}

fn cargo(cargo: &Cargo) -> Value {
    json!({
        "direction": cargo.direction.word(),
        "kind": cargo.kind.word(),
        "mass_kg": cargo.mass.kg(),
        "basis": cargo.basis.map(Word::word),
    })
}
