//! What only a file can meet.

use std::fs;

use store::{Sqlite, Store, StoreError};

use crate::journals::journal;
use crate::places::Folder;

#[test]
fn a_file_of_a_later_version_is_refused_and_not_touched() {
    let folder = Folder::new();
    Sqlite::open(&folder.file()).unwrap();
    let raw = rusqlite::Connection::open(folder.file()).unwrap();
    raw.pragma_update(None, "user_version", 7).unwrap();
    drop(raw);
    let before = fs::read(folder.file()).unwrap();
    let error = Sqlite::open(&folder.file()).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 7, known: 1, .. }), "{error}");
    assert_eq!(fs::read(folder.file()).unwrap(), before);
}

#[test]
fn another_programs_database_is_refused() {
    let folder = Folder::new();
    let raw = rusqlite::Connection::open(folder.file()).unwrap();
    raw.execute("CREATE TABLE recipe (name TEXT)", []).unwrap();
    drop(raw);
    assert!(matches!(Sqlite::open(&folder.file()).unwrap_err(), StoreError::Foreign(_)));
}

#[test]
fn a_file_that_is_no_database_is_refused_with_what_to_do() {
    let folder = Folder::new();
    fs::write(folder.file(), "a letter".repeat(1000)).unwrap();
    let error = Sqlite::open(&folder.file()).unwrap_err();
    assert!(matches!(error, StoreError::Integrity { .. }), "{error}");
    assert!(error.to_string().contains("backup"), "{error}");
}

#[test]
fn a_broken_file_that_was_left_open_is_found_out() {
    let folder = Folder::new();
    let mut store = Sqlite::open(&folder.file()).unwrap();
    store.put(&journal("east", 200, "one")).unwrap();
    drop(store);
    // As if the machine had died: the log is there, and the file's tables are garbage behind its first page.
    let mut bytes = fs::read(folder.file()).unwrap();
    let length = bytes.len();
    bytes[8192..length - 8192].fill(0x5a);
    fs::write(folder.file(), bytes).unwrap();
    fs::write(folder.0.join("journal.db-wal"), "cut off").unwrap();
    let error = Sqlite::open(&folder.file()).unwrap_err();
    assert!(matches!(error, StoreError::Integrity { .. }), "{error}");
}

#[test]
fn every_commit_is_synchronised() {
    let folder = Folder::new();
    let store = Sqlite::open(&folder.file()).unwrap();
    assert_eq!(store.path(), folder.file());
    assert_eq!(store.durability().unwrap(), ("wal".to_owned(), 2), "2 is FULL");
}
