//! `cupola check`: which flight rules are broken, when, by how much, by whom, and what would mend it.

use anyhow::Result;
use book::Book;
use facts::rule_check::{checker, json, span_ahead, usual_span};
use rules::Checker;
use timeline::{Interval, Time};

use super::breaches;
use crate::answer::Answer;
use crate::text::{Ink, ends, rule};

struct Facts {
    title: String,
    span: Interval,
    checker: Checker,
    short: Vec<(String, String)>,
}

/// Exit status 1 when a rule is broken.
pub(crate) fn answer(
    book: &Book,
    from: Option<Time>,
    to: Option<Time>,
    tried: Option<&str>,
    slip: &[String],
) -> Result<Answer> {
    let span = if slip.is_empty() { usual_span(book, from, to)? } else { span_ahead(book, from, to)? };
    let checker = checker(book, span, tried, slip)?;
    let short = breaches::short_names(book);
    let is_broken = !checker.breaches().is_empty();
    let facts = Facts { title: book.about.title.clone(), span, checker, short };
    let answer = Answer::new(facts, |facts| json(&facts.checker), Facts::page);
    Ok(if is_broken { answer.with_findings() } else { answer })
}

impl Facts {
    fn page(&self, ink: Ink) -> String {
        let when = format!("{} to {} GMT", self.span.start().gmt(), self.span.end().gmt());
        let head = ends(&ink.bold(&format!("FLIGHT RULES · {}", self.title)), &when) + &rule(ink);
        let breaches = self.checker.breaches();
        head + &breaches::page(&self.checker, &breaches, &self.short, ink)
    }
}
