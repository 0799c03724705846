use super::compile::{Compiled, Rank};
use super::score::Ledger;
use crate::problem::{Placement, Relation};
use crate::slots::for_words;

/// Nobody's slot.
pub(crate) const NOTHING: u32 = u32::MAX;

/// Slots in a bucket of the index of who holds a resource when.
const BUCKET: u32 = 256;

/// Which tasks are placed, and all that follows from it, kept up to date placement by placement.
pub(crate) struct Board<'a> {
    pub(crate) compiled: &'a Compiled<'a>,
    pub(crate) placed: Vec<Option<Placement>>,
    /// Tasks without a place, in no order.
    pub(crate) unplaced: Vec<u32>,
    /// Where each task stands in `unplaced`.
    position: Vec<u32>,
    /// For each person and class a row: slots that a task of that class could hold.
    pub(crate) usable: Vec<u64>,
    /// For each person and class but the first, and each slot: how many separations forbid it.
    shadows: Vec<u16>,
    /// For each person and slot, the task.
    pub(crate) owner: Vec<u32>,
    /// For each resource and slot, what is left.
    left: Vec<i64>,
    /// For each level a row: slots with that much left.
    pub(crate) rows: Vec<u64>,
    /// For each resource and bucket of slots, the tasks that start there.
    holders: Vec<Vec<u32>>,
    buckets: usize,
    /// For each limit, person and day: slots and tasks.
    counted: Vec<(u32, u32)>,
    /// For each choice, the alternative that is placed.
    pub(crate) chosen: Vec<u32>,
    pub(crate) ledger: Ledger,
    /// How many mandatory tasks (choices count once) have no place.
    pub(crate) mandatory_missing: usize,
    /// What was done since the last commit, to be undone.
    journal: Vec<(u32, Option<Placement>)>,
}

impl<'a> Board<'a> {
    /// An empty board but for locked tasks, which stand where they are whatever they break.
    pub(crate) fn new(compiled: &'a Compiled<'a>) -> Self {
        let problem = compiled.problem;
        let (slots, persons) = (problem.slots as usize, problem.persons.len());
        let buckets = slots / BUCKET as usize + 1;
        let mut board = Self {
            compiled,
            placed: vec![None; problem.tasks.len()],
            unplaced: (0..problem.tasks.len() as u32).collect(),
            position: (0..problem.tasks.len() as u32).collect(),
            usable: vec![0; persons * compiled.classes * compiled.stride],
            shadows: vec![0; persons * (compiled.classes - 1) * slots],
            owner: vec![NOTHING; persons * slots],
            left: vec![0; problem.resources.len() * slots],
            rows: vec![0; compiled.levels.len() * compiled.stride],
            holders: vec![Vec::new(); problem.resources.len() * buckets],
            buckets,
            counted: vec![(0, 0); problem.limits.len() * persons * problem.day_starts.len()],
            chosen: vec![NOTHING; compiled.choices.len()],
            ledger: Ledger::new(problem),
            mandatory_missing: mandatory_units(compiled),
            journal: Vec::new(),
        };
        board.open();
        for (task, locked) in problem.tasks.iter().enumerate() {
            if let Some(at) = locked.locked {
                board.place(task, at);
            }
        }
        board.commit();
        board
    }

    /// Free time of people and capacity of resources before anything is placed.
    fn open(&mut self) {
        let (compiled, problem) = (self.compiled, self.compiled.problem);
        for (person, who) in problem.persons.iter().enumerate() {
            for class in 0..compiled.classes {
                let row = (person * compiled.classes + class) * compiled.stride;
                for_words(0..problem.slots, |at, mask| self.usable[row + at] = mask & !who.blocked.word(at));
            }
        }
        for (resource, has) in problem.resources.iter().enumerate() {
            let changes = has.changes.iter().copied();
            let ends = has.changes.iter().map(|change| change.0).chain([problem.slots]);
            for ((from, amount), to) in [(0, has.capacity)].into_iter().chain(changes).zip(ends) {
                let (from, to) = (from.min(problem.slots), to.min(problem.slots));
                let base = resource * problem.slots as usize;
                self.left[base + from as usize..base + to as usize].fill(i64::from(amount));
                for level in compiled.levels_of[resource].clone() {
                    if compiled.levels[level].amount <= amount {
                        let row = level * compiled.stride;
                        for_words(from..to, |at, mask| {
                            self.rows[row + at] |= mask & compiled.in_use(resource, at);
                        });
                    }
                }
            }
        }
    }

    /// The row of slots that a person has for a class.
    pub(crate) fn row_of(&self, person: usize, class: usize) -> &[u64] {
        let start = (person * self.compiled.classes + class) * self.compiled.stride;
        &self.usable[start..start + self.compiled.stride]
    }

    /// The row of slots in which enough of a resource is left for a level.
    pub(crate) fn level_row(&self, level: u32) -> &[u64] {
        let start = level as usize * self.compiled.stride;
        &self.rows[start..start + self.compiled.stride]
    }

    pub(crate) fn owner_at(&self, person: usize, slot: u32) -> u32 {
        self.owner[person * self.compiled.problem.slots as usize + slot as usize]
    }

    pub(crate) fn left_at(&self, resource: usize, slot: u32) -> i64 {
        self.left[resource * self.compiled.problem.slots as usize + slot as usize]
    }

    pub(crate) fn counted_at(&self, limit: usize, person: usize, day: usize) -> (u32, u32) {
        self.counted[self.counter(limit, person, day)]
    }

    fn counter(&self, limit: usize, person: usize, day: usize) -> usize {
        let problem = self.compiled.problem;
        (limit * problem.persons.len() + person) * problem.day_starts.len() + day
    }

    pub(crate) fn score(&self) -> i64 {
        self.ledger.score()
    }

    /// Puts an unplaced task somewhere, unasked whether it fits.
    pub(crate) fn place(&mut self, task: usize, at: Placement) {
        self.journal.push((task as u32, None));
        self.put(task, at);
    }

    /// Takes a placed task away, and all that may not be there without it.
    pub(crate) fn lift(&mut self, task: usize) {
        let mut stack = vec![task as u32];
        while let Some(task) = stack.pop() {
            let Some(at) = self.placed[task as usize] else { continue };
            if self.compiled.tasks[task as usize].rank == Rank::Locked {
                continue;
            }
            stack.extend_from_slice(&self.compiled.tasks[task as usize].dependents);
            self.journal.push((task, Some(at)));
            self.take(task as usize, at);
        }
    }

    /// How many changes were made since the last commit.
    pub(crate) fn done(&self) -> usize {
        self.journal.len()
    }

    /// What such a change lifted, if it did not place something.
    pub(crate) fn lifted(&self, change: usize) -> Option<(u32, Placement)> {
        let (task, before) = self.journal[change];
        before.map(|at| (task, at))
    }

    /// Keeps what was done.
    pub(crate) fn commit(&mut self) {
        self.journal.clear();
    }

    /// Undoes everything since the last commit.
    pub(crate) fn undo(&mut self) {
        while let Some((task, before)) = self.journal.pop() {
            match (before, self.placed[task as usize]) {
                (None, Some(at)) => self.take(task as usize, at),
                (Some(at), _) => self.put(task as usize, at),
                (None, None) => {}
            }
        }
    }

    fn put(&mut self, task: usize, at: Placement) {
        self.placed[task] = Some(at);
        let (hole, last) = (self.position[task] as usize, self.unplaced.len() - 1);
        self.unplaced.swap_remove(hole);
        if hole < last {
            self.position[self.unplaced[hole] as usize] = hole as u32;
        }
        self.hold(task, at, Change::Put);
    }

    fn take(&mut self, task: usize, at: Placement) {
        self.placed[task] = None;
        self.position[task] = self.unplaced.len() as u32;
        self.unplaced.push(task as u32);
        self.hold(task, at, Change::Take);
    }

    fn hold(&mut self, task: usize, at: Placement, change: Change) {
        let ready = &self.compiled.tasks[task];
        let range = at.start..at.start + ready.duration;
        for person in at.crew.iter() {
            self.hold_person(task, person, range.clone(), change);
        }
        for demand in &self.compiled.problem.tasks[task].demands {
            self.hold_resource(task, demand.resource, i64::from(demand.amount), range.clone(), change);
        }
        for limit in &ready.limits {
            let limit = *limit as usize;
            let day = self.compiled.problem.day_of(at.start);
            for person in at.crew.and(self.compiled.problem.limits[limit].persons).iter() {
                let counter = self.counter(limit, person, day);
                let (slots, tasks) = &mut self.counted[counter];
                (*slots, *tasks) = match change {
                    Change::Put => (*slots + ready.duration, *tasks + 1),
                    Change::Take => (*slots - ready.duration, *tasks - 1),
                };
            }
        }
        if let Some(choice) = ready.choice {
            self.chosen[choice] = if change == Change::Put { task as u32 } else { NOTHING };
        }
        if ready.rank == Rank::Mandatory {
            match change {
                Change::Put => self.mandatory_missing -= 1,
                Change::Take => self.mandatory_missing += 1,
            }
        }
        self.ledger.book(self.compiled, task, at, change);
    }

    fn hold_person(&mut self, task: usize, person: usize, range: std::ops::Range<u32>, change: Change) {
        let compiled = self.compiled;
        let slots = compiled.problem.slots as usize;
        let owners = &mut self.owner[person * slots..(person + 1) * slots];
        owners[range.start as usize..range.end as usize].fill(if change == Change::Put {
            task as u32
        } else {
            NOTHING
        });
        for class in 0..compiled.classes {
            self.refresh(person, class, range.clone(), change);
        }
        let kind = compiled.tasks[task].kind;
        for (class, gap) in &compiled.after[kind] {
            self.shade(person, *class, range.end..(range.end + gap).min(slots as u32), change);
        }
        for (class, gap) in &compiled.before[kind] {
            self.shade(person, *class, range.start.saturating_sub(*gap)..range.start, change);
        }
    }

    /// Takes slots from a row, or gives back those that nothing else forbids.
    fn refresh(&mut self, person: usize, class: usize, range: std::ops::Range<u32>, change: Change) {
        let compiled = self.compiled;
        let row = (person * compiled.classes + class) * compiled.stride;
        if change == Change::Put {
            for_words(range, |at, mask| self.usable[row + at] &= !mask);
        } else if class == 0 {
            let blocked = &compiled.problem.persons[person].blocked;
            for_words(range, |at, mask| self.usable[row + at] |= mask & !blocked.word(at));
        } else {
            for slot in range {
                self.refresh_slot(person, class, slot);
            }
        }
    }

    fn refresh_slot(&mut self, person: usize, class: usize, slot: u32) {
        let compiled = self.compiled;
        let (at, bit) = (slot as usize / 64, 1 << (slot % 64));
        let free = self.usable[person * compiled.classes * compiled.stride + at];
        let word = &mut self.usable[(person * compiled.classes + class) * compiled.stride + at];
        let shadow = shadow_index(compiled, person, class, slot);
        if free & bit != 0 && self.shadows[shadow] == 0 { *word |= bit } else { *word &= !bit }
    }

    fn shade(&mut self, person: usize, class: usize, range: std::ops::Range<u32>, change: Change) {
        for slot in range {
            let shadow = &mut self.shadows[shadow_index(self.compiled, person, class, slot)];
            match change {
                Change::Put => *shadow += 1,
                Change::Take => *shadow -= 1,
            }
            self.refresh_slot(person, class, slot);
        }
    }

    fn hold_resource(
        &mut self,
        task: usize,
        resource: usize,
        amount: i64,
        range: std::ops::Range<u32>,
        change: Change,
    ) {
        let compiled = self.compiled;
        let levels = compiled.levels_of[resource].clone();
        let base = resource * compiled.problem.slots as usize;
        for slot in range.clone() {
            let left = &mut self.left[base + slot as usize];
            let before = *left;
            *left += if change == Change::Put { -amount } else { amount };
            let (low, high) = (before.min(*left), before.max(*left));
            for level in levels.clone() {
                let wanted = i64::from(compiled.levels[level].amount);
                if low < wanted && wanted <= high {
                    let (at, bit) = (slot as usize / 64, 1 << (slot % 64));
                    let word = &mut self.rows[level * compiled.stride + at];
                    match change {
                        Change::Put => *word &= !bit,
                        Change::Take => *word |= bit & compiled.in_use(resource, at),
                    }
                }
            }
        }
        let holders = &mut self.holders[resource * self.buckets + (range.start / BUCKET) as usize];
        match change {
            Change::Put => holders.push(task as u32),
            Change::Take => {
                if let Some(at) = holders.iter().rposition(|other| *other == task as u32) {
                    holders.swap_remove(at);
                }
            }
        }
    }

    /// The placed tasks that hold some of a resource within a range of slots.
    pub(crate) fn holders(
        &self,
        resource: usize,
        range: std::ops::Range<u32>,
    ) -> impl Iterator<Item = usize> + '_ {
        let first = range.start.saturating_sub(self.compiled.longest) / BUCKET;
        let last = (range.end.saturating_sub(1) / BUCKET).min(self.buckets as u32 - 1);
        (first..=last).flat_map(move |bucket| {
            let holders = &self.holders[resource * self.buckets + bucket as usize];
            let range = range.clone();
            holders.iter().map(|task| *task as usize).filter(move |task| {
                self.placed[*task].is_some_and(|at| {
                    at.start < range.end && range.start < at.start + self.compiled.tasks[*task].duration
                })
            })
        })
    }

    /// Could this task stand here, beside all others, with nothing broken?
    pub(crate) fn fits(&self, task: usize, at: Placement) -> bool {
        let ready = &self.compiled.tasks[task];
        let range = at.start..at.start + ready.duration;
        ready.domain.contains(at.start)
            && ready.choice.is_none_or(|choice| self.chosen[choice] == NOTHING)
            && at.crew.iter().all(|person| all_set(self.row_of(person, ready.class), range.clone()))
            && ready.rows.iter().all(|row| all_set(self.level_row(*row), range.clone()))
            && at.crew.iter().all(|person| self.within_limits(task, person, at.start))
            && ready.relations.iter().all(|relation| self.keeps(task, at, self.compiled.relation(*relation)))
            && crate::crew::choose::seats(self.compiled, task, at.crew)
    }

    /// Would a person stay within all daily limits with this task too?
    pub(crate) fn within_limits(&self, task: usize, person: usize, start: u32) -> bool {
        let ready = &self.compiled.tasks[task];
        ready.limits.iter().all(|limit| {
            let rule = &self.compiled.problem.limits[*limit as usize];
            if !rule.persons.contains(person) {
                return true;
            }
            let day = self.compiled.problem.day_of(start);
            let (slots, tasks) = self.counted_at(*limit as usize, person, day);
            rule.most_slots_on(day).is_none_or(|most| slots + ready.duration <= most)
                && rule.most_tasks.is_none_or(|most| tasks < most)
        })
    }

    /// Would a relation hold with this task here?
    pub(crate) fn keeps(&self, task: usize, at: Placement, relation: &Relation) -> bool {
        let (a, b) = relation.tasks();
        let is_first = task == a;
        let Some(other) = self.placed[if is_first { b } else { a }] else {
            return is_first || !relation.needs_first();
        };
        let (first, then) = if is_first { (at, other) } else { (other, at) };
        let (end_a, end_b) =
            (first.start + self.compiled.tasks[a].duration, then.start + self.compiled.tasks[b].duration);
        match *relation {
            Relation::Before { min_slots, max_slots, .. } => {
                then.start >= end_a.saturating_add(min_slots)
                    && max_slots.is_none_or(|most| then.start <= end_a.saturating_add(most))
            }
            Relation::Apart { gap_slots, .. } => {
                then.start >= end_a.saturating_add(gap_slots)
                    || first.start >= end_b.saturating_add(gap_slots)
            }
            Relation::SameCrew { .. } => {
                first.crew.without(then.crew).is_empty() || then.crew.without(first.crew).is_empty()
            }
            Relation::OtherCrew { .. } => first.crew.and(then.crew).is_empty(),
        }
    }

    /// Free slots of a person next to a range: how many right before it and right after it, up to 63 each.
    pub(crate) fn gaps(&self, person: usize, range: std::ops::Range<u32>) -> (usize, usize) {
        gaps_of(self.row_of(person, 0), range)
    }
}

/// Ones right before a range and right after it, up to 63 each.
pub(crate) fn gaps_of(row: &[u64], range: std::ops::Range<u32>) -> (usize, usize) {
    let before = if range.start >= 64 {
        word_at(row, range.start - 64).leading_ones()
    } else {
        (word_at(row, 0) << ((64 - range.start) % 64)).leading_ones().min(range.start)
    };
    (before.min(63) as usize, word_at(row, range.end).trailing_ones().min(63) as usize)
}

/// The 64 slots from `slot` on.
fn word_at(row: &[u64], slot: u32) -> u64 {
    let (at, shift) = (slot as usize / 64, slot % 64);
    let low = row.get(at).copied().unwrap_or(0) >> shift;
    if shift == 0 { low } else { low | row.get(at + 1).copied().unwrap_or(0) << (64 - shift) }
}

fn all_set(row: &[u64], range: std::ops::Range<u32>) -> bool {
    let mut all = true;
    for_words(range, |at, mask| all &= row[at] & mask == mask);
    all
}

fn shadow_index(compiled: &Compiled<'_>, person: usize, class: usize, slot: u32) -> usize {
    (person * (compiled.classes - 1) + class - 1) * compiled.problem.slots as usize + slot as usize
}

fn mandatory_units(compiled: &Compiled<'_>) -> usize {
    let own =
        compiled.tasks.iter().filter(|task| task.rank == Rank::Mandatory && task.choice.is_none()).count();
    let is_mandatory = |tasks: &&Vec<u32>| compiled.tasks[tasks[0] as usize].rank == Rank::Mandatory;
    own + compiled.choices.iter().filter(is_mandatory).count()
}

/// Is something put or taken?
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Change {
    Put,
    Take,
}
