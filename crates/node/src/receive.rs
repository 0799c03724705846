use std::collections::BTreeMap;

use journal::{Digest, Fault, Head, MAX_LIST, Record, Signed, Why};
use record::CentreId;
use store::Extent;
use timeline::Time;

use crate::held::Placed;
use crate::{Node, NodeError};

/// Records of one centre on their way from one node to another, by number.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// Whose journal they are said to be of.
    pub centre: CentreId,
    /// The number that the first of them is said to have.
    pub first: u64,
    /// Their bytes.
    pub records: Vec<Vec<u8>>,
}

/// What came of records that were received.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Received {
    /// Those that were not here before, and are durable now.
    pub new: Vec<Head>,
    /// How many were here before.
    pub known: usize,
    /// What could not be taken, and why. Of [`Why::Split`] both records are kept, as evidence; nothing else that is named here is.
    pub faults: Vec<Fault>,
    /// What is not here and should be: it comes before a record that was held back, or somebody has seen it. Ask for it again.
    pub gaps: Vec<Fault>,
    /// How many records wait in memory for those that come before them. They are not durable.
    pub held_back: usize,
}

/// No more records wait for those before them, lest somebody fill the memory.
const MOST_HELD_BACK: usize = 20_000;
/// Nor more bytes of them.
const MOST_HELD_BACK_BYTES: usize = 64 << 20;

impl Node {
    /// Takes records from others: follows each journal, keeps what holds, and names what does not.
    ///
    /// The sender is not believed in anything, and the order does not matter. What is returned as new is durable.
    ///
    /// # Errors
    /// When the database cannot be read or written; nothing is taken then.
    pub fn receive(&mut self, batches: &[Batch], now: Time) -> Result<Received, NodeError> {
        let waiting = || self.early.values().flat_map(BTreeMap::values);
        let mut taking = Taking {
            latest: self.latest_at(now),
            received: Received::default(),
            new: vec![],
            waiting: waiting().count(),
            waiting_bytes: waiting().map(|signed| signed.bytes().len()).sum(),
        };
        for batch in batches {
            taking.batch(self, batch);
        }
        taking.retry(self);
        if !taking.new.is_empty()
            && let Err(error) = self.store.put(&taking.new).map(|put| self.count(&taking.new, put.new))
        {
            // Memory is ahead of the disk: read again what is there.
            self.reload()?;
            return Err(error.into());
        }
        self.note_verified_now_and_then()?;
        let mut received = taking.received;
        received.new = taking.new.iter().map(Signed::head).collect();
        received.held_back = self.held_back();
        received.gaps = self.gaps();
        Ok(received)
    }

    /// What is not here and should be, at most one of each centre: the first.
    #[must_use]
    pub fn gaps(&self) -> Vec<Fault> {
        let mut first: BTreeMap<&CentreId, Fault> = BTreeMap::new();
        let mut early: Vec<&Signed> = self.early.values().flat_map(BTreeMap::values).collect();
        early.sort_by_key(|signed| signed.record().number);
        let early = early.into_iter().map(|signed| self.gap_before(signed));
        let lacking = self.held.unheld().iter().map(|head| self.held.lacks(head));
        for fault in early.chain(lacking) {
            let Some((centre, _)) = self.terms().roots.get_key_value(&fault.centre) else { continue };
            match first.get(centre) {
                Some(found) if found.number <= fault.number => {}
                _ => {
                    first.insert(centre, fault);
                }
            }
        }
        first.into_values().collect()
    }

    fn waits(&self, previous: Digest, digest: Digest) -> bool {
        self.early.get(&previous).is_some_and(|waiting| waiting.contains_key(&digest))
    }

    fn held_back(&self) -> usize {
        self.early.values().map(BTreeMap::len).sum()
    }

    /// Why a record waits: others come before it, or it follows one that is not the one held.
    fn gap_before(&self, signed: &Signed) -> Fault {
        let record = signed.record();
        let centre = record.centre.clone();
        let held = self.journals().numbered(&centre, record.number - 1).next().map(Signed::digest);
        match held {
            Some(held) => {
                Fault { centre, number: record.number, why: Why::Link { named: record.previous, held } }
            }
            None => {
                let number = self.held.number(&centre) + 1;
                Fault { centre, number, why: Why::Dropped(record.number) }
            }
        }
    }

    fn count(&mut self, new: &[Signed], rows: usize) {
        let mut by_centre: BTreeMap<&CentreId, Extent> = BTreeMap::new();
        for signed in new {
            let record = signed.record();
            let extent = by_centre.entry(&record.centre).or_insert(Extent { last: 0, count: 0 });
            *extent = Extent { last: extent.last.max(record.number), count: extent.count + 1 };
        }
        if rows != new.len() {
            // Another process put some of them in: what was read of the store is looked at anew by `refresh`.
            return;
        }
        for (centre, extent) in by_centre {
            let read = self.read.entry(centre.clone()).or_insert(Extent { last: 0, count: 0 });
            *read = Extent { last: read.last.max(extent.last), count: read.count + extent.count };
        }
    }
}

/// A reception under way.
struct Taking {
    latest: Time,
    received: Received,
    new: Vec<Signed>,
    /// How many records wait for those before them, and how many bytes they are; those that were let in meanwhile count as well.
    waiting: usize,
    waiting_bytes: usize,
}

impl Taking {
    fn batch(&mut self, node: &mut Node, batch: &Batch) {
        let mut due = batch.first.max(1);
        for bytes in &batch.records {
            let number = self.record(node, batch, due, bytes);
            due = number.saturating_add(1);
        }
    }

    /// Takes one record, which should have the number `due`; returns the number it has, or `due` when it says none.
    fn record(&mut self, node: &mut Node, batch: &Batch, due: u64, bytes: &[u8]) -> u64 {
        let mut fault = |number, why| {
            self.received.faults.push(Fault { centre: batch.centre.clone(), number, why });
        };
        let record = match Record::read(bytes) {
            Ok((record, _)) => record,
            Err(why) => {
                fault(due, Why::Unreadable(why));
                return due;
            }
        };
        let head = Head { centre: record.centre.clone(), number: record.number, digest: Digest::of(bytes) };
        if node.held.journals().contains(&head) || node.waits(record.previous, head.digest) {
            self.received.known += 1;
            return record.number;
        }
        let signed = match Signed::read(bytes) {
            Ok(signed) => signed,
            Err(why) => {
                // A number that nobody signed is believed only where it can be: it follows a record that is here.
                let forerunner = Head {
                    centre: batch.centre.clone(),
                    number: record.number.saturating_sub(1),
                    digest: record.previous,
                };
                let can_be = (record.number == 1 && record.previous == Digest::NONE)
                    || node.held.journals().contains(&forerunner);
                let number = if can_be { record.number } else { due };
                fault(number, why);
                return number;
            }
        };
        if record.centre != batch.centre {
            fault(due, Why::OtherCentre(record.centre));
            return due;
        }
        if record.time > self.latest {
            fault(record.number, Why::ClockAhead { time: record.time, latest: self.latest });
            return record.number;
        }
        self.place(node, signed);
        record.number
    }

    fn place(&mut self, node: &mut Node, signed: Signed) {
        let (centre, number) = (signed.record().centre.clone(), signed.record().number);
        match node.held.place(&signed) {
            Placed::Next => self.new.push(signed),
            Placed::Beside(held) => {
                let why = Why::Split(held, signed.digest());
                self.received.faults.push(Fault { centre, number, why });
                self.new.push(signed);
            }
            Placed::Never(why) => self.received.faults.push(Fault { centre, number, why }),
            Placed::Early => {
                let length = signed.bytes().len();
                let room =
                    self.waiting < MOST_HELD_BACK && self.waiting_bytes + length <= MOST_HELD_BACK_BYTES;
                if room {
                    (self.waiting, self.waiting_bytes) = (self.waiting + 1, self.waiting_bytes + length);
                }
                let waiting = node.early.get_mut(&signed.record().previous);
                match waiting {
                    Some(waiting) if room && waiting.len() < MAX_LIST => {
                        waiting.insert(signed.digest(), signed);
                    }
                    None if room => {
                        let alone = [(signed.digest(), signed.clone())];
                        node.early.insert(signed.record().previous, alone.into());
                    }
                    _ => self.received.faults.push(node.gap_before(&signed)),
                }
            }
        }
    }

    /// Puts in what waited, as far as what comes before it is here now.
    fn retry(&mut self, node: &mut Node) {
        let ready = |(previous, waiting): (&Digest, &BTreeMap<Digest, Signed>)| {
            let first = waiting.values().next()?;
            node.held.journals().contains(&before(first)).then_some(*previous)
        };
        let mut next: Vec<Digest> = node.early.iter().filter_map(ready).collect();
        while let Some(previous) = next.pop() {
            for (digest, signed) in node.early.remove(&previous).unwrap_or_default() {
                self.place(node, signed);
                next.push(digest);
            }
        }
    }
}

fn before(signed: &Signed) -> Head {
    let record = signed.record();
    Head { centre: record.centre.clone(), number: record.number.saturating_sub(1), digest: record.previous }
}
