//! `cupola plan show`: a plan drawn in the terminal.

use std::path::Path;

use anyhow::{Context, Result, bail};
use book::Book;
use plan::{Day, Level, Plan};
use record::PersonId;
use serde_json::Value;
use timeline::Interval;

use super::names::{Names, people};
use super::panel::{self, Detail};
use super::sheet::{Sheet, common};
use super::{form, list, overview, page};
use crate::answer::Answer;
use crate::args::plan::{Form, LevelName, Shown};
use crate::text::{Ink, WIDTH, ends, rule, wrap};

/// Plans of more days are listed only when a day or a person is named: a week's list has a thousand lines.
const LISTED_DAYS: usize = 2;

struct Facts {
    sheet: Sheet,
    level: LevelName,
}

pub(super) fn answer(book: &Book, path: &Path, shown: &Shown, form: &Form) -> Result<Answer> {
    let plan = super::week::read(book, path)?;
    let names = Names::of(book, &plan);
    let person = shown.person.as_deref().map(|text| person(text, &plan, &names)).transpose()?;
    let level = shown.level.unwrap_or(match plan.level {
        Level::Increment => LevelName::Increment,
        Level::Week => LevelName::Week,
        Level::Day => LevelName::Day,
    });
    let day = shown.day.map(crate::run::time).transpose()?.map(Day::of);
    let plan = narrowed(plan, day, person.as_ref())?;
    let sheet = Sheet { only: person, ..Sheet::of(book, plan)? };
    if let Some(file) = form::file(form, &sheet)? {
        return Ok(file);
    }
    Ok(Answer::new(Facts { sheet, level }, Facts::json, Facts::page))
}

/// Who is meant by an id or by a family name.
fn person(text: &str, plan: &Plan, names: &Names) -> Result<PersonId> {
    let all = people(plan, names);
    if let Some(person) = all.iter().find(|person| person.as_str() == text) {
        return Ok((*person).clone());
    }
    let mut named = all.iter().filter(|person| names.family(person).to_lowercase() == text.to_lowercase());
    match (named.next(), named.next()) {
        (Some(person), None) => Ok((*person).clone()),
        (first, _) => {
            let known: Vec<&str> = all.iter().map(|person| person.as_str()).collect();
            let what = if first.is_some() { "more than one person" } else { "nobody" };
            bail!("the plan has {what} called `{text}`; it has {}", known.join(", "))
        }
    }
}

/// What is asked for of a plan.
fn narrowed(mut plan: Plan, day: Option<Day>, person: Option<&PersonId>) -> Result<Plan> {
    if let Some(day) = day {
        let whole = plan.span;
        plan.span = day.interval().and_then(|day| day.intersection(whole)).with_context(|| {
            format!("{day} is not in the plan, which goes from {} to {}", whole.start(), whole.end())
        })?;
        let span = plan.span;
        plan.activities.retain(|_, one| common(one, Some(span)).is_some() || span.contains(one.start));
    }
    if let Some(person) = person {
        plan.activities.retain(|_, activity| activity.crew.contains(person));
    }
    Ok(plan)
}

impl Facts {
    fn json(&self) -> Value {
        plan::to_json(&self.sheet.plan)
    }

    fn page(&self, ink: Ink) -> String {
        let sheet = &self.sheet;
        let mut text = heading("PLAN", &sheet.names.station, sheet.plan.span, ink);
        text += &wrap(&format!("{} · level {}", sheet.plan.title, level_word(sheet.plan.level)), WIDTH, 0);
        text += &page::sum(sheet);
        if self.level == LevelName::Increment {
            return text + &overview::page(sheet, ink);
        }
        let days = sheet.days();
        for day in &days {
            text += "\n";
            text += &panel::day(sheet, *day, Detail::Titles, ink);
        }
        text += "\n";
        text += &panel::legend(sheet, ink);
        let is_listed = self.level == LevelName::Day || sheet.only.is_some() || days.len() <= LISTED_DAYS;
        if is_listed {
            for day in &days {
                text += &list::day(sheet, *day, ink);
            }
        } else {
            text += &ink
                .faint("\n--day DATE or --person ID lists what is done, with times, places and devices\n");
        }
        text + &self.tasks(ink)
    }

    /// What has no time.
    fn tasks(&self, ink: Ink) -> String {
        let sheet = &self.sheet;
        let tasks = &sheet.plan.task_list;
        if tasks.is_empty() || sheet.only.is_some() {
            return String::new();
        }
        let named: Vec<String> =
            tasks.iter().map(|task| format!("{} ({} min)", task.title, task.minutes)).collect();
        format!("\n{}\n{}", ink.bold("TASK LIST"), wrap(&named.join(" · "), WIDTH, 0))
    }
}

fn level_word(level: Level) -> &'static str {
    record::Word::word(level)
}

/// The head of a page about a plan.
pub(super) fn heading(what: &str, station: &str, span: Interval, ink: Ink) -> String {
    let when = format!("{} to {} GMT", span.start().gmt(), span.end().gmt());
    ends(&ink.bold(&format!("{what} · {station}")), &when) + &rule(ink)
}
