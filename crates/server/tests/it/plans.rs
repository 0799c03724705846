//! Plans: made, judged, changed, stopped.

use std::net::SocketAddr;

use serde_json::{Value, json};
use server::{Rate, Role, Running};

use crate::client::{ask, get, iss, of_iss, post, settings, start};
use crate::stream::Listener;

/// Something of the week that may be moved.
fn free(plan: &Value) -> &Value {
    let all = plan["activities"].as_array().expect("it has activities");
    let is_free =
        |one: &&Value| one["hold"] == "free" && one["kind"] == "experiment" && one["crew"][0].is_string();
    all.iter().find(is_free).expect("something is free")
}

#[test]
fn a_verdict_tells_what_breaks_and_keeps_nothing() {
    let address = of_iss();
    let before = get(address, "/api/v1/plans/week");
    assert_eq!(before.status, 200);
    let plan = before.json();
    let activity = free(&plan);
    let night = "2026-06-03T02:00:00Z";
    let body = json!({"edits": [{"do": "move", "id": activity["id"], "to": night}]}).to_string();
    let first = post(address, "/api/v1/plans/week/verdict", &body);
    let verdict = first.json();
    assert_eq!(first.status, 200, "{verdict}");
    let broken = verdict["newly_broken"].as_array().expect("a list").len();
    let asked = verdict["requests"]["newly_broken"].as_array().expect("a list").len();
    assert!(broken + asked > 0, "nobody works at night: {verdict}");
    assert_eq!(verdict["touched"], json!([activity["id"]]));
    assert!(verdict["shares"].as_array().is_some_and(|shares| !shares.is_empty()));
    assert_eq!(
        post(address, "/api/v1/plans/week/verdict", &body).body,
        first.body,
        "asked again it says the same"
    );
    let nothing = post(address, "/api/v1/plans/week/verdict", "{\"edits\": []}").json();
    assert_eq!(nothing["newly_broken"], json!([]));
    assert_eq!(nothing["mended"], json!([]));
    assert_eq!(get(address, "/api/v1/plans/week").body, before.body);
}

#[test]
fn a_plan_is_a_calendar_too() {
    let address = of_iss();
    let plan = get(address, "/api/v1/plans/week").json();
    let all = plan["activities"].as_array().expect("it has activities");
    let whole = get(address, "/api/v1/plans/week/ics");
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("text/calendar; charset=utf-8")));
    let text = String::from_utf8(whole.body.clone()).expect("it is a text");
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"));
    assert_eq!(text.matches("BEGIN:VEVENT").count(), all.len());
    let etag = whole.header("etag").expect("it has an ETag").to_owned();
    let again = ask(address, "GET", "/api/v1/plans/week/ics", &[&format!("If-None-Match: {etag}")], "");
    assert_eq!((again.status, again.body.len()), (304, 0));
    let person = plan["crew"][0]["person"].as_str().expect("somebody is there");
    let own = get(address, &format!("/api/v1/plans/week/ics?crew={person}"));
    let does = |one: &&Value| one["crew"].as_array().is_some_and(|crew| crew.contains(&json!(person)));
    let count = String::from_utf8_lossy(&own.body).matches("BEGIN:VEVENT").count();
    assert_eq!(count, all.iter().filter(does).count());
    assert!(0 < count && count < all.len());
    let nobody = get(address, "/api/v1/plans/week/ics?crew=nobody-at-all");
    assert_eq!((nobody.status, nobody.problem().1.as_str()), (400, "query.crew"));
}

#[test]
fn an_edit_that_cannot_be_done_undoes_those_before_it() {
    let address = of_iss();
    let plan = get(address, "/api/v1/plans/week").json();
    let id = &free(&plan)["id"];
    let good = json!({"do": "remove", "id": id});
    for bad in
        [json!({"do": "lock", "id": "no-such"}), json!({"do": "assign", "id": id, "crew": ["nobody-at-all"]})]
    {
        let body = json!({"edits": [good, bad]}).to_string();
        let response = post(address, "/api/v1/plans/week/verdict", &body);
        assert_eq!((response.status, response.problem().1.as_str()), (422, "body.edits[1]"));
        let nothing = post(address, "/api/v1/plans/week/verdict", "{\"edits\": []}").json();
        assert_eq!((&nothing["newly_broken"], &nothing["mended"]), (&json!([]), &json!([])));
    }
}

#[test]
fn near_times_break_nothing() {
    let address = of_iss();
    let plan = get(address, "/api/v1/plans/week").json();
    let all = plan["activities"].as_array().expect("it has activities");
    let movable = all.iter().filter(|one| one["hold"] == "free" && one["crew"][0].is_string());
    // A full week has no room for some.
    let found = movable.take(200).find_map(|one| {
        let id = one["id"].as_str()?;
        let slots = get(address, &format!("/api/v1/plans/week/nearest?activity={id}")).json();
        slots.as_array().filter(|slots| !slots.is_empty()).map(|slots| (id, slots.clone()))
    });
    let (id, slots) = found.expect("the week has room for something");
    let body = json!({"edits": [{"do": "move", "id": id, "to": slots[0]["start"]}]}).to_string();
    let verdict = post(address, "/api/v1/plans/week/verdict", &body).json();
    assert_eq!(verdict["newly_broken"], json!([]), "{verdict}");
}

#[test]
fn a_guest_reads_and_asks_but_makes_nothing() {
    let response = post(of_iss(), "/api/v1/plans", "{\"kind\": \"week\"}");
    assert_eq!(response.status, 403);
    response.problem();
}

/// A server of the ISS book with one planner, and the header of who is signed in.
fn with_planner(iterations: u64) -> (Running, String) {
    let mut settings = settings();
    let password = "a long enough password";
    let partner = "esa".parse().expect("it is an id");
    settings.accounts.add("lena", partner, Role::Planner, password).expect("it is sound");
    settings.limits.sign_in = Rate { per_s: 1e3, burst: 1e3 };
    settings.limits.iterations = iterations;
    let running = start(iss(), settings);
    let body = json!({"name": "lena", "password": password}).to_string();
    let signed_in = post(running.address, "/api/v1/session", &body);
    let set = signed_in.header("set-cookie").expect("it sets a cookie").to_owned();
    let cookie = format!("Cookie: {}", set.split(';').next().expect("it has a value"));
    (running, cookie)
}

fn send(address: SocketAddr, verb: &str, path: &str, cookie: &str, body: &Value) -> crate::client::Response {
    ask(address, verb, path, &[cookie, "X-Cupola: 1", "Content-Type: application/json"], &body.to_string())
}

/// Waits on the stream until a job has come to an end.
fn end_of(listener: &mut Listener, id: &str) -> Value {
    loop {
        let (event, data) = listener.next().expect("the stream goes on");
        let data: Value = serde_json::from_str(&data).expect("it is JSON");
        if event == "job" && data["id"] == id && data["state"] != "running" {
            return data;
        }
    }
}

#[test]
fn a_plan_is_made_told_of_and_held() {
    let (running, cookie) = with_planner(20);
    let address = running.address;
    let mut listener = Listener::new(address, &format!("{cookie}\r\n"));
    listener.next().expect("a greeting");
    let asked = json!({"kind": "week", "from": "2026-06-08", "days": 2, "iterations": 20, "seed": 3});
    let job = send(address, "POST", "/api/v1/plans", &cookie, &asked).json();
    let done = end_of(&mut listener, job["id"].as_str().expect("it has an id"));
    assert_eq!((done["state"].as_str(), done["done_pct"].as_f64()), (Some("done"), Some(100.0)), "{done}");
    let id = job["plan"].as_str().expect("it has a plan");
    let plan = ask(address, "GET", &format!("/api/v1/plans/{id}"), &[&cookie], "").json();
    assert_eq!(
        (plan["from"].as_str(), plan["to"].as_str()),
        (Some("2026-06-08T00:00:00Z"), Some("2026-06-10T00:00:00Z"))
    );
    let listed = ask(address, "GET", "/api/v1/plans", &[&cookie], "").json();
    assert!(listed.as_array().is_some_and(|all| all.iter().any(|one| one["id"] == id)));

    let activity = free(&plan)["id"].clone();
    let asked =
        json!({"kind": "replan", "keep": id, "iterations": 20, "edits": [{"do": "lock", "id": activity}]});
    let job = send(address, "POST", "/api/v1/plans", &cookie, &asked).json();
    let done = end_of(&mut listener, job["id"].as_str().expect("it has an id"));
    assert_eq!(done["state"], "done", "{done}");
    let path = format!("/api/v1/plans/{}", job["plan"].as_str().expect("it has a plan"));
    let again = ask(address, "GET", &path, &[&cookie], "").json();
    let find = |plan: &Value| {
        let all = plan["activities"].as_array().expect("it has activities").clone();
        all.into_iter().find(|one| one["id"] == activity).expect("what is locked stays")
    };
    assert_eq!(find(&again)["start"], find(&plan)["start"]);
    assert!(again["changes"].is_array());
}

#[test]
fn what_is_asked_of_a_plan_is_held_against_what_can_be() {
    let (running, cookie) = with_planner(20);
    for (asked, place) in [
        (json!({}), "body.kind"),
        (json!({"kind": "month"}), "body.kind"),
        (json!({"kind": "replan"}), "body.keep"),
        (json!({"kind": "week", "from": "2026-06-08T10:00:00Z"}), "body.from"),
        (json!({"kind": "week", "from": "soon"}), "body.from"),
        (json!({"kind": "week", "days": 0}), "body.days"),
        (json!({"kind": "week", "days": 1000}), "body.days"),
        (json!({"kind": "week", "iterations": 1_000_000_000}), "body.iterations"),
        (json!({"kind": "week", "edits": []}), "body.edits"),
        (json!({"kind": "week", "colour": "red"}), "body.colour"),
    ] {
        let response = send(running.address, "POST", "/api/v1/plans", &cookie, &asked);
        assert_eq!((response.status, response.problem().1.as_str()), (400, place), "{asked}");
    }
}

#[test]
fn work_can_be_stopped() {
    let (running, cookie) = with_planner(1_000_000);
    let address = running.address;
    let mut listener = Listener::new(address, &format!("{cookie}\r\n"));
    listener.next().expect("a greeting");
    let job = send(address, "POST", "/api/v1/plans", &cookie, &json!({"kind": "week"})).json();
    let id = job["id"].as_str().expect("it has an id");
    assert_eq!(send(address, "DELETE", &format!("/api/v1/jobs/{id}"), &cookie, &Value::Null).status, 202);
    assert_eq!(end_of(&mut listener, id)["state"], "cancelled");
    let plan = job["plan"].as_str().expect("it has a plan");
    assert_eq!(ask(address, "GET", &format!("/api/v1/plans/{plan}"), &[&cookie], "").status, 404);
}

#[test]
fn shares_count_a_plan_that_is_named() {
    let address = of_iss();
    let ask = |path: &str| get(address, path).json();
    let planned = |shares: &Value, partner: &str| {
        let pools = shares["pools"].as_array().expect("pools").iter();
        let pool = pools.clone().find(|pool| pool["pool"] == "us-crew-time").expect("the pool is there");
        let lines = pool["partners"].as_array().expect("partners").iter();
        lines.clone().find(|line| line["partner"] == partner).expect("the partner is there")["planned_min"]
            .as_u64()
    };
    let week = ask("/api/v1/plans/week");
    let shares = week["shares"].as_array().expect("shares").iter();
    let esa = shares.clone().find(|one| one["pool"] == "us-crew-time" && one["partner"] == "esa");
    let esa = esa.expect("ESA has a part")["planned_min"].as_u64();
    assert!(esa > Some(0), "{esa:?}");
    assert_eq!(planned(&ask("/api/v1/shares?plan=week"), "esa"), esa);
    assert_ne!(planned(&ask("/api/v1/shares"), "esa"), esa, "without it nothing is planned");
    assert_eq!(get(address, "/api/v1/shares?plan=none").status, 404);
}
