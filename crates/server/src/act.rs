//! What is done, and what changes: plans, jobs, sessions, the stream.

use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use facts::week::WeekAsked;
use record::Word;
use serde_json::{Value, json};

use crate::access::{Caller, Member, Right};
use crate::app::App;
use crate::cache::Entity;
use crate::partners;
use crate::plans::{self, edited};
use crate::problem::Problem;
use crate::reply::{entity, text_entity};
use crate::route::{Call, Done};
use crate::session::{COOKIE, LASTS, token};
use crate::stream;

/// JSON that changes, with an ETag all the same.
pub(crate) fn fresh(call: &Call, value: &Value) -> Response<Body> {
    entity(&call.headers, &Entity::new(value.to_string().into_bytes()))
}

pub(crate) fn plans(call: Call) -> Done {
    Box::pin(async move { Ok(fresh(&call, &plans::list(&call.app).await?)) })
}

pub(crate) fn plan(call: Call) -> Done {
    Box::pin(async move {
        let held = plans::find(&call.app, &call.id).await?;
        let response = entity(&call.headers, &held.entity);
        // Whoever looks at a plan will soon want to know what an edit does.
        let app = Arc::clone(&call.app);
        tokio::spawn(async move {
            let shared = Arc::clone(&app);
            // Without a judge the first verdict says why.
            let _ = app.compute(move || held.call_judge(&shared)).await;
        });
        Ok(response)
    })
}

/// A calendar of the plan, for programs that keep calendars.
pub(crate) fn ics(call: Call) -> Done {
    Box::pin(async move {
        let held = plans::find(&call.app, &call.id).await?;
        let (app, crew) = (Arc::clone(&call.app), call.query.text("crew").map(str::to_owned));
        let text = call.app.compute(move || held.ics(&app.book, crew.as_deref())).await?;
        Ok(text_entity(&call.headers, &Entity::new(text.into_bytes()), "text/calendar; charset=utf-8"))
    })
}

pub(crate) fn verdict(call: Call) -> Done {
    Box::pin(async move {
        let held = plans::find(&call.app, &call.id).await?;
        let (app, edits) = (Arc::clone(&call.app), call.body["edits"].clone());
        let verdict = call.app.compute(move || held.verdict(&app, &edits)).await?;
        Ok(fresh(&call, &verdict))
    })
}

pub(crate) fn nearest(call: Call) -> Done {
    Box::pin(async move {
        let held = plans::find(&call.app, &call.id).await?;
        let activity = call.query.text("activity").unwrap_or_default();
        let id = activity
            .parse()
            .map_err(|_| Problem::bad("no activity is named", "query.activity").mend("say activity=ID"))?;
        let app = Arc::clone(&call.app);
        let slots = call.app.compute(move || held.nearest(&app, &id)).await?;
        Ok(fresh(&call, &slots))
    })
}

pub(crate) fn make_plan(call: Call) -> Done {
    Box::pin(async move {
        let asked = Asked::read(&call)?;
        let keep = match &asked.keep {
            None => None,
            Some(id) => {
                let held = plans::find(&call.app, id).await?;
                Some(match &asked.edits {
                    None => held.plan.clone(),
                    Some(edits) => edited(&call.app.book, &held.plan, edits)?,
                })
            }
        };
        let kept = asked.keep.as_ref().map_or_else(String::new, |id| format!(", keeping {id}"));
        let made = format!("{} steps, seed {}{kept}", asked.iterations, asked.seed);
        let week = WeekAsked {
            from: asked.from,
            days: asked.days,
            iterations: asked.iterations,
            seed: asked.seed,
            keep,
        };
        let partner = call.caller.member().map(|member| member.partner.clone());
        let job = plans::begin(&call.app, week, made, partner)?;
        let mut response = fresh(&call, &job.json());
        *response.status_mut() = StatusCode::ACCEPTED;
        Ok(response)
    })
}

/// What a body asks of a plan.
struct Asked {
    from: Option<timeline::Time>,
    days: u32,
    iterations: u64,
    seed: u64,
    keep: Option<String>,
    edits: Option<Value>,
}

impl Asked {
    fn read(call: &Call) -> Result<Self, Problem> {
        let body = &call.body;
        let wrong = |field: &str, mend: &str| {
            let what = format!("`{field}` is {}", body[field]);
            Problem::bad(what, format!("body.{field}")).mend(mend)
        };
        let text = |field: &'static str| match &body[field] {
            Value::Null => Ok(None),
            Value::String(text) => Ok(Some(text.clone())),
            _ => Err(wrong(field, "give a text")),
        };
        let whole = |field: &'static str, usual: u64, most: u64| match &body[field] {
            Value::Null => Ok(usual),
            value => value
                .as_u64()
                .filter(|number| *number <= most)
                .ok_or_else(|| wrong(field, &format!("give a whole number up to {most}"))),
        };
        let from = text("from")?
            .map(|from| from.parse().map_err(|_| wrong("from", "give a day such as 2026-06-08")));
        let keep = match text("kind")?.as_deref() {
            Some("week") => text("keep")?,
            Some("replan") => Some(text("keep")?.ok_or_else(|| wrong("keep", "name the plan that is kept"))?),
            _ => return Err(wrong("kind", "give week or replan")),
        };
        let edits = Some(body["edits"].clone()).filter(|edits| !edits.is_null());
        if edits.is_some() && keep.is_none() {
            return Err(wrong("edits", "name in `keep` the plan that they change"));
        }
        let steps = call.app.settings.limits.iterations;
        Ok(Self {
            from: from.transpose()?,
            days: whole("days", 7, u64::from(facts::week::MOST_DAYS))? as u32,
            iterations: whole("iterations", steps, steps.saturating_mul(100))?,
            seed: whole("seed", 1, u64::from(u32::MAX))?,
            keep,
            edits,
        })
    }
}

pub(crate) fn job(call: Call) -> Done {
    Box::pin(async move { Ok(fresh(&call, &plans::job(&call.app, &call.id)?.json())) })
}

pub(crate) fn stop_job(call: Call) -> Done {
    Box::pin(async move {
        let job = plans::job(&call.app, &call.id)?;
        if !call.caller.may_stop(job.partner.as_ref()) {
            let what = "this plan is made for another partner";
            return Err(Problem::new(StatusCode::FORBIDDEN, what, "path.id")
                .mend("ask a planner of that partner, or the flight director"));
        }
        plans::cancel(&job);
        let mut response = fresh(&call, &job.json());
        *response.status_mut() = StatusCode::ACCEPTED;
        Ok(response)
    })
}

pub(crate) fn stream(call: Call) -> Done {
    Box::pin(async move { stream::stream(&call.app) })
}

fn session_json(app: &App, caller: &Caller, expires: Option<timeline::Time>) -> Value {
    let member = caller.member();
    let role = match caller {
        Caller::Guest => "guest",
        Caller::Trainee => "trainee",
        Caller::Stranger => "stranger",
        Caller::Member(member) => member.role.word(),
    };
    let may: Vec<&str> =
        caller.rights().iter().filter(|right| **right != Right::Open).map(|right| right.word()).collect();
    json!({
        "name": member.map(|member| &member.name),
        "partner": member.map(|member| member.partner.as_str()),
        "role": role,
        "accounts": !app.settings.accounts.is_empty(),
        "oidc": offered(app),
        "may": may,
        "nodes": app.settings.room.as_ref().map(|room| partners::may::nodes(room, caller)),
        "expires": expires.map(facts::stamp),
    })
}

/// Where people of a centre with an identity provider of its own sign in, and what a link to it says.
#[cfg(feature = "oidc")]
fn offered(app: &App) -> Option<Value> {
    let start = crate::oidc::sign_in::START;
    app.provider.as_ref().map(|provider| json!({"name": provider.name(), "start": start}))
}

#[cfg(not(feature = "oidc"))]
const fn offered(_app: &App) -> Option<Value> {
    None
}

pub(crate) fn session(call: Call) -> Done {
    Box::pin(async move {
        let left = call.app.session(&call.headers).map(|session| {
            let left_s = session.ends.saturating_duration_since(Instant::now()).as_secs();
            call.app.now() + timeline::Duration::SECOND * i64::try_from(left_s).unwrap_or(0)
        });
        Ok(private(fresh(&call, &session_json(&call.app, &call.caller, left))))
    })
}

pub(crate) fn sign_in(call: Call) -> Done {
    Box::pin(async move {
        let app = &call.app;
        if app.settings.accounts.is_empty() {
            return Err(Problem::new(StatusCode::NOT_FOUND, "this server has no accounts", "server")
                .mend("start it with --accounts FILE; until then whoever reaches it reads"));
        }
        let field = |name: &str| match &call.body[name] {
            Value::String(text) if text.len() <= 1_024 => Ok(text.clone()),
            _ => Err(Problem::bad(format!("`{name}` is missing or no text"), format!("body.{name}"))
                .mend("give {\"name\": \"…\", \"password\": \"…\"}")),
        };
        let (name, password) = (field("name")?, field("password")?);
        take_attempt(app, call.peer)?;
        let busy = |_| Problem::own_fault("hashing".to_owned());
        let turn = Arc::clone(&app.hashing).acquire_owned().await.map_err(busy)?;
        let shared = Arc::clone(app);
        let checked = tokio::task::spawn_blocking(move || {
            let _turn = turn;
            shared.settings.accounts.verify(&name, &password)
        });
        let member = checked.await.map_err(|_| app.own_fault())?.ok_or_else(|| {
            Problem::new(StatusCode::UNAUTHORIZED, "name or password is wrong", "body")
                .mend("look at both; whoever runs the server gives new ones")
        })?;
        let until = app.now() + timeline::Duration::SECOND * (LASTS.as_secs() as i64);
        let caller = Caller::Member(member.clone());
        let mut response = private(fresh(&call, &session_json(app, &caller, Some(until))));
        begin_session(app, &call.headers, member, &mut response)?;
        Ok(response)
    })
}

/// Takes an attempt to sign in of an address, however it is made.
pub(crate) fn take_attempt(app: &App, peer: IpAddr) -> Result<(), Problem> {
    app.sign_ins.take(peer, Instant::now()).map_err(|seconds| {
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "too many attempts to sign in", "address")
            .mend("wait, then try again")
            .retry(seconds)
    })
}

/// Begins a session, and has the browser keep its token.
pub(crate) fn begin_session(
    app: &App,
    asked: &HeaderMap,
    member: Member,
    response: &mut Response<Body>,
) -> Result<(), Problem> {
    // A session that was there before is another's or one's own of before: it ends.
    if let Some(old) = token(asked) {
        app.sessions.end(old);
    }
    let token = app.sessions.begin(member, Instant::now()).map_err(|_| app.own_fault())?;
    set_cookie(app, response, &token, LASTS.as_secs())
}

pub(crate) fn sign_out(call: Call) -> Done {
    Box::pin(async move {
        if let Some(token) = token(&call.headers) {
            call.app.sessions.end(token);
        }
        let is_open = call.app.settings.accounts.is_empty();
        let caller = if is_open { call.app.nobody() } else { Caller::Stranger };
        let mut response = private(fresh(&call, &session_json(&call.app, &caller, None)));
        set_cookie(&call.app, &mut response, "", 0)?;
        Ok(response)
    })
}

/// Nobody keeps what is one person's.
fn private(mut response: Response<Body>) -> Response<Body> {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn set_cookie(app: &App, response: &mut Response<Body>, token: &str, seconds: u64) -> Result<(), Problem> {
    let secure = app.secure();
    let text = format!("{COOKIE}={token}; Path=/; HttpOnly; SameSite=Strict; Max-Age={seconds}{secure}");
    let value = HeaderValue::from_str(&text).map_err(|_| app.own_fault())?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(())
}

fn plain(text: String, kind: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub(crate) fn healthz(_: Call) -> Done {
    Box::pin(async move { Ok(plain("ok\n".to_owned(), "text/plain; charset=utf-8")) })
}

pub(crate) fn metrics(call: Call) -> Done {
    Box::pin(async move {
        let app = &call.app;
        let text = app.metrics.text(&app.gauges());
        debug_assert!(app.metrics.connections.load(Ordering::Relaxed) > 0, "somebody asks");
        Ok(plain(text, "text/plain; version=0.0.4; charset=utf-8"))
    })
}
