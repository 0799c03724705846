//! Connections: taken, bounded, and let go.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::app::App;
use crate::guard::guarded;

/// Who does not say what they want by then is let go.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);

/// Answers that are under way when the server is to stop have so long.
const LAST_ANSWERS_WITHIN: Duration = Duration::from_secs(10);

/// Longer lines and headers are no request.
const MOST_HEADER_BYTES: usize = 32 * 1_024;

/// Takes connections until the server is to stop, then lets those end that are there.
pub(crate) async fn listen(app: Arc<App>, listener: TcpListener, router: Router) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(app.settings.limits.connections));
    let mut stop = app.stop.clone();
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { break };
        let stopped = stop.wait_for(|stop| *stop);
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            _ = stopped => break,
        };
        match taken {
            Ok((stream, peer)) => serve(&app, &router, (stream, peer), place, &graceful),
            // Out of file handles, say: others end meanwhile.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    drop(listener);
    // Whoever still listens to nothing but silence is cut off.
    let _ = tokio::time::timeout(LAST_ANSWERS_WITHIN, graceful.shutdown()).await;
}

fn serve(
    app: &Arc<App>,
    router: &Router,
    (stream, peer): (TcpStream, SocketAddr),
    place: OwnedSemaphorePermit,
    graceful: &GracefulShutdown,
) {
    // Small answers leave at once; a system that cannot do that is only slower.
    let _ = stream.set_nodelay(true);
    let (app, router) = (Arc::clone(app), router.clone());
    let for_requests = Arc::clone(&app);
    let service =
        service_fn(move |request| guarded(Arc::clone(&for_requests), router.clone(), peer, request));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADERS_WITHIN)
        .max_buf_size(MOST_HEADER_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    tokio::spawn(async move {
        app.metrics.connections.fetch_add(1, Ordering::Relaxed);
        // A connection that breaks off is the other side's affair.
        let _ = connection.await;
        app.metrics.connections.fetch_sub(1, Ordering::Relaxed);
        drop(place);
    });
}
