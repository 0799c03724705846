//! Where a finer plan leaves the one above it.

use plan::{Activity, ActivityId, Departure, Level, Plan, departures};
use proptest::prelude::*;
use timeline::{Duration, Interval};

use crate::any;

/// An activity of an hour, so many hours after Monday's midnight.
fn activity(hour: i64, person: &str) -> Activity {
    let text = format!(
        r#"{{"title": "", "level": "week", "from": "2026-06-01", "to": "2026-06-08", "crew": [], "activities": [
            {{"id": "x", "title": "X", "kind": "work", "start": "2026-06-01", "end": "2026-06-01T01:00Z", "crew": ["{person}"]}}]}}"#
    );
    plan::read_json(&text).unwrap().activities["x"].moved_to(any::monday() + Duration::HOUR * hour)
}

fn plan(level: Level, days: std::ops::Range<i64>, activities: &[(&str, i64, &str)]) -> Plan {
    let at = |day: i64| any::monday() + Duration::DAY * day;
    let span = Interval::new(at(days.start), at(days.end)).unwrap();
    let activities = activities.iter().map(|(id, hour, who)| (id.parse().unwrap(), activity(*hour, who)));
    Plan { activities: activities.collect(), ..Plan::empty("", level, span) }
}

#[test]
fn what_a_finer_plan_departs_in() {
    let id = |text: &str| text.parse::<ActivityId>().unwrap();
    let upper = [("a", 9, "berg-anna"), ("b", 30, "berg-anna"), ("c", 200, "berg-anna")];
    let tuesday = 1..2;
    for (level, days, lower, expected) in [
        // The same.
        (Level::Increment, 0..7, &[("a", 9, "berg-anna"), ("b", 30, "berg-anna")][..], vec![]),
        // An increment binds to the day: neither the hour nor who.
        (Level::Increment, 0..7, &[("a", 23, "lind-karin"), ("b", 24, "berg-anna")], vec![]),
        (
            Level::Increment,
            0..7,
            &[("a", 24, "berg-anna"), ("b", 30, "berg-anna")],
            vec![Departure::Moved(id("a"))],
        ),
        // A week binds to the minute.
        (
            Level::Week,
            0..7,
            &[("a", 10, "lind-karin"), ("b", 30, "lind-karin")],
            vec![Departure::Moved(id("a")), Departure::Reassigned(id("a")), Departure::Reassigned(id("b"))],
        ),
        // What is not in the finer plan's time is not missed; what came in from there has moved.
        (Level::Week, tuesday.clone(), &[("b", 30, "berg-anna")], vec![]),
        (Level::Week, tuesday.clone(), &[], vec![Departure::Dropped(id("b"))]),
        (
            Level::Week,
            tuesday,
            &[("b", 30, "berg-anna"), ("c", 31, "berg-anna")],
            vec![Departure::Moved(id("c"))],
        ),
        (
            Level::Week,
            0..7,
            &[("0", 1, "berg-anna"), ("b", 30, "berg-anna")],
            vec![Departure::Dropped(id("a")), Departure::Added(id("0"))],
        ),
    ] {
        let found = departures(&plan(level, 0..14, &upper), &plan(Level::Day, days, lower));
        assert_eq!(found, expected, "{level} {lower:?}");
    }
}

/// A night over the rim is in both plans.
#[test]
fn what_reaches_over_the_rim_is_no_departure_unless_it_moved() {
    let upper = plan(Level::Week, 0..7, &[("night", 23, "berg-anna")]);
    let longer = |lower: &mut Plan, minutes: i64| {
        for one in lower.activities.values_mut() {
            one.end = one.end + Duration::MINUTE * minutes;
        }
    };
    let mut upper = upper;
    longer(&mut upper, 60);
    let mut lower = plan(Level::Day, 1..2, &[("night", 23, "berg-anna")]);
    assert_eq!(departures(&upper, &Plan { activities: [].into(), ..lower.clone() }), []);
    longer(&mut lower, 60);
    assert_eq!(departures(&upper, &lower), []);
    longer(&mut lower, 5);
    assert_eq!(departures(&upper, &lower), [Departure::Moved("night".parse().unwrap())]);
}

proptest! {
    #[test]
    fn a_plan_refines_itself(plan in any::plan()) {
        prop_assert_eq!(departures(&plan, &plan), []);
    }

    #[test]
    fn all_that_only_one_has_is_named(upper in any::plan(), lower in any::plan()) {
        let found = departures(&upper, &lower);
        for id in lower.activities.keys().filter(|id| !upper.activities.contains_key(*id)) {
            prop_assert!(found.contains(&Departure::Added(id.clone())));
        }
        for (id, one) in &upper.activities {
            let is_inside = one.start >= lower.span.start() && one.end <= lower.span.end();
            let is_dropped = is_inside && !lower.activities.contains_key(id);
            prop_assert_eq!(found.contains(&Departure::Dropped(id.clone())), is_dropped);
        }
    }
}
