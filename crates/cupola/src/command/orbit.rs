//! `cupola orbit`: states, light, links and passes.

pub(crate) mod contacts;
pub(crate) mod events;
pub(crate) mod passes;
pub(crate) mod state;

use timeline::Interval;

use crate::sky::Sky;
use crate::text::{Ink, ends, rule, wrap};

/// Head of a page about the orbit over a span: what, when, from which source and how good it is.
pub(crate) fn head(title: &str, span: Interval, provenance: &Provenance, ink: Ink) -> String {
    let when = format!("{} to {} GMT", span.start().gmt(), span.end().gmt());
    let mut text = ends(&ink.bold(title), &when) + &rule(ink);
    text += &ink.faint(&wrap(&format!("From {}.", provenance.source), 100, 0));
    if let Some(warning) = &provenance.warning {
        text += &ink.warning(&wrap(&format!("▲ {warning}"), 100, 0));
    }
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
    /// At the end of `span` furthest from the observation.
    pub(crate) fn over(sky: &Sky, span: Interval) -> Self {
        let worse = [span.start(), span.end()].into_iter().max_by_key(|&time| sky.ephemeris().age(time));
        let at = worse.unwrap_or(span.start());
        Self {
            source: sky.source(at),
            age_days: sky.ephemeris().age(at).days(),
            error_km: sky.ephemeris().error_km(at),
            warning: sky.warning(at),
        }
    }
}

/// `value` with so many decimals: a figure shows what it knows, not what the float holds.
pub(crate) fn round(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}
