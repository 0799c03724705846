use crate::SlotSet;

/// The most persons a problem may have: a crew is one 64-bit word.
pub const MAX_PERSONS: usize = 64;
/// The most kinds of task.
pub const MAX_KINDS: usize = 64;
/// The most slots: half a year of minutes.
pub const MAX_SLOTS: u32 = 1 << 18;
/// The most tasks.
pub const MAX_TASKS: usize = 200_000;

/// A crew timeline to be found: who does what when, on a grid of equal slots. What belongs to the calendar, to links and daylight, to
/// qualifications, is already turned into slots and sets; the search knows none of it.
///
/// Everything is an index into a list of the same problem. Times are slots from 0, half-open: a task of duration 3 that starts at 5
/// holds slots 5, 6 and 7. [`check`](Self::check) says what is wrong with a problem; searches refuse one that fails it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Problem {
    /// Length of the grid.
    pub slots: u32,
    /// The first slot of every day, rising, the first one 0. Only [`DayLimit`]s and explanations look at days.
    pub day_starts: Vec<u32>,
    /// Who can be assigned; at most [`MAX_PERSONS`].
    pub persons: Vec<Person>,
    /// What tasks use while they run.
    pub resources: Vec<Resource>,
    /// Sets that tasks name in [`Task::within`]: light, links, somebody awake.
    pub windows: Vec<SlotSet>,
    /// Rest between kinds of task of one person.
    pub separations: Vec<Separation>,
    /// How much of some kinds one person may do in a day.
    pub limits: Vec<DayLimit>,
    /// Whose the tasks are, and what they are entitled to.
    pub partners: Vec<Partner>,
    /// How evenly work is spread; the default asks for nothing.
    pub spread: Spread,
    /// What is to be placed; at most [`MAX_TASKS`].
    pub tasks: Vec<Task>,
    /// What binds tasks to one another.
    pub relations: Vec<Relation>,
}

/// Somebody who can do tasks, one at a time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Person {
    /// When nothing can be given to them: sleep, absence, meetings that are no tasks.
    pub blocked: SlotSet,
}

/// Something of limited amount that tasks use while they run and then give back: a device, a rack, power.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Resource {
    /// The amount there is before the first change.
    pub capacity: u32,
    /// From these slots on another amount; rising.
    pub changes: Vec<(u32, u32)>,
}

impl Resource {
    /// The same amount at all times.
    #[must_use]
    pub const fn constant(capacity: u32) -> Self {
        Self { capacity, changes: Vec::new() }
    }

    /// The amount at a slot.
    #[must_use]
    pub fn capacity_at(&self, slot: u32) -> u32 {
        self.changes.iter().rev().find(|(from, _)| *from <= slot).map_or(self.capacity, |(_, amount)| *amount)
    }
}

/// After a task of kind `first`, the same person starts none of kind `then` for `gap_slots`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Separation {
    /// Kind of the earlier task.
    pub first: usize,
    /// Kind of the later task; may be the same.
    pub then: usize,
    /// Least slots between the end of the one and the start of the other.
    pub gap_slots: u32,
}

/// How much of some kinds each of some persons may do in one day. A task counts whole, for the day in which it starts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DayLimit {
    /// To each of whom it applies alone.
    pub persons: PersonSet,
    /// The kinds that count, one bit each.
    pub kinds: u64,
    /// Most slots a day.
    pub most_slots: Option<u32>,
    /// Most tasks a day.
    pub most_tasks: Option<u32>,
    /// On these days, rising, another number of slots: half and free days.
    pub exceptions: Vec<(usize, u32)>,
}

impl DayLimit {
    /// Most slots on a day; nothing when there is no limit.
    #[must_use]
    pub fn most_slots_on(&self, day: usize) -> Option<u32> {
        match self.exceptions.binary_search_by_key(&day, |exception| exception.0) {
            Ok(at) => Some(self.exceptions[at].1),
            Err(_) => self.most_slots,
        }
    }
}

/// Whose tasks are, for shares.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Partner {
    /// Crew-slots this partner should get in this problem.
    pub target_slots: u32,
    /// How dear a deviation is: `weight × deviation² / target_slots` is taken from the objective, with `deviation` in crew-slots (the
    /// target counts at least 1). So a deviation by the whole target costs `weight` a crew-slot. 0: shares do not matter.
    pub weight: u32,
}

/// How evenly work is to be spread: `weight × Σ (load − mean load)² / mean load` is taken from the objective, loads in slots.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spread {
    /// Among whom.
    pub persons: PersonSet,
    /// Which kinds count, one bit each.
    pub kinds: u64,
    /// How dear unevenness is; 0: it does not matter.
    pub weight: u32,
}

/// Something to be done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Task {
    /// How long, at least 1.
    pub duration: u32,
    /// Who takes part, from start to end; empty when nobody is needed. Nobody fills two roles of one task.
    pub crew: Vec<Role>,
    /// What it uses while it runs.
    pub demands: Vec<Demand>,
    /// Where it may start.
    pub starts: SlotSet,
    /// Windows of [`Problem::windows`] that must hold all through.
    pub within: Vec<usize>,
    /// Its kind, for separations and limits; below [`MAX_KINDS`].
    pub kind: usize,
    /// Whose it is.
    pub partner: Option<usize>,
    /// Must it be done?
    pub need: Need,
    /// What doing it is worth. Not negative.
    pub value: u32,
    /// Where it stood in the plan before, and what moving it costs.
    pub previous: Option<Previous>,
    /// A placement that is not to be touched: started, done, or fixed by somebody. It is taken as it is, whatever it breaks.
    pub locked: Option<Placement>,
    /// Tasks with the same number are alternatives: at most one of them is placed. If any of them is mandatory, one of them is.
    pub choice: Option<usize>,
}

/// Must a task be done?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Need {
    /// If there is room.
    #[default]
    Optional,
    /// Always; no value pays for leaving it out.
    Mandatory,
}

/// `count` of `eligible`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Role {
    /// How many persons.
    pub count: u32,
    /// Of whom.
    pub eligible: PersonSet,
}

/// `amount` of a resource.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Demand {
    /// Which of [`Problem::resources`].
    pub resource: usize,
    /// How much, at least 1.
    pub amount: u32,
}

/// When and by whom a task is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Placement {
    /// Its first slot.
    pub start: u32,
    /// All who take part.
    pub crew: PersonSet,
}

/// Where a task stood before, and what it costs to change that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Previous {
    /// Where it stood.
    pub placement: Placement,
    /// Taken from the objective when it starts at another slot.
    pub start_cost: u32,
    /// Taken from the objective for each person of its crew who was not in it before.
    pub person_cost: u32,
    /// Taken from the objective when it is left out.
    pub drop_cost: u32,
}

/// What binds two tasks. Unless said otherwise it binds only when both are placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// `then` starts at least `min_slots` and at most `max_slots` after `first` has ended.
    Before {
        /// The earlier task.
        first: usize,
        /// The later task.
        then: usize,
        /// Least slots between them.
        min_slots: u32,
        /// Most slots between them.
        max_slots: Option<u32>,
        /// May `then` be done without `first`?
        presence: Presence,
    },
    /// They do not overlap, and at least `gap_slots` lie between them, whichever comes first.
    Apart {
        /// One task.
        a: usize,
        /// The other.
        b: usize,
        /// Least slots between them.
        gap_slots: u32,
    },
    /// The smaller crew is part of the larger one: the same person comes back.
    SameCrew {
        /// One task.
        a: usize,
        /// The other.
        b: usize,
    },
    /// Nobody is in both crews.
    OtherCrew {
        /// One task.
        a: usize,
        /// The other.
        b: usize,
    },
}

/// Does a relation ask for its first task?
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presence {
    /// The later task is placed only when the first one is.
    #[default]
    NeedsFirst,
    /// It binds only when both are placed.
    IfBoth,
}

/// A set of persons, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PersonSet(pub u64);

impl PersonSet {
    /// Nobody.
    pub const NOBODY: Self = Self(0);

    /// One person.
    #[must_use]
    pub const fn one(person: usize) -> Self {
        Self(1 << person)
    }

    /// Is the person in it?
    #[must_use]
    pub const fn contains(self, person: usize) -> bool {
        person < MAX_PERSONS && self.0 >> person & 1 == 1
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> u32 {
        self.0.count_ones()
    }

    /// Is nobody in it?
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Their indices, rising.
    pub fn iter(self) -> impl Iterator<Item = usize> {
        crate::slots::bits(self.0).map(|bit| bit as usize)
    }

    /// Those in both.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Those in either.
    #[must_use]
    pub const fn or(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Those in this set and not in `other`.
    #[must_use]
    pub const fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }
}

impl FromIterator<usize> for PersonSet {
    fn from_iter<I: IntoIterator<Item = usize>>(persons: I) -> Self {
        persons.into_iter().fold(Self::NOBODY, |set, person| set.or(Self::one(person)))
    }
}

/// A plan: for each task of the problem where it stands, or that it does not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Solution {
    /// One entry a task, in the problem's order.
    pub placements: Vec<Option<Placement>>,
}
