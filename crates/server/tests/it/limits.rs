//! What is too much is refused, and says so.

use std::io::Write;
use std::time::Duration;

use server::{Limits, Rate, ServeError};

use crate::client::{ask, connect, first_station, get, iss, of_iss, post, raw, read, settings, start};

#[test]
fn too_many_requests_are_told_to_wait() {
    let mut settings = settings();
    settings.limits.rate = Rate { per_s: 0.001, burst: 3.0 };
    let running = start(first_station(), settings);
    let statuses: Vec<u16> = (0..5).map(|_| get(running.address, "/healthz").status).collect();
    assert_eq!(statuses, [200, 200, 200, 429, 429]);
    let refused = get(running.address, "/healthz");
    assert!(
        refused
            .header("retry-after")
            .and_then(|after| after.parse::<u32>().ok())
            .is_some_and(|after| after > 0)
    );
    refused.problem();
}

#[test]
fn long_work_is_given_up() {
    let mut settings = settings();
    settings.limits.time = Duration::from_millis(1);
    let running = start(iss(), settings);
    let response = get(running.address, "/api/v1/history");
    assert_eq!(response.status, 504);
    response.problem();
    // The server is there for the next.
    assert_eq!(get(running.address, "/healthz").status, 200);
}

#[test]
fn bodies_are_bounded_and_must_be_what_they_say() {
    let address = of_iss();
    let path = "/api/v1/plans/week/verdict";
    let long = format!("{{\"edits\": [\"{}\"]}}", "x".repeat(300 * 1_024));
    let too_long = post(address, path, &long);
    assert_eq!(too_long.status, 413);
    too_long.problem();
    let no_json = ask(address, "POST", path, &["X-Cupola: 1", "Content-Type: text/plain"], "{}");
    assert_eq!(no_json.status, 415);
    for (body, place) in [
        ("{\"edits\": [}", "body:1:12"),
        ("[]", "body"),
        ("{\"edit\": []}", "body.edit"),
        ("{}", "body.edits"),
        ("{\"edits\": [{\"do\": \"fly\", \"id\": \"a\"}]}", "body.edits[0]"),
    ] {
        let response = post(address, path, body);
        assert_eq!((response.status, response.problem().1.as_str()), (400, place), "{body}");
    }
}

#[test]
fn long_heads_are_no_request() {
    let address = of_iss();
    let head = format!("GET / HTTP/1.1\r\nHost: {address}\r\nX: {}\r\n\r\n", "x".repeat(64 * 1_024));
    assert_eq!(raw(address, head.as_bytes()).status, 431);
    let query = format!("/api/v1/profiles?name={}", "x".repeat(9_000));
    let response = get(address, &query);
    assert_eq!((response.status, response.problem().1.as_str()), (400, "query"));
}

#[test]
fn one_connection_serves_many_requests() {
    let address = of_iss();
    let mut stream = connect(address);
    let mut reader = std::io::BufReader::new(stream.try_clone().expect("a socket has two ends"));
    for _ in 0..20 {
        stream
            .write_all(format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\n\r\n").as_bytes())
            .expect("it is sent");
        assert_eq!(read(&mut reader).expect("an answer comes").status, 200);
    }
}

#[test]
fn connections_beyond_the_limit_wait_their_turn() {
    let mut settings = settings();
    settings.limits = Limits { connections: 2, ..settings.limits };
    let running = start(first_station(), settings);
    let first = connect(running.address);
    let second = connect(running.address);
    let mut third = connect(running.address);
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", running.address);
    third.write_all(request.as_bytes()).expect("it is sent");
    drop((first, second));
    assert_eq!(read(&mut std::io::BufReader::new(third)).expect("its turn comes").status, 200);
}

#[test]
fn nobody_else_is_let_in_without_accounts() {
    let mut settings = settings();
    settings.listen = ([0, 0, 0, 0], 0).into();
    let (book, digest) = first_station();
    match server::start(book, digest, settings) {
        Err(error @ ServeError::Unguarded(_)) => {
            assert!(error.to_string().contains("--accounts"), "{error}");
        }
        Err(other) => panic!("{other}"),
        Ok(_) => panic!("whoever comes could read"),
    }
}
