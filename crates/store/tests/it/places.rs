//! Where the stores of a test are: a throw-away place that several can have open at once, and raw SQL past the store.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use store::{Sqlite, Store};

/// A place for a store.
pub(crate) trait Place {
    /// Opens the store, as one more process would.
    fn open(&self) -> Box<dyn Store>;
    /// Runs SQL past the store, with `1` rows changed for each.
    fn run(&self, sql: &str) -> usize;
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

    fn folder(&self) -> &Path {
        &self.0.0
    }
}
