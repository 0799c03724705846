//! Answers held against the schemas of the OpenAPI document: as much of JSON Schema as that uses.

use serde_json::Value;

/// What is wrong with an answer of `verb path`; nothing when it is as the document says.
pub(crate) fn faults(document: &Value, verb: &str, path: &str, answer: &Value) -> Vec<String> {
    let responses = &document["paths"][path][verb]["responses"];
    let fine = ["200", "202"].iter().find_map(|status| responses.get(status));
    let schema = fine.map(|response| &response["content"]["application/json"]["schema"]);
    let mut faults = Vec::new();
    match schema.filter(|schema| schema.is_object()) {
        Some(schema) => look(document, schema, answer, "", &mut faults),
        None => faults.push(format!("the document has no schema of {verb} {path}")),
    }
    faults
}

fn look(document: &Value, schema: &Value, value: &Value, at: &str, faults: &mut Vec<String>) {
    let known =
        ["$ref", "type", "enum", "anyOf", "items", "prefixItems", "minItems", "properties", "required"];
    let known =
        [&known[..], &["additionalProperties", "minimum", "maximum", "format", "description"]].concat();
    for (keyword, told) in schema.as_object().expect("a schema is an object") {
        assert!(known.contains(&keyword.as_str()), "{at}: this test does not know `{keyword}`");
        let mut wrong = |what: &str| faults.push(format!("{at}: {what}: {value}"));
        match keyword.as_str() {
            "$ref" => {
                let pointer = told.as_str().and_then(|text| text.strip_prefix('#')).expect("it is of here");
                let inner = document.pointer(pointer).expect("what is named is there");
                look(document, inner, value, at, faults);
            }
            "type" if !listed(told).iter().any(|kind| is_a(value, kind)) => wrong(&format!("no {told}")),
            "enum" if !told.as_array().is_some_and(|all| all.contains(value)) => {
                wrong(&format!("not of {told}"));
            }
            "anyOf" => {
                let tried = told.as_array().expect("a list").iter().map(|one| {
                    let mut found = Vec::new();
                    look(document, one, value, at, &mut found);
                    found
                });
                if let Some(least) = tried.min_by_key(Vec::len).filter(|found| !found.is_empty()) {
                    faults.extend(least);
                }
            }
            "items" if told.is_object() => {
                for (index, one) in value.as_array().into_iter().flatten().enumerate() {
                    look(document, told, one, &format!("{at}[{index}]"), faults);
                }
            }
            "items" if value.as_array().map(Vec::len) > schema["prefixItems"].as_array().map(Vec::len) => {
                wrong("too long");
            }
            "prefixItems" => {
                for (one, inner) in
                    value.as_array().into_iter().flatten().zip(told.as_array().expect("a list"))
                {
                    look(document, inner, one, at, faults);
                }
            }
            "minItems"
                if value.as_array().is_some_and(|all| (all.len() as u64) < told.as_u64().unwrap_or(0)) =>
            {
                wrong("too short");
            }
            "required" => {
                let missing =
                    listed(told).into_iter().filter(|name| value.is_object() && value.get(name).is_none());
                faults.extend(missing.map(|name| format!("{at}.{name} is missing")));
            }
            "properties" => {
                for (name, inner) in told.as_object().expect("fields") {
                    if let Some(one) = value.get(name) {
                        look(document, inner, one, &format!("{at}.{name}"), faults);
                    }
                }
            }
            "additionalProperties" => {
                let more = value.as_object().into_iter().flatten();
                for (name, one) in more.filter(|(name, _)| schema["properties"].get(name).is_none()) {
                    match told {
                        Value::Bool(false) => faults.push(format!("{at}.{name} is told nowhere")),
                        inner => look(document, inner, one, &format!("{at}.{name}"), faults),
                    }
                }
            }
            "minimum" if value.as_f64() < told.as_f64() => wrong("too little"),
            "maximum" if value.as_f64() > told.as_f64() => wrong("too much"),
            "format" if value.as_str().is_some_and(|text| text.parse::<timeline::Time>().is_err()) => {
                wrong("no time");
            }
            _ => {}
        }
    }
}

fn listed(told: &Value) -> Vec<&str> {
    match told {
        Value::String(one) => vec![one],
        several => several.as_array().into_iter().flatten().filter_map(Value::as_str).collect(),
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("`{other}` is no type"),
    }
}
