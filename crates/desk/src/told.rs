//! A change request as it is told: where it stands, whom it touches, who has said what.

mod contradiction;
mod edits;
mod row;

use std::collections::BTreeMap;

use change::{Content, Mark, apply};
use journal::{
    Agreement as _, Asked, ChangeRequest, Digest, Entry, Matter, Requested, State, Status, Urgency, Verdict,
    Words,
};
use record::CentreId;
use serde_json::{Value, json};
use timeline::Time;

pub use contradiction::sentence;
pub use edits::{Becomes, EditLine, Field, lines as edit_lines};
pub use row::Column;

use crate::{Desk, DeskError, Draft};

/// All that is to be said of a request but what it would do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Told {
    /// What people call it.
    pub name: String,
    /// The digest of its record; nothing when it was not asked.
    pub digest: Option<Digest>,
    /// Who asks.
    pub author: CentreId,
    /// When.
    pub time: Time,
    /// How soon it is needed.
    pub urgency: Urgency,
    /// Where it stands.
    pub standing: &'static str,
    /// Whether somebody has put it into the products.
    pub is_implemented: bool,
    /// Why it is wanted.
    pub rationale: String,
    /// What it touches, by the agreement.
    pub touches: Vec<String>,
    /// Centres whose word is still wanting before it is decided.
    pub awaited: Vec<CentreId>,
    /// Requests that it stands in for when it is approved, by name.
    pub replaces: Vec<String>,
    /// Requests that ask to stand in its place, by name.
    pub replaced_by: Vec<String>,
    /// The row of approvals, in the order of the book's centres.
    pub row: Vec<Column>,
    /// What it asks for.
    pub edits: Vec<EditLine>,
    /// Edits that have no effect, since what they change is not as it was when the request was made.
    pub without_effect: Vec<String>,
    /// What was said that decides nothing, by time.
    pub said: Vec<(Time, CentreId, String)>,
    /// What contradicts what, where it has to do with this request.
    pub contradictions: Vec<String>,
}

impl Desk {
    /// All requests by time, without their edits; of open ones it is not said whether they still fit.
    #[must_use]
    pub fn list(&self, state: &State<'_>) -> Vec<Told> {
        let mut all: Vec<Told> = state.requests.keys().map(|digest| self.heading(state, *digest)).collect();
        all.sort_by(|a, b| (a.time, &a.author, &a.name).cmp(&(b.time, &b.author, &b.name)));
        let sentences: Vec<String> = state.contradictions.iter().map(|one| sentence(one, state)).collect();
        let refusals = self.baseline(state).refusals;
        for told in &mut all {
            told.contradictions =
                sentences.iter().filter(|text| text.contains(&told.name)).cloned().collect();
            let own = refusals.iter().filter(|(request, _)| Some(*request) == told.digest);
            told.without_effect = own.map(|(_, refused)| refused.to_string()).collect();
        }
        all
    }

    /// One request, whole.
    #[must_use]
    pub fn tell(&self, state: &State<'_>, digest: Digest) -> Option<Told> {
        let requested = state.requests.get(&digest)?;
        let content = Content::from_bytes(&requested.request.edits);
        let without_effect = match (&content, requested.status) {
            (Ok(_), Status::Approved) => self.refused(state, digest),
            (Ok(content), Status::Open | Status::Rejected) => {
                let refusals = apply(content, &mut self.baseline(state).products);
                refusals.iter().map(ToString::to_string).collect()
            }
            _ => Vec::new(),
        };
        let of_request = |text: &String| text.contains(&requested.request.name);
        Some(Told {
            edits: content.as_ref().map(edits::lines).unwrap_or_default(),
            without_effect,
            contradictions: state
                .contradictions
                .iter()
                .map(|one| sentence(one, state))
                .filter(of_request)
                .collect(),
            ..self.heading(state, digest)
        })
    }

    /// A request that nobody has made: who would have to approve it.
    ///
    /// # Errors
    /// When the edits cannot be in a request.
    pub fn tell_draft(&self, state: &State<'_>, draft: &Draft, now: Time) -> Result<Told, DeskError> {
        self.check_book(state, draft)?;
        let request = ChangeRequest {
            name: "not asked".to_owned(),
            urgency: draft.urgency,
            baseline: state.baseline_digest(),
            seen: state.heads(),
            replaces: draft.replaces.clone(),
            edits: draft.content.to_bytes()?,
            rationale: draft.rationale.clone(),
        };
        let (author, terms) = (self.node().centre(), self.terms());
        let touches = terms.touches(&request);
        let matter = Matter { author, time: now, request: &request, touches: &touches };
        let asked = terms.asks(&matter);
        let standing = match terms.verdict(&matter, &Words::default()) {
            Verdict::Approved => "approved with itself",
            _ => "to be reviewed",
        };
        Ok(Told {
            name: request.name.clone(),
            digest: None,
            author: author.clone(),
            time: now,
            urgency: request.urgency,
            standing,
            is_implemented: false,
            rationale: request.rationale.clone(),
            awaited: terms.awaited(&matter, &first_marks(&asked)).into_iter().collect(),
            replaces: Vec::new(),
            replaced_by: Vec::new(),
            row: row::asked(self.book(), author, &asked),
            edits: edits::lines(&draft.content),
            touches: touches.into_iter().collect(),
            without_effect: Vec::new(),
            said: Vec::new(),
            contradictions: Vec::new(),
        })
    }

    fn heading(&self, state: &State<'_>, digest: Digest) -> Told {
        let requested = &state.requests[&digest];
        let record = requested.signed.record();
        let name = |digest: &Digest| state.requests.get(digest).map(|other| other.request.name.clone());
        let after = state.requests.values().filter(|other| other.request.replaces.contains(&digest));
        Told {
            name: requested.request.name.clone(),
            digest: Some(digest),
            author: record.centre.clone(),
            time: record.time,
            urgency: requested.request.urgency,
            standing: standing(requested.status),
            is_implemented: requested
                .said
                .iter()
                .any(|said| matches!(said.record().entry, Entry::Implementation { .. })),
            rationale: requested.request.rationale.clone(),
            touches: requested.touches.iter().cloned().collect(),
            awaited: self.awaited(requested),
            replaces: requested.request.replaces.iter().filter_map(name).collect(),
            replaced_by: after.map(|other| other.request.name.clone()).collect(),
            row: row::row(self.book(), self.terms(), requested),
            edits: Vec::new(),
            without_effect: Vec::new(),
            said: said(requested),
            contradictions: Vec::new(),
        }
    }
}

impl Desk {
    /// Why an approved request has no effect.
    fn refused(&self, state: &State<'_>, digest: Digest) -> Vec<String> {
        let refusals = self.baseline(state).refusals.into_iter();
        refusals.filter(|(request, _)| *request == digest).map(|(_, refused)| refused.to_string()).collect()
    }

    /// Whose word is still wanting on an open request.
    pub(crate) fn awaited(&self, requested: &Requested<'_>) -> Vec<CentreId> {
        if requested.status != Status::Open {
            return Vec::new();
        }
        let record = requested.signed.record();
        let matter = Matter {
            author: &record.centre,
            time: record.time,
            request: requested.request,
            touches: &requested.touches,
        };
        self.terms().awaited(&matter, &self.terms().row(requested)).into_iter().collect()
    }
}

/// What stands in the columns of those asked to decide, before anybody has said anything.
fn first_marks(asked: &BTreeMap<CentreId, Asked>) -> BTreeMap<CentreId, Mark> {
    let deciding = asked.iter().filter(|(_, asked)| **asked == Asked::Decide);
    deciding.map(|(centre, _)| (centre.clone(), Mark::InReview)).collect()
}

/// What was said that decides nothing, by time.
fn said(requested: &Requested<'_>) -> Vec<(Time, CentreId, String)> {
    let line = |signed: &&journal::Signed| {
        let record = signed.record();
        let text = match &record.entry {
            Entry::Comment { text, .. } => text.clone(),
            Entry::Withdrawal { text, .. } => format!("withdrawn: {text}"),
            Entry::Implementation { .. } => "implemented".to_owned(),
            _ => return None,
        };
        Some((record.time, record.centre.clone(), text))
    };
    requested.said.iter().filter_map(line).collect()
}

/// Where a request stands, in a word.
#[must_use]
pub const fn standing(status: Status) -> &'static str {
    match status {
        Status::Waiting => "waiting",
        Status::Open => "open",
        Status::Approved => "approved",
        Status::Rejected => "rejected",
        Status::Withdrawn => "withdrawn",
        Status::Replaced(_) => "replaced",
    }
}

/// How soon a request is needed, in a word.
#[must_use]
pub const fn urgency_word(urgency: Urgency) -> &'static str {
    match urgency {
        Urgency::Routine => "routine",
        Urgency::Urgent => "urgent",
        Urgency::Safety => "safety",
    }
}

impl Told {
    /// Whether nothing is wrong with it.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.without_effect.is_empty() && self.contradictions.is_empty()
    }

    /// As an object; times are UTC.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let said = |(time, centre, text): &(Time, CentreId, String)| json!({"time": time.to_string(), "centre": centre.as_str(), "text": text});
        json!({
            "name": self.name,
            "digest": self.digest.map(|digest| digest.to_string()),
            "author": self.author.as_str(),
            "time": self.time.to_string(),
            "urgency": urgency_word(self.urgency),
            "status": self.standing,
            "implemented": self.is_implemented,
            "rationale": self.rationale,
            "touches": self.touches,
            "awaited": self.awaited.iter().map(CentreId::as_str).collect::<Vec<_>>(),
            "replaces": self.replaces,
            "replaced_by": self.replaced_by,
            "approvals": self.row.iter().map(Column::to_json).collect::<Vec<_>>(),
            "edits": self.edits.iter().map(EditLine::to_json).collect::<Vec<_>>(),
            "without_effect": self.without_effect,
            "said": self.said.iter().map(said).collect::<Vec<_>>(),
            "contradictions": self.contradictions,
        })
    }
}
