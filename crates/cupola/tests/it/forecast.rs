//! The contract of `cupola forecast`.

use serde_json::Value;

use crate::program;

#[test]
fn the_fields_that_scripts_rely_on() {
    let answer = program::json("forecast --from 2026-05-30T12:25Z --to 2027-05-30 --crew 7 --without all");
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

/// Seven aboard and no ship any more: food, water and oxygen each have the date on which nothing is left, and food is the first.
#[test]
fn seven_without_any_ship_run_out_of_food_first() {
    let answer = program::json("forecast --from 2026-05-30T12:25Z --to 2040-01-01 --crew 7 --without all");
    assert!(program::list(&answer, "arrivals").is_empty());
    let empty = |store: &str| {
        let found = program::list(&answer, "reserve").iter().find(|one| one["store"] == store).cloned();
        program::text(&found.unwrap_or_default(), "empty").to_owned()
    };
    assert!(empty("food") < empty("water") && empty("water") < empty("oxygen"));
    let page = program::page("forecast --from 2026-05-30T12:25Z --to 2040-01-01 --crew 7 --without all");
    assert!(page.contains("First to bind: food, on 2027/"), "{page}");
    assert_eq!(answer["first_want"]["binds"]["name"], "food");
    // 3,273 kg of food for seven at 1.72 kg a day are 272 days.
    assert!(
        empty("food").starts_with("2027-02") || empty("food").starts_with("2027-03"),
        "{}",
        empty("food")
    );
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
    assert!(page.contains("First to bind: food"), "{page}");
}

/// A planned flight that slips is there later, with all that it brings and everybody on it; `risk` and `check` take it as well.
#[test]
fn a_slip_moves_one_flight() {
    let of = |answer: &Value, flight: &str| {
        let arrivals = program::list(answer, "arrivals").iter();
        arrivals.filter(|one| one["flight"] == flight).cloned().collect::<Vec<_>>()
    };
    let planned = program::json("forecast");
    let slipped = program::json("forecast --slip progress-ms-35@2026-10-01 --slip crew-13+10d");
    let (before, after) = (of(&planned, "progress-ms-35"), of(&slipped, "progress-ms-35"));
    assert_eq!((before.len(), after.len()), (1, 1));
    assert_eq!(after[0]["at"], "2026-10-01T00:00:00Z");
    assert_eq!(before[0]["brings_kg"], after[0]["brings_kg"]);
    assert_eq!(of(&planned, "ng-25"), of(&slipped, "ng-25"), "the others come as planned");
    let said = program::list(&slipped, "assumptions").iter().filter_map(Value::as_str);
    assert!(said.into_iter().any(|said| said.contains("crew-13 moves by +10 days, to 2026/26")), "{slipped}");
    // Four people less for ten days eat less.
    let eaten = |slip: &str| {
        let answer = program::json(&format!("forecast --from 2026-05-30T12:25Z --to 2026-10-20 {slip}"));
        let food = |one: &&Value| one["name"] == "supply.food_kg";
        let profile = program::list(&answer, "profiles").iter().find(food).cloned().unwrap_or_default();
        program::list(&profile, "points").last().and_then(|last| last[1].as_f64()).unwrap_or_default()
    };
    assert!(eaten("--slip crew-13+10d") > eaten("") + 20.0);
    let losses = program::json("risk losses --to 2027-05-30 --slip progress-ms-35@2026-10-01");
    let lost = program::list(&losses, "losses").iter().find(|one| one["of"] == "progress-ms-35");
    assert!(lost.is_some_and(|lost| program::text(lost, "known") > "2026-09-28"), "{lost:?}");
    // Its exit status says whether a rule is broken, which is not asked here.
    let checked = program::cupola("check --slip progress-ms-35@2026-10-01").out;
    assert!(checked.contains("2026/150 12:25 to 2027/150 12:25 GMT"), "the year ahead: {checked}");
}

/// Each supply says what the loss of the next ship does to it, and the crew's limit what binds.
#[test]
fn margins_are_told() {
    let answer = program::json("forecast --as-of 2004-11-15 --to 2005-11-15");
    assert_eq!((&answer["as_of"], &answer["aboard"]), (&"2004-11-15T00:00:00Z".into(), &2.into()));
    let food = program::list(&answer, "reserve")
        .iter()
        .find(|one| one["store"] == "food")
        .cloned()
        .unwrap_or_default();
    let skipped = &food["skip_one"];
    assert_eq!(skipped["flight"], "progress-m-51", "{food}");
    assert!(skipped["empty"].is_string() && skipped["crosses_45"].is_string(), "{food}");
    assert_eq!(program::list(&food, "lines").len(), 2, "{food}");
    assert_eq!(answer["first_want"]["binds"]["name"], "food");
    let limits = program::list(&answer, "crew_limit");
    assert_eq!(limits.len(), 4, "three ships and the end of the span");
    for limit in limits {
        assert_eq!((&limit["seats"], &limit["binds"]["kind"]), (&3.into(), &"supply".into()), "{limit}");
        assert!(limit["crew"].as_u64() < Some(3) && limit["until"].is_string(), "{limit}");
    }
    let ship = &program::list(&answer, "arrivals")[0];
    assert_eq!((&ship["certainty"], &ship["errand"]), (&"planned".into(), &"cargo".into()), "{ship}");
    assert!(ship["brings_kg"]["food-ru"].as_f64() > Some(100.0), "{ship}");
    let lost = program::page("forecast --as-of 2004-11-15 --to 2005-11-15 --without sts-121");
    assert!(
        lost.contains("sts-121 does not arrive"),
        "a planned flight can be left out, flown or not:\n{lost}"
    );
}
