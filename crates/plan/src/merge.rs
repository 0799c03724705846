//! Three-way merge: two plans that were made from the same one, edited apart, become one again.

use std::collections::BTreeSet;

use crate::{Activity, ActivityId, Plan};

/// Something that both sides changed, and not alike.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Conflict {
    /// In which activity.
    pub id: ActivityId,
    /// What of it.
    pub what: Part,
}

record::words! {
    /// A part of an activity that is merged as one.
    pub enum Part {
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

/// The edits of `ours` and of `theirs`, both made on `base`, in one plan; with what conflicts, in order of activities.
///
/// Where both changed the same part of an activity, and not alike, the plan has ours and the conflict is named. What one side took
/// out and the other changed stays in, changed.
#[must_use]
pub fn merge(base: &Plan, ours: &Plan, theirs: &Plan) -> (Plan, Vec<Conflict>) {
    let mut merged = ours.clone();
    let mut conflicts = Vec::new();
    if ours.task_list == base.task_list {
        merged.task_list.clone_from(&theirs.task_list);
    }
    if ours.crew == base.crew {
        merged.crew.clone_from(&theirs.crew);
    }
    let plans = [base, ours, theirs];
    let ids: BTreeSet<&ActivityId> = plans.iter().flat_map(|plan| plan.activities.keys()).collect();
    for id in ids {
        let [before, mine, other] = plans.map(|plan| plan.activities.get(id));
        let mut name = |what| conflicts.push(Conflict { id: id.clone(), what });
        match activity(before, mine, other, &mut name) {
            Some(activity) => merged.activities.insert(id.clone(), activity),
            None => merged.activities.remove(id),
        };
    }
    (merged, conflicts)
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
