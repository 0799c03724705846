//! What the station will have, when it gets scarce, what one lost ship does, and how many people it carries.

use std::collections::BTreeMap;

use book::Book;
use forecast::power::{Shedding, SheddingReason};
use forecast::{
    Arrival, Binding, Burn, Certainty, CrewLimit, Errand, Forecast, LineCrossing, Reserve, ReserveOf,
    Scenario, Shortfall, SkipOne,
};
use record::{Quality, StoreId, Word as _};
use serde_json::{Value, json};
use station::Scale;
use timeline::{Interval, Kind, Profile, Time};

use crate::{FactsError, Refusal, round, stamp};

/// So many of the next cargo flights the crew's limit is told for, beside the end of the span.
const DELIVERIES: usize = 3;

/// Every stock over a span, with what follows from it.
#[derive(Clone, PartialEq, Debug)]
pub struct Stocks {
    /// The station's name.
    pub title: String,
    /// From when to when.
    pub span: Interval,
    /// As known when.
    pub as_of: Time,
    /// How many are aboard in the beginning.
    pub aboard: u32,
    /// From when on nobody is aboard, within the span.
    pub empty_from: Option<Time>,
    /// The course of everything.
    pub forecast: Forecast,
    /// What is left, and how long it lasts.
    pub reserves: Vec<Reserve>,
    /// How well what is left of each is known, as of [`quality_of`]; by class of supply and by store.
    pub qualities: BTreeMap<(ReserveOf, String), Quality>,
    /// The flights that come.
    pub arrivals: Vec<Arrival>,
    /// What comes of each supply when the next ship that brings it does not come.
    pub skipped: Vec<SkipOne>,
    /// How many people the stocks carry until when.
    pub limits: Vec<CrewLimit>,
    /// What binds first in the span.
    pub first_want: Option<(Time, Binding)>,
    /// What it rests on, one sentence each.
    pub assumptions: Vec<String>,
}

/// The course of a scenario alone.
///
/// # Errors
/// When the stocks cannot be reckoned, or a level is set before the beginning.
pub fn course(book: &Book, scenario: &Scenario) -> Result<Forecast, FactsError> {
    Ok(drafted(book, scenario)?.1)
}

pub(crate) fn drafted(book: &Book, scenario: &Scenario) -> Result<(forecast::Drafted, Forecast), FactsError> {
    let drafted = forecast::draft(book, scenario);
    let begins = drafted.draft.begins;
    if let Some((store, at, _)) = scenario.levels.iter().find(|(_, at, _)| *at < begins) {
        let what = format!(
            "`{store}` is to be set at {at}, before the levels known at the beginning, of {begins}: set it at the beginning or later"
        );
        return Err(Refusal::new("set", what).into());
    }
    let forecast = forecast::compute(&forecast::Model::new(&drafted.draft)?, scenario.span)?;
    Ok((drafted, forecast))
}

/// The course of a scenario and all that follows from it.
///
/// # Errors
/// As of [`course`].
pub fn stocks(book: &Book, scenario: &Scenario) -> Result<Stocks, FactsError> {
    let (drafted, forecast) = drafted(book, scenario)?;
    Ok(Stocks {
        title: book.about.title.clone(),
        span: scenario.span,
        as_of: scenario.as_of.min(book.about.known_until),
        aboard: scenario.crew.unwrap_or_else(|| aboard(book, scenario)),
        empty_from: forecast::crew(book, scenario, &Scale::Aboard)
            .at_most(0.0)
            .first_from(scenario.span.start())
            .map(Interval::start),
        qualities: qualities(book, scenario),
        reserves: forecast.reserves_at(scenario.span.start()),
        arrivals: drafted.arrivals.into_iter().filter(|one| scenario.span.contains(one.at)).collect(),
        skipped: forecast::skip_one(book, scenario)?,
        limits: forecast::crew_limits(book, scenario, DELIVERIES)?,
        first_want: forecast::first_want(book, &forecast, scenario.span),
        forecast,
        assumptions: drafted.assumptions,
    })
}

/// How well every store and class of supply is known when the span begins: a class as badly as the worst of its stores.
fn qualities(book: &Book, scenario: &Scenario) -> BTreeMap<(ReserveOf, String), Quality> {
    let mut qualities = BTreeMap::new();
    for store in &book.stores {
        let Some(quality) = quality_of(book, scenario, &store.id) else { continue };
        qualities.insert((ReserveOf::Store, store.id.to_string()), quality);
        if let Some(supply) = &store.supply {
            let worst = qualities.entry((ReserveOf::Supply, supply.to_string())).or_insert(quality);
            *worst = quality.max(*worst);
        }
    }
    qualities
}

/// How good the last level of a store is from which a forecast begins; what somebody asked it to be is assumed. Nothing where none was known.
#[must_use]
pub fn quality_of(book: &Book, scenario: &Scenario, store: &StoreId) -> Option<Quality> {
    let start = scenario.span.start();
    let counted_until = scenario.as_of.min(book.about.known_until).min(start);
    let counted = book.level_at(store, counted_until);
    let set = scenario.levels.iter().filter(|(id, at, _)| id == store && *at <= start);
    let set = set.map(|(_, at, _)| *at).max();
    match (counted, set) {
        (Some(level), Some(set)) if level.at > set => Some(level.provenance.quality),
        (_, Some(_)) => Some(Quality::Assumed),
        (level, None) => level.map(|level| level.provenance.quality),
    }
}

/// How many are aboard when the span begins, as far as that is known.
fn aboard(book: &Book, scenario: &Scenario) -> u32 {
    let aboard = forecast::crew(book, scenario, &Scale::Aboard);
    aboard.at(scenario.span.start()).map_or(0, |persons| persons.round() as u32)
}

impl Stocks {
    /// One object, with every profile.
    #[must_use]
    pub fn json(&self) -> Value {
        let mut facts = self.margins();
        let profiles: Vec<Value> = self.forecast.profiles().iter().map(profile).collect();
        if let Some(facts) = facts.as_object_mut() {
            facts.insert("profiles".to_owned(), profiles.into());
        }
        facts
    }

    /// The same without the profiles, which are most of it.
    #[must_use]
    pub fn margins(&self) -> Value {
        json!({
            "from": self.span.start().to_string(),
            "to": self.span.end().to_string(),
            "as_of": stamp(self.as_of),
            "aboard": self.aboard,
            "nobody_aboard_from": self.empty_from.map(stamp),
            "reserve": self.reserves.iter().map(|reserve| self.reserve(reserve)).collect::<Vec<_>>(),
            "first_want": self.first_want.as_ref().map(|(at, what)| json!({"at": stamp(*at), "binds": binding(what)})),
            "crew_limit": self.limits.iter().map(limit).collect::<Vec<_>>(),
            "arrivals": self.arrivals.iter().map(arrival).collect::<Vec<_>>(),
            "burns": self.forecast.burns().iter().map(burn).collect::<Vec<_>>(),
            "sheddings": self.forecast.sheddings().iter().map(shedding).collect::<Vec<_>>(),
            "shortfalls": self.forecast.shortfalls().iter().map(shortfall).collect::<Vec<_>>(),
            "unsettled": self.forecast.unsettled(),
            "assumptions": self.assumptions,
        })
    }

    fn reserve(&self, reserve: &Reserve) -> Value {
        let of_supply = |one: &&SkipOne| reserve.of == ReserveOf::Supply && one.supply == reserve.name;
        let skipped = self.skipped.iter().find(of_supply).map(|skipped| {
            json!({
                "flight": skipped.flight.as_str(),
                "at": stamp(skipped.at),
                "lines": lines(&skipped.crossings),
                "crosses_45": crossing(&skipped.crossings, 45.0),
                "crosses_30": crossing(&skipped.crossings, 30.0),
                "empty": skipped.empty.map(stamp),
            })
        });
        json!({
            "store": reserve.name,
            "of": if reserve.of == ReserveOf::Supply { "supply" } else { "store" },
            "level": reserve.level_kg,
            "unit": "kg",
            "quality": self.qualities.get(&(reserve.of, reserve.name.clone())).map(|quality| quality.word()),
            "use_kg_d": reserve.use_kg_d,
            "days_left": reserve.days_left.map(|days| round(days, 3)),
            "days_left_at": stamp(reserve.at),
            "lasts_until": reserve.lasts_until.map(stamp),
            "lines": lines(&reserve.crossings),
            "crosses_45": crossing(&reserve.crossings, 45.0),
            "crosses_30": crossing(&reserve.crossings, 30.0),
            "empty": reserve.empty.map(stamp),
            "skip_one": skipped,
        })
    }
}

/// Every reserve line, in days of supply, and when it is reached.
fn lines(crossings: &[LineCrossing]) -> Vec<Value> {
    let line = |crossing: &LineCrossing| json!({"days": crossing.line_days, "at": crossing.at.map(stamp)});
    crossings.iter().map(line).collect()
}

fn crossing(crossings: &[LineCrossing], line_days: f64) -> Option<String> {
    let found = crossings.iter().find(|crossing| crossing.line_days == line_days);
    found.and_then(|crossing| crossing.at).map(stamp)
}

fn limit(limit: &CrewLimit) -> Value {
    json!({
        "until": stamp(limit.until),
        "before": limit.before.as_ref().map(record::FlightId::as_str),
        "crew": limit.crew(),
        "binds": limit.binds().as_ref().map(binding),
        "seats": limit.seats,
        "carried": limit.carried,
        "carried_wants": limit.wants.as_ref().map(binding),
    })
}

fn binding(binding: &Binding) -> Value {
    let (kind, name) = match binding {
        Binding::Seats => ("seats", None),
        Binding::Supply(name) => ("supply", Some(name)),
        Binding::Store(name) => ("store", Some(name)),
        Binding::Process(name) => ("process", Some(name)),
    };
    json!({"kind": kind, "name": name})
}

fn arrival(arrival: &Arrival) -> Value {
    json!({
        "flight": arrival.flight.as_str(),
        "name": arrival.name,
        "at": stamp(arrival.at),
        "certainty": certainty(arrival.certainty),
        "errand": if arrival.errand == Errand::Cargo { "cargo" } else { "people" },
        "brings_kg": arrival
            .brings
            .iter()
            .map(|one| (one.store.clone(), json!(round(one.mass_kg, 3))))
            .collect::<serde_json::Map<_, _>>(),
    })
}

/// How sure a flight is, in a word.
#[must_use]
pub fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Flown => "flown",
        Certainty::UnderWay => "under-way",
        Certainty::Planned => "planned",
    }
}

fn profile(profile: &Profile) -> Value {
    let kind = match profile.kind() {
        Kind::Step => "step",
        Kind::Linear => "linear",
    };
    let points = profile.segments().map(|segment| json!([stamp(segment.start), segment.value]));
    let mut points: Vec<Value> = points.collect();
    let end = profile.domain().end();
    if let Some(last) = profile.segments().next_back() {
        points.push(json!([stamp(end), last.end_value()]));
    }
    json!({"name": profile.name(), "unit": profile.unit().to_string(), "kind": kind, "points": points})
}

fn burn(burn: &Burn) -> Value {
    json!({
        "at": stamp(burn.at),
        "wanted_m_s": round(burn.wanted_m_s, 3),
        "delta_v_m_s": round(burn.delta_v_m_s, 3),
        "burned_kg": round(burn.burned_kg, 3),
        "visitors_kg": round(burn.visitors_kg, 3),
        "from_km": round(burn.from_km, 3),
        "to_km": round(burn.to_km, 3),
    })
}

fn shortfall(shortfall: &Shortfall) -> Value {
    json!({
        "process": shortfall.process,
        "start": stamp(shortfall.during.start()),
        "end": stamp(shortfall.during.end()),
        "store": shortfall.store,
        "least_run": shortfall.least_run,
    })
}

fn shedding(one: &Shedding) -> Value {
    let (why, of) = match &one.reason {
        SheddingReason::Charge(channel) => ("charge", Some(channel)),
        SheddingReason::Heat(cooling) => ("heat", Some(cooling)),
        SheddingReason::NoChannel => ("no-channel", None),
    };
    json!({
        "load": one.load,
        "start": stamp(one.during.start()),
        "end": stamp(one.during.end()),
        "why": why,
        "of": of,
    })
}
