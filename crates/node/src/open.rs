//! Records out of the database: what holds is taken, what does not is told.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use journal::{Digest, Fault, Head, Record, Signed, Why};
use record::CentreId;
use store::{Damage, Extent, Kept, Start, Store, StoreError};

use crate::folder::Reader;
use crate::held::{Held, Placed};
use crate::{Node, NodeError, folder};

/// What is wrong with the records of a node.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Health {
    /// How many records hold.
    pub records: usize,
    /// Rows of the database that are not what was put in.
    pub damaged: Vec<Damage>,
    /// The first record of each centre that cannot stand where it is, or should be there and is not.
    pub faults: Vec<Fault>,
}

impl Health {
    /// Whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.damaged.is_empty() && self.faults.is_empty()
    }
}

/// Whether signatures are checked that were checked before.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Checking {
    /// Those that are not known to be right.
    New,
    /// Every one.
    All,
}

/// The store is told anew how far a journal is verified after so many records: each time costs a write to the disk, and opening
/// checks so many signatures again (50 µs each).
const VERIFIED_EVERY: u64 = 500;

impl Node {
    /// Checks every record again, signatures included, and names the first fault of each centre.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn verify_all(&mut self) -> Result<Health, NodeError> {
        let empty = Held::new(self.terms().clone());
        read_all(&mut *self.store, empty, Checking::All).map(|(_, health, _)| health)
    }

    /// Moves damaged rows of the database out of the way, so that partners can send those records again.
    ///
    /// # Errors
    /// When the database cannot be written.
    pub fn set_aside(&mut self) -> Result<Vec<Damage>, NodeError> {
        let own = self.store.extents()?.get(self.centre()).map_or(0, |extent| extent.last);
        if own > self.held.number(self.centre()) {
            // The store forgets what it sets aside; that the own journal went so far must not be forgotten.
            folder::write_whole(&lost_file(&self.folder), format!("{own}\n").as_bytes(), Reader::Anybody)?;
        }
        let set_aside = self.store.set_aside()?;
        self.reload()?;
        Ok(set_aside)
    }

    /// Refuses while the own journal is shorter than it once was here.
    pub(crate) fn check_lost(&self) -> Result<(), NodeError> {
        let path = lost_file(&self.folder);
        let Ok(text) = std::fs::read_to_string(&path) else { return Ok(()) };
        let number = text
            .trim_end()
            .parse()
            .map_err(|_| folder::fault(&path, "is one number: the last of the own journal".to_owned()))?;
        if self.held.number(self.centre()) < number {
            return Err(NodeError::Lost { number, path });
        }
        std::fs::remove_file(&path).map_err(|source| folder::file("remove", &path, source))
    }

    /// Brings in what another process has put into the database.
    ///
    /// # Errors
    /// When the database cannot be read.
    pub fn refresh(&mut self) -> Result<(), NodeError> {
        for (centre, extent) in self.store.extents()? {
            let before = self.read.get(&centre).copied().unwrap_or(Extent { last: 0, count: 0 });
            if before == extent {
                continue;
            }
            let mut rows = read_rows(&mut *self.store, &centre, before.last + 1)?;
            if before.count + rows.count() != extent.count {
                rows = read_rows(&mut *self.store, &centre, 1)?;
                self.read
                    .insert(centre.clone(), Extent { last: rows.last(before.last), count: rows.count() });
            } else {
                let count = before.count + rows.count();
                self.read.insert(centre.clone(), Extent { last: rows.last(before.last), count });
            }
            self.health.damaged.extend(rows.damaged);
            self.health.faults.extend(take(&mut self.held, &centre, &rows.kept, &BTreeSet::new()));
        }
        self.health.records = self.held.journals().len();
        Ok(())
    }

    /// Reads everything anew.
    pub(crate) fn reload(&mut self) -> Result<(), NodeError> {
        let terms = folder::read_terms(&self.folder)?;
        let (held, health, read) = read_all(&mut *self.store, Held::new(terms), Checking::New)?;
        let verified = self.store.verified()?;
        self.verified = verified.into_iter().map(|(centre, head)| (centre, head.number)).collect();
        (self.held, self.health, self.read) = (held, health, read);
        Ok(())
    }

    /// Tells the store how far journals are verified, where that is more than so many records further than it knows.
    pub(crate) fn note_verified(&mut self, beyond: u64) -> Result<(), NodeError> {
        for head in self.held.heads() {
            let known = self.verified.get(&head.centre).copied().unwrap_or(0);
            if head.number > known + beyond {
                self.store.set_verified(&head)?;
                self.verified.insert(head.centre, head.number);
            }
        }
        Ok(())
    }

    pub(crate) fn note_verified_now_and_then(&mut self) -> Result<(), NodeError> {
        self.note_verified(VERIFIED_EVERY)
    }
}

/// How long the own journal was before damaged rows of it were set aside.
fn lost_file(folder: &Path) -> PathBuf {
    folder.join("lost")
}

type Extents = BTreeMap<CentreId, Extent>;

fn read_all(
    store: &mut dyn Store,
    mut held: Held,
    checking: Checking,
) -> Result<(Held, Health, Extents), NodeError> {
    let (mut health, mut extents) = (Health::default(), Extents::new());
    let verified = store.verified()?;
    let mut centres: BTreeSet<CentreId> = store.extents()?.into_keys().collect();
    // Of a journal whose rows are all gone the verified head is left.
    centres.extend(verified.keys().cloned());
    for centre in centres {
        let rows = read_rows(store, &centre, 1)?;
        extents.insert(centre.clone(), Extent { last: rows.last(0), count: rows.count() });
        let mut faults = Vec::new();
        let mut known = BTreeSet::new();
        if let Some(head) = verified.get(&centre) {
            match path(&rows.kept, head) {
                Ok(trusted) => known = trusted,
                Err(fault) => faults.push(fault),
            }
            held.seen(head);
        }
        if checking == Checking::All {
            known.clear();
        }
        faults.extend(take(&mut held, &centre, &rows.kept, &known));
        health.damaged.extend(rows.damaged);
        health.faults.extend(faults.into_iter().min_by_key(|fault| fault.number));
    }
    health.records = held.journals().len();
    Ok((held, health, extents))
}

/// The records that `head` names and follows: their bytes are those of which the signatures were checked, since every digest is named by
/// a record whose signature was.
fn path(kept: &[Kept], head: &Head) -> Result<BTreeSet<Digest>, Fault> {
    let by_digest: HashMap<[u8; 32], &Kept> = kept.iter().map(|kept| (kept.digest.0, kept)).collect();
    let (mut found, mut next, mut number) = (BTreeSet::new(), head.digest, head.number);
    while next != Digest::NONE && number > 0 {
        let fault = |why| Fault { centre: head.centre.clone(), number, why };
        let Some(row) = by_digest.get(&next.0) else {
            let other = kept.iter().find(|kept| kept.number == number);
            let end = kept.iter().map(|kept| kept.number).max().unwrap_or(0);
            let mut fault = fault(other.map_or(Why::Truncated(next), |other| Why::Split(next, other.digest)));
            fault.number = number.min(end + 1);
            return Err(fault);
        };
        let (record, _) = Record::read(&row.bytes).map_err(|why| fault(Why::Unreadable(why)))?;
        found.insert(next);
        (next, number) = (record.previous, record.number - 1);
    }
    Ok(found)
}

/// Puts rows where they stand, and says of the first that cannot why.
fn take(held: &mut Held, centre: &CentreId, kept: &[Kept], known: &BTreeSet<Digest>) -> Option<Fault> {
    let mut first = None;
    let mut tell = |number, why| {
        first.get_or_insert(Fault { centre: centre.clone(), number, why });
    };
    // A journal without a root is kept and does not count until there is one.
    if !held.terms().roots.contains_key(centre) {
        return None;
    }
    for row in kept {
        let head = Head { centre: centre.clone(), number: row.number, digest: row.digest };
        if held.journals().contains(&head) {
            continue;
        }
        let signed = if known.contains(&row.digest) {
            Signed::named(&row.bytes, row.digest)
        } else {
            Signed::read(&row.bytes)
        };
        match signed.map(|signed| held.place(&signed)) {
            Ok(Placed::Next | Placed::Beside(_)) => {}
            Ok(Placed::Never(why)) | Err(why) => tell(row.number, why),
            Ok(Placed::Early) => {
                let number = (held.number(centre) + 1).min(row.number);
                tell(number, Why::Dropped(row.number));
            }
        }
    }
    first
}

/// Rows of one centre.
struct Rows {
    kept: Vec<Kept>,
    damaged: Vec<Damage>,
}

impl Rows {
    fn count(&self) -> u64 {
        (self.kept.len() + self.damaged.len()) as u64
    }

    fn last(&self, before: u64) -> u64 {
        let damaged = self.damaged.iter().filter_map(|damage| u64::try_from(damage.number).ok());
        self.kept.iter().map(|kept| kept.number).chain(damaged).max().unwrap_or(0).max(before)
    }
}

/// Every row of `centre` from `number` on; damaged ones are passed over and told.
fn read_rows(store: &mut dyn Store, centre: &CentreId, number: u64) -> Result<Rows, NodeError> {
    const PAGE: usize = 1024;
    let mut rows = Rows { kept: Vec::new(), damaged: Vec::new() };
    let (mut start, mut most) = (Start::Number(number), PAGE);
    loop {
        match store.records(centre, start, most) {
            Ok(page) => {
                let Some(last) = page.last() else { return Ok(rows) };
                start = Start::After(last.number, last.digest);
                rows.kept.extend(page);
            }
            // Up to the damaged row one by one, then over it.
            Err(StoreError::Damaged(_)) if most > 1 => most = 1,
            Err(StoreError::Damaged(damage)) => {
                let next = u64::try_from(damage.number).unwrap_or(0).saturating_add(1);
                rows.damaged.push(damage);
                let passed = match start {
                    Start::Number(number) => number,
                    Start::After(number, _) => number,
                };
                (start, most) = (Start::Number(next.max(passed.saturating_add(1))), PAGE);
            }
            Err(error) => return Err(error.into()),
        }
    }
}
