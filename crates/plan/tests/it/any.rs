//! What the laws are tried on: small plans in which ids, people and times often coincide.

use plan::{Activity, ActivityId, Demand, Edit, Hold, Level, Origin, PersonId, Plan, Progress, Task};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use timeline::{Duration, Interval, Time};

/// The first instant of the week that is planned, a Monday.
pub(crate) fn monday() -> Time {
    "2026-06-01".parse().unwrap()
}

pub(crate) fn week() -> Interval {
    Interval::new(monday(), monday() + Duration::DAY * 7).unwrap()
}

/// On the hour, in the week or on its rim.
fn time() -> impl Strategy<Value = Time> {
    (0..=7 * 24_i64).prop_map(|hour| monday() + Duration::HOUR * hour)
}

fn interval() -> impl Strategy<Value = Interval> {
    (time(), time()).prop_filter_map("empty", |(a, b)| Interval::new(a.min(b), a.max(b)))
}

/// One of few, so that edits meet.
pub(crate) fn id() -> impl Strategy<Value = ActivityId> {
    select(vec!["scrub", "swap", "scrub/2", "draw.2026-06-01.1", "π"]).prop_map(|id| id.parse().unwrap())
}

fn person() -> impl Strategy<Value = PersonId> {
    select(vec!["berg-anna", "dube-sipho", "lind-karin"]).prop_map(|id| id.parse().unwrap())
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), "[a-z\"\\\\\u{202e}é\n]{0,6}"]
}

fn origin() -> impl Strategy<Value = Origin> {
    prop_oneof![
        Just(Origin::Added),
        Just(Origin::Request("draw".parse().unwrap())),
        Just(Origin::Block("sleep".parse().unwrap())),
    ]
}

fn progress() -> impl Strategy<Value = Progress> {
    prop_oneof![
        4 => Just(Progress::Planned),
        1 => time().prop_map(Progress::Started),
        1 => interval().prop_map(Progress::Done),
        1 => words().prop_map(Progress::Skipped),
    ]
}

pub(crate) fn activity() -> impl Strategy<Value = Activity> {
    let what = (words(), origin(), option::of(Just("north")), select(vec!["work", "sleep"]));
    let when = (time(), 0..12_i64);
    let how = (
        btree_set(person(), 0..3),
        option::of(Just("core")),
        vec(0..3_u32, 0..2),
        prop_oneof![3 => Just(Hold::Free), 1 => Just(Hold::Locked)],
        progress(),
        words(),
    );
    (what, when, how).prop_map(
        |(
            (title, origin, partner, kind),
            (start, hours),
            (crew, element, amounts, hold, progress, notes),
        )| {
            let demand = |amount| Demand { resource: "bench".parse().unwrap(), amount };
            Activity {
                title,
                origin,
                partner: partner.map(|partner| partner.parse().unwrap()),
                kind: kind.parse().unwrap(),
                start,
                end: start + Duration::HOUR * hours,
                crew,
                element: element.map(|element| element.parse().unwrap()),
                uses: amounts.into_iter().map(demand).collect(),
                hold,
                progress,
                notes,
            }
        },
    )
}

fn level() -> impl Strategy<Value = Level> {
    select(vec![Level::Increment, Level::Week, Level::Day])
}

/// A stay whose end may be open.
fn aboard() -> impl Strategy<Value = Interval> {
    (interval(), any::<bool>(), any::<bool>()).prop_map(|(stay, always_before, still)| {
        let start = if always_before { Time::MIN } else { stay.start() };
        let end = if still { Time::MAX } else { stay.end() };
        Interval::new(start, end).unwrap()
    })
}

fn task() -> impl Strategy<Value = Task> {
    (select(vec!["photo", "video"]), words(), 0..100_u32).prop_map(|(request, title, minutes)| Task {
        request: request.parse().unwrap(),
        title,
        minutes,
    })
}

pub(crate) fn plan() -> impl Strategy<Value = Plan> {
    (
        words(),
        level(),
        prop_oneof![3 => Just(week()), 1 => interval()],
        btree_map(person(), aboard(), 0..3),
        btree_map(id(), activity(), 0..5),
        vec(task(), 0..3),
    )
        .prop_map(|(title, level, span, crew, activities, task_list)| Plan {
            title,
            level,
            span,
            crew,
            activities,
            task_list,
        })
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    let hours = (-30..30_i64).prop_map(|hours| Duration::HOUR * hours);
    prop_oneof![
        (id(), time()).prop_map(|(id, to)| Edit::Move(id, to)),
        (id(), btree_set(person(), 0..3)).prop_map(|(id, crew)| Edit::Assign(id, crew)),
        (id(), id()).prop_map(|(a, b)| Edit::Swap(a, b)),
        (id(), time()).prop_map(|(id, at)| Edit::Split(id, at)),
        id().prop_map(Edit::Lock),
        id().prop_map(Edit::Unlock),
        (time(), hours, btree_set(person(), 0..2)).prop_map(|(from, by, of)| Edit::ShiftAfter(from, by, of)),
        (id(), activity()).prop_map(|(id, activity)| Edit::Add(id, Box::new(activity))),
        id().prop_map(Edit::Remove),
        (id(), time()).prop_map(|(id, at)| Edit::Start(id, at)),
        (id(), interval()).prop_map(|(id, was)| Edit::Finish(id, was)),
        (id(), words()).prop_map(|(id, why)| Edit::Skip(id, why)),
    ]
}
