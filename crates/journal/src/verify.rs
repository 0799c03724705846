use std::collections::BTreeMap;

use record::CentreId;
use timeline::Time;

use crate::fault::{Fault, Why};
use crate::{Digest, Head, PublicKey, Record, Signed, Standing};

/// What a verifier knows besides the journal before it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Known {
    /// Keys of all centres, so that a key of a partner is told from one of nobody.
    pub keys: BTreeMap<PublicKey, CentreId>,
    /// Records known to be there: from co-signed checkpoints ([`crate::Seal`]), or held from before.
    pub heads: Vec<Head>,
    /// The latest time that a record can have: the verifier's clock and what others' clocks may be ahead of it.
    pub latest: Option<Time>,
}

/// As much of a journal as holds, and the first record that does not.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Verified {
    /// The records before the fault, all of them without one.
    pub records: Vec<Signed>,
    /// Where the journal stands after them.
    pub standing: Standing,
    /// What is wrong with the next one.
    pub fault: Option<Fault>,
}

/// Follows one centre's journal from where it `stands`, through the bytes of `records` in the order in which they were given.
///
/// A record of a number before the first of `records` is [`Why::Replayed`] even when its bytes differ from those taken then, unless
/// [`Known::heads`] has that number: the bytes are not at hand.
#[must_use]
pub fn verify<B: AsRef<[u8]>>(stands: Standing, records: &[B], known: &Known) -> Verified {
    let mut course = Course { first: stands.number() + 1, standing: stands, records: Vec::new(), known };
    let mut fault = course.parted();
    for (at, bytes) in records.iter().enumerate() {
        if fault.is_some() {
            break;
        }
        fault = course.next(bytes.as_ref(), &records[at + 1..]).err();
    }
    let fault = fault.or_else(|| course.missing());
    let centre = course.standing.centre().clone();
    Verified {
        records: course.records,
        standing: course.standing,
        fault: fault.map(|(number, why)| Fault { centre, number, why }),
    }
}

struct Course<'a> {
    first: u64,
    standing: Standing,
    records: Vec<Signed>,
    known: &'a Known,
}

impl Course<'_> {
    /// Takes the next record, or says which is at fault and why.
    fn next(&mut self, bytes: &[u8], later: &[impl AsRef<[u8]>]) -> Result<(), (u64, Why)> {
        let due = self.standing.number() + 1;
        let signed = Signed::read(bytes).map_err(|why| (due, why))?;
        let record = signed.record();
        if let Some(latest) = self.known.latest.filter(|latest| record.time > *latest) {
            return Err((due, Why::ClockAhead { time: record.time, latest }));
        }
        let other = self.held(record.number).filter(|held| *held != signed.digest());
        match (self.standing.check(&signed), other) {
            (Err(Why::Replayed(number)), Some(held)) if self.standing.keys().contains_key(&record.key) => {
                Err((number, Why::Split(held, signed.digest())))
            }
            (Err(Why::Replayed(_)), Some(_)) | (Err(Why::UnknownKey), _) => {
                Err((record.number.min(due), self.stranger(record.key)))
            }
            (Err(Why::Replayed(number)), None) => Err((number, Why::Replayed(number))),
            (Err(Why::Dropped(found)), _) if later.iter().any(|bytes| self.is_due(bytes.as_ref())) => {
                Err((due, Why::Reordered(found)))
            }
            (Err(why), _) => Err((due, why)),
            (Ok(()), Some(held)) => Err((due, Why::Split(held, signed.digest()))),
            (Ok(()), None) => {
                self.standing.take(&signed).map_err(|why| (due, why))?;
                self.records.push(signed);
                Ok(())
            }
        }
    }

    /// What is known to stand at `number`, from this journal or from elsewhere.
    fn held(&self, number: u64) -> Option<Digest> {
        let at = number.checked_sub(self.first).and_then(|at| usize::try_from(at).ok());
        let here = at.and_then(|at| self.records.get(at)).map(Signed::digest);
        here.or_else(|| self.heads().find(|head| head.number == number).map(|head| head.digest))
    }

    fn heads(&self) -> impl Iterator<Item = &Head> {
        self.known.heads.iter().filter(|head| head.centre == *self.standing.centre())
    }

    fn stranger(&self, key: PublicKey) -> Why {
        match self.known.keys.get(&key) {
            Some(centre) if centre != self.standing.centre() => Why::PartnersKey(centre.clone()),
            _ => Why::UnknownKey,
        }
    }

    /// Whether `bytes` are the record that should come next.
    fn is_due(&self, bytes: &[u8]) -> bool {
        Record::read(bytes).is_ok_and(|(record, _)| {
            record.number == self.standing.number() + 1 && record.previous == self.standing.digest()
        })
    }

    /// Where the journal was followed to before is not what is known from elsewhere.
    fn parted(&self) -> Option<(u64, Why)> {
        let (number, digest) = (self.standing.number(), self.standing.digest());
        let head = self.heads().find(|head| head.number == number && head.digest != digest)?;
        Some((number, Why::Split(head.digest, digest)))
    }

    /// The journal ends before what is known to be there.
    fn missing(&self) -> Option<(u64, Why)> {
        let beyond = self.heads().filter(|head| head.number > self.standing.number());
        let next = beyond.min_by_key(|head| head.number)?;
        Some((self.standing.number() + 1, Why::Truncated(next.digest)))
    }
}
