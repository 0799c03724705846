//! A year of a station that keeps all its rules, and the rules.

use rules::{Case, Rule, Scene};
use timeline::{Duration, Interval, Profile, Time, Unit};

use crate::words::{at, lexicon, written};

/// Rules of every form, each of which the plan keeps.
pub(crate) const RULES: [(&str, &str); 24] = [
    ("aboard", "crew.aboard >= 1"),
    ("seats", "seats.down >= crew.aboard"),
    ("food", "supply.food.days >= 45 d"),
    ("charge", "power.*.charge_low >= 0.65"),
    ("beta", "no docking while abs(env.beta_deg) > 60 deg"),
    ("sight", "docking only while link.relay or link.schelkovo"),
    ("port", "gap(undocking, docking, same port) >= 1 h"),
    ("walk", "no spacewalk within 3 d of docking"),
    ("reboosts", "at most 3 reboost in 30 d"),
    ("pairs", "spacewalk needs 2 person"),
    ("life", "duration(flight where family is soyuz) <= 200 d"),
    ("handover", "overlap(visit, visit) >= 5 d"),
    ("sleep", "sleep >= 8.5 h each night of person during plan"),
    ("shift", "sleep start shifts at most 2 h a day of same person"),
    ("work", "sum(work) <= 6.5 h each day of person"),
    ("training", "exercise >= 2.5 h each day of person during plan"),
    ("digestion", "no exercise within 60 min after meal of same person"),
    ("person", "at most 1 activity at once of same person"),
    ("device", "at most 1 activity at once using same device"),
    ("rest", "at least 1 rest-day in 7 d of same person during plan"),
    ("arm", "robotics needs 2 person"),
    ("skill", "activity needs skill"),
    ("owner", "experiment only where partner is owner or approved"),
    ("briefing", "docking followed by briefing within 24 h"),
];

pub(crate) fn rules() -> Vec<Rule> {
    let written: Vec<_> = RULES.iter().map(|(id, text)| written(id, text)).collect();
    let (rules, findings) = rules::compile(&written, &[], &lexicon());
    assert_eq!(findings, []);
    rules
}

/// So many days are planned.
pub(crate) const DAYS: i64 = 60;

const PEOPLE: [&str; 4] = ["ann", "bo", "cy", "di"];

/// A plan without a fault.
pub(crate) fn clean() -> Scene {
    let span = Interval::new(at(0, 0.0), at(DAYS, 0.0)).expect("the test's own data is sound");
    let mut scene = Scene::new(span);
    let persons: Unit = "persons".parse().expect("the test's own data is sound");
    let level = |name: &str, unit: Unit, value: f64| {
        Profile::constant(name, unit, span, value).expect("the test's own data is sound")
    };
    for profile in [
        level("crew.aboard", persons.clone(), 4.0),
        level("seats.down", persons, 7.0),
        level("supply.food.days", Unit::DAY, 120.0),
        level("power.2b.charge_low", Unit::NONE, 0.8),
        level("power.4b.charge_low", Unit::NONE, 0.75),
        level("env.beta_deg", Unit::DEGREE, -50.0),
        level("link.relay", Unit::NONE, 1.0),
        level("link.schelkovo", Unit::NONE, 0.0),
    ] {
        scene = scene.with_profile(profile);
    }
    traffic(&mut scene.cases);
    for (which, person) in PEOPLE.into_iter().enumerate() {
        scene.cases.push(
            Case::new(format!("plan-{person}"), "plan", at(0, 0.0), at(DAYS, 0.0)).with("person", person),
        );
        let skills = [("skill".to_owned(), vec!["science".to_owned()])];
        scene.facts.insert(person.to_owned(), skills.into_iter().collect());
        for day in 0..DAYS {
            crew_day(&mut scene.cases, person, which as i64, day);
        }
    }
    scene
}

fn traffic(cases: &mut Vec<Case>) {
    for visit in 0..4_i64 {
        let (from, to) = (visit * 14 + 2, (visit * 14 + 22).min(DAYS - 1));
        let (family, port) =
            (if visit % 2 == 0 { "soyuz" } else { "dragon" }, if visit % 2 == 0 { "aft" } else { "nadir" });
        let named = |case: Case| case.with("family", family).with("port", port);
        cases.push(named(Case::new(format!("flight-{visit}"), "flight", at(from - 1, 0.0), at(to + 1, 0.0))));
        cases.push(named(Case::new(format!("visit-{visit}"), "visit", at(from, 9.0), at(to, 9.0))));
        cases.push(named(Case::instant(format!("docking-{visit}"), "docking", at(from, 9.0))));
        cases.push(named(Case::instant(format!("undocking-{visit}"), "undocking", at(to, 9.0))));
        cases.push(Case::new(format!("briefing-{visit}"), "briefing", at(from, 11.0), at(from, 11.5)));
        let outside = Case::new(format!("walk-{visit}"), "spacewalk", at(from + 7, 9.0), at(from + 7, 15.0));
        cases.push(outside.with_all("person", ["visitor-a", "visitor-b"]));
        cases.push(Case::new(format!("reboost-{visit}"), "reboost", at(from + 9, 12.0), at(from + 9, 12.5)));
    }
}

/// Sleep, a meal, two hours and a half on a device of one's own, work; every seventh day is for rest.
fn crew_day(cases: &mut Vec<Case>, person: &str, which: i64, day: i64) {
    let activity = |what: &str, from: f64, to: f64| {
        Case::new(format!("{what}-{person}-{day}"), what, at(day, from), at(day, to)).also("activity")
    };
    let own = |case: Case| case.with("person", person);
    cases.push(own(activity("sleep", 21.5, 30.0)));
    cases.push(own(activity("meal", 12.0, 13.0)));
    cases.push(own(activity("exercise", 14.0, 16.5)).with("device", format!("device-{which}")));
    if (day + which) % 7 == 6 {
        let rest = Case::new(format!("rest-{person}-{day}"), "rest-day", at(day, 0.0), at(day + 1, 0.0));
        cases.push(own(rest));
        return;
    }
    cases.push(own(activity("work", 7.0, 11.5)));
    let experiment = own(activity("experiment", 17.0, 18.5)).with("skill", "science");
    cases.push(experiment.with("partner", "esa").with("owner", "nasa").with("approved", "esa"));
    if which == 0 && day % 5 == 0 {
        cases.push(activity("robotics", 18.5, 19.0).with_all("person", [person, "arm-helper"]));
    }
}

/// A small generator of numbers that look like chance: `SplitMix64` (Steele, Lea, Flood 2014).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of `count`.
    pub(crate) fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    /// From 0 to 1.
    pub(crate) fn part(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

pub(crate) fn later(time: Time, hours: f64) -> Time {
    time + Duration::from_seconds(hours * 3_600.0)
}
