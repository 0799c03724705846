//! The days and weeks of a span, each looked up in the calendar once for all requests.

use std::sync::Arc;

use record::DayId;
use timeline::Interval;

use crate::wish::Asked;
use crate::{Clock, Day, Period, Weekday};

/// The days of a span.
pub(crate) struct Dates<'a> {
    /// Those of the span, and the one before: its night reaches into the span.
    all: Vec<Date<'a>>,
    days: Vec<Turnus>,
    weeks: Vec<Turnus>,
}

/// One day and what kind of day it is.
pub(crate) struct Date<'a> {
    pub(crate) day: Day,
    /// As ids say it.
    pub(crate) name: Arc<str>,
    pub(crate) weekday: Weekday,
    interval: Interval,
    /// For each of the crew, in their order.
    pub(crate) kinds: Vec<Option<&'a DayId>>,
}

/// A day or a week in which requests have their turn.
#[derive(Clone)]
pub(crate) struct Turnus {
    pub(crate) first: Day,
    /// The first day as ids say it.
    pub(crate) name: Arc<str>,
    pub(crate) interval: Interval,
    /// How many of its days are planned.
    pub(crate) planned: u32,
}

impl<'a> Dates<'a> {
    pub(crate) fn of(asked: &Asked<'a>) -> Self {
        let before = Day::of(asked.span.start()).before();
        let days = std::iter::once(before).chain(Day::in_span(asked.span));
        let all: Vec<Date<'a>> = days.filter_map(|day| Date::of(day, asked)).collect();
        let planned = all.iter().skip_while(|date| date.interval.end() <= asked.span.start());
        let days: Vec<Turnus> = planned
            .map(|date| Turnus {
                first: date.day,
                name: Arc::clone(&date.name),
                interval: date.interval,
                planned: 1,
            })
            .collect();
        let mut weeks: Vec<Turnus> = Vec::new();
        for day in &days {
            match weeks.last_mut() {
                Some(week) if week.interval.contains(day.interval.start()) => week.planned += 1,
                _ => weeks.extend(week_of(day.first)),
            }
        }
        Self { all, days, weeks }
    }

    /// The days of the span and the one before.
    pub(crate) fn with_the_night_before(&self) -> &[Date<'a>] {
        &self.all
    }

    /// The days of the span.
    pub(crate) fn planned(&self) -> &[Date<'a>] {
        &self.all[self.all.len() - self.days.len()..]
    }

    /// The days or weeks of which some of the span is a part.
    pub(crate) fn periods(&self, period: Period) -> &[Turnus] {
        match period {
            Period::Day => &self.days,
            Period::Week => &self.weeks,
        }
    }
}

impl<'a> Date<'a> {
    fn of(day: Day, asked: &Asked<'a>) -> Option<Self> {
        let kind = |member| asked.calendar.kind(day, member).map(|kind| &kind.id);
        let kinds = asked.crew.iter().map(kind).collect();
        Some(Self {
            day,
            name: day.to_string().into(),
            weekday: day.weekday(),
            interval: day.interval()?,
            kinds,
        })
    }

    /// When a clock shows `clock` on this day.
    pub(crate) fn between(&self, from: Clock, to: Clock) -> Option<Interval> {
        let at = |clock| if clock == Clock::END { self.interval.end() } else { self.day.at(clock) };
        Interval::new(at(from), at(to))
    }

    /// Whether it is one of these weekdays; all are when none is named.
    pub(crate) fn is_on(&self, weekdays: &[Weekday]) -> bool {
        weekdays.is_empty() || weekdays.contains(&self.weekday)
    }

    /// Whether it is one of these kinds of day for one of the crew; all are when none is named.
    pub(crate) fn is_kind_for(&self, member: usize, kinds: &[DayId]) -> bool {
        kinds.is_empty() || self.kinds[member].is_some_and(|kind| kinds.contains(kind))
    }
}

fn week_of(day: Day) -> Option<Turnus> {
    let first = day.monday();
    let next = first.later(7);
    Some(Turnus {
        first,
        name: first.to_string().into(),
        interval: Interval::new(first.start(), next.start())?,
        planned: 1,
    })
}
