use orbit::ElementSet;

use crate::oem::Oem;
use crate::read::Read;
use crate::{oem, omm, tle};

/// Reads element sets in any form: TLE, or OMM as KVN, XML, JSON or CSV. The form is seen from the text.
#[must_use]
pub fn read_elements(file: &str, text: &str) -> Read<ElementSet> {
    match form(text) {
        Form::Xml => omm::read_xml(file, text),
        Form::Json => omm::read_json(file, text),
        Form::Kvn => omm::read_kvn(file, text),
        Form::Csv => omm::read_csv(file, text),
        Form::Lines => tle::read(file, text),
    }
}

/// Reads an orbit ephemeris as KVN or XML. The form is seen from the text.
#[must_use]
pub fn read_ephemeris(file: &str, text: &str) -> Read<Oem> {
    match form(text) {
        Form::Xml => oem::read_xml(file, text),
        _ => oem::read_kvn(file, text),
    }
}

enum Form {
    Xml,
    Json,
    Kvn,
    Csv,
    Lines,
}

fn form(text: &str) -> Form {
    let text = text.trim_start_matches(|c: char| c == '\u{feff}' || c.is_whitespace());
    let says = |word: &str| {
        let said =
            text.lines().find(|line| !line.trim().is_empty() && !line.trim_start().starts_with("COMMENT"));
        said.is_some_and(|line| line.trim_start().starts_with(word))
    };
    let first_line = text.lines().next().unwrap_or_default();
    match text.chars().next() {
        Some('<') => Form::Xml,
        Some('[' | '{') => Form::Json,
        _ if says("CCSDS_") => Form::Kvn,
        _ if first_line.contains(',') && first_line.contains("MEAN_MOTION") => Form::Csv,
        _ => Form::Lines,
    }
}
