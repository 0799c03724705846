use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use journal::{Digest, Head};
use node::{Batch, Node};
use record::CentreId;
use timeline::Time;
use tokio::sync::{mpsc, oneshot};

use super::{Event, Links, NatsError, Next, feed, pull};
use crate::Bundle;

/// What the tasks that speak with servers ask of the one that has the node.
pub(super) enum Ask {
    /// What of these heads is not here, and after which number its journal goes on.
    Lacks(Vec<Head>, oneshot::Sender<Vec<(Head, u64)>>),
    /// Take these records, which a peer's server gave.
    Take(CentreId, Vec<Batch>, oneshot::Sender<()>),
    /// What is not among these, with the heads to tell when it is published.
    Unpublished(Published, oneshot::Sender<Fresh>),
    /// Peers find so many records more in the own server.
    Published(usize),
    /// A server is not to be had.
    Cut(CentreId, String),
}

/// What the own server has, as the task that feeds it and the one that has the node both know it.
pub(super) type Published = Arc<Mutex<Has>>;

/// What the own server has.
#[derive(Default)]
pub(super) struct Has {
    /// The digests of its messages, whoever put them there.
    pub(super) digests: HashSet<Digest>,
    /// How many records the node held when the server had them all.
    whole: usize,
}

/// What the own server lacks.
pub(super) struct Fresh {
    /// Records, each after those it follows: centre, digest, bytes.
    pub(super) records: Vec<(CentreId, Digest, Vec<u8>)>,
    /// How far the node holds each journal, as a bundle without records.
    pub(super) heads: Vec<u8>,
}

/// No more records are published at one go.
const GO: usize = 2000;

/// Exchanges records until `tell` says stop: feeds the own server with what the node holds, and takes into the node what peers' servers hold.
///
/// Servers come and go; none is waited for. `clock` is asked for the time whenever records come.
///
/// # Errors
/// When the node cannot be read or written.
pub fn run(
    node: &mut Node,
    links: &Links,
    clock: &dyn Fn() -> Time,
    tell: &mut dyn FnMut(Event<'_>) -> Next,
) -> Result<(), NatsError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(NatsError::Start)?;
    let ended = runtime.block_on(serve(node, links, clock, tell));
    // Connections that hang in a cut link are not waited for.
    runtime.shutdown_background();
    ended
}

async fn serve(
    node: &mut Node,
    links: &Links,
    clock: &dyn Fn() -> Time,
    tell: &mut dyn FnMut(Event<'_>) -> Next,
) -> Result<(), NatsError> {
    let (asks, mut asked) = mpsc::channel::<Ask>(16);
    let station = node.identity().station.clone();
    let centres: Vec<CentreId> = node.terms().roots.keys().cloned().collect();
    let feeding = feed::Feed {
        address: links.own.clone(),
        station: station.clone(),
        own: node.centre().clone(),
        centres,
        every: links.every,
        asks: asks.clone(),
    };
    tokio::spawn(feeding.run());
    for peer in &links.peers {
        let pull = pull::Pull {
            peer: peer.clone(),
            station: station.clone(),
            own: node.centre().clone(),
            every: links.every,
            asks: asks.clone(),
        };
        tokio::spawn(pull.run());
    }
    let mut looked = Instant::now();
    loop {
        let next = match tokio::time::timeout(links.every, asked.recv()).await {
            Ok(Some(ask)) => answer(node, ask, clock, tell)?,
            Ok(None) => return Ok(()),
            Err(_) => Next::GoOn,
        };
        // What another process of this centre wrote.
        if looked.elapsed() >= links.every {
            node.refresh()?;
            looked = Instant::now();
            if tell(Event::Tick(node)) == Next::Stop {
                return Ok(());
            }
        }
        if next == Next::Stop {
            return Ok(());
        }
    }
}

/// An asker that is gone needs no answer.
fn answer(
    node: &mut Node,
    ask: Ask,
    clock: &dyn Fn() -> Time,
    tell: &mut dyn FnMut(Event<'_>) -> Next,
) -> Result<Next, NatsError> {
    match ask {
        Ask::Lacks(heads, to) => {
            let lacks = heads.into_iter().filter(|head| {
                node.terms().roots.contains_key(&head.centre) && !node.journals().contains(head)
            });
            let ours = node.heads();
            let number = |centre: &CentreId| {
                let ends = ours.iter().filter(|head| head.centre == *centre);
                ends.map(|head| head.number).max().unwrap_or(0)
            };
            let _ = to.send(lacks.map(|head| (head.clone(), number(&head.centre))).collect());
        }
        Ask::Take(peer, batches, to) => {
            let received = node.receive(&batches, clock())?;
            let next = tell(Event::Received(&peer, &received));
            let _ = to.send(());
            return Ok(next);
        }
        Ask::Unpublished(published, to) => {
            node.refresh()?;
            let _ = to.send(fresh(node, &published));
        }
        Ask::Published(count) => return Ok(tell(Event::Published(count))),
        Ask::Cut(centre, why) => return Ok(tell(Event::Cut(&centre, &why))),
    }
    Ok(Next::GoOn)
}

fn fresh(node: &Node, published: &Published) -> Fresh {
    let mut has = published.lock().unwrap_or_else(PoisonError::into_inner);
    let mut records = Vec::new();
    if has.whole != node.journals().len() {
        let new = node.journals().iter().filter(|signed| !has.digests.contains(&signed.digest()));
        records.extend(
            new.take(GO)
                .map(|signed| (signed.record().centre.clone(), signed.digest(), signed.bytes().to_vec())),
        );
        if records.is_empty() {
            has.whole = node.journals().len();
        }
    }
    let identity = node.identity();
    let mut heads = node.heads();
    heads.sort();
    let heads =
        Bundle { station: identity.station.clone(), sender: identity.centre.clone(), heads, batches: vec![] };
    Fresh { records, heads: heads.bytes() }
}
