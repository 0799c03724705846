//! Stocks before and after: how much there is, how long it lasts, when it crosses its reserve lines.

use std::collections::BTreeMap;

use book::Book;
use forecast::{Forecast, ForecastError, LineCrossing, Reserve, ReserveOf, Scenario, SkipOne};
use record::FlightId;
use serde_json::{Value, json};
use timeline::{Duration, Time};

use crate::text::{round, stamp};

/// A class of supply, or a store, whose level or dates are others than before.
#[derive(Clone, PartialEq, Debug)]
pub struct MarginMoved {
    /// Which.
    pub name: String,
    /// Whether a class of supply or one store.
    pub of: ReserveOf,
    /// As it was; nothing where it was not known.
    pub before: Option<Mark>,
    /// As it is; nothing where it is not known.
    pub after: Option<Mark>,
}

/// How one of them stands.
#[derive(Clone, PartialEq, Debug)]
pub struct Mark {
    /// What is left at the beginning of the time looked at, kg.
    pub level_kg: f64,
    /// How many days that lasts; nothing when it is not used up.
    pub days_left: Option<f64>,
    /// When each of its reserve lines is crossed, with all that comes.
    pub crossings: Vec<LineCrossing>,
    /// When nothing is left of it.
    pub empty: Option<Time>,
    /// The next cargo flight that brings any of it, and what comes of its loss.
    pub without_next: Option<WithoutNext>,
}

/// What the loss of the next cargo flight does to a class of supply.
#[derive(Clone, PartialEq, Debug)]
pub struct WithoutNext {
    /// Which flight.
    pub flight: FlightId,
    /// When each reserve line is then crossed.
    pub crossings: Vec<LineCrossing>,
    /// When nothing is then left.
    pub empty: Option<Time>,
}

/// All of them, by class of supply or store and name.
pub(crate) struct Margins(BTreeMap<(ReserveOf, String), Mark>);

impl Margins {
    pub(crate) fn of(book: &Book, scenario: &Scenario, forecast: &Forecast) -> Result<Self, ForecastError> {
        let skipped = forecast::skip_one(book, scenario)?;
        let reserves = forecast.reserves_at(scenario.span.start());
        let one = |reserve: Reserve| {
            let skip = skipped
                .iter()
                .find(|skip| reserve.of == ReserveOf::Supply && skip.supply == reserve.name)
                .map(WithoutNext::of);
            let mark = Mark {
                level_kg: reserve.level_kg,
                days_left: reserve.days_left,
                crossings: reserve.crossings,
                empty: reserve.empty,
                without_next: skip,
            };
            ((reserve.of, reserve.name), mark)
        };
        Ok(Self(reserves.into_iter().map(one).collect()))
    }
}

impl WithoutNext {
    fn of(skip: &SkipOne) -> Self {
        Self { flight: skip.flight.clone(), crossings: skip.crossings.clone(), empty: skip.empty }
    }

    fn to_json(&self) -> Value {
        json!({
            "flight": self.flight.as_str(),
            "lines": lines(&self.crossings),
            "empty": self.empty.map(stamp),
        })
    }
}

impl Mark {
    /// Whether two stand alike, to a gram, a thousandth of a day and a minute: less is rounding.
    fn is_like(&self, other: &Self) -> bool {
        let days = |one: Option<f64>, other: Option<f64>| match (one, other) {
            (Some(one), Some(other)) => (one - other).abs() < 1e-3,
            (one, other) => one.is_none() == other.is_none(),
        };
        let next = match (&self.without_next, &other.without_next) {
            (Some(one), Some(other)) => {
                one.flight == other.flight
                    && is_then(one.empty, other.empty)
                    && are_alike(&one.crossings, &other.crossings)
            }
            (one, other) => one.is_none() == other.is_none(),
        };
        (self.level_kg - other.level_kg).abs() < 1e-3
            && days(self.days_left, other.days_left)
            && are_alike(&self.crossings, &other.crossings)
            && is_then(self.empty, other.empty)
            && next
    }

    fn to_json(&self) -> Value {
        json!({
            "level_kg": round(self.level_kg, 3),
            "days_left": self.days_left.map(|days| round(days, 3)),
            "lines": lines(&self.crossings),
            "empty": self.empty.map(stamp),
            "without_next": self.without_next.as_ref().map(WithoutNext::to_json),
        })
    }
}

impl MarginMoved {
    /// What only one side has is listed too.
    pub(crate) fn between(before: &Margins, after: &Margins) -> Vec<Self> {
        let names = before.0.keys().chain(after.0.keys().filter(|name| !before.0.contains_key(*name)));
        let one = |key: &(ReserveOf, String)| Self {
            name: key.1.clone(),
            of: key.0,
            before: before.0.get(key).cloned(),
            after: after.0.get(key).cloned(),
        };
        let mut all: Vec<Self> = names.map(one).filter(Self::has_moved).collect();
        all.sort_by(|a, b| (a.of, &a.name).cmp(&(b.of, &b.name)));
        all
    }

    fn has_moved(&self) -> bool {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => !before.is_like(after),
            _ => true,
        }
    }

    /// `{name, of, before: {level_kg, days_left, lines: [{line_days, at}], empty, without_next: {flight, lines, empty}}, after}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "name": self.name,
            "of": if self.of == ReserveOf::Supply { "supply" } else { "store" },
            "before": self.before.as_ref().map(Mark::to_json),
            "after": self.after.as_ref().map(Mark::to_json),
        })
    }
}

fn is_then(one: Option<Time>, other: Option<Time>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => (one - other).abs() < Duration::MINUTE,
        (one, other) => one.is_none() == other.is_none(),
    }
}

fn are_alike(one: &[LineCrossing], other: &[LineCrossing]) -> bool {
    one.len() == other.len()
        && one.iter().zip(other).all(|(a, b)| a.line_days == b.line_days && is_then(a.at, b.at))
}

fn lines(crossings: &[LineCrossing]) -> Vec<Value> {
    let line = |one: &LineCrossing| json!({"line_days": one.line_days, "at": one.at.map(stamp)});
    crossings.iter().map(line).collect()
}
