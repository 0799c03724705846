//! `cupola status`: where the station is, who is aboard, what is docked, what comes next, how old the data is.

mod page;

use anyhow::Result;
use book::Book;
use orbit::{Geodetic, Globe, Shadow};
use record::Word;
use serde_json::{Value, json};
use timeline::{Duration, Interval, Time, Window};

use super::crew::{self, Person};
use super::orbit::round;
use crate::answer::Answer;
use crate::portmap::{self, PortMap};
use crate::sky::{self, Sky};

/// Why the page shows the moment that it shows.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shown {
    /// Somebody asked for it.
    Asked,
    /// It is now.
    Now,
    /// Now lies beyond what the book knows; this is the last moment it does know.
    LastKnown { now: Time },
}

struct Status {
    title: String,
    at: Time,
    shown: Shown,
    known_until: Time,
    aboard: Vec<Person>,
    docked: Vec<Docked>,
    map: PortMap,
    sky: Result<InOrbit, String>,
    presence: Option<Unbroken>,
    coming: Vec<Coming>,
}

struct Docked {
    flight: String,
    name: String,
    vehicle: String,
    vehicle_name: String,
    port: String,
    port_name: String,
    since: Time,
    quality: &'static str,
    marked: bool,
}

/// What the orbit says at the moment shown.
struct InOrbit {
    below: Geodetic,
    speed_km_s: f64,
    sunlit: bool,
    /// When light next changes to shadow or back, within a day.
    light_changes: Option<Time>,
    beta_deg: f64,
    orbit: Option<u32>,
    /// Relays in sight; nothing when none has data then.
    relays: Option<Vec<String>>,
    source: String,
    age_days: f64,
    epoch: Option<Time>,
    error_km: f64,
    warning: Option<String>,
}

/// The unbroken presence that holds at the moment shown.
struct Unbroken {
    since: Time,
    days: i64,
}

struct Coming {
    at: Time,
    what: String,
}

pub(crate) fn answer(book: &Book, sky: &Result<Sky<'_>>, at: Time, shown: Shown) -> Answer {
    let in_orbit = match sky {
        Ok(sky) => in_orbit(sky, at).map_err(|error| format!("{error:#}")),
        Err(error) => Err(format!("{error:#}")),
    };
    let mut coming = planned(book, at);
    if let Some(sky) = sky.as_ref().ok().filter(|sky| sky.warning(at).is_none()) {
        coming.extend(ahead(book, sky, at).unwrap_or_default());
    }
    coming.sort_by(|a, b| (a.at, &a.what).cmp(&(b.at, &b.what)));
    let status = Status {
        title: book.about.title.clone(),
        at,
        shown,
        known_until: book.about.known_until,
        aboard: crew::aboard(book, at),
        docked: docked(book, at),
        map: portmap::layout(book, at),
        sky: in_orbit,
        presence: unbroken(book, at),
        coming,
    };
    Answer::new(status, Status::json, Status::page)
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

fn in_orbit(sky: &Sky<'_>, at: Time) -> Result<InOrbit> {
    let state = sky.state(at)?;
    let fixed = orbit::teme_to_itrf(&state, sky.orientation());
    let around = Interval::new(at - Duration::MINUTE * 3, at + Duration::DAY).unwrap_or(Interval::ALWAYS);
    let shadow = sky
        .station(around)
        .and_then(|station| Ok(orbit::eclipses(&station, &sky.sun(around)?, Shadow::Half, Globe::WGS84)));
    let shadow = shadow.unwrap_or_else(|_| Window::empty());
    Ok(InOrbit {
        below: Geodetic::of(fixed.position_km),
        speed_km_s: state.velocity_km_s.length(),
        sunlit: !shadow.contains(at),
        light_changes: shadow.next_change(at),
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

fn relays_in_sight(sky: &Sky<'_>, at: Time) -> Result<Option<Vec<String>>> {
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

/// Flights of the plan that are still to come.
fn planned(book: &Book, at: Time) -> Vec<Coming> {
    let ahead = book.flights.iter().filter_map(|flight| {
        let launched = flight.launched.filter(|launched| *launched > at)?;
        Some(Coming { at: launched, what: format!("{} launches", flight.name) })
    });
    let undock = book.dockings.iter().filter_map(|docking| {
        let name = &book.flights.get(&docking.flight)?.name;
        let left = docking.to.filter(|to| *to > at && docking.from <= at)?;
        Some(Coming { at: left, what: format!("{name} leaves {}", book.ports.get(&docking.port)?.name) })
    });
    let mut coming: Vec<Coming> = ahead.chain(undock).collect();
    coming.sort_by_key(|event| event.at);
    coming.truncate(4);
    coming
}

/// The next contact of each control centre and ground station, the nearest few.
fn ahead(book: &Book, sky: &Sky<'_>, at: Time) -> Result<Vec<Coming>> {
    let Some(span) = Interval::new(at, at + Duration::HOUR * 12) else { return Ok(Vec::new()) };
    let station = sky.station(span)?;
    let mut coming = Vec::new();
    for site in book.sites.iter().filter(|site| site.kind == partnership::SiteKind::GroundStation) {
        let next =
            orbit::contacts(&station, &sky::site_of(site, None)).into_iter().find(|c| c.rise.time > at);
        coming.extend(next.map(|contact| Coming {
            at: contact.rise.time,
            what: format!("{} sees it, up to {:.0}°", site.name, contact.culmination.elevation_deg),
        }));
    }
    coming.sort_by_key(|event| event.at);
    coming.truncate(5);
    Ok(coming)
}

/// Counted to the last moment the book knows: nobody can say that a presence will go on.
fn unbroken(book: &Book, at: Time) -> Option<Unbroken> {
    let aboard = book.aboard();
    let presence = people::presence(&aboard, Interval::ALWAYS);
    let now = presence.iter().find(|stretch| stretch.contains(at))?;
    let days = (at.min(book.about.known_until) - now.start()).nanoseconds() / Duration::DAY.nanoseconds();
    Some(Unbroken { since: now.start(), days })
}

impl Status {
    fn json(&self) -> Value {
        let docked = |docked: &Docked| {
            json!({
                "flight": docked.flight,
                "name": docked.name,
                "vehicle": docked.vehicle,
                "port": docked.port,
                "since": docked.since.to_string(),
                "quality": docked.quality,
            })
        };
        let mut status = json!({
            "time": self.at.to_string(),
            "known_until": self.known_until.to_string(),
            "aboard": crew::json(&self.aboard, self.at),
            "docked": self.docked.iter().map(docked).collect::<Vec<_>>(),
            "presence": self.presence.as_ref().map(|unbroken| json!({
                "since": unbroken.since.to_string(),
                "days": unbroken.days,
            })),
            "next": self.coming.iter().map(|event| json!({"time": event.at.to_string(), "what": event.what}))
                .collect::<Vec<_>>(),
        });
        let orbit = match &self.sky {
            Ok(orbit) => json!({
                "position": {
                    "lat_deg": round(orbit.below.latitude_deg, 4),
                    "lon_deg": round(orbit.below.longitude_deg, 4),
                    "altitude_km": round(orbit.below.height_km, 3),
                },
                "position_error_km": round(orbit.error_km, 1),
                "sunlit": orbit.sunlit,
                "beta_deg": round(orbit.beta_deg, 3),
                "orbit": orbit.orbit,
                "relays_in_sight": orbit.relays,
                "elements_epoch": orbit.epoch.map(|epoch| epoch.to_string()),
                "elements_age_days": round(orbit.age_days, 4),
                "source": orbit.source,
                "warning": orbit.warning,
            }),
            Err(reason) => json!({
                "position": null,
                "sunlit": null,
                "beta_deg": null,
                "elements_epoch": null,
                "elements_age_days": null,
                "warning": reason,
            }),
        };
        if let (Some(status), Value::Object(orbit)) = (status.as_object_mut(), orbit) {
            status.extend(orbit);
        }
        status
    }
}
