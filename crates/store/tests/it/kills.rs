//! What was acknowledged is there, whenever whoever wrote it is killed.

use std::collections::BTreeMap;
use std::time::Duration;

use journal::{Digest, Known, Record, Standing, verify};
use store::{Store, StoreError, for_each};

use crate::chance::Chance;
use crate::journals::centre;
use crate::places::Folder;
use crate::tear::{TEARS, Tear, copy, tear};
use crate::victim::{BATCH, OTHER, OWN, Said, Target, Victim};

/// After so many kills a new store is begun, so that looking at all of it stays short.
const KILLS_A_STORE: u64 = 25;

#[test]
fn what_sqlite_acknowledged_survives() {
    sqlite(40);
}

#[test]
#[ignore = "takes minutes: cargo xtask kills"]
fn what_sqlite_acknowledged_survives_500_kills() {
    sqlite(500);
}

fn sqlite(kills: u64) {
    let (mut told, mut torn) = (BTreeMap::<Tear, (u64, u64, u64)>::new(), 0);
    let mut records = 0;
    for first in (0..kills).step_by(KILLS_A_STORE as usize) {
        let folder = Folder::new();
        let (file, aside) = (folder.file(), folder.0.join("aside.db"));
        let (mut said, mut there) = (Said::default(), There::default());
        for round in first..kills.min(first + KILLS_A_STORE) {
            let chance = &mut Chance::new(round);
            said = kill_one(Target::Sqlite(&file), round, said, chance);
            let how = TEARS[chance.below(TEARS.len() as u64) as usize];
            let bytes = tear(&file, &said, how, chance);
            let count = told.entry(how).or_default();
            *count = (count.0 + 1, count.1 + u64::from(bytes > 0), count.2 + bytes as u64);
            torn += u64::from(bytes > 0);
            // Looked at in a copy, the store is found by the next victim as the last one left it.
            if chance.below(2) == 0 && file.exists() {
                copy(&file, &aside);
                there = look(Target::Sqlite(&aside), &said, there, round);
            } else {
                // Closed as it should be, all that is there is in the file and on the disk.
                there = look(Target::Sqlite(&file), &said, there, round);
                said = Said { own: there.own, other: there.other, ..said };
            }
        }
        records += there.own + there.other;
        look_at_signatures(&mut *Target::Sqlite(&file).open().unwrap());
    }
    println!("{kills} kills on SQLite, {records} records, files torn after {torn} of them");
    for (how, (rounds, changed, bytes)) in told {
        println!("  {how:?}: {rounds} rounds, {changed} with something to tear, {bytes} bytes");
    }
}

#[cfg(feature = "postgres")]
mod postgres;

/// Starts a victim and kills it at some moment; gives the last that was said.
fn kill_one(target: Target<'_>, seed: u64, before: Said, chance: &mut Chance) -> Said {
    let mut victim = Victim::start(target, seed);
    let mut said = before;
    // Some die before they have opened the store; most soon after; some after the log was begun anew.
    let words = [0, chance.below(8), chance.below(40), chance.below(150)][chance.below(4) as usize];
    for _ in 0..words {
        said = victim.next().expect("the victim lives until it is killed");
    }
    std::thread::sleep(Duration::from_micros(chance.below(4_000)));
    victim.kill().unwrap_or(said)
}

/// How much was there when it was looked at last.
#[derive(Clone, Copy, Default)]
struct There {
    own: u64,
    other: u64,
}

/// Everything that was acknowledged is there; besides it at most what was there before and what was under way.
fn look(target: Target<'_>, said: &Said, before: There, round: u64) -> There {
    let mut store = target.open().unwrap_or_else(|error| panic!("round {round}: {error}"));
    assert!(store.check().unwrap().is_empty());
    let there = There { own: follow(&mut *store, OWN), other: follow(&mut *store, OTHER) };
    let told =
        format!("round {round}: {said:?} was acknowledged, {} and {} are there", there.own, there.other);
    assert!((said.own..=said.own.max(before.own) + 1).contains(&there.own), "{told}");
    assert!((said.other..=said.other.max(before.other) + BATCH).contains(&there.other), "{told}");
    assert_eq!(there.other % BATCH, 0, "{told}: part of what was put in at once");
    there
}

/// Follows a chain by its digests to its end.
fn follow(store: &mut dyn Store, name: &str) -> u64 {
    let (mut number, mut digest) = (0, Digest::NONE);
    for_each(store, &centre(name), 1, |kept| {
        let (record, _) = Record::read(&kept.bytes).unwrap();
        assert_eq!((record.number, record.previous), (number + 1, digest));
        (number, digest) = (record.number, kept.digest);
        Ok::<(), StoreError>(())
    })
    .unwrap();
    number
}

fn look_at_signatures(store: &mut dyn Store) {
    for name in [OWN, OTHER] {
        let mut records = Vec::new();
        for_each(store, &centre(name), 1, |kept| {
            records.push(kept.bytes);
            Ok::<(), StoreError>(())
        })
        .unwrap();
        let root = journal::Key::from_seed(&[name.len() as u8; 32]).public();
        let verified = verify(Standing::new(centre(name), root), &records, &Known::default());
        assert_eq!(verified.fault, None);
    }
}
