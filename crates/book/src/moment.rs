use record::{FlightId, MomentId, RuleId};
use timeline::{Interval, Time};

/// A moment of the station's life that is told in words.
#[derive(Clone, PartialEq, Debug)]
pub struct Moment {
    /// Names it.
    pub id: MomentId,
    /// What kind of moment.
    pub kind: MomentKind,
    /// When it began.
    pub from: Time,
    /// When it was over; nothing when it was no stretch of time.
    pub until: Option<Time>,
    /// One line.
    pub title: String,
    /// What happened.
    pub text: String,
    /// Flights that it is about.
    pub flights: Vec<FlightId>,
    /// Flight rules whose findings in that time it tells of.
    pub rules: Vec<RuleId>,
}

record::words! {
    /// What kind of moment is told.
    pub enum MomentKind {
        /// The station came near to being left, or worse.
        NearMiss = "near-miss",
        /// Findings are wrong: the data is, not what happened.
        DataFault = "data-fault",
    }
}

impl Moment {
    /// Its time, when it is a stretch of time.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        Interval::new(self.from, self.until?)
    }
}
