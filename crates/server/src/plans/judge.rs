//! What edits of a plan break, mend and move, told at once because everything else is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use axum::http::StatusCode;
use book::Book;
use plan::{Activity, ActivityId, Level, Plan};
use rules::{Breach, Change, Checker};
use schedule::{PoolShare, Setting, Sharing};
use serde_json::{Value, json};

use crate::problem::Problem;

/// More edits at once are no person's.
const MOST_EDITS: usize = 200;

/// The rules of a book, held against a plan and kept.
pub(crate) struct Judge {
    book: Arc<Book>,
    plan: Plan,
    checker: Checker,
    crew: Vec<plan::Member>,
    wishes: Vec<plan::Wish>,
    before: Vec<Breach>,
    shares: Vec<PoolShare>,
}

impl Judge {
    /// # Errors
    /// When the orbit over the plan cannot be told.
    pub(crate) fn of(book: &Arc<Book>, plan: &Plan) -> Result<Self, Problem> {
        let lexicon = scene::lexicon(book);
        let rules = scene::rules(book, &lexicon).0;
        let scene = facts::week::surroundings(book, plan.span, &rules)?;
        let setting = Setting::new(book, Level::Week, plan.span, rules, scene, &BTreeSet::new());
        let mut scene = setting.scene.clone();
        scene::put_plan(&mut scene, book, plan, &setting.crew);
        let checker = Checker::new(setting.rules.clone(), scene);
        let (crew, wishes) = (setting.crew, setting.wishes.list);
        let mut judge = Self {
            book: Arc::clone(book),
            plan: plan.clone(),
            checker,
            crew,
            wishes,
            before: Vec::new(),
            shares: Vec::new(),
        };
        judge.before = judge.breaches(plan);
        judge.shares = judge.shares_of(plan);
        Ok(judge)
    }

    fn breaches(&self, plan: &Plan) -> Vec<Breach> {
        let all = self.checker.breaches().into_iter();
        all.filter(|breach| schedule::concerns(breach, plan)).cloned().collect()
    }

    fn shares_of(&self, plan: &Plan) -> Vec<PoolShare> {
        let had = BTreeMap::new();
        Sharing { book: &self.book, crew: &self.crew, wishes: &self.wishes, had: &had }.of(plan)
    }

    fn put(&mut self, activities: &BTreeMap<ActivityId, Option<Activity>>) {
        for (id, activity) in activities {
            let case = activity.as_ref().and_then(|activity| scene::case(&self.book, id, activity));
            self.checker.edit(case.map_or_else(|| Change::Remove(id.to_string()), Change::Put));
        }
    }

    /// What edits would do; afterwards all is as it was.
    ///
    /// # Errors
    /// When one of them cannot be done.
    pub(crate) fn verdict(&mut self, edits: &Value) -> Result<Value, Problem> {
        let (edited, touched) = edited(&self.plan, edits)?;
        let before: BTreeMap<ActivityId, Option<Activity>> =
            touched.iter().map(|id| (id.clone(), self.plan.activities.get(id).cloned())).collect();
        let after = touched.iter().map(|id| (id.clone(), edited.activities.get(id).cloned())).collect();
        self.put(&after);
        let now = self.breaches(&edited);
        self.put(&before);
        let only = |these: &[Breach], those: &[Breach]| -> Vec<Value> {
            these.iter().filter(|one| !those.contains(one)).map(facts::breaches::json).collect()
        };
        let shares = self.shares_of(&edited);
        let moved = self.shares.iter().zip(&shares).map(|(before, after)| share(before, after));
        Ok(json!({
            "broken": only(&now, &self.before),
            "mended": only(&self.before, &now),
            "shares": moved.collect::<Vec<_>>(),
            "moved": touched.iter().map(ActivityId::as_str).collect::<Vec<_>>(),
        }))
    }
}

/// A plan after edits, and the activities that they touched.
///
/// # Errors
/// The first edit that cannot be read or done.
pub(crate) fn edited(plan: &Plan, edits: &Value) -> Result<(Plan, BTreeSet<ActivityId>), Problem> {
    let unfit = |what: String, place: String| {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what, place)
            .mend("nothing was done; leave this edit out or mend it")
    };
    let list = edits.as_array().ok_or_else(|| {
        Problem::bad("`edits` is no list", "body.edits").mend("give a list such as [{\"do\": \"lock\", \"id\": \"…\"}]")
    })?;
    if list.len() > MOST_EDITS {
        return Err(unfit(format!("there are {} edits, more than {MOST_EDITS}", list.len()), "body.edits".into()));
    }
    let (mut plan, mut touched) = (plan.clone(), BTreeSet::new());
    for (index, edit) in list.iter().enumerate() {
        let place = format!("body.edits[{index}]");
        let read = plan::edit_from_json(edit, &place);
        let edit = read.map_err(|error| Problem::bad(error.to_string(), place.clone()).mend("docs/api.md has the form"))?;
        let step = plan::apply(&mut plan, &edit).map_err(|error| unfit(error.to_string(), place))?;
        touched.extend(step.after.into_keys());
    }
    Ok((plan, touched))
}

fn share(before: &PoolShare, after: &PoolShare) -> Value {
    let percent = |share: &PoolShare| share.part().map(|part| facts::round(part * 100.0, 6));
    json!({
        "pool": before.pool.as_str(),
        "partner": before.partner.as_str(),
        "share_pct": before.share.percent(),
        "before_min": before.planned_min,
        "after_min": after.planned_min,
        "before_pct": percent(before),
        "after_pct": percent(after),
    })
}
