use std::collections::BTreeMap;

use record::CentreId;
use timeline::Time;

use crate::fault::Why;
use crate::{Digest, Entry, PublicKey, Signed};

/// How far a centre's journal is known, and which keys speak for it then.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    centre: CentreId,
    root: PublicKey,
    number: u64,
    digest: Digest,
    latest: Option<Time>,
    keys: BTreeMap<PublicKey, KeyState>,
}

/// What a key of a centre is good for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum KeyState {
    /// It signs.
    InUse,
    /// The record of this number replaced it.
    Rotated(u64),
    /// The record of this number revoked it.
    Revoked(u64),
}

impl Standing {
    /// Nothing is known of `centre` but the key with which its journal begins, learnt by another way than the journal.
    #[must_use]
    pub fn new(centre: CentreId, root: PublicKey) -> Self {
        Self { centre, root, number: 0, digest: Digest::NONE, latest: None, keys: BTreeMap::new() }
    }

    /// The centre.
    #[must_use]
    pub fn centre(&self) -> &CentreId {
        &self.centre
    }

    /// The number of the last record; 0 before the first.
    #[must_use]
    pub fn number(&self) -> u64 {
        self.number
    }

    /// The digest of the last record; [`Digest::NONE`] before the first.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The time of the last record.
    #[must_use]
    pub fn latest(&self) -> Option<Time> {
        self.latest
    }

    /// Every key that the centre ever announced.
    #[must_use]
    pub fn keys(&self) -> &BTreeMap<PublicKey, KeyState> {
        &self.keys
    }

    /// Whether `signed` can be the next record.
    ///
    /// # Errors
    /// Why it cannot.
    pub fn check(&self, signed: &Signed) -> Result<(), Why> {
        let record = signed.record();
        if record.centre != self.centre {
            return Err(Why::OtherCentre(record.centre.clone()));
        }
        if record.number <= self.number {
            return Err(Why::Replayed(record.number));
        }
        if record.number > self.number + 1 {
            return Err(Why::Dropped(record.number));
        }
        self.check_key(record.key)?;
        if record.previous != self.digest {
            return Err(Why::Link { named: record.previous, held: self.digest });
        }
        if let Some(before) = self.latest.filter(|before| record.time < *before) {
            return Err(Why::ClockBack { time: record.time, before });
        }
        self.check_entry(&record.entry)
    }

    /// The same, with `signed` as its last record.
    ///
    /// # Errors
    /// Why it cannot be; nothing changes then.
    pub fn take(&mut self, signed: &Signed) -> Result<(), Why> {
        self.check(signed)?;
        let record = signed.record();
        self.number = record.number;
        self.digest = signed.digest();
        self.latest = Some(record.time);
        match &record.entry {
            Entry::KeyCreated { key, .. } => {
                self.keys.insert(*key, KeyState::InUse);
            }
            Entry::KeyRotated { old, new, .. } => {
                self.keys.insert(*old, KeyState::Rotated(record.number));
                self.keys.insert(*new, KeyState::InUse);
            }
            Entry::KeyRevoked { key, .. } => {
                self.keys.insert(*key, KeyState::Revoked(record.number));
            }
            _ => {}
        }
        Ok(())
    }

    fn check_key(&self, key: PublicKey) -> Result<(), Why> {
        match self.keys.get(&key) {
            Some(KeyState::InUse) => Ok(()),
            Some(KeyState::Rotated(at)) => Err(Why::RotatedKey(*at)),
            Some(KeyState::Revoked(at)) => Err(Why::RevokedKey(*at)),
            None if self.number == 0 && key == self.root => Ok(()),
            None => Err(Why::UnknownKey),
        }
    }

    fn check_entry(&self, entry: &Entry) -> Result<(), Why> {
        if self.number == 0 && !matches!(entry, Entry::KeyCreated { key, .. } if *key == self.root) {
            return Err(Why::Founding);
        }
        match entry {
            Entry::KeyCreated { key, .. } => self.check_new(*key),
            Entry::KeyRotated { old, new, .. } => {
                self.check_in_use(*old)?;
                self.check_new(*new)
            }
            Entry::KeyRevoked { key, .. } => {
                self.check_in_use(*key)?;
                let in_use = self.keys.values().filter(|state| **state == KeyState::InUse).count();
                if in_use > 1 { Ok(()) } else { Err(Why::LastKey) }
            }
            _ => Ok(()),
        }
    }

    /// That the centre holds the key, [`Signed`] has seen.
    fn check_new(&self, key: PublicKey) -> Result<(), Why> {
        if self.keys.contains_key(&key) { Err(Why::KeyTwice) } else { Ok(()) }
    }

    fn check_in_use(&self, key: PublicKey) -> Result<(), Why> {
        if self.keys.get(&key) == Some(&KeyState::InUse) { Ok(()) } else { Err(Why::KeyNotInUse) }
    }
}
