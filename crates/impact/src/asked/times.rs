//! The times that a request is done, each with its parts.

use std::collections::BTreeMap;

use plan::{By, Day, Period, Request};
use record::PersonId;
use timeline::{Duration, Time};

use super::asks::Did;

/// One time that a request is done.
pub(crate) struct Done<'a> {
    /// Its id without any part.
    pub(crate) base: &'a str,
    /// Its parts, in order of their numbers; one at least.
    pub(crate) parts: Vec<(Vec<u32>, Did<'a>)>,
    /// Who does it, where each does it alone.
    pub(crate) by: Option<&'a PersonId>,
}

impl Done<'_> {
    pub(crate) fn start(&self) -> Time {
        self.parts.iter().map(|(_, did)| did.at.start()).min().unwrap_or(Time::MAX)
    }

    pub(crate) fn end(&self) -> Time {
        self.parts.iter().map(|(_, did)| did.at.end()).max().unwrap_or(Time::MIN)
    }

    pub(crate) fn length(&self) -> Duration {
        self.parts.iter().map(|(_, did)| did.at.duration()).sum()
    }

    /// The part that begins first.
    pub(crate) fn first(&self) -> Did<'_> {
        self.parts.iter().map(|(_, did)| *did).min_by_key(|did| did.at.start()).unwrap_or(self.parts[0].1)
    }
}

/// What is done of a request, time by time, in order of their beginning.
pub(crate) fn times<'a>(request: &Request, all: impl Iterator<Item = Did<'a>>) -> Vec<Done<'a>> {
    let mut by_base: BTreeMap<&str, Vec<(Vec<u32>, Did<'a>)>> = BTreeMap::new();
    for did in all {
        let (base, part) = part(did.id.as_str());
        by_base.entry(base).or_default().push((part, did));
    }
    let done = |(base, mut parts): (&'a str, Vec<(Vec<u32>, Did<'a>)>)| {
        parts.sort_by(|a, b| a.0.cmp(&b.0));
        let alone = parts.first().and_then(|(_, did)| did.activity.crew.first());
        Done { base, by: alone.filter(|_| request.often.by == By::Each), parts }
    };
    let mut all: Vec<Done<'a>> = by_base.into_iter().map(done).collect();
    all.sort_by_key(|done| (done.start(), done.base));
    all
}

/// An id without its part, and the number of the part: what was split by hand stands behind what it was split from.
fn part(id: &str) -> (&str, Vec<u32>) {
    let mut pieces = id.split('/');
    let base = pieces.next().unwrap_or(id);
    (base, pieces.map(|piece| piece.parse().unwrap_or(u32::MAX)).collect())
}

/// The first day of the day or week in which something lies.
pub(crate) fn first_day(per: Period, at: Time) -> Day {
    match per {
        Period::Day => Day::of(at),
        Period::Week => Day::of(at).monday(),
    }
}
