use std::collections::{BTreeMap, BTreeSet};

use record::CentreId;

use crate::codec::{Out, TAG_HEADS};
use crate::{Chain, Digest, Entry, Head};

/// A checkpoint that enough centres have written, each into its own journal.
///
/// Its heads are what [`crate::Known::heads`] wants: with them a journal cut short or told differently is found out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seal {
    /// How far the journals were then.
    pub heads: Vec<Head>,
    /// Who wrote it.
    pub signers: BTreeSet<CentreId>,
}

/// The checkpoints that at least `quorum` centres have written with the same heads, in order of the digest of those heads.
///
/// A checkpoint counts only where its writer's journal is undisputed. When a quorum is more than half of the centres, two seals that
/// contradict each other have a centre that signed both, and its journal shows it.
#[must_use]
pub fn seals(chains: &BTreeMap<CentreId, Chain<'_>>, quorum: usize) -> Vec<Seal> {
    let mut signers: BTreeMap<Digest, Seal> = BTreeMap::new();
    for (centre, chain) in chains {
        for signed in &chain.records {
            if let Entry::Checkpoint { heads } = &signed.record().entry {
                let seal = signers
                    .entry(digest(heads))
                    .or_insert_with(|| Seal { heads: heads.clone(), signers: BTreeSet::new() });
                seal.signers.insert(centre.clone());
            }
        }
    }
    signers.into_values().filter(|seal| seal.signers.len() >= quorum.max(1)).collect()
}

fn digest(heads: &[Head]) -> Digest {
    let mut out = Out::tagged(TAG_HEADS);
    out.heads(heads);
    Digest::of(&out.finish())
}
