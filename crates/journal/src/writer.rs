use record::CentreId;
use thiserror::Error;
use timeline::Time;

use crate::codec::LongError;
use crate::fault::Why;
use crate::{Entry, Key, PublicKey, Record, Signed, Standing};

/// Why a record was not written.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum WriteError {
    /// It has no encoding.
    #[error("cannot write a record: {0}")]
    Long(#[from] LongError),
    /// Nobody would take it.
    #[error("cannot write record {number} of {centre}: {why}")]
    Refused {
        /// Whose journal.
        centre: CentreId,
        /// The number that it would have had.
        number: u64,
        /// Why.
        why: Why,
    },
}

/// The one writer of a centre's journal. It holds the end of the journal and the key, and refuses what others would refuse.
///
/// A record has to be later than all that its writer has seen: give `append` the later of the clock and the latest time seen, plus
/// one nanosecond. What is decided first follows from these times ([`crate::fold`]).
#[derive(Clone, Debug)]
pub struct Writer {
    standing: Standing,
    key: Key,
}

impl Writer {
    /// Goes on with a journal that stands where `standing` says.
    #[must_use]
    pub fn new(standing: Standing, key: Key) -> Self {
        Self { standing, key }
    }

    /// Begins a journal with the record that creates `key`.
    ///
    /// # Errors
    /// When the centre's name is too long.
    pub fn found(centre: &CentreId, key: Key, time: Time) -> Result<(Self, Signed), WriteError> {
        let (public, proof) = (key.public(), key.proof(centre));
        let mut writer = Self::new(Standing::new(centre.clone(), public), key);
        let first = writer.append(time, Entry::KeyCreated { key: public, proof })?;
        Ok((writer, first))
    }

    /// Where the journal stands.
    #[must_use]
    pub fn standing(&self) -> &Standing {
        &self.standing
    }

    /// The key that signs.
    #[must_use]
    pub fn key(&self) -> PublicKey {
        self.key.public()
    }

    /// Writes the next record.
    ///
    /// # Errors
    /// When it has no encoding, or everybody would refuse it; the journal stands where it stood.
    pub fn append(&mut self, time: Time, entry: Entry) -> Result<Signed, WriteError> {
        let signed = Record {
            centre: self.standing.centre().clone(),
            number: self.standing.number() + 1,
            previous: self.standing.digest(),
            time,
            key: self.key.public(),
            entry,
        }
        .sign(&self.key)?;
        self.standing.take(&signed).map_err(|why| WriteError::Refused {
            centre: self.standing.centre().clone(),
            number: self.standing.number() + 1,
            why,
        })?;
        Ok(signed)
    }

    /// Writes that `new` takes the place of the key in use, and signs with it from then on.
    ///
    /// # Errors
    /// As for [`Writer::append`]; the old key stays then.
    pub fn rotate(&mut self, time: Time, new: Key) -> Result<Signed, WriteError> {
        let proof = new.proof(self.standing.centre());
        let entry = Entry::KeyRotated { old: self.key.public(), new: new.public(), proof };
        let signed = self.append(time, entry)?;
        self.key = new;
        Ok(signed)
    }
}
