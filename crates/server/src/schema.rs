//! What answers and bodies look like, as JSON Schema for the OpenAPI.
//!
//! They are written down as shapes, in `openapi/*.json`, one of an answer under `get /api/v1/book`, one of a body under `body of post …`,
//! and what several share, by name, in `shapes.json`:
//!
//! | shape | what it is |
//! |---|---|
//! | `"text"`, `"number"`, `"whole"`, `"flag"`, `"object"`, `"null"` | a string, a number, a whole number, true or false, any object, null |
//! | `"must\|should"`, `"0..28"` | one of these words; a whole number from one to another |
//! | `"Time"`, `"Finding"` | the shape of that name; `Time` is UTC, `2026-05-30T12:00:00Z` |
//! | `"number?"`, `{"maybe": …}` | the same or null |
//! | `[…]`, `[…, …]` | a list of these; a list of just these, in that order |
//! | `{"*": …}` | an object with any fields, all of that shape |
//! | `{"a": …, "b?": …, "c_#?": …}` | an object with just these fields; `b` may be left out; `c_min`, `c_s` and `c_g` |
//! | `{"&": "Sourced", …}` | the same with the fields of that shape, or of several |
//! | `{"either": […]}` | one of these |

use std::collections::BTreeMap;
use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use crate::route::{Route, Verb};

const FILES: [&str; 5] = [
    include_str!("../openapi/book.json"),
    include_str!("../openapi/orbit.json"),
    include_str!("../openapi/margins.json"),
    include_str!("../openapi/plans.json"),
    include_str!("../openapi/partnership.json"),
];

const SHARED: &str = include_str!("../openapi/shapes.json");

type Shapes = Map<String, Value>;

fn shapes() -> &'static [Shapes; 2] {
    static SHAPES: OnceLock<[Shapes; 2]> = OnceLock::new();
    // Files of the program itself: the tests read every one.
    let read = |text: &str| serde_json::from_str::<Shapes>(text).unwrap_or_default();
    SHAPES.get_or_init(|| [FILES.iter().flat_map(|text| read(text)).collect(), read(SHARED)])
}

/// What a route answers with 200 or 202, where that is JSON and has a shape.
pub(crate) fn answer(route: &Route) -> Option<Value> {
    shapes()[0].get(&named(route)).map(of)
}

/// What a route takes as its body.
pub(crate) fn body(route: &Route) -> Option<Value> {
    shapes()[0].get(&format!("body of {}", named(route))).map(of)
}

fn named(route: &Route) -> String {
    let verb: Verb = route.verb;
    format!("{} {}", verb.word(), route.path)
}

/// What several have in common, by name.
pub(crate) fn components() -> BTreeMap<String, Value> {
    let mut all: BTreeMap<String, Value> =
        shapes()[1].iter().map(|(name, shape)| (name.clone(), of(shape))).collect();
    let time =
        json!({"type": "string", "format": "date-time", "description": "UTC, such as 2026-05-30T12:00:00Z"});
    all.insert("Time".to_owned(), time);
    all
}

/// The schema of a shape.
fn of(shape: &Value) -> Value {
    match shape {
        Value::String(word) => of_word(word),
        Value::Array(items) => match items.as_slice() {
            [one] => json!({"type": "array", "items": of(one)}),
            several => {
                let each: Vec<Value> = several.iter().map(of).collect();
                let count = each.len();
                json!({"type": "array", "prefixItems": each, "items": false, "minItems": count})
            }
        },
        Value::Object(fields) => of_object(fields),
        other => other.clone(),
    }
}

fn of_word(word: &str) -> Value {
    if let Some(sure) = word.strip_suffix('?') {
        return or_null(of_word(sure));
    }
    match word {
        "text" => json!({"type": "string"}),
        "number" => json!({"type": "number"}),
        "whole" => json!({"type": "integer"}),
        "flag" => json!({"type": "boolean"}),
        "object" => json!({"type": "object"}),
        "null" => json!({"type": "null"}),
        name if name.starts_with(|first: char| first.is_ascii_uppercase()) => {
            json!({"$ref": format!("#/components/schemas/{name}")})
        }
        range if range.contains("..") => {
            let bound = |text: &str| text.parse::<u64>().unwrap_or_default();
            let (from, to) = range.split_once("..").unwrap_or_default();
            json!({"type": "integer", "minimum": bound(from), "maximum": bound(to)})
        }
        words => json!({"type": "string", "enum": words.split('|').collect::<Vec<_>>()}),
    }
}

/// The same or null, in the shortest form there is.
fn or_null(mut schema: Value) -> Value {
    let plain = schema["type"].as_str().map(str::to_owned);
    match (plain, schema.get_mut("enum").and_then(Value::as_array_mut)) {
        (Some(kind), words) => {
            if let Some(words) = words {
                words.push(Value::Null);
            }
            schema["type"] = json!([kind, "null"]);
            schema
        }
        (None, _) => json!({"anyOf": [schema, {"type": "null"}]}),
    }
}

fn of_object(shape: &Shapes) -> Value {
    if let Some(maybe) = shape.get("maybe") {
        return or_null(of(maybe));
    }
    if let Some(each) = shape.get("*") {
        return json!({"type": "object", "additionalProperties": of(each)});
    }
    if let Some(Value::Array(all)) = shape.get("either") {
        return json!({"anyOf": all.iter().map(of).collect::<Vec<_>>()});
    }
    let mut fields = Shapes::new();
    gather(shape, &mut fields);
    let mut properties = Map::new();
    let mut required = Vec::new();
    for (name, shape) in &fields {
        let (name, is_optional) = name.strip_suffix('?').map_or((name.as_str(), false), |name| (name, true));
        let units: &[&str] = if name.contains('#') { &["min", "s", "g"] } else { &[""] };
        for unit in units {
            let name = name.replace('#', unit);
            if !is_optional {
                required.push(name.clone());
            }
            properties.insert(name, of(shape));
        }
    }
    json!({"type": "object", "required": required, "properties": properties, "additionalProperties": false})
}

/// The fields of an object and of those whose fields it has too.
fn gather(shape: &Shapes, fields: &mut Shapes) {
    for (name, inner) in shape {
        if name != "&" {
            fields.insert(name.clone(), inner.clone());
            continue;
        }
        let others = inner.as_array().map_or(std::slice::from_ref(inner), Vec::as_slice);
        for other in others.iter().filter_map(Value::as_str) {
            if let Some(Value::Object(shape)) = shapes()[1].get(other) {
                gather(shape, fields);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FILES, SHARED, Shapes, answer, body, components, shapes};
    use crate::route::ROUTES;

    #[test]
    fn every_file_is_read_and_every_name_is_known() {
        let mut count = 0;
        for text in FILES {
            count += serde_json::from_str::<Shapes>(text).expect("it is JSON").len();
        }
        assert_eq!(count, shapes()[0].len(), "no address is described twice");
        serde_json::from_str::<Shapes>(SHARED).expect("it is JSON");
        let known = components();
        let all: Vec<_> = ROUTES.iter().flat_map(|route| [answer(route), body(route)]).flatten().collect();
        let text = serde_json::to_string(&(&all, &known)).expect("it is JSON");
        let mut names = text.split("#/components/schemas/").skip(1).map(|rest| rest.split('"').next());
        assert!(names.all(|name| name.is_some_and(|name| known.contains_key(name))));
    }

    #[test]
    fn every_address_is_described_and_no_other() {
        // Text, or nothing but another address.
        const PLAIN: [&str; 6] = [
            "/api/v1/stream",
            "/healthz",
            "/metrics",
            "/api/v1/plans/{id}/ics",
            "/api/v1/session/oidc",
            "/api/v1/session/oidc/callback",
        ];
        for route in ROUTES.iter().filter(|route| !PLAIN.contains(&route.path)) {
            assert!(answer(route).is_some(), "nothing describes {} {}", route.verb.word(), route.path);
            assert_eq!(body(route).is_some(), !route.body.is_empty(), "{} {}", route.verb.word(), route.path);
        }
        for route in ROUTES {
            let Some(schema) = body(route) else { continue };
            let mut described: Vec<&str> = schema["properties"]
                .as_object()
                .into_iter()
                .flatten()
                .map(|(name, _)| name.as_str())
                .collect();
            let mut taken = route.body.to_vec();
            described.sort_unstable();
            taken.sort_unstable();
            assert_eq!(described, taken, "{}", route.path);
        }
        let of_routes = ROUTES.iter().flat_map(|route| [answer(route), body(route)]).flatten().count();
        assert_eq!(of_routes, shapes()[0].len(), "a shape is of no address");
    }
}
