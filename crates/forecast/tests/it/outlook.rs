//! A compiled plan with something otherwise gives what a draft of the same question gives.

use std::path::Path;

use book::{Book, Files};
use forecast::{Certainty, Change, Model, Outlook, Scenario, Surveyor, compute, crew, draft};
use station::Scale;
use timeline::{Duration, Interval, Time};

fn iss() -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    book::read(&Files::from_dir(folder).expect("the book is there")).0
}

fn scenario(as_of: &str, days: i64) -> Scenario {
    let as_of: Time = as_of.parse().expect("a time");
    Scenario::new(Interval::new(as_of, as_of + Duration::DAY * days).expect("a span"), as_of)
}

/// Levels, uses, people and seats over the whole span, to rounding.
#[track_caller]
fn check(book: &Book, base: &Scenario, otherwise: &[Change], asked: &Scenario, differs: Time) {
    let outlook = Outlook::new(book, base).expect("sound");
    let unchanged = outlook.plan(&[]);
    let surveyor = Surveyor::along(&outlook, &unchanged).expect("it runs");
    let plan = outlook.plan(otherwise);
    let survey = surveyor.survey(&plan, differs).expect("it runs");

    let mut drafted = draft(book, asked);
    drafted.draft.power = None;
    let forecast = compute(&Model::new(&drafted.draft).expect("sound"), asked.span).expect("it runs");
    let names: Vec<String> = outlook.supplies().map(|(name, _)| name.to_owned()).collect();
    let aboard = crew(book, asked, &Scale::Aboard);
    let mut at = asked.span.start();
    while at < asked.span.end() {
        for (supply, name) in names.iter().enumerate() {
            let days = forecast.profile(&format!("supply.{name}.days")).and_then(|days| days.at(at));
            let expected = days.expect("within the span");
            if let Some(found) = survey.days_left(supply, at).filter(|_| expected < 1e4) {
                assert!(
                    (found - expected).abs() < 1e-6 * (1.0 + expected),
                    "{name} at {at}: {found}, not {expected}"
                );
            }
        }
        assert_eq!(f64::from(plan.persons_at(at)), aboard.at(at).expect("within the span"), "people at {at}");
        let seats = drafted.seats.iter().rev().find(|step| step.0 <= at).map_or(0, |step| step.1);
        assert_eq!(plan.seats_at(at), seats, "seats at {at}");
        at = at + Duration::HOUR * 41;
    }
    for (supply, name) in names.iter().enumerate() {
        let reserves = forecast.reserves_at(asked.span.start());
        let expected = reserves.iter().find(|one| one.name == *name).and_then(|one| one.empty);
        let found = survey.empty(supply, asked.span.start());
        let apart = match (found, expected) {
            (Some(found), Some(expected)) => (found - expected).abs() <= Duration::SECOND,
            (found, expected) => found == expected,
        };
        assert!(apart, "{name} empty: {found:?}, not {expected:?}");
    }
    let short: Vec<Interval> = survey.short.iter().map(|short| short.during).collect();
    let expected: Vec<Interval> = forecast.shortfalls().iter().map(|short| short.during).collect();
    assert_eq!(short, expected);
}

#[test]
fn what_would_be_otherwise_is_as_if_the_book_were_asked() {
    let book = iss();
    for (as_of, days) in [("2004-11-15", 300), ("2018-10-01", 200), ("2026-05-30T12:25Z", 540)] {
        let base = scenario(as_of, days);
        let outlook = Outlook::new(&book, &base).expect("sound");
        let to_come: Vec<usize> = (0..outlook.ships().len())
            .filter(|&at| outlook.ships()[at].certainty == Certainty::Planned)
            .collect();
        check(&book, &base, &[], &base, base.span.end());
        for &ship in to_come.iter().take(4) {
            let (flight, arrives) =
                (outlook.ships()[ship].passage.flight.clone(), outlook.ships()[ship].passage.arrives);
            let mut without = base.clone();
            without.without.insert(flight.clone());
            check(&book, &base, &[Change::Lost(ship)], &without, arrives);
            let mut later = base.clone();
            later.delays.insert(flight, Duration::DAY * 30);
            check(&book, &base, &[Change::Moved(ship, Duration::DAY * 30)], &later, arrives);
        }
    }
}

#[test]
fn a_process_stands_and_runs_again() {
    let book = iss();
    let base = scenario("2018-10-01", 200);
    let outlook = Outlook::new(&book, &base).expect("sound");
    let fails = base.span.start() + Duration::DAY * 40;
    let process = outlook.process("elektron").expect("it is there");
    let mut asked = base.clone();
    asked.failures.push(("elektron".parse().expect("an id"), fails));
    let for_good = Interval::new(fails, Time::MAX).expect("a span");
    check(&book, &base, &[Change::Stopped(process, for_good)], &asked, fails);
}
