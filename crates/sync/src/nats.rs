//! Nodes that are on line: each centre runs a NATS server of its own, and pulls from the others'.
//!
//! A server holds one stream for each journal, fed by the centre's own agent alone with all records that its node holds, so that
//! what one centre has heard reaches others by way of it. An agent looks at each peer's server by itself: any link that works helps,
//! and none is needed. Streams are transport: what the node's database holds is the journal, and a stream that is lost is filled again.

mod agent;
mod connect;
mod feed;
mod names;
mod pull;

use std::time::Duration;

use node::{Node, NodeError, Received};
use record::CentreId;
use thiserror::Error;

pub use agent::run;

/// The servers that an agent speaks with.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Links {
    /// The address of the own server, such as `nats://127.0.0.1:4222`. A certificate asked for by `tls://` needs the feature `nats-tls`.
    pub own: String,
    /// The others' servers.
    pub peers: Vec<Peer>,
    /// How long to wait after nothing was new before looking again.
    pub every: Duration,
}

/// Another centre's server.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Peer {
    /// Whose.
    pub centre: CentreId,
    /// Its address.
    pub address: String,
}

/// How often an agent looks when nobody says otherwise: a second's part, so that what is said is heard while people wait for it.
pub const EVERY: Duration = Duration::from_millis(250);

/// What an agent tells its caller, who answers whether it is to go on.
#[derive(Debug)]
pub enum Event<'a> {
    /// Records came from a peer's server.
    Received(&'a CentreId, &'a Received),
    /// Peers find so many records more in the own server.
    Published(usize),
    /// A server cannot be reached, or does not answer; it is tried again.
    Cut(&'a CentreId, &'a str),
    /// Some time has passed.
    Tick(&'a Node),
}

/// Whether an agent goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Next {
    /// It does.
    GoOn,
    /// It ends.
    Stop,
}

/// Why an agent ended.
#[derive(Debug, Error)]
pub enum NatsError {
    /// The system gives no room for its work.
    #[error("cannot start the agent: {0}")]
    Start(std::io::Error),
    /// The node cannot be read or written.
    #[error(transparent)]
    Node(#[from] NodeError),
}
