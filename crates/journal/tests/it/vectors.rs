//! The vectors of `docs/journal.md` are what this crate writes, and it reads them.

use std::collections::BTreeMap;

use journal::{
    Barter, ChangeRequest, Digest, Entry, Head, Journals, Key, Ruled, Signed, Terms, Urgency, Writer, fold,
};
use record::CentreId;
use timeline::Time;

use crate::world::OwnersDecide;

/// Blocks of the document: a fence, the word `vector` and a name, then hexadecimal in lines of any length.
fn written() -> BTreeMap<String, String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/journal.md");
    let text = std::fs::read_to_string(path).unwrap();
    let blocks = text.split("```").filter_map(|block| block.strip_prefix("text\nvector "));
    blocks
        .map(|block| {
            let (name, hex) = block.split_once('\n').unwrap();
            (name.to_owned(), hex.split_whitespace().collect())
        })
        .collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Vec<u8> {
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
}

fn minute(minute: u8) -> Time {
    format!("2026-05-30T12:{minute:02}:00Z").parse().unwrap()
}

fn begin(name: &str, seed: u8) -> (Writer, Signed) {
    Writer::found(&name.parse().unwrap(), Key::from_seed(&[seed; 32]), minute(0)).unwrap()
}

/// Two centres and a record of each kind.
fn records() -> (Vec<(&'static str, Signed)>, Terms) {
    let ((mut east, east_first), (mut north, north_first)) = (begin("east", 1), begin("north", 2));
    let roots = [&east, &north].map(|writer| (writer.standing().centre().clone(), writer.key())).into();
    let asked = Entry::Request(ChangeRequest {
        name: "75-0541".to_owned(),
        urgency: Urgency::Urgent,
        baseline: Digest::of(b"CUPJBAS1"),
        seen: vec![east_first.head(), north_first.head()],
        replaces: vec![],
        edits: b"north/window".to_vec(),
        rationale: "Kr\u{fc}mmung am Rand".to_owned(),
    });
    let asked = east.append(minute(1), asked).unwrap();
    let request = asked.digest();
    let comment =
        north.append(minute(2), Entry::Comment { about: request, text: "when?".to_owned() }).unwrap();
    let rejection =
        north.append(minute(3), Entry::Rejection { request, text: "not on a Sunday".to_owned() }).unwrap();
    let comments = Entry::ApprovalWithComment { request, text: "after noon".to_owned() };
    let comments = north.append(minute(4), comments).unwrap();
    let approval = north.append(minute(5), Entry::Approval { request }).unwrap();
    let baseline = Digest::of(&[b"CUPJBAS1".as_slice(), &request.0].concat());
    let used = east.append(minute(6), Entry::Implementation { request, baseline }).unwrap();
    let ran = Entry::AsRun { activity: "window-clean-1".to_owned(), what: b"42 min".to_vec() };
    let ran = east.append(minute(7), ran).unwrap();
    let barter = Entry::Barter(Barter {
        from: "east".parse().unwrap(),
        to: "north".parse().unwrap(),
        pool: "crew-time".parse().unwrap(),
        amount: 90,
        terms: "for a place on flight 12".to_owned(),
    });
    let barter = east.append(minute(8), barter).unwrap();
    let heads: Vec<Head> = vec![barter.head(), approval.head()];
    let checkpoint = north.append(minute(9), Entry::Checkpoint { heads }).unwrap();
    let withdrawal =
        east.append(minute(10), Entry::Withdrawal { request, text: "too late".to_owned() }).unwrap();
    let rotated = east.rotate(minute(11), Key::from_seed(&[3; 32])).unwrap();
    let spare = Key::from_seed(&[4; 32]);
    let proof = spare.proof(north.standing().centre());
    let created = north.append(minute(11), Entry::KeyCreated { key: spare.public(), proof }).unwrap();
    let revoked = Entry::KeyRevoked { key: spare.public(), reason: "lost".to_owned() };
    let revoked = north.append(minute(12), revoked).unwrap();
    let (body, text) = ("board".parse().unwrap(), "no word in time".to_owned());
    let ruling = Entry::Ruling { request, body, ruled: Ruled::Rejected, text };
    let ruling = north.append(minute(13), ruling).unwrap();
    let records = vec![
        ("east 1, key created", east_first),
        ("north 1, key created", north_first),
        ("east 2, change request", asked),
        ("north 2, comment", comment),
        ("north 3, rejection", rejection),
        ("north 4, approval with comment", comments),
        ("north 5, approval", approval),
        ("east 3, implementation", used),
        ("east 4, as-run", ran),
        ("east 5, barter", barter),
        ("north 6, checkpoint", checkpoint),
        ("east 6, withdrawal", withdrawal),
        ("east 7, key rotated", rotated),
        ("north 7, key created", created),
        ("north 8, key revoked", revoked),
        ("north 9, ruling", ruling),
    ];
    (records, Terms { roots, quorum: 2 })
}

#[test]
fn the_document_says_the_bytes_that_are_written() {
    let (records, terms) = records();
    let mut made: BTreeMap<String, String> =
        records.iter().map(|(name, signed)| ((*name).to_owned(), hex(signed.bytes()))).collect();
    let journals: Journals = records.iter().map(|(_, signed)| signed.clone()).collect();
    let state = fold(&journals, &terms, &OwnersDecide);
    assert_eq!(state.baseline.len(), 1);
    let mut digests = vec![
        ("digest of east 1", records[0].1.digest()),
        ("digest of the baseline", state.baseline_digest()),
    ];
    digests.push(("digest of the state", state.digest()));
    made.extend(digests.into_iter().map(|(name, digest)| (name.to_owned(), digest.to_string())));
    let written = written();
    for (name, hex) in &made {
        assert_eq!(written.get(name), Some(hex), "vector {name}");
    }
    assert_eq!(written.len(), made.len(), "the document has vectors that nobody writes");
}

#[test]
fn the_documents_bytes_are_read() {
    let (records, _) = records();
    for (name, signed) in &records {
        let read = Signed::read(&unhex(&written()[*name])).unwrap();
        assert_eq!(&read, signed, "vector {name}");
        assert!(name.ends_with(read.record().entry.kind()), "{name} is a {}", read.record().entry.kind());
    }
    let kinds: std::collections::BTreeSet<&str> =
        records.iter().map(|(_, signed)| signed.record().entry.kind()).collect();
    assert_eq!(kinds.len(), 14, "every kind of record has a vector");
    let centres: std::collections::BTreeSet<&CentreId> =
        records.iter().map(|(_, signed)| &signed.record().centre).collect();
    assert_eq!(centres.len(), 2);
}
