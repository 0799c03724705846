//! A thousand ways to tamper with a journal; each is refused, naming the record and the reason.

use journal::{Digest, Entry, Head, Key, Known, Record, Signed, Standing, Why, Writer, verify};
use timeline::Duration;

use crate::world::{World, centre, key, second};

const RECORDS: u64 = 40;
/// The record with which the first key goes, and the one with which the spare key does.
const ROTATED: u64 = 12;
const REVOKED: u64 = 20;

/// A journal of `RECORDS`, signed with the key 1 until `ROTATED` and with 21 then; 31 is a spare key from 2 to `REVOKED`.
fn journal() -> Vec<Signed> {
    let (mut writer, first) = Writer::found(&centre(0), key(1), second(60)).unwrap();
    let mut records = vec![first];
    for number in 2..=RECORDS {
        let time = second(number as i64 * 60);
        let signed = match number {
            2 => writer
                .append(time, Entry::KeyCreated { key: key(31).public(), proof: key(31).proof(&centre(0)) }),
            ROTATED => writer.rotate(time, key(21)),
            REVOKED => {
                writer.append(time, Entry::KeyRevoked { key: key(31).public(), reason: "lost".to_owned() })
            }
            _ => writer.append(time, said(number)),
        };
        records.push(signed.unwrap());
    }
    records
}

fn said(number: u64) -> Entry {
    let request = Digest::of(&number.to_be_bytes());
    match number % 4 {
        0 => Entry::Approval { request },
        1 => Entry::Rejection { request, text: format!("no {number}") },
        2 => Entry::AsRun { activity: format!("task-{number}"), what: vec![number as u8; 50] },
        _ => Entry::Comment { about: request, text: format!("heard {number}") },
    }
}

fn bytes(records: &[Signed]) -> Vec<Vec<u8>> {
    records.iter().map(|signed| signed.bytes().to_vec()).collect()
}

/// `record` said again as `change` would have it, rightly signed with `key`.
fn again(record: &Signed, key: &Key, change: impl FnOnce(&mut Record)) -> Vec<u8> {
    let mut record = record.record().clone();
    change(&mut record);
    record.sign(key).unwrap().bytes().to_vec()
}

fn signer(number: u64) -> Key {
    if number <= ROTATED { key(1) } else { key(21) }
}

/// The journal as somebody hands it over, what a verifier knows, and what it must say.
struct Case {
    way: &'static str,
    bytes: Vec<Vec<u8>>,
    heads: Vec<Head>,
    number: u64,
    is: fn(&Why) -> bool,
}

fn check(case: &Case, known: &Known) {
    let known = Known { heads: case.heads.clone(), ..known.clone() };
    let verified = verify(Standing::new(centre(0), key(1).public()), &case.bytes, &known);
    let fault = verified.fault.unwrap_or_else(|| panic!("{}: {} goes unseen", case.way, case.number));
    assert_eq!(fault.number, case.number, "{}: {fault}", case.way);
    assert_eq!(fault.centre, centre(0));
    assert!((case.is)(&fault.why), "{} at {}: {fault}", case.way, case.number);
    assert!(fault.to_string().starts_with(&format!("record {} of east: ", case.number)));
    let before = verified.records.len() as u64;
    assert_eq!(before, verified.standing.number(), "what is before the fault holds");
}

/// Ways to tamper with the bytes alone, at each record and at many places in it.
fn by_bytes(whole: &[Vec<u8>]) -> Vec<Case> {
    let mut cases = Vec::new();
    for number in 1..=RECORDS {
        let at = number as usize - 1;
        let length = whole[at].len();
        for spot in
            [0, 8, 9, 13, 20, 21, 40, 53, 60, 61, 93, 94, length - 65, length - 64, length - 32, length - 1]
        {
            let mut bytes = whole.to_vec();
            bytes[at][spot] ^= 1 << (number % 8);
            let is = |why: &Why| matches!(why, Why::Signature | Why::Unreadable(_));
            cases.push(Case { way: "changed byte", bytes, heads: vec![], number, is });
        }
        let mut bytes = whole.to_vec();
        bytes[at].truncate(length - 1 - at);
        let is = |why: &Why| matches!(why, Why::Unreadable(_));
        cases.push(Case { way: "cut record", bytes, heads: vec![], number, is });
    }
    cases
}

/// Ways to tamper with the order of records that are themselves sound.
fn by_order(records: &[Signed], whole: &[Vec<u8>]) -> Vec<Case> {
    let mut cases = Vec::new();
    for number in 1..=RECORDS {
        let at = number as usize - 1;
        let head = records[at].head();
        let truncated = |why: &Why| matches!(why, Why::Truncated(_));
        cases.push(Case {
            way: "truncated",
            bytes: whole[..at].to_vec(),
            heads: vec![head],
            number,
            is: truncated,
        });
        if number < RECORDS {
            let mut bytes = whole.to_vec();
            bytes.remove(at);
            let is = |why: &Why| matches!(why, Why::Dropped(_));
            cases.push(Case { way: "dropped", bytes, heads: vec![], number, is });
            for apart in [1, 2, 5].into_iter().filter(|apart| at + apart < whole.len()) {
                let mut bytes = whole.to_vec();
                bytes.swap(at, at + apart);
                let is = |why: &Why| matches!(why, Why::Reordered(_));
                cases.push(Case { way: "reordered", bytes, heads: vec![], number, is });
            }
        }
        for later in [at + 1, whole.len()] {
            let mut bytes = whole.to_vec();
            bytes.insert(later, whole[at].clone());
            let is = |why: &Why| matches!(why, Why::Replayed(_));
            cases.push(Case { way: "replayed", bytes, heads: vec![], number, is });
        }
    }
    cases
}

/// Ways that need a key.
fn by_key(world: &World, records: &[Signed], whole: &[Vec<u8>]) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut put = |way, number: u64, forged: Vec<u8>, is: fn(&Why) -> bool| {
        let mut bytes = whole.to_vec();
        bytes[number as usize - 1] = forged;
        cases.push(Case { way, bytes, heads: vec![], number, is });
    };
    for number in 2..=RECORDS {
        let record = &records[number as usize - 1];
        let forge = |record: &mut Record| record.entry = Entry::Approval { request: Digest::of(b"mine") };
        put("nobody's key", number, again(record, &key(99), forge), |why| *why == Why::UnknownKey);
        put(
            "partner's key",
            number,
            again(record, &key(3), forge),
            |why| matches!(why, Why::PartnersKey(of) if *of == centre(2)),
        );
        put(
            "partner's record",
            number,
            again(record, &key(3), |record| (record.centre, record.entry) = (centre(2), said(number))),
            |why| matches!(why, Why::OtherCentre(of) if *of == centre(2)),
        );
        let back = |record: &mut Record| record.time = record.time - Duration::SECOND * 61;
        put("clock back", number, again(record, &signer(number), back), |why| {
            matches!(why, Why::ClockBack { .. })
        });
        let ahead = |record: &mut Record| record.time = record.time + Duration::DAY;
        put("clock ahead", number, again(record, &signer(number), ahead), |why| {
            matches!(why, Why::ClockAhead { .. })
        });
        let link = |record: &mut Record| record.previous = Digest::of(b"else");
        put("put in", number, again(record, &signer(number), link), |why| matches!(why, Why::Link { .. }));
        if number > ROTATED {
            put("old key", number, again(record, &key(1), forge), |why| *why == Why::RotatedKey(ROTATED));
        }
        if number > REVOKED {
            put("revoked key", number, again(record, &key(31), forge), |why| {
                *why == Why::RevokedKey(REVOKED)
            });
        }
    }
    assert_eq!(world.writers[2].key(), key(3).public());
    cases
}

/// A second record of a number, by somebody who may not write: no split of the centre's, but a forgery.
fn by_strangers(records: &[Signed], whole: &[Vec<u8>]) -> Vec<Case> {
    let mut cases = Vec::new();
    let mut put = |way, number: u64, key: &Key, is: fn(&Why) -> bool| {
        let at = number as usize - 1;
        let mut bytes = whole.to_vec();
        bytes.insert(at + 1, again(&records[at], key, |record| record.entry = said(number + 1)));
        cases.push(Case { way, bytes, heads: vec![], number, is });
    };
    for number in 1..=RECORDS {
        put("forged second", number, &key(99), |why| *why == Why::UnknownKey);
        put(
            "partner's second",
            number,
            &key(3),
            |why| matches!(why, Why::PartnersKey(of) if *of == centre(2)),
        );
    }
    cases
}

/// Another record than the one that others hold, rightly signed by the centre itself.
fn by_splitting(records: &[Signed], whole: &[Vec<u8>]) -> Vec<Case> {
    let mut cases = Vec::new();
    for number in 3..=RECORDS {
        let at = number as usize - 1;
        let forge =
            |record: &mut Record| record.entry = Entry::Approval { request: Digest::of(b"the other way") };
        let other = again(&records[at], &signer(number), forge);
        let is = |why: &Why| matches!(why, Why::Split(..));
        let mut told = whole.to_vec();
        told[at].clone_from(&other);
        cases.push(Case { way: "split view", bytes: told, heads: vec![records[at].head()], number, is });
        let mut both = whole.to_vec();
        both.insert(at + 1, other);
        cases.push(Case { way: "two of one number", bytes: both, heads: vec![], number, is });
    }
    cases
}

#[test]
fn a_thousand_ways_are_told_by_record_and_reason() {
    let world = World::new();
    let records = journal();
    let whole = bytes(&records);
    let known = world.known(vec![], Some(second(60 * 60)));
    let sound = verify(Standing::new(centre(0), key(1).public()), &whole, &known);
    assert_eq!((sound.fault, sound.records.len()), (None, RECORDS as usize));

    let mut cases = by_bytes(&whole);
    cases.extend(by_order(&records, &whole));
    cases.extend(by_key(&world, &records, &whole));
    cases.extend(by_strangers(&records, &whole));
    cases.extend(by_splitting(&records, &whole));
    assert!(cases.len() >= 1000, "only {} ways", cases.len());
    cases.iter().for_each(|case| check(case, &known));
}

#[test]
fn a_journal_is_followed_from_where_it_was_left() {
    let records = journal();
    let whole = bytes(&records);
    let half = verify(Standing::new(centre(0), key(1).public()), &whole[..25], &Known::default());
    let rest = verify(half.standing.clone(), &whole[25..], &Known::default());
    assert_eq!((rest.fault, rest.standing.number()), (None, RECORDS));

    let again = verify(half.standing.clone(), &whole[24..], &Known::default());
    assert_eq!(again.fault.map(|fault| (fault.number, fault.why)), Some((25, Why::Replayed(25))));

    let told = Head { digest: Digest::of(b"else"), ..records[24].head() };
    let parted = verify(half.standing, &whole[25..], &Known { heads: vec![told], ..Known::default() });
    assert_eq!(parted.fault.map(|fault| fault.number), Some(25));
}
