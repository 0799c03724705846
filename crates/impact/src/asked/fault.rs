use plan::{ActivityId, Standing};
use timeline::{Severity, Time};

/// One place where a plan does otherwise than was asked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What is otherwise.
    pub kind: FaultKind,
    /// How much it matters.
    pub severity: Severity,
    /// Which activity; of what is missing the id that it would have.
    pub activity: ActivityId,
    /// What else is to blame.
    pub with: Vec<ActivityId>,
    /// The first instant at which it is otherwise.
    pub start: Time,
    /// The first instant after.
    pub end: Time,
    /// What was asked.
    pub expected: String,
    /// What the plan has.
    pub found: String,
    /// How far it is off, whole minutes, where that can be counted.
    pub off_min: Option<i64>,
}

record::words! {
    /// In what a plan does otherwise than was asked.
    pub enum FaultKind {
        /// The request that it stems from is not in the book.
        Unknown = "request-unknown",
        /// It is another partner's, or another kind of activity.
        Whose = "request-whose",
        /// It is done elsewhere.
        Place = "request-place",
        /// It uses less than it needs.
        Uses = "request-uses",
        /// It lies in none of its windows.
        Window = "request-window",
        /// It lies outside its hours of the day.
        Hours = "request-hours",
        /// It lies on another weekday or kind of day.
        Day = "request-day",
        /// It is not its turn in this day or week.
        Turn = "request-turn",
        /// It is done more often than asked.
        Often = "request-often",
        /// Two times of it are too near to each other.
        Gap = "request-gap",
        /// It takes more or less time than asked.
        Length = "request-length",
        /// It is done in parts where it may not be, or in too short ones.
        Parts = "request-parts",
        /// More or fewer do it than asked.
        Crew = "request-crew",
        /// One who does it cannot.
        Skill = "request-skill",
        /// What it needs does not hold.
        Need = "request-need",
        /// What it follows is not done before it, or too near or too far.
        Order = "request-order",
        /// What must be done is not in the plan.
        Missing = "request-missing",
        /// A part of everybody's day lies elsewhere, or is longer or shorter.
        Block = "block-time",
        /// A part of everybody's day is not in the plan.
        BlockMissing = "block-missing",
        /// A day has more of a kind of activity than it lets a person do.
        DayLimit = "day-limit",
        /// Somebody does two things at once.
        Twice = "crew-twice",
        /// Somebody is not aboard, or cannot do anything.
        Absent = "crew-absent",
        /// More is used than there is.
        Taken = "device-taken",
        /// What is used is out of use.
        Down = "device-down",
        /// It is done where nothing is any more, or not yet.
        NoPlace = "element-absent",
    }
}

impl FaultKind {
    /// What cannot be done as it stands must be mended, whoever asks; whether the rest must is as the request is.
    pub(crate) fn severity(self, standing: Standing) -> Severity {
        match self {
            Self::Skill | Self::Need | Self::Order | Self::Missing | Self::BlockMissing => Severity::Must,
            Self::Twice | Self::Absent | Self::Taken | Self::Down | Self::NoPlace => Severity::Must,
            Self::Block | Self::DayLimit | Self::Unknown => Severity::Should,
            _ if standing == Standing::Mandatory => Severity::Must,
            _ => Severity::Should,
        }
    }
}

impl Fault {
    /// What is wrong, in one sentence.
    #[must_use]
    pub fn message(&self) -> String {
        let with: Vec<String> = self.with.iter().map(|id| format!("`{id}`")).collect();
        let with = if with.is_empty() { String::new() } else { format!(" with {}", with.join(", ")) };
        format!("`{}`{with}: {}", self.activity, self.found)
    }

    /// Whether they are the same fault before and after: in the same, of the same activity.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.kind == other.kind && self.activity == other.activity && self.with == other.with
    }

    /// In order of weight, then of time; equal faults come in one order however they were found.
    pub(crate) fn order(&self, other: &Self) -> std::cmp::Ordering {
        let worst = other.severity.cmp(&self.severity).then(self.start.cmp(&other.start));
        let which = worst.then_with(|| self.activity.cmp(&other.activity)).then(self.kind.cmp(&other.kind));
        which.then_with(|| self.with.cmp(&other.with)).then_with(|| self.found.cmp(&other.found))
    }
}
