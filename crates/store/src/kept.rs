use std::fmt;

use journal::{Digest, Record};
use record::CentreId;

/// A record as it is kept: its bytes have this digest, and say that it is this one.
///
/// Whether its signature is right was seen when it was put in; whoever trusts the disk less looks again (`journal::verify`).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kept {
    /// Whose journal.
    pub centre: CentreId,
    /// Its number.
    pub number: u64,
    /// SHA-256 of the bytes.
    pub digest: Digest,
    /// The record, signature included.
    pub bytes: Vec<u8>,
}

/// A row that should hold a record and does not: the disk, or somebody, changed it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Damage {
    /// Whose journal, as the row says.
    pub centre: String,
    /// Which number, as the row says.
    pub number: i64,
    /// What is wrong.
    pub why: String,
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "what is kept as record {} of `{}` is damaged: {}", self.number, self.centre, self.why)
    }
}

/// A row as the database gave it. What is of another type than it should be has come out empty.
pub(crate) struct Row {
    /// By which the database finds it.
    pub(crate) id: i64,
    pub(crate) centre: String,
    pub(crate) number: i64,
    pub(crate) digest: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
}

impl Row {
    /// The record, when the row is as it was put in.
    pub(crate) fn check(self) -> Result<Kept, Damage> {
        match self.look() {
            Ok((centre, number, digest)) => Ok(Kept { centre, number, digest, bytes: self.bytes }),
            Err(why) => Err(self.damage(why)),
        }
    }

    fn damage(self, why: String) -> Damage {
        Damage { centre: self.centre, number: self.number, why }
    }

    /// Whose record it is, or what is wrong with it.
    pub(crate) fn look(&self) -> Result<(CentreId, u64, Digest), String> {
        let digest = Digest::of(&self.bytes);
        if self.digest != digest.0 {
            return Err(format!("the digest of its bytes is {digest}, not {}", hex(&self.digest)));
        }
        let (record, _) = Record::read(&self.bytes).map_err(|error| format!("it {error}"))?;
        if record.centre.as_str() != self.centre || u64::try_from(self.number) != Ok(record.number) {
            return Err(format!("its bytes say that it is record {} of {}", record.number, record.centre));
        }
        Ok((record.centre, record.number, digest))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
