//! Where an element is attached, and when a port can be used.

use station::{Direction, Element, ElementKind, Placement, Port};
use timeline::Time;

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

fn placement(at: &str, from: &str) -> Placement {
    Placement { parent: Some("core".parse().expect("an id")), at: at.to_owned(), from: time(from) }
}

fn hall() -> Element {
    Element {
        id: "hall".parse().expect("an id"),
        name: "Hall".to_owned(),
        kind: ElementKind::Laboratory,
        owner: "south".parse().expect("an id"),
        segment: "south".to_owned(),
        placements: vec![placement("forward", "2040-02-03"), placement("nadir", "2040-03-01")],
        launched: time("2040-02-01"),
        removed: Some(time("2040-12-01")),
        flight: None,
        mass: None,
        volume_m3: None,
        length_m: None,
        diameter_m: None,
        uses: Vec::new(),
    }
}

#[test]
fn an_element_is_where_it_was_last_put_until_it_leaves() {
    let hall = hall();
    for (when, expected) in [
        ("2040-02-02", None),
        ("2040-02-03", Some("forward")),
        ("2040-03-01", Some("nadir")),
        ("2040-11-30", Some("nadir")),
        ("2040-12-01", None),
    ] {
        assert_eq!(hall.placement_at(time(when)).map(|one| one.at.as_str()), expected, "{when}");
    }
    assert_eq!(hall.attached(), time("2040-02-03"));
    assert_eq!(Element { placements: Vec::new(), ..hall }.attached(), time("2040-02-01"));
}

#[test]
fn a_port_whose_dates_are_reversed_is_never_usable() {
    let port = |until: Option<&str>| Port {
        id: "hall-forward".parse().expect("an id"),
        name: "Hall forward".to_owned(),
        element: "hall".parse().expect("an id"),
        adapter: None,
        direction: Direction::Forward,
        mechanism: "ring".to_owned(),
        from: time("2040-03-01"),
        until: until.map(time),
        blocks: Vec::new(),
        place: "hall-forward".to_owned(),
    };
    assert_eq!(port(None).usable().map(timeline::Interval::end), Some(Time::MAX));
    assert_eq!(port(Some("2040-02-01")).usable(), None);
}
