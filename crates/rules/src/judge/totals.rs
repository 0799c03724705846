//! Sums, counts and means over days, weeks, months, years and cases.

use std::collections::BTreeMap;

use timeline::{Civil, Duration, Interval, Profile, Time, Unit, Window};

use super::{Prepared, by_word};
use crate::breach::Breach;
use crate::form::{Form, Order, Period, Sum, Total};
use crate::rule::Rule;
use crate::say;
use crate::scene::Case;
use crate::stage::{Stage, holds_about, in_unit};
use crate::truth::{Why, known, quantity};

/// The beginnings of calendar periods that cover `span`, with the end of the last.
pub(super) fn boundaries(period: Period, span: Interval) -> Vec<Time> {
    let mut found = Vec::new();
    let mut civil = midnight(span.start());
    match period {
        Period::Month => civil.day = 1,
        Period::Year => (civil.month, civil.day) = (1, 1),
        Period::Day | Period::Night | Period::Week => {}
    }
    let Ok(first) = Time::from_utc(civil) else { return found };
    let mut at = match period {
        // Nights go from noon to noon, and the first may have begun the day before.
        Period::Night => first - Duration::HOUR * 12,
        // 2000-01-03 was a Monday.
        Period::Week => {
            let monday = Civil { year: 2000, month: 1, day: 3, ..civil };
            let since = Time::from_utc(monday).map_or(0, |monday| (first - monday).days().round() as i64);
            step(first, -since.rem_euclid(7))
        }
        _ => first,
    };
    loop {
        found.push(at);
        if at >= span.end() || found.len() > MOST_PERIODS {
            return found;
        }
        at = match period {
            Period::Day | Period::Night => step(at, 1),
            Period::Week => step(at, 7),
            Period::Month => next_month(at),
            Period::Year => (0..12).fold(at, |at, _| next_month(at)),
        };
    }
}

/// Three centuries of days.
const MOST_PERIODS: usize = 110_000;

fn midnight(time: Time) -> Civil {
    Civil { hour: 0, minute: 0, second: 0, nanosecond: 0, ..time.utc() }
}

/// So many civil days on, at the same time of day: a day with a leap second is longer.
fn step(at: Time, days: i64) -> Time {
    let clock = at.utc();
    let about = at + Duration::DAY * days + Duration::HOUR;
    let civil = Civil { hour: clock.hour, minute: 0, second: 0, nanosecond: 0, ..about.utc() };
    Time::from_utc(civil).unwrap_or(about)
}

fn next_month(at: Time) -> Time {
    let civil = at.utc();
    let (year, month) = if civil.month == 12 { (civil.year + 1, 1) } else { (civil.year, civil.month + 1) };
    Time::from_utc(Civil { year, month, day: 1, ..civil }).unwrap_or(at + Duration::DAY * 30)
}

/// What came together in one period.
#[derive(Default)]
struct Tally {
    sum: Duration,
    longest: Duration,
    count: usize,
    subjects: Vec<usize>,
}

pub(super) fn total(
    rule: &Rule,
    total: &Total,
    stage: &Stage,
    prepared: &Prepared,
    word: Option<&str>,
) -> Vec<Breach> {
    let word = by_word(total.of.as_deref(), word);
    let cases = stage.chosen(&total.who, word);
    let periods = &prepared.periods;
    let mut tallies: BTreeMap<usize, Tally> = BTreeMap::new();
    for (which, case) in cases.iter().enumerate() {
        for (period, length) in parts(case, periods) {
            let tally = tallies.entry(period).or_default();
            tally.sum += length;
            tally.longest = tally.longest.max(length);
            tally.count += usize::from(case.start >= periods[period]);
            tally.subjects.push(which);
        }
    }
    // Where something is asked for, periods without any of it are looked at too, as far as the rule reaches.
    if let Some(during) = &total.during {
        let covered = stage.window(during, word);
        let judged: Vec<usize> = (0..periods.len().saturating_sub(1))
            .filter(|&at| {
                Interval::new(periods[at], periods[at + 1]).is_some_and(|period| covered.covers(period))
            })
            .collect();
        tallies.retain(|period, _| judged.binary_search(period).is_ok());
        for period in judged {
            tallies.entry(period).or_default();
        }
    }
    let is_floor = matches!(total.order, Order::AtLeast | Order::More | Order::Equal);
    let mut breaches = Vec::new();
    for (period, tally) in tallies {
        let (start, end) = (periods[period], periods[period + 1]);
        // A period that is only begun or only ends in the span cannot be short of anything.
        let is_partial = start < stage.span.start() || end > stage.span.end();
        let value = match (total.measure, total.unit) {
            (Sum::Lengths, Some(unit)) => in_unit(tally.sum, unit.seconds()),
            (Sum::Longest, Some(unit)) => in_unit(tally.longest, unit.seconds()),
            _ => tally.count as f64,
        };
        if (is_partial && is_floor) || holds_about(total.order, value, total.limit) {
            continue;
        }
        let unit = total.unit.map_or(Unit::NONE, timeline::TimeUnit::unit);
        let subjects = word.map(|(_, word)| word.to_owned()).into_iter();
        let subjects = subjects.chain(tally.subjects.iter().map(|&which| cases[which].id.clone()));
        let (message, mend) = told(total, start, value, &unit, word);
        breaches.push(
            Breach::new(rule, start, end)
                .about(subjects)
                .measured(value, total.limit, unit)
                .saying(message, mend),
        );
    }
    breaches
}

fn told(total: &Total, start: Time, value: f64, unit: &Unit, word: Option<(&str, &str)>) -> (String, String) {
    let period = match total.period {
        Period::Day => "day",
        Period::Night => "night",
        Period::Week => "week",
        Period::Month => "month",
        Period::Year => "year",
    };
    let who = word.map_or_else(String::new, |(_, word)| format!(" of {word}"));
    let lacking = say::number((value - total.limit).abs(), unit);
    let what = match total.measure {
        Sum::Lengths => "in all",
        Sum::Longest => "at most in one piece",
        Sum::Count => "of them",
    };
    let message = format!(
        "{} {what} of {} in the {period} from {}{who}, {lacking} {} {}",
        say::number(value, unit),
        total.who,
        start.date(),
        say::beyond(total.order),
        say::number(total.limit, unit)
    );
    let mend = match total.order {
        Order::AtMost | Order::Less => format!("take {lacking} of {} out", total.who),
        _ => format!("plan {lacking} more of {}", total.who),
    };
    (message, mend)
}

/// The periods that a case lies in, and how long in each.
fn parts<'a>(case: &'a Case, periods: &'a [Time]) -> impl Iterator<Item = (usize, Duration)> + 'a {
    let first = periods.partition_point(|&start| start <= case.start).saturating_sub(1);
    (first..periods.len().saturating_sub(1))
        .take_while(|&at| periods[at] < case.end || periods[at] <= case.start)
        .filter(|&at| case.meets(periods[at], periods[at + 1]))
        .map(|at| (at, case.end.min(periods[at + 1]) - case.start.max(periods[at])))
}

pub(super) fn mean_over_case(rule: &Rule, stage: &Stage, case: &Case) -> Result<Vec<Breach>, Why> {
    let Some(interval) = case.interval() else { return Ok(Vec::new()) };
    let breach = mean_of(rule, stage, interval)?;
    let told = |breach: Breach| {
        let message = format!("{} over {}", breach.message, say::case(case));
        let mend = breach.mend.clone();
        breach.about([case.id.clone()]).saying(message, mend)
    };
    Ok(breach.map(told).into_iter().collect())
}

pub(super) fn mean_each_period(rule: &Rule, stage: &Stage, prepared: &Prepared) -> Result<Vec<Breach>, Why> {
    let mut breaches = Vec::new();
    for pair in prepared.periods.windows(2) {
        if let Some(period) = Interval::new(pair[0], pair[1]) {
            breaches.extend(mean_of(rule, stage, period)?);
        }
    }
    Ok(breaches)
}

/// A breach when the mean over an interval is not as it should be; nothing where it is not known throughout.
fn mean_of(rule: &Rule, stage: &Stage, interval: Interval) -> Result<Option<Breach>, Why> {
    let Form::Mean { of, order, share, limit, .. } = &rule.form else { return Ok(None) };
    if !known(&[of, limit], stage, None).covers(interval) {
        return Ok(None);
    }
    let mean = |level: &crate::form::Level| -> Result<Option<f64>, Why> {
        let profile: Profile = quantity(level, stage, None)?.over(&level.unit, stage.span)?;
        Ok(profile.mean_over(&Window::from(interval)))
    };
    let (Some(value), Some(asked)) = (mean(of)?, mean(limit)?) else { return Ok(None) };
    let (is_kept, bound) = match share {
        None => (holds_about(*order, value, asked), asked),
        Some(share) => {
            let room = share * asked.abs();
            let nearest = if value > asked { asked + room } else { asked - room };
            (holds_about(Order::AtMost, (value - asked).abs(), room), nearest)
        }
    };
    if is_kept {
        return Ok(None);
    }
    let lacking = say::number((value - bound).abs(), &of.unit);
    let message = format!(
        "the mean of {of} is {}, {lacking} beyond {}",
        say::number(value, &of.unit),
        say::number(bound, &of.unit)
    );
    let mend = if value > bound {
        format!("take {lacking} off the mean")
    } else {
        format!("add {lacking} to the mean")
    };
    let breach = Breach::new(rule, interval.start(), interval.end()).about([of.to_string()]);
    Ok(Some(breach.measured(value, bound, of.unit.clone()).saying(message, mend)))
}
