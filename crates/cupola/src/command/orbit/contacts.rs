//! `cupola orbit contacts`: when each ground site sees the station.

use anyhow::Result;
use orbit::{Aspect, Contact, Site, compass_point};
use serde_json::{Value, json};
use timeline::Interval;

use super::{Provenance, head, round, stamp};
use crate::answer::Answer;
use crate::text::{Align, Ink, table};
use sky::Sky;

struct Facts {
    span: Interval,
    provenance: Provenance,
    /// Site name and contact, in order of time.
    contacts: Vec<(Site, String, Contact)>,
}

/// `sites` with their names.
pub(crate) fn answer(sky: &Sky, span: Interval, sites: Vec<(Site, String)>) -> Result<Answer> {
    let station = sky.station(span)?;
    let mut contacts = Vec::new();
    for (site, name) in sites {
        let found = orbit::contacts(&station, &site);
        contacts.extend(found.into_iter().map(|contact| (site.clone(), name.clone(), contact)));
    }
    contacts.sort_by(|(a, _, x), (b, _, y)| (x.rise.time, &a.id).cmp(&(y.rise.time, &b.id)));
    let facts = Facts { span, provenance: Provenance::over(sky, span), contacts };
    Ok(Answer::new(facts, Facts::json, Facts::page))
}

impl Facts {
    fn json(&self) -> Value {
        let contact = |(site, name, contact): &(Site, String, Contact)| {
            json!({
                "kind": "contact",
                "site": site.id,
                "name": name,
                "start": stamp(contact.rise.time),
                "end": stamp(contact.set.time),
                "duration_s": round((contact.set.time - contact.rise.time).seconds(), 3),
                "mask_deg": site.mask_deg,
                "rise": aspect(&contact.rise),
                "culmination": aspect(&contact.culmination),
                "set": aspect(&contact.set),
                "least_range_km": round(contact.least_range_km, 1),
            })
        };
        self.provenance.stamped(self.contacts.iter().map(contact))
    }

    fn page(&self, ink: Ink) -> String {
        let mut text = head("CONTACTS", self.span, &self.provenance, ink);
        if self.contacts.is_empty() {
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
        let rows: Vec<Vec<String>> = self
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
}

/// The time of day: `12:04:31`.
pub(crate) fn clock(aspect: &Aspect) -> String {
    aspect.time.gmt_seconds().split_off(9)
}

/// Where the station stands in the sky, for JSON.
pub(crate) fn aspect(aspect: &Aspect) -> Value {
    json!({
        "time": stamp(aspect.time),
        "azimuth_deg": round(aspect.azimuth_deg, 3),
        "direction": compass_point(aspect.azimuth_deg),
        "elevation_deg": round(aspect.elevation_deg, 3),
        "range_km": round(aspect.range_km, 3),
    })
}
