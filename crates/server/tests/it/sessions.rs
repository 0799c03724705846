//! Accounts, sessions, and what each may.

use std::net::SocketAddr;

use record::PartnerId;
use server::{Accounts, Rate, Role, Running};

use crate::client::{Response, ask, first_station, get, post, settings, start};

const PASSWORD: &str = "a long enough password";

/// A server with an account of each role at two partners.
fn with_accounts() -> Running {
    let (book, digest) = first_station();
    let partners: Vec<PartnerId> = book.partners.iter().map(|partner| partner.id.clone()).collect();
    let mut accounts = Accounts::default();
    for (index, partner) in [&partners[0], partners.last().unwrap_or(&partners[0])].into_iter().enumerate() {
        for role in
            [Role::Viewer, Role::Planner, Role::FlightDirector, Role::BoardMember, Role::Administrator]
        {
            let name = format!("{role}-{index}");
            accounts.add(&name, partner.clone(), role, PASSWORD).expect("it is sound");
        }
    }
    let mut settings = settings();
    settings.accounts = accounts;
    settings.limits.sign_in = Rate { per_s: 1e3, burst: 1e3 };
    start((book, digest), settings)
}

fn sign_in(address: SocketAddr, name: &str, password: &str) -> Response {
    let body = serde_json::json!({"name": name, "password": password}).to_string();
    post(address, "/api/v1/session", &body)
}

/// The cookie of somebody who signed in.
fn cookie(address: SocketAddr, name: &str) -> String {
    let response = sign_in(address, name, PASSWORD);
    assert_eq!(response.status, 200, "{}", response.json());
    let set = response.header("set-cookie").expect("it sets a cookie");
    format!("Cookie: {}", set.split(';').next().expect("it has a value"))
}

#[test]
fn whoever_signs_in_reads_until_they_sign_out() {
    let running = with_accounts();
    let address = running.address;
    let stranger = get(address, "/api/v1/rules");
    assert_eq!((stranger.status, stranger.problem().1.as_str()), (401, "session"));
    let signed_in = sign_in(address, "viewer-0", PASSWORD);
    let json = signed_in.json();
    assert_eq!((json["name"].as_str(), json["role"].as_str()), (Some("viewer-0"), Some("viewer")));
    let set = signed_in.header("set-cookie").expect("it sets a cookie");
    for part in ["HttpOnly", "SameSite=Strict", "Path=/", "Max-Age="] {
        assert!(set.contains(part), "{set}");
    }
    assert_eq!(signed_in.header("cache-control"), Some("no-store"));
    let token = set.split(';').next().and_then(|pair| pair.strip_prefix("cupola=")).expect("it is ours");
    assert_eq!(token.len(), 64, "256 bits");
    let cookie = format!("Cookie: other=1; cupola={token}");
    assert_eq!(ask(address, "GET", "/api/v1/rules", &[&cookie], "").status, 200);
    assert_eq!(ask(address, "GET", "/api/v1/session", &[&cookie], "").json()["name"], "viewer-0");
    let out = ask(address, "DELETE", "/api/v1/session", &[&cookie, "X-Cupola: 1"], "");
    assert!(out.header("set-cookie").is_some_and(|set| set.contains("Max-Age=0")));
    assert_eq!(ask(address, "GET", "/api/v1/rules", &[&cookie], "").status, 401);
    assert_eq!(get(address, "/healthz").status, 200, "who watches the server needs no account");
}

#[test]
fn a_wrong_name_and_a_wrong_password_are_told_alike() {
    let running = with_accounts();
    let wrong_name = sign_in(running.address, "nobody", PASSWORD);
    let wrong_password = sign_in(running.address, "viewer-0", "another long password");
    assert_eq!((wrong_name.status, wrong_password.status), (401, 401));
    assert_eq!(wrong_name.body, wrong_password.body);
    assert!(wrong_name.header("set-cookie").is_none());
}

#[test]
fn guessing_is_slowed() {
    let mut settings = settings();
    let (book, digest) = first_station();
    let partner = book.partners.iter().next().expect("it has partners").id.clone();
    settings.accounts.add("a", partner, Role::Viewer, PASSWORD).expect("it is sound");
    settings.limits.sign_in = Rate { per_s: 0.001, burst: 2.0 };
    let running = start((book, digest), settings);
    let guesses: Vec<u16> =
        (0..3).map(|_| sign_in(running.address, "a", "not the right password").status).collect();
    assert_eq!(guesses, [401, 401, 429]);
    assert_eq!(sign_in(running.address, "a", PASSWORD).status, 429, "not even the right one goes faster");
}

#[test]
fn another_site_changes_nothing() {
    let running = with_accounts();
    let address = running.address;
    let cookie = cookie(address, "planner-0");
    let json = "Content-Type: application/json";
    let own = format!("Origin: http://{address}");
    for (headers, place) in [
        (vec![cookie.as_str(), json], "header.X-Cupola"),
        (vec![cookie.as_str(), json, "X-Cupola: 1", "Origin: http://evil.example"], "header.Origin"),
        (vec![cookie.as_str(), json, "X-Cupola: 1", "Origin: null"], "header.Origin"),
        (vec![cookie.as_str(), json, "X-Cupola: 1", "Sec-Fetch-Site: cross-site"], "header.Sec-Fetch-Site"),
    ] {
        let response = ask(address, "POST", "/api/v1/plans", &headers, "{\"kind\": \"week\"}");
        assert_eq!((response.status, response.problem().1.as_str()), (403, place), "{headers:?}");
    }
    let ours = [cookie.as_str(), json, "X-Cupola: 1", own.as_str(), "Sec-Fetch-Site: same-origin"];
    assert_eq!(ask(address, "POST", "/api/v1/plans", &ours, "{\"kind\": \"week\"}").status, 202);
}

#[test]
fn each_role_may_what_it_may() {
    let running = with_accounts();
    let address = running.address;
    for (role, plans, operates) in [
        ("viewer-0", false, false),
        ("planner-0", true, false),
        ("flight-director-0", true, false),
        ("board-member-0", false, false),
        ("administrator-0", false, true),
    ] {
        let cookie = cookie(address, role);
        let asked = [cookie.as_str(), "X-Cupola: 1", "Content-Type: application/json"];
        let made = ask(address, "POST", "/api/v1/plans", &asked, "{\"kind\": \"week\", \"iterations\": 1}");
        assert_eq!(made.status, if plans { 202 } else { 403 }, "{role}");
        let metrics = ask(address, "GET", "/metrics", &[&cookie], "");
        assert_eq!(metrics.status, if operates { 200 } else { 403 }, "{role}");
        assert_eq!(ask(address, "GET", "/api/v1/rules", &[&cookie], "").status, 200, "{role}");
    }
}

#[test]
fn a_planner_stops_the_work_of_their_own_partner_only() {
    let running = with_accounts();
    let address = running.address;
    let [own, other, director] =
        ["planner-0", "planner-1", "flight-director-1"].map(|name| cookie(address, name));
    let asked = |cookie: &str| {
        [cookie.to_owned(), "X-Cupola: 1".to_owned(), "Content-Type: application/json".to_owned()]
    };
    let send = |verb: &str, path: &str, cookie: &str, body: &str| {
        let headers = asked(cookie);
        let headers: Vec<&str> = headers.iter().map(String::as_str).collect();
        ask(address, verb, path, &headers, body)
    };
    let job = send("POST", "/api/v1/plans", &own, "{\"kind\": \"week\"}").json();
    let path = format!("/api/v1/jobs/{}", job["id"].as_str().expect("it has an id"));
    assert_eq!(send("DELETE", &path, &other, "").status, 403);
    assert_eq!(send("DELETE", &path, &director, "").status, 202);
    assert_eq!(send("DELETE", &path, &own, "").status, 202);
}
