//! Signing in at an identity provider, and each way of doing so wrongly.

mod provider;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use server::{Claim, Identity, Oidc, OidcError, Rate, Role, Running, Settings};

use self::provider::{CLIENT, Fault, NOW_S, Provider, SECRET, Signed};
use crate::client::{Response, ask, first_station, get, post, settings, start};

const PASSWORD: &str = "a long enough password";
const START: &str = "/api/v1/session/oidc";

/// The file that names a provider, with its secret beside it, in a folder of its own.
fn file(issuer: &str, more: &str) -> PathBuf {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("oidc-{number}"));
    std::fs::create_dir_all(&folder).expect("there is a folder");
    write_secret(&folder.join("secret"), 0o600);
    let path = folder.join("oidc.toml");
    let text = format!(
        "issuer = \"{issuer}\"\nclient_id = \"{CLIENT}\"\nclient_secret_file = \"secret\"\nname = \"The centre\"\n{more}\n"
    );
    std::fs::write(&path, text).expect("it is written");
    path
}

fn write_secret(path: &std::path::Path, mode: u32) {
    use std::os::unix::fs::PermissionsExt;
    std::fs::write(path, format!("{SECRET}\n")).expect("it is written");
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("it has a mode");
}

/// A server where Lena is known by her subject, planners by their group, and Max by his password.
fn served_as(issuer: &str, change: impl FnOnce(&mut Settings)) -> Running {
    let (book, digest) = first_station();
    let partner = book.partners.iter().next().expect("it has partners").id.clone();
    let mut settings = settings();
    for (name, role, claim) in [
        ("lena", Role::BoardMember, Claim::Subject("s-lena".to_owned())),
        ("planners", Role::Planner, Claim::Group("cupola-planners".to_owned())),
    ] {
        let identity = Identity { issuer: issuer.to_owned(), claim };
        settings.accounts.add_identity(name, partner.clone(), role, identity).expect("it is sound");
    }
    settings.accounts.add("max", partner, Role::Viewer, PASSWORD).expect("it is sound");
    settings.limits.sign_in = Rate { per_s: 1e3, burst: 1e3 };
    settings.oidc = Some(Oidc::read(&file(issuer, "")).expect("it is sound"));
    change(&mut settings);
    start((book, digest), settings)
}

fn served(provider: &Provider) -> Running {
    served_as(&provider.issuer(), |_| {})
}

/// The value of a cookie that a response sets, as a request sends it.
fn cookie(response: &Response, name: &str) -> Option<String> {
    let set = response.headers_named("set-cookie");
    let ours = set.into_iter().find(|set| set.starts_with(&format!("{name}=")))?;
    Some(format!("Cookie: {}", ours.split(';').next().unwrap_or_default()))
}

/// A sign-in that has begun: where the browser is sent, and with which cookie it is to come back.
fn begun(server: SocketAddr) -> (String, String) {
    let response = get(server, &format!("{START}?next=/plan%3Fat%3Dnow"));
    assert_eq!(response.status, 303, "{}", String::from_utf8_lossy(&response.body));
    let location = response.header("location").expect("it sends on").to_owned();
    (location, cookie(&response, "cupola-oidc").expect("it sets a cookie"))
}

/// Comes back to where the provider sends the browser.
fn back(server: SocketAddr, location: &str, cookie: &str) -> Response {
    let path = location.strip_prefix(&format!("http://{server}")).expect("it is sent to this server");
    ask(server, "GET", path, &[cookie], "")
}

/// A whole sign-in.
fn signed_in(server: SocketAddr, provider: &Provider) -> Response {
    let (location, cookie) = begun(server);
    back(server, &provider.agree(&location), &cookie)
}

/// Nobody is let in, for this reason, and a password still opens the server.
fn assert_refused(server: SocketAddr, response: &Response, status: u16, why: &str) {
    let (what, _, _) = response.problem();
    assert_eq!(response.status, status, "{what}");
    assert!(what.contains(why), "`{what}` is not about `{why}`");
    assert!(response.header("set-cookie").is_none(), "no session begins");
    assert!(!String::from_utf8_lossy(&response.body).contains(SECRET));
    let body = json!({"name": "max", "password": PASSWORD}).to_string();
    assert_eq!(post(server, "/api/v1/session", &body).status, 200, "passwords go on working");
}

#[test]
fn oidc_whoever_is_listed_signs_in() {
    let provider = Provider::start();
    let running = served(&provider);
    let server = running.address;
    let offered = get(server, "/api/v1/session").json();
    assert_eq!(offered["oidc"], json!({"name": "The centre", "start": START}));
    let (location, tie) = begun(server);
    assert!(location.starts_with(&format!("{}/authorize?", provider.issuer())), "{location}");
    let response = back(server, &provider.agree(&location), &tie);
    assert_eq!(response.status, 303, "{}", String::from_utf8_lossy(&response.body));
    assert_eq!(response.header("location"), Some(format!("http://{server}/plan?at=now").as_str()));
    assert_eq!(response.header("cache-control"), Some("no-store"));
    assert_eq!(response.header("x-frame-options"), Some("DENY"));
    let set = response.headers_named("set-cookie");
    let session = set.iter().find(|set| set.starts_with("cupola=")).expect("a session begins");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/;"] {
        assert!(session.contains(part), "{session}");
    }
    assert!(set.iter().any(|set| set.starts_with("cupola-oidc=;") && set.contains("Max-Age=0")), "{set:?}");
    let session = cookie(&response, "cupola").expect("a session begins");
    let json = ask(server, "GET", "/api/v1/session", &[&session], "").json();
    assert_eq!((json["name"].as_str(), json["role"].as_str()), (Some("lena"), Some("board-member")));
    assert_eq!(ask(server, "GET", "/api/v1/rules", &[&session], "").status, 200);
    ask(server, "DELETE", "/api/v1/session", &[&session, "X-Cupola: 1"], "");
    assert_eq!(ask(server, "GET", "/api/v1/rules", &[&session], "").status, 401);
}

#[test]
fn oidc_the_way_out_is_tied_to_the_browser() {
    let provider = Provider::start();
    let running = served(&provider);
    let response = get(running.address, START);
    let set = response.header("set-cookie").expect("it sets a cookie");
    for part in ["HttpOnly", "SameSite=Lax", "Path=/api/v1/session/oidc/callback", "Max-Age=600"] {
        assert!(set.contains(part), "{set}");
    }
    let (value, location) = (set.split(['=', ';']).nth(1), response.header("location"));
    assert!(!location.expect("it sends on").contains(value.expect("it has a value")), "it stays here");
}

#[test]
fn oidc_a_group_is_of_several_people() {
    let provider = Provider::start();
    let running = served(&provider);
    provider.claim("sub", json!("s-eva"));
    provider.claim("groups", json!(["staff", "cupola-planners"]));
    let response = signed_in(running.address, &provider);
    let session = cookie(&response, "cupola").expect("a session begins");
    let json = ask(running.address, "GET", "/api/v1/session", &[&session], "").json();
    assert_eq!((json["name"].as_str(), json["role"].as_str()), (Some("planners:s-eva"), Some("planner")));
}

#[test]
fn oidc_a_secret_goes_in_the_form_where_the_provider_wants_it_there() {
    let provider = Provider::start();
    provider.say("token_endpoint_auth_methods_supported", json!(["client_secret_post"]));
    let running = served(&provider);
    assert_eq!(signed_in(running.address, &provider).status, 303);
}

#[test]
fn oidc_keys_change_and_old_ones_count_no_longer() {
    let provider = Provider::start();
    let running = served(&provider);
    let server = running.address;
    assert_eq!(signed_in(server, &provider).status, 303);
    let (location, tie) = begun(server);
    provider.rotate();
    // Who was on the way meanwhile is let in by the new key.
    assert_eq!(back(server, &provider.agree(&location), &tie).status, 303);
    // The old one, which is shown no longer.
    let (location, tie) = begun(server);
    provider.sign_with_the_withdrawn_key();
    assert_refused(
        server,
        &back(server, &provider.agree(&location), &tie),
        403,
        "none of the provider's keys",
    );
}

#[test]
fn oidc_a_way_back_is_good_once_in_one_browser() {
    let provider = Provider::start();
    let running = served(&provider);
    let server = running.address;
    let (location, tie) = begun(server);
    let (other_location, other_tie) = begun(server);
    let sent = provider.agree(&location);
    let strange = "not the way back";
    // Another browser, and no browser at all.
    assert_refused(server, &back(server, &sent, &other_tie), 400, strange);
    assert_refused(server, &back(server, &sent, "Cookie: cupola-oidc="), 400, strange);
    assert_refused(server, &back(server, &sent, "Accept: */*"), 400, strange);
    // Another state, and none.
    let state = sent.split("state=").nth(1).and_then(|rest| rest.split('&').next()).expect("it has one");
    assert_refused(server, &back(server, &sent.replace(state, "x"), &tie), 400, strange);
    assert_refused(server, &back(server, &sent.replace("state=", "s="), &tie), 400, strange);
    assert!(!provider.asked().iter().any(|path| path == "/token"), "no code was handed over");
    // The right one, once.
    assert_eq!(back(server, &sent, &tie).status, 303);
    assert_refused(server, &back(server, &sent, &tie), 400, strange);
    // The code of one way on another.
    let code = sent.split("code=").nth(1).and_then(|rest| rest.split('&').next()).expect("it has one");
    let other = provider.agree(&other_location);
    let other_code = other.split("code=").nth(1).and_then(|rest| rest.split('&').next()).expect("it has one");
    let replayed = back(server, &other.replace(other_code, code), &other_tie);
    assert_refused(server, &replayed, 403, "invalid_grant");
}

#[test]
fn oidc_a_stolen_code_is_worth_nothing_without_the_verifier() {
    let provider = Provider::start();
    let running = served(&provider);
    let server = running.address;
    let (victim, _) = begun(server);
    let (location, tie) = begun(server);
    let stolen = provider.agree(&victim);
    let stolen = stolen.split("code=").nth(1).and_then(|rest| rest.split('&').next()).expect("it has one");
    let sent = provider.agree(&location);
    let own = sent.split("code=").nth(1).and_then(|rest| rest.split('&').next()).expect("it has one");
    let response = back(server, &sent.replace(own, stolen), &tie);
    assert_refused(server, &response, 403, "invalid_grant");
}

#[test]
fn oidc_a_token_that_says_something_else_lets_nobody_in() {
    for (name, value, why) in [
        ("nonce", json!("x"), "its nonce"),
        ("aud", json!("another"), "its audience"),
        ("iss", json!("https://evil.example"), "its issuer"),
        ("exp", json!(NOW_S - 600), "no longer valid"),
        ("iat", json!(NOW_S + 600), "not valid yet"),
        ("sub", json!("s-mallory"), "no account here"),
        ("sub", Value::Null, "no subject"),
    ] {
        let provider = Provider::start();
        let running = served(&provider);
        provider.claim(name, value);
        assert_refused(running.address, &signed_in(running.address, &provider), 403, why);
    }
}

#[test]
fn oidc_a_token_signed_otherwise_lets_nobody_in() {
    for (signed, why) in [
        (Signed::None, "its algorithm"),
        (Signed::Hs256, "its algorithm"),
        (Signed::Forged, "its signature"),
        (Signed::Unknown, "none of the provider's keys"),
    ] {
        let provider = Provider::start();
        let running = served(&provider);
        provider.sign(signed);
        assert_refused(running.address, &signed_in(running.address, &provider), 403, why);
    }
}

#[test]
fn oidc_nobody_is_sent_elsewhere_after_it() {
    let provider = Provider::start();
    let running = served(&provider);
    for next in [
        "https://evil.example",
        "//evil.example",
        "/%5Cevil.example",
        "/%09/evil.example",
        "plan",
        "%0d%0aX:y",
    ] {
        let response = get(running.address, &format!("{START}?next={next}"));
        assert_eq!((response.status, response.problem().1.as_str()), (400, "query.next"), "{next}");
    }
    let response = get(running.address, &format!("{START}?return=/plan"));
    assert_eq!((response.status, response.problem().1.as_str()), (400, "query.return"));
    let cross = ask(running.address, "GET", START, &["Sec-Fetch-Site: cross-site"], "");
    assert_eq!((cross.status, cross.problem().1.as_str()), (403, "header.Sec-Fetch-Site"));
}

#[test]
fn oidc_a_provider_that_answers_wrongly_is_told_of() {
    for (path, fault, why) in [
        ("/token", Fault::IsTooLong, "longer than"),
        ("/token", Fault::SendsOn, "status 302"),
        ("/token", Fault::Fails, "status 500"),
        ("/token", Fault::IsNoJson, "not JSON"),
        ("/keys", Fault::SendsOn, "status 302"),
        ("/keys", Fault::IsTooLong, "longer than"),
    ] {
        let provider = Provider::start();
        let running = served(&provider);
        provider.fail(path, fault);
        assert_refused(running.address, &signed_in(running.address, &provider), 502, why);
        assert!(!provider.asked().iter().any(|path| path == "/elsewhere"), "nobody is followed");
    }
    for fault in [Fault::IsTooLong, Fault::SendsOn, Fault::Fails, Fault::IsNoJson] {
        let provider = Provider::start();
        let running = served(&provider);
        provider.fail("/.well-known/openid-configuration", fault);
        assert_refused(running.address, &get(running.address, START), 502, "cannot be asked");
    }
}

#[test]
fn oidc_a_provider_that_hangs_is_left() {
    for path in ["/token", "/keys"] {
        let provider = Provider::start();
        let running = served_as(&provider.issuer(), |settings| {
            settings.oidc = settings.oidc.take().map(|oidc| oidc.within(Duration::from_secs(2)));
        });
        provider.fail(path, Fault::Hangs);
        assert_refused(running.address, &signed_in(running.address, &provider), 502, "within 2 s");
    }
}

#[test]
fn oidc_a_provider_that_is_down_or_another_is_told_of() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr());
    let closed = closed.expect("there is a port");
    let running = served_as(&format!("http://{closed}"), |_| {});
    assert_refused(running.address, &get(running.address, START), 502, "cannot be asked");
    for (name, value) in [
        ("issuer", json!("https://evil.example")),
        ("code_challenge_methods_supported", json!(["plain"])),
        ("token_endpoint", json!("http://evil.example/token")),
    ] {
        let provider = Provider::start();
        provider.say(name, value);
        let running = served(&provider);
        assert_refused(running.address, &get(running.address, START), 502, "cannot be asked");
    }
}

#[test]
fn oidc_the_answer_of_another_provider_is_not_taken() {
    let provider = Provider::start();
    provider.say("authorization_response_iss_parameter_supported", json!(true));
    let running = served(&provider);
    let server = running.address;
    for (more, status) in [
        (String::new(), 403),
        ("&iss=https%3A%2F%2Fevil.example".to_owned(), 403),
        (format!("&iss={}", provider.issuer()), 303),
    ] {
        let (location, tie) = begun(server);
        let sent = format!("{}{more}", provider.agree(&location));
        assert_eq!(back(server, &sent, &tie).status, status, "{more}");
    }
    let (location, tie) = begun(server);
    let sent = provider.agree(&location);
    let refused = sent.replacen("code=code", "error=access_denied&x=code", 1);
    let refused = format!("{refused}&iss={}", provider.issuer());
    assert_refused(server, &back(server, &refused, &tie), 403, "access_denied");
}

#[test]
fn oidc_attempts_are_counted_with_those_of_passwords() {
    let provider = Provider::start();
    let running = served_as(&provider.issuer(), |settings| {
        settings.limits.sign_in = Rate { per_s: 0.001, burst: 2.0 };
    });
    let server = running.address;
    assert_eq!((get(server, START).status, get(server, START).status), (303, 303));
    assert_eq!(get(server, START).status, 429);
    let body = json!({"name": "max", "password": PASSWORD}).to_string();
    assert_eq!(post(server, "/api/v1/session", &body).status, 429);
}

#[test]
fn oidc_a_server_that_cannot_let_anybody_in_does_not_start() {
    let provider = Provider::start();
    let read = |path: &PathBuf| Oidc::read(path).expect("it is sound");
    let path = file(&provider.issuer(), "");
    let (book, digest) = first_station();
    // Nobody is listed.
    let nobody = Settings { oidc: Some(read(&path)), ..settings() };
    assert!(server::start(book, digest, nobody).is_err());
    // Others can read the secret.
    write_secret(&path.with_file_name("secret"), 0o640);
    assert!(matches!(Oidc::read(&path), Err(OidcError::Open(_))));
    for (issuer, more) in [
        ("http://id.example.org", ""),
        ("https://id.example.org?x=y", ""),
        ("http://127.0.0.1:1", "origin = \"http://plan.example.org\""),
        ("http://127.0.0.1:1", "origin = \"https://plan.example.org/path\""),
        ("http://127.0.0.1:1", "client_secret = \"in the wrong place\""),
    ] {
        let read = Oidc::read(&file(issuer, more));
        assert!(matches!(read, Err(OidcError::Damaged { .. })), "{issuer} {more}: {read:?}");
        assert!(
            !read.is_err_and(|error| error.to_string().contains("in the wrong place")),
            "a secret is told"
        );
    }
    let read = read(&file("http://127.0.0.1:1", "origin = \"https://plan.example.org/\""));
    assert!(!format!("{read:?}").contains(SECRET), "no secret is shown by accident");
}

#[test]
fn oidc_without_a_provider_says_so() {
    let running = start(first_station(), settings());
    for path in [START, "/api/v1/session/oidc/callback?code=x&state=y"] {
        let response = get(running.address, path);
        assert_eq!((response.status, response.problem().1.as_str()), (404, "server"), "{path}");
    }
    assert_eq!(get(running.address, "/api/v1/session").json()["oidc"], Value::Null);
}
