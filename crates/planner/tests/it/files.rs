use std::path::Path;

use planner::{Continue, Options, Problem, read_crew_week, read_psplib, search, verify};
use proptest::prelude::*;

const WEEK: &str = "\
T 288 C 2
R 1 2
B 0 0 90
COMM 1
A 0 1 0 12 1 - 0 132 180 RSA L 0
A 1 0 3 6 2 0,1 1 0 288 NASA W 0,1
P 0 1 3
";

fn whole() -> String {
    WEEK.replace("COMM 1", &format!("COMM {}", "1".repeat(288)))
}

#[test]
fn a_week_is_read() {
    let problem = read_crew_week(&whole()).unwrap();
    assert_eq!(
        (problem.slots, problem.persons.len(), problem.resources.len(), problem.tasks.len()),
        (288, 2, 2, 2)
    );
    assert_eq!(problem.tasks[0].starts.ranges(), [132..169]);
    assert_eq!((problem.tasks[1].value, problem.tasks[1].crew_slots()), (3 * 6 * 2, 12));
    let outcome = search(&problem, &Options { iterations: Some(50), ..Options::default() }, &mut |_| {
        Continue::Spent(0.0)
    });
    let outcome = outcome.unwrap();
    assert_eq!((outcome.worth.value, verify(&problem, &outcome.solution)), (36, Vec::new()));
}

#[test]
fn a_bad_week_is_refused_with_its_line() {
    let long = "9".repeat(40);
    let cases = [
        ("", 1, "no record"),
        ("R 1", 1, "first record"),
        ("T 0 C 2", 1, "0 slots"),
        ("T 99999999 C 2", 1, "at most"),
        ("T 10 C 65", 1, "at most"),
        ("T 10 C 2\nT 10 C 2", 2, "second"),
        ("T 10 C 2\nB 2 0 5", 2, "at most"),
        ("T 10 C 2\nB 0 7 5", 2, "at most"),
        ("T 10 C 0\nB 0 0 5", 2, "nobody"),
        ("T 10 C 2\nCOMM 01", 2, "expected one for each"),
        ("T 10 C 2\nCOMM 012345678é", 2, "expected"),
        ("T 10 C 2\nQ 1", 2, "none of"),
        ("T 10 C 2\nA 0 1", 2, "fields"),
        ("T 10 C 2\nA 1 1 0 2 1 - 0 0 9 RSA L 0", 2, "expected number 0"),
        ("T 10 C 2\nA 0 1 0 0 1 - 0 0 9 RSA L 0", 2, "no time"),
        ("T 10 C 2\nA 0 1 0 2 1 3 0 0 9 RSA L 0", 2, "number 3"),
        ("T 10 C 2\nA 0 1 0 2 1 - 0 0 9 RSA Z 0", 2, "kind"),
        ("T 10 C 2\nA 0 1 0 2 1 - 0 0 9 RSA L 5", 2, "number 5"),
        ("T 10 C 2\nA 0 7 0 2 1 - 0 0 9 RSA L 0", 2, "at most 1"),
        ("T 10 C 2\nA 0 1 0 2 1 - 1 0 9 RSA L 0", 3, "need COMM"),
        ("T 10 C 2\nP 0 1 0", 2, "before any"),
        ("T 10 C 2\nA 0 1 0 2 1 - 0 0 9 RSA L 0\nP 0 0 0", 4, "itself"),
        (&format!("T {long} C 2"), 1, "whole number"),
    ];
    for (text, line, part) in cases {
        let error = read_crew_week(text).unwrap_err();
        assert_eq!(error.line, line, "{text}: {error}");
        assert!(error.message.contains(part), "{text}: {error}");
    }
}

/// A hundred thousand activities are read, planned for a moment and refused where they have no place.
#[test]
fn a_hundred_thousand_activities_are_no_trouble() {
    let mut text = String::from("T 2016 C 7\n");
    for at in 0..100_000 {
        text.push_str(&format!("A {at} 0 1 6 1 - 0 0 2016 NASA W 0,1,2,3,4,5,6\n"));
    }
    let problem = read_crew_week(&text).unwrap();
    let outcome = search(&problem, &Options::default(), &mut |_| Continue::Stop).unwrap();
    assert_eq!(outcome.worth.value, 7 * 2016);
    let more = format!("{text}A 100000 0 1 6 1 - 0 0 2016 NASA W 0,7\n");
    assert_eq!(read_crew_week(&more).unwrap_err().line, 100_002);
}

#[test]
fn unfit_problems_are_refused() {
    let empty = Problem::default();
    assert!(search(&empty, &Options::default(), &mut |_| Continue::Stop).is_err(), "a grid without days");
    let mut problem = read_crew_week(&whole()).unwrap();
    problem.tasks[0].crew[0].eligible = planner::PersonSet(1 << 40);
    problem.tasks[1].duration = 0;
    problem.tasks[1].demands[0].resource = 77;
    let faults = problem.check().unwrap_err();
    assert_eq!(faults.len(), 3, "{faults:?}");
    let mut circle = read_crew_week(&whole()).unwrap();
    let back = planner::Relation::Before {
        first: 1,
        then: 0,
        min_slots: 0,
        max_slots: None,
        presence: planner::Presence::IfBoth,
    };
    circle.relations.push(back);
    let faults = circle.check().unwrap_err();
    assert!(matches!(&faults[..], [planner::Fault::Circle(tasks)] if tasks.len() == 2), "{faults:?}");
}

const PROJECT: &str = "\
jobs (incl. supersource/sink ):  3
RESOURCES
  - renewable                 :  1   R
  - nonrenewable              :  0   N
  - doubly constrained        :  0   D
PRECEDENCE RELATIONS:
jobnr.    #modes  #successors   successors
   1        1          1           2
   2        1          1           3
   3        1          0
REQUESTS/DURATIONS:
jobnr. mode duration  R 1
-------------------------
  1      1     0       0
  2      1     4       2
  3      1     0       0
RESOURCEAVAILABILITIES:
  R 1
   3
";

#[test]
fn a_bad_project_is_refused_with_its_line() {
    let project = read_psplib(PROJECT).unwrap();
    assert_eq!((project.jobs.len(), project.capacities.as_slice(), project.lower_bound()), (3, &[3][..], 4));
    let cases = [
        ("sink ):  3", "sink ):  x", 1, "whole number"),
        ("sink ):  3", "sink ):  999999999", 1, "at most"),
        ("nonrenewable              :  0", "nonrenewable              :  2", 4, "renewable"),
        ("   2        1          1           3", "   2        2          1           3", 9, "modes"),
        ("   2        1          1           3", "   2        1          2           3", 9, "lists"),
        ("   2        1          1           3", "   2        1          1           9", 9, "successor 9"),
        ("   2        1          1           3", "   7        1          1           3", 9, "expected job 2"),
        ("  2      1     4       2", "  2      1     4", 15, "expected 4 numbers"),
        ("  2      1     4       2", "  2      1     4       -2", 15, "expected 4 numbers"),
        ("  2      1     4       2", "  2      1     4       8", 19, "of which there is 3"),
        ("   3        1          0\n", "   3        1          1  1\n", 19, "comes after itself"),
        ("RESOURCEAVAILABILITIES", "nothing", 20, "ends"),
    ];
    for (from, to, line, part) in cases {
        let error = read_psplib(&PROJECT.replacen(from, to, 1)).unwrap_err();
        assert_eq!(error.line, line, "{to}: {error}");
        assert!(error.message.contains(part), "{to}: {error}");
    }
}

proptest! {
    /// Texts with a piece cut out or put elsewhere are read or refused, never worse.
    #[test]
    fn damaged_texts_are_read_or_refused(from in 0usize..700, length in 0usize..80, to in 0usize..700) {
        for text in [whole(), PROJECT.to_owned()] {
            let mut damaged = text.clone();
            let (from, end) = (from.min(text.len()), (from + length).min(text.len()));
            damaged.replace_range(from..end, "");
            damaged.insert_str(to.min(damaged.len()), &text[from..end]);
            let _ = read_psplib(&damaged);
            if let Ok(problem) = read_crew_week(&damaged) {
                prop_assert!(problem.check().is_ok());
            }
        }
    }
}

/// The weeks of the data folder, when it is there: all mandatory work on every seed, nothing broken.
#[test]
fn the_weeks_of_the_data_folder_are_planned() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/planning/crewweek");
    for (name, seeds) in [("week600.txt", 30), ("fourweek2372.txt", 4)] {
        let Ok(text) = std::fs::read_to_string(folder.join(name)) else {
            println!("skipped: there is no {name} in {}", folder.display());
            continue;
        };
        let problem = read_crew_week(&text).unwrap();
        let bound = planner::bound(&problem).unwrap();
        for seed in 0..seeds {
            let options = Options { seed, iterations: Some(300), ..Options::default() };
            let outcome = search(&problem, &options, &mut |_| Continue::Spent(0.0)).unwrap();
            assert_eq!(outcome.worth.mandatory_placed, outcome.worth.mandatory_total, "{name}, seed {seed}");
            assert_eq!(verify(&problem, &outcome.solution), [], "{name}, seed {seed}");
            assert!(outcome.worth.value <= bound.value && outcome.worth.value * 10 > bound.value * 8);
        }
    }
}
