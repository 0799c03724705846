//! Rows of the database that somebody, or the disk, has changed: told by centre and number, and mended from others.

use journal::{Entry, Why};
use node::{Health, Node, NodeError};
use rusqlite::{Connection, params};

use crate::world::{ALL, World, centre, head, key, minute, said};

const RECORDS: u64 = 12;

/// East has written, north holds a copy and knows how far it is verified.
fn world() -> World {
    let mut world = World::new(2);
    for number in 2..=RECORDS {
        world.nodes[0].write(said("as written"), minute(number as i64)).unwrap();
    }
    world.send(0, 1, minute(99));
    world.reopen(0);
    world.reopen(1);
    world
}

fn sql(node: &Node) -> Connection {
    Connection::open(node.folder().join("journal.db")).unwrap()
}

/// Every row of east in turn, tampered with in so many ways; each is told by number, when opening or when checking all.
#[test]
fn every_row_changed_is_named() {
    let mut world = world();
    let ways = [Way::Byte, Way::ByteAndDigest, Way::Forged, Way::Stranger, Way::Gone, Way::Cut];
    let mut told = 0;
    for number in 2..=RECORDS {
        for way in ways {
            let kept = rows(&world.nodes[1]);
            tamper(&world.nodes[1], number, way);
            world.reopen(1);
            let opened = world.nodes[1].health().clone();
            let all = world.nodes[1].verify_all().unwrap();
            let named = names(&opened, number) || names(&all, number);
            assert!(named, "{way:?} of {number}: {opened:?}, {all:?}");
            assert!(
                head(&world.nodes[1], &centre(0)).number < number || way == Way::Forged,
                "{way:?} {number}"
            );
            // Partners mend it.
            world.nodes[1].set_aside().unwrap();
            world.send(0, 1, minute(99));
            let mended = head(&world.nodes[1], &centre(0)) == head(&world.nodes[0], &centre(0));
            assert!(mended || way == Way::Forged, "{way:?} of {number} stays");
            restore(&world.nodes[1], &kept);
            world.reopen(1);
            told += 1;
        }
    }
    assert_eq!(told, 66);
}

#[derive(Clone, Copy, PartialEq, Debug)]
enum Way {
    /// A byte, as a disk fails.
    Byte,
    /// A byte and the digest beside it, as somebody would who knows the table.
    ByteAndDigest,
    /// Another record, with the centre's own key.
    Forged,
    /// Another record, with nobody's key.
    Stranger,
    /// The row deleted.
    Gone,
    /// The row and all after it deleted.
    Cut,
}

fn names(health: &Health, number: u64) -> bool {
    health.faults.iter().any(|fault| fault.centre == centre(0) && fault.number == number)
        || health.damaged.iter().any(|damage| damage.centre == "east" && damage.number == number as i64)
}

fn tamper(node: &Node, number: u64, way: Way) {
    let signed = node.journals().numbered(&centre(0), number).next().unwrap().clone();
    let forged = |seed| {
        let record = journal::Record {
            entry: Entry::Approval { request: signed.digest() },
            ..signed.record().clone()
        };
        record.sign(&key(seed)).unwrap()
    };
    let mut bytes = signed.bytes().to_vec();
    let last = bytes.len() - 70;
    bytes[last] ^= 1;
    let digest = journal::Digest::of(&bytes);
    let sql = sql(node);
    let set = |bytes: &[u8], digest: &[u8]| {
        let text = "UPDATE record SET bytes = ?1, digest = ?2 WHERE centre = 'east' AND number = ?3";
        assert_eq!(sql.execute(text, params![bytes, digest, number as i64]).unwrap(), 1);
    };
    match way {
        Way::Byte => set(&bytes, &signed.digest().0),
        Way::ByteAndDigest => set(&bytes, &digest.0),
        Way::Forged => set(forged(1).bytes(), &forged(1).digest().0),
        Way::Stranger => set(forged(9).bytes(), &forged(9).digest().0),
        Way::Gone => {
            sql.execute("DELETE FROM record WHERE centre = 'east' AND number = ?1", [number as i64]).unwrap();
        }
        Way::Cut => {
            sql.execute("DELETE FROM record WHERE centre = 'east' AND number >= ?1", [number as i64])
                .unwrap();
        }
    }
}

type Row = (i64, Vec<u8>, Vec<u8>);

fn rows(node: &Node) -> Vec<Row> {
    let sql = sql(node);
    let mut read = sql.prepare("SELECT number, digest, bytes FROM record WHERE centre = 'east'").unwrap();
    let rows = read.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

fn restore(node: &Node, kept: &[Row]) {
    let sql = sql(node);
    sql.execute("DELETE FROM record WHERE centre = 'east'", []).unwrap();
    for (number, digest, bytes) in kept {
        let text = "INSERT INTO record (centre, number, digest, bytes) VALUES ('east', ?1, ?2, ?3)";
        sql.execute(text, params![number, digest, bytes]).unwrap();
    }
}

#[test]
fn a_damaged_own_journal_is_not_written_on() {
    for way in [Way::Byte, Way::ByteAndDigest, Way::Gone, Way::Cut, Way::Stranger] {
        let mut world = world();
        tamper(&world.nodes[0], RECORDS, way);
        world.reopen(0);
        assert!(matches!(world.nodes[0].write(said("on"), minute(50)), Err(NodeError::Behind(_))), "{way:?}");
        world.nodes[0].set_aside().unwrap();
        world.reopen(0);
        let told = world.nodes[0].write(said("on"), minute(50));
        assert!(matches!(told, Err(NodeError::Behind(_) | NodeError::Lost { .. })), "{way:?}: {told:?}");
        // The copy that a partner holds mends it.
        let batches = world.nodes[1].since(&[], ALL);
        world.nodes[0].receive(&batches, minute(99)).unwrap();
        if way == Way::Stranger || way == Way::ByteAndDigest {
            continue; // A second row of that number is there, and stays as evidence of who wrote in the database.
        }
        let written = world.nodes[0].write(said("on"), minute(50)).unwrap();
        assert_eq!(written.record.record().number, RECORDS + 1, "{way:?}");
    }
}

#[test]
fn what_is_no_database_is_told() {
    let world = world();
    let folder = world.nodes[0].folder().to_owned();
    let file = folder.join("journal.db");
    drop(world.nodes);
    let whole = std::fs::read(&file).unwrap();
    for cut in [100, whole.len() / 2] {
        std::fs::write(&file, &whole[..cut]).unwrap();
        let told = match Node::open(&folder) {
            Ok(mut node) => {
                let all = node.verify_all();
                all.map_or_else(
                    |told| told.to_string(),
                    |health| if health.is_sound() { String::new() } else { "told".into() },
                )
            }
            Err(told) => told.to_string(),
        };
        assert!(!told.is_empty(), "cut at {cut}");
    }
    std::fs::write(&file, "no database at all, but long enough to be looked at as one, one would think")
        .unwrap();
    assert!(Node::open(&folder).is_err());
}

#[test]
fn a_row_that_was_verified_and_changed_is_found_when_opening() {
    let mut world = world();
    tamper(&world.nodes[1], 5, Way::Forged);
    world.reopen(1);
    let fault = &world.nodes[1].health().faults[0];
    assert_eq!((fault.number, fault.centre.clone()), (5, centre(0)));
    assert!(matches!(fault.why, Why::Split(..)));
}
