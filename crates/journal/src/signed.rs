use std::sync::Arc;

use record::CentreId;
use timeline::Time;

use crate::codec::body;
use crate::fault::Why;
use crate::{Digest, Entry, Head, Key, PublicKey, Signature, WriteError, read};

/// What one record says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Record {
    /// The centre whose journal it stands in.
    pub centre: CentreId,
    /// Its place there, from 1, without gaps.
    pub number: u64,
    /// The digest of the record before it; [`Digest::NONE`] for the first.
    pub previous: Digest,
    /// When it was written, by the writer's clock; never before the record before it.
    pub time: Time,
    /// The key that signs it.
    pub key: PublicKey,
    /// What it says.
    pub entry: Entry,
}

/// A record whose signature is the one of the key it names, and which announces no key that its writer did not hold.
///
/// Whether that key may speak for that centre is a question to the chain before it ([`crate::Standing`]).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signed {
    record: Record,
    bytes: Arc<[u8]>,
    digest: Digest,
}

const SIGNATURE_BYTES: usize = 64;

impl Record {
    /// The record signed with `key`, which becomes the key that it names.
    ///
    /// # Errors
    /// When a field is longer than its encoding has place for, a list is not in order, or a key is announced without its proof.
    pub fn sign(mut self, key: &Key) -> Result<Signed, WriteError> {
        self.key = key.public();
        self.check_proof().map_err(|why| WriteError::Refused {
            centre: self.centre.clone(),
            number: self.number,
            why,
        })?;
        let mut bytes = body(&self)?;
        let signature = key.sign(&bytes);
        bytes.extend_from_slice(&signature.0);
        Ok(Signed { digest: Digest::of(&bytes), bytes: bytes.into(), record: self })
    }

    fn check_proof(&self) -> Result<(), Why> {
        match &self.entry {
            Entry::KeyCreated { key, proof } | Entry::KeyRotated { new: key, proof, .. }
                if !key.is_proved(&self.centre, proof) =>
            {
                Err(Why::Proof)
            }
            _ => Ok(()),
        }
    }

    /// A record and its signature from `bytes`, without a look at whether the signature is right: for showing what was refused.
    ///
    /// # Errors
    /// When `bytes` are not exactly one record in canonical form.
    pub fn read(bytes: &[u8]) -> Result<(Self, Signature), read::ReadError> {
        read::record(bytes)
    }
}

impl Signed {
    /// A record from its bytes.
    ///
    /// # Errors
    /// [`Why::Unreadable`] when they are not one record, [`Why::Signature`] when the signature is not that of the key named,
    /// [`Why::Proof`] when it announces a key without its proof.
    pub fn read(bytes: &[u8]) -> Result<Self, Why> {
        let (record, signature) = read::record(bytes).map_err(Why::Unreadable)?;
        let body = &bytes[..bytes.len() - SIGNATURE_BYTES];
        if !record.key.accepts(body, &signature) {
            return Err(Why::Signature);
        }
        record.check_proof()?;
        Ok(Self { record, digest: Digest::of(bytes), bytes: bytes.into() })
    }

    /// A record that is named by one whose signature was checked: its bytes have that digest, so nobody changed one since, and its
    /// signature need not be checked again.
    ///
    /// # Errors
    /// [`Why::Unreadable`] when they are not one record, [`Why::Split`] when they are not those that `digest` names.
    pub fn named(bytes: &[u8], digest: Digest) -> Result<Self, Why> {
        let found = Digest::of(bytes);
        if found != digest {
            return Err(Why::Split(digest, found));
        }
        let (record, _) = read::record(bytes).map_err(Why::Unreadable)?;
        Ok(Self { record, digest, bytes: bytes.into() })
    }

    /// What it says.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Its bytes, signature included.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// SHA-256 of its bytes, by which other records name it.
    #[must_use]
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// Its centre, number and digest.
    #[must_use]
    pub fn head(&self) -> Head {
        Head { centre: self.record.centre.clone(), number: self.record.number, digest: self.digest }
    }
}
