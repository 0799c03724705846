//! Every answer is as the OpenAPI document describes it: no field missing, none that is told nowhere, every type right.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use serde_json::{Value, json};
use server::{Accounts, Training};

use crate::client::{Response, first_station, get, of_iss, post, settings, start};
use crate::contract::PROMISED;
use crate::partners::{Folder, approve, nodes, serve};
use crate::shape::faults;

/// Beside those whose fields are promised: other spans, other questions.
const MORE: [&str; 13] = [
    "/api/v1/status?at=2003-05-20",
    "/api/v1/status?at=1998-01-01",
    "/api/v1/orbit/state?frame=itrf",
    "/api/v1/flights?as_of=2004-11-15",
    "/api/v1/forecast?as_of=2004-11-15&to=2005-11-15&without=progress-m-51",
    "/api/v1/forecast?crew=7&without=all&to=2040-01-01&fail=2b@2026-07-01&set=store.water-us_kg%3D100@2026-05-30T12:25:00Z",
    "/api/v1/losses?as_of=2004-11-15&to=2006-03-01",
    "/api/v1/findings",
    "/api/v1/plans/week",
    "/api/v1/plans/week/nearest?activity=aerobic-gear.2026-06-01.1",
    "/api/v1/shares",
    "/api/v1/openapi.json",
    "/api/v1/track?from=2026-05-30&to=2026-08-01&step_s=3600",
];

/// Only where a centre has its node, or a plan is in the making.
const AT_A_NODE: [&str; 5] = [
    "/api/v1/changes",
    "/api/v1/changes/{id}",
    "/api/v1/journal",
    "/api/v1/journal/state",
    "/api/v1/jobs/{id}",
];

fn document(address: SocketAddr) -> Value {
    get(address, "/api/v1/openapi.json").json()
}

/// The address of the document that a path is of.
fn of_document(document: &Value, path: &str) -> String {
    let path = path.split('?').next().unwrap_or_default();
    let is_like = |known: &&String| {
        let (known, asked) = (known.split('/'), path.split('/'));
        known.clone().count() == asked.clone().count()
            && known.zip(asked).all(|(known, asked)| known == asked || known == "{id}")
    };
    let paths = document["paths"].as_object().expect("it has paths");
    let exact = paths.keys().find(|known| *known == path);
    exact.or_else(|| paths.keys().find(is_like)).unwrap_or_else(|| panic!("{path} is no address")).clone()
}

#[track_caller]
fn check(document: &Value, verb: &str, path: &str, response: &Response) -> Value {
    let json = response.json();
    assert!(matches!(response.status, 200 | 202), "{verb} {path}: {json}");
    let faults = faults(document, verb, &of_document(document, path), &json);
    let few: Vec<&String> = faults.iter().take(5).collect();
    assert!(faults.is_empty(), "{verb} {path}: {} faults, the first: {few:#?}", faults.len());
    json
}

#[test]
fn what_the_book_answers_is_as_described() {
    let address = of_iss();
    let document = document(address);
    let mut asked = BTreeSet::new();
    for path in PROMISED.iter().map(|(path, _)| *path).chain(MORE) {
        check(&document, "get", path, &get(address, path));
        asked.insert(of_document(&document, path));
    }
    for (path, item) in document["paths"].as_object().expect("it has paths") {
        let is_json = item["get"]["responses"]["200"]["content"].get("application/json").is_some();
        let is_asked = asked.contains(path) || AT_A_NODE.contains(&path.as_str());
        assert!(!is_json || is_asked, "nobody looks at what {path} answers");
    }
}

#[test]
fn what_another_book_answers_is_as_described() {
    let running = start(first_station(), settings());
    let document = document(running.address);
    for path in PROMISED.iter().map(|(path, _)| *path).chain(MORE) {
        let response = get(running.address, path);
        if response.status == 200 {
            check(&document, "get", path, &response);
        }
    }
}

#[test]
fn what_a_node_answers_is_as_described() {
    let folder = Folder::new("described");
    nodes(&folder);
    let running = serve(&folder, Training::Yes, Accounts::default());
    let address = running.address;
    let document = document(address);
    let get = |path: &str| check(&document, "get", path, &get(address, path));
    let post =
        |path: &str, body: &Value| check(&document, "post", path, &post(address, path, &body.to_string()));

    let whole = json!({"why": "the week", "plan": "week", "increment": 75});
    let dry = json!({"why": "the week", "plan": "week", "dry_run": true});
    post("/api/v1/changes?as=mcc-h", &dry);
    let asked = post("/api/v1/changes?as=mcc-h", &whole);
    let name = asked["name"].as_str().expect("it has a name").to_owned();
    let one = format!("/api/v1/changes/{name}");
    get(&one);
    post(&format!("{one}/words?as=col-cc"), &json!({"say": "approve", "text": "it is sound"}));
    approve(address, &name);
    get(&one);
    let plans = get("/api/v1/plans");
    let plan = get(&format!("/api/v1/plans/{}", plans[0]["id"].as_str().expect("the baseline has a plan")));
    let all = plan["activities"].as_array().expect("a list").iter();
    let free = all.filter(|one| one["hold"] == "free" && one["kind"] == "experiment");
    let id = free.map(|one| &one["id"]).next().expect("something is free");
    let edits = json!([{"do": "move", "id": id, "to": "2026-06-03T02:00:00Z"}]);
    post(
        &format!("/api/v1/plans/{}/verdict", plans[0]["id"].as_str().expect("an id")),
        &json!({"edits": edits}),
    );
    let second = post("/api/v1/changes?as=col-cc", &json!({"why": "later", "edits": edits}));
    let gone = json!({"why": "never", "edits": [{"do": "remove", "id": id}]});
    post("/api/v1/changes?as=mcc-h", &gone);
    get(&format!("/api/v1/changes/{}", second["name"].as_str().expect("it has a name")));
    for path in ["changes", "journal", "journal/state", "shares", "session"] {
        get(&format!("/api/v1/{path}"));
    }
    let job = post("/api/v1/plans", &json!({"kind": "week", "iterations": 1}));
    get(&format!("/api/v1/jobs/{}", job["id"].as_str().expect("it has an id")));
}

/// What this test would overlook it would overlook everywhere.
#[test]
fn an_answer_that_is_otherwise_is_found() {
    let document = document(of_iss());
    let found = |change: &dyn Fn(&mut Value)| {
        let mut status = get(of_iss(), "/api/v1/status").json();
        change(&mut status);
        faults(&document, "get", "/api/v1/status", &status)
    };
    assert!(found(&|_| {}).is_empty());
    let check = |change: &dyn Fn(&mut Value), said: &str| {
        let faults = found(change);
        assert!(faults.len() == 1 && faults[0].starts_with(said), "{faults:?}");
    };
    check(&|status| status["new"] = json!(1), ".new is told nowhere");
    check(&|status| drop(status.as_object_mut().map(|fields| fields.remove("orbit"))), ".orbit is missing");
    check(&|status| status["sunlit"] = json!("yes"), ".sunlit: no");
    check(&|status| status["time"] = json!("noon"), ".time: no time");
    check(&|status| status["shown"] = json!("later"), ".shown: not of");
    check(&|status| status["aboard"][0]["days"] = json!(null), ".aboard[0].days: no");
}
