//! What would be otherwise, and the plan that it gives.

use std::borrow::Cow;

use timeline::{Duration, Interval, Time};

use super::{Outlook, Ship};
use crate::arrivals::Certainty;
use crate::crew::counts;
use crate::model::{Event, Model, What};

/// One thing that is otherwise; ships, processes and stores are those of the outlook, by index.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Change {
    /// A ship does not come; one that is there can take nobody home any more.
    Lost(usize),
    /// A ship comes so much later, or earlier when it is less than nothing, and leaves so much later; one that is there only leaves later.
    Moved(usize, Duration),
    /// A ship stays so much longer.
    Held(usize, Duration),
    /// A process stands.
    Stopped(usize, Interval),
    /// A process runs at this part of its rates from some time on.
    Eased(usize, Time, f64),
    /// This mass is taken out of a store at once, as far as there is any, kg.
    Used(usize, Time, f64),
    /// No more people than that from some time on; each group keeps its part.
    AtMost(Time, u32),
    /// A ship brings this mass for one store instead of the same mass for another, kg.
    Recast {
        /// Which ship.
        ship: usize,
        /// What it brings less of.
        from: usize,
        /// What it brings more of.
        to: usize,
        /// How much.
        mass_kg: f64,
    },
}

/// All that is otherwise.
pub type Otherwise = Vec<Change>;

/// A plan to be surveyed.
#[derive(Clone, PartialEq, Debug)]
pub struct Plan {
    pub(crate) model: Model,
    /// How many people are aboard from when on.
    pub persons: Vec<(Time, u32)>,
    /// Seats to take them home, from when on.
    pub seats: Vec<(Time, u32)>,
    /// The ships that come in the end, by index, and when.
    pub arrivals: Vec<(Time, usize)>,
    /// The ships that leave, by index, and when.
    pub departures: Vec<(Time, usize)>,
}

impl Plan {
    /// How many people are aboard at `at`.
    #[must_use]
    pub fn persons_at(&self, at: Time) -> u32 {
        at_or_zero(&self.persons, at)
    }

    /// Seats at `at`.
    #[must_use]
    pub fn seats_at(&self, at: Time) -> u32 {
        at_or_zero(&self.seats, at)
    }
}

fn at_or_zero(steps: &[(Time, u32)], at: Time) -> u32 {
    let after = steps.partition_point(|step| step.0 <= at);
    after.checked_sub(1).map_or(0, |before| steps[before].1)
}

impl Outlook {
    /// The plan with all that is otherwise.
    #[must_use]
    pub fn plan(&self, otherwise: &[Change]) -> Plan {
        let ships: Vec<Option<Cow<'_, Ship>>> =
            self.ships.iter().enumerate().map(|(at, ship)| self.changed(at, ship, otherwise)).collect();
        let there = || ships.iter().enumerate().filter_map(|(at, ship)| Some((at, ship.as_ref()?)));
        let groups = self.group_steps(&ships, otherwise);
        let mut model = self.model.clone();
        let mut schedule = Vec::with_capacity(self.fixed_events().len() + 256);
        schedule.extend_from_slice(self.fixed_events());
        for (_, ship) in there() {
            let arrives = ship.passage.arrives;
            schedule.extend(ship.delivers.iter().map(|&(store, after, mass_kg)| Event {
                at: arrives + after,
                what: What::Delivery { store, mass_kg },
            }));
        }
        for change in otherwise {
            let Change::Used(store, at, mass_kg) = *change else { continue };
            if at <= self.model.begins {
                model.levels_kg[store] = (model.levels_kg[store] - mass_kg).max(0.0);
            } else {
                schedule.push(Event { at, what: What::Withdrawal { store, mass_kg } });
            }
        }
        let mut put = |process: usize, steps: Vec<(Time, f64)>| {
            for (at, strength) in steps {
                if at <= self.model.begins {
                    model.strengths[process] = strength;
                } else {
                    schedule.push(Event { at, what: What::Strength { process, strength } });
                }
            }
        };
        for crewed in &self.crewed {
            let parts = parts(crewed.process, otherwise);
            put(crewed.process, product(&[&groups[crewed.group], &crewed.own], &parts));
        }
        let mut touched: Vec<usize> = otherwise.iter().filter_map(touched_process).collect();
        touched.sort_unstable();
        touched.dedup();
        touched.retain(|&process| self.crewed.iter().all(|one| one.process != process));
        for &process in &touched {
            // The new strengths have all instants of the old ones, and at one instant the last counts.
            put(process, product(&[&self.own_steps(process)], &parts(process, otherwise)));
        }
        schedule.retain(|event| event.at > self.model.begins);
        schedule.sort_by(|a, b| a.at.cmp(&b.at).then_with(|| a.what.order(&b.what)));
        model.schedule = schedule;
        let persons = whole_numbers(&groups[0]);
        let mut arrivals: Vec<(Time, usize)> = there()
            .filter(|(_, ship)| ship.certainty != Certainty::Flown)
            .map(|(at, ship)| (ship.passage.arrives, at))
            .collect();
        arrivals.sort_unstable();
        let mut departures: Vec<(Time, usize)> =
            there().filter_map(|(at, ship)| Some((ship.passage.leaves?, at))).collect();
        departures.sort_unstable();
        Plan {
            model,
            persons,
            seats: self.seat_steps(there().map(|(_, ship)| &**ship)),
            arrivals,
            departures,
        }
    }

    /// A ship as it then is; nothing when it does not come.
    fn changed<'a>(&self, at: usize, ship: &'a Ship, otherwise: &[Change]) -> Option<Cow<'a, Ship>> {
        let mut ship = Cow::Borrowed(ship);
        let is_there = ship.certainty == Certainty::Flown;
        let earliest = self.known_until + Duration::SECOND;
        for change in otherwise {
            match *change {
                Change::Lost(lost) if lost == at && is_there => {
                    let passage = &mut ship.to_mut().passage;
                    passage.seats = 0;
                    passage.fitness.clear();
                }
                Change::Lost(lost) if lost == at => return None,
                Change::Moved(moved, by) if moved == at => {
                    let passage = &mut ship.to_mut().passage;
                    if !is_there {
                        passage.arrives = (passage.arrives + by).max(earliest);
                    }
                    passage.leaves = passage.leaves.map(|leaves| (leaves + by).max(earliest));
                }
                Change::Held(held, by) if held == at => {
                    let leaves = &mut ship.to_mut().passage.leaves;
                    *leaves = leaves.map(|leaves| leaves + by);
                }
                Change::Recast { ship: recast, from, to, mass_kg } if recast == at => {
                    recast_load(&mut ship.to_mut().delivers, from, to, mass_kg);
                }
                _ => {}
            }
        }
        Some(ship)
    }

    /// How many of each group there are, from when on.
    fn group_steps(&self, ships: &[Option<Cow<'_, Ship>>], otherwise: &[Change]) -> Vec<Vec<(Time, f64)>> {
        let mut moves: Vec<(Time, &str, f64)> = Vec::new();
        for passage in ships.iter().flatten().map(|ship| &ship.passage) {
            moves.extend(passage.brings.iter().map(|segment| (passage.arrives, segment.as_str(), 1.0)));
            let leaves = passage.leaves.into_iter();
            moves.extend(
                leaves.flat_map(|at| passage.takes.iter().map(move |segment| (at, segment.as_str(), -1.0))),
            );
        }
        moves.sort_by_key(|&(at, ..)| at);
        let counted = self.groups.iter().map(|(scale, known)| {
            let mut steps = known.clone();
            let mut count = steps.last().map_or(0.0, |step| step.1);
            for &(at, _, persons) in moves.iter().filter(|(_, segment, _)| counts(scale, segment)) {
                // A plan that takes home more than there are leaves nobody, not less.
                count = (count + persons).max(0.0);
                push_step(&mut steps, at, count);
            }
            steps
        });
        let mut groups: Vec<Vec<(Time, f64)>> = counted.collect();
        for change in otherwise {
            if let Change::AtMost(from, most) = *change {
                let aboard = groups[0].clone();
                groups.iter_mut().for_each(|group| cap(group, &aboard, from, f64::from(most)));
            }
        }
        groups
    }

    fn seat_steps<'a>(&self, ships: impl Iterator<Item = &'a Ship>) -> Vec<(Time, u32)> {
        let mut changes: Vec<(Time, i64)> = vec![(self.span.start(), 0)];
        for passage in ships.map(|ship| &ship.passage) {
            let of_ship = passage.seat_changes().into_iter();
            changes.extend(of_ship.map(|(at, seats)| (at.max(self.span.start()), seats)));
        }
        changes.sort_unstable();
        let mut sum = 0;
        let mut steps: Vec<(Time, u32)> = Vec::new();
        for (at, seats) in changes {
            sum += seats;
            let now = u32::try_from(sum).unwrap_or(0);
            match steps.last_mut() {
                Some(last) if last.0 == at => last.1 = now,
                _ => steps.push((at, now)),
            }
        }
        steps
    }

    /// The strength of a process that counts nobody, from when on.
    fn own_steps(&self, process: usize) -> Vec<(Time, f64)> {
        let mut steps = vec![(self.model.begins, self.model.strengths[process])];
        for event in self.fixed_events() {
            match event.what {
                What::Strength { process: of, strength } if of == process => steps.push((event.at, strength)),
                _ => {}
            }
        }
        steps
    }
}

fn touched_process(change: &Change) -> Option<usize> {
    match *change {
        Change::Stopped(process, _) | Change::Eased(process, ..) => Some(process),
        _ => None,
    }
}

/// From when on a process runs at what part of its strength; 0 while it stands.
fn parts(process: usize, otherwise: &[Change]) -> Vec<(Interval, f64)> {
    let part = |change: &Change| match *change {
        Change::Stopped(of, during) if of == process => Some((during, 0.0)),
        Change::Eased(of, from, part) if of == process => Some((Interval::new(from, Time::MAX)?, part)),
        _ => None,
    };
    otherwise.iter().filter_map(part).collect()
}

fn part_at(parts: &[(Interval, f64)], at: Time) -> f64 {
    parts.iter().filter(|(during, _)| during.contains(at)).map(|(_, part)| part).product()
}

/// Steps multiplied with one another and with the parts that hold for a time.
fn product(factors: &[&[(Time, f64)]], parts: &[(Interval, f64)]) -> Vec<(Time, f64)> {
    let ends = parts.iter().flat_map(|(during, _)| [during.start(), during.end()]);
    let mut times: Vec<Time> =
        factors.iter().flat_map(|steps| steps.iter().map(|step| step.0)).chain(ends).collect();
    times.sort_unstable();
    times.dedup();
    times.retain(|&at| at < Time::MAX);
    let value = |steps: &[(Time, f64)], at: Time| {
        let after = steps.partition_point(|step| step.0 <= at);
        after.checked_sub(1).map_or(0.0, |before| steps[before].1)
    };
    let whole = |at: Time| factors.iter().map(|steps| value(steps, at)).product::<f64>() * part_at(parts, at);
    times.into_iter().map(|at| (at, whole(at))).collect()
}

/// At most so many of all aboard from some time on, and of each group in proportion.
fn cap(group: &mut Vec<(Time, f64)>, aboard: &[(Time, f64)], from: Time, most: f64) {
    let left: Vec<(Time, f64)> =
        aboard.iter().map(|&(at, count)| (at, if count > most { most / count } else { 1.0 })).collect();
    let capped = product(&[group, &left], &[]);
    let mut steps: Vec<(Time, f64)> = group.iter().copied().filter(|step| step.0 < from).collect();
    let at_from = capped.iter().rev().find(|step| step.0 <= from).map(|&(_, count)| (from, count));
    steps.extend(at_from);
    steps.extend(capped.into_iter().filter(|step| step.0 > from));
    *group = steps;
}

fn push_step(steps: &mut Vec<(Time, f64)>, at: Time, value: f64) {
    match steps.last_mut() {
        Some(last) if last.0 >= at => last.1 = value,
        _ => steps.push((at, value)),
    }
}

/// Persons as they are counted; parts of one, which a cap may leave of a group, are none of all.
fn whole_numbers(steps: &[(Time, f64)]) -> Vec<(Time, u32)> {
    steps.iter().map(|&(at, count)| (at, count.round() as u32)).collect()
}

/// The mass of one store's cargo becomes another's, as far as there is any.
fn recast_load(delivers: &mut Vec<(usize, Duration, f64)>, from: usize, to: usize, mass_kg: f64) {
    let mut left_kg = mass_kg;
    let mut after = Duration::ZERO;
    for load in delivers.iter_mut().filter(|load| load.0 == from) {
        let taken_kg = load.2.min(left_kg);
        (load.2, left_kg, after) = (load.2 - taken_kg, left_kg - taken_kg, load.1);
    }
    delivers.push((to, after, mass_kg - left_kg));
}
