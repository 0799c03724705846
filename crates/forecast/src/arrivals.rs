//! Which flights come when, as far as it was known, and what they bring into which store.

use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use record::{FlightId, Mass, StoreId};
use timeline::{Duration, Time};
use traffic::{Cargo, CargoDirection, CargoKind, Docking, Flight, Outcome, Plan, Vehicle};

use crate::Delivery;
use crate::knowledge::Knowledge;

/// A flight that came to the station, or was to come.
#[derive(Clone, PartialEq, Debug)]
pub struct Arrival {
    /// Which flight.
    pub flight: FlightId,
    /// Its name; its id where no record of it was known.
    pub name: String,
    /// When it came, or was to come.
    pub at: Time,
    /// Whether that was known.
    pub certainty: Certainty,
    /// What it is for.
    pub errand: Errand,
    /// What it brings into which store, after unpacking.
    pub brings: Vec<Delivery>,
}

/// How well an arrival was known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Certainty {
    /// It had come.
    Flown,
    /// It was on its way.
    UnderWay,
    /// It was planned.
    Planned,
}

/// What a flight is for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Errand {
    /// Above all to carry people; what it brings beside them does not count as a cargo flight.
    People,
    /// To bring cargo, with people or without.
    Cargo,
}

/// A crewed vehicle that usually brings more than this is a cargo flight as well: a shuttle brought 16 t, a Soyuz brings 0.1 t.
const CARGO_FLIGHT_FROM: Mass = Mass::from_grams(1_000_000);

/// The flights that were still to come as of a time, in order of their arrivals; those without a date, and those overdue, are not among them.
#[must_use]
pub fn awaited(book: &Book, as_of: Time) -> Vec<Arrival> {
    let (mut all, _) = arrivals(&Knowledge::of(book, as_of), &BTreeSet::new(), &BTreeMap::new());
    all.retain(|arrival| arrival.certainty != Certainty::Flown);
    all
}

/// All flights that were known to come or to have come, in order of time, but those of `without`, moved by `delays`; and those whose planned time
/// was over when they had not flown yet.
///
/// A flight that was launched has the cargo of its records; one that was planned has that too when the whole book is known, and
/// else what its type usually brings, since nobody says when its cargo was decided.
pub(crate) fn arrivals<'a>(
    knowledge: &Knowledge<'a>,
    without: &BTreeSet<FlightId>,
    delays: &BTreeMap<FlightId, Duration>,
) -> (Vec<Arrival>, Vec<&'a FlightId>) {
    let book = knowledge.book;
    let (docked, cargo) = (first_dockings(book), cargo_up(book));
    let records = |flight: &FlightId| cargo.get(flight).map_or(&[][..], Vec::as_slice);
    let (mut arrivals, mut overdue) = (Vec::new(), Vec::new());
    let counts = |flight: &FlightId| !without.contains(flight);
    for flight in book.flights.iter().filter(|flight| was_launched(knowledge, flight) && counts(&flight.id)) {
        let Some(vehicle) = book.vehicles.get(&flight.vehicle) else { continue };
        let docking = docked.get(&flight.id).map(|docking| docking.from);
        let (at, certainty) = match docking.filter(|&at| knowledge.has(at)) {
            Some(at) => (at, Certainty::Flown),
            None => match under_way(knowledge, flight, vehicle) {
                Some(at) => (at, Certainty::UnderWay),
                None => continue,
            },
        };
        let brings = brought_by(book, vehicle, at, records(&flight.id));
        arrivals.push(arrival(&flight.id, &flight.name, vehicle, at, certainty, brings));
    }
    let planned =
        knowledge.plans.values().map(|plan| (&plan.flight, plan.arrival(transit(book, plan)), *plan));
    for (id, at, plan) in planned.filter(|(id, ..)| counts(id)) {
        let flight = book.flights.get(id);
        let (Some(vehicle), Some(at)) = (book.vehicles.get(&plan.vehicle), at) else { continue };
        if flight.is_some_and(|flight| was_launched(knowledge, flight)) {
            continue;
        }
        if at <= knowledge.until {
            overdue.push(id);
            continue;
        }
        // What a ship really brought was not known before it came.
        let load = if knowledge.is_whole() { records(id) } else { &[] };
        let name = flight.filter(|_| knowledge.is_whole()).map_or(id.as_str(), |flight| flight.name.as_str());
        let brings = brought_by(book, vehicle, at, load);
        arrivals.push(arrival(id, name, vehicle, at, Certainty::Planned, brings));
    }
    for flight in
        book.flights.iter().filter(|flight| flight.outcome == Outcome::Planned && counts(&flight.id))
    {
        let is_elsewhere = knowledge.plans.contains_key(&flight.id) || !knowledge.is_whole();
        let docking = docked.get(&flight.id).map(|docking| docking.from);
        let Some(vehicle) = book.vehicles.get(&flight.vehicle).filter(|_| !is_elsewhere) else { continue };
        let after_launch = flight.launched.map(|launched| launched + usual(vehicle.usual_transit));
        let Some(at) = docking.or(after_launch) else { continue };
        let brings = brought_by(book, vehicle, at, records(&flight.id));
        arrivals.push(arrival(&flight.id, &flight.name, vehicle, at, Certainty::Planned, brings));
    }
    for arrival in arrivals.iter_mut().filter(|arrival| arrival.certainty != Certainty::Flown) {
        if let Some(&delay) = delays.get(&arrival.flight) {
            // Nothing comes before the time as of which it is asked.
            let moved = (arrival.at + delay).max(knowledge.until + Duration::SECOND);
            arrival.brings.iter_mut().for_each(|one| one.at = one.at + (moved - arrival.at));
            arrival.at = moved;
        }
    }
    arrivals.sort_by(|a, b| (a.at, &a.flight).cmp(&(b.at, &b.flight)));
    (arrivals, overdue)
}

fn arrival(
    flight: &FlightId,
    name: &str,
    vehicle: &Vehicle,
    at: Time,
    certainty: Certainty,
    brings: Vec<Delivery>,
) -> Arrival {
    let brings_much = vehicle.cargo_up.is_some_and(|usual| usual > CARGO_FLIGHT_FROM);
    let errand = if !vehicle.crewed || brings_much { Errand::Cargo } else { Errand::People };
    Arrival { flight: flight.clone(), name: name.to_owned(), at, certainty, errand, brings }
}

/// Whether it had left the ground.
pub(crate) fn was_launched(knowledge: &Knowledge<'_>, flight: &Flight) -> bool {
    flight.outcome != Outcome::Planned && flight.launched.is_some_and(|launched| launched <= knowledge.until)
}

/// When a flight that was launched but not there yet was to arrive; nothing when it was known not to.
///
/// One that is late is taken to arrive at once.
fn under_way(knowledge: &Knowledge<'_>, flight: &Flight, vehicle: &Vehicle) -> Option<Time> {
    let is_lost = flight.outcome == Outcome::Lost && knowledge.is_whole();
    if is_lost || flight.ended.is_some_and(|ended| knowledge.has(ended)) {
        return None;
    }
    let planned = knowledge.plans.get(&flight.id).and_then(|plan| plan.arrival(vehicle.usual_transit));
    let after_launch = flight.launched.map(|launched| launched + usual(vehicle.usual_transit));
    planned.or(after_launch).map(|at| at.max(knowledge.until + Duration::SECOND))
}

pub(crate) fn transit(book: &Book, plan: &Plan) -> Option<Duration> {
    book.vehicles.get(&plan.vehicle).and_then(|vehicle| vehicle.usual_transit)
}

fn usual(transit: Option<Duration>) -> Duration {
    transit.unwrap_or(Duration::ZERO)
}

fn first_dockings(book: &Book) -> BTreeMap<&FlightId, &Docking> {
    let mut first: BTreeMap<&FlightId, &Docking> = BTreeMap::new();
    for docking in &book.dockings {
        let earliest = first.entry(&docking.flight).or_insert(&docking.value);
        if docking.from < earliest.from {
            *earliest = &docking.value;
        }
    }
    first
}

/// What was printed of each flight's cargo.
fn cargo_up(book: &Book) -> BTreeMap<&FlightId, Vec<&Cargo>> {
    let mut of_flights: BTreeMap<&FlightId, Vec<&Cargo>> = BTreeMap::new();
    for cargo in book.cargo.iter().filter(|cargo| cargo.direction == CargoDirection::Up) {
        of_flights.entry(&cargo.flight).or_default().push(&cargo.value);
    }
    of_flights
}

/// The cargo of one flight by the rules of its vehicle's family: what its records say, and what its type usually brings where there are
/// none.
///
/// Propellant is Moscow's sum: what a ship burns for the station itself is used there as well. Printed parts go by their own rule; `food` is a part of `dry`, whose rest goes by the rule of `dry` without the stores that
/// food goes to. Without parts the total counts, and without a total what the vehicle usually brings.
fn brought_by(book: &Book, vehicle: &Vehicle, docked: Time, records: &[&Cargo]) -> Vec<Delivery> {
    let of = |kind: CargoKind| -> Option<f64> {
        let mut masses =
            records.iter().filter(|cargo| cargo.kind == kind).map(|cargo| cargo.mass.kg()).peekable();
        masses.peek().is_some().then(|| masses.sum())
    };
    let rule = |kind: CargoKind| {
        book.deliveries.iter().find(|rule| rule.family == vehicle.family && rule.kind == kind)
    };
    let mut brought = Vec::new();
    let mut bring = |kind: CargoKind, mass_kg: f64, except: &[StoreId]| {
        let Some(rule) = rule(kind) else { return };
        let into: Vec<_> = rule.into.iter().filter(|part| !except.contains(&part.store)).collect();
        let whole: f64 = into.iter().map(|part| part.share.percent()).sum();
        for part in into {
            brought.push(Delivery {
                at: docked + rule.after,
                store: part.store.to_string(),
                mass_kg: mass_kg * part.share.percent() / whole,
            });
        }
    };
    let (food, dry) = (of(CargoKind::Food), of(CargoKind::Dry));
    let parts = [CargoKind::Propellant, CargoKind::Gas, CargoKind::Water, CargoKind::Unpressurised];
    let has_parts = dry.is_some() || parts.iter().any(|kind| of(*kind).is_some());
    if !has_parts {
        let usual = vehicle.cargo_up.map(Mass::kg);
        if let Some(mass_kg) = of(CargoKind::Total).or(usual) {
            bring(CargoKind::Total, mass_kg, &[]);
        }
        return brought;
    }
    for kind in parts {
        if let Some(mass_kg) = of(kind) {
            bring(kind, mass_kg, &[]);
        }
    }
    let food_stores: Vec<StoreId> = match (food, rule(CargoKind::Food)) {
        (Some(mass_kg), Some(rule)) => {
            bring(CargoKind::Food, mass_kg, &[]);
            rule.into.iter().map(|part| part.store.clone()).collect()
        }
        _ => Vec::new(),
    };
    if let Some(mass_kg) = dry {
        let rest_kg = if food_stores.is_empty() { mass_kg } else { (mass_kg - food.unwrap_or(0.0)).max(0.0) };
        bring(CargoKind::Dry, rest_kg, &food_stores);
    }
    brought
}
