//! The page of a plan that was just made: what is in it, whose it is, what is not in it and why.

use std::collections::BTreeMap;

use plan::Activity;
use rules::Breach;
use schedule::{PoolShare, Told};
use timeline::Severity;

use super::names::{is_block, is_skipped};
use super::overview::hours;
use super::panel::{self, Detail};
use super::sheet::Sheet;
use super::show::heading;
use super::why;
use crate::text::{Align, Ink, WIDTH, cut, ends, pad, table, thousands, wrap};
use facts::week::gap;

/// What a page tells of a search beside the plan itself.
pub(super) struct Outcome {
    /// The sum of what is in the plan is worth.
    pub(super) value: u64,
    /// No plan with all mandatory work is worth more.
    pub(super) bound: u64,
    /// Of the mandatory, so many are in the plan.
    pub(super) mandatory_placed: usize,
    pub(super) mandatory_total: usize,
    pub(super) refused: Vec<Refused>,
    pub(super) breaches: Vec<Breach>,
    /// One line for people, by the id of a rule.
    pub(super) rule_titles: BTreeMap<String, String>,
    pub(super) assumptions: Vec<String>,
    /// Why what was asked for has no place.
    pub(super) why: Vec<Told>,
    /// Mandatory work that cannot all be done, and how sure that is.
    pub(super) clash: Option<(Vec<String>, String)>,
}

/// A wish that is not in the plan.
pub(super) struct Refused {
    pub(super) id: String,
    pub(super) title: String,
    /// Why, as far as anybody knows.
    pub(super) reasons: Vec<String>,
}

/// Columns of a partner's name and of a pool's, so that a row of shares fits the page.
const SHORT: usize = 9;
const POOL: usize = 17;

/// The page.
pub(super) fn week(sheet: &Sheet, result: &Outcome, ink: Ink) -> String {
    let mut text = heading("WEEK", &sheet.names.station, sheet.plan.span, ink);
    text += &sum(sheet);
    text += &worth(result);
    if let Some((ids, said)) = &result.clash {
        text += &ink.warning(&wrap(&format!("▲ {said}: {}", ids.join(", ")), WIDTH, 0));
    }
    text += &shares(sheet, ink);
    text += &picture(sheet, ink);
    text += &refused(&result.refused, ink);
    if !result.why.is_empty() {
        text += &why::page(&result.why, ink);
    }
    text += &breaches(result, ink);
    if !result.assumptions.is_empty() {
        text += &format!("\n{}\n", ink.bold("ASSUMED"));
        for one in &result.assumptions {
            text += &ink.faint(&wrap(&format!("· {one}"), WIDTH, 0));
        }
    }
    text
}

/// What it comes to, and how far that is from the best there can be.
fn worth(result: &Outcome) -> String {
    let number = |value: u64| thousands(i64::try_from(value).unwrap_or(i64::MAX));
    format!(
        "Mandatory {} of {} · worth {} of at most {} ({:.1} % below)\n",
        result.mandatory_placed,
        result.mandatory_total,
        number(result.value),
        number(result.bound),
        gap(result.value, result.bound) * 100.0
    )
}

/// What is in a plan, in a line; crew time without what was skipped.
pub(super) fn sum(sheet: &Sheet) -> String {
    let plan = &sheet.plan;
    let work = || plan.activities.values().filter(|activity| !is_block(activity));
    let minutes = work().filter(|one| !is_skipped(one)).map(Activity::crew_minutes).sum();
    let mut line = format!(
        "{} activities: {} of work, {} h of crew time; {} parts of everybody's day",
        plan.activities.len(),
        work().count(),
        hours(minutes),
        plan.activities.len() - work().count(),
    );
    if !plan.task_list.is_empty() {
        line += &format!("; {} on the task list", plan.task_list.len());
    }
    wrap(&line, WIDTH, 0)
}

/// Each partner's part of each pool against what it is entitled to.
fn shares(sheet: &Sheet, ink: Ink) -> String {
    if sheet.shares.is_empty() {
        return String::new();
    }
    let heads = [
        ("", Align::Left),
        ("partner", Align::Left),
        ("pool", Align::Left),
        ("entitled %", Align::Right),
        ("part %", Align::Right),
        ("points off", Align::Right),
        ("planned h", Align::Right),
        ("asked h", Align::Right),
        ("", Align::Left),
    ];
    let rows: Vec<Vec<String>> = sheet.shares.iter().map(|share| share_row(sheet, share, ink)).collect();
    let bar = "█ part, ╎ entitled";
    format!(
        "\n{}{}",
        ends(&ink.bold("SHARES OF CREW TIME ON WHAT THE POOLS COUNT"), &ink.faint(bar)),
        table(ink, &heads, &rows)
    )
}

fn share_row(sheet: &Sheet, share: &PoolShare, ink: Ink) -> Vec<String> {
    let partner = sheet.names.partner(&share.partner);
    let mark = partner.map_or("+".to_owned(), |one| ink.tint(&one.colour, &one.mark.to_string()));
    let part = share.part().map_or("–".to_owned(), |part| format!("{:.1}", part * 100.0));
    let off = share.off_points().map_or("–".to_owned(), signed);
    let bar = bar(share);
    vec![
        mark,
        cut(sheet.names.short(&share.partner), SHORT),
        cut(share.pool.as_str(), POOL),
        format!("{:.1}", share.share.percent()),
        part,
        off,
        hours(share.planned_min),
        hours(share.asked_min),
        partner.map_or(bar.clone(), |one| ink.tint(&one.colour, &bar)),
    ]
}

/// To a tenth, with its sign; nothing where it rounds to nothing.
fn signed(points: f64) -> String {
    let text = format!("{:.1}", points.abs());
    match (text == "0.0", points < 0.0) {
        (true, _) => text,
        (false, true) => format!("−{text}"),
        (false, false) => format!("+{text}"),
    }
}

/// The part as a bar, with a tick where the entitlement is.
fn bar(share: &PoolShare) -> String {
    const COLUMNS: f64 = 15.0;
    let column = |part: f64| (part * COLUMNS).round().clamp(0.0, COLUMNS) as usize;
    let filled = column(share.part().unwrap_or_default());
    let tick = column(share.share.percent() / 100.0).saturating_sub(1);
    let cell = |at: usize| match (at == tick, at < filled) {
        (true, _) => '╎',
        (false, true) => '█',
        (false, false) => ' ',
    };
    (0..filled.max(tick + 1)).map(cell).collect()
}

fn picture(sheet: &Sheet, ink: Ink) -> String {
    let mut text = format!("\n{}\n", ink.bold("TIMELINE, GMT"));
    for day in sheet.days() {
        text += &panel::day(sheet, day, Detail::Bars, ink);
    }
    text + &panel::legend(sheet, ink)
}

fn refused(refused: &[Refused], ink: Ink) -> String {
    const SHOWN: usize = 10;
    if refused.is_empty() {
        return format!("\n{}\nNothing: every wish has a place.\n", ink.bold("NOT IN THE PLAN"));
    }
    let head = format!("NOT IN THE PLAN · {}", refused.len());
    let mut text = format!("\n{}\n", ink.bold(&head));
    for one in refused.iter().take(SHOWN) {
        text +=
            &ends(&cut(&one.title, WIDTH - one.id.as_str().chars().count() - 2), &ink.faint(one.id.as_str()));
        for reason in &one.reasons {
            text += &ink.faint(&wrap(reason, WIDTH, 4));
        }
    }
    if let Some(more) = refused.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        text += &ink.faint(&format!("and {more} more; --json lists them all\n"));
    }
    text
}

/// What the rules say, by rule, the weightiest first.
fn breaches(result: &Outcome, ink: Ink) -> String {
    const SHOWN: usize = 3;
    let mut rules: BTreeMap<&str, Vec<&Breach>> = BTreeMap::new();
    for breach in &result.breaches {
        rules.entry(&breach.rule).or_default().push(breach);
    }
    if rules.is_empty() {
        return format!("\n{}\nEvery rule is kept.\n", ink.bold("FLIGHT RULES"));
    }
    let mut rules: Vec<(&str, Vec<&Breach>)> = rules.into_iter().collect();
    rules.sort_by_key(|(rule, own)| (std::cmp::Reverse(own.iter().map(|one| one.severity).max()), *rule));
    let mut text = format!("\n{}\n", ink.bold("FLIGHT RULES"));
    for (rule, own) in rules {
        let mark = match own.iter().map(|one| one.severity).max() {
            Some(Severity::Must) => ink.warning("▲ MUST  "),
            Some(Severity::Should) => "△ SHOULD".to_owned(),
            _ => "· INFO  ".to_owned(),
        };
        let title = result.rule_titles.get(rule).map_or(rule, String::as_str);
        let times = if own.len() == 1 { "once".to_owned() } else { format!("{} times", own.len()) };
        text += &ends(&format!("{mark}  {title} · {times}"), &ink.faint(rule));
        for breach in own.iter().take(SHOWN) {
            for (at, line) in wrap(&breach.message, WIDTH - 26, 0).lines().enumerate() {
                let head = if at == 0 { breach.start.gmt() } else { String::new() };
                text += &format!("          {}{line}\n", pad(&head, 16));
            }
        }
        if let Some(more) = own.len().checked_sub(SHOWN).filter(|more| *more > 0) {
            text += &ink.faint(&format!("{}and {more} more; --json lists them all\n", " ".repeat(26)));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use plan::Plan;
    use record::Share;
    use rules::Breach;
    use schedule::PoolShare;
    use timeline::{Severity, Unit};

    use super::super::names::Names;
    use super::super::sheet::Sheet;
    use super::{Outcome, Refused, bar, signed, week};
    use crate::bundled;
    use crate::text::Ink;

    fn share(partner: &str, percent: &str, planned_min: u64, whole_min: u64) -> PoolShare {
        PoolShare {
            pool: "us-crew-time".parse().unwrap(),
            partner: partner.parse().unwrap(),
            share: Share::from_percent(percent).unwrap(),
            planned_min,
            had_min: 0,
            asked_min: planned_min * 2,
            whole_min,
        }
    }

    fn breach(rule: &str, severity: Severity, message: &str) -> Breach {
        let start = "2026-06-01T12:00Z".parse().unwrap();
        Breach {
            rule: rule.to_owned(),
            severity,
            start,
            end: start,
            value: None,
            limit: None,
            unit: Unit::NONE,
            subjects: Vec::new(),
            message: message.to_owned(),
            mend: String::new(),
        }
    }

    #[test]
    fn the_page_is_as_it_was() {
        let (book, _) = book::read(&bundled::iss());
        let plan: Plan = plan::read_json(include_str!("../../../tests/it/plans/two_days.json")).unwrap();
        let sheet = Sheet {
            names: Names::of(&book, &plan),
            plan,
            shares: vec![
                share("nasa", "76.6", 60, 195),
                share("jaxa", "12.8", 90, 195),
                share("csa", "2.3", 0, 0),
            ],
            bands: Vec::new(),
            only: None,
        };
        let refused = (1..=12).map(|count| Refused {
            id: format!("radi-n2.2026-06-01.{count}").parse().unwrap(),
            title: "Radi-N2: bubble detectors set out and read".to_owned(),
            reasons: if count == 1 {
                vec!["taken out again: it would break quiet-hours".to_owned()]
            } else {
                Vec::new()
            },
        });
        let late = "exercise treadmill.2026-06-01.adenot-sophie only 0 min before midday-meal.2026-06-01.adenot-sophie";
        let mut breaches = vec![breach("exercise-before-meal", Severity::Info, late); 5];
        breaches.push(breach("owner-or-approved", Severity::Should, "nobody agreed"));
        let outcome = Outcome {
            value: 14_694,
            bound: 16_000,
            mandatory_placed: 3,
            mandatory_total: 3,
            refused: refused.collect(),
            breaches,
            rule_titles: BTreeMap::from([(
                "exercise-before-meal".to_owned(),
                "No exercise within a quarter of an hour before a meal".to_owned(),
            )]),
            why: Vec::new(),
            clash: Some((vec!["a".to_owned(), "b".to_owned()], "these cannot both be done".to_owned())),
            assumptions: vec!["those aboard are taken to stay".to_owned()],
        };
        insta::assert_snapshot!(week(&sheet, &outcome, Ink::Plain));
    }

    #[test]
    fn points_have_signs_and_bars_ticks() {
        for (points, text) in [(0.04, "0.0"), (-0.04, "0.0"), (0.31, "+0.3"), (-12.0, "−12.0")] {
            assert_eq!(signed(points), text);
        }
        assert_eq!(bar(&share("nasa", "100", 10, 10)), "██████████████╎");
        assert_eq!(bar(&share("nasa", "20", 10, 10)), "██╎████████████");
        assert_eq!(bar(&share("nasa", "60", 2, 10)), "███     ╎");
    }
}
