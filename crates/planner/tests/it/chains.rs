use planner::{
    Continue, Need, Options, Person, PersonSet, Placement, Presence, Problem, Relation, Role, SlotSet,
    Solution, Task, search, verify,
};

/// Two parts, each after the one before, stand so late that the last has only time left that others cannot do without. Pushing those never
/// ends; the parts must move forward together.
#[test]
fn parts_that_stand_late_move_forward() {
    let anybody = vec![Role { count: 1, eligible: PersonSet::one(0) }];
    let task = |duration, starts: std::ops::Range<u32>| Task {
        duration,
        crew: anybody.clone(),
        starts: SlotSet::from_range(starts),
        need: Need::Mandatory,
        ..Task::default()
    };
    let before = |first, then| Relation::Before {
        first,
        then,
        min_slots: 0,
        max_slots: None,
        presence: Presence::NeedsFirst,
    };
    let problem = Problem {
        slots: 400,
        day_starts: vec![0],
        persons: vec![Person::default()],
        tasks: vec![task(4, 0..397), task(4, 0..397), task(4, 0..397), task(2, 390..391), task(4, 394..397)],
        relations: vec![before(0, 1), before(1, 2)],
        ..Problem::default()
    };
    let at = |start| Some(Placement { start, crew: PersonSet::one(0) });
    let start = Solution { placements: vec![at(382), at(386), None, at(390), at(394)] };
    for seed in 0..40 {
        let options = Options {
            seed,
            ejections: 12,
            start: Some(start.clone()),
            iterations: Some(0),
            ..Options::default()
        };
        let outcome = search(&problem, &options, &mut |_| Continue::Spent(0.0)).unwrap();
        assert_eq!(outcome.worth.mandatory_placed, 5, "seed {seed} after {} ejections", outcome.ejections);
        assert_eq!(verify(&problem, &outcome.solution), [], "seed {seed}");
    }
}
