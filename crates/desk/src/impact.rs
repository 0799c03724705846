//! What a change request would do, by what the baseline is here and now.

use std::sync::Arc;

use ::impact::{Impact, Situation, impact};
use book::Book;
use change::{Content, Products, apply};
use journal::{Digest, State, Status};
use record::ProductId;
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

impl Desk {
    /// What a request would do to the baseline, or has done to the one on which it was approved; nothing for one that is over.
    ///
    /// It is computed by whoever looks, from the edits alone: no author can say it otherwise.
    ///
    /// # Errors
    /// When the edits cannot be read, the book as it would be has faults, or it cannot be told what comes of them.
    pub fn impact(&self, state: &State<'_>, request: Digest) -> Result<Vec<PlanImpact>, DeskError> {
        let requested = &state.requests[&request];
        if matches!(requested.status, Status::Withdrawn | Status::Replaced(_) | Status::Waiting) {
            return Ok(Vec::new());
        }
        let content = Content::from_bytes(&requested.request.edits)?;
        self.impact_of(&self.baseline_before(state, request).products, &content)
    }

    /// What a draft would do.
    ///
    /// # Errors
    /// As for [`Desk::impact`].
    pub fn impact_of_draft(&self, state: &State<'_>, draft: &Draft) -> Result<Vec<PlanImpact>, DeskError> {
        self.impact_of(&self.baseline(state).products, &draft.content)
    }

    fn impact_of(&self, before: &Products, content: &Content) -> Result<Vec<PlanImpact>, DeskError> {
        let mut after = before.clone();
        apply(content, &mut after);
        let was = self.book_of(before)?;
        let is = if before.files == after.files { Arc::clone(&was) } else { self.book_of(&after)? };
        let situation = |book: &Arc<Book>, products: &Products, id: Option<&ProductId>| Situation {
            book: Arc::clone(book),
            plan: id.and_then(|id| products.plans.get(id)).cloned(),
            as_of: book.about.known_until,
        };
        let mut plans: Vec<Option<&ProductId>> = content.products.keys().map(Some).collect();
        if plans.is_empty() {
            plans.push(None);
        }
        let from = was.about.known_until;
        let Some(ahead) = Interval::new(from, from + risk::USUAL_SPAN) else { return Ok(Vec::new()) };
        let one = |id: Option<&ProductId>| {
            let impact = impact(&situation(&was, before, id), &situation(&is, &after, id), ahead)?;
            Ok(PlanImpact { plan: id.cloned(), impact })
        };
        plans.into_iter().map(one).collect()
    }

    /// The book that these files are; the founding one when nothing in it was changed.
    fn book_of(&self, products: &Products) -> Result<Arc<Book>, DeskError> {
        if products.files == self.founding.files {
            return Ok(Arc::clone(&self.book));
        }
        crate::founding::read(&products.to_files()).map(Arc::new)
    }
}
