//! A judge that was told of edits says what one says that sees the plan for the first time.

use std::collections::BTreeMap;

use impact::Judge;
use plan::{Activity, ActivityId, Edit, Plan};
use proptest::prelude::*;
use timeline::Duration;

use crate::books::weeks;

/// A judge can be kept in a server between requests.
#[test]
fn a_judge_borrows_nothing() {
    fn is_kept<T: Send + 'static>() {}
    is_kept::<Judge>();
}

/// What one of these does, by chance.
#[derive(Clone, Debug)]
enum Random {
    Move(usize, i64),
    Swap(usize, usize),
    Remove(usize),
    Assign(usize, usize),
    Split(usize),
    Longer(usize, i64),
    Skip(usize),
}

fn random() -> impl Strategy<Value = Random> {
    let which = 0..10_000_usize;
    prop_oneof![
        (which.clone(), -400..400_i64).prop_map(|(one, by)| Random::Move(one, by)),
        (which.clone(), which.clone()).prop_map(|(one, other)| Random::Swap(one, other)),
        which.clone().prop_map(Random::Remove),
        (which.clone(), which.clone()).prop_map(|(one, person)| Random::Assign(one, person)),
        which.clone().prop_map(Random::Split),
        (which.clone(), 1..40_i64).prop_map(|(one, by)| Random::Longer(one, by)),
        which.prop_map(Random::Skip),
    ]
}

impl Random {
    fn done(&self, judge: &mut Judge) {
        let plan = judge.plan();
        let id =
            |at: usize| plan.activities.keys().nth(at % plan.activities.len()).expect("it is there").clone();
        let start = |id: &ActivityId| plan.activities[id].start;
        let edit = match *self {
            Self::Move(one, by) => {
                let id = id(one);
                let to = start(&id) + Duration::MINUTE * (by * 5);
                Edit::Move(id, to)
            }
            Self::Swap(one, other) => Edit::Swap(id(one), id(other)),
            Self::Remove(one) => Edit::Remove(id(one)),
            Self::Assign(one, person) => {
                let person = plan.crew.keys().nth(person % plan.crew.len()).expect("somebody").clone();
                Edit::Assign(id(one), [person].into())
            }
            Self::Split(one) => {
                let id = id(one);
                let at = start(&id) + Duration::MINUTE * 5;
                Edit::Split(id, at)
            }
            Self::Skip(one) => Edit::Skip(id(one), "no time".to_owned()),
            Self::Longer(one, by) => {
                let id = id(one);
                let activity = plan.activities[&id].clone();
                let longer = Activity { end: activity.end + Duration::MINUTE * by, ..activity };
                judge.put(&BTreeMap::from([(id, Some(longer))]));
                return;
            }
        };
        // What cannot be done is refused and changes nothing.
        let before = judge.plan().clone();
        if judge.edit(&edit).is_err() {
            assert!(*judge.plan() == before);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn edit_by_edit_is_as_all_at_once(book in 0..3_usize, edits in prop::collection::vec(random(), 1..24)) {
        let week = &weeks()[book];
        let mut judge = week.judge();
        let first = judge.standing();
        for edit in &edits {
            edit.done(&mut judge);
        }
        let told = judge.standing();
        let anew = week.judge_of(judge.plan().clone()).standing();
        prop_assert_eq!(&told.faults, &anew.faults);
        prop_assert_eq!(&told, &anew);
        // And back.
        prop_assert!(judge.turn_to(&week.plan));
        prop_assert_eq!(judge.standing(), first);
    }
}

/// What an edit would do is told, and not done.
#[test]
fn a_verdict_leaves_the_plan_as_it_was() {
    for week in weeks() {
        let mut judge = week.judge();
        let before = judge.standing();
        let mut broken = 0;
        let all: Vec<(ActivityId, Activity)> =
            week.plan.activities.iter().map(|(id, one)| (id.clone(), one.clone())).collect();
        for (id, activity) in all.iter().step_by(40) {
            let edit = Edit::Move(id.clone(), activity.start + Duration::HOUR * 3);
            let Ok(verdict) = judge.verdict_of(&edit) else { continue };
            broken += usize::from(!verdict.is_clean());
            assert!(plan_is(&judge, &week.plan));
        }
        assert!(broken > 0, "{}: nothing that is moved by three hours breaks anything", week.shipped.name);
        assert_eq!(judge.standing(), before);
    }
}

fn plan_is(judge: &Judge, plan: &Plan) -> bool {
    judge.plan() == plan
}
