//! One record while it is being read: a TOML table or a CSV row, seen alike.

mod fields;
mod key;
mod value;

use record::{Provenance, Quality};
use timeline::{Finding, Place, Severity};

use crate::text::{Text, shown};
pub(crate) use key::unknown_key;
use value::Fault;
pub(crate) use value::{Field, Value};

/// A record under the reader's finger: asked for field after field, it collects what is wrong with them.
///
/// A field that is needed and missing, or has no readable value, gives nothing and a finding that says what was expected.
/// [`Entry::finish`] reports the fields that nobody asked for.
pub(crate) struct Entry<'a> {
    text: &'a Text<'a>,
    kind: &'static str,
    form: Form,
    offset: usize,
    fields: Vec<Field<'a>>,
    asked: Vec<&'static str>,
    findings: Vec<Finding>,
}

/// Where a record comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A TOML table: values have types, and any key may stand in it.
    Toml,
    /// A CSV row: all values are text, and the header says which columns there are.
    Csv,
}

/// Whether a book can do without a field or a file.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Need {
    /// Without it there is no record, or no book.
    Needed,
    /// Without it something is not known.
    Optional,
    /// Most books need none: its absence is not worth a word.
    Rare,
}

impl<'a> Entry<'a> {
    pub(crate) fn new(
        text: &'a Text<'a>,
        kind: &'static str,
        form: Form,
        offset: usize,
        fields: Vec<Field<'a>>,
    ) -> Self {
        Self { text, kind, form, offset, fields, asked: Vec::new(), findings: Vec::new() }
    }

    /// Where the record stands.
    pub(crate) fn place(&self) -> Place {
        self.text.line(self.offset)
    }

    /// The record's id as it stands, whether or not it is a proper one.
    pub(crate) fn id_text(&self) -> Option<&'a str> {
        self.fields.iter().find(|field| field.name == "id").and_then(|field| match field.value {
            Value::Text(text) | Value::Cell(text) => Some(text),
            _ => None,
        })
    }

    /// Where the text of a field begins, behind its quotation mark.
    fn place_of(&self, name: &str) -> Option<Place> {
        let offset = self.fields.iter().find(|field| field.name == name)?.value_offset;
        let quoted = self.text.text.get(offset..)?;
        let triple = quoted.starts_with("\"\"\"") || quoted.starts_with("'''");
        Some(self.text.place(offset + if triple { 3 } else { 1 }))
    }

    /// What the record is: the name of its list in TOML, of a row in CSV.
    pub(crate) fn kind(&self) -> &'static str {
        self.kind
    }

    /// The tables of a list, each an entry of its own; what `read` leaves unasked in them is reported.
    pub(crate) fn tables<T>(
        &mut self,
        name: &'static str,
        kind: &'static str,
        mut read: impl FnMut(&mut Entry<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        self.asked.push(name);
        let at = self.fields.iter().position(|field| field.name == name)?;
        let field = self.fields.remove(at);
        let Value::List(items) = field.value else {
            self.wrong(name, &field.value, field.value_offset, Fault::value("a list of tables"));
            return None;
        };
        let mut values = Vec::new();
        for (offset, item) in items {
            if let Value::Table(fields) = item {
                let mut entry = Entry::new(self.text, kind, self.form, offset, fields);
                values.extend(read(&mut entry));
                self.findings.append(&mut entry.finish());
            } else {
                self.wrong(name, &item, offset, Fault::value("a table"));
            }
        }
        Some(values)
    }

    /// The one table that may stand in a field.
    pub(crate) fn maybe_table<T>(
        &mut self,
        name: &'static str,
        kind: &'static str,
        read: impl FnOnce(&mut Entry<'a>) -> Option<T>,
    ) -> Option<T> {
        self.asked.push(name);
        let at = self.fields.iter().position(|field| field.name == name)?;
        let field = self.fields.remove(at);
        let Value::Table(fields) = field.value else {
            self.wrong(name, &field.value, field.value_offset, Fault::value("a table"));
            return None;
        };
        let mut entry = Entry::new(self.text, kind, self.form, field.value_offset, fields);
        let value = read(&mut entry);
        self.findings.append(&mut entry.finish());
        value
    }

    /// What `read` makes of the record, when nothing of it is at fault: for records that are another thing without a part that
    /// could not be read.
    pub(crate) fn faultless<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let before = self.findings.len();
        read(self).filter(|_| self.findings.len() == before)
    }

    /// Where the record came from. What is missing is reported, and the figure counts as assumed.
    pub(crate) fn provenance(&mut self) -> Provenance {
        let before = self.findings.len();
        let source = self.text("source").unwrap_or_default();
        for finding in &mut self.findings[before..] {
            "source-missing".clone_into(&mut finding.rule);
            "say in `source` where it was read".clone_into(&mut finding.mend);
        }
        let quality = self.word("quality").unwrap_or(Quality::Assumed);
        Provenance { source, quality, note: self.maybe_text("note") }
    }

    /// Marks a field as known without reading it.
    pub(crate) fn ask(&mut self, name: &'static str) {
        self.asked.push(name);
    }

    /// Whether the field is there at all.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|field| field.name == name)
    }

    /// Reports a fault of the whole record.
    pub(crate) fn report(&mut self, rule: &str, message: String, mend: &str) {
        let finding = Finding::new(rule, Severity::Must, message).at(self.place()).mend(mend);
        self.findings.push(self.blamed(finding));
    }

    /// The findings, with those fields that nobody asked for.
    pub(crate) fn finish(mut self) -> Vec<Finding> {
        // The header of a CSV file has been checked once for all rows.
        if self.form == Form::Toml {
            for field in &self.fields {
                if !self.asked.contains(&field.name) {
                    let finding = unknown_key(self.kind, field.name, &self.asked);
                    self.findings.push(self.blamed(finding.at(self.text.place(field.name_offset))));
                }
            }
        }
        self.findings
    }

    fn read<T>(
        &mut self,
        name: &'static str,
        need: Need,
        convert: impl FnOnce(&Value<'a>) -> Result<T, Fault>,
    ) -> Option<T> {
        self.asked.push(name);
        let Some(field) = self.fields.iter().find(|field| field.name == name) else {
            if need == Need::Needed && self.form == Form::Toml {
                self.missing(name);
            }
            return None;
        };
        if matches!(field.value, Value::Cell("")) {
            if need == Need::Needed {
                self.missing(name);
            }
            return None;
        }
        match convert(&field.value) {
            Ok(value) => Some(value),
            Err(fault) => {
                let finding = self.wrong_finding(name, &field.value, field.value_offset, fault);
                self.findings.push(finding);
                None
            }
        }
    }

    fn list<T>(&mut self, name: &'static str, convert: impl Fn(&Value<'a>) -> Result<T, Fault>) -> Vec<T> {
        self.asked.push(name);
        let Some(field) = self.fields.iter().find(|field| field.name == name) else { return Vec::new() };
        let (mut values, mut findings) = (Vec::new(), Vec::new());
        let mut take = |offset: usize, value: &Value<'a>| match convert(value) {
            Ok(value) => values.push(value),
            Err(fault) => findings.push(self.wrong_finding(name, value, offset, fault)),
        };
        match &field.value {
            Value::List(items) => items.iter().for_each(|(offset, item)| take(*offset, item)),
            Value::Cell("") => {}
            Value::Cell(cell) => {
                cell.split('+').for_each(|part| take(field.value_offset, &Value::Cell(part)));
            }
            value => {
                findings.push(self.wrong_finding(name, value, field.value_offset, Fault::value("a list")));
            }
        }
        self.findings.append(&mut findings);
        values
    }

    fn missing(&mut self, name: &str) {
        let message = format!("{} has no `{name}`", self.label());
        self.report("value-missing", message, &format!("give `{name}`"));
    }

    fn wrong(&mut self, name: &str, value: &Value<'_>, offset: usize, fault: Fault) {
        let finding = self.wrong_finding(name, value, offset, fault);
        self.findings.push(finding);
    }

    fn wrong_finding(&self, name: &str, value: &Value<'_>, offset: usize, fault: Fault) -> Finding {
        let message =
            format!("`{name}` of {}: expected {}, found {}", self.label(), fault.expected, value.described());
        let place = match self.form {
            Form::Toml => self.text.place(offset),
            Form::Csv => self.place(),
        };
        let mend = if fault.mend.is_empty() { format!("write {}", fault.expected) } else { fault.mend };
        self.blamed(Finding::new(fault.rule, Severity::Must, message).at(place).mend(mend))
    }

    fn blamed(&self, finding: Finding) -> Finding {
        match self.id_text() {
            Some(id) => finding.about(id),
            None => finding,
        }
    }

    fn label(&self) -> String {
        // Rows without an id are known by what stands first: the flight or the person.
        let first = self.fields.first().map(|field| &field.value);
        match (self.id_text(), first) {
            (Some(id), _) => format!("{} {}", self.kind, shown(id)),
            (None, Some(Value::Cell(first))) => format!("{} of {}", self.kind, shown(first)),
            _ => format!("this {}", self.kind),
        }
    }
}
