//! The crew day as a book describes it.

use record::{BlockId, DayId, ElementId, KindId, PartnerId, ResourceId, SkillId};

use crate::{Clock, Day, Demand, Weekday};

/// A kind of day: what may be done on it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct DayKind {
    /// Names it.
    pub id: DayId,
    /// The weekdays that are such days, where no holiday says otherwise.
    pub on: Vec<Weekday>,
    /// For those who live on these segments; for all when none is named.
    pub segments: Vec<String>,
    /// How much of a kind one person may do on it.
    pub limits: Vec<Limit>,
    /// The kind of activity that such a day is as a whole, such as `rest-day`.
    pub is: Option<KindId>,
}

/// How much of a kind of activity one person may do in a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Limit {
    /// Which.
    pub kind: KindId,
    /// At most, minutes.
    pub minutes: u32,
}

/// A day that is another kind of day than its weekday says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Holiday {
    /// Which day.
    pub day: Day,
    /// What it is called.
    pub title: String,
    /// What kind of day it is.
    pub kind: DayId,
    /// For those who live on these segments; for all when none is named.
    pub segments: Vec<String>,
}

/// A part of the day that everybody has: sleep, a meal, an hour on the treadmill.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Block {
    /// Names it.
    pub id: BlockId,
    /// For people.
    pub title: String,
    /// What rules call it.
    pub kind: KindId,
    /// On these kinds of day; on all when none is named.
    pub days: Vec<DayId>,
    /// On these weekdays; on all when none is named.
    pub on: Vec<Weekday>,
    /// For those who live on these segments; for all when none is named.
    pub segments: Vec<String>,
    /// When.
    pub extent: Extent,
    /// Where.
    pub element: Option<ElementId>,
    /// What each person uses.
    pub uses: Vec<Demand>,
}

/// When a block takes place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Extent {
    /// From one time of day to another; to an earlier one is on the next day.
    Fixed {
        /// Begins.
        from: Clock,
        /// Ends.
        to: Clock,
    },
    /// So long, at any time between two times of one day.
    Within {
        /// Length, minutes.
        minutes: u32,
        /// Begins at the earliest.
        from: Clock,
        /// Ends at the latest.
        to: Clock,
    },
}

/// What activities use, as much of it as there is at any time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Resource {
    /// Names it.
    pub id: ResourceId,
    /// For people.
    pub title: String,
    /// Standing.
    pub owner: PartnerId,
    /// Where.
    pub element: Option<ElementId>,
    /// How much there is at any time, in `unit`.
    pub capacity: u32,
    /// What is counted: `user`, `W`, `channel`.
    pub unit: String,
}

/// What people can learn.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Skill {
    /// Names it.
    pub id: SkillId,
    /// For people.
    pub title: String,
}
