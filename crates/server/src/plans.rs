//! Plans that the server holds, and the work that makes them.

mod baseline;
mod job;
mod judge;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use axum::http::StatusCode;
use book::Book;
use facts::calendar;
use facts::names::{self, Names};
use facts::week::{Week, WeekAsked, week};
use impact::Judge;
use plan::{ActivityId, Plan};
use planner::Continue;
use record::Word;
use serde_json::{Value, json};
use timeline::{Time, did_you_mean};
use tokio::sync::OnceCell;

pub(crate) use job::{Job, begin, cancel};
pub(crate) use judge::edited;

use judge::Bench;

use crate::app::App;
use crate::cache::Entity;
use crate::problem::Problem;

/// The plan that is made from the book.
pub(crate) const WEEK: &str = "week";

/// More are not held: the oldest goes.
const MOST: usize = 24;

/// A plan, its JSON, and who judges edits of it.
pub(crate) struct Held {
    pub(crate) id: String,
    pub(crate) made: String,
    pub(crate) plan: Plan,
    pub(crate) entity: Arc<Entity>,
    /// When it came here.
    pub(crate) held_since: Time,
    bench: Mutex<Option<Bench>>,
}

#[derive(Default)]
pub(crate) struct Plans {
    week: OnceCell<Arc<Held>>,
    /// In the order in which they were made, by number.
    others: Mutex<BTreeMap<u64, Arc<Held>>>,
    jobs: Mutex<BTreeMap<u64, Arc<Job>>>,
    baseline: Mutex<baseline::Kept>,
}

impl Held {
    fn new(id: String, made: String, week: Week, now: Time) -> Self {
        let entity = Arc::new(Entity::new(week.json.to_string().into_bytes()));
        Self { id, made, plan: week.plan, entity, held_since: now, bench: Mutex::new(None) }
    }

    fn json(&self) -> Value {
        json!({
            "id": self.id,
            "title": self.plan.title,
            "level": self.plan.level.word(),
            "from": facts::stamp(self.plan.span.start()),
            "to": facts::stamp(self.plan.span.end()),
            "made": self.made,
            "state": "ready",
            "activities": self.plan.activities.len(),
        })
    }

    /// As iCalendar: all of it, or what one person does. Its stamp is since when it is held, so that the same plan has the same text.
    ///
    /// # Errors
    /// When nobody in the plan is called so, or the text cannot be written.
    pub(crate) fn ics(&self, book: &Book, person: Option<&str>) -> Result<String, Problem> {
        let names = Names::of(book, &self.plan);
        let mut plan = self.plan.clone();
        if let Some(id) = person {
            let known: Vec<&str> =
                names::people(&self.plan, &names).into_iter().map(record::PersonId::as_str).collect();
            if !known.contains(&id) {
                let shown: String = id.chars().take(64).collect();
                let all = format!("it plans {}", known.join(", "));
                return Err(Problem::bad(format!("the plan has nobody called `{shown}`"), "query.crew")
                    .mend(did_you_mean(id, known, &all)));
            }
            plan.activities.retain(|_, activity| activity.crew.iter().any(|one| one.as_str() == id));
        }
        calendar::ics(&plan, &names, self.held_since).map_err(|error| {
            Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string(), "path.id")
                .mend("leave control characters out of the texts of the plan")
        })
    }

    /// What edits would do. Called where blocking is allowed.
    pub(crate) fn verdict(&self, app: &App, edits: &Value) -> Result<Value, Problem> {
        self.at_bench(app, |bench| bench.verdict(&app.book, edits))
    }

    /// The nearest times at which an activity breaks nothing. Called where blocking is allowed.
    pub(crate) fn nearest(&self, app: &App, id: &ActivityId) -> Result<Value, Problem> {
        if !self.plan.activities.contains_key(id) {
            return Err(Problem::new(
                StatusCode::NOT_FOUND,
                format!("the plan has no activity `{id}`"),
                "query.activity",
            )
            .mend("GET /api/v1/plans/{id} lists them"));
        }
        self.at_bench(app, |bench| Ok(bench.judge.nearest(id).iter().map(impact::Slot::to_json).collect()))
    }

    /// Has a judge there before somebody asks one. Called where blocking is allowed.
    pub(crate) fn call_judge(&self, app: &App) -> Result<(), Problem> {
        self.at_bench(app, |_| Ok(Value::Null)).map(drop)
    }

    /// Asks the judge of this plan, who is called when there is none.
    fn at_bench(
        &self,
        app: &App,
        ask: impl FnOnce(&mut Bench) -> Result<Value, Problem>,
    ) -> Result<Value, Problem> {
        // A judge that panicked is not to be trusted: another is called.
        let mut kept = self.bench.lock().unwrap_or_else(|poisoned| {
            self.bench.clear_poison();
            let mut kept = poisoned.into_inner();
            *kept = None;
            kept
        });
        let bench = match &mut *kept {
            Some(bench) => bench,
            empty => {
                let judge = Judge::of(&app.book, self.plan.clone()).map_err(|error| {
                    Problem::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string(), "path.id")
                        .mend("have the plan made anew")
                })?;
                empty.insert(Bench::new(judge))
            }
        };
        ask(bench)
    }
}

/// What is asked of the plan of the week that the server makes by itself.
fn usual(app: &App) -> WeekAsked {
    WeekAsked { from: None, days: 7, iterations: app.settings.limits.iterations, seed: 1, keep: None }
}

/// All plans that are held, those of the baseline first.
///
/// # Errors
/// When a node cannot be read.
pub(crate) async fn list(app: &Arc<App>) -> Result<Value, Problem> {
    let mut all: Vec<Value> = baseline::all(app).await?.iter().map(|held| held.json()).collect();
    match app.plans.week.get() {
        Some(held) => all.push(held.json()),
        None if app.book.requests.is_empty() => {}
        None => {
            let span = usual(app).span(&app.book).ok();
            all.push(json!({
                "id": WEEK,
                "title": app.book.about.title,
                "level": "week",
                "from": span.map(|span| facts::stamp(span.start())),
                "to": span.map(|span| facts::stamp(span.end())),
                "made": "from the book, when somebody asks for it",
                "state": "not-made",
                "activities": null,
            }));
        }
    }
    let others = app.plans.others.lock().unwrap_or_else(PoisonError::into_inner);
    all.extend(others.values().map(|held| held.json()));
    Ok(Value::Array(all))
}

/// The plan of that id; the plan of the week is made when somebody first asks for it.
pub(crate) async fn find(app: &Arc<App>, id: &str) -> Result<Arc<Held>, Problem> {
    if id == WEEK {
        let make = || async {
            let asked = usual(app);
            let made = format!("from the book, {} steps, seed {}", asked.iterations, asked.seed);
            let shared = Arc::clone(app);
            let week = app.compute(move || Ok(week(&shared.book, &asked, &mut |_| Continue::Spent(0.0))?));
            Ok(Arc::new(Held::new(WEEK.to_owned(), made, week.await?, app.now())))
        };
        return app.plans.week.get_or_try_init(make).await.cloned();
    }
    if id.starts_with(baseline::SCHEME) {
        let all = baseline::all(app).await?;
        return all.into_iter().find(|held| held.id == id).ok_or_else(|| no_plan(id));
    }
    let others = app.plans.others.lock().unwrap_or_else(PoisonError::into_inner);
    let found = others.values().find(|held| held.id == id).cloned();
    found.ok_or_else(|| no_plan(id))
}

pub(crate) fn no_plan(id: &str) -> Problem {
    let shown: String = id.chars().take(64).collect();
    Problem::new(StatusCode::NOT_FOUND, format!("there is no plan `{shown}`"), "path.id")
        .mend("GET /api/v1/plans lists those that there are")
}

/// Keeps a plan under its number; the oldest goes when there are too many.
fn keep(app: &App, number: u64, held: Held) {
    let mut others = app.plans.others.lock().unwrap_or_else(PoisonError::into_inner);
    others.insert(number, Arc::new(held));
    while others.len() > MOST {
        others.pop_first();
    }
}

/// The job of that id.
pub(crate) fn job(app: &App, id: &str) -> Result<Arc<Job>, Problem> {
    let jobs = app.plans.jobs.lock().unwrap_or_else(PoisonError::into_inner);
    jobs.values().find(|job| job.id == id).cloned().ok_or_else(|| {
        let shown: String = id.chars().take(64).collect();
        Problem::new(StatusCode::NOT_FOUND, format!("there is no job `{shown}`"), "path.id")
            .mend("jobs are forgotten some time after they are done; GET /api/v1/plans lists the plans")
    })
}
