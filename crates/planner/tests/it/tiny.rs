//! Problems so small that all plans can be tried, with every sort of constraint.

use planner::{
    DayLimit, Demand, Need, Partner, Person, PersonSet, Placement, Presence, Previous, Problem, Relation,
    Resource, Role, Separation, SlotSet, Solution, Spread, Task, Violation, verify, worth,
};

use crate::weeks::Dice;

/// The same without locks where they break something: what else may be broken is then clear.
pub(crate) fn sound(seed: u64) -> Problem {
    let mut problem = tiny(seed);
    let locked = Solution { placements: problem.tasks.iter().map(|task| task.locked).collect() };
    if verify(&problem, &locked).iter().any(|violation| !matches!(violation, Violation::MandatoryMissing(_)))
    {
        problem.tasks.iter_mut().for_each(|task| task.locked = None);
    }
    problem
}

/// A problem of four tasks, three people and ten slots.
pub(crate) fn tiny(seed: u64) -> Problem {
    let mut dice = Dice::new(seed);
    let slots = dice.between(6, 10);
    let mut problem = Problem {
        slots,
        day_starts: if dice.chance(50) { vec![0, slots / 2] } else { vec![0] },
        persons: (0..3).map(|_| Person { blocked: few(&mut dice, slots, 15) }).collect(),
        resources: vec![Resource { capacity: dice.between(1, 2), changes: vec![(slots / 2, dice.below(3))] }],
        windows: vec![few(&mut dice, slots, 70)],
        partners: vec![Partner { target_slots: dice.below(8), weight: dice.below(3) }; 2],
        ..Problem::default()
    };
    if dice.chance(50) {
        let (first, then) = (dice.below(3) as usize, dice.below(3) as usize);
        problem.separations.push(Separation { first, then, gap_slots: dice.between(1, 3) });
    }
    if dice.chance(40) {
        problem.limits.push(DayLimit {
            persons: PersonSet(0b111),
            kinds: u64::from(dice.between(1, 7)),
            most_slots: dice.chance(70).then_some(dice.between(1, 4)),
            most_tasks: dice.chance(50).then_some(dice.between(1, 2)),
            exceptions: Vec::new(),
        });
    }
    if dice.chance(20) {
        problem.spread = Spread { persons: PersonSet(0b111), kinds: 0b111, weight: 1 };
    }
    for _ in 0..4 {
        let task = task(&mut dice, slots);
        problem.tasks.push(task);
    }
    for (a, b) in [(0, 1), (1, 2), (2, 3), (0, 3)] {
        if dice.chance(25) {
            problem.relations.push(relation(&mut dice, a, b));
        }
    }
    if dice.chance(15) {
        problem.tasks[1].choice = Some(7);
        problem.tasks[2].choice = Some(7);
    }
    // Diced last, so that all else is as it was without.
    if dice.chance(40)
        && let Some(limit) = problem.limits.first_mut()
    {
        limit.exceptions = vec![(0, dice.below(4))];
    }
    problem
}

fn few(dice: &mut Dice, slots: u32, percent: u32) -> SlotSet {
    (0..slots).filter(|_| dice.chance(percent)).collect()
}

fn task(dice: &mut Dice, slots: u32) -> Task {
    let mut crew =
        vec![Role { count: dice.between(1, 2), eligible: PersonSet(u64::from(dice.between(1, 7))) }];
    match dice.below(8) {
        0 => crew.clear(),
        1 => crew.push(Role { count: 1, eligible: PersonSet(u64::from(dice.between(1, 7))) }),
        _ => {}
    }
    let mut task = Task {
        duration: dice.between(1, 4),
        crew,
        demands: if dice.chance(40) {
            vec![Demand { resource: 0, amount: dice.between(1, 2) }]
        } else {
            Vec::new()
        },
        starts: few(dice, slots, 70),
        within: if dice.chance(20) { vec![0] } else { Vec::new() },
        kind: dice.below(3) as usize,
        partner: dice.chance(50).then_some(dice.below(2) as usize),
        need: if dice.chance(40) { Need::Mandatory } else { Need::Optional },
        value: dice.below(12),
        ..Task::default()
    };
    if dice.chance(25) {
        let placement = Placement { start: dice.below(slots), crew: PersonSet(u64::from(dice.below(8))) };
        let [start_cost, person_cost, drop_cost] = std::array::from_fn(|_| dice.below(4));
        task.previous = Some(Previous { placement, start_cost, person_cost, drop_cost });
    }
    if dice.chance(8) {
        let placement = Placement { start: dice.below(slots), crew: PersonSet(u64::from(dice.below(8))) };
        task.locked = Some(placement).filter(|at| at.start + task.duration <= slots);
    }
    task
}

fn relation(dice: &mut Dice, a: usize, b: usize) -> Relation {
    let presence = if dice.chance(50) { Presence::NeedsFirst } else { Presence::IfBoth };
    match dice.below(4) {
        0 | 1 => {
            let max_slots = dice.chance(50).then_some(dice.below(4));
            Relation::Before { first: a, then: b, min_slots: dice.below(2), max_slots, presence }
        }
        2 => Relation::Apart { a, b, gap_slots: dice.below(3) },
        _ if dice.chance(50) => Relation::SameCrew { a, b },
        _ => Relation::OtherCrew { a, b },
    }
}

/// The best of all plans: how many mandatory tasks it lacks, its objective, and the greatest value among plans that lack none.
pub(crate) struct Best {
    pub(crate) missing: usize,
    pub(crate) objective: f64,
    pub(crate) value_of_complete: Option<i64>,
}

/// Tries every plan that breaks nothing. Locked tasks stay.
pub(crate) fn best(problem: &Problem) -> Best {
    let locked = Solution { placements: problem.tasks.iter().map(|task| task.locked).collect() };
    let mut best = Best { missing: usize::MAX, objective: f64::MIN, value_of_complete: None };
    let mut trial = locked;
    try_all(problem, &mut trial, 0, &mut best);
    best
}

fn try_all(problem: &Problem, trial: &mut Solution, task: usize, best: &mut Best) {
    let Some(given) = problem.tasks.get(task) else {
        let is_forgiven = |violation: &Violation| matches!(violation, Violation::MandatoryMissing(_));
        if verify(problem, trial).iter().all(is_forgiven) {
            note(problem, trial, best);
        }
        return;
    };
    try_all(problem, trial, task + 1, best);
    if given.locked.is_some() {
        return;
    }
    for start in given.starts.iter() {
        for crew in 0..1 << problem.persons.len() {
            let crew = PersonSet(crew);
            if crew.count() != given.crew_count() {
                continue;
            }
            trial.placements[task] = Some(Placement { start, crew });
            let is_passing = |violation: &Violation| {
                matches!(violation, Violation::MandatoryMissing(_) | Violation::Relation(_))
            };
            if verify(problem, trial).iter().all(is_passing) {
                try_all(problem, trial, task + 1, best);
            }
            trial.placements[task] = None;
        }
    }
}

fn note(problem: &Problem, trial: &Solution, best: &mut Best) {
    let worth = worth(problem, trial);
    let missing = worth.mandatory_total - worth.mandatory_placed;
    if missing < best.missing || missing == best.missing && worth.objective > best.objective {
        (best.missing, best.objective) = (missing, worth.objective);
    }
    if missing == 0 {
        best.value_of_complete =
            Some(best.value_of_complete.map_or(worth.value, |value| value.max(worth.value)));
    }
}
