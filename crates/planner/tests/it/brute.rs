use planner::{Continue, CoreOptions, Options, Proof, Violation, bound, core, hold_all, search, verify};

use crate::tiny::{best, sound, tiny};

const SEEDS: std::ops::Range<u64> = 0..300;

/// On problems small enough to try every plan, the best of four searches is the best there is.
#[test]
fn the_search_finds_the_best_of_all_plans() {
    let mut complete = 0;
    for seed in SEEDS {
        let problem = sound(seed);
        let best = best(&problem);
        let options = Options { iterations: Some(3000), islands: 4, ejections: 300, ..Options::default() };
        let outcome = search(&problem, &options, &mut |_| Continue::Spent(0.0)).unwrap();
        let missing = outcome.worth.mandatory_total - outcome.worth.mandatory_placed;
        assert_eq!(missing, best.missing, "seed {seed}: {problem:#?}");
        assert!(
            (outcome.worth.objective - best.objective).abs() < 0.01,
            "seed {seed}: {} of {}\n{problem:#?}",
            outcome.worth.objective,
            best.objective
        );
        complete += usize::from(missing == 0);
    }
    assert!((100..290).contains(&complete), "{complete} of the problems can be planned: too few of one sort");
}

/// The bound holds for the best of all plans, and is not merely large.
#[test]
fn no_plan_is_worth_more_than_the_bound() {
    let mut tight = 0;
    for seed in SEEDS {
        let problem = sound(seed);
        let Some(value) = best(&problem).value_of_complete else { continue };
        let bound = bound(&problem).unwrap();
        assert!(bound.value >= value, "seed {seed}: {bound:?} below {value}\n{problem:#?}");
        assert!(bound.value <= bound.value_by_people);
        assert_eq!(bound.mandatory_shortfall_slots, 0, "seed {seed}: all mandatory work can be done");
        tight += usize::from(bound.value == value);
    }
    assert!(tight > 30, "only {tight} bounds are exact");
}

/// A proven core really cannot hold together; and whatever can be planned has no core.
#[test]
fn cores_are_true() {
    let mut proven = 0;
    for seed in SEEDS {
        let mut problem = sound(seed);
        let possible = best(&problem).missing == 0;
        let core = core(&problem, &CoreOptions::default()).unwrap();
        let held = hold_all(&problem, &CoreOptions::default()).unwrap();
        assert_eq!(held.is_some(), possible, "seed {seed}: {problem:#?}");
        if let Some(held) = held {
            assert_eq!(verify(&problem, &held), [], "seed {seed}: {problem:#?}");
        }
        if possible {
            assert_eq!(core, None, "seed {seed}: {problem:#?}");
            continue;
        }
        let core = core.unwrap_or_else(|| panic!("seed {seed}: a core\n{problem:#?}"));
        for (index, task) in problem.tasks.iter_mut().enumerate() {
            if !core.tasks.contains(&index) && task.locked.is_none() {
                task.need = planner::Need::Optional;
            }
        }
        assert!(best(&problem).missing > 0, "seed {seed}: {core:?} holds together\n{problem:#?}");
        proven += usize::from(core.proof != Proof::NotProven);
    }
    assert!(proven > 50, "only {proven} cores are proven");
}

/// What locked tasks break by themselves is all that a plan breaks.
#[test]
fn nothing_else_is_broken() {
    for seed in SEEDS {
        let problem = tiny(seed);
        let locked = planner::Solution { placements: problem.tasks.iter().map(|task| task.locked).collect() };
        let known = verify(&problem, &locked);
        let outcome = search(
            &problem,
            &Options { iterations: Some(500), ejections: 100, ..Options::default() },
            &mut |_| Continue::Spent(0.0),
        );
        for violation in verify(&problem, &outcome.unwrap().solution) {
            let is_forgiven =
                known.contains(&violation) || matches!(violation, Violation::MandatoryMissing(_));
            assert!(is_forgiven, "seed {seed}: {violation:?}\n{problem:#?}");
        }
    }
}
