//! One SQLite file.

mod open;
mod rows;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use journal::{Head, Signed};
use record::CentreId;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};

use crate::request::{RawRequest, digest};
use crate::{
    Damage, Extent, Kept, PAGE_BYTES, Projection, Put, Requests, Start, Store, StoreError, backup, sql,
    taking,
};
use rows::Tx;

const READING: &str = "reading the store";
const WRITING: &str = "writing to the store";

/// A store in one SQLite file, which other processes may have open as well.
///
/// Write-ahead log, synchronised at each commit: what was acknowledged survives the death of the program and of the machine, as far as
/// the disk does what it is told.
#[derive(Debug)]
pub struct Sqlite {
    connection: Connection,
    path: PathBuf,
}

impl Sqlite {
    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The journal mode and the level of synchronising that are in force: `wal` and 2, which is `FULL`.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub fn durability(&self) -> Result<(String, i64), StoreError> {
        let ask = |name| self.connection.pragma_query_value(None, name, |row| row.get(0));
        let mode = ask("journal_mode").map_err(failed(READING))?;
        let level = self.connection.pragma_query_value(None, "synchronous", |row| row.get(0));
        Ok((mode, level.map_err(failed(READING))?))
    }

    /// Copies the records of another store into this one, which has none: what is damaged there is set aside here.
    #[cfg(feature = "postgres")]
    pub(crate) fn fill(&mut self, from: &mut impl taking::Rows) -> Result<(), StoreError> {
        self.write(|rows| {
            let mut id = i64::MIN;
            loop {
                let page = from.after(id, taking::GO)?;
                let Some(last) = page.last() else { break };
                id = last.id;
                page.iter().try_for_each(|row| rows.copy(row))?;
            }
            from.notes()?.into_iter().try_for_each(|note| rows.execute(sql::SET_VERIFIED, note))
        })
    }

    fn read<T>(&mut self, act: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let transaction = self.connection.transaction().map_err(failed(READING))?;
        act(&mut Tx(transaction))
    }

    /// One transaction; others that would write wait until it is over.
    fn write<T>(&mut self, act: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate);
        let mut transaction = Tx(transaction.map_err(failed(WRITING))?);
        let done = act(&mut transaction)?;
        transaction.0.commit().map_err(failed(WRITING))?;
        Ok(done)
    }
}

/// What the database refused.
fn failed(what: &'static str) -> impl Fn(rusqlite::Error) -> StoreError {
    move |error| StoreError::Sql { what, source: error.into() }
}

impl Store for Sqlite {
    fn append(&mut self, record: &Signed) -> Result<(), StoreError> {
        self.write(|rows| taking::append(rows, record))
    }

    fn put(&mut self, records: &[Signed]) -> Result<Put, StoreError> {
        self.write(|rows| taking::put(rows, records))
    }

    fn records(&mut self, centre: &CentreId, start: Start, most: usize) -> Result<Vec<Kept>, StoreError> {
        self.read(|rows| rows.page(centre, start, most))
    }

    fn extents(&mut self) -> Result<BTreeMap<CentreId, Extent>, StoreError> {
        self.read(|rows| rows.extents())
    }

    fn verified(&mut self) -> Result<BTreeMap<CentreId, Head>, StoreError> {
        self.read(|rows| taking::verified(rows))
    }

    fn set_verified(&mut self, head: &Head) -> Result<(), StoreError> {
        self.write(|rows| {
            let number = taking::find_head(rows, head)?;
            rows.execute(sql::SET_VERIFIED, params![head.centre.as_str(), number, head.digest.0])
        })
    }

    fn projection(&mut self, name: &str) -> Result<Option<Projection>, StoreError> {
        let row = self.connection.query_row(sql::PROJECTION, [name], |row| Ok((row.get(0)?, row.get(1)?)));
        let found: Option<(Vec<u8>, Vec<u8>)> = row.optional().map_err(failed(READING))?;
        found.map(|(basis, bytes)| Ok(Projection { basis: digest(&basis)?, bytes })).transpose()
    }

    fn set_projection(&mut self, name: &str, projection: &Projection) -> Result<(), StoreError> {
        let parameters = params![name, projection.basis.0, projection.bytes];
        self.write(|rows| rows.execute(sql::SET_PROJECTION, parameters))
    }

    fn requests(&mut self) -> Result<Option<Requests>, StoreError> {
        self.read(|rows| rows.requests())
    }

    fn set_requests(&mut self, requests: &Requests) -> Result<(), StoreError> {
        self.write(|rows| {
            rows.0.execute_batch(sql::REQUEST_TABLES).map_err(failed(WRITING))?;
            rows.execute(sql::SET_BASIS, [requests.basis.0])?;
            requests.rows.iter().try_for_each(|row| rows.set_request(row))
        })
    }

    fn drop_projections(&mut self) -> Result<(), StoreError> {
        self.write(|rows| {
            rows.execute("DELETE FROM projection", [])?;
            rows.0.execute_batch(sql::REQUEST_TABLES).map_err(failed(WRITING))
        })
    }

    fn check(&mut self) -> Result<Vec<Damage>, StoreError> {
        self.check_integrity()?;
        self.read(|rows| taking::check(rows))
    }

    fn set_aside(&mut self) -> Result<Vec<Damage>, StoreError> {
        self.write(|rows| taking::set_aside(rows))
    }

    fn backup(&mut self, to: &Path) -> Result<(), StoreError> {
        backup::write(to, |part| {
            let name = part.to_str().ok_or_else(|| backup::unnamed(part))?;
            self.connection.execute("VACUUM INTO ?1", [name]).map_err(failed("writing the backup"))?;
            Ok(())
        })
    }
}
