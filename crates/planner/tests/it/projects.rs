use std::path::Path;

use planner::{Continue, Job, Project, ProjectFault, ScheduleOptions, read_psplib, schedule};

use crate::weeks::Dice;

fn scheduled(project: &Project, seed: u64, schedules: u64) -> planner::ScheduleOutcome {
    let options = ScheduleOptions { seed, schedules: Some(schedules) };
    schedule(project, &options, &mut |_| Continue::Spent(0.0)).unwrap()
}

fn random(seed: u64, jobs: u32, resources: u32, most: u32) -> Project {
    let mut dice = Dice::new(seed);
    let capacities: Vec<u32> = (0..resources).map(|_| dice.between(1, most)).collect();
    let jobs = (0..jobs as usize).map(|job| Job {
        duration: dice.below(6),
        demands: capacities
            .iter()
            .map(|capacity| if dice.chance(60) { dice.below(capacity + 1) } else { 0 })
            .collect(),
        successors: (job + 1..jobs as usize).filter(|_| dice.chance(12)).collect(),
    });
    let jobs = jobs.collect();
    Project { capacities, jobs }
}

/// One to six resources, small and large amounts: the packed and the plain form of what is left both keep the project.
#[test]
fn schedules_keep_their_projects() {
    for seed in 0..120 {
        let most = [3, 40, 32_767, 32_768, 1_000_000][seed as usize % 5];
        let project = random(seed, 5 + seed as u32 % 40, 1 + seed as u32 % 6, most);
        let outcome = scheduled(&project, seed, 400);
        assert!(project.is_kept_by(&outcome.starts), "seed {seed}");
        let ends = outcome.starts.iter().zip(&project.jobs).map(|(start, job)| start + job.duration);
        assert_eq!(ends.max(), Some(outcome.makespan));
        assert!(outcome.makespan >= outcome.bound && outcome.bound == project.lower_bound());
        assert_eq!(scheduled(&project, seed, 400), outcome, "the same seed, the same schedule");
    }
}

/// Amounts scaled beyond what packs into a word change nothing.
#[test]
fn packed_and_wide_find_the_same() {
    for seed in 0..30 {
        let project = random(seed, 30, 3, 20);
        let mut scaled = project.clone();
        scaled.capacities.iter_mut().for_each(|capacity| *capacity *= 5000);
        scaled.jobs.iter_mut().flat_map(|job| &mut job.demands).for_each(|demand| *demand *= 5000);
        assert_eq!(scheduled(&project, 9, 300).starts, scheduled(&scaled, 9, 300).starts, "seed {seed}");
    }
}

/// The shortest of all orders of few jobs: every schedule that starts each job as early as it fits, in every order.
#[test]
fn few_jobs_are_scheduled_as_well_as_can_be() {
    for seed in 0..60 {
        let project = random(1000 + seed, 6, 2, 4);
        let mut least = u32::MAX;
        all_orders(&project, &mut Vec::new(), &mut vec![0; 6], &mut least);
        assert_eq!(scheduled(&project, 1, 2000).makespan, least, "seed {seed}: {project:?}");
    }
}

fn all_orders(project: &Project, order: &mut Vec<usize>, starts: &mut Vec<u32>, least: &mut u32) {
    if order.len() == project.jobs.len() {
        let ends = starts.iter().zip(&project.jobs).map(|(start, job)| start + job.duration);
        *least = (*least).min(ends.max().unwrap_or(0));
        return;
    }
    for job in 0..project.jobs.len() {
        let waits = |other: &usize| project.jobs[*other].successors.contains(&job);
        if order.contains(&job) || (0..project.jobs.len()).filter(waits).any(|other| !order.contains(&other))
        {
            continue;
        }
        let ready = order
            .iter()
            .filter(|other| waits(other))
            .map(|other| starts[*other] + project.jobs[*other].duration);
        let mut start = ready.max().unwrap_or(0);
        while !fits(project, order, starts, job, start) {
            start += 1;
        }
        starts[job] = start;
        order.push(job);
        all_orders(project, order, starts, least);
        order.pop();
    }
}

fn fits(project: &Project, placed: &[usize], starts: &[u32], job: usize, start: u32) -> bool {
    (start..start + project.jobs[job].duration).all(|period| {
        project.capacities.iter().enumerate().all(|(resource, capacity)| {
            let runs = placed.iter().filter(|other| {
                starts[**other] <= period && period < starts[**other] + project.jobs[**other].duration
            });
            let used: u32 = runs.map(|other| project.jobs[*other].demands[resource]).sum();
            used + project.jobs[job].demands[resource] <= *capacity
        })
    })
}

#[test]
fn projects_without_a_schedule_are_refused() {
    let job = |duration, demand, successors: &[usize]| Job {
        duration,
        demands: vec![demand],
        successors: successors.to_vec(),
    };
    let cases = [
        (vec![job(1, 1, &[1]), job(1, 1, &[0])], ProjectFault::Circle(0)),
        (vec![job(1, 9, &[])], ProjectFault::Demand { job: 0, resource: 0, demand: 9, capacity: 3 }),
        (vec![job(1, 1, &[4])], ProjectFault::Unknown { job: 0, successor: 4 }),
        (
            vec![job(1 << 24, 1, &[]), job(1, 1, &[])],
            ProjectFault::TooMany {
                what: "periods of all jobs together",
                count: (1 << 24) + 1,
                most: 1 << 24,
            },
        ),
    ];
    for (jobs, fault) in cases {
        let project = Project { capacities: vec![3], jobs };
        let refused = schedule(&project, &ScheduleOptions::default(), &mut |_| Continue::Stop);
        assert_eq!(refused, Err(fault));
    }
    let nothing = scheduled(&Project::default(), 1, 10);
    assert_eq!((nothing.makespan, nothing.starts.len()), (0, 0));
}

/// Published instances, when the data folder is there: each schedule holds and is no shorter than the best that anybody knows.
#[test]
fn published_instances_are_not_beaten_by_more_than_is_possible() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/planning/psplib");
    let Ok(best) = std::fs::read_to_string(folder.join("j60hrs.sm")) else {
        println!("skipped: there is no {}", folder.display());
        return;
    };
    let mut read = 0;
    for line in best.lines() {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [parameter, instance, known, ..] = words[..] else { continue };
        let name = folder.join(format!("j60/j60{parameter}_{instance}.sm"));
        let (Ok(text), Ok(known)) = (std::fs::read_to_string(name), known.parse::<u32>()) else { continue };
        let project = read_psplib(&text).unwrap();
        let outcome = scheduled(&project, 1, 600);
        assert!(project.is_kept_by(&outcome.starts), "{parameter}_{instance}");
        assert!(
            outcome.makespan >= known && outcome.bound <= known,
            "{parameter}_{instance}: {}",
            outcome.makespan
        );
        assert!(
            f64::from(outcome.makespan) < 1.12 * f64::from(known),
            "{parameter}_{instance}: {}",
            outcome.makespan
        );
        read += 1;
    }
    assert!(read > 50, "only {read} instances were read");
}
