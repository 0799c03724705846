//! When each ground site sees the station.

use orbit::{Aspect, Contact, Site, compass_point};
use serde_json::{Value, json};
use sky::Sky;
use timeline::Interval;

use crate::{FactsError, Provenance, round, stamp};

/// Contacts over a span.
#[derive(Clone, PartialEq, Debug)]
pub struct Contacts {
    /// From when to when.
    pub span: Interval,
    /// How good the orbit is.
    pub provenance: Provenance,
    /// Site, its name and the contact, in order of time.
    pub contacts: Vec<(Site, String, Contact)>,
}

/// The contacts of `sites`, each with its name.
///
/// # Errors
/// Where the orbit is not known.
pub fn contacts(sky: &Sky<'_>, span: Interval, sites: Vec<(Site, String)>) -> Result<Contacts, FactsError> {
    let station = sky.station(span)?;
    let mut all = Vec::new();
    for (site, name) in sites {
        let found = orbit::contacts(&station, &site);
        all.extend(found.into_iter().map(|contact| (site.clone(), name.clone(), contact)));
    }
    all.sort_by(|(a, _, x), (b, _, y)| (x.rise.time, &a.id).cmp(&(y.rise.time, &b.id)));
    Ok(Contacts { span, provenance: Provenance::over(sky, span), contacts: all })
}

impl Contacts {
    /// A list of contacts.
    #[must_use]
    pub fn json(&self) -> Value {
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
}

/// Where the station stands in the sky, for JSON.
#[must_use]
pub fn aspect(aspect: &Aspect) -> Value {
    json!({
        "time": stamp(aspect.time),
        "azimuth_deg": round(aspect.azimuth_deg, 3),
        "direction": compass_point(aspect.azimuth_deg),
        "elevation_deg": round(aspect.elevation_deg, 3),
        "range_km": round(aspect.range_km, 3),
    })
}
