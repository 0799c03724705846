use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use book::Book;
use plan::{Activity, ActivityId, Edit, EditError, Member, Plan, Step, Wish};
use rules::{Breach, Change, Checker, Edited, Scene, Unjudged};
use schedule::{Disruption, PoolShare, Setting, Sharing};
use timeline::Severity;

use crate::asked::{Asks, Changed, Fault, FaultKind, Held};
use crate::{ImpactError, Verdict, same_station, surroundings};

/// The rules of a book and all that is asked in it, held against a plan, and kept up to date edit by edit.
///
/// It owns what it needs. To make one takes as long as the light and links of its span take to find; an edit then takes milliseconds.
pub struct Judge {
    book: Arc<Book>,
    plan: Plan,
    crew: Vec<Member>,
    wishes: Vec<Wish>,
    checker: Checker,
    held: Held,
}

/// How a plan stands: what it breaks, and whose its time is.
#[derive(Clone, PartialEq, Debug)]
pub struct Standing {
    /// The rules that an activity or a person of it is to blame for breaking, the gravest first.
    pub breaches: Vec<Breach>,
    /// Where it does otherwise than was asked, the gravest first; what a rule that must be kept says already is not said again.
    pub faults: Vec<Fault>,
    /// Every partner's part of every pool.
    pub shares: Vec<PoolShare>,
}

/// What one edit did to rules and requests.
pub(crate) struct Effect {
    pub(crate) rules: Edited,
    pub(crate) requests: Changed,
}

impl Judge {
    /// A judge of a plan. Light and links are believed as far as one plans by them.
    ///
    /// # Errors
    /// When the plan is another station's, or the orbit over it cannot be told.
    pub fn of(book: &Arc<Book>, plan: Plan) -> Result<Self, ImpactError> {
        same_station(book, &plan)?;
        let rules = scene::rules(book, &scene::lexicon(book)).0;
        let scene = surroundings(book, plan.span, &rules)?;
        Ok(Self::with(book, plan, scene, Disruption::default()))
    }

    /// A judge of a plan beside which `scene` happens, which is of its span and has no plan in it; somebody may be away, something lost
    /// or out of use.
    #[must_use]
    pub fn with(book: &Arc<Book>, plan: Plan, scene: Scene, disruption: Disruption) -> Self {
        let rules = scene::rules(book, &scene::lexicon(book)).0;
        let setting = Setting::new(book, plan.level, plan.span, rules, scene, &BTreeSet::new());
        let Setting { crew, wishes, rules, mut scene, .. } = setting;
        let asks = Asks::new(Arc::clone(book), plan.span, &scene, &wishes, disruption);
        let held = Held::new(asks, &plan);
        scene::put_plan(&mut scene, book, &plan, &crew);
        let checker = Checker::new(rules, scene);
        Self { book: Arc::clone(book), plan, crew, wishes: wishes.list, checker, held }
    }

    /// The plan as it is now.
    #[must_use]
    pub const fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The book by which it judges.
    #[must_use]
    pub const fn book(&self) -> &Arc<Book> {
        &self.book
    }

    /// The rules, with all that is broken, the plan's fault or not.
    #[must_use]
    pub const fn checker(&self) -> &Checker {
        &self.checker
    }

    /// The rules on which nothing can be said here.
    #[must_use]
    pub fn unjudged(&self) -> Vec<Unjudged> {
        self.checker.unjudged()
    }

    /// How the plan stands now.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let all = self.checker.breaches().into_iter();
        let breaches: Vec<Breach> =
            all.filter(|breach| schedule::concerns(breach, &self.plan)).cloned().collect();
        let mut faults = self.held.faults();
        faults.retain(|fault| !is_told(fault, &breaches));
        Standing { breaches, faults, shares: self.shares() }
    }

    /// Every partner's part of every pool.
    #[must_use]
    pub fn shares(&self) -> Vec<PoolShare> {
        let had = BTreeMap::new();
        Sharing { book: &self.book, crew: &self.crew, wishes: &self.wishes, had: &had }.of(&self.plan)
    }

    /// Does an edit.
    ///
    /// # Errors
    /// When it cannot be done; nothing has changed.
    pub fn edit(&mut self, edit: &Edit) -> Result<Step, EditError> {
        let step = plan::apply(&mut self.plan, edit)?;
        for (id, before) in &step.before {
            self.look(id, before.as_ref());
        }
        Ok(step)
    }

    /// What an edit would do; the plan stays as it is.
    ///
    /// # Errors
    /// When it cannot be done.
    pub fn verdict_of(&mut self, edit: &Edit) -> Result<Verdict, EditError> {
        let before = self.standing();
        let step = self.edit(edit)?;
        let after = self.standing();
        self.put(&step.before);
        Ok(Verdict::between(&before, &after))
    }

    /// These activities are now so, or gone.
    pub fn put(&mut self, activities: &BTreeMap<ActivityId, Option<Activity>>) {
        for (id, activity) in activities {
            self.put_one(id, activity.clone());
        }
    }

    /// Turns to another plan of the same span and level, which is to differ in its activities only; gives back whether it could.
    pub fn turn_to(&mut self, plan: &Plan) -> bool {
        if (plan.span, plan.level, &plan.crew) != (self.plan.span, self.plan.level, &self.plan.crew) {
            return false;
        }
        let ids: BTreeSet<&ActivityId> = self.plan.activities.keys().chain(plan.activities.keys()).collect();
        let differ = ids.into_iter().filter(|id| self.plan.activities.get(*id) != plan.activities.get(*id));
        let differ: Vec<ActivityId> = differ.cloned().collect();
        for id in differ {
            self.put_one(&id, plan.activities.get(&id).cloned());
        }
        self.plan.title.clone_from(&plan.title);
        self.plan.task_list.clone_from(&plan.task_list);
        true
    }

    pub(crate) fn put_one(&mut self, id: &ActivityId, activity: Option<Activity>) -> Effect {
        let before = match activity {
            Some(activity) => self.plan.activities.insert(id.clone(), activity),
            None => self.plan.activities.remove(id),
        };
        self.look(id, before.as_ref())
    }

    /// Looks again at what hangs on an activity that was otherwise before.
    fn look(&mut self, id: &ActivityId, before: Option<&Activity>) -> Effect {
        let now = self.plan.activities.get(id);
        let case = now.and_then(|activity| scene::case(&self.book, id, activity));
        let rules = self.checker.edit(case.map_or_else(|| Change::Remove(id.to_string()), Change::Put));
        Effect { rules, requests: self.held.put(&self.plan, id, before) }
    }

    /// Whether an activity could be done so by itself and by those who do it.
    pub(crate) fn could_be(&self, id: &ActivityId, activity: &Activity) -> bool {
        self.held.could_be(&self.plan, id, activity)
    }
}

/// Whether a rule that must be kept says of the same activities what a finding says: that somebody or something is in two places at once.
fn is_told(fault: &Fault, breaches: &[Breach]) -> bool {
    let is_crowd = matches!(fault.kind, FaultKind::Twice | FaultKind::Taken);
    let is_subject = |breach: &Breach, id: &ActivityId| breach.subjects.iter().any(|one| one == id.as_str());
    let all = || fault.with.iter().chain([&fault.activity]);
    is_crowd
        && breaches.iter().any(|breach| {
            breach.severity == Severity::Must
                && breach.start < fault.end
                && fault.start < breach.end
                && all().all(|id| is_subject(breach, id))
        })
}
