use std::collections::{BTreeMap, BTreeSet};

use journal::{Agreement, Asked, Entry, Matter, Requested, Ruled};
use record::CentreId;

use crate::BookTerms;

record::words! {
    /// What stands in a centre's column of a change request.
    pub enum Mark {
        /// It asked for the change.
        Author = "author",
        /// It is told and decides nothing.
        InformationOnly = "information only",
        /// It is asked and has not said yet.
        InReview = "in review",
        /// It approved.
        Approved = "approved",
        /// It approved, and had something to say.
        ApprovedWithComment = "approved with comment",
        /// It rejected.
        Rejected = "rejected",
        /// It has the chair, and approved where the members had not agreed in time.
        DecidedByChair = "decided by the chair",
        /// It has the chair, and rejected where the members had not agreed in time.
        RejectedByChair = "rejected by the chair",
    }
}

impl BookTerms {
    /// The row of approvals of a request: what stands in each centre's column, its last word counting. A chair's decision stands over its
    /// own word.
    #[must_use]
    pub fn row(&self, requested: &Requested<'_>) -> BTreeMap<CentreId, Mark> {
        let record = requested.signed.record();
        let mut row: BTreeMap<CentreId, Mark> =
            requested.asked.iter().map(|(centre, asked)| (centre.clone(), first_mark(*asked))).collect();
        row.insert(record.centre.clone(), Mark::Author);
        let matter = Matter {
            author: &record.centre,
            time: record.time,
            request: requested.request,
            touches: &requested.touches,
        };
        let mut rulings = BTreeMap::new();
        for signed in &requested.said {
            let said = signed.record();
            let mark = match &said.entry {
                Entry::Approval { .. } => Mark::Approved,
                Entry::ApprovalWithComment { .. } => Mark::ApprovedWithComment,
                Entry::Rejection { .. } => Mark::Rejected,
                Entry::Ruling { body, ruled, .. }
                    if self.may_rule(&matter, &said.centre, body, said.time) =>
                {
                    rulings.insert(said.centre.clone(), ruling_mark(*ruled));
                    continue;
                }
                _ => continue,
            };
            if requested.asked.get(&said.centre) == Some(&Asked::Decide) {
                row.insert(said.centre.clone(), mark);
            }
        }
        row.extend(rulings);
        row
    }
}

impl BookTerms {
    /// Whose word is still wanting before a request is decided, by what stands in its row. Fewer than those in review, where some are asked
    /// only to look at what was done.
    #[must_use]
    pub fn awaited(&self, matter: &Matter<'_>, row: &BTreeMap<CentreId, Mark>) -> BTreeSet<CentreId> {
        let urgency = crate::terms::urgency(matter.request);
        let mut awaited = BTreeSet::new();
        for question in self.questions(matter) {
            for centre in self.deciders(&question, urgency).into_iter().flatten() {
                let is_open = row.get(centre).is_some_and(|mark| *mark == Mark::InReview);
                if is_open && !self.speaks(matter.author, &question, Some(centre)) {
                    awaited.insert(centre.clone());
                }
            }
        }
        awaited
    }
}

const fn first_mark(asked: Asked) -> Mark {
    match asked {
        Asked::Inform => Mark::InformationOnly,
        Asked::Decide => Mark::InReview,
    }
}

const fn ruling_mark(ruled: Ruled) -> Mark {
    match ruled {
        Ruled::Approved => Mark::DecidedByChair,
        Ruled::Rejected => Mark::RejectedByChair,
    }
}
