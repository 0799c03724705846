use std::collections::{BTreeMap, BTreeSet};

use record::CentreId;
use timeline::Time;

use crate::codec::{Out, TAG_BASELINE, TAG_STATE};
use crate::{Asked, Chain, ChangeRequest, Digest, Fork, Head, Seal, Signed};

/// What all journals together come to. Whoever holds the same records holds the same state.
#[derive(Clone, PartialEq, Debug)]
pub struct State<'a> {
    /// The part of each centre's journal that counts.
    pub chains: BTreeMap<CentreId, Chain<'a>>,
    /// Every change request, by the digest of its record.
    pub requests: BTreeMap<Digest, Requested<'a>>,
    /// The requests that make up the baseline, in the order in which they were decided.
    pub baseline: Vec<Digest>,
    /// What contradicts something else, in order; nobody's word is dropped for it.
    pub contradictions: Vec<Contradiction>,
    /// Checkpoints that a quorum has co-signed.
    pub seals: Vec<Seal>,
    /// Records that a co-signed checkpoint or a request's author has seen, and that are not there.
    pub missing: BTreeSet<Head>,
    /// Records about a request that is not there (yet), in order of centre and number.
    pub loose: Vec<&'a Signed>,
}

/// A change request and all that was said of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Requested<'a> {
    /// Its record.
    pub signed: &'a Signed,
    /// What is asked for.
    pub request: &'a ChangeRequest,
    /// What it touches, by the agreement, with what those touched that it replaces.
    pub touches: BTreeSet<String>,
    /// Who is asked, by the agreement.
    pub asked: BTreeMap<CentreId, Asked>,
    /// Comments, approvals, rejections, withdrawals, implementations and rulings, by time.
    pub said: Vec<&'a Signed>,
    /// Where it stands.
    pub status: Status,
    /// The record with which it was approved: the last word that was wanting, a chair's ruling, or the request itself.
    pub decided: Option<Place>,
}

/// Where a request stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// It replaces a request that is not there, so that nobody knows whom to ask.
    Waiting,
    /// Not decided.
    Open,
    /// Part of the baseline.
    Approved,
    /// Rejected, as long as no word changes.
    Rejected,
    /// Taken back by its author before it was approved.
    Withdrawn,
    /// An approved request stands in for it.
    Replaced(Digest),
}

/// A record's place in time. Of records of one time the centre's name decides, then the number.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// When it was written.
    pub time: Time,
    /// By whom.
    pub centre: CentreId,
    /// Its number.
    pub number: u64,
}

/// Two words that do not go together, or one that nobody may say. Shown until a later record resolves it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Contradiction {
    /// Two records claim one place.
    Fork(Fork),
    /// A centre has seen another record at a place than the one that counts: somebody showed two views.
    View {
        /// The record that tells what its writer saw.
        teller: Digest,
        /// What it saw.
        told: Head,
        /// What stands there.
        held: Digest,
    },
    /// Two approved requests touch the same, and the later was made without knowing that the earlier was approved.
    Clash {
        /// What both touch.
        touch: String,
        /// The later request.
        request: Digest,
        /// The first request that it did not know of, for each centre that decided one.
        unseen: Vec<Digest>,
    },
    /// A centre asked rejects, or the author withdraws, what had been approved.
    AfterApproval {
        /// The request.
        request: Digest,
        /// The record that says so.
        record: Digest,
    },
    /// A request was put to use that is not approved.
    NotApproved {
        /// The request.
        request: Digest,
        /// The record that says so.
        record: Digest,
    },
    /// A request was withdrawn by somebody who is not its author; that does not count.
    NotAuthor {
        /// The request.
        request: Digest,
        /// The record that says so.
        record: Digest,
    },
    /// Requests of one name, neither of which replaces the other.
    SameName {
        /// The name.
        name: String,
        /// The requests, in order of digest.
        requests: Vec<Digest>,
    },
    /// A record is no later than one of another centre that its writer had seen: a clock is behind.
    Clock {
        /// The record.
        record: Digest,
        /// What it had seen.
        seen: Digest,
    },
    /// A chair's decision by somebody who is not the chair, or while the members still had time; that does not count.
    NotChair {
        /// The request.
        request: Digest,
        /// The record that says so.
        record: Digest,
    },
}

impl Place {
    /// The place of `signed`.
    #[must_use]
    pub fn of(signed: &Signed) -> Self {
        let record = signed.record();
        Self { time: record.time, centre: record.centre.clone(), number: record.number }
    }
}

impl State<'_> {
    /// How far the journals are: what a request made now has seen, and what a checkpoint now says.
    #[must_use]
    pub fn heads(&self) -> Vec<Head> {
        self.chains.values().filter_map(Chain::head).collect()
    }

    /// The digest of the baseline: of which requests it is made, in which order.
    #[must_use]
    pub fn baseline_digest(&self) -> Digest {
        let mut out = Out::tagged(TAG_BASELINE);
        self.baseline.iter().for_each(|digest| out.raw(&digest.0));
        Digest::of(&out.finish())
    }

    /// The digest of the whole: how far journals count, where each request stands, the baseline, what contradicts.
    #[must_use]
    pub fn digest(&self) -> Digest {
        let mut out = Out::tagged(TAG_STATE);
        let heads = self.heads();
        out.long(heads.len() as u64);
        for head in heads {
            out.name(head.centre.as_str());
            out.long(head.number);
            out.raw(&head.digest.0);
        }
        out.long(self.requests.len() as u64);
        for (digest, requested) in &self.requests {
            out.raw(&digest.0);
            requested.status.write(&mut out);
            place(&mut out, requested.decided.as_ref());
        }
        out.raw(&self.baseline_digest().0);
        out.long(self.contradictions.len() as u64);
        self.contradictions.iter().for_each(|contradiction| contradiction.write(&mut out));
        Digest::of(&out.finish())
    }
}

fn place(out: &mut Out, place: Option<&Place>) {
    out.byte(u8::from(place.is_some()));
    if let Some(place) = place {
        out.name(place.centre.as_str());
        out.long(place.number);
    }
}

fn digests(out: &mut Out, digests: &[Digest]) {
    out.long(digests.len() as u64);
    digests.iter().for_each(|digest| out.raw(&digest.0));
}

impl Status {
    fn write(self, out: &mut Out) {
        match self {
            Self::Waiting => out.byte(0),
            Self::Open => out.byte(1),
            Self::Approved => out.byte(2),
            Self::Rejected => out.byte(3),
            Self::Withdrawn => out.byte(4),
            Self::Replaced(by) => {
                out.byte(5);
                out.raw(&by.0);
            }
        }
    }
}

impl Contradiction {
    fn write(&self, out: &mut Out) {
        match self {
            Self::Fork(fork) => {
                out.byte(1);
                out.name(fork.centre.as_str());
                out.long(fork.number);
                digests(out, &fork.digests);
                digests(out, fork.settled.as_slice());
            }
            Self::View { teller, told, held } => {
                out.byte(2);
                out.raw(&teller.0);
                out.heads(std::slice::from_ref(told));
                out.raw(&held.0);
            }
            Self::Clash { touch, request, unseen } => {
                out.byte(3);
                out.text(touch);
                out.raw(&request.0);
                digests(out, unseen);
            }
            Self::AfterApproval { request, record } => pair(out, 4, request, record),
            Self::NotApproved { request, record } => pair(out, 5, request, record),
            Self::NotAuthor { request, record } => pair(out, 6, request, record),
            Self::SameName { name, requests } => {
                out.byte(7);
                out.text(name);
                digests(out, requests);
            }
            Self::Clock { record, seen } => pair(out, 8, record, seen),
            Self::NotChair { request, record } => pair(out, 9, request, record),
        }
    }
}

fn pair(out: &mut Out, code: u8, one: &Digest, other: &Digest) {
    out.byte(code);
    out.raw(&one.0);
    out.raw(&other.0);
}
