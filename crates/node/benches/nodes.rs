//! What a node does all day, with the journals of five centres on disk.

use divan::Bencher;
use journal::{Barter, Digest, Entry, Key, Signed, Writer};
use node::{Batch, Founding, Node, Seed};
use record::CentreId;
use tempfile::TempDir;
use timeline::{Duration, Time};

fn main() {
    divan::main();
}

const CENTRES: [&str; 5] = ["east", "north", "south", "up", "west"];

fn centre(at: usize) -> CentreId {
    CENTRES[at].parse().expect("an id")
}

fn key(at: usize) -> Key {
    Key::from_seed(&[at as u8 + 1; 32])
}

/// What one centre writes: as much comment, approval, as-run and barter as any.
fn journal(at: usize, records: usize) -> Vec<Signed> {
    let (mut writer, first) = Writer::found(&centre(at), key(at), Time::EPOCH).expect("a journal begins");
    let mut written = vec![first];
    for number in 1..records {
        let about = written[number - 1].digest();
        let entry = match number % 4 {
            0 => Entry::Approval { request: about },
            1 => Entry::Comment {
                about,
                text: "seen by the flight director on console, no objection".to_owned(),
            },
            2 => Entry::AsRun { activity: format!("task-{number}"), what: vec![7; 60] },
            _ => Entry::Barter(Barter {
                from: CENTRES[at].parse().expect("an id"),
                to: "all".parse().expect("an id"),
                pool: "crew-time".parse().expect("an id"),
                amount: number as u64,
                terms: "for a place on a flight".to_owned(),
            }),
        };
        let time = Time::EPOCH + Duration::SECOND * number as i64;
        written.push(writer.append(time, entry).expect("a record"));
    }
    written
}

/// East's node, that trusts all five.
fn found(folder: &TempDir) -> Node {
    let founding = Founding::new(centre(0), "iss", Seed::new([1; 32]));
    let mut node = Node::found(&folder.path().join("east"), founding, Time::EPOCH).expect("a node");
    (0..5).for_each(|at| node.trust(&centre(at), key(at).public()).expect("a root"));
    node
}

fn batches(records: usize) -> Vec<Batch> {
    let batch = |at: usize| Batch {
        centre: centre(at),
        first: 1,
        records: journal(at, records).iter().map(|signed| signed.bytes().to_vec()).collect(),
    };
    (1..5).map(batch).collect()
}

fn late() -> Time {
    Time::EPOCH + Duration::DAY * 30
}

#[divan::bench(args = [25_000, 100_000], sample_count = 5, sample_size = 1)]
fn open_records(bencher: Bencher, records: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut node = found(&folder);
    node.receive(&batches(records / 4), late()).expect("received");
    drop(node);
    let path = folder.path().join("east");
    assert!(Node::open(&path).expect("a node").journals().len() >= records);
    bencher.bench_local(|| Node::open(&path).expect("a node").journals().len());
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn receive_20_000_records(bencher: Bencher) {
    let batches = batches(5_000);
    bencher
        .with_inputs(|| {
            let folder = tempfile::tempdir().expect("a folder");
            let node = found(&folder);
            (folder, node)
        })
        .bench_local_refs(|(_, node)| {
            let received = node.receive(&batches, late()).expect("received");
            assert_eq!((received.new.len(), received.faults.len()), (20_000, 0));
        });
}

#[divan::bench(sample_count = 200, sample_size = 1)]
fn write_one_record(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut node = found(&folder);
    node.receive(&batches(1_000), late()).expect("received");
    bencher.bench_local(|| node.write(Entry::Approval { request: Digest::NONE }, late()).expect("written"));
}

#[divan::bench(sample_count = 3, sample_size = 1)]
fn check_25_000_signatures_again(bencher: Bencher) {
    let folder = tempfile::tempdir().expect("a folder");
    let mut node = found(&folder);
    node.receive(&batches(6_250), late()).expect("received");
    bencher.bench_local(|| assert!(node.verify_all().expect("read").is_sound()));
}
