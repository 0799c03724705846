use std::collections::BTreeMap;

use journal::{Digest, State};
use timeline::Severity;

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
    /// All of it: the book would have a fault that must be mended and that it did not have.
    Fault(String),
}

impl std::fmt::Display for Refused {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Edit(refusal) => refusal.fmt(f),
            Self::Unread(error) => error.fmt(f),
            Self::Fault(fault) => write!(f, "the book would have a fault: {fault}"),
        }
    }
}

/// Applies the approved requests to the products on which the journals began, in the order in which they were decided. A request that does not
/// fit, or that would leave the book with a fault which it did not have, has no effect.
#[must_use]
pub fn baseline(founding: &Products, state: &State<'_>) -> Baseline {
    let mut baseline = Baseline { products: founding.clone(), refusals: Vec::new() };
    let mut faults = None;
    for digest in &state.baseline {
        let refused = match Content::from_bytes(&state.requests[digest].request.edits) {
            Ok(content) => put(&content, &mut baseline.products, &mut faults),
            Err(error) => vec![Refused::Unread(error)],
        };
        baseline.refusals.extend(refused.into_iter().map(|one| (*digest, one)));
    }
    baseline
}

/// Applies one request. `faults` are those of the book as it is, reckoned when they are first wanted.
fn put(content: &Content, products: &mut Products, faults: &mut Option<Faults>) -> Vec<Refused> {
    if content.files.is_empty() {
        return apply(content, products).into_iter().map(Refused::Edit).collect();
    }
    let was = faults.get_or_insert_with(|| Faults::of(products)).clone();
    let before = products.clone();
    let refusals = apply(content, products);
    if !refusals.is_empty() {
        return refusals.into_iter().map(Refused::Edit).collect();
    }
    let is = Faults::of(products);
    if let Some(fault) = is.beyond(&was) {
        *products = before;
        return vec![Refused::Fault(fault)];
    }
    *faults = Some(is);
    Vec::new()
}

/// What in a book must be mended: each fault by its rule and what it says, with the sentence for people. Where it stands may move.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Faults(BTreeMap<(String, String), String>);

impl Faults {
    /// Those of the book in `products`.
    #[must_use]
    pub fn of(products: &Products) -> Self {
        let (book, mut findings) = book::read(&products.to_files());
        findings.extend(book::check(&book));
        let lexicon = scene::lexicon(&book);
        findings.extend(scene::rules(&book, &lexicon).1);
        findings.extend(scene::needs(&book, &lexicon));
        let grave = findings.into_iter().filter(|finding| finding.severity == Severity::Must);
        Self(grave.map(|one| ((one.rule.to_string(), one.message.clone()), one.to_string())).collect())
    }

    /// The first that `before` does not have.
    #[must_use]
    pub fn beyond(&self, before: &Self) -> Option<String> {
        self.0.iter().find(|(key, _)| !before.0.contains_key(*key)).map(|(_, told)| told.clone())
    }
}
