//! Three-way merge.

use plan::{Conflict, Edit, Part, Plan, apply, merge};
use proptest::collection::vec;
use proptest::prelude::*;
use record::Word;
use timeline::{Duration, Interval};

use crate::any;

fn edited(base: &Plan, edits: &[Edit]) -> Plan {
    let mut plan = base.clone();
    for edit in edits {
        let _ = apply(&mut plan, edit);
    }
    plan
}

/// Of a plan, or of one of its activities: what each part is, for comparing.
fn part(plan: &Plan, conflict: &Conflict) -> String {
    let Some(id) = &conflict.id else {
        return match conflict.what {
            Part::Title => plan.title.clone(),
            Part::Level => plan.level.to_string(),
            Part::Span => plan.span.to_string(),
            Part::Aboard => format!("{:?}", plan.crew),
            Part::TaskList => format!("{:?}", plan.task_list),
            other => panic!("{other} is no part of a plan"),
        };
    };
    let Some(one) = plan.activities.get(id) else { return "gone".to_owned() };
    match conflict.what {
        Part::Presence => format!("{one:?}"),
        Part::Time => format!("{} {}", one.start, one.end),
        Part::Crew => format!("{:?}", one.crew),
        Part::Place => format!("{:?} {:?}", one.element, one.uses),
        Part::Hold => one.hold.to_string(),
        Part::Progress => format!("{:?}", one.progress),
        Part::Description => {
            format!("{:?} {:?} {:?} {:?} {:?}", one.title, one.kind, one.partner, one.notes, one.origin)
        }
        other => panic!("{other} is no part of an activity"),
    }
}

/// What an edit names.
fn ids(edit: &Edit) -> Vec<&plan::ActivityId> {
    match edit {
        Edit::Swap(a, b) => vec![a, b],
        Edit::ShiftAfter(..) => vec![],
        Edit::Move(id, _)
        | Edit::Assign(id, _)
        | Edit::Split(id, _)
        | Edit::Lock(id)
        | Edit::Unlock(id)
        | Edit::Add(id, _)
        | Edit::Remove(id)
        | Edit::Start(id, _)
        | Edit::Finish(id, _)
        | Edit::Skip(id, _) => vec![id],
    }
}

/// Whether an edit touches only what begins with `s`, or only the rest. Parts of `scrub` begin so too.
fn is_of(edit: &Edit, scrubs: bool) -> bool {
    let ids = ids(edit);
    !ids.is_empty() && ids.iter().all(|id| id.as_str().starts_with('s') == scrubs)
}

proptest! {
    #[test]
    fn what_one_side_did_is_taken(base in any::plan(), other in any::plan()) {
        prop_assert_eq!(merge(&base, &base, &other), (other.clone(), vec![]));
        prop_assert_eq!(merge(&base, &other, &base), (other.clone(), vec![]));
        prop_assert_eq!(merge(&base, &other, &other), (other, vec![]));
    }

    /// Each conflict is one of something that both changed, and not alike; without one, sides can be exchanged.
    #[test]
    fn conflicts_are_what_both_changed(base in any::plan(), a in vec(any::edit(), 0..6), b in vec(any::edit(), 0..6)) {
        let (ours, theirs) = (edited(&base, &a), edited(&base, &b));
        conflicts(&base, &ours, &theirs)?;
    }

    #[test]
    fn conflicts_of_any_plans(base in any::plan(), ours in any::plan(), theirs in any::plan()) {
        conflicts(&base, &ours, &theirs)?;
    }

    #[test]
    fn edits_of_different_activities_are_both_done(
        base in any::plan(), a in vec(any::edit(), 0..8), b in vec(any::edit(), 0..8),
    ) {
        let a: Vec<Edit> = a.into_iter().filter(|edit| is_of(edit, true)).collect();
        let b: Vec<Edit> = b.into_iter().filter(|edit| is_of(edit, false)).collect();
        let both = edited(&edited(&base, &a), &b);
        prop_assert_eq!(merge(&base, &edited(&base, &a), &edited(&base, &b)), (both, vec![]));
    }
}

fn conflicts(base: &Plan, ours: &Plan, theirs: &Plan) -> Result<(), TestCaseError> {
    let (merged, found) = merge(base, ours, theirs);
    let (turned, back) = merge(base, theirs, ours);
    prop_assert_eq!(&found, &back);
    prop_assert!(found.windows(2).all(|pair| pair[0] < pair[1]), "not in order, or twice: {:?}", found);
    for conflict in &found {
        let [was, mine, other] = [base, ours, theirs].map(|plan| part(plan, conflict));
        prop_assert!(was != mine && was != other && mine != other, "{}", conflict);
        let kept = part(&merged, conflict);
        // Who is aboard is merged person by person.
        let is_whole = conflict.what != Part::Aboard;
        prop_assert!(!is_whole || kept == mine || mine == "gone" && kept == other, "{}", conflict);
    }
    if found.is_empty() {
        prop_assert_eq!(&merged, &turned);
    }
    // And nothing that both changed differently goes unnamed.
    let ids = base.activities.keys().chain(ours.activities.keys()).chain(theirs.activities.keys());
    let named = ids.map(|id| Some(id.clone())).chain([None]);
    for id in named {
        for what in Part::ALL {
            let is_of_plan = *what <= Part::TaskList;
            let is_alone = *what == Part::Presence || *what == Part::Aboard;
            if is_of_plan != id.is_none() || is_alone {
                continue;
            }
            let conflict = Conflict { id: id.clone(), what: *what };
            let [was, mine, other] = [base, ours, theirs].map(|plan| part(plan, &conflict));
            let differ = was != mine && was != other && mine != other;
            let is_there = ![&was, &mine, &other].contains(&&"gone".to_owned());
            prop_assert!(!differ || !is_there || found.contains(&conflict), "{} unnamed", conflict);
        }
    }
    Ok(())
}

#[test]
fn cases_of_merging() {
    let id = |text: &str| text.parse::<plan::ActivityId>().unwrap();
    let at = |hour: i64| any::monday() + Duration::HOUR * hour;
    let one = {
        let text = r#"{"title": "", "level": "week", "from": "2026-06-01", "to": "2026-06-08", "crew": [], "activities": [
            {"id": "scrub", "title": "Scrub", "kind": "work", "start": "2026-06-01T09:00Z", "end": "2026-06-01T10:00Z", "crew": []}]}"#;
        plan::read_json(text).unwrap()
    };
    let crew = |person: &str| Edit::Assign(id("scrub"), [person.parse().unwrap()].into());
    let moved = |hour: i64| Edit::Move(id("scrub"), at(hour));
    let named = |ours: &[Edit], theirs: &[Edit]| {
        let (merged, conflicts) = merge(&one, &edited(&one, ours), &edited(&one, theirs));
        let conflicts: Vec<String> = conflicts.iter().map(ToString::to_string).collect();
        (merged, conflicts)
    };

    let (merged, conflicts) = named(&[moved(12)], &[crew("berg-anna"), Edit::Lock(id("scrub"))]);
    let scrub = &merged.activities["scrub"];
    assert_eq!((scrub.start, scrub.crew.len(), scrub.hold.word(), conflicts), (at(12), 1, "locked", vec![]));

    // Alike is no conflict.
    assert!(named(&[moved(12)], &[moved(12), crew("berg-anna")]).1.is_empty());

    let (merged, conflicts) = named(&[moved(12)], &[moved(13), Edit::Skip(id("scrub"), "rest".into())]);
    assert_eq!(
        (merged.activities["scrub"].start, conflicts),
        (at(12), vec!["`scrub`: both changed its time".to_owned()])
    );

    // One takes it out, the other has changed it, or not.
    for (ours, theirs) in [(moved(12), Edit::Remove(id("scrub"))), (Edit::Remove(id("scrub")), moved(12))] {
        let (merged, conflicts) = named(&[ours], &[theirs]);
        assert_eq!(
            (merged.activities["scrub"].start, conflicts),
            (at(12), vec!["`scrub`: both changed its presence".to_owned()])
        );
    }
    let (merged, conflicts) = named(&[Edit::Remove(id("scrub"))], &[]);
    assert!(merged.activities.is_empty() && conflicts.is_empty());

    // Split apart at two instants.
    let split = |minute: i64| Edit::Split(id("scrub"), at(9) + Duration::MINUTE * minute);
    assert_eq!(
        named(&[split(20)], &[split(40)]).1,
        ["`scrub`: both changed its time", "`scrub/2`: both changed its presence"]
    );
}

#[test]
fn the_plan_itself_is_merged() {
    let base = Plan::empty("Week 23", plan::Level::Week, any::week());
    let longer = Interval::new(any::monday(), any::monday() + Duration::DAY * 8).unwrap();
    let stay = |days: i64| Interval::new(any::monday(), any::monday() + Duration::DAY * days).unwrap();
    let (anna, karin): (plan::PersonId, plan::PersonId) =
        ("berg-anna".parse().unwrap(), "lind-karin".parse().unwrap());
    let ours = Plan { title: "Week 23, ours".into(), crew: [(anna.clone(), stay(3))].into(), ..base.clone() };
    let theirs = Plan { span: longer, crew: [(karin.clone(), stay(2))].into(), ..base.clone() };
    let (merged, conflicts) = merge(&base, &ours, &theirs);
    assert_eq!((merged.title.as_str(), merged.span, merged.crew.len()), ("Week 23, ours", longer, 2));
    assert!(conflicts.is_empty());

    let theirs = Plan {
        title: "Week 23, theirs".into(),
        crew: [(anna, stay(4)), (karin, stay(2))].into(),
        ..base.clone()
    };
    let (merged, conflicts) = merge(&base, &ours, &theirs);
    let shown: Vec<String> = conflicts.iter().map(ToString::to_string).collect();
    assert_eq!(shown, ["the plan: both changed its title", "the plan: both changed its crew aboard"]);
    assert_eq!((merged.title, merged.crew.len()), (ours.title, 2));
}
