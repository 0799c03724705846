//! `cupola risk losses --json`: its contract.

use serde_json::{Value, json};
use timeline::{Duration, Time};

use crate::contract::check;
use crate::program;

const OF_2004: &str = "risk losses --as-of 2004-11-15 --to 2006-03-01";

fn time(value: &Value) -> Time {
    value.as_str().expect("a text").parse().expect("a time")
}

fn maybe_time(value: &Value) -> Time {
    if value.is_null() { Time::MAX } else { time(value) }
}

/// What comes of a loss, with whatever else is said of it.
fn consequence(more: &Value) -> Value {
    let mut shape = json!({
        "verdict": "verdict",
        "breaches": [],
        "reserve": [{"supply": "id", "lines": [{"days": "number", "at": "maybe time"}], "empty": "maybe time"}],
        "measures": [],
        "held": [],
    });
    if let (Value::Object(shape), Value::Object(more)) = (&mut shape, more) {
        shape.extend(more.clone());
    }
    shape
}

#[test]
fn every_promised_field_is_there() {
    let named =
        json!({"loss": "id", "days": "maybe whole", "of": "id", "known": "time", "until": "maybe time"});
    let whole = json!({
        "from": "time",
        "to": "time",
        "as_of": "time",
        "verdict": "verdict",
        "verdict_of_cargo": "verdict",
        "crewed_until": "time",
        "secure_until": "time",
        "weakest": named,
        "plan": consequence(&json!({"crew_cut": "maybe whole", "nobody_left": "maybe whole"})),
        "losses": [consequence(&named)],
        "repairs": [{"of": named, "verdict": "maybe verdict", "nobody_left_at": "maybe time"}],
        "assumptions": ["text"],
    });
    let found = program::json(OF_2004);
    check(&found, &whole, OF_2004);
    assert_eq!(found["pairs"], Value::Null, "nobody asked for pairs");
    for loss in program::list(&found, "losses") {
        check(&loss["breaches"], &json!([]), "breaches");
        for breach in program::list(loss, "breaches") {
            let shape = json!({"at": "time", "rule": "id", "of": "maybe text", "line_days": "maybe number"});
            check(breach, &shape, "a breach");
            let rule = program::text(breach, "rule");
            let known = ["line", "empty", "short", "shed", "seats", "nobody", "down"];
            assert!(known.contains(&rule), "{breach}");
            assert_eq!(rule == "line", breach["line_days"].is_number(), "{breach}");
        }
        for measure in program::list(loss, "measures") {
            check(measure, &json!({"measure": "id", "at": "time"}), "a measure");
        }
        for held in program::list(loss, "held") {
            let shape = json!({"flight": "id", "until": "time", "over_life_days": "number"});
            check(held, &shape, "a ship that is held");
        }
        if !loss["crew_cut"].is_null() {
            check(&loss["crew_cut"], &json!({"at": "time", "to_persons": "whole"}), "crew_cut");
        }
        if !loss["nobody_left"].is_null() {
            let shape = json!({"at": "time", "why": {"kind": "id", "of": "maybe text"}});
            check(&loss["nobody_left"], &shape, "nobody_left");
        }
    }
}

/// The worst first: by verdict, then by when nobody is left; breaches by time; and verdicts that agree with what they are of.
#[test]
fn losses_are_in_order_and_agree_with_themselves() {
    let found = program::json(OF_2004);
    let losses = program::list(&found, "losses");
    let weight = |loss: &Value| match program::text(loss, "verdict") {
        "broken" => 0,
        "at risk" => 1,
        _ => 2,
    };
    let end = |loss: &Value| maybe_time(&loss["nobody_left"]["at"]);
    assert!(losses.iter().map(|loss| (weight(loss), end(loss))).is_sorted());
    let (from, to) = (time(&found["from"]), time(&found["to"]));
    for loss in losses {
        assert_eq!(weight(loss) == 0, !loss["nobody_left"].is_null(), "{loss:#}");
        assert_eq!(weight(loss) == 2, program::list(loss, "breaches").is_empty(), "{loss:#}");
        let times = program::list(loss, "breaches").iter().map(|breach| time(&breach["at"]));
        assert!(times.clone().is_sorted(), "{loss:#}");
        assert!(times.into_iter().all(|at| from <= at && at <= to), "{loss:#}");
        let is_of_days = ["slipped", "grounded"].contains(&program::text(loss, "loss"));
        assert_eq!(is_of_days, loss["days"].is_u64(), "{loss:#}");
        let is_aboard = ["failed", "dark", "loop-lost"].contains(&program::text(loss, "loss"));
        assert!(is_aboard || loss["until"].is_null(), "a flight is not mended: {loss:#}");
    }
    let kinds = ["lost", "slipped", "grounded", "unfit", "failed", "dark"];
    for kind in kinds {
        assert!(losses.iter().any(|loss| loss["loss"] == kind), "no {kind}");
    }
}

/// The summary is that of the losses: the first of them, the earliest end, the worst verdict.
#[test]
fn the_summary_is_that_of_the_losses() {
    let found = program::json(OF_2004);
    let losses = program::list(&found, "losses");
    let worst = &losses[0];
    assert_eq!(found["verdict"], worst["verdict"]);
    for field in ["loss", "days", "of", "known", "until"] {
        assert_eq!(found["weakest"][field], worst[field], "{field}");
    }
    assert_eq!((&worst["loss"], &worst["of"]), (&json!("lost"), &json!("progress-m-51")));
    let ends = losses.iter().chain([&found["plan"]]).map(|loss| maybe_time(&loss["nobody_left"]["at"]));
    assert_eq!(ends.min(), Some(time(&found["crewed_until"])));
    let is_of_flight = |loss: &&Value| ["lost", "slipped", "grounded"].contains(&program::text(loss, "loss"));
    let firsts = losses.iter().filter(is_of_flight).filter_map(|loss| loss["breaches"].get(0));
    assert_eq!(firsts.map(|breach| time(&breach["at"])).min(), Some(time(&found["secure_until"])));

    // Where all is stood there is no weakest link and nothing to mend.
    let stood = program::json("risk losses --as-of 2014-10-01 --to 2014-11-15");
    let verdicts = program::list(&stood, "losses").iter().map(|loss| program::text(loss, "verdict"));
    let is_secure = verdicts.into_iter().all(|verdict| verdict == "secure");
    assert_eq!(is_secure, stood["weakest"].is_null());
    assert!(!is_secure || program::list(&stood, "repairs").is_empty());
    assert_eq!(is_secure, stood["verdict"] == "secure");
}

/// A lever says its kind and what it does, in the units of its fields; what it buys is no worse than the loss.
#[test]
fn repairs_say_what_to_change() {
    let mut kinds = Vec::new();
    for line in [OF_2004, "risk losses --as-of 2018-10-01", "risk losses"] {
        let found = program::json(line);
        for repair in program::list(&found, "repairs") {
            let lever = &repair["lever"];
            if lever.is_null() {
                assert!(repair["verdict"].is_null() && repair["nobody_left_at"].is_null(), "{repair:#}");
                continue;
            }
            let kind = program::text(lever, "kind").to_owned();
            let shape = match kind.as_str() {
                "move" | "extend" => json!({"flight": "id", "days": "number"}),
                "recast" => json!({"flight": "id", "less_of": "id", "more_of": "id", "mass_kg": "number"}),
                other => panic!("{line}: a lever of kind {other}"),
            };
            check(lever, &shape, line);
            assert_eq!(repair["verdict"] == "broken", !repair["nobody_left_at"].is_null(), "{repair:#}");
            kinds.push(kind);
        }
    }
    kinds.sort_unstable();
    kinds.dedup();
    assert!(kinds.len() > 1, "{kinds:?}");
}

/// Pairs, where they are asked for, name two losses each and are worse than both.
#[test]
fn pairs_are_told_where_they_are_asked_for() {
    let line = "risk losses --as-of 2018-10-01 --to 2019-04-01 --depth 2 --threads 2";
    let found = program::json(line);
    let named = json!({"loss": "id", "days": "maybe whole", "of": "id", "known": "time"});
    let pairs = json!({
        "count": "whole",
        "broken_by_one_alone": "whole",
        "crewed_until": "time",
        "worse": [consequence(&json!({"of": [named, named]}))],
    });
    check(&found["pairs"], &pairs, line);
    assert!(time(&found["pairs"]["crewed_until"]) <= time(&found["crewed_until"]));
    for pair in program::list(&found["pairs"], "worse") {
        assert_eq!(program::list(pair, "of").len(), 2, "{pair:#}");
        assert_ne!(pair["verdict"], "secure");
    }
    let alone = program::json("risk losses --as-of 2018-10-01 --to 2019-04-01 --depth 2");
    assert_eq!(alone, found, "threads change nothing");
}

/// A machine stands for its time of mending: Elektron ten days, what the book says nothing of until the second cargo flight.
#[test]
fn machines_say_until_when_they_stand() {
    let found = program::json("risk losses");
    let stands = |name: &str| {
        let of_name = |loss: &&Value| loss["of"] == name && loss["loss"] == "failed";
        let loss = program::list(&found, "losses").iter().find(of_name).expect("it is asked");
        time(&loss["until"]) - time(&loss["known"])
    };
    assert_eq!(stands("elektron"), Duration::DAY * 10);
    assert_eq!(stands("wpa"), Duration::DAY * 5);
    assert!(stands("srv-k") > Duration::DAY * 60);
}

#[test]
fn what_is_history_already_is_not_asked() {
    let run = program::cupola("risk losses --from 2025-01-01 --to 2026-01-01");
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("say --as-of 2025-01-01T00:00:00Z"), "{}", run.err);
}
