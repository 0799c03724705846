//! The integrated plan: who does what, when and where.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use record::{BlockId, ElementId, KindId, PartnerId, PersonId, RequestId};
use thiserror::Error;
use timeline::{Duration, Interval, Time};

use crate::Demand;

/// Names one activity of a plan, the same in every plan that has it: the request, the period, and who does it alone, such as
/// `cipher-blood-draw.2026-06-01.1`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ActivityId(Arc<str>);

/// A text that names no activity.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("`{0}` names no activity: an id is a word without blanks, such as `cipher-blood-draw.2026-06-01.1`")]
pub struct ActivityIdError(pub String);

impl ActivityId {
    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for ActivityId {
    type Err = ActivityIdError;
    fn from_str(text: &str) -> Result<Self, ActivityIdError> {
        let is_word = !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c.is_control());
        if is_word { Ok(Self(text.into())) } else { Err(ActivityIdError(text.to_owned())) }
    }
}

impl Borrow<str> for ActivityId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ActivityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ActivityId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One timeline of all partners.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// For people.
    pub title: String,
    /// How fine it is.
    pub level: Level,
    /// The time that is planned.
    pub span: Interval,
    /// Who is planned, and when they are aboard.
    pub crew: BTreeMap<PersonId, Interval>,
    /// What is done.
    pub activities: BTreeMap<ActivityId, Activity>,
    /// What has no time: the crew takes from it what it likes, the first first.
    pub task_list: Vec<Task>,
}

record::words! {
    /// How fine a plan is, with the field's own names.
    pub enum Level {
        /// By day, over an increment: the on-orbit operations summary (OOS).
        Increment = "increment",
        /// By the minute, over a week: the weekly lookahead plan (WLP).
        Week = "week",
        /// By the minute, over days: the short-term plan (STP, OSTP on board).
        Day = "day",
    }
}

/// Something that somebody does at some time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Activity {
    /// For people.
    pub title: String,
    /// Where it comes from.
    pub origin: Origin,
    /// Whose it is; nobody's where everybody has it.
    pub partner: Option<PartnerId>,
    /// What rules call it.
    pub kind: KindId,
    /// Begins.
    pub start: Time,
    /// Ends: the first instant after.
    pub end: Time,
    /// Who takes part.
    pub crew: BTreeSet<PersonId>,
    /// Where.
    pub element: Option<ElementId>,
    /// What it uses while it lasts.
    pub uses: Vec<Demand>,
    /// Whether it may be moved.
    pub hold: Hold,
    /// What became of it.
    pub progress: Progress,
    /// For those who carry it out.
    pub notes: String,
}

/// Where an activity comes from.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Origin {
    /// A partner asked for it.
    Request(RequestId),
    /// Every day has it.
    Block(BlockId),
    /// Somebody put it in.
    Added,
}

record::words! {
    /// Whether an activity may be moved.
    pub enum Hold {
        /// A planner may move it.
        Free = "free",
        /// It stays where it is.
        Locked = "locked",
    }
}

/// What became of an activity.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Progress {
    /// Not yet begun.
    Planned,
    /// Begun.
    Started(Time),
    /// Done, from when to when it was.
    Done(Interval),
    /// Not done, and why.
    Skipped(String),
}

/// Something without a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Task {
    /// What was asked for.
    pub request: RequestId,
    /// For people.
    pub title: String,
    /// How long it takes, minutes.
    pub minutes: u32,
}

impl Activity {
    /// When it is planned to take place; nothing when it ends before it begins.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        Interval::new(self.start, self.end)
    }

    /// How long it is planned to take.
    #[must_use]
    pub fn length(&self) -> Duration {
        self.end - self.start
    }

    /// Working time of all who take part, whole minutes; what is less than a minute is cut.
    #[must_use]
    pub fn crew_minutes(&self) -> u64 {
        u64::try_from(self.length().whole_minutes()).unwrap_or(0) * self.crew.len() as u64
    }

    /// Whether a planner has to leave it as it is: it is locked, has begun, or is over.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        self.hold == Hold::Locked || self.progress != Progress::Planned
    }
}

impl Plan {
    /// A plan in which nothing is done.
    #[must_use]
    pub fn empty(title: impl Into<String>, level: Level, span: Interval) -> Self {
        Self {
            title: title.into(),
            level,
            span,
            crew: BTreeMap::new(),
            activities: BTreeMap::new(),
            task_list: Vec::new(),
        }
    }

    /// The activities in which a person takes part, by start.
    #[must_use]
    pub fn of_person(&self, person: &PersonId) -> Vec<(&ActivityId, &Activity)> {
        let mut own: Vec<_> =
            self.activities.iter().filter(|(_, activity)| activity.crew.contains(person)).collect();
        own.sort_by_key(|(_, activity)| (activity.start, activity.end));
        own
    }
}
