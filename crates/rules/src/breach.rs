use timeline::{Severity, Time, Unit};

use crate::rule::Rule;

/// One place where a rule is broken.
#[derive(Clone, PartialEq, Debug)]
pub struct Breach {
    /// The rule's id.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// The first instant at which it is broken.
    pub start: Time,
    /// The first instant after; the start itself for what takes no time.
    pub end: Time,
    /// The worst value meanwhile, where there is one.
    pub value: Option<f64>,
    /// What it should have been held to.
    pub limit: Option<f64>,
    /// What both count.
    pub unit: Unit,
    /// The profiles and cases to blame.
    pub subjects: Vec<String>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What would mend it.
    pub mend: String,
}

impl Breach {
    /// How far the value is beyond the limit, without sign; nothing where one of them is not a number.
    #[must_use]
    pub fn margin(&self) -> Option<f64> {
        Some((self.value? - self.limit?).abs())
    }

    pub(crate) fn new(rule: &Rule, start: Time, end: Time) -> Self {
        Self {
            rule: rule.written().id.clone(),
            severity: rule.written().severity,
            start,
            end,
            value: None,
            limit: None,
            unit: Unit::NONE,
            subjects: Vec::new(),
            message: String::new(),
            mend: String::new(),
        }
    }

    pub(crate) fn measured(mut self, value: f64, limit: f64, unit: Unit) -> Self {
        self.value = Some(value);
        self.limit = Some(limit);
        self.unit = unit;
        self
    }

    pub(crate) fn about<S: Into<String>>(mut self, subjects: impl IntoIterator<Item = S>) -> Self {
        self.subjects.extend(subjects.into_iter().map(Into::into));
        self
    }

    pub(crate) fn saying(mut self, message: String, mend: String) -> Self {
        self.message = message;
        self.mend = mend;
        self
    }
}

/// A rule on which nothing can be said, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Unjudged {
    /// The rule's id.
    pub rule: String,
    /// What is missing.
    pub why: String,
}

/// Worst first, then in order of time; equal breaches come in one order however they were found.
pub(crate) fn sort(breaches: &mut [&Breach]) {
    breaches.sort_by(|a, b| {
        let worst = b.severity.cmp(&a.severity).then(a.start.cmp(&b.start));
        let which = worst.then_with(|| a.rule.cmp(&b.rule)).then(a.end.cmp(&b.end));
        which.then_with(|| a.subjects.cmp(&b.subjects)).then_with(|| a.message.cmp(&b.message))
    });
}
