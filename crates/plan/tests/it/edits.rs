//! Edits: what each does, when it is refused, and that all of it can be taken back.

use plan::{Activity, Edit, History, Level, Plan, Progress, apply, read_json};
use proptest::collection::vec;
use proptest::prelude::*;
use timeline::{Duration, Interval, Time};

use crate::any;

/// A week with a free activity of an hour, a locked one, one that has begun, and a night that reaches in from before.
fn week() -> Plan {
    let one = |id: &str, start: &str, end: &str, more: &str| {
        format!(
            r#"{{"id": "{id}", "title": "{id}", "kind": "work", "start": "{start}", "end": "{end}", "crew": ["berg-anna"]{more}}}"#
        )
    };
    let activities = [
        one("night", "2026-05-31T21:30Z", "2026-06-01T06:00Z", ""),
        one("scrub", "2026-06-02T09:00Z", "2026-06-02T10:00Z", ""),
        one("swap", "2026-06-03T12:00Z", "2026-06-03T14:00Z", r#", "hold": "free""#),
        one("fixed", "2026-06-04T12:00Z", "2026-06-04T13:00Z", r#", "hold": "locked""#),
        one(
            "begun",
            "2026-06-05T12:00Z",
            "2026-06-05T13:00Z",
            r#", "progress": {"state": "started", "at": "2026-06-05T12:03Z"}"#,
        ),
    ];
    let text = format!(
        r#"{{"title": "Week 23", "level": "week", "from": "2026-06-01", "to": "2026-06-08", "crew": [], "activities": [{}]}}"#,
        activities.join(", ")
    );
    read_json(&text).unwrap()
}

fn time(text: &str) -> Time {
    text.parse().unwrap()
}

fn id(text: &str) -> plan::ActivityId {
    text.parse().unwrap()
}

/// `id start end` of what differs from the week as it was; `id -` of what is gone.
fn changes(edit: &Edit) -> Vec<String> {
    let before = week();
    let mut after = before.clone();
    apply(&mut after, edit).unwrap();
    let shown = |activity: Option<&Activity>| {
        activity.map_or("-".to_owned(), |one| {
            format!("{} {}", &one.start.to_string()[5..16], &one.end.to_string()[5..16])
        })
    };
    let ids: std::collections::BTreeSet<_> =
        before.activities.keys().chain(after.activities.keys()).collect();
    ids.into_iter()
        .filter(|id| before.activities.get(*id) != after.activities.get(*id))
        .map(|id| format!("{id} {}", shown(after.activities.get(id))))
        .collect()
}

#[test]
fn what_edits_do() {
    let everybody = || [].into();
    for (edit, expected) in [
        (Edit::Move(id("scrub"), time("2026-06-07T23:00Z")), &["scrub 06-07T23:00 06-08T00:00"][..]),
        (
            Edit::Swap(id("scrub"), id("swap")),
            &["scrub 06-03T12:00 06-03T13:00", "swap 06-02T09:00 06-02T11:00"],
        ),
        (
            Edit::Split(id("scrub"), time("2026-06-02T09:20Z")),
            &["scrub 06-02T09:00 06-02T09:20", "scrub/2 06-02T09:20 06-02T10:00"],
        ),
        // What began before, is locked or has begun stays.
        (
            Edit::ShiftAfter(time("2026-06-02T09:00Z"), Duration::HOUR, everybody()),
            &["scrub 06-02T10:00 06-02T11:00", "swap 06-03T13:00 06-03T15:00"],
        ),
        (
            Edit::ShiftAfter(
                time("2026-06-02T09:01Z"),
                -Duration::HOUR,
                ["berg-anna".parse().unwrap()].into(),
            ),
            &["swap 06-03T11:00 06-03T13:00"],
        ),
        (Edit::ShiftAfter(time("2026-06-01"), Duration::HOUR, ["lind-karin".parse().unwrap()].into()), &[]),
        (Edit::Remove(id("scrub")), &["scrub -"]),
        (Edit::Lock(id("scrub")), &["scrub 06-02T09:00 06-02T10:00"]),
        (Edit::Unlock(id("fixed")), &["fixed 06-04T12:00 06-04T13:00"]),
        // It may stay where it was, beyond the rim.
        (Edit::Assign(id("night"), everybody()), &["night 05-31T21:30 06-01T06:00"]),
        (
            Edit::Finish(
                id("begun"),
                Interval::new(time("2026-06-05T12:03Z"), time("2026-06-05T13:30Z")).unwrap(),
            ),
            &["begun 06-05T12:00 06-05T13:00"],
        ),
        (Edit::Skip(id("fixed"), "no Ku-band".to_owned()), &["fixed 06-04T12:00 06-04T13:00"]),
    ] {
        assert_eq!(changes(&edit), expected, "{edit:?}");
    }
}

#[test]
fn edits_that_are_refused() {
    let moved = |id_: &str, to: &str| Edit::Move(id(id_), time(to));
    let reversed = Activity { end: time("2026-06-01"), ..week().activities["scrub"].clone() };
    for (edit, expected) in [
        (moved("scrap", "2026-06-02"), "the plan has no activity `scrap`"),
        (moved("fixed", "2026-06-02"), "`fixed` is locked; unlock it first"),
        (moved("begun", "2026-06-02"), "`begun` has begun or is over; what happened cannot be moved"),
        (moved("scrub", "2026-06-07T23:01Z"), "`scrub` would leave the time that is planned"),
        (moved("scrub", "2026-05-31T23:59Z"), "`scrub` would leave the time that is planned"),
        (moved("night", "2026-05-31T21:35Z"), "`night` would leave the time that is planned"),
        (Edit::Assign(id("fixed"), [].into()), "`fixed` is locked; unlock it first"),
        (Edit::Swap(id("scrub"), id("fixed")), "`fixed` is locked; unlock it first"),
        (Edit::Remove(id("begun")), "`begun` has begun or is over; what happened cannot be moved"),
        (
            Edit::Split(id("scrub"), time("2026-06-02T10:00Z")),
            "`scrub` cannot be split at 2026-06-02T10:00:00Z: it is not going on then",
        ),
        (
            Edit::Split(id("scrub"), time("2026-06-02T09:00Z")),
            "`scrub` cannot be split at 2026-06-02T09:00:00Z: it is not going on then",
        ),
        (
            Edit::ShiftAfter(time("2026-06-02"), Duration::DAY * 5, [].into()),
            "`swap` would leave the time that is planned",
        ),
        (
            Edit::Add(id("scrub"), Box::new(week().activities["scrub"].clone())),
            "the plan has an activity `scrub` already",
        ),
        (Edit::Add(id("new"), Box::new(reversed)), "`new` would end before it begins"),
        (Edit::Start(id("scrap"), time("2026-06-02")), "the plan has no activity `scrap`"),
    ] {
        let mut plan = week();
        assert_eq!(apply(&mut plan, &edit).unwrap_err().to_string(), expected, "{edit:?}");
        assert_eq!(plan, week(), "{edit:?}");
    }
}

#[test]
fn parts_of_parts_have_names_of_their_own() {
    let mut history = History::new(week());
    for at in ["2026-06-02T09:40Z", "2026-06-02T09:20Z"] {
        history.edit(&Edit::Split(id("scrub"), time(at))).unwrap();
    }
    let found: Vec<_> =
        history.plan().activities.iter().filter(|(id, _)| id.as_str().starts_with("scrub")).collect();
    let shown: Vec<String> = found.iter().map(|(id, one)| format!("{id} {}", one.length())).collect();
    assert_eq!(shown, ["scrub 00:20:00", "scrub/2 00:20:00", "scrub/3 00:20:00"]);
}

#[test]
fn what_happened_is_said_and_counts() {
    let mut history = History::new(week());
    let was = Interval::new(time("2026-06-02T09:10Z"), time("2026-06-02T10:40Z")).unwrap();
    history.edit(&Edit::Start(id("scrub"), was.start())).unwrap();
    history.edit(&Edit::Finish(id("scrub"), was)).unwrap();
    let scrub = &history.plan().activities["scrub"];
    assert_eq!((&scrub.progress, scrub.is_settled(), scrub.crew_minutes()), (&Progress::Done(was), true, 60));
    let other = Activity {
        crew: ["berg-anna".parse().unwrap(), "lind-karin".parse().unwrap()].into(),
        ..scrub.clone()
    };
    assert_eq!(other.crew_minutes(), 120);
    assert_eq!(Activity { end: other.start - Duration::MINUTE, ..other }.crew_minutes(), 0);
}

#[test]
fn an_edit_after_undoing_ends_what_could_be_redone() {
    let mut history = History::new(Plan::empty("Week 23", Level::Week, any::week()));
    let add = |name: &str| Edit::Add(id(name), Box::new(week().activities["scrub"].clone()));
    history.edit(&add("a")).unwrap();
    assert!(history.undo() && !history.undo());
    // A refused edit leaves it as it was.
    history.edit(&Edit::Remove(id("b"))).unwrap_err();
    assert!(history.redo() && history.undo());
    history.edit(&add("b")).unwrap();
    assert!(!history.redo());
    let left: Vec<&str> = history.plan().activities.keys().map(plan::ActivityId::as_str).collect();
    assert_eq!(left, ["b"]);
}

proptest! {
    /// Every edit undone gives each plan back that there was, and redone again each.
    #[test]
    fn all_is_undone_and_redone(start in any::plan(), edits in vec(any::edit(), 0..30)) {
        let mut history = History::new(start.clone());
        let mut plans = vec![start];
        for edit in &edits {
            let before = history.plan().clone();
            match history.edit(edit) {
                Ok(_) => plans.push(history.plan().clone()),
                Err(_) => prop_assert_eq!(history.plan(), &before, "a failed edit changed something"),
            }
        }
        for plan in plans.iter().rev() {
            prop_assert_eq!(history.plan(), plan);
            history.undo();
        }
        prop_assert!(!history.undo());
        for plan in &plans {
            prop_assert_eq!(history.plan(), plan);
            history.redo();
        }
        prop_assert!(!history.redo());
    }

    /// A step says all that an edit changed, and nothing else.
    #[test]
    fn a_step_is_the_difference(before in any::plan(), edit in any::edit()) {
        let mut after = before.clone();
        if let Ok(step) = apply(&mut after, &edit) {
            for id in before.activities.keys().chain(after.activities.keys()) {
                let (was, is) = (before.activities.get(id), after.activities.get(id));
                match (step.before.get(id), step.after.get(id)) {
                    (Some(said_was), Some(said_is)) => {
                        prop_assert_eq!((said_was.as_ref(), said_is.as_ref()), (was, is));
                    }
                    (None, None) => prop_assert_eq!(was, is),
                    sides => prop_assert!(false, "only one side is said: {:?}", sides),
                }
            }
            prop_assert_eq!(Plan { activities: before.activities.clone(), ..after }, before);
        }
    }

    /// Splitting, moving and shifting make no time and lose none.
    #[test]
    fn working_time_is_kept(mut plan in any::plan(), edit in any::edit()) {
        let total = |plan: &Plan| plan.activities.values().map(Activity::crew_minutes).sum::<u64>();
        let before = total(&plan);
        let keeps = matches!(edit, Edit::Move(..) | Edit::Swap(..) | Edit::Split(..) | Edit::ShiftAfter(..) | Edit::Lock(_));
        if keeps && apply(&mut plan, &edit).is_ok() {
            prop_assert_eq!(total(&plan), before);
        }
    }
}

proptest! {
    /// What is written of an edit is read as that edit.
    #[test]
    fn edits_go_to_json_and_back(edit in any::edit()) {
        let json = plan::edit_to_json(&edit);
        prop_assert_eq!(plan::edit_from_json(&json, "edits[0]"), Ok(edit));
    }
}

#[test]
fn edits_that_cannot_be_read() {
    for (text, expected) in [
        (r#"{}"#, "edits[7].do: expected a text, found nothing"),
        (
            r#"{"do": "fly", "id": "scrub"}"#,
            "edits[7].do: expected move, assign, swap, split, lock, unlock, shift-after, add, remove, start, finish or skip, found \"fly\"",
        ),
        (r#"{"do": "lock"}"#, "edits[7].id: expected an id without blanks, found nothing"),
        (
            r#"{"do": "assign", "id": "scrub", "crew": ["berg-anna", "berg-anna"]}"#,
            "edits[7].crew[1]: expected somebody who does not stand here already, found \"berg-anna\"",
        ),
        (
            r#"{"do": "shift-after", "from": "2026-06-01", "by_min": 1e300}"#,
            "edits[7].by_min: expected a number of minutes, found 1e+300",
        ),
        (
            r#"{"do": "finish", "id": "scrub", "start": "2026-06-01", "end": "2026-06-01"}"#,
            "edits[7].end: expected a time after `start`, found \"2026-06-01\"",
        ),
        (
            r#"{"do": "add", "activity": {"id": "x"}}"#,
            "edits[7].activity.crew: expected a list, found nothing",
        ),
    ] {
        let value = serde_json::from_str(text).unwrap();
        assert_eq!(plan::edit_from_json(&value, "edits[7]").unwrap_err().to_string(), expected);
    }
}
