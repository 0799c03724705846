//! Who has to do with a change of a plan.

use std::collections::BTreeSet;

use book::Book;
use plan::{Activity, ActivityId, Plan};
use record::{PartnerId, PersonId};
use serde_json::{Value, json};

use crate::{Moved, Situation, Verdict};

/// Whom and what a change touches.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Touched {
    /// Activities that are otherwise, new or gone.
    pub activities: BTreeSet<ActivityId>,
    /// Activities that are as they were, but break something with those.
    pub beside: BTreeSet<ActivityId>,
    /// Who takes part in any of them, before or after.
    pub people: BTreeSet<PersonId>,
    /// Whose activities or people they are, whose element they are done in, and whose share moves.
    pub partners: BTreeSet<PartnerId>,
}

impl Touched {
    pub(crate) fn by(before: &Situation, after: &Situation, verdict: &Verdict, shares: &[Moved]) -> Self {
        let mut touched = Self::default();
        let plans = [before, after].map(|one| one.plan.as_ref());
        let of =
            |plan: Option<&'_ Plan>, id: &ActivityId| plan.and_then(|plan| plan.activities.get(id)).cloned();
        let ids: BTreeSet<&ActivityId> =
            plans.into_iter().flatten().flat_map(|plan| plan.activities.keys()).collect();
        for id in &ids {
            if of(plans[0], id) != of(plans[1], id) {
                touched.activities.insert((*id).clone());
            }
        }
        let rules = verdict.rules.newly_broken.iter().flat_map(|breach| breach.subjects.iter().cloned());
        let asked = verdict.requests.newly_broken.iter();
        let asked =
            asked.flat_map(|fault| fault.with.iter().chain([&fault.activity])).map(ToString::to_string);
        let to_blame: BTreeSet<String> = rules.chain(asked).collect();
        let beside =
            ids.iter().filter(|id| to_blame.contains(id.as_str()) && !touched.activities.contains(**id));
        touched.beside = beside.map(|id| (*id).clone()).collect();
        for (situation, plan) in [(before, plans[0]), (after, plans[1])] {
            let all = touched.activities.iter().chain(&touched.beside);
            let activities: Vec<&Activity> = all.filter_map(|id| plan?.activities.get(id)).collect();
            for activity in activities {
                touched.people.extend(activity.crew.iter().cloned());
                touched.partners.extend(partners(&situation.book, activity));
            }
        }
        touched.partners.extend(shares.iter().map(|share| share.after.partner.clone()));
        touched
    }

    /// `{activities, beside, people, partners}`, ids all.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({
            "activities": self.activities.iter().map(ActivityId::as_str).collect::<Vec<_>>(),
            "beside": self.beside.iter().map(ActivityId::as_str).collect::<Vec<_>>(),
            "people": self.people.iter().map(PersonId::as_str).collect::<Vec<_>>(),
            "partners": self.partners.iter().map(PartnerId::as_str).collect::<Vec<_>>(),
        })
    }
}

/// Whose it is, whose people do it, and whose element it is done in.
fn partners(book: &Book, activity: &Activity) -> BTreeSet<PartnerId> {
    let aboard = book.aboard();
    let fly_for = aboard.iter().filter(|one| one.interval.contains(activity.start));
    let fly_for = fly_for.filter(|one| activity.crew.contains(&one.stay.person));
    let owner = activity.element.as_ref().and_then(|element| book.elements.get(element));
    let people = fly_for.map(|one| one.stay.partner.clone());
    people.chain(activity.partner.clone()).chain(owner.map(|element| element.owner.clone())).collect()
}
