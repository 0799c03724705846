//! Processes that take a part of what is in a store: what a model may ask of them.
//!
//! Such a process clears a cabin of a gas: it takes so much of what is there, not so many kilograms a day. Its level is then an
//! exponential, and the levels of the stores that it feeds follow it. So that all of them have one closed form, there is one
//! such store in a model, and nothing but what is there tells such a process how fast to run.

use std::collections::BTreeMap;

use crate::ForecastError;
use crate::draft::{Draft, Overflow, Process};
use crate::network::{StoreNode, find, number};

/// The one store of which processes take a part.
pub(crate) fn source(
    draft: &Draft,
    store_index: &BTreeMap<&str, usize>,
) -> Result<Option<usize>, ForecastError> {
    let mut found: Option<(&Process, &str)> = None;
    // In order of names, so that the order of the draft does not tell who is refused.
    let mut processes: Vec<&Process> = draft.processes.iter().collect();
    processes.sort_by(|a, b| a.name.cmp(&b.name));
    for process in processes {
        let Some(part) = &process.part_of else { continue };
        match found {
            Some((first, store)) if store != part.store => {
                return Err(ForecastError::TwoSources {
                    first: (first.name.clone(), store.to_owned()),
                    second: (process.name.clone(), part.store.clone()),
                });
            }
            _ => found = Some((process, &part.store)),
        }
    }
    Ok(found.and_then(|(_, store)| store_index.get(store).copied()))
}

/// What the process takes of its store each day, as a part; its flows become those for each kg taken.
pub(crate) fn part(
    process: &Process,
    flows: &mut [(usize, f64)],
    store_index: &BTreeMap<&str, usize>,
    stores: &[StoreNode],
) -> Result<Option<f64>, ForecastError> {
    let Some(part) = &process.part_of else { return Ok(None) };
    let source = find(store_index, || format!("process `{}`", process.name), "store", &part.store)?;
    if !part.per_day.is_finite() || part.per_day <= 0.0 {
        return Err(number(&process.name, "the part that it takes a day", part.per_day, "more than 0"));
    }
    let refused = |why: String| Err(ForecastError::Part { process: process.name.clone(), why });
    let taken_kg_d: f64 = flows.iter().filter(|&&(store, _)| store == source).map(|flow| -flow.1).sum();
    if taken_kg_d <= 0.0 {
        return refused(format!("it takes nothing from `{}`", part.store));
    }
    if process.hold.is_some() || process.batch.is_some() {
        return refused("it cannot keep a level or run in batches as well".to_owned());
    }
    for &(store, rate_kg_d) in flows.iter().filter(|&&(store, _)| store != source) {
        let StoreNode { name, capacity_kg, overflow, .. } = &stores[store];
        if rate_kg_d < 0.0 {
            return refused(format!("it takes from `{name}` as well"));
        }
        if *overflow == Overflow::HoldsBack && capacity_kg.is_finite() {
            return refused(format!(
                "`{name}` would hold it back when full; it must let go what is too much"
            ));
        }
    }
    for (_, rate_kg_d) in flows.iter_mut() {
        *rate_kg_d /= taken_kg_d;
    }
    Ok(Some(part.per_day))
}
