//! The own server, filled with what the node holds.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_nats::HeaderMap;
use async_nats::jetstream::consumer::{AckPolicy, DeliverPolicy, pull};
use async_nats::jetstream::stream::{Config, Stream};
use futures_util::StreamExt as _;
use journal::Digest;
use record::CentreId;
use tokio::sync::{mpsc, oneshot};

use super::agent::{Ask, Fresh, Has, Published};
use super::connect::{AGAIN, ANSWER, Cut, Server, within};
use super::names;

/// Feeds the own server.
pub(super) struct Feed {
    pub(super) address: String,
    pub(super) station: String,
    pub(super) own: CentreId,
    pub(super) centres: Vec<CentreId>,
    pub(super) every: Duration,
    pub(super) asks: mpsc::Sender<Ask>,
}

/// So many records are on their way to the server before it has said of each that it is on its disk.
const FLIGHT: usize = 256;
/// A record that is published again within this time is known to the server by its digest.
const DUPLICATES: Duration = Duration::from_secs(600);
/// So many messages are looked at in one go, and so many bytes.
const GO: usize = 1000;
const GO_BYTES: usize = 8 << 20;
const MESSAGE_ID: &str = "Nats-Msg-Id";

impl Feed {
    pub(super) async fn run(self) {
        loop {
            let Err(why) = self.serve().await else { return };
            if self.asks.send(Ask::Cut(self.own.clone(), why)).await.is_err() {
                return;
            }
            tokio::time::sleep(AGAIN).await;
        }
    }

    /// Feeds one connection until it breaks, or nobody wants it any more.
    async fn serve(&self) -> Result<(), Cut> {
        let server = Server::connect(&self.address, self.own.as_str()).await?;
        let mut streams = self.streams(&server).await?;
        let published = self.published(&streams).await?;
        let (mut told, mut untold) = (Vec::new(), 0);
        loop {
            let (to, fresh) = oneshot::channel();
            if self.asks.send(Ask::Unpublished(published.clone(), to)).await.is_err() {
                return Ok(());
            }
            let Ok(fresh) = fresh.await else { return Ok(()) };
            untold += self.publish(&server, &fresh, &published).await?;
            if !fresh.records.is_empty() {
                continue;
            }
            // The heads come after the records that they name.
            if fresh.heads != told {
                self.tell(&server, &fresh.heads).await?;
                told = fresh.heads;
            }
            if untold > 0 && self.asks.send(Ask::Published(untold)).await.is_err() {
                return Ok(());
            }
            untold = 0;
            tokio::time::sleep(self.every).await;
            self.check(&mut streams, &published).await?;
        }
    }

    async fn streams(&self, server: &Server) -> Result<Vec<Stream>, Cut> {
        let heads = Config {
            name: names::heads_stream(&self.station),
            subjects: vec![names::heads_subject(&self.station)],
            max_messages_per_subject: 1,
            ..Config::default()
        };
        within(server.streams.get_or_create_stream(heads)).await?;
        let mut streams = Vec::new();
        for centre in &self.centres {
            let config = Config {
                name: names::journal_stream(&self.station, centre),
                subjects: vec![names::journal_subject(&self.station, centre)],
                duplicate_window: DUPLICATES,
                ..Config::default()
            };
            streams.push(within(server.streams.get_or_create_stream(config)).await?);
        }
        Ok(streams)
    }

    /// What the streams hold, by the bytes themselves: a message that was changed is not what its header says.
    async fn published(&self, streams: &[Stream]) -> Result<Published, Cut> {
        let mut has = Has::default();
        for stream in streams {
            let messages = stream.cached_info().state.messages;
            if messages == 0 {
                continue;
            }
            let config = pull::Config {
                deliver_policy: DeliverPolicy::All,
                ack_policy: AckPolicy::None,
                inactive_threshold: ANSWER * 2,
                memory_storage: true,
                ..pull::Config::default()
            };
            let consumer = within(stream.create_consumer(config)).await?;
            let mut left = messages;
            while left > 0 {
                let mut batch =
                    within(consumer.fetch().max_messages(GO).max_bytes(GO_BYTES).messages()).await?;
                let before = left;
                while let Some(message) = within(async { batch.next().await.transpose() }).await? {
                    left = left.saturating_sub(1);
                    has.digests.insert(Digest::of(&message.payload));
                }
                if left == before {
                    break;
                }
            }
        }
        Ok(Arc::new(Mutex::new(has)))
    }

    async fn publish(&self, server: &Server, fresh: &Fresh, published: &Published) -> Result<usize, Cut> {
        for flight in fresh.records.chunks(FLIGHT) {
            let mut acks = Vec::new();
            for (centre, digest, bytes) in flight {
                if bytes.len() > server.max_payload() {
                    return Err(format!(
                        "a record of {} bytes is more than the {} of its `max_payload`: set it to 2MB",
                        bytes.len(),
                        server.max_payload()
                    ));
                }
                let mut headers = HeaderMap::new();
                headers.insert(MESSAGE_ID, digest.to_string().as_str());
                let subject = names::journal_subject(&self.station, centre);
                let sent = server.streams.publish_with_headers(subject, headers, bytes.clone().into());
                acks.push((*digest, within(sent).await?));
            }
            for (digest, ack) in acks {
                within(ack.into_future()).await?;
                published.lock().unwrap_or_else(PoisonError::into_inner).digests.insert(digest);
            }
        }
        Ok(fresh.records.len())
    }

    async fn tell(&self, server: &Server, heads: &[u8]) -> Result<(), Cut> {
        let subject = names::heads_subject(&self.station);
        let ack = within(server.streams.publish(subject, heads.to_vec().into())).await?;
        within(ack.into_future()).await.map(|_| ())
    }

    /// A stream that lost messages, or was made anew, is to be looked at again from its beginning.
    async fn check(&self, streams: &mut [Stream], published: &Published) -> Result<(), Cut> {
        let mut messages = 0;
        for stream in streams {
            messages += within(stream.info()).await?.state.messages;
        }
        let known = published.lock().unwrap_or_else(PoisonError::into_inner).digests.len() as u64;
        if messages < known { Err(format!("it has lost {} records", known - messages)) } else { Ok(()) }
    }
}
