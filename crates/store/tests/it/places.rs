//! Where the stores of a test are: a throw-away place that several can have open at once, and raw SQL past the store.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use store::{Sqlite, Store};

/// A place for a store.
pub(crate) trait Place: Sync {
    /// Opens the store, as one more process would.
    fn open(&self) -> Box<dyn Store>;
    /// Runs SQL past the store; gives how many rows it changed.
    fn run(&self, sql: &str) -> usize;
    /// Asks with SQL past the store; gives the first column.
    fn ask(&self, sql: &str) -> Vec<String>;
    /// The folder for files of the test.
    fn folder(&self) -> &Path;
}

/// A folder that is gone when the test is over.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Folder {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("cupola-store-{}-{number}", std::process::id()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }

    pub(crate) fn file(&self) -> PathBuf {
        self.0.join("journal.db")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in the system's folder for such files harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) struct SqlitePlace(pub(crate) Folder);

impl Place for SqlitePlace {
    fn open(&self) -> Box<dyn Store> {
        Box::new(Sqlite::open(&self.0.file()).unwrap())
    }

    fn run(&self, sql: &str) -> usize {
        rusqlite::Connection::open(self.0.file()).unwrap().execute(sql, []).unwrap()
    }

    fn ask(&self, sql: &str) -> Vec<String> {
        let connection = rusqlite::Connection::open(self.0.file()).unwrap();
        let mut statement = connection.prepare(sql).unwrap();
        let found = statement.query_map([], |row| row.get(0)).unwrap();
        found.collect::<Result<_, _>>().unwrap()
    }

    fn folder(&self) -> &Path {
        &self.0.0
    }
}

/// A schema of the PostgreSQL that the environment names.
#[cfg(feature = "postgres")]
pub(crate) struct PostgresPlace {
    folder: Folder,
    address: String,
    schema: String,
}

#[cfg(feature = "postgres")]
impl PostgresPlace {
    /// None, and a word about it, when no server is named.
    pub(crate) fn new() -> Option<Self> {
        let Ok(address) = std::env::var("CUPOLA_POSTGRES") else {
            eprintln!("skipped: CUPOLA_POSTGRES names no server; `cargo xtask services` starts one");
            return None;
        };
        Some(Self::at(address))
    }

    pub(crate) fn at(address: String) -> Self {
        let folder = Folder::new();
        let schema = folder.0.file_name().unwrap().to_str().unwrap().replace('-', "_");
        Self { folder, address, schema }
    }

    pub(crate) fn address(&self) -> &str {
        &self.address
    }

    pub(crate) fn schema(&self) -> &str {
        &self.schema
    }

    pub(crate) fn client(&self) -> postgres::Client {
        let mut client = postgres::Client::connect(&self.address, postgres::NoTls).unwrap();
        client.batch_execute(&format!("SET search_path = {}", self.schema)).unwrap();
        client
    }
}

#[cfg(feature = "postgres")]
impl Place for PostgresPlace {
    fn open(&self) -> Box<dyn Store> {
        Box::new(store::Postgres::open(&self.address, &self.schema).unwrap())
    }

    fn run(&self, sql: &str) -> usize {
        self.client().execute(sql, &[]).unwrap() as usize
    }

    fn ask(&self, sql: &str) -> Vec<String> {
        self.client().query(sql, &[]).unwrap().iter().map(|row| row.get(0)).collect()
    }

    fn folder(&self) -> &Path {
        &self.folder.0
    }
}

#[cfg(feature = "postgres")]
impl Drop for PostgresPlace {
    fn drop(&mut self) {
        if let Ok(mut client) = postgres::Client::connect(&self.address, postgres::NoTls) {
            // The server is thrown away anyway.
            let _ = client.batch_execute(&format!("DROP SCHEMA IF EXISTS {} CASCADE", self.schema));
        }
    }
}
