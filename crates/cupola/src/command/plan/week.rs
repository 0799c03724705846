//! `cupola plan week`: one integrated timeline from five partners' wishes.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result, bail, ensure};
use book::Book;
use plan::{Day, Level, Plan};
use schedule::{Continue, Options, Progress, Scheduled, Setting, Told, schedule};
use serde_json::Value;
use timeline::{Duration, Interval, Time};

use super::sheet::Sheet;
use super::{form, otherwise, page, why};
use crate::answer::Answer;
use crate::args::plan::{Form, Otherwise, Search};
use crate::text::Ink;

struct Facts {
    sheet: Sheet,
    outcome: page::Outcome,
    scheduled: Scheduled,
    /// Why each wish without a place has none.
    told: Vec<Told>,
    kept: Option<Plan>,
}

/// What is asked of a week beside how to search.
pub(crate) struct Asked<'a> {
    pub(crate) days: u32,
    pub(crate) keep: Option<&'a Path>,
    pub(crate) otherwise: &'a Otherwise,
    pub(crate) explain: Option<&'a str>,
    pub(crate) form: &'a Form,
}

pub(crate) fn answer(book: &Book, search: &Search, asked: &Asked<'_>) -> Result<Answer> {
    super::ensure_requests(book)?;
    let kept = asked.keep.map(|path| read(book, path)).transpose()?;
    let disruption = otherwise::disruption(book, asked.otherwise)?;
    // A plan that is kept says which time it plans.
    let span = match kept.as_ref().filter(|_| search.from.is_none()) {
        Some(kept) => kept.span,
        None => span(book, search, asked.days)?,
    };
    if let Some(kept) = kept.as_ref().filter(|kept| !kept.span.overlaps(span)) {
        bail!(
            "the plan that is kept is of {} to {}, which has no day in common with this one; leave --from out or --keep",
            kept.span.start().gmt(),
            kept.span.end().gmt()
        );
    }
    let lexicon = scene::lexicon(book);
    let rules = scene::rules(book, &lexicon).0;
    let scene = impact::surroundings(book, span, &rules)?;
    let setting = Setting::new(book, Level::Week, span, rules, scene, &BTreeSet::new())
        .keeping(kept.as_ref())
        .disrupted(disruption);
    let title = format!("{} · week of {}", book.about.title, Day::of(span.start()));
    let mut clock = Clock::new(search.seconds);
    let scheduled = schedule(&setting, &title, &options(search), &mut |progress| clock.ask(progress))?;
    let sheet = Sheet::new(scheduled.plan.clone(), &setting);
    if let Some(file) = form::file(asked.form, &sheet)? {
        return Ok(file);
    }
    let why =
        asked.explain.map(|asked| why::told(&setting, &scheduled, asked)).transpose()?.unwrap_or_default();
    let mut told = why::told(&setting, &scheduled, why::ALL)?;
    told.extend(facts::week::nobody(&setting));
    let clash = facts::week::clash(&setting, &scheduled)?;
    let is_short = clash.is_some();
    let outcome = page::Outcome { why, clash, ..outcome(&scheduled, &setting, &told) };
    let facts = Facts { sheet, outcome, scheduled, told, kept };
    let answer = Answer::new(facts, Facts::json, Facts::page);
    Ok(if is_short { answer.with_findings() } else { answer })
}

/// The day that was said, or else the first Monday of which the book knows no history.
pub(crate) fn first_day(book: &Book, search: &Search) -> Result<Day> {
    Ok(match search.from {
        Some(moment) => {
            let from = crate::run::time(moment)?;
            let day = Day::of(from);
            let is_now = matches!(moment, crate::args::Moment::Now);
            ensure!(is_now || day.start() == from, "a plan begins at midnight GMT: say --from {day}");
            day
        }
        None => {
            let known = book.about.known_until.min(Time::MAX - Duration::DAY * 400);
            let monday = Day::of(known).monday();
            monday.later(7)
        }
    })
}

fn span(book: &Book, search: &Search, days: u32) -> Result<Interval> {
    let from = first_day(book, search)?;
    let end = from.later(days);
    Interval::new(from.start(), end.start()).context("the week lies outside the times that can be told")
}

/// A plan of the book's station from a file.
pub(crate) fn read(book: &Book, path: &Path) -> Result<Plan> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    let made = "`cupola plan week --json > FILE` makes a plan";
    ensure!(!text.trim().is_empty(), "{} is empty; {made}", path.display());
    let plan = plan::read_json(&text).with_context(|| format!("{} is no plan; {made}", path.display()))?;
    impact::same_station(book, &plan)?;
    Ok(plan)
}

pub(crate) fn options(search: &Search) -> Options {
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
    what: String,
}

impl Clock {
    pub(crate) fn new(seconds: f64) -> Self {
        Self { began: Instant::now(), seconds, told: 0.0, what: "planning".to_owned() }
    }

    /// The same, saying what is planned.
    pub(crate) fn telling(mut self, what: String) -> Self {
        self.what = what;
        self
    }

    pub(crate) fn ask(&mut self, progress: &Progress) -> Continue {
        const EVERY_S: f64 = 0.25;
        let spent_s = self.began.elapsed().as_secs_f64();
        let mut terminal = std::io::stderr();
        if spent_s - self.told >= EVERY_S && terminal.is_terminal() {
            self.told = spent_s;
            let line = format!("{}: {spent_s:.0} s, {:.0} worth", self.what, progress.objective);
            // Nothing is lost when a terminal does not take it.
            let _ = write!(terminal, "\r{line:<50}\r");
        }
        if self.seconds > 0.0 { Continue::Spent(spent_s / self.seconds) } else { Continue::Stop }
    }
}

impl Facts {
    fn json(&self) -> Value {
        facts::week::json(&self.scheduled, &self.told, self.outcome.clash.as_ref(), self.kept.as_ref())
    }

    fn page(&self, ink: Ink) -> String {
        let mut text = page::week(&self.sheet, &self.outcome, ink);
        if let Some(kept) = &self.kept {
            text += &otherwise::page(&self.scheduled.departures, kept, &self.scheduled.plan, ink);
        }
        text
    }
}

/// What the page tells beside the plan itself.
fn outcome(scheduled: &Scheduled, setting: &Setting<'_>, told: &[Told]) -> page::Outcome {
    let title = |wish: usize| setting.wishes.list.get(wish).map_or("", |wish| wish.title.as_str());
    // The first reason is enough for a page; --explain tells all.
    let reasons = |id: &str| -> Vec<String> {
        let told = told.iter().find(|told| told.id == id);
        told.into_iter().flat_map(|told| told.reasons.iter().take(1).cloned()).collect()
    };
    // What must be done comes first.
    let mut refused: Vec<&schedule::Refused> = scheduled.refused.iter().collect();
    refused.sort_by_key(|one| setting.wishes.list[one.wish].standing != plan::Standing::Mandatory);
    let nobody = facts::week::nobody(setting).into_iter().map(|told| page::Refused {
        title: setting.book.requests.named(&told.id).map_or_else(String::new, |one| one.title.clone()),
        id: told.id,
        reasons: told.reasons,
    });
    page::Outcome {
        value: scheduled.value,
        bound: scheduled.bound,
        mandatory_placed: scheduled.mandatory_placed,
        mandatory_total: scheduled.mandatory_total,
        refused: refused
            .into_iter()
            .map(|one| page::Refused {
                id: one.id.to_string(),
                title: title(one.wish).to_owned(),
                reasons: reasons(one.id.as_str()),
            })
            .chain(nobody)
            .collect(),
        breaches: scheduled.breaches.clone(),
        rule_titles: setting
            .rules
            .iter()
            .map(|rule| (rule.written().id.clone(), rule.written().title.clone()))
            .collect(),
        assumptions: scheduled.assumptions.clone(),
        why: Vec::new(),
        clash: None,
    }
}
