use std::collections::{BTreeMap, BTreeSet};

use journal::{Digest, Entry, Fault, Head, Journals, MAX_LIST, PublicKey, Signed, Standing, Terms, Why};
use record::CentreId;
use timeline::Time;

/// Every record that a node holds, and where each branch of each journal stands.
///
/// A journal has one branch unless its centre, or a thief of its key, wrote two records of one number: then both are kept, as
/// evidence and because a checkpoint may settle later which counts.
#[derive(Clone, Debug)]
pub(crate) struct Held {
    terms: Terms,
    journals: Journals,
    /// Where the branches end: the last record of each, and what the journal stands at after it.
    ends: BTreeMap<CentreId, BTreeMap<Digest, Standing>>,
    keys: BTreeMap<PublicKey, CentreId>,
    /// Records that somebody has seen and that are not here.
    unheld: BTreeSet<Head>,
    /// Who wrote which checkpoint.
    signers: BTreeMap<Vec<Head>, BTreeSet<CentreId>>,
    /// What co-signed checkpoints say stands at a number.
    sealed: BTreeMap<(CentreId, u64), Digest>,
    latest: Option<Time>,
}

/// What became of a record.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Placed {
    /// It stands in its journal now, and nothing else at its number.
    Next,
    /// It stands in its journal, and at its number another: both are kept.
    Beside(Digest),
    /// The record before it is not here.
    Early,
    /// It cannot stand there.
    Never(Why),
}

impl Held {
    pub(crate) fn new(terms: Terms) -> Self {
        let keys = terms.roots.iter().map(|(centre, root)| (*root, centre.clone())).collect();
        Self {
            terms,
            journals: Journals::new(),
            ends: BTreeMap::new(),
            keys,
            unheld: BTreeSet::new(),
            signers: BTreeMap::new(),
            sealed: BTreeMap::new(),
            latest: None,
        }
    }

    pub(crate) fn terms(&self) -> &Terms {
        &self.terms
    }

    pub(crate) fn journals(&self) -> &Journals {
        &self.journals
    }

    /// The latest time of any record.
    pub(crate) fn latest(&self) -> Option<Time> {
        self.latest
    }

    /// The last record of each branch of each journal.
    pub(crate) fn heads(&self) -> Vec<Head> {
        let ends = self.ends.iter().flat_map(|(centre, ends)| ends.iter().map(move |end| (centre, end)));
        ends.map(|(centre, (digest, stands))| Head {
            centre: centre.clone(),
            number: stands.number(),
            digest: *digest,
        })
        .collect()
    }

    /// Where the branches of a journal stand.
    pub(crate) fn ends(&self, centre: &CentreId) -> impl Iterator<Item = &Standing> {
        self.ends.get(centre).into_iter().flat_map(BTreeMap::values)
    }

    /// The number up to which some branch of the journal reaches; 0 when nothing of it is here.
    pub(crate) fn number(&self, centre: &CentreId) -> u64 {
        self.ends(centre).map(Standing::number).max().unwrap_or(0)
    }

    /// Records that somebody has seen and that are not here.
    pub(crate) fn unheld(&self) -> &BTreeSet<Head> {
        &self.unheld
    }

    /// Somebody has seen this record.
    pub(crate) fn seen(&mut self, head: &Head) {
        if self.terms.roots.contains_key(&head.centre) && !self.journals.contains(head) {
            self.unheld.insert(head.clone());
        }
    }

    /// Who wrote which checkpoint.
    pub(crate) fn signers(&self) -> &BTreeMap<Vec<Head>, BTreeSet<CentreId>> {
        &self.signers
    }

    /// Says what becomes of a record, and keeps it when it can stand in its journal.
    pub(crate) fn place(&mut self, signed: &Signed) -> Placed {
        let record = signed.record();
        let Some(mut stands) = self.before(signed) else {
            return self.early(signed);
        };
        if let Err(why) = stands.take(signed) {
            return Placed::Never(self.stranger(why, record.key, &record.centre));
        }
        let beside = self.beside(signed);
        let ends = self.ends.entry(record.centre.clone()).or_default();
        let grows = ends.contains_key(&record.previous);
        if !grows && ends.len() >= MAX_LIST {
            // More branches prove nothing that two do not, and would let a thief fill the disk.
            return Placed::Never(Why::Split(beside.unwrap_or(Digest::NONE), signed.digest()));
        }
        ends.remove(&record.previous);
        ends.insert(signed.digest(), stands);
        self.keep(signed);
        beside.map_or(Placed::Next, Placed::Beside)
    }

    /// Where the journal stands before `signed`, on its branch.
    fn before(&self, signed: &Signed) -> Option<Standing> {
        let record = signed.record();
        if record.number <= 1 {
            let root = self.terms.roots.get(&record.centre)?;
            return Some(Standing::new(record.centre.clone(), *root));
        }
        if let Some(stands) = self.ends.get(&record.centre).and_then(|ends| ends.get(&record.previous)) {
            return Some(stands.clone());
        }
        let number = record.number - 1;
        self.stands(&Head { centre: record.centre.clone(), number, digest: record.previous })
    }

    /// Where the journal stood after the record that `head` names.
    fn stands(&self, head: &Head) -> Option<Standing> {
        let mut course = Vec::new();
        let mut next = Some(self.journals.get(head)?);
        while let Some(signed) = next {
            course.push(signed);
            let record = signed.record();
            next = record.number.checked_sub(1).and_then(|number| {
                self.journals.get(&Head { centre: record.centre.clone(), number, digest: record.previous })
            });
        }
        let mut stands = Standing::new(head.centre.clone(), *self.terms.roots.get(&head.centre)?);
        course.iter().rev().try_for_each(|signed| stands.take(signed)).ok()?;
        Some(stands)
    }

    fn early(&self, signed: &Signed) -> Placed {
        let record = signed.record();
        if !self.terms.roots.contains_key(&record.centre) {
            return Placed::Never(Why::UnknownKey);
        }
        match self.keys.get(&record.key) {
            Some(centre) if *centre != record.centre => Placed::Never(Why::PartnersKey(centre.clone())),
            _ => Placed::Early,
        }
    }

    /// Another record of that number: here, or co-signed by a quorum.
    fn beside(&self, signed: &Signed) -> Option<Digest> {
        let record = signed.record();
        let sealed = self.sealed.get(&(record.centre.clone(), record.number)).copied();
        let mut here = self.journals.numbered(&record.centre, record.number).map(Signed::digest);
        sealed.filter(|digest| *digest != signed.digest()).or_else(|| here.next())
    }

    /// A key that the centre never announced may be another centre's.
    pub(crate) fn stranger(&self, why: Why, key: PublicKey, writer: &CentreId) -> Why {
        match (why, self.keys.get(&key)) {
            (Why::UnknownKey, Some(centre)) if centre != writer => Why::PartnersKey(centre.clone()),
            (why, _) => why,
        }
    }

    fn keep(&mut self, signed: &Signed) {
        let record = signed.record();
        self.latest = self.latest.max(Some(record.time));
        match &record.entry {
            Entry::KeyCreated { key, .. } | Entry::KeyRotated { new: key, .. } => {
                self.keys.entry(*key).or_insert_with(|| record.centre.clone());
            }
            Entry::Request(request) => request.seen.iter().for_each(|head| self.seen(head)),
            Entry::Checkpoint { heads } => {
                heads.iter().for_each(|head| self.seen(head));
                self.signed_checkpoint(heads, &record.centre);
            }
            _ => {}
        }
        if !self.unheld.is_empty() {
            self.unheld.remove(&signed.head());
        }
        self.journals.add(signed.clone());
    }

    fn signed_checkpoint(&mut self, heads: &[Head], centre: &CentreId) {
        let signers = self.signers.entry(heads.to_vec()).or_default();
        signers.insert(centre.clone());
        if signers.len() >= self.terms.quorum.max(1) {
            for head in heads {
                self.sealed.insert((head.centre.clone(), head.number), head.digest);
            }
        }
    }

    /// The first record of the journal of `head` that is not here, when somebody has seen `head`.
    pub(crate) fn lacks(&self, head: &Head) -> Fault {
        let number = (self.number(&head.centre) + 1).min(head.number);
        Fault { centre: head.centre.clone(), number, why: Why::Truncated(head.digest) }
    }
}
