//! Partners, their centres, sites, relays and antennas.

use partnership::{Antenna, BlockedZone, Centre, Partner, Relay, Site};
use timeline::Duration;

use super::{Reader, take};
use crate::book::Book;
use crate::entry::{Entry, Need};
use crate::table::Table;
use crate::toml_file;

pub(super) fn ground(reader: &mut Reader<'_>, book: Book) -> Book {
    let (partners, centres) = partners_and_centres(reader);
    let sites = reader.toml_table("sites.toml", Need::Optional, "site", site);
    let (relays, antennas) = relays_and_antennas(reader);
    Book { partners, centres, sites, relays, antennas, ..book }
}

fn relays_and_antennas(reader: &mut Reader<'_>) -> (Table<Relay>, Table<Antenna>) {
    let (mut relays, mut antennas) = (Table::default(), Table::default());
    let Some(text) = reader.text("relays.toml", Need::Optional) else {
        relays.set_unread();
        antennas.set_unread();
        return (relays, antennas);
    };
    let (mut syntax, mut faults) = (Vec::new(), Vec::new());
    toml_file::each_table(&text, &["relay", "antenna"], &mut syntax, &mut |entry| match entry.kind() {
        "relay" => take(&mut relays, entry, relay, &mut faults),
        _ => take(&mut antennas, entry, antenna, &mut faults),
    });
    // Relays that were passed over still stand in the book: an antenna may name them.
    if !syntax.is_empty() {
        relays.set_unread();
    }
    reader.findings.append(&mut syntax);
    reader.findings.append(&mut faults);
    (relays, antennas)
}

fn partners_and_centres(reader: &mut Reader<'_>) -> (Table<Partner>, Table<Centre>) {
    let (mut partners, mut centres) = (Table::default(), Table::default());
    let Some(text) = reader.text("partners.toml", Need::Needed) else {
        partners.set_unread();
        centres.set_unread();
        return (partners, centres);
    };
    let mut faults = Vec::new();
    toml_file::each_table(
        &text,
        &["partner", "centre"],
        &mut reader.findings,
        &mut |entry| match entry.kind() {
            "partner" => take(&mut partners, entry, partner, &mut faults),
            _ => take(&mut centres, entry, centre, &mut faults),
        },
    );
    reader.findings.append(&mut faults);
    (partners, centres)
}

fn partner(entry: &mut Entry<'_>) -> Option<Partner> {
    let id = entry.id("id");
    let name = entry.text("name");
    let short = entry.text("short");
    let countries = entry.countries("countries");
    let colour = entry.colour("colour");
    let kind = entry.word("kind");
    let segment = entry.maybe_text("segment");
    Some(Partner {
        id: id?,
        name: name?,
        short: short?,
        countries,
        colour: colour?,
        kind: kind?,
        segment: Some(segment).filter(|segment| !segment.is_empty()),
    })
}

fn centre(entry: &mut Entry<'_>) -> Option<Centre> {
    let id = entry.id("id");
    let partner = entry.id("partner");
    let name = entry.text("name");
    let short = entry.text("short");
    let site = entry.maybe_id("site");
    Some(Centre { id: id?, partner: partner?, name: name?, short: short?, site })
}

/// Heights reach from the Dead Sea's shore (−430 m) to the highest summit (8,849 m).
fn site(entry: &mut Entry<'_>) -> Option<Site> {
    let id = entry.id("id");
    let name = entry.text("name");
    let kind = entry.word("kind");
    let partner = entry.maybe_id("partner");
    let latitude_deg = entry.number("latitude_deg", -90.0..=90.0);
    let longitude_deg = entry.number("longitude_deg", -180.0..=180.0);
    let height_m = entry.number("height_m", -450.0..=8_850.0);
    let mask_deg = entry.number("mask_deg", 0.0..=90.0);
    Some(Site {
        id: id?,
        name: name?,
        kind: kind?,
        partner,
        latitude_deg: latitude_deg?,
        longitude_deg: longitude_deg?,
        height_m: height_m?,
        mask_deg: mask_deg?,
    })
}

fn relay(entry: &mut Entry<'_>) -> Option<Relay> {
    let id = entry.id("id");
    let name = entry.text("name");
    let network = entry.text("network");
    let partner = entry.id("partner");
    let catalogue_number = entry.maybe_count("catalogue_number");
    let longitude_deg = entry.number("longitude_deg", -180.0..=180.0);
    let inclination_deg = entry.maybe_number("inclination_deg", 0.0..=180.0);
    let node_longitude_deg = entry.maybe_number("node_longitude_deg", -180.0..=180.0);
    let epoch = entry.time("epoch");
    let from = entry.time("from");
    let until = entry.maybe_time("until");
    Some(Relay {
        id: id?,
        name: name?,
        network: network?,
        partner: partner?,
        catalogue_number,
        longitude_deg: longitude_deg?,
        inclination_deg,
        node_longitude_deg,
        epoch: epoch?,
        from: from?,
        until,
    })
}

/// Without a zone that could not be read an antenna would see more than it does.
fn antenna(entry: &mut Entry<'_>) -> Option<Antenna> {
    entry.faultless(|entry| {
        let id = entry.id("id");
        let name = entry.text("name");
        let partner = entry.id("partner");
        let network = entry.text("network");
        let relays = entry.ids("relays");
        let along_deg = entry.number("along_deg", 0.0..=180.0);
        let across_deg = entry.number("across_deg", 0.0..=90.0);
        let blocked = entry.tables("blocked", "zone", zone).unwrap_or_default();
        // An hour is longer than any relay stays in sight of a low orbit.
        let acquire_s = entry.number("acquire_s", 0.0..=3_600.0);
        let from = entry.maybe_time("from");
        let until = entry.maybe_time("until");
        Some(Antenna {
            id: id?,
            name: name?,
            partner: partner?,
            network: network?,
            relays,
            along_deg: along_deg?,
            across_deg: across_deg?,
            blocked,
            acquire: Duration::from_seconds(acquire_s?),
            from,
            until,
        })
    })
}

fn zone(entry: &mut Entry<'_>) -> Option<BlockedZone> {
    let along_from_deg = entry.number("along_from_deg", -180.0..=180.0);
    let along_to_deg = entry.number("along_to_deg", -180.0..=180.0);
    let across_from_deg = entry.number("across_from_deg", -90.0..=90.0);
    let across_to_deg = entry.number("across_to_deg", -90.0..=90.0);
    Some(BlockedZone {
        along_from_deg: along_from_deg?,
        along_to_deg: along_to_deg?,
        across_from_deg: across_from_deg?,
        across_to_deg: across_to_deg?,
    })
}
