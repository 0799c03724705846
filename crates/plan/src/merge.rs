//! Three-way merge: two plans that were made from the same one, edited apart, become one again.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use record::PersonId;
use timeline::Interval;

use crate::{Activity, ActivityId, Plan};

/// Something that both sides changed, and not alike.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Conflict {
    /// In which activity; in the plan itself when in none.
    pub id: Option<ActivityId>,
    /// What of it.
    pub what: Part,
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.id {
            Some(id) => write!(f, "`{id}`: both changed its {}", self.what),
            None => write!(f, "the plan: both changed its {}", self.what),
        }
    }
}

record::words! {
    /// A part of a plan or an activity that is merged as one.
    pub enum Part {
        /// Of the plan: what it is called.
        Title = "title",
        /// Of the plan: how fine it is.
        Level = "level",
        /// Of the plan: the time that is planned.
        Span = "span",
        /// Of the plan: when somebody is aboard.
        Aboard = "crew aboard",
        /// Of the plan: what has no time.
        TaskList = "task list",
        /// Whether it is there: one side took it out, the other changed it.
        Presence = "presence",
        /// When it begins and ends.
        Time = "time",
        /// Who takes part.
        Crew = "crew",
        /// Where it is and what it uses.
        Place = "place",
        /// Whether it may be moved.
        Hold = "hold",
        /// What became of it.
        Progress = "progress",
        /// What it is: title, kind, whose, notes.
        Description = "description",
    }
}

/// The edits of `ours` and of `theirs`, both made on `base`, in one plan; with what conflicts: first in the plan itself, then in order
/// of activities.
///
/// Where both changed the same part, and not alike, the plan has ours and the conflict is named. What one side took out and the
/// other changed stays in, changed.
///
/// ```
/// use plan::{Edit, Part, Plan, apply, merge, read_json};
/// let base = read_json(
///     r#"{"title": "Week 23", "level": "week", "from": "2026-06-01", "to": "2026-06-08", "crew": [], "activities": [
///         {"id": "scrub", "title": "Loop scrub", "kind": "work", "start": "2026-06-02T09:00Z", "end": "2026-06-02T10:00Z", "crew": []},
///         {"id": "swap", "title": "Filter swap", "kind": "work", "start": "2026-06-02T11:00Z", "end": "2026-06-02T12:00Z", "crew": []}]}"#,
/// )?;
/// let edited = |id: &str, to: &str| {
///     let mut plan = base.clone();
///     apply(&mut plan, &Edit::Move(id.parse().unwrap(), to.parse().unwrap())).unwrap();
///     plan
/// };
/// let ours = edited("scrub", "2026-06-03T09:00Z");
/// let (both, conflicts) = merge(&base, &ours, &edited("swap", "2026-06-04T11:00Z"));
/// assert_eq!(both.activities["scrub"].start.to_string(), "2026-06-03T09:00:00Z");
/// assert_eq!(both.activities["swap"].start.to_string(), "2026-06-04T11:00:00Z");
/// assert!(conflicts.is_empty());
///
/// let (_, conflicts) = merge(&base, &ours, &edited("scrub", "2026-06-05T09:00Z"));
/// assert_eq!(conflicts[0].to_string(), "`scrub`: both changed its time");
/// # Ok::<(), plan::PlanTextError>(())
/// ```
#[must_use]
pub fn merge(base: &Plan, ours: &Plan, theirs: &Plan) -> (Plan, Vec<Conflict>) {
    let mut conflicts = Vec::new();
    let mut merged = of_plan(base, ours, theirs, &mut conflicts);
    // One of two people is as much as two of two.
    conflicts.dedup();
    let plans = [base, ours, theirs];
    let ids: BTreeSet<&ActivityId> = plans.iter().flat_map(|plan| plan.activities.keys()).collect();
    for id in ids {
        let [before, mine, other] = plans.map(|plan| plan.activities.get(id));
        let mut name = |what| conflicts.push(Conflict { id: Some(id.clone()), what });
        if let Some(activity) = activity(before, mine, other, &mut name) {
            merged.activities.insert(id.clone(), activity);
        }
    }
    (merged, conflicts)
}

/// All of the plan but its activities.
fn of_plan(base: &Plan, ours: &Plan, theirs: &Plan, conflicts: &mut Vec<Conflict>) -> Plan {
    let mut name = |what| conflicts.push(Conflict { id: None, what });
    Plan {
        title: either(&base.title, &ours.title, &theirs.title, || name(Part::Title)).clone(),
        level: *either(&base.level, &ours.level, &theirs.level, || name(Part::Level)),
        span: *either(&base.span, &ours.span, &theirs.span, || name(Part::Span)),
        crew: crew([base, ours, theirs].map(|plan| &plan.crew), || name(Part::Aboard)),
        activities: BTreeMap::new(),
        task_list: either(&base.task_list, &ours.task_list, &theirs.task_list, || name(Part::TaskList))
            .clone(),
    }
}

/// What one side changed, or ours where both did, and not alike.
fn either<'a, T: PartialEq>(base: &T, ours: &'a T, theirs: &'a T, mut conflict: impl FnMut()) -> &'a T {
    if theirs == base || theirs == ours {
        return ours;
    }
    if ours == base {
        return theirs;
    }
    conflict();
    ours
}

fn crew(
    plans: [&BTreeMap<PersonId, Interval>; 3],
    mut conflict: impl FnMut(),
) -> BTreeMap<PersonId, Interval> {
    let people: BTreeSet<&PersonId> = plans.iter().flat_map(|crew| crew.keys()).collect();
    let mut aboard = |person: &PersonId| {
        let [base, ours, theirs] = plans.map(|crew| crew.get(person));
        either(&base, &ours, &theirs, &mut conflict).copied()
    };
    people.into_iter().filter_map(|person| Some((person.clone(), aboard(person)?))).collect()
}

fn activity(
    base: Option<&Activity>,
    ours: Option<&Activity>,
    theirs: Option<&Activity>,
    name: &mut impl FnMut(Part),
) -> Option<Activity> {
    match (base, ours, theirs) {
        (Some(base), Some(ours), Some(theirs)) => Some(parts(base, ours, theirs, name)),
        // Both put something in under one id.
        (None, Some(ours), Some(theirs)) => {
            if ours != theirs {
                name(Part::Presence);
            }
            Some(ours.clone())
        }
        (None, one, None) | (None, None, one) => one.cloned(),
        (Some(_), None, None) => None,
        (Some(base), Some(kept), None) | (Some(base), None, Some(kept)) => {
            if kept == base {
                return None;
            }
            name(Part::Presence);
            Some(kept.clone())
        }
    }
}

fn parts(base: &Activity, ours: &Activity, theirs: &Activity, name: &mut impl FnMut(Part)) -> Activity {
    let mut merged = ours.clone();
    let mut take = |what: Part, is: fn(&Activity, &Activity) -> bool, put: fn(&mut Activity, &Activity)| {
        if is(theirs, base) || is(theirs, ours) {
            return;
        }
        if is(ours, base) { put(&mut merged, theirs) } else { name(what) }
    };
    take(
        Part::Time,
        |a, b| (a.start, a.end) == (b.start, b.end),
        |to, from| (to.start, to.end) = (from.start, from.end),
    );
    take(Part::Crew, |a, b| a.crew == b.crew, |to, from| to.crew.clone_from(&from.crew));
    take(
        Part::Place,
        |a, b| a.element == b.element && a.uses == b.uses,
        |to, from| {
            to.element.clone_from(&from.element);
            to.uses.clone_from(&from.uses);
        },
    );
    take(Part::Hold, |a, b| a.hold == b.hold, |to, from| to.hold = from.hold);
    take(Part::Progress, |a, b| a.progress == b.progress, |to, from| to.progress.clone_from(&from.progress));
    take(
        Part::Description,
        |a, b| {
            let of = |one: &Activity| {
                (
                    one.title.clone(),
                    one.kind.clone(),
                    one.partner.clone(),
                    one.notes.clone(),
                    one.origin.clone(),
                )
            };
            of(a) == of(b)
        },
        |to, from| {
            to.title.clone_from(&from.title);
            to.kind.clone_from(&from.kind);
            to.partner.clone_from(&from.partner);
            to.notes.clone_from(&from.notes);
            to.origin.clone_from(&from.origin);
        },
    );
    merged
}
