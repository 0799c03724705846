//! How one case follows another.

use timeline::{Duration, Time};

use super::bars::is_later;
use super::by_word;
use crate::breach::Breach;
use crate::form::{Edge, Form, Length, Order, Side, Spacing};
use crate::rule::Rule;
use crate::say;
use crate::scene::Case;
use crate::stage::{Stage, holds_about, in_unit};

/// From the end of each case to the start of the next, or how long both last.
pub(super) fn gap(rule: &Rule, stage: &Stage, word: Option<&str>) -> Vec<Breach> {
    let Form::Gap { spacing, from, to, same, order, limit } = &rule.form else { return Vec::new() };
    let word = by_word(same.as_deref(), word);
    let (first, second) = (stage.chosen(from, word), stage.chosen(to, word));
    let mut breaches = Vec::new();
    for case in first {
        let next = second.partition_point(|other| !is_later(other, case));
        let Some(next) = second.get(next) else { continue };
        let length = match spacing {
            Spacing::Gap => next.start - case.end,
            Spacing::Overlap => case.end.min(next.end) - next.start,
        };
        let value = in_unit(length, limit.unit.seconds());
        let asked = in_unit(limit.duration, limit.unit.seconds());
        if holds_about(*order, value, asked) {
            continue;
        }
        let (start, end) = (case.end.min(next.start), case.end.max(next.start));
        let subjects =
            [case.id.clone(), next.id.clone()].into_iter().chain(word.map(|(_, word)| word.to_owned()));
        let unit = limit.unit.unit();
        let (message, mend) = told(*spacing, *order, case, next, value, limit);
        breaches.push(
            Breach::new(rule, start, end).about(subjects).measured(value, asked, unit).saying(message, mend),
        );
    }
    breaches
}

fn told(
    spacing: Spacing,
    order: Order,
    case: &Case,
    next: &Case,
    value: f64,
    limit: &Length,
) -> (String, String) {
    let unit = limit.unit.unit();
    let asked = in_unit(limit.duration, limit.unit.seconds());
    let shown = say::number(value.abs(), &unit);
    let lacking = say::number((value - asked).abs(), &unit);
    let how = match (spacing, value < 0.0) {
        (Spacing::Gap, false) => {
            format!("{shown} from the end of {} to {}", say::case(case), say::case(next))
        }
        (Spacing::Gap, true) => format!("{} begins {shown} before {} ends", say::case(next), say::case(case)),
        (Spacing::Overlap, false) => {
            format!("{} and {} overlap by {shown}", say::case(case), say::case(next))
        }
        (Spacing::Overlap, true) => format!("{} ends {shown} before {}", say::case(case), say::case(next)),
    };
    let message = format!("{how}; the rule asks for {} {}", order.sign(), say::number(asked, &unit));
    let mend = match (spacing, order) {
        (Spacing::Gap, Order::AtLeast | Order::More) => format!("move {} {lacking} later", next.id),
        (Spacing::Gap, _) => format!("move {} {lacking} earlier", next.id),
        (Spacing::Overlap, Order::AtLeast | Order::More) => {
            format!("let {} stay {lacking} longer, or {} come earlier", case.id, next.id)
        }
        (Spacing::Overlap, _) => format!("let {} leave {lacking} earlier", case.id),
    };
    (message, mend)
}

/// How far the time of day of each case is from that of the one before.
pub(super) fn shift(rule: &Rule, stage: &Stage, word: Option<&str>) -> Vec<Breach> {
    let Form::Shift { who, edge, most, same } = &rule.form else { return Vec::new() };
    let word = by_word(same.as_deref(), word);
    let cases = stage.chosen(who, word);
    let edge_of = |case: &Case| match edge {
        Edge::Start => case.start,
        Edge::End => case.end,
    };
    let mut breaches = Vec::new();
    for pair in cases.windows(2) {
        let between = edge_of(pair[1]) - edge_of(pair[0]);
        let days = (between.days()).round() as i64;
        // Two on one day are one rest in two parts, not a shift.
        if days < 1 {
            continue;
        }
        let shift = between - Duration::DAY * days;
        let allowed = most.duration * days;
        if shift.abs() <= allowed {
            continue;
        }
        let unit_s = most.unit.seconds();
        let (value, limit) = (in_unit(shift.abs(), unit_s), in_unit(allowed, unit_s));
        let unit = most.unit.unit();
        let which = if *edge == Edge::Start { "begins" } else { "ends" };
        let direction = if shift > Duration::ZERO { "later" } else { "earlier" };
        let message = format!(
            "{} {which} {} {direction} than {} days before; {} are allowed",
            say::case(pair[1]),
            say::number(value, &unit),
            days,
            say::number(limit, &unit)
        );
        let subjects =
            [pair[0].id.clone(), pair[1].id.clone()].into_iter().chain(word.map(|(_, word)| word.to_owned()));
        let (start, end) = (edge_of(pair[0]).min(edge_of(pair[1])), edge_of(pair[1]));
        let mend =
            format!("move {} by {}, or take more days for it", pair[1].id, say::number(value - limit, &unit));
        breaches.push(
            Breach::new(rule, start, end).about(subjects).measured(value, limit, unit).saying(message, mend),
        );
    }
    breaches
}

/// What must follow or precede.
pub(super) fn sequence(rule: &Rule, stage: &Stage, word: Option<&str>) -> Vec<Breach> {
    let Form::Sequence { who, side, other, within, same } = &rule.form else { return Vec::new() };
    let word = by_word(same.as_deref(), word);
    let (cases, others) = (stage.chosen(who, word), stage.chosen(other, word));
    let mut ends: Vec<(Time, &str)> = others.iter().map(|case| (case.end, case.id.as_str())).collect();
    ends.sort_unstable();
    let mut breaches = Vec::new();
    for case in cases {
        let (from, to) = match (side, within) {
            (Side::After, Some(length)) => (case.end, case.end + length.duration),
            (Side::After, None) => (case.end, Time::MAX),
            (Side::Before, Some(length)) => (case.start - length.duration, case.start),
            (Side::Before, None) => (Time::MIN, case.start),
        };
        let found = match side {
            Side::After => {
                let first = others.partition_point(|other| other.start < from);
                others[first..].iter().take_while(|other| other.start <= to).any(|other| other.id != case.id)
            }
            Side::Before => {
                let first = ends.partition_point(|(end, _)| *end < from);
                ends[first..].iter().take_while(|(end, _)| *end <= to).any(|(_, id)| *id != case.id)
            }
        };
        // What could still come after the span, or was before it, is not claimed to be missing.
        let is_decided = within.is_none() || (from >= stage.span.start() && to <= stage.span.end());
        if found || !is_decided {
            continue;
        }
        let how = if *side == Side::After { "followed" } else { "preceded" };
        let room = within.map_or_else(String::new, |length| {
            format!(
                " within {}",
                say::number(in_unit(length.duration, length.unit.seconds()), &length.unit.unit())
            )
        });
        let message = format!("{} is not {how} by {other}{room}", say::case(case));
        let subjects = std::iter::once(case.id.clone()).chain(word.map(|(_, word)| word.to_owned()));
        let when = match side {
            Side::After => format!("plan {other} after {}", say::at(case.end)),
            Side::Before => format!("plan {other} before {}", say::at(case.start)),
        };
        breaches.push(Breach::new(rule, case.start, case.end).about(subjects).saying(message, when));
    }
    breaches
}
