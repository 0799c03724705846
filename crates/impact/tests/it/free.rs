//! The nearest free times.

use impact::Verdict;
use plan::{Edit, Hold, Progress};
use rules::Breach;
use timeline::{Duration, Severity, Time};

use crate::books::weeks;

/// Newly broken and no other form of what was broken there before.
fn is_new(verdict: &Verdict, breach: &Breach) -> bool {
    let was = verdict.rules.mended.iter().filter(|was| was.rule == breach.rule);
    breach.severity > Severity::Info
        && was.into_iter().all(|was| was.end < breach.start || breach.end < was.start)
}

/// What is moved to a time that is said to be free breaks nothing there.
#[test]
fn what_is_free_is_free() {
    for week in weeks() {
        let mut judge = week.judge();
        let before = judge.standing();
        let free = week.plan.activities.iter().filter(|(_, one)| one.hold == Hold::Free);
        let ids: Vec<_> = free.map(|(id, one)| (id.clone(), one.start)).collect();
        let mut found = 0;
        for (id, start) in ids.iter().step_by((ids.len() / 40).max(1)) {
            let slots = judge.nearest(id);
            assert!(judge.plan() == &week.plan, "`{id}` is as it was");
            let away = |at: Time| (at - *start).abs();
            assert!(
                slots
                    .windows(2)
                    .all(|pair| away(pair[0].start) <= away(pair[1].start) + Duration::MINUTE * 5)
            );
            assert!(slots.iter().filter(|slot| slot.start < *start).count() <= 3);
            for slot in &slots {
                found += 1;
                let verdict = judge.verdict_of(&Edit::Move(id.clone(), slot.start)).expect("it can be moved");
                let name = format!("{} `{id}` at {}", week.shipped.name, slot.start);
                let broken: Vec<&Breach> =
                    verdict.rules.newly_broken.iter().filter(|one| is_new(&verdict, one)).collect();
                assert!(broken.is_empty(), "{name}: {broken:?}");
                assert!(verdict.requests.newly_broken.is_empty(), "{name}: {:?}", verdict.requests);
            }
        }
        assert!(found > 20, "{}: only {found} free times", week.shipped.name);
        assert_eq!(judge.standing(), before);
    }
}

/// Something that was moved to where it breaks something finds its way out; the place where it was is among the free.
#[test]
fn what_breaks_something_finds_a_free_time() {
    let week = &weeks()[0];
    let mut judge = week.judge();
    let clean = judge.standing();
    let later = week.plan.span.start() + Duration::DAY * 2;
    let is_night = |one: &&plan::Activity| one.kind.as_str() == "sleep" && one.start > later;
    let night = week.plan.activities.values().find(is_night).expect("a night");
    let person = night.crew.first().expect("somebody sleeps");
    let is_work = |one: &&plan::Activity| {
        one.crew.len() == 1
            && one.crew.contains(person)
            && one.hold == Hold::Free
            && one.kind == "experiment".parse().expect("a kind")
    };
    let (id, work) = week.plan.activities.iter().find(|(_, one)| is_work(one)).expect("they work");
    judge.edit(&Edit::Move(id.clone(), night.start + Duration::HOUR)).expect("it can be moved");
    assert!(Verdict::between(&clean, &judge.standing()).breaks_a_must());
    let slots = judge.nearest(id);
    assert!(!slots.is_empty());
    judge.edit(&Edit::Move(id.clone(), slots[0].start)).expect("it can be moved");
    let verdict = Verdict::between(&clean, &judge.standing());
    assert!(!verdict.breaks_a_must() && verdict.requests.newly_broken.is_empty(), "{verdict:?}");
    assert_ne!(work.start, night.start);
}

/// What is not there, has begun or is over has no other time.
#[test]
fn what_happened_is_not_moved() {
    let week = &weeks()[0];
    let mut judge = week.judge();
    assert!(judge.nearest(&"no-such".parse().expect("an id")).is_empty());
    let (id, one) = week.plan.activities.iter().find(|(_, one)| one.hold == Hold::Free).expect("one");
    let begun = plan::Activity { progress: Progress::Started(one.start), ..one.clone() };
    judge.put(&[(id.clone(), Some(begun))].into());
    assert!(judge.nearest(id).is_empty());
}
