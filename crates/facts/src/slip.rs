//! Planned flights that come at another time than planned.

use std::collections::BTreeMap;

use book::Book;
use forecast::{Certainty, awaited};
use record::FlightId;
use timeline::{Duration, Time};

use crate::{FactsError, Refusal};

/// Nobody plans further; a time further off is mistyped.
const LONGEST_DAYS: f64 = 3_660.0;

/// By how much each flight comes later, or earlier when it is less than nothing: `FLIGHT@TIME` says when it arrives, `FLIGHT+DAYSd` and
/// `FLIGHT-DAYSd` how many days later or earlier than as of `as_of` it was planned to.
///
/// # Errors
/// When a text is neither, or its flight is not planned to come, or would come in what is history.
pub(crate) fn delays(
    book: &Book,
    as_of: Time,
    slips: &[String],
) -> Result<BTreeMap<FlightId, Duration>, FactsError> {
    let mut delays = BTreeMap::new();
    if slips.is_empty() {
        return Ok(delays);
    }
    let known = as_of.min(book.about.known_until);
    let planned: BTreeMap<FlightId, Time> = awaited(book, as_of)
        .into_iter()
        .filter(|arrival| arrival.certainty == Certainty::Planned)
        .map(|arrival| (arrival.flight, arrival.at))
        .collect();
    for text in slips {
        let (id, wanted) = read(text)?;
        let Some((flight, &arrives)) = planned.iter().find(|(flight, _)| flight.as_str() == id) else {
            return Err(not_planned(book, id, known, planned.keys()).into());
        };
        let by = match wanted {
            Wanted::At(at) => at - arrives,
            Wanted::By(by) => by,
        };
        let at = arrives + by;
        if at <= known {
            let what = format!("`{text}`: it would arrive on {at}, and up to {known} all is history");
            return Err(Refusal::new("slip", what).into());
        }
        if by.days().abs() > LONGEST_DAYS {
            let what = format!("`{text}`: it would move by more than {LONGEST_DAYS} days");
            return Err(Refusal::new("slip", what).into());
        }
        if delays.insert(flight.clone(), by).is_some() {
            return Err(Refusal::new("slip", format!("`{id}` is moved twice")).into());
        }
    }
    Ok(delays)
}

/// When a flight is to come.
enum Wanted {
    At(Time),
    By(Duration),
}

/// The flight and when it is to come. A blank is taken for a plus, which it was before a browser wrote it into an address.
fn read(text: &str) -> Result<(&str, Wanted), FactsError> {
    if let Some((id, at)) = text.split_once('@') {
        return Ok((id, Wanted::At(at.parse::<Time>()?)));
    }
    let form = || Refusal::new("slip", format!("`{text}` is not FLIGHT@TIME, FLIGHT+DAYSd or FLIGHT-DAYSd"));
    let rest = text.strip_suffix('d').ok_or_else(form)?;
    let at = rest.rfind(['+', '-', ' ']).ok_or_else(form)?;
    let days: f64 = rest[at + 1..].parse().map_err(|_| form())?;
    if !(0.0..=LONGEST_DAYS).contains(&days) {
        return Err(form().mend(format!("say from 0 to {LONGEST_DAYS} days")).into());
    }
    let by = Duration::from_days(days);
    Ok((&rest[..at], Wanted::By(if rest[at..].starts_with('-') { Duration::ZERO - by } else { by })))
}

/// Why a flight cannot be moved.
fn not_planned<'a>(
    book: &Book,
    id: &str,
    known: Time,
    planned: impl Iterator<Item = &'a FlightId>,
) -> Refusal {
    let launched = book.flights.named(id).and_then(|flight| flight.launched).filter(|at| *at <= known);
    let has_plan = book.plans.iter().any(|plan| plan.flight.as_str() == id && plan.known_on <= known);
    let what = match launched {
        Some(at) => format!("`{id}` was launched on {at}; only flights that are planned can move"),
        None if has_plan => format!("`{id}` has no date that is still to come, from which it could move"),
        None => format!("no flight `{id}` is planned"),
    };
    let planned: Vec<&str> = planned.map(FlightId::as_str).collect();
    let all = match planned.as_slice() {
        [] => "no flight with a date is planned".to_owned(),
        some => format!("there are {}", some.join(", ")),
    };
    // Who names a flight that there is meant it.
    let is_known = launched.is_some() || has_plan;
    let near = if is_known { all } else { timeline::did_you_mean(id, planned, &all) };
    Refusal::new("slip", what).mend(near)
}
