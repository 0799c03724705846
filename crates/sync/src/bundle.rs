//! Bundles to bytes. `docs/sync.md` is the specification.

use journal::{Digest, Head};
use node::Batch;
use record::CentreId;

/// No bundle is longer, in bytes: it is held in memory, and guards refuse large files.
pub const MAX_BUNDLE_BYTES: usize = 64 << 20;
/// The most heads in a bundle.
pub const MAX_HEADS: usize = 4096;

pub(crate) const TAG: &[u8; 8] = b"CUPBUND1";

/// Records on their way as one file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Bundle {
    /// The station whose plan they are about.
    pub station: String,
    /// Whose node made it.
    pub sender: CentreId,
    /// How far that node held each journal, by centre, number and digest: what lies beyond the records is still to come.
    pub heads: Vec<Head>,
    /// The records, by centre; each after those it follows.
    pub batches: Vec<Batch>,
}

impl Bundle {
    /// Its bytes. One bundle has one form.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = TAG.to_vec();
        name(&mut out, &self.station);
        name(&mut out, self.sender.as_str());
        count(&mut out, self.heads.len());
        for head in &self.heads {
            name(&mut out, head.centre.as_str());
            out.extend_from_slice(&head.number.to_be_bytes());
            out.extend_from_slice(&head.digest.0);
        }
        count(&mut out, self.batches.len());
        for batch in &self.batches {
            name(&mut out, batch.centre.as_str());
            out.extend_from_slice(&batch.first.to_be_bytes());
            count(&mut out, batch.records.len());
            for record in &batch.records {
                count(&mut out, record.len());
                out.extend_from_slice(record);
            }
        }
        let digest = Digest::of(&out);
        out.extend_from_slice(&digest.0);
        out
    }
}

/// A name is at most 64 bytes: ids are checked where they are made.
fn name(out: &mut Vec<u8>, text: &str) {
    out.push(text.len() as u8);
    out.extend_from_slice(text.as_bytes());
}

fn count(out: &mut Vec<u8>, count: usize) {
    out.extend_from_slice(&(count as u32).to_be_bytes());
}
