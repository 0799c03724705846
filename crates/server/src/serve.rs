//! A server from beginning to end.

use std::net::SocketAddr;
use std::sync::Arc;
use std::thread::JoinHandle;

use book::Book;
use thiserror::Error;
use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::sync::watch;

use crate::app::{App, Settings};
use crate::handle::{prepare, router};
use crate::listen::listen;
use crate::stream::watch_nodes;

/// Threads that block for other things than answers: a password is hashed, say.
const OTHER_BLOCKING: usize = 2;

/// Why there is no server.
#[derive(Debug, Error)]
pub enum ServeError {
    /// Others than this machine would reach it, and nobody has an account.
    #[error(
        "{0} can be reached from other machines, and this server has no accounts: listen on 127.0.0.1, or make accounts with \
         `cupola serve account add` and name their file with --accounts"
    )]
    Unguarded(SocketAddr),
    /// Browsers do not know the server by the address it listens at, and nobody says how they do.
    #[cfg(feature = "oidc")]
    #[error(
        "{0} is not the address that browsers know: say `origin`, such as https://plan.example.org, in the file of --oidc"
    )]
    Origin(SocketAddr),
    /// Nobody could sign in at the identity provider.
    #[cfg(feature = "oidc")]
    #[error(
        "no account is of the identity provider {0}: list people with `issuer` and `subject` in the file of --accounts"
    )]
    Unlisted(String),
    /// The address is not to be had.
    #[error("cannot listen on {address}")]
    Listen {
        /// Where.
        address: SocketAddr,
        /// What the system said.
        #[source]
        cause: std::io::Error,
    },
    /// The system gives no threads, or no signals.
    #[error("cannot run a server")]
    Run(#[source] std::io::Error),
}

/// A server that runs on a thread of its own until it is stopped or dropped.
pub struct Running {
    /// Where it listens.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Stops it, and waits until the last answer has left.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let _ = self.stop.send(true);
        if let Some(thread) = self.thread.take() {
            // A thread that panicked has said so itself.
            let _ = thread.join();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.end();
    }
}

/// Starts a server on a thread of its own.
///
/// # Errors
/// When it may not or cannot listen.
pub fn start(book: Arc<Book>, digest: String, settings: Settings) -> Result<Running, ServeError> {
    let (stop, stopped) = watch::channel(false);
    let runtime = runtime(&settings)?;
    let (app, listener) = runtime.block_on(open(book, digest, settings, stopped))?;
    let address = app.address;
    let run = move || {
        let router = router(&app);
        runtime.spawn(watch_nodes(Arc::clone(&app)));
        runtime.block_on(listen(app, listener, router));
        runtime.shutdown_background();
    };
    let thread = std::thread::Builder::new().name("server".to_owned()).spawn(run).map_err(ServeError::Run)?;
    Ok(Running { address, stop, thread: Some(thread) })
}

/// Serves until somebody presses ctrl-c, or the system asks it to end; `ready` is told the address.
///
/// # Errors
/// When it may not or cannot listen.
pub fn serve(
    book: Arc<Book>,
    digest: String,
    settings: Settings,
    ready: impl FnOnce(SocketAddr),
) -> Result<(), ServeError> {
    let (stop, stopped) = watch::channel(false);
    let runtime = runtime(&settings)?;
    runtime.block_on(async {
        let (app, listener) = open(book, digest, settings, stopped).await?;
        let asked_to_end = asked_to_end().map_err(ServeError::Run)?;
        ready(app.address);
        tokio::spawn(prepare(Arc::clone(&app)));
        tokio::spawn(watch_nodes(Arc::clone(&app)));
        tokio::spawn(async move {
            asked_to_end.await;
            let _ = stop.send(true);
        });
        let router = router(&app);
        listen(app, listener, router).await;
        Ok(())
    })?;
    runtime.shutdown_background();
    Ok(())
}

/// Answers wait for their turn before they take a thread, so few threads do; each that there is keeps memory of its own.
fn runtime(settings: &Settings) -> Result<Runtime, ServeError> {
    Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(settings.limits.computing_at_once() + OTHER_BLOCKING)
        .enable_all()
        .build()
        .map_err(ServeError::Run)
}

async fn open(
    book: Arc<Book>,
    digest: String,
    settings: Settings,
    stopped: watch::Receiver<bool>,
) -> Result<(Arc<App>, TcpListener), ServeError> {
    let address = settings.listen;
    if !address.ip().is_loopback() && settings.accounts.is_empty() {
        return Err(ServeError::Unguarded(address));
    }
    #[cfg(feature = "oidc")]
    if let Some(oidc) = &settings.oidc {
        if !address.ip().is_loopback() && !oidc.has_origin() {
            return Err(ServeError::Origin(address));
        }
        if settings.accounts.of_issuer(oidc.issuer()) == 0 {
            return Err(ServeError::Unlisted(oidc.issuer().to_owned()));
        }
    }
    let failed = |cause| ServeError::Listen { address, cause };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((Arc::new(App::new(book, digest, settings, bound, stopped)), listener))
}

/// Ends when ctrl-c is pressed, or when the system asks.
#[cfg(unix)]
fn asked_to_end() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Ends when ctrl-c is pressed.
#[cfg(not(unix))]
fn asked_to_end() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
