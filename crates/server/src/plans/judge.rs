//! What edits of a plan break, mend and move, and where something could go instead: told at once because everything else is kept.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use book::Book;
use impact::{Judge, Moved, Standing, Verdict};
use plan::{ActivityId, Edit, Plan, Step};
use serde_json::{Value, json};

use crate::problem::Problem;

/// More edits at once are no person's.
const MOST_EDITS: usize = 200;

/// A judge of a plan, and how the plan stands.
pub(crate) struct Bench {
    pub(crate) judge: Judge,
    before: Standing,
}

impl Bench {
    pub(crate) fn new(judge: Judge) -> Self {
        let before = judge.standing();
        Self { judge, before }
    }

    /// What edits would do; afterwards all is as it was.
    ///
    /// # Errors
    /// When one of them cannot be done.
    pub(crate) fn verdict(&mut self, book: &Book, edits: &Value) -> Result<Value, Problem> {
        let mut steps: Vec<Step> = Vec::new();
        let done = each(edits, |edit, place| {
            impact::names(book, self.judge.plan(), &edit).map_err(|error| unfit(error.to_string(), place))?;
            steps.push(self.judge.edit(&edit).map_err(|error| unfit(error.to_string(), place))?);
            Ok(())
        });
        let after = self.judge.standing();
        for step in steps.iter().rev() {
            self.judge.put(&step.before);
        }
        done?;
        let mut verdict = Verdict::between(&self.before, &after).to_json();
        let shares = Moved::between(&self.before.shares, &after.shares);
        let touched: BTreeMap<&ActivityId, ()> =
            steps.iter().flat_map(|step| step.after.keys()).map(|id| (id, ())).collect();
        if let Some(fields) = verdict.as_object_mut() {
            fields.insert("shares".to_owned(), shares.iter().map(Moved::to_json).collect());
            fields.insert("touched".to_owned(), touched.keys().map(|id| json!(id.as_str())).collect());
        }
        Ok(verdict)
    }
}

fn unfit(what: String, place: &str) -> Problem {
    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, what, place)
        .mend("nothing was done; leave this edit out or mend it")
}

/// A plan after edits.
///
/// # Errors
/// The first edit that cannot be read or done.
pub(crate) fn edited(book: &Book, plan: &Plan, edits: &Value) -> Result<Plan, Problem> {
    let mut plan = plan.clone();
    each(edits, |edit, place| {
        impact::names(book, &plan, &edit).map_err(|error| unfit(error.to_string(), place))?;
        plan::apply(&mut plan, &edit).map_err(|error| unfit(error.to_string(), place))?;
        Ok(())
    })?;
    Ok(plan)
}

/// Each edit of a list, with its place in the body.
fn each(edits: &Value, mut run: impl FnMut(Edit, &str) -> Result<(), Problem>) -> Result<(), Problem> {
    let list = edits.as_array().ok_or_else(|| {
        Problem::bad("`edits` is missing or no list", "body.edits")
            .mend("give a list such as [{\"do\": \"lock\", \"id\": \"…\"}]")
    })?;
    if list.len() > MOST_EDITS {
        let what = format!("there are {} edits, more than {MOST_EDITS}", list.len());
        return Err(Problem::bad(what, "body.edits").mend("send them in parts"));
    }
    for (index, edit) in list.iter().enumerate() {
        let place = format!("body.edits[{index}]");
        let read = plan::edit_from_json(edit, &place).map_err(|error| {
            Problem::bad(error.to_string(), place.clone()).mend("docs/planning.md has the forms")
        })?;
        run(read, &place)?;
    }
    Ok(())
}
