//! Schedules PSPLIB files, some seconds each, and compares with the best known makespans:
//! `cargo run --release -p planner --example psplib -- SECONDS SEED FOLDER BEST`.
#![allow(clippy::print_stdout, reason = "a program for people")]

use std::collections::BTreeMap;

use planner::{Continue, ScheduleOptions, read_psplib, schedule};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [seconds, seed, folder, best] = &arguments[..] else { panic!("SECONDS SEED FOLDER BEST") };
    let seconds: f64 = seconds.parse().expect("seconds");
    let best = best_known(&std::fs::read_to_string(best).expect("the list of best makespans"));
    let mut files: Vec<_> =
        std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    let (mut gaps, mut made) = (Vec::new(), 0);
    for file in files {
        let name = file.file_stem().expect("a name").to_string_lossy().into_owned();
        let project = read_psplib(&std::fs::read_to_string(&file).expect("a file")).expect("a PSPLIB file");
        let started = cpu_seconds();
        let options = ScheduleOptions { seed: seed.parse().expect("a seed"), ..ScheduleOptions::default() };
        let outcome =
            schedule(&project, &options, &mut |_| Continue::Spent((cpu_seconds() - started) / seconds))
                .expect("a sound project");
        assert!(project.is_kept_by(&outcome.starts), "{name}: the schedule breaks its project");
        let known = best[name.trim_start_matches("j120").trim_start_matches("j60")];
        gaps.push(f64::from(outcome.makespan) / f64::from(known) - 1.0);
        made += outcome.schedules;
        println!(
            "{name}: {} of {known}, bound {}, {} schedules",
            outcome.makespan, outcome.bound, outcome.schedules
        );
    }
    println!(
        "mean gap {:.3} % over {}; {made} schedules",
        100.0 * gaps.iter().sum::<f64>() / gaps.len() as f64,
        gaps.len()
    );
}

/// `parameter instance makespan …` by `parameter_instance`.
fn best_known(text: &str) -> BTreeMap<String, u32> {
    let line = |line: &str| {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [parameter, instance, makespan, ..] = words[..] else { return None };
        Some((format!("{parameter}_{instance}"), makespan.parse().ok()?))
    };
    text.lines().filter_map(line).collect()
}

/// Seconds that this thread has had a processor: on a machine with other work the clock on the wall says little.
fn cpu_seconds() -> f64 {
    let text =
        std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux says how long a thread ran");
    text.split_whitespace()
        .next()
        .and_then(|word| word.parse().ok())
        .map_or(0.0, |nanoseconds: f64| nanoseconds / 1e9)
}
