//! What only a server can meet.

use store::{Postgres, Store, StoreError};

use crate::journals::journal;
use crate::places::{Place, PostgresPlace};

#[test]
fn a_schema_of_a_later_version_is_refused() {
    let Some(place) = PostgresPlace::new() else { return };
    drop(place.open());
    place.run("INSERT INTO migration (version) VALUES (7)");
    let error = Postgres::open(place.address(), place.schema()).map(|_| ()).unwrap_err();
    assert!(matches!(error, StoreError::Newer { found: 7, known: 1, .. }), "{error}");
}

#[test]
fn a_schema_is_called_what_a_schema_is_called() {
    for name in ["", "Cupola", "a-b", "1st", "x; DROP TABLE record", &"x".repeat(64)] {
        // Nothing is reached before the name is looked at.
        let error = Postgres::open("host=/nowhere user=nobody", name).map(|_| ()).unwrap_err();
        assert!(matches!(error, StoreError::Schema(_)), "{error}");
    }
}

#[test]
fn a_server_that_is_not_there_is_named() {
    let error = Postgres::open("host=/nowhere user=nobody", "cupola").map(|_| ()).unwrap_err();
    assert!(matches!(error, StoreError::Sql { what: "opening the store", .. }), "{error}");
}

#[test]
fn commits_wait_for_the_disk_whatever_the_server_would_do() {
    let Some(place) = PostgresPlace::new() else { return };
    let address = format!("{} options='-c synchronous_commit=off'", place.address());
    let mut store = Postgres::open(&address, place.schema()).unwrap();
    assert_eq!(store.durability().unwrap(), "on");
    store.put(&journal("east", 2, "one")).unwrap();
}

#[test]
fn a_connection_that_was_cut_is_made_anew() {
    let Some(place) = PostgresPlace::new() else { return };
    let records = journal("east", 4, "one");
    let mut store = place.open();
    store.put(&records[..2]).unwrap();
    let cut = "SELECT pg_terminate_backend(pid, 10000)::text FROM pg_stat_activity \
               WHERE application_name = 'cupola ' || current_schema()";
    assert_eq!(place.ask(cut), ["true"]);
    // The first to find out fails, and says so; nothing of it is kept.
    let error = store.append(&records[2]).unwrap_err();
    assert!(matches!(error, StoreError::Sql { .. }), "{error}");
    store.append(&records[2]).unwrap();
    store.append(&records[3]).unwrap();
}
