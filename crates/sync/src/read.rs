//! Bytes to bundles. Whatever is read writes back to the same bytes, or it is refused.

use std::str::FromStr;

use journal::{Digest, Fault, Head, MAX_ID_BYTES, MAX_LIST, MAX_RECORD_BYTES, Signed};
use node::Batch;
use record::{CentreId, IdError};
use thiserror::Error;

use crate::bundle::TAG;
use crate::{Bundle, MAX_BUNDLE_BYTES, MAX_HEADS};

/// Why bytes are not a bundle.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum BundleError {
    /// They do not begin as a bundle of this version does.
    #[error("is no bundle: it does not begin with `CUPBUND1`")]
    Tag,
    /// They are more than any bundle has.
    #[error("is {0} bytes long, more than any bundle")]
    Long(usize),
    /// They end before the bundle does.
    #[error("ends at byte {at}, within {what}: send it again, or what was read of it with those that follow")]
    Short {
        /// Where.
        at: usize,
        /// Within what.
        what: String,
    },
    /// A length or count is out of its bounds, or an id is none.
    #[error("byte {at}: {what}")]
    Value {
        /// Where.
        at: usize,
        /// What it says, and what is wrong with it.
        what: String,
    },
    /// They go on after the bundle's end.
    #[error("goes on for {0} bytes after its end")]
    Trailing(usize),
    /// A byte was changed on the way.
    #[error("its digest does not fit: {}", .0.as_ref().map_or_else(|| "what was changed is in no record".to_owned(), ToString::to_string))]
    Changed(Option<Fault>),
}

/// As much of a bundle as could be read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Recovered {
    /// The records before the fault: each is signed, so that they are as good as out of a whole bundle.
    pub batches: Vec<Batch>,
    /// Why the rest could not be read.
    pub error: Option<BundleError>,
}

impl Bundle {
    /// A bundle from its bytes.
    ///
    /// Records are not looked into unless the digest does not fit: then the first at fault is named.
    ///
    /// # Errors
    /// When `bytes` are not exactly one bundle in its one form.
    pub fn read(bytes: &[u8]) -> Result<Self, BundleError> {
        let mut reader = Reader { bytes, at: 0 };
        let mut bundle = reader.header()?;
        reader.batches(&mut bundle.batches)?;
        reader.end(&bundle.batches)?;
        Ok(bundle)
    }

    /// The records of a bundle that came in part or was changed on the way, up to the fault.
    #[must_use]
    pub fn recover(bytes: &[u8]) -> Recovered {
        let mut batches = Vec::new();
        let mut reader = Reader { bytes, at: 0 };
        let read =
            reader.header().and_then(|_| reader.batches(&mut batches)).and_then(|()| reader.end(&batches));
        Recovered { batches, error: read.err() }
    }
}

const DIGEST_BYTES: usize = 32;

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn header(&mut self) -> Result<Bundle, BundleError> {
        if self.bytes.len() > MAX_BUNDLE_BYTES {
            return Err(BundleError::Long(self.bytes.len()));
        }
        if !self.bytes.starts_with(TAG) {
            return Err(BundleError::Tag);
        }
        self.at = TAG.len();
        let station: CentreId = self.id("the station")?;
        let sender = self.id("the sender")?;
        let count = self.count("the heads", MAX_HEADS)?;
        let mut heads: Vec<Head> = Vec::new();
        for _ in 0..count {
            let at = self.at;
            let head = Head {
                centre: self.id("a head's centre")?,
                number: self.long("a head's number")?,
                digest: Digest(self.array("a head's digest")?),
            };
            if heads.last().is_some_and(|last| *last >= head) {
                return Err(BundleError::Value { at, what: "the heads are out of order".to_owned() });
            }
            heads.push(head);
        }
        Ok(Bundle { station: station.to_string(), sender, heads, batches: Vec::new() })
    }

    /// Puts into `batches` what is whole, whatever comes after it.
    fn batches(&mut self, batches: &mut Vec<Batch>) -> Result<(), BundleError> {
        let count = self.count("the centres", MAX_LIST)?;
        for _ in 0..count {
            let at = self.at;
            let centre: CentreId = self.id("a centre")?;
            if batches.last().is_some_and(|last| last.centre >= centre) {
                return Err(BundleError::Value { at, what: "the centres are out of order".to_owned() });
            }
            let first = self.long("the first number")?;
            let records = self.count("the records", MAX_BUNDLE_BYTES / 4)?;
            batches.push(Batch { centre: centre.clone(), first, records: Vec::new() });
            for index in 0..records {
                let record = self.record(&centre, first, index)?;
                if let Some(batch) = batches.last_mut() {
                    batch.records.push(record.to_vec());
                }
            }
        }
        Ok(())
    }

    fn record(&mut self, centre: &CentreId, first: u64, index: usize) -> Result<&'a [u8], BundleError> {
        let what = || format!("record {} of {centre}", first.saturating_add(index as u64));
        let length = self.count(&what(), MAX_RECORD_BYTES)?;
        // The digest at the end belongs to no record.
        if self.bytes.len().saturating_sub(self.at) < length + DIGEST_BYTES {
            return Err(BundleError::Short { at: self.bytes.len(), what: what() });
        }
        self.take(length, &what())
    }

    fn end(&mut self, batches: &[Batch]) -> Result<(), BundleError> {
        let body = &self.bytes[..self.at];
        let named = Digest(self.array("the digest")?);
        if Digest::of(body) != named {
            return Err(BundleError::Changed(first_fault(batches)));
        }
        match self.bytes.len() - self.at {
            0 => Ok(()),
            more => Err(BundleError::Trailing(more)),
        }
    }

    fn take(&mut self, length: usize, what: &str) -> Result<&'a [u8], BundleError> {
        let end = self.at.saturating_add(length);
        let Some(taken) = self.bytes.get(self.at..end) else {
            return Err(BundleError::Short { at: self.bytes.len(), what: what.to_owned() });
        };
        self.at = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self, what: &str) -> Result<[u8; N], BundleError> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N, what)?);
        Ok(array)
    }

    fn long(&mut self, what: &str) -> Result<u64, BundleError> {
        self.array(what).map(u64::from_be_bytes)
    }

    fn count(&mut self, what: &str, most: usize) -> Result<usize, BundleError> {
        let at = self.at;
        let count = u32::from_be_bytes(self.array(what)?) as usize;
        if count <= most {
            return Ok(count);
        }
        Err(BundleError::Value { at, what: format!("gives {what} a length of {count}, more than {most}") })
    }

    fn id<T: FromStr<Err = IdError>>(&mut self, what: &str) -> Result<T, BundleError> {
        let at = self.at;
        let [length] = self.array::<1>(what)?;
        if !(1..=MAX_ID_BYTES).contains(&usize::from(length)) {
            return Err(BundleError::Value { at, what: format!("gives {what} a length of {length}") });
        }
        let text = String::from_utf8_lossy(self.take(usize::from(length), what)?);
        text.parse().map_err(|why| BundleError::Value { at, what: format!("{what}: {why}") })
    }
}

/// The first record whose bytes or signature do not hold.
fn first_fault(batches: &[Batch]) -> Option<Fault> {
    batches.iter().find_map(|batch| {
        let mut due = batch.first;
        batch.records.iter().find_map(|bytes| match Signed::read(bytes) {
            Ok(signed) => {
                due = signed.record().number.saturating_add(1);
                None
            }
            Err(why) => Some(Fault { centre: batch.centre.clone(), number: due, why }),
        })
    })
}
