//! What partners ask for.

use record::{DayId, ElementId, KindId, PartnerId, PersonId, RequestId, ResourceId, SkillId};
use timeline::{Duration, Interval, Time};

use crate::{Clock, Day, Weekday};

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
    /// Partners who give leave to use what is theirs, where the asker has no part in its use by the agreement.
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

/// Weeks and days of a request without windows are counted from here: 2000-01-03T00:00:00Z, the first Monday of 2000.
const FIRST_MONDAY: Time = Time::from_nanoseconds((2 * 86_400 + 32) * 1_000_000_000);

impl Request {
    /// Whether it has its turn in the day or week that begins with `first`: in each, or in every so many of them, counted from
    /// that of its first window or from 2000-01-03.
    #[must_use]
    pub fn has_turn_in(&self, first: Day) -> bool {
        let Some(per) = self.often.per else { return true };
        let every = i64::from(self.often.every.max(1));
        let begins = self.windows.iter().map(|window| window.start()).min().unwrap_or(FIRST_MONDAY);
        (per.count(Day::of(begins), first)).rem_euclid(every) == 0
    }

    /// Whether it can be told for each time this is done which time of `other` it follows: `other` is done once, or both
    /// are done in the same days or weeks and by as many.
    ///
    /// ```
    /// # use plan::{By, Often, Period, Request, Standing};
    /// # let often = Often { times: 1, per: None, every: 1, by: By::Any, gap_min: 0 };
    /// # let once = Request {
    /// #     id: "setup".parse().unwrap(), partner: "esa".parse().unwrap(), title: "Set up".into(), investigation: String::new(),
    /// #     kind: "experiment".parse().unwrap(), minutes: 30, crew: vec![], element: None, uses: vec![], needs: vec![], breaks_min: 0, approved: vec![], windows: vec![],
    /// #     hours: None, days: vec![], on: vec![], after: vec![], often, part_min: None, worth: 1, standing: Standing::Wished,
    /// #     notes: String::new(),
    /// # };
    /// let weekly = Request { often: Often { per: Some(Period::Week), ..once.often }, ..once.clone() };
    /// assert!(weekly.keeps_step_with(&once) && weekly.keeps_step_with(&weekly));
    /// assert!(!once.keeps_step_with(&weekly));
    /// ```
    #[must_use]
    pub fn keeps_step_with(&self, other: &Self) -> bool {
        let (own, others) = (self.often, other.often);
        let is_by_all = others.by == By::Any || own.by == others.by;
        let Some(per) = others.per else { return is_by_all };
        let begins = other.windows.iter().map(|window| window.start()).min().unwrap_or(FIRST_MONDAY);
        let turn = match per {
            Period::Day => Day::of(begins),
            Period::Week => Day::of(begins).monday(),
        };
        is_by_all && own.per == Some(per) && own.every == others.every && self.has_turn_in(turn)
    }
}

impl Period {
    /// How many days or weeks `day` is after that of `anchor`.
    fn count(self, anchor: Day, day: Day) -> i64 {
        let (anchor, length) = match self {
            Self::Day => (anchor, Duration::DAY),
            Self::Week => (anchor.monday(), Duration::DAY * 7),
        };
        // Noon, so that leap seconds do not count.
        let since = day.start() - anchor.start() + Duration::HOUR * 12;
        since.nanoseconds().div_euclid(length.nanoseconds())
    }
}
