use std::collections::{BTreeMap, BTreeSet};

use plan::{Activity, ActivityId, Origin, Plan, Standing};
use record::{PersonId, RequestId, ResourceId};

use super::asks::{Asks, Did};
use super::crowd;
use super::fault::{Fault, FaultKind};
use super::order::of_request;
use super::own::own;
use super::said;

/// All that is asked, held against a plan; after an edit only what the edit touches is looked at again.
///
/// The plan itself is given with each question, so that whoever holds both needs it once.
pub(crate) struct Held {
    asks: Asks,
    by_request: BTreeMap<RequestId, BTreeSet<ActivityId>>,
    by_person: BTreeMap<PersonId, BTreeSet<ActivityId>>,
    by_resource: BTreeMap<ResourceId, BTreeSet<ActivityId>>,
    /// Only pieces in which something was found.
    found: BTreeMap<Piece, Vec<Fault>>,
}

/// What is looked at as a whole.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    /// One activity by itself, and whether something that must be is.
    Own(ActivityId),
    Request(RequestId),
    Person(PersonId),
    Resource(ResourceId),
}

/// What an edit did.
#[derive(Default)]
pub(crate) struct Changed {
    pub(crate) gone: Vec<Fault>,
    pub(crate) new: Vec<Fault>,
}

impl Held {
    pub(crate) fn new(asks: Asks, plan: &Plan) -> Self {
        let mut held = Self {
            asks,
            by_request: BTreeMap::new(),
            by_person: BTreeMap::new(),
            by_resource: BTreeMap::new(),
            found: BTreeMap::new(),
        };
        let mut pieces = BTreeSet::new();
        for (id, activity) in &plan.activities {
            held.enter(id, activity);
            held.touch(id, activity, &mut pieces);
        }
        pieces.extend(held.asks.mandatory.keys().cloned().map(Piece::Own));
        for piece in pieces {
            held.look(plan, piece, &mut Changed::default());
        }
        held
    }

    /// Everything that is otherwise than asked, the gravest first.
    pub(crate) fn faults(&self) -> Vec<Fault> {
        let mut all: Vec<Fault> = self.found.values().flatten().cloned().collect();
        all.sort_by(Fault::order);
        all
    }

    /// An activity is another than `before`, in a plan that has it already.
    pub(crate) fn put(&mut self, plan: &Plan, id: &ActivityId, before: Option<&Activity>) -> Changed {
        let mut pieces = BTreeSet::from([Piece::Own(id.clone())]);
        if let Some(before) = before {
            self.leave(id, before);
            self.touch(id, before, &mut pieces);
        }
        if let Some(now) = plan.activities.get(id) {
            self.enter(id, now);
            self.touch(id, now, &mut pieces);
        }
        let mut changed = Changed::default();
        for piece in pieces {
            self.look(plan, piece, &mut changed);
        }
        changed
    }

    /// Whether an activity that is not in the plan could be done so at all: by itself, and by those who do it.
    pub(crate) fn could_be(&self, plan: &Plan, id: &ActivityId, activity: &Activity) -> bool {
        let Some(did) = Did::of(id, activity) else { return false };
        let is_free = |person: &PersonId| {
            let all = self.by_person.get(person).into_iter().flatten();
            let mut others = all.filter(|other| *other != id).filter_map(|other| did_of(plan, other));
            !others.any(|other| other.at.overlaps(did.at))
        };
        own(&self.asks, did).is_empty() && activity.crew.iter().all(is_free)
    }

    fn enter(&mut self, id: &ActivityId, activity: &Activity) {
        if let Origin::Request(request) = &activity.origin {
            self.by_request.entry(request.clone()).or_default().insert(id.clone());
        }
        for person in &activity.crew {
            self.by_person.entry(person.clone()).or_default().insert(id.clone());
        }
        for used in &activity.uses {
            self.by_resource.entry(used.resource.clone()).or_default().insert(id.clone());
        }
    }

    fn leave(&mut self, id: &ActivityId, activity: &Activity) {
        if let Origin::Request(request) = &activity.origin {
            self.by_request.entry(request.clone()).or_default().remove(id);
        }
        for person in &activity.crew {
            self.by_person.entry(person.clone()).or_default().remove(id);
        }
        for used in &activity.uses {
            self.by_resource.entry(used.resource.clone()).or_default().remove(id);
        }
    }

    /// The pieces that hang on an activity.
    fn touch(&self, id: &ActivityId, activity: &Activity, pieces: &mut BTreeSet<Piece>) {
        pieces.insert(Piece::Own(id.clone()));
        if let Origin::Request(request) = &activity.origin {
            let followers = self.asks.followers.get(request).into_iter().flatten();
            pieces.extend(followers.chain([request]).cloned().map(Piece::Request));
        }
        pieces.extend(activity.crew.iter().cloned().map(Piece::Person));
        pieces.extend(activity.uses.iter().map(|used| Piece::Resource(used.resource.clone())));
    }

    fn look(&mut self, plan: &Plan, piece: Piece, changed: &mut Changed) {
        let now = self.judge(plan, &piece);
        let before = self.found.remove(&piece).unwrap_or_default();
        changed.new.extend(now.iter().filter(|fault| !before.contains(fault)).cloned());
        changed.gone.extend(before.into_iter().filter(|fault| !now.contains(fault)));
        if !now.is_empty() {
            self.found.insert(piece, now);
        }
    }

    fn judge(&self, plan: &Plan, piece: &Piece) -> Vec<Fault> {
        let all = |ids: Option<&BTreeSet<ActivityId>>| -> Vec<Did<'_>> {
            ids.into_iter().flatten().filter_map(|id| did_of(plan, id)).collect()
        };
        match piece {
            Piece::Own(id) => match plan.activities.get(id) {
                Some(activity) => Did::of(id, activity).map_or_else(Vec::new, |did| own(&self.asks, did)),
                None => self.missing(id).into_iter().collect(),
            },
            Piece::Request(id) => match self.asks.request(id) {
                Some(request) => {
                    let of = |other: &RequestId| all(self.by_request.get(other));
                    of_request(&self.asks, request, of(id).into_iter(), &of)
                }
                None => Vec::new(),
            },
            Piece::Person(id) => crowd::of_person(&self.asks, id, all(self.by_person.get(id))),
            Piece::Resource(id) => crowd::of_resource(&self.asks, id, &all(self.by_resource.get(id))),
        }
    }

    fn missing(&self, id: &ActivityId) -> Option<Fault> {
        let (origin, within) = self.asks.mandatory.get(id)?;
        let kind = match origin {
            Origin::Block(_) => FaultKind::BlockMissing,
            _ => FaultKind::Missing,
        };
        Some(Fault {
            kind,
            severity: kind.severity(Standing::Mandatory),
            activity: id.clone(),
            with: Vec::new(),
            start: within.start(),
            end: within.end(),
            expected: format!("it is done {}", said::span(*within)),
            found: "it is not in the plan".to_owned(),
            off_min: None,
        })
    }
}

fn did_of<'a>(plan: &'a Plan, id: &ActivityId) -> Option<Did<'a>> {
    let (id, activity) = plan.activities.get_key_value(id)?;
    Did::of(id, activity)
}
