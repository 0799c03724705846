//! The verdict on a change of a plan, and what it does to shares, as pages show them.

use impact::{Difference, Fault, Moved, Slot, Verdict};
use plan::ActivityId;
use rules::Breach;
use schedule::PoolShare;

use crate::command::breaches;
use crate::text::{Ink, WIDTH, ends, wrap};

/// What is newly broken, mended or otherwise than before: rules, then what was asked.
pub(crate) fn page(verdict: &Verdict, ink: Ink) -> String {
    let (rules, requests) = (&verdict.rules, &verdict.requests);
    let counted = |newly: usize, mended: usize, changed: usize| {
        format!(
            "{} newly broken, {mended} mended, {changed} broken otherwise than before",
            breaches::counted(newly, "place")
        )
    };
    let mut text = format!(
        "\n{}\nrules: {}\nasked: {}\n",
        ink.bold("VERDICT"),
        counted(rules.newly_broken.len(), rules.mended.len(), rules.changed.len()),
        counted(requests.newly_broken.len(), requests.mended.len(), requests.changed.len()),
    );
    text += &each(rules, Difference::<Breach>::is_worse, |word, breach| {
        let head = format!("{}  {word}", breaches::mark(breach.severity, ink));
        ends(&head, &breach.rule) + &breaches::line(breach)
    });
    text += &each(requests, Difference::<Fault>::is_worse, |word, fault| fault_page(word, fault, ink));
    text
}

/// Every entry of a difference, with the word for what became of it.
fn each<T>(
    all: &Difference<T>,
    is_worse: impl Fn(&T, &T) -> bool,
    say: impl Fn(&str, &T) -> String,
) -> String {
    let mut text: String = all.newly_broken.iter().map(|one| say("newly broken", one)).collect();
    for (before, after) in &all.changed {
        text +=
            &say(if is_worse(before, after) { "worse than before" } else { "otherwise than before" }, after);
    }
    text + &all.mended.iter().map(|one| say("mended", one)).collect::<String>()
}

/// One place where a plan does otherwise than was asked.
pub(crate) fn fault_page(word: &str, fault: &Fault, ink: Ink) -> String {
    let head = format!("{}  {word}", breaches::mark(fault.severity, ink));
    let said = format!("{} — asked: {}", fault.message(), fault.expected);
    ends(&head, &fault.kind.to_string()) + &breaches::told(fault.start, fault.end, &said)
}

/// When what was moved would break nothing, the nearest first.
pub(crate) fn free(all: &[(ActivityId, Vec<Slot>)]) -> String {
    let one = |(id, slots): &(ActivityId, Vec<Slot>)| {
        let times: Vec<String> = slots.iter().map(|slot| slot.start.gmt()).collect();
        let said = if times.is_empty() {
            format!("`{id}` finds no time within a week at which these people could do it free of this")
        } else {
            format!("free of this: `{id}` at {}", times.join(", "))
        };
        wrap(&said, WIDTH, 0)
    };
    all.iter().map(one).collect()
}

/// The parts that moved, a row each.
pub(crate) fn shares(all: &[Moved], ink: Ink) -> String {
    use crate::text::Align::{Left, Right};
    let percent = |share: &PoolShare| {
        share.part().map_or_else(|| "—".to_owned(), |part| format!("{:.2} %", part * 100.0))
    };
    let has_moved = |one: &&Moved| one.before.part() != one.after.part();
    let row = |one: &Moved| {
        vec![
            one.before.pool.to_string(),
            one.before.partner.to_string(),
            format!("{:.2} %", one.after.share.percent()),
            percent(&one.before),
            percent(&one.after),
            one.points().map_or_else(String::new, |points| format!("{points:+.2}")),
        ]
    };
    let rows: Vec<Vec<String>> = all.iter().filter(has_moved).map(row).collect();
    if rows.is_empty() {
        return format!("\n{}\nnobody's share moves\n", ink.bold("SHARES"));
    }
    let heads = [
        ("pool", Left),
        ("partner", Left),
        ("share", Right),
        ("before", Right),
        ("after", Right),
        ("points", Right),
    ];
    format!("\n{}\n{}", ink.bold("SHARES"), crate::text::table(ink, &heads, &rows))
}
