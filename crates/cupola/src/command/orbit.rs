//! `cupola orbit`: states, light, links and passes.

pub(crate) mod contacts;
pub(crate) mod events;
pub(crate) mod passes;
pub(crate) mod state;

use facts::Provenance;
use timeline::{Interval, Time};

use crate::text::{Ink, WIDTH, ends, rule, thousands, wrap};

pub(crate) use facts::{round, stamp};

/// Head of a page about the orbit over a span: what, when, from which source and how good it is.
pub(crate) fn head(title: &str, span: Interval, provenance: &Provenance, ink: Ink) -> String {
    let when = format!("{} to {} GMT", span.start().gmt(), span.end().gmt());
    let mut text = ends(&ink.bold(title), &when) + &rule(ink);
    text += &provenance_lines(provenance, ink);
    text + "\n"
}

/// The source, its age and its error, and a warning where there is one.
pub(crate) fn provenance_lines(provenance: &Provenance, ink: Ink) -> String {
    let about = format!(
        "From {}; up to {:.1} days from it, error about {}.",
        provenance.source,
        provenance.age_days,
        about_km(provenance.error_km)
    );
    let mut text = ink.faint(&wrap(&about, WIDTH, 0));
    if let Some(warning) = &provenance.warning {
        text += &ink.warning(&wrap(&format!("▲ {warning}"), WIDTH, 0));
    }
    text
}

/// The end of something that began at `start`: the time of day, and the date where it is another.
pub(crate) fn until(start: Time, end: Time) -> String {
    let text = end.gmt_seconds();
    if start.date() == end.date() { text[9..].to_owned() } else { text }
}

/// An error with as many digits as it deserves: `1 km`, `430 km`, `29,000 km`.
pub(crate) fn about_km(error_km: f64) -> String {
    let scale = 10_f64.powf(error_km.max(1.0).log10().floor() - 1.0).max(1.0);
    format!("{} km", thousands(((error_km / scale).round() * scale).max(1.0) as i64))
}

/// A latitude and a longitude with the side: `51.2° S  142.1° W`.
pub(crate) fn place(latitude_deg: f64, longitude_deg: f64, decimals: usize) -> String {
    let side = |degrees: f64, sides: [&str; 2]| {
        format!("{:.decimals$}° {}", degrees.abs(), if degrees < 0.0 { sides[1] } else { sides[0] })
    };
    format!("{}  {}", side(latitude_deg, ["N", "S"]), side(longitude_deg, ["E", "W"]))
}
