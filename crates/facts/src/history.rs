//! One life of a station: people by partner, spacewalks, assembly, and the moments in which it came near to being left.

use std::collections::BTreeMap;

use book::{Book, Moment};
use forecast::Forecast;
use people::{Exit, Spacewalk};
use record::{Sourced, Word};
use rules::{Breach, Checker};
use serde_json::{Map, Value, json};
use timeline::{Interval, Severity, Time};

use crate::about::list;
use crate::{breaches, round, stamp};

/// The history as one object, from the rules over the record and the stocks through it.
#[must_use]
pub fn json(book: &Book, checker: &Checker, stocks: Option<&Forecast>) -> Value {
    let (began, known) = (book.about.began, book.about.known_until);
    json!({
        "from": stamp(began),
        "to": stamp(known),
        "aboard": aboard(book, began, known),
        "spacewalks": list(&book.spacewalks, spacewalk),
        "assembly": assembly(book, known),
        "near_misses": near_misses(book, checker),
        "moments": list(&book.moments, moment),
        "least": stocks.map_or_else(Vec::new, |stocks| least(book, stocks, known)),
    })
}

/// How many of each partner's people are aboard, from each change to the next.
fn aboard(book: &Book, began: Time, known: Time) -> Vec<Value> {
    let mut changes: BTreeMap<Time, Vec<(&str, i32)>> = BTreeMap::new();
    changes.entry(began).or_default();
    let aboard = book.aboard();
    for one in &aboard {
        let partner = one.stay.partner.as_str();
        for (at, step) in [(one.interval.start(), 1), (one.interval.end(), -1)] {
            if at <= known {
                changes.entry(at).or_default().push((partner, step));
            }
        }
    }
    let mut count: BTreeMap<&str, i32> = BTreeMap::new();
    let mut steps = Vec::new();
    for (at, all) in changes {
        for (partner, step) in all {
            *count.entry(partner).or_default() += step;
        }
        let here: Map<String, Value> = count
            .iter()
            .filter(|(_, count)| **count > 0)
            .map(|(partner, count)| ((*partner).to_owned(), json!(count)))
            .collect();
        steps.push(json!({"at": stamp(at), "count": here}));
    }
    steps
}

fn spacewalk(walk: &Spacewalk) -> Value {
    json!({
        "id": walk.id.as_str(),
        "start": stamp(walk.start),
        "end": stamp(walk.end),
        "duration_min": ((walk.end - walk.start).seconds() / 60.0).round() as i64,
        "crew": walk.crew.iter().map(record::PersonId::as_str).collect::<Vec<_>>(),
        "exit": match &walk.exit {
            Exit::Element(element) => element.as_str(),
            Exit::Shuttle => "shuttle",
        },
    })
}

/// What was attached, moved and taken off, in order of time.
fn assembly(book: &Book, known: Time) -> Vec<Value> {
    let mut all: Vec<(Time, Value)> = Vec::new();
    for element in &book.elements {
        let mut add = |at: Time, what: &str, parent: Option<&record::ElementId>, place: &str| {
            let one = json!({
                "at": stamp(at),
                "what": what,
                "element": element.id.as_str(),
                "name": element.name,
                "kind": element.kind.word(),
                "owner": element.owner.as_str(),
                "parent": parent.map(record::ElementId::as_str),
                "place": place,
                "flight": element.flight.as_ref().map(record::FlightId::as_str),
                "removed": element.removed.map(stamp),
            });
            all.push((at, one));
        };
        if element.placements.is_empty() {
            add(element.launched, "attached", None, "");
        }
        for (index, placement) in element.placements.iter().enumerate() {
            let what = if index == 0 { "attached" } else { "moved" };
            add(placement.from, what, placement.parent.as_ref(), &placement.at);
        }
        if let Some(removed) = element.removed {
            add(removed, "removed", None, "");
        }
    }
    all.retain(|(at, _)| *at <= known);
    all.sort_by_key(|(at, _)| *at);
    all.into_iter().map(|(_, one)| one).collect()
}

/// Findings that must not be, each with its rule's title and source, and the moment that tells of it.
fn near_misses(book: &Book, checker: &Checker) -> Vec<Value> {
    let grave = checker.breaches().into_iter().filter(|breach| breach.severity == Severity::Must);
    let told = |breach: &Breach| {
        let mut one = breaches::json(breach);
        let rule = checker.rules().find(|rule| rule.written().id == breach.rule).map(rules::Rule::written);
        let moment = moment_of(book, breach);
        if let Some(fields) = one.as_object_mut() {
            fields.insert("title".to_owned(), json!(rule.map(|rule| &rule.title)));
            fields.insert("source".to_owned(), json!(rule.map(|rule| &rule.source)));
            fields.insert("moment".to_owned(), json!(moment.map(|moment| moment.id.as_str())));
            let kind = moment.map_or("finding", |moment| moment.kind.word());
            fields.insert("kind".to_owned(), json!(kind));
        }
        one
    };
    grave.map(told).collect()
}

/// The moment that tells of a finding: of its rule, and at that time.
fn moment_of<'a>(book: &'a Book, breach: &Breach) -> Option<&'a Sourced<Moment>> {
    let at = |moment: &Moment| {
        let to = moment.until.unwrap_or(moment.from);
        moment.from <= breach.end && breach.start <= to
    };
    book.moments
        .iter()
        .find(|moment| moment.rules.iter().any(|rule| rule.as_str() == breach.rule) && at(moment))
}

fn moment(moment: &Moment) -> Value {
    let flights = moment.flights.iter().map(record::FlightId::as_str);
    json!({
        "id": moment.id.as_str(),
        "kind": moment.kind.word(),
        "at": stamp(moment.from),
        "until": moment.until.map(stamp),
        "title": moment.title,
        "text": moment.text,
        "about": flights.collect::<Vec<_>>(),
        "rules": moment.rules.iter().map(record::RuleId::as_str).collect::<Vec<_>>(),
    })
}

/// The least that each supply ever was, in days of use, where the book's data is not said to be at fault.
fn least(book: &Book, stocks: &Forecast, known: Time) -> Vec<Value> {
    let mut all = Vec::new();
    for supply in &book.supplies {
        let name = format!("supply.{}.days", supply.id);
        let Some(profile) = stocks.profile(&name) else { continue };
        let Some(within) = Interval::new(profile.domain().start(), known) else { continue };
        let faults = book.moments.iter().filter(|one| one.kind == book::MomentKind::DataFault);
        let faults = faults.filter_map(|fault| fault.interval()).collect::<timeline::Window>();
        let sound = timeline::Window::from(within).minus(&faults);
        let Some(lowest) = profile.minimum_over(&sound) else { continue };
        all.push(json!({
            "supply": supply.id.as_str(),
            "days": round(lowest.value, 2),
            "at": stamp(lowest.time),
            "profile": name,
            "quality": "estimated",
        }));
    }
    all
}
