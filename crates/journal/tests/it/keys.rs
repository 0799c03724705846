//! Which key speaks for a centre, from which record to which.

use journal::{Entry, KeyState, Signed, Standing, Why, WriteError, Writer};
use timeline::Time;

use crate::world::{centre, key, second};

fn founded() -> (Writer, Vec<Signed>) {
    let (writer, first) = Writer::found(&centre(0), key(1), second(1)).unwrap();
    (writer, vec![first])
}

fn created(seed: u8) -> Entry {
    Entry::KeyCreated { key: key(seed).public(), proof: key(seed).proof(&centre(0)) }
}

fn comment() -> Entry {
    Entry::Comment { about: journal::Digest::NONE, text: "heard".to_owned() }
}

fn why(result: Result<Signed, WriteError>) -> Why {
    match result {
        Err(WriteError::Refused { why, .. }) => why,
        other => panic!("{other:?} is no refusal"),
    }
}

#[test]
fn a_rotated_key_signs_no_more() {
    let (mut writer, _) = founded();
    let old = writer.clone();
    writer.rotate(second(2), key(11)).unwrap();
    assert_eq!(writer.key(), key(11).public());
    assert_eq!(writer.standing().keys()[&key(1).public()], KeyState::Rotated(2));
    writer.append(second(3), comment()).unwrap();

    let mut thief = Writer::new(writer.standing().clone(), key(1));
    assert_eq!(why(thief.append(second(4), comment())), Why::RotatedKey(2));
    assert_eq!(old.standing().number(), 1);
}

#[test]
fn a_second_key_revokes_the_first() {
    let (mut writer, _) = founded();
    writer.append(second(2), created(11)).unwrap();
    let mut other = Writer::new(writer.standing().clone(), key(11));
    let lost = Entry::KeyRevoked { key: key(1).public(), reason: "lost".to_owned() };
    other.append(second(3), lost).unwrap();

    let mut thief = Writer::new(other.standing().clone(), key(1));
    assert_eq!(why(thief.append(second(4), comment())), Why::RevokedKey(3));
    other.append(second(4), comment()).unwrap();
}

#[test]
fn what_a_centre_cannot_say_of_keys() {
    let (mut writer, _) = founded();
    let revoke = |seed: u8| Entry::KeyRevoked { key: key(seed).public(), reason: String::new() };
    let rotate = |old: u8, new: u8| Entry::KeyRotated {
        old: key(old).public(),
        new: key(new).public(),
        proof: key(new).proof(&centre(0)),
    };
    let before = writer.standing().clone();
    for (entry, expected) in [
        (revoke(1), Why::LastKey),
        (revoke(9), Why::KeyNotInUse),
        (rotate(9, 11), Why::KeyNotInUse),
        (rotate(1, 1), Why::KeyTwice),
        (created(1), Why::KeyTwice),
        // Another centre's proof is none.
        (Entry::KeyCreated { key: key(11).public(), proof: key(11).proof(&centre(1)) }, Why::Proof),
        // Nor is one by another key.
        (Entry::KeyCreated { key: key(11).public(), proof: key(1).proof(&centre(0)) }, Why::Proof),
    ] {
        assert_eq!(why(writer.append(second(2), entry.clone())), expected, "{entry:?}");
    }
    assert_eq!(*writer.standing(), before, "a refused record changes nothing");
}

#[test]
fn a_key_once_gone_does_not_come_back() {
    let (mut writer, _) = founded();
    writer.rotate(second(2), key(11)).unwrap();
    assert_eq!(why(writer.append(second(3), created(1))), Why::KeyTwice);
}

#[test]
fn a_journal_begins_with_its_key() {
    let mut unfounded = Writer::new(Standing::new(centre(0), key(1).public()), key(1));
    assert_eq!(why(unfounded.append(second(1), comment())), Why::Founding);
    assert_eq!(why(unfounded.append(second(1), created(11))), Why::Founding);
    let mut stranger = Writer::new(Standing::new(centre(0), key(1).public()), key(2));
    assert_eq!(why(stranger.append(second(1), created(2))), Why::UnknownKey);
}

#[test]
fn a_writer_does_not_go_back_in_time() {
    let (mut writer, _) = founded();
    writer.append(second(1), comment()).unwrap();
    let (time, before) = (Time::from_nanoseconds(second(1).nanoseconds() - 1), second(1));
    assert_eq!(why(writer.append(time, comment())), Why::ClockBack { time, before });
}
