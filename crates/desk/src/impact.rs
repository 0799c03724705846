//! What a change request would do, by what the baseline is here and now.

use std::sync::Arc;

use ::impact::{Impact, Situation, impact};
use book::Book;
use change::{Content, Products, apply};
use journal::{Digest, State, Status};
use record::ProductId;
use serde_json::{Value, json};
use timeline::Interval;

use crate::{Desk, DeskError, Draft};

/// What a request does to one plan, or to the book where it changes no plan.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanImpact {
    /// Which plan.
    pub plan: Option<ProductId>,
    /// What comes of it.
    pub impact: Impact,
}

/// Two states of the baseline to be compared: that takes seconds, and whoever does it keeps nobody from the desk.
#[derive(Clone, Debug)]
pub struct Weighing {
    was: Arc<Book>,
    is: Arc<Book>,
    before: Products,
    after: Products,
    plans: Vec<Option<ProductId>>,
}

impl Weighing {
    /// What the change does, plan by plan.
    ///
    /// # Errors
    /// When it cannot be told what comes of it.
    pub fn impact(&self) -> Result<Vec<PlanImpact>, DeskError> {
        let situation = |book: &Arc<Book>, products: &Products, id: Option<&ProductId>| Situation {
            book: Arc::clone(book),
            plan: id.and_then(|id| products.plans.get(id)).cloned(),
            as_of: book.about.known_until,
        };
        let from = self.was.about.known_until;
        let Some(ahead) = Interval::new(from, from + risk::USUAL_SPAN) else { return Ok(Vec::new()) };
        let one = |id: Option<&ProductId>| {
            let (was, is) = (situation(&self.was, &self.before, id), situation(&self.is, &self.after, id));
            Ok(PlanImpact { plan: id.cloned(), impact: impact(&was, &is, ahead)? })
        };
        self.plans.iter().map(|id| one(id.as_ref())).collect()
    }
}

impl PlanImpact {
    /// `{plan, impact}`; `plan` is null for the book.
    #[must_use]
    pub fn to_json(&self) -> Value {
        json!({"plan": self.plan.as_ref().map(ProductId::as_str), "impact": self.impact.to_json()})
    }
}

impl Desk {
    /// What a request would do to the baseline, or has done to the one on which it was approved; nothing for one that is over.
    ///
    /// It is computed by whoever looks, from the edits alone: no author can say it otherwise.
    ///
    /// # Errors
    /// When the edits cannot be read, the book as it would be has faults, or it cannot be told what comes of them.
    pub fn impact(&self, state: &State<'_>, request: Digest) -> Result<Vec<PlanImpact>, DeskError> {
        self.weighing(state, request)?.map_or_else(|| Ok(Vec::new()), |weighing| weighing.impact())
    }

    /// What has to be compared to tell what a request would do; nothing for one that is over. It is quick, and needs no desk afterwards.
    ///
    /// # Errors
    /// When the edits cannot be read, or the book as it would be has faults.
    pub fn weighing(&self, state: &State<'_>, request: Digest) -> Result<Option<Weighing>, DeskError> {
        let requested = &state.requests[&request];
        if matches!(requested.status, Status::Withdrawn | Status::Replaced(_) | Status::Waiting) {
            return Ok(None);
        }
        let content = Content::from_bytes(&requested.request.edits)?;
        self.weigh(self.baseline_before(state, request).products, &content).map(Some)
    }

    /// What a draft would do.
    ///
    /// # Errors
    /// As for [`Desk::impact`].
    pub fn impact_of_draft(&self, state: &State<'_>, draft: &Draft) -> Result<Vec<PlanImpact>, DeskError> {
        self.weighing_of_draft(state, draft)?.impact()
    }

    /// What has to be compared to tell what a draft would do.
    ///
    /// # Errors
    /// As for [`Desk::weighing`].
    pub fn weighing_of_draft(&self, state: &State<'_>, draft: &Draft) -> Result<Weighing, DeskError> {
        self.weigh(self.baseline_without(state, &draft.replaces).products, &draft.content)
    }

    fn weigh(&self, before: Products, content: &Content) -> Result<Weighing, DeskError> {
        let mut after = before.clone();
        apply(content, &mut after);
        let was = self.book_of(&before)?;
        let is = if before.files == after.files { Arc::clone(&was) } else { self.book_of(&after)? };
        let mut plans: Vec<Option<ProductId>> = content.products.keys().cloned().map(Some).collect();
        if plans.is_empty() {
            // What a change of the book does to the plans that are agreed.
            plans.extend(before.plans.keys().cloned().map(Some));
        }
        if plans.is_empty() {
            plans.push(None);
        }
        Ok(Weighing { was, is, before, after, plans })
    }

    /// The book that these files are; the founding one when nothing in it was changed.
    fn book_of(&self, products: &Products) -> Result<Arc<Book>, DeskError> {
        if products.files == self.founding.files {
            return Ok(Arc::clone(&self.book));
        }
        crate::founding::read(&products.to_files()).map(Arc::new)
    }
}
