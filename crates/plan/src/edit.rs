//! Edits as values: what a person does to a plan, done and undone without limit.

use std::collections::{BTreeMap, BTreeSet};

use record::PersonId;
use thiserror::Error;
use timeline::{Duration, Interval, Time};

use crate::{Activity, ActivityId, Hold, Plan, Progress};

/// One change of a plan.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Edit {
    /// It begins at another time and lasts as long.
    Move(ActivityId, Time),
    /// Others do it.
    Assign(ActivityId, BTreeSet<PersonId>),
    /// Each begins when the other did, and keeps its length and crew.
    Swap(ActivityId, ActivityId),
    /// It is done in two parts: up to this instant, and the rest directly after, until somebody moves it.
    Split(ActivityId, Time),
    /// No planner moves it.
    Lock(ActivityId),
    /// A planner may move it.
    Unlock(ActivityId),
    /// All that begins at or after this instant begins so much later (or earlier), of these persons or, when none is named, of all.
    ShiftAfter(Time, Duration, BTreeSet<PersonId>),
    /// Something new is in the plan.
    Add(ActivityId, Box<Activity>),
    /// It is not in the plan.
    Remove(ActivityId),
    /// It began.
    Start(ActivityId, Time),
    /// It was done.
    Finish(ActivityId, Interval),
    /// It was not done, and why.
    Skip(ActivityId, String),
}

/// Why an edit cannot be done.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum EditError {
    /// There is no such activity.
    #[error("the plan has no activity `{0}`")]
    Unknown(ActivityId),
    /// An activity with this id is there.
    #[error("the plan has an activity `{0}` already")]
    Taken(ActivityId),
    /// It is locked.
    #[error("`{0}` is locked; unlock it first")]
    Locked(ActivityId),
    /// It has begun, is done or was skipped, and cannot be moved.
    #[error("`{0}` has begun or is over; what happened cannot be moved")]
    Over(ActivityId),
    /// The instant to split at is not inside.
    #[error("`{0}` cannot be split at {1}: it is not going on then")]
    Outside(ActivityId, Time),
    /// It would lie outside the span of the plan.
    #[error("`{0}` would leave the time that is planned")]
    Leaves(ActivityId),
    /// It would end before it begins.
    #[error("`{0}` would end before it begins")]
    Reversed(ActivityId),
}

/// What an edit did: each activity it touched, before and after.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// As it was; nothing when it was not there.
    pub before: BTreeMap<ActivityId, Option<Activity>>,
    /// As it is; nothing when it is gone.
    pub after: BTreeMap<ActivityId, Option<Activity>>,
}

/// Does an edit.
///
/// # Errors
/// When it cannot be done; the plan is as it was.
pub fn apply(plan: &mut Plan, edit: &Edit) -> Result<Step, EditError> {
    let after = touched(plan, edit)?;
    for (id, activity) in &after {
        let Some(activity) = activity else { continue };
        if activity.end < activity.start {
            return Err(EditError::Reversed(id.clone()));
        }
        let is_elsewhere = activity.start < plan.span.start() || activity.end > plan.span.end();
        // What reached over the border of the plan before, such as a night's sleep, may stay where it was.
        let was = plan.activities.get(id).map(|was| (was.start, was.end));
        if is_elsewhere && was != Some((activity.start, activity.end)) {
            return Err(EditError::Leaves(id.clone()));
        }
    }
    let before = after.keys().map(|id| (id.clone(), plan.activities.get(id).cloned())).collect();
    put(plan, &after);
    Ok(Step { before, after })
}

fn put(plan: &mut Plan, activities: &BTreeMap<ActivityId, Option<Activity>>) {
    for (id, activity) in activities {
        match activity {
            Some(activity) => plan.activities.insert(id.clone(), activity.clone()),
            None => plan.activities.remove(id),
        };
    }
}

type Touched = BTreeMap<ActivityId, Option<Activity>>;

fn touched(plan: &Plan, edit: &Edit) -> Result<Touched, EditError> {
    let one = |id: &ActivityId, change: &dyn Fn(&mut Activity)| {
        let mut activity = found(plan, id)?.clone();
        change(&mut activity);
        Ok(Touched::from([(id.clone(), Some(activity))]))
    };
    match edit {
        Edit::Move(id, to) => {
            let moved = movable(plan, id)?.moved_to(*to);
            Ok(Touched::from([(id.clone(), Some(moved))]))
        }
        Edit::Assign(id, crew) => {
            movable(plan, id)?;
            one(id, &|activity| activity.crew.clone_from(crew))
        }
        Edit::Swap(a, b) => {
            let (first, second) = (movable(plan, a)?, movable(plan, b)?);
            let (moved, other) = (first.moved_to(second.start), second.moved_to(first.start));
            Ok(Touched::from([(a.clone(), Some(moved)), (b.clone(), Some(other))]))
        }
        Edit::Split(id, at) => split(plan, id, *at),
        Edit::Lock(id) => one(id, &|activity| activity.hold = Hold::Locked),
        Edit::Unlock(id) => one(id, &|activity| activity.hold = Hold::Free),
        Edit::ShiftAfter(from, by, of) => Ok(shifted(plan, *from, *by, of)),
        Edit::Add(id, activity) if !plan.activities.contains_key(id) => {
            Ok(Touched::from([(id.clone(), Some(activity.as_ref().clone()))]))
        }
        Edit::Add(id, _) => Err(EditError::Taken(id.clone())),
        Edit::Remove(id) => movable(plan, id).map(|_| Touched::from([(id.clone(), None)])),
        Edit::Start(id, _) | Edit::Finish(id, _) | Edit::Skip(id, _)
            if matches!(found(plan, id)?.progress, Progress::Done(_) | Progress::Skipped(_)) =>
        {
            Err(EditError::Over(id.clone()))
        }
        Edit::Start(id, at) => one(id, &|activity| activity.progress = Progress::Started(*at)),
        Edit::Finish(id, was) => one(id, &|activity| activity.progress = Progress::Done(*was)),
        Edit::Skip(id, why) => one(id, &|activity| activity.progress = Progress::Skipped(why.clone())),
    }
}

fn found<'a>(plan: &'a Plan, id: &ActivityId) -> Result<&'a Activity, EditError> {
    plan.activities.get(id).ok_or_else(|| EditError::Unknown(id.clone()))
}

fn movable<'a>(plan: &'a Plan, id: &ActivityId) -> Result<&'a Activity, EditError> {
    let activity = found(plan, id)?;
    if activity.progress != Progress::Planned {
        return Err(EditError::Over(id.clone()));
    }
    if activity.hold == Hold::Locked {
        return Err(EditError::Locked(id.clone()));
    }
    Ok(activity)
}

fn split(plan: &Plan, id: &ActivityId, at: Time) -> Result<Touched, EditError> {
    let whole = movable(plan, id)?;
    if at <= whole.start || at >= whole.end {
        return Err(EditError::Outside(id.clone(), at));
    }
    let rest =
        (2..).map(|part| format!("{id}/{part}")).find(|part| !plan.activities.contains_key(part.as_str()));
    let rest: ActivityId =
        rest.and_then(|rest| rest.parse().ok()).ok_or_else(|| EditError::Taken(id.clone()))?;
    let first = Activity { end: at, ..whole.clone() };
    let second = Activity { start: at, ..whole.clone() };
    Ok(Touched::from([(id.clone(), Some(first)), (rest, Some(second))]))
}

/// What is locked or over stays.
fn shifted(plan: &Plan, from: Time, by: Duration, of: &BTreeSet<PersonId>) -> Touched {
    plan.activities
        .iter()
        .filter(|(_, activity)| activity.start >= from && !activity.is_settled())
        .filter(|(_, activity)| of.is_empty() || activity.crew.iter().any(|person| of.contains(person)))
        .map(|(id, activity)| (id.clone(), Some(activity.moved_to(activity.start + by))))
        .collect()
}

impl Activity {
    /// The same at another time.
    #[must_use]
    pub fn moved_to(&self, start: Time) -> Self {
        Self { start, end: start + self.length(), ..self.clone() }
    }
}

/// A plan with all that was done to it.
///
/// ```
/// # use plan::{Edit, History, Level, Plan};
/// # use timeline::Interval;
/// # let span = Interval::new("2026-06-01".parse().unwrap(), "2026-06-08".parse().unwrap()).unwrap();
/// let mut history = History::new(Plan::empty("Week 23", Level::Week, span));
/// let unknown = history.edit(&Edit::Remove("no-such".parse().unwrap()));
/// assert_eq!(unknown.unwrap_err().to_string(), "the plan has no activity `no-such`");
/// assert!(!history.undo());
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct History {
    plan: Plan,
    done: Vec<Step>,
    undone: Vec<Step>,
}

impl History {
    /// A plan to which nothing was done yet.
    #[must_use]
    pub const fn new(plan: Plan) -> Self {
        Self { plan, done: Vec::new(), undone: Vec::new() }
    }

    /// The plan as it is now.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Does an edit; what was undone before cannot be redone any more.
    ///
    /// # Errors
    /// When it cannot be done; nothing has changed.
    pub fn edit(&mut self, edit: &Edit) -> Result<&Step, EditError> {
        let step = apply(&mut self.plan, edit)?;
        self.undone.clear();
        self.done.push(step);
        Ok(&self.done[self.done.len() - 1])
    }

    /// Takes the last edit back, if there is one.
    pub fn undo(&mut self) -> bool {
        let Some(step) = self.done.pop() else { return false };
        put(&mut self.plan, &step.before);
        self.undone.push(step);
        true
    }

    /// Does again what was taken back last, if anything was.
    pub fn redo(&mut self) -> bool {
        let Some(step) = self.undone.pop() else { return false };
        put(&mut self.plan, &step.after);
        self.done.push(step);
        true
    }
}
