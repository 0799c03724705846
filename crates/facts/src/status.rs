//! Where the station is, who is aboard, what is docked, what comes next, how old the data is.

use book::Book;
use orbit::{Geodetic, Globe, Growth, Shadow};
use record::Word;
use serde_json::{Value, json};
use sky::{Sky, SkyError};
use timeline::{Duration, Interval, Time};

use crate::crew::{self, Person};
use crate::{FactsError, round, stamp};

/// Why the page shows the moment that it shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shown {
    /// Somebody asked for it.
    Asked,
    /// It is now.
    Now,
    /// Now lies beyond what the book knows; this is the last moment it does know.
    LastKnown {
        /// What the clock says.
        now: Time,
    },
}

/// A station at one moment.
#[derive(Clone, PartialEq, Debug)]
pub struct Status {
    /// The station's name.
    pub title: String,
    /// The moment shown.
    pub at: Time,
    /// Why that moment.
    pub shown: Shown,
    /// Up to here the book tells history.
    pub known_until: Time,
    /// Nothing after what the book knows.
    pub station: Option<Station>,
    /// What the orbit says, or why it says nothing.
    pub sky: Result<InOrbit, String>,
    /// What comes next, in order of time.
    pub coming: Vec<Coming>,
}

/// The station and who and what is there.
#[derive(Clone, PartialEq, Debug)]
pub struct Station {
    /// Everybody aboard.
    pub aboard: Vec<Person>,
    /// Everything docked.
    pub docked: Vec<Docked>,
    /// The unbroken presence, while there is one.
    pub presence: Option<Unbroken>,
}

/// A vehicle at a port.
#[derive(Clone, PartialEq, Debug)]
pub struct Docked {
    /// Id of the flight.
    pub flight: String,
    /// What it is called.
    pub name: String,
    /// Id of its type.
    pub vehicle: String,
    /// What its type is called.
    pub vehicle_name: String,
    /// Id of the port.
    pub port: String,
    /// What the port is called.
    pub port_name: String,
    /// Since when.
    pub since: Time,
    /// How well that is known, in a word.
    pub quality: &'static str,
    /// Whether it must be shown as not read from a source.
    pub marked: bool,
}

/// What the orbit says at the moment shown.
#[derive(Clone, PartialEq, Debug)]
pub struct InOrbit {
    /// The place below, and the height.
    pub below: Geodetic,
    /// How fast, km/s.
    pub speed_km_s: f64,
    /// Nothing when the light could not be found.
    pub sunlit: Option<bool>,
    /// When light next changes to shadow or back, within a day.
    pub light_changes: Option<Time>,
    /// The Sun's angle to the orbital plane, degrees.
    pub beta_deg: f64,
    /// The number of the revolution.
    pub orbit: Option<u32>,
    /// Relays in sight; nothing when none has data then.
    pub relays: Option<Vec<String>>,
    /// Where the orbit is known from.
    pub source: String,
    /// How far from the source's own data, days.
    pub age_days: f64,
    /// When the element set holds.
    pub epoch: Option<Time>,
    /// Error to be expected, km.
    pub error_km: f64,
    /// What a person must know before they use it.
    pub warning: Option<String>,
}

/// The unbroken presence that holds at the moment shown.
#[derive(Clone, PartialEq, Debug)]
pub struct Unbroken {
    /// Since when.
    pub since: Time,
    /// Whole days.
    pub days: i64,
}

/// Something to come.
#[derive(Clone, PartialEq, Debug)]
pub struct Coming {
    /// When.
    pub at: Time,
    /// `launch`, `arrival`, `departure`, `contact`.
    pub kind: &'static str,
    /// The flight or site that it is about.
    pub id: String,
    /// In words.
    pub what: String,
}

/// The moment to show when nobody names one: now, or the last moment the book knows when that is past.
#[must_use]
pub fn shown_moment(book: &Book, now: Time) -> (Time, Shown) {
    let known = book.about.known_until;
    if now <= known { (now, Shown::Now) } else { (known, Shown::LastKnown { now }) }
}

/// The station at `at`; without an orbit the rest is still told.
#[must_use]
pub fn status(book: &Book, sky: &Result<Sky<'_>, SkyError>, at: Time, shown: Shown) -> Status {
    let in_orbit = match sky {
        Ok(sky) => in_orbit(sky, at).map_err(|error| error.to_string()),
        Err(error) => Err(error.to_string()),
    };
    let mut coming = traffic_ahead(book, at);
    if let (Ok(sky), Ok(InOrbit { warning: None, .. })) = (sky, &in_orbit) {
        // Without contacts ahead the page is still true; the orbit's own error stands on it already.
        coming.extend(contacts_ahead(book, sky, at).unwrap_or_default());
    }
    coming.sort_by(|a, b| (a.at, &a.what).cmp(&(b.at, &b.what)));
    Status {
        title: book.about.title.clone(),
        at,
        shown,
        known_until: book.about.known_until,
        station: (at <= book.about.known_until).then(|| Station {
            aboard: crew::aboard(book, at),
            docked: docked(book, at),
            presence: unbroken(book, at),
        }),
        sky: in_orbit,
        coming,
    }
}

fn docked(book: &Book, at: Time) -> Vec<Docked> {
    let mut docked: Vec<Docked> = book
        .dockings
        .iter()
        .filter(|docking| docking.interval().is_some_and(|held| held.contains(at)))
        .map(|docking| {
            let flight = book.flights.get(&docking.flight);
            let vehicle = flight.and_then(|flight| book.vehicles.get(&flight.vehicle));
            Docked {
                flight: docking.flight.to_string(),
                name: flight.map_or_else(|| docking.flight.to_string(), |flight| flight.name.clone()),
                vehicle: flight.map_or_else(String::new, |flight| flight.vehicle.to_string()),
                vehicle_name: vehicle.map_or_else(String::new, |vehicle| vehicle.name.clone()),
                port: docking.port.to_string(),
                port_name: book
                    .ports
                    .get(&docking.port)
                    .map_or_else(|| docking.port.to_string(), |p| p.name.clone()),
                since: docking.from,
                quality: docking.provenance.quality.word(),
                marked: docking.provenance.quality.must_be_marked(),
            }
        })
        .collect();
    docked.sort_by(|a, b| (a.since, &a.flight).cmp(&(b.since, &b.flight)));
    docked
}

fn in_orbit(sky: &Sky<'_>, at: Time) -> Result<InOrbit, FactsError> {
    let state = sky.state(at)?;
    let fixed = orbit::teme_to_itrf(&state, sky.orientation());
    let (sunlit, light_changes) = light(sky, at)?;
    Ok(InOrbit {
        below: Geodetic::of(fixed.position_km),
        speed_km_s: state.velocity_km_s.length(),
        sunlit,
        light_changes,
        beta_deg: sky.beta_deg(at)?,
        orbit: sky.revolution(at),
        relays: relays_in_sight(sky, at)?,
        source: sky.source(at),
        age_days: sky.ephemeris().age(at).days(),
        epoch: sky.element_set(at).map(|set| set.epoch),
        error_km: sky.ephemeris().error_km(at),
        warning: sky.warning(at),
    })
}

/// Whether the station is in sunlight, and when that next changes within a day; nothing where the orbit is not known.
fn light(sky: &Sky<'_>, at: Time) -> Result<(Option<bool>, Option<Time>), FactsError> {
    let Some(around) = Interval::new(at - Duration::MINUTE * 3, at + Duration::DAY) else {
        return Ok((None, None));
    };
    let station = sky.station(around)?;
    let Some(known) = station.coverage().into_iter().find(|stretch| stretch.contains(at)) else {
        return Ok((None, None));
    };
    let shadow = orbit::eclipses(&station, &sky.sun(around)?, Shadow::Half, Globe::SHADOW);
    let changes = shadow.next_change(at).filter(|&change| change < known.end());
    Ok((Some(!shadow.contains(at)), changes))
}

fn relays_in_sight(sky: &Sky<'_>, at: Time) -> Result<Option<Vec<String>>, FactsError> {
    let Some(around) = Interval::new(at - Duration::MINUTE * 10, at + Duration::MINUTE * 10) else {
        return Ok(None);
    };
    let station = sky.station(around)?;
    let relays = sky.relays(around)?;
    let in_sight = relays
        .iter()
        .filter(|relay| orbit::in_sight(&station, relay, sky::link_globe()).contains(at))
        .map(|relay| relay.id.clone())
        .collect();
    Ok((!relays.is_empty()).then_some(in_sight))
}

/// What comes and goes next.
fn traffic_ahead(book: &Book, at: Time) -> Vec<Coming> {
    const SHOWN: usize = 4;
    let name = |flight: &traffic::FlightId| {
        book.flights.get(flight).map_or_else(|| flight.to_string(), |f| f.name.clone())
    };
    let port =
        |port: &station::PortId| book.ports.get(port).map_or_else(|| port.to_string(), |p| p.name.clone());
    let mut coming = Vec::new();
    for flight in &book.flights {
        if let Some(launched) = flight.launched.filter(|launched| *launched > at) {
            let what = format!("{} launches", flight.name);
            coming.push(Coming { at: launched, kind: "launch", id: flight.id.to_string(), what });
        }
    }
    for docking in &book.dockings {
        let id = docking.flight.to_string();
        if docking.from > at {
            let what = format!("{} arrives at {}", name(&docking.flight), port(&docking.port));
            coming.push(Coming { at: docking.from, kind: "arrival", id, what });
        } else if let Some(left) = docking.to.filter(|to| *to > at) {
            let what = format!("{} leaves {}", name(&docking.flight), port(&docking.port));
            coming.push(Coming { at: left, kind: "departure", id, what });
        }
    }
    coming.sort_by_key(|event| event.at);
    coming.truncate(SHOWN);
    coming
}

/// The next contacts with ground stations that the station itself speaks with.
fn contacts_ahead(book: &Book, sky: &Sky<'_>, at: Time) -> Result<Vec<Coming>, FactsError> {
    const SHOWN: usize = 3;
    let Some(span) = Interval::new(at, at + Duration::HOUR * 12) else { return Ok(Vec::new()) };
    let station = sky.station(span)?;
    let mut coming = Vec::new();
    for site in book.sites.iter().filter(|site| site.kind == partnership::SiteKind::GroundStation) {
        let contacts = orbit::contacts(&station, &sky::site_of(site, None));
        let Some(next) = contacts.into_iter().find(|contact| contact.rise.time > at) else { continue };
        let what = format!("{} sees it, up to {:.0}°", site.name, next.culmination.elevation_deg);
        coming.push(Coming { at: next.rise.time, kind: "contact", id: site.id.to_string(), what });
    }
    coming.sort_by_key(|event| event.at);
    coming.truncate(SHOWN);
    Ok(coming)
}

fn unbroken(book: &Book, at: Time) -> Option<Unbroken> {
    let since = book.present_since(at)?;
    Some(Unbroken { since, days: (at - since).nanoseconds() / Duration::DAY.nanoseconds() })
}

impl Status {
    /// One object.
    #[must_use]
    pub fn json(&self) -> Value {
        let station = self.station.as_ref();
        let mut status = json!({
            "time": self.at.to_string(),
            "known_until": self.known_until.to_string(),
            "aboard": station.map(|station| crew::json(&station.aboard, self.at)),
            "docked": station.map(|station| station.docked.iter().map(Docked::json).collect::<Vec<_>>()),
            "presence": station.and_then(|station| station.presence.as_ref()).map(Unbroken::json),
            "next": self.coming.iter().map(Coming::json).collect::<Vec<_>>(),
        });
        let orbit = match &self.sky {
            Ok(orbit) => orbit.json(),
            Err(reason) => InOrbit::unknown(reason),
        };
        if let (Some(status), Value::Object(orbit)) = (status.as_object_mut(), orbit) {
            status.extend(orbit);
        }
        status
    }
}

impl Docked {
    fn json(&self) -> Value {
        json!({
            "flight": self.flight,
            "name": self.name,
            "vehicle": self.vehicle,
            "port": self.port,
            "since": self.since.to_string(),
            "quality": self.quality,
        })
    }
}

impl Unbroken {
    fn json(&self) -> Value {
        json!({"since": self.since.to_string(), "days": self.days})
    }
}

impl Coming {
    fn json(&self) -> Value {
        json!({"time": stamp(self.at), "kind": self.kind, "id": self.id, "what": self.what})
    }
}

impl InOrbit {
    /// What cannot be told is null: the place and the light where the place along the orbit is lost.
    fn json(&self) -> Value {
        let told = self.warning.is_none();
        let place = |degrees: f64| told.then(|| round(degrees, 4));
        let height_told = self.age_days <= Growth::STATION_HEIGHT_HOLDS.days();
        json!({
            "position": {
                "lat_deg": place(self.below.latitude_deg),
                "lon_deg": place(self.below.longitude_deg),
                "altitude_km": height_told.then(|| round(self.below.height_km, 3)),
            },
            "position_error_km": round(self.error_km, 1),
            "sunlit": self.sunlit.filter(|_| told),
            "beta_deg": height_told.then(|| round(self.beta_deg, 3)),
            "orbit": self.orbit.filter(|_| told),
            "relays_in_sight": self.relays.as_ref().filter(|_| told),
            "elements_epoch": self.epoch.map(|epoch| epoch.to_string()),
            "elements_age_days": round(self.age_days, 4),
            "source": self.source,
            "warning": self.warning,
        })
    }

    /// The same fields when nothing is known of the orbit.
    fn unknown(reason: &str) -> Value {
        json!({
            "position": null,
            "position_error_km": null,
            "sunlit": null,
            "beta_deg": null,
            "orbit": null,
            "relays_in_sight": null,
            "elements_epoch": null,
            "elements_age_days": null,
            "source": null,
            "warning": reason,
        })
    }
}
