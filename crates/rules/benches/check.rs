//! A year's plan under sixty rules: held against all of them, and again after one edit.

use divan::Bencher;
use rules::{Case, Change, Checker, Definition, Lexicon, Rule, Scene, Written};
use timeline::{Duration, Interval, Place, Profile, Severity, Time, Unit};

fn main() {
    divan::main();
}

/// Read sixty rules.
#[divan::bench]
fn compile(bencher: Bencher<'_, '_>) {
    bencher.bench(|| rules::compile(&written(), &[] as &[Definition], &lexicon()));
}

/// A full check of 20,000 activities, 400 flights and events, sixty rules.
#[divan::bench(sample_count = 10)]
fn full(bencher: Bencher<'_, '_>) {
    let (rules, scene) = (understood(), plan());
    assert!(scene.cases.len() > 20_400 && rules.len() == 60, "the plan is as large as it says");
    bencher
        .with_inputs(|| (rules.clone(), scene.clone()))
        .bench_values(|(rules, scene)| Checker::new(rules, scene));
}

/// One hour of exercise moved by half an hour, and back.
#[divan::bench(sample_count = 100)]
fn edit_activity(bencher: Bencher<'_, '_>) {
    edit(bencher, "exercise-3-180", 0.5);
}

/// A docking moved by half an hour, and back.
#[divan::bench(sample_count = 100)]
fn edit_docking(bencher: Bencher<'_, '_>) {
    edit(bencher, "docking-40", 0.5);
}

fn edit(bencher: Bencher<'_, '_>, id: &str, hours: f64) {
    let scene = plan();
    let case = scene.cases.iter().find(|case| case.id == id).expect("the plan has it").clone();
    let by = Duration::from_seconds(hours * 3_600.0);
    let moved = Case { start: case.start + by, end: case.end + by, ..case.clone() };
    let mut checker = Checker::new(understood(), scene);
    let mut there = false;
    bencher.bench_local(|| {
        there = !there;
        checker.edit(Change::Put(if there { moved.clone() } else { case.clone() }))
    });
}

/// A level of one supply known anew.
#[divan::bench(sample_count = 100)]
fn edit_profile(bencher: Bencher<'_, '_>) {
    let scene = plan();
    let food = scene.profiles["supply.food.days"].clone();
    let mut checker = Checker::new(understood(), scene);
    bencher.bench_local(|| checker.edit(Change::Profile(food.clone())));
}

const ACTIVITIES: [&str; 10] = [
    "activity",
    "sleep",
    "exercise",
    "meal",
    "work",
    "conference",
    "experiment",
    "robotics",
    "rest-day",
    "plan",
];

fn lexicon() -> Lexicon {
    let persons: Unit = "persons".parse().expect("a unit");
    let mut lexicon = Lexicon::default()
        .profile("crew.aboard", persons.clone())
        .profile("seats.down", persons)
        .profile("env.beta_deg", Unit::DEGREE)
        .profile("link.relay", Unit::NONE)
        .profile("env.saa", Unit::NONE)
        .kind("docking", &["port", "family"])
        .kind("undocking", &["port", "family"])
        .kind("flight", &["family"])
        .number("flight", "life", Unit::DAY)
        .kind("spacewalk", &["person"])
        .kind("reboost", &[]);
    for supply in ["food", "water", "oxygen", "propellant"] {
        lexicon = lexicon.profile(format!("supply.{supply}.days"), Unit::DAY);
    }
    for channel in 1..=8 {
        lexicon = lexicon.profile(format!("power.{channel}.charge_low"), Unit::NONE);
    }
    for kind in ACTIVITIES {
        lexicon = lexicon.kind(kind, &["person", "device", "skill", "partner", "owner", "approved"]);
    }
    lexicon
}

/// Sixty rules: the crew day in twenty forms, and the rest on flights, events and levels.
const RULES: [&str; 30] = [
    "sleep >= 8.5 h each night of person during plan",
    "sum(work) <= 6.5 h each day of person",
    "sum(work) <= 39 h each week of person",
    "exercise >= 2.4 h each day of person during plan",
    "no exercise within 60 min after meal of same person",
    "no exercise within 15 min before meal of same person",
    "longest(meal) >= 1 h each day of person during plan",
    "at least 1 rest-day in 7 d of same person during plan",
    "no work during rest-day of same person",
    "at most 1 activity at once of same person",
    "at most 1 activity at once using same device",
    "robotics needs 2 person",
    "activity needs skill",
    "experiment only where partner is owner or approved",
    "sleep start shifts at most 2 h a day of same person",
    "count(conference) >= 2 each day of person during plan",
    "no work within 12 h after spacewalk of same person",
    "duration(activity) <= 14 h",
    "no activity where device is treadmill-a while env.saa and not link.relay",
    "gap(experiment, experiment, same device) >= 0 h",
    "crew.aboard >= 1",
    "seats.down >= crew.aboard",
    "supply.food.days >= 45 d",
    "power.*.charge_low >= 0.65",
    "no docking while abs(env.beta_deg) > 60 deg",
    "docking only while link.relay",
    "gap(undocking, docking, same port) >= 1 h",
    "no spacewalk within 3 d of docking",
    "at most 3 reboost in 30 d",
    "duration(flight) <= life",
];

/// Each rule twice: as many as a station has.
fn written() -> Vec<Written> {
    RULES
        .iter()
        .chain(&RULES)
        .enumerate()
        .map(|(at, text)| Written {
            id: format!("rule-{at}"),
            title: String::new(),
            severity: Severity::Must,
            owner: String::new(),
            source: String::new(),
            rationale: String::new(),
            text: (*text).to_owned(),
            place: Place { file: "bench".to_owned(), line: 1, column: 1 },
        })
        .collect()
}

fn understood() -> Vec<Rule> {
    let (rules, findings) = rules::compile(&written(), &[], &lexicon());
    assert!(findings.is_empty(), "{findings:?}");
    rules
}

fn at(day: i64, hours: f64) -> Time {
    let first: Time = "2026-01-01T00:00:00Z".parse().expect("a time");
    first + Duration::DAY * day + Duration::from_seconds(hours * 3_600.0)
}

/// A year of seven people, eight activities a day each, and a flight or event nearly each day.
fn plan() -> Scene {
    const DAYS: i64 = 365;
    let span = Interval::new(at(0, 0.0), at(DAYS, 0.0)).expect("a year");
    let mut scene = Scene::new(span);
    let persons: Unit = "persons".parse().expect("a unit");
    let orbits = |high: f64, low: f64| {
        (0..DAYS * 16).map(move |orbit| (at(0, orbit as f64 * 1.5), if orbit % 3 == 0 { low } else { high }))
    };
    let profile = |name: &str, unit: Unit, values: Vec<(Time, f64)>| {
        Profile::step(name, unit, span, values).expect("a profile")
    };
    for one in [
        profile("crew.aboard", persons.clone(), vec![(at(0, 0.0), 7.0)]),
        profile("seats.down", persons, vec![(at(0, 0.0), 7.0), (at(100, 0.0), 11.0), (at(105, 0.0), 7.0)]),
        profile(
            "env.beta_deg",
            Unit::DEGREE,
            (0..DAYS).map(|day| (at(day, 0.0), 70.0 * (day as f64 / 9.0).sin())).collect(),
        ),
        profile("link.relay", Unit::NONE, orbits(1.0, 0.0).collect()),
        profile("env.saa", Unit::NONE, orbits(0.0, 1.0).collect()),
    ] {
        scene = scene.with_profile(one);
    }
    for supply in ["food", "water", "oxygen", "propellant"] {
        let days = (0..DAYS).map(|day| (at(day, 0.0), 120.0 - (day % 60) as f64));
        scene = scene.with_profile(profile(&format!("supply.{supply}.days"), Unit::DAY, days.collect()));
    }
    for channel in 1..=8 {
        let low = (0..DAYS).map(|day| (at(day, 0.0), 0.66 + 0.02 * ((day + channel) % 10) as f64));
        scene =
            scene.with_profile(profile(&format!("power.{channel}.charge_low"), Unit::NONE, low.collect()));
    }
    for day in 0..DAYS {
        events(&mut scene.cases, day);
        for person in 0..7 {
            crew_day(&mut scene.cases, person, day);
        }
    }
    for person in 0..7 {
        scene.cases.push(
            Case::new(format!("plan-{person}"), "plan", at(0, 0.0), at(DAYS, 0.0))
                .with("person", format!("p{person}")),
        );
        let skills = [("skill".to_owned(), vec!["science".to_owned()])];
        scene.facts.insert(format!("p{person}"), skills.into_iter().collect());
    }
    scene
}

fn events(cases: &mut Vec<Case>, day: i64) {
    let port = format!("port-{}", day % 8);
    match day % 8 {
        0 => {
            cases.push(
                Case::instant(format!("docking-{day}"), "docking", at(day, 9.0))
                    .with("port", port.clone())
                    .with("family", "soyuz"),
            );
            cases.push(
                Case::new(format!("flight-{day}"), "flight", at(day, 0.0), at(day + 180, 0.0))
                    .with("family", "soyuz")
                    .measuring("life", 200.0, Unit::DAY),
            );
        }
        4 => cases.push(
            Case::instant(format!("undocking-{day}"), "undocking", at(day, 9.0))
                .with("port", port)
                .with("family", "soyuz"),
        ),
        5 => cases.push(
            Case::new(format!("walk-{day}"), "spacewalk", at(day, 9.0), at(day, 15.0))
                .with_all("person", ["p0", "p1"]),
        ),
        _ => cases.push(Case::new(format!("reboost-{day}"), "reboost", at(day, 20.0), at(day, 20.2))),
    }
}

fn crew_day(cases: &mut Vec<Case>, person: i64, day: i64) {
    let mut put = |what: &str, from: f64, to: f64, device: Option<&str>| {
        let case = Case::new(
            format!("{what}-{person}-{day}"),
            what.split('+').next().unwrap_or(what),
            at(day, from),
            at(day, to),
        );
        let case = case.also("activity").with("person", format!("p{person}"));
        cases.push(match device {
            Some(device) => case.with("device", device),
            None => case
                .with("skill", "science")
                .with("partner", "esa")
                .with("owner", "nasa")
                .with("approved", "esa"),
        });
    };
    put("sleep", 21.5, 30.0, None);
    put("conference", 7.5, 8.0, None);
    put("work", 8.0, 12.0, None);
    put("meal", 12.0, 13.0, None);
    put(
        "exercise",
        14.0,
        15.5,
        Some(["treadmill-a", "treadmill-b", "bike-a", "bike-b", "ared", "t2", "cevis"][person as usize]),
    );
    put("exercise+2", 16.0, 17.0, Some(["ared-2", "t2-2", "x", "y", "z", "u", "v"][person as usize]));
    put("experiment", 17.0, 19.0, None);
    put("conference+2", 19.0, 19.5, None);
}
