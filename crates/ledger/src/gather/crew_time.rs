//! Crew time: planned by plans, flown by their marks of progress.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use book::Book;
use partnership::Pool;
use people::Aboard;
use plan::{Activity, ActivityId, Level, Origin, Plan, Progress};
use record::PersonId;
use timeline::{Duration, Interval, Time, Window};

use crate::{Extent, Measure, Tally, Use};

pub(super) fn tally(book: &Book, pool: &Pool, plans: &[Plan]) -> Tally {
    let told = [Measure::Planned, Measure::Flown, Measure::Open];
    let mut tally = super::empty(pool, told.into_iter().filter(|_| !plans.is_empty()));
    let aboard = book.aboard();
    let counts = |activity: &Activity| {
        pool.kinds.contains(&activity.kind) && matches!(activity.origin, Origin::Request(_) | Origin::Added)
    };
    let mut uses = Vec::new();
    for activity in governing(plans).into_iter().filter(|activity| counts(activity)) {
        let is_own = |person: &&PersonId| {
            segment_at(book, &aboard, person, activity.start).as_deref() == pool.segment.as_deref()
        };
        let heads = activity.crew.iter().filter(is_own).count() as u64;
        uses.extend(uses_of(activity, heads));
    }
    super::enter(&mut tally, book, pool, uses);
    tally
}

/// What an activity comes to for so many of its people, in whole minutes of each.
fn uses_of(activity: &Activity, heads: u64) -> Vec<Use> {
    if heads == 0 {
        return Vec::new();
    }
    let one = |measure: Measure, start: Time, length: Duration| {
        let minutes =
            u64::try_from(length.nanoseconds() / Duration::MINUTE.nanoseconds()).unwrap_or_default();
        let extent = Extent::At(start, minutes.saturating_mul(heads));
        Use { partner: activity.partner.clone(), measure, terms: Some(0), extent }
    };
    let mut uses = vec![one(Measure::Planned, activity.start, activity.length())];
    match &activity.progress {
        Progress::Planned | Progress::Started(_) => {
            uses.push(one(Measure::Open, activity.start, activity.length()));
        }
        Progress::Done(done) => uses.push(one(Measure::Flown, done.start(), done.duration())),
        Progress::Skipped(_) => {}
    }
    uses
}

/// The activities that count where plans overlap: those of the finest plan of their time, each id once.
fn governing(plans: &[Plan]) -> Vec<&Activity> {
    let mut order: Vec<(usize, &Plan)> = plans.iter().enumerate().collect();
    order.sort_by_key(|&(at, plan)| (coarseness(plan.level), Reverse(at)));
    let mut spans: Vec<Interval> = Vec::new();
    let mut ids: BTreeSet<&ActivityId> = BTreeSet::new();
    let mut counted = Vec::new();
    for (_, plan) in order {
        let governed = Window::from_intervals(spans.iter().copied());
        for (id, activity) in &plan.activities {
            if !governed.contains(activity.start) && ids.insert(id) {
                counted.push(activity);
            }
        }
        spans.push(plan.span);
    }
    counted
}

const fn coarseness(level: Level) -> u8 {
    match level {
        Level::Day => 0,
        Level::Week => 1,
        Level::Increment => 2,
    }
}

/// On which segment's stores a person lives at a time; of one who is not aboard then, on those of their agency.
fn segment_at(book: &Book, aboard: &[Aboard<'_>], person: &PersonId, at: Time) -> Option<String> {
    let stay = aboard.iter().find(|one| one.stay.person == *person && one.interval.contains(at));
    let of_stay = stay.and_then(|one| book.segment_of(one.stay)).map(str::to_owned);
    of_stay.or_else(|| {
        let agency = &book.people.get(person)?.partner;
        book.partners.get(agency)?.segment.clone()
    })
}
