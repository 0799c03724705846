//! The nearest times at which something can be done and breaks nothing.

use plan::{Activity, ActivityId, Progress};
use rules::Breach;
use schedule::SLOT;
use serde_json::{Value, json};
use timeline::{Interval, Severity, Time};

use crate::asked::Fault;
use crate::judge::{Effect, Judge};
use crate::text::stamp;

/// A time at which an activity breaks neither a rule nor what was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Slot {
    /// Begins.
    pub start: Time,
    /// Ends.
    pub end: Time,
}

/// So many are looked for before, and so many after.
const WANTED: usize = 3;

/// So many slots away at most: a week of five minutes each.
const FARTHEST: i64 = 7 * 24 * 12;

/// The rules are asked of so many times at most.
const MOST_ASKED: usize = 160;

/// What must be better with an activity than without it, and is by its place.
struct Wants {
    rules: Vec<Breach>,
    faults: Vec<Fault>,
}

impl Slot {
    /// As an object: `{start, end}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({"start": stamp(self.start), "end": stamp(self.end)})
    }
}

impl Judge {
    /// The nearest times before and after at which an activity, done by the same people, breaks no rule and nothing that is asked, the
    /// nearest first; none of what is not in the plan, and of what has begun or is over.
    ///
    /// They lie on the plan's grid of five minutes and are not farther than a week; the rules are asked of the first 160 times that what is
    /// asked leaves. The plan stays as it is.
    pub fn nearest(&mut self, id: &ActivityId) -> Vec<Slot> {
        let Some(activity) = self.plan().activities.get(id).cloned() else { return Vec::new() };
        if activity.progress != Progress::Planned || activity.interval().is_none() {
            return Vec::new();
        }
        let without = self.put_one(id, None);
        let wants = Wants::of(without);
        let mut asked = 0;
        let mut found = [0; 2];
        let mut slots = Vec::new();
        for (side, start) in outward(&activity, self.plan().span) {
            if asked == MOST_ASKED || found.iter().all(|found| *found == WANTED) {
                break;
            }
            let moved = activity.moved_to(start);
            if found[side] == WANTED || !self.could_be(id, &moved) {
                continue;
            }
            asked += 1;
            let (start, end) = (moved.start, moved.end);
            let effect = self.put_one(id, Some(moved));
            if wants.are_met(&effect) {
                found[side] += 1;
                slots.push(Slot { start, end });
            }
            self.put_one(id, None);
        }
        self.put_one(id, Some(activity));
        slots
    }
}

/// Times of the grid at which it would lie inside the span, the nearest first: 0 before, 1 after.
fn outward(activity: &Activity, span: Interval) -> impl Iterator<Item = (usize, Time)> {
    let (start, length) = (activity.start, activity.length());
    let since = (start - span.start()).nanoseconds().rem_euclid(SLOT.nanoseconds());
    let on_grid = start - timeline::Duration::from_nanoseconds(since);
    let steps = (0..=FARTHEST).flat_map(|step| [(1, step), (0, -step)]);
    let times = steps.map(move |(side, step)| (side, on_grid + SLOT * step));
    times.filter(move |(side, at)| {
        let is_inside = *at >= span.start() && *at + length <= span.end();
        // What begins off the grid has a time of the grid close before it.
        is_inside && *at != start && (*side == 1) == (*at > start)
    })
}

impl Wants {
    /// What comes of its absence and is no other form of a fault of before.
    fn of(without: Effect) -> Self {
        let Effect { rules, requests } = without;
        let was = |one: &Breach| {
            rules.gone.iter().any(|was| was.rule == one.rule && was.start <= one.end && one.start <= was.end)
        };
        let was_asked = |one: &Fault| {
            let mut gone = requests.gone.iter();
            gone.any(|was| was.kind == one.kind && was.start < one.end && one.start < was.end)
        };
        let is_bad = |severity: Severity| severity > Severity::Info;
        Self {
            rules: rules.new.iter().filter(|one| is_bad(one.severity) && !was(one)).cloned().collect(),
            faults: requests
                .new
                .iter()
                .filter(|one| is_bad(one.severity) && !was_asked(one))
                .cloned()
                .collect(),
        }
    }

    /// Whether all that is wanted is mended and nothing else is broken.
    fn are_met(&self, effect: &Effect) -> bool {
        let is_bad = |severity: Severity| severity > Severity::Info;
        let is_clean = !effect.rules.new.iter().any(|one| is_bad(one.severity))
            && !effect.requests.new.iter().any(|one| is_bad(one.severity));
        is_clean
            && self.rules.iter().all(|one| effect.rules.gone.contains(one))
            && self.faults.iter().all(|one| effect.requests.gone.contains(one))
    }
}
