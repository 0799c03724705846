//! Requests and the day's blocks as single things to be done in a span.

use std::collections::BTreeMap;

use record::{ElementId, KindId, PartnerId, PersonId, RequestId};
use timeline::{Duration, Interval, Time, Window};

use crate::expand::Expansion;
use crate::{Activity, ActivityId, Block, Calendar, Demand, Member, Origin, Request, Standing, Task};

/// What is asked for, and of whom.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    /// The time to plan.
    pub span: Interval,
    /// Who is there.
    pub crew: &'a [Member],
    /// What kind of day each day is.
    pub calendar: Calendar<'a>,
    /// What every day has.
    pub blocks: &'a [Block],
    /// What partners ask for.
    pub requests: &'a [Request],
}

/// One thing to be done once.
#[derive(Clone, PartialEq, Debug)]
pub struct Wish {
    /// The name of the activity that it will be.
    pub id: ActivityId,
    /// Where it comes from.
    pub origin: Origin,
    /// For people.
    pub title: String,
    /// Whose it is; nobody's where everybody has it.
    pub partner: Option<PartnerId>,
    /// What rules call it.
    pub kind: KindId,
    /// How long.
    pub length: Duration,
    /// Who does it.
    pub crew: Vec<Seat>,
    /// Where.
    pub element: Option<ElementId>,
    /// What it uses while it lasts.
    pub uses: Vec<Demand>,
    /// Windows and profiles that must hold all the while.
    pub needs: Vec<String>,
    /// What it needs may break for so long.
    pub breaks: Duration,
    /// It lies wholly in one stretch of this.
    pub within: Window,
    /// Whether it must be done.
    pub standing: Standing,
    /// What it is worth beside others.
    pub worth: u32,
    /// For those who carry it out.
    pub notes: String,
}

/// So many of those who can.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat {
    /// How many.
    pub count: u32,
    /// Who can.
    pub of: Vec<PersonId>,
}

/// That one wish comes after another.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Link {
    /// Index of the earlier one in [`Wishes::list`].
    pub first: usize,
    /// Index of the later one.
    pub then: usize,
    /// At least so long between them.
    pub least: Duration,
    /// At most so long between them.
    pub most: Option<Duration>,
    /// What the later one is without the earlier one.
    pub bond: Bond,
}

/// What one wish is without the one before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bond {
    /// Nothing: it is not done.
    Needs,
    /// As good as with it: they only keep their distance.
    Apart,
}

/// All that is to be done in a span.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Wishes {
    /// What is to be placed, in order of ids.
    pub list: Vec<Wish>,
    /// What follows what.
    pub links: Vec<Link>,
    /// What already has its time: fixed blocks.
    pub fixed: BTreeMap<ActivityId, Activity>,
    /// What has no time.
    pub task_list: Vec<Task>,
    /// Requests of which nothing falls into the span, and why.
    pub idle: Vec<(RequestId, Idle)>,
    /// How many wishes there were beyond what one plan can hold.
    pub left_out: usize,
}

/// Why nothing of a request is to be done in a span.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Idle {
    /// None of its windows meets the span, or it is not its turn in these weeks.
    Elsewhere,
    /// No day of the span is of the kinds it asks for.
    NoSuchDay,
    /// Fewer are aboard who can do it than it needs.
    NobodyCan,
}

/// Everything asked for in a span, each thing by itself.
///
/// Ids are the same for every span that has the thing, so that plans of different days can be held against each other. The order of the
/// requests means nothing. A day is of the kinds that a request asks for when it is so for as many as each of its roles needs; whoever then
/// does it, the limits of their own day hold for them.
///
/// ```
/// use plan::{Asked, By, Calendar, Member, Often, Period, Request, Role, Standing, wishes};
/// use timeline::Interval;
/// let week = Interval::new("2026-06-01".parse()?, "2026-06-08".parse()?).unwrap();
/// let member = |person: &str| Member {
///     person: person.parse().unwrap(),
///     partner: "north".parse().unwrap(),
///     segment: None,
///     aboard: week,
///     skills: [].into(),
/// };
/// let exercise = Request {
///     often: Often { times: 1, per: Some(Period::Day), every: 2, by: By::Each, gap_min: 0 },
///     crew: vec![Role { count: 1, skills: vec![], of: vec![], segments: vec![] }],
/// #   id: "exercise".parse().unwrap(),
/// #   partner: "north".parse().unwrap(),
/// #   title: "Exercise".into(),
/// #   investigation: String::new(),
/// #   kind: "exercise".parse().unwrap(),
/// #   minutes: 60,
/// #   element: None,
/// #   uses: vec![],
/// #   needs: vec![], breaks_min: 0, approved: vec![],
/// #   windows: vec![],
/// #   hours: None,
/// #   days: vec![],
/// #   on: vec![],
/// #   after: vec![],
/// #   part_min: None,
/// #   worth: 10,
/// #   standing: Standing::Wished,
/// #   notes: String::new(),
///     // … sixty minutes, at any time
/// };
/// let all = wishes(&Asked {
///     span: week,
///     crew: &[member("berg-anna"), member("dube-sipho")],
///     calendar: Calendar { kinds: &[], holidays: &[] },
///     blocks: &[],
///     requests: &[exercise],
/// });
/// // Every second day since 2000-01-03, and the week begins 9,646 days after: the 1st, 3rd, 5th and 7th.
/// assert_eq!(all.list.len(), 8);
/// assert_eq!(all.list[2].id.as_str(), "exercise.2026-06-03.berg-anna.1");
/// # Ok::<(), timeline::TimeError>(())
/// ```
#[must_use]
pub fn wishes(asked: &Asked<'_>) -> Wishes {
    Expansion::of(asked)
}

impl Wish {
    /// The activity that it is when these do it from then on.
    #[must_use]
    pub fn placed(&self, start: Time, crew: impl IntoIterator<Item = PersonId>) -> Activity {
        Activity {
            title: self.title.clone(),
            origin: self.origin.clone(),
            partner: self.partner.clone(),
            kind: self.kind.clone(),
            start,
            end: start + self.length,
            crew: crew.into_iter().collect(),
            element: self.element.clone(),
            uses: self.uses.clone(),
            hold: crate::Hold::Free,
            progress: crate::Progress::Planned,
            notes: self.notes.clone(),
        }
    }
}
