//! How the journals stand: whose, how far, what is wrong with them.

use journal::{Digest, State};
use node::Health;
use record::CentreId;
use serde_json::{Value, json};
use timeline::Time;

use crate::{Desk, sentence};

/// How all journals stand at a node.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// Each centre's.
    pub centres: Vec<ChainReport>,
    /// Records that are damaged, or do not hold where they stand.
    pub faults: Vec<String>,
    /// What contradicts what.
    pub contradictions: Vec<String>,
    /// Records that somebody has seen and that are not here.
    pub missing: Vec<String>,
    /// How many change requests there are.
    pub requests: usize,
    /// How many of them make up the baseline.
    pub approved: usize,
    /// The baseline they make up.
    pub baseline: Digest,
    /// The same at all who hold the same records and the same agreement.
    pub state: Digest,
}

/// How one centre's journal stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChainReport {
    /// Whose.
    pub centre: CentreId,
    /// How many records of it count.
    pub records: u64,
    /// When the last of them was written.
    pub latest: Option<Time>,
    /// The last record that a co-signed checkpoint covers; 0 for none.
    pub sealed: u64,
    /// The beginning of the last record's digest.
    pub head: String,
}

impl Desk {
    /// How all journals stand, with what a look at every record has found.
    #[must_use]
    pub fn report(&self, state: &State<'_>, health: &Health) -> Report {
        let damaged = health.damaged.iter().map(ToString::to_string);
        Report {
            centres: chains(state),
            faults: damaged.chain(health.faults.iter().map(ToString::to_string)).collect(),
            contradictions: state.contradictions.iter().map(|one| sentence(one, state)).collect(),
            missing: state
                .missing
                .iter()
                .map(|head| format!("record {} of {}", head.number, head.centre))
                .collect(),
            requests: state.requests.len(),
            approved: state.baseline.len(),
            baseline: state.baseline_digest(),
            state: state.digest(),
        }
    }
}

fn chains(state: &State<'_>) -> Vec<ChainReport> {
    let sealed = |centre: &str| {
        let heads = state.seals.iter().flat_map(|seal| &seal.heads);
        heads.filter(|head| head.centre.as_str() == centre).map(|head| head.number).max().unwrap_or(0)
    };
    state
        .chains
        .iter()
        .map(|(centre, chain)| ChainReport {
            centre: centre.clone(),
            records: chain.records.len() as u64,
            latest: chain.records.last().map(|signed| signed.record().time),
            sealed: sealed(centre.as_str()),
            head: chain.head().map(|head| short(head.digest)).unwrap_or_default(),
        })
        .collect()
}

fn short(digest: Digest) -> String {
    digest.to_string()[..12].to_owned()
}

impl Report {
    /// Whether every record holds and nothing contradicts anything.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.faults.is_empty() && self.contradictions.is_empty()
    }

    /// As an object; times are UTC.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let chain = |chain: &ChainReport| {
            json!({
                "centre": chain.centre.as_str(),
                "records": chain.records,
                "latest": chain.latest.map(|time| time.to_string()),
                "co_signed_until": chain.sealed,
                "head": chain.head,
            })
        };
        json!({
            "centres": self.centres.iter().map(chain).collect::<Vec<_>>(),
            "faults": self.faults,
            "contradictions": self.contradictions,
            "missing": self.missing,
            "requests": self.requests,
            "approved": self.approved,
            "baseline_digest": self.baseline.to_string(),
            "state_digest": self.state.to_string(),
        })
    }
}
