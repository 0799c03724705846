//! Every field that the contract of the command line names, for each command: there, and of the right kind.

use serde_json::{Value, json};
use timeline::Time;

use crate::program;

/// Words in a shape: `time` UTC in ISO 8601, `text`, `id`, `whole` and `number`, `flag`, `verdict`, `maybe X` X or null, `degrees`.
/// `[shape]` is a list that is not empty, `[]` any list; fields besides those named are welcome.
#[test]
fn every_promised_field_is_there() {
    let person = json!({"name": "text", "partner": "id", "flight_up": "id", "since": "time"});
    let docked = json!({"flight": "id", "vehicle": "id", "port": "id", "since": "time", "quality": "id"});
    let status = json!({
        "time": "time",
        "aboard": [person],
        "docked": [docked],
        "position": {"lat_deg": "degrees", "lon_deg": "degrees", "altitude_km": "number"},
        "sunlit": "flag",
        "beta_deg": "degrees",
        "elements_epoch": "time",
        "elements_age_days": "number",
        "known_until": "time",
    });
    let days =
        json!({"nasa": "number", "roscosmos": "number", "esa": "number", "jaxa": "number", "csa": "number"});
    let record = json!({
        "since": "time",
        "until": "time",
        "days": "whole",
        "gaps": [],
        "min_aboard": "whole",
        "max_aboard": "whole",
        "person_days": days,
    });
    let gap = json!({"gaps": [{"start": "time", "end": "time"}]});
    let state = json!({
        "time": "time",
        "frame": "id",
        "position_km": "vector",
        "velocity_km_s": "vector",
        "source": "text",
    });
    let event = json!([{"kind": "text", "start": "time", "end": "time"}]);
    let aspect = json!({
        "time": "time",
        "azimuth_deg": "number",
        "direction": "text",
        "elevation_deg": "degrees",
        "range_km": "number",
    });
    let contact = json!([{
        "kind": "text", "start": "time", "end": "time", "site": "id",
        "rise": aspect, "culmination": aspect, "set": aspect,
    }]);
    let pass = json!([{
        "kind": "text", "start": "time", "end": "time", "magnitude": "number", "text": "text",
        "rise": aspect, "culmination": aspect, "set": aspect,
    }]);
    let finding = json!([{
        "rule": "id", "severity": "id", "file": "maybe text", "line": "maybe whole", "message": "text", "mend": "text",
    }]);
    let pool = |unit: &str| {
        let mut line = json!({"partner": "id", "agreed_pct": "maybe number", "standing": "maybe id"});
        let columns = [
            "entitled",
            "planned",
            "flown",
            "open",
            "used",
            "provided",
            "barter_in",
            "barter_out",
            "balance",
        ];
        for column in columns {
            line[format!("{column}_{unit}")] = json!("maybe number");
        }
        line["part_pct"] = json!("maybe number");
        line["provided_pct"] = json!("maybe number");
        let mut pool = json!({
            "pool": "id", "title": "text", "counts": "id", "unit": "id", "segment": "maybe id",
            "from": "maybe time", "until": "maybe time", "partners": [line], "unknown": [],
            "source": "text", "quality": "id", "note": "text",
        });
        for sum in ["whole", "beyond_terms", "nobodys"] {
            pool[format!("{sum}_{unit}")] = json!("maybe whole");
        }
        pool
    };
    let did = json!({
        "partner": "id", "person_days": "number", "aboard_s": "whole",
        "flights": {"crew": "whole", "cargo": "whole", "assembly": "whole", "lost": "whole"},
        "up_g": "whole", "up_flights": "whole", "up_untold_flights": "whole",
        "down_g": "whole", "down_flights": "whole", "down_untold_flights": "whole",
        "spacewalks": "whole", "outside_s": "whole",
    });
    let shares = json!({
        "station": "text", "from": "time", "to": "time", "known_until": "time", "plans": [], "refused_barters": [],
        "pools": [pool("min"), pool("min"), pool("s"), pool("s"), pool("g"), pool("g")],
        "history": {
            "from": "time", "to": "time", "partners": [did],
            "countries": [{"country": "text", "person_days": "number", "aboard_s": "whole"}],
        },
    });
    let pools = shares["pools"].clone();
    let counted =
        json!({"plans": [{"title": "text", "level": "id", "from": "time", "to": "time"}], "pools": pools});
    let element_sets = json!([{"OBJECT_NAME": "text", "EPOCH": "text", "MEAN_MOTION": "number"}]);
    for (line, shape) in [
        ("", &status),
        ("status", &status),
        ("status --at 2026-05-30T12:00Z", &status),
        ("status --at 2026/150", &status),
        ("--book ../../books/iss status --at 2021-09-25", &status),
        ("presence", &record),
        ("presence --from 2020-01-01 --to 2021-01-01", &record),
        ("presence --from 2000-01-01", &gap),
        ("presence --at 2009-07-20", &json!({"count": "whole", "aboard": [person]})),
        ("orbit state", &state),
        ("orbit state --at 2026-05-30", &state),
        ("orbit state --at 2026-05-30 --frame teme", &state),
        ("orbit state --at 2026-05-30 --frame gcrf", &state),
        ("orbit state --at 2026-05-30 --frame itrf", &state),
        ("orbit state --at 2026-05-30 --omm ../../books/iss/orbit/elements.json", &state),
        ("orbit events --from 2026-05-30 --to 2026-05-31", &event),
        ("orbit events", &event),
        ("orbit contacts --from 2026-05-30 --to 2026-05-31", &contact),
        ("orbit contacts --site houston,korolyov --mask-deg 10", &contact),
        ("orbit passes --site auckland --from 2026-05-20 --to 2026-05-30", &pass),
        (
            "orbit passes --lat-deg -36.85 --lon-deg 174.76 --height-m 20 --from 2026-05-20 --to 2026-05-30",
            &pass,
        ),
        ("shares", &shares),
        ("shares --from 2026-05-01 --plan tests/it/plans/two_days.json", &shares),
        ("shares --from 2026-06-01 --plan tests/it/plans/five_weeks.json", &counted),
        ("book check", &finding),
        ("export omm --at 2026-05-30 --form json", &element_sets),
    ] {
        check(&program::json(line), shape, &format!("cupola {line}"));
    }
}

/// A moment without anything that could be known says so with nulls, not with missing fields.
#[test]
fn what_is_not_known_is_null() {
    let status = program::json("status --at 1990-01-01");
    for field in ["position", "sunlit", "beta_deg", "elements_epoch", "elements_age_days", "presence"] {
        assert_eq!(status.get(field), Some(&Value::Null), "{field}");
    }
    check(&status, &json!({"time": "time", "aboard": [], "docked": [], "warning": "text"}), "1990");
}

/// The kinds of event, each alone, have what a person needs.
#[test]
fn each_kind_of_event_can_be_had_alone() {
    for (kind, more) in [
        ("node", json!({"orbit": "whole", "lon_deg": "number"})),
        ("umbra", json!({"beta_deg": "degrees"})),
        ("penumbra", json!({"beta_deg": "degrees"})),
        ("saa", json!({"duration_s": "number"})),
        ("relay", json!({"relay": "id"})),
        ("link.relay", json!({"relay": "id"})),
        ("link.ku", json!({"relay": "id"})),
    ] {
        let line = format!("orbit events --kind {kind} --from 2026-05-29 --to 2026-05-30");
        let events = program::json(&line);
        check(&events, &json!([more]), &line);
        let kinds = events.as_array().expect("a list").iter().map(|event| program::text(event, "kind"));
        assert!(kinds.into_iter().all(|found| found == kind), "{line}");
    }
}

/// Events are in order of time, inside the span, and end after they begin.
#[test]
fn lists_are_in_order_and_inside_the_span() {
    let span = "--from 2026-05-28 --to 2026-05-30";
    let (from, to) = (time("2026-05-28"), time("2026-05-30"));
    for line in ["orbit events", "orbit contacts", "orbit passes --site auckland"] {
        let line = format!("{line} {span}");
        let events = program::json(&line);
        let at = |event: &Value, field: &str| time(program::text(event, field));
        let spans: Vec<(Time, Time)> = events
            .as_array()
            .expect("a list")
            .iter()
            .map(|event| (at(event, "start"), at(event, "end")))
            .collect();
        assert!(spans.is_sorted_by_key(|span| span.0), "{line}");
        assert!(spans.iter().all(|&(start, end)| from <= start && start <= end && end <= to), "{line}");
    }
}

/// Holds `value` against a shape.
pub(crate) fn check(value: &Value, shape: &Value, path: &str) {
    match shape {
        Value::Object(fields) => {
            for (field, inner) in fields {
                let found =
                    value.get(field).unwrap_or_else(|| panic!("{path}: no field `{field}` in {value:#}"));
                check(found, inner, &format!("{path}.{field}"));
            }
        }
        Value::Array(inner) => {
            let items = value.as_array().unwrap_or_else(|| panic!("{path}: not a list but {value:#}"));
            assert!(inner.is_empty() || !items.is_empty(), "{path}: an empty list");
            for (item, inner) in items.iter().zip(inner.iter().cycle()) {
                check(item, inner, &format!("{path}[]"));
            }
        }
        _ => assert!(is(value, shape.as_str().expect("a word")), "{path}: {value} is not {shape}"),
    }
}

fn is(value: &Value, word: &str) -> bool {
    if let Some(word) = word.strip_prefix("maybe ") {
        return value.is_null() || is(value, word);
    }
    let text = value.as_str().unwrap_or_default();
    match word {
        "time" => text.ends_with('Z') && text.contains('T') && text.parse::<Time>().is_ok(),
        "text" => value.is_string(),
        "id" => {
            !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
        }
        "whole" => value.is_u64(),
        "number" => value.is_number(),
        "degrees" => value.as_f64().is_some_and(|degrees| degrees.abs() <= 180.0),
        "flag" => value.is_boolean(),
        "verdict" => ["secure", "at risk", "broken"].contains(&text),
        "vector" => value.as_array().is_some_and(|parts| parts.len() == 3 && parts.iter().all(Value::is_f64)),
        _ => panic!("`{word}` is no word of a shape"),
    }
}

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}
