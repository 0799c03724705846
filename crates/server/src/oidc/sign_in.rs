//! The two addresses: one sends a browser to the provider, at the other it comes back.

use std::time::Instant;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::form;
use super::pending::{Asked, LASTS};
use super::provider::{BACK, CodeFault, Provider, word_of};
use super::random;
use crate::act::{begin_session, take_attempt};
use crate::app::App;
use crate::problem::Problem;
use crate::route::{Call, Done};
use crate::session::named;

/// The address that sends a browser to the provider.
pub(crate) const START: &str = "/api/v1/session/oidc";

/// The cookie that ties the way back to the browser of the way out. Unlike the session's it must come along when the provider, another
/// site, sends the browser here: so it is `Lax`, good for one thing, and short-lived.
const COOKIE: &str = "cupola-oidc";

/// Longer addresses are none of the console.
const LONGEST_PATH: usize = 2_048;

/// A code of a provider has some 100 characters, and some have a few thousand.
const LONGEST_CODE: usize = 4_096;

pub(crate) fn start(call: Call) -> Done {
    Box::pin(async move {
        let app = &call.app;
        let provider = provider(app)?;
        refuse_foreign(&call.headers)?;
        let next = local(call.query.text("next").unwrap_or("/"))?;
        take_attempt(app, call.peer)?;
        let metadata = provider.metadata().await.map_err(|why| {
            tell(app, "discovery", &why);
            down("the identity provider cannot be asked")
        })?;
        let chance = || random().map_err(|_| app.own_fault());
        let (nonce, verifier) = (chance()?, chance()?);
        let challenge = URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()));
        let address = metadata.authorization.text().to_owned();
        let asked = Asked { metadata, nonce: nonce.clone(), verifier, next };
        let ties = provider.on_the_way.leave(asked, Instant::now()).map_err(|_| app.own_fault())?;
        let fields = form(&[
            ("response_type", "code"),
            ("client_id", &provider.oidc.client_id),
            ("redirect_uri", &provider.back()),
            ("scope", &provider.oidc.scope),
            ("state", &ties.state),
            ("nonce", &nonce),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
        ]);
        let mark = if address.contains('?') { '&' } else { '?' };
        let mut response = elsewhere(app, &format!("{address}{mark}{fields}"))?;
        set_tie(app, &mut response, &ties.browser, LASTS.as_secs())?;
        Ok(response)
    })
}

pub(crate) fn callback(call: Call) -> Done {
    Box::pin(async move {
        let app = &call.app;
        let provider = provider(app)?;
        let asked = back(provider, &call)?;
        let claims = claims(provider, &asked, &call).await?;
        let found = app.settings.accounts.identified(&provider.oidc.issuer, &claims, &provider.oidc.groups);
        let member = found.map_err(|unlisted| {
            let subject = claims["sub"].as_str().unwrap_or_default();
            tell(app, "account", &format!("{unlisted}, sub {subject}"));
            Problem::new(StatusCode::FORBIDDEN, format!("{unlisted}: your subject is `{subject}`"), "session")
                .mend("whoever runs the server lists you in its accounts; docs/server.md says how")
        })?;
        app.settings.log.line(format!(
            "time={} level=info msg=\"signed in\" who={} by=oidc",
            app.now(),
            member.name
        ));
        let mut response = elsewhere(app, &format!("{}{}", provider.origin, asked.next))?;
        begin_session(app, &call.headers, member, &mut response)?;
        set_tie(app, &mut response, "", 0)?;
        Ok(response)
    })
}

fn provider(app: &App) -> Result<&Provider, Problem> {
    app.provider.as_ref().ok_or_else(|| {
        Problem::new(StatusCode::NOT_FOUND, "this server knows no identity provider", "server")
            .mend("start it with --oidc FILE; until then sign in with name and password")
    })
}

/// What somebody who is back was sent with: it is this browser that left, and it is back for the first time.
fn back(provider: &Provider, call: &Call) -> Result<Asked, Problem> {
    let strange = || {
        Problem::bad("this is not the way back of a sign-in that this browser has begun", "query.state")
            .mend(format!("begin again at {START}: each way back is good once, for ten minutes"))
    };
    let state = call.query.text("state").ok_or_else(strange)?;
    let browser = named(&call.headers, COOKIE).ok_or_else(strange)?;
    provider.on_the_way.back(state, browser, Instant::now()).ok_or_else(strange)
}

async fn claims(provider: &Provider, asked: &Asked, call: &Call) -> Result<Value, Problem> {
    let app = &call.app;
    // RFC 9207: another provider that the browser was lured to cannot pass its answer off as this one's.
    let is_named = match call.query.text("iss") {
        None => !asked.metadata.names_itself,
        Some(named) => named == provider.oidc.issuer,
    };
    if !is_named {
        return Err(Problem::new(
            StatusCode::FORBIDDEN,
            "the answer is of another identity provider",
            "query.iss",
        )
        .mend(format!("begin again at {START}")));
    }
    if let Some(error) = call.query.text("error") {
        let what = format!("the identity provider did not let you in: {}", word_of(error));
        return Err(Problem::new(StatusCode::FORBIDDEN, what, "query.error")
            .mend(format!("begin again at {START}, or sign in with name and password")));
    }
    let code = call.query.text("code").filter(|code| (1..=LONGEST_CODE).contains(&code.len()));
    let code = code.ok_or_else(|| {
        Problem::bad("the identity provider gave no code", "query.code")
            .mend(format!("begin again at {START}"))
    })?;
    provider.claims(code, asked, app.now()).await.map_err(|fault| {
        tell(app, "code", &fault.to_string());
        match &fault {
            CodeFault::Refused(_) | CodeFault::Token(_) => Problem::new(
                StatusCode::FORBIDDEN,
                fault.to_string(),
                "query.code",
            )
            .mend(format!(
                "begin again at {START}; when that does not help, whoever runs the server looks at its log"
            )),
            CodeFault::Web(_) | CodeFault::NoToken | CodeFault::Stopping => down(&fault.to_string()),
        }
    })
}

fn down(what: &str) -> Problem {
    Problem::new(StatusCode::BAD_GATEWAY, what, "server").mend(format!(
        "begin again at {START} in a while, or sign in with name and password; the log says more to whoever runs the server"
    ))
}

/// Another site's page may not use up this browser's attempts.
fn refuse_foreign(headers: &HeaderMap) -> Result<(), Problem> {
    match headers.get("sec-fetch-site").map(HeaderValue::as_bytes) {
        None | Some(b"same-origin" | b"none") => Ok(()),
        Some(_) => Err(Problem::new(
            StatusCode::FORBIDDEN,
            "another site may begin no sign-in",
            "header.Sec-Fetch-Site",
        )
        .mend("begin it in the console of this server, or type its address")),
    }
}

/// A path of this server's console; never the address of anything else.
fn local(next: &str) -> Result<String, Problem> {
    let is_printed = next.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let is_path = next.starts_with('/') && !next.starts_with("//") && !next.starts_with("/api/");
    if is_printed && is_path && next.len() <= LONGEST_PATH {
        Ok(next.to_owned())
    } else {
        Err(Problem::bad("`next` is no path of this console", "query.next").mend("give a path such as /plan"))
    }
}

fn elsewhere(app: &App, address: &str) -> Result<Response<Body>, Problem> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::SEE_OTHER;
    let headers = response.headers_mut();
    headers.insert(header::LOCATION, HeaderValue::from_str(address).map_err(|_| app.own_fault())?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn set_tie(app: &App, response: &mut Response<Body>, value: &str, seconds: u64) -> Result<(), Problem> {
    let secure = app.secure();
    let text = format!("{COOKIE}={value}; Path={BACK}; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    let value = HeaderValue::from_str(&text).map_err(|_| app.own_fault())?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(())
}

fn tell(app: &App, step: &str, why: &str) {
    app.settings.log.line(format!(
        "time={} level=warn msg=\"sign-in at the identity provider failed\" step={step} why={why:?}",
        app.now()
    ));
}

#[cfg(test)]
mod tests {
    use super::local;

    #[test]
    fn whoever_is_back_goes_nowhere_else() {
        for (next, expected) in [
            ("/", true),
            ("/plan?at=2026-06-01T00:00:00Z#crew", true),
            ("/?next=https://evil.example", true),
            ("", false),
            ("plan", false),
            ("//evil.example", false),
            ("/\\evil.example", false),
            ("\\\\evil.example", false),
            ("/\t/evil.example", false),
            ("https://evil.example", false),
            ("javascript:alert(1)", false),
            ("/plan\r\nSet-Cookie: cupola=1", false),
            ("/\u{e9}", false),
            ("/api/v1/session/oidc", false),
        ] {
            assert_eq!(local(next).is_ok(), expected, "{next:?}");
        }
        assert!(local(&format!("/{}", "a".repeat(4_096))).is_err());
    }
}
