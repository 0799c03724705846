//! What one transaction does.

use std::collections::BTreeMap;

use journal::Digest;
use postgres::types::ToSql;
use postgres::{Row as SqlRow, Transaction};
use record::CentreId;

use super::{READING, WRITING, digest, failed};
use crate::kept::Row;
use crate::request::RawRequest;
use crate::taking::Rows;
use crate::{Damage, Extent, Kept, PAGE_BYTES, RequestRow, Requests, Start, StoreError, sql};

pub(super) struct Tx<'a>(pub(super) Transaction<'a>);

type Parameters<'p> = &'p [&'p (dyn ToSql + Sync)];

/// Rows that the server sends in one go of a page: so many of the longest records are in memory at once.
const GO: i32 = 16;

impl Tx<'_> {
    pub(super) fn batch(&mut self, statements: &str) -> Result<(), StoreError> {
        self.0.batch_execute(statements).map_err(failed(WRITING))
    }

    pub(super) fn execute(&mut self, statement: &str, parameters: Parameters<'_>) -> Result<(), StoreError> {
        self.0.execute(statement, parameters).map(|_| ()).map_err(failed(WRITING))
    }

    fn gather<T>(
        &mut self,
        statement: &str,
        parameters: Parameters<'_>,
        read: impl FnMut(&SqlRow) -> Result<T, postgres::Error>,
    ) -> Result<Vec<T>, StoreError> {
        let rows = self.0.query(statement, parameters).map_err(failed(READING))?;
        rows.iter().map(read).collect::<Result<_, _>>().map_err(failed(READING))
    }

    pub(super) fn page(
        &mut self,
        centre: &CentreId,
        start: Start,
        most: usize,
    ) -> Result<Vec<Kept>, StoreError> {
        let Some((number, after)) = start.row() else { return Ok(Vec::new()) };
        let most = i64::try_from(most).unwrap_or(i64::MAX);
        let portal = self.0.bind(sql::PAGE, &[&centre.as_str(), &number, &after, &most]);
        let portal = portal.map_err(failed(READING))?;
        let (mut page, mut bytes) = (Vec::new(), 0);
        loop {
            let rows = self.0.query_portal(&portal, GO).map_err(failed(READING))?;
            for row in &rows {
                let kept = row_of(row).map_err(failed(READING))?.check().map_err(StoreError::Damaged)?;
                bytes += kept.bytes.len();
                page.push(kept);
                if bytes >= PAGE_BYTES {
                    return Ok(page);
                }
            }
            if rows.is_empty() {
                return Ok(page);
            }
        }
    }

    pub(super) fn extents(&mut self) -> Result<BTreeMap<CentreId, Extent>, StoreError> {
        let rows =
            self.gather(sql::EXTENTS, &[], |row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))?;
        rows.into_iter()
            .map(|(centre, last, count): (String, _, _)| Extent::of(&centre, last, count))
            .collect()
    }

    pub(super) fn requests(&mut self) -> Result<Option<Requests>, StoreError> {
        let basis: Vec<Vec<u8>> = self.gather(sql::BASIS, &[], |row| row.try_get(0))?;
        let Some(basis) = basis.first() else { return Ok(None) };
        let raw = self.gather(sql::REQUESTS, &[], |row| {
            Ok(RawRequest {
                digest: row.try_get(0)?,
                name: row.try_get(1)?,
                author: row.try_get(2)?,
                number: row.try_get(3)?,
                urgency: row.try_get(4)?,
                status: row.try_get(5)?,
                replaced_by: row.try_get(6)?,
                written: row.try_get(7)?,
                decided: row.try_get(8)?,
                decided_by: row.try_get(9)?,
            })
        })?;
        let rows = raw.into_iter().map(RawRequest::read).collect::<Result<_, _>>()?;
        Ok(Some(Requests { basis: digest(basis)?, rows }))
    }

    pub(super) fn set_request(&mut self, row: &RequestRow) -> Result<(), StoreError> {
        let raw = RawRequest::of(row)?;
        self.execute(
            sql::SET_REQUEST,
            &[
                &raw.digest,
                &raw.name,
                &raw.author,
                &raw.number,
                &raw.urgency,
                &raw.status,
                &raw.replaced_by,
                &raw.written,
                &raw.decided,
                &raw.decided_by,
            ],
        )
    }
}

impl Rows for Tx<'_> {
    fn last(&mut self, centre: &CentreId) -> Result<Vec<(i64, Vec<u8>)>, StoreError> {
        self.gather(sql::LAST, &[&centre.as_str()], |row| Ok((row.try_get(0)?, row.try_get(1)?)))
    }

    fn find(&mut self, centre: &str, number: i64, digest: &Digest) -> Result<Option<Row>, StoreError> {
        let found = self.gather(sql::FIND, &[&centre, &number, &digest.0.as_slice()], row_of)?;
        Ok(found.into_iter().next())
    }

    fn insert(&mut self, centre: &str, number: i64, digest: &[u8], bytes: &[u8]) -> Result<(), StoreError> {
        self.execute(sql::INSERT, &[&centre, &number, &digest, &bytes])
    }

    fn after(&mut self, id: i64, most: i64) -> Result<Vec<Row>, StoreError> {
        self.gather(sql::AFTER, &[&id, &most], row_of)
    }

    fn remove(&mut self, id: i64, damage: &Damage) -> Result<(), StoreError> {
        self.execute(sql::SET_ASIDE, &[&damage.why, &id])?;
        self.execute(sql::REMOVE, &[&id])
    }

    fn forget(&mut self, centre: &str, number: i64) -> Result<(), StoreError> {
        self.execute(sql::FORGET, &[&centre, &number])
    }

    fn notes(&mut self) -> Result<Vec<(String, i64, Vec<u8>)>, StoreError> {
        self.gather(sql::VERIFIED, &[], |row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?)))
    }
}

fn row_of(row: &SqlRow) -> Result<Row, postgres::Error> {
    Ok(Row {
        id: row.try_get(0)?,
        centre: row.try_get(1)?,
        number: row.try_get(2)?,
        digest: row.try_get(3)?,
        bytes: row.try_get(4)?,
    })
}
