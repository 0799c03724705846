//! What one transaction does.

use std::collections::BTreeMap;

use journal::Digest;
use record::CentreId;
use rusqlite::types::ValueRef;
use rusqlite::{OptionalExtension, Params, Row as SqlRow, Transaction, params};

use super::{PAGE_BYTES, READING, RawRequest, WRITING, digest, failed};
use crate::kept::Row;
use crate::taking::Rows;
use crate::{Damage, Extent, Kept, RequestRow, Requests, Start, StoreError, sql};

pub(super) struct Tx<'a>(pub(super) Transaction<'a>);

impl Tx<'_> {
    pub(super) fn execute(&self, statement: &str, parameters: impl Params) -> Result<(), StoreError> {
        self.0.execute(statement, parameters).map(|_| ()).map_err(failed(WRITING))
    }

    fn gather<T>(
        &self,
        statement: &str,
        parameters: impl Params,
        read: impl FnMut(&SqlRow<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut statement = self.0.prepare(statement).map_err(failed(READING))?;
        let rows = statement.query_map(parameters, read).map_err(failed(READING))?;
        rows.collect::<Result<_, _>>().map_err(failed(READING))
    }

    pub(super) fn page(&self, centre: &CentreId, start: Start, most: usize) -> Result<Vec<Kept>, StoreError> {
        let Some((number, after)) = start.row() else { return Ok(Vec::new()) };
        let mut statement = self.0.prepare(sql::PAGE).map_err(failed(READING))?;
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let mut rows =
            statement.query(params![centre.as_str(), number, after, most]).map_err(failed(READING))?;
        let (mut page, mut bytes) = (Vec::new(), 0);
        while bytes < PAGE_BYTES
            && let Some(row) = rows.next().map_err(failed(READING))?
        {
            let kept = row_of(row).map_err(failed(READING))?.check().map_err(StoreError::Damaged)?;
            bytes += kept.bytes.len();
            page.push(kept);
        }
        Ok(page)
    }

    pub(super) fn extents(&self) -> Result<BTreeMap<CentreId, Extent>, StoreError> {
        let rows = self.gather(sql::EXTENTS, [], |row| Ok((text(row, 0)?, row.get(1)?, row.get(2)?)))?;
        rows.into_iter().map(|(centre, last, count)| Extent::of(&centre, last, count)).collect()
    }

    pub(super) fn requests(&self) -> Result<Option<Requests>, StoreError> {
        let basis: Option<Vec<u8>> =
            self.0.query_row(sql::BASIS, [], |row| row.get(0)).optional().map_err(failed(READING))?;
        let Some(basis) = basis else { return Ok(None) };
        let raw = self.gather(sql::REQUESTS, [], |row| {
            Ok(RawRequest {
                digest: row.get(0)?,
                name: row.get(1)?,
                author: row.get(2)?,
                number: row.get(3)?,
                urgency: row.get(4)?,
                status: row.get(5)?,
                replaced_by: row.get(6)?,
                written: row.get(7)?,
                decided: row.get(8)?,
                decided_by: row.get(9)?,
            })
        })?;
        let rows = raw.into_iter().map(RawRequest::read).collect::<Result<_, _>>()?;
        Ok(Some(Requests { basis: digest(&basis)?, rows }))
    }

    /// A row of another store, as it is there.
    #[cfg(feature = "postgres")]
    pub(super) fn copy(&mut self, row: &Row) -> Result<(), StoreError> {
        match row.look() {
            Ok(_) => self.insert(&row.centre, row.number, &row.digest, &row.bytes),
            Err(why) => {
                self.execute(sql::COPY_ASIDE, params![row.centre, row.number, row.digest, row.bytes, why])
            }
        }
    }

    pub(super) fn set_request(&self, row: &RequestRow) -> Result<(), StoreError> {
        let raw = RawRequest::of(row)?;
        let parameters = params![
            raw.digest,
            raw.name,
            raw.author,
            raw.number,
            raw.urgency,
            raw.status,
            raw.replaced_by,
            raw.written,
            raw.decided,
            raw.decided_by,
        ];
        self.execute(sql::SET_REQUEST, parameters)
    }
}

impl Rows for Tx<'_> {
    fn last(&mut self, centre: &CentreId) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        self.gather(sql::LAST, [centre.as_str()], |row| Ok((whole(row, 0)?, bytes(row, 1)?)))
    }

    fn find(&mut self, centre: &str, number: i64, digest: &Digest) -> Result<Option<Row>, StoreError> {
        let found = self.0.query_row(sql::FIND, params![centre, number, digest.0], row_of);
        found.optional().map_err(failed(READING))
    }

    fn insert(&mut self, centre: &str, number: i64, digest: &[u8], bytes: &[u8]) -> Result<(), StoreError> {
        self.execute(sql::INSERT, params![centre, number, digest, bytes])
    }

    fn after(&mut self, id: i64, most: i64) -> Result<Vec<Row>, StoreError> {
        self.gather(sql::AFTER, [id, most], row_of)
    }

    fn remove(&mut self, id: i64, damage: &Damage) -> Result<(), StoreError> {
        self.execute(sql::SET_ASIDE, params![damage.why, id])?;
        self.execute(sql::REMOVE, [id])
    }

    fn forget(&mut self, centre: &str, number: i64) -> Result<(), StoreError> {
        self.execute(sql::FORGET, params![centre, number])
    }

    fn notes(&mut self) -> Result<Vec<(String, i64, Vec<u8>)>, StoreError> {
        self.gather(sql::VERIFIED, [], |row| Ok((text(row, 0)?, whole(row, 1)?, bytes(row, 2)?)))
    }
}

fn row_of(row: &SqlRow<'_>) -> rusqlite::Result<Row> {
    Ok(Row {
        id: row.get(0)?,
        centre: text(row, 1)?,
        number: whole(row, 2)?,
        digest: bytes(row, 3)?,
        bytes: bytes(row, 4)?,
    })
}

/// What a row of damaged bytes holds in place of text is shown as text as far as it can be.
fn text(row: &SqlRow<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(String::from_utf8_lossy(&bytes(row, column)?).into_owned())
}

fn bytes(row: &SqlRow<'_>, column: usize) -> rusqlite::Result<Vec<u8>> {
    Ok(match row.get_ref(column)? {
        ValueRef::Blob(bytes) | ValueRef::Text(bytes) => bytes.to_vec(),
        _ => Vec::new(),
    })
}

fn whole(row: &SqlRow<'_>, column: usize) -> rusqlite::Result<i64> {
    Ok(match row.get_ref(column)? {
        ValueRef::Integer(number) => number,
        _ => 0,
    })
}
