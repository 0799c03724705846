//! How a schema becomes a store.

use postgres::{Client, Config, NoTls};

use super::{Postgres, failed};
use crate::{StoreError, sql};

const OPENING: &str = "opening the store";
const MIGRATING: &str = "bringing the store up to date";
/// What two who bring a store up to date wait for: `CUPJ`, a number that only this program uses.
const MIGRATION_LOCK: i64 = 0x4355_504a;
/// Longer names PostgreSQL cuts off, and then two stores are one.
const MAX_SCHEMA_BYTES: usize = 63;

impl Postgres {
    /// Opens the store in `schema` of the database at `url` (`postgres://user@host/database`), and makes it when there is none.
    ///
    /// # Errors
    /// When the database cannot be reached or does not synchronise its log, [`StoreError::Newer`] when a later version of this program
    /// made the store, [`StoreError::Schema`] when the schema's name is none.
    pub fn open(url: &str, schema: &str) -> Result<Self, StoreError> {
        let config: Config = url.parse().map_err(failed("reading the address of the store"))?;
        check_name(schema)?;
        let mut client = connect(&config, schema)?;
        migrate(&mut client, schema)?;
        Ok(Self { client, config, schema: schema.to_owned() })
    }
}

/// A name is written into statements, where no parameter can stand.
fn check_name(schema: &str) -> Result<(), StoreError> {
    let is_name = schema.starts_with(|first: char| first.is_ascii_lowercase())
        && schema.len() <= MAX_SCHEMA_BYTES
        && schema.chars().all(|letter| matches!(letter, 'a'..='z' | '0'..='9' | '_'));
    if is_name { Ok(()) } else { Err(StoreError::Schema(schema.to_owned())) }
}

/// A connection whose commits are on the server's disk when they return.
pub(super) fn connect(config: &Config, schema: &str) -> Result<Client, StoreError> {
    let mut client = config.connect(NoTls).map_err(failed(OPENING))?;
    let settings = "SELECT current_setting('fsync'), current_setting('full_page_writes')";
    let row = client.query_one(settings, &[]).map_err(failed(OPENING))?;
    for (at, name) in ["fsync", "full_page_writes"].into_iter().enumerate() {
        let value: String = row.try_get(at).map_err(failed(OPENING))?;
        if value != "on" {
            return Err(StoreError::Careless(name));
        }
    }
    // A server that waits for more than its own disk (`remote_apply`) goes on doing so.
    let setting = format!(
        "SET search_path = {schema};
         SET application_name = 'cupola {schema}';
         SELECT set_config('synchronous_commit', 'on', false)
             WHERE current_setting('synchronous_commit') IN ('off', 'local')"
    );
    client.batch_execute(&setting).map_err(failed(OPENING))?;
    Ok(client)
}

fn migrate(client: &mut Client, schema: &str) -> Result<(), StoreError> {
    let migrating = failed(MIGRATING);
    let mut transaction = client.transaction().map_err(&migrating)?;
    transaction.execute("SELECT pg_advisory_xact_lock($1)", &[&MIGRATION_LOCK]).map_err(&migrating)?;
    let tables = format!(
        "CREATE SCHEMA IF NOT EXISTS {schema};
         CREATE TABLE IF NOT EXISTS migration (
             version BIGINT PRIMARY KEY,
             made TIMESTAMPTZ NOT NULL DEFAULT now()
         );"
    );
    transaction.batch_execute(&tables).map_err(&migrating)?;
    let row = transaction.query_one("SELECT COALESCE(MAX(version), 0) FROM migration", &[]);
    let found: i64 = row.and_then(|row| row.try_get(0)).map_err(&migrating)?;
    if found > sql::VERSION {
        let place = format!("the schema `{schema}`");
        return Err(StoreError::Newer { place, found, known: sql::VERSION });
    }
    if found < 1 {
        transaction.batch_execute(&translate(sql::TABLES)).map_err(&migrating)?;
        transaction.batch_execute(&translate(sql::REQUEST_TABLES)).map_err(&migrating)?;
        transaction.execute("INSERT INTO migration (version) VALUES (1)", &[]).map_err(&migrating)?;
    }
    transaction.commit().map_err(&migrating)
}

/// Tables as PostgreSQL writes them.
pub(super) fn translate(tables: &str) -> String {
    tables
        .replace("INTEGER PRIMARY KEY", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY")
        .replace("INTEGER", "BIGINT")
        .replace("BLOB", "BYTEA")
        .replace(") STRICT;", ");")
}
