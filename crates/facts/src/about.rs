//! The book itself: who, what, where, and how old and how good its data is.

use std::collections::BTreeMap;

use book::{Book, Files};
use partnership::{Antenna, Centre, Partner, Relay, Site};
use people::Person;
use record::{Provenance, Sourced, Word};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use station::{Element, Port, Store, Supply};
use timeline::{Duration, Time};
use traffic::Vehicle;

use crate::{round, stamp, status};

/// The SHA-256 of all files with their paths, as hex: two books of one digest are one book.
#[must_use]
pub fn digest(files: &Files) -> String {
    let mut hash = Sha256::new();
    for path in files.paths() {
        let content = files.get(path).unwrap_or_default();
        // Lengths keep a path and its content apart.
        hash.update((path.len() as u64).to_le_bytes());
        hash.update(path.as_bytes());
        hash.update((content.len() as u64).to_le_bytes());
        hash.update(content);
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The book as one object. `now` is what the clock says.
#[must_use]
pub fn json(book: &Book, digest: &str, now: Time) -> Value {
    let about = &book.about;
    json!({
        "digest": digest,
        "id": about.id,
        "title": about.title,
        "summary": about.summary,
        "began": stamp(about.began),
        "known_until": stamp(about.known_until),
        "now": stamp(status::shown_moment(book, now).0),
        "environment": about.environment,
        "catalogue_number": about.catalogue_number,
        "international_designator": about.international_designator,
        "ages": ages(book, now),
        "qualities": qualities(book),
        "partners": list(&book.partners, partner),
        "centres": list(&book.centres, centre),
        "elements": list(&book.elements, element),
        "ports": list(&book.ports, port),
        "vehicles": list(&book.vehicles, vehicle),
        "people": book.people.iter().map(|one| person(one)).collect::<Vec<_>>(),
        "sites": list(&book.sites, site),
        "relays": list(&book.relays, relay),
        "antennas": list(&book.antennas, antenna),
        "supplies": list(&book.supplies, supply),
        "stores": list(&book.stores, store),
        "processes": book.processes.iter().map(|one| json!({"id": one.id.as_str(), "name": one.name})).collect::<Vec<_>>(),
        "activity_kinds": book.activity_kinds.iter().map(|kind| json!({
            "id": kind.id.as_str(),
            "also": kind.also.iter().map(record::KindId::as_str).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "resources": book.planning.resources.iter().map(|one| json!({
            "id": one.id.as_str(),
            "name": one.title,
            "owner": one.owner.as_str(),
            "element": one.element.as_ref().map(record::ElementId::as_str),
            "capacity": one.capacity,
            "unit": one.unit,
        })).collect::<Vec<_>>(),
        "pools": book.pools.iter().map(|pool| json!({
            "id": pool.id.as_str(),
            "name": pool.title,
            "parts": pool.parts.iter().map(|part| json!({
                "partner": part.partner.as_str(), "share_pct": part.share.percent(),
            })).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

/// How old what is known is, by kind of data.
fn ages(book: &Book, now: Time) -> Value {
    let days = |since: Time| round((now - since).days(), 3);
    let epoch = book.element_sets.iter().map(|set| set.epoch).max();
    let levels = || book.stores.iter().filter_map(|store| book.level_at(&store.id, Time::MAX));
    let oldest = levels().map(|level| level.at).min();
    let newest = levels().map(|level| level.at).max();
    json!({
        "clock": stamp(now),
        "flights": {"known_until": stamp(book.about.known_until), "age_days": days(book.about.known_until)},
        "elements": {"epoch": epoch.map(stamp), "age_days": epoch.map(days), "sets": book.element_sets.len()},
        "levels": {"oldest": oldest.map(stamp), "newest": newest.map(stamp), "age_days": newest.map(days)},
    })
}

/// How many records of each kind are how good.
fn qualities(book: &Book) -> Value {
    fn count<'a>(all: impl Iterator<Item = &'a Provenance>) -> Value {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for provenance in all {
            *counts.entry(provenance.quality.word()).or_default() += 1;
        }
        json!(counts)
    }
    json!({
        "elements": count(book.elements.iter().map(|one| &one.provenance)),
        "ports": count(book.ports.iter().map(|one| &one.provenance)),
        "flights": count(book.flights.iter().map(|one| &one.provenance)),
        "dockings": count(book.dockings.iter().map(|one| &one.provenance)),
        "plans": count(book.plans.iter().map(|one| &one.provenance)),
        "stays": count(book.stays.iter().map(|one| &one.provenance)),
        "cargo": count(book.cargo.iter().map(|one| &one.provenance)),
        "levels": count(book.levels.iter().map(|one| &one.provenance)),
        "processes": count(book.processes.iter().map(|one| &one.provenance)),
        "rules": count(book.rules.iter().map(|one| &one.provenance)),
    })
}

/// A list of records, each with where it came from.
pub(crate) fn list<'a, T: 'a>(
    records: impl IntoIterator<Item = &'a Sourced<T>>,
    show: impl Fn(&T) -> Value,
) -> Vec<Value> {
    records.into_iter().map(|one| with_source(show(&one.value), &one.provenance)).collect()
}

/// The same object with `source`, `quality` and `note`.
pub(crate) fn with_source(mut value: Value, provenance: &Provenance) -> Value {
    if let Some(fields) = value.as_object_mut() {
        fields.extend(Map::from_iter([
            ("source".to_owned(), json!(provenance.source)),
            ("quality".to_owned(), json!(provenance.quality.word())),
            ("note".to_owned(), json!(provenance.note)),
        ]));
    }
    value
}

fn partner(partner: &Partner) -> Value {
    json!({
        "id": partner.id.as_str(),
        "name": partner.name,
        "short": partner.short,
        "colour": partner.colour,
        "kind": partner.kind.word(),
        "segment": partner.segment,
        "countries": partner.countries,
    })
}

fn centre(centre: &Centre) -> Value {
    json!({
        "id": centre.id.as_str(),
        "partner": centre.partner.as_str(),
        "name": centre.name,
        "short": centre.short,
        "site": centre.site.as_ref().map(record::SiteId::as_str),
    })
}

fn element(element: &Element) -> Value {
    let ends = element.placements.iter().skip(1).map(|next| Some(next.from)).chain([element.removed]);
    let places = element.placements.iter().zip(ends).map(|(placement, to)| {
        json!({
            "parent": placement.parent.as_ref().map(record::ElementId::as_str),
            "at": placement.at,
            "from": stamp(placement.from),
            "to": to.map(stamp),
        })
    });
    json!({
        "id": element.id.as_str(),
        "name": element.name,
        "kind": element.kind.word(),
        "owner": element.owner.as_str(),
        "segment": element.segment,
        "launched": stamp(element.launched),
        "removed": element.removed.map(stamp),
        "flight": element.flight.as_ref().map(record::FlightId::as_str),
        "length_m": element.length_m,
        "diameter_m": element.diameter_m,
        "mass_kg": element.mass.map(record::Mass::kg),
        "volume_m3": element.volume_m3,
        "where": places.collect::<Vec<_>>(),
        "uses": element.uses.iter().map(|one| json!({
            "partner": one.partner.as_str(), "share_pct": one.share.percent(),
        })).collect::<Vec<_>>(),
    })
}

fn port(port: &Port) -> Value {
    json!({
        "id": port.id.as_str(),
        "name": port.name,
        "element": port.element.as_str(),
        "adapter": port.adapter.as_ref().map(record::ElementId::as_str),
        "direction": port.direction.word(),
        "mechanism": port.mechanism,
        "place": port.place,
        "from": stamp(port.from),
        "until": port.until.map(stamp),
        "blocks": port.blocks.iter().map(record::PortId::as_str).collect::<Vec<_>>(),
    })
}

fn vehicle(vehicle: &Vehicle) -> Value {
    let days = |time: Option<Duration>| time.map(|time| round(time.days(), 3));
    json!({
        "id": vehicle.id.as_str(),
        "name": vehicle.name,
        "family": vehicle.family,
        "partner": vehicle.partner.as_str(),
        "crewed": vehicle.crewed,
        "seats_up": vehicle.seats.up,
        "seats_down": vehicle.seats.down,
        "joins": vehicle.joins.map(Word::word),
        "mechanisms": vehicle.mechanisms,
        "usual_transit_h": vehicle.usual_transit.map(|time| round(time.hours(), 3)),
        "usual_stay_days": days(vehicle.usual_stay),
        "life_days": days(vehicle.life),
        "mass_kg": vehicle.mass.map(record::Mass::kg),
        "cargo_up_kg": vehicle.cargo_up.map(record::Mass::kg),
        "cargo_down_kg": vehicle.cargo_down.map(record::Mass::kg),
        "first_flight": vehicle.first_flight.map(stamp),
        "last_flight": vehicle.last_flight.map(stamp),
    })
}

fn person(person: &Person) -> Value {
    json!({
        "id": person.id.as_str(),
        "name": person.name,
        "family_name": person.family_name,
        "given_name": person.given_name,
        "partner": person.partner.as_str(),
        "country": person.country,
    })
}

fn site(site: &Site) -> Value {
    json!({
        "id": site.id.as_str(),
        "name": site.name,
        "kind": site.kind.word(),
        "partner": site.partner.as_ref().map(record::PartnerId::as_str),
        "lat_deg": site.latitude_deg,
        "lon_deg": site.longitude_deg,
        "height_m": site.height_m,
        "mask_deg": site.mask_deg,
    })
}

fn relay(relay: &Relay) -> Value {
    json!({
        "id": relay.id.as_str(),
        "name": relay.name,
        "network": relay.network,
        "partner": relay.partner.as_str(),
        "lon_deg": relay.longitude_deg,
        "from": stamp(relay.from),
        "until": relay.until.map(stamp),
    })
}

fn antenna(antenna: &Antenna) -> Value {
    json!({
        "id": antenna.id.as_str(),
        "name": antenna.name,
        "partner": antenna.partner.as_str(),
        "network": antenna.network,
        "from": antenna.from.map(stamp),
        "until": antenna.until.map(stamp),
    })
}

fn supply(supply: &Supply) -> Value {
    let lines: Vec<f64> = supply.lines.iter().map(|line| line.days()).collect();
    json!({"id": supply.id.as_str(), "name": supply.name, "lines_days": lines})
}

fn store(store: &Store) -> Value {
    json!({
        "id": store.id.as_str(),
        "name": store.name,
        "commodity": store.commodity,
        "supply": store.supply.as_ref().map(record::SupplyId::as_str),
        "owner": store.owner.as_str(),
        "segment": store.segment,
        "capacity_kg": store.capacity.kg(),
    })
}
