//! What holds for every request: the name it comes by, how often, how long, the headers of its answer, its line in the log.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, Uri, header};
use http_body::Body as _;
use hyper::body::Incoming;
use tower_service::Service;

use crate::app::App;
use crate::handle::{Answered, Peer};
use crate::problem::Problem;

static NUMBER: AtomicU64 = AtomicU64::new(1);

/// Nothing from elsewhere, nothing inline, in no other page.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(self)"),
];

/// Answers one request, whatever happens on the way.
pub(crate) async fn guarded(
    app: Arc<App>,
    mut router: Router,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<Body>, Infallible> {
    let began = Instant::now();
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let mut request = request.map(Body::new);
    request.extensions_mut().insert(Peer(peer.ip()));
    let line = (!app.settings.log.is_quiet())
        .then(|| format!("method={} path={}", request.method(), quoted(told(request.uri()))));
    let admitted = admit(&app, request.headers(), peer);
    let mut response = match admitted {
        Err(problem) => problem.response(),
        Ok(()) => {
            // A task of its own: a panic on the way ends it and nothing else.
            let work = tokio::spawn(async move { router.call(request).await });
            let stopper = work.abort_handle();
            match tokio::time::timeout(app.settings.limits.time, work).await {
                Ok(Ok(Ok(response))) => response,
                Ok(Ok(Err(never))) => match never {},
                Ok(Err(_)) => app.own_fault().response(),
                Err(_) => {
                    stopper.abort();
                    let seconds = app.settings.limits.time.as_secs();
                    Problem::new(
                        StatusCode::GATEWAY_TIMEOUT,
                        format!("it took longer than {seconds} s"),
                        "server",
                    )
                    .mend("ask for a shorter span, or ask again: what was begun may be there by then")
                    .response()
                }
            }
        }
    };
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    let took_s = began.elapsed().as_secs_f64();
    let answered = response.extensions_mut().remove::<Answered>();
    let route = answered.as_ref().map_or("other", |answered| answered.route);
    app.metrics.answered(route, response.status().as_u16(), took_s);
    if let Some(line) = line {
        let who = answered.map_or_else(|| "-".to_owned(), |answered| answered.who);
        let bytes = response.body().size_hint().exact().unwrap_or(0);
        let status = response.status().as_u16();
        app.settings.log.line(format!(
            "time={} level=info request={number} peer={} who={who} {line} status={status} bytes={bytes} ms={:.1}",
            app.now(),
            peer.ip(),
            took_s * 1e3
        ));
    }
    Ok(response)
}

/// What the log tells of an address: an identity provider puts codes behind the question mark, which are secret.
fn told(uri: &Uri) -> &str {
    if uri.path().starts_with("/api/v1/session") {
        return uri.path();
    }
    uri.path_and_query().map_or("/", |all| all.as_str())
}

fn admit(app: &App, headers: &HeaderMap, peer: SocketAddr) -> Result<(), Problem> {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if app.address.ip().is_loopback() && !is_of_this_machine(host, app.address.port()) {
        // A page elsewhere may give its own name this machine's address.
        return Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "this server does not go by that name",
            "header.Host",
        )
        .mend(format!("use http://{}", app.address)));
    }
    app.take_token(peer.ip())
}

/// Whether a `Host` header names this machine, and the port that the server has.
fn is_of_this_machine(host: &str, port: u16) -> bool {
    let (name, said) = match host.rsplit_once(':') {
        Some((name, said)) if !said.ends_with(']') => (name, said.parse::<u16>().ok()),
        _ => (host, Some(80)),
    };
    said == Some(port) && matches!(name, "127.0.0.1" | "localhost" | "[::1]")
}

/// In quotation marks, with nothing that would break a line of the log.
fn quoted(text: &str) -> String {
    let short: String = text.chars().take(512).collect();
    format!("{short:?}")
}

#[cfg(test)]
mod tests {
    use axum::http::Uri;

    use super::{is_of_this_machine, told};

    #[test]
    fn codes_are_not_logged() {
        for (address, expected) in [
            ("/api/v1/session/oidc/callback?code=secret&state=secret", "/api/v1/session/oidc/callback"),
            ("/api/v1/rules?from=now", "/api/v1/rules?from=now"),
        ] {
            assert_eq!(told(&address.parse::<Uri>().expect("it is an address")), expected);
        }
    }

    #[test]
    fn only_this_machine_s_names_are_known() {
        for (host, expected) in [
            ("127.0.0.1:8080", true),
            ("localhost:8080", true),
            ("[::1]:8080", true),
            ("localhost:8081", false),
            ("localhost", false),
            ("evil.example:8080", false),
            ("127.0.0.1.evil.example:8080", false),
            ("", false),
        ] {
            assert_eq!(is_of_this_machine(host, 8080), expected, "{host}");
        }
        assert!(is_of_this_machine("localhost", 80));
    }
}
