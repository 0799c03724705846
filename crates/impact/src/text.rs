//! What is told, as JSON.

use rules::Breach;
use serde_json::{Value, json};
use timeline::{Duration, Time};

use crate::{Difference, Fault, Verdict};

/// `value` with so many decimals: a figure shows what it knows, not what the float holds.
#[must_use]
pub fn round(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

/// A time in JSON, to the millisecond: what searches find.
#[must_use]
pub fn stamp(time: Time) -> String {
    const MILLISECOND: Duration = Duration::from_nanoseconds(1_000_000);
    (time + MILLISECOND / 2).floor_to(MILLISECOND).to_string()
}

/// A broken rule: `{rule, severity, start, end, value, limit, unit, subjects, message, mend}`.
#[must_use]
pub fn breach_to_json(breach: &Breach) -> Value {
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

/// What is otherwise than asked: `{fault, severity, activity, with, start, end, expected, found, off_min, message}`.
#[must_use]
pub fn fault_to_json(fault: &Fault) -> Value {
    json!({
        "fault": fault.kind.to_string(),
        "severity": fault.severity.word(),
        "activity": fault.activity.as_str(),
        "with": fault.with.iter().map(plan::ActivityId::as_str).collect::<Vec<_>>(),
        "start": stamp(fault.start),
        "end": stamp(fault.end),
        "expected": fault.expected,
        "found": fault.found,
        "off_min": fault.off_min,
        "message": fault.message(),
    })
}

impl Verdict {
    /// `{breaks_must, newly_broken, mended, changed: [{before, after, worse}], requests: {newly_broken, mended, changed}}`; the first
    /// lists are of the rules.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let rules = breach_lists(&self.rules);
        let requests = lists(&self.requests, fault_to_json, Difference::<Fault>::is_worse);
        let [newly_broken, mended, changed] = rules;
        let mut all = json!({
            "breaks_must": self.breaks_a_must(),
            "newly_broken": newly_broken,
            "mended": mended,
            "changed": changed,
        });
        let [newly_broken, mended, changed] = requests;
        all["requests"] = json!({"newly_broken": newly_broken, "mended": mended, "changed": changed});
        all
    }
}

/// What is newly broken, mended and changed of rules.
pub(crate) fn breach_lists(all: &Difference<Breach>) -> [Value; 3] {
    lists(all, breach_to_json, Difference::<Breach>::is_worse)
}

fn lists<T>(
    all: &Difference<T>,
    json: impl Fn(&T) -> Value,
    is_worse: impl Fn(&T, &T) -> bool,
) -> [Value; 3] {
    let pair = |(before, after): &(T, T)| json!({"before": json(before), "after": json(after), "worse": is_worse(before, after)});
    [
        all.newly_broken.iter().map(&json).collect(),
        all.mended.iter().map(&json).collect(),
        all.changed.iter().map(pair).collect(),
    ]
}
