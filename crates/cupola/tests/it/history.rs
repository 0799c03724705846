//! The history as a whole: the record of presence, and how much of it the book holds.

use serde_json::Value;

use crate::program;

/// Expedition 1 docked at 09:21 UTC on 2 November 2000, and the station has not been empty since (NASA).
#[test]
fn there_is_no_gap_since_expedition_one() {
    let record = program::json("presence");
    assert_eq!(record["since"], "2000-11-02T09:21:00Z");
    assert_eq!(record["gaps"], Value::Array(Vec::new()));
    // Two after Columbia, in 2003–06; thirteen with STS-127 and again with STS-131.
    assert_eq!((&record["min_aboard"], &record["max_aboard"]), (&2.into(), &13.into()));
    assert!(program::text(&record, "max_aboard_first_at").starts_with("2009-07-17T17:47"), "{record:#}");
    // 2000-11-02T09:21 to 2026-05-30T12:25 by the calendar.
    assert_eq!(record["days"], 9_340);
}

/// Person-days by partner add up to the number aboard over time.
#[test]
fn person_days_add_up() {
    // (span, days, aboard all the time): Expedition 7 alone; Expedition 64 between two handovers; three in January 2026.
    for (span, days, aboard) in [
        ("--from 2003-06-01 --to 2003-07-01", 30.0, 2.0),
        ("--from 2021-01-01 --to 2021-02-01", 31.0, 7.0),
        ("--from 2026-01-16 --to 2026-02-01", 16.0, 3.0),
    ] {
        let record = program::json(&format!("presence {span}"));
        let by_partner = record["person_days"].as_object().expect("an object");
        let sum: f64 = by_partner.values().filter_map(Value::as_f64).sum();
        assert!((sum - days * aboard).abs() < 0.01, "{span}: {sum} person-days");
        assert_eq!(record["min_aboard"], record["max_aboard"], "{span}");
    }
}

/// Nobody was there between the first visits; the five of them are counted (Shuttle flights STS-88, 96, 101, 106 and 92).
#[test]
fn the_gaps_before_expedition_one_are_told() {
    let record = program::json("presence --from 1998-12-10 --to 2001-01-01");
    assert_eq!(program::list(&record, "gaps").len(), 5);
    assert_eq!(record["min_aboard"], 0);
}

/// 300 flights, 500 stays or more, and a flight of every family at the station on a day it was there (flights' own reports).
#[test]
fn every_family_of_vehicle_has_been_there() {
    let check = program::page("book check");
    for (least, what) in [(300, "flights"), (500, "stays"), (250, "people"), (300, "dockings")] {
        assert!(count(&check, what) >= least, "{} {what}", count(&check, what));
    }
    for (moment, flight, vehicle) in [
        ("2001-03-12", "sts-102", "shuttle"),
        ("2008-05-01", "atv-1", "atv"),
        ("2009-10-01", "htv-1", "htv"),
        ("2012-05-28", "spx-c2", "dragon-1"),
        ("2014-02-01", "orb-1", "cygnus"),
        ("2020-06-15", "demo-2", "dragon-2-crew"),
        ("2021-01-01", "spx-21", "dragon-2-cargo"),
        ("2024-07-01", "cft", "starliner"),
        ("2025-12-05", "htv-x1", "htv-x"),
        ("2000-12-25", "soyuz-tm-31", "soyuz"),
        ("2000-12-28", "progress-m1-4", "progress"),
    ] {
        let status = program::json(&format!("status --at {moment}"));
        let docked = program::list(&status, "docked");
        let found = docked.iter().find(|one| one["flight"] == flight);
        let found = found.unwrap_or_else(|| panic!("{moment}: no {flight} in {docked:#?}"));
        assert!(program::text(found, "vehicle").starts_with(vehicle), "{moment}: {found}");
    }
}

/// The number before `what` in a line such as `307 flights, 331 dockings`.
fn count(page: &str, what: &str) -> u32 {
    let words: Vec<&str> = page.split_whitespace().collect();
    let named = words.windows(2).find(|pair| pair[1].trim_end_matches([',', '.']) == what);
    named.and_then(|pair| pair[0].parse().ok()).unwrap_or_else(|| panic!("no number of {what}"))
}
