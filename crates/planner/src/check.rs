use crate::problem::{MAX_KINDS, MAX_PERSONS, MAX_SLOTS, MAX_TASKS, Need, Presence, Problem, Relation, Task};

/// Something that makes a problem unfit to be searched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// More of something than the search can hold.
    #[error("{count} {what}, at most {most} can be planned")]
    TooMany {
        /// Of what.
        what: &'static str,
        /// How many there are.
        count: usize,
        /// How many there may be.
        most: usize,
    },
    /// An index that points to nothing.
    #[error("{place} {index} names {what} {named}, which does not exist")]
    Unknown {
        /// The list that names it.
        place: &'static str,
        /// Where in that list.
        index: usize,
        /// The list that is named.
        what: &'static str,
        /// The index that is not there.
        named: usize,
    },
    /// A list that must rise does not, or days do not begin at 0.
    #[error("the times of {what} {index} must rise and lie within the grid")]
    Order {
        /// Which list.
        what: &'static str,
        /// Where in it.
        index: usize,
    },
    /// A task of no duration.
    #[error("task {0} lasts no time")]
    NoDuration(usize),
    /// A demand of nothing.
    #[error("task {0} asks for an amount of 0")]
    NoAmount(usize),
    /// A locked task that does not lie within the grid.
    #[error("task {0} is locked to a time outside the grid")]
    LockedOutside(usize),
    /// A relation of a task with itself.
    #[error("relation {0} binds a task to itself")]
    SelfRelation(usize),
    /// Tasks that come after one another in a circle.
    #[error("tasks {0:?} come before one another in a circle")]
    Circle(Vec<usize>),
}

impl Problem {
    /// Looks whether the problem can be searched: that indices point to something and orders can be kept. Tasks that can never be
    /// placed are no fault; [`explain`](crate::explain) tells about them.
    ///
    /// # Errors
    ///
    /// All faults found, in the order of the problem's lists.
    pub fn check(&self) -> Result<(), Vec<Fault>> {
        let mut faults = self.sizes();
        if faults.is_empty() {
            self.check_lists(&mut faults);
            for index in 0..self.tasks.len() {
                self.check_task(index, &mut faults);
            }
            self.check_relations(&mut faults);
        }
        if faults.is_empty() {
            faults.extend(self.circle().map(Fault::Circle));
        }
        if faults.is_empty() { Ok(()) } else { Err(faults) }
    }

    fn sizes(&self) -> Vec<Fault> {
        let sizes = [
            ("slots", self.slots as usize, MAX_SLOTS as usize),
            ("persons", self.persons.len(), MAX_PERSONS),
            ("tasks", self.tasks.len(), MAX_TASKS),
            ("resources", self.resources.len(), MAX_TASKS),
            ("relations", self.relations.len(), 4 * MAX_TASKS),
            ("cells of resources and slots", self.resources.len() * self.slots as usize, MAX_CELLS),
        ];
        let over = sizes.into_iter().filter(|(_, count, most)| count > most);
        over.map(|(what, count, most)| Fault::TooMany { what, count, most }).collect()
    }

    fn check_lists(&self, faults: &mut Vec<Fault>) {
        let days = &self.day_starts;
        let rise = days.windows(2).all(|pair| pair[0] < pair[1]);
        if days.first() != Some(&0) || !rise || days.last().is_some_and(|last| *last >= self.slots.max(1)) {
            faults.push(Fault::Order { what: "day", index: 0 });
        }
        for (index, resource) in self.resources.iter().enumerate() {
            if !resource.changes.windows(2).all(|pair| pair[0].0 < pair[1].0) {
                faults.push(Fault::Order { what: "resource", index });
            }
        }
        for (index, separation) in self.separations.iter().enumerate() {
            for kind in [separation.first, separation.then] {
                known(faults, ("separation", index), ("kind", kind), MAX_KINDS);
            }
        }
    }

    fn check_task(&self, index: usize, faults: &mut Vec<Fault>) {
        let task = &self.tasks[index];
        let place = ("task", index);
        if task.duration == 0 {
            faults.push(Fault::NoDuration(index));
        }
        known(faults, place, ("kind", task.kind), MAX_KINDS);
        if task.crew.len() > MAX_PERSONS {
            faults.push(Fault::TooMany {
                what: "roles of a task",
                count: task.crew.len(),
                most: MAX_PERSONS,
            });
        }
        for demand in &task.demands {
            known(faults, place, ("resource", demand.resource), self.resources.len());
            if demand.amount == 0 {
                faults.push(Fault::NoAmount(index));
            }
        }
        for window in &task.within {
            known(faults, place, ("window", *window), self.windows.len());
        }
        if let Some(partner) = task.partner {
            known(faults, place, ("partner", partner), self.partners.len());
        }
        let crews = task.locked.iter().chain(task.previous.iter().map(|previous| &previous.placement));
        let named = task.crew.iter().map(|role| role.eligible).chain(crews.map(|placement| placement.crew));
        for persons in named {
            let last = persons.iter().last();
            known(
                faults,
                place,
                ("person", last.unwrap_or(0)),
                self.persons.len().max(usize::from(last.is_none())),
            );
        }
        if task
            .locked
            .is_some_and(|at| u64::from(at.start) + u64::from(task.duration) > u64::from(self.slots))
        {
            faults.push(Fault::LockedOutside(index));
        }
    }

    fn check_relations(&self, faults: &mut Vec<Fault>) {
        for (index, relation) in self.relations.iter().enumerate() {
            let (a, b) = relation.tasks();
            for task in [a, b] {
                known(faults, ("relation", index), ("task", task), self.tasks.len());
            }
            if a == b {
                faults.push(Fault::SelfRelation(index));
            }
        }
    }

    /// A circle of tasks that come before one another, if there is one.
    fn circle(&self) -> Option<Vec<usize>> {
        let mut after = vec![Vec::new(); self.tasks.len()];
        let mut waits_for = vec![0usize; self.tasks.len()];
        for relation in &self.relations {
            if let Relation::Before { first, then, .. } = relation {
                after[*first].push(*then);
                waits_for[*then] += 1;
            }
        }
        let mut ready: Vec<usize> = (0..waits_for.len()).filter(|task| waits_for[*task] == 0).collect();
        while let Some(task) = ready.pop() {
            for then in &after[task] {
                waits_for[*then] -= 1;
                if waits_for[*then] == 0 {
                    ready.push(*then);
                }
            }
        }
        let start = waits_for.iter().position(|count| *count > 0)?;
        Some(self.walk_back(start, &waits_for))
    }

    /// Every task that still waits has one before it that waits too: going back from one comes to a circle.
    fn walk_back(&self, start: usize, waits_for: &[usize]) -> Vec<usize> {
        let mut before = vec![usize::MAX; waits_for.len()];
        for relation in &self.relations {
            if let Relation::Before { first, then, .. } = relation
                && waits_for[*first] > 0
            {
                before[*then] = *first;
            }
        }
        let mut seen = vec![false; waits_for.len()];
        let mut task = start;
        while !seen[task] {
            seen[task] = true;
            task = before[task];
        }
        let mut circle = vec![task];
        let mut back = before[task];
        while back != task {
            circle.push(back);
            back = before[back];
        }
        circle.reverse();
        circle
    }

    /// The first slot after the last of the day in which `slot` lies, and the day's first.
    pub(crate) fn day_of(&self, slot: u32) -> usize {
        self.day_starts.partition_point(|start| *start <= slot).saturating_sub(1)
    }

    /// The slots of a day.
    pub(crate) fn day_range(&self, day: usize) -> std::ops::Range<u32> {
        self.day_starts[day]..self.day_starts.get(day + 1).copied().unwrap_or(self.slots)
    }
}

/// Slots of all resources together: 64 bits each are held for the amount that is left.
const MAX_CELLS: usize = 1 << 24;

fn known(faults: &mut Vec<Fault>, place: (&'static str, usize), named: (&'static str, usize), count: usize) {
    if named.1 >= count {
        faults.push(Fault::Unknown { place: place.0, index: place.1, what: named.0, named: named.1 });
    }
}

impl Relation {
    /// The two tasks it binds; the earlier one first where that is said.
    #[must_use]
    pub const fn tasks(&self) -> (usize, usize) {
        match *self {
            Self::Before { first, then, .. } => (first, then),
            Self::Apart { a, b, .. } | Self::SameCrew { a, b } | Self::OtherCrew { a, b } => (a, b),
        }
    }

    pub(crate) const fn needs_first(&self) -> bool {
        matches!(self, Self::Before { presence: Presence::NeedsFirst, .. })
    }
}

impl Task {
    pub(crate) fn is_mandatory(&self) -> bool {
        self.need == Need::Mandatory
    }

    /// How many persons take part.
    #[must_use]
    pub fn crew_count(&self) -> u32 {
        self.crew.iter().fold(0, |sum, role| sum.saturating_add(role.count))
    }

    /// Slots of crew time it takes.
    #[must_use]
    pub fn crew_slots(&self) -> u64 {
        u64::from(self.crew_count()) * u64::from(self.duration)
    }
}
