use journal::{
    Agreement, Asked, ChangeRequest, Entry, Head, Key, KeyState, Matter, PublicKey, Signed, Standing,
    Verdict, Words, Writer, fold,
};
use record::{BodyId, CentreId};
use std::collections::{BTreeMap, BTreeSet};
use store::{Extent, StoreError};
use timeline::{Duration, Time};

use crate::{Node, NodeError, Seed, folder};

/// A record that was written: it is on the disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Written {
    /// The record.
    pub record: Signed,
    /// How far the clock that was given is behind the latest record seen: somebody's clock is wrong. The record is later than that one
    /// all the same.
    pub clock_behind: Option<Duration>,
}

/// A record to be written.
struct Draft {
    entry: Entry,
    now: Time,
    /// A key that is not to sign when another can.
    but: Option<PublicKey>,
}

/// How often to begin again when other processes of the same centre write at the same moment.
const TRIES: usize = 100;

impl Node {
    /// Writes a record into the own journal, later than all records seen. It is durable when this returns.
    ///
    /// # Errors
    /// When no key can sign, nobody would take the record, the own journal is not whole, or the database cannot be written.
    pub fn write(&mut self, entry: Entry, now: Time) -> Result<Written, NodeError> {
        self.append(&Draft { entry, now, but: None })
    }

    /// Puts one more key into use: its file first, then the record.
    ///
    /// # Errors
    /// As for [`Node::write`]; the file stays, and another try uses it.
    pub fn create_key(&mut self, seed: &Seed, now: Time) -> Result<Written, NodeError> {
        let key = self.new_key(seed)?;
        let proof = key.proof(self.centre());
        self.append(&Draft { entry: Entry::KeyCreated { key: key.public(), proof }, now, but: None })
    }

    /// Puts a new key into the place of the one that signs: its file first, then the record; then the old file goes.
    ///
    /// # Errors
    /// As for [`Node::write`]; the old key signs on then, the new file stays, and another try uses it.
    pub fn rotate_key(&mut self, seed: &Seed, now: Time) -> Result<Written, NodeError> {
        let new = self.new_key(seed)?;
        let old = self.key()?;
        let entry = Entry::KeyRotated { old, new: new.public(), proof: new.proof(self.centre()) };
        let written = self.append(&Draft { entry, now, but: None })?;
        self.sweep_keys()?;
        Ok(written)
    }

    /// Takes a key out of use, signed with another one where there is another: the record first, then its file goes.
    ///
    /// # Errors
    /// As for [`Node::write`]; when it is the last key or not in use.
    pub fn revoke_key(&mut self, key: PublicKey, reason: &str, now: Time) -> Result<Written, NodeError> {
        let entry = Entry::KeyRevoked { key, reason: reason.to_owned() };
        let written = self.append(&Draft { entry, now, but: Some(key) })?;
        self.sweep_keys()?;
        Ok(written)
    }

    /// The key that signs.
    ///
    /// # Errors
    /// When there is no file of a key in use.
    pub fn key(&self) -> Result<PublicKey, NodeError> {
        let stands = self.own_end()?;
        self.keys.signing(&stands, None).map(Key::public).ok_or_else(|| self.no_key())
    }

    /// Every key that the own journal ever announced, and what it is good for.
    ///
    /// # Errors
    /// When the own journal is forked.
    pub fn own_keys(&self) -> Result<BTreeMap<PublicKey, KeyState>, NodeError> {
        Ok(self.own_end()?.keys().clone())
    }

    /// From now on `head`, a record of the own journal that somebody says to have seen, does not bar writing: this centre never wrote it.
    ///
    /// Only people can know that. When the centre did write it, the next record makes a fork that all see.
    ///
    /// # Errors
    /// When the node's file `disregarded` cannot be written.
    pub fn disregard(&mut self, head: &Head) -> Result<(), NodeError> {
        self.disregarded.insert(head.clone());
        folder::write_disregarded(&self.folder, &self.disregarded)
    }

    fn new_key(&mut self, seed: &Seed) -> Result<Key, NodeError> {
        let stands = self.own_end()?;
        match self.keys.unannounced(&stands) {
            Some(left) => Ok(left.clone()),
            None => self.keys.add(seed),
        }
    }

    fn no_key(&self) -> NodeError {
        NodeError::NoKey { centre: self.centre().clone() }
    }

    /// Removes the files of keys that the journal has ended.
    pub(crate) fn sweep_keys(&mut self) -> Result<(), NodeError> {
        let Ok(stands) = self.own_end() else { return Ok(()) };
        self.keys.ended(&stands).into_iter().try_for_each(|key| self.keys.remove(key))
    }

    fn append(&mut self, draft: &Draft) -> Result<Written, NodeError> {
        let now = draft.now;
        for _ in 0..TRIES {
            self.check_whole()?;
            let (stands, forked) = (self.own_end()?, self.held.ends(self.centre()).count() > 1);
            let key = self.keys.signing(&stands, draft.but).ok_or_else(|| self.no_key())?.clone();
            let seen = self.held.latest();
            let time = seen.map_or(now, |seen| now.max(seen + Duration::NANOSECOND));
            let record = Writer::new(stands, key).append(time, draft.entry.clone())?;
            // The store appends at the highest number alone, which a branch that does not count may have.
            let kept = if forked {
                self.store.put(std::slice::from_ref(&record)).map(|_| ())
            } else {
                self.store.append(&record)
            };
            match kept {
                Ok(()) => {
                    self.held.place(&record);
                    self.count_own(record.record().number);
                    self.note_verified_now_and_then()?;
                    let clock_behind = seen.filter(|seen| now <= *seen).map(|seen| seen - now);
                    return Ok(Written { record, clock_behind });
                }
                Err(StoreError::Moved { .. }) => self.refresh()?,
                Err(error) => return Err(error.into()),
            }
        }
        Err(NodeError::Busy(TRIES))
    }

    fn count_own(&mut self, number: u64) {
        let centre = self.identity.centre.clone();
        let extent = self.read.entry(centre).or_insert(Extent { last: 0, count: 0 });
        *extent = Extent { last: extent.last.max(number), count: extent.count + 1 };
    }

    /// Refuses to write where the own journal goes on beyond what is here: in others' hands, or in a damaged row.
    fn check_whole(&self) -> Result<(), NodeError> {
        self.check_lost()?;
        let own = self.centre();
        let end = self.held.number(own);
        let mut beyond =
            self.held.unheld().iter().filter(|head| head.centre == *own && !self.disregarded.contains(head));
        if let Some(head) = beyond.next_back() {
            return Err(NodeError::Behind(head.clone()));
        }
        match self.read.get(own) {
            Some(extent) if extent.last > end => {
                let digest = journal::Digest::NONE;
                Err(NodeError::Behind(Head { centre: own.clone(), number: extent.last, digest }))
            }
            _ => Ok(()),
        }
    }

    /// Where the own journal stands: its one branch, or the one that counts.
    fn own_end(&self) -> Result<Standing, NodeError> {
        let own = self.centre();
        let mut ends = self.held.ends(own);
        match (ends.next(), ends.next()) {
            (None, _) => {
                let root = self.terms().roots.get(own).ok_or_else(|| self.no_key())?;
                Ok(Standing::new(own.clone(), *root))
            }
            (Some(end), None) => Ok(end.clone()),
            _ => {
                let state = fold(self.journals(), self.terms(), &Nobody);
                let chain = state.chains.get(own);
                let head = chain.and_then(journal::Chain::head);
                let mut ends = self.held.ends(own);
                let settled = ends.find(|end| head.as_ref().is_some_and(|head| head.digest == end.digest()));
                settled.cloned().ok_or_else(|| NodeError::Forked {
                    centre: own.clone(),
                    number: head.map_or(1, |head| head.number + 1),
                })
            }
        }
    }
}

/// An agreement that is asked nothing: only the chains are wanted.
pub(crate) struct Nobody;

impl Agreement for Nobody {
    fn touches(&self, _: &ChangeRequest) -> BTreeSet<String> {
        BTreeSet::new()
    }

    fn asks(&self, _: &Matter<'_>) -> BTreeMap<CentreId, Asked> {
        BTreeMap::new()
    }

    fn may_rule(&self, _: &Matter<'_>, _: &CentreId, _: &BodyId, _: Time) -> bool {
        false
    }

    fn verdict(&self, _: &Matter<'_>, _: &Words<'_>) -> Verdict {
        Verdict::Open
    }
}
