//! Questions that take several forecasts: what one lost ship does, and how many people the stocks carry.

use std::collections::BTreeSet;

use book::Book;
use record::FlightId;
use timeline::{Interval, Time};

use crate::{
    Arrival, Errand, Forecast, ForecastError, LineCrossing, Model, Reserve, ReserveOf, Scenario, compute,
    draft,
};

/// What becomes of a class of supply when the next cargo flight that brings any of it does not come, and all after it do.
#[derive(Clone, PartialEq, Debug)]
pub struct SkipOne {
    /// The class of supply.
    pub supply: String,
    /// The flight that does not come.
    pub flight: FlightId,
    /// When it was to come.
    pub at: Time,
    /// Its reserve lines, as of [`Reserve::crossings`].
    pub crossings: Vec<LineCrossing>,
    /// When nothing is left of it.
    pub empty: Option<Time>,
}

/// For each class of supply that a cargo flight brings within the span, what the loss of the next such flight does to it.
///
/// # Errors
/// As of [`Model::new`] and [`compute`].
pub fn skip_one(book: &Book, scenario: &Scenario) -> Result<Vec<SkipOne>, ForecastError> {
    let arrivals = draft(book, scenario).arrivals;
    let next: Vec<(String, &Arrival)> = book
        .supplies
        .iter()
        .filter_map(|supply| {
            let holds = |store: &str| {
                book.stores.named(store).is_some_and(|store| store.supply.as_ref() == Some(&supply.id))
            };
            let brings =
                |arrival: &&Arrival| arrival.brings.iter().any(|one| one.mass_kg > 0.0 && holds(&one.store));
            let mut to_come = cargo_flights(&arrivals, scenario.span);
            to_come.find(brings).map(|arrival| (supply.id.to_string(), arrival))
        })
        .collect();
    let flights: BTreeSet<&FlightId> = next.iter().map(|(_, arrival)| &arrival.flight).collect();
    let mut skipped = Vec::new();
    for flight in flights {
        let mut without = scenario.clone();
        without.without.insert(flight.clone());
        let reserves = forecast(book, &without)?.reserves_at(scenario.span.start());
        for (supply, arrival) in next.iter().filter(|(_, arrival)| arrival.flight == *flight) {
            let of_supply = |one: &&Reserve| one.of == ReserveOf::Supply && one.name == *supply;
            let Some(reserve) = reserves.iter().find(of_supply) else { continue };
            skipped.push(SkipOne {
                supply: supply.clone(),
                flight: flight.clone(),
                at: arrival.at,
                crossings: reserve.crossings.clone(),
                empty: reserve.empty,
            });
        }
    }
    skipped.sort_by(|a, b| a.supply.cmp(&b.supply));
    Ok(skipped)
}

/// The cargo flights that come after the span has begun, in order of time.
pub fn cargo_flights(arrivals: &[Arrival], span: Interval) -> impl Iterator<Item = &Arrival> {
    let to_come = arrivals.iter().filter(move |arrival| span.start() < arrival.at && arrival.at < span.end());
    to_come.filter(|arrival| arrival.errand == Errand::Cargo)
}

/// How many people can stay aboard until some time: those who have a seat, and those whom the stocks carry.
#[derive(Clone, PartialEq, Debug)]
pub struct CrewLimit {
    /// Until when.
    pub until: Time,
    /// The cargo flight that comes then; nothing at the end of the span.
    pub before: Option<FlightId>,
    /// The fewest seats there are until then to take people home.
    pub seats: u32,
    /// The largest crew that goes short of nothing until then, [`MOST_CREW`] at most.
    pub carried: u32,
    /// What one person more would lack; nothing when as many as [`MOST_CREW`] are carried.
    pub wants: Option<Binding>,
}

impl CrewLimit {
    /// The largest crew.
    #[must_use]
    pub fn crew(&self) -> u32 {
        self.seats.min(self.carried)
    }

    /// What forbids one person more; seats, where both do.
    #[must_use]
    pub fn binds(&self) -> Option<Binding> {
        if self.seats <= self.carried { Some(Binding::Seats) } else { self.wants.clone() }
    }
}

/// What forbids a larger crew.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Binding {
    /// There are no more seats to take people home.
    Seats,
    /// A class of supply is empty.
    Supply(String),
    /// People go short for want of room or stock in a store of no class, such as the cabin's carbon dioxide.
    Store(String),
    /// People go short for want of a process.
    Process(String),
}

/// More people are not asked about; thirteen are the most that were ever aboard one station.
pub const MOST_CREW: u32 = 16;

/// The largest crew from the beginning of the span on until each of the next `deliveries` cargo flights, and until the end of the
/// span. The flights before the one in question do come.
///
/// The stocks do not carry a crew of whom somebody goes short of anything, or that uses up a class of supply.
///
/// # Errors
/// As of [`Model::new`] and [`compute`].
pub fn crew_limits(
    book: &Book,
    scenario: &Scenario,
    deliveries: usize,
) -> Result<Vec<CrewLimit>, ForecastError> {
    let drafted = draft(book, scenario);
    let flights = cargo_flights(&drafted.arrivals, scenario.span).take(deliveries);
    let ends = flights.map(|arrival| (arrival.at, Some(arrival.flight.clone())));
    let fewest =
        |until: Time| drafted.seats.iter().filter(move |(at, _)| *at < until).map(|&(_, seats)| seats).min();
    let mut limits: Vec<CrewLimit> = ends
        .chain([(scenario.span.end(), None)])
        .map(|(until, before)| {
            let seats = fewest(until).unwrap_or(0);
            CrewLimit { until, before, seats, carried: MOST_CREW, wants: None }
        })
        .collect();
    // What runs out as early with nobody aboard, such as propellant, is no matter of the crew's size.
    let nobody = Scenario { crew: Some(0), ..scenario.clone() };
    let nobody = wants(book, &forecast(book, &nobody)?, scenario.span);
    let without_people =
        |at: Time, binding: &Binding| nobody.iter().any(|(then, same)| same == binding && *then <= at);
    for crew in 1..=MOST_CREW {
        if limits.iter().all(|limit| limit.carried < crew) {
            break;
        }
        let question = Scenario { crew: Some(crew), ..scenario.clone() };
        let wants = wants(book, &forecast(book, &question)?, scenario.span);
        let of_people = wants.into_iter().filter(|(at, binding)| !without_people(*at, binding));
        let Some((at, binding)) = of_people.min_by_key(|&(at, _)| at) else { continue };
        for limit in limits.iter_mut().filter(|limit| at < limit.until && crew <= limit.carried) {
            (limit.carried, limit.wants) = (crew - 1, Some(binding.clone()));
        }
    }
    Ok(limits)
}

/// When something is first lacking, and what.
pub fn first_want(book: &Book, forecast: &Forecast, span: Interval) -> Option<(Time, Binding)> {
    wants(book, forecast, span).into_iter().min_by_key(|&(at, _)| at)
}

/// Every time people go short and every class of supply that runs out.
fn wants(book: &Book, forecast: &Forecast, span: Interval) -> Vec<(Time, Binding)> {
    let of_store = |id: &str| {
        let supply = book.stores.named(id).and_then(|store| store.supply.as_ref());
        supply.map_or_else(|| Binding::Store(id.to_owned()), |supply| Binding::Supply(supply.to_string()))
    };
    let short = forecast.shortfalls().iter().map(|short| {
        let binding =
            short.store.as_deref().map_or_else(|| Binding::Process(short.process.clone()), of_store);
        (short.during.start(), binding)
    });
    let reserves = forecast.reserves_at(span.start());
    let empty = reserves.iter().filter(|reserve| reserve.of == ReserveOf::Supply);
    let empty = empty.filter_map(|reserve| Some((reserve.empty?, Binding::Supply(reserve.name.clone()))));
    short.chain(empty).collect()
}

fn forecast(book: &Book, scenario: &Scenario) -> Result<Forecast, ForecastError> {
    compute(&Model::new(&draft(book, scenario).draft)?, scenario.span)
}
