use orbit::ElementSet;
use quick_xml::escape::escape;

use super::elements::implausible;
use crate::epoch::{self, TimeSystem};
use crate::error::WriteError;
use crate::header::Header;
use crate::number;
use crate::words::{comment_fault, name_fault, word_fault};

/// The version of the messages that are written: the first with every keyword used here (CCSDS 502.0-B-2).
const VERSION: &str = "2.0";

/// Writes a JSON list with CelesTrak's keywords: numbers as numbers, one object a line.
///
/// Every number has all its digits, so that reading gives the same sets.
///
/// # Errors
/// When a text has control characters or a set is one that the reader would refuse.
pub fn write_json(sets: &[ElementSet]) -> Result<String, WriteError> {
    let objects: Vec<String> = sets
        .iter()
        .map(|set| {
            check(set)?;
            let members: Vec<String> = names(set)
                .into_iter()
                .chain(values(set))
                .filter(|(key, _)| !PREMISES.iter().any(|(premise, _)| premise == key))
                .map(|(key, value)| match value {
                    Value::Text(text) => format!("\"{key}\":{}", serde_json::Value::String(text)),
                    Value::Number(text) => format!("\"{key}\":{text}"),
                })
                .collect();
            Ok(format!("{{{}}}", members.join(",")))
        })
        .collect::<Result<_, WriteError>>()?;
    Ok(if objects.is_empty() { "[]\n".to_owned() } else { format!("[\n{}\n]\n", objects.join(",\n")) })
}

/// Writes keyword-value messages, one behind the other.
///
/// # Errors
/// As [`write_json`], and when a text of the header has control characters.
pub fn write_kvn(sets: &[ElementSet], header: &Header) -> Result<String, WriteError> {
    check_header(header)?;
    let mut text = String::new();
    for set in sets {
        check(set)?;
        text.push_str(&format!("CCSDS_OMM_VERS = {VERSION}\n"));
        for comment in &header.comments {
            text.push_str(&format!("COMMENT {comment}\n"));
        }
        for (key, value) in maker(header).into_iter().chain(names(set)).chain(values(set)) {
            text.push_str(&format!("{key} = {}\n", value.as_str()));
        }
        text.push('\n');
    }
    Ok(text)
}

/// Writes one XML message that holds all sets.
///
/// # Errors
/// As [`write_kvn`].
pub fn write_xml(sets: &[ElementSet], header: &Header) -> Result<String, WriteError> {
    check_header(header)?;
    let mut text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ndm>\n".to_owned();
    for set in sets {
        check(set)?;
        text.push_str(&format!("<omm id=\"CCSDS_OMM_VERS\" version=\"{VERSION}\">\n<header>\n"));
        for comment in &header.comments {
            text.push_str(&leaf("COMMENT", comment));
        }
        text.push_str(&leaves(&maker(header)));
        text.push_str("</header>\n<body>\n<segment>\n<metadata>\n");
        text.push_str(&leaves(&names(set)));
        let values = values(set);
        let (mean_elements, parameters) = values.split_at(MEAN_ELEMENTS);
        text.push_str("</metadata>\n<data>\n<meanElements>\n");
        text.push_str(&leaves(mean_elements));
        text.push_str("</meanElements>\n<tleParameters>\n");
        text.push_str(&leaves(parameters));
        text.push_str("</tleParameters>\n</data>\n</segment>\n</body>\n</omm>\n");
    }
    text.push_str("</ndm>\n");
    Ok(text)
}

enum Value {
    Text(String),
    Number(String),
}

impl Value {
    fn as_str(&self) -> &str {
        match self {
            Self::Text(text) | Self::Number(text) => text,
        }
    }
}

type Pair = (&'static str, Value);

/// What every set here is about, and what CelesTrak's JSON leaves out.
const PREMISES: [(&str, &str); 4] = [
    ("CENTER_NAME", "EARTH"),
    ("REF_FRAME", "TEME"),
    ("TIME_SYSTEM", "UTC"),
    ("MEAN_ELEMENT_THEORY", "SGP4"),
];

fn maker(header: &Header) -> Vec<Pair> {
    vec![
        ("CREATION_DATE", Value::Text(epoch::write(header.created, TimeSystem::Utc))),
        ("ORIGINATOR", Value::Text(header.originator.clone())),
    ]
}

fn names(set: &ElementSet) -> Vec<Pair> {
    let mut names = vec![
        ("OBJECT_NAME", Value::Text(set.name.clone())),
        ("OBJECT_ID", Value::Text(set.designator.clone())),
    ];
    names.extend(PREMISES.iter().map(|&(key, value)| (key, Value::Text(value.to_owned()))));
    names
}

/// How many of [`values`] are mean elements; the others are parameters of the two-line form.
const MEAN_ELEMENTS: usize = 7;

fn values(set: &ElementSet) -> Vec<Pair> {
    let number = |value: f64| Value::Number(number::write(value));
    let count = |value: u32| Value::Number(value.to_string());
    vec![
        ("EPOCH", Value::Text(epoch::write(set.epoch, TimeSystem::Utc))),
        ("MEAN_MOTION", number(set.mean_motion_rev_day)),
        ("ECCENTRICITY", number(set.eccentricity)),
        ("INCLINATION", number(set.inclination_deg)),
        ("RA_OF_ASC_NODE", number(set.raan_deg)),
        ("ARG_OF_PERICENTER", number(set.perigee_deg)),
        ("MEAN_ANOMALY", number(set.mean_anomaly_deg)),
        ("EPHEMERIS_TYPE", count(0)),
        ("CLASSIFICATION_TYPE", Value::Text(set.classification.to_string())),
        ("NORAD_CAT_ID", count(set.catalogue_number)),
        ("ELEMENT_SET_NO", count(set.element_set_number)),
        ("REV_AT_EPOCH", count(set.revolution)),
        ("BSTAR", number(set.bstar)),
        ("MEAN_MOTION_DOT", number(set.mean_motion_dot)),
        ("MEAN_MOTION_DDOT", number(set.mean_motion_ddot)),
    ]
}

fn leaves(pairs: &[Pair]) -> String {
    pairs.iter().map(|(key, value)| leaf(key, value.as_str())).collect()
}

fn leaf(key: &str, text: &str) -> String {
    format!("<{key}>{}</{key}>\n", escape(text))
}

fn check_header(header: &Header) -> Result<(), WriteError> {
    let refused = |field, text: &str, expected| WriteError::Text {
        format: "OMM",
        field,
        text: text.to_owned(),
        expected,
    };
    if let Some(expected) = word_fault(&header.originator) {
        return Err(refused("ORIGINATOR", &header.originator, expected));
    }
    for comment in &header.comments {
        if let Some(expected) = comment_fault(comment) {
            return Err(refused("COMMENT", comment, expected));
        }
    }
    Ok(())
}

fn check(set: &ElementSet) -> Result<(), WriteError> {
    let object = || format!("object {} {}", set.catalogue_number, set.name).trim_end().to_owned();
    for (field, text) in [("OBJECT_NAME", &set.name), ("OBJECT_ID", &set.designator)] {
        if let Some(expected) = name_fault(text) {
            return Err(WriteError::Text { format: "OMM", field, text: text.clone(), expected });
        }
    }
    let refused = |field, value: String, expected| WriteError::Range {
        format: "OMM",
        field,
        value,
        object: object(),
        expected,
    };
    if !matches!(set.classification, 'U' | 'C' | 'S') {
        return Err(refused("CLASSIFICATION_TYPE", set.classification.to_string(), "U, C or S"));
    }
    if !epoch::can_be_written(set.epoch) {
        return Err(refused("EPOCH", set.epoch.to_string(), "in the years 1708 to 2291"));
    }
    for (field, value) in [
        ("BSTAR", set.bstar),
        ("MEAN_MOTION_DOT", set.mean_motion_dot),
        ("MEAN_MOTION_DDOT", set.mean_motion_ddot),
    ] {
        if !value.is_finite() {
            return Err(refused(field, value.to_string(), "a finite number"));
        }
    }
    match implausible(set) {
        Some(fault) => Err(WriteError::Implausible { format: "OMM", object: object(), fault }),
        None => Ok(()),
    }
}
