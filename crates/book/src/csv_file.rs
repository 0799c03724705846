//! CSV files: rows become entries.

use timeline::{Finding, Severity};

use crate::entry::{Entry, Field, Form, Value, unknown_key};
use crate::text::{Text, shown};

/// Hands every whole row to `take` and the id-like first cell of every refused one to `refuse`.
///
/// The header is checked once: columns that are unknown, missing or there twice. Rows of another width than the header are
/// refused, as nobody can say which cell is which.
pub(crate) fn each_row(
    text: &Text<'_>,
    kind: &'static str,
    columns: &'static [&'static str],
    findings: &mut Vec<Finding>,
    take: &mut dyn FnMut(Entry<'_>),
    refuse: &mut dyn FnMut(&str),
) {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .from_reader(text.text.as_bytes());
    let mut header: Option<csv::StringRecord> = None;
    let mut row = csv::StringRecord::new();
    loop {
        let offset = next_row(text.text, usize::try_from(reader.position().byte()).unwrap_or(usize::MAX));
        match reader.read_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => {
                let finding = Finding::new("csv-syntax", Severity::Must, error.to_string());
                findings.push(finding.at(text.line(offset)));
                break;
            }
        }
        let Some(header) = &header else {
            check_header(text, kind, columns, &row, offset, findings);
            header = Some(row.clone());
            continue;
        };
        if let Some(finding) = misshapen(header, &row) {
            findings.push(finding.at(text.line(offset)).about(row.get(0).unwrap_or_default()));
            refuse(row.get(0).unwrap_or_default());
            continue;
        }
        let cells = header.iter().zip(&row);
        let fields = cells.map(|(name, cell)| Field {
            name,
            name_offset: offset,
            value: Value::Cell(cell.trim()),
            value_offset: offset,
        });
        take(Entry::new(text, kind, Form::Csv, offset, fields.collect()));
    }
    if header.is_none() {
        let finding =
            Finding::new("column-missing", Severity::Must, format!("`{}` has no header row", text.file));
        findings.push(finding.at(text.line(0)).mend(format!("begin it with `{}`", columns.join(","))));
    }
}

/// Where the next row begins: the reader says where the last one ended, and passes over empty and comment lines.
fn next_row(text: &str, from: usize) -> usize {
    let mut at = from.min(text.len());
    loop {
        let rest = &text.as_bytes()[at..];
        match rest.first() {
            Some(b'\n' | b'\r') => at += 1,
            Some(b'#') => at += rest.iter().position(|&byte| byte == b'\n').map_or(rest.len(), |end| end + 1),
            _ => return at,
        }
    }
}

fn check_header(
    text: &Text<'_>,
    kind: &str,
    columns: &[&str],
    header: &csv::StringRecord,
    offset: usize,
    findings: &mut Vec<Finding>,
) {
    for (at, name) in header.iter().enumerate() {
        if !columns.contains(&name) {
            findings.push(unknown_key(kind, name, columns).at(text.line(offset)));
        }
        if header.iter().take(at).any(|before| before == name) {
            let message = format!("the column {} is there twice; the first counts", shown(name));
            let finding = Finding::new("column-twice", Severity::Must, message);
            findings.push(finding.at(text.line(offset)).mend("take one away"));
        }
    }
    for column in columns.iter().filter(|column| !header.iter().any(|name| name == **column)) {
        let finding =
            Finding::new("column-missing", Severity::Must, format!("the column `{column}` is missing"));
        findings.push(finding.at(text.line(offset)).mend("add it; empty cells mean not known"));
    }
}

fn misshapen(header: &csv::StringRecord, row: &csv::StringRecord) -> Option<Finding> {
    if let Some(cell) = row.iter().find(|cell| cell.contains('\n')) {
        let message = format!("the cell {} runs over a line's end", shown(cell));
        return Some(Finding::new("quote-open", Severity::Must, message).mend("close its quotation mark"));
    }
    if row.len() == header.len() {
        return None;
    }
    let message = format!("expected {} cells as in the header, found {}", header.len(), row.len());
    Some(
        Finding::new("row-ragged", Severity::Must, message)
            .mend("cells with commas need quotation marks; empty cells need their comma"),
    )
}
