//! Nodes in throw-away folders that trust one another.

use journal::{Digest, Entry, Head, Key};
use node::{Batch, Founding, Node, Received, Seed};
use record::CentreId;
use tempfile::TempDir;
use timeline::{Duration, Time};

pub(crate) const CENTRES: [&str; 5] = ["east", "north", "south", "up", "west"];
/// Everything that one node can have to send.
pub(crate) const ALL: usize = usize::MAX;

pub(crate) fn centre(at: usize) -> CentreId {
    CENTRES[at].parse().unwrap()
}

pub(crate) fn seed(byte: u8) -> Seed {
    Seed::new([byte; 32])
}

pub(crate) fn key(byte: u8) -> Key {
    Key::from_seed(&[byte; 32])
}

pub(crate) fn minute(minute: i64) -> Time {
    Time::EPOCH + Duration::MINUTE * minute
}

pub(crate) fn said(text: &str) -> Entry {
    Entry::Comment { about: Digest::NONE, text: text.to_owned() }
}

/// So many of the five centres; the one numbered `n` has the key of seed `n + 1`.
pub(crate) struct World {
    pub(crate) nodes: Vec<Node>,
    pub(crate) folder: TempDir,
}

impl World {
    pub(crate) fn new(count: usize) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut nodes: Vec<Node> = (0..count)
            .map(|at| {
                let founding = Founding::new(centre(at), "iss", seed(at as u8 + 1));
                Node::found(&folder.path().join(CENTRES[at]), founding, minute(at as i64)).unwrap()
            })
            .collect();
        for node in &mut nodes {
            (0..count).for_each(|at| node.trust(&centre(at), key(at as u8 + 1).public()).unwrap());
        }
        Self { nodes, folder }
    }

    /// `to` gets what it lacks of what `from` holds.
    pub(crate) fn send(&mut self, from: usize, to: usize, now: Time) -> Received {
        let batches = self.nodes[from].since(&self.nodes[to].heads(), ALL);
        self.nodes[to].receive(&batches, now).unwrap()
    }

    pub(crate) fn reopen(&mut self, at: usize) {
        let folder = self.folder.path().join(CENTRES[at]);
        self.nodes[at] = Node::open(&folder).unwrap();
    }
}

/// All that a node holds of one centre.
pub(crate) fn batch(node: &Node, centre: &CentreId) -> Batch {
    let records = node.journals().of(centre).map(|signed| signed.bytes().to_vec()).collect();
    Batch { centre: centre.clone(), first: 1, records }
}

pub(crate) fn head(node: &Node, centre: &CentreId) -> Head {
    node.heads().into_iter().find(|head| head.centre == *centre).unwrap()
}
