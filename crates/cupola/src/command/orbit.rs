//! `cupola orbit`: states, light, links and passes.

pub(crate) mod contacts;
pub(crate) mod events;
pub(crate) mod passes;
pub(crate) mod state;

use serde_json::{Value, json};
use timeline::{Duration, Interval, Time};

use crate::text::{Ink, WIDTH, ends, rule, thousands, wrap};
use sky::Sky;

/// Head of a page about the orbit over a span: what, when, from which source and how good it is.
pub(crate) fn head(title: &str, span: Interval, provenance: &Provenance, ink: Ink) -> String {
    let when = format!("{} to {} GMT", span.start().gmt(), span.end().gmt());
    let mut text = ends(&ink.bold(title), &when) + &rule(ink);
    text += &provenance.lines(ink);
    text + "\n"
}

/// Where the orbit of an answer came from and how far it can be trusted.
#[derive(Clone)]
pub(crate) struct Provenance {
    pub(crate) source: String,
    pub(crate) age_days: f64,
    pub(crate) error_km: f64,
    pub(crate) warning: Option<String>,
}

impl Provenance {
    /// A list of objects, each with how good the orbit behind it is at worst.
    pub(crate) fn stamped(&self, items: impl Iterator<Item = Value>) -> Value {
        let with = |mut item: Value| {
            if let Some(fields) = item.as_object_mut() {
                fields.insert("error_km".to_owned(), json!(round(self.error_km, 1)));
                fields.insert("warning".to_owned(), json!(self.warning));
            }
            item
        };
        Value::Array(items.map(with).collect())
    }

    /// The source, its age and its error, and a warning where there is one.
    pub(crate) fn lines(&self, ink: Ink) -> String {
        let about = format!(
            "From {}; up to {:.1} days from it, error about {}.",
            self.source,
            self.age_days,
            about_km(self.error_km)
        );
        let mut text = ink.faint(&wrap(&about, WIDTH, 0));
        if let Some(warning) = &self.warning {
            text += &ink.warning(&wrap(&format!("▲ {warning}"), WIDTH, 0));
        }
        text
    }

    /// At the moment of `span` whose answer is worth least.
    pub(crate) fn over(sky: &Sky<'_>, span: Interval) -> Self {
        let worst = Self::at(sky, sky.worst(span));
        let warnings: Vec<String> = shortfall(sky, span).into_iter().chain(worst.warning).collect();
        let warning = (!warnings.is_empty()).then(|| warnings.join(" "));
        Self { source: sky.source_over(span), warning, ..worst }
    }

    pub(crate) fn at(sky: &Sky<'_>, at: Time) -> Self {
        Self {
            source: sky.source(at),
            age_days: sky.ephemeris().age(at).days(),
            error_km: sky.ephemeris().error_km(at),
            warning: sky.warning(at),
        }
    }
}

/// Where the source says nothing, so that an empty list is not taken for an empty sky.
fn shortfall(sky: &Sky<'_>, span: Interval) -> Option<String> {
    const NAMED: usize = 3;
    let unknown = sky.unknown(span);
    let stretches = unknown.intervals();
    let named = |stretch: &Interval| format!("{} to {}", stretch.start().gmt(), stretch.end().gmt());
    let mut text = stretches.iter().take(NAMED).map(named).collect::<Vec<_>>().join(", ");
    if stretches.len() > NAMED {
        text += &format!(" and {} more times", stretches.len() - NAMED);
    }
    (!stretches.is_empty()).then(|| format!("The source says nothing from {text} GMT."))
}

/// A time in JSON, to the millisecond: what the search finds.
pub(crate) fn stamp(time: Time) -> String {
    const MILLISECOND: Duration = Duration::from_nanoseconds(1_000_000);
    (time + MILLISECOND / 2).floor_to(MILLISECOND).to_string()
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

/// `value` with so many decimals: a figure shows what it knows, not what the float holds.
pub(crate) fn round(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}
