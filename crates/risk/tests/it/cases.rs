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
    let with = losses(&book, question).unwrap();
    let none = losses(&without, question).unwrap();
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
    let all = losses(&book_of("iss", &[edit]), question).unwrap();
    assert_eq!(one(&all, LossKind::Lost, "progress-m-51").verdict, Verdict::Secure);
    let all = losses(&book_of("iss", &[]), question).unwrap();
    let lost = one(&all, LossKind::Lost, "progress-m-51");
    assert_eq!(lost.verdict, Verdict::Broken);
    let food = all.outlook.supplies().position(|(name, _)| name == "food").unwrap();
    assert!(lost.breaks(&Rule::Empty(food)));
}
