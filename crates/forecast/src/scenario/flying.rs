//! How the station of a book flies: what it weighs, what it meets, what raises it.

use std::collections::BTreeMap;

use book::{Book, TableKind};
use orbit::{ElementSet, MeanOrbit, SpaceWeather};
use record::FlightId;
use station::{Body, Tank};
use timeline::{Duration, Interval, Time};
use traffic::Vehicle;

use super::Scenario;
use crate::flying::{Engine, Flying, HeightBand};
use crate::knowledge::Knowledge;

/// An element set older than this says nothing of the height: a reboost may lie between.
const OLDEST_HEIGHT: Duration = Duration::from_nanoseconds(30 * Duration::DAY.nanoseconds());

/// How it flies from `begins` on; nothing where the book says nothing of it, or not enough. What was not known is left out: what
/// holds before goes on. The Sun alone is taken as it came.
pub(super) fn flying(knowledge: &Knowledge<'_>, scenario: &Scenario, begins: Time) -> Option<Flying> {
    let (book, known_until) = (knowledge.book, knowledge.until);
    let drag = &book.flying.drags.first()?.value;
    let docked = docked(knowledge, scenario);
    let weather = weather(knowledge, scenario.span.end());
    let bodies: Vec<&Body> =
        book.flying.bodies.iter().map(|body| &body.value).filter(|body| knowledge.has(body.from)).collect();
    let areas: Vec<(Time, f64)> = bodies.iter().map(|body| (body.from, body.area_m2)).collect();
    let masses = masses(knowledge, &bodies, &docked, begins);
    if weather.is_empty() || areas.is_empty() || masses.is_empty() {
        return None;
    }
    let counted_until = known_until.min(scenario.span.start());
    let sets = knowledge.element_sets();
    let measured = last_height(&sets, begins).filter(|&(at, _)| begins - at <= OLDEST_HEIGHT);
    let mut known_bands = book.flying.bands.iter().filter(|band| knowledge.has(band.from));
    let band = known_bands.clone().rev().find(|band| band.from <= begins).or(known_bands.next());
    let height_km = measured.map(|(_, km)| km).or(band.map(|band| band.target_km))?;
    let later = last_height(&sets, counted_until).filter(|&(at, _)| at > begins);
    let is_up = |km: f64| km > drag.lowest_km;
    Some(Flying {
        inclination_deg: drag.inclination_deg,
        drag_coefficient: drag.coefficient,
        lowest_km: drag.lowest_km,
        height_km: Some(height_km).filter(|&km| is_up(km))?,
        heights: later.into_iter().filter(|&(_, km)| is_up(km)).collect(),
        masses,
        areas,
        bands: bands(knowledge, drag.lowest_km),
        engines: engines(knowledge, &docked),
        weather,
    })
}

/// What is taken for granted in it, one sentence each.
pub(super) fn assumptions(book: &Book, scenario: &Scenario, flying: &Flying) -> Vec<String> {
    let end = scenario.span.end();
    let kind_at = |kind: TableKind| {
        let mut rows = book.space_weather.iter().filter(|day| day.kind == kind);
        rows.next().map(|first| (first.date, rows.next_back().unwrap_or(first).date))
    };
    let mut said = vec![format!(
        "it flies {:.1} km high at the beginning, and is raised as `flying.toml` says",
        flying.heights.first().map_or(flying.height_km, |height| height.1)
    )];
    if let Some((from, _)) = kind_at(TableKind::Predicted).filter(|&(from, _)| from < end) {
        said.push(format!("the Sun's activity is foreseen from {} on", from.date()));
    }
    if let Some((_, until)) = kind_at(TableKind::Observed).filter(|&(_, until)| scenario.as_of < until) {
        said.push(format!("the Sun's activity is taken as it came until {}", until.min(end).date()));
    }
    said
}

/// The last height known at `until`, of the mean orbit above the equatorial radius.
fn last_height(sets: &[ElementSet], until: Time) -> Option<(Time, f64)> {
    let sets = sets.iter().filter(|set| set.epoch <= until);
    let set = sets.max_by_key(|set| set.epoch)?;
    Some((set.epoch, MeanOrbit::of(set).altitude_km))
}

/// A vehicle while it is docked.
type Docked<'a> = (&'a Vehicle, Interval);

/// Who was and is to be there, and until when: as it was, as planned, or else for its type's usual stay; who is there when knowledge
/// ends stays a day longer at least. A planned ship weighs as planned, lost or late though it be: a few tonnes of hundreds.
fn docked<'a>(knowledge: &Knowledge<'a>, scenario: &Scenario) -> Vec<Docked<'a>> {
    let (book, until) = (knowledge.book, knowledge.until);
    let leaves = |flight: &FlightId, vehicle: &Vehicle, arrives: Time| {
        let planned = knowledge.plans.get(flight).and_then(|plan| plan.leaves);
        let usual = || vehicle.usual_stay.map(|stay| arrives + stay);
        planned.or_else(usual).map_or(Time::MAX, |leaves| leaves.max(until + Duration::DAY))
    };
    let visits = traffic::visits(book.dockings.iter().map(|docking| &docking.value));
    let mut came: BTreeMap<&FlightId, Interval> =
        visits.into_iter().filter(|(_, visit)| visit.start() <= until).collect();
    let mut docked = Vec::new();
    for (flight, plan) in knowledge.plans.iter().filter(|(flight, _)| !came.contains_key(*flight)) {
        let Some(vehicle) = knowledge.vehicle_of(flight) else { continue };
        let arrives = plan.arrival(vehicle.usual_transit).filter(|&arrives| arrives > until);
        let visit = arrives.and_then(|arrives| Interval::new(arrives, leaves(flight, vehicle, arrives)));
        docked.extend(visit.map(|visit| (vehicle, visit)));
    }
    came.retain(|flight, _| !scenario.without.contains(*flight));
    for (flight, visit) in came {
        let Some(vehicle) = knowledge.vehicle_of(flight) else { continue };
        let known = Some(visit.end()).filter(|&end| end <= until);
        let end = known.unwrap_or_else(|| leaves(flight, vehicle, visit.start()));
        docked.extend(Interval::new(visit.start(), end).map(|visit| (vehicle, visit)));
    }
    docked
}

/// Elements as they were launched, vehicles as they were launched, and what the book adds to both.
fn masses(
    knowledge: &Knowledge<'_>,
    bodies: &[&Body],
    docked: &[Docked<'_>],
    begins: Time,
) -> Vec<(Time, f64)> {
    let mut changes: Vec<(Time, f64)> = Vec::new();
    let mut weighs = |during: Interval, mass_kg: f64| {
        changes.push((during.start(), mass_kg));
        changes.push((during.end(), -mass_kg));
    };
    let book = knowledge.book;
    for element in &book.elements {
        let presence = knowledge.lasts(Some(element.attached()), element.removed);
        if let (Some(presence), Some(mass)) = (presence, element.mass) {
            weighs(presence, mass.kg());
        }
    }
    for &(vehicle, visit) in docked {
        if let Some(mass) = vehicle.mass {
            weighs(visit, mass.kg());
        }
    }
    let ends = bodies.iter().skip(1).map(|body| body.from).chain([Time::MAX]);
    for (body, end) in bodies.iter().zip(ends) {
        if let Some(during) = Interval::new(body.from, end) {
            weighs(during, body.added.kg());
        }
    }
    changes.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut masses: Vec<(Time, f64)> = Vec::new();
    let mut sum_kg = 0.0;
    for (at, change_kg) in changes.into_iter().filter(|(at, _)| *at < Time::MAX) {
        sum_kg += change_kg;
        match masses.last_mut() {
            Some(last) if last.0 == at.max(begins) => last.1 = sum_kg,
            _ => masses.push((at.max(begins), sum_kg)),
        }
    }
    // Before the first element and after the last there is no station.
    masses.retain(|mass| mass.1 > 1.0);
    masses
}

fn bands(knowledge: &Knowledge<'_>, lowest_km: f64) -> Vec<HeightBand> {
    let known = knowledge.book.flying.bands.iter().filter(|band| knowledge.has(band.from));
    let bands =
        known.map(|band| HeightBand { since: band.from, floor_km: band.floor_km, target_km: band.target_km });
    // The others are reported by the book's check.
    bands.filter(|band| lowest_km < band.floor_km && band.floor_km < band.target_km).collect()
}

fn engines(knowledge: &Knowledge<'_>, docked: &[Docked<'_>]) -> Vec<Engine> {
    let book = knowledge.book;
    let mut engines: Vec<&station::Engine> = book.flying.engines.iter().map(|engine| &engine.value).collect();
    engines.sort_by(|a, b| (a.priority, &a.id).cmp(&(b.priority, &b.id)));
    let engine = |engine: &station::Engine| {
        let service = knowledge.lasts(engine.from, engine.until)?;
        let (store, during) = match &engine.tank {
            Tank::Store(store) => (Some(book.stores.get(store)?.id.to_string()), vec![service]),
            Tank::Vehicle(family) => (None, visits_of(docked, family, service)),
        };
        let (name, specific_impulse_s) = (engine.name.clone(), engine.specific_impulse_s);
        Some(Engine { name, specific_impulse_s, store, during })
    };
    engines.into_iter().filter_map(engine).collect()
}

/// When vehicles of a family are docked during `service`.
fn visits_of(docked: &[Docked<'_>], family: &str, service: Interval) -> Vec<Interval> {
    let of_family = docked.iter().filter(|(vehicle, _)| vehicle.family == family);
    let mut visits: Vec<Interval> = of_family.filter_map(|(_, visit)| visit.intersection(service)).collect();
    visits.sort();
    visits
}

/// The days of the book until `end`; where nobody foresees Ap it is the mean of what had been observed.
fn weather(knowledge: &Knowledge<'_>, end: Time) -> Vec<(Time, SpaceWeather)> {
    let book = knowledge.book;
    let observed = book.space_weather.iter();
    let observed = observed.filter(|day| day.kind == TableKind::Observed && knowledge.has(day.date));
    let (count, sum) =
        observed.filter_map(|day| day.ap).fold((0.0, 0.0), |(count, sum), ap| (count + 1.0, sum + ap));
    let usual_ap = (count > 0.0).then(|| sum / count);
    let needed = book.space_weather.iter().enumerate().filter(|(row, day)| *row == 0 || day.date < end);
    let days = needed.filter_map(|(_, day)| {
        let f107_81day_sfu = day.f107_81day_sfu.unwrap_or(day.f107_sfu);
        let ap = day.ap.or(usual_ap)?;
        Some((day.date, SpaceWeather { f107_sfu: day.f107_sfu, f107_81day_sfu, ap }))
    });
    days.collect()
}
