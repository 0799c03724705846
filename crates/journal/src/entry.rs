use record::{BodyId, CentreId, PartnerId, PoolId};

use crate::{Digest, PublicKey, Signature};

/// One record of one journal, named: whose, which number, with what bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Head {
    /// The centre that wrote it.
    pub centre: CentreId,
    /// Its number in that centre's journal, from 1.
    pub number: u64,
    /// The digest of the whole record.
    pub digest: Digest,
}

/// What a centre says in one record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Entry {
    /// A further key may sign from the next record on. A journal's first record creates the key that signs it.
    KeyCreated {
        /// The new key.
        key: PublicKey,
        /// That the centre holds it ([`crate::Key::proof`]).
        proof: Signature,
    },
    /// A key takes another's place from the next record on.
    KeyRotated {
        /// The key that goes.
        old: PublicKey,
        /// The key that comes.
        new: PublicKey,
        /// That the centre holds the new one.
        proof: Signature,
    },
    /// A key may sign nothing more.
    KeyRevoked {
        /// The key.
        key: PublicKey,
        /// Why.
        reason: String,
    },
    /// A change of plan or book is asked for.
    Request(ChangeRequest),
    /// A word about a record that decides nothing.
    Comment {
        /// The record.
        about: Digest,
        /// The word.
        text: String,
    },
    /// A request is approved.
    Approval {
        /// The request's record.
        request: Digest,
    },
    /// A request is approved, and something is to be said of it.
    ApprovalWithComment {
        /// The request's record.
        request: Digest,
        /// The comment.
        text: String,
    },
    /// A request is rejected.
    Rejection {
        /// The request's record.
        request: Digest,
        /// Why.
        text: String,
    },
    /// The author takes a request back.
    Withdrawal {
        /// The request's record.
        request: Digest,
        /// Why.
        text: String,
    },
    /// A request has been put into the products.
    Implementation {
        /// The request's record.
        request: Digest,
        /// The baseline after it ([`crate::State::baseline_digest`]).
        baseline: Digest,
    },
    /// The chair of a body decides where its members have not come to one word in time.
    Ruling {
        /// The request's record.
        request: Digest,
        /// For which body.
        body: BodyId,
        /// Which way.
        ruled: Ruled,
        /// Why.
        text: String,
    },
    /// What really happened of something planned.
    AsRun {
        /// What was planned, by its id in the plan.
        activity: String,
        /// What happened, in a form that this crate does not look into.
        what: Vec<u8>,
    },
    /// Something given for something else.
    Barter(Barter),
    /// How far the writer holds everybody's journal. Co-signed when a quorum writes the same heads.
    Checkpoint {
        /// One head a centre, by centre.
        heads: Vec<Head>,
    },
}

/// A set of edits, why, how soon, and on what they were made.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChangeRequest {
    /// What people call it, such as `75-0541`. The author counts; two requests of one name are a contradiction.
    pub name: String,
    /// How soon it is needed.
    pub urgency: Urgency,
    /// The baseline on which it was made ([`crate::State::baseline_digest`]).
    pub baseline: Digest,
    /// How far the author held others' journals then, by centre; folding those gives that baseline.
    pub seen: Vec<Head>,
    /// The requests that it stands in for when it is approved, in order of digest.
    pub replaces: Vec<Digest>,
    /// The edits, in a form that this crate does not look into.
    pub edits: Vec<u8>,
    /// Why.
    pub rationale: String,
}

/// How soon a request is needed.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Urgency {
    /// In the ordinary round of reviews.
    Routine,
    /// Before the next round.
    Urgent,
    /// Now: safety of crew or vehicle.
    Safety,
}

/// Which way a chair decides.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Ruled {
    /// The request is rejected.
    Rejected,
    /// The request is approved.
    Approved,
}

/// An amount that goes from one partner to another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Barter {
    /// Who gives.
    pub from: PartnerId,
    /// Who takes.
    pub to: PartnerId,
    /// Of what.
    pub pool: PoolId,
    /// How much, in the pool's smallest unit.
    pub amount: u64,
    /// For what, in words.
    pub terms: String,
}

impl Entry {
    /// The request that this entry decides on, takes back or puts to use.
    #[must_use]
    pub fn request(&self) -> Option<Digest> {
        match self {
            Self::Approval { request }
            | Self::ApprovalWithComment { request, .. }
            | Self::Rejection { request, .. }
            | Self::Withdrawal { request, .. }
            | Self::Implementation { request, .. }
            | Self::Ruling { request, .. } => Some(*request),
            _ => None,
        }
    }

    /// What kind of record it is, in words.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::KeyCreated { .. } => "key created",
            Self::KeyRotated { .. } => "key rotated",
            Self::KeyRevoked { .. } => "key revoked",
            Self::Request(_) => "change request",
            Self::Comment { .. } => "comment",
            Self::Approval { .. } => "approval",
            Self::ApprovalWithComment { .. } => "approval with comment",
            Self::Rejection { .. } => "rejection",
            Self::Withdrawal { .. } => "withdrawal",
            Self::Implementation { .. } => "implementation",
            Self::Ruling { .. } => "ruling",
            Self::AsRun { .. } => "as-run",
            Self::Barter(_) => "barter",
            Self::Checkpoint { .. } => "checkpoint",
        }
    }
}
