use std::collections::BTreeMap;

use record::CentreId;

use crate::{Digest, Head, Signed};

/// Records of all centres, in whatever order they came: a set, so that what it holds does not tell how it came.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Journals {
    by_centre: BTreeMap<CentreId, BTreeMap<(u64, Digest), Signed>>,
}

/// Whether a record was new.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Added {
    /// It was not there before.
    New,
    /// It was there.
    Known,
}

impl Journals {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Puts a record in.
    pub fn add(&mut self, signed: Signed) -> Added {
        let record = signed.record();
        let place = (record.number, signed.digest());
        let journal = self.by_centre.entry(record.centre.clone()).or_default();
        if journal.insert(place, signed).is_none() { Added::New } else { Added::Known }
    }

    /// How many records there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_centre.values().map(BTreeMap::len).sum()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_centre.is_empty()
    }

    /// Every record, by centre, number and digest.
    pub fn iter(&self) -> impl Iterator<Item = &Signed> {
        self.by_centre.values().flat_map(BTreeMap::values)
    }

    /// Those of `centre`, by number and digest.
    pub fn of(&self, centre: &CentreId) -> impl Iterator<Item = &Signed> {
        self.by_centre.get(centre).into_iter().flat_map(BTreeMap::values)
    }

    /// Those of `centre` that have this number: more than one when somebody forges or forks.
    pub fn numbered(&self, centre: &CentreId, number: u64) -> impl Iterator<Item = &Signed> {
        let span = (number, Digest([0; 32]))..=(number, Digest([255; 32]));
        self.by_centre
            .get(centre)
            .into_iter()
            .flat_map(move |journal| journal.range(span.clone()).map(|(_, signed)| signed))
    }

    /// Whether the record that `head` names is there.
    #[must_use]
    pub fn contains(&self, head: &Head) -> bool {
        self.get(head).is_some()
    }

    /// The record that `head` names, when it is there.
    #[must_use]
    pub fn get(&self, head: &Head) -> Option<&Signed> {
        self.by_centre.get(&head.centre)?.get(&(head.number, head.digest))
    }

    /// The records that `heads` name and all that they follow, as far as they are here without a gap: what somebody held who saw
    /// those heads, and no other branch of a fork.
    #[must_use]
    pub fn until(&self, heads: &[Head]) -> Self {
        let mut found = Self::new();
        for head in heads {
            let mut next = self.get(head);
            while let Some(signed) = next.filter(|signed| found.add((*signed).clone()) == Added::New) {
                let record = signed.record();
                next = record.number.checked_sub(1).and_then(|number| {
                    self.get(&Head { centre: record.centre.clone(), number, digest: record.previous })
                });
            }
        }
        found
    }
}

impl Extend<Signed> for Journals {
    fn extend<T: IntoIterator<Item = Signed>>(&mut self, records: T) {
        for signed in records {
            self.add(signed);
        }
    }
}

impl FromIterator<Signed> for Journals {
    fn from_iter<T: IntoIterator<Item = Signed>>(records: T) -> Self {
        let mut journals = Self::new();
        journals.extend(records);
        journals
    }
}
