//! A small world of names for tests.

use rules::{Breach, Checker, Definition, Lexicon, Rule, Scene, Written};
use timeline::{Duration, Interval, Place, Severity, Time, Unit};

/// Names such as a station has.
pub(crate) fn lexicon() -> Lexicon {
    let persons: Unit = "persons".parse().expect("the test's own data is sound");
    let mut lexicon = Lexicon::default()
        .profile("crew.aboard", persons.clone())
        .profile("seats.down", persons)
        .profile("supply.food.days", Unit::DAY)
        .profile("supply.water.days", Unit::DAY)
        .profile("store.food_kg", Unit::KILOGRAM)
        .profile("power.2b.charge_low", Unit::NONE)
        .profile("power.4b.charge_low", Unit::NONE)
        .profile("power.2b.load_kw", Unit::KILOWATT)
        .profile("env.beta_deg", Unit::DEGREE)
        .profile("env.saa", Unit::NONE)
        .profile("link.relay", Unit::NONE)
        .profile("link.schelkovo", Unit::NONE)
        .profile("share.esa.crew_time", Unit::HOUR)
        .window("holiday")
        .kind("docking", &["port", "family", "person", "partner"])
        .kind("undocking", &["port", "family", "person", "partner"])
        .kind("flight", &["family"])
        .number("flight", "life", Unit::DAY)
        .kind("visit", &["family"])
        .kind("increment", &[])
        .kind("spacewalk", &["person"])
        .kind("launch", &[])
        .kind("reboost", &[])
        .words("family", ["soyuz", "progress", "dragon"])
        .words("partner", ["nasa", "esa"])
        .words("owner", ["nasa", "esa"])
        .words("approved", ["nasa", "esa"]);
    let activities = [
        "activity",
        "sleep",
        "exercise",
        "meal",
        "work",
        "rest-day",
        "robotics",
        "plan",
        "briefing",
        "conference",
        "experiment",
    ];
    for kind in activities {
        lexicon = lexicon.kind(kind, &["person", "device", "skill", "partner", "owner", "approved"]);
    }
    lexicon
}

pub(crate) fn written(id: &str, text: &str) -> Written {
    Written {
        id: id.to_owned(),
        title: text.to_owned(),
        severity: Severity::Must,
        owner: "nasa".to_owned(),
        source: "a test".to_owned(),
        rationale: String::new(),
        text: text.to_owned(),
        place: Place { file: "rules/test.toml".to_owned(), line: 7, column: 9 },
    }
}

pub(crate) fn define(id: &str, text: &str) -> Definition {
    let place = Place { file: "rules/test.toml".to_owned(), line: 2, column: 7 };
    Definition { id: id.to_owned(), text: text.to_owned(), place }
}

/// A rule that must be sound.
pub(crate) fn rule(text: &str) -> Rule {
    let (mut rules, findings) = rules::compile(&[written("tested", text)], &[], &lexicon());
    assert_eq!(findings, [], "{text}");
    rules.remove(0)
}

/// The breaches of one rule in a scene.
pub(crate) fn breaches(text: &str, scene: &Scene) -> Vec<Breach> {
    let checker = Checker::new(vec![rule(text)], scene.clone());
    assert_eq!(checker.unjudged(), [], "{text}");
    checker.breaches().into_iter().cloned().collect()
}

/// Midnight of a day of the year 2026, so many days from the first of January, and so many hours.
pub(crate) fn at(day: i64, hours: f64) -> Time {
    let first: Time = "2026-01-01T00:00:00Z".parse().expect("the test's own data is sound");
    first + Duration::DAY * day + Duration::from_seconds(hours * 3_600.0)
}

/// The first sixty days of 2026.
pub(crate) fn scene() -> Scene {
    Scene::new(Interval::new(at(0, 0.0), at(60, 0.0)).expect("the test's own data is sound"))
}
