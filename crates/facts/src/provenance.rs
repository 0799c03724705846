use serde_json::{Value, json};
use sky::Sky;
use timeline::{Interval, Time};

use crate::round;

/// Where the orbit of an answer came from and how far it can be trusted.
#[derive(Clone, PartialEq, Debug)]
pub struct Provenance {
    /// The source in words.
    pub source: String,
    /// How far from the source's own data, days.
    pub age_days: f64,
    /// Error to be expected, km.
    pub error_km: f64,
    /// What a person must know before they use it.
    pub warning: Option<String>,
}

impl Provenance {
    /// A list of objects, each with how good the orbit behind it is at worst.
    #[must_use]
    pub fn stamped(&self, items: impl Iterator<Item = Value>) -> Value {
        let with = |mut item: Value| {
            if let Some(fields) = item.as_object_mut() {
                fields.insert("error_km".to_owned(), json!(round(self.error_km, 1)));
                fields.insert("warning".to_owned(), json!(self.warning));
            }
            item
        };
        Value::Array(items.map(with).collect())
    }

    /// At the moment of `span` whose answer is worth least.
    #[must_use]
    pub fn over(sky: &Sky<'_>, span: Interval) -> Self {
        let worst = Self::at(sky, sky.worst(span));
        let warnings: Vec<String> = shortfall(sky, span).into_iter().chain(worst.warning).collect();
        let warning = (!warnings.is_empty()).then(|| warnings.join(" "));
        Self { source: sky.source_over(span), warning, ..worst }
    }

    /// At one moment.
    #[must_use]
    pub fn at(sky: &Sky<'_>, at: Time) -> Self {
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
