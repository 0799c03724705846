//! Plans a crew week from a file: `cargo run --release -p planner --example crew_week -- FILE SECONDS SEED`.
#![allow(clippy::print_stdout, reason = "a program for people")]

use std::time::Instant;

use planner::{Continue, Options, read_crew_week, search, verify};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (file, seconds, seed) = (arguments.next(), arguments.next(), arguments.next());
    let text = std::fs::read_to_string(file.expect("a file")).expect("the file can be read");
    let spend = seconds.unwrap_or("10".into());
    let iterations = spend.strip_suffix('i').map(|text| text.parse().expect("iterations"));
    let seconds: f64 = if iterations.is_some() { 1e9 } else { spend.parse().expect("seconds") };
    let seed = seed.map_or(1, |text| text.parse().expect("a seed"));
    let problem = read_crew_week(&text).expect("a crew week");
    let started = Instant::now();
    let mut first = None;
    let threads = arguments.next().map_or(1, |text| text.parse().expect("threads"));
    let options = Options { seed, threads, islands: threads, iterations, ..Options::default() };
    let mut told = 0.0;
    let outcome = search(&problem, &options, &mut |progress| {
        let elapsed = started.elapsed().as_secs_f64();
        first.get_or_insert((elapsed, progress.objective, progress.mandatory_missing));
        if elapsed > told {
            told += seconds / 10.0;
            println!(
                "{elapsed:.2} s  {} {}  {} it",
                progress.objective, progress.mandatory_missing, progress.iterations
            );
        }
        Continue::Spent(elapsed / seconds)
    })
    .expect("a sound problem");
    println!(
        "first {first:?}, then {:?}, {} iterations, {} ejections",
        outcome.worth, outcome.iterations, outcome.ejections
    );
    println!("violations: {:?}", verify(&problem, &outcome.solution));
}
