//! Who is aboard: those who were, those who were to come and go, and the seats to take them home.

use std::collections::{BTreeMap, BTreeSet};

use record::FlightId;
use station::Scale;
use timeline::{Duration, Interval, Profile, Time};
use traffic::{seat_changes, seats_of_visit, visits};

use crate::Scenario;
use crate::arrivals::{Arrival, Certainty};
use crate::knowledge::Knowledge;

/// The crew as it was known and planned.
///
/// Up to the time as of which the book is asked those aboard are those of its stays. After that a planned flight brings those
/// whom its plan names, and a flight whose plan says when it leaves takes home those whom its plan names, or else those whom it
/// brought. Nobody else comes or goes. People to come have no names, only the segment on whose stores they live.
pub(crate) struct Crew<'a> {
    knowledge: &'a Knowledge<'a>,
    from: Time,
    instead: Option<u32>,
    passages: Vec<Passage>,
    changes: Vec<Change>,
    seats: Vec<(Time, i64)>,
}

/// What a flight does to the people and the seats of the station, as far as it was known and planned.
#[derive(Clone, PartialEq, Debug)]
pub struct Passage {
    /// Which flight.
    pub flight: FlightId,
    /// When it came, or is to come.
    pub arrives: Time,
    /// The segments on whose stores those live whom it is still to bring, one for each of them.
    pub brings: Vec<String>,
    /// When it leaves, or left; nothing when that is not known.
    pub leaves: Option<Time>,
    /// The segments of those whom it is still to take home.
    pub takes: Vec<String>,
    /// Seats to take people home, by its type.
    pub seats: u32,
    /// When it can take home how many, where that is not what its type has seats for.
    pub fitness: Vec<(Interval, u32)>,
}

impl Passage {
    /// Its seats home, from each instant at which they change until it leaves.
    #[must_use]
    pub fn seat_steps(&self) -> Vec<(Time, u32)> {
        let visit = Interval::new(self.arrives, self.leaves.unwrap_or(Time::MAX));
        visit.map_or_else(Vec::new, |visit| seats_of_visit(self.seats, visit, &self.fitness))
    }

    /// The same as changes; of those without end nobody says that they leave.
    pub(crate) fn seat_changes(&self) -> Vec<(Time, i64)> {
        let end = self.leaves.unwrap_or(Time::MAX);
        let mut changes = seat_changes(&self.seat_steps(), end);
        changes.retain(|&(at, seats)| at < Time::MAX && seats != 0);
        changes
    }
}

/// People of one segment who come, or go when they are fewer than none.
struct Change {
    at: Time,
    segment: String,
    persons: i32,
}

impl<'a> Crew<'a> {
    /// Of the flights that come; `instead` so many from `from` on.
    pub(crate) fn of(knowledge: &'a Knowledge<'a>, arrivals: &[Arrival], scenario: &Scenario) -> Self {
        let (from, instead) = (scenario.span.start(), scenario.crew);
        let (passages, changes, seats) = (Vec::new(), Vec::new(), Vec::new());
        let mut crew = Self { knowledge, from, instead, passages, changes, seats };
        let book = knowledge.book;
        let visits = visits(book.dockings.iter().map(|docking| &docking.value));
        for arrival in arrivals {
            let plan = knowledge.plans.get(&arrival.flight).copied();
            let brings = match arrival.certainty {
                Certainty::Flown => Vec::new(),
                Certainty::UnderWay => crew.launched_with(&arrival.flight),
                Certainty::Planned => plan.map_or_else(Vec::new, |plan| plan.up.clone()),
            };
            let left = visits.get(&arrival.flight).map(|visit| visit.end()).filter(|&left| left < Time::MAX);
            let left = left.filter(|&left| arrival.certainty == Certainty::Flown && knowledge.has(left));
            let delay = scenario.delays.get(&arrival.flight).copied().unwrap_or(Duration::ZERO);
            // Who is to leave cannot have left by the time at which it was known.
            let earliest = knowledge.until + Duration::SECOND;
            let planned = plan.and_then(|plan| plan.leaves).filter(|&at| at > knowledge.until);
            let leaves = left.or(planned.map(|at| (at + delay).max(earliest)));
            let named = plan.map_or_else(Vec::new, |plan| plan.down.clone());
            let mut takes = match leaves.filter(|&at| at > knowledge.until) {
                None => Vec::new(),
                Some(_) if !named.is_empty() => named,
                Some(_) if arrival.certainty == Certainty::Flown => crew.aboard_by(&arrival.flight),
                Some(_) => brings.clone(),
            };
            let (arrives, seats) = (arrival.at, crew.seats_of(arrival));
            let fitness = knowledge.fitness_of(&arrival.flight);
            let (flight, none) = (arrival.flight.clone(), Vec::new());
            let mut passage = Passage { flight, arrives, brings, leaves, takes: none, seats, fitness };
            // Whom an unfit ship was to take home stays.
            if !passage.fitness.is_empty() {
                takes.truncate(passage.seat_steps().last().map_or(0, |step| step.1 as usize));
            }
            passage.takes = takes;
            crew.passages.push(passage);
        }
        for passage in &crew.passages {
            let moves = |segments: &[String], at: Time, persons: i32| {
                segments
                    .iter()
                    .map(|segment| Change { at, segment: segment.clone(), persons })
                    .collect::<Vec<_>>()
            };
            crew.changes.extend(moves(&passage.brings, passage.arrives, 1));
            crew.changes.extend(passage.leaves.iter().flat_map(|&at| moves(&passage.takes, at, -1)));
            crew.seats.extend(passage.seat_changes());
        }
        crew.changes.sort_by_key(|change| change.at);
        crew.seats.sort_unstable();
        crew
    }

    /// What each flight does, in order of their arrivals.
    pub(crate) fn passages(&self) -> &[Passage] {
        &self.passages
    }

    /// The segments of those who were launched with a flight.
    fn launched_with(&self, flight: &FlightId) -> Vec<String> {
        let book = self.knowledge.book;
        let stays = book.stays.iter().filter(|stay| stay.up == *flight);
        stays.filter_map(|stay| book.segment_of(stay).map(str::to_owned)).collect()
    }

    /// The segments of those who came with a flight and were still aboard.
    fn aboard_by(&self, flight: &FlightId) -> Vec<String> {
        let (book, until) = (self.knowledge.book, self.knowledge.until);
        let stays = book.aboard().into_iter().filter(|one| one.stay.up == *flight);
        let aboard = stays.filter(|one| one.interval.contains(until));
        aboard.filter_map(|one| book.segment_of(one.stay).map(str::to_owned)).collect()
    }

    fn seats_of(&self, arrival: &Arrival) -> u32 {
        let book = self.knowledge.book;
        let planned = self.knowledge.plans.get(&arrival.flight).map(|plan| &plan.vehicle);
        let flown = book.flights.get(&arrival.flight).map(|flight| &flight.vehicle);
        let vehicle = if arrival.certainty == Certainty::Planned { planned.or(flown) } else { flown };
        vehicle.and_then(|id| book.vehicles.get(id)).map_or(0, |vehicle| vehicle.seats.down)
    }

    /// The seats of all vehicles there over `within`, from each instant at which they change.
    pub(crate) fn seats(&self, within: Interval) -> Vec<(Time, u32)> {
        let mut changes: BTreeMap<Time, i64> = BTreeMap::from([(within.start(), 0)]);
        for &(at, seats) in self.seats.iter().filter(|(at, _)| *at < within.end()) {
            *changes.entry(at.max(within.start())).or_default() += seats;
        }
        let mut sum = 0;
        let running = changes.into_iter().map(|(at, seats)| {
            sum += seats;
            (at, u32::try_from(sum).unwrap_or(0))
        });
        running.collect()
    }

    /// How many of `scale` over `whole`.
    pub(crate) fn profile(&self, scale: &Scale, whole: Interval) -> Profile {
        let counted = self.counted(scale, whole);
        let Some(instead) = self.instead else { return counted };
        // Another crew has the present one's parts: of seven, three on one segment's stores stay three sevenths.
        let aboard = self.counted(&Scale::Aboard, whole);
        let part = self.part(&counted, &aboard, scale);
        let before = counted.segments().filter(|segment| segment.start < self.from);
        let values = before.map(|segment| (segment.start, segment.value));
        let values = values.chain([(self.from.max(whole.start()), f64::from(instead) * part)]);
        Profile::step(counted.name(), counted.unit().clone(), whole, values).unwrap_or(counted)
    }

    /// Which part of all aboard are of `scale` when another crew begins. Where nobody is aboard then it is as when somebody is next, or
    /// else was last; where nobody ever is, every segment and every partner has as many as any other.
    fn part(&self, counted: &Profile, aboard: &Profile, scale: &Scale) -> f64 {
        let inhabited = || aboard.segments().filter(|segment| segment.value > 0.0);
        let next = inhabited().find(|segment| segment.end > self.from);
        let last = inhabited().next_back();
        if let Some(some) = next.or(last) {
            let at = some.start.max(self.from.min(some.end - Duration::NANOSECOND));
            return counted.at(at).unwrap_or(0.0) / some.value;
        }
        let partners = &self.knowledge.book.partners;
        let segments: BTreeSet<&str> =
            partners.iter().filter_map(|partner| partner.segment.as_deref()).collect();
        match scale {
            Scale::Aboard => 1.0,
            Scale::Segment(_) => 1.0 / segments.len().max(1) as f64,
            Scale::Partner(_) => 1.0 / partners.iter().count().max(1) as f64,
        }
    }

    fn counted(&self, scale: &Scale, whole: Interval) -> Profile {
        let known = self.known(scale, whole);
        let mut values: Vec<(Time, f64)> =
            known.segments().map(|segment| (segment.start.max(whole.start()), segment.value)).collect();
        let counts = |change: &&Change| counts(scale, &change.segment);
        let mut aboard = values.last().map_or(0.0, |&(_, aboard)| aboard);
        for change in self.changes.iter().filter(counts).filter(|change| change.at < whole.end()) {
            // A plan that takes home more than there are leaves nobody, not less.
            aboard = (aboard + f64::from(change.persons)).max(0.0);
            let at = change.at.max(whole.start());
            match values.last_mut().filter(|(last, _)| *last == at) {
                Some(last) => last.1 = aboard,
                None => values.push((at, aboard)),
            }
        }
        Profile::step(known.name(), known.unit().clone(), whole, values).unwrap_or(known)
    }

    /// How many of `scale` were aboard as far as that is history.
    pub(crate) fn known(&self, scale: &Scale, whole: Interval) -> Profile {
        let until = self.knowledge.until;
        let known = Interval::new(whole.start(), until.min(whole.end()));
        let last_known =
            known.unwrap_or_else(|| Interval::new(until - Duration::SECOND, until).unwrap_or(whole));
        self.knowledge.book.crew_profile_of(scale, last_known)
    }
}

/// Whether people of a segment are of `scale`.
pub(crate) fn counts(scale: &Scale, segment: &str) -> bool {
    match scale {
        Scale::Aboard => true,
        Scale::Segment(of) => segment == of,
        // Plans do not say whose people come.
        Scale::Partner(_) => false,
    }
}
