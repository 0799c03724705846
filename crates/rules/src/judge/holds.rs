//! Conditions that must hold.

use timeline::{Extreme, Interval, Time, Window};

use super::Prepared;
use crate::breach::Breach;
use crate::form::{Condition, Level, Named, Order, When};
use crate::rule::Rule;
use crate::say;
use crate::scene::Case;
use crate::stage::Stage;
use crate::truth::{Quantity, Why, difference, opposite, quantity, starred, truth};

/// A breach for every stretch in which the condition is known not to hold.
pub(super) fn always(
    rule: &Rule,
    condition: &Condition,
    when: Option<&When>,
    stage: &Stage,
    prepared: &Prepared,
    star: Option<&str>,
) -> Result<Vec<Breach>, Why> {
    let mut broken = truth(condition, stage, star)?.no.clip(stage.span).minus(&prepared.except);
    if let Some(When::While(scope)) = when {
        broken = broken.and(&truth(scope, stage, star)?.yes);
    }
    let mut breaches = Vec::new();
    for interval in &broken.longer_than(rule.brief) {
        let breach = Breach::new(rule, interval.start(), interval.end()).about(profiles(condition, star));
        breaches.push(explained(breach, condition, stage, star, &Window::from(interval))?);
    }
    Ok(breaches)
}

/// A breach when the condition does not hold all through a case.
pub(super) fn during(
    rule: &Rule,
    condition: &Condition,
    stage: &Stage,
    prepared: &Prepared,
    case: &Case,
) -> Result<Vec<Breach>, Why> {
    let mut breaches = Vec::new();
    for (star, truth) in &prepared.truths {
        let Some((start, end)) = broken_in(&truth.no, case) else { continue };
        let star = Some(star.as_str()).filter(|star| !star.is_empty());
        let subjects = std::iter::once(case.id.clone()).chain(profiles(condition, star));
        let breach = Breach::new(rule, start, end).about(subjects);
        breaches.push(explained(breach, condition, stage, star, &around(start, end))?);
    }
    Ok(breaches)
}

/// From when to when a window has its share of a case, cut to the case.
pub(super) fn broken_in(window: &Window, case: &Case) -> Option<(Time, Time)> {
    match case.interval() {
        None => window.contains(case.start).then_some((case.start, case.end)),
        Some(interval) => window.clip(interval).span().map(|span| (span.start(), span.end())),
    }
}

/// A breach with the value of the comparison that is broken meanwhile, and words for it.
pub(super) fn explained(
    breach: Breach,
    condition: &Condition,
    stage: &Stage,
    star: Option<&str>,
    during: &Window,
) -> Result<Breach, Why> {
    let Some((left, order, right)) = culprit(condition, stage, star, during)? else {
        let text = condition.to_string();
        let message = format!("{} does not hold", starred(&text, star));
        let mend = format!("see that {} holds", starred(&text, star));
        return Ok(breach.saying(message, mend));
    };
    let Some((value, limit)) = worst(left, order, right, stage, star, during)? else { return Ok(breach) };
    let unit = left.unit.clone();
    let name = starred(&left.to_string(), star);
    let lacking = (value - limit).abs();
    let message = format!(
        "{name} comes to {}, {} {} {}",
        say::number(value, &unit),
        say::number(lacking, &unit),
        say::beyond(order),
        say::limit(limit, right, star)
    );
    let mend = match order {
        Order::AtLeast | Order::More => format!("{name} needs {} more", say::number(lacking, &unit)),
        Order::AtMost | Order::Less => format!("{name} must be {} less", say::number(lacking, &unit)),
        _ => format!("{name} must be {} {}", order.sign(), say::number(limit, &unit)),
    };
    Ok(breach.measured(value, limit, unit).saying(message, mend))
}

/// The comparison to blame: the first one in a row of conditions that does not hold meanwhile.
fn culprit<'a>(
    condition: &'a Condition,
    stage: &Stage,
    star: Option<&str>,
    during: &Window,
) -> Result<Option<(&'a Level, Order, &'a Level)>, Why> {
    Ok(match condition {
        Condition::Compare { left, order, right } => Some((left, *order, right)),
        Condition::Not(inner) => match inner.as_ref() {
            Condition::Compare { left, order, right } => Some((left, opposite(*order), right)),
            _ => None,
        },
        Condition::And(left, right) => {
            let side = if truth(left, stage, star)?.no.and(during).is_empty() { right } else { left };
            culprit(side, stage, star, during)?
        }
        _ => None,
    })
}

/// The value that is farthest on the wrong side, and the limit at that time.
pub(super) fn worst(
    left: &Level,
    order: Order,
    right: &Level,
    stage: &Stage,
    star: Option<&str>,
    during: &Window,
) -> Result<Option<(f64, f64)>, Why> {
    let (first, second) = (quantity(left, stage, star)?, quantity(right, stage, star)?);
    let lowest = matches!(order, Order::AtLeast | Order::More);
    let extreme = |profile: &timeline::Profile| -> Option<Extreme> {
        if lowest { profile.minimum_over(during) } else { profile.maximum_over(during) }
    };
    match (first, second) {
        (Quantity::Constant(value), Quantity::Constant(limit)) => Ok(Some((value, limit))),
        (Quantity::Profile(profile), Quantity::Constant(limit)) => {
            Ok(extreme(&profile).map(|found| (found.value, limit)))
        }
        (Quantity::Constant(value), Quantity::Profile(limit)) => {
            let found = if lowest { limit.maximum_over(during) } else { limit.minimum_over(during) };
            Ok(found.map(|found| (value, found.value)))
        }
        (Quantity::Profile(first), Quantity::Profile(second)) => {
            let apart = match quantity(&difference(left, right), stage, star)? {
                Quantity::Profile(apart) => apart,
                Quantity::Constant(_) => return Ok(None),
            };
            let Some(found) = extreme(&apart) else { return Ok(None) };
            // A line that comes to its worst at its end has left it there: look an instant before.
            let before = found.time - timeline::Duration::NANOSECOND;
            let at = |time: Time| first.at(time).zip(second.at(time));
            let miss = |(value, limit): (f64, f64)| (value - limit - found.value).abs();
            let both = [at(found.time), at(before)].into_iter().flatten();
            Ok(both.min_by(|a, b| miss(*a).total_cmp(&miss(*b))))
        }
    }
}

/// The profiles that a condition names.
pub(super) fn profiles(condition: &Condition, star: Option<&str>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    condition.each_name(&mut |name| {
        let name = match name {
            Named::Profile(name) => starred(name, star),
            Named::Window(name) => name.to_owned(),
            Named::Cases(chosen) => chosen.to_string(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
    });
    names
}

/// A stretch as a window; an instant as the shortest one.
pub(super) fn around(start: Time, end: Time) -> Window {
    let end = end.max(start + timeline::Duration::NANOSECOND);
    Interval::new(start, end).map_or_else(Window::empty, Window::from)
}
