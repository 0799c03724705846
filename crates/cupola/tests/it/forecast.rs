//! The contract of `cupola forecast`.

use serde_json::Value;

use crate::program;

#[test]
fn the_fields_that_scripts_rely_on() {
    let answer = program::json("forecast --from 2026-05-30T12:25Z --to 2027-05-30 --crew 7");
    let profiles = program::list(&answer, "profiles");
    assert!(profiles.iter().any(|profile| profile["name"] == "supply.food_kg"));
    for profile in profiles {
        assert!(profile["unit"].is_string() && profile["points"].is_array(), "{}", profile["name"]);
        assert!(
            ["step", "linear"].contains(&profile["kind"].as_str().unwrap_or_default()),
            "{}",
            profile["name"]
        );
    }
    let reserve = program::list(&answer, "reserve");
    let food = reserve.iter().find(|reserve| reserve["store"] == "food").expect("food is a class of supply");
    for field in ["level", "days_left"] {
        assert!(food[field].as_f64().is_some_and(|value| value > 0.0), "{field}: {food}");
    }
    for field in ["days_left_at", "crosses_45", "crosses_30", "empty"] {
        assert!(food[field].is_string(), "{field}: {food}");
    }
    assert_eq!(food["unit"], "kg");
    assert!(!program::list(&answer, "assumptions").is_empty());
}

/// Eight eat more than four, a lost ship is missed, a generator that fails is felt, and a level that is set is there.
#[test]
fn every_question_moves_the_answer() {
    let span = "--from 2026-05-30T12:25Z --to 2028-05-30";
    let days = |question: &str, store: &str| {
        let answer = program::json(&format!("forecast {span} {question}"));
        let found = program::list(&answer, "reserve").iter().find(|one| one["store"] == store).cloned();
        found.unwrap_or(Value::Null)["days_left"].as_f64().unwrap_or(f64::INFINITY)
    };
    assert!(days("--crew 8", "food") < days("--crew 4", "food"));
    assert!(days("--set store.food-us_kg=100@2026-05-30T12:25Z", "food") < days("", "food"));
    let empty = |question: &str| {
        let answer = program::json(&format!("forecast {span} {question}"));
        let found = program::list(&answer, "reserve").iter().find(|one| one["store"] == "oxygen").cloned();
        found.unwrap_or(Value::Null)["empty"].is_string()
    };
    assert!(!empty(""), "two generators keep the crew breathing");
    assert!(
        empty("--fail oga@2026-06-01 --fail elektron@2026-06-01"),
        "tanks and candles do not last two years"
    );
    let page = program::page("forecast --from 2004-11-01 --to 2005-04-01");
    assert!(page.contains("Nobody goes short"), "{page}");
    let page = program::page("forecast --from 2004-11-01 --to 2005-04-01 --without progress-m-51");
    assert!(page.contains("goes short for want of"), "{page}");
}
