//! A compiled plan with something otherwise gives what a draft of the same question gives.

use std::path::Path;

use book::{Book, Files};
use forecast::{Certainty, Change, LASTING, Model, Outlook, Scenario, Surveyor, compute, crew, draft};
use station::{Outage, Scale};
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
    for (supply, (name, lines)) in outlook.supplies().enumerate() {
        let days = forecast.profile(&format!("supply.{name}.days")).expect("it is there");
        for &line in lines {
            let low = days.at_most(line);
            let counts = |one: &Interval| one.duration() >= LASTING || one.end() == asked.span.end();
            let expected = low.iter().find(counts).map(Interval::start);
            let found = survey.at_most_days(supply, line, asked.span.start());
            let apart = match (found, expected) {
                (Some(found), Some(expected)) => (found - expected).abs() <= Duration::SECOND,
                (found, expected) => found == expected,
            };
            assert!(apart, "{line} days of {name}: {found:?}, not {expected:?}");
        }
    }
    let short: Vec<Interval> = survey.short.iter().map(|short| short.during).collect();
    let expected: Vec<Interval> = forecast.shortfalls().iter().map(|short| short.during).collect();
    assert_eq!(short, expected);
}

#[test]
fn what_would_be_otherwise_is_as_if_the_book_were_asked() {
    let book = iss();
    for (as_of, days) in
        [("2004-11-15", 300), ("2018-10-01", 200), ("2023-01-15", 200), ("2026-05-30T12:25Z", 540)]
    {
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
    asked.failures.push(Outage { process: "elektron".parse().expect("an id"), from: fails, to: None });
    let for_good = Interval::new(fails, Time::MAX).expect("a span");
    check(&book, &base, &[Change::Stopped(process, for_good)], &asked, fails);
}

#[test]
fn people_eat_less_stay_fewer_and_get_more() {
    let book = iss();
    let base = scenario("2018-10-01", 300);
    let outlook = Outlook::new(&book, &base).expect("sound");
    let from = base.span.start() + Duration::DAY * 20;
    let unchanged = outlook.plan(&[]);
    let surveyor = Surveyor::along(&outlook, &unchanged).expect("it runs");
    let food = outlook.supplies().position(|(name, _)| name == "food").expect("there is food");
    let later = base.span.start() + Duration::DAY * 200;
    let left = |changes: &[Change]| {
        let survey = surveyor.survey(&outlook.plan(changes), from).expect("it runs");
        survey.days_left(food, later).expect("it is used")
    };
    let before = left(&[]);

    let fewer = outlook.plan(&[Change::AtMost(from, 3)]);
    let mut at = from;
    while at < base.span.end() {
        assert_eq!(fewer.persons_at(at), unchanged.persons_at(at).min(3), "people at {at}");
        at = at + Duration::DAY;
    }
    assert!(left(&[Change::AtMost(from, 3)]) > before);
    let rations: Vec<Change> =
        outlook.users_of(food).into_iter().map(|user| Change::Eased(user, from, 0.5)).collect();
    assert!(left(&rations) > 1.9 * before, "half of the ration lasts twice as long, and more is left");

    // A ship's cargo of another kind becomes food: as many kilograms, at what is eaten a day.
    let is_food = |store: usize| outlook.supply_of(store) == Some(food);
    let (ship, to) = (0..outlook.ships().len())
        .filter(|&ship| outlook.ships()[ship].passage.arrives > from)
        .find_map(|ship| Some((ship, outlook.ships()[ship].delivers.iter().find(|one| is_food(one.0))?.0)))
        .expect("a ship brings food");
    let mut others = outlook.ships()[ship].delivers.iter();
    let other = others.find(|one| outlook.supply_of(one.0).is_none() && one.2 > 100.0).expect("and more").0;
    let more = left(&[Change::Recast { ship, from: other, to, mass_kg: 100.0 }]);
    let eaten_kg_d = 1.72 * f64::from(unchanged.persons_at(later));
    assert!(((more - before) * eaten_kg_d - 100.0).abs() < 5.0, "{} kg", (more - before) * eaten_kg_d);
}

/// What is taken at once is missing from then on, and no store falls below nothing; when a store holds so much again is told.
#[test]
fn a_spare_is_taken_and_waited_for() {
    let book = iss();
    let base = scenario("2026-05-30T12:25Z", 300);
    let outlook = Outlook::new(&book, &base).expect("sound");
    let (start, end) = (base.span.start(), base.span.end());
    let unchanged = outlook.plan(&[]);
    let surveyor = Surveyor::along(&outlook, &unchanged).expect("it runs");
    let spares = outlook.store("spares-us").expect("it is there");
    let first = |changes: &[Change], differs: Time, kg: f64| {
        surveyor.first_with(&outlook.plan(changes), differs, spares, kg).expect("it runs")
    };
    // 11,953.6 kg are counted half a day before, of which 4 kg a day are used.
    assert_eq!(first(&[], end, 11_951.0), Some(start));
    let comes = first(&[], end, 11_952.0).expect("a ship brings some");
    let ships = outlook.ships().iter();
    let brought =
        ships.flat_map(|ship| ship.delivers.iter().map(|load| (ship.passage.arrives + load.1, load)));
    let loads: Vec<(Time, f64)> =
        brought.filter(|(_, load)| load.0 == spares).map(|(at, load)| (at, load.2)).collect();
    assert_eq!(Some(comes), loads.iter().map(|load| load.0).min());
    assert_eq!(first(&[], end, 12_001.0), None, "there is no room for more than 12,000 kg");

    let all_gone = [Change::Used(spares, start, 1e6)];
    assert_eq!(first(&all_gone, start, 0.0), Some(start));
    assert_eq!(first(&all_gone, start, 1.0), Some(comes));
    let soon = start + Duration::DAY * 10;
    assert_eq!(first(&[Change::Used(spares, soon, 100.0)], soon, 11_951.0), Some(start));
    let more: f64 = loads.iter().filter(|load| load.0 == comes).map(|load| load.1).sum();
    let then_kg = 11_951.5 - 4.0 * (comes - start).days() + more;
    let late = first(&[Change::Used(spares, start, 500.0)], start, then_kg - 499.0);
    assert!(late.is_some_and(|at| at > comes), "{late:?}: 500 kg are missing when the ship comes");
    assert_eq!(first(&[Change::Used(spares, start, 500.0)], start, then_kg - 501.0), Some(comes));
}
