//! Nodes in throw-away folders that trust one another, and an agreement of the simplest kind.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use journal::{Agreement, Asked, ChangeRequest, Key, Matter, Verdict, Word, Words};
use node::{Founding, Node, Seed};
use record::{BodyId, CentreId};
use tempfile::TempDir;
use timeline::{Duration, Time};

pub(crate) const CENTRES: [&str; 5] = ["east", "north", "south", "up", "west"];

pub(crate) fn centre(at: usize) -> CentreId {
    CENTRES[at].parse().unwrap()
}

pub(crate) fn key(byte: u8) -> Key {
    Key::from_seed(&[byte; 32])
}

pub(crate) fn minute(minute: i64) -> Time {
    Time::EPOCH + Duration::MINUTE * minute
}

/// Each line of a request's edits touches what it names; `east/…` is the east's, and whoever owns a thing that is touched decides.
pub(crate) struct OwnersDecide;

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

/// Founds the five nodes below `folder`; the one numbered `n` has the key of seed `n + 1`.
pub(crate) fn found(folder: &Path) -> Vec<Node> {
    let found = |at: usize| {
        let founding = Founding::new(centre(at), "iss", Seed::new([at as u8 + 1; 32]));
        let mut node = Node::found(&folder.join(CENTRES[at]), founding, minute(at as i64)).unwrap();
        (0..CENTRES.len()).for_each(|at| node.trust(&centre(at), key(at as u8 + 1).public()).unwrap());
        node
    };
    (0..CENTRES.len()).map(found).collect()
}

pub(crate) struct World {
    pub(crate) nodes: Vec<Node>,
    pub(crate) folder: TempDir,
}

impl World {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { nodes: found(folder.path()), folder }
    }

    pub(crate) fn reopen(&mut self, at: usize) {
        self.nodes[at] = Node::open(&self.folder.path().join(CENTRES[at])).unwrap();
    }
}

/// A row of numbers that looks like chance and is the same every time (SplitMix64).
#[derive(Clone)]
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % end as u64) as usize
    }
}
