//! What partners ask for.

use record::{DayId, ElementId, KindId, PartnerId, PersonId, RequestId, ResourceId, SkillId};
use timeline::Interval;

use crate::{Clock, Weekday};

/// What one partner asks to have done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Request {
    /// Names it.
    pub id: RequestId,
    /// Who asks, and whose share it counts to.
    pub partner: PartnerId,
    /// For people.
    pub title: String,
    /// The investigation it belongs to; may be empty.
    pub investigation: String,
    /// What rules call it.
    pub kind: KindId,
    /// How long, minutes.
    pub minutes: u32,
    /// Who does it; nobody when it needs no crew.
    pub crew: Vec<Role>,
    /// Where.
    pub element: Option<ElementId>,
    /// What it uses while it lasts.
    pub uses: Vec<Demand>,
    /// Windows and profiles that must hold all the while: `link.ku`, `env.sunlit`.
    pub needs: Vec<String>,
    /// What it needs may break for so long, minutes: a link that is handed over.
    pub breaks_min: u32,
    /// Partners who let it use what is theirs, beyond those who have agreed to share it.
    pub approved: Vec<PartnerId>,
    /// It lies in one of these; anywhere when there is none.
    pub windows: Vec<Interval>,
    /// Between these times of day.
    pub hours: Option<Hours>,
    /// On these kinds of day; on all when none is named.
    pub days: Vec<DayId>,
    /// On these weekdays; on all when none is named.
    pub on: Vec<Weekday>,
    /// What it follows.
    pub after: Vec<After>,
    /// How often.
    pub often: Often,
    /// It may be done in parts of at least so many minutes.
    pub part_min: Option<u32>,
    /// What it is worth beside others, 1 to 1,000.
    pub worth: u32,
    /// Whether the plan may do without it.
    pub standing: Standing,
    /// For those who carry it out.
    pub notes: String,
}

record::words! {
    /// How much a request binds.
    pub enum Standing {
        /// It must be done.
        Mandatory = "mandatory",
        /// It is done when there is time.
        Wished = "wished",
        /// It has no time: the crew takes it from the task list.
        TaskList = "task-list",
    }
}

/// Persons that do something together in the same part.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Role {
    /// How many.
    pub count: u32,
    /// What each has learnt.
    pub skills: Vec<SkillId>,
    /// Of these persons; of all when none is named.
    pub of: Vec<PersonId>,
    /// Of those who live on these segments; of all when none is named.
    pub segments: Vec<String>,
}

/// How much of a resource.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Demand {
    /// Which.
    pub resource: ResourceId,
    /// How much, in its unit.
    pub amount: u32,
}

/// From one time of day to a later one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Hours {
    /// Begins at the earliest.
    pub from: Clock,
    /// Ends at the latest.
    pub to: Clock,
}

/// That a request is done after another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct After {
    /// What is done before.
    pub request: RequestId,
    /// At least so many minutes between its end and the beginning.
    pub least_min: u32,
    /// At most so many.
    pub most_min: Option<u32>,
}

/// How often a request is done.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Often {
    /// So many times.
    pub times: u32,
    /// In each of these; in all when there is none.
    pub per: Option<Period>,
    /// Only in one of so many of them: 4 with weeks is every fourth week.
    pub every: u32,
    /// By each person that can do it, or once for all.
    pub by: By,
    /// At least so many minutes from the end of one to the beginning of the next.
    pub gap_min: u32,
}

record::words! {
    /// A period of the calendar.
    pub enum Period {
        /// From midnight GMT.
        Day = "day",
        /// From Monday.
        Week = "week",
    }
}

record::words! {
    /// For whom something is repeated.
    pub enum By {
        /// Done once by those it needs.
        Any = "any",
        /// Done by each person that can, alone.
        Each = "each",
    }
}
