//! Ports held, visits and seats.

use timeline::Time;
use traffic::{
    Docking, FlightId, Join, Seats, Vehicle, docked_at, port_occupancy, port_profiles, seats_at, visits,
};

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

fn docking(flight: &str, port: &str, from: &str, to: Option<&str>) -> Docking {
    Docking {
        flight: flight.parse().expect("an id"),
        port: port.parse().expect("an id"),
        from: time(from),
        to: to.map(time),
        join: Join::Dock,
    }
}

/// `ferry-1` moves from aft to zenith, `ferry-2` takes its place and stays.
fn dockings() -> [Docking; 4] {
    [
        docking("ferry-1", "aft", "2040-03-01", Some("2040-04-01T10:00Z")),
        docking("ferry-1", "zenith", "2040-04-01T11:00Z", Some("2040-05-01")),
        docking("ferry-2", "aft", "2040-04-02", None),
        docking("barge-1", "nadir", "2040-05-01", Some("2040-04-01")),
    ]
}

fn ferry() -> Vehicle {
    Vehicle {
        id: "ferry".parse().expect("an id"),
        name: "Ferry".to_owned(),
        family: "ferry".to_owned(),
        partner: "north".parse().expect("an id"),
        crewed: true,
        seats: Seats { up: 3, down: 2 },
        joins: Some(Join::Dock),
        mechanisms: vec!["ring".to_owned()],
        usual_transit: None,
        usual_stay: None,
        life: None,
        mass: None,
        cargo_up: None,
        cargo_down: None,
        first_flight: None,
        last_flight: None,
    }
}

#[test]
fn a_port_is_held_from_docking_up_to_undocking() {
    let dockings = dockings();
    let ferry = ferry();
    for (when, expected, seats_down) in [
        ("2040-02-29", &[][..], 0),
        ("2040-03-01", &["ferry-1 aft"], 2),
        ("2040-04-01T10:00Z", &[], 0),
        ("2040-04-15", &["ferry-1 zenith", "ferry-2 aft"], 4),
        ("2050-01-01", &["ferry-2 aft"], 2),
    ] {
        let held: Vec<String> = docked_at(&dockings, time(when))
            .map(|docking| format!("{} {}", docking.flight, docking.port))
            .collect();
        assert_eq!(held, expected, "{when}");
        let seats = |flight: &FlightId| flight.as_str().starts_with("ferry").then_some(ferry.seats);
        assert_eq!(seats_at(&dockings, seats, time(when)).down, seats_down, "{when}");
    }
}

/// Each row: from when until when (or for good) how many; then the seats of a ship for two that is there from March to May.
#[test]
fn an_unfit_ship_has_other_seats_for_a_time() {
    let visit = timeline::Interval::new(time("2040-03-01"), time("2040-06-01")).expect("a visit");
    type Rows = &'static [(&'static str, Option<&'static str>, u32)];
    let cases: [(Rows, &[(&str, u32)]); 7] = [
        (&[], &[("2040-03-01", 2)]),
        (&[("2040-04-01", None, 0)], &[("2040-03-01", 2), ("2040-04-01", 0)]),
        (
            &[("2040-04-01", Some("2040-05-01"), 0)],
            &[("2040-03-01", 2), ("2040-04-01", 0), ("2040-05-01", 2)],
        ),
        (&[("2040-01-01", Some("2040-04-01"), 3)], &[("2040-03-01", 3), ("2040-04-01", 2)]),
        (
            &[("2040-04-01", Some("2040-05-01"), 0), ("2040-05-01", None, 1)],
            &[("2040-03-01", 2), ("2040-04-01", 0), ("2040-05-01", 1)],
        ),
        (&[("2040-07-01", None, 0)], &[("2040-03-01", 2)]),
        (&[("2040-04-01", Some("2040-05-01"), 2)], &[("2040-03-01", 2)]),
    ];
    for (rows, expected) in cases {
        let fitness = rows.iter().map(|&(from, to, seats_down)| traffic::Fitness {
            flight: "ferry-1".parse().expect("an id"),
            from: time(from),
            to: to.map(time),
            seats_down,
        });
        let rows: Vec<_> = fitness.map(|one| (one.interval().expect("in order"), one.seats_down)).collect();
        let expected: Vec<_> = expected.iter().map(|&(at, seats)| (time(at), seats)).collect();
        let steps = traffic::seats_of_visit(2, visit, &rows);
        assert_eq!(steps, expected, "{rows:?}");
        let sum: i64 = traffic::seat_changes(&steps, visit.end()).iter().map(|change| change.1).sum();
        assert_eq!(sum, 0, "all are gone in the end");
    }
}

#[test]
fn a_visit_spans_its_relocations() {
    let dockings = dockings();
    let visits: Vec<String> =
        visits(&dockings).into_iter().map(|(flight, visit)| format!("{flight}: {visit}")).collect();
    assert_eq!(
        visits,
        ["ferry-1: 2040-03-01T00:00:00Z to 2040-05-01T00:00:00Z", "ferry-2: from 2040-04-02T00:00:00Z on"]
    );
}

#[test]
fn the_occupancy_of_a_port_is_a_window_and_a_profile() {
    let dockings = dockings();
    let aft: record::PortId = "aft".parse().expect("an id");
    let occupancy = port_occupancy(&dockings);
    assert_eq!(occupancy[&aft].intervals().len(), 2);
    let year = timeline::Interval::new(time("2040-01-01"), time("2041-01-01")).expect("a year");
    let profiles = port_profiles(&dockings, year);
    let names: Vec<&str> = profiles.iter().map(timeline::Profile::name).collect();
    assert_eq!(names, ["port.aft", "port.nadir", "port.zenith"]);
    assert_eq!(profiles[0].when_true(), occupancy[&aft].clip(year));
}
