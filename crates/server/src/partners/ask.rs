//! Asking for a change of the baseline in the name of a centre.

use std::sync::Arc;

use change::{Content, Products};
use desk::{Desk, DeskError, Draft};
use journal::Urgency;
use plan::Plan;
use record::ProductId;
use serde_json::{Value, json};
use timeline::Time;

use super::may::{Deed, allow};
use super::words::text_or;
use super::{Seat, merge, weighed, written};
use crate::act::fresh;
use crate::app::App;
use crate::plans::{self, edited};
use crate::problem::Problem;
use crate::route::{Call, Done};

/// What a body asks for.
#[derive(Clone)]
struct Wish {
    why: String,
    urgency: Urgency,
    increment: Option<u32>,
    product: Option<String>,
    /// A whole plan that is to be the baseline's.
    plan: Option<Plan>,
    /// Edits of the baseline's plan, or of that one.
    edits: Option<Value>,
}

pub(crate) fn ask(call: Call) -> Done {
    Box::pin(async move {
        let seat = Seat::of(&call)?;
        allow(&seat, &call.caller, Deed::Propose)?;
        let wish = Wish::read(&call).await?;
        let is_dry = match &call.body["dry_run"] {
            Value::Null => false,
            Value::Bool(is_dry) => *is_dry,
            _ => {
                return Err(
                    Problem::bad("`dry_run` is no yes or no", "body.dry_run").mend("give true or false")
                );
            }
        };
        let (app, now) = (Arc::clone(&call.app), call.app.now());
        let value = if is_dry {
            call.app.compute(move || drafted(&app, &seat, &wish, now)).await?
        } else {
            call.app.compute(move || asked(&app, &seat, &wish, now)).await?
        };
        Ok(fresh(&call, &value))
    })
}

impl Wish {
    async fn read(call: &Call) -> Result<Self, Problem> {
        let body = &call.body;
        let why = text_or(body, "why", "")?;
        if why.trim().is_empty() {
            return Err(Problem::bad("`why` says nothing", "body.why")
                .mend("those who are to approve it need the reason"));
        }
        let urgency = match text_or(body, "urgency", "routine")?.as_str() {
            "routine" => Urgency::Routine,
            "urgent" => Urgency::Urgent,
            "safety" => Urgency::Safety,
            _ => {
                return Err(Problem::bad("`urgency` is not known", "body.urgency")
                    .mend("give routine, urgent or safety"));
            }
        };
        let increment = match &body["increment"] {
            Value::Null => None,
            value => Some(value.as_u64().and_then(|number| u32::try_from(number).ok()).ok_or_else(|| {
                Problem::bad("`increment` is no number", "body.increment").mend("give a number such as 75")
            })?),
        };
        let product = Some(text_or(body, "product", "")?).filter(|product| !product.is_empty());
        let plan = match &body["plan"] {
            Value::Null => None,
            Value::String(id) => Some(plans::find(&call.app, id).await?.plan.clone()),
            value => Some(plan::read_json(&value.to_string()).map_err(|error| {
                Problem::bad(error.to_string(), "body.plan")
                    .mend("give the id of a plan that the server holds, or a plan as `cupola plan week --json` writes it")
            })?),
        };
        let edits = Some(body["edits"].clone()).filter(|edits| !edits.is_null());
        if plan.is_none() && edits.is_none() {
            return Err(Problem::bad("nothing is to change", "body")
                .mend("give `edits` of the baseline's plan, or a whole `plan`"));
        }
        Ok(Self { why, urgency, increment, product, plan, edits })
    }

    /// The same as a draft on the baseline as it is at a desk.
    fn draft(&self, app: &App, desk: &Desk) -> Result<Draft, Problem> {
        let before = desk.baseline(&desk.state()).products;
        let (id, mut plan) = self.wanted(&before)?;
        if let Some(edits) = &self.edits {
            plan = edited(&app.book, &plan, edits)?;
        }
        let mut after = before.clone();
        after.plans.insert(id, plan);
        Ok(Draft {
            content: Content::between(&before, &after).map_err(DeskError::from)?,
            urgency: self.urgency,
            rationale: self.why.clone(),
            increment: self.increment,
            replaces: Vec::new(),
        })
    }

    fn wanted(&self, before: &Products) -> Result<(ProductId, Plan), Problem> {
        let Some(plan) = &self.plan else {
            let (id, plan) = desk::plan_named(before, self.product.as_deref())?;
            return Ok((id.clone(), plan.clone()));
        };
        let id = match &self.product {
            None => desk::product_of(before, plan)?,
            Some(id) => id.parse().map_err(|_| {
                Problem::bad("`product` names no plan", "body.product")
                    .mend("give an id such as week-2026-06-01")
            })?,
        };
        Ok((id, plan.clone()))
    }
}

/// Who would have to approve it, and what it would do; nothing is written.
fn drafted(app: &App, seat: &Seat, wish: &Wish, now: Time) -> Result<Value, Problem> {
    let (mut told, weighing) = {
        let desk = seat.room.desk(&seat.centre)?;
        let draft = wish.draft(app, &desk)?;
        let state = desk.state();
        (desk.tell_draft(&state, &draft, now)?.to_json(), desk.weighing_of_draft(&state, &draft))
    };
    told["centre"] = json!(seat.centre.as_str());
    merge(&mut told, weighed(weighing.and_then(|weighing| weighing.impact())));
    Ok(told)
}

fn asked(app: &App, seat: &Seat, wish: &Wish, now: Time) -> Result<Value, Problem> {
    // The baseline may move between the draft and the record: then it conflicts, as everybody's may.
    let draft = wish.draft(app, &*seat.room.desk(&seat.centre)?)?;
    let (number, status, record) = seat.room.write(&seat.centre, now, |desk| {
        let (number, record) = desk.ask(&draft, now)?;
        let state = desk.state();
        let status = desk.find(&state, &number.to_string()).map(|digest| state.requests[&digest].status);
        Ok((number, status.map_or("open", desk::standing), record))
    })?;
    Ok(written(app, &number.to_string(), status, &record))
}
