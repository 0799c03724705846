//! Server-sent events: what changes, as it changes.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use bytes::Bytes;
use http_body::{Body as HttpBody, Frame};
use serde_json::json;
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

use crate::app::App;
use crate::problem::Problem;

/// Something that all who listen are told.
#[derive(Clone, Debug)]
pub(crate) struct Live {
    pub(crate) event: &'static str,
    /// One line.
    pub(crate) data: String,
}

/// So often it is looked whether another program has written at a node.
const LOOKS_EVERY: Duration = Duration::from_secs(2);

/// So often a line says that the connection still stands.
const HEARTBEAT: Duration = Duration::from_secs(15);

/// Events for one listener as a body.
struct Feed(mpsc::Receiver<Bytes>);

impl HttpBody for Feed {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        self.0.poll_recv(context).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// Counts a listener for as long as it listens.
struct Listening(Arc<App>);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.metrics.streams.fetch_sub(1, Ordering::Relaxed);
    }
}

/// A stream of events, until the listener goes or the server stops.
pub(crate) fn stream(app: &Arc<App>) -> Result<Response<Body>, Problem> {
    const WAITING: usize = 16;
    let listening = Listening(Arc::clone(app));
    if app.metrics.streams.fetch_add(1, Ordering::Relaxed) >= app.settings.limits.streams {
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too many listen already", "server")
            .mend("come again later")
            .retry(30));
    }
    let (sender, receiver) = mpsc::channel(WAITING);
    tokio::spawn(forward(listening, sender));
    let mut response = Response::new(Body::new(Feed(receiver)));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn forward(listening: Listening, sender: mpsc::Sender<Bytes>) {
    let app = &listening.0;
    let (mut live, mut stop) = (app.live.subscribe(), app.stop.clone());
    let hello = json!({"digest": app.digest, "version": env!("CARGO_PKG_VERSION")});
    if sender.send(text("hello", &hello.to_string())).await.is_err() {
        return;
    }
    loop {
        let next = tokio::time::timeout(HEARTBEAT, live.recv());
        let stopped = async {
            // An error says that nobody can stop it any more, which is the end as well.
            let _ = stop.wait_for(|stop| *stop).await;
        };
        let bytes = match first(next, stopped, sender.closed()).await {
            None => return,
            Some(Err(_)) => Bytes::from_static(b": still here\n\n"),
            Some(Ok(Ok(event))) => text(event.event, &event.data),
            // Who reads too slowly asks again for all that it shows.
            Some(Ok(Err(RecvError::Lagged(_)))) => {
                text("changed", "{\"what\":[\"book\",\"plans\",\"journal\"]}")
            }
            Some(Ok(Err(RecvError::Closed))) => return,
        };
        if sender.send(bytes).await.is_err() {
            return;
        }
    }
}

/// While somebody listens, tells what another program writes at a node: a few rows are read for it, however much there is.
pub(crate) async fn watch_nodes(app: Arc<App>) {
    let Some(room) = app.settings.room.clone() else { return };
    let mut stop = app.stop.clone();
    loop {
        // As long as nobody stops it the time runs out.
        if tokio::time::timeout(LOOKS_EVERY, stop.wait_for(|stop| *stop)).await.is_ok() {
            return;
        }
        if app.metrics.streams.load(Ordering::Relaxed) == 0 {
            continue;
        }
        let (room, now) = (Arc::clone(&room), app.now());
        // What cannot be read now is told to whoever asks for it.
        if let Ok(Ok(true)) = tokio::task::spawn_blocking(move || room.has_news(now)).await {
            app.tell("changed", &json!({"what": ["journal"]}));
        }
    }
}

/// What `next` gives, or nothing when one of the others ends first.
async fn first<T>(
    next: impl Future<Output = T>,
    stopped: impl Future<Output = ()>,
    closed: impl Future<Output = ()>,
) -> Option<T> {
    let (mut next, mut stopped, mut closed) =
        (std::pin::pin!(next), std::pin::pin!(stopped), std::pin::pin!(closed));
    std::future::poll_fn(|context| {
        if stopped.as_mut().poll(context).is_ready() || closed.as_mut().poll(context).is_ready() {
            return Poll::Ready(None);
        }
        next.as_mut().poll(context).map(Some)
    })
    .await
}

fn text(event: &str, data: &str) -> Bytes {
    format!("event: {event}\ndata: {data}\n\n").into()
}
