use thiserror::Error;
use timeline::{Interval, Time};

/// Why a position could not be given.
#[derive(Clone, PartialEq, Debug, Error)]
pub enum OrbitError {
    /// The element set cannot describe an orbit round the Earth.
    #[error("element set of {name} at {epoch}: {reason}")]
    Elements {
        /// Name of the object.
        name: String,
        /// Epoch of the set.
        epoch: Time,
        /// What is wrong.
        reason: String,
    },
    /// The theory stopped making sense before it reached the time.
    #[error("propagating {name} from {epoch} to {time}: {reason}")]
    Propagation {
        /// Name of the object.
        name: String,
        /// Epoch of the element set.
        epoch: Time,
        /// The time asked for.
        time: Time,
        /// What became impossible.
        reason: String,
    },
    /// The source says nothing about that time, and nothing is extrapolated.
    #[error("{source_name} covers {span}, not {time}")]
    OutsideSpan {
        /// Which source.
        source_name: String,
        /// What it covers.
        span: Interval,
        /// The time asked for.
        time: Time,
    },
    /// The time lies in a hole of a table.
    #[error("{source_name} has no states between {before} and {after}, so none at {time}")]
    Gap {
        /// Which source.
        source_name: String,
        /// The last state before the hole.
        before: Time,
        /// The first state after it.
        after: Time,
        /// The time asked for.
        time: Time,
    },
    /// The source holds nothing to work with.
    #[error("{source_name} is empty: {needed}")]
    Empty {
        /// Which source.
        source_name: String,
        /// What it needs.
        needed: &'static str,
    },
    /// Entries that must follow each other in time do not.
    #[error("{source_name}: the entry at {time} follows a later one at {before}")]
    Order {
        /// Which source.
        source_name: String,
        /// The later time that comes first.
        before: Time,
        /// The earlier time that comes second.
        time: Time,
    },
    /// A number that must be finite is not.
    #[error("{source_name}: the entry at {time} has a number that is not finite")]
    NotFinite {
        /// Which source.
        source_name: String,
        /// The entry's time.
        time: Time,
    },
}
