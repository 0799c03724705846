//! What a request would do, on a page.

use desk::PlanImpact;
use impact::{Impact, LossChanged, MarginMoved, Mark, PartMoved, RuleChanged, Verdict};
use timeline::Time;

use crate::command::breaches;
use crate::command::plan::verdict;
use crate::text::{Align, Ink, WIDTH, cut, ends, table, wrap};

pub(super) fn page(one: &PlanImpact, ink: Ink) -> String {
    let title = one.plan.as_ref().map_or_else(|| "the book".to_owned(), ToString::to_string);
    let head = format!("\n{}\n", ink.faint(&format!("WHAT IT DOES TO {}", title.to_uppercase())));
    let impact = &one.impact;
    let mut text = impact.rules.iter().map(rule).collect::<String>();
    text += &impact.parts.iter().map(part).collect::<String>();
    if impact.verdict != Verdict::default() {
        text += &verdict::page(&impact.verdict, ink);
    }
    text += &station(impact, ink);
    text += &impact.losses.iter().map(loss).collect::<String>();
    text += &margins(&impact.margins, ink);
    if !impact.shares.is_empty() {
        text += &verdict::shares(&impact.shares, ink);
    }
    if !impact.touched.beside.is_empty() {
        let beside: Vec<&str> = impact.touched.beside.iter().map(plan::ActivityId::as_str).collect();
        text += &wrap(&format!("In the way, though not changed: {}", beside.join(", ")), WIDTH, 0);
    }
    if text.is_empty() {
        "Nothing that is judged is otherwise.\n".clone_into(&mut text);
    }
    head + &text
}

fn rule(changed: &RuleChanged) -> String {
    let said = match (&changed.before, &changed.after) {
        (None, Some(after)) => format!("+ rule {}: {after}", changed.rule),
        (Some(before), None) => format!("− rule {} is gone: {before}", changed.rule),
        (Some(before), Some(after)) => format!("~ rule {}: {before} → {after}", changed.rule),
        (None, None) => return String::new(),
    };
    wrap(&said, WIDTH, 0)
}

fn part(moved: &PartMoved) -> String {
    let percent = |share: Option<record::Share>| {
        share.map_or_else(|| "none".to_owned(), |share| format!("{:.2} %", share.percent()))
    };
    format!(
        "~ agreed part of {} in {}: {} → {}\n",
        moved.partner,
        moved.pool,
        percent(moved.before),
        percent(moved.after)
    )
}

/// What is broken or mended whatever is planned.
fn station(impact: &Impact, ink: Ink) -> String {
    let station = &impact.station;
    let one = |word: &str, breach: &rules::Breach| {
        let head = format!("{}  {word}, whatever is planned", breaches::mark(breach.severity, ink));
        ends(&head, &breach.rule) + &breaches::line(breach)
    };
    let changed = station.changed.iter().map(|(_, after)| one("otherwise than before", after));
    let newly = station.newly_broken.iter().map(|breach| one("newly broken", breach));
    newly.chain(changed).chain(station.mended.iter().map(|breach| one("mended", breach))).collect()
}

fn loss(changed: &LossChanged) -> String {
    let outcome = |side: &Option<impact::LossOutcome>| match side {
        None => "cannot happen".to_owned(),
        Some(outcome) => {
            let ends =
                outcome.nobody_left.map_or_else(String::new, |at| format!(", nobody left {}", at.date()));
            format!("{}{ends}", outcome.verdict.word())
        }
    };
    let mark = if changed.is_newly_critical() { "▲" } else { "·" };
    let said = format!(
        "{mark} single loss of {} ({}): {} → {}",
        changed.subject,
        changed.kind,
        outcome(&changed.before),
        outcome(&changed.after)
    );
    wrap(&said, WIDTH, 0)
}

/// Each date that moves, a row.
fn margins(all: &[MarginMoved], ink: Ink) -> String {
    let rows: Vec<Vec<String>> = all.iter().flat_map(dates).collect();
    if rows.is_empty() {
        return String::new();
    }
    let heads = [("stock", Align::Left), ("", Align::Left), ("before", Align::Left), ("after", Align::Left)];
    format!("\n{}\n{}", ink.bold("STOCKS AND RESERVE DATES"), table(ink, &heads, &rows))
}

/// What is told of a stock: a value before and after, where they differ.
fn dates(moved: &MarginMoved) -> Vec<Vec<String>> {
    let (before, after) = (told(moved.before.as_ref()), told(moved.after.as_ref()));
    let names = before.iter().chain(&after).map(|(name, _)| name);
    let mut seen: Vec<&String> = Vec::new();
    names.for_each(|name| {
        if !seen.contains(&name) {
            seen.push(name);
        }
    });
    let of = |all: &[(String, String)], name: &String| {
        all.iter().find(|(one, _)| one == name).map_or_else(|| "—".to_owned(), |(_, value)| value.clone())
    };
    seen.into_iter()
        .map(|name| vec![cut(&moved.name, 24), name.clone(), of(&before, name), of(&after, name)])
        .filter(|row| row[2] != row[3])
        .collect()
}

/// What a mark says, name by name.
fn told(mark: Option<&Mark>) -> Vec<(String, String)> {
    let Some(mark) = mark else { return Vec::new() };
    let date = |at: Option<Time>| at.map_or_else(|| "not in sight".to_owned(), |at| at.gmt().to_string());
    let mut all = vec![
        ("now".to_owned(), format!("{:.0} kg", mark.level_kg)),
        (
            "lasts".to_owned(),
            mark.days_left.map_or_else(|| "not used up".to_owned(), |days| format!("{days:.0} days")),
        ),
    ];
    all.extend(
        mark.crossings.iter().map(|line| (format!("below {:.0} days", line.line_days), date(line.at))),
    );
    all.push(("empty".to_owned(), date(mark.empty)));
    if let Some(next) = &mark.without_next {
        let name = |what: &str| format!("{what} if {} is lost", next.flight);
        let lines = next.crossings.iter();
        all.extend(lines.map(|line| (name(&format!("below {:.0} days", line.line_days)), date(line.at))));
        all.push((name("empty"), date(next.empty)));
    }
    all
}
