//! What is said when something is wrong: what, where, how to mend it.

use axum::body::Body;
use axum::http::{HeaderValue, Response, StatusCode, header};
use desk::DeskError;
use facts::{FactsError, Mend};
use serde_json::json;

/// Why a request has no answer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) what: String,
    /// Where in the request, such as `query.from`.
    pub(crate) place: String,
    pub(crate) mend: String,
    /// Names one of the server's own faults in its log.
    pub(crate) id: Option<String>,
    /// When to come again, seconds.
    pub(crate) retry_s: Option<u32>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, what: impl Into<String>, place: impl Into<String>) -> Self {
        Self { status, what: what.into(), place: place.into(), mend: String::new(), id: None, retry_s: None }
    }

    pub(crate) fn bad(what: impl Into<String>, place: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, what, place)
    }

    pub(crate) fn mend(mut self, mend: impl Into<String>) -> Self {
        self.mend = mend.into();
        self
    }

    /// The same, to be tried again after so many seconds.
    pub(crate) fn retry(mut self, seconds: u32) -> Self {
        self.retry_s = Some(seconds);
        self
    }

    /// One of the server's own faults; `id` stands beside it in the log.
    pub(crate) fn own_fault(id: String) -> Self {
        let mut problem =
            Self::new(StatusCode::INTERNAL_SERVER_ERROR, "the server has a fault of its own", "server")
                .mend("tell whoever runs it this id; it stands in the log");
        problem.id = Some(id);
        problem
    }

    pub(crate) fn response(&self) -> Response<Body> {
        let mut body = json!({"what": self.what, "where": self.place, "mend": self.mend});
        if let (Some(id), Some(fields)) = (&self.id, body.as_object_mut()) {
            fields.insert("id".to_owned(), json!(id));
        }
        let mut response = Response::new(Body::from(body.to_string()));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        if let Some(seconds) = self.retry_s {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        response
    }
}

impl From<FactsError> for Problem {
    fn from(error: FactsError) -> Self {
        match &error {
            FactsError::Refused(refusal) => {
                let mend = match &refusal.mend {
                    Mend::Told => "see docs/api.md for what this parameter may be".to_owned(),
                    Mend::Words(words) => words.clone(),
                    Mend::Say(field, value) if value.is_empty() => format!("say `{field}` as well"),
                    Mend::Say(field, value) => format!("say `{field}` of {value}"),
                };
                Self::bad(refusal.what.clone(), format!("query.{}", refusal.field)).mend(mend)
            }
            FactsError::Time(_) => Self::bad(error.to_string(), "query")
                .mend("write times as 2026-05-30T12:00:00Z or 2026/150 12:00"),
            FactsError::Sky(_)
            | FactsError::Orbit(_)
            | FactsError::Forecast(_)
            | FactsError::Schedule(_)
            | FactsError::Profile(_) => {
                Self::new(StatusCode::UNPROCESSABLE_ENTITY, error.to_string(), "query")
                    .mend("ask for another time; /api/v1/book says what the book knows and until when")
            }
        }
    }
}

impl From<DeskError> for Problem {
    fn from(error: DeskError) -> Self {
        let of = |status, place: &str| Self::new(status, error.to_string(), place);
        match &error {
            DeskError::Unknown { .. } => {
                of(StatusCode::NOT_FOUND, "path.id").mend("GET /api/v1/changes lists all that there are")
            }
            DeskError::Several { .. } => of(StatusCode::CONFLICT, "path.id").mend("say its digest"),
            DeskError::Refused { .. } => of(StatusCode::CONFLICT, "body")
                .mend("GET /api/v1/changes/{id} says what this centre may say, and why not"),
            DeskError::Product(_) => of(StatusCode::UNPROCESSABLE_ENTITY, "body.product")
                .mend("GET /api/v1/plans lists the plans of the baseline"),
            DeskError::Content(_) => of(StatusCode::UNPROCESSABLE_ENTITY, "body")
                .mend("say in `plan` or `edits` what is to be otherwise than it is"),
            DeskError::Faulty(_) | DeskError::Impact(_) => {
                of(StatusCode::UNPROCESSABLE_ENTITY, "body").mend("mend what it names, and ask again")
            }
            DeskError::Node(_)
            | DeskError::Files(_)
            | DeskError::NoText(_)
            | DeskError::Write { .. }
            | DeskError::Founding { .. }
            | DeskError::Damaged { .. } => of(StatusCode::SERVICE_UNAVAILABLE, "server")
                .mend("whoever runs the server looks at the node with `cupola journal verify`"),
        }
    }
}
