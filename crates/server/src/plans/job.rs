//! A plan in the making: how far it is, and how it is stopped.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::http::StatusCode;
use facts::week::{WeekAsked, week};
use planner::{Continue, Progress};
use record::PartnerId;
use serde_json::{Value, json};

use super::{Held, keep};
use crate::app::App;
use crate::problem::Problem;

/// So many wait or run at once.
const MOST_AT_WORK: usize = 8;

/// So many are remembered.
const MOST: usize = 64;

/// Progress is told no more often.
const TOLD_EVERY: Duration = Duration::from_millis(200);

static NUMBER: AtomicU64 = AtomicU64::new(1);

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Running,
    Done,
    Cancelled,
    Failed,
}

struct Standing {
    state: State,
    done_pct: f64,
    objective: Option<f64>,
    error: Option<String>,
}

/// A plan in the making.
pub(crate) struct Job {
    pub(crate) id: String,
    pub(crate) plan: String,
    /// Whose planner asked for it; nobody where nobody has an account.
    pub(crate) partner: Option<PartnerId>,
    number: u64,
    is_cancelled: AtomicBool,
    standing: Mutex<Standing>,
}

impl Job {
    pub(crate) fn json(&self) -> Value {
        let standing = self.standing.lock().unwrap_or_else(PoisonError::into_inner);
        json!({
            "id": self.id,
            "plan": self.plan,
            "state": match standing.state {
                State::Running => "running",
                State::Done => "done",
                State::Cancelled => "cancelled",
                State::Failed => "failed",
            },
            "done_pct": facts::round(standing.done_pct, 1),
            "objective": standing.objective,
            "error": standing.error,
        })
    }

    fn is_running(&self) -> bool {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner).state == State::Running
    }

    fn come_to(&self, change: impl FnOnce(&mut Standing)) {
        change(&mut self.standing.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// Asks a job to stop; what is over stays as it is.
pub(crate) fn cancel(job: &Job) {
    job.is_cancelled.store(true, Ordering::Relaxed);
}

/// Begins to make a plan.
///
/// # Errors
/// When too many are being made already, or the question cannot stand.
pub(crate) fn begin(
    app: &Arc<App>,
    asked: WeekAsked,
    made: String,
    partner: Option<PartnerId>,
) -> Result<Arc<Job>, Problem> {
    // The question came in a body, whose parts are called as those of a query.
    asked.span(&app.book).map_err(|error| {
        let problem = Problem::from(error);
        let place = problem.place.replacen("query", "body", 1);
        Problem { place, ..problem }
    })?;
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let job = Arc::new(Job {
        id: format!("job-{number}"),
        plan: format!("week-{number}"),
        partner,
        number,
        is_cancelled: AtomicBool::new(false),
        standing: Mutex::new(Standing { state: State::Running, done_pct: 0.0, objective: None, error: None }),
    });
    let mut jobs = app.plans.jobs.lock().unwrap_or_else(PoisonError::into_inner);
    if jobs.values().filter(|job| job.is_running()).count() >= MOST_AT_WORK {
        return Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "too many plans are being made", "server")
            .mend("wait until one is done, or stop one")
            .retry(5));
    }
    jobs.insert(number, Arc::clone(&job));
    while jobs.len() > MOST {
        jobs.pop_first();
    }
    drop(jobs);
    tokio::spawn(run(Arc::clone(app), Arc::clone(&job), asked, made));
    Ok(job)
}

async fn run(app: Arc<App>, job: Arc<Job>, asked: WeekAsked, made: String) {
    let (shared, at_work) = (Arc::clone(&app), Arc::clone(&job));
    let work = app.compute(move || {
        let mut told = Instant::now();
        let steps = asked.iterations.max(1) as f64;
        let mut progress = |progress: &Progress| {
            at_work.come_to(|standing| {
                standing.done_pct = (100.0 * progress.iterations as f64 / steps).min(100.0);
                standing.objective = Some(progress.objective);
            });
            if told.elapsed() >= TOLD_EVERY {
                told = Instant::now();
                shared.tell("job", &at_work.json());
            }
            if at_work.is_cancelled.load(Ordering::Relaxed) { Continue::Stop } else { Continue::Spent(0.0) }
        };
        // Whoever stopped it while it waited does not want it begun.
        if at_work.is_cancelled.load(Ordering::Relaxed) {
            return Ok(None);
        }
        let made = week(&shared.book, &asked, &mut progress)?;
        Ok((!at_work.is_cancelled.load(Ordering::Relaxed)).then_some(made))
    });
    match work.await {
        Ok(Some(week)) => {
            keep(&app, job.number, Held::new(job.plan.clone(), made, week, app.now()));
            job.come_to(|standing| (standing.state, standing.done_pct) = (State::Done, 100.0));
            app.tell("changed", &json!({"what": ["plans"]}));
        }
        Ok(None) => job.come_to(|standing| standing.state = State::Cancelled),
        Err(problem) => job.come_to(|standing| {
            (standing.state, standing.error) = (State::Failed, Some(problem.what.clone()));
        }),
    }
    app.tell("job", &job.json());
}
