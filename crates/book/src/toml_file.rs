//! TOML files: tables become entries.

use timeline::{Finding, Severity, did_you_mean};
use toml::de::{DeTable, DeValue};

use crate::entry::{Entry, Field, Form, Value};
use crate::text::{Text, shown};

/// Hands every table of every known list to `take`, with the list's name; reports what else stands in the file.
pub(crate) fn each_table(
    text: &Text<'_>,
    known: &[&'static str],
    findings: &mut Vec<Finding>,
    take: &mut dyn FnMut(Entry<'_>),
) {
    let (root, errors) = DeTable::parse_recoverable(text.text);
    report_syntax(text, &errors, findings);
    for (key, value) in root.get_ref() {
        let name = key.get_ref().as_ref();
        let Some(kind) = known.iter().copied().find(|kind| *kind == name) else {
            let otherwise = format!("known are [[{}]]", known.join("]], [["));
            let mend = did_you_mean(name, known.iter().copied(), &otherwise);
            let message = format!("`{}` has no table {}", text.file, shown(name));
            let place = text.place(key.span().start);
            findings.push(Finding::new("table-unknown", Severity::Must, message).at(place).mend(mend));
            continue;
        };
        let DeValue::Array(items) = value.get_ref() else {
            findings.push(not_a_list(text, kind, value.span().start));
            continue;
        };
        for item in items.iter() {
            let offset = item.span().start;
            match item.get_ref() {
                DeValue::Table(table) => take(Entry::new(text, kind, Form::Toml, offset, fields(table))),
                _ => findings.push(not_a_list(text, kind, offset)),
            }
        }
    }
}

/// Hands the file's top level to `take` as one entry.
pub(crate) fn whole(
    text: &Text<'_>,
    kind: &'static str,
    findings: &mut Vec<Finding>,
    take: impl FnOnce(Entry<'_>),
) {
    let (root, errors) = DeTable::parse_recoverable(text.text);
    report_syntax(text, &errors, findings);
    take(Entry::new(text, kind, Form::Toml, 0, fields(root.get_ref())));
}

fn not_a_list(text: &Text<'_>, kind: &str, offset: usize) -> Finding {
    let message = format!("expected tables that begin with [[{kind}]], found something else");
    Finding::new("table-wrong", Severity::Must, message)
        .at(text.place(offset))
        .mend(format!("begin each record with [[{kind}]]"))
}

fn report_syntax(text: &Text<'_>, errors: &[toml::de::Error], findings: &mut Vec<Finding>) {
    for error in errors {
        let place = text.place(error.span().map_or(0, |span| span.start));
        findings.push(Finding::new("toml-syntax", Severity::Must, error.message()).at(place));
    }
}

fn fields<'a>(table: &'a DeTable<'_>) -> Vec<Field<'a>> {
    table
        .iter()
        .map(|(key, spanned)| Field {
            name: key.get_ref().as_ref(),
            name_offset: key.span().start,
            value: value(spanned.get_ref()),
            value_offset: spanned.span().start,
        })
        .collect()
}

fn value<'a>(found: &'a DeValue<'_>) -> Value<'a> {
    match found {
        DeValue::String(text) => Value::Text(text),
        // A number in another base is no count of anything; without its digits no reader takes it.
        DeValue::Integer(integer) if integer.radix() != 10 => Value::Number("in another base"),
        DeValue::Integer(integer) => Value::Number(integer.as_str()),
        DeValue::Float(float) => Value::Number(float.as_str()),
        DeValue::Boolean(flag) => Value::Flag(*flag),
        DeValue::Datetime(_) => Value::Datetime,
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| (item.span().start, value(item.get_ref()))).collect())
        }
        DeValue::Table(table) => Value::Table(fields(table)),
    }
}
