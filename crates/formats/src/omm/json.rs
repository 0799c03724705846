use std::borrow::Cow;
use std::fmt;

use orbit::ElementSet;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;
use timeline::{Finding, Severity};

use super::elements::{Field, element_set};
use crate::read::Read;
use crate::source::{Source, shown};

/// Reads one JSON object or a list of them, values as numbers or strings.
#[must_use]
pub fn read_json(file: &str, text: &str) -> Read<ElementSet> {
    let source = Source::new(file, text);
    let objects: Result<Vec<&RawValue>, _> = if source.text.trim_start().starts_with('[') {
        serde_json::from_str(source.text)
    } else {
        serde_json::from_str(source.text).map(|object| vec![object])
    };
    let objects = match objects {
        Ok(objects) => objects,
        Err(error) => {
            let place = source.at(error.line(), error.column());
            let message = format!("expected JSON: {error}");
            return Read::refused(Finding::new("json-syntax", Severity::Must, message).at(place));
        }
    };
    let mut read = Read { records: Vec::new(), findings: Vec::new() };
    for object in objects {
        let start = offset_in(source.text, object.get());
        match fields(&source, object) {
            Ok(fields) => read.records.extend(element_set(&source, &fields, start, &mut read.findings)),
            Err(fault) => read.findings.push(*fault),
        }
    }
    read
}

/// The members of an object with their values still as written: numbers keep their digits, values keep their place, and a
/// key that stands twice is seen twice.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> Visitor<'de> for InOrder {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object with the keywords of an OMM")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

fn fields<'a>(source: &Source<'a>, object: &'a RawValue) -> Result<Vec<Field<'a>>, Box<Finding>> {
    let start = offset_in(source.text, object.get());
    let refuse = |offset, message: String| Box::new(source.must("json-value", offset, message));
    let Members(members) = serde_json::from_str(object.get())
        .map_err(|_| refuse(start, format!("expected an object, found {}", shown(object.get()))))?;
    members
        .into_iter()
        .map(|(key, raw)| {
            let offset = offset_in(source.text, raw.get());
            let value = scalar(raw.get()).ok_or_else(|| {
                refuse(offset, format!("expected a number or a string, found {}", shown(raw.get())))
            })?;
            Ok(Field { key: Cow::Owned(key), value, unit: None, offset })
        })
        .collect()
}

/// The text of a string or number; empty for `null`.
fn scalar(raw: &str) -> Option<Cow<'_, str>> {
    match raw.as_bytes().first()? {
        b'"' => {
            let text: String = serde_json::from_str(raw).ok()?;
            Some(Cow::Owned(text.trim().to_owned()))
        }
        b'-' | b'0'..=b'9' => Some(Cow::Borrowed(raw)),
        b'n' => Some(Cow::Borrowed("")),
        _ => None,
    }
}

/// Where `part`, a piece of `whole`, begins in it.
fn offset_in(whole: &str, part: &str) -> usize {
    (part.as_ptr() as usize).saturating_sub(whole.as_ptr() as usize)
}
