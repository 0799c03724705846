//! Who is aboard: those who were, those who were to come and go, and the seats to take them home.

use std::collections::BTreeMap;

use record::FlightId;
use station::Scale;
use timeline::{Duration, Interval, Profile, Time};
use traffic::{Plan, visits};

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
    changes: Vec<Change>,
    seats: Vec<(Time, i64)>,
}

/// People of one segment who come, or go when they are fewer than none.
struct Change {
    at: Time,
    segment: String,
    persons: i32,
}

impl<'a> Crew<'a> {
    /// Of the flights that come; `instead` so many from `from` on.
    pub(crate) fn of(
        knowledge: &'a Knowledge<'a>,
        arrivals: &[Arrival],
        from: Time,
        instead: Option<u32>,
    ) -> Self {
        let mut crew = Self { knowledge, from, instead, changes: Vec::new(), seats: Vec::new() };
        let book = knowledge.book;
        let visits = visits(book.dockings.iter().map(|docking| &docking.value));
        for arrival in arrivals {
            let plan = knowledge.plans.get(&arrival.flight).copied();
            let came = match arrival.certainty {
                Certainty::Flown => crew.aboard_by(&arrival.flight),
                Certainty::UnderWay => crew.bring(arrival, crew.launched_with(&arrival.flight)),
                Certainty::Planned => crew.bring(arrival, plan.map_or_else(Vec::new, |plan| plan.up.clone())),
            };
            let left = visits.get(&arrival.flight).map(|visit| visit.end()).filter(|&left| left < Time::MAX);
            let left = left.filter(|&left| arrival.certainty == Certainty::Flown && knowledge.has(left));
            let planned = plan.and_then(|plan| plan.leaves);
            let leaves = left.or(planned.filter(|&at| at > knowledge.until));
            if let Some(at) = leaves.filter(|&at| at > knowledge.until) {
                crew.take_home(plan, at, came);
            }
            crew.count_seats(arrival, leaves);
        }
        crew.changes.sort_by_key(|change| change.at);
        crew.seats.sort_unstable();
        crew
    }

    fn bring(&mut self, arrival: &Arrival, segments: Vec<String>) -> Vec<String> {
        let changes =
            segments.iter().map(|segment| Change { at: arrival.at, segment: segment.clone(), persons: 1 });
        self.changes.extend(changes);
        segments
    }

    fn take_home(&mut self, plan: Option<&Plan>, at: Time, came: Vec<String>) {
        let named = plan.map_or_else(Vec::new, |plan| plan.down.clone());
        let down = if named.is_empty() { came } else { named };
        self.changes.extend(down.into_iter().map(|segment| Change { at, segment, persons: -1 }));
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

    fn count_seats(&mut self, arrival: &Arrival, leaves: Option<Time>) {
        let book = self.knowledge.book;
        let planned = self.knowledge.plans.get(&arrival.flight).map(|plan| &plan.vehicle);
        let flown = book.flights.get(&arrival.flight).map(|flight| &flight.vehicle);
        let vehicle = if arrival.certainty == Certainty::Planned { planned.or(flown) } else { flown };
        let seats = vehicle.and_then(|id| book.vehicles.get(id)).map_or(0, |vehicle| vehicle.seats.down);
        if seats > 0 {
            self.seats.push((arrival.at, i64::from(seats)));
            self.seats.extend(leaves.map(|at| (at, -i64::from(seats))));
        }
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
        let now = |profile: &Profile| profile.at(self.from).unwrap_or(0.0);
        let part = if now(&aboard) > 0.0 { now(&counted) / now(&aboard) } else { 1.0 };
        let before = counted.segments().filter(|segment| segment.start < self.from);
        let values = before.map(|segment| (segment.start, segment.value));
        let values = values.chain([(self.from.max(whole.start()), f64::from(instead) * part)]);
        Profile::step(counted.name(), counted.unit().clone(), whole, values).unwrap_or(counted)
    }

    fn counted(&self, scale: &Scale, whole: Interval) -> Profile {
        let until = self.knowledge.until;
        let known = Interval::new(whole.start(), until.min(whole.end()));
        let last_known =
            known.unwrap_or_else(|| Interval::new(until - Duration::SECOND, until).unwrap_or(whole));
        let profile = self.knowledge.book.crew_profile_of(scale, last_known);
        let mut values: Vec<(Time, f64)> =
            profile.segments().map(|segment| (segment.start.max(whole.start()), segment.value)).collect();
        let counts = |change: &&Change| match scale {
            Scale::Aboard => true,
            Scale::Segment(segment) => change.segment == *segment,
            // Plans do not say whose people come.
            Scale::Partner(_) => false,
        };
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
        Profile::step(profile.name(), profile.unit().clone(), whole, values).unwrap_or(profile)
    }
}
