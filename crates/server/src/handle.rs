//! From a request to a response: who may ask, what is asked, who answers.

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{RawPathParams, Request};
use axum::http::{HeaderMap, Method, Response, StatusCode, Uri, header};
use axum::routing::{MethodFilter, on};
use serde_json::Value;
use timeline::{Duration, Time};

use crate::access::{Caller, Denied};
use crate::app::App;
use crate::cache::Entity;
use crate::problem::Problem;
use crate::query::Query;
use crate::reply;
#[cfg(feature = "oidc")]
use crate::route::Strange;
use crate::route::{Answer, Call, Clock, Question, ROUTES, Route, Verb};

/// Who is at the other end.
#[derive(Clone, Copy)]
pub(crate) struct Peer(pub(crate) IpAddr);

/// Which route answered, and whom, for the log and the counts.
#[derive(Clone)]
pub(crate) struct Answered {
    pub(crate) route: &'static str,
    pub(crate) who: String,
}

/// The router of all addresses; all others are the console's.
pub(crate) fn router(app: &Arc<App>) -> Router {
    let mut router = Router::new();
    for route in ROUTES {
        let filter = match route.verb {
            Verb::Get => MethodFilter::GET,
            Verb::Post => MethodFilter::POST,
            Verb::Delete => MethodFilter::DELETE,
        };
        let app = Arc::clone(app);
        let handler = move |path: RawPathParams, request: Request| {
            let id = path.iter().next().map(|(_, id)| id.to_owned()).unwrap_or_default();
            answer(Arc::clone(&app), route, id, request)
        };
        router = router.route(route.path, on(filter, handler));
    }
    let app = Arc::clone(app);
    let other = move |method: Method, uri: Uri, headers: HeaderMap| {
        let response = console(&app, &method, &uri, &headers);
        async move { response }
    };
    router.fallback(other).method_not_allowed_fallback(async || {
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, "this address is not asked so", "method")
            .mend("the header Allow, and docs/api.md, say how")
            .response()
    })
}

async fn answer(app: Arc<App>, route: &'static Route, id: String, request: Request) -> Response<Body> {
    let caller = app.caller(request.headers());
    let who = match &caller {
        Caller::Guest => "guest".to_owned(),
        Caller::Trainee => "trainee".to_owned(),
        Caller::Stranger => "-".to_owned(),
        Caller::Member(member) => member.name.clone(),
    };
    let result = answered(app, route, id, request, caller).await;
    let mut response = result.unwrap_or_else(|problem| problem.response());
    response.extensions_mut().insert(Answered { route: route.path, who });
    response
}

async fn answered(
    app: Arc<App>,
    route: &'static Route,
    id: String,
    request: Request,
    caller: Caller,
) -> Result<Response<Body>, Problem> {
    if route.verb != Verb::Get {
        refuse_foreign(request.headers())?;
    }
    allow(&caller, route)?;
    let raw = request.uri().query().unwrap_or_default().to_owned();
    match route.answer {
        Answer::Facts(make, clock) => facts(app, route, &raw, request.headers(), (make, clock)).await,
        Answer::Act(act) => {
            let query = Query::read(&raw, route.params, app.now())?;
            act(called((app, query, caller), route, id, request).await?).await
        }
        #[cfg(feature = "oidc")]
        Answer::Sends(send, strange) => {
            let query = match strange {
                Strange::Refused => Query::read(&raw, route.params, app.now())?,
                Strange::Ignored => Query::read_known(&raw, route.params, app.now())?,
            };
            send(called((app, query, caller), route, id, request).await?).await
        }
    }
}

async fn called(
    (app, query, caller): (Arc<App>, Query, Caller),
    route: &'static Route,
    id: String,
    request: Request,
) -> Result<Call, Problem> {
    let peer = request.extensions().get::<Peer>().map_or(IpAddr::from([0, 0, 0, 0]), |peer| peer.0);
    let headers = request.headers().clone();
    let body = body(&app, route, request).await?;
    Ok(Call { app, query, id, headers, body, caller, peer })
}

fn allow(caller: &Caller, route: &Route) -> Result<(), Problem> {
    caller.check(route.right).map_err(|denied| match denied {
        Denied::SignIn => Problem::new(StatusCode::UNAUTHORIZED, "nobody is signed in", "session")
            .mend("POST /api/v1/session with name and password"),
        Denied::Role => {
            let what = match caller {
                Caller::Member(member) => format!("a {} may not do this", member.role),
                Caller::Guest | Caller::Trainee | Caller::Stranger => "a guest may only read".to_owned(),
            };
            Problem::new(StatusCode::FORBIDDEN, what, "session")
                .mend("ask somebody whose role has it; docs/server.md lists the roles")
        }
    })
}

/// Another site's page may make a browser send requests, but it cannot add a header of ours.
fn refuse_foreign(headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let foreign = |what: &str, place: &str| Problem::new(StatusCode::FORBIDDEN, what, place);
    if text("x-cupola") != Some("1") {
        return Err(foreign("a request that changes something needs the header X-Cupola", "header.X-Cupola")
            .mend("send X-Cupola: 1"));
    }
    if let Some(origin) = text("origin") {
        let host = text("host").unwrap_or_default();
        let ours = origin.split_once("://").is_some_and(|(_, authority)| authority == host);
        if !ours {
            return Err(foreign("another site may change nothing here", "header.Origin")
                .mend("use the console of this server"));
        }
    }
    match text("sec-fetch-site") {
        None | Some("same-origin" | "none") => Ok(()),
        Some(_) => Err(foreign("another site may change nothing here", "header.Sec-Fetch-Site")
            .mend("use the console of this server")),
    }
}

/// The body as JSON: an object of known fields where the route takes one, else nothing.
async fn body(app: &App, route: &Route, request: Request) -> Result<Value, Problem> {
    if route.body.is_empty() {
        return Ok(Value::Null);
    }
    let headers = request.headers();
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.split(';').next().map(str::trim) != Some("application/json") {
        return Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "the body is not said to be JSON",
            "header.Content-Type",
        )
        .mend("send Content-Type: application/json"));
    }
    let most = app.settings.limits.body_bytes;
    let bytes = to_bytes(request.into_body(), most).await.map_err(|_| {
        Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the body is longer than {most} bytes, or broke off"),
            "body",
        )
        .mend("send less at once")
    })?;
    let value: Value = serde_json::from_slice(&bytes).map_err(|error| {
        let place = format!("body:{}:{}", error.line(), error.column());
        Problem::bad(error.to_string(), place).mend("send JSON")
    })?;
    let fields =
        value.as_object().ok_or_else(|| Problem::bad("the body is no object", "body").mend("send { … }"))?;
    match fields.keys().find(|field| !route.body.contains(&field.as_str())) {
        None => Ok(value),
        Some(unknown) => {
            let shown: String = unknown.chars().take(64).collect();
            let all = format!("there are {}", route.body.join(", "));
            Err(Problem::bad(format!("`{shown}` is no field here"), format!("body.{shown}"))
                .mend(timeline::did_you_mean(unknown, route.body.iter().copied(), &all)))
        }
    }
}

type Make = fn(&Question<'_>) -> Result<Value, Problem>;

async fn facts(
    app: Arc<App>,
    route: &'static Route,
    raw: &str,
    headers: &HeaderMap,
    (make, clock): (Make, Clock),
) -> Result<Response<Body>, Problem> {
    let step_s = match clock {
        Clock::Said => 1,
        Clock::Usual(seconds) | Clock::Always(seconds) => seconds,
    };
    let now = app.now().floor_to(Duration::SECOND * i64::from(step_s));
    let query = Query::read(raw, route.params, now)?;
    let is_of_now = match clock {
        Clock::Said => query.names_now(),
        Clock::Usual(_) => query.asks_the_clock(route.params),
        Clock::Always(_) => true,
    };
    let question = question(route, &query, now, is_of_now);
    let shared = Arc::clone(&app);
    let made = app.cache.get(question, || async {
        let computing = Arc::clone(&shared);
        let computed = shared.compute(move || {
            let value = make(&Question { app: &computing, query: &query, now })?;
            Ok(Arc::new(Entity::new(value.to_string().into_bytes())))
        });
        computed.await
    });
    Ok(reply::entity(headers, &*made.await?))
}

/// What a console asks first, made before somebody does; what cannot be made is told to whoever asks.
pub(crate) async fn prepare(app: Arc<App>) {
    const FIRST: [&str; 5] = [
        "/api/v1/losses",
        "/api/v1/forecast",
        "/api/v1/profiles/names",
        "/api/v1/history",
        "/api/v1/flights",
    ];
    for path in FIRST {
        let Some(route) = ROUTES.iter().find(|route| route.path == path && route.verb == Verb::Get) else {
            continue;
        };
        if let Answer::Facts(make, clock) = route.answer {
            let _ = facts(Arc::clone(&app), route, "", &HeaderMap::new(), (make, clock)).await;
        }
    }
}

/// The text of a question, the same for all who ask the same.
fn question(route: &Route, query: &Query, now: Time, is_of_now: bool) -> String {
    let at = if is_of_now { now.nanoseconds().to_string() } else { String::new() };
    format!("{}{}@{at}", route.path, query.canonical())
}

fn console(app: &App, method: &Method, uri: &Uri, headers: &HeaderMap) -> Response<Body> {
    let path = uri.path().trim_start_matches('/');
    let nothing = || {
        Problem::new(StatusCode::NOT_FOUND, "there is no such address", "path")
            .mend("docs/api.md and /api/v1/openapi.json list all that there are")
    };
    if path.starts_with("api/") || !matches!(*method, Method::GET | Method::HEAD) {
        return nothing().response();
    }
    match (app.settings.files)(path) {
        Some(file) => reply::file(headers, file),
        None => nothing().response(),
    }
}
