//! What each partner did for the station, and with it.

use std::collections::BTreeMap;

use book::Book;
use people::{Aboard, PersonTime, Spacewalk};
use record::{FlightId, Mass, PartnerId, PersonId};
use timeline::{Interval, Time};
use traffic::{CargoDirection, End, Flight, Outcome};

use crate::Span;

/// What each partner did over a span, as far as the book tells: nothing of it is planned.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct History {
    /// The part of the span that is history; nothing when none is.
    pub within: Option<Interval>,
    /// In the order of the book.
    pub partners: Vec<PartnerHistory>,
    /// Time aboard by the country of each person, ISO 3166-1 alpha-2; most first, then by code.
    pub countries: Vec<(String, PersonTime)>,
}

/// What one partner did.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PartnerHistory {
    /// Who.
    pub partner: PartnerId,
    /// Time aboard of those who flew under its right, visitors among them.
    pub aboard: PersonTime,
    /// The flights that it provided, by the time of their launch.
    pub flights: Flights,
    /// What its flights brought to the station, by the time of their launch.
    pub up: Carried,
    /// What its flights brought back to the ground, by the time of their landing.
    pub down: Carried,
    /// How often its people went out.
    pub walks: u64,
    /// Time outside of its people; whole walks, by the time of their beginning.
    pub outside: PersonTime,
}

/// Flights by what they were for.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Flights {
    /// With seats for people.
    pub crew: u64,
    /// With cargo only.
    pub cargo: u64,
    /// That brought a part of the station, with or without people.
    pub assembly: u64,
    /// Of all these, those that did not reach the station.
    pub lost: u64,
}

/// Mass that flights carried one way.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Carried {
    /// What is told, in the bookkeeping that leaves out what a vehicle burns itself.
    pub mass: Mass,
    /// Flights of which it is told.
    pub flights: u64,
    /// Flights of which it is not.
    pub untold_flights: u64,
}

/// What each partner did over a span.
#[must_use]
pub fn history(book: &Book, span: Span) -> History {
    let within =
        book.history().and_then(|known| span.interval().and_then(|interval| interval.intersection(known)));
    let aboard = book.aboard();
    let times = within.map(|within| people::person_time_by_partner(&aboard, within)).unwrap_or_default();
    let partners = book.partners.iter().map(|partner| {
        let flights: Vec<&Flight> = book
            .flights
            .iter()
            .map(|flight| &flight.value)
            .filter(|flight| provider(book, flight) == Some(&partner.id))
            .collect();
        let (walks, outside) = outside(book, &aboard, &partner.id, within);
        PartnerHistory {
            partner: partner.id.clone(),
            aboard: times.get(&partner.id).copied().unwrap_or_default(),
            flights: flights_by_kind(book, &flights, within),
            up: carried_by(book, &flights, CargoDirection::Up, within),
            down: carried_by(book, &flights, CargoDirection::Down, within),
            walks,
            outside,
        }
    });
    History { within, partners: partners.collect(), countries: countries(book, &aboard, within) }
}

fn has(within: Option<Interval>, time: Time) -> bool {
    within.is_some_and(|within| within.contains(time))
}

fn provider<'a>(book: &'a Book, flight: &Flight) -> Option<&'a PartnerId> {
    book.vehicles.get(&flight.vehicle).map(|vehicle| &vehicle.partner)
}

/// A flight counts when it was launched; one that is only planned does not.
fn launched_at(book: &Book, flight: &Flight) -> Option<Time> {
    let launched = flight.launched.filter(|_| flight.outcome != Outcome::Planned)?;
    (launched < book.about.known_until).then_some(launched)
}

/// When what a flight brought counts: at its launch, when it reached the station.
pub(crate) fn came_at(book: &Book, flight: &Flight) -> Option<Time> {
    launched_at(book, flight).filter(|_| flight.outcome != Outcome::Lost)
}

/// When what a flight took home counts: at its landing, when it was at the station and came down whole.
pub(crate) fn returned_at(book: &Book, flight: &Flight) -> Option<Time> {
    came_at(book, flight)?;
    let landed = matches!(flight.end, Some(End::Landed | End::Splashed));
    flight.ended.filter(|&ended| landed && ended < book.about.known_until)
}

/// What a flight carried; nothing when nobody says.
pub(crate) fn carried(book: &Book, flight: &FlightId, direction: CargoDirection) -> Option<Mass> {
    let own = book.cargo.iter().filter(|part| part.flight == *flight && part.direction == direction);
    traffic::cargo_mass(own.map(|part| &part.value))
}

fn flights_by_kind(book: &Book, flights: &[&Flight], within: Option<Interval>) -> Flights {
    let mut sums = Flights::default();
    for flight in flights {
        if !launched_at(book, flight).is_some_and(|launched| has(within, launched)) {
            continue;
        }
        let is_crewed = book.vehicles.get(&flight.vehicle).is_some_and(|vehicle| vehicle.crewed);
        match (flight.elements.is_empty(), is_crewed) {
            (false, _) => sums.assembly += 1,
            (true, true) => sums.crew += 1,
            (true, false) => sums.cargo += 1,
        }
        sums.lost += u64::from(flight.outcome == Outcome::Lost);
    }
    sums
}

fn carried_by(
    book: &Book,
    flights: &[&Flight],
    direction: CargoDirection,
    within: Option<Interval>,
) -> Carried {
    let mut sums = Carried::default();
    for flight in flights {
        let at = match direction {
            CargoDirection::Up => came_at(book, flight),
            CargoDirection::Down | CargoDirection::Trash => returned_at(book, flight),
        };
        if !at.is_some_and(|at| has(within, at)) {
            continue;
        }
        match carried(book, &flight.id, direction) {
            Some(mass) => {
                sums.mass += mass;
                sums.flights += 1;
            }
            None => sums.untold_flights += 1,
        }
    }
    sums
}

/// How often the people of a partner went out, and for how long in all.
fn outside(
    book: &Book,
    aboard: &[Aboard<'_>],
    partner: &PartnerId,
    within: Option<Interval>,
) -> (u64, PersonTime) {
    let is_own = |walk: &Spacewalk, person: &PersonId| {
        let stay = aboard.iter().find(|one| one.stay.person == *person && one.interval.contains(walk.start));
        let agency = || book.people.get(person).map(|person| &person.partner);
        stay.map(|one| &one.stay.partner).or_else(agency) == Some(partner)
    };
    let counted = book.spacewalks.iter().filter(|walk| has(within, walk.start));
    let each = counted.flat_map(|walk| {
        let own = walk.crew.iter().filter(|person| is_own(walk, person));
        own.filter_map(|_| walk.interval()).map(PersonTime::from)
    });
    let each: Vec<PersonTime> = each.collect();
    (each.len() as u64, each.into_iter().sum())
}

fn countries(book: &Book, aboard: &[Aboard<'_>], within: Option<Interval>) -> Vec<(String, PersonTime)> {
    let mut sums: BTreeMap<String, Vec<PersonTime>> = BTreeMap::new();
    for one in aboard {
        let interval = within.and_then(|within| one.interval.intersection(within));
        if let (Some(interval), Some(person)) = (interval, book.people.get(&one.stay.person)) {
            sums.entry(person.country.clone()).or_default().push(interval.into());
        }
    }
    let mut countries: Vec<(String, PersonTime)> =
        sums.into_iter().map(|(country, times)| (country, times.into_iter().sum())).collect();
    countries.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    countries
}
