//! `cupola status`: where the station is, who is aboard, what is docked, what comes next, how old the data is.

use anyhow::Result;
use book::Book;
use orbit::{Geodetic, Globe, Shadow};
use record::Word;
use serde_json::{Value, json};
use timeline::{Duration, Interval, Time, Window};

use super::orbit::round;
use crate::answer::Answer;
use crate::portmap::{self, PortMap};
use crate::sky::{self, Sky};
use crate::text::{Align, Ink, WIDTH, ends, pad, rule, table, thousands, wrap};

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

struct Person {
    name: String,
    partner: String,
    short: String,
    colour: String,
    role: &'static str,
    since: Time,
    up: String,
    up_name: String,
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
        aboard: aboard(book, at),
        docked: docked(book, at),
        map: portmap::layout(book, at),
        sky: in_orbit,
        presence: unbroken(book, at),
        coming,
    };
    Answer::new(status, Status::json, Status::page)
}

fn aboard(book: &Book, at: Time) -> Vec<Person> {
    let mut people: Vec<Person> = book
        .aboard()
        .iter()
        .filter(|one| one.interval.contains(at))
        .map(|one| {
            let partner = book.partners.get(&one.stay.partner);
            let flight = book.flights.get(&one.stay.up);
            Person {
                name: book
                    .people
                    .get(&one.stay.person)
                    .map_or_else(|| one.stay.person.to_string(), |p| p.name.clone()),
                partner: one.stay.partner.to_string(),
                short: partner.map_or_else(String::new, |partner| partner.short.clone()),
                colour: partner.map_or_else(String::new, |partner| partner.colour.clone()),
                role: one.stay.role.word(),
                since: one.interval.start(),
                up: one.stay.up.to_string(),
                up_name: flight.map_or_else(|| one.stay.up.to_string(), |flight| flight.name.clone()),
            }
        })
        .collect();
    people.sort_by(|a, b| (a.since, &a.name).cmp(&(b.since, &b.name)));
    people
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
    let state = sky.ephemeris().state(at)?;
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

fn unbroken(book: &Book, at: Time) -> Option<Unbroken> {
    let aboard = book.aboard();
    let presence = people::presence(&aboard, Interval::ALWAYS);
    let now = presence.iter().find(|stretch| stretch.contains(at))?;
    let days = (at - now.start()).nanoseconds() / Duration::DAY.nanoseconds();
    Some(Unbroken { since: now.start(), days })
}

impl Status {
    fn json(&self) -> Value {
        let person = |person: &Person| {
            json!({
                "name": person.name,
                "partner": person.partner,
                "role": person.role,
                "flight_up": person.up,
                "since": person.since.to_string(),
                "days": round((self.at - person.since).days(), 3),
            })
        };
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
            "aboard": self.aboard.iter().map(person).collect::<Vec<_>>(),
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

    fn page(&self, ink: Ink) -> String {
        let when = format!("{} GMT · {}", self.at.gmt(), self.at.date());
        let mut text = ends(&ink.bold(&format!("CUPOLA · {}", self.title)), &ink.bold(&when));
        text += &rule(ink);
        text += &self.age_lines(ink);
        text += "\n";
        text += &self.orbit_lines(ink);
        text += "\n";
        text += &self.crew_lines(ink);
        text += &format!("\n{}\n", heading("PORTS", &format!("{} docked", self.docked.len()), ink));
        text += &portmap::draw(&self.map, ink);
        text += "\n";
        text += &self.docked_lines(ink);
        text += &self.next_lines(ink);
        text += &self.presence_lines(ink);
        text
    }

    fn age_lines(&self, ink: Ink) -> String {
        let mut text = match self.shown {
            Shown::LastKnown { now } => ink.warning(&wrap(
                &format!(
                    "▲ Now is {} GMT, {:.0} days beyond what this book knows. This is the last moment it knows.",
                    now.gmt(),
                    (now - self.at).days()
                ),
                WIDTH,
                0,
            )),
            Shown::Now | Shown::Asked => String::new(),
        };
        text += &ink.faint(&format!("Crew and flights known until {} GMT.\n", self.known_until.gmt()));
        if let Ok(orbit) = &self.sky {
            let epoch = orbit.epoch.map_or_else(String::new, |epoch| format!(" of {} GMT", epoch.gmt()));
            let from = if orbit.epoch.is_some() { "element set" } else { orbit.source.as_str() };
            let about = format!(
                "Orbit from the {from}{epoch}, {}; error about {:.0} km.",
                age(orbit.age_days),
                orbit.error_km.max(1.0)
            );
            text += &ink.faint(&wrap(&about, WIDTH, 0));
            if let Some(warning) = &orbit.warning {
                text += &ink.warning(&wrap(&format!("▲ {warning}"), WIDTH, 0));
            }
        }
        text
    }

    fn orbit_lines(&self, ink: Ink) -> String {
        let orbit = match &self.sky {
            Ok(orbit) => orbit,
            Err(reason) => {
                return ink.warning(&wrap(&format!("▲ Where it is: not known. {reason}"), WIDTH, 0));
            }
        };
        let side = |degrees: f64, sides: [&str; 2]| {
            format!("{:.1}° {}", degrees.abs(), if degrees < 0.0 { sides[1] } else { sides[0] })
        };
        let light = if orbit.sunlit { "in sunlight" } else { "in shadow" };
        let change = orbit.light_changes.map_or_else(
            || "no change within a day".to_owned(),
            |at| {
                let wait = Duration::SECOND * ((at - self.at).seconds() as i64);
                format!("{} in {wait}", if orbit.sunlit { "shadow" } else { "sunlight" })
            },
        );
        let relays = match &orbit.relays {
            None => "not known: the book has no orbit of a relay for this time".to_owned(),
            Some(relays) if relays.is_empty() => "none in sight".to_owned(),
            Some(relays) => relays.join(" "),
        };
        let number = orbit.orbit.map_or_else(String::new, |number| format!("orbit {number}"));
        let position = format!(
            "{}  {}  {:.0} km high  {:.2} km/s",
            side(orbit.below.latitude_deg, ["N", "S"]),
            side(orbit.below.longitude_deg, ["E", "W"]),
            orbit.below.height_km,
            orbit.speed_km_s
        );
        let line = |label: &str, left: String, right: String| {
            format!("{}\n", format!("{}{}{right}", pad(&ink.bold(label), 10), pad(&left, 62)).trim_end())
        };
        let beta = format!("beta {:+.1}°", orbit.beta_deg);
        if orbit.warning.is_some() {
            let height =
                format!("about {:.0} km high; where along the orbit is not known", orbit.below.height_km);
            return line("POSITION", height, String::new()) + &line("LIGHT", "not known".to_owned(), beta);
        }
        line("POSITION", position, number)
            + &line("LIGHT", format!("{light}, {change}"), beta)
            + &line("RELAYS", relays, String::new())
    }

    fn crew_lines(&self, ink: Ink) -> String {
        let mut text = format!("{}\n", heading("CREW", &format!("{} aboard", self.aboard.len()), ink));
        let rows: Vec<Vec<String>> = self
            .aboard
            .iter()
            .map(|person| {
                vec![
                    ink.tint(&person.colour, &person.short),
                    person.name.clone(),
                    person.role.replace('-', " "),
                    person.since.gmt(),
                    format!("{}", (self.at - person.since).days().floor()),
                    person.up_name.clone(),
                ]
            })
            .collect();
        let heads = [
            ("partner", Align::Left),
            ("name", Align::Left),
            ("role", Align::Left),
            ("aboard since (GMT)", Align::Left),
            ("days", Align::Right),
            ("came with", Align::Left),
        ];
        if !rows.is_empty() {
            text += &table(ink, &heads, &rows);
        }
        text
    }

    fn docked_lines(&self, ink: Ink) -> String {
        let rows: Vec<Vec<String>> = self
            .docked
            .iter()
            .map(|docked| {
                let days = (self.at - docked.since).days().floor();
                let quality = if docked.marked { docked.quality } else { "" };
                vec![
                    docked.name.clone(),
                    docked.vehicle_name.clone(),
                    docked.port_name.clone(),
                    docked.since.gmt(),
                    format!("{days}"),
                    quality.to_owned(),
                ]
            })
            .collect();
        let heads = [
            ("docked", Align::Left),
            ("vehicle", Align::Left),
            ("port", Align::Left),
            ("since (GMT)", Align::Left),
            ("days", Align::Right),
            ("", Align::Left),
        ];
        if rows.is_empty() { String::new() } else { table(ink, &heads, &rows) + "\n" }
    }

    fn next_lines(&self, ink: Ink) -> String {
        let mut text = format!("{}\n", heading("NEXT", "", ink));
        for event in &self.coming {
            text += &format!("{}   {}\n", event.at.gmt(), event.what);
        }
        text + "\n"
    }

    fn presence_lines(&self, ink: Ink) -> String {
        match &self.presence {
            Some(unbroken) => format!(
                "{}{} days without a break since {} GMT\n",
                pad(&ink.bold("PRESENCE"), 10),
                ink.bold(&thousands(unbroken.days)),
                unbroken.since.gmt()
            ),
            None => format!("{}nobody aboard\n", pad(&ink.bold("PRESENCE"), 10)),
        }
    }
}

fn heading(title: &str, beside: &str, ink: Ink) -> String {
    format!("{}{beside}", pad(&ink.bold(title), 10)).trim_end().to_owned()
}

/// `3 hours old`, `12 days old`.
fn age(days: f64) -> String {
    if days < 2.0 { format!("{:.0} hours old", days * 24.0) } else { format!("{days:.0} days old") }
}
