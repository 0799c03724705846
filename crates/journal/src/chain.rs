use std::cell::LazyCell;
use std::collections::BTreeMap;
use std::ops::Deref;

use record::CentreId;

use crate::fault::Why;
use crate::{Digest, Fault, Head, Journals, PublicKey, Signed, Standing};

/// The part of one centre's journal that counts: each record follows the one before it, and no other does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Chain<'a> {
    /// The records, from number 1 without gaps.
    pub records: Vec<&'a Signed>,
    /// Where two records, each rightly signed, claim one place.
    pub forks: Vec<Fork>,
    /// Records at places within the chain that cannot stand there.
    pub refused: Vec<(Head, Fault)>,
    /// How many records lie beyond its end: they wait for what comes before them, or for a fork to be settled.
    pub waiting: usize,
}

/// Two or more records of one number, each rightly signed: the centre, or a thief of its key, told different people different things.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Fork {
    /// Whose journal.
    pub centre: CentreId,
    /// At which number.
    pub number: u64,
    /// The records, in order of digest.
    pub digests: Vec<Digest>,
    /// The one that counts, when a quorum has co-signed a checkpoint on it. Without one, nothing from here on counts.
    pub settled: Option<Digest>,
}

impl<'a> Chain<'a> {
    /// Walks the journal of `centre`, which begins with the key `root`. `sealed` are records that a quorum has co-signed.
    pub(crate) fn walk(journals: &'a Journals, centre: &CentreId, root: PublicKey, sealed: &[Head]) -> Self {
        let mut standing = Standing::new(centre.clone(), root);
        let mut chain = Self { records: Vec::new(), forks: Vec::new(), refused: Vec::new(), waiting: 0 };
        let ancestors = LazyCell::new(|| journals.until(sealed));
        while let Some(next) = chain.next(journals, &standing, &ancestors) {
            // `next` has passed this very check.
            if standing.take(next).is_err() {
                break;
            }
            chain.records.push(next);
        }
        let end =
            standing.number() + u64::from(chain.forks.last().is_some_and(|fork| fork.settled.is_none()));
        let beyond = journals.of(centre).filter(|signed| signed.record().number > end);
        chain.waiting = beyond.count();
        chain
    }

    /// The record that comes next: the only one that can, or of several the only one among the ancestors of what is sealed.
    fn next(
        &mut self,
        journals: &'a Journals,
        standing: &Standing,
        ancestors: &impl Deref<Target = Journals>,
    ) -> Option<&'a Signed> {
        let (centre, number) = (standing.centre(), standing.number() + 1);
        let mut able = Vec::new();
        for signed in journals.numbered(centre, number) {
            match standing.check(signed) {
                Ok(()) => able.push(signed),
                Err(why) => self.refused.push((signed.head(), Fault { centre: centre.clone(), number, why })),
            }
        }
        if able.len() < 2 {
            return able.pop();
        }
        let digests: Vec<Digest> = able.iter().map(|signed| signed.digest()).collect();
        let mut sealed = able.iter().filter(|signed| ancestors.contains(&signed.head()));
        let settled = sealed.next().filter(|_| sealed.next().is_none()).map(|signed| signed.digest());
        self.forks.push(Fork { centre: centre.clone(), number, digests, settled });
        able.into_iter().find(|signed| Some(signed.digest()) == settled)
    }

    /// The last record.
    #[must_use]
    pub fn head(&self) -> Option<Head> {
        self.records.last().map(|signed| signed.head())
    }

    /// The digest of record `number`, when it counts.
    #[must_use]
    pub fn digest(&self, number: u64) -> Option<Digest> {
        let at = usize::try_from(number.checked_sub(1)?).ok()?;
        self.records.get(at).map(|signed| signed.digest())
    }

    /// The record that `head` names, when it counts.
    #[must_use]
    pub fn get(&self, head: &Head) -> Option<&'a Signed> {
        let at = usize::try_from(head.number.checked_sub(1)?).ok()?;
        self.records.get(at).copied().filter(|signed| signed.digest() == head.digest)
    }

    /// Why this chain is not what `head` says of it.
    #[must_use]
    pub fn differs(&self, head: &Head) -> Option<Why> {
        match self.digest(head.number) {
            Some(held) if held == head.digest => None,
            Some(held) => Some(Why::Split(held, head.digest)),
            None => Some(Why::Truncated(head.digest)),
        }
    }
}

/// The chains of all centres that have a root, before anything is sealed or after.
pub(crate) fn chains<'a>(
    journals: &'a Journals,
    roots: &BTreeMap<CentreId, PublicKey>,
    sealed: &[Head],
) -> BTreeMap<CentreId, Chain<'a>> {
    let walk = |(centre, root): (&CentreId, &PublicKey)| {
        let ours: Vec<Head> = sealed.iter().filter(|head| head.centre == *centre).cloned().collect();
        (centre.clone(), Chain::walk(journals, centre, *root, &ours))
    };
    roots.iter().map(walk).collect()
}
