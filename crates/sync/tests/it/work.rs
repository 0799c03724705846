//! A month's work of one centre: requests, words on what it has seen, what was run, barter.

use std::collections::BTreeSet;

use journal::{Barter, ChangeRequest, Digest, Entry, Head, Status, Urgency};
use node::Node;
use timeline::Time;

use crate::world::{CENTRES, Dice, OwnersDecide, centre};

/// One centre at work. What it has seen it looks at anew at each [`Worker::look`]: people do not read all mail between two words.
pub(crate) struct Worker {
    at: usize,
    dice: Dice,
    seen: Vec<Head>,
    baseline: Digest,
    /// Requests of others that wait for this centre's word.
    asked: Vec<Digest>,
    said: BTreeSet<Digest>,
    mine: Vec<Digest>,
    /// Every record that was acknowledged as written.
    pub(crate) acknowledged: Vec<Head>,
}

impl Worker {
    pub(crate) fn new(at: usize, seed: u64) -> Self {
        let dice = Dice(seed ^ (at as u64) << 32);
        let (seen, asked, mine, acknowledged) = (vec![], vec![], vec![], vec![]);
        Self { at, dice, seen, baseline: Digest::NONE, asked, said: BTreeSet::new(), mine, acknowledged }
    }

    /// Reads what has come.
    pub(crate) fn look(&mut self, node: &mut Node) {
        node.refresh().unwrap();
        let state = node.fold(&OwnersDecide);
        (self.seen, self.baseline) = (state.heads(), state.baseline_digest());
        let own = centre(self.at);
        let waits = state.requests.iter().filter(|(digest, requested)| {
            requested.status == Status::Open
                && requested.asked.contains_key(&own)
                && !self.said.contains(*digest)
        });
        self.asked = waits.map(|(digest, _)| *digest).collect();
    }

    /// Writes one record.
    pub(crate) fn write(&mut self, node: &mut Node, now: Time) {
        let number = self.acknowledged.len();
        let entry = match self.dice.below(20) {
            0..=3 => self.request(number),
            4..=12 if !self.asked.is_empty() => self.word(),
            4..=6 => Entry::Comment { about: self.baseline, text: format!("remark {number}") },
            7..=15 => Entry::AsRun { activity: format!("task-{number}"), what: vec![7; 40] },
            16 | 17 => self.barter(),
            18 => self.second_thought(),
            _ => Entry::Checkpoint { heads: self.seen.clone() },
        };
        let is_request = matches!(entry, Entry::Request(_));
        let written = node.write(entry, now).unwrap();
        if is_request {
            self.mine.push(written.record.digest());
        }
        self.acknowledged.push(written.record.head());
    }

    fn request(&mut self, number: usize) -> Entry {
        let owner = CENTRES[self.dice.below(CENTRES.len())];
        // One name in a hundred is taken twice, by two centres.
        let name = match self.dice.below(100) {
            0 => format!("75-{number:04}"),
            _ => format!("75-{}-{number:04}", self.at),
        };
        Entry::Request(ChangeRequest {
            name,
            urgency: Urgency::Routine,
            baseline: self.baseline,
            seen: self.seen.clone(),
            replaces: vec![],
            edits: format!("{owner}/{}", self.dice.below(400)).into_bytes(),
            rationale: "the experiment needs the afternoon".to_owned(),
        })
    }

    fn word(&mut self) -> Entry {
        let request = self.asked.swap_remove(self.dice.below(self.asked.len()));
        self.said.insert(request);
        match self.dice.below(10) {
            0 => Entry::Rejection { request, text: "not that day".to_owned() },
            1 | 2 => Entry::ApprovalWithComment { request, text: "after noon".to_owned() },
            _ => Entry::Approval { request },
        }
    }

    fn barter(&mut self) -> Entry {
        let other = (self.at + 1 + self.dice.below(CENTRES.len() - 1)) % CENTRES.len();
        Entry::Barter(Barter {
            from: CENTRES[self.at].parse().unwrap(),
            to: CENTRES[other].parse().unwrap(),
            pool: "crew-time".parse().unwrap(),
            amount: self.dice.below(600) as u64,
            terms: "for a place on a flight".to_owned(),
        })
    }

    /// Takes a request back, which contradicts an approval that has not been heard of yet.
    fn second_thought(&mut self) -> Entry {
        match self.mine.pop() {
            Some(request) => Entry::Withdrawal { request, text: "no longer wanted".to_owned() },
            None => Entry::Checkpoint { heads: self.seen.clone() },
        }
    }
}
