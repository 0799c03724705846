//! Journals to keep.

use journal::{Digest, Entry, Key, Record, Signed, Writer};
use record::CentreId;
use timeline::{Duration, Time};

pub(crate) fn centre(name: &str) -> CentreId {
    name.parse().unwrap()
}

pub(crate) fn second(second: u64) -> Time {
    Time::EPOCH + Duration::SECOND * second as i64
}

/// The first `count` records of a centre's journal; the same name and `word` give the same records.
pub(crate) fn journal(name: &str, count: u64, word: &str) -> Vec<Signed> {
    let key = Key::from_seed(&[name.len() as u8; 32]);
    let (mut writer, first) = Writer::found(&centre(name), key, second(0)).unwrap();
    let rest = (1..count).map(|at| writer.append(second(at), comment(word)).unwrap());
    [first].into_iter().chain(rest).collect()
}

/// A journal that goes on otherwise than `records` does after the first `at`.
pub(crate) fn fork(name: &str, records: &[Signed], at: usize, word: &str) -> Signed {
    let mut standing = journal::Standing::new(centre(name), records[0].record().key);
    records[..at].iter().for_each(|signed| standing.take(signed).unwrap());
    let mut writer = Writer::new(standing, Key::from_seed(&[name.len() as u8; 32]));
    writer.append(second(at as u64), comment(word)).unwrap()
}

/// The record after one that is known by its bytes.
pub(crate) fn next(bytes: &[u8], word: &str) -> Signed {
    let (mut record, _) = Record::read(bytes).unwrap();
    record.number += 1;
    record.previous = Digest::of(bytes);
    record.entry = comment(word);
    let key = Key::from_seed(&[record.centre.as_str().len() as u8; 32]);
    record.sign(&key).unwrap()
}

fn comment(text: &str) -> Entry {
    Entry::Comment { about: Digest::NONE, text: text.to_owned() }
}
