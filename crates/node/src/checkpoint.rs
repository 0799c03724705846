use std::collections::BTreeMap;

use journal::{Chain, Digest, Entry, Head, State, fold};
use record::CentreId;
use timeline::Time;

use crate::write::Nobody;
use crate::{Node, NodeError, Written};

impl Node {
    /// Writes a checkpoint when it is of use: another centre's, when it can be co-signed; else one of its own, when others have written
    /// something that no checkpoint covers. Nothing is written when neither is so, so that checkpoints come to an end.
    ///
    /// # Errors
    /// As for [`Node::write`].
    pub fn checkpoint(&mut self, now: Time) -> Result<Option<Written>, NodeError> {
        let state = fold(self.journals(), self.terms(), &Nobody);
        let heads = match self.to_co_sign(&state) {
            Some(heads) => heads,
            None if self.is_uncovered(&state) => state.heads(),
            None => return Ok(None),
        };
        self.write(Entry::Checkpoint { heads }, now).map(Some)
    }

    /// Says of two records of one number which counts: a checkpoint that names this one alone, so that all who say the same co-sign it.
    /// When a quorum has said it, the branch that leads to it counts.
    ///
    /// # Errors
    /// [`NodeError::Missing`] when there is no such record here; as for [`Node::write`].
    pub fn settle(&mut self, record: Digest, now: Time) -> Result<Written, NodeError> {
        let found = self.journals().iter().find(|signed| signed.digest() == record);
        let head = found.map(journal::Signed::head).ok_or(NodeError::Missing(record))?;
        self.write(Entry::Checkpoint { heads: vec![head] }, now)
    }

    /// The latest checkpoint of another centre that is not co-signed yet, that this node holds to the last record and has not written.
    fn to_co_sign(&self, state: &State<'_>) -> Option<Vec<Head>> {
        let proposals: BTreeMap<&CentreId, &Vec<Head>> = state
            .chains
            .iter()
            .filter(|(centre, _)| *centre != self.centre())
            .filter_map(|(centre, chain)| last_checkpoint(chain).map(|heads| (centre, heads)))
            .collect();
        let signers = |heads: &Vec<Head>| self.held.signers().get(heads);
        proposals
            .into_values()
            .filter(|heads| {
                signers(heads).is_some_and(|signers| {
                    signers.len() < self.terms().quorum && !signers.contains(self.centre())
                })
            })
            .filter(|heads| heads.iter().all(|head| counted(state, head)))
            .max_by_key(|heads| (signers(heads).map_or(0, std::collections::BTreeSet::len), *heads))
            .cloned()
    }

    /// Whether some record that is no checkpoint stands beyond what is co-signed and beyond the own last checkpoint.
    fn is_uncovered(&self, state: &State<'_>) -> bool {
        let mut covered: BTreeMap<&CentreId, u64> = BTreeMap::new();
        let own = state.chains.get(self.centre()).and_then(last_checkpoint);
        let sealed = state.seals.iter().flat_map(|seal| &seal.heads);
        for head in sealed.chain(own.into_iter().flatten()) {
            let number = covered.entry(&head.centre).or_default();
            *number = head.number.max(*number);
        }
        state.chains.iter().any(|(centre, chain)| {
            let from = covered.get(centre).copied().unwrap_or(0);
            let beyond = chain.records.iter().rev().take_while(|signed| signed.record().number > from);
            beyond.into_iter().any(|signed| !matches!(signed.record().entry, Entry::Checkpoint { .. }))
        })
    }
}

fn last_checkpoint<'a>(chain: &Chain<'a>) -> Option<&'a Vec<Head>> {
    chain.records.iter().rev().find_map(|signed| match &signed.record().entry {
        Entry::Checkpoint { heads } => Some(heads),
        _ => None,
    })
}

fn counted(state: &State<'_>, head: &Head) -> bool {
    let digest: Option<Digest> = state.chains.get(&head.centre).and_then(|chain| chain.digest(head.number));
    digest == Some(head.digest)
}
