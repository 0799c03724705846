//! Crew weeks of many shapes, each grown round a plan that holds, so that all mandatory work can surely be placed.

use planner::{
    DayLimit, Demand, Need, Partner, Person, PersonSet, Placement, Presence, Problem, Relation, Resource,
    Role, Separation, SlotSet, Solution, Spread, Task, Violation, verify,
};

/// Numbers that look random: a 64-bit linear congruential generator (Knuth's MMIX constants).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5bf0_3635);
        dice.below(2);
        dice
    }

    pub(crate) fn below(&mut self, bound: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as u32) % bound.max(1)
    }

    pub(crate) fn between(&mut self, low: u32, high: u32) -> u32 {
        low + self.below(high + 1 - low)
    }

    pub(crate) fn chance(&mut self, percent: u32) -> bool {
        self.below(100) < percent
    }
}

const LUNCH: usize = 0;
const EXERCISE: usize = 1;
const WORK: usize = 2;

/// A week and a plan of its mandatory work that keeps everything.
pub(crate) struct Week {
    pub(crate) problem: Problem,
    /// Read by the tests only, not by the benchmark.
    #[allow(dead_code, reason = "the benchmark reads only the problem")]
    pub(crate) planted: Solution,
}

/// A week of about so many optional tasks; its shape comes from the seed.
pub(crate) fn week(seed: u64, optional: u32) -> Week {
    let mut dice = Dice::new(seed);
    let mut grower = Grower::new(&mut dice);
    grower.daily(&mut dice);
    let sessions = dice.between(2, 10);
    for _ in 0..sessions {
        grower.session(&mut dice);
    }
    grower.relate_sessions(&mut dice);
    for _ in 0..optional {
        let task = grower.work(&mut dice);
        grower.add(task, None);
    }
    grower.relate_work(&mut dice);
    let week = Week { problem: grower.problem, planted: Solution { placements: grower.planted } };
    assert_eq!(verify(&week.problem, &week.planted), [], "the planted plan of seed {seed} holds");
    week
}

struct Grower {
    problem: Problem,
    planted: Vec<Option<Placement>>,
    day: u32,
    persons: u32,
}

impl Grower {
    fn new(dice: &mut Dice) -> Self {
        let (day, days, persons) =
            ([96, 144, 288][dice.below(3) as usize], dice.between(1, 7), dice.between(2, 8));
        let slots = day * days;
        let (wake, sleep) = (day / 4 + dice.below(day / 16), day - day / 8);
        let asleep: Vec<_> =
            (0..days).flat_map(|at| [at * day..at * day + wake, at * day + sleep..(at + 1) * day]).collect();
        let mut problem = Problem {
            slots,
            day_starts: (0..days).map(|at| at * day).collect(),
            persons: (0..persons).map(|_| Person { blocked: SlotSet::from_ranges(asleep.clone()) }).collect(),
            partners: vec![Partner { target_slots: slots / 3, weight: dice.below(2) }; 3],
            ..Problem::default()
        };
        problem.separations.push(Separation { first: LUNCH, then: EXERCISE, gap_slots: day / 24 });
        if dice.chance(50) {
            let limit = DayLimit {
                persons: (0..persons as usize).collect(),
                kinds: 1 << WORK,
                most_slots: Some(day / 3),
                most_tasks: Some(12),
                exceptions: vec![(1, day / 2)],
            };
            problem.limits.push(limit);
        }
        if dice.chance(30) {
            problem.spread =
                Spread { persons: (0..persons as usize).collect(), kinds: 1 << WORK, weight: dice.below(3) };
        }
        for _ in 0..dice.between(1, 5) {
            let mut resource = Resource::constant(dice.between(1, 3));
            if dice.chance(30) {
                let from = dice.below(slots - day / 2);
                resource.changes = vec![(from, 0), (from + day / 4, resource.capacity)];
            }
            problem.resources.push(resource);
        }
        let pass = dice.between(3, 12);
        problem.windows.push((0..slots).filter(|slot| slot % (pass + 3) < pass).collect());
        Self { problem, planted: Vec::new(), day, persons }
    }

    fn add(&mut self, task: Task, at: Option<Placement>) {
        self.problem.tasks.push(task);
        self.planted.push(at);
    }

    /// Does the plan still hold with this task there?
    fn holds(&mut self, task: &Task, at: Placement) -> bool {
        self.add(task.clone(), Some(at));
        let broken = verify(&self.problem, &Solution { placements: self.planted.clone() });
        self.problem.tasks.pop();
        self.planted.pop();
        broken.is_empty()
    }

    /// Tries to plant a task somewhere in its starts.
    fn plant(&mut self, dice: &mut Dice, mut task: Task, crew: PersonSet) -> bool {
        let starts: Vec<u32> = task.starts.iter().collect();
        for _ in 0..20 {
            let Some(start) = starts.get(dice.below(starts.len() as u32) as usize) else { return false };
            let at = Placement { start: *start, crew };
            if self.holds(&task, at) {
                task.need = Need::Mandatory;
                self.add(task, Some(at));
                return true;
            }
        }
        false
    }

    /// Lunch and exercise of everybody on every day.
    fn daily(&mut self, dice: &mut Dice) {
        let hour = self.day / 24;
        for day in 0..self.problem.day_starts.len() as u32 {
            for person in 0..self.persons as usize {
                let crew = vec![Role { count: 1, eligible: PersonSet::one(person) }];
                let noon = day * self.day + self.day / 2;
                let lunch = Task {
                    duration: hour,
                    crew: crew.clone(),
                    starts: SlotSet::from_range(noon - hour..noon + hour * 2),
                    kind: LUNCH,
                    ..Task::default()
                };
                self.plant(dice, lunch, PersonSet::one(person));
                let exercise = Task {
                    duration: hour + hour / 2,
                    crew,
                    demands: vec![Demand { resource: 0, amount: 1 }],
                    starts: SlotSet::from_range(day * self.day..(day + 1) * self.day - 2 * hour),
                    kind: EXERCISE,
                    ..Task::default()
                };
                self.plant(dice, exercise, PersonSet::one(person));
            }
        }
    }

    /// A piece of mandatory work for one to three people.
    fn session(&mut self, dice: &mut Dice) {
        let mut task = self.work(dice);
        let chosen = |role: &Role, taken: PersonSet| -> PersonSet {
            role.eligible.without(taken).iter().take(role.count as usize).collect()
        };
        let crew = task.crew.iter().fold(PersonSet::NOBODY, |crew, role| crew.or(chosen(role, crew)));
        task.value = 0;
        self.plant(dice, task, crew);
    }

    fn work(&mut self, dice: &mut Dice) -> Task {
        let duration = [1, 2, 3, 4, 6, 8][dice.below(6) as usize] * self.day / 96;
        let everybody: PersonSet = (0..self.persons as usize).collect();
        let some: PersonSet = everybody.iter().filter(|_| dice.chance(60)).collect();
        let eligible = if some.is_empty() { everybody } else { some };
        let mut crew = vec![Role { count: dice.between(1, eligible.count().min(3)), eligible }];
        let rest = everybody.count() - crew[0].count;
        if dice.chance(15) && rest > 0 {
            crew.push(Role { count: 1, eligible: everybody });
        }
        if dice.chance(5) {
            crew.clear();
        }
        let mut demands = Vec::new();
        if dice.chance(35) {
            let resource = dice.below(self.problem.resources.len() as u32) as usize;
            demands.push(Demand {
                resource,
                amount: dice.between(1, self.problem.resources[resource].capacity),
            });
        }
        let first = if dice.chance(50) { 0 } else { dice.below(self.problem.slots / 2) };
        let last = if dice.chance(50) { self.problem.slots } else { first + self.day };
        let count: u32 = crew.iter().map(|role| role.count).sum();
        Task {
            duration,
            demands,
            starts: SlotSet::from_range(first..last.min(self.problem.slots)),
            within: if dice.chance(15) { vec![0] } else { Vec::new() },
            kind: WORK,
            partner: Some(dice.below(3) as usize),
            value: [1, 2, 3, 5][dice.below(4) as usize] * duration * count.max(1),
            crew,
            ..Task::default()
        }
    }

    /// Relations between planted sessions, such as the plan keeps.
    fn relate_sessions(&mut self, dice: &mut Dice) {
        let sessions: Vec<usize> =
            (0..self.planted.len()).filter(|task| self.problem.tasks[*task].kind == WORK).collect();
        for pair in sessions.windows(2) {
            let [a, b] = [pair[0], pair[1]];
            for relation in relations(dice, a, b) {
                self.problem.relations.push(relation);
                let broken = verify(&self.problem, &Solution { placements: self.planted.clone() });
                if broken.iter().any(|violation| matches!(violation, Violation::Relation(_))) {
                    self.problem.relations.pop();
                }
            }
        }
    }

    fn relate_work(&mut self, dice: &mut Dice) {
        let optional: Vec<usize> =
            (0..self.planted.len()).filter(|task| self.planted[*task].is_none()).collect();
        for pair in optional.windows(2) {
            if dice.chance(12) {
                let mut relations = relations(dice, pair[0], pair[1]);
                self.problem.relations.extend(relations.pop());
            }
            if dice.chance(4) {
                let choice = Some(pair[0]);
                if self.problem.tasks[pair[0]].choice.is_none() {
                    self.problem.tasks[pair[0]].choice = choice;
                    self.problem.tasks[pair[1]].choice = choice;
                }
            }
        }
    }
}

/// Relations of every sort between two tasks, in an order of chance.
fn relations(dice: &mut Dice, a: usize, b: usize) -> Vec<Relation> {
    let presence = if dice.chance(50) { Presence::NeedsFirst } else { Presence::IfBoth };
    let max_slots = if dice.chance(30) { Some(dice.between(20, 200)) } else { None };
    let mut all = vec![
        Relation::Before { first: a, then: b, min_slots: dice.below(20), max_slots, presence },
        Relation::Apart { a, b, gap_slots: dice.below(30) },
        Relation::SameCrew { a, b },
        Relation::OtherCrew { a, b },
    ];
    let turn = dice.below(4) as usize;
    all.rotate_left(turn);
    all
}
