//! The OpenAPI document says what the server does, and docs/api.md tells of all of it.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;

use crate::client::{ask, get, of_iss};

fn document() -> Value {
    get(of_iss(), "/api/v1/openapi.json").json()
}

fn filled(path: &str) -> String {
    path.replace("{id}", "no-such")
}

#[test]
fn every_operation_is_there_and_none_more() {
    let address = of_iss();
    let document = document();
    let paths = document["paths"].as_object().expect("it has paths");
    assert!(paths.len() > 20);
    for (path, item) in paths {
        let known: BTreeSet<&str> =
            item.as_object().expect("operations").keys().map(String::as_str).collect();
        for verb in ["get", "post", "put", "patch", "delete"] {
            if known.contains(verb) && path == "/api/v1/stream" {
                continue;
            }
            let body = "{}";
            let headers = ["X-Cupola: 1", "Content-Type: application/json"];
            let response = ask(address, &verb.to_uppercase(), &filled(path), &headers, body);
            let is_there = response.status != 405;
            assert_eq!(is_there, known.contains(verb), "{verb} {path} gives {}", response.status);
            if !is_there {
                response.problem();
            }
        }
    }
}

#[test]
fn parameters_are_those_of_the_document() {
    let address = of_iss();
    let document = document();
    for (path, item) in document["paths"].as_object().expect("it has paths") {
        let Some(operation) = item.get("get").filter(|_| path != "/api/v1/stream") else { continue };
        // An identity provider adds parameters of its own.
        if path == "/api/v1/session/oidc/callback" {
            continue;
        }
        let unknown = get(address, &format!("{}?no-such-parameter=1", filled(path)));
        assert_eq!(unknown.status, 400, "{path}");
        assert_eq!(unknown.problem().1, "query.no-such-parameter", "{path}");
        for parameter in operation["parameters"].as_array().expect("a list") {
            if parameter["in"] != "query" {
                continue;
            }
            let name = parameter["name"].as_str().expect("it has a name");
            // A value that no parameter takes for its kind, so that nothing is computed.
            let response = get(address, &format!("{}?{name}=%00&no-such-parameter=1", filled(path)));
            let (what, place, _) = response.problem();
            assert_eq!(response.status, 400, "{path} {name}");
            assert!(
                place == format!("query.{name}") || place == "query.no-such-parameter",
                "{path} {name}: {what}"
            );
        }
    }
}

#[test]
fn the_page_for_people_tells_of_every_address() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/api.md");
    let page = std::fs::read_to_string(page).expect("docs/api.md is there");
    let document = document();
    for (path, item) in document["paths"].as_object().expect("it has paths") {
        let short = path.strip_prefix("/api/v1").unwrap_or(path);
        let short = if short == "/openapi.json" { path.as_str() } else { short };
        for (verb, operation) in item.as_object().expect("operations") {
            let said = format!("{} {short}", verb.to_uppercase());
            assert!(page.contains(&said), "docs/api.md says nothing of {said}");
            for parameter in operation["parameters"].as_array().expect("a list") {
                let name = parameter["name"].as_str().expect("it has a name");
                assert!(page.contains(name), "docs/api.md says nothing of {name} in {said}");
            }
        }
    }
}
