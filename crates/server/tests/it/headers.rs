//! What every answer carries: safety, age, size.

use std::io::Read;

use flate2::read::GzDecoder;

use crate::client::{ask, get, of_iss, raw};

const PATHS: [&str; 5] = ["/", "/history", "/api/v1/status", "/api/v1/nothing", "/healthz"];

#[test]
fn every_answer_is_guarded() {
    let address = of_iss();
    for path in PATHS {
        let response = get(address, path);
        let policy = response.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("default-src 'self'") && !policy.contains("unsafe"), "{path}: {policy}");
        for (name, expected) in [
            ("x-content-type-options", "nosniff"),
            ("x-frame-options", "DENY"),
            ("referrer-policy", "no-referrer"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(response.header(name), Some(expected), "{path} {name}");
        }
        assert_eq!(response.header("access-control-allow-origin"), None, "{path}");
    }
}

#[test]
fn whoever_has_the_answer_is_sent_none() {
    let address = of_iss();
    for path in ["/api/v1/rules", "/api/v1/plans", "/"] {
        let first = get(address, path);
        let etag = first.header("etag").expect("it has an ETag").to_owned();
        assert_eq!(first.header("cache-control"), Some("no-cache"), "{path}");
        let again = ask(address, "GET", path, &[&format!("If-None-Match: {etag}")], "");
        assert_eq!((again.status, again.body.len()), (304, 0), "{path}");
        assert_eq!(again.header("etag"), Some(etag.as_str()), "{path}");
        let other = ask(address, "GET", path, &["If-None-Match: \"other\""], "");
        assert_eq!((other.status, other.body), (200, first.body), "{path}");
    }
}

#[test]
fn answers_are_compressed_for_those_who_can_read_it() {
    let address = of_iss();
    let plain = get(address, "/api/v1/rules");
    assert_eq!(plain.header("content-encoding"), None);
    let small = ask(address, "GET", "/api/v1/rules", &["Accept-Encoding: br, gzip;q=0.8"], "");
    assert_eq!(small.header("content-encoding"), Some("gzip"));
    assert!(small.body.len() * 2 < plain.body.len());
    let mut text = Vec::new();
    GzDecoder::new(&small.body[..]).read_to_end(&mut text).expect("it is gzip");
    assert_eq!(text, plain.body);
    let refused = ask(address, "GET", "/api/v1/rules", &["Accept-Encoding: gzip;q=0"], "");
    assert_eq!(refused.header("content-encoding"), None);
}

#[test]
fn another_name_is_refused() {
    let address = of_iss();
    for host in ["evil.example", "evil.example:80", &format!("evil.example:{}", address.port())] {
        let response = raw(
            address,
            format!("GET /api/v1/status HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").as_bytes(),
        );
        assert_eq!(response.status, 421, "{host}");
        assert_eq!(response.problem().1, "header.Host");
    }
    let local =
        format!("GET /healthz HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n\r\n", address.port());
    assert_eq!(raw(address, local.as_bytes()).status, 200);
}

#[test]
fn addresses_of_pages_are_one_file_and_files_that_are_not_there_are_none() {
    let address = of_iss();
    let page = get(address, "/");
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    for path in ["/now", "/history", "/plan/week"] {
        assert_eq!(get(address, path).body, page.body, "{path}");
    }
    for path in ["/assets/none.js", "/api/v2/book", "/api/v1/", "/../etc/passwd.txt"] {
        assert_eq!(get(address, path).status, 404, "{path}");
    }
    let text = String::from_utf8(page.body).expect("it is text");
    assert!(!text.contains("<script") && !text.contains("style="), "the policy allows nothing inline");
}
