//! Vehicles, people, flights, plans, dockings, seats, stays, cargo and spacewalks.

use ::traffic::{Cargo, Docking, Fitness, Flight, Plan, Seats, Vehicle};
use people::{Exit, Person, Spacewalk, Stay};
use record::Sourced;

use super::{Reader, sourced};
use crate::book::Book;
use crate::entry::{Entry, Need};

const PEOPLE: [&str; 9] =
    ["id", "name", "family_name", "given_name", "partner", "country", "source", "quality", "note"];
const FLIGHTS: [&str; 12] = [
    "id", "name", "vehicle", "number", "launched", "ended", "end", "outcome", "element", "source", "quality",
    "note",
];
const PLANS: [&str; 11] = [
    "flight", "known_on", "vehicle", "launch", "docking", "leaves", "up", "down", "source", "quality", "note",
];
const DOCKINGS: [&str; 8] = ["flight", "port", "from", "to", "join", "source", "quality", "note"];
const SEATS: [&str; 7] = ["flight", "from", "to", "seats_down", "source", "quality", "note"];
const STAYS: [&str; 10] =
    ["person", "up", "down", "partner", "role", "from", "to", "source", "quality", "note"];
const CARGO: [&str; 8] = ["flight", "direction", "kind", "mass_kg", "basis", "source", "quality", "note"];
const SPACEWALKS: [&str; 8] = ["id", "start", "end", "crew", "from", "source", "quality", "note"];

pub(super) fn traffic(reader: &mut Reader<'_>, book: Book) -> Book {
    Book {
        vehicles: reader.toml_table("vehicles.toml", Need::Needed, "vehicle", vehicle),
        people: reader.csv_table("people.csv", Need::Needed, "person", &PEOPLE, person),
        flights: reader.csv_table("flights.csv", Need::Needed, "flight", &FLIGHTS, flight),
        plans: reader.csv_list("plans.csv", Need::Optional, "plan", &PLANS, plan),
        dockings: reader.csv_list("dockings.csv", Need::Needed, "docking", &DOCKINGS, docking),
        fitness: reader.csv_list("seats.csv", Need::Rare, "seats", &SEATS, fitness),
        stays: reader.csv_list("stays.csv", Need::Needed, "stay", &STAYS, stay),
        cargo: reader.csv_list("cargo.csv", Need::Optional, "cargo", &CARGO, cargo),
        spacewalks: reader.csv_table("spacewalks.csv", Need::Optional, "spacewalk", &SPACEWALKS, spacewalk),
        ..book
    }
}

fn vehicle(entry: &mut Entry<'_>) -> Option<Vehicle> {
    let id = entry.id("id");
    let name = entry.text("name");
    let family = entry.text("family");
    let partner = entry.id("partner");
    let crewed = entry.flag("crewed");
    let seats = if crewed == Some(true) { seats(entry) } else { no_seats(entry) };
    let joins = entry.maybe_word("joins");
    let mechanisms = entry.texts("mechanisms");
    let usual_transit = entry.maybe_hours("usual_transit_hours");
    let usual_stay = entry.maybe_days("usual_stay_days");
    let life = entry.maybe_days("life_days");
    let mass = entry.maybe_mass("mass_kg");
    let cargo_up = entry.maybe_mass("cargo_up_kg");
    let cargo_down = entry.maybe_mass("cargo_down_kg");
    let first_flight = entry.maybe_time("first_flight");
    let last_flight = entry.maybe_time("last_flight");
    Some(Vehicle {
        id: id?,
        name: name?,
        family: family?,
        partner: partner?,
        crewed: crewed?,
        seats: seats?,
        joins,
        mechanisms,
        usual_transit,
        usual_stay,
        life,
        mass,
        cargo_up,
        cargo_down,
        first_flight,
        last_flight,
    })
}

fn seats(entry: &mut Entry<'_>) -> Option<Seats> {
    let up = entry.count("seats_up");
    let down = entry.count("seats_down");
    Some(Seats { up: up?, down: down? })
}

/// A vehicle without a crew may say that it has no seats, or nothing.
fn no_seats(entry: &mut Entry<'_>) -> Option<Seats> {
    let up = entry.maybe_count("seats_up").unwrap_or(0);
    let down = entry.maybe_count("seats_down").unwrap_or(0);
    Some(Seats { up, down })
}

fn person(entry: &mut Entry<'_>) -> Option<Person> {
    let id = entry.id("id");
    let name = entry.text("name");
    let family_name = entry.text("family_name");
    let given_name = entry.maybe_text("given_name");
    let partner = entry.id("partner");
    let country = entry.country("country");
    Some(Person {
        id: id?,
        name: name?,
        family_name: family_name?,
        given_name,
        partner: partner?,
        country: country?,
    })
}

fn flight(entry: &mut Entry<'_>) -> Option<Flight> {
    let id = entry.id("id");
    let name = entry.text("name");
    let vehicle = entry.id("vehicle");
    let number = entry.maybe_text("number");
    let launched = entry.maybe_time("launched");
    let ended = entry.maybe_time("ended");
    let end = entry.maybe_word("end");
    let outcome = entry.word("outcome");
    let elements = entry.ids("element");
    Some(Flight {
        id: id?,
        name: name?,
        vehicle: vehicle?,
        number,
        launched,
        ended,
        end,
        outcome: outcome?,
        elements,
    })
}

fn plan(entry: &mut Entry<'_>) -> Option<Sourced<Plan>> {
    sourced(entry, |entry| {
        // Without a date or a person that could not be read it would be another plan.
        entry.faultless(|entry| {
            let flight = entry.id("flight");
            let known_on = entry.time("known_on");
            let vehicle = entry.id("vehicle");
            let launch = entry.maybe_time("launch");
            let docking = entry.maybe_time("docking");
            let leaves = entry.maybe_time("leaves");
            let up = entry.texts("up");
            let down = entry.texts("down");
            Some(Plan {
                flight: flight?,
                known_on: known_on?,
                vehicle: vehicle?,
                launch,
                docking,
                leaves,
                up,
                down,
            })
        })
    })
}

fn docking(entry: &mut Entry<'_>) -> Option<Sourced<Docking>> {
    sourced(entry, |entry| {
        let flight = entry.id("flight");
        let port = entry.id("port");
        let from = entry.time("from");
        let to = entry.maybe_time("to");
        let join = entry.word("join");
        Some(Docking { flight: flight?, port: port?, from: from?, to, join: join? })
    })
}

fn fitness(entry: &mut Entry<'_>) -> Option<Sourced<Fitness>> {
    sourced(entry, |entry| {
        // Without an end that could not be read it would last for good.
        entry.faultless(|entry| {
            let flight = entry.id("flight");
            let from = entry.time("from");
            let to = entry.maybe_time("to");
            let seats_down = entry.count("seats_down");
            Some(Fitness { flight: flight?, from: from?, to, seats_down: seats_down? })
        })
    })
}

fn stay(entry: &mut Entry<'_>) -> Option<Sourced<Stay>> {
    sourced(entry, |entry| {
        let person = entry.id("person");
        let up = entry.id("up");
        let down = entry.maybe_id("down");
        let partner = entry.id("partner");
        let role = entry.word("role");
        let from = entry.maybe_time("from");
        let to = entry.maybe_time("to");
        Some(Stay { person: person?, up: up?, down, partner: partner?, role: role?, from, to })
    })
}

fn cargo(entry: &mut Entry<'_>) -> Option<Sourced<Cargo>> {
    sourced(entry, |entry| {
        let flight = entry.id("flight");
        let direction = entry.word("direction");
        let kind = entry.word("kind");
        let mass = entry.mass("mass_kg");
        let basis = entry.maybe_word("basis");
        Some(Cargo { flight: flight?, direction: direction?, kind: kind?, mass: mass?, basis })
    })
}

fn spacewalk(entry: &mut Entry<'_>) -> Option<Spacewalk> {
    let id = entry.id("id");
    let start = entry.time("start");
    let end = entry.time("end");
    let crew = entry.ids("crew");
    let exit = entry.id("from").map(|from: record::ElementId| match from.as_str() {
        "shuttle" => Exit::Shuttle,
        _ => Exit::Element(from),
    });
    if crew.is_empty() {
        entry.report("value-missing", "nobody is on this spacewalk".to_owned(), "name its crew");
    }
    Some(Spacewalk { id: id?, start: start?, end: end?, crew, exit: exit? })
}
