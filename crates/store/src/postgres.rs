//! A schema of a PostgreSQL database.

mod open;
mod rows;

use std::collections::BTreeMap;
use std::path::Path;

use journal::{Head, Signed};
use postgres::{Client, Config, IsolationLevel};
use record::CentreId;

use crate::request::digest;
use crate::{
    Damage, Extent, Kept, Projection, Put, Requests, Sqlite, Start, Store, StoreError, backup, sql, taking,
};
use rows::Tx;

const READING: &str = "reading the store";
const WRITING: &str = "writing to the store";

/// A store in a schema of a PostgreSQL database, for a centre that keeps one anyway.
///
/// It commits with `synchronous_commit` on, and refuses a server that does not synchronise its log. Connections are not encrypted: use
/// a socket of the same machine, its loopback address, or a tunnel. A connection that was lost is made anew by the next method.
pub struct Postgres {
    client: Client,
    config: Config,
    schema: String,
}

impl Postgres {
    /// What commits wait for: the setting `synchronous_commit` that is in force.
    ///
    /// # Errors
    /// When the server cannot be asked.
    pub fn durability(&mut self) -> Result<String, StoreError> {
        let row = self.client()?.query_one("SELECT current_setting('synchronous_commit')", &[]);
        row.and_then(|row| row.try_get(0)).map_err(failed(READING))
    }

    /// The connection, made anew when the last method lost it.
    fn client(&mut self) -> Result<&mut Client, StoreError> {
        if self.client.is_closed() {
            self.client = open::connect(&self.config, &self.schema)?;
        }
        Ok(&mut self.client)
    }

    /// One transaction that sees the store as of one moment.
    fn read<T>(&mut self, act: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let builder = self.client()?.build_transaction();
        let transaction = builder.isolation_level(IsolationLevel::RepeatableRead).read_only(true).start();
        act(&mut Tx(transaction.map_err(failed(READING))?))
    }

    /// One transaction; others that would write wait until it is over.
    fn write<T>(&mut self, act: impl FnOnce(&mut Tx<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let transaction = self.client()?.transaction();
        let mut transaction = Tx(transaction.map_err(failed(WRITING))?);
        // Whoever has this lock sees all that was committed before; readers go on.
        transaction.batch("LOCK TABLE record IN EXCLUSIVE MODE")?;
        let done = act(&mut transaction)?;
        transaction.0.commit().map_err(failed(WRITING))?;
        Ok(done)
    }
}

/// What the database refused.
fn failed(what: &'static str) -> impl Fn(postgres::Error) -> StoreError {
    move |error| {
        // The error itself says little more than `db error`; what the server said is its cause.
        let said = error.as_db_error().map(ToString::to_string);
        let source = said.map_or_else(|| Box::from(error), Into::into);
        StoreError::Sql { what, source }
    }
}

#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "a method of `Tx` is of one lifetime, a closure of any"
)]
impl Store for Postgres {
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
            rows.execute(sql::SET_VERIFIED, &[&head.centre.as_str(), &number, &head.digest.0.as_slice()])
        })
    }

    fn projection(&mut self, name: &str) -> Result<Option<Projection>, StoreError> {
        let found = self.client()?.query_opt(sql::PROJECTION, &[&name]).map_err(failed(READING))?;
        found
            .map(|row| {
                let basis: Vec<u8> = row.try_get(0).map_err(failed(READING))?;
                Ok(Projection { basis: digest(&basis)?, bytes: row.try_get(1).map_err(failed(READING))? })
            })
            .transpose()
    }

    fn set_projection(&mut self, name: &str, projection: &Projection) -> Result<(), StoreError> {
        self.write(|rows| {
            let basis = projection.basis.0.as_slice();
            rows.execute(sql::SET_PROJECTION, &[&name, &basis, &projection.bytes])
        })
    }

    fn requests(&mut self) -> Result<Option<Requests>, StoreError> {
        self.read(|rows| rows.requests())
    }

    fn set_requests(&mut self, requests: &Requests) -> Result<(), StoreError> {
        self.write(|rows| {
            rows.batch(&open::translate(sql::REQUEST_TABLES))?;
            rows.execute(sql::SET_BASIS, &[&requests.basis.0.as_slice()])?;
            requests.rows.iter().try_for_each(|row| rows.set_request(row))
        })
    }

    fn drop_projections(&mut self) -> Result<(), StoreError> {
        self.write(|rows| {
            rows.execute("DELETE FROM projection", &[])?;
            rows.batch(&open::translate(sql::REQUEST_TABLES))
        })
    }

    fn check(&mut self) -> Result<Vec<Damage>, StoreError> {
        self.read(|rows| taking::check(rows))
    }

    fn set_aside(&mut self) -> Result<Vec<Damage>, StoreError> {
        self.write(|rows| taking::set_aside(rows))
    }

    fn backup(&mut self, to: &Path) -> Result<(), StoreError> {
        backup::write(to, |part| {
            let mut copy = Sqlite::make(part)?;
            self.read(|rows| copy.fill(rows))
        })
    }
}
