//! One record while it is being read: a TOML table or a CSV row, seen alike.

use std::ops::RangeInclusive;

use record::{Id, Mass, Provenance, Quality, Share, Word};
use timeline::{Duration, Finding, Place, Severity, Time};

use crate::suggest::{did_you_mean, nearest};
use crate::text::{Text, shown};

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
    pub(crate) findings: Vec<Finding>,
}

/// Where a record comes from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// A TOML table: values have types, and any key may stand in it.
    Toml,
    /// A CSV row: all values are text, and the header says which columns there are.
    Csv,
}

/// A named value and where it stands.
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) name_offset: usize,
    pub(crate) value: Value<'a>,
    pub(crate) value_offset: usize,
}

/// A value as it stands in the file.
pub(crate) enum Value<'a> {
    Text(&'a str),
    /// A number as written.
    Number(&'a str),
    Flag(bool),
    /// A time without quotes.
    Datetime,
    List(Vec<(usize, Value<'a>)>),
    Table(Vec<Field<'a>>),
}

impl Value<'_> {
    fn described(&self) -> String {
        match self {
            Self::Text("") => "an empty text".to_owned(),
            Self::Text(text) => format!("the text {}", shown(text)),
            Self::Number(number) => format!("the number {}", shown(number)),
            Self::Flag(flag) => format!("`{flag}`"),
            Self::Datetime => "a time without quotes".to_owned(),
            Self::List(_) => "a list".to_owned(),
            Self::Table(_) => "a table".to_owned(),
        }
    }
}

/// What is wrong with a value.
struct Fault {
    rule: &'static str,
    expected: String,
    mend: String,
}

impl Fault {
    fn value(expected: impl Into<String>) -> Self {
        Self { rule: "value-wrong", expected: expected.into(), mend: String::new() }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Need {
    Needed,
    Optional,
}
use Need::{Needed, Optional};

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
            Value::Text(text) => Some(text),
            _ => None,
        })
    }

    /// What the record is: the name of its list in TOML, of a row in CSV.
    pub(crate) fn kind(&self) -> &'static str {
        self.kind
    }

    pub(crate) fn id<T: Id>(&mut self, name: &'static str) -> Option<T> {
        self.read(name, Needed, as_id)
    }

    pub(crate) fn maybe_id<T: Id>(&mut self, name: &'static str) -> Option<T> {
        self.read(name, Optional, as_id)
    }

    /// Ids in a TOML list, or joined by `+` in a CSV cell.
    pub(crate) fn ids<T: Id>(&mut self, name: &'static str) -> Vec<T> {
        self.list(name, as_id)
    }

    /// A text that must be there and not be empty.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        self.read(name, Needed, as_text)
    }

    /// A text that may be missing, and is then empty.
    pub(crate) fn maybe_text(&mut self, name: &'static str) -> String {
        self.read(name, Optional, as_text).unwrap_or_default()
    }

    pub(crate) fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.list(name, as_text)
    }

    /// ISO 3166-1 alpha-2 code of a country.
    pub(crate) fn country(&mut self, name: &'static str) -> Option<String> {
        self.read(name, Needed, as_country)
    }

    pub(crate) fn countries(&mut self, name: &'static str) -> Vec<String> {
        self.list(name, as_country)
    }

    pub(crate) fn colour(&mut self, name: &'static str) -> Option<String> {
        self.read(name, Needed, as_colour)
    }

    pub(crate) fn number(&mut self, name: &'static str, range: RangeInclusive<f64>) -> Option<f64> {
        let form = self.form;
        self.read(name, Needed, |value| as_number(value, form, &range))
    }

    pub(crate) fn maybe_number(&mut self, name: &'static str, range: RangeInclusive<f64>) -> Option<f64> {
        let form = self.form;
        self.read(name, Optional, |value| as_number(value, form, &range))
    }

    /// A plain count, such as seats or a catalogue number.
    pub(crate) fn count(&mut self, name: &'static str) -> Option<u32> {
        let form = self.form;
        self.read(name, Needed, |value| as_count(value, form))
    }

    pub(crate) fn maybe_count(&mut self, name: &'static str) -> Option<u32> {
        let form = self.form;
        self.read(name, Optional, |value| as_count(value, form))
    }

    pub(crate) fn mass(&mut self, name: &'static str) -> Option<Mass> {
        let form = self.form;
        self.read(name, Needed, |value| as_mass(value, form))
    }

    pub(crate) fn maybe_mass(&mut self, name: &'static str) -> Option<Mass> {
        let form = self.form;
        self.read(name, Optional, |value| as_mass(value, form))
    }

    pub(crate) fn share(&mut self, name: &'static str) -> Option<Share> {
        let form = self.form;
        self.read(name, Needed, |value| {
            digits(value, form)
                .and_then(Share::from_percent)
                .filter(|share| (0..=Share::WHOLE.parts_per_million()).contains(&share.parts_per_million()))
                .ok_or_else(|| Fault::value("percent from 0 to 100 with at most four places"))
        })
    }

    pub(crate) fn time(&mut self, name: &'static str) -> Option<Time> {
        self.read(name, Needed, as_time)
    }

    pub(crate) fn maybe_time(&mut self, name: &'static str) -> Option<Time> {
        self.read(name, Optional, as_time)
    }

    pub(crate) fn maybe_hours(&mut self, name: &'static str) -> Option<Duration> {
        self.maybe_number(name, 0.0..=1e6).map(|hours| Duration::from_seconds(hours * 3_600.0))
    }

    pub(crate) fn maybe_days(&mut self, name: &'static str) -> Option<Duration> {
        self.maybe_number(name, 0.0..=1e5).map(Duration::from_days)
    }

    pub(crate) fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.read(name, Needed, |value| match value {
            Value::Flag(flag) => Ok(*flag),
            _ => Err(Fault::value("`true` or `false`")),
        })
    }

    pub(crate) fn word<W: Word>(&mut self, name: &'static str) -> Option<W> {
        self.read(name, Needed, as_word)
    }

    pub(crate) fn maybe_word<W: Word>(&mut self, name: &'static str) -> Option<W> {
        self.read(name, Optional, as_word)
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
            if need == Needed && self.form == Form::Toml {
                self.missing(name);
            }
            return None;
        };
        if self.form == Form::Csv && matches!(field.value, Value::Text("")) {
            if need == Needed {
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
        match (&field.value, self.form) {
            (Value::List(items), _) => items.iter().for_each(|(offset, item)| take(*offset, item)),
            (Value::Text(""), Form::Csv) => {}
            (Value::Text(cell), Form::Csv) => {
                cell.split('+').for_each(|part| take(field.value_offset, &Value::Text(part)));
            }
            (value, _) => {
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
        self.blamed(Finding::new(fault.rule, Severity::Must, message).at(place).mend(fault.mend))
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
        match (self.id_text(), self.form, first) {
            (Some(id), _, _) => format!("{} {}", self.kind, shown(id)),
            (None, Form::Csv, Some(Value::Text(first))) => format!("{} of {}", self.kind, shown(first)),
            _ => format!("this {}", self.kind),
        }
    }
}

/// A key or column that the book's schema does not have; perhaps it lacks its unit, perhaps it is mistyped.
pub(crate) fn unknown_key(kind: &str, name: &str, known: &[&str]) -> Finding {
    let with_unit = known.iter().find(|known| {
        known
            .strip_prefix(name)
            .and_then(|rest| rest.strip_prefix('_'))
            .is_some_and(|unit| UNITS.contains(&unit))
    });
    if let Some(with_unit) = with_unit {
        return Finding::new(
            "unit-missing",
            Severity::Must,
            format!("{} has no unit in its name", shown(name)),
        )
        .mend(format!("write `{with_unit}`"));
    }
    let known_names = known.join(", ");
    let mend = match nearest(name, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("known are {known_names}"),
    };
    Finding::new("key-unknown", Severity::Must, format!("{kind} has no {}", shown(name))).mend(mend)
}

/// The units that end a name.
const UNITS: [&str; 11] = ["kg", "m", "m3", "km", "deg", "days", "hours", "pct", "sfu", "arcsec", "mas"];

fn as_text(value: &Value<'_>) -> Result<String, Fault> {
    match value {
        Value::Text(text) if !text.trim().is_empty() => Ok((*text).to_owned()),
        _ => Err(Fault::value("a text in quotes")),
    }
}

fn as_country(value: &Value<'_>) -> Result<String, Fault> {
    match value {
        Value::Text(text) if text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            Ok((*text).to_owned())
        }
        _ => Err(Fault::value("two capital letters of ISO 3166, such as \"FR\"")),
    }
}

fn as_colour(value: &Value<'_>) -> Result<String, Fault> {
    match value {
        Value::Text(text) if is_colour(text) => Ok((*text).to_owned()),
        _ => Err(Fault::value("a colour such as \"#0072B2\"")),
    }
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

fn as_id<T: Id>(value: &Value<'_>) -> Result<T, Fault> {
    let fault = || Fault {
        rule: "id-form",
        expected: format!("the id of one {}", T::WHAT),
        mend: "write lower-case words joined by hyphens, such as `harmony-forward`".to_owned(),
    };
    match value {
        Value::Text(text) => text.parse().map_err(|_| fault()),
        _ => Err(fault()),
    }
}

fn as_word<W: Word>(value: &Value<'_>) -> Result<W, Fault> {
    let Value::Text(text) = value else { return Err(Fault::value("a word in quotes")) };
    W::from_word(text).ok_or_else(|| {
        let words: Vec<&str> = W::ALL.iter().map(|word| word.word()).collect();
        let mend = did_you_mean(text, words.iter().copied(), "choose one of them");
        Fault { rule: "word-unknown", expected: format!("one of {}", words.join(", ")), mend }
    })
}

fn as_time(value: &Value<'_>) -> Result<Time, Fault> {
    let fault = |expected: &str, mend: &str| Fault {
        rule: "time-wrong",
        expected: expected.to_owned(),
        mend: mend.to_owned(),
    };
    match value {
        Value::Text(text) => text.parse().map_err(|error: timeline::TimeError| match error {
            timeline::TimeError::Form(_) => {
                fault("a time such as 2000-11-02T09:21Z or 2021-07-26", "write it in that form")
            }
            _ => fault("a day and time that exist", "look it up in the calendar"),
        }),
        Value::Datetime => Err(fault("a time in quotes", "put quotes around it")),
        _ => Err(fault("a time such as \"2000-11-02T09:21Z\"", "write it in that form")),
    }
}

fn digits<'v>(value: &'v Value<'_>, form: Form) -> Option<&'v str> {
    match value {
        Value::Number(number) => Some(number),
        Value::Text(text) if form == Form::Csv => Some(text),
        _ => None,
    }
}

fn as_count(value: &Value<'_>, form: Form) -> Result<u32, Fault> {
    digits(value, form)
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| Fault::value("a whole number, 0 or more"))
}

fn as_number(value: &Value<'_>, form: Form, range: &RangeInclusive<f64>) -> Result<f64, Fault> {
    let number: f64 = digits(value, form)
        .and_then(|number| number.parse().ok())
        .filter(|number: &f64| number.is_finite())
        .ok_or_else(|| Fault::value("a number"))?;
    if range.contains(&number) {
        return Ok(number);
    }
    let expected = format!("a number from {} to {}", range.start(), range.end());
    Err(Fault { rule: "out-of-range", expected, mend: String::new() })
}

fn as_mass(value: &Value<'_>, form: Form) -> Result<Mass, Fault> {
    digits(value, form)
        .and_then(Mass::from_kg)
        .filter(|&mass| mass >= Mass::ZERO)
        .ok_or_else(|| Fault::value("kilograms, 0 or more, with at most three places"))
}
