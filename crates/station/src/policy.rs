use record::{MeasureId, ProcessId, SupplyId};
use timeline::Duration;

/// What is done when supplies get short or nobody would be left: one step of a station's response policy.
#[derive(Clone, PartialEq, Debug)]
pub struct Measure {
    /// Names it.
    pub id: MeasureId,
    /// Full name.
    pub name: String,
    /// Which is taken first of those that are due at once: the lowest number. No two measures have the same.
    pub order: u32,
    /// The classes of supply that call for it when no more days are left of one of them than this; nothing for a measure that
    /// no supply calls for.
    pub call: Option<Call>,
    /// What is done.
    pub does: Response,
}

/// When supplies call for a measure.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// Which classes of supply.
    pub supplies: Vec<SupplyId>,
    /// How long one of them lasts at the use of the day when it is called for.
    pub at: Duration,
}

/// What a measure does.
#[derive(Clone, PartialEq, Debug)]
pub enum Response {
    /// People use less of the supply that called for it.
    Ration {
        /// How much less, as a part, above 0 and up to 1.
        less: f64,
    },
    /// Processes stop that people can do without for a time.
    Stop {
        /// Which.
        processes: Vec<ProcessId>,
    },
    /// A ship stays whose leaving would leave too few aboard, until somebody comes.
    Hold {
        /// So many are to stay aboard.
        least: u32,
        /// By what part of it its certified life may be passed, with a warning.
        over_life: f64,
    },
    /// As many stay as the stocks carry.
    CrewDown {
        /// So many stay at least.
        least: u32,
    },
    /// Everybody leaves: unless a ship that brings the supply comes before it is used up, or at once when one of these processes
    /// runs short.
    Leave {
        /// Processes without which nobody lives.
        processes: Vec<ProcessId>,
        /// How long it takes from the decision on.
        notice: Duration,
    },
}
