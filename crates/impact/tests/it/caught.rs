//! Plans that somebody spoiled: each kind of fault is found, where it was put.

use std::collections::BTreeMap;

use impact::{FaultKind, Judge, Standing};
use plan::{Activity, ActivityId, Extent, Hold, Origin, Request, Standing as Wanted};
use record::Word;
use schedule::Disruption;
use timeline::{Duration, Interval};

use crate::books::{Week, weeks};

type Changed = BTreeMap<ActivityId, Option<Activity>>;

/// What spoils a plan, for every place in the plan that it could spoil.
type Spoil = fn(&Week, &ActivityId, &Activity, Option<&Request>) -> Option<Changed>;

fn one(id: &ActivityId, activity: Activity) -> Option<Changed> {
    Some([(id.clone(), Some(activity))].into())
}

fn later(activity: &Activity, by: Duration) -> Activity {
    activity.moved_to(activity.start + by)
}

/// Free work of one go, which can be moved without breaking anything of its own kind.
fn is_plain(request: &Request, activity: &Activity) -> bool {
    request.part_min.is_none() && activity.interval().is_some()
}

const SPOILS: &[(FaultKind, Spoil)] = &[
    (FaultKind::Unknown, |_, id, activity, _| {
        one(id, Activity { origin: Origin::Request("nobody-asks".parse().ok()?), ..activity.clone() })
    }),
    (FaultKind::Whose, |week, id, activity, request| {
        let other =
            week.shipped.book.partners.iter().find(|one| Some(&one.id) != activity.partner.as_ref())?;
        request.and(one(id, Activity { partner: Some(other.id.clone()), ..activity.clone() }))
    }),
    (FaultKind::Place, |_, id, activity, request| {
        request?.element.as_ref()?;
        one(id, Activity { element: None, ..activity.clone() })
    }),
    (FaultKind::Uses, |_, id, activity, request| {
        (!request?.uses.is_empty()).then(|| one(id, Activity { uses: Vec::new(), ..activity.clone() }))?
    }),
    (FaultKind::Hours, |_, id, activity, request| {
        let hours = request?.hours?;
        one(id, activity.moved_to(plan::Day::of(activity.start).at(hours.to) - Duration::MINUTE))
    }),
    (FaultKind::Day, |week, id, activity, request| {
        let on = &request?.on;
        let day =
            plan::Day::in_span(week.plan.span).find(|day| !on.is_empty() && !on.contains(&day.weekday()))?;
        one(id, activity.moved_to(day.start()))
    }),
    (FaultKind::Often, |_, id, activity, request| {
        let next = later(activity, activity.length());
        request.filter(|request| request.often.times == 1)?;
        (!id.as_str().contains('/')).then(|| Some([("another".parse().ok()?, Some(next))].into()))?
    }),
    (FaultKind::Gap, |week, id, activity, request| {
        let gap = request.filter(|request| request.often.gap_min > 0)?.often.gap_min;
        let mut all = week.plan.activities.iter().filter(|(other, one)| {
            *other != id && one.origin == activity.origin && one.crew == activity.crew
        });
        let (_, other) = all.next().filter(|_| gap > 1)?;
        one(id, activity.moved_to(other.end + Duration::MINUTE))
    }),
    (FaultKind::Length, |_, id, activity, request| {
        let longer = Activity { end: activity.end + Duration::MINUTE * 5, ..activity.clone() };
        request.filter(|request| is_plain(request, activity)).and(one(id, longer))
    }),
    (FaultKind::Parts, |_, id, activity, request| {
        request.filter(|request| is_plain(request, activity))?;
        let half = activity.start + Duration::MINUTE;
        let rest: ActivityId = format!("{id}/2").parse().ok()?;
        let first = Activity { end: half, ..activity.clone() };
        let second = Activity { start: half, ..activity.clone() };
        Some([(id.clone(), Some(first)), (rest, Some(second))].into())
    }),
    (FaultKind::Crew, |_, id, activity, request| {
        let fewer = activity.crew.iter().skip(1).cloned().collect();
        (!request?.crew.is_empty()).then(|| one(id, Activity { crew: fewer, ..activity.clone() }))?
    }),
    (FaultKind::Skill, |week, id, activity, request| {
        let role = request?.crew.first().filter(|role| !role.of.is_empty())?;
        let other = week.plan.crew.keys().find(|person| !role.of.contains(person))?;
        (activity.crew.len() == 1)
            .then(|| one(id, Activity { crew: [other.clone()].into(), ..activity.clone() }))?
    }),
    (FaultKind::Need, |week, id, activity, request| {
        let request = request.filter(|request| request.breaks_min == 0)?;
        let need = week.scene.profiles.get(request.needs.first()?)?;
        let dark = need.when_true().not(need.domain());
        let at = dark.iter().find(|dark| dark.duration() > Duration::MINUTE)?.start();
        let known =
            week.scene.known.iter().filter(|(prefix, _)| request.needs[0].starts_with(prefix.as_str()));
        known.clone().all(|(_, known)| known.contains(at)).then(|| one(id, activity.moved_to(at)))?
    }),
    (FaultKind::Order, |week, id, activity, request| {
        request?.after.first()?;
        let after = later(activity, week.plan.span.start() - activity.start);
        one(id, after)
    }),
    (FaultKind::Missing, |_, id, _, request| {
        (request?.standing == Wanted::Mandatory).then(|| Some([(id.clone(), None)].into()))?
    }),
    (FaultKind::Block, |week, id, activity, _| {
        let Origin::Block(block) = &activity.origin else { return None };
        let block = week.shipped.book.planning.blocks.get(block)?;
        matches!(block.extent, Extent::Fixed { .. })
            .then(|| one(id, later(activity, Duration::MINUTE * 5)))?
    }),
    (FaultKind::BlockMissing, |_, id, activity, _| {
        matches!(activity.origin, Origin::Block(_)).then(|| Some([(id.clone(), None)].into()))?
    }),
    (FaultKind::DayLimit, |week, id, activity, request| {
        let day = plan::Day::of(activity.start).interval()?;
        let longer = Activity { start: day.start(), end: day.end(), ..activity.clone() };
        let kind = week.shipped.book.activity_kinds.get(&activity.kind)?;
        let is_work = kind.also.iter().chain([&kind.id]).any(|kind| kind.as_str() == "work");
        request.filter(|_| is_work && activity.crew.len() == 1).and(one(id, longer))
    }),
    (FaultKind::NoPlace, |_, id, activity, _| {
        one(id, Activity { element: "no-such-module".parse().ok(), ..activity.clone() })
    }),
];

/// Spoils a plan wherever it can be spoiled, up to a few times in each book; the kind is found of what was spoiled, each time.
#[test]
fn what_is_spoiled_is_found() {
    for (kind, spoil) in SPOILS {
        let mut spoiled = 0;
        for week in weeks() {
            let mut judge = week.judge();
            let clean = judge.standing();
            let request = |activity: &Activity| match &activity.origin {
                Origin::Request(id) => week.shipped.book.requests.get(id).map(|request| &request.value),
                _ => None,
            };
            let places =
                week.plan.activities.iter().filter(|(_, one)| one.hold == Hold::Free || is_block(one));
            let changes = places.filter_map(|(id, one)| Some((id, spoil(week, id, one, request(one))?)));
            for (id, changed) in changes.take(12) {
                judge.put(&changed);
                let found = judge.standing();
                let of = |standing: &Standing| faults(standing, *kind, &changed);
                assert!(of(&found) > of(&clean), "{} {kind}: `{id}` {:?}", week.shipped.name, found.faults);
                judge.put(&before(week, &changed));
                assert_eq!(judge.standing(), clean, "{} {kind} `{id}`", week.shipped.name);
                spoiled += 1;
            }
        }
        assert!(spoiled > 0, "no book has anything of which `{kind}` could be found");
    }
}

fn is_block(activity: &Activity) -> bool {
    matches!(activity.origin, Origin::Block(_))
}

/// How many faults of a kind there are with any of what was changed.
fn faults(standing: &Standing, kind: FaultKind, changed: &Changed) -> usize {
    let all = standing.faults.iter().filter(|fault| fault.kind == kind);
    all.filter(|fault| {
        changed.contains_key(&fault.activity) || fault.with.iter().any(|id| changed.contains_key(id))
    })
    .count()
}

fn before(week: &Week, changed: &Changed) -> Changed {
    changed.keys().map(|id| (id.clone(), week.plan.activities.get(id).cloned())).collect()
}

/// What nobody can do as things are: two things at once, a device for two, somebody ill, a device that broke, a link that is lost.
#[test]
fn crowds_and_disruptions_are_found() {
    let week = &weeks()[0];
    let (id, work) = week
        .plan
        .activities
        .iter()
        .find(|(_, one)| one.crew.len() == 1 && !one.uses.is_empty() && !is_block(one))
        .expect("somebody uses something alone");
    let person = work.crew.first().expect("one does it").clone();
    let at = work.interval().expect("it takes time");
    let used = work.uses[0].resource.clone();
    let judged = |disruption| {
        let judge = Judge::with(&week.shipped.book, week.plan.clone(), week.scene.clone(), disruption);
        judge.standing().faults
    };
    let away = Disruption { away: vec![(person, at)], ..Disruption::default() };
    let down = Disruption { down: vec![(used.clone(), at)], ..Disruption::default() };
    let all = Interval::new(week.plan.span.start(), week.plan.span.end()).expect("a span");
    let lost = Disruption { lost: vec![("link.ku".to_owned(), all)], ..Disruption::default() };
    for (kind, disruption) in [(FaultKind::Absent, away), (FaultKind::Down, down)] {
        let found = judged(disruption);
        assert!(found.iter().any(|fault| fault.kind == kind && fault.activity == *id), "{kind}: {found:?}");
    }
    assert!(judged(lost).iter().any(|fault| fault.kind == FaultKind::Need));

    // The books' rules tell these two already, so they are looked for without any rule.
    let mut bare = week.shipped.book.as_ref().clone();
    bare.rules = Default::default();
    let mut judge =
        Judge::with(&std::sync::Arc::new(bare), week.plan.clone(), week.scene.clone(), Disruption::default());
    let twin: ActivityId = "twin".parse().expect("an id");
    judge.put(&[(twin.clone(), Some(Activity { origin: Origin::Added, ..work.clone() }))].into());
    let mut kinds: Vec<FaultKind> = judge.standing().faults.iter().map(|fault| fault.kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert!(kinds.contains(&FaultKind::Twice), "{kinds:?}");
    let capacity = week.shipped.book.planning.resources.get(&used).map_or(0, |resource| resource.capacity);
    for more in 0..capacity {
        let id = format!("twin-{more}").parse().expect("an id");
        judge.put(&[(id, Some(Activity { origin: Origin::Added, ..work.clone() }))].into());
    }
    let faults = judge.standing().faults;
    assert!(faults.iter().any(|fault| fault.kind == FaultKind::Taken), "{faults:?}");

    // With the rules nobody is told twice.
    let mut judge = week.judge();
    judge.put(&[(twin, Some(Activity { origin: Origin::Added, ..work.clone() }))].into());
    let standing = judge.standing();
    assert!(standing.breaches.iter().any(|breach| breach.rule == "one-thing-at-a-time"));
    assert!(standing.faults.iter().all(|fault| fault.kind != FaultKind::Twice), "{:?}", standing.faults);
}

/// A partner asks for something else than what was planned: other windows, and with them other weeks.
#[test]
fn what_is_asked_otherwise_is_found() {
    let week = &weeks()[0];
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    let files = book::Files::from_dir(&folder).expect("the folder is there");
    let later = |path: &str| {
        let text = String::from_utf8(files.get(path).expect("it is there").to_vec()).expect("text");
        text.replace("from = \"2026-06-01\"", "from = \"2026-08-03\"")
    };
    let later: book::Files = files.paths().map(|path| (path.to_owned(), later(path).into_bytes())).collect();
    let other = std::sync::Arc::new(book::read(&later).0);
    let judge = Judge::with(&other, week.plan.clone(), week.scene.clone(), Disruption::default());
    let faults = judge.standing().faults;
    for kind in [FaultKind::Window, FaultKind::Turn] {
        assert!(faults.iter().any(|fault| fault.kind == kind), "{kind}: {faults:?}");
    }
}

/// Every kind of fault is spoiled for above, but what no shipped book can show.
#[test]
fn every_kind_is_tried() {
    let elsewhere = [
        FaultKind::Window,
        FaultKind::Twice,
        FaultKind::Taken,
        FaultKind::Down,
        FaultKind::Absent,
        FaultKind::Turn,
    ];
    for kind in <FaultKind as Word>::ALL {
        let is_tried = SPOILS.iter().any(|(one, _)| one == kind) || elsewhere.contains(kind);
        assert!(is_tried, "{kind}");
    }
}
