//! What all requests share: the book, what was made from it, and how the server does.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use axum::http::{HeaderMap, StatusCode};
use book::Book;
use facts::profiles::Curves;
use timeline::Time;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, broadcast, watch};

use crate::access::Caller;
use crate::accounts::Accounts;
use crate::cache::Cache;
use crate::files::{Files, no_console};
use crate::log::Log;
use crate::metrics::{Gauges, Metrics};
#[cfg(feature = "oidc")]
use crate::oidc::{Oidc, Provider};
use crate::plans::Plans;
use crate::problem::Problem;
use crate::rate::{Buckets, Rate};
use crate::room::{Room, Training};
use crate::session::{self, Session, Sessions};
use crate::stream::Live;

/// How a server is to be.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where it listens; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Who may sign in; while there is nobody, whoever reaches it reads.
    pub accounts: Accounts,
    /// Where people sign in who have an account without a password.
    #[cfg(feature = "oidc")]
    pub oidc: Option<Oidc>,
    /// The nodes of centres; without them nobody asks for a change here.
    pub room: Option<Arc<Room>>,
    /// The console.
    pub files: Files,
    /// What is told of requests.
    pub log: Log,
    /// What the clock says.
    pub clock: Clock,
    /// What is too much.
    pub limits: Limits,
}

impl Default for Settings {
    /// This machine alone, a free port, nobody with an account, no console.
    fn default() -> Self {
        Self {
            listen: ([127, 0, 0, 1], 0).into(),
            accounts: Accounts::default(),
            #[cfg(feature = "oidc")]
            oidc: None,
            room: None,
            files: no_console,
            log: Log::quiet(),
            clock: Clock::System,
            limits: Limits::default(),
        }
    }
}

/// What a server refuses as too much.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Limits {
    /// Requests of one address.
    pub rate: Rate,
    /// Attempts of one address to sign in.
    pub sign_in: Rate,
    /// Bytes of a body.
    pub body_bytes: usize,
    /// From a request to its answer.
    pub time: Duration,
    /// Answers that are computed at once; 0 for as many as there are cores.
    pub computing: usize,
    /// Bytes of answers that are kept.
    pub kept_bytes: usize,
    /// Connections at once.
    pub connections: usize,
    /// Streams at once.
    pub streams: usize,
    /// Steps of the search for the plan of the week, and the most of any.
    pub iterations: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            rate: Rate { per_s: 100.0, burst: 400.0 },
            sign_in: Rate { per_s: 0.1, burst: 5.0 },
            body_bytes: 256 * 1_024,
            time: Duration::from_secs(30),
            computing: 0,
            kept_bytes: 24 << 20,
            connections: 1_024,
            streams: 256,
            iterations: 2_000,
        }
    }
}

impl Limits {
    pub(crate) fn computing_at_once(self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, usize::from);
        if self.computing == 0 { cores() } else { self.computing }
    }
}

/// What time it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Clock {
    /// What the system says.
    System,
    /// Always the same, for tests and for looking at another day.
    Stopped(Time),
}

impl Clock {
    fn now(self) -> Time {
        match self {
            Self::Stopped(time) => time,
            Self::System => {
                let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
                let seconds = i64::try_from(since_1970.as_secs()).unwrap_or(i64::MAX);
                Time::from_unix_seconds(seconds).unwrap_or(Time::EPOCH)
            }
        }
    }
}

/// More wait for nothing: who comes then is told to come again.
const MOST_WAITING: usize = 64;

pub(crate) struct App {
    pub(crate) book: Arc<Book>,
    pub(crate) digest: String,
    pub(crate) settings: Settings,
    pub(crate) cache: Cache,
    pub(crate) buckets: Buckets,
    pub(crate) sign_ins: Buckets,
    pub(crate) sessions: Sessions,
    #[cfg(feature = "oidc")]
    pub(crate) provider: Option<Provider>,
    pub(crate) metrics: Metrics,
    pub(crate) plans: Plans,
    pub(crate) live: broadcast::Sender<Live>,
    /// True once the server is to stop.
    pub(crate) stop: watch::Receiver<bool>,
    pub(crate) address: SocketAddr,
    curves: Mutex<Option<Arc<Curves>>>,
    computing: Arc<Semaphore>,
    /// Passwords are hashed one at a time: each takes 19 MiB.
    pub(crate) hashing: Arc<Semaphore>,
    waiting: AtomicUsize,
    faults: AtomicU64,
    began: Instant,
}

impl App {
    pub(crate) fn new(
        book: Arc<Book>,
        digest: String,
        settings: Settings,
        address: SocketAddr,
        stop: watch::Receiver<bool>,
    ) -> Self {
        const MOST_UNREAD: usize = 64;
        let limits = settings.limits;
        let computing = limits.computing_at_once();
        Self {
            book,
            digest,
            cache: Cache::new(limits.kept_bytes),
            buckets: Buckets::new(limits.rate),
            sign_ins: Buckets::new(limits.sign_in),
            sessions: Sessions::default(),
            #[cfg(feature = "oidc")]
            provider: settings.oidc.clone().map(|oidc| Provider::new(oidc, address)),
            metrics: Metrics::default(),
            plans: Plans::default(),
            live: broadcast::channel(MOST_UNREAD).0,
            stop,
            address,
            curves: Mutex::new(None),
            computing: Arc::new(Semaphore::new(computing)),
            hashing: Arc::new(Semaphore::new(1)),
            waiting: AtomicUsize::new(0),
            faults: AtomicU64::new(0),
            began: Instant::now(),
            settings,
        }
    }

    pub(crate) fn now(&self) -> Time {
        self.settings.clock.now()
    }

    /// The profiles of the book, made when somebody first asks for one. Called where blocking is allowed.
    pub(crate) fn curves(&self) -> Result<Arc<Curves>, Problem> {
        let mut kept = self.curves.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(curves) = &*kept {
            return Ok(Arc::clone(curves));
        }
        let made = Arc::new(facts::profiles::curves(&self.book)?);
        *kept = Some(Arc::clone(&made));
        Ok(made)
    }

    /// Computes where blocking is allowed, as many at once as there are cores; a panic is this answer's alone.
    ///
    /// # Errors
    /// As of `compute`, or when too many wait, or when it panics.
    pub(crate) async fn compute<T: Send + 'static>(
        &self,
        compute: impl FnOnce() -> Result<T, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let permit = self.turn().await?;
        self.metrics.computed.fetch_add(1, Ordering::Relaxed);
        let work = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            compute()
        });
        work.await.unwrap_or_else(|_| Err(self.own_fault()))
    }

    async fn turn(&self) -> Result<OwnedSemaphorePermit, Problem> {
        let busy = || {
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too many answers are being computed", "server")
                .mend("ask again in a moment")
                .retry(2)
        };
        /// Counts who waits, also when they give up.
        struct Waiting<'a>(&'a AtomicUsize);
        impl Drop for Waiting<'_> {
            fn drop(&mut self) {
                self.0.fetch_sub(1, Ordering::Relaxed);
            }
        }
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= MOST_WAITING {
            drop(Waiting(&self.waiting));
            return Err(busy());
        }
        let _waiting = Waiting(&self.waiting);
        Arc::clone(&self.computing).acquire_owned().await.map_err(|_| busy())
    }

    /// One of the server's own faults, counted and told in the log.
    pub(crate) fn own_fault(&self) -> Problem {
        self.metrics.panics.fetch_add(1, Ordering::Relaxed);
        let number = self.faults.fetch_add(1, Ordering::Relaxed) + 1;
        let id = format!("fault-{}-{number}", self.now().date());
        self.settings.log.fault(&id);
        Problem::own_fault(id)
    }

    /// Who asks, by the cookie.
    pub(crate) fn caller(&self, headers: &HeaderMap) -> Caller {
        match self.session(headers) {
            Some(session) => Caller::Member(session.member),
            None if self.settings.accounts.is_empty() => self.nobody(),
            None => Caller::Stranger,
        }
    }

    /// Who somebody is where nobody has an account.
    pub(crate) fn nobody(&self) -> Caller {
        let is_training = self.settings.room.as_ref().is_some_and(|room| room.training == Training::Yes);
        if is_training { Caller::Trainee } else { Caller::Guest }
    }

    /// The session of the cookie, while its account is as it was.
    pub(crate) fn session(&self, headers: &HeaderMap) -> Option<Session> {
        let session = self.sessions.find(session::token(headers)?, Instant::now())?;
        self.settings.accounts.has(&session.member).then_some(session)
    }

    /// What makes a cookie travel encrypted: beyond this machine, by whatever stands before the server.
    pub(crate) fn secure(&self) -> &'static str {
        if self.address.ip().is_loopback() { "" } else { "; Secure" }
    }

    /// Takes a token of an address.
    pub(crate) fn take_token(&self, address: IpAddr) -> Result<(), Problem> {
        self.buckets.take(address, Instant::now()).map_err(|seconds| {
            Problem::new(StatusCode::TOO_MANY_REQUESTS, "too many requests come from this address", "address")
                .mend("ask less often, or for more at once")
                .retry(seconds)
        })
    }

    /// Tells all who listen.
    pub(crate) fn tell(&self, event: &'static str, data: &serde_json::Value) {
        // Nobody may be listening.
        let _ = self.live.send(Live { event, data: data.to_string() });
    }

    pub(crate) fn gauges(&self) -> Gauges {
        Gauges {
            cached: self.cache.held(),
            sessions: self.sessions.count(),
            up_s: self.began.elapsed().as_secs(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::Ordering;

    use axum::http::StatusCode;
    use book::Book;
    use tokio::sync::watch;

    use super::{App, Clock, Limits, Settings};
    use crate::problem::Problem;

    fn app(computing: usize) -> App {
        let settings = Settings {
            clock: Clock::Stopped(timeline::Time::EPOCH),
            limits: Limits { computing, ..Limits::default() },
            ..Settings::default()
        };
        let listen = settings.listen;
        App::new(Arc::new(Book::default()), String::new(), settings, listen, watch::channel(false).1)
    }

    #[test]
    fn a_panic_is_one_answer_s_alone() {
        let runtime = tokio::runtime::Runtime::new().expect("it runs");
        let app = app(1);
        runtime.block_on(async {
            let fault = app.compute::<()>(|| panic!("on purpose")).await.expect_err("it panics");
            assert_eq!(fault.status, StatusCode::INTERNAL_SERVER_ERROR);
            assert!(fault.id.is_some_and(|id| id.starts_with("fault-")));
            assert_eq!(app.metrics.panics.load(Ordering::Relaxed), 1);
            assert_eq!(app.compute(|| Ok(7)).await, Ok(7), "its turn was given back");
        });
    }

    #[test]
    fn what_fails_is_made_anew() {
        let runtime = tokio::runtime::Runtime::new().expect("it runs");
        let app = app(1);
        runtime.block_on(async {
            let entity = || Arc::new(crate::cache::Entity::new(b"{}".to_vec()));
            let wrong = app.cache.get("q".to_owned(), || async { Err(Problem::bad("no", "query")) }).await;
            assert!(wrong.is_err());
            assert!(app.cache.get("q".to_owned(), || async { Ok(entity()) }).await.is_ok());
            let kept = app.cache.get("q".to_owned(), || async { Err(Problem::bad("no", "query")) }).await;
            assert!(kept.is_ok(), "what is there is not made again");
        });
    }
}
