//! A peer's server, looked at for what the node lacks.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use futures_util::StreamExt as _;
use journal::Head;
use node::Batch;
use record::CentreId;
use tokio::sync::{mpsc, oneshot};

use super::Peer;
use super::agent::Ask;
use super::connect::{AGAIN, ANSWER, Cut, Server, within};
use super::names;
use crate::Bundle;

/// Pulls from one peer's server.
pub(super) struct Pull {
    pub(super) peer: Peer,
    pub(super) station: String,
    pub(super) own: CentreId,
    pub(super) every: Duration,
    pub(super) asks: mpsc::Sender<Ask>,
}

/// So many records are taken at one go.
const GO: usize = 1000;
/// And so many bytes.
const GO_BYTES: usize = 8 << 20;
/// A journal that has what its end did not explain is not read from its beginning more often: a forger could keep everybody busy.
const WHOLE_EVERY: Duration = Duration::from_secs(30);

/// Nobody is there any more to pull for.
struct Gone;

enum Ended {
    Gone,
    Cut(Cut),
}

impl From<Cut> for Ended {
    fn from(why: Cut) -> Self {
        Self::Cut(why)
    }
}

impl From<Gone> for Ended {
    fn from(_: Gone) -> Self {
        Self::Gone
    }
}

impl Pull {
    pub(super) async fn run(self) {
        let mut whole = BTreeMap::new();
        loop {
            let Ended::Cut(why) = self.serve(&mut whole).await else { return };
            if self.asks.send(Ask::Cut(self.peer.centre.clone(), why)).await.is_err() {
                return;
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// Pulls by one connection until it breaks.
    async fn serve(&self, whole: &mut BTreeMap<CentreId, Instant>) -> Ended {
        let server = match Server::connect(&self.peer.address, self.own.as_str()).await {
            Ok(server) => server,
            Err(why) => return Ended::Cut(why),
        };
        loop {
            if let Err(ended) = self.look(&server, whole).await {
                return ended;
            }
            tokio::time::sleep(self.every).await;
        }
    }

    async fn look(&self, server: &Server, whole: &mut BTreeMap<CentreId, Instant>) -> Result<(), Ended> {
        let heads = self.heads(server).await?;
        for (head, number) in self.lacks(heads.clone()).await? {
            self.follow(server, &head.centre, number + 1).await?;
            if self.lacks(vec![head.clone()]).await?.is_empty() {
                continue;
            }
            // Its end does not explain it: another branch may begin further down.
            let looked = whole.get(&head.centre);
            if looked.is_none_or(|looked| looked.elapsed() >= WHOLE_EVERY) {
                whole.insert(head.centre.clone(), Instant::now());
                self.follow(server, &head.centre, 1).await?;
            }
        }
        Ok(())
    }

    /// What the peer's node says that it holds. It is not believed, only looked after.
    async fn heads(&self, server: &Server) -> Result<Vec<Head>, Cut> {
        let stream = within(server.streams.get_stream(names::heads_stream(&self.station))).await?;
        let subject = names::heads_subject(&self.station);
        let message = within(stream.get_last_raw_message_by_subject(&subject)).await?;
        let told = Bundle::read(&message.payload).map_err(|why| format!("its heads: {why}"))?;
        if told.station == self.station { Ok(told.heads) } else { Err(format!("it is of {}", told.station)) }
    }

    async fn lacks(&self, heads: Vec<Head>) -> Result<Vec<(Head, u64)>, Gone> {
        let (to, lacks) = oneshot::channel();
        self.asks.send(Ask::Lacks(heads, to)).await.map_err(|_| Gone)?;
        lacks.await.map_err(|_| Gone)
    }

    /// Takes the journal of `centre` from a place in the stream to its end. A record never stands before the place of its number, since
    /// those it follows stand before it.
    async fn follow(&self, server: &Server, centre: &CentreId, start: u64) -> Result<(), Ended> {
        let name = names::journal_stream(&self.station, centre);
        let stream = within(server.streams.get_stream(name)).await?;
        let end = stream.cached_info().state.last_sequence;
        if start > end {
            return Ok(());
        }
        let config = pull::Config {
            deliver_policy: DeliverPolicy::ByStartSequence { start_sequence: start },
            ack_policy: AckPolicy::None,
            inactive_threshold: ANSWER * 2,
            memory_storage: true,
            ..pull::Config::default()
        };
        let consumer = within(stream.create_consumer(config)).await?;
        let mut next = start;
        while next <= end {
            let fetch = consumer.fetch().max_messages(GO).max_bytes(GO_BYTES).messages();
            let mut messages = within(fetch).await?;
            let mut records = Vec::new();
            while let Some(message) = within(async { messages.next().await.transpose() }).await? {
                next = message.info().map_err(|why| why.to_string())?.stream_sequence + 1;
                records.push(message.payload.to_vec());
            }
            if records.is_empty() {
                break;
            }
            let first = number(&records[0]).unwrap_or(start);
            self.take(Batch { centre: centre.clone(), first, records }).await?;
        }
        Ok(())
    }

    async fn take(&self, batch: Batch) -> Result<(), Gone> {
        let (to, taken) = oneshot::channel();
        let ask = Ask::Take(self.peer.centre.clone(), vec![batch], to);
        self.asks.send(ask).await.map_err(|_| Gone)?;
        taken.await.map_err(|_| Gone)
    }
}

fn number(bytes: &[u8]) -> Option<u64> {
    journal::Record::read(bytes).ok().map(|(record, _)| record.number)
}
