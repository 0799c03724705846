//! Stores, levels, processes, deliveries and outages.

use ::traffic::{Delivery, StoreShare};
use record::Sourced;
use station::{
    Batch, Commodity, Factor, Flow, Gas, Hold, Level, Outage, Overflow, Part, Process, Repair, Store, Supply,
};
use timeline::Duration;

use super::{Need, Reader, sourced, take};
use crate::book::Book;
use crate::entry::Entry;
use crate::table::Table;
use crate::toml_file;

const LEVELS: [&str; 6] = ["store", "at", "level_kg", "source", "quality", "note"];
const OUTAGES: [&str; 6] = ["process", "from", "to", "source", "quality", "note"];

pub(super) fn stocks(reader: &mut Reader<'_>, book: Book) -> Book {
    let Stores { commodities, supplies, stores } = stores_file(reader);
    Book {
        commodities,
        supplies,
        stores,
        levels: reader.csv_list("levels.csv", Need::Optional, "level", &LEVELS, level),
        processes: reader.toml_table("processes.toml", Need::Optional, "process", process),
        deliveries: reader.toml_list("deliveries.toml", Need::Optional, "delivery", delivery),
        outages: reader.csv_list("outages.csv", Need::Optional, "outage", &OUTAGES, outage),
        ..book
    }
}

/// The files that say nothing without stores.
const NAMING_STORES: [&str; 3] = ["levels.csv", "processes.toml", "deliveries.toml"];

/// What `stores.toml` says.
#[derive(Default)]
struct Stores {
    commodities: Table<Commodity>,
    supplies: Table<Supply>,
    stores: Table<Store>,
}

fn stores_file(reader: &mut Reader<'_>) -> Stores {
    let Stores { mut commodities, mut supplies, mut stores } = Stores::default();
    let are_named = NAMING_STORES.iter().any(|file| reader.files.get(file).is_some());
    let need = if are_named { Need::Needed } else { Need::Optional };
    let Some(text) = reader.text("stores.toml", need) else {
        commodities.set_unread();
        supplies.set_unread();
        stores.set_unread();
        return Stores { commodities, supplies, stores };
    };
    let mut faults = Vec::new();
    let kinds = ["commodity", "supply", "store"];
    toml_file::each_table(&text, &kinds, &mut reader.findings, &mut |entry| match entry.kind() {
        "commodity" => take(&mut commodities, entry, commodity, &mut faults),
        "supply" => take(&mut supplies, entry, supply, &mut faults),
        _ => take(&mut stores, entry, store, &mut faults),
    });
    reader.findings.append(&mut faults);
    Stores { commodities, supplies, stores }
}

/// Nothing that a station carries burns hotter than hydrogen, 141.8 MJ/kg.
fn commodity(entry: &mut Entry<'_>) -> Option<Commodity> {
    let id = entry.id("id");
    let name = entry.text("name");
    let energy_mj_kg = entry.number("energy_mj_kg", 0.0..=150.0);
    Some(Commodity { id: id?, name: name?, energy_mj_kg: energy_mj_kg? })
}

fn supply(entry: &mut Entry<'_>) -> Option<Supply> {
    let id = entry.id("id");
    let name = entry.text("name");
    let lines = entry.days_list("lines_days");
    Some(Supply { id: id?, name: name?, lines })
}

fn store(entry: &mut Entry<'_>) -> Option<Store> {
    let id = entry.id("id");
    let name = entry.text("name");
    let commodity = entry.text("commodity");
    let supply = entry.maybe_id("supply");
    let owner = entry.id("owner");
    let segment = entry.text("segment");
    let capacity = entry.some_mass("capacity_kg");
    let overflow = match entry.maybe_flag("vents") {
        Some(true) => Overflow::Vents,
        _ => Overflow::HoldsBack,
    };
    let gas = entry.maybe_table("gas", "gas", gas);
    Some(Store {
        id: id?,
        name: name?,
        commodity: commodity?,
        supply,
        owner: owner?,
        segment: segment?,
        capacity: capacity?,
        overflow,
        gas,
    })
}

fn level(entry: &mut Entry<'_>) -> Option<Sourced<Level>> {
    sourced(entry, |entry| {
        let store = entry.id("store");
        let at = entry.time("at");
        let mass = entry.mass("level_kg");
        Some(Level { store: store?, at: at?, mass: mass? })
    })
}

/// Without a flow that could not be read a process would lose mass, and without its hold it would always run.
fn process(entry: &mut Entry<'_>) -> Option<Process> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let name = entry.text("name");
        let priority = entry.count("priority");
        let scale = entry.maybe_scale("scale");
        let inputs = entry.tables("in", "flow", flow).unwrap_or_default();
        let outputs = entry.tables("out", "flow", flow).unwrap_or_default();
        let hold = entry.maybe_table("hold", "hold", hold);
        let batch = entry.maybe_table("batch", "batch", batch);
        let part_of = entry.maybe_table("part_of", "part", part);
        let needs = entry.ids("needs");
        // A megawatt is ten large stations' worth.
        let power_kw = entry.maybe_number("power_kw", 0.0..=1e3).unwrap_or(0.0);
        let channels = entry.ids("channels");
        let from = entry.maybe_time("from");
        let until = entry.maybe_time("until");
        let factors = entry.tables("factors", "factor", factor).unwrap_or_default();
        let repair = entry.maybe_table("repair", "repair", repair);
        Some(Process {
            id: id?,
            name: name?,
            priority: priority?,
            scale,
            inputs,
            outputs,
            hold,
            batch,
            part_of,
            needs,
            power_kw,
            channels,
            from,
            until,
            factors,
            repair,
        })
    })
}

/// A thousand tonnes a day is more than any station weighs.
fn flow(entry: &mut Entry<'_>) -> Option<Flow> {
    let store = entry.id("store");
    let rate_kg_d = entry.number("kg_d", 0.0..=1e6);
    let of = entry.maybe_id("of");
    Some(Flow { store: store?, rate_kg_d: rate_kg_d?, of })
}

fn hold(entry: &mut Entry<'_>) -> Option<Hold> {
    let store = entry.id("store");
    let mass = entry.mass("at_kg");
    Some(Hold { store: store?, mass: mass? })
}

fn batch(entry: &mut Entry<'_>) -> Option<Batch> {
    let store = entry.id("store");
    let start = entry.mass("start_kg");
    let stop = entry.mass("stop_kg");
    Some(Batch { store: store?, start: start?, stop: stop? })
}

/// Nothing goes through the whole of a store more than once a minute, nor takes so little that a century would not tell.
fn part(entry: &mut Entry<'_>) -> Option<Part> {
    let store = entry.id("store");
    let per_day = entry.number("per_day", 1e-6..=1_440.0);
    Some(Part { store: store?, per_day: per_day? })
}

/// Without the mass of the spare, the spare is not known.
fn repair(entry: &mut Entry<'_>) -> Option<Repair> {
    let between = entry.number("mean_days_between_failures", 0.01..=1e5);
    let takes = entry.number("days", 0.0..=1e5);
    let spare = match entry.maybe_id("spare") {
        Some(store) => entry.some_mass("spare_kg").map(|mass| (store, mass)),
        None => None,
    };
    let (mean_between_failures, takes) = (Duration::from_days(between?), Duration::from_days(takes?));
    Some(Repair { mean_between_failures, takes, spare })
}

fn gas(entry: &mut Entry<'_>) -> Option<Gas> {
    let volume_m3 = entry.number("volume_m3", 1e-3..=1e7);
    let molar_g = entry.number("molar_g", 1.0..=500.0);
    let temperature_k = entry.number("temperature_k", 1.0..=2_000.0);
    Some(Gas { volume_m3: volume_m3?, molar_g: molar_g?, temperature_k: temperature_k? })
}

pub(super) fn factor(entry: &mut Entry<'_>) -> Option<Factor> {
    let from = entry.time("from");
    let factor = entry.number("factor", 0.0..=1e3);
    Some(Factor { from: from?, factor: factor? })
}

fn delivery(entry: &mut Entry<'_>) -> Option<Sourced<Delivery>> {
    sourced(entry, |entry| {
        entry.faultless(|entry| {
            let family = entry.text("family");
            let kind = entry.word("kind");
            let into = entry.tables("into", "share", store_share).unwrap_or_default();
            let after = entry.maybe_hours("after_hours").unwrap_or(Duration::ZERO);
            Some(Delivery { family: family?, kind: kind?, into, after })
        })
    })
}

fn store_share(entry: &mut Entry<'_>) -> Option<StoreShare> {
    let store = entry.id("store");
    let share = entry.share("share_pct");
    Some(StoreShare { store: store?, share: share? })
}

fn outage(entry: &mut Entry<'_>) -> Option<Sourced<Outage>> {
    sourced(entry, |entry| {
        let process = entry.id("process");
        let from = entry.time("from");
        let to = entry.maybe_time("to");
        Some(Outage { process: process?, from: from?, to })
    })
}
