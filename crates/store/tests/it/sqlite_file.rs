//! What only a file can meet.

use std::fs;

use journal::Signed;
use store::{Extent, Sqlite, Store, StoreError, for_each};

use crate::chance::Chance;
use crate::journals::{centre, journal};
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

/// Bytes of the file change anywhere. Either the file is refused, or each record is read as it was or named as damaged; none goes unseen.
#[test]
fn a_byte_changed_anywhere_is_found_out() {
    let records = journal("east", 60, "one");
    let folder = Folder::new();
    Sqlite::open(&folder.file()).unwrap().put(&records).unwrap();
    let whole = fs::read(folder.file()).unwrap();
    let (mut refused, mut named) = (0, 0);
    for seed in 0..200 {
        let chance = &mut Chance::new(seed);
        let mut bytes = whole.clone();
        let (at, length) = (chance.below(whole.len() as u64) as usize, 1 + chance.below(40) as usize);
        let end = (at + length).min(whole.len());
        bytes.splice(at..end, chance.bytes(end - at));
        fs::write(folder.file(), bytes).unwrap();
        if seed % 2 == 0 {
            // As after a crash: the whole structure is looked at without being asked for.
            fs::write(folder.0.join("journal.db-wal"), "cut off").unwrap();
        }
        match look(&folder, &records) {
            Found::Refused => refused += 1,
            Found::Named(damages) => named += damages,
        }
    }
    assert!(refused > 20 && named > 20, "{refused} files refused, {named} rows named");
}

enum Found {
    Refused,
    Named(usize),
}

fn look(folder: &Folder, records: &[Signed]) -> Found {
    let Ok(mut store) = Sqlite::open(&folder.file()) else { return Found::Refused };
    let Ok(damages) = store.check() else { return Found::Refused };
    assert_eq!(store.set_aside().unwrap(), damages);
    let mut left = Vec::new();
    for_each(&mut store, &centre("east"), 1, |kept| {
        left.push(kept.bytes);
        Ok::<(), StoreError>(())
    })
    .unwrap();
    assert_eq!(left.len() + damages.len(), records.len());
    assert!(left.iter().all(|bytes| records.iter().any(|signed| signed.bytes() == bytes)));
    // What another centre has of them brings it all back.
    store.put(records).unwrap();
    assert_eq!(store.extents().unwrap()[&centre("east")], Extent { last: 60, count: 60 });
    Found::Named(damages.len())
}

#[test]
fn every_commit_is_synchronised() {
    let folder = Folder::new();
    let store = Sqlite::open(&folder.file()).unwrap();
    assert_eq!(store.path(), folder.file());
    assert_eq!(store.durability().unwrap(), ("wal".to_owned(), 2), "2 is FULL");
}
