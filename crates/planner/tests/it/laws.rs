use planner::{Continue, Options, Outcome, Placement, Problem, Solution, bound, search, verify, worth};
use proptest::prelude::*;

use crate::weeks::{Dice, week};

fn searched(problem: &Problem, options: &Options) -> Outcome {
    search(problem, options, &mut |_| Continue::Spent(0.0)).unwrap()
}

fn short(seed: u64, iterations: u64) -> Options {
    Options { seed, iterations: Some(iterations), ..Options::default() }
}

/// Weeks of many shapes, each with a plan that holds planted in it: whatever the seed, all mandatory work is placed, nothing is broken, and
/// the bound stands above.
#[test]
fn all_mandatory_work_that_can_be_placed_is_placed() {
    for shape in 0..60 {
        let week = week(shape, 80);
        let bound = bound(&week.problem).unwrap();
        assert_eq!(bound.mandatory_shortfall_slots, 0);
        for seed in 1..=2 {
            let outcome = searched(&week.problem, &short(seed, 400));
            let worth = outcome.worth;
            assert_eq!(worth.mandatory_placed, worth.mandatory_total, "shape {shape}, seed {seed}");
            assert_eq!(verify(&week.problem, &outcome.solution), [], "shape {shape}, seed {seed}");
            assert!(worth.value <= bound.value, "shape {shape}: {} above {bound:?}", worth.value);
            assert!(worth.objective <= worth.value as f64);
        }
    }
}

/// At every moment of a search the best plan so far has all mandatory work, and it only gets better.
#[test]
fn mandatory_work_is_never_traded() {
    for shape in 0..8 {
        let week = week(shape, 120);
        let mut last = f64::MIN;
        search(&week.problem, &short(3, 4000), &mut |progress| {
            assert_eq!(progress.mandatory_missing, 0, "shape {shape}");
            assert!(progress.objective >= last);
            last = progress.objective;
            Continue::Spent(0.0)
        })
        .unwrap();
    }
}

#[test]
fn threads_change_nothing_and_seeds_do() {
    let week = week(11, 150);
    let base = Options { islands: 3, ..short(5, 25_000) };
    let plans: Vec<Outcome> =
        (1..=4).map(|threads| searched(&week.problem, &Options { threads, ..base.clone() })).collect();
    for plan in &plans {
        assert_eq!(plan, &plans[0]);
    }
    let other = searched(&week.problem, &Options { seed: 6, ..base });
    assert_ne!(other.solution, plans[0].solution);
}

/// The day after: what has started stays, somebody is sick, a device is lost, and only what must move moves.
#[test]
fn a_plan_is_mended_with_few_moves() {
    for shape in 0..12 {
        let mut week = week(shape, 60);
        let before = searched(&week.problem, &short(1, 2000)).solution;
        let problem = &mut week.problem;
        let (now, later) = (problem.slots / 4, problem.slots / 2);
        for (task, at) in problem.tasks.iter_mut().zip(&before.placements) {
            let Some(at) = *at else { continue };
            task.locked = (at.start < now).then_some(at);
            task.previous =
                Some(planner::Previous { placement: at, start_cost: 3, person_cost: 2, drop_cost: 5 });
        }
        let sick = planner::SlotSet::from_range(now..later);
        problem.persons[0].blocked = problem.persons[0].blocked.or(&sick);
        let hit = |placement: &Placement, duration: u32| {
            placement.crew.contains(0) && placement.start < later && placement.start + duration > now
        };
        let must: usize = before
            .placements
            .iter()
            .zip(&problem.tasks)
            .filter(|(at, task)| at.is_some_and(|at| hit(&at, task.duration)))
            .count();
        let after = searched(problem, &Options { start: Some(before.clone()), ..short(1, 1000) });
        let moved = before
            .placements
            .iter()
            .zip(&after.solution.placements)
            .filter(|(a, b)| a.is_some() && a != b)
            .count();
        assert!(moved <= 3 * must + 3, "shape {shape}: {moved} moved, {must} had to");
        for (task, at) in problem.tasks.iter().zip(&after.solution.placements) {
            assert!(task.locked.is_none() || task.locked == *at, "shape {shape}: a started task was moved");
        }
        let locked = Solution { placements: problem.tasks.iter().map(|task| task.locked).collect() };
        let known = verify(problem, &locked);
        for violation in verify(problem, &after.solution) {
            let is_mandatory = matches!(violation, planner::Violation::MandatoryMissing(_));
            assert!(known.contains(&violation) || is_mandatory, "shape {shape}: {violation:?}");
        }
    }
}

/// A planted plan as start: nothing of it is lost.
#[test]
fn a_search_starts_from_the_plan_it_is_given() {
    for shape in 0..20 {
        let week = week(shape, 0);
        let options = Options { start: Some(week.planted.clone()), ..short(1, 0) };
        let outcome = searched(&week.problem, &options);
        assert_eq!(outcome.solution, week.planted, "shape {shape}");
    }
}

/// A plan that somebody has spoilt is caught.
#[test]
fn mutated_plans_are_caught() {
    let mut caught = 0;
    for shape in 0..10 {
        let week = week(shape, 60);
        let plan = searched(&week.problem, &short(1, 500)).solution;
        let mut dice = Dice::new(shape);
        for _ in 0..40 {
            let mut spoilt = plan.clone();
            let task = dice.below(plan.placements.len() as u32) as usize;
            let Some(at) = &mut spoilt.placements[task] else { continue };
            at.start = (at.start + dice.between(1, week.problem.slots - 1)) % week.problem.slots;
            caught += usize::from(!verify(&week.problem, &spoilt).is_empty());
        }
    }
    assert!(caught > 250, "only {caught} of about 400 were caught");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Whatever the problem: what the search returns breaks nothing, is worth what it says and not more than the bound.
    #[test]
    fn whatever_is_found_holds(shape in 1000u64..100_000, seed: u64, iterations in 0u64..600) {
        let week = week(shape, 40);
        let outcome = searched(&week.problem, &short(seed, iterations));
        prop_assert_eq!(verify(&week.problem, &outcome.solution), []);
        prop_assert_eq!(worth(&week.problem, &outcome.solution), outcome.worth);
        prop_assert!(outcome.worth.value <= bound(&week.problem).unwrap().value);
    }
}
