//! Partners, their centres, sites and relays.

use partnership::{Centre, Partner, Relay, Site};

use super::{Reader, take};
use crate::book::Book;
use crate::entry::{Entry, Need};
use crate::table::Table;
use crate::toml_file;

pub(super) fn ground(reader: &mut Reader<'_>, book: Book) -> Book {
    let (partners, centres) = partners_and_centres(reader);
    let sites = reader.toml_table("sites.toml", Need::Optional, "site", site);
    let relays = reader.toml_table("relays.toml", Need::Optional, "relay", relay);
    Book { partners, centres, sites, relays, ..book }
}

fn partners_and_centres(reader: &mut Reader<'_>) -> (Table<Partner>, Table<Centre>) {
    let (mut partners, mut centres) = (Table::default(), Table::default());
    let Some(text) = reader.text("partners.toml", Need::Needed) else {
        partners.set_unread();
        centres.set_unread();
        return (partners, centres);
    };
    let mut faults = Vec::new();
    toml_file::each_table(&text, &["partner", "centre"], &mut reader.findings, |entry| match entry.kind() {
        "partner" => take(&mut partners, entry, partner, &mut faults),
        _ => take(&mut centres, entry, centre, &mut faults),
    });
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
