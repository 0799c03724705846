//! What is forbidden at some times, or allowed at no others.

use timeline::{Duration, Time, Window};

use super::holds::{around, broken_in, worst};
use super::{Prepared, by_word};
use crate::breach::Breach;
use crate::form::{Bar, Chosen, Condition, Nearness, Sense, Test, When};
use crate::rule::Rule;
use crate::say;
use crate::scene::Case;
use crate::stage::{Stage, in_unit, key, passes};
use crate::truth::{Truth, opposite};

/// One case that no other case decides on.
pub(super) fn alone(
    rule: &Rule,
    sense: Sense,
    by: &Bar,
    stage: &Stage,
    prepared: &Prepared,
    case: &Case,
) -> Vec<Breach> {
    let breach = Breach::new(rule, case.start, case.end).about([case.id.clone()]);
    match by {
        Bar::Never => {
            vec![breach.saying(format!("{} is not allowed", say::case(case)), "leave it out".to_owned())]
        }
        Bar::Where(tests) => {
            if passes(case, tests) == (sense == Sense::Only) {
                Vec::new()
            } else {
                vec![unlike(breach, tests, case)]
            }
        }
        Bar::When(When::While(condition)) => {
            let Some(truth) = prepared.truths.get("") else { return Vec::new() };
            meanwhile(rule, sense, condition, truth, stage, case).into_iter().collect()
        }
        _ => Vec::new(),
    }
}

fn unlike(breach: Breach, tests: &[Test], case: &Case) -> Breach {
    let asked: Vec<String> = tests.iter().map(ToString::to_string).collect();
    let found: Vec<String> = tests
        .iter()
        .flat_map(|test| match test {
            Test::Is { attribute, .. } | Test::IsNot { attribute, .. } => vec![attribute],
            Test::Order { .. } => Vec::new(),
        })
        .map(|attribute| match case.words(attribute) {
            [] => format!("no {attribute}"),
            words => format!("{attribute} {}", words.join(", ")),
        })
        .collect();
    let asked = asked.join(" and ");
    let message = if found.is_empty() {
        format!("{} is not as the rule says: {asked}", say::case(case))
    } else {
        format!("{} has {}; the rule speaks of {asked}", say::case(case), found.join(", "))
    };
    breach.saying(message, "change it, or have it approved".to_owned())
}

/// A later time is no help to whoever plans.
const SOON: Duration = Duration::from_nanoseconds(30 * Duration::DAY.nanoseconds());

fn meanwhile(
    rule: &Rule,
    sense: Sense,
    condition: &Condition,
    truth: &Truth,
    stage: &Stage,
    case: &Case,
) -> Option<Breach> {
    let (bad, good) = match sense {
        Sense::No => (&truth.yes, &truth.no),
        Sense::Only => (&truth.no, &truth.yes),
    };
    let (start, end) = broken_in(bad, case)?;
    let mut breach = Breach::new(rule, start, end).about([case.id.clone()]);
    let mut shown = condition.to_string();
    if let Condition::Compare { left, order, right } = condition {
        let kept = if sense == Sense::No { opposite(*order) } else { *order };
        if let Ok(Some((value, limit))) = worst(left, kept, right, stage, None, &around(start, end)) {
            breach = breach.measured(value, limit, left.unit.clone());
            shown = format!("{shown}; it is {}", say::number(value, &left.unit));
        }
    }
    let message = match sense {
        Sense::No => format!("{} while {shown}", say::case(case)),
        Sense::Only => format!("{} while not {shown}", say::case(case)),
    };
    let room = good.lasting((case.end - case.start).max(Duration::NANOSECOND));
    let next = room.first_from(case.start).filter(|free| free.duration() >= case.end - case.start);
    let mend = match next.filter(|free| free.start() - case.start <= SOON) {
        Some(free) => format!("move it to {} or when it is allowed again", say::at(free.start())),
        None => "move it to a time when it is allowed".to_owned(),
    };
    Some(breach.saying(message, mend))
}

/// The cases of a group, held against other cases of the group.
pub(super) fn together(
    rule: &Rule,
    sense: Sense,
    who: &Chosen,
    by: &Bar,
    stage: &Stage,
    word: Option<&str>,
) -> Vec<Breach> {
    match by {
        Bar::When(When::During(other, same)) => {
            let word = by_word(same.as_deref(), word);
            let cases = stage.chosen(who, word);
            if cases.is_empty() {
                return Vec::new();
            }
            match sense {
                Sense::No => near(rule, &cases, &Others::of(stage.chosen(other, word)), Room::DURING, word),
                Sense::Only => outside(rule, &cases, &stage.window(other, word), other, word),
            }
        }
        Bar::Near { length, side, other, same } => {
            let word = by_word(same.as_deref(), word);
            let cases = stage.chosen(who, word);
            if cases.is_empty() {
                return Vec::new();
            }
            let others = Others::of(stage.chosen(other, word));
            let room = Room::of(length.duration, *side, length.unit.seconds());
            match sense {
                Sense::No => near(rule, &cases, &others, room, word),
                Sense::Only => far(rule, &cases, &others, room, other, word),
            }
        }
        _ => Vec::new(),
    }
}

/// How far around another case a case must not come.
#[derive(Clone, Copy)]
struct Room {
    before: Duration,
    after: Duration,
    side: Option<Nearness>,
    unit_s: f64,
}

impl Room {
    const DURING: Self = Self { before: Duration::ZERO, after: Duration::ZERO, side: None, unit_s: 3_600.0 };

    fn of(length: Duration, side: Nearness, unit_s: f64) -> Self {
        let (before, after) = match side {
            Nearness::Before => (length, Duration::ZERO),
            Nearness::After => (Duration::ZERO, length),
            Nearness::Either => (length, length),
        };
        Self { before, after, side: Some(side), unit_s }
    }
}

/// Cases in order of their start, and the longest of them: none that began earlier than that reaches a time.
struct Others<'a> {
    cases: Vec<&'a Case>,
    longest: Duration,
}

impl<'a> Others<'a> {
    fn of(cases: Vec<&'a Case>) -> Self {
        let longest = cases.iter().map(|case| case.end - case.start).max().unwrap_or(Duration::ZERO);
        Self { cases, longest }
    }

    /// All that could touch `[from, to]`.
    fn near(&self, from: Time, to: Time) -> impl Iterator<Item = &'a Case> + '_ {
        let first = self.cases.partition_point(|case| case.start < from - self.longest);
        self.cases[first..]
            .iter()
            .copied()
            .take_while(move |case| case.start <= to)
            .filter(move |case| case.end >= from)
    }
}

/// Cases that come too near to another.
fn near(
    rule: &Rule,
    cases: &[&Case],
    others: &Others<'_>,
    room: Room,
    word: Option<(&str, &str)>,
) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for case in cases {
        for other in others.near(case.start - room.after, case.end + room.before) {
            if other.id == case.id || !comes_too_near(case, other, room) {
                continue;
            }
            let gap = (other.start - case.end).max(case.start - other.end);
            let subjects =
                [case.id.clone(), other.id.clone()].into_iter().chain(word.map(|(_, word)| word.to_owned()));
            let (start, end) = (case.start.max(other.start), case.end.max(case.start.max(other.start)));
            let breach =
                Breach::new(rule, if room.side.is_none() { start } else { case.start }, end).about(subjects);
            let unit = unit_of(room.unit_s);
            let breach = if room.side.is_some() {
                let allowed = room.before.max(room.after);
                breach.measured(in_unit(gap, room.unit_s), in_unit(allowed, room.unit_s), unit.clone())
            } else {
                breach
            };
            breaches.push(told_near(breach, case, other, gap, room, &unit));
        }
    }
    breaches
}

fn comes_too_near(case: &Case, other: &Case, room: Room) -> bool {
    let (from, to) = (other.start - room.before, other.end + room.after);
    // Two things that take no time meet when they are one.
    if from == to {
        case.start <= from && (case.end > from || case.start == from)
    } else {
        case.meets(from, to)
    }
}

fn told_near(
    breach: Breach,
    case: &Case,
    other: &Case,
    gap: Duration,
    room: Room,
    unit: &timeline::Unit,
) -> Breach {
    let apart = say::number(in_unit(gap, room.unit_s), unit);
    let (message, mend) = if case.meets(other.start, other.end) || gap < Duration::ZERO {
        (
            format!("{} during {}", say::case(case), say::case(other)),
            format!("move it before {} or after {}", say::at(other.start), say::at(other.end)),
        )
    } else if case.start >= other.end {
        (
            format!("{} only {apart} after {}", say::case(case), say::case(other)),
            format!("move it to {} or later", say::at(other.end + room.after)),
        )
    } else {
        (
            format!("{} only {apart} before {}", say::case(case), say::case(other)),
            format!("end it by {}", say::at(other.start - room.before)),
        )
    };
    breach.saying(message, mend)
}

/// Cases that are near none of the others.
fn far(
    rule: &Rule,
    cases: &[&Case],
    others: &Others<'_>,
    room: Room,
    other: &Chosen,
    word: Option<(&str, &str)>,
) -> Vec<Breach> {
    let fits = |case: &Case| {
        others.near(case.start - room.after, case.end + room.before).any(|one| {
            let after = case.start >= one.start && case.start <= one.end + room.after;
            let before = case.end <= one.end && case.end >= one.start - room.before;
            one.id != case.id
                && match room.side {
                    Some(Nearness::After) => after,
                    Some(Nearness::Before) => before,
                    _ => after || before,
                }
        })
    };
    let alone = cases.iter().filter(|case| !fits(case));
    alone
        .map(|case| {
            let length =
                say::number(in_unit(room.before.max(room.after), room.unit_s), &unit_of(room.unit_s));
            let message = format!("{} has no {other} within {length}", say::case(case));
            let subjects = std::iter::once(case.id.clone()).chain(word.map(|(_, word)| word.to_owned()));
            Breach::new(rule, case.start, case.end)
                .about(subjects)
                .saying(message, format!("move it near one, or plan a {other}"))
        })
        .collect()
}

/// Cases that are not wholly inside a window.
fn outside(
    rule: &Rule,
    cases: &[&Case],
    window: &Window,
    other: &Chosen,
    word: Option<(&str, &str)>,
) -> Vec<Breach> {
    let inside = |case: &Case| match case.interval() {
        Some(interval) => window.covers(interval),
        None => window.contains(case.start),
    };
    let outside = cases.iter().filter(|case| !inside(case));
    outside
        .map(|case| {
            let message = format!("{} is not wholly during a {other}", say::case(case));
            let mend = match window.first_from(case.start) {
                Some(next) => format!("move it to {} or later", say::at(next.start())),
                None => format!("plan a {other} for it"),
            };
            let subjects = std::iter::once(case.id.clone()).chain(word.map(|(_, word)| word.to_owned()));
            Breach::new(rule, case.start, case.end).about(subjects).saying(message, mend)
        })
        .collect()
}

fn unit_of(unit_s: f64) -> timeline::Unit {
    use timeline::TimeUnit::{Day, Hour, Minute, Second};
    [Second, Minute, Hour, Day].into_iter().find(|unit| unit.seconds() == unit_s).unwrap_or(Second).unit()
}

/// Whether one case comes after another in their order.
pub(super) fn is_later(case: &Case, than: &Case) -> bool {
    key(case) > key(than)
}
