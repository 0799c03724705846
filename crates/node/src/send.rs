use std::collections::BTreeSet;

use journal::{Digest, Head, Signed};
use record::CentreId;

use crate::{Batch, Node};

impl Node {
    /// What somebody lacks who holds the journals as far as `theirs` says: at most `most` records, each after those it follows.
    ///
    /// Give what is returned, ask for their heads again, and go on until nothing is returned.
    #[must_use]
    pub fn since(&self, theirs: &[Head], most: usize) -> Vec<Batch> {
        let mut left = most;
        let mut batches = Vec::new();
        for centre in self.terms().roots.keys() {
            let lacking = self.lacking_of(centre, theirs);
            let records: Vec<&Signed> = lacking.into_iter().take(left).collect();
            left -= records.len();
            if let Some(first) = records.first() {
                batches.push(Batch {
                    centre: centre.clone(),
                    first: first.record().number,
                    records: records.iter().map(|signed| signed.bytes().to_vec()).collect(),
                });
            }
        }
        batches
    }

    fn lacking_of(&self, centre: &CentreId, theirs: &[Head]) -> Vec<&Signed> {
        let theirs: Vec<&Head> = theirs.iter().filter(|head| head.centre == *centre).collect();
        let known: Vec<&Head> =
            theirs.iter().copied().filter(|head| self.journals().contains(head)).collect();
        let all = self.journals().of(centre);
        if self.held.ends(centre).count() <= 1 {
            let from = match known.iter().map(|head| head.number).max() {
                Some(number) => number,
                // They hold what is not here: if more, they lack nothing of this; if not, another branch.
                None if theirs.iter().any(|head| head.number > self.held.number(centre)) => return vec![],
                None => 0,
            };
            return all.filter(|signed| signed.record().number > from).collect();
        }
        let held = self.ancestors(&known);
        all.filter(|signed| !held.contains(&signed.digest())).collect()
    }

    /// The records that `heads` name and all that they follow.
    fn ancestors(&self, heads: &[&Head]) -> BTreeSet<Digest> {
        let mut found = BTreeSet::new();
        for head in heads {
            let mut next = self.journals().get(head);
            while let Some(signed) = next.filter(|signed| found.insert(signed.digest())) {
                let record = signed.record();
                next = self.journals().get(&Head {
                    centre: record.centre.clone(),
                    number: record.number.saturating_sub(1),
                    digest: record.previous,
                });
            }
        }
        found
    }
}
