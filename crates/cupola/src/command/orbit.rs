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
    /// At the moment of `span` furthest from any observation.
    pub(crate) fn over(sky: &Sky, span: Interval) -> Self {
        let at = sky.weakest(span);
        let warnings: Vec<String> = shortfall(sky, span).into_iter().chain(sky.warning(at)).collect();
        Self {
            source: sky.source_over(span),
            age_days: sky.ephemeris().age(at).days(),
            error_km: sky.ephemeris().error_km(at),
            warning: (!warnings.is_empty()).then(|| warnings.join(" ")),
        }
    }
}

/// Where the source says nothing, so that an empty list is not taken for an empty sky.
fn shortfall(sky: &Sky, span: Interval) -> Option<String> {
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

/// `value` with so many decimals: a figure shows what it knows, not what the float holds.
pub(crate) fn round(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}
