//! Odd inputs that must be answered: the ends of time, instants on an edge, long spans, other ways to say the same.

use serde_json::Value;
use timeline::Time;

use crate::program;

/// Moments before the station, at the ends of time, and beyond what anybody knows: answered, with what is not known left open.
#[test]
fn any_moment_has_a_status() {
    for (moment, aboard, position_known) in [
        ("1708-01-01", 0, false),
        ("1990-01-01", 0, false),
        ("1998-11-20T06:39:59Z", 0, false),
        ("1998-11-21", 0, true),
        ("2016-12-31T23:59:60Z", 6, true),
    ] {
        let status = program::json(&format!("status --at {moment}"));
        assert_eq!(program::list(&status, "aboard").len(), aboard, "{moment}");
        assert_eq!(status["position"].is_object(), position_known, "{moment}: {}", status["position"]);
        assert_eq!(time(&status, "time"), moment.parse::<Time>().expect("a time"), "{moment}");
    }
    for moment in ["2026-06-30", "2100-01-01", "2291-12-31T23:59:59.999999999Z"] {
        let status = program::json(&format!("status --at {moment}"));
        for field in ["aboard", "docked", "presence"] {
            assert!(status[field].is_null(), "{moment}: nobody can say `{field}`");
        }
        let page = program::page(&format!("status --at {moment}"));
        assert!(page.contains("not known: the book ends on 2026/150 12:25 GMT"), "{moment}");
    }
}

/// A docking begins at its first instant and is over at its last.
#[test]
fn from_is_inclusive_and_to_exclusive() {
    // Soyuz MS-24 docked to Rassvet 2023-09-15T18:53:32Z with three, and left 2024-04-06T03:54:58Z with three.
    for (moment, docked, count) in [
        ("2023-09-15T18:53:31.999999999Z", false, 7),
        ("2023-09-15T18:53:32Z", true, 10),
        ("2024-04-06T03:54:57.999999999Z", true, 10),
        ("2024-04-06T03:54:58Z", false, 7),
    ] {
        let status = program::json(&format!("status --at {moment}"));
        let found = program::list(&status, "docked").iter().any(|one| one["flight"] == "soyuz-ms-24");
        assert_eq!(found, docked, "{moment}");
        assert_eq!(program::json(&format!("presence --at {moment}"))["count"], count, "{moment}");
    }
}

/// The second 2016-12-31T23:59:60 lasts as long as any other.
#[test]
fn a_leap_second_is_a_second() {
    let positions: Vec<[f64; 3]> = ["2016-12-31T23:59:59Z", "2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z"]
        .iter()
        .map(|at| position_km(&program::json(&format!("orbit state --frame teme --at {at}"))))
        .collect();
    for pair in positions.windows(2) {
        // 7.67 km/s at 400 km.
        assert!((distance_km(pair[0], pair[1]) - 7.67).abs() < 0.02, "{pair:?}");
    }
}

/// The ways to write a moment mean the same.
#[test]
fn a_moment_can_be_said_in_several_ways() {
    let expected = program::page("status --json --at 2026-05-30T12:00:00Z");
    for moment in [
        "2026-05-30T12:00Z",
        "2026-05-30 12:00",
        "2026/150 12:00",
        "GMT 2026/150 12:00:00",
        "2026-05-30T12:00:37 TAI",
    ] {
        let mut command = program::command("status --json --at");
        command.arg(moment);
        assert_eq!(program::run(command).out, expected, "{moment}");
    }
    for word in ["now", "NOW"] {
        assert!(
            time(&program::json(&format!("status --at {word}")), "time")
                > "2025-01-01".parse().expect("a time")
        );
    }
}

/// Years of events are had at once, and a long span holds what its parts hold.
#[test]
fn spans_of_years_are_answered() {
    for (line, least) in [
        ("orbit contacts --from 2025-06-01 --to 2026-06-01", 30_000),
        ("orbit contacts --site guam --from 2020-06-01 --to 2026-06-01", 7_000),
        ("orbit passes --site paris --from 2025-06-01 --to 2026-06-01", 100),
        ("orbit events --kind node --from 2024-06-01 --to 2026-06-01", 11_000),
        ("presence --from 1708-01-01", 0),
    ] {
        let events = program::json(line);
        assert!(events.as_array().map_or(0, Vec::len) >= least, "{line}");
    }
    let crew = program::page("export csv --profile crew.*,port.* --from 1998-11-20 --to 2026-05-30");
    assert!(crew.lines().count() > 800, "{} lines", crew.lines().count());
}

/// The folder of the bundled book gives the same answers as the book in the program.
#[test]
fn a_book_from_a_folder_answers_the_same() {
    for line in [
        "status --at 2021-12-10",
        "status --at 2026-05-30T12:00Z --json",
        "presence",
        "presence --json --from 1998-11-20",
        "orbit state --at 2026-05-30",
        "orbit events --from 2026-05-30 --to 2026-05-30T06:00Z",
        "book check --json",
        "export omm --form json --at 2021-09-24",
    ] {
        assert_eq!(program::page(line), program::page(&format!("--book ../../books/iss {line}")), "{line}");
    }
}

/// One state in three frames and from three kinds of file.
#[test]
fn one_state_has_many_names() {
    let at = "--at 2026-05-30T12:00Z";
    let states =
        ["teme", "gcrf", "itrf"].map(|frame| program::json(&format!("orbit state --frame {frame} {at}")));
    let [teme, gcrf, itrf] = states.each_ref().map(position_km);
    for other in [gcrf, itrf] {
        assert!((length_km(teme) - length_km(other)).abs() < 1e-9, "{teme:?} {other:?}");
    }
    // Precession since 2000 turns GCRF from TEME by 0.37°, the Earth by more.
    assert!((20.0..60.0).contains(&distance_km(teme, gcrf)) && distance_km(gcrf, itrf) > 100.0);

    let status = program::json(&format!("status {at}"));
    for field in ["lat_deg", "lon_deg", "altitude_km"] {
        let [a, b] = [&status["position"][field], &states[2][field]].map(|v| v.as_f64().expect("a number"));
        assert!((a - b).abs() < 1e-3, "{field}: {a} {b}");
    }

    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (name, export, option) in [
        ("same.oem", "oem --from 2026-05-30T11:00Z --to 2026-05-30T13:00Z --step-s 60", "oem"),
        ("same.xml", "oem --form xml --from 2026-05-30T11:00Z --to 2026-05-30T13:00Z --step-s 60", "oem"),
        ("same.omm", "omm --at 2026-05-30T12:00Z", "omm"),
        ("same_omm.xml", "omm --form xml --at 2026-05-30T12:00Z", "omm"),
        ("same.json", "omm --form json --at 2026-05-30T12:00Z", "omm"),
    ] {
        let path = folder.join(name);
        std::fs::write(&path, program::page(&format!("export {export}"))).expect("the folder is writable");
        let state = program::json(&format!("orbit state {at} --{option} {}", path.display()));
        let off_m = distance_km(position_km(&state), gcrf) * 1e3;
        assert!(off_m < 0.1, "{name}: {off_m} m");
    }
}

/// Light, links and passes agree with each other.
#[test]
fn answers_agree_with_each_other() {
    let umbra = program::json("orbit events --kind umbra --from 2026-05-30T03:00Z --to 2026-05-30T12:00Z");
    let penumbra =
        program::json("orbit events --kind penumbra --from 2026-05-30T03:00Z --to 2026-05-30T12:00Z");
    let (umbra, penumbra) = (spans(&umbra), spans(&penumbra));
    assert!(umbra.len() >= 5 && umbra.len() == penumbra.len());
    for (inner, outer) in umbra.iter().zip(&penumbra) {
        assert!(outer.0 <= inner.0 && inner.1 <= outer.1, "{inner:?} in {outer:?}");
    }
    let (start, end) = umbra[1];
    for (at, sunlit) in [(start + (end - start) / 2, false), (end + (umbra[2].0 - end) / 2, true)] {
        assert_eq!(program::json(&format!("status --at {at}"))["sunlit"], sunlit, "{at}");
    }

    let span = "--from 2026-05-01 --to 2026-05-20";
    let low = spans(&program::json(&format!("orbit contacts --site tokyo --mask-deg 10 {span}")));
    let high = spans(&program::json(&format!("orbit contacts --site tokyo --mask-deg 30 {span}")));
    let seen = spans(&program::json(&format!("orbit passes --site tokyo --mask-deg 10 {span}")));
    assert!(!high.is_empty() && !seen.is_empty());
    for inner in high.iter().chain(&seen) {
        let inside = low.iter().any(|outer| outer.0 <= inner.0 && inner.1 <= outer.1);
        assert!(inside, "{inner:?} is no contact above 10°");
    }
}

fn spans(events: &Value) -> Vec<(Time, Time)> {
    let events = events.as_array().expect("a list").iter();
    events.map(|event| (time(event, "start"), time(event, "end"))).collect()
}

fn time(value: &Value, field: &str) -> Time {
    program::text(value, field).parse().expect("a time")
}

fn position_km(state: &Value) -> [f64; 3] {
    let parts = program::list(state, "position_km");
    [0, 1, 2].map(|axis| parts[axis].as_f64().expect("a number"))
}

fn distance_km(a: [f64; 3], b: [f64; 3]) -> f64 {
    length_km([a[0] - b[0], a[1] - b[1], a[2] - b[2]])
}

fn length_km(a: [f64; 3]) -> f64 {
    a.iter().map(|part| part * part).sum::<f64>().sqrt()
}
