use std::fmt;

use crate::Interval;

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum Severity {
    /// Worth knowing; nothing is wrong.
    Info,
    /// Should be mended; work can go on.
    Should,
    /// Must be mended; what depends on it cannot be trusted.
    Must,
}

impl Severity {
    /// `info`, `should` or `must`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Should => "should",
            Self::Must => "must",
        }
    }
}

/// Where in a text something stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Place {
    /// File, relative to what was read.
    pub file: String,
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1; 0 when the whole line is meant.
    pub column: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.file, self.line)?;
        if self.column > 0 { write!(f, ":{}", self.column) } else { Ok(()) }
    }
}

/// Something that is wrong or worth knowing: where, when, why, and what would mend it.
///
/// Bad data and broken rules are findings, never panics and never silent repairs.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// The rule or check that found it, a stable id such as `port-overlap`.
    pub rule: String,
    /// How much it matters.
    pub severity: Severity,
    /// Where in the data it stands, when it stands in a file.
    pub place: Option<Place>,
    /// When it holds, when it holds at a time.
    pub during: Option<Interval>,
    /// The ids of the records to blame.
    pub subjects: Vec<String>,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What would mend it; empty when nobody knows.
    pub mend: String,
}

impl Finding {
    /// A finding that only says what is wrong; the rest is added with the functions below.
    #[must_use]
    pub fn new(rule: impl Into<String>, severity: Severity, message: impl Into<String>) -> Self {
        Self {
            rule: rule.into(),
            severity,
            place: None,
            during: None,
            subjects: Vec::new(),
            message: message.into(),
            mend: String::new(),
        }
    }

    /// The same, standing at `place`.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// The same, holding during `interval`.
    #[must_use]
    pub fn during(mut self, interval: Interval) -> Self {
        self.during = Some(interval);
        self
    }

    /// The same, with one more record to blame.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Self {
        self.subjects.push(subject.into());
        self
    }

    /// The same, with what would mend it.
    #[must_use]
    pub fn mend(mut self, mend: impl Into<String>) -> Self {
        self.mend = mend.into();
        self
    }
}

impl fmt::Display for Finding {
    /// `flights.csv:12: must: port-overlap: … — mend: …`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        write!(f, "{}: {}: {}", self.severity.word(), self.rule, self.message)?;
        if let Some(during) = self.during {
            write!(f, " ({during})")?;
        }
        if self.mend.is_empty() { Ok(()) } else { write!(f, " — mend: {}", self.mend) }
    }
}
