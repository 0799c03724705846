//! The book, its people and flights, its history, and how it stands.

use facts::status::{Shown, shown_moment};
use facts::{about, flights, history, presence, rule_check, status, stays};
use serde_json::{Value, json};
use sky::Sky;
use timeline::{Interval, Time};

use crate::problem::Problem;
use crate::route::Question;

pub(crate) fn book(asked: &Question<'_>) -> Result<Value, Problem> {
    Ok(about::json(&asked.app.book, &asked.app.digest, asked.now))
}

/// What was said of a span; all times where nothing was.
fn within(asked: &Question<'_>) -> Result<Interval, Problem> {
    let (from, to) = (asked.query.time("from"), asked.query.time("to"));
    Ok(facts::span_of(from.unwrap_or(Time::MIN), to.unwrap_or(Time::MAX))?)
}

pub(crate) fn stays(asked: &Question<'_>) -> Result<Value, Problem> {
    Ok(stays::json(&asked.app.book, within(asked)?))
}

pub(crate) fn flights(asked: &Question<'_>) -> Result<Value, Problem> {
    let as_of = asked.query.time("as_of").unwrap_or(Time::MAX);
    Ok(flights::json(&asked.app.book, within(asked)?, as_of))
}

pub(crate) fn history(asked: &Question<'_>) -> Result<Value, Problem> {
    let book = &asked.app.book;
    let span = rule_check::usual_span(book, None, None)?;
    let checker = rule_check::checker(book, span, None, &[])?;
    let curves = asked.app.curves()?;
    Ok(history::json(book, &checker, curves.forecast.as_ref()))
}

pub(crate) fn status(asked: &Question<'_>) -> Result<Value, Problem> {
    let book = &asked.app.book;
    let (at, shown) = match asked.query.time("at") {
        Some(at) => (at, Shown::Asked),
        None => shown_moment(book, asked.now),
    };
    let mut status = status::status(book, &Sky::of_book(book), at, shown).json();
    let word = match shown {
        Shown::Asked => "asked",
        Shown::Now => "now",
        Shown::LastKnown { .. } => "last-known",
    };
    if let Some(fields) = status.as_object_mut() {
        fields.insert("shown".to_owned(), json!(word));
    }
    Ok(status)
}

pub(crate) fn presence(asked: &Question<'_>) -> Result<Value, Problem> {
    let (book, query) = (&asked.app.book, asked.query);
    if let Some(at) = query.time("at") {
        if query.has("from") || query.has("to") {
            return Err(Problem::bad("`at` is said beside a span", "query.at")
                .mend("say `at` alone, or `from` and `to`"));
        }
        return Ok(presence::roll(book, at)?.json());
    }
    Ok(presence::record(book, query.time("from"), query.time("to"))?.json())
}
