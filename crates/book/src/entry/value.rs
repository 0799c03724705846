//! Values as they stand in a file, and what they can be read as.

use std::ops::RangeInclusive;

use partnership::SeatCount;
use plan::{Clock, Day};
use record::{Id, Mass, Share, Word};
use station::Scale;
use timeline::{Time, TimeError, did_you_mean};

use crate::text::shown;

/// A named value and where it stands.
pub(crate) struct Field<'a> {
    pub(crate) name: &'a str,
    pub(crate) name_offset: usize,
    pub(crate) value: Value<'a>,
    pub(crate) value_offset: usize,
}

/// A value as it stands in the file.
pub(crate) enum Value<'a> {
    /// A CSV cell, which may mean anything.
    Cell(&'a str),
    /// A TOML text.
    Text(&'a str),
    /// A TOML number as written.
    Number(&'a str),
    Flag(bool),
    /// A time without quotes.
    Datetime,
    List(Vec<(usize, Value<'a>)>),
    Table(Vec<Field<'a>>),
}

impl Value<'_> {
    /// The text, where it may be one.
    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Cell(text) => Some(text),
            _ => None,
        }
    }

    /// The digits, where it may be a number.
    fn digits(&self) -> Option<&str> {
        match self {
            Self::Number(digits) | Self::Cell(digits) => Some(digits),
            _ => None,
        }
    }

    /// What was found, for a message.
    pub(super) fn described(&self) -> String {
        match self {
            Self::Text(text) | Self::Cell(text) => format!("the text {}", shown(text)),
            Self::Number(number) => format!("the number {}", shown(number)),
            Self::Flag(flag) => format!("`{flag}`"),
            Self::Datetime => "a time without quotes".to_owned(),
            Self::List(_) => "a list".to_owned(),
            Self::Table(_) => "a table".to_owned(),
        }
    }
}

/// What is wrong with a value.
pub(super) struct Fault {
    pub(super) rule: &'static str,
    pub(super) expected: String,
    pub(super) mend: String,
}

impl Fault {
    pub(super) fn value(expected: impl Into<String>) -> Self {
        Self { rule: "value-wrong", expected: expected.into(), mend: String::new() }
    }
}

pub(super) fn as_text(value: &Value<'_>) -> Result<String, Fault> {
    let text = value.text().filter(|text| !text.trim().is_empty());
    text.map(str::to_owned).ok_or_else(|| Fault::value("a text in quotes"))
}

pub(super) fn as_country(value: &Value<'_>) -> Result<String, Fault> {
    let is_code = |code: &&str| code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    let code = value.text().filter(is_code);
    code.map(str::to_owned).ok_or_else(|| Fault::value("two capital letters of ISO 3166, such as \"FR\""))
}

pub(super) fn as_colour(value: &Value<'_>) -> Result<String, Fault> {
    let colour = value.text().filter(|text| is_colour(text));
    colour.map(str::to_owned).ok_or_else(|| Fault::value("a colour such as \"#0072B2\""))
}

fn is_colour(text: &str) -> bool {
    let digits = text.strip_prefix('#').unwrap_or_default();
    digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
}

pub(super) fn as_id<T: Id>(value: &Value<'_>) -> Result<T, Fault> {
    let fault = || Fault {
        rule: "id-form",
        expected: format!("the id of one {}", T::WHAT),
        mend: "write lower-case words joined by hyphens, such as `harmony-forward`".to_owned(),
    };
    value.text().and_then(|text| text.parse().ok()).ok_or_else(fault)
}

pub(super) fn as_word<W: Word>(value: &Value<'_>) -> Result<W, Fault> {
    let Some(text) = value.text() else { return Err(Fault::value("a word in quotes")) };
    W::from_word(text).ok_or_else(|| {
        let words: Vec<&str> = W::ALL.iter().map(|word| word.word()).collect();
        let mend = did_you_mean(text, words.iter().copied(), "choose one of them");
        Fault { rule: "word-unknown", expected: format!("one of {}", words.join(", ")), mend }
    })
}

pub(super) fn as_scale(value: &Value<'_>) -> Result<Scale, Fault> {
    value.text().and_then(Scale::from_name).ok_or_else(|| Fault {
        rule: "scale-unknown",
        expected: "`crew.aboard`, `crew.segment.` and a segment, or `crew.` and a partner".to_owned(),
        mend: "leave it out when the rates are for the whole station".to_owned(),
    })
}

pub(super) fn as_time(value: &Value<'_>) -> Result<Time, Fault> {
    let fault = |expected: &str, mend: &str| Fault {
        rule: "time-wrong",
        expected: expected.to_owned(),
        mend: mend.to_owned(),
    };
    match value {
        Value::Text(text) | Value::Cell(text) => text.parse().map_err(|error: TimeError| match error {
            TimeError::Form(_) => {
                fault("a time such as 2000-11-02T09:21Z or 2021-07-26", "write it in that form")
            }
            _ => fault("a day and time that exist", "look it up in the calendar"),
        }),
        Value::Datetime => Err(fault("a time in quotes", "put quotes around it")),
        _ => Err(fault("a time such as \"2000-11-02T09:21Z\"", "write it in that form")),
    }
}

pub(super) fn as_clock(value: &Value<'_>) -> Result<Clock, Fault> {
    let clock = value.text().and_then(|text| text.parse().ok());
    clock.ok_or_else(|| Fault::value("a time of day in GMT such as \"08:15\""))
}

pub(super) fn as_day(value: &Value<'_>) -> Result<Day, Fault> {
    let day = as_time(value)?;
    let is_midnight = Day::of(day).start() == day;
    is_midnight.then(|| Day::of(day)).ok_or_else(|| Fault::value("a day such as \"2026-06-12\""))
}

pub(super) fn as_count(value: &Value<'_>) -> Result<u32, Fault> {
    value
        .digits()
        .and_then(|number| number.parse().ok())
        .ok_or_else(|| Fault::value("a whole number, 0 or more"))
}

pub(super) fn as_number(value: &Value<'_>, range: &RangeInclusive<f64>) -> Result<f64, Fault> {
    let number: f64 = value
        .digits()
        .and_then(|number| number.parse().ok())
        .filter(|number: &f64| number.is_finite())
        .ok_or_else(|| Fault::value("a number"))?;
    if range.contains(&number) {
        return Ok(number);
    }
    let expected = format!("a number from {} to {}", range.start(), range.end());
    Err(Fault { rule: "out-of-range", expected, mend: String::new() })
}

pub(super) fn as_mass(value: &Value<'_>) -> Result<Mass, Fault> {
    value
        .digits()
        .and_then(Mass::from_kg)
        .filter(|&mass| mass >= Mass::ZERO)
        .ok_or_else(|| Fault::value("kilograms, 0 or more, with at most three places"))
}

pub(super) fn as_some_mass(value: &Value<'_>) -> Result<Mass, Fault> {
    let mass = as_mass(value).ok().filter(|&mass| mass > Mass::ZERO);
    mass.ok_or_else(|| Fault::value("kilograms, more than 0, with at most three places"))
}

pub(super) fn as_share(value: &Value<'_>) -> Result<Share, Fault> {
    let is_part = |share: &Share| (0..=Share::WHOLE.parts_per_million()).contains(&share.parts_per_million());
    let share = value.digits().and_then(Share::from_percent).filter(is_part);
    share.ok_or_else(|| Fault::value("percent from 0 to 100 with at most four places"))
}

pub(super) fn as_seats(value: &Value<'_>) -> Result<SeatCount, Fault> {
    let can_be = |seats: &SeatCount| (SeatCount::whole(0)..=SeatCount::whole(1_000)).contains(seats);
    let seats = value.digits().and_then(SeatCount::from_text).filter(can_be);
    seats.ok_or_else(|| Fault::value("a number of seats from 0 to 1000 with at most six places"))
}

pub(super) fn as_flag(value: &Value<'_>) -> Result<bool, Fault> {
    match value {
        Value::Flag(flag) => Ok(*flag),
        _ => Err(Fault::value("`true` or `false`")),
    }
}
