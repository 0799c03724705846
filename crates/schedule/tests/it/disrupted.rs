//! What was not to be: somebody is ill, a device is down, the week has begun.

use plan::{Departure, Hold};
use schedule::Disruption;
use timeline::{Duration, Interval, Time};

use crate::books::{all, planned};

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

/// Wednesday of the first week.
fn wednesday() -> Time {
    time("2026-06-03T06:00Z")
}

#[test]
fn what_has_begun_stays_and_few_things_move_when_somebody_is_ill() {
    let shipped = &all()[0];
    let span = shipped.week(0);
    let before = planned(&shipped.setting(span), 1, 400);
    let ill = Interval::new(wednesday(), wednesday() + Duration::DAY).expect("a day");
    let who: plan::PersonId = "meir-jessica".parse().expect("an id");
    let disruption =
        Disruption { now: Some(wednesday()), away: vec![(who.clone(), ill)], ..Disruption::default() };
    let setting = shipped.setting(span).keeping(Some(&before.plan)).disrupted(disruption);
    let after = planned(&setting, 1, 200);
    for (id, was) in before.plan.activities.iter().filter(|(_, was)| was.start < wednesday()) {
        assert_eq!(after.plan.activities.get(id), Some(was), "{id} has begun");
    }
    // Sleep and the fixed parts of the day stand as they were; nothing else is hers on that day.
    for (id, activity) in after.plan.of_person(&who) {
        let is_then = activity.interval().is_some_and(|when| when.overlaps(ill));
        assert!(!is_then || activity.hold == Hold::Locked, "{id} at {}", activity.start);
    }
    let clash = after.clash(&setting).expect("it compiles");
    assert_eq!(after.mandatory_placed, after.mandatory_total, "{clash:?}");
    let hers = before.plan.of_person(&who);
    let hit = hers.iter().filter(|(_, one)| {
        one.hold == Hold::Free
            && one.start >= wednesday()
            && one.interval().is_some_and(|when| when.overlaps(ill))
    });
    let hit = hit.count();
    let left = after.departures.iter().filter(|one| !matches!(one, Departure::Reassigned(_))).count();
    assert!(hit > 5 && left <= 4 * hit, "{hit} were hit and {left} are otherwise");
}

#[test]
fn nothing_uses_what_is_down() {
    let shipped = &all()[0];
    let span = shipped.week(0);
    let down = Interval::new(wednesday(), wednesday() + Duration::HOUR * 6).expect("some hours");
    let device: plan::ResourceId = "ared".parse().expect("an id");
    let disruption = Disruption { down: vec![(device.clone(), down)], ..Disruption::default() };
    let plan = planned(&shipped.setting(span).disrupted(disruption), 1, 60).plan;
    let users: Vec<_> = plan
        .activities
        .values()
        .filter(|activity| activity.uses.iter().any(|used| used.resource == device))
        .collect();
    assert!(users.len() > 20, "four people use it every day");
    assert!(users.iter().all(|user| user.interval().is_none_or(|when| !when.overlaps(down))));
}

/// A plan that is kept and meets nothing new stays as it is, but for what can be added.
#[test]
fn a_plan_that_is_kept_is_not_torn_up() {
    for shipped in all() {
        let span = shipped.week(0);
        let before = planned(&shipped.setting(span), 1, 200);
        let setting = shipped.setting(span).keeping(Some(&before.plan));
        let after = planned(&setting, 2, 200);
        let moved = after.departures.iter().filter(|one| !matches!(one, Departure::Added(_))).count();
        assert!(after.value >= before.value, "{}", shipped.name);
        assert!(moved * 10 <= before.plan.activities.len(), "{}: {moved} otherwise", shipped.name);
    }
}

#[test]
fn what_somebody_locked_stays() {
    let shipped = &all()[0];
    let span = shipped.week(0);
    let mut kept = planned(&shipped.setting(span), 1, 60).plan;
    let ids: Vec<_> = kept.activities.keys().step_by(7).cloned().collect();
    for id in &ids {
        if let Some(activity) = kept.activities.get_mut(id) {
            activity.hold = Hold::Locked;
        }
    }
    let setting = shipped.setting(span).keeping(Some(&kept));
    let after = planned(&setting, 9, 200).plan;
    for id in &ids {
        assert_eq!(after.activities.get(id), kept.activities.get(id), "{id} is locked");
    }
}
