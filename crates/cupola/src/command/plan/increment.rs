//! `cupola plan increment`: half a year, planned to the day.

use anyhow::{Context, Result, ensure};
use book::Book;
use plan::Day;
use rules::Scene;
use schedule::{Continue, Increment, Months, Progress, Week, increment};
use serde_json::{Value, json};
use timeline::Interval;

use super::week::{Clock, first_day, options};
use crate::answer::Answer;
use crate::args::plan::Search;
use crate::command::orbit::stamp;
use crate::text::{Align, Ink, WIDTH, ends, rule, table, thousands, wrap};

struct Facts {
    title: String,
    increment: Increment,
    short: Vec<(String, String)>,
}

pub(crate) fn answer(book: &Book, search: &Search, weeks: u32) -> Result<Answer> {
    super::ensure_requests(book)?;
    let from = first_day(book, search)?;
    let to = from.later(weeks * 7);
    let span = Interval::new(from.start(), to.start())
        .context("the increment lies outside the times that can be told")?;
    let lexicon = scene::lexicon(book);
    let rules = scene::rules(book, &lexicon).0;
    ensure!(weeks > 0, "an increment has at least one week");
    let options = options(search);
    let months = Months { book, span, rules: &rules, options: &options };
    let title = format!("{} · increment from {}", book.about.title, Day::of(span.start()));
    let each_s = search.seconds / f64::from(weeks);
    let mut clock = (usize::MAX, Clock::new(each_s));
    let mut ask = |number: usize, of: usize, progress: &Progress| -> Continue {
        if clock.0 != number {
            clock = (number, Clock::new(each_s).telling(format!("week {} of {of}", number + 1)));
        }
        clock.1.ask(progress)
    };
    let scene = |span: Interval| -> Result<Scene> { Ok(impact::surroundings(book, span, &rules)?) };
    let increment = increment(&months, &title, scene, &mut ask)?;
    let short = book.partners.iter().map(|partner| (partner.id.to_string(), partner.short.clone())).collect();
    let is_short = increment.weeks.iter().any(|week| week.mandatory_placed < week.mandatory_total);
    let facts = Facts { title: book.about.title.clone(), increment, short };
    let answer = Answer::new(facts, Facts::json, Facts::page);
    Ok(if is_short { answer.with_findings() } else { answer })
}

impl Facts {
    fn json(&self) -> Value {
        let one = &self.increment;
        let mut json = plan::to_json(&one.plan);
        let (value, bound) = (sum(&one.weeks, |week| week.value), sum(&one.weeks, |week| week.bound));
        let more = json!({
            "value": value,
            "bound": bound,
            "gap": facts::week::gap(value, bound),
            "mandatory_placed": one.weeks.iter().map(|week| week.mandatory_placed).sum::<usize>(),
            "mandatory_total": one.weeks.iter().map(|week| week.mandatory_total).sum::<usize>(),
            "shares": one.shares.iter().map(facts::week::share).collect::<Vec<_>>(),
            "weeks": one.weeks.iter().map(week).collect::<Vec<_>>(),
            "assumptions": one.assumptions,
        });
        if let (Value::Object(json), Value::Object(more)) = (&mut json, more) {
            json.extend(more);
        }
        json
    }

    fn page(&self, ink: Ink) -> String {
        let one = &self.increment;
        let span = one.plan.span;
        let when = format!("{} to {} GMT", span.start().gmt(), span.end().gmt());
        let mut text = ends(&ink.bold(&format!("INCREMENT · {}", self.title)), &when) + &rule(ink);
        let (value, bound) = (sum(&one.weeks, |week| week.value), sum(&one.weeks, |week| week.bound));
        let placed: usize = one.weeks.iter().map(|week| week.mandatory_placed).sum();
        let total: usize = one.weeks.iter().map(|week| week.mandatory_total).sum();
        text += &format!(
            "{} activities · mandatory {placed} of {total} · worth {} of at most {} ({:.1} % below)\n\n",
            thousands(one.plan.activities.len() as i64),
            thousands(value as i64),
            thousands(bound as i64),
            facts::week::gap(value, bound) * 100.0
        );
        text += &self.shares(ink);
        text += &format!("\n{}\n", ink.bold("WEEK BY WEEK"));
        text += &self.weeks(ink);
        for one in &one.assumptions {
            text += &ink.faint(&wrap(&format!("· {one}"), WIDTH, 2));
        }
        text
    }

    fn shares(&self, ink: Ink) -> String {
        let heads = [
            ("pool", Align::Left),
            ("partner", Align::Left),
            ("entitled %", Align::Right),
            ("planned h", Align::Right),
            ("part %", Align::Right),
            ("points off", Align::Right),
            ("asked h", Align::Right),
        ];
        let hours = |minutes: u64| format!("{:.1}", minutes as f64 / 60.0);
        let row = |share: &schedule::PoolShare| {
            vec![
                share.pool.to_string(),
                self.short(share.partner.as_str()),
                format!("{:.1}", share.share.percent()),
                hours(share.planned_min),
                share.part().map_or_else(String::new, |part| format!("{:.1}", part * 100.0)),
                share.off_points().map_or_else(String::new, |off| format!("{off:+.1}")),
                hours(share.asked_min),
            ]
        };
        table(ink, &heads, &self.increment.shares.iter().map(row).collect::<Vec<_>>())
    }

    fn weeks(&self, ink: Ink) -> String {
        let mut heads = vec![
            ("from", Align::Left),
            ("mandatory", Align::Right),
            ("refused", Align::Right),
            ("below bound %", Align::Right),
        ];
        let shorts: Vec<String> = self
            .increment
            .shares
            .iter()
            .map(|share| format!("{} h", self.short(share.partner.as_str())))
            .collect();
        heads.extend(shorts.iter().map(|short| (short.as_str(), Align::Right)));
        let row = |week: &Week| {
            let mut row = vec![
                week.span.start().gmt().chars().take(8).collect::<String>(),
                format!("{}/{}", week.mandatory_placed, week.mandatory_total),
                week.refused.len().to_string(),
                format!("{:.1}", facts::week::gap(week.value, week.bound) * 100.0),
            ];
            row.extend(week.shares.iter().map(|share| format!("{:.1}", share.planned_min as f64 / 60.0)));
            row
        };
        table(ink, &heads, &self.increment.weeks.iter().map(row).collect::<Vec<_>>())
    }

    fn short(&self, partner: &str) -> String {
        let known = self.short.iter().find(|(id, _)| id == partner);
        known.map_or_else(|| partner.to_owned(), |(_, short)| short.clone())
    }
}

fn week(week: &Week) -> Value {
    json!({
        "from": stamp(week.span.start()),
        "to": stamp(week.span.end()),
        "value": week.value,
        "bound": week.bound,
        "mandatory_placed": week.mandatory_placed,
        "mandatory_total": week.mandatory_total,
        "refused": week.refused.iter().map(plan::ActivityId::as_str).collect::<Vec<_>>(),
    })
}

fn sum(weeks: &[Week], of: fn(&Week) -> u64) -> u64 {
    weeks.iter().map(of).sum()
}
