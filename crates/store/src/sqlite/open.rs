//! How a file becomes a store: made, recognised, brought up to date, looked at after a crash.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

use super::{Sqlite, failed};
use crate::{StoreError, backup, sql};

/// By which a file of ours is told from other databases: `CUPJ`.
const APPLICATION: i64 = 0x4355_504a;
/// How long one process waits for another's transaction, s. The longest, putting in thousands of records, takes a few.
const BUSY_S: u64 = 30;

impl Sqlite {
    /// Opens the store in this file, and makes it when there is none.
    ///
    /// When the last who had it open did not close it, the structure of the whole file is looked at first.
    ///
    /// # Errors
    /// [`StoreError::Newer`] when a later version of this program made it, [`StoreError::Foreign`] when it is something else,
    /// [`StoreError::Integrity`] when it is broken.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        if !path.exists() {
            make_new(path)?;
        }
        let was_left_open = fs::metadata(log(path)).is_ok_and(|log| log.len() > 0);
        if was_left_open {
            sync_log(path)?;
        }
        let connection = connect(path).map_err(failed("opening the store"))?;
        let mut store = Self { connection, path: path.to_path_buf() };
        let integrity = |error| store.integrity(error);
        check_kind(&store.connection, path).map_err(integrity)?;
        set_up(&store.connection).map_err(failed("opening the store"))?;
        if was_left_open {
            store.check_integrity()?;
        }
        store.migrate()?;
        Ok(store)
    }

    /// Makes a store in a new file that nobody else has open: no log stands beside it.
    pub(crate) fn make(path: &Path) -> Result<Self, StoreError> {
        let connection = connect(path).map_err(failed("making a store"))?;
        let mut store = Self { connection, path: path.to_path_buf() };
        store.migrate()?;
        Ok(store)
    }

    /// Looks at the structure of the whole file: a row that its index does not know would go unseen.
    pub(super) fn check_integrity(&self) -> Result<(), StoreError> {
        let told = self.connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get::<_, String>(0));
        match told {
            Ok(told) if told == "ok" => Ok(()),
            Ok(told) => Err(StoreError::Integrity { place: self.place(), told }),
            Err(error) => Err(self.integrity(failed("looking at the store")(error))),
        }
    }

    /// A file that SQLite calls no database or malformed is damaged; what else it says is said as it is.
    fn integrity(&self, error: StoreError) -> StoreError {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        let told = match &error {
            StoreError::Sql { source, .. } => source.downcast_ref::<rusqlite::Error>(),
            _ => None,
        };
        match told.and_then(rusqlite::Error::sqlite_error_code) {
            Some(DatabaseCorrupt | NotADatabase) => {
                StoreError::Integrity { place: self.place(), told: error.to_string() }
            }
            _ => error,
        }
    }

    fn migrate(&mut self) -> Result<(), StoreError> {
        let migrating = failed("bringing the store up to date");
        if version(&self.connection)? == sql::VERSION {
            return Ok(());
        }
        let behavior = TransactionBehavior::Immediate;
        let transaction = self.connection.transaction_with_behavior(behavior).map_err(&migrating)?;
        // Another process may have done it while this one waited.
        if version(&transaction)? < 1 {
            transaction.execute_batch(sql::TABLES).map_err(&migrating)?;
            transaction.execute_batch(sql::REQUEST_TABLES).map_err(&migrating)?;
            transaction.pragma_update(None, "application_id", APPLICATION).map_err(&migrating)?;
        }
        transaction.pragma_update(None, "user_version", sql::VERSION).map_err(&migrating)?;
        transaction.commit().map_err(&migrating)
    }

    fn place(&self) -> String {
        self.path.display().to_string()
    }
}

/// A file gets its name when it is a whole store: of several programs that make one at once, the others find it made. (To make it in
/// its place they would have to wait for one another while one switches to the log, and SQLite does not wait there.)
fn make_new(path: &Path) -> Result<(), StoreError> {
    let made = backup::write(path, |part| {
        let store = Sqlite::make(part)?;
        set_up(&store.connection).map_err(failed("making a store"))?;
        store.connection.close().map_err(|(_, error)| failed("making a store")(error))
    });
    match made {
        Err(StoreError::Exists(_)) => Ok(()),
        made => made,
    }
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE
        | OpenFlags::SQLITE_OPEN_CREATE
        | OpenFlags::SQLITE_OPEN_NO_MUTEX
        | OpenFlags::SQLITE_OPEN_EXRESCODE;
    let connection = Connection::open_with_flags(path, flags)?;
    connection.busy_timeout(Duration::from_secs(BUSY_S))?;
    Ok(connection)
}

/// Refuses what a later version made and what is no store, before anything is written.
fn check_kind(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let looking = failed("opening the store");
    let place = || path.display().to_string();
    let application: i64 =
        connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(&looking)?;
    let tables: i64 =
        connection.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(&looking)?;
    let is_empty = application == 0 && tables == 0;
    let found = version(connection)?;
    if !is_empty && application != APPLICATION {
        return Err(StoreError::Foreign(place()));
    }
    if found > sql::VERSION {
        return Err(StoreError::Newer { place: place(), found, known: sql::VERSION });
    }
    Ok(())
}

fn version(connection: &Connection) -> Result<i64, StoreError> {
    connection
        .pragma_query_value(None, "user_version", |row| row.get(0))
        .map_err(failed("reading the store's version"))
}

/// Every commit goes to the disk (`FULL`), past its cache where the system can (`fullfsync`). What the file's schema says is not
/// trusted to call functions.
fn set_up(connection: &Connection) -> rusqlite::Result<()> {
    connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get::<_, String>(0))?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "fullfsync", true)?;
    connection.pragma_update(None, "checkpoint_fullfsync", true)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "trusted_schema", false)
}

/// Brings to the disk what a program had written to the log when it died: what is read from now on, and told to others, must not go
/// when the machine dies next. SQLite itself does not do this when it recovers.
fn sync_log(path: &Path) -> Result<(), StoreError> {
    let log = log(path);
    let synced = File::open(&log).and_then(|file| file.sync_all());
    match synced {
        // Whoever had the store open has closed it meanwhile.
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        synced => {
            synced.map_err(|source| StoreError::File { what: "bringing to the disk", path: log, source })
        }
    }
}

/// The write-ahead log: it is there only while somebody has the store open, or when somebody did not close it.
fn log(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    name.into()
}
