use std::fmt;
use std::str::FromStr;

use ed25519_dalek::{Signer, SigningKey, VerifyingKey};
use record::CentreId;
use thiserror::Error;

use crate::codec::{Out, TAG_KEY};
use crate::digest::{hex, unhex};

/// The public half of a key, by which everybody can tell that a record is its holder's.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PublicKey(pub [u8; 32]);

/// An Ed25519 signature (RFC 8032).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Signature(pub [u8; 64]);

/// A private key. It is never encoded into a record, and its memory is cleared when it is dropped.
#[derive(Clone)]
pub struct Key(SigningKey);

impl Key {
    /// The key that grows from `seed`: 32 bytes of true chance that only its holder knows.
    #[must_use]
    pub fn from_seed(seed: &[u8; 32]) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Its public half.
    #[must_use]
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// Its signature under `message`.
    #[must_use]
    pub fn sign(&self, message: &[u8]) -> Signature {
        Signature(self.0.sign(message).to_bytes())
    }

    /// The proof that a centre which announces this key as its own does hold it.
    #[must_use]
    pub fn proof(&self, centre: &CentreId) -> Signature {
        self.sign(&proof_message(centre, self.public()))
    }
}

impl PublicKey {
    /// Whether `signature` is this key's under `message`. Weak keys and signatures with a second form are refused.
    #[must_use]
    pub fn accepts(&self, message: &[u8], signature: &Signature) -> bool {
        VerifyingKey::from_bytes(&self.0).is_ok_and(|key| {
            key.verify_strict(message, &ed25519_dalek::Signature::from_bytes(&signature.0)).is_ok()
        })
    }

    /// Whether `proof` shows that whoever wrote it for `centre` holds this key.
    #[must_use]
    pub fn is_proved(&self, centre: &CentreId, proof: &Signature) -> bool {
        self.accepts(&proof_message(centre, *self), proof)
    }
}

fn proof_message(centre: &CentreId, key: PublicKey) -> Vec<u8> {
    let mut out = Out::tagged(TAG_KEY);
    out.name(centre.as_str());
    out.raw(&key.0);
    out.finish()
}

/// A text that is no public key.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("`{0}` is no public key: 64 hexadecimal digits")]
pub struct KeyTextError(pub String);

/// From 64 hexadecimal digits.
impl FromStr for PublicKey {
    type Err = KeyTextError;

    fn from_str(text: &str) -> Result<Self, KeyTextError> {
        unhex(text).map(Self).ok_or_else(|| KeyTextError(text.to_owned()))
    }
}

/// Lower-case hexadecimal, 64 digits.
impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(f, &self.0)
    }
}

impl fmt::Debug for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(f, &self.0[..6])
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        hex(f, &self.0[..6])
    }
}

/// Only the public half is shown.
impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Key({:?})", self.public())
    }
}
