//! What a request would do, on a page.

use desk::PlanImpact;
use impact::{Difference, Impact, MarginMoved, Mark};
use rules::Breach;

use crate::text::{Ink, wrap};

/// Lines of one kind on a page; the rest are counted.
const MOST: usize = 8;

pub(super) fn page(one: &PlanImpact, ink: Ink) -> String {
    let title = one.plan.as_ref().map_or_else(|| "the book".to_owned(), ToString::to_string);
    let mut text = format!("\n{}\n", ink.faint(&format!("WHAT IT DOES TO {}", title.to_uppercase())));
    if one.impact.is_nothing() {
        return text + "  Nothing is otherwise.\n";
    }
    for (mark, lines) in groups(&one.impact) {
        for line in lines.iter().take(MOST) {
            text += &wrap(&format!("{mark} {line}"), 100, 2);
        }
        if lines.len() > MOST {
            text += &format!("  {mark} and {} more; --json has all\n", lines.len() - MOST);
        }
    }
    text
}

/// Lines under their marks, the gravest first.
fn groups(impact: &Impact) -> Vec<(&'static str, Vec<String>)> {
    let verdict = &impact.verdict;
    let rule = |breach: &Breach| format!("{}: {}", breach.rule, breach.message);
    let mut newly: Vec<String> = verdict.rules.newly_broken.iter().map(rule).collect();
    newly.extend(
        verdict.requests.newly_broken.iter().map(|fault| format!("{}: {}", fault.activity, fault.message())),
    );
    let mut mended: Vec<String> = verdict.rules.mended.iter().map(rule).collect();
    mended.extend(
        verdict.requests.mended.iter().map(|fault| format!("{}: {}", fault.activity, fault.message())),
    );
    let shares = impact.shares.iter().map(|moved| {
        let points = moved.points().map_or_else(String::new, |points| format!(", {points:+.2} points"));
        format!(
            "{} of {}: {} → {} min{points}",
            moved.after.partner, moved.after.pool, moved.before.planned_min, moved.after.planned_min
        )
    });
    let losses = impact.losses.iter().map(|loss| {
        let what = match (loss.is_newly_critical(), loss.is_no_longer_critical()) {
            (true, _) => "becomes critical",
            (_, true) => "is no longer critical",
            _ => "is stood otherwise",
        };
        format!("the loss of {} ({}) {what}", loss.subject, loss.kind)
    });
    vec![
        ("▲ newly broken", newly),
        ("▲ newly broken without any plan,", station(&impact.station, |station| &station.newly_broken)),
        ("▲", losses.collect()),
        ("✓ mended", mended),
        ("✓ mended without any plan,", station(&impact.station, |station| &station.mended)),
        ("· share", shares.collect()),
        ("· stock", impact.margins.iter().map(margin).collect()),
    ]
}

fn station(difference: &Difference<Breach>, of: fn(&Difference<Breach>) -> &Vec<Breach>) -> Vec<String> {
    of(difference).iter().map(|breach| format!("{}: {}", breach.rule, breach.message)).collect()
}

fn margin(moved: &MarginMoved) -> String {
    let told = |mark: &Option<Mark>| match mark {
        None => "not known".to_owned(),
        Some(mark) => {
            let days =
                mark.days_left.map_or_else(|| "not used up".to_owned(), |days| format!("{days:.0} days"));
            let empty = mark.empty.map_or_else(String::new, |at| format!(", empty {}", at.date()));
            format!("{:.0} kg, {days}{empty}", mark.level_kg)
        }
    };
    format!("{}: {} → {}", moved.name, told(&moved.before), told(&moved.after))
}
