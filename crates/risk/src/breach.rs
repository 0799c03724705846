use forecast::{Plan, Survey};
use timeline::{Duration, Interval, Time};

use crate::consequence::Reserve;

/// A rule that is broken, and from when on.
#[derive(Clone, PartialEq, Debug)]
pub struct Breach {
    /// When first.
    pub at: Time,
    /// Which rule.
    pub rule: Rule,
}

/// What must not be; supplies and processes are those of the outlook, by index.
#[derive(Clone, PartialEq, Debug)]
pub enum Rule {
    /// A reserve line of a class of supply is crossed, days.
    Line(usize, f64),
    /// A class of supply is used up.
    Empty(usize),
    /// A process by which people live runs short.
    Short(usize),
    /// More people than seats to take them home.
    Seats,
    /// Nobody is aboard.
    Nobody,
    /// A machine that people depend on is off for want of power or cooling; other loads are shed as the book orders.
    Shed(String),
    /// Nothing keeps the station up.
    Down,
}

impl Rule {
    /// Which of two breaches is the worse, whenever they come: the one with the lower number.
    pub(crate) fn weight(&self) -> u8 {
        match self {
            Self::Nobody | Self::Down => 0,
            Self::Empty(_) | Self::Short(_) => 1,
            Self::Line(..) => 2,
            Self::Seats => 3,
            Self::Shed(_) => 4,
        }
    }
}

/// What is watched.
pub(crate) struct Watch {
    /// Of each class of supply its reserve lines, days.
    pub(crate) lines: Vec<Vec<f64>>,
    /// The machines that people depend on.
    pub(crate) machines: Vec<String>,
}

/// A rule that is broken for a shorter time than this is broken by the minute of a docking, not by a loss.
const BRIEF: Duration = Duration::HOUR;

/// What comes this much earlier than by the plan is the loss's doing.
const EARLIER: Duration = Duration::DAY;

/// Every rule that a plan breaks, each from its first breach on; seats short as far as they are not in `base`, where it is given.
pub(crate) fn breaches(
    plan: &Plan,
    base: Option<&Plan>,
    survey: &Survey,
    reserves: &[Reserve],
    watch: &Watch,
    span: Interval,
) -> Vec<Breach> {
    let (from, to) = (span.start(), span.end());
    let mut found = Vec::new();
    let mut add = |at: Option<Time>, rule: Rule| found.extend(at.map(|at| Breach { at, rule }));
    for reserve in reserves {
        for &(days, at) in &reserve.lines {
            add(at, Rule::Line(reserve.supply, days));
        }
        add(reserve.empty, Rule::Empty(reserve.supply));
    }
    let mut told = Vec::new();
    for short in survey.short.iter().filter(|short| short.during.duration() > BRIEF) {
        if !told.contains(&short.process) {
            told.push(short.process);
            add(Some(short.during.start()), Rule::Short(short.process));
        }
    }
    add(first_short_of_seats(plan, base, from, to), Rule::Seats);
    add(first_lasting(plan, from, to, |persons, _| persons == 0), Rule::Nobody);
    let mut shed: Vec<&str> = Vec::new();
    for (name, at) in survey.shed.iter().filter(|(name, _)| watch.machines.contains(name)) {
        if !shed.contains(&name.as_str()) {
            shed.push(name);
            add(Some(*at), Rule::Shed(name.clone()));
        }
    }
    add(survey.down, Rule::Down);
    found.sort_by_key(|breach| breach.at);
    found
}

/// When people and seats first stand so for longer than [`BRIEF`].
pub(crate) fn first_lasting(
    plan: &Plan,
    from: Time,
    to: Time,
    holds: impl Fn(u32, u32) -> bool,
) -> Option<Time> {
    first_of(&[plan], from, to, |at| holds(plan.persons_at(at), plan.seats_at(at)))
}

/// When first more people have no seat than in `base` at that time: what is short there for a while may be so for good after a loss.
fn first_short_of_seats(plan: &Plan, base: Option<&Plan>, from: Time, to: Time) -> Option<Time> {
    let short = |plan: &Plan, at: Time| plan.persons_at(at).saturating_sub(plan.seats_at(at));
    let plans: Vec<&Plan> = [plan].into_iter().chain(base).collect();
    first_of(&plans, from, to, |at| short(plan, at) > base.map_or(0, |base| short(base, at)))
}

/// When something that hangs on the people and seats of some plans first holds for longer than [`BRIEF`].
fn first_of(plans: &[&Plan], from: Time, to: Time, holds: impl Fn(Time) -> bool) -> Option<Time> {
    let times = plans.iter().flat_map(|plan| plan.persons.iter().chain(&plan.seats)).map(|step| step.0);
    let mut times: Vec<Time> = times.filter(|&at| from < at && at < to).chain([from, to]).collect();
    times.sort_unstable();
    let mut since: Option<Time> = None;
    for &at in &times {
        let holds_now = at < to && holds(at);
        match since {
            Some(start) if !holds_now && at - start > BRIEF => return Some(start),
            None if holds_now => since = Some(at),
            Some(_) if !holds_now => since = None,
            _ => {}
        }
    }
    None
}

/// Every class of supply from `from` on.
pub(crate) fn reserves(survey: &Survey, watch: &Watch, from: Time) -> Vec<Reserve> {
    let reserve = |(supply, lines): (usize, &Vec<f64>)| Reserve {
        supply,
        lines: lines.iter().map(|&days| (days, survey.at_most_days(supply, days, from))).collect(),
        empty: survey.empty(supply, from),
    };
    watch.lines.iter().enumerate().map(reserve).collect()
}

/// The breaches that the plan itself does not have, or has later.
pub(crate) fn beyond(breaches: Vec<Breach>, plan: &[Breach]) -> Vec<Breach> {
    let is_planned = |breach: &Breach| {
        // Seats are held against those of the plan at each time.
        breach.rule != Rule::Seats
            && plan.iter().any(|known| known.rule == breach.rule && known.at <= breach.at + EARLIER)
    };
    breaches.into_iter().filter(|breach| !is_planned(breach)).collect()
}
