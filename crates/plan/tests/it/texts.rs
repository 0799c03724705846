//! Plans as JSON: there and back, and what is said of a text that is none.

use plan::{Plan, read_json, to_json};
use proptest::prelude::*;
use serde_json::Value;

use crate::any;

/// A plan of which every field is said.
const WHOLE: &str = r#"{"title": "Week 23", "level": "week", "from": "2026-06-01T00:00:00Z", "to": "2026-06-08T00:00:00Z",
 "crew": [{"person": "berg-anna", "from": "2026-03-01T00:00:00Z", "to": null}],
 "activities": [{"id": "draw.2026-06-01.1", "title": "Draw", "request": "draw", "partner": "north", "kind": "work",
  "start": "2026-06-01T08:00:00Z", "end": "2026-06-01T08:45:00Z", "crew": ["berg-anna"], "element": "core",
  "uses": [{"resource": "bench", "amount": 2}], "hold": "locked", "progress": {"state": "skipped", "reason": "ill"}, "notes": "fasting"}],
 "task_list": [{"request": "photo", "title": "Photo", "minutes": 15}]}"#;

#[test]
fn what_is_written_is_what_was_read() {
    let written = to_json(&read_json(WHOLE).unwrap());
    assert_eq!(written, serde_json::from_str::<Value>(WHOLE).unwrap());
}

#[test]
fn what_may_be_left_out() {
    let brief = r#"{"title": "", "level": "day", "from": "2026-06-01", "to": "2026-06-02", "crew": [{"person": "berg-anna"}], "gap": 0.01,
        "activities": [{"id": "a", "title": "A", "kind": "work", "start": "2026-06-01T08:00Z", "end": "2026-06-01T08:00Z", "crew": []}]}"#;
    let plan = read_json(brief).unwrap();
    let one = &plan.activities["a"];
    assert_eq!(one.origin, plan::Origin::Added);
    assert_eq!(
        (one.hold, &one.progress, one.notes.as_str()),
        (plan::Hold::Free, &plan::Progress::Planned, "")
    );
    assert_eq!(plan.crew[&"berg-anna".parse::<plan::PersonId>().unwrap()], timeline::Interval::ALWAYS);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let a_time = "expected a time such as \"2026-06-01T08:15:00Z\"";
    for (from, to, expected) in [
        ("{\"title\"", "{title", "line 1, column 2: key must be a string".to_owned()),
        ("\"title\": \"Week 23\", ", "", "title: expected a text, found nothing".to_owned()),
        ("\"week\"", "\"weak\"", "level: expected increment or week or day, found \"weak\"".to_owned()),
        (
            "\"2026-06-08T00:00:00Z\"",
            "\"2026-06-01\"",
            "to: expected a time after `from`, found \"2026-06-01\"".to_owned(),
        ),
        ("\"2026-06-08T00:00:00Z\"", "\"8 June\"", format!("to: {a_time}, found \"8 June\"")),
        (
            "\"to\": null",
            "\"to\": \"2026-02-01\"",
            "crew[0].to: expected a time after `from`, found \"2026-02-01\"".to_owned(),
        ),
        (
            "\"to\": null}",
            "\"to\": null}, {\"person\": \"berg-anna\"}",
            "crew[1].person: expected somebody who does not stand here already, found \"berg-anna\""
                .to_owned(),
        ),
        (
            "\"crew\": [\"berg-anna\"]",
            "\"crew\": \"berg-anna\"",
            "activities[0].crew: expected a list, found \"berg-anna\"".to_owned(),
        ),
        (
            "\"crew\": [\"berg-anna\"]",
            "\"crew\": [\"Anna\"]",
            "activities[0].crew[0]: expected a person, found \"Anna\"".to_owned(),
        ),
        (
            "\"crew\": [\"berg-anna\"]",
            "\"crew\": [\"berg-anna\", \"berg-anna\"]",
            "activities[0].crew[1]: expected somebody who does not stand here already, found \"berg-anna\""
                .to_owned(),
        ),
        (
            "\"draw.2026-06-01.1\"",
            "\"draw 1\"",
            "activities[0].id: expected an id without blanks, found \"draw 1\"".to_owned(),
        ),
        (
            "T08:45:00Z",
            "T07:45:00Z",
            "activities[0].end: expected a time that is not before `start`, found \"2026-06-01T07:45:00Z\""
                .to_owned(),
        ),
        (
            "\"request\": \"draw\"",
            "\"block\": \"a\", \"request\": \"b\"",
            "activities[0].block: expected nothing beside `request`, found \"a\"".to_owned(),
        ),
        (
            "\"amount\": 2",
            "\"amount\": -2",
            "activities[0].uses[0].amount: expected a whole number, found -2".to_owned(),
        ),
        ("\"locked\"", "\"shut\"", "activities[0].hold: expected free or locked, found \"shut\"".to_owned()),
        (
            "\"skipped\"",
            "\"lost\"",
            "activities[0].progress.state: expected planned, started, done or skipped, found \"lost\""
                .to_owned(),
        ),
        ("\"skipped\"", "\"done\"", format!("activities[0].progress.start: {a_time}, found nothing")),
        (
            "\"minutes\": 15",
            "\"minutes\": 1.5",
            "task_list[0].minutes: expected a whole number, found 1.5".to_owned(),
        ),
    ] {
        assert_eq!(WHOLE.matches(from).count(), 1, "{from}");
        let error = read_json(&WHOLE.replace(from, to)).unwrap_err();
        assert_eq!(error.to_string(), expected, "{from} -> {to}");
    }
    let one = WHOLE.split_once("\"activities\": [").unwrap().1.split_once("],\n \"task_list\"").unwrap().0;
    let twice = read_json(&WHOLE.replace(one, &format!("{one}, {one}"))).unwrap_err();
    assert_eq!(twice.to_string(), "`draw.2026-06-01.1` stands in the plan twice");
}

#[test]
fn what_is_no_plan_at_all_is_said() {
    for (text, expected) in [
        ("", "line 1, column 0: EOF while parsing a value"),
        ("null", "title: expected a text, found nothing"),
        ("[]", "title: expected a text, found nothing"),
        ("\n\n{]", "line 3, column 2: key must be a string"),
    ] {
        assert_eq!(read_json(text).unwrap_err().to_string(), expected, "{text}");
    }
    let deep = "[".repeat(100_000);
    assert_eq!(read_json(&deep).unwrap_err().to_string(), "line 1, column 128: recursion limit exceeded");
}

proptest! {
    #[test]
    fn a_plan_comes_back_as_it_was(plan in any::plan()) {
        let json = to_json(&plan);
        prop_assert_eq!(read_json(&json.to_string()), Ok(plan.clone()));
        prop_assert_eq!(read_json(&format!("{json:#}")), Ok(plan));
    }

    #[test]
    fn no_text_hurts(text in "[\\[\\]{}\":,a-z0-9\\\\ \u{feff}]{0,40}") {
        prop_assert!(read_json(&text).is_err_and(|error| !error.to_string().is_empty()));
    }

    /// A byte changed, dropped or doubled: it is another plan, or the error says where.
    #[test]
    fn spoiled_plans_are_read_or_refused(plan in any::plan(), at in any::<proptest::sample::Index>(), by in any::<char>(), how in 0..3_u8) {
        let text: Vec<char> = to_json(&plan).to_string().chars().collect();
        let at = at.index(text.len());
        let put: &[char] = match how { 0 => &[by], 1 => &[], _ => &[text[at], text[at]] };
        let spoiled: String = text[..at].iter().chain(put).chain(&text[at + 1..]).collect();
        match read_json(&spoiled) {
            Ok(read) => prop_assert_eq!(read_json(&to_json(&read).to_string()), Ok::<Plan, _>(read)),
            Err(plan::PlanTextError::Json { line, column, what }) => {
                prop_assert!(line >= 1 && column <= spoiled.len() && !what.contains(" at line "), "{}", what);
            }
            Err(plan::PlanTextError::Field { at, found, .. }) => {
                prop_assert!(!at.is_empty() && !found.is_empty() && found.chars().count() <= 40);
            }
            Err(plan::PlanTextError::Twice(id)) => prop_assert!(plan.activities.len() > 1, "{}", id),
        }
    }
}
