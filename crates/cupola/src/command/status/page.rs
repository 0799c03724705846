//! The status page.

use std::ops::Deref;

use facts::status::{Shown, Station, Status};
use orbit::Growth;
use timeline::{Duration, Time};

use super::Facts;
use crate::command::crew;
use crate::command::orbit::{about_km, place};
use crate::portmap;
use crate::text::{Align, Ink, WIDTH, ends, pad, rule, table, thousands, wrap};

impl Deref for Facts {
    type Target = Status;
    fn deref(&self) -> &Status {
        &self.status
    }
}

impl Facts {
    pub(super) fn page(&self, ink: Ink) -> String {
        let when = format!("{} GMT · {}", self.at.gmt(), self.at.date());
        let mut text = ends(&ink.bold(&format!("CUPOLA · {}", self.title)), &ink.bold(&when));
        text += &rule(ink);
        text += &self.age_lines(ink);
        text += "\n";
        text += &self.orbit_lines(ink);
        text += "\n";
        match &self.station {
            Some(station) => {
                text += &self.station_lines(station, ink);
                text += &self.next_lines(ink);
                text += &presence_lines(station, ink);
            }
            None => {
                let until = format!("not known: the book ends on {} GMT", self.known_until.gmt());
                text += &format!("{}\n\n", heading("CREW", &until, ink));
                text += &self.next_lines(ink);
            }
        }
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
            Shown::Now | Shown::Asked if self.at > self.known_until => ink.warning(&wrap(
                "▲ This is beyond what the book knows: crew and ports are those of its last moment and of its plans.",
                WIDTH,
                0,
            )),
            Shown::Now | Shown::Asked => String::new(),
        };
        text += &ink.faint(&format!("Crew and flights known until {} GMT.\n", self.known_until.gmt()));
        if let Ok(orbit) = &self.sky {
            let epoch = orbit.epoch.map_or_else(String::new, |epoch| format!(" of {} GMT", epoch.gmt()));
            let from = if orbit.epoch.is_some() { "element set" } else { orbit.source.as_str() };
            let (age, error) = (age(orbit.age_days), about_km(orbit.error_km));
            let about = format!("Orbit from the {from}{epoch}, {age}; error about {error}.");
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
                return ink.warning(&wrap(&format!("▲ Position not known: {reason}."), WIDTH, 0));
            }
        };
        let light = match orbit.sunlit {
            None => "not known".to_owned(),
            Some(lit) => {
                let (now, then) = if lit { ("sunlight", "shadow") } else { ("shadow", "sunlight") };
                let wait = |at: Time| Duration::SECOND * ((at - self.at).seconds() as i64);
                let change = |at: Time| format!("{then} in {}", wait(at));
                let change = orbit.light_changes.map_or_else(|| "no change within a day".to_owned(), change);
                format!("in {now}, {change}")
            }
        };
        let relays = match &orbit.relays {
            None => "not known: the book has no orbit of a relay for this time".to_owned(),
            Some(relays) if relays.is_empty() => "none in sight".to_owned(),
            Some(relays) => relays.join(" "),
        };
        let number = orbit.orbit.map_or_else(String::new, |number| format!("orbit {number}"));
        let position = format!(
            "{}  {:.0} km high  {:.2} km/s",
            place(orbit.below.latitude_deg, orbit.below.longitude_deg, 1),
            orbit.below.height_km,
            orbit.speed_km_s
        );
        let line = |label: &str, left: String, right: String| {
            format!("{}\n", format!("{}{}{right}", pad(&ink.bold(label), 10), pad(&left, 62)).trim_end())
        };
        let beta = format!("beta {:+.1}°", orbit.beta_deg);
        if orbit.warning.is_some() {
            let holds = orbit.age_days <= Growth::STATION_HEIGHT_HOLDS.days();
            let height =
                format!("about {:.0} km high; where along the orbit is not known", orbit.below.height_km);
            let (height, beta) = if holds { (height, beta) } else { ("not known".to_owned(), String::new()) };
            return line("POSITION", height, String::new()) + &line("LIGHT", "not known".to_owned(), beta);
        }
        line("POSITION", position, number)
            + &line("LIGHT", light, beta)
            + &line("RELAYS", relays, String::new())
    }

    fn next_lines(&self, ink: Ink) -> String {
        if self.coming.is_empty() {
            return String::new();
        }
        let mut text = format!("{}\n", heading("NEXT", "", ink));
        for event in &self.coming {
            text += &format!("{}   {}\n", event.at.gmt(), event.what);
        }
        text + "\n"
    }

    fn station_lines(&self, station: &Station, ink: Ink) -> String {
        let mut text = format!("{}\n", heading("CREW", &format!("{} aboard", station.aboard.len()), ink));
        text += &crew::lines(&station.aboard, self.at, ink);
        text += &format!("\n{}\n", heading("PORTS", &format!("{} docked", station.docked.len()), ink));
        text += &portmap::draw(&self.map, ink);
        text + "\n" + &docked_lines(station, self.at, ink)
    }
}

fn docked_lines(station: &Station, at: Time, ink: Ink) -> String {
    let rows: Vec<Vec<String>> = station
        .docked
        .iter()
        .map(|docked| {
            let days = (at - docked.since).days().floor();
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

fn presence_lines(station: &Station, ink: Ink) -> String {
    match &station.presence {
        Some(unbroken) => format!(
            "{}{} days without a break since {} GMT\n",
            pad(&ink.bold("PRESENCE"), 10),
            ink.bold(&thousands(unbroken.days)),
            unbroken.since.gmt()
        ),
        None => format!("{}nobody aboard\n", pad(&ink.bold("PRESENCE"), 10)),
    }
}

fn heading(title: &str, beside: &str, ink: Ink) -> String {
    format!("{}{beside}", pad(&ink.bold(title), 10)).trim_end().to_owned()
}

/// `3 hours old`, `12 days old`.
fn age(days: f64) -> String {
    if days < 2.0 { format!("{:.0} hours old", days * 24.0) } else { format!("{days:.0} days old") }
}
