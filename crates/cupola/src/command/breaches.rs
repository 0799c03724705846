//! Broken flight rules as pages and JSON show them.

use std::collections::BTreeSet;

use book::Book;
use rules::{Breach, Checker, Rule, Unjudged, Written};
use timeline::{Duration, Severity, Time};

use crate::text::{Ink, WIDTH, ends, pad, wrap};

/// What each partner is called in few letters, by id.
pub(crate) fn short_names(book: &Book) -> Vec<(String, String)> {
    book.partners.iter().map(|partner| (partner.id.to_string(), partner.short.clone())).collect()
}

/// How many rules are kept and broken, then each broken one with its first breaches, the gravest first, then those not judged.
///
/// `breaches` are all or some of the checker's.
pub(crate) fn page(checker: &Checker, breaches: &[&Breach], short: &[(String, String)], ink: Ink) -> String {
    let all = checker.rules().count();
    let broken: BTreeSet<&str> = breaches.iter().map(|breach| breach.rule.as_str()).collect();
    let anywhere: BTreeSet<&str> = checker.breaches().iter().map(|breach| breach.rule.as_str()).collect();
    let elsewhere = anywhere.difference(&broken).count();
    let unjudged = checker.unjudged();
    let mut text = format!(
        "{}: {} broken in {}, {} kept, {} not judged for want of data",
        counted(all, "rule"),
        broken.len(),
        counted(breaches.len(), "place"),
        all - anywhere.len() - unjudged.len(),
        unjudged.len()
    );
    if elsewhere > 0 {
        text += &format!(", {elsewhere} broken by other things than the plan");
    }
    text.push('\n');
    let mut judged: Vec<(&Rule, Vec<&Breach>)> = checker
        .rules()
        .map(|rule| {
            let own = breaches.iter().copied().filter(|breach| breach.rule == rule.written().id);
            (rule, own.collect())
        })
        .filter(|(_, own): &(&Rule, Vec<&Breach>)| !own.is_empty())
        .collect();
    judged.sort_by_key(|(rule, _)| std::cmp::Reverse(rule.written().severity));
    for (rule, own) in &judged {
        text += &section(rule.written(), own, short, ink);
    }
    if !unjudged.is_empty() {
        text += &format!("\n{}\n", ink.bold("NOT JUDGED"));
        for Unjudged { rule, why } in &unjudged {
            text += &ink.faint(&wrap(&format!("· {rule}: {why}"), WIDTH, 0));
        }
    }
    text
}

/// One rule with its first breaches.
fn section(written: &Written, breaches: &[&Breach], short: &[(String, String)], ink: Ink) -> String {
    const SHOWN: usize = 8;
    let mark = mark(written.severity, ink);
    let owner = short.iter().find(|(id, _)| *id == written.owner).map_or("", |(_, short)| short.as_str());
    let mut text = format!("\n{}", ends(&format!("{mark}  {}", ink.bold(&written.title)), &written.id));
    text += &ink.faint(&wrap(&format!("{owner} · {} · {}", written.text, written.source), WIDTH, 10));
    for breach in breaches.iter().take(SHOWN) {
        text += &line(breach);
    }
    if let Some(more) = breaches.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text += &ink.faint(&format!("{}and {more} more; --json lists them all\n", " ".repeat(30)));
    }
    text
}

/// How much a rule matters, in eight columns.
pub(crate) fn mark(severity: Severity, ink: Ink) -> String {
    match severity {
        Severity::Must => ink.warning("▲ MUST  "),
        Severity::Should => "△ SHOULD".to_owned(),
        Severity::Info => "· INFO  ".to_owned(),
    }
}

/// When, how long, what, and what would mend it.
pub(crate) fn line(breach: &Breach) -> String {
    told(breach.start, breach.end, &format!("{} — {}", breach.message, breach.mend))
}

/// When, how long, and what is to be said.
pub(crate) fn told(start: Time, end: Time, said: &str) -> String {
    let lasts = end - start;
    let lasts = if lasts == Duration::ZERO { String::new() } else { length(lasts) };
    let told = wrap(said, WIDTH - 30, 0);
    let mut text = String::new();
    for (at, line) in told.lines().enumerate() {
        let head =
            if at == 0 { format!("{}{}", pad(&start.gmt(), 19), pad(&lasts, 11)) } else { " ".repeat(30) };
        text += &format!("{head}{line}\n");
    }
    text
}

/// `1 rule`, `2 rules`.
pub(crate) fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

/// How long, to two digits or so.
fn length(lasts: Duration) -> String {
    match lasts.days() {
        days if days >= 1.0 => format!("{days:.1} d"),
        days if days * 24.0 >= 1.0 => format!("{:.1} h", days * 24.0),
        days => format!("{:.0} min", (days * 1_440.0).max(1.0)),
    }
}
