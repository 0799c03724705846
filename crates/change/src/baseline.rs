use journal::{Digest, State};

use crate::{Content, Products, Refusal, apply};

/// What approved requests come to: the same for all who hold the same records and began from the same products.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Baseline {
    /// The plans and the book as they are now.
    pub products: Products,
    /// The edits that had no effect, in the order of the requests.
    pub refusals: Vec<(Digest, Refused)>,
}

/// What of an approved request had no effect.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Refused {
    /// One edit.
    Edit(Refusal),
    /// All of it: its edits cannot be read.
    Unread(crate::ContentError),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Edit(refusal) => refusal.fmt(f),
            Self::Unread(error) => error.fmt(f),
        }
    }
}

/// Applies the approved requests to the products on which the journals began, in the order in which they were decided.
#[must_use]
pub fn baseline(founding: &Products, state: &State<'_>) -> Baseline {
    let mut baseline = Baseline { products: founding.clone(), refusals: Vec::new() };
    for digest in &state.baseline {
        match Content::from_bytes(&state.requests[digest].request.edits) {
            Ok(content) => {
                let refusals = apply(&content, &mut baseline.products);
                baseline.refusals.extend(refusals.into_iter().map(|one| (*digest, Refused::Edit(one))));
            }
            Err(error) => baseline.refusals.push((*digest, Refused::Unread(error))),
        }
    }
    baseline
}
