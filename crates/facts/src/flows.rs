//! What flows between stores and processes at one moment, and what draws power then.

use book::Book;
use forecast::power::{Draws, Load};
use forecast::{Draft, Forecast, Process, Scenario};
use serde_json::{Value, json};
use timeline::Time;

use crate::stocks::drafted;
use crate::{FactsError, Refusal, round, stamp};

/// Digits after the point, of kilograms a day and of kilowatts: more than any figure of a book is good for.
const DIGITS: i32 = 4;

/// Every process that runs at `at` with what it takes and gives, kg a day, and every load that draws, kW; and what each power channel
/// gives, kW. That is not the sum of its loads where converters carry power from one channel to another, and lose some of it.
///
/// What a process moves is its rates × its strength (persons, efficiency) × the part of its full rate at which the forecast runs it. One that takes
/// a part of what is in a store takes that part, and gives in proportion.
///
/// # Errors
/// When the stocks cannot be reckoned, or `at` is outside of the scenario's span.
pub fn flows(book: &Book, scenario: &Scenario, at: Time) -> Result<Value, FactsError> {
    if !scenario.span.contains(at) {
        let what = format!("{at} is not within the forecast, which is of {}", scenario.span);
        return Err(Refusal::new("at", what).into());
    }
    let (drafted, forecast) = drafted(book, scenario)?;
    let draft = &drafted.draft;
    let processes: Vec<Value> = draft
        .processes
        .iter()
        .filter_map(|process| {
            let speed = speed(process, &forecast, at);
            let flows: Vec<Value> = process
                .flows
                .iter()
                .map(|flow| json!({"store": flow.store, "kg_d": round(flow.rate_kg_d * speed, DIGITS)}))
                .collect();
            let name = book.processes.named(&process.name).map(|known| &known.name);
            (speed > 0.0).then(|| json!({"id": process.name, "name": name, "flows": flows}))
        })
        .collect();
    let channels: Vec<Value> = draft
        .power
        .iter()
        .flat_map(|power| &power.channels)
        .map(|channel| (&channel.name, value(&forecast, &format!("power.{}.load_kw", channel.name), at)))
        .filter(|(_, kw)| *kw > 0.0)
        .map(|(name, kw)| json!({"channel": name, "kw": round(kw, DIGITS)}))
        .collect();
    let loads = loads(book, draft, &forecast, at);
    Ok(json!({"at": stamp(at), "processes": processes, "loads": loads, "channels": channels}))
}

/// By what the rates of a process are multiplied at `at`.
fn speed(process: &Process, forecast: &Forecast, at: Time) -> f64 {
    let Some(part) = &process.part_of else {
        return effort(process, forecast, at);
    };
    let full: f64 =
        process.flows.iter().filter(|flow| flow.store == part.store).map(|flow| -flow.rate_kg_d).sum();
    let level_kg = value(forecast, &format!("store.{}_kg", part.store), at);
    let taken = part.per_day * effort(process, forecast, at) * level_kg;
    if full > 0.0 { taken / full } else { 0.0 }
}

/// Strength × part of the full rate: what it draws of power is in proportion to this, whatever it finds to take.
fn effort(process: &Process, forecast: &Forecast, at: Time) -> f64 {
    latest(&process.strengths, at) * value(forecast, &format!("process.{}.run", process.name), at)
}

fn value(forecast: &Forecast, name: &str, at: Time) -> f64 {
    forecast.profile(name).and_then(|profile| profile.at(at)).unwrap_or(0.0)
}

fn latest(steps: &[(Time, f64)], at: Time) -> f64 {
    steps.iter().rev().find(|(from, _)| *from <= at).map_or(0.0, |(_, value)| *value)
}

/// What draws, with the channels that carry it in equal parts; what is shed draws nothing.
fn loads(book: &Book, draft: &Draft, forecast: &Forecast, at: Time) -> Vec<Value> {
    let name = |id: &str| {
        let load = book.power.loads.named(id).map(|load| &load.name);
        load.or_else(|| book.processes.named(id).map(|process| &process.name))
    };
    let drawn = |load: &Load| match &load.draws {
        Draws::Steps(steps) => latest(steps, at),
        Draws::Process { full_kw } => {
            let process = draft.processes.iter().find(|process| process.name == load.name);
            full_kw * process.map_or(0.0, |process| effort(process, forecast, at))
        }
    };
    let is_shed = |load: &Load| {
        forecast.sheddings().iter().any(|shed| shed.load == load.name && shed.during.contains(at))
    };
    let all = draft.power.iter().flat_map(|power| &power.loads);
    all.filter(|load| !is_shed(load))
        .map(|load| (load, drawn(load)))
        .filter(|(_, kw)| *kw > 0.0)
        .map(|(load, kw)| json!({"load": load.name, "name": name(&load.name), "channels": load.channels, "kw": round(kw, DIGITS)}))
        .collect()
}
