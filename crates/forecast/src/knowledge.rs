//! What was known of a station at some time, and nothing that was learnt later.

use std::collections::BTreeMap;

use book::Book;
use orbit::ElementSet;
use record::FlightId;
use station::{Factor, Process};
use timeline::{Interval, Time};
use traffic::{Plan, Vehicle, plans_at};

/// A book as it stood at some time.
///
/// Whoever knows a book to its end knows everything in it, what it says of later times too. Before that a record counts as known
/// from the time it tells of: a flight since its launch, a level since it was counted, a process since it first ran. What ends
/// later is not known to end.
pub(crate) struct Knowledge<'a> {
    pub(crate) book: &'a Book,
    /// Up to here things are history; after it there are plans.
    pub(crate) until: Time,
    /// The last plan for each flight.
    pub(crate) plans: BTreeMap<&'a FlightId, &'a Plan>,
    reach: Reach,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reach {
    /// To the book's end.
    Whole,
    /// To a time before that.
    Part,
}

impl<'a> Knowledge<'a> {
    pub(crate) fn of(book: &'a Book, as_of: Time) -> Self {
        let until = as_of.min(book.about.known_until);
        let reach = if as_of < book.about.known_until { Reach::Part } else { Reach::Whole };
        Self { book, until, plans: plans_at(book.plans.iter().map(|plan| &plan.value), until), reach }
    }

    /// Whether all of the book is known.
    pub(crate) fn is_whole(&self) -> bool {
        self.reach == Reach::Whole
    }

    /// Whether what a record tells of `at` was known.
    pub(crate) fn has(&self, at: Time) -> bool {
        at <= self.until || self.is_whole()
    }

    /// When something ends, as far as that was known.
    pub(crate) fn ends(&self, until: Option<Time>) -> Option<Time> {
        until.filter(|&until| self.has(until))
    }

    /// When something lasts; without end where its end was not known, nothing when it had not begun.
    pub(crate) fn lasts(&self, from: Option<Time>, until: Option<Time>) -> Option<Interval> {
        let from = from.unwrap_or(Time::MIN);
        let known = Interval::new(from, self.ends(until).unwrap_or(Time::MAX));
        known.filter(|_| from == Time::MIN || self.has(from))
    }

    /// The station's element sets that there were.
    pub(crate) fn element_sets(&self) -> Vec<ElementSet> {
        self.book.element_sets.iter().filter(|set| self.has(set.epoch)).cloned().collect()
    }

    /// The type of vehicle of a flight: the one that flew, or else the one that was to.
    pub(crate) fn vehicle_of(&self, flight: &FlightId) -> Option<&'a Vehicle> {
        let known = self.book.flights.get(flight).filter(|one| one.launched.is_some_and(|at| self.has(at)));
        let flown = known.map(|one| &one.vehicle);
        let vehicle = flown.or_else(|| self.plans.get(flight).map(|plan| &plan.vehicle));
        vehicle.and_then(|id| self.book.vehicles.get(id)).map(|vehicle| &vehicle.value)
    }

    /// When a flight can take home how many, as far as it was known; for good where its end was not.
    pub(crate) fn fitness_of(&self, flight: &FlightId) -> Vec<(Interval, u32)> {
        let of_it = self.book.fitness.iter().filter(|one| one.flight == *flight && self.has(one.from));
        let known = of_it.filter_map(|one| Some((self.lasts(Some(one.from), one.to)?, one.seats_down)));
        known.collect()
    }

    /// The processes that had run, and those without which nobody knows since when.
    pub(crate) fn processes(&self) -> impl Iterator<Item = &'a Process> {
        let processes = self.book.processes.iter().map(|process| &process.value);
        processes.filter(|process| self.has_process(process))
    }

    pub(crate) fn has_process(&self, process: &Process) -> bool {
        process.from.is_none_or(|from| self.has(from))
    }

    /// When a process is in service; without end where its end was not known.
    pub(crate) fn service(&self, process: &Process) -> Option<Interval> {
        self.lasts(process.from, process.until)
    }

    /// What a process's rates were multiplied by, as far as it was known.
    pub(crate) fn factor_at(&self, process: &Process, at: Time) -> f64 {
        let known = process.factors.iter().filter(|factor| factor.from <= at && self.has(factor.from));
        known.max_by_key(|factor| factor.from).map_or(1.0, |factor| factor.factor)
    }

    /// Those of a list of factors that were known.
    pub(crate) fn factors(&self, factors: &[Factor]) -> Vec<Factor> {
        factors.iter().filter(|factor| self.has(factor.from)).copied().collect()
    }

    /// When a process did not run; without end where its end was not known.
    pub(crate) fn outages(&self, process: &Process) -> impl Iterator<Item = Interval> {
        let of_it = self.book.outages.iter().filter(move |outage| outage.process == process.id);
        let known = of_it.filter(|outage| self.has(outage.from));
        known.filter_map(|outage| Interval::new(outage.from, self.ends(outage.to).unwrap_or(Time::MAX)))
    }
}
