//! `cupola orbit contacts`: when each ground site sees the station.

use anyhow::Result;
use facts::contacts::{Contacts, contacts};
use orbit::{Aspect, Site, compass_point};
use sky::Sky;
use timeline::Interval;

use super::head;
use crate::answer::Answer;
use crate::text::{Align, Ink, table};

/// `sites` with their names.
pub(crate) fn answer(sky: &Sky, span: Interval, sites: Vec<(Site, String)>) -> Result<Answer> {
    Ok(Answer::new(contacts(sky, span, sites)?, Contacts::json, page))
}

fn page(facts: &Contacts, ink: Ink) -> String {
    let mut text = head("CONTACTS", facts.span, &facts.provenance, ink);
    if facts.contacts.is_empty() {
        return text + "No contact in this span.\n";
    }
    let heads = [
        ("site", Align::Left),
        ("from (GMT)", Align::Left),
        ("to", Align::Left),
        ("min", Align::Right),
        ("highest", Align::Right),
        ("at", Align::Left),
        ("rises", Align::Left),
        ("sets", Align::Left),
        ("km", Align::Right),
    ];
    let rows: Vec<Vec<String>> = facts
        .contacts
        .iter()
        .map(|(_, name, contact)| {
            vec![
                name.clone(),
                contact.rise.time.gmt_seconds(),
                clock(&contact.set),
                format!("{:.1}", (contact.set.time - contact.rise.time).seconds() / 60.0),
                format!("{:.1}°", contact.culmination.elevation_deg),
                clock(&contact.culmination),
                compass_point(contact.rise.azimuth_deg).to_owned(),
                compass_point(contact.set.azimuth_deg).to_owned(),
                format!("{:.0}", contact.least_range_km),
            ]
        })
        .collect();
    text += &table(ink, &heads, &rows);
    text
}

/// The time of day: `12:04:31`.
pub(crate) fn clock(aspect: &Aspect) -> String {
    aspect.time.gmt_seconds().split_off(9)
}
