//! The encoding: it comes back as it went, and whatever else is read is refused or is the same bytes.

use journal::{
    Barter, ChangeRequest, Digest, Entry, Head, MAX_BLOB_BYTES, MAX_LIST, MAX_RECORD_BYTES, MAX_TEXT_BYTES,
    PublicKey, ReadError, Record, Ruled, Signature, Signed, Urgency, Why, WriteError,
};
use proptest::collection::{btree_map, btree_set, vec};
use proptest::prelude::*;
use record::CentreId;
use timeline::Time;

use crate::world::{centre, key, second};

fn digest() -> impl Strategy<Value = Digest> {
    any::<[u8; 32]>().prop_map(Digest)
}

fn id() -> impl Strategy<Value = String> {
    vec("[a-z0-9]{1,8}", 1..4).prop_map(|words| words.join("-"))
}

fn text() -> impl Strategy<Value = String> {
    vec(any::<char>(), 0..40).prop_map(String::from_iter)
}

fn signature() -> impl Strategy<Value = Signature> {
    (any::<[u8; 32]>(), any::<[u8; 32]>()).prop_map(|(one, other)| {
        let mut both = [0; 64];
        both[..32].copy_from_slice(&one);
        both[32..].copy_from_slice(&other);
        Signature(both)
    })
}

fn heads() -> impl Strategy<Value = Vec<Head>> {
    btree_map(id(), (any::<u64>(), digest()), 0..6).prop_map(|heads| {
        let head = |(centre, (number, digest)): (String, _)| Head {
            centre: centre.parse().unwrap(),
            number,
            digest,
        };
        heads.into_iter().map(head).collect()
    })
}

fn request() -> impl Strategy<Value = Entry> {
    let urgency = prop_oneof![Just(Urgency::Routine), Just(Urgency::Urgent), Just(Urgency::Safety)];
    let digests = btree_set(digest(), 0..5).prop_map(|set| set.into_iter().collect());
    (id(), urgency, digest(), heads(), digests, vec(any::<u8>(), 0..80), text()).prop_map(
        |(name, urgency, baseline, seen, replaces, edits, rationale)| {
            Entry::Request(ChangeRequest { name, urgency, baseline, seen, replaces, edits, rationale })
        },
    )
}

fn barter() -> impl Strategy<Value = Entry> {
    (id(), id(), id(), any::<u64>(), text()).prop_map(|(from, to, pool, amount, terms)| {
        let (from, to) = (from.parse().unwrap(), to.parse().unwrap());
        Entry::Barter(Barter { from, to, pool: pool.parse().unwrap(), amount, terms })
    })
}

fn entry() -> impl Strategy<Value = Entry> {
    let key = || any::<[u8; 32]>().prop_map(PublicKey);
    prop_oneof![
        (key(), signature()).prop_map(|(key, proof)| Entry::KeyCreated { key, proof }),
        (key(), key(), signature()).prop_map(|(old, new, proof)| Entry::KeyRotated { old, new, proof }),
        (key(), text()).prop_map(|(key, reason)| Entry::KeyRevoked { key, reason }),
        request(),
        (digest(), text()).prop_map(|(about, text)| Entry::Comment { about, text }),
        digest().prop_map(|request| Entry::Approval { request }),
        (digest(), text()).prop_map(|(request, text)| Entry::ApprovalWithComment { request, text }),
        (digest(), text()).prop_map(|(request, text)| Entry::Rejection { request, text }),
        (digest(), text()).prop_map(|(request, text)| Entry::Withdrawal { request, text }),
        (digest(), digest()).prop_map(|(request, baseline)| Entry::Implementation { request, baseline }),
        (digest(), id(), any::<bool>(), text()).prop_map(|(request, body, yes, text)| {
            let ruled = if yes { Ruled::Approved } else { Ruled::Rejected };
            Entry::Ruling { request, body: body.parse().unwrap(), ruled, text }
        }),
        (id(), vec(any::<u8>(), 0..80)).prop_map(|(activity, what)| Entry::AsRun { activity, what }),
        barter(),
        heads().prop_map(|heads| Entry::Checkpoint { heads }),
    ]
}

/// What announces a key does so with its proof, since nothing else is ever signed.
fn proved(entry: Entry, centre: &CentreId, seed: u8) -> Entry {
    let (key, proof) = (key(seed).public(), key(seed).proof(centre));
    match entry {
        Entry::KeyCreated { .. } => Entry::KeyCreated { key, proof },
        Entry::KeyRotated { old, .. } => Entry::KeyRotated { old, new: key, proof },
        other => other,
    }
}

fn signed() -> impl Strategy<Value = Signed> {
    (id(), any::<u64>(), digest(), any::<i64>(), 1_u8..4, entry()).prop_map(
        |(centre, number, previous, nanoseconds, seed, entry)| {
            let time = Time::from_nanoseconds(nanoseconds);
            let key = key(seed);
            let centre = centre.parse().unwrap();
            let entry = proved(entry, &centre, seed);
            Record { centre, number, previous, time, key: key.public(), entry }.sign(&key).unwrap()
        },
    )
}

proptest! {
    #[test]
    fn a_record_comes_back_as_it_went(signed in signed()) {
        let back = Signed::read(signed.bytes()).unwrap();
        prop_assert_eq!(&back, &signed);
        prop_assert_eq!(back.digest(), Digest::of(signed.bytes()));
    }

    #[test]
    fn a_changed_byte_is_refused(signed in signed(), at in any::<prop::sample::Index>(), flip in 1_u8..) {
        let mut bytes = signed.bytes().to_vec();
        let at = at.index(bytes.len());
        bytes[at] ^= flip;
        prop_assert!(matches!(Signed::read(&bytes), Err(Why::Unreadable(_) | Why::Signature)));
    }

    #[test]
    fn a_record_cut_short_or_gone_on_with_is_refused(signed in signed(), at in any::<prop::sample::Index>()) {
        let mut bytes = signed.bytes().to_vec();
        let cut = at.index(bytes.len());
        prop_assert!(matches!(Signed::read(&bytes[..cut]), Err(Why::Unreadable(_))));
        bytes.push(0);
        prop_assert!(matches!(Signed::read(&bytes), Err(Why::Unreadable(ReadError::Trailing(1)))));
    }

    /// Bytes that are read at all are the only bytes for what they say: signing it again gives them, but for key and signature. (A
    /// proof that was hit is not signed again.)
    #[test]
    fn what_is_read_has_one_form(signed in signed(), edits in vec((any::<prop::sample::Index>(), any::<u8>()), 1..4)) {
        let mut bytes = signed.bytes().to_vec();
        for (at, byte) in edits {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok((record, _)) = Record::read(&bytes) {
            let named = record.key;
            let Ok(again) = record.sign(&key(1)) else { return Ok(()) };
            let (body, ours) = (bytes.len() - 64, again.bytes().len() - 64);
            let at = 8 + 1 + again.record().centre.as_str().len() + 8 + 32 + 8;
            prop_assert_eq!(&bytes[..at], &again.bytes()[..at]);
            prop_assert_eq!(&bytes[at..at + 32], &named.0[..]);
            prop_assert_eq!(&bytes[at + 32..body], &again.bytes()[at + 32..ours]);
        }
    }

    #[test]
    fn no_bytes_break_the_reader(mut bytes in vec(any::<u8>(), 0..400), kind in any::<u8>(), tagged in any::<bool>()) {
        if tagged {
            let mut whole = b"CUPJREC1\x04east".to_vec();
            whole.extend([0; 8 + 32 + 8 + 32]);
            whole.push(kind);
            whole.append(&mut bytes);
            bytes = whole;
        }
        prop_assert!(Signed::read(&bytes).is_err());
    }
}

fn of(entry: Entry) -> Result<Signed, WriteError> {
    let record = Record {
        centre: centre(0),
        number: 1,
        previous: Digest::NONE,
        time: second(0),
        key: key(1).public(),
        entry,
    };
    record.sign(&key(1))
}

#[test]
fn a_length_that_lies_reserves_nothing() {
    for kind in [3_u8, 17, 19, 20, 21] {
        let mut bytes = b"CUPJREC1\x04east".to_vec();
        bytes.extend([0; 8 + 32 + 8 + 32]);
        bytes.push(kind);
        bytes.extend([0; 32]);
        for (length, expected) in [
            (u32::MAX, ReadError::Length { what: "a text", length: u32::MAX as usize }),
            (MAX_TEXT_BYTES as u32, ReadError::Short("a text")),
        ] {
            let mut bytes = bytes.clone();
            bytes.extend(length.to_be_bytes());
            let error = Record::read(&bytes).unwrap_err();
            let same = format!("{error}").replace("a reason", "a text");
            assert_eq!(same, expected.to_string(), "kind {kind}");
        }
    }
}

#[test]
fn the_longest_record_is_read_and_a_longer_one_is_not_written() {
    let request = ChangeRequest {
        name: "n".repeat(64),
        urgency: Urgency::Safety,
        baseline: Digest::NONE,
        seen: (10..10 + MAX_LIST)
            .map(|at| Head {
                centre: format!("{}{at}", "c".repeat(62)).parse().unwrap(),
                number: 1,
                digest: Digest::NONE,
            })
            .collect(),
        replaces: (0..MAX_LIST as u8).map(|at| Digest([at; 32])).collect(),
        edits: vec![7; MAX_BLOB_BYTES],
        rationale: "r".repeat(MAX_TEXT_BYTES),
    };
    let longest = of(Entry::Request(request.clone())).unwrap();
    assert!(longest.bytes().len() <= MAX_RECORD_BYTES);
    assert_eq!(Signed::read(longest.bytes()).as_ref(), Ok(&longest));

    let mut swapped = request.seen.clone();
    swapped.swap(3, 4);
    let mut twice = request.replaces.clone();
    twice[1] = twice[0];
    let mut more = request.seen.clone();
    more.push(Head { centre: "d".parse().unwrap(), number: 1, digest: Digest::NONE });
    for wrong in [
        ChangeRequest { name: String::new(), ..request.clone() },
        ChangeRequest { name: "n".repeat(65), ..request.clone() },
        ChangeRequest { edits: vec![7; MAX_BLOB_BYTES + 1], ..request.clone() },
        ChangeRequest { rationale: "r".repeat(MAX_TEXT_BYTES + 1), ..request.clone() },
        ChangeRequest { seen: swapped, ..request.clone() },
        ChangeRequest { seen: more, ..request.clone() },
        ChangeRequest { replaces: twice, ..request.clone() },
    ] {
        assert!(of(Entry::Request(wrong)).is_err());
    }
}

#[test]
fn lists_out_of_order_are_not_read() {
    let head = |name: &str| Head { centre: name.parse().unwrap(), number: 1, digest: Digest::NONE };
    let signed = of(Entry::Checkpoint { heads: vec![head("a"), head("b")] }).unwrap();
    let bytes = signed.bytes();
    let first = bytes.len() - 64 - 2 * 42;
    let mut swapped = bytes.to_vec();
    swapped[first + 1] = b'b';
    swapped[first + 42 + 1] = b'a';
    assert_eq!(Record::read(&swapped).unwrap_err(), ReadError::Order("heads"));
}
