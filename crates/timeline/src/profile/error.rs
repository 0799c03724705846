use thiserror::Error;

use crate::{Duration, Interval, Time, Unit};

/// Why a profile cannot be made.
#[derive(Clone, PartialEq, Debug, Error)]
pub enum ProfileError {
    /// No values were given.
    #[error("profile `{name}` has no values")]
    Empty {
        /// Of the profile.
        name: String,
    },
    /// The first value is not for the start of the domain.
    #[error("profile `{name}` begins at {domain_start}, but its first value is for {first}")]
    Start {
        /// Of the profile.
        name: String,
        /// Where the domain starts.
        domain_start: Time,
        /// Where the values start.
        first: Time,
    },
    /// A value is not after the one before, or not before the end of the domain.
    #[error("profile `{name}`: {time} is not after the time before it, or is past the end")]
    Order {
        /// Of the profile.
        name: String,
        /// The time that is out of order.
        time: Time,
    },
    /// A value or a slope is infinite or not a number, or becomes so before its segment ends.
    #[error("profile `{name}` has no finite value in the segment that starts at {time}")]
    NotFinite {
        /// Of the profile.
        name: String,
        /// Start of the first such segment.
        time: Time,
    },
    /// The two do not count the same.
    #[error("`{left}` is in `{left_unit}` and `{right}` in `{right_unit}`: they do not go together")]
    Units {
        /// Name of the first.
        left: String,
        /// Its unit.
        left_unit: Unit,
        /// Name of the second.
        right: String,
        /// Its unit.
        right_unit: Unit,
    },
    /// No instant belongs to both domains.
    #[error("`{name}` is known from {domain}, which shares no time with {other}")]
    Apart {
        /// Of the profile.
        name: String,
        /// Where it has values.
        domain: Interval,
        /// Where values were asked for.
        other: Interval,
    },
    /// The result would neither be a step nor a linear profile.
    #[error("`{name}` runs along lines; this is done to step profiles only")]
    NotStep {
        /// Of the profile.
        name: String,
    },
    /// Moved past the end of representable time.
    #[error("`{name}` cannot be moved by {by}: time ends before")]
    OutOfTime {
        /// Of the profile.
        name: String,
        /// How far it should have moved.
        by: Duration,
    },
}
