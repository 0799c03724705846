//! All addresses as OpenAPI 3.1, made from the table that the router is made from.

use serde_json::{Map, Value, json};

use crate::access::Right;
use crate::problem::Problem;
use crate::query::{Kind, Param};
use crate::route::{Answer, Question, ROUTES, Route, Verb};
use crate::schema;

pub(crate) fn answer(_: &Question<'_>) -> Result<Value, Problem> {
    Ok(document())
}

/// The whole document.
pub(crate) fn document() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.verb.word()] = operation(route);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Cupola",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "One plan for a space station that several nations share. docs/api.md has an example of every answer.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": schema::components(),
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "cupola"}},
        },
    })
}

fn operation(route: &Route) -> Value {
    let mut parameters: Vec<Value> = route.params.iter().map(parameter).collect();
    if route.path.contains("{id}") {
        parameters.push(json!({"name": "id", "in": "path", "required": true, "schema": {"type": "string"}}));
    }
    if route.verb != Verb::Get {
        let schema = json!({"type": "string", "enum": ["1"]});
        parameters.push(json!({"name": "X-Cupola", "in": "header", "required": true, "schema": schema}));
    }
    let kind = match route.path {
        "/api/v1/stream" => "text/event-stream",
        "/api/v1/plans/{id}/ics" => "text/calendar",
        "/healthz" | "/metrics" => "text/plain",
        _ => "application/json",
    };
    let answer = schema::answer(route).unwrap_or_else(|| json!({"type": "string"}));
    let problem = json!({
        "description": "What is wrong, where, and how to mend it",
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    });
    let (status, fine) = match route.answer {
        #[cfg(feature = "oidc")]
        Answer::Sends(..) => ("303", json!({"description": route.about})),
        Answer::Facts(..) | Answer::Act(_) => {
            let status = if matches!(route.right, Right::Plan) { "202" } else { "200" };
            (status, json!({"description": route.about, "content": {kind: {"schema": answer}}}))
        }
    };
    let mut operation = json!({
        "summary": route.about,
        "operationId": operation_id(route),
        "parameters": parameters,
        "responses": {status: fine, "default": problem},
    });
    if !matches!(route.right, Right::Open) {
        operation["security"] = json!([{}, {"session": []}]);
    }
    if !route.body.is_empty() {
        let schema = schema::body(route).unwrap_or_else(|| json!({"type": "object"}));
        operation["requestBody"] =
            json!({"required": true, "content": {"application/json": {"schema": schema}}});
    }
    operation
}

/// Such as `get-plans-id`.
fn operation_id(route: &Route) -> String {
    let path = route.path.trim_start_matches("/api/v1").replace(['{', '}'], "");
    let words = path.split(['/', '.']).filter(|word| !word.is_empty());
    [route.verb.word()].into_iter().chain(words).collect::<Vec<_>>().join("-")
}

fn parameter(param: &Param) -> Value {
    let schema = match param.kind {
        Kind::Time | Kind::Text => json!({"type": "string"}),
        Kind::Number(from, to) => json!({"type": "number", "minimum": from, "maximum": to}),
        Kind::Whole(from, to) => json!({"type": "integer", "minimum": from, "maximum": to}),
        Kind::Word(words) => json!({"type": "string", "enum": words}),
        Kind::Texts => json!({"type": "array", "items": {"type": "string"}}),
    };
    json!({
        "name": param.name,
        "in": "query",
        "description": format!("{}: {}", param.about, crate::query::expected(param.kind)),
        "schema": schema,
    })
}
