//! `flying.toml`: how the station flies.

use record::{Mass, Sourced};
use station::{Band, Body, Drag, Engine, Tank};

use super::{Need, Reader, sourced, take};
use crate::book::{Book, Flying};
use crate::entry::Entry;
use crate::toml_file;

pub(super) fn flying(reader: &mut Reader<'_>, book: Book) -> Book {
    let Some(text) = reader.text("flying.toml", Need::Rare) else { return book };
    let mut flying = Flying::default();
    let mut faults = Vec::new();
    toml_file::each_table(&text, &["drag", "body", "band", "engine"], &mut reader.findings, &mut |entry| {
        match entry.kind() {
            "drag" => add(&mut flying.drags, entry, drag, &mut faults),
            "body" => add(&mut flying.bodies, entry, body, &mut faults),
            "band" => add(&mut flying.bands, entry, band, &mut faults),
            _ => take(&mut flying.engines, entry, engine, &mut faults),
        }
    });
    reader.findings.append(&mut faults);
    Book { flying, ..book }
}

fn add<T>(
    list: &mut Vec<Sourced<T>>,
    mut entry: Entry<'_>,
    read: fn(&mut Entry<'_>) -> Option<T>,
    findings: &mut Vec<timeline::Finding>,
) {
    list.extend(sourced(&mut entry, read));
    findings.append(&mut entry.finish());
}

/// Coefficients of bodies in free molecular flow are 1 to 4; a fitted one takes the atmosphere's faults upon itself.
fn drag(entry: &mut Entry<'_>) -> Option<Drag> {
    let coefficient = entry.number("coefficient", 0.1..=10.0);
    let inclination_deg = entry.number("inclination_deg", 0.0..=180.0);
    let lowest_km = entry.number("lowest_km", 150.0..=1_000.0);
    Some(Drag { coefficient: coefficient?, inclination_deg: inclination_deg?, lowest_km: lowest_km? })
}

fn body(entry: &mut Entry<'_>) -> Option<Body> {
    let from = entry.time("from");
    let area_m2 = entry.number("area_m2", 0.1..=1e6);
    let added = entry.maybe_mass("added_mass_kg").unwrap_or(Mass::ZERO);
    Some(Body { from: from?, area_m2: area_m2?, added })
}

fn band(entry: &mut Entry<'_>) -> Option<Band> {
    let from = entry.time("from");
    let floor_km = entry.number("floor_km", 150.0..=1_000.0);
    let target_km = entry.number("target_km", 150.0..=1_000.0);
    Some(Band { from: from?, floor_km: floor_km?, target_km: target_km? })
}

fn engine(entry: &mut Entry<'_>) -> Option<Engine> {
    let id = entry.id("id");
    let name = entry.text("name");
    let priority = entry.count("priority");
    let specific_impulse_s = entry.number("specific_impulse_s", 10.0..=1e5);
    let store = entry.maybe_id("store");
    let family = Some(entry.maybe_text("family")).filter(|family| !family.is_empty());
    let from = entry.maybe_time("from");
    let until = entry.maybe_time("until");
    let tank = match (store, family) {
        (Some(store), None) => Some(Tank::Store(store)),
        (None, Some(family)) => Some(Tank::Vehicle(family)),
        _ => {
            let message =
                "an engine burns what is in a store, or what docked vehicles of a family have".to_owned();
            entry.report("tank-unclear", message, "give `store` or `family`, one of them");
            None
        }
    };
    Some(Engine {
        id: id?,
        name: name?,
        priority: priority?,
        specific_impulse_s: specific_impulse_s?,
        tank: tank?,
        from,
        until,
    })
}
