//! Every form of rule, once kept and once broken, with the values that are told.

use rules::{Case, Scene};
use timeline::{Profile, Unit, Window};

use crate::words::{at, breaches, scene};

fn hours(value: Option<f64>) -> Option<f64> {
    value.map(|value| (value * 1e6).round() / 1e6)
}

/// Start and end in days of the scene, value and limit of every breach.
fn check(text: &str, scene: &Scene, expected: &[(f64, f64, Option<f64>, Option<f64>)]) {
    let day = |time: timeline::Time| (time - at(0, 0.0)).days();
    let found = breaches(text, scene);
    let told: Vec<_> = found
        .iter()
        .map(|one| {
            let rounded = |days: f64| (days * 1e6).round() / 1e6;
            (rounded(day(one.start)), rounded(day(one.end)), hours(one.value), hours(one.limit))
        })
        .collect();
    assert_eq!(told, expected, "{text}: {found:#?}");
    assert!(found.iter().all(|one| !one.message.is_empty() && !one.mend.is_empty()), "{found:#?}");
}

fn step(name: &str, unit: Unit, values: &[(i64, f64)]) -> Profile {
    let values = values.iter().map(|&(day, value)| (at(day, 0.0), value));
    Profile::step(name, unit, scene().span, values).expect("the test's own data is sound")
}

#[test]
fn levels() {
    let persons: Unit = "persons".parse().unwrap();
    let food =
        Profile::through("supply.food.days", Unit::DAY, [(at(0, 0.0), 50.0), (at(40, 0.0), 10.0)]).unwrap();
    let levels = scene()
        .with_profile(step("crew.aboard", persons.clone(), &[(0, 3.0), (10, 0.0), (12, 7.0)]))
        .with_profile(step("seats.down", persons, &[(0, 6.0)]))
        .with_profile(step("power.2b.charge_low", Unit::NONE, &[(0, 0.8), (20, 0.5), (21, 0.9)]))
        .with_profile(step("power.4b.charge_low", Unit::NONE, &[(0, 0.7)]))
        .with_profile(food);
    check("crew.aboard >= 1", &levels, &[(10.0, 12.0, Some(0.0), Some(1.0))]);
    check("seats.down >= crew.aboard", &levels, &[(12.0, 60.0, Some(6.0), Some(7.0))]);
    check("supply.food.days >= 45 d", &levels, &[(5.0, 40.0, Some(10.0), Some(45.0))]);
    check("supply.food.days >= 1080 h", &levels, &[(5.0, 40.0, Some(10.0), Some(45.0))]);
    check("power.*.charge_low >= 0.65", &levels, &[(20.0, 21.0, Some(0.5), Some(0.65))]);
    check("min(power.*.charge_low) >= 0.65", &levels, &[(20.0, 21.0, Some(0.5), Some(0.65))]);
    check("power.*.charge_low >= 0.65 except for at most 1 d", &levels, &[]);
    check("supply.food.days >= 45 d while crew.aboard = 7", &levels, &[(12.0, 40.0, Some(10.0), Some(45.0))]);
    check("crew.aboard within 10 % of 3", &levels, &[(10.0, 60.0, None, None)]);
    // January: ten days of three, two of nobody, nineteen of seven; all of February seven.
    check("mean(crew.aboard) >= 6 each month", &levels, &[(0.0, 31.0, Some(5.258065), Some(6.0))]);
    check("mean(crew.aboard) >= 5 each month", &levels, &[]);
    check(
        "mean(crew.aboard) within 10 % of 6 each month",
        &levels,
        &[(0.0, 31.0, Some(5.258065), Some(5.4)), (31.0, 59.0, Some(7.0), Some(6.6))],
    );
    check("not (crew.aboard > 5)", &levels, &[(12.0, 60.0, Some(7.0), Some(5.0))]);
}

#[test]
fn what_is_not_known_is_not_claimed() {
    let mut levels = scene().with_profile(step("env.beta_deg", Unit::DEGREE, &[(0, 70.0)]));
    let known = timeline::Interval::new(at(5, 0.0), at(6, 0.0)).unwrap();
    levels.known.insert("env.".to_owned(), Window::from(known));
    check("abs(env.beta_deg) <= 60 deg", &levels, &[(5.0, 6.0, Some(70.0), Some(60.0))]);
    levels.cases =
        vec![Case::instant("a", "docking", at(4, 0.0)), Case::instant("b", "docking", at(5, 12.0))];
    check("no docking while abs(env.beta_deg) > 60 deg", &levels, &[(5.5, 5.5, Some(70.0), Some(60.0))]);
    check("docking only while abs(env.beta_deg) <= 60 deg", &levels, &[(5.5, 5.5, Some(70.0), Some(60.0))]);
    check("abs(env.beta_deg) <= 60 deg during docking", &levels, &[(5.5, 5.5, Some(70.0), Some(60.0))]);
}

#[test]
fn windows_and_cases() {
    let mut traffic = scene()
        .with_profile(step("link.relay", Unit::NONE, &[(0, 1.0), (10, 0.0), (20, 1.0)]))
        .with_profile(step("link.schelkovo", Unit::NONE, &[(0, 0.0), (15, 1.0)]))
        .with_profile(step("env.saa", Unit::NONE, &[(0, 0.0), (30, 1.0), (31, 0.0)]));
    traffic.cases = vec![
        Case::instant("d1", "docking", at(5, 0.0)).with("port", "aft").with("family", "soyuz"),
        Case::instant("d2", "docking", at(12, 0.0)).with("port", "nadir").with("family", "progress"),
        Case::instant("u1", "undocking", at(30, 0.0)).with("port", "aft").with("family", "soyuz"),
        Case::instant("d3", "docking", at(30, 0.5)).with("port", "aft").with("family", "dragon"),
        Case::new("w1", "spacewalk", at(30, 12.0), at(30, 18.0)).with_all("person", ["ann", "bo"]),
        Case::new("w2", "spacewalk", at(40, 12.0), at(40, 18.0)).with("person", "ann"),
        Case::new("f1", "flight", at(3, 0.0), at(33, 0.0)).with("family", "soyuz").measuring(
            "life",
            20.0,
            Unit::DAY,
        ),
        Case::new("v1", "visit", at(5, 0.0), at(30, 0.0)).with("family", "soyuz"),
        Case::new("v2", "visit", at(28, 0.0), at(58, 0.0)).with("family", "soyuz"),
    ];
    check("docking only while link.relay or link.schelkovo", &traffic, &[(12.0, 12.0, None, None)]);
    check("docking only while any(link.*)", &traffic, &[(12.0, 12.0, None, None)]);
    check("no spacewalk while env.saa", &traffic, &[(30.5, 30.75, None, None)]);
    check(
        "no spacewalk within 3 d of docking",
        &traffic,
        &[(30.5, 30.75, Some(11.5 / 24.0), Some(3.0))].map(|mut one| {
            one.2 = hours(one.2);
            one
        }),
    );
    check("no spacewalk within 10 h after docking", &traffic, &[]);
    check("no spacewalk", &traffic, &[(30.5, 30.75, None, None), (40.5, 40.75, None, None)]);
    check("gap(undocking, docking, same port) >= 1 h", &traffic, &[(30.0, 30.020833, Some(0.5), Some(1.0))]);
    check("spacewalk needs 2 person", &traffic, &[(40.5, 40.75, Some(1.0), Some(2.0))]);
    check("duration(flight where family is soyuz) <= 20 d", &traffic, &[(3.0, 33.0, Some(30.0), Some(20.0))]);
    check("duration(flight) <= life", &traffic, &[(3.0, 33.0, Some(30.0), Some(20.0))]);
    check("overlap(visit, visit) >= 5 d", &traffic, &[(28.0, 30.0, Some(2.0), Some(5.0))]);
    check("at most 2 docking in 26 d", &traffic, &[(5.0, 30.020833, Some(3.0), Some(2.0))]);
    check("at most 2 docking in 25 d", &traffic, &[]);
    check("at least 1 docking in 20 d", &traffic, &[(30.020833, 60.0, Some(0.0), Some(1.0))]);
    check("at most 1 visit at once", &traffic, &[(28.0, 30.0, Some(2.0), Some(1.0))]);
    check(
        "no docking where family is not soyuz or progress",
        &traffic,
        &[(30.020833, 30.020833, None, None)],
    );
    check("docking where family is soyuz only while link.schelkovo", &traffic, &[(5.0, 5.0, None, None)]);
    check(
        "spacewalk followed by docking within 3 d",
        &traffic,
        &[(30.5, 30.75, None, None), (40.5, 40.75, None, None)],
    );
    check("spacewalk preceded by docking within 1 d", &traffic, &[(40.5, 40.75, None, None)]);
    check(
        "no docking during visit",
        &traffic,
        &[(5.0, 5.0, None, None), (12.0, 12.0, None, None), (30.020833, 30.020833, None, None)],
    );
    check("docking only during visit", &traffic, &[]);
    check("no docking except during visit", &traffic, &[]);
    check("spacewalk only within 1 d after docking", &traffic, &[(40.5, 40.75, None, None)]);
}

#[test]
fn the_crew_day() {
    let mut days = scene();
    let with = |case: Case| case.also("activity").with("person", "ann");
    days.cases = vec![
        Case::new("p", "plan", at(0, 0.0), at(4, 0.0)).with("person", "ann"),
        with(Case::new("s0", "sleep", at(0, 21.5), at(1, 6.0))),
        with(Case::new("s1", "sleep", at(1, 21.5), at(2, 5.0))),
        with(Case::new("s2", "sleep", at(3, 0.5), at(3, 9.0))),
        with(Case::new("m", "meal", at(1, 12.0), at(1, 13.0))),
        with(Case::new("e", "exercise", at(1, 13.5), at(1, 15.0))).with("device", "treadmill"),
        Case::new("e2", "exercise", at(1, 14.0), at(1, 15.0))
            .also("activity")
            .with("person", "bo")
            .with("device", "treadmill"),
        with(Case::new("w", "work", at(1, 6.0), at(1, 13.5))),
        Case::new("x", "experiment", at(2, 10.0), at(2, 11.0))
            .with("person", "bo")
            .with("partner", "esa")
            .with("owner", "nasa")
            .with("skill", "laser")
            .also("activity"),
    ];
    check("sleep >= 8.5 h each night of person during plan", &days, &[(1.5, 2.5, Some(7.5), Some(8.5))]);
    check("sum(work) <= 6.5 h each day of person", &days, &[(1.0, 2.0, Some(7.5), Some(6.5))]);
    check(
        "no exercise within 60 min after meal of same person",
        &days,
        &[(1.5625, 1.625, Some(30.0), Some(60.0))],
    );
    check("at most 1 activity at once using same device", &days, &[(1.583333, 1.625, Some(2.0), Some(1.0))]);
    check("at most 1 activity at once of same person", &days, &[(1.5, 1.541667, Some(2.0), Some(1.0))]);
    check(
        "sleep start shifts at most 2 h a day of person",
        &days,
        &[(1.895833, 3.020833, Some(3.0), Some(2.0))],
    );
    check(
        "at least 1 rest-day in 3 d of same person during plan",
        &days,
        &[(0.0, 4.0, Some(0.0), Some(1.0))],
    );
    check("experiment only where partner is owner or approved", &days, &[(2.416667, 2.458333, None, None)]);
    check("activity needs skill", &days, &[(2.416667, 2.458333, None, None)]);
    check(
        "count(meal) >= 1 each day of person during plan",
        &days,
        &[
            (0.0, 1.0, Some(0.0), Some(1.0)),
            (2.0, 3.0, Some(0.0), Some(1.0)),
            (3.0, 4.0, Some(0.0), Some(1.0)),
        ],
    );
    let laser = [("skill".to_owned(), vec!["laser".to_owned()])].into_iter().collect();
    days.facts.insert("bo".to_owned(), laser);
    check("activity needs skill", &days, &[]);
}
