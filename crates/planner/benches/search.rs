//! A generated week of 300 tasks, a project of 120 jobs: reading nothing, timing the engines.

use divan::Bencher;
use divan::counter::ItemsCount;
use planner::{
    Continue, Job, Options, Problem, Project, ScheduleOptions, Solution, bound, explain, schedule, search,
};

#[path = "../tests/it/weeks.rs"]
mod weeks;

fn main() {
    divan::main();
}

/// The largest of some shapes: seven days or nearly, several people.
fn week() -> Problem {
    weeks::week(3, 300).problem
}

fn planned(problem: &Problem, iterations: u64) -> Solution {
    let options = Options { iterations: Some(iterations), ..Options::default() };
    search(problem, &options, &mut |_| Continue::Spent(0.0)).expect("a sound problem").solution
}

#[divan::bench]
fn first_full_plan(bencher: Bencher) {
    let problem = week();
    bencher.counter(ItemsCount::new(problem.tasks.len())).bench(|| planned(&problem, 0));
}

#[divan::bench]
fn a_thousand_ruins(bencher: Bencher) {
    let problem = week();
    bencher.counter(ItemsCount::new(1000usize)).bench(|| planned(&problem, 1000));
}

#[divan::bench]
fn upper_bound(bencher: Bencher) {
    let problem = week();
    bencher.bench(|| bound(&problem).expect("a sound problem"));
}

#[divan::bench]
fn explain_all(bencher: Bencher) {
    let problem = week();
    let plan = planned(&problem, 1000);
    let open: Vec<usize> = (0..problem.tasks.len()).filter(|task| plan.placements[*task].is_none()).collect();
    bencher
        .counter(ItemsCount::new(open.len()))
        .bench(|| explain(&problem, &plan, &open).expect("a sound problem"));
}

/// 120 jobs and four resources that bind.
fn project() -> Project {
    let mut dice = weeks::Dice::new(4);
    let jobs = (0..120usize).map(|job| Job {
        duration: dice.between(1, 10),
        demands: (0..4).map(|_| if dice.chance(50) { dice.below(10) } else { 0 }).collect(),
        successors: (job + 1..(job + 20).min(120)).filter(|_| dice.chance(9)).collect(),
    });
    Project { capacities: vec![16; 4], jobs: jobs.collect() }
}

#[divan::bench]
fn ten_thousand_schedules(bencher: Bencher) {
    let project = project();
    let options = ScheduleOptions { schedules: Some(10_000), ..ScheduleOptions::default() };
    bencher.counter(ItemsCount::new(10_000usize)).bench(|| {
        schedule(&project, &options, &mut |_| Continue::Spent(0.0)).expect("a sound project").makespan
    });
}
