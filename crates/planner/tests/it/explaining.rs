use planner::{
    Cause, Continue, CoreOptions, Demand, Need, Options, Person, PersonSet, Placement, Presence, Problem,
    Proof, Relation, Remedy, Resource, Role, SlotSet, Solution, Task, core, explain, search, verify,
};

use crate::weeks::week;

fn solo(duration: u32, person: usize, starts: std::ops::Range<u32>) -> Task {
    Task {
        duration,
        crew: vec![Role { count: 1, eligible: PersonSet::one(person) }],
        starts: SlotSet::from_range(starts),
        value: 5,
        ..Task::default()
    }
}

/// Two persons, a grid of 20 slots, person 0 away until slot 4, one device.
fn small(tasks: Vec<Task>) -> Problem {
    Problem {
        slots: 20,
        day_starts: vec![0],
        persons: vec![Person { blocked: SlotSet::from_range(0..4) }, Person::default()],
        resources: vec![Resource::constant(1)],
        windows: vec![SlotSet::from_range(10..12)],
        tasks,
        ..Problem::default()
    }
}

fn at(start: u32, person: usize) -> Option<Placement> {
    Some(Placement { start, crew: PersonSet::one(person) })
}

/// Explains the last task of a problem, the others being placed as said.
fn told(problem: &Problem, placed: &[Option<Placement>]) -> (Vec<Cause>, Vec<Remedy>) {
    let last = problem.tasks.len() - 1;
    let mut placements = placed.to_vec();
    placements.push(None);
    let all = explain(problem, &Solution { placements }, &[last]).unwrap();
    assert_eq!(all[0].task, last);
    (all[0].reasons.iter().map(|reason| reason.cause).collect(), all[0].remedies.clone())
}

#[test]
fn reasons_are_named() {
    let beyond = small(vec![solo(5, 1, 17..20)]);
    assert_eq!(told(&beyond, &[]).0, [Cause::Starts]);
    let window = small(vec![Task { within: vec![0], ..solo(3, 1, 0..20) }]);
    assert_eq!(told(&window, &[]).0, [Cause::Window(0)]);
    let away = small(vec![solo(3, 0, 0..4)]);
    assert_eq!(told(&away, &[]).0, [Cause::Starts, Cause::Absent { role: 0 }]);
    let mut unqualified = solo(3, 0, 0..20);
    unqualified.crew[0].count = 2;
    assert_eq!(told(&small(vec![unqualified]), &[]).0, [Cause::Qualified { role: 0 }]);
    let busy = small(vec![solo(16, 1, 0..20), solo(5, 1, 0..20)]);
    assert_eq!(told(&busy, &[at(2, 1)]).0, [Cause::Busy { role: 0 }]);
    let fits = small(vec![solo(5, 1, 0..20)]);
    let (reasons, remedies) = told(&fits, &[]);
    assert!(reasons.is_empty() && matches!(remedies[..], [Remedy::Fits(_)]), "{remedies:?}");
}

#[test]
fn devices_and_relations_are_named() {
    let device = |task: Task| Task { demands: vec![Demand { resource: 0, amount: 1 }], ..task };
    let both = small(vec![device(solo(16, 0, 4..5)), device(solo(5, 1, 0..20))]);
    let (reasons, remedies) = told(&both, &[at(4, 0)]);
    assert_eq!(reasons, [Cause::Resource(0)]);
    assert!(remedies.contains(&Remedy::Drop { tasks: vec![0], at: at(0, 1).unwrap() }), "{remedies:?}");
    assert!(matches!(remedies[..], [_, Remedy::MoreResource { resource: 0, amount: 1, .. }]), "{remedies:?}");
    let mut waiting = small(vec![solo(3, 1, 0..20), solo(3, 1, 0..20)]);
    let presence = Presence::NeedsFirst;
    waiting.relations = vec![Relation::Before { first: 0, then: 1, min_slots: 0, max_slots: None, presence }];
    assert_eq!(told(&waiting, &[None]).0, [Cause::Relation(0)]);
}

#[test]
fn remedies_say_how_much() {
    let late = small(vec![solo(10, 1, 0..20), solo(4, 1, 3..6)]);
    let (_, remedies) = told(&late, &[at(2, 1)]);
    assert!(remedies.contains(&Remedy::WidenStarts { by: 7, at: at(12, 1).unwrap() }), "{remedies:?}");
    let mut pair = solo(4, 1, 0..20);
    pair.crew[0] = Role { count: 2, eligible: PersonSet(0b11) };
    let two = small(vec![solo(16, 0, 4..5), pair]);
    let (reasons, remedies) = told(&two, &[at(4, 0)]);
    assert_eq!(reasons, [Cause::Busy { role: 0 }]);
    assert!(remedies.contains(&Remedy::OneLess { role: 0, at: at(0, 1).unwrap() }), "{remedies:?}");
    let window = small(vec![Task { within: vec![0], ..solo(3, 1, 0..20) }]);
    let (_, remedies) = told(&window, &[]);
    assert!(matches!(remedies[..], [Remedy::WithoutWindow { window: 0, .. }]), "{remedies:?}");
}

/// Whatever is proposed is tried: with the change made, the plan with the task in it breaks nothing.
#[test]
fn every_remedy_admits_its_task() {
    let mut tried = 0;
    for shape in 0..25 {
        let week = week(shape, 100);
        let options = Options { iterations: Some(500), ..Options::default() };
        let plan = search(&week.problem, &options, &mut |_| Continue::Spent(0.0)).unwrap().solution;
        let open: Vec<usize> =
            (0..plan.placements.len()).filter(|task| plan.placements[*task].is_none()).collect();
        for told in explain(&week.problem, &plan, &open).unwrap() {
            assert!(!told.reasons.is_empty() || matches!(told.remedies[..], [Remedy::Fits(_)]), "{told:?}");
            for remedy in &told.remedies {
                let (problem, plan) = changed(&week.problem, &plan, told.task, remedy);
                assert_eq!(verify(&problem, &plan), [], "shape {shape}: {remedy:?} of {told:?}");
                tried += 1;
            }
        }
    }
    assert!(tried > 500, "only {tried} remedies");
}

fn changed(problem: &Problem, plan: &Solution, task: usize, remedy: &Remedy) -> (Problem, Solution) {
    let (mut problem, mut plan) = (problem.clone(), plan.clone());
    let place = match remedy {
        Remedy::Fits(at) => *at,
        Remedy::Drop { tasks, at } => {
            tasks.iter().for_each(|other| plan.placements[*other] = None);
            *at
        }
        Remedy::WidenStarts { by, at } => {
            let first = problem.tasks[task].starts.iter().map(|start| (i64::from(start) + by).max(0) as u32);
            let wider: SlotSet = first.collect();
            assert!(wider.contains(at.start), "{by} slots are enough");
            problem.tasks[task].starts = problem.tasks[task].starts.or(&wider);
            *at
        }
        Remedy::WithoutWindow { window, at } => {
            problem.tasks[task].within.retain(|other| other != window);
            *at
        }
        Remedy::OneLess { role, at } => {
            problem.tasks[task].crew[*role].count -= 1;
            *at
        }
        Remedy::MoreResource { resource, amount, at } => {
            problem.resources[*resource].capacity += amount;
            problem.resources[*resource].changes.iter_mut().for_each(|change| change.1 += amount);
            *at
        }
        Remedy::WithoutRelation { relation, at } => {
            problem.relations.remove(*relation);
            *at
        }
    };
    plan.placements[task] = Some(place);
    (problem, plan)
}

/// Seven sessions of 90 minutes on one device, each person's lunch, and an hour's rest between: the week that nobody noticed was impossible.
#[test]
fn work_that_cannot_hold_together_is_found() {
    let device =
        |task: Task| Task { need: Need::Mandatory, demands: vec![Demand { resource: 0, amount: 1 }], ..task };
    let crowd = small((0..4).map(|at| device(solo(6, at % 2, 0..20))).chain([solo(2, 1, 0..20)]).collect());
    let found = core(&crowd, &CoreOptions::default()).unwrap().unwrap();
    assert_eq!(found.tasks, [0, 1, 2, 3]);
    assert_eq!(found.proof, Proof::ResourceShort { resource: 0, from: 0, to: 20, missing: 4 });
    let people = small(vec![
        Task { need: Need::Mandatory, ..solo(9, 0, 0..20) },
        Task { need: Need::Mandatory, ..solo(9, 0, 0..20) },
        Task { need: Need::Mandatory, ..solo(9, 1, 0..20) },
    ]);
    let found = core(&people, &CoreOptions::default()).unwrap().unwrap();
    assert_eq!((found.tasks, found.proof), (vec![0, 1], Proof::PeopleShort(2)));
    let alone = small(vec![Task { need: Need::Mandatory, ..solo(5, 1, 18..20) }]);
    let found = core(&alone, &CoreOptions::default()).unwrap().unwrap();
    assert_eq!((found.tasks, found.proof), (vec![0], Proof::Alone));
    let mut apart = small(vec![
        Task { need: Need::Mandatory, ..solo(7, 0, 0..20) },
        Task { need: Need::Mandatory, ..solo(7, 1, 0..20) },
    ]);
    apart.relations = vec![Relation::Apart { a: 0, b: 1, gap_slots: 8 }];
    let found = core(&apart, &CoreOptions::default()).unwrap().unwrap();
    assert_eq!((found.tasks, found.proof), (vec![0, 1], Proof::Exhausted));
}
