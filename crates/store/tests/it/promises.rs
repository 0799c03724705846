//! The same for all kinds of store.

use std::collections::BTreeMap;

use journal::{Digest, Head, Signed};
use store::{Extent, Projection, Put, Sqlite, Start, Store, StoreError, for_each};

use crate::journals::{centre, fork, journal, next};
use crate::places::{Folder, Place, SqlitePlace};
use crate::requests::requests_are_asked_with_sql_and_made_again;

/// Makes of each promise a test on SQLite and one on PostgreSQL.
macro_rules! promises {
    ($($name:ident),* $(,)?) => {
        mod sqlite {
            $(#[test]
            fn $name() {
                super::$name(&super::SqlitePlace(super::Folder::new()));
            })*
        }

        #[cfg(feature = "postgres")]
        mod postgres {
            $(#[test]
            fn $name() {
                if let Some(place) = crate::places::PostgresPlace::new() {
                    super::$name(&place);
                }
            })*
        }
    };
}

promises! {
    what_is_appended_is_there_after_opening_again,
    a_record_may_be_appended_again,
    two_writers_cannot_fork_a_journal,
    forks_of_others_are_kept,
    all_are_put_in_or_none,
    pages_hold_every_record_once,
    a_damaged_row_is_named_and_mended,
    a_row_that_says_another_place_is_set_aside,
    what_is_verified_is_noted,
    projections_are_dropped_and_made_again,
    requests_are_asked_with_sql_and_made_again,
    a_backup_is_a_store,
    a_backup_is_of_one_moment_while_others_write,
    many_make_one_store,
    one_of_many_writers_gets_each_number,
}

fn bytes(store: &mut dyn Store, name: &str, from: u64) -> Vec<Vec<u8>> {
    let mut found = Vec::new();
    for_each(store, &centre(name), from, |kept| {
        found.push(kept.bytes);
        Ok::<(), StoreError>(())
    })
    .unwrap();
    found
}

fn of(records: &[Signed]) -> Vec<Vec<u8>> {
    records.iter().map(|signed| signed.bytes().to_vec()).collect()
}

fn what_is_appended_is_there_after_opening_again(place: &dyn Place) {
    let records = journal("east", 20, "good morning");
    let mut store = place.open();
    records.iter().for_each(|signed| store.append(signed).unwrap());
    assert_eq!(bytes(&mut *store, "east", 1), of(&records));
    drop(store);
    let mut store = place.open();
    assert_eq!(bytes(&mut *store, "east", 1), of(&records));
    assert_eq!(bytes(&mut *store, "east", 13), of(&records[12..]));
    assert!(bytes(&mut *store, "west", 1).is_empty());
    assert!(bytes(&mut *store, "east", u64::MAX).is_empty());
    assert_eq!(store.extents().unwrap(), BTreeMap::from([(centre("east"), Extent { last: 20, count: 20 })]));
    assert!(store.check().unwrap().is_empty());
}

fn a_record_may_be_appended_again(place: &dyn Place) {
    let records = journal("east", 3, "one");
    let mut store = place.open();
    for signed in records.iter().flat_map(|signed| [signed, signed]) {
        store.append(signed).unwrap();
    }
    assert!(matches!(store.append(&records[1]), Err(StoreError::Moved { .. })));
    assert_eq!(bytes(&mut *store, "east", 1), of(&records));
}

fn two_writers_cannot_fork_a_journal(place: &dyn Place) {
    let records = journal("east", 4, "one");
    let other = fork("east", &records, 3, "two");
    let (mut one, mut two) = (place.open(), place.open());
    records[..3].iter().for_each(|signed| one.append(signed).unwrap());
    two.append(&other).unwrap();
    let StoreError::Moved { number, previous, last, digest, .. } = one.append(&records[3]).unwrap_err()
    else {
        panic!("the journal has moved");
    };
    assert_eq!((number, previous, last, digest), (4, records[2].digest(), 4, other.digest()));
    // Neither a record already there, nor one too far on, nor one that follows another.
    for refused in [&records[0], &records[2], &journal("east", 6, "one")[5], &journal("east", 6, "three")[4]]
    {
        assert!(matches!(one.append(refused), Err(StoreError::Moved { .. })));
    }
    assert!(matches!(one.append(&journal("west", 2, "one")[1]), Err(StoreError::Moved { last: 0, .. })));
    assert_eq!(bytes(&mut *one, "east", 4), of(&[other]));
}

fn forks_of_others_are_kept(place: &dyn Place) {
    let records = journal("east", 5, "one");
    let other = fork("east", &records, 4, "two");
    let mut store = place.open();
    assert_eq!(store.put(&records).unwrap(), Put { new: 5, ..Put::default() });
    assert_eq!(
        store.put(&[records[2].clone(), other.clone()]).unwrap(),
        Put { new: 1, known: 1, mended: vec![] }
    );
    let mut both = [records[4].clone(), other.clone()];
    both.sort_by_key(Signed::digest);
    assert_eq!(bytes(&mut *store, "east", 5), of(&both));
    assert_eq!(store.extents().unwrap()[&centre("east")], Extent { last: 5, count: 6 });
    // A writer goes on with its own branch.
    store.append(&journal("east", 6, "one")[5]).unwrap();
}

fn all_are_put_in_or_none(place: &dyn Place) {
    let mut records = journal("east", 3, "one");
    let key = journal::Key::from_seed(&[1; 32]);
    for number in [0, 1 << 63] {
        let mut beyond = records[2].record().clone();
        beyond.number = number;
        records.push(beyond.sign(&key).unwrap());
        let mut store = place.open();
        assert!(
            matches!(store.put(&records), Err(StoreError::Number { number: refused, .. }) if refused == number)
        );
        assert!(store.extents().unwrap().is_empty());
        records.pop();
    }
}

fn pages_hold_every_record_once(place: &dyn Place) {
    let mut store = place.open();
    let records = journal("east", 12, "one");
    // Twelve records of one number: a page ends among them.
    let mut forks: Vec<Signed> = (0..11)
        .map(|at| fork("east", &records, 6, &format!("fork {at}")))
        .chain([records[6].clone()])
        .collect();
    forks.sort_by_key(Signed::digest);
    store.put(&records).unwrap();
    store.put(&forks).unwrap();
    store.put(&journal("north", 7, "one")).unwrap();
    let expected = [&records[..6], &forks, &records[7..]].concat();
    for most in [1, 5, 23, 100] {
        let (mut found, mut start) = (Vec::new(), Start::Number(1));
        loop {
            let page = store.records(&centre("east"), start, most).unwrap();
            assert!(page.len() <= most);
            let Some(last) = page.last() else { break };
            start = Start::After(last.number, last.digest);
            found.extend(page.into_iter().map(|kept| kept.bytes));
        }
        assert_eq!(found, of(&expected));
    }
}

fn a_damaged_row_is_named_and_mended(place: &dyn Place) {
    let records = journal("east", 9, "one");
    let mut store = place.open();
    store.put(&records).unwrap();
    store.set_verified(&records[8].head()).unwrap();
    assert_eq!(
        place.run("UPDATE record SET bytes = (SELECT bytes FROM record WHERE number = 4) WHERE number = 5"),
        1
    );
    let error = store.records(&centre("east"), Start::Number(3), 10).unwrap_err();
    assert!(matches!(&error, StoreError::Damaged(damage) if damage.number == 5), "{error}");
    assert!(
        error.to_string().starts_with("what is kept as record 5 of `east` is damaged: the digest"),
        "{error}"
    );
    assert_eq!(store.records(&centre("east"), Start::Number(1), 4).unwrap().len(), 4);
    assert_eq!(store.check().unwrap().len(), 1);

    let put = store.put(&records).unwrap();
    assert_eq!((put.new, put.known, put.mended.len()), (0, 8, 1));
    assert_eq!(bytes(&mut *store, "east", 1), of(&records));
    assert!(store.check().unwrap().is_empty());
}

fn a_row_that_says_another_place_is_set_aside(place: &dyn Place) {
    let records = journal("east", 9, "one");
    let mut store = place.open();
    store.put(&records).unwrap();
    store.set_verified(&records[8].head()).unwrap();
    assert_eq!(place.run("UPDATE record SET number = 90 WHERE number = 7"), 1);
    let error = store.records(&centre("east"), Start::Number(8), 10).unwrap_err();
    assert!(error.to_string().contains("its bytes say that it is record 7 of east"), "{error}");
    assert_eq!(place.run("UPDATE record SET number = 7, centre = 'Ostend' WHERE number = 90"), 1);
    assert!(matches!(store.extents(), Err(StoreError::Damaged(_))));

    let aside = store.set_aside().unwrap();
    assert_eq!((aside.len(), aside[0].centre.as_str(), aside[0].number), (1, "Ostend", 7));
    assert_eq!(store.extents().unwrap()[&centre("east")], Extent { last: 9, count: 8 });
    assert_eq!(store.put(&records).unwrap().new, 1);
    assert_eq!(bytes(&mut *store, "east", 1), of(&records));

    // What was verified beyond a row that is gone is verified again.
    assert_eq!(store.verified().unwrap()[&centre("east")], records[8].head());
    assert_eq!(
        place.run("UPDATE record SET digest = (SELECT digest FROM record WHERE number = 1) WHERE number = 8"),
        1
    );
    assert_eq!(store.set_aside().unwrap().len(), 1);
    assert!(store.verified().unwrap().is_empty());
    assert_eq!(
        place.run("UPDATE set_aside SET why = 'looked at'"),
        2,
        "what was set aside is there to look at"
    );
}

fn what_is_verified_is_noted(place: &dyn Place) {
    let records = journal("east", 4, "one");
    let mut store = place.open();
    store.put(&records).unwrap();
    assert!(store.verified().unwrap().is_empty());
    for signed in [&records[1], &records[3]] {
        store.set_verified(&signed.head()).unwrap();
    }
    let absent = Head { digest: Digest::NONE, ..records[3].head() };
    assert!(matches!(store.set_verified(&absent), Err(StoreError::Absent(head)) if head == absent));
    drop(store);
    assert_eq!(place.open().verified().unwrap(), BTreeMap::from([(centre("east"), records[3].head())]));
}

fn projections_are_dropped_and_made_again(place: &dyn Place) {
    let mut store = place.open();
    let projection = |basis: u8| Projection { basis: Digest([basis; 32]), bytes: vec![basis; 3] };
    assert_eq!(store.projection("balance").unwrap(), None);
    store.set_projection("balance", &projection(1)).unwrap();
    store.set_projection("balance", &projection(2)).unwrap();
    assert_eq!(store.projection("balance").unwrap(), Some(projection(2)));
    store.drop_projections().unwrap();
    assert_eq!(store.projection("balance").unwrap(), None);
}

fn a_backup_is_a_store(place: &dyn Place) {
    let records = journal("east", 30, "one");
    let mut store = place.open();
    store.put(&records[..20]).unwrap();
    store.set_verified(&records[10].head()).unwrap();
    let to = place.folder().join("backup.db");
    store.backup(&to).unwrap();
    store.put(&records).unwrap();
    assert!(matches!(store.backup(&to), Err(StoreError::Exists(path)) if path == to));

    let mut copy = Sqlite::open(&to).unwrap();
    assert_eq!(bytes(&mut copy, "east", 1), of(&records[..20]));
    assert_eq!(copy.verified().unwrap(), store.verified().unwrap());
    copy.append(&records[20]).unwrap();
    assert_eq!(bytes(&mut *store, "east", 1), of(&records));
}

fn a_backup_is_of_one_moment_while_others_write(place: &dyn Place) {
    let records = journal("east", 400, "one");
    let mut store = place.open();
    store.put(&records[..100]).unwrap();
    let (stop, copies) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut writer = place.open();
            // Two at a time: no moment has an odd number of them.
            for two in records[100..].chunks(2) {
                writer.put(two).unwrap();
            }
            stop.send(()).unwrap();
        });
        let mut number = 0;
        while copies.try_recv().is_err() {
            let to = place.folder().join(format!("{number}.db"));
            store.backup(&to).unwrap();
            let found = bytes(&mut Sqlite::open(&to).unwrap(), "east", 1);
            assert_eq!(found.len() % 2, 0);
            assert_eq!(found, of(&records[..found.len()]));
            number += 1;
        }
    });
    assert_eq!(bytes(&mut *store, "east", 1), of(&records));
}

fn many_make_one_store(place: &dyn Place) {
    let gate = std::sync::Barrier::new(6);
    std::thread::scope(|scope| {
        for at in 0..6 {
            let gate = &gate;
            scope.spawn(move || {
                gate.wait();
                place.open().put(&journal(["a", "b", "c", "d", "e", "f"][at], 2, "one")).unwrap();
            });
        }
    });
    assert_eq!(place.open().extents().unwrap().len(), 6);
}

fn one_of_many_writers_gets_each_number(place: &dyn Place) {
    let records = journal("east", 21, "one");
    place.open().append(&records[0]).unwrap();
    let gate = std::sync::Barrier::new(3);
    for at in 1..20 {
        let kept = std::thread::scope(|scope| {
            let write = |writer: usize| {
                let (gate, records) = (&gate, &records);
                scope.spawn(move || {
                    let mut store = place.open();
                    let before = store.records(&centre("east"), Start::Number(at), 1).unwrap();
                    let next = next(&before[0].bytes, &format!("writer {writer}"));
                    assert_eq!(next.record().key, records[0].record().key);
                    gate.wait();
                    usize::from(store.append(&next).is_ok())
                })
            };
            let writers = [write(0), write(1), write(2)];
            writers.into_iter().map(|writer| writer.join().unwrap()).sum::<usize>()
        });
        assert_eq!(kept, 1, "record {}", at + 1);
    }
    assert_eq!(place.open().extents().unwrap()[&centre("east")], Extent { last: 20, count: 20 });
}
