//! A change request as it is told: where it stands, whom it touches, who has said what.

mod contradiction;
mod edits;
mod row;

use change::{Content, apply};
use journal::{
    Agreement as _, ChangeRequest, Digest, Entry, Matter, Requested, State, Status, Urgency, Verdict, Words,
};
use record::CentreId;
use serde_json::{Value, json};
use timeline::Time;

pub use contradiction::sentence;
pub use edits::{EditLine, lines as edit_lines};
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
    /// All requests by time, without their edits.
    #[must_use]
    pub fn list(&self, state: &State<'_>) -> Vec<Told> {
        let mut all: Vec<Told> =
            state.requests.iter().map(|(digest, requested)| self.heading(*digest, requested)).collect();
        all.sort_by(|a, b| (a.time, &a.author, &a.name).cmp(&(b.time, &b.author, &b.name)));
        all
    }

    /// One request, whole.
    #[must_use]
    pub fn tell(&self, state: &State<'_>, digest: Digest) -> Option<Told> {
        let requested = state.requests.get(&digest)?;
        let content = Content::from_bytes(&requested.request.edits);
        let without_effect = match (&content, requested.status) {
            (Ok(content), Status::Open | Status::Approved | Status::Rejected) => {
                apply(content, &mut self.baseline_before(state, digest).products)
            }
            _ => Vec::new(),
        };
        let of_request = |text: &String| text.contains(&requested.request.name);
        Some(Told {
            edits: content.as_ref().map(edits::lines).unwrap_or_default(),
            without_effect: without_effect.iter().map(ToString::to_string).collect(),
            contradictions: state
                .contradictions
                .iter()
                .map(|one| sentence(one, state))
                .filter(of_request)
                .collect(),
            ..self.heading(digest, requested)
        })
    }

    /// A request that nobody has made: who would have to approve it.
    ///
    /// # Errors
    /// When the edits cannot be in a request.
    pub fn tell_draft(&self, state: &State<'_>, draft: &Draft, now: Time) -> Result<Told, DeskError> {
        let request = ChangeRequest {
            name: "not asked".to_owned(),
            urgency: draft.urgency,
            baseline: state.baseline_digest(),
            seen: state.heads(),
            replaces: Vec::new(),
            edits: draft.content.to_bytes()?,
            rationale: draft.rationale.clone(),
        };
        let (author, terms) = (self.node().centre(), self.terms());
        let touches = terms.touches(&request);
        let matter = Matter { author, time: now, request: &request, touches: &touches };
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
            row: row::asked(self.book(), author, &terms.asks(&matter)),
            edits: edits::lines(&draft.content),
            touches: touches.into_iter().collect(),
            without_effect: Vec::new(),
            said: Vec::new(),
            contradictions: Vec::new(),
        })
    }

    fn heading(&self, digest: Digest, requested: &Requested<'_>) -> Told {
        let record = requested.signed.record();
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
            row: row::row(self.book(), self.terms(), requested),
            edits: Vec::new(),
            without_effect: Vec::new(),
            said: said(requested),
            contradictions: Vec::new(),
        }
    }
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
            "approvals": self.row.iter().map(Column::to_json).collect::<Vec<_>>(),
            "edits": self.edits.iter().map(EditLine::to_json).collect::<Vec<_>>(),
            "without_effect": self.without_effect,
            "said": self.said.iter().map(said).collect::<Vec<_>>(),
            "contradictions": self.contradictions,
        })
    }
}
