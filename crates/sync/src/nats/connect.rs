use std::time::Duration;

use async_nats::jetstream::context::ContextBuilder;
use async_nats::{Client, ConnectOptions, jetstream};

/// An answer that takes longer does not come: the link is cut, and a new connection is made. One that was cut while it was silent would be heard of
/// by its own timers only minutes later.
pub(super) const ANSWER: Duration = Duration::from_secs(2);

/// How long to wait before a server that could not be reached is tried again.
pub(super) const AGAIN: Duration = Duration::from_millis(300);

/// Why a server could not be used, in words.
pub(super) type Cut = String;

/// A server, for as long as it answers.
pub(super) struct Server {
    client: Client,
    pub(super) streams: jetstream::Context,
}

impl Server {
    pub(super) async fn connect(address: &str, name: &str) -> Result<Self, Cut> {
        let options = ConnectOptions::new()
            .name(name)
            .connection_timeout(ANSWER)
            .request_timeout(Some(ANSWER))
            .max_reconnects(1);
        let client = within(options.connect(address)).await?;
        let streams = ContextBuilder::new().timeout(ANSWER).ack_timeout(ANSWER).build(client.clone());
        Ok(Self { client, streams })
    }

    /// The largest message that it takes, in bytes.
    pub(super) fn max_payload(&self) -> usize {
        self.client.max_payload()
    }
}

/// What `answer` comes to, unless it takes too long.
pub(super) async fn within<T, E: std::fmt::Display>(
    answer: impl Future<Output = Result<T, E>>,
) -> Result<T, Cut> {
    match tokio::time::timeout(ANSWER, answer).await {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(error.to_string()),
        Err(_) => Err("it does not answer".to_owned()),
    }
}
