//! The plans that all have approved, held like any other so that edits of them are judged.

use std::sync::{Arc, PoisonError};

use facts::week::Week;
use journal::Digest;

use super::Held;
use crate::app::App;
use crate::problem::Problem;

/// What stands before the id of a plan of the baseline.
pub(super) const SCHEME: &str = "baseline:";

/// The plans of the baseline that was last looked at.
#[derive(Default)]
pub(super) struct Kept(Option<(Digest, Vec<Arc<Held>>)>);

/// The plans of the baseline; none where no centre has a node here.
///
/// # Errors
/// When the node cannot be read.
pub(super) async fn all(app: &Arc<App>) -> Result<Vec<Arc<Held>>, Problem> {
    let Some(room) = app.settings.room.clone() else { return Ok(Vec::new()) };
    let shared = Arc::clone(app);
    app.compute(move || {
        let desk = room.desk(room.first())?;
        let state = desk.state();
        let digest = state.baseline_digest();
        let mut kept = shared.plans.baseline.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((known, plans)) = &kept.0
            && *known == digest
        {
            return Ok(plans.clone());
        }
        let made = format!("from the baseline of {} change requests", state.baseline.len());
        let held = desk.baseline(&state).products.plans.into_iter().map(|(id, plan)| {
            let week = Week { json: plan::to_json(&plan), plan };
            Arc::new(Held::new(format!("{SCHEME}{id}"), made.clone(), week, shared.now()))
        });
        let plans: Vec<Arc<Held>> = held.collect();
        kept.0 = Some((digest, plans.clone()));
        Ok(plans)
    })
    .await
}
