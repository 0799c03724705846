//! Profiles by name.

use std::collections::BTreeSet;

use facts::profiles::{Group, of_orbit, shown, unknown};
use facts::stocks::course;
use serde_json::Value;
use sky::Sky;
use timeline::{Duration, Interval, Profile};

use super::margins::asked_forecast;
use crate::problem::Problem;
use crate::route::Question;

/// More at once are no picture.
const MOST_NAMES: usize = 64;

pub(crate) fn names(asked: &Question<'_>) -> Result<Value, Problem> {
    Ok(asked.app.curves()?.names(&asked.app.book))
}

pub(crate) fn profiles(asked: &Question<'_>) -> Result<Value, Problem> {
    let (book, query) = (&asked.app.book, asked.query);
    let names = query.texts("name");
    if names.is_empty() || names.len() > MOST_NAMES {
        return Err(Problem::bad(format!("{} profiles are named", names.len()), "query.name")
            .mend(format!("name from 1 to {MOST_NAMES}; /api/v1/profiles/names lists them")));
    }
    let pixels = query.whole("pixels").unwrap_or(1_000);
    let span = query.span(book.about.known_until, Duration::DAY * 365)?;
    let is_otherwise = ["as_of", "without", "fail", "crew", "set", "slip"].iter().any(|name| query.has(name));
    let of = |group: Group| names.iter().any(|name| Group::of(name) == group);
    let forecast = match is_otherwise && of(Group::Forecast) {
        true => Some(course(book, &asked_forecast(asked)?.scenario(book, asked.now)?)?),
        false => None,
    };
    let orbit = if of(Group::Orbit) { surroundings(asked, span, &names)? } else { Vec::new() };
    let curves = asked.app.curves()?;
    let find = |name: &String| -> Result<Value, Problem> {
        let found: Option<&Profile> = match (Group::of(name), &forecast) {
            (Group::Orbit, _) => orbit.iter().find(|profile| profile.name() == name.as_str()),
            (Group::Forecast, Some(forecast)) => forecast.profile(name),
            (Group::Forecast | Group::History, _) => curves.get(name),
        };
        Ok(shown(found.ok_or_else(|| unknown(name))?, span, pixels))
    };
    names.iter().map(find).collect()
}

fn surroundings(asked: &Question<'_>, span: Interval, names: &[String]) -> Result<Vec<Profile>, Problem> {
    let sky = Sky::of_book(&asked.app.book).map_err(facts::FactsError::from)?;
    let names: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    Ok(of_orbit(&sky, span, &names)?)
}
