//! Every address of the API: what it takes, what it needs, who answers. The router, the OpenAPI and the tests are made from this table.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, Response};
use serde_json::Value;
use timeline::Time;

use crate::access::{Caller, Right};
use crate::answer::{book, margins, orbit, profiles};
use crate::app::App;
#[cfg(feature = "oidc")]
use crate::oidc::{BACK, sign_in};
use crate::problem::Problem;
use crate::query::{Kind, Param, Query};
use crate::{act, openapi, partners};

/// How a request is put.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Verb {
    Get,
    Post,
    Delete,
}

impl Verb {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Get => "get",
            Self::Post => "post",
            Self::Delete => "delete",
        }
    }
}

/// One address and verb.
pub(crate) struct Route {
    pub(crate) verb: Verb,
    pub(crate) path: &'static str,
    /// In a line, for people.
    pub(crate) about: &'static str,
    pub(crate) params: &'static [Param],
    /// Fields that its body may have; none takes no body.
    pub(crate) body: &'static [&'static str],
    pub(crate) right: Right,
    pub(crate) answer: Answer,
}

/// Who answers.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    /// From the book and the question alone: made once, kept, and compared by its ETag.
    Facts(fn(&Question<'_>) -> Result<Value, Problem>, Clock),
    /// Something that is done, or that changes.
    Act(fn(Call) -> Done),
    /// Sends a browser elsewhere.
    #[cfg(feature = "oidc")]
    Sends(fn(Call) -> Done, Strange),
}

/// What becomes of parameters that a route does not take.
#[cfg(feature = "oidc")]
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Strange {
    /// Whoever asks has made a mistake, and is told so.
    Refused,
    /// An identity provider adds some of its own, which are passed over (RFC 6749, section 4.1.2).
    Ignored,
}

/// Whether an answer depends on what time it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Clock {
    /// Only where somebody says `now`.
    Said,
    /// Where a time is left out, to so many seconds.
    Usual(u32),
    /// Always, to so many seconds.
    Always(u32),
}

/// What is asked of facts.
pub(crate) struct Question<'a> {
    pub(crate) app: &'a App,
    pub(crate) query: &'a Query,
    pub(crate) now: Time,
}

/// What is asked of an act.
pub(crate) struct Call {
    pub(crate) app: Arc<App>,
    pub(crate) query: Query,
    /// What stands in the path for `{id}`; else empty.
    pub(crate) id: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
    pub(crate) caller: Caller,
    pub(crate) peer: std::net::IpAddr,
}

pub(crate) type Done = Pin<Box<dyn Future<Output = Result<Response<Body>, Problem>> + Send>>;

const fn param(name: &'static str, kind: Kind, about: &'static str) -> Param {
    Param { name, kind, about }
}

const AT: Param = param("at", Kind::Time, "When");
const FROM: Param = param("from", Kind::Time, "From when");
const TO: Param = param("to", Kind::Time, "Until when");
const AS_OF: Param = param("as_of", Kind::Time, "As known when");
const SITES: Param = param("site", Kind::Texts, "Sites of the book");
const MASK: Param = param("mask_deg", Kind::Number(0.0, 89.0), "Lowest elevation that counts, degrees");
const WITHOUT: Param = param("without", Kind::Texts, "Flights that do not come, or all");
const FAIL: Param = param("fail", Kind::Texts, "What fails: NAME@TIME or PROCESS@FROM..TO");
const CREW: Param = param("crew", Kind::Whole(0, 1_000), "So many aboard");
const SLIP: Param =
    param("slip", Kind::Texts, "Planned flights that come at another time: FLIGHT@TIME or FLIGHT+DAYSd");
const SET: Param = param("set", Kind::Texts, "Levels: store.NAME_kg=MASS@TIME");

const fn facts(
    path: &'static str,
    about: &'static str,
    params: &'static [Param],
    clock: Clock,
    make: fn(&Question<'_>) -> Result<Value, Problem>,
) -> Route {
    let answer = Answer::Facts(make, clock);
    Route { verb: Verb::Get, path, about, params, body: &[], right: Right::Read, answer }
}

const fn act(
    verb: Verb,
    path: &'static str,
    about: &'static str,
    right: Right,
    body: &'static [&'static str],
    run: fn(Call) -> Done,
) -> Route {
    Route { verb, path, about, params: &[], body, right, answer: Answer::Act(run) }
}

const PLAN: Param =
    param("plan", Kind::Texts, "Plans of this server that count beside those of the baseline");
const AS: Param = param("as", Kind::Text, "The centre at whose node; usually that of one's partner");

/// What happens at a centre's node.
const fn at_node(
    verb: Verb,
    path: &'static str,
    about: &'static str,
    (right, params, body): (Right, &'static [Param], &'static [&'static str]),
    run: fn(Call) -> Done,
) -> Route {
    Route { verb, path, about, params, body, right, answer: Answer::Act(run) }
}

/// Every address.
pub(crate) static ROUTES: &[Route] = &[
    facts(
        "/api/v1/book",
        "The book: who, what, where, how old, how good",
        &[],
        Clock::Always(600),
        book::book,
    ),
    facts("/api/v1/stays", "Every time a person was aboard", &[FROM, TO], Clock::Said, book::stays),
    facts(
        "/api/v1/flights",
        "Every visit, flown and planned",
        &[FROM, TO, AS_OF],
        Clock::Said,
        book::flights,
    ),
    facts("/api/v1/history", "People, spacewalks, assembly and near misses", &[], Clock::Said, book::history),
    facts("/api/v1/status", "The station at one moment", &[AT], Clock::Usual(1), book::status),
    facts(
        "/api/v1/presence",
        "The record of continuous presence, or who was aboard at one moment",
        &[FROM, TO, AT],
        Clock::Said,
        book::presence,
    ),
    facts(
        "/api/v1/orbit/state",
        "Position and velocity at one moment",
        &[AT, param("frame", Kind::Word(&["teme", "gcrf", "itrf"]), "In which frame")],
        Clock::Usual(1),
        orbit::state,
    ),
    facts(
        "/api/v1/track",
        "The ground track in columns",
        &[FROM, TO, param("step_s", Kind::Number(1.0, 86_400.0), "From state to state, seconds")],
        Clock::Usual(10),
        orbit::track,
    ),
    facts(
        "/api/v1/events",
        "Eclipses, nodes, the South Atlantic Anomaly, links by relay",
        &[FROM, TO, param("kind", Kind::Texts, "Only these kinds")],
        Clock::Usual(60),
        orbit::events,
    ),
    facts(
        "/api/v1/contacts",
        "When each ground site sees the station",
        &[FROM, TO, SITES, MASK],
        Clock::Usual(60),
        orbit::contacts,
    ),
    facts(
        "/api/v1/passes",
        "When people at a place can see the station",
        &[
            FROM,
            TO,
            param("site", Kind::Text, "A site of the book"),
            param("lat_deg", Kind::Number(-90.0, 90.0), "Latitude, degrees north"),
            param("lon_deg", Kind::Number(-180.0, 360.0), "Longitude, degrees east"),
            param("height_m", Kind::Number(-1_000.0, 100_000.0), "Height above the ellipsoid, metres"),
            MASK,
        ],
        Clock::Usual(60),
        orbit::passes,
    ),
    facts("/api/v1/profiles/names", "Every profile there is", &[], Clock::Said, profiles::names),
    facts(
        "/api/v1/profiles",
        "Profiles thinned for drawing, with every peak kept",
        &[
            param("name", Kind::Texts, "Which profiles"),
            FROM,
            TO,
            param("pixels", Kind::Whole(1, 4_000), "So many columns at most"),
            AS_OF,
            WITHOUT,
            FAIL,
            CREW,
            SET,
            SLIP,
        ],
        Clock::Said,
        profiles::profiles,
    ),
    facts(
        "/api/v1/forecast",
        "Margins and reserve dates",
        &[FROM, TO, AS_OF, WITHOUT, FAIL, CREW, SET, SLIP],
        Clock::Said,
        margins::forecast,
    ),
    facts(
        "/api/v1/flows",
        "What flows between stores and processes, and what draws power, at a moment",
        &[AT, AS_OF, WITHOUT, FAIL, CREW, SET, SLIP],
        Clock::Said,
        margins::flows,
    ),
    facts(
        "/api/v1/losses",
        "What the loss of any one flight or machine would do",
        &[FROM, TO, AS_OF, SLIP],
        Clock::Said,
        margins::losses,
    ),
    facts(
        "/api/v1/findings",
        "Which flight rules are broken",
        &[
            FROM,
            TO,
            param("severity", Kind::Word(&["must", "should", "info"]), "Only as grave as this"),
            SLIP,
        ],
        Clock::Said,
        margins::findings,
    ),
    facts(
        "/api/v1/rules",
        "The flight rules, and how they stand in a span",
        &[FROM, TO],
        Clock::Said,
        margins::rules,
    ),
    facts("/api/v1/openapi.json", "All of this for programs", &[], Clock::Said, openapi::answer),
    act(Verb::Get, "/api/v1/plans", "The plans that are held", Right::Read, &[], act::plans),
    act(
        Verb::Post,
        "/api/v1/plans",
        "Have a plan made",
        Right::Plan,
        &["kind", "from", "days", "iterations", "seed", "keep", "edits"],
        act::make_plan,
    ),
    act(Verb::Get, "/api/v1/plans/{id}", "One plan", Right::Read, &[], act::plan),
    Route {
        verb: Verb::Get,
        path: "/api/v1/plans/{id}/ics",
        about: "One plan as iCalendar",
        params: &[param("crew", Kind::Text, "Only what this person does, by id")],
        body: &[],
        right: Right::Read,
        answer: Answer::Act(act::ics),
    },
    act(
        Verb::Post,
        "/api/v1/plans/{id}/verdict",
        "What edits would break, mend and move",
        Right::Read,
        &["edits"],
        act::verdict,
    ),
    Route {
        verb: Verb::Get,
        path: "/api/v1/plans/{id}/nearest",
        about: "The nearest times at which an activity breaks nothing",
        params: &[param("activity", Kind::Text, "Id of an activity of the plan")],
        body: &[],
        right: Right::Read,
        answer: Answer::Act(act::nearest),
    },
    act(Verb::Get, "/api/v1/jobs/{id}", "A plan in the making", Right::Read, &[], act::job),
    act(Verb::Delete, "/api/v1/jobs/{id}", "Stop making a plan", Right::Plan, &[], act::stop_job),
    at_node(
        Verb::Get,
        "/api/v1/shares",
        "What each partner had of each pool, and barters",
        (Right::Read, &[FROM, TO, AS, PLAN], &[]),
        partners::shares,
    ),
    at_node(
        Verb::Get,
        "/api/v1/changes",
        "All change requests, and who has said what",
        (Right::Read, &[AS], &[]),
        partners::changes,
    ),
    at_node(
        Verb::Post,
        "/api/v1/changes",
        "Ask for a change of the baseline, or see what would come of it",
        (Right::Propose, &[AS], &["why", "urgency", "increment", "product", "plan", "edits", "dry_run"]),
        partners::ask::ask,
    ),
    at_node(
        Verb::Get,
        "/api/v1/changes/{id}",
        "One change request, what it would do, and what may be said of it",
        (Right::Read, &[AS], &[]),
        partners::change,
    ),
    at_node(
        Verb::Post,
        "/api/v1/changes/{id}/words",
        "Say something of a change request for a centre",
        (Right::Speak, &[AS], &["say", "text", "body", "decision"]),
        partners::words::words,
    ),
    at_node(
        Verb::Get,
        "/api/v1/journal",
        "The latest records of the journals",
        (
            Right::Read,
            &[
                AS,
                param("centre", Kind::Text, "Only by this centre"),
                param("last", Kind::Whole(1, 1_000), "So many of the latest"),
            ],
            &[],
        ),
        partners::journal,
    ),
    at_node(
        Verb::Get,
        "/api/v1/journal/state",
        "How the journals stand, centre by centre",
        (Right::Read, &[AS], &[]),
        partners::state,
    ),
    act(Verb::Get, "/api/v1/stream", "What changes, as it changes", Right::Read, &[], act::stream),
    act(Verb::Get, "/api/v1/session", "Who is signed in", Right::Open, &[], act::session),
    act(Verb::Post, "/api/v1/session", "Sign in", Right::Open, &["name", "password"], act::sign_in),
    act(Verb::Delete, "/api/v1/session", "Sign out", Right::Open, &[], act::sign_out),
    #[cfg(feature = "oidc")]
    Route {
        verb: Verb::Get,
        path: sign_in::START,
        about: "Sign in at the centre's identity provider: sends the browser there",
        params: &[param("next", Kind::Text, "A path of the console to come back to")],
        body: &[],
        right: Right::Open,
        answer: Answer::Sends(sign_in::start, Strange::Refused),
    },
    #[cfg(feature = "oidc")]
    Route {
        verb: Verb::Get,
        path: BACK,
        about: "Where the identity provider sends the browser back to",
        params: &[
            param("code", Kind::Text, "What the identity provider gives"),
            param("state", Kind::Text, "What it was given"),
            param("iss", Kind::Text, "Which provider it is"),
            param("error", Kind::Text, "Why it gives no code"),
        ],
        body: &[],
        right: Right::Open,
        answer: Answer::Sends(sign_in::callback, Strange::Ignored),
    },
    act(Verb::Get, "/healthz", "Whether the server answers", Right::Open, &[], act::healthz),
    act(Verb::Get, "/metrics", "How the server does, for Prometheus", Right::Operate, &[], act::metrics),
];
