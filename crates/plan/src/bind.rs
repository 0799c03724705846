//! What follows what: the parts of one time, the times of one request, one request after another.

use std::collections::BTreeMap;
use std::ops::Range;

use record::RequestId;
use timeline::Duration;

use crate::wish::{Bond, Link};
use crate::{Day, Period, Request};

/// One of the times a request is done.
pub(crate) struct Turn {
    /// The period's first day; nothing for what is done once in all.
    pub(crate) period: Option<Day>,
    /// The one of the crew that does it, where each does.
    pub(crate) by: Option<usize>,
    /// Which of the times in the period, from 1.
    pub(crate) time: u32,
    /// Its parts in the list of wishes; one at least.
    pub(crate) parts: Range<usize>,
}

impl Turn {
    /// From the end of this to the beginning of another.
    fn to(&self, then: &Self, least: Duration, most: Option<Duration>, bond: Bond) -> Link {
        Link { first: self.parts.end - 1, then: then.parts.start, least, most, bond }
    }
}

pub(crate) fn links(requests: &[Request], turns: &BTreeMap<&RequestId, Vec<Turn>>) -> Vec<Link> {
    let mut links = Vec::new();
    for request in requests {
        let Some(own) = turns.get(&request.id) else { continue };
        links.extend(own.iter().flat_map(parts));
        if request.often.gap_min > 0 {
            apart(request, own, &mut links);
        }
        for after in &request.after {
            let Some(others) = turns.get(&after.request) else { continue };
            let (least, most) = (minutes(after.least_min), after.most_min.map(minutes));
            let others = Followed::of(others);
            for then in own {
                let bound = others.by(then).map(|first| first.to(then, least, most, Bond::Needs));
                links.extend(bound);
            }
        }
    }
    links
}

fn minutes(minutes: u32) -> Duration {
    Duration::MINUTE * i64::from(minutes)
}

/// One part comes after the other.
fn parts(turn: &Turn) -> impl Iterator<Item = Link> + use<> {
    let link = |then| Link { first: then - 1, then, least: Duration::ZERO, most: None, bond: Bond::Needs };
    (turn.parts.start + 1..turn.parts.end).map(link)
}

/// The times come one after the other and keep their distance, each from all that could come near it: those between may have no place.
/// Those of each person are by themselves.
fn apart(request: &Request, own: &[Turn], links: &mut Vec<Link>) {
    let gap = minutes(request.often.gap_min);
    let mut in_order: Vec<&Turn> = own.iter().collect();
    in_order.sort_by_key(|turn| (turn.by, turn.period, turn.time));
    for (at, turn) in in_order.iter().enumerate() {
        let later = in_order[at + 1..].iter().take_while(|later| later.by == turn.by);
        let near = later.take_while(|later| !is_far(request, turn, later, gap));
        // Of several parts any may be the last that has a place.
        for first in turn.parts.clone() {
            let link = |later: &&Turn| Link { first, ..turn.to(later, gap, None, Bond::Apart) };
            links.extend(near.clone().map(link));
        }
    }
}

/// Whether their days or weeks alone keep them apart.
fn is_far(request: &Request, turn: &Turn, later: &Turn, gap: Duration) -> bool {
    let (Some(per), Some(first), Some(then)) = (request.often.per, turn.period, later.period) else {
        return false;
    };
    let ends = match per {
        Period::Day => first.next(),
        Period::Week => first.later(7),
    };
    then.start() - ends.start() >= gap
}

/// The times of a request that others follow, by period.
struct Followed<'a> {
    periods: BTreeMap<Option<Day>, Vec<&'a Turn>>,
}

impl<'a> Followed<'a> {
    fn of(turns: &'a [Turn]) -> Self {
        let mut periods: BTreeMap<Option<Day>, Vec<&Turn>> = BTreeMap::new();
        for turn in turns {
            periods.entry(turn.period).or_default().push(turn);
        }
        Self { periods }
    }

    /// What a turn follows: the same time in the same period, or the last where there are fewer, or what is done once for all periods.
    fn by(&self, then: &Turn) -> impl Iterator<Item = &'a Turn> {
        let once = self.periods.get(&None);
        let here = once.or_else(|| self.periods.get(&then.period)).map_or(&[][..], Vec::as_slice);
        let by = then.by;
        let is_near = move |turn: &&&'a Turn| turn.by.is_none() || by.is_none() || turn.by == by;
        let last = here.iter().filter(is_near).map(|turn| turn.time).max().unwrap_or(1);
        let time = then.time.min(last);
        here.iter().filter(is_near).filter(move |turn| turn.time == time).copied()
    }
}
