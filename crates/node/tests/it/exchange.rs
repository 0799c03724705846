use std::collections::BTreeSet;

use journal::{Entry, Head, Key, Record, Signed, Standing, Why, Writer};
use node::{Batch, Node, NodeError};
use timeline::Duration;

use crate::world::{ALL, World, batch, centre, head, key, minute, said};

#[test]
fn records_reach_everybody_by_way_of_others() {
    let mut world = World::new(5);
    for at in 0..5 {
        for number in 0..20 {
            world.nodes[at].write(said(&format!("{number}")), minute(number)).unwrap();
        }
    }
    for (from, to) in [(0, 1), (1, 2), (2, 3), (3, 4), (4, 3), (3, 2), (2, 1), (1, 0)] {
        assert!(world.send(from, to, minute(99)).faults.is_empty());
    }
    let heads: BTreeSet<Vec<Head>> = world.nodes.iter().map(Node::heads).collect();
    assert_eq!(heads.len(), 1);
    assert_eq!(world.nodes[2].journals().len(), 105);
    world.reopen(2);
    assert!(world.nodes[2].health().is_sound() && world.nodes[2].verify_all().unwrap().is_sound());
    assert_eq!(world.nodes[2].heads(), *heads.first().unwrap());
    assert!(world.nodes[0].since(&world.nodes[1].heads(), ALL).is_empty());
}

#[test]
fn order_of_arrival_means_nothing_and_gaps_are_told() {
    let mut world = World::new(2);
    (0..40).for_each(|number| drop(world.nodes[0].write(said("x"), minute(number)).unwrap()));
    let whole = batch(&world.nodes[0], &centre(0));
    let part = |from: usize, to: usize| Batch {
        first: from as u64,
        records: whole.records[from - 1..to].to_vec(),
        centre: centre(0),
    };
    let node = &mut world.nodes[1];
    let late = node.receive(&[part(31, 41), part(11, 20)], minute(99)).unwrap();
    assert_eq!((late.new.len(), late.held_back, late.faults.len()), (0, 21, 0));
    assert_eq!((late.gaps[0].number, late.gaps.len()), (1, 1));
    let some = node.receive(&[part(1, 10)], minute(99)).unwrap();
    assert_eq!((some.new.len(), some.held_back), (20, 11));
    assert_eq!((some.gaps[0].number, &some.gaps[0].why), (21, &Why::Dropped(31)));
    let mut backwards = part(21, 30);
    backwards.records.reverse();
    let rest = node.receive(&[backwards], minute(99)).unwrap();
    assert_eq!((rest.new.len(), rest.held_back, rest.gaps.len()), (21, 0, 0));
    let again = node.receive(&[whole], minute(99)).unwrap();
    assert_eq!((again.new.len(), again.known, again.faults.len()), (0, 41, 0));
    assert_eq!(head(node, &centre(0)).number, 41);
}

#[test]
fn small_portions_come_to_the_same() {
    let mut world = World::new(3);
    (0..30).for_each(|number| drop(world.nodes[0].write(said("x"), minute(number)).unwrap()));
    world.send(0, 1, minute(99));
    let mut portions = 0;
    loop {
        let batches = world.nodes[1].since(&world.nodes[2].heads(), 7);
        if batches.is_empty() {
            break;
        }
        assert!(batches.iter().map(|batch| batch.records.len()).sum::<usize>() <= 7);
        world.nodes[2].receive(&batches, minute(99)).unwrap();
        portions += 1;
    }
    assert_eq!(portions, 5);
    assert_eq!(head(&world.nodes[2], &centre(0)), head(&world.nodes[0], &centre(0)));
}

#[test]
fn a_record_is_later_than_all_seen_and_a_slow_clock_is_told() {
    let mut world = World::new(2);
    world.nodes[0].write(said("noon"), minute(60)).unwrap();
    world.send(0, 1, minute(60));
    let written = world.nodes[1].write(said("by a slow clock"), minute(50)).unwrap();
    assert_eq!(written.record.record().time, minute(60) + Duration::NANOSECOND);
    assert_eq!(written.clock_behind, Some(Duration::MINUTE * 10));
    // A clock ahead of what can be is not followed.
    let ahead = world.nodes[0].write(said("tomorrow"), minute(6000)).unwrap().record;
    let told = world.send(0, 1, minute(61));
    assert_eq!((told.new.len(), told.faults[0].number), (0, ahead.record().number));
    assert!(matches!(told.faults[0].why, Why::ClockAhead { .. }));
    assert_eq!(world.send(0, 1, minute(6000)).new.len(), 1, "its time has come");
}

#[test]
fn two_processes_of_one_centre_write_one_journal() {
    let mut world = World::new(1);
    let mut other = Node::open(world.nodes[0].folder()).unwrap();
    for number in 0..20 {
        world.nodes[0].write(said("a"), minute(number)).unwrap();
        other.write(said("b"), minute(number)).unwrap();
    }
    world.nodes[0].refresh().unwrap();
    assert_eq!(world.nodes[0].heads(), other.heads());
    assert_eq!(head(&other, &centre(0)).number, 41);
    let threads: Vec<_> = (0..3)
        .map(|_| {
            let folder = world.nodes[0].folder().to_owned();
            std::thread::spawn(move || {
                let mut node = Node::open(&folder).unwrap();
                (0..15).for_each(|_| drop(node.write(said("c"), minute(100)).unwrap()));
            })
        })
        .collect();
    threads.into_iter().for_each(|thread| thread.join().unwrap());
    world.reopen(0);
    assert_eq!(head(&world.nodes[0], &centre(0)).number, 86);
    assert!(world.nodes[0].verify_all().unwrap().is_sound());
}

/// Another record of the number of `signed`, by the centre's own key.
pub(crate) fn other(signed: &Signed, key: &Key) -> Signed {
    Record { entry: said("the other way"), ..signed.record().clone() }.sign(key).unwrap()
}

#[test]
fn both_branches_of_a_fork_are_kept_and_reach_everybody() {
    let mut world = World::new(3);
    (0..5).for_each(|number| drop(world.nodes[0].write(said("x"), minute(number)).unwrap()));
    let last: Vec<Signed> = world.nodes[0].journals().of(&centre(0)).cloned().collect();
    let forged = other(&last[4], &key(1));
    // North hears the one story, south the other.
    world.send(0, 1, minute(9));
    let mut told = batch(&world.nodes[0], &centre(0));
    told.records.truncate(4);
    told.records.push(forged.bytes().to_vec());
    assert!(world.nodes[2].receive(&[told], minute(9)).unwrap().faults.is_empty());
    world.send(1, 2, minute(9));
    let heard = world.send(2, 1, minute(9));
    assert_eq!(
        (heard.new.len(), heard.faults.len()),
        (2, 1),
        "the other branch, and the south's own first record"
    );
    assert_eq!((heard.faults[0].number, heard.faults[0].centre.clone()), (5, centre(0)));
    assert!(matches!(heard.faults[0].why, Why::Split(..)));
    assert_eq!(world.nodes[1].heads(), world.nodes[2].heads());
    world.reopen(1);
    assert_eq!(world.nodes[1].heads(), world.nodes[2].heads());
    world.send(1, 0, minute(9));
    let told = world.nodes[0].write(said("which?"), minute(10)).unwrap_err();
    assert!(matches!(told, NodeError::Forked { number: 5, .. }), "{told}");
}

#[test]
fn a_co_signed_checkpoint_settles_a_fork_and_its_writer_goes_on() {
    let mut world = World::new(3);
    (0..5).for_each(|number| drop(world.nodes[0].write(said("x"), minute(number)).unwrap()));
    let fifth = world.nodes[0].journals().numbered(&centre(0), 5).next().cloned().unwrap();
    for at in [1, 2] {
        world.send(0, at, minute(9));
    }
    world.send(1, 2, minute(9));
    let first = world.nodes[1].checkpoint(minute(10)).unwrap().unwrap();
    world.send(1, 2, minute(11));
    let second = world.nodes[2].checkpoint(minute(11)).unwrap().unwrap();
    assert_eq!(first.record.record().entry, second.record.record().entry);
    world.send(2, 0, minute(11));
    world.send(2, 1, minute(11));
    let forged =
        Batch { centre: centre(0), first: 5, records: vec![other(&fifth, &key(1)).bytes().to_vec()] };
    for node in &mut world.nodes {
        let told = node.receive(std::slice::from_ref(&forged), minute(12)).unwrap();
        assert!(matches!(told.faults[0].why, Why::Split(held, _) if held == fifth.digest()));
    }
    let written = world.nodes[0].write(said("on"), minute(13)).unwrap().record;
    assert_eq!(written.record().number, 7);
    world.send(0, 1, minute(13));
    assert_eq!(head(&world.nodes[1], &centre(0)).centre, centre(0));
    assert!(world.nodes[1].heads().contains(&written.head()));
}

#[test]
fn checkpoints_are_co_signed_and_come_to_an_end() {
    let mut world = World::new(5);
    for at in 0..5 {
        world.nodes[at].write(said("x"), minute(1)).unwrap();
    }
    let mut written = 0;
    for round in 0..12 {
        for at in 0..5 {
            written += usize::from(world.nodes[at].checkpoint(minute(10 + round)).unwrap().is_some());
            for to in (0..5).filter(|to| *to != at) {
                world.send(at, to, minute(10 + round));
            }
        }
    }
    let quiet = world.nodes.iter_mut().all(|node| node.checkpoint(minute(50)).unwrap().is_none());
    assert!(quiet && written < 20, "{written} checkpoints");
    let state = world.nodes[0].fold(&Nobody);
    let covered =
        |seal: &journal::Seal| seal.heads.len() == 5 && seal.heads.iter().all(|head| head.number >= 2);
    assert!(state.seals.iter().any(covered));
}

struct Nobody;

impl journal::Agreement for Nobody {
    fn touches(&self, _: &journal::ChangeRequest) -> BTreeSet<String> {
        BTreeSet::new()
    }
    fn asks(&self, _: &journal::Matter<'_>) -> std::collections::BTreeMap<record::CentreId, journal::Asked> {
        std::collections::BTreeMap::new()
    }
    fn may_rule(
        &self,
        _: &journal::Matter<'_>,
        _: &record::CentreId,
        _: &record::BodyId,
        _: timeline::Time,
    ) -> bool {
        false
    }
    fn verdict(&self, _: &journal::Matter<'_>, _: &journal::Words<'_>) -> journal::Verdict {
        journal::Verdict::Open
    }
}

#[test]
fn a_journal_that_others_hold_longer_is_taken_back_before_writing() {
    let mut world = World::new(2);
    world.nodes[0].write(said("one"), minute(1)).unwrap();
    let early = world.folder.path().join("early.db");
    world.nodes[0].backup(&early).unwrap();
    world.nodes[0].write(said("two"), minute(2)).unwrap();
    world.send(0, 1, minute(3));
    world.nodes[1].checkpoint(minute(3)).unwrap().unwrap();
    // The disk is lost, and an old backup put in its place.
    let folder = world.nodes[0].folder().to_owned();
    world.nodes.remove(0);
    for file in ["journal.db", "journal.db-wal", "journal.db-shm"] {
        let _ = std::fs::remove_file(folder.join(file));
    }
    std::fs::rename(&early, folder.join("journal.db")).unwrap();
    let mut node = Node::open(&folder).unwrap();
    let theirs: Vec<Batch> = world.nodes[0].since(&[], ALL);
    let north: Vec<Batch> = theirs.iter().filter(|batch| batch.centre == centre(1)).cloned().collect();
    let told = node.receive(&north, minute(4)).unwrap();
    assert_eq!((told.gaps.len(), told.gaps[0].number), (1, 3));
    assert!(matches!(node.write(said("three"), minute(5)), Err(NodeError::Behind(head)) if head.number == 3));
    node.receive(&theirs, minute(5)).unwrap();
    assert_eq!(node.write(said("three"), minute(6)).unwrap().record.record().number, 4);
}

#[test]
fn a_partner_who_lies_does_not_bar_writing_for_good() {
    let mut world = World::new(2);
    let never = Head { centre: centre(0), number: 900, digest: journal::Digest::of(b"never written") };
    world.nodes[1].write(Entry::Checkpoint { heads: vec![never.clone()] }, minute(1)).unwrap();
    world.send(1, 0, minute(2));
    assert!(
        matches!(world.nodes[0].write(said("on"), minute(3)), Err(NodeError::Behind(head)) if head == never)
    );
    world.nodes[0].disregard(&never).unwrap();
    world.reopen(0);
    assert_eq!(world.nodes[0].write(said("on"), minute(3)).unwrap().record.record().number, 2);
}

#[test]
fn a_writer_that_stands_elsewhere_does_not_pass() {
    // What `journal::Writer` can do from a wrong standing, a node refuses on arrival.
    let mut world = World::new(2);
    let (mut writer, first) = Writer::found(&centre(0), key(7), minute(0)).unwrap();
    let second = writer.append(minute(1), Entry::Checkpoint { heads: vec![] }).unwrap();
    let told = world.nodes[1]
        .receive(
            &[Batch {
                centre: centre(0),
                first: 1,
                records: vec![first.bytes().to_vec(), second.bytes().to_vec()],
            }],
            minute(9),
        )
        .unwrap();
    assert_eq!((told.faults[0].number, &told.faults[0].why), (1, &Why::UnknownKey));
    assert_eq!((told.new.len(), told.held_back), (0, 1));
    assert_eq!(Standing::new(centre(0), key(1).public()).number(), 0);
}
