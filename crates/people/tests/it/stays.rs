//! From when to when a stay lasts, and which are longest.

use people::{Role, Stay, aboard, aboard_at, longest_stays};
use timeline::{Interval, Time};

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

fn stay(person: &str, up: &str, down: Option<&str>, from: Option<&str>, to: Option<&str>) -> Stay {
    Stay {
        person: person.parse().expect("an id"),
        up: up.parse().expect("an id"),
        down: down.map(|down| down.parse().expect("an id")),
        partner: "north".parse().expect("an id"),
        role: Role::FlightEngineer,
        from: from.map(time),
        to: to.map(time),
    }
}

/// `ferry-1` visits in March and April, `ferry-2` came in April and is still there.
fn visit(flight: &people::FlightId) -> Option<Interval> {
    match flight.as_str() {
        "ferry-1" => Interval::new(time("2040-03-01"), time("2040-05-01")),
        "ferry-2" => Interval::new(time("2040-04-01"), Time::MAX),
        _ => None,
    }
}

#[test]
fn a_stay_lasts_from_docking_to_last_undocking_unless_it_says_otherwise() {
    let check = |stay: &Stay, expected: Option<&str>| {
        let found = aboard([stay], visit).first().map(|one| one.interval.to_string());
        assert_eq!(found.as_deref(), expected, "{stay:?}");
    };
    let one = |up, down, from, to| stay("berg-anna", up, down, from, to);
    check(&one("ferry-1", Some("ferry-1"), None, None), Some("2040-03-01T00:00:00Z to 2040-05-01T00:00:00Z"));
    check(&one("ferry-1", Some("ferry-2"), None, None), Some("from 2040-03-01T00:00:00Z on"));
    check(&one("ferry-1", None, None, None), Some("from 2040-03-01T00:00:00Z on"));
    check(
        &one("ferry-1", Some("ferry-1"), Some("2040-03-05"), Some("2040-03-09")),
        Some("2040-03-05T00:00:00Z to 2040-03-09T00:00:00Z"),
    );
    check(&one("ferry-9", None, Some("2040-03-05"), None), Some("from 2040-03-05T00:00:00Z on"));
    check(&one("ferry-9", None, None, None), None);
    check(&one("ferry-1", Some("ferry-9"), None, None), None);
    check(&one("ferry-1", Some("ferry-1"), Some("2040-06-01"), None), None);
}

#[test]
fn the_longest_stay_comes_first_and_open_ones_count_up_to_now() {
    let stays = [
        stay("berg-anna", "ferry-1", Some("ferry-1"), None, None),
        stay("dube-sipho", "ferry-2", None, None, None),
        stay("lind-karin", "ferry-2", None, Some("2040-09-01"), None),
    ];
    let aboard = aboard(&stays, visit);
    let order = |now: &str| -> Vec<String> {
        longest_stays(&aboard, time(now)).iter().map(|one| one.stay.person.to_string()).collect()
    };
    assert_eq!(order("2040-05-02"), ["berg-anna", "dube-sipho"]);
    assert_eq!(order("2041-01-01"), ["dube-sipho", "lind-karin", "berg-anna"]);
    let names: Vec<&str> = aboard_at(&aboard, time("2040-04-15")).map(|stay| stay.person.as_str()).collect();
    assert_eq!(names, ["berg-anna", "dube-sipho"]);
}
