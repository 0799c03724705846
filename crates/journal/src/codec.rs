//! Entries to bytes. `docs/journal.md` is the specification; this file and `read.rs` follow it line by line.

use thiserror::Error;

use crate::{Barter, ChangeRequest, Digest, Entry, Head, Record, Ruled, Urgency};

/// The longest id or name, in bytes.
pub const MAX_ID_BYTES: usize = 64;
/// The longest text, in bytes.
pub const MAX_TEXT_BYTES: usize = 65_536;
/// The longest opaque content, in bytes.
pub const MAX_BLOB_BYTES: usize = 1_048_576;
/// The most members of a list.
pub const MAX_LIST: usize = 64;
/// No record is longer, in bytes; one with everything at its longest is shorter.
pub const MAX_RECORD_BYTES: usize = 1_310_720;

pub(crate) const TAG_RECORD: &[u8; 8] = b"CUPJREC1";
pub(crate) const TAG_KEY: &[u8; 8] = b"CUPJKEY1";
pub(crate) const TAG_HEADS: &[u8; 8] = b"CUPJHDS1";
pub(crate) const TAG_BASELINE: &[u8; 8] = b"CUPJBAS1";
pub(crate) const TAG_STATE: &[u8; 8] = b"CUPJSTA1";

/// What cannot be written: a record says so little or so much that its encoding has no place for it.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("{what} has {length} of {least} to {most}")]
pub struct LongError {
    /// Which field.
    pub what: &'static str,
    /// How long it is, in bytes or members.
    pub length: usize,
    /// The least that it may have.
    pub least: usize,
    /// The most that it may have.
    pub most: usize,
}

/// Bytes being written.
pub(crate) struct Out(Vec<u8>);

impl Out {
    pub(crate) fn tagged(tag: &[u8; 8]) -> Self {
        Self(tag.to_vec())
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.0
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.0.extend_from_slice(bytes);
    }

    pub(crate) fn byte(&mut self, byte: u8) {
        self.0.push(byte);
    }

    pub(crate) fn long(&mut self, number: u64) {
        self.raw(&number.to_be_bytes());
    }

    /// A length is checked before anything is written (`check`), so that the casts below lose nothing.
    pub(crate) fn name(&mut self, text: &str) {
        self.byte(text.len() as u8);
        self.raw(text.as_bytes());
    }

    pub(crate) fn blob(&mut self, bytes: &[u8]) {
        self.raw(&(bytes.len() as u32).to_be_bytes());
        self.raw(bytes);
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.blob(text.as_bytes());
    }

    pub(crate) fn heads(&mut self, heads: &[Head]) {
        self.byte(heads.len() as u8);
        for head in heads {
            self.name(head.centre.as_str());
            self.long(head.number);
            self.raw(&head.digest.0);
        }
    }

    fn digests(&mut self, digests: &[Digest]) {
        self.byte(digests.len() as u8);
        digests.iter().for_each(|digest| self.raw(&digest.0));
    }
}

/// The bytes of a record that are signed: all but the signature.
///
/// # Errors
/// When a field is longer than its encoding has place for, or a list is not in order.
pub(crate) fn body(record: &Record) -> Result<Vec<u8>, LongError> {
    check_name("centre", record.centre.as_str())?;
    check(&record.entry)?;
    let mut out = Out::tagged(TAG_RECORD);
    out.name(record.centre.as_str());
    out.long(record.number);
    out.raw(&record.previous.0);
    out.raw(&record.time.nanoseconds().to_be_bytes());
    out.raw(&record.key.0);
    entry(&mut out, &record.entry);
    Ok(out.finish())
}

fn entry(out: &mut Out, entry: &Entry) {
    out.byte(code(entry));
    match entry {
        Entry::KeyCreated { key, proof } => {
            out.raw(&key.0);
            out.raw(&proof.0);
        }
        Entry::KeyRotated { old, new, proof } => {
            out.raw(&old.0);
            out.raw(&new.0);
            out.raw(&proof.0);
        }
        Entry::KeyRevoked { key, reason } => {
            out.raw(&key.0);
            out.text(reason);
        }
        Entry::Request(request) => change_request(out, request),
        Entry::Approval { request } => out.raw(&request.0),
        Entry::Comment { about: digest, text }
        | Entry::ApprovalWithComment { request: digest, text }
        | Entry::Rejection { request: digest, text }
        | Entry::Withdrawal { request: digest, text } => {
            out.raw(&digest.0);
            out.text(text);
        }
        Entry::Implementation { request, baseline } => {
            out.raw(&request.0);
            out.raw(&baseline.0);
        }
        Entry::Ruling { request, body, ruled, text } => {
            out.raw(&request.0);
            out.name(body.as_str());
            out.byte(u8::from(*ruled == Ruled::Approved));
            out.text(text);
        }
        Entry::AsRun { activity, what } => {
            out.name(activity);
            out.blob(what);
        }
        Entry::Barter(barter) => self::barter(out, barter),
        Entry::Checkpoint { heads } => out.heads(heads),
    }
}

fn change_request(out: &mut Out, request: &ChangeRequest) {
    out.name(&request.name);
    out.byte(match request.urgency {
        Urgency::Routine => 0,
        Urgency::Urgent => 1,
        Urgency::Safety => 2,
    });
    out.raw(&request.baseline.0);
    out.heads(&request.seen);
    out.digests(&request.replaces);
    out.blob(&request.edits);
    out.text(&request.rationale);
}

fn barter(out: &mut Out, barter: &Barter) {
    out.name(barter.from.as_str());
    out.name(barter.to.as_str());
    out.name(barter.pool.as_str());
    out.long(barter.amount);
    out.text(&barter.terms);
}

const fn code(entry: &Entry) -> u8 {
    match entry {
        Entry::KeyCreated { .. } => 1,
        Entry::KeyRotated { .. } => 2,
        Entry::KeyRevoked { .. } => 3,
        Entry::Request(_) => 16,
        Entry::Comment { .. } => 17,
        Entry::Approval { .. } => 18,
        Entry::ApprovalWithComment { .. } => 19,
        Entry::Rejection { .. } => 20,
        Entry::Withdrawal { .. } => 21,
        Entry::Implementation { .. } => 22,
        Entry::Ruling { .. } => 23,
        Entry::AsRun { .. } => 32,
        Entry::Barter(_) => 33,
        Entry::Checkpoint { .. } => 48,
    }
}

fn check(entry: &Entry) -> Result<(), LongError> {
    match entry {
        Entry::Request(request) => check_request(request),
        Entry::KeyRevoked { reason: text, .. }
        | Entry::Comment { text, .. }
        | Entry::ApprovalWithComment { text, .. }
        | Entry::Rejection { text, .. }
        | Entry::Withdrawal { text, .. } => check_length("the text", text.len(), 0, MAX_TEXT_BYTES),
        Entry::Ruling { body, text, .. } => {
            check_name("the body", body.as_str())?;
            check_length("the text", text.len(), 0, MAX_TEXT_BYTES)
        }
        Entry::AsRun { activity, what } => {
            check_name("the activity", activity)?;
            check_length("what happened", what.len(), 0, MAX_BLOB_BYTES)
        }
        Entry::Barter(barter) => {
            check_name("the giver", barter.from.as_str())?;
            check_name("the taker", barter.to.as_str())?;
            check_name("the pool", barter.pool.as_str())?;
            check_length("the terms", barter.terms.len(), 0, MAX_TEXT_BYTES)
        }
        Entry::Checkpoint { heads } => check_heads("a checkpoint", heads),
        Entry::KeyCreated { .. }
        | Entry::KeyRotated { .. }
        | Entry::Approval { .. }
        | Entry::Implementation { .. } => Ok(()),
    }
}

fn check_request(request: &ChangeRequest) -> Result<(), LongError> {
    check_name("the request's name", &request.name)?;
    check_heads("what was seen", &request.seen)?;
    check_length("what is replaced", request.replaces.len(), 0, MAX_LIST)?;
    check_order("what is replaced, in order of digest,", &request.replaces)?;
    check_length("the edits", request.edits.len(), 0, MAX_BLOB_BYTES)?;
    check_length("the rationale", request.rationale.len(), 0, MAX_TEXT_BYTES)
}

fn check_heads(what: &'static str, heads: &[Head]) -> Result<(), LongError> {
    check_length(what, heads.len(), 0, MAX_LIST)?;
    heads.iter().try_for_each(|head| check_name("a centre", head.centre.as_str()))?;
    let centres: Vec<_> = heads.iter().map(|head| &head.centre).collect();
    check_order("the heads, in order of centre,", &centres)
}

/// As many members as are in order must be as many as there are.
fn check_order<T: Ord>(what: &'static str, list: &[T]) -> Result<(), LongError> {
    let ordered = list.windows(2).take_while(|pair| pair[0] < pair[1]).count() + list.len().min(1);
    check_length(what, ordered, list.len(), list.len())
}

fn check_name(what: &'static str, text: &str) -> Result<(), LongError> {
    check_length(what, text.len(), 1, MAX_ID_BYTES)
}

fn check_length(what: &'static str, length: usize, least: usize, most: usize) -> Result<(), LongError> {
    if (least..=most).contains(&length) { Ok(()) } else { Err(LongError { what, length, least, most }) }
}
