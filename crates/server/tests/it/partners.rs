//! A change from asking to the baseline, at the nodes of several centres.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use book::Files;
use desk::Desk;
use record::PartnerId;
use serde_json::{Value, json};
use server::{Accounts, Role, Room, Running, Training};

use crate::client::{ask, books, get, iss, post, settings, start};
use crate::stream::Listener;

/// A folder that goes when the test is over.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("cupola-server-{}-{name}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A node for every centre that speaks for a partner, each trusting all.
pub(crate) fn nodes(folder: &Folder) {
    let files = Files::from_dir(books().join("iss")).expect("the book is readable");
    let now = "2026-05-31T00:00:00Z".parse().expect("it is a time");
    let (book, _) = iss();
    let mut desks = Vec::new();
    for (number, centre) in book.centres.iter().enumerate() {
        if !book.agreed.voices.iter().any(|voice| voice.centre == centre.id) {
            continue;
        }
        let seed = zeroize::Zeroizing::new([number as u8 + 1; 32]);
        let path = folder.0.join(centre.id.as_str());
        desks.push(Desk::found(&path, &files, centre.id.clone(), seed, now).expect("a node is made"));
    }
    let key = |desk: &Desk| (desk.node().centre().clone(), desk.node().key().expect("it has a key"));
    let roots: Vec<_> = desks.iter().map(key).collect();
    for desk in &mut desks {
        for (centre, root) in &roots {
            desk.node_mut().trust(centre, *root).expect("it is trusted");
        }
    }
}

pub(crate) fn serve(folder: &Folder, training: Training, accounts: Accounts) -> Running {
    let room = Room::all(&folder.0, "iss", training).expect("the nodes open");
    let mut settings = settings();
    (settings.room, settings.accounts) = (Some(Arc::new(room)), accounts);
    start(iss(), settings)
}

fn column(told: &Value, centre: &str) -> String {
    let row = told["approvals"].as_array().expect("a row").iter();
    let found = row.filter(|column| column["centre"] == centre).map(|column| &column["mark"]);
    found.map(|mark| mark.as_str().unwrap_or_default().to_owned()).collect()
}

/// The centres that still have to decide.
fn waiting(told: &Value) -> Vec<String> {
    let row = told["approvals"].as_array().expect("a row").iter();
    let waiting = row.filter(|column| column["mark"] == "in review");
    waiting.map(|column| column["centre"].as_str().unwrap_or_default().to_owned()).collect()
}

fn say(address: SocketAddr, name: &str, centre: &str, word: &Value) -> (u16, Value) {
    let path = format!("/api/v1/changes/{name}/words?as={centre}");
    let response = post(address, &path, &word.to_string());
    (response.status, response.json())
}

/// Has everybody who is asked say yes.
pub(crate) fn approve(address: SocketAddr, name: &str) -> Value {
    let told = get(address, &format!("/api/v1/changes/{name}")).json();
    for centre in waiting(&told) {
        let (status, said) = say(address, name, &centre, &json!({"say": "approve"}));
        assert_eq!(status, 200, "{said}");
    }
    get(address, &format!("/api/v1/changes/{name}")).json()
}

/// As `cupola change` does it beside the server: what it writes comes to all nodes, and all who listen are told.
#[test]
fn what_another_program_writes_is_told() {
    let folder = Folder::new("beside");
    nodes(&folder);
    let running = serve(&folder, Training::Yes, Accounts::default());
    let address = running.address;
    let whole = json!({"why": "the week", "plan": "week", "increment": 75}).to_string();
    let asked = post(address, "/api/v1/changes?as=mcc-h", &whole).json();
    let name = asked["name"].as_str().expect("it has a name").to_owned();
    let mut listener = Listener::new(address, "");
    assert_eq!(listener.next().expect("a greeting").0, "hello");

    let mut beside = Desk::open(&folder.0.join("col-cc")).expect("the node opens beside the server");
    let digest = beside.find(&beside.state(), &name).expect("it is there");
    let comment = desk::Say::Comment("seen beside".to_owned());
    beside.say(digest, comment, "2026-06-01T00:00:01Z".parse().expect("it is a time")).expect("it is said");

    let told = listener.next().expect("it is told");
    assert_eq!((told.0.as_str(), told.1.as_str()), ("changed", r#"{"what":["journal"]}"#));
    let at_another = get(address, &format!("/api/v1/changes/{name}?as=mcc-h")).json();
    assert_eq!(at_another["said"][0]["text"], "seen beside", "{at_another}");
}

#[test]
fn a_change_goes_from_asking_to_the_baseline() {
    let folder = Folder::new("change");
    nodes(&folder);
    let running = serve(&folder, Training::Yes, Accounts::default());
    let address = running.address;
    let session = get(address, "/api/v1/session").json();
    assert_eq!((&session["role"], &session["nodes"]["training"]), (&json!("trainee"), &json!(true)));
    assert_eq!(get(address, "/api/v1/changes").json(), json!([]));

    let mut listener = Listener::new(address, "");
    let whole = json!({"why": "the week", "plan": "week", "increment": 75}).to_string();
    let asked = post(address, "/api/v1/changes?as=mcc-h", &whole);
    let (status, asked) = (asked.status, asked.json());
    assert_eq!((status, &asked["status"]), (200, &json!("open")), "{asked}");
    assert_eq!(asked["record"]["centre"], "mcc-h");
    let (event, data) =
        std::iter::from_fn(|| listener.next()).find(|(event, _)| event == "changed").expect("it is told");
    assert_eq!((event.as_str(), data.as_str()), ("changed", r#"{"what":["journal"]}"#));
    let name = asked["name"].as_str().expect("it has a name").to_owned();
    let told = get(address, &format!("/api/v1/changes/{name}?as=col-cc")).json();
    assert_eq!((column(&told, "mcc-h").as_str(), told["centre"].as_str()), ("author", Some("col-cc")));
    assert!(waiting(&told).len() > 2, "the plan of all needs all: {told}");
    assert!(told["impact"][0]["impact"]["shares"].is_array(), "{}", told["impact_untold"]);
    let told = approve(address, &name);
    assert_eq!(told["status"], "approved", "{told}");

    let plans = get(address, "/api/v1/plans").json();
    let id = plans[0]["id"].as_str().expect("it has an id").to_owned();
    assert_eq!(id, "baseline:week-2026-06-01");
    let plan = get(address, &format!("/api/v1/plans/{id}")).json();
    let all = plan["activities"].as_array().expect("it has activities").iter();
    let own =
        all.filter(|one| one["partner"] == "esa" && one["kind"] == "experiment" && one["hold"] == "free");
    let activity = own.filter(|one| one["crew"][0].is_string()).max_by_key(|one| one["start"].to_string());
    let activity = activity.expect("ESA has something").clone();
    let later = json!([{"do": "move", "id": activity["id"], "to": "2026-06-06T09:30:00Z"}]);
    let verdict = post(address, &format!("/api/v1/plans/{id}/verdict"), &json!({"edits": later}).to_string());
    assert_eq!(verdict.status, 200, "{}", verdict.json());

    let body =
        |dry: bool| json!({"why": "the sample thaws later", "edits": later, "dry_run": dry}).to_string();
    let draft = post(address, "/api/v1/changes?as=col-cc", &body(true)).json();
    assert_eq!(draft["edits"][0]["what"], activity["id"], "{draft}");
    assert!(draft["impact"].is_array());
    assert_eq!(
        get(address, "/api/v1/changes").json().as_array().map(Vec::len),
        Some(1),
        "nothing was written"
    );
    let asked = post(address, "/api/v1/changes?as=col-cc", &body(false)).json();
    let name = asked["name"].as_str().expect("it has a name").to_owned();
    let told = approve(address, &name);
    assert_eq!(told["status"], "approved", "{told}");
    let moved = get(address, &format!("/api/v1/plans/{id}")).json();
    let moved = moved["activities"]
        .as_array()
        .expect("a list")
        .iter()
        .find(|one| one["id"] == activity["id"])
        .cloned();
    assert_eq!(moved.expect("it is there")["start"], "2026-06-06T09:30:00Z", "the baseline has moved");

    let (status, refused) = say(address, &name, "col-cc", &json!({"say": "approve"}));
    assert_eq!((status, refused["where"].as_str()), (409, Some("body")), "{refused}");
    let says = told["says"].as_array().expect("a list").iter();
    assert!(says.clone().any(|one| one["say"] == "comment" && one["may"] == true));
    assert!(says.clone().any(|one| one["say"] == "approve" && one["why"].is_string()));

    let shares = get(address, "/api/v1/shares?from=2026-06-01&to=2026-06-08&as=jaxa").status;
    assert_eq!(shares, 404, "a partner is no centre");
    let shares = get(address, "/api/v1/shares?from=2026-06-01&to=2026-06-08").json();
    let pools = shares["pools"].as_array().expect("pools").iter();
    let crew_time = pools.filter(|pool| pool["counts"] == "crew-time").map(|pool| &pool["partners"]);
    assert!(
        crew_time
            .flat_map(|all| all.as_array().expect("a list"))
            .any(|line| line["planned_s"].as_u64() > Some(0) || line["planned_min"].as_u64() > Some(0)),
        "{shares}"
    );

    let digests: Vec<Value> = session["nodes"]["centres"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|centre| {
            let state =
                get(address, &format!("/api/v1/journal/state?as={}", centre["id"].as_str().expect("an id")))
                    .json();
            assert_eq!((&state["faults"], &state["contradictions"]), (&json!([]), &json!([])));
            state["state_digest"].clone()
        })
        .collect();
    assert!(
        digests.len() > 3 && digests.iter().all(|digest| *digest == digests[0]),
        "all hold the same: {digests:?}"
    );
    let log = get(address, "/api/v1/journal?last=2&centre=col-cc").json();
    assert_eq!(log["records"].as_array().map(Vec::len), Some(2));
    assert!(log["records"][1]["about"].as_str().is_some_and(|about| about.contains(&name)), "{log}");
}

#[test]
fn without_training_a_guest_only_reads_and_members_speak_for_their_own() {
    let folder = Folder::new("roles");
    nodes(&folder);
    let running = serve(&folder, Training::No, Accounts::default());
    let wish = json!({"why": "x", "plan": "week"}).to_string();
    assert_eq!(get(running.address, "/api/v1/session").json()["role"], "guest");
    assert_eq!(get(running.address, "/api/v1/changes").status, 200);
    assert_eq!(post(running.address, "/api/v1/changes", &wish).status, 403);
    assert_eq!(say(running.address, "75-0001", "mcc-h", &json!({"say": "comment", "text": "x"})).0, 403);
    running.stop();

    let partner = |id: &str| -> PartnerId { id.parse().expect("it is an id") };
    let mut accounts = Accounts::default();
    for (name, of, role) in [
        ("planner", "esa", Role::Planner),
        ("director", "esa", Role::FlightDirector),
        ("member", "esa", Role::BoardMember),
        ("viewer", "esa", Role::Viewer),
    ] {
        accounts.add(name, partner(of), role, "a long enough password").expect("it is sound");
    }
    let running = serve(&folder, Training::No, accounts);
    let address = running.address;
    let cookie = |name: &str| {
        let body = json!({"name": name, "password": "a long enough password"}).to_string();
        let response = post(address, "/api/v1/session", &body);
        format!(
            "Cookie: {}",
            response.header("set-cookie").and_then(|set| set.split(';').next()).expect("a cookie")
        )
    };
    let send = |who: &str, path: &str, body: &Value| {
        let headers = ["X-Cupola: 1", "Content-Type: application/json", who];
        let response = ask(address, "POST", path, &headers, &body.to_string());
        (response.status, response.json())
    };
    let (planner, director) = (cookie("planner"), cookie("director"));
    let wish = json!({"why": "x", "plan": "week"});
    let (status, asked) = send(&planner, "/api/v1/changes", &wish);
    assert_eq!(
        (status, asked["record"]["centre"].as_str()),
        (200, Some("col-cc")),
        "one's own centre: {asked}"
    );
    assert_eq!(send(&planner, "/api/v1/changes?as=mcc-h", &wish).0, 403, "and no other");
    let path = format!("/api/v1/changes/{}/words", asked["name"].as_str().expect("a name"));
    let comment = json!({"say": "comment", "text": "please"});
    assert_eq!(send(&planner, &path, &comment).0, 200);
    assert_eq!(send(&planner, &path, &json!({"say": "approve"})).0, 403, "a planner does not approve");
    let (status, refused) = send(&director, &path, &json!({"say": "approve"}));
    assert_eq!(status, 409, "its own centre asked for it: {refused}");
    let (member, viewer) = (cookie("member"), cookie("viewer"));
    let decide = json!({"say": "decide", "decision": "approve", "text": "time is over"});
    assert_eq!(send(&member, &path, &decide).0, 409, "it is no chair, nor is time over");
    assert_eq!(send(&director, &path, &decide).0, 403, "a flight director does not decide");
    assert_eq!(send(&viewer, &path, &comment).0, 403);
    for (body, place) in [
        (json!({"say": "agree"}), "body.say"),
        (json!({"say": "reject"}), "body.text"),
        (json!({"say": "comment", "text": 1}), "body.text"),
    ] {
        let (status, problem) = send(&director, &path, &body);
        assert_eq!((status, problem["where"].as_str()), (400, Some(place)), "{problem}");
    }
    assert_eq!(
        send(&planner, &path, &json!({"say": "withdraw", "text": "not now"})).1["status"],
        "withdrawn"
    );
}

#[test]
fn without_a_node_it_is_said_how_to_have_one() {
    let address = crate::client::of_iss();
    for path in ["changes", "changes/75-0001", "journal", "journal/state"] {
        let response = get(address, &format!("/api/v1/{path}"));
        assert_eq!(response.status, 404, "{path}");
        assert!(response.problem().2.contains("--node"));
    }
    assert_eq!(get(address, "/api/v1/session").json()["nodes"], Value::Null);
    let shares = get(address, "/api/v1/shares").json();
    assert!(
        shares["history"]["partners"].as_array().is_some_and(|all| all.len() > 4),
        "what happened is in the book"
    );
}
