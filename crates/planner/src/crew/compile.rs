use crate::SlotSet;
use crate::problem::{PersonSet, Problem, Relation};

/// The score counts thousandths of the problem's value, so that small penalties are not lost.
pub(crate) const MILLI: i64 = 1000;

/// A problem made ready to be searched: everything that never changes while placements come and go.
pub(crate) struct Compiled<'a> {
    pub(crate) problem: &'a Problem,
    /// Words of a row of slots, with room behind the last slot for what a shift reads.
    pub(crate) stride: usize,
    pub(crate) tasks: Vec<Ready>,
    /// For each kind the row of a person in which its tasks look for free slots; 0 is the row of plain free time.
    pub(crate) class_of_kind: Vec<usize>,
    /// Rows a person has: plain free time, and one for each kind that keeps distance.
    pub(crate) classes: usize,
    /// For each kind: (class whose tasks keep away from what follows it, how many slots).
    pub(crate) after: Vec<Vec<(usize, u32)>>,
    /// For each kind: (class whose tasks keep away from what comes before it, how many slots).
    pub(crate) before: Vec<Vec<(usize, u32)>>,
    /// Rows of "at least `amount` of `resource` is left", by resource then amount.
    pub(crate) levels: Vec<Level>,
    /// The range of `levels` of each resource.
    pub(crate) levels_of: Vec<std::ops::Range<usize>>,
    /// Slots in which anybody at all is not blocked.
    anyone: Vec<u64>,
    /// For each resource, whether only tasks with a crew use it: then it is of no use while everybody is blocked.
    crewed: Vec<bool>,
    /// Tasks of each choice.
    pub(crate) choices: Vec<Vec<u32>>,
    /// How many slots of a gap of so many slots no task could use; see [`lost_slots`].
    pub(crate) lost: [u32; LOOK + 1],
    /// Worth of an average slot of crew time, thousandths.
    pub(crate) slot_worth: i64,
    /// The longest task.
    pub(crate) longest: u32,
}

/// How far to look for the ends of a gap.
pub(crate) const LOOK: usize = 63;

pub(crate) struct Level {
    pub(crate) resource: usize,
    pub(crate) amount: u32,
}

/// A task made ready.
pub(crate) struct Ready {
    pub(crate) duration: u32,
    /// Starts at which it lies in its windows and in the grid; nothing about other tasks.
    pub(crate) domain: SlotSet,
    /// Everybody eligible for any role.
    pub(crate) eligible: PersonSet,
    pub(crate) crew: u32,
    pub(crate) kind: usize,
    pub(crate) class: usize,
    /// Indices of rows of levels.
    pub(crate) rows: Vec<u32>,
    /// Those of them of which mandatory work wants more than half.
    pub(crate) scarce_rows: Vec<u32>,
    /// Relations that name it.
    pub(crate) relations: Vec<u32>,
    /// Tasks that may not be there without it.
    pub(crate) dependents: Vec<u32>,
    /// Limits that count its kind.
    pub(crate) limits: Vec<u32>,
    /// What placing it adds to the score, apart from moves, shares and evenness.
    pub(crate) worth: i64,
    /// `worth` for each slot of crew time.
    pub(crate) density: f64,
    pub(crate) choice: Option<usize>,
    pub(crate) rank: Rank,
}

/// What may be done with a task.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rank {
    Optional,
    Mandatory,
    Locked,
}

impl<'a> Compiled<'a> {
    pub(crate) fn new(problem: &'a Problem) -> Self {
        let (class_of_kind, classes) = classes(problem);
        let (levels, levels_of) = levels(problem);
        let separations = |of: fn(&crate::Separation) -> (usize, usize)| {
            let mut lists = vec![Vec::new(); crate::MAX_KINDS];
            for rule in problem.separations.iter().filter(|rule| rule.gap_slots > 0) {
                let (from, to) = of(rule);
                lists[from].push((class_of_kind[to], rule.gap_slots));
            }
            lists
        };
        let (choice_of, choices) = choices(problem);
        let mut compiled = Self {
            problem,
            stride: problem.slots as usize / 64 + 3,
            tasks: Vec::new(),
            after: separations(|rule| (rule.first, rule.then)),
            before: separations(|rule| (rule.then, rule.first)),
            class_of_kind,
            classes,
            levels,
            levels_of,
            anyone: anyone(problem),
            crewed: crewed(problem),
            choices,
            lost: lost_slots(problem),
            slot_worth: 0,
            longest: problem.tasks.iter().map(|task| task.duration).max().unwrap_or(1),
        };
        compiled.tasks = (0..problem.tasks.len()).map(|task| compiled.ready(task, choice_of[task])).collect();
        compiled.relate();
        compiled.slot_worth = slot_worth(&compiled.tasks);
        let scarce = scarce(problem);
        for task in &mut compiled.tasks {
            let is_scarce = |row: &&u32| scarce[compiled.levels[**row as usize].resource];
            task.scarce_rows = task.rows.iter().filter(is_scarce).copied().collect();
        }
        compiled
    }

    fn ready(&self, index: usize, choice: Option<usize>) -> Ready {
        let task = &self.problem.tasks[index];
        let windows = task.within.iter().map(|window| self.problem.windows[*window].starts_of(task.duration));
        let last = (self.problem.slots + 1).saturating_sub(task.duration);
        let whole = task.starts.and(&SlotSet::from_range(0..last));
        let crew_slots = task.crew_slots().max(u64::from(task.duration));
        let worth =
            (i64::from(task.value) + task.previous.map_or(0, |before| i64::from(before.drop_cost))) * MILLI;
        let can_choose = choice.is_none_or(|choice| {
            let alternatives = &self.choices[choice];
            alternatives.iter().all(|other| self.problem.tasks[*other as usize].locked.is_none())
        });
        let is_mandatory = match choice {
            Some(choice) => {
                self.choices[choice].iter().any(|other| self.problem.tasks[*other as usize].is_mandatory())
            }
            None => task.is_mandatory(),
        };
        let rank = match (task.locked, is_mandatory && can_choose) {
            (Some(_), _) => Rank::Locked,
            (None, true) => Rank::Mandatory,
            (None, false) => Rank::Optional,
        };
        let counts = |limit: &crate::DayLimit| limit.kinds >> task.kind & 1 == 1;
        let limits = &self.problem.limits;
        Ready {
            duration: task.duration,
            domain: windows.fold(whole, |domain, starts| domain.and(&starts)),
            eligible: task.crew.iter().fold(PersonSet::NOBODY, |all, role| all.or(role.eligible)),
            crew: task.crew_count(),
            kind: task.kind,
            class: self.class_of_kind[task.kind],
            rows: task
                .demands
                .iter()
                .map(|demand| self.row_of(demand.resource, total(task, demand.resource)))
                .collect(),
            scarce_rows: Vec::new(),
            relations: Vec::new(),
            dependents: Vec::new(),
            limits: (0..limits.len())
                .filter(|limit| counts(&limits[*limit]))
                .map(|limit| limit as u32)
                .collect(),
            worth,
            density: worth as f64 / crew_slots as f64,
            choice,
            rank,
        }
    }

    fn row_of(&self, resource: usize, amount: u32) -> u32 {
        let range = self.levels_of[resource].clone();
        let at = self.levels[range.clone()].partition_point(|level| level.amount < amount);
        (range.start + at) as u32
    }

    fn relate(&mut self) {
        for (index, relation) in self.problem.relations.iter().enumerate() {
            let (a, b) = relation.tasks();
            self.tasks[a].relations.push(index as u32);
            self.tasks[b].relations.push(index as u32);
            if relation.needs_first() {
                self.tasks[a].dependents.push(b as u32);
            }
        }
    }

    /// Of one word of slots those in which a resource can be of use.
    pub(crate) fn in_use(&self, resource: usize, word: usize) -> u64 {
        if self.crewed[resource] { self.anyone[word] } else { u64::MAX }
    }

    pub(crate) fn relation(&self, index: u32) -> &Relation {
        &self.problem.relations[index as usize]
    }
}

/// All that a task needs of one resource: demands of the same one add up.
pub(crate) fn total(task: &crate::Task, resource: usize) -> u32 {
    let own = task.demands.iter().filter(|demand| demand.resource == resource);
    own.fold(0, |sum, demand| sum.saturating_add(demand.amount))
}

fn classes(problem: &Problem) -> (Vec<usize>, usize) {
    let mut class_of_kind = vec![0; crate::MAX_KINDS];
    let mut classes = 1;
    for rule in problem.separations.iter().filter(|rule| rule.gap_slots > 0) {
        for kind in [rule.first, rule.then] {
            if class_of_kind[kind] == 0 {
                class_of_kind[kind] = classes;
                classes += 1;
            }
        }
    }
    (class_of_kind, classes)
}

fn levels(problem: &Problem) -> (Vec<Level>, Vec<std::ops::Range<usize>>) {
    let mut amounts = vec![Vec::new(); problem.resources.len()];
    for task in &problem.tasks {
        for demand in &task.demands {
            amounts[demand.resource].push(total(task, demand.resource));
        }
    }
    let (mut levels, mut ranges) = (Vec::new(), Vec::new());
    for (resource, mut amounts) in amounts.into_iter().enumerate() {
        amounts.sort_unstable();
        amounts.dedup();
        let start = levels.len();
        levels.extend(amounts.into_iter().map(|amount| Level { resource, amount }));
        ranges.push(start..levels.len());
    }
    (levels, ranges)
}

fn anyone(problem: &Problem) -> Vec<u64> {
    let words = problem.slots as usize / 64 + 1;
    let free = |word: usize| problem.persons.iter().fold(0, |any, person| any | !person.blocked.word(word));
    (0..words).map(free).collect()
}

fn crewed(problem: &Problem) -> Vec<bool> {
    let mut crewed = vec![true; problem.resources.len()];
    for task in problem.tasks.iter().filter(|task| task.crew_count() == 0) {
        task.demands.iter().for_each(|demand| crewed[demand.resource] = false);
    }
    crewed
}

/// Numbers the choices from 0, and lists the tasks of each.
fn choices(problem: &Problem) -> (Vec<Option<usize>>, Vec<Vec<u32>>) {
    let mut numbers = std::collections::BTreeMap::new();
    let mut choices: Vec<Vec<u32>> = Vec::new();
    let number = |(index, task): (usize, &crate::Task)| {
        let at = *numbers.entry(task.choice?).or_insert_with(|| {
            choices.push(Vec::new());
            choices.len() - 1
        });
        choices[at].push(index as u32);
        Some(at)
    };
    let of = problem.tasks.iter().enumerate().map(number).collect();
    (of, choices)
}

/// For each length of a gap, the slots that no sum of durations of tasks fills.
fn lost_slots(problem: &Problem) -> [u32; LOOK + 1] {
    let mut used = [false; LOOK + 1];
    for task in problem.tasks.iter().filter(|task| !task.crew.is_empty() && task.locked.is_none()) {
        if let Some(entry) = used.get_mut(task.duration as usize) {
            *entry = true;
        }
    }
    let mut lost = [0; LOOK + 1];
    for gap in 1..=LOOK {
        let fits = (1..=gap).filter(|duration| used[*duration]).map(|duration| lost[gap - duration]);
        lost[gap] = fits.min().unwrap_or(u32::MAX).min(lost[gap - 1] + 1);
    }
    lost
}

fn slot_worth(tasks: &[Ready]) -> i64 {
    let with_crew = tasks.iter().filter(|task| task.rank == Rank::Optional && task.crew > 0);
    let (worth, slots) = with_crew.fold((0, 0), |(worth, slots), task| {
        (worth + task.worth, slots + i64::from(task.crew) * i64::from(task.duration))
    });
    if slots == 0 { MILLI } else { (worth / slots).max(1) }
}

/// For each resource: does mandatory work want more than half of it where it may start?
fn scarce(problem: &Problem) -> Vec<bool> {
    let mut wanted = vec![0u64; problem.resources.len()];
    let mut there = vec![SlotSet::new(); problem.resources.len()];
    for task in problem.tasks.iter().filter(|task| task.is_mandatory()) {
        for demand in &task.demands {
            wanted[demand.resource] += u64::from(demand.amount) * u64::from(task.duration);
            there[demand.resource] = there[demand.resource].or(&task.starts);
        }
    }
    let rate = |(resource, wanted): (usize, u64)| {
        let has = u64::from(there[resource].count()) * u64::from(problem.resources[resource].capacity);
        wanted * 2 > has
    };
    wanted.into_iter().enumerate().map(rate).collect()
}
