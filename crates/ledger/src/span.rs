use thiserror::Error;
use timeline::{Interval, Time};

/// The time of a statement: from an instant up to another, which is not counted. It may be empty.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Span {
    from: Time,
    to: Time,
}

/// A span that ends before it begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Error)]
#[error("the span ends at {to}, before its beginning {from}")]
pub struct SpanError {
    /// Its beginning.
    pub from: Time,
    /// Its end.
    pub to: Time,
}

impl Span {
    /// The span from `from` to `to`.
    ///
    /// # Errors
    /// When it ends before it begins.
    pub fn new(from: Time, to: Time) -> Result<Self, SpanError> {
        if from <= to { Ok(Self { from, to }) } else { Err(SpanError { from, to }) }
    }

    /// Its first instant.
    #[must_use]
    pub const fn from(self) -> Time {
        self.from
    }

    /// The first instant after it.
    #[must_use]
    pub const fn to(self) -> Time {
        self.to
    }

    /// The same as an interval; nothing when it is empty.
    #[must_use]
    pub fn interval(self) -> Option<Interval> {
        Interval::new(self.from, self.to)
    }

    /// Whether it has that instant.
    #[must_use]
    pub fn has(self, time: Time) -> bool {
        self.from <= time && time < self.to
    }
}
