//! Plans a crew week from a file: `cargo run --release -p planner --example crew_week -- FILE SECONDS SEED`.
#![allow(clippy::print_stdout, reason = "a program for people")]

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
    let started = cpu_seconds();
    let mut first = None;
    let threads = arguments.next().map_or(1, |text| text.parse().expect("threads"));
    let options = Options { seed, threads, islands: threads, iterations, ..Options::default() };
    let mut told = 0.0;
    let outcome = search(&problem, &options, &mut |progress| {
        let elapsed = cpu_seconds() - started;
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
    println!("bound {:?}", planner::bound(&problem));
    println!("violations: {:?}", verify(&problem, &outcome.solution));
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
