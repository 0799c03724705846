use std::collections::{BTreeMap, BTreeSet};

use record::{BodyId, CentreId};
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

    /// Whether `centre` may decide for `body` at `time`, where those asked have not come to one word: whether it is the chair, the
    /// body may be decided for, and the term within which all should have agreed is over. What it may not is shown and counts nothing.
    fn may_rule(&self, matter: &Matter<'_>, centre: &CentreId, body: &BodyId, time: Time) -> bool;

    /// What has been decided once these words have been said.
    fn verdict(&self, matter: &Matter<'_>, words: &Words<'_>) -> Verdict;
}

/// All that has been said of a request and counts.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Words<'a> {
    /// The last word of each centre asked to decide.
    pub centres: BTreeMap<&'a CentreId, Said>,
    /// The last decision for each body by a chair that may ([`Agreement::may_rule`]).
    pub rulings: BTreeMap<&'a BodyId, Said>,
}

/// A word and when it was said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Said {
    /// The word.
    pub word: Word,
    /// The time of the record.
    pub time: Time,
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
