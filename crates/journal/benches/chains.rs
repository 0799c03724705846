//! Five centres with 20,000 records each: 100,000 to verify and to fold.

use std::collections::{BTreeMap, BTreeSet};

use divan::Bencher;
use journal::{
    Agreement, Asked, ChangeRequest, Digest, Entry, Journals, Key, Known, Matter, Signed, Standing, Terms,
    Urgency, Verdict, Word, Words, Writer, fold, verify,
};
use record::{BodyId, CentreId};
use timeline::{Duration, Time};

fn main() {
    divan::main();
}

const CENTRES: [&str; 5] = ["east", "north", "south", "up", "west"];
const RECORDS: u64 = 20_000;
/// One record in five is a request, each touches one of so many things.
const THINGS: u64 = 2_000;

struct OwnersDecide;

impl Agreement for OwnersDecide {
    fn touches(&self, request: &ChangeRequest) -> BTreeSet<String> {
        String::from_utf8_lossy(&request.edits).lines().map(str::to_owned).collect()
    }

    fn asks(&self, matter: &Matter<'_>) -> BTreeMap<CentreId, Asked> {
        let owners = matter.touches.iter().filter_map(|touch| touch.split('/').next());
        owners
            .filter(|owner| *owner != matter.author.as_str())
            .filter_map(|owner| owner.parse().ok())
            .map(|owner| (owner, Asked::Decide))
            .collect()
    }

    fn may_rule(&self, _: &Matter<'_>, _: &CentreId, _: &BodyId, _: Time) -> bool {
        false
    }

    fn verdict(&self, matter: &Matter<'_>, words: &Words<'_>) -> Verdict {
        let words = &words.centres;
        if words.values().any(|said| said.word == Word::Rejected) {
            Verdict::Rejected
        } else if self.asks(matter).keys().all(|centre| words.contains_key(centre)) {
            Verdict::Approved
        } else {
            Verdict::Open
        }
    }
}

struct Five {
    terms: Terms,
    records: Vec<Vec<Signed>>,
}

/// In turns each centre asks for a change to a thing of the next one, which then approves it, comments and says what was run.
fn five() -> Five {
    let begin = |at: usize| {
        let name: CentreId = CENTRES[at].parse().expect("an id");
        Writer::found(&name, Key::from_seed(&[at as u8 + 1; 32]), Time::EPOCH).expect("a journal begins")
    };
    let (mut writers, mut records): (Vec<Writer>, Vec<Vec<Signed>>) =
        (0..CENTRES.len()).map(begin).map(|(writer, first)| (writer, vec![first])).unzip();
    let roots = writers.iter().map(|writer| (writer.standing().centre().clone(), writer.key())).collect();
    let mut time = Time::EPOCH;
    for number in 2..=RECORDS {
        let before: Vec<Signed> = records.iter().filter_map(|journal| journal.last().cloned()).collect();
        let before_that: Vec<Option<Signed>> =
            records.iter().map(|journal| journal.iter().nth_back(1).cloned()).collect();
        for at in 0..CENTRES.len() {
            time = time + Duration::SECOND;
            let asked = (at + CENTRES.len() - 1) % CENTRES.len();
            let entry = match number % 5 {
                0 => Entry::Request(request(at, number, &before)),
                1 => Entry::Approval { request: before[asked].digest() },
                2 => Entry::Comment {
                    about: before_that[asked].as_ref().map_or(Digest::NONE, Signed::digest),
                    text: "seen by the flight director on console, no objection".to_owned(),
                },
                3 => Entry::AsRun { activity: format!("task-{number}"), what: vec![7; 60] },
                _ => Entry::Checkpoint { heads: before.iter().map(Signed::head).collect() },
            };
            records[at].push(writers[at].append(time, entry).expect("a record"));
        }
    }
    Five { terms: Terms { roots, quorum: 3 }, records }
}

fn request(at: usize, number: u64, before: &[Signed]) -> ChangeRequest {
    let thing = number / 5 % (THINGS / 5);
    ChangeRequest {
        name: format!("75-{at}-{number}"),
        urgency: Urgency::Routine,
        baseline: Digest::NONE,
        seen: before.iter().map(Signed::head).collect(),
        replaces: vec![],
        edits: format!("{}/{thing}", CENTRES[(at + 1) % CENTRES.len()]).into_bytes(),
        rationale: "the experiment needs the afternoon pass over the ground station".to_owned(),
    }
}

#[divan::bench(sample_count = 5, sample_size = 1)]
fn verify_100_000_records(bencher: Bencher) {
    let five = five();
    let bytes: Vec<Vec<&[u8]>> =
        five.records.iter().map(|journal| journal.iter().map(Signed::bytes).collect()).collect();
    bencher.bench_local(|| {
        for (journal, (centre, root)) in bytes.iter().zip(&five.terms.roots) {
            let verified = verify(Standing::new(centre.clone(), *root), journal, &Known::default());
            assert_eq!((verified.fault, verified.records.len()), (None, RECORDS as usize));
        }
    });
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn fold_100_000_records(bencher: Bencher) {
    let five = five();
    let journals: Journals = five.records.iter().flatten().cloned().collect();
    assert!(fold(&journals, &five.terms, &OwnersDecide).baseline.len() > 19_000);
    bencher.bench_local(|| fold(&journals, &five.terms, &OwnersDecide).digest());
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn gather_100_000_records(bencher: Bencher) {
    let five = five();
    bencher.bench_local(|| five.records.iter().flatten().cloned().collect::<Journals>().len());
}

#[divan::bench]
fn write_one_record(bencher: Bencher) {
    let name: CentreId = CENTRES[0].parse().expect("an id");
    let (mut writer, first) =
        Writer::found(&name, Key::from_seed(&[1; 32]), Time::EPOCH).expect("a journal begins");
    let request = first.digest();
    bencher.bench_local(|| writer.append(Time::EPOCH, Entry::Approval { request }));
}
