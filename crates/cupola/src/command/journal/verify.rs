//! `cupola journal verify`: every record and signature again, and what contradicts what.

use anyhow::Result;
use desk::Desk;
use journal::{Digest, State};
use serde_json::{Value, json};
use timeline::Time;

use crate::answer::Answer;
use crate::text::{Align, Ink, rule, table, wrap};

struct Verified {
    centres: Vec<Chain>,
    faults: Vec<String>,
    contradictions: Vec<String>,
    missing: Vec<String>,
    requests: usize,
    approved: usize,
    baseline: String,
    digest: String,
}

struct Chain {
    centre: String,
    records: u64,
    latest: Option<Time>,
    /// The last record that a co-signed checkpoint covers.
    sealed: u64,
    head: String,
}

pub(super) fn answer(desk: &mut Desk) -> Result<Answer> {
    let health = desk.node_mut().verify_all()?;
    let state = desk.state();
    let faults = health.damaged.iter().map(ToString::to_string);
    let verified = Verified {
        centres: chains(&state),
        faults: faults.chain(health.faults.iter().map(ToString::to_string)).collect(),
        contradictions: state.contradictions.iter().map(|one| desk::sentence(one, &state)).collect(),
        missing: state
            .missing
            .iter()
            .map(|head| format!("record {} of {}", head.number, head.centre))
            .collect(),
        requests: state.requests.len(),
        approved: state.baseline.len(),
        baseline: state.baseline_digest().to_string(),
        digest: state.digest().to_string(),
    };
    let is_sound = verified.faults.is_empty() && verified.contradictions.is_empty();
    drop(state);
    let answer = Answer::new(verified, Verified::json, Verified::page);
    Ok(if is_sound { answer } else { answer.with_findings() })
}

fn chains(state: &State<'_>) -> Vec<Chain> {
    let sealed = |centre: &str| {
        let heads = state.seals.iter().flat_map(|seal| &seal.heads);
        heads.filter(|head| head.centre.as_str() == centre).map(|head| head.number).max().unwrap_or(0)
    };
    state
        .chains
        .iter()
        .map(|(centre, chain)| Chain {
            centre: centre.to_string(),
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

impl Verified {
    fn json(&self) -> Value {
        let chain = |chain: &Chain| {
            json!({
                "centre": chain.centre,
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
            "baseline_digest": self.baseline,
            "state_digest": self.digest,
        })
    }

    fn page(&self, ink: Ink) -> String {
        let row = |chain: &Chain| {
            vec![
                chain.centre.clone(),
                chain.records.to_string(),
                chain.latest.map_or_else(String::new, |time| time.gmt().to_string()),
                chain.sealed.to_string(),
                chain.head.clone(),
            ]
        };
        let heads = [
            ("centre", Align::Left),
            ("records", Align::Right),
            ("latest (GMT)", Align::Left),
            ("co-signed to", Align::Right),
            ("last record", Align::Left),
        ];
        let mut text = table(ink, &heads, &self.centres.iter().map(row).collect::<Vec<_>>());
        text += &rule(ink);
        text += &format!("{} change requests, {} in the baseline\n", self.requests, self.approved);
        text += &format!("baseline {}\nstate    {}\n", self.baseline, self.digest);
        text += &ink.faint("Whoever has the same state has the same records and the same agreement.\n");
        for fault in &self.faults {
            text += &ink.warning(&wrap(&format!("▲ {fault}"), 100, 0));
        }
        for contradiction in &self.contradictions {
            text += &wrap(&format!("◆ {contradiction}"), 100, 0);
        }
        for missing in &self.missing {
            text += &wrap(&format!("◆ somebody has seen {missing}, and it is not here"), 100, 0);
        }
        if self.faults.is_empty() {
            text += "Every record and signature holds.\n";
        }
        text
    }
}
