use std::collections::{BTreeMap, BTreeSet};

use record::CentreId;
use timeline::Time;

use crate::ChangeRequest;

/// Who must approve what: the partners' agreement, as far as journals need it.
///
/// Its answers may depend on nothing but its arguments. Two centres whose agreements answer differently get different digests.
pub trait Agreement {
    /// What the edits of a request touch: people, elements, shares, the whole. Never what its author says of them.
    fn touches(&self, request: &ChangeRequest) -> BTreeSet<String>;

    /// Who is asked, and how.
    fn asks(&self, matter: &Matter<'_>) -> BTreeMap<CentreId, Asked>;

    /// What has been decided once the centres asked to decide have given these words, each its last one.
    fn verdict(&self, matter: &Matter<'_>, words: &BTreeMap<&CentreId, Word>) -> Verdict;
}

/// A request to be decided on.
#[derive(Clone, Copy, Debug)]
pub struct Matter<'a> {
    /// Who asks.
    pub author: &'a CentreId,
    /// When it was written.
    pub time: Time,
    /// What is asked for.
    pub request: &'a ChangeRequest,
    /// What it touches, and what those touched that it replaces.
    pub touches: &'a BTreeSet<String>,
}

/// How a centre is asked.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Asked {
    /// For information only.
    Inform,
    /// Its word counts.
    Decide,
}

/// A centre's word on a request.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Word {
    /// Approved.
    Approved,
    /// Approved, with a comment.
    ApprovedWithComment,
    /// Rejected.
    Rejected,
}

/// What the words so far come to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Verdict {
    /// Not decided.
    Open,
    /// Approved. It stays so: another decision takes another request.
    Approved,
    /// Rejected, as long as no word changes.
    Rejected,
}
