use record::CentreId;
use thiserror::Error;
use timeline::Time;

use crate::{Digest, ReadError};

/// The first record of a journal that cannot be taken, and why.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("record {number} of {centre}: {why}")]
pub struct Fault {
    /// Whose journal.
    pub centre: CentreId,
    /// Which record: the number that should have come next, or that of the record which is gone.
    pub number: u64,
    /// Why.
    pub why: Why,
}

/// Why a record cannot be taken.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum Why {
    /// Its bytes are no record.
    #[error("{0}")]
    Unreadable(ReadError),
    /// Its signature is not that of the key it names: a byte was changed, or it is forged.
    #[error("the signature does not fit: a byte was changed or it is forged")]
    Signature,
    /// It stands in another centre's journal.
    #[error("it belongs into the journal of {0}")]
    OtherCentre(CentreId),
    /// Nobody knows the key that signed it.
    #[error("it is signed with a key that the centre never announced")]
    UnknownKey,
    /// It is signed with another centre's key.
    #[error("it is signed with a key of {0}")]
    PartnersKey(CentreId),
    /// It is signed with a key that another had replaced.
    #[error("it is signed with a key that record {0} replaced")]
    RotatedKey(u64),
    /// It is signed with a key that was revoked.
    #[error("it is signed with a key that record {0} revoked")]
    RevokedKey(u64),
    /// Records before it are not there.
    #[error("it is not there, and record {0} stands in its place")]
    Dropped(u64),
    /// It comes later than a record that follows it.
    #[error("it comes after record {0}")]
    Reordered(u64),
    /// It has come before.
    #[error("record {0} comes a second time")]
    Replayed(u64),
    /// There are two of this number, each rightly signed.
    #[error("there are two of this number: {0} and {1}")]
    Split(Digest, Digest),
    /// It does not name the record before it.
    #[error("it follows {named}, but the record before it is {held}")]
    Link {
        /// What it names.
        named: Digest,
        /// What stands there.
        held: Digest,
    },
    /// The journal ends before a record that is known to be there.
    #[error("it is known to be there as {0}, and the journal ends before it")]
    Truncated(Digest),
    /// Its time is before the last record's.
    #[error("its time {time} is before {before} of the record before it")]
    ClockBack {
        /// Its time.
        time: Time,
        /// The time of the record before it.
        before: Time,
    },
    /// Its time has not come.
    #[error("its time {time} is after {latest}, the latest that can be")]
    ClockAhead {
        /// Its time.
        time: Time,
        /// The latest time that the verifier takes.
        latest: Time,
    },
    /// The first record does not create the key by which the centre is known.
    #[error("a journal begins by creating the key by which the centre is known")]
    Founding,
    /// It announces a key without showing that the centre holds it.
    #[error("it announces a key without proof that the centre holds it")]
    Proof,
    /// It announces a key that was announced before.
    #[error("it announces a key that was announced before")]
    KeyTwice,
    /// It ends a key that is not in use.
    #[error("it ends a key that is not in use")]
    KeyNotInUse,
    /// It revokes the last key, after which nobody could write.
    #[error("it revokes the last key, after which nobody could write")]
    LastKey,
}
