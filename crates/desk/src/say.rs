//! Words on a change request.

use change::Mark;
use journal::{Asked, Digest, Entry, Matter, Requested, Ruled, State, Status};
use node::Written;
use record::{BodyId, CentreId};
use timeline::Time;

use crate::{Desk, DeskError};

/// What a centre says of a request.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Say {
    /// Approved, with a comment when there is one.
    Approve(Option<String>),
    /// Rejected, and why.
    Reject(String),
    /// A word that decides nothing.
    Comment(String),
    /// Taken back by its author, and why.
    Withdraw(String),
    /// It is in the products now.
    Implement,
    /// The chair decides for a body.
    Rule {
        /// For which; for the one that may be decided for when nothing is said.
        body: Option<BodyId>,
        /// What.
        ruled: Ruled,
        /// Why.
        why: String,
    },
}

impl Desk {
    /// Says something of a request. What would count nothing is refused, and the reason told, so that nobody believes to have spoken.
    ///
    /// # Errors
    /// When this centre is not asked, the request is over, or it is not what the words take it to be; when the node cannot write.
    pub fn say(&mut self, request: Digest, say: Say, now: Time) -> Result<Written, DeskError> {
        let entry = self.entry(&self.state(), request, say, now)?;
        Ok(self.node.write(entry, now)?)
    }

    /// Why this centre may not say that of a request now; nothing when it may.
    #[must_use]
    pub fn refusal(&self, state: &State<'_>, request: Digest, say: Say, now: Time) -> Option<String> {
        self.entry(state, request, say, now).err().map(|error| error.to_string())
    }

    fn entry(&self, state: &State<'_>, request: Digest, say: Say, now: Time) -> Result<Entry, DeskError> {
        let requested = &state.requests[&request];
        let (own, author) = (self.node.centre(), &requested.signed.record().centre);
        let refuse = |why: String| Err(DeskError::Refused { name: requested.request.name.clone(), why });
        let is_decided = matches!(requested.status, Status::Approved);
        let is_over = matches!(requested.status, Status::Withdrawn | Status::Replaced(_));
        Ok(match say {
            Say::Comment(text) => Entry::Comment { about: request, text },
            _ if is_over => {
                return refuse("is over: it was withdrawn or another stands in its place".to_owned());
            }
            // What the lead did at once is reviewed after.
            Say::Approve(_) if is_decided && self.has_said(requested) => {
                return refuse("is approved already".to_owned());
            }
            Say::Approve(_) | Say::Reject(_) if requested.asked.get(own) != Some(&Asked::Decide) => {
                return refuse(not_asked(own, author, &requested.asked));
            }
            Say::Approve(None) => Entry::Approval { request },
            Say::Approve(Some(text)) => Entry::ApprovalWithComment { request, text },
            Say::Reject(text) => Entry::Rejection { request, text },
            Say::Withdraw(_) if author != own => {
                return refuse(format!("is of {author}, and only its author withdraws it"));
            }
            Say::Withdraw(_) if is_decided => {
                return refuse("is approved already: ask for another change to take it back".to_owned());
            }
            Say::Withdraw(text) => Entry::Withdrawal { request, text },
            Say::Implement if !is_decided => {
                return refuse("is not approved, and only what is approved is implemented".to_owned());
            }
            Say::Implement => Entry::Implementation { request, baseline: state.baseline_digest() },
            Say::Rule { .. } if is_decided => return refuse("is approved already".to_owned()),
            Say::Rule { body, ruled, why } => {
                let touches = &requested.touches;
                let time = requested.signed.record().time;
                let matter = Matter { author, time, request: requested.request, touches };
                let Some(body) = self.ruled_body(&matter, body.as_ref(), now) else {
                    return refuse(self.no_chair(&matter, body.as_ref()));
                };
                Entry::Ruling { request, body, ruled, text: why }
            }
        })
    }

    fn has_said(&self, requested: &Requested<'_>) -> bool {
        self.terms().row(requested).get(self.node.centre()) != Some(&Mark::InReview)
    }

    fn ruled_body(&self, matter: &Matter<'_>, asked: Option<&BodyId>, now: Time) -> Option<BodyId> {
        let chairs = self.terms().chairs(matter).into_iter();
        let mut able = chairs.filter(|(body, voice, from)| {
            asked.is_none_or(|asked| asked == body)
                && voice.as_ref() == Some(self.node.centre())
                && now >= *from
        });
        able.next().map(|(body, ..)| body)
    }

    /// Why no chair can decide here and now, and who can when.
    fn no_chair(&self, matter: &Matter<'_>, asked: Option<&BodyId>) -> String {
        let chairs = self.terms().chairs(matter);
        let told: Vec<String> = chairs
            .iter()
            .map(|(body, voice, from)| {
                let voice = voice.as_ref().map_or("nobody", |voice| voice.as_str());
                format!("for {body} {voice} may, from {} GMT on", from.gmt())
            })
            .collect();
        let own = self.node.centre();
        match (asked, told.as_slice()) {
            (_, []) => "comes before no body whose chair may decide: all who are asked must agree".to_owned(),
            (Some(asked), _) if chairs.iter().all(|(body, ..)| body != asked) => {
                format!("does not come before a chair of `{asked}`; {}", told.join("; "))
            }
            _ => format!("cannot be decided by {own} now; {}", told.join("; ")),
        }
    }
}

fn not_asked(
    own: &CentreId,
    author: &CentreId,
    asked: &std::collections::BTreeMap<CentreId, Asked>,
) -> String {
    let deciding: Vec<&str> = asked
        .iter()
        .filter(|(_, asked)| **asked == Asked::Decide)
        .map(|(centre, _)| centre.as_str())
        .collect();
    let who = if deciding.is_empty() { "nobody else".to_owned() } else { deciding.join(", ") };
    if own == author {
        format!("is {own}'s own: its asking is its word; {who} must approve it")
    } else {
        format!("does not ask {own} to decide: it is for information there, and {who} must approve it")
    }
}
