//! Broken flight rules as JSON shows them.

use rules::Breach;
use serde_json::{Value, json};

use crate::{round, stamp};

/// One breach as an object.
#[must_use]
pub fn json(breach: &Breach) -> Value {
    json!({
        "rule": breach.rule,
        "severity": breach.severity.word(),
        "start": stamp(breach.start),
        "end": stamp(breach.end),
        "value": breach.value.map(|value| round(value, 6)),
        "limit": breach.limit.map(|limit| round(limit, 6)),
        "unit": breach.unit.to_string(),
        "subjects": breach.subjects,
        "message": breach.message,
        "mend": breach.mend,
    })
}
