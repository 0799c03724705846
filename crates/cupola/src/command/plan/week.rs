//! `cupola plan week`: one integrated timeline from five partners' wishes.

use std::collections::BTreeSet;
use std::io::{IsTerminal, Write};
use std::path::Path;
use std::time::Instant;

use anyhow::{Context, Result};
use book::Book;
use plan::{Day, Level, Plan};
use schedule::{Continue, Options, PoolShare, Progress, Scheduled, Setting, Told, schedule};
use serde_json::{Value, json};
use timeline::{Duration, Interval, Time};

use super::increment::gap;
use super::why;
use crate::answer::Answer;
use crate::args::plan::{Form, Search};
use crate::command::orbit::stamp;
use crate::text::{Ink, ends, rule};

struct Facts {
    title: String,
    scheduled: Scheduled,
    why: Vec<Told>,
    clash: Option<(Vec<String>, String)>,
}

pub(crate) fn answer(
    book: &Book,
    search: &Search,
    days: u32,
    keep: Option<&Path>,
    explain: Option<&str>,
    _form: &Form,
) -> Result<Answer> {
    super::ensure_requests(book)?;
    let span = span(book, search, days)?;
    let kept = keep.map(read).transpose()?;
    let lexicon = scene::lexicon(book);
    let rules = scene::rules(book, &lexicon).0;
    let scene = super::surroundings(book, span, &rules)?;
    let setting =
        Setting::new(book, Level::Week, span, rules, scene, &BTreeSet::new()).keeping(kept.as_ref());
    let title = format!("{} · week of {}", book.about.title, Day::of(span.start()));
    let mut clock = Clock::new(search.seconds);
    let scheduled = schedule(&setting, &title, &options(search), &mut |progress| clock.ask(progress))?;
    let why = explain.map(|asked| why::told(&setting, &scheduled, asked)).transpose()?.unwrap_or_default();
    let clash = why::clash(&setting, &scheduled)?;
    let is_short = clash.is_some();
    let facts = Facts { title: book.about.title.clone(), scheduled, why, clash };
    let answer = Answer::new(facts, Facts::json, Facts::page);
    Ok(if is_short { answer.with_findings() } else { answer })
}

/// The day that was said, or else the first Monday of which the book knows no history.
pub(crate) fn first_day(book: &Book, search: &Search) -> Result<Day> {
    Ok(match search.from {
        Some(moment) => Day::of(crate::run::time(moment)?),
        None => {
            let known = book.about.known_until.min(Time::MAX - Duration::DAY * 400);
            let monday = Day::of(known).monday();
            (0..7).fold(monday, |day, _| day.next())
        }
    })
}

fn span(book: &Book, search: &Search, days: u32) -> Result<Interval> {
    let from = first_day(book, search)?;
    let end = (0..days).fold(from, |day, _| day.next());
    Interval::new(from.start(), end.start()).context("the week lies outside the times that can be told")
}

/// A plan from a file.
pub(crate) fn read(path: &Path) -> Result<Plan> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    plan::read_json(&text).with_context(|| format!("{} is no plan", path.display()))
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

/// One partner's part of a pool.
pub(crate) fn share_json(share: &PoolShare) -> Value {
    json!({
        "pool": share.pool.as_str(),
        "partner": share.partner.as_str(),
        "share_pct": share.share.percent(),
        "planned_min": share.planned_min,
        "asked_min": share.asked_min,
        "part_pct": share.part().map(|part| part * 100.0),
        "off_points": share.off_points(),
    })
}

impl Facts {
    fn json(&self) -> Value {
        let one = &self.scheduled;
        let mut json = plan::to_json(&one.plan);
        let more = json!({
            "value": one.value,
            "mandatory_placed": one.mandatory_placed,
            "mandatory_total": one.mandatory_total,
            "bound": one.bound,
            "gap": gap(one.value, one.bound),
            "shares": one.shares.iter().map(share_json).collect::<Vec<_>>(),
            "why": self.why.iter().map(why::json).collect::<Vec<_>>(),
            "clash": self.clash.as_ref().map(|(ids, said)| json!({"ids": ids, "said": said})),
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
        let one = &self.scheduled;
        let span = one.plan.span;
        let when = format!("{} to {} GMT", span.start().gmt(), span.end().gmt());
        let mut text = ends(&ink.bold(&format!("WEEK · {}", self.title)), &when) + &rule(ink);
        text += &format!(
            "{} activities, mandatory {} of {}, value {}\n",
            one.plan.activities.len(),
            one.mandatory_placed,
            one.mandatory_total,
            one.value
        );
        for share in &one.shares {
            text += &format!(
                "{} {}: {} min of {} asked, {:?} points off\n",
                share.pool,
                share.partner,
                share.planned_min,
                share.asked_min,
                share.off_points()
            );
        }
        for breach in &one.breaches {
            text += &format!("{} {} {}\n", breach.rule, breach.start.gmt(), breach.message);
        }
        if let Some((ids, said)) = &self.clash {
            text += &format!("{said}: {}\n", ids.join(", "));
        }
        if !self.why.is_empty() {
            text += &why::page(&self.why, ink);
        }
        for one in &one.assumptions {
            text += &format!("{one}\n");
        }
        text
    }
}
