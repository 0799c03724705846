use std::collections::BTreeMap;
use std::path::Path;

use journal::{Digest, Head, Signed};
use record::CentreId;

use crate::{Damage, Kept, Requests, StoreError};

/// A page of records ends, before it is full, with the record that brings it to so many bytes.
pub const PAGE_BYTES: usize = 8 << 20;

/// Where the records of all centres are kept.
///
/// What a method has written is durable when it returns: on the disk, not in a cache of the system. Several processes may have one
/// store open; each method is one transaction.
pub trait Store {
    /// Appends a record of one's own centre to its journal.
    ///
    /// # Errors
    /// [`StoreError::Moved`] unless its number is the last of its centre plus one and it follows a record of that last number: two
    /// processes of one centre cannot fork its journal. When the store cannot be written; nothing is kept then.
    ///
    /// When that record is the last already, all is well: whoever never heard that it was kept appends it again.
    fn append(&mut self, record: &Signed) -> Result<(), StoreError>;

    /// Puts in records received from others, in any order: all of them or none.
    ///
    /// Those that are there already are no fault. Two records of one number are both kept: they are the evidence of a fork. A row that
    /// should hold one of them and is damaged is set aside, and the good record takes its place.
    ///
    /// # Errors
    /// [`StoreError::Number`] for a number that no journal has. When the store cannot be written.
    fn put(&mut self, records: &[Signed]) -> Result<Put, StoreError>;

    /// The next records of `centre`, by number, then digest: at most `most` and about [`PAGE_BYTES`]. None when there are no more.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] when a row of this page is not what was put in: it is neither shown nor passed over.
    fn records(&mut self, centre: &CentreId, start: Start, most: usize) -> Result<Vec<Kept>, StoreError>;

    /// How much of each centre's journal is here.
    ///
    /// # Errors
    /// When the store cannot be read, or a row names no centre.
    fn extents(&mut self) -> Result<BTreeMap<CentreId, Extent>, StoreError>;

    /// How far each chain was followed with its signatures checked, as it was told to [`Store::set_verified`].
    ///
    /// # Errors
    /// When the store cannot be read.
    fn verified(&mut self) -> Result<BTreeMap<CentreId, Head>, StoreError>;

    /// Notes that the chain of a centre was followed to `head` with its signatures checked.
    ///
    /// # Errors
    /// [`StoreError::Absent`] when that record is not here.
    fn set_verified(&mut self, head: &Head) -> Result<(), StoreError>;

    /// What was last kept under this name by [`Store::set_projection`].
    ///
    /// # Errors
    /// When the store cannot be read.
    fn projection(&mut self, name: &str) -> Result<Option<Projection>, StoreError>;

    /// Keeps something that follows from the records, in place of what was under this name.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn set_projection(&mut self, name: &str, projection: &Projection) -> Result<(), StoreError>;

    /// The table of change requests, when it has been filled.
    ///
    /// # Errors
    /// When the store cannot be read, or somebody wrote into the table what is none.
    fn requests(&mut self) -> Result<Option<Requests>, StoreError>;

    /// Fills the table `request` for people who ask with SQL, in place of all that was in it.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn set_requests(&mut self, requests: &Requests) -> Result<(), StoreError>;

    /// Drops every projection, the table of change requests included. No record is touched.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn drop_projections(&mut self) -> Result<(), StoreError>;

    /// Looks at the store's structure, as far as the database can, and at every row that should be a record; names those that are not
    /// what was put in.
    ///
    /// # Errors
    /// [`StoreError::Integrity`] when the structure is broken. When the store cannot be read.
    fn check(&mut self) -> Result<Vec<Damage>, StoreError>;

    /// Moves every damaged row to the table `set_aside`, so that the rest can be read and [`Store::put`] can bring the record again.
    /// What was noted as verified there or later is forgotten.
    ///
    /// # Errors
    /// When the store cannot be written.
    fn set_aside(&mut self) -> Result<Vec<Damage>, StoreError>;

    /// Writes a copy of all records, as of one moment, into a new SQLite file; others may write meanwhile. Whatever kind of store this
    /// is, [`crate::Sqlite::open`] opens the copy. Projections may stay behind.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when there is a file already. When it cannot be written; nothing is left then.
    fn backup(&mut self, to: &Path) -> Result<(), StoreError>;
}

/// Where a page of records begins.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Start {
    /// With the first record of this number or a later one.
    Number(u64),
    /// After the record of this number and digest: the last one of the page before.
    After(u64, Digest),
}

impl Start {
    /// After which number and digest, as databases have them; none when no record can be there.
    pub(crate) fn row(&self) -> Option<(i64, &[u8])> {
        let (number, digest): (u64, &[u8]) = match self {
            Self::Number(number) => (*number, &[]),
            Self::After(number, digest) => (*number, &digest.0),
        };
        i64::try_from(number).ok().map(|number| (number, digest))
    }
}

/// What [`Store::put`] did.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Put {
    /// How many records were not there before.
    pub new: usize,
    /// How many were.
    pub known: usize,
    /// Rows that were damaged and in whose place a good record stands now.
    pub mended: Vec<Damage>,
}

/// How much of a centre's journal is here.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Extent {
    /// The highest number.
    pub last: u64,
    /// How many records: fewer than `last` when some are not here yet, more when there is a fork.
    pub count: u64,
}

impl Extent {
    /// From a row of the database.
    pub(crate) fn of(centre: &str, last: i64, count: i64) -> Result<(CentreId, Self), StoreError> {
        let damaged = |why: &str| {
            StoreError::Damaged(Damage { centre: centre.to_owned(), number: last, why: why.to_owned() })
        };
        let id = centre.parse().map_err(|_| damaged("no centre is called that"))?;
        let last = u64::try_from(last).map_err(|_| damaged("no record has that number"))?;
        Ok((id, Self { last, count: count.unsigned_abs() }))
    }
}

/// Something that follows from the records.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Projection {
    /// Of what it was made: the digest of a state, by which its reader tells whether it is of today.
    pub basis: Digest,
    /// What only its maker reads.
    pub bytes: Vec<u8>,
}

/// Every record of `centre` from `number` on, a page at a time.
///
/// # Errors
/// As [`Store::records`], and whatever `take` returns.
pub fn for_each<E: From<StoreError>>(
    store: &mut (impl Store + ?Sized),
    centre: &CentreId,
    number: u64,
    mut take: impl FnMut(Kept) -> Result<(), E>,
) -> Result<(), E> {
    const PAGE: usize = 1024;
    let mut start = Start::Number(number);
    loop {
        let page = store.records(centre, start, PAGE)?;
        let Some(last) = page.last() else { return Ok(()) };
        start = Start::After(last.number, last.digest);
        page.into_iter().try_for_each(&mut take)?;
    }
}
