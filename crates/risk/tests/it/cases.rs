use risk::{End, LossKind, Rule, Verdict, losses};
use timeline::Duration;

use crate::books::{asked, book_of, one, question};

#[test]
fn machines_are_found_without_a_list() {
    for (book, as_of, expected) in [
        (
            "iss",
            "2026-05-30T12:25Z",
            vec![
                "bpa",
                "cdra",
                "cdra-second",
                "elektron",
                "lithium-hydroxide-removal",
                "oga",
                "srv-k",
                "srv-um",
                "upa-2020",
                "vozdukh",
                "wpa",
            ],
        ),
        ("iss", "2004-11-15", vec!["cdra", "elektron", "lithium-hydroxide-removal", "srv-k", "vozdukh"]),
        (
            "mars-transit",
            "2039-10-02",
            vec![
                "brine-processor",
                "co2-removal",
                "oxygen-generator",
                "sabatier",
                "urine-processor",
                "water-processor",
            ],
        ),
    ] {
        let all = asked(book, as_of, 60);
        let machines = all.losses.iter().filter(|(loss, _)| loss.kind == LossKind::Failed);
        let mut found: Vec<&str> = machines.map(|(loss, _)| loss.subject.as_str()).collect();
        found.sort_unstable();
        assert_eq!(found, expected, "{book} at {as_of}");
    }
}

/// 150 kg of oxygen are 44 days for four; there is no way back.
#[test]
fn without_oxygen_nobody_reaches_mars() {
    let all = asked("mars-transit", "2039-10-02", 200);
    let consequence = one(&all, LossKind::Failed, "oxygen-generator");
    assert_eq!(consequence.verdict, Verdict::Broken);
    assert!(matches!(consequence.ends, Some((_, End::Short(_)))), "{:?}", consequence.ends);
    assert_eq!(all.verdict(), Verdict::Broken);
}

/// The same loss by a book without a policy: rules are broken, and nothing is done about it.
#[test]
fn without_a_policy_nothing_is_done() {
    let policy = "[[measure]]";
    let book = book_of("iss", &[]);
    assert!(!book.policy.is_empty(), "{policy}");
    let mut without = book.clone();
    without.policy = book::Table::default();
    let question = question("2018-10-01", 200);
    let with = losses(&book, &question).unwrap();
    let none = losses(&without, &question).unwrap();
    assert_eq!(one(&with, LossKind::Lost, "soyuz-ms-10").verdict, Verdict::AtRisk);
    let left = one(&none, LossKind::Lost, "soyuz-ms-10");
    assert_eq!(left.verdict, Verdict::Broken);
    assert!(matches!(left.ends, Some((_, End::Gap))), "{:?}", left.ends);
    assert!(none.assumptions.iter().any(|said| said.contains("no policy.toml")));
}

/// A ship is held until its successor has come, and not beyond what its life and the policy allow.
#[test]
fn a_ship_is_held_as_long_as_it_may() {
    let all = asked("iss", "2018-10-01", 548);
    let grounded = one(&all, LossKind::Grounded(risk::GROUNDED), "soyuz-ms-10");
    let held = grounded.held.first().unwrap();
    let ship = &all.outlook.ships()[held.ship];
    let life = ship.life.unwrap();
    assert_eq!(ship.passage.flight.as_str(), "soyuz-ms-09");
    let most = ship.launch + Duration::from_days(life.days() * 1.225);
    assert!((held.until - most).abs() < Duration::SECOND, "{} for {most}", held.until);
    assert_eq!(held.over_life, held.until - (ship.launch + life));
    assert_eq!(grounded.ends, Some((held.until, End::Gap)));
}

/// What the crew of 2004 depends on is more food: with a ton of it nothing happens.
#[test]
fn more_food_mends_2004() {
    let edit = ("levels.csv", "food-ru,2004-10-16T04:16Z,156", "food-ru,2004-10-16T04:16Z,1156");
    let question = question("2004-11-15", 120);
    let all = losses(&book_of("iss", &[edit]), &question).unwrap();
    assert_eq!(one(&all, LossKind::Lost, "progress-m-51").verdict, Verdict::Secure);
    let all = losses(&book_of("iss", &[]), &question).unwrap();
    let lost = one(&all, LossKind::Lost, "progress-m-51");
    assert_eq!(lost.verdict, Verdict::Broken);
    let food = all.outlook.supplies().position(|(name, _)| name == "food").unwrap();
    assert!(lost.breaks(&Rule::Empty(food)));
}

/// The book gives each machine a time for mending and a spare; with spares aboard it is that time, without them the flight that
/// brings them is waited for, and for good where none does. What the book says nothing of waits for the second cargo flight.
#[test]
fn a_machine_stands_until_its_spare_is_there_and_built_in() {
    let as_of = "2026-05-30T12:25Z";
    let all = asked("iss", as_of, 300);
    let stands = |all: &risk::Losses, name: &str| {
        let found = all.losses.iter().find(|(loss, _)| loss.subject == name).unwrap();
        found.0.until.map(|until| (until - found.0.known).days())
    };
    for (name, days) in [("oga", 7.0), ("elektron", 10.0), ("vozdukh", 5.0), ("wpa", 5.0)] {
        assert_eq!(stands(&all, name), Some(days), "{name}");
    }
    let by_flight = stands(&all, "srv-k").unwrap();
    let mut cargo = all.outlook.ships().iter().filter(|ship| ship.errand == forecast::Errand::Cargo);
    let second = cargo.nth(1).unwrap().passage.arrives;
    assert_eq!(by_flight, (second - all.outlook.span().start()).days());

    let none = ("levels.csv", "spares-us,2026-05-30,11953.6", "spares-us,2026-05-30,0");
    let empty = losses(&book_of("iss", &[none]), &question(as_of, 300)).unwrap();
    let store = empty.outlook.store("spares-us").unwrap();
    let arrival = empty.outlook.ships().iter().find_map(|ship| {
        let load = ship.delivers.iter().find(|load| load.0 == store)?;
        Some(ship.passage.arrives + load.1)
    });
    let waits = (arrival.unwrap() - empty.outlook.span().start()).days();
    assert!(waits > 60.0, "{waits}");
    for (name, days) in [("oga", waits + 7.0), ("wpa", waits + 5.0), ("elektron", 10.0)] {
        assert_eq!(stands(&empty, name), Some(days), "{name}");
    }
    let soon = losses(&book_of("iss", &[none]), &question(as_of, waits as i64)).unwrap();
    assert_eq!(stands(&soon, "oga"), None, "no flight comes within the span");
}

/// The same machine, mended in a week or in a hundred days: only one of the two is stood.
#[test]
fn how_fast_a_machine_is_mended_decides() {
    let repair =
        "repair = { mean_days_between_failures = 300, days = 5, spare = \"spares-us\", spare_kg = 40 }";
    let slowly = repair.replace("days = 5", "days = 150");
    let as_of = "2026-05-30T12:25Z";
    for (edits, expected) in
        [(&[][..], Verdict::Secure), (&[("processes.toml", repair, slowly.as_str())], Verdict::AtRisk)]
    {
        let all = losses(&book_of("iss", edits), &question(as_of, 300)).unwrap();
        assert_eq!(one(&all, LossKind::Failed, "wpa").verdict, expected);
    }
}

/// In January 2023 seats were short until Soyuz MS-23 was to come on 22 February: that is the plan's own doing, but that they stay short
/// without it is the loss's.
#[test]
fn what_is_short_for_a_while_may_be_short_for_good() {
    let all = asked("iss", "2023-01-15", 300);
    let seats = |consequence: &risk::Consequence| {
        consequence.breaches.iter().find(|breach| breach.rule == Rule::Seats).map(|breach| breach.at.date())
    };
    assert_eq!(seats(&all.plan).map(|day| day.to_string()), Some("2023-01-15".to_owned()));
    for (kind, name, expected) in [
        (LossKind::Lost, "soyuz-ms-23", Some("2023-02-22")),
        (LossKind::Slipped(60), "soyuz-ms-23", Some("2023-02-22")),
        (LossKind::Unfit, "crew-5", Some("2023-01-15")),
        (LossKind::Lost, "progress-ms-22", None),
    ] {
        let found = seats(one(&all, kind, name)).map(|day| day.to_string());
        assert_eq!(found.as_deref(), expected, "{kind:?} of {name}");
    }
    let unfit = all.losses.iter().any(|(loss, _)| loss.subject == "soyuz-ms-22");
    assert!(!unfit, "it is unfit already");
}
