//! Which flight rules are broken, when, by how much, by whom, and what would mend it.

use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use forecast::{Correction, Forecast, Scenario};
use record::FlightId;
use rules::{Checker, Rule, Written};
use serde_json::Value;
use timeline::{Duration, Interval, Place, Severity, Time};

use crate::{FactsError, Refusal, breaches, slip, span_of};

/// The span that is checked when nobody says another: the unbroken presence, up to what the book knows.
///
/// # Errors
/// When it is empty.
pub fn usual_span(book: &Book, from: Option<Time>, to: Option<Time>) -> Result<Interval, FactsError> {
    let to = to.unwrap_or(book.about.known_until);
    let since = book.present_since(book.about.known_until - Duration::SECOND).filter(|since| *since < to);
    span_of(from.or(since).unwrap_or(book.about.began), to)
}

/// The span in which another plan is judged when nobody says another: as a forecast's, the year ahead of what the book knows.
///
/// # Errors
/// When it is empty.
pub fn span_ahead(book: &Book, from: Option<Time>, to: Option<Time>) -> Result<Interval, FactsError> {
    let from = from.unwrap_or(book.about.known_until);
    span_of(from, to.unwrap_or(from + Duration::DAY * 365))
}

/// All breaches as a list, the gravest first.
#[must_use]
pub fn json(checker: &Checker) -> Value {
    Value::Array(checker.breaches().into_iter().map(breaches::json).collect())
}

/// The rules of the book, or the one that is tried, held against all that is known of `span`, and what is planned for it with flights of
/// `slip` at another time, as of [`Asked::slip`](crate::Asked::slip).
///
/// # Errors
/// When the rule that is tried is none, a flight cannot move, or an engine refuses.
pub fn checker(
    book: &Book,
    span: Interval,
    tried: Option<&str>,
    slip: &[String],
) -> Result<Checker, FactsError> {
    let delays = slip::delays(book, book.about.known_until, slip)?;
    let lexicon = scene::lexicon(book);
    let rules = match tried {
        Some(text) => vec![one(book, text, &lexicon)?],
        None => scene::rules(book, &lexicon).0,
    };
    let names: BTreeSet<String> = rules.iter().flat_map(Rule::profiles).collect();
    let reads = |groups: &[&str]| names.iter().any(|name| groups.iter().any(|group| name.starts_with(group)));
    let forecast = if reads(&OF_FORECAST) { forecast(book, span, delays)? } else { None };
    let scene = impact::everything(book, span, &rules, forecast.as_ref())?;
    Ok(Checker::new(rules, scene))
}

/// How profiles begin that a forecast makes.
const OF_FORECAST: [&str; 7] =
    ["store.", "supply.", "process.", "power.", "cabin.", "propulsion.", "env.altitude_km"];

/// One rule as it was typed.
fn one(book: &Book, text: &str, lexicon: &rules::Lexicon) -> Result<Rule, FactsError> {
    let written = Written {
        id: "tried".to_owned(),
        title: text.to_owned(),
        severity: Severity::Should,
        owner: String::new(),
        source: "the command line".to_owned(),
        rationale: String::new(),
        text: text.to_owned(),
        place: Place { file: "--rule".to_owned(), line: 1, column: 1 },
    };
    let definitions = scene::definitions(book);
    let (rules, findings) = rules::compile(&[written], &definitions, lexicon);
    match (rules.into_iter().next(), findings.into_iter().next()) {
        (Some(rule), _) => Ok(rule),
        (None, Some(fault)) => Err(Refusal::new("rule", format!("{}\n{}", fault.message, fault.mend)).into()),
        (None, None) => Err(Refusal::new("rule", format!("there is no rule in `{text}`")).into()),
    }
}

/// Stocks and power from the first level known on, through what was counted meanwhile, with planned flights so much later; nothing for a book
/// that has no level.
///
/// # Errors
/// When the stocks cannot be reckoned.
pub fn forecast(
    book: &Book,
    span: Interval,
    delays: BTreeMap<FlightId, Duration>,
) -> Result<Option<Forecast>, FactsError> {
    let first = book.levels.iter().map(|level| level.at).min();
    let from = first.map_or(span.start(), |first| first.max(span.start()));
    let Some(span) = Interval::new(from, span.end()).filter(|_| first.is_some()) else { return Ok(None) };
    let scenario = Scenario {
        span,
        as_of: book.about.known_until,
        crew: None,
        delays,
        without: BTreeSet::new(),
        failures: Vec::new(),
        dark_channels: Vec::new(),
        lost_loops: Vec::new(),
        levels: Vec::new(),
        zoom: forecast::power::Zoom::Days,
    };
    let mut draft = forecast::draft(book, &scenario).draft;
    // What was counted meanwhile is better known than what is reckoned from before.
    let counted = book.levels.iter().filter(|level| level.at > span.start() && level.at < span.end());
    draft.corrections.extend(counted.map(|level| Correction {
        at: level.at,
        store: level.store.to_string(),
        level_kg: level.mass.kg(),
    }));
    Ok(Some(forecast::compute(&forecast::Model::new(&draft)?, span)?))
}
