//! Parameters of a request, held against what its route takes.

use std::collections::BTreeMap;

use timeline::{Duration, Interval, Time, did_you_mean};

use crate::problem::Problem;

/// A parameter that a route takes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Param {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// In a line, for people.
    pub(crate) about: &'static str,
}

/// What a parameter may be.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    /// A time, or `now`.
    Time,
    /// A number from one to another, both allowed.
    Number(f64, f64),
    /// A whole number from one to another, both allowed.
    Whole(u32, u32),
    /// One of some words.
    Word(&'static [&'static str]),
    /// Any text.
    Text,
    /// Any texts, repeated or with commas between.
    Texts,
}

/// A value that was said.
#[derive(Clone, PartialEq, Debug)]
enum Said {
    Time(Time),
    Number(f64),
    Text(String),
}

/// The parameters that were said, each as its route wants it.
#[derive(Clone, PartialEq, Debug, Default)]
pub(crate) struct Query {
    said: BTreeMap<&'static str, Vec<Said>>,
    /// Whether `now` was said.
    names_now: bool,
}

/// Longer queries name more flights than a station has seen.
const LONGEST: usize = 8_192;

impl Query {
    /// Reads what stands behind the question mark. `now` is what the clock says.
    ///
    /// # Errors
    /// The first parameter that is unknown, said twice, or not what it may be.
    pub(crate) fn read(raw: &str, params: &[Param], now: Time) -> Result<Self, Problem> {
        if raw.len() > LONGEST {
            return Err(Problem::bad(format!("the query is longer than {LONGEST} characters"), "query")
                .mend("ask for less at once"));
        }
        let mut query = Self::default();
        for pair in raw.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            let Some(param) = params.iter().find(|param| param.name == name) else {
                return Err(unknown(&name, params));
            };
            query.add(param, &value, now)?;
        }
        Ok(query)
    }

    /// The same of what another server has put behind the question mark: what no parameter here is passed over.
    ///
    /// # Errors
    /// The first parameter that is said twice, or not what it may be.
    #[cfg(feature = "oidc")]
    pub(crate) fn read_known(raw: &str, params: &[Param], now: Time) -> Result<Self, Problem> {
        let is_known = |pair: &&str| {
            let name = pair.split('=').next().unwrap_or_default();
            params.iter().any(|param| param.name == name)
        };
        Self::read(&raw.split('&').filter(is_known).collect::<Vec<_>>().join("&"), params, now)
    }

    fn add(&mut self, param: &Param, value: &str, now: Time) -> Result<(), Problem> {
        let place = format!("query.{}", param.name);
        let texts = matches!(param.kind, Kind::Texts);
        if !texts && self.said.contains_key(param.name) {
            return Err(Problem::bad(format!("`{}` is said twice", param.name), place).mend("say it once"));
        }
        let all = self.said.entry(param.name).or_default();
        if texts {
            let each = value.split(',').map(str::trim).filter(|one| !one.is_empty());
            all.extend(each.map(|one| Said::Text(one.to_owned())));
            return Ok(());
        }
        let read = match param.kind {
            Kind::Time if value.eq_ignore_ascii_case("now") => {
                self.names_now = true;
                Some(Said::Time(now))
            }
            Kind::Time => value.parse().ok().map(Said::Time),
            Kind::Number(from, to) => number(value, from, to),
            Kind::Whole(from, to) => {
                number(value, f64::from(from), f64::from(to)).filter(|_| value.parse::<u32>().is_ok())
            }
            Kind::Word(words) => words.contains(&value).then(|| Said::Text(value.to_owned())),
            Kind::Text | Kind::Texts => Some(Said::Text(value.to_owned())),
        };
        let wrong = || {
            let what = format!("`{value}` is not what `{}` may be", param.name);
            Problem::bad(what, place).mend(format!("give {}", expected(param.kind)))
        };
        all.push(read.ok_or_else(wrong)?);
        Ok(())
    }

    pub(crate) fn time(&self, name: &str) -> Option<Time> {
        match self.said.get(name)?.first()? {
            Said::Time(time) => Some(*time),
            _ => None,
        }
    }

    pub(crate) fn number(&self, name: &str) -> Option<f64> {
        match self.said.get(name)?.first()? {
            Said::Number(number) => Some(*number),
            _ => None,
        }
    }

    pub(crate) fn whole(&self, name: &str) -> Option<u32> {
        self.number(name).map(|number| number as u32)
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        match self.said.get(name)?.first()? {
            Said::Text(text) => Some(text),
            _ => None,
        }
    }

    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let all = self.said.get(name).into_iter().flatten();
        let text = |one: &Said| match one {
            Said::Text(text) => Some(text.clone()),
            _ => None,
        };
        all.filter_map(text).collect()
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.said.contains_key(name)
    }

    /// From `from` to `to`; by default from `usual` for so long.
    ///
    /// # Errors
    /// When `to` is not after `from`.
    pub(crate) fn span(&self, usual: Time, long: Duration) -> Result<Interval, Problem> {
        let from = self.time("from").unwrap_or(usual);
        let to = self.time("to").unwrap_or(from + long);
        Ok(facts::span_of(from, to)?)
    }

    /// Whether an answer depends on the clock when a route whose usual times are the clock's is asked so.
    pub(crate) fn asks_the_clock(&self, params: &[Param]) -> bool {
        let is_open = |param: &Param| matches!(param.kind, Kind::Time) && !self.has(param.name);
        self.names_now || params.iter().any(is_open)
    }

    pub(crate) const fn names_now(&self) -> bool {
        self.names_now
    }

    /// The same text for the same question, however it was put.
    pub(crate) fn canonical(&self) -> String {
        let mut text = String::new();
        for (name, values) in &self.said {
            for value in values {
                let value = match value {
                    Said::Time(time) => time.nanoseconds().to_string(),
                    Said::Number(number) => number.to_string(),
                    Said::Text(text) => format!("{text:?}"),
                };
                text += &format!("&{name}={value}");
            }
        }
        text
    }
}

fn number(value: &str, from: f64, to: f64) -> Option<Said> {
    let number: f64 = value.parse().ok()?;
    (from..=to).contains(&number).then_some(Said::Number(number))
}

fn unknown(name: &str, params: &[Param]) -> Problem {
    let known = params.iter().map(|param| param.name);
    let all = if params.is_empty() {
        "this address takes no parameter".to_owned()
    } else {
        format!("there are {}", known.clone().collect::<Vec<_>>().join(", "))
    };
    let shown: String = name.chars().take(64).collect();
    Problem::bad(format!("`{shown}` is no parameter here"), format!("query.{shown}"))
        .mend(did_you_mean(name, known, &all))
}

/// What a parameter may be, in words.
pub(crate) fn expected(kind: Kind) -> String {
    match kind {
        Kind::Time => "a time such as 2026-05-30T12:00:00Z, 2026-05-30, 2026/150 12:00, or now".to_owned(),
        Kind::Number(from, to) => format!("a number from {from} to {to}"),
        Kind::Whole(from, to) => format!("a whole number from {from} to {to}"),
        Kind::Word(words) => format!("one of {}", words.join(", ")),
        Kind::Text => "a text".to_owned(),
        Kind::Texts => "texts with commas between".to_owned(),
    }
}

/// `%41+b` as `A b`.
fn decoded(text: &str) -> Result<String, Problem> {
    let bytes = text.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'+' => plain.push(b' '),
            b'%' => {
                let digits =
                    text.get(at + 1..at + 3).filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()));
                let hex = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok());
                plain.push(hex.ok_or_else(|| not_text(text))?);
                at += 2;
            }
            other => plain.push(other),
        }
        at += 1;
    }
    String::from_utf8(plain).map_err(|_| not_text(text))
}

fn not_text(text: &str) -> Problem {
    let shown: String = text.chars().take(64).collect();
    Problem::bad(format!("`{shown}` is not percent-encoded UTF-8"), "query")
        .mend("encode each % as %25 and each character beyond ASCII as its UTF-8 bytes")
}

#[cfg(test)]
mod tests {
    use super::{Kind, Param, Query};
    use timeline::Time;

    const PARAMS: [Param; 4] = [
        Param { name: "from", kind: Kind::Time, about: "" },
        Param { name: "pixels", kind: Kind::Whole(1, 10), about: "" },
        Param { name: "name", kind: Kind::Texts, about: "" },
        Param { name: "frame", kind: Kind::Word(&["teme", "itrf"]), about: "" },
    ];

    fn read(raw: &str) -> Result<Query, String> {
        Query::read(raw, &PARAMS, Time::EPOCH)
            .map_err(|problem| format!("{} {}", problem.place, problem.mend))
    }

    #[test]
    fn values_are_read_by_their_kind() {
        let query = read("from=2026%2F150+12%3A00&name=a,b&name=c&pixels=7&frame=itrf").expect("it is sound");
        assert_eq!(query.time("from").map(|time| time.to_string()).as_deref(), Some("2026-05-30T12:00:00Z"));
        assert_eq!(query.texts("name"), ["a", "b", "c"]);
        assert_eq!((query.whole("pixels"), query.text("frame")), (Some(7), Some("itrf")));
        let same =
            read("frame=itrf&name=a&pixels=7&name=b,c&from=2026-05-30T12:00:00Z").expect("it is sound");
        assert_eq!(query.canonical(), same.canonical());
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        for (raw, expected) in [
            ("form=now", "query.form did you mean `from`?"),
            ("pixels=11", "query.pixels give a whole number from 1 to 10"),
            ("pixels=1.5", "query.pixels give a whole number"),
            ("from=yesterday", "query.from give a time"),
            ("frame=eci", "query.frame give one of teme, itrf"),
            ("pixels=1&pixels=2", "query.pixels say it once"),
            ("name=%zz", "query encode"),
            ("name=%+1", "query encode"),
            ("name=%ff", "query encode"),
        ] {
            let said = read(raw).expect_err(raw);
            assert!(said.starts_with(expected), "{raw}: {said}");
        }
    }
}
