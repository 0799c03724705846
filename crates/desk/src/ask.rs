//! Asking for a change.

use change::{Content, Faults, Number, Rebased, rebase};
use journal::{ChangeRequest, Digest, Entry, Status, Urgency};
use node::Written;
use timeline::Time;

use crate::{Desk, DeskError};

/// A change before it is asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct Draft {
    /// What changes.
    pub content: Content,
    /// How soon it is needed.
    pub urgency: Urgency,
    /// Why.
    pub rationale: String,
    /// Requests in whose place it is to stand when it is approved: then its content is of the baseline without them.
    pub replaces: Vec<Digest>,
    /// In which increment it is numbered; that of the latest request when nothing is said, and 1 when there is none.
    pub increment: Option<u32>,
}

/// A request made again on the baseline as it is now.
#[derive(Clone, PartialEq, Debug)]
pub struct Replacing {
    /// The request that it is to replace.
    pub old: Digest,
    /// What is left of it, and what conflicts.
    pub rebased: Rebased,
}

impl Desk {
    /// Asks for a change of the baseline as it is here and now; returns what it is called.
    ///
    /// # Errors
    /// When nothing changes, the edits are too many for one request, or the node cannot write.
    pub fn ask(&mut self, draft: &Draft, now: Time) -> Result<(Number, Written), DeskError> {
        self.put(draft, now)
    }

    /// A request made anew on the baseline as it is now; nothing is written.
    ///
    /// # Errors
    /// When the edits of the request cannot be read.
    pub fn rebase(&self, old: Digest) -> Result<Replacing, DeskError> {
        let state = self.state();
        let requested = &state.requests[&old];
        let seen = self.node.journals().until(&requested.request.seen);
        let then = journal::fold(&seen, self.node.terms(), self.terms());
        let content = Content::from_bytes(&requested.request.edits)?;
        let (before, after) = (self.baseline(&then), self.baseline(&state));
        Ok(Replacing { old, rebased: rebase(&content, &before.products, &after.products) })
    }

    /// Asks for what is left of an old request, in its place.
    ///
    /// # Errors
    /// When nothing is left of it or something conflicts, when it is over, or as for [`Desk::ask`].
    pub fn ask_again(&mut self, replacing: &Replacing, now: Time) -> Result<(Number, Written), DeskError> {
        let state = self.state();
        let requested = &state.requests[&replacing.old];
        let request = requested.request;
        let refuse = |why: String| DeskError::Refused { name: request.name.clone(), why };
        if requested.signed.record().centre != *self.node.centre() {
            let author = &requested.signed.record().centre;
            return Err(refuse(format!("is of {author}, and only its author makes it anew")));
        }
        if !matches!(requested.status, Status::Open | Status::Rejected | Status::Approved) {
            return Err(refuse("is over: it was withdrawn or another stands in its place".to_owned()));
        }
        if let Some(conflict) = replacing.rebased.conflicts.first() {
            let others = replacing.rebased.conflicts.len() - 1;
            let more = if others > 0 { format!(" (and {others} more)") } else { String::new() };
            return Err(refuse(format!("conflicts with what was approved since{more}: {conflict}")));
        }
        let Some(content) = replacing.rebased.content.clone() else {
            return Err(refuse("has nothing left to change: the baseline has it all".to_owned()));
        };
        let draft = Draft {
            content,
            urgency: request.urgency,
            rationale: request.rationale.clone(),
            replaces: vec![replacing.old],
            increment: request.name.parse::<Number>().ok().map(|number| number.increment),
        };
        drop(state);
        self.put(&draft, now)
    }

    fn put(&mut self, draft: &Draft, now: Time) -> Result<(Number, Written), DeskError> {
        let state = self.state();
        self.check_book(&state, draft)?;
        let number = self.number(&state, draft.increment);
        let entry = Entry::Request(ChangeRequest {
            name: number.to_string(),
            urgency: draft.urgency,
            baseline: state.baseline_digest(),
            seen: state.heads(),
            replaces: sorted(&draft.replaces),
            edits: draft.content.to_bytes()?,
            rationale: draft.rationale.clone(),
        });
        drop(state);
        Ok((number, self.node.write(entry, now)?))
    }

    /// A change of the book that would leave it with a fault has no effect wherever it is approved, and is not asked for.
    pub(crate) fn check_book(&self, state: &journal::State<'_>, draft: &Draft) -> Result<(), DeskError> {
        if draft.content.files.is_empty() {
            return Ok(());
        }
        let before = self.baseline_without(state, &draft.replaces).products;
        let mut after = before.clone();
        change::apply(&draft.content, &mut after);
        match Faults::of(&after).beyond(&Faults::of(&before)) {
            None => Ok(()),
            Some(fault) => Err(DeskError::Faulty(fault)),
        }
    }

    fn number(&self, state: &journal::State<'_>, increment: Option<u32>) -> Number {
        let names = || state.requests.values().map(|requested| requested.request.name.as_str());
        let latest =
            names().filter_map(|name| name.parse::<Number>().ok()).map(|number| number.increment).max();
        let centres = || self.book().centres.iter();
        let place = centres().position(|centre| centre.id == *self.node.centre()).unwrap_or(0);
        Number::next(names(), increment.or(latest).unwrap_or(1), place as u64, centres().count() as u64)
    }
}

/// A record names each once, in order.
fn sorted(digests: &[Digest]) -> Vec<Digest> {
    let mut digests = digests.to_vec();
    digests.sort_unstable();
    digests.dedup();
    digests
}
