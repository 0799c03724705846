//! `cupola plan week`: one integrated timeline from five partners' wishes.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use book::Book;
use plan::{Day, Level, Plan};
use schedule::{Continue, Options, Progress, Scheduled, Setting, schedule};
use serde_json::{Value, json};
use timeline::{Duration, Interval, Time};

use super::sheet::Sheet;
use super::{form, page};
use crate::answer::Answer;
use crate::args::plan::{Form, Search};
use crate::command::orbit::stamp;
use crate::text::Ink;

struct Facts {
    sheet: Sheet,
    outcome: page::Outcome,
    scheduled: Scheduled,
}

pub(crate) fn answer(
    book: &Book,
    search: &Search,
    days: u32,
    keep: Option<&Path>,
    _explain: Option<&str>,
    form: &Form,
) -> Result<Answer> {
    ensure!(
        !book.requests.is_empty(),
        "nobody asks for anything in this book: it has no requests/*.toml (docs/book.md says what is in them)"
    );
    let span = span(book, search, days)?;
    let kept = keep.map(read).transpose()?;
    let lexicon = scene::lexicon(book);
    let rules = scene::rules(book, &lexicon).0;
    let scene = super::surroundings(book, span, &rules)?;
    let setting =
        Setting::new(book, Level::Week, span, rules, scene, &BTreeSet::new()).keeping(kept.as_ref());
    let title = format!("{} · week of {}", book.about.title, Day::of(span.start()));
    let mut clock = Clock::of(search);
    let scheduled = schedule(&setting, &title, &options(search), &mut |progress| clock.ask(progress))?;
    let sheet = Sheet::new(scheduled.plan.clone(), &setting);
    if let Some(file) = form::file(form, &sheet)? {
        return Ok(file);
    }
    let outcome = outcome(&scheduled, &setting);
    Ok(Answer::new(Facts { sheet, outcome, scheduled }, Facts::json, Facts::page))
}

fn span(book: &Book, search: &Search, days: u32) -> Result<Interval> {
    let from = match search.from {
        Some(moment) => Day::of(crate::run::time(moment)?),
        None => {
            let known = book.about.known_until.min(Time::MAX - Duration::DAY * 400);
            let monday = Day::of(known).monday();
            (0..7).fold(monday, |day, _| day.next())
        }
    };
    let end = (0..days).fold(from, |day, _| day.next());
    Interval::new(from.start(), end.start()).context("the week lies outside the times that can be told")
}

/// A plan from a file.
pub(crate) fn read(path: &Path) -> Result<Plan> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    plan::read_json(&text).with_context(|| format!("{} is no plan", path.display()))
}

fn options(search: &Search) -> Options {
    Options {
        seed: search.seed,
        iterations: search.iterations,
        islands: usize::from(search.islands),
        threads: usize::from(search.threads),
        ..Options::default()
    }
}

/// How much of the time is spent, told on a terminal.
pub(crate) struct Clock {
    began: Instant,
    seconds: f64,
    told: f64,
}

impl Clock {
    pub(crate) fn of(search: &Search) -> Self {
        Self { began: Instant::now(), seconds: search.seconds, told: 0.0 }
    }

    pub(crate) fn ask(&mut self, progress: &Progress) -> Continue {
        const EVERY_S: f64 = 0.25;
        let spent_s = self.began.elapsed().as_secs_f64();
        let mut terminal = std::io::stderr();
        if spent_s - self.told >= EVERY_S && terminal.is_terminal() {
            self.told = spent_s;
            let line = format!("planning: {spent_s:.0} s, {:.0} worth", progress.objective);
            // Nothing is lost when a terminal does not take it.
            let _ = write!(terminal, "\r{line:<50}\r");
        }
        if self.seconds > 0.0 { Continue::Spent(spent_s / self.seconds) } else { Continue::Stop }
    }
}

impl Facts {
    fn json(&self) -> Value {
        let one = &self.scheduled;
        let mut json = plan::to_json(&one.plan);
        let more = json!({
            "value": one.value,
            "mandatory_placed": one.mandatory_placed,
            "mandatory_total": one.mandatory_total,
            "shares": one.shares.iter().map(|share| json!({
                "pool": share.pool.as_str(),
                "partner": share.partner.as_str(),
                "share_pct": share.share.percent(),
                "planned_min": share.planned_min,
                "asked_min": share.asked_min,
                "part_pct": share.part().map(|part| part * 100.0),
                "off_points": share.off_points(),
            })).collect::<Vec<_>>(),
            "refused": one.refused.iter().map(|refused| json!({
                "id": refused.id.as_str(),
                "rules": refused.rules,
            })).collect::<Vec<_>>(),
            "breaches": one.breaches.iter().map(|breach| json!({
                "rule": breach.rule,
                "severity": breach.severity.word(),
                "start": stamp(breach.start),
                "subjects": breach.subjects,
                "message": breach.message,
            })).collect::<Vec<_>>(),
            "assumptions": one.assumptions,
        });
        if let (Value::Object(json), Value::Object(more)) = (&mut json, more) {
            json.extend(more);
        }
        json
    }

    fn page(&self, ink: Ink) -> String {
        page::week(&self.sheet, &self.outcome, ink)
    }
}

/// What the page tells beside the plan itself.
fn outcome(scheduled: &Scheduled, setting: &Setting<'_>) -> page::Outcome {
    let title = |wish: usize| setting.wishes.list.get(wish).map_or("", |wish| wish.title.as_str());
    let reasons = |rules: &[String]| match rules {
        [] => Vec::new(),
        rules => vec![format!("taken out again: it would break {}", rules.join(", "))],
    };
    page::Outcome {
        value: scheduled.value,
        mandatory_placed: scheduled.mandatory_placed,
        mandatory_total: scheduled.mandatory_total,
        refused: scheduled
            .refused
            .iter()
            .map(|one| page::Refused {
                id: one.id.clone(),
                title: title(one.wish).to_owned(),
                reasons: reasons(&one.rules),
            })
            .collect(),
        breaches: scheduled.breaches.clone(),
        rule_titles: setting
            .rules
            .iter()
            .map(|rule| (rule.written().id.clone(), rule.written().title.clone()))
            .collect(),
        assumptions: scheduled.assumptions.clone(),
    }
}
