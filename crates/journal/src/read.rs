//! Bytes to entries. Whatever is read writes back to the same bytes, or it is refused.

use record::{CentreId, IdError};
use std::str::FromStr;
use thiserror::Error;
use timeline::Time;

use crate::codec::{MAX_BLOB_BYTES, MAX_ID_BYTES, MAX_LIST, MAX_RECORD_BYTES, MAX_TEXT_BYTES, TAG_RECORD};
use crate::{Barter, ChangeRequest, Digest, Entry, Head, PublicKey, Record, Ruled, Signature, Urgency};

/// Why bytes are not a record.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum ReadError {
    /// They do not begin as a record of this version does.
    #[error("does not begin with `CUPJREC1`")]
    Tag,
    /// They end before the record does.
    #[error("ends within {0}")]
    Short(&'static str),
    /// They go on after the record's end.
    #[error("goes on for {0} bytes after its end")]
    Trailing(usize),
    /// They are more than any record has.
    #[error("is {0} bytes long, more than any record")]
    Long(usize),
    /// A length or count is out of its bounds.
    #[error("gives {what} a length of {length}, out of bounds")]
    Length {
        /// Which field.
        what: &'static str,
        /// The length it gives.
        length: usize,
    },
    /// A kind of record that this version does not know.
    #[error("is of the unknown kind {0}")]
    Kind(u8),
    /// A byte that stands for nothing.
    #[error("gives {what} the unknown value {value}")]
    Value {
        /// Which field.
        what: &'static str,
        /// The byte.
        value: u8,
    },
    /// A text is not UTF-8.
    #[error("has {0} that is not UTF-8")]
    Text(&'static str),
    /// An id is none.
    #[error("has {what} that is no id: {source}")]
    Id {
        /// Which field.
        what: &'static str,
        /// Why it is none.
        source: IdError,
    },
    /// A list is not in strictly rising order.
    #[error("has {0} out of order")]
    Order(&'static str),
}

/// A record and its signature from `bytes`; nothing is said about whether the signature is right.
///
/// # Errors
/// When `bytes` are not exactly one record in canonical form.
pub(crate) fn record(bytes: &[u8]) -> Result<(Record, Signature), ReadError> {
    if bytes.len() > MAX_RECORD_BYTES {
        return Err(ReadError::Long(bytes.len()));
    }
    let mut input = In(bytes);
    if &input.array::<8>("the tag")? != TAG_RECORD {
        return Err(ReadError::Tag);
    }
    let record = Record {
        centre: input.id("a centre")?,
        number: input.long("the number")?,
        previous: Digest(input.array("the digest before")?),
        time: Time::from_nanoseconds(i64::from_be_bytes(input.array("the time")?)),
        key: PublicKey(input.array("the key")?),
        entry: input.entry()?,
    };
    let signature = Signature(input.array("the signature")?);
    if input.0.is_empty() { Ok((record, signature)) } else { Err(ReadError::Trailing(input.0.len())) }
}

/// The bytes yet to be read.
struct In<'a>(&'a [u8]);

impl<'a> In<'a> {
    fn take(&mut self, length: usize, what: &'static str) -> Result<&'a [u8], ReadError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(ReadError::Short(what))?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self, what: &'static str) -> Result<[u8; N], ReadError> {
        let (taken, rest) = self.0.split_first_chunk().ok_or(ReadError::Short(what))?;
        self.0 = rest;
        Ok(*taken)
    }

    fn byte(&mut self, what: &'static str) -> Result<u8, ReadError> {
        self.array::<1>(what).map(|[byte]| byte)
    }

    fn long(&mut self, what: &'static str) -> Result<u64, ReadError> {
        self.array(what).map(u64::from_be_bytes)
    }

    fn digest(&mut self, what: &'static str) -> Result<Digest, ReadError> {
        self.array(what).map(Digest)
    }

    fn name(&mut self, what: &'static str) -> Result<&'a str, ReadError> {
        let length = usize::from(self.byte(what)?);
        if !(1..=MAX_ID_BYTES).contains(&length) {
            return Err(ReadError::Length { what, length });
        }
        std::str::from_utf8(self.take(length, what)?).map_err(|_| ReadError::Text(what))
    }

    fn id<T: FromStr<Err = IdError>>(&mut self, what: &'static str) -> Result<T, ReadError> {
        self.name(what)?.parse().map_err(|source| ReadError::Id { what, source })
    }

    /// A length is held against its bound and against what is there before anything is reserved for it.
    fn blob(&mut self, what: &'static str, most: usize) -> Result<&'a [u8], ReadError> {
        let length = u32::from_be_bytes(self.array(what)?) as usize;
        if length > most {
            return Err(ReadError::Length { what, length });
        }
        self.take(length, what)
    }

    fn text(&mut self, what: &'static str) -> Result<String, ReadError> {
        let bytes = self.blob(what, MAX_TEXT_BYTES)?;
        std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| ReadError::Text(what))
    }

    fn count(&mut self, what: &'static str) -> Result<usize, ReadError> {
        let length = usize::from(self.byte(what)?);
        if length > MAX_LIST { Err(ReadError::Length { what, length }) } else { Ok(length) }
    }

    fn heads(&mut self) -> Result<Vec<Head>, ReadError> {
        let count = self.count("the heads")?;
        let mut heads: Vec<Head> = Vec::new();
        for _ in 0..count {
            let centre: CentreId = self.id("a head's centre")?;
            if heads.last().is_some_and(|last| last.centre >= centre) {
                return Err(ReadError::Order("heads"));
            }
            let number = self.long("a head's number")?;
            heads.push(Head { centre, number, digest: self.digest("a head's digest")? });
        }
        Ok(heads)
    }

    fn digests(&mut self) -> Result<Vec<Digest>, ReadError> {
        let count = self.count("what is replaced")?;
        let mut digests: Vec<Digest> = Vec::new();
        for _ in 0..count {
            let digest = self.digest("what is replaced")?;
            if digests.last().is_some_and(|last| *last >= digest) {
                return Err(ReadError::Order("what is replaced"));
            }
            digests.push(digest);
        }
        Ok(digests)
    }

    fn entry(&mut self) -> Result<Entry, ReadError> {
        Ok(match self.byte("the kind")? {
            1 => Entry::KeyCreated {
                key: PublicKey(self.array("a key")?),
                proof: Signature(self.array("a proof")?),
            },
            2 => Entry::KeyRotated {
                old: PublicKey(self.array("a key")?),
                new: PublicKey(self.array("a key")?),
                proof: Signature(self.array("a proof")?),
            },
            3 => Entry::KeyRevoked { key: PublicKey(self.array("a key")?), reason: self.text("a reason")? },
            16 => Entry::Request(self.change_request()?),
            17 => Entry::Comment { about: self.digest("a record")?, text: self.text("a text")? },
            18 => Entry::Approval { request: self.digest("a request")? },
            19 => {
                Entry::ApprovalWithComment { request: self.digest("a request")?, text: self.text("a text")? }
            }
            20 => Entry::Rejection { request: self.digest("a request")?, text: self.text("a text")? },
            21 => Entry::Withdrawal { request: self.digest("a request")?, text: self.text("a text")? },
            22 => Entry::Implementation {
                request: self.digest("a request")?,
                baseline: self.digest("a baseline")?,
            },
            23 => Entry::Ruling {
                request: self.digest("a request")?,
                body: self.id("a body")?,
                ruled: match self.byte("a ruling")? {
                    0 => Ruled::Rejected,
                    1 => Ruled::Approved,
                    value => return Err(ReadError::Value { what: "a ruling", value }),
                },
                text: self.text("a text")?,
            },
            32 => Entry::AsRun {
                activity: self.name("an activity")?.to_owned(),
                what: self.blob("what happened", MAX_BLOB_BYTES)?.to_vec(),
            },
            33 => Entry::Barter(self.barter()?),
            48 => Entry::Checkpoint { heads: self.heads()? },
            kind => return Err(ReadError::Kind(kind)),
        })
    }

    fn change_request(&mut self) -> Result<ChangeRequest, ReadError> {
        Ok(ChangeRequest {
            name: self.name("a request's name")?.to_owned(),
            urgency: match self.byte("an urgency")? {
                0 => Urgency::Routine,
                1 => Urgency::Urgent,
                2 => Urgency::Safety,
                value => return Err(ReadError::Value { what: "an urgency", value }),
            },
            baseline: self.digest("a baseline")?,
            seen: self.heads()?,
            replaces: self.digests()?,
            edits: self.blob("edits", MAX_BLOB_BYTES)?.to_vec(),
            rationale: self.text("a rationale")?,
        })
    }

    fn barter(&mut self) -> Result<Barter, ReadError> {
        Ok(Barter {
            from: self.id("a giver")?,
            to: self.id("a taker")?,
            pool: self.id("a pool")?,
            amount: self.long("an amount")?,
            terms: self.text("terms")?,
        })
    }
}
