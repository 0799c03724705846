use std::borrow::Cow;

use orbit::ElementSet;

use super::elements::{Field, element_set};
use crate::read::Read;
use crate::source::Source;

/// Reads a table whose first row names the keywords, as CelesTrak publishes it.
#[must_use]
pub fn read_csv(file: &str, text: &str) -> Read<ElementSet> {
    let source = Source::new(file, text);
    let mut read = Read { records: Vec::new(), findings: Vec::new() };
    let mut header: Option<Vec<(Cow<'_, str>, usize)>> = None;
    let mut start = 0;
    let mut rows = 0;
    for line in source.text.split_inclusive('\n') {
        let offset = start;
        start += line.len();
        if line.trim().is_empty() {
            continue;
        }
        rows += 1;
        let Some(row) = cells(line.trim_end_matches(['\n', '\r']), offset) else {
            read.findings.push(source.must("csv-quote", offset, "a quoted cell is not closed in this row"));
            continue;
        };
        let Some(keys) = &header else {
            header = Some(row);
            continue;
        };
        if keys.len() != row.len() {
            let message = format!("expected {} cells as in the first row, found {}", keys.len(), row.len());
            read.findings.push(source.must("csv-cells", offset, message));
            continue;
        }
        let fields: Vec<Field<'_>> = keys
            .iter()
            .zip(row)
            .map(|((key, _), (value, offset))| Field { key: Cow::Borrowed(key), value, unit: None, offset })
            .collect();
        read.records.extend(element_set(&source, &fields, offset, &mut read.findings));
    }
    if rows == 1 {
        read.findings.push(source.should("csv-cells", 0, "expected rows behind the first one, found none"));
    }
    read
}

/// The cells of a row with their offsets, quotes resolved; nothing when a quote is not closed.
fn cells(line: &str, offset: usize) -> Option<Vec<(Cow<'_, str>, usize)>> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        let at = offset + line.len() - rest.len();
        let (cell, behind) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted)?,
            None => match rest.split_once(',') {
                Some((cell, behind)) => (Cow::Borrowed(cell.trim()), Some(behind)),
                None => (Cow::Borrowed(rest.trim()), None),
            },
        };
        cells.push((cell, at));
        match behind {
            Some(behind) => rest = behind,
            None => return Some(cells),
        }
    }
}

/// A cell whose opening quote is behind us, and what follows its comma.
fn quoted_cell(text: &str) -> Option<(Cow<'_, str>, Option<&str>)> {
    let mut cell = String::new();
    let mut rest = text;
    loop {
        let (part, behind) = rest.split_once('"')?;
        cell.push_str(part);
        match behind.chars().next() {
            Some('"') => {
                cell.push('"');
                rest = &behind[1..];
            }
            Some(',') => return Some((Cow::Owned(cell.trim().to_owned()), Some(&behind[1..]))),
            None => return Some((Cow::Owned(cell.trim().to_owned()), None)),
            Some(_) => return None,
        }
    }
}
