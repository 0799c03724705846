//! `cupola plan flown`: what was done, when, and what was not, taken into a plan.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail, ensure};
use book::Book;
use plan::{ActivityId, Edit, Plan};
use timeline::{Finding, Interval, Place, Severity, Time};

use super::changed::Draft;
use super::operation::unknown;
use crate::answer::Answer;
use crate::args::plan::change;

const COLUMNS: [&str; 5] = ["id", "state", "start", "end", "reason"];

/// Exit status 1 when a line could not be taken in, or what was done breaks a rule that must be kept.
pub(crate) fn answer(book: &Book, asked: &change::Flown) -> Result<Answer> {
    let file = asked.report.display().to_string();
    let text = std::fs::read_to_string(&asked.report).with_context(|| format!("cannot read {file}"))?;
    let mut draft = Draft::new(book, super::week::read(&asked.plan)?);
    let mut findings = Vec::new();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for row in rows(&text).with_context(|| format!("{file} is no report"))? {
        let Row { line, cells } = row;
        let place = Place { file: file.clone(), line, column: 0 };
        let wrong = |message: String, mend: String| {
            Finding::new("as-run", Severity::Must, message).at(place.clone()).mend(mend)
        };
        let taken = match seen.get(&cells[0]) {
            Some(before) => Err(wrong(
                format!("`{}` stands in line {before} already", cells[0]),
                "say once what became of it, at last".to_owned(),
            )),
            None => edit(&draft.plan, &cells).map_err(|(message, mend)| wrong(message, mend)),
        };
        seen.entry(cells[0].clone()).or_insert(line);
        let done =
            taken.and_then(|edit| draft.edit(edit).map_err(|error| wrong(error.to_string(), String::new())));
        findings.extend(done.err());
    }
    draft.answer(findings, asked.out.as_deref())
}

struct Row {
    line: u32,
    /// In the order of [`COLUMNS`].
    cells: [String; 5],
}

/// Columns may stand in any order, and those that are never needed may be absent.
fn rows(text: &str) -> Result<Vec<Row>> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let header = reader.headers()?.clone();
    if let Some(other) = header.iter().find(|name| !COLUMNS.contains(name)) {
        bail!("a column `{other}`; its first line is to be {}", COLUMNS.join(","));
    }
    for name in ["id", "state"] {
        ensure!(
            header.iter().any(|one| one == name),
            "no column `{name}`; its first line is to be {}",
            COLUMNS.join(",")
        );
    }
    let of = |name: &str| header.iter().position(|one| one == name);
    let places = COLUMNS.map(of);
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record?;
        let line = record.position().map_or(0, |position| u32::try_from(position.line()).unwrap_or(u32::MAX));
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default().to_owned();
        rows.push(Row { line, cells: places.map(cell) });
    }
    Ok(rows)
}

/// What a row says, or what is wrong with it and what would mend it.
fn edit(plan: &Plan, [id, state, start, end, reason]: &[String; 5]) -> Result<Edit, (String, String)> {
    let a_time = || "write a time such as 2026-06-03T10:00Z".to_owned();
    let id: ActivityId = match id.parse() {
        Ok(id) if plan.activities.contains_key(&id) => id,
        _ => {
            let [message, mend] = unknown(plan, id);
            return Err((message, mend));
        }
    };
    let time = |column: &str, text: &str| -> Result<Time, (String, String)> {
        if text.is_empty() {
            return Err((format!("`{id}` is {state}, but its {column} is not said"), a_time()));
        }
        text.parse().map_err(|error: timeline::TimeError| (format!("{column}: {error}"), a_time()))
    };
    match state.as_str() {
        "started" => Ok(Edit::Start(id.clone(), time("start", start)?)),
        "done" => {
            let (start, end) = (time("start", start)?, time("end", end)?);
            let was = Interval::new(start, end);
            let was = was
                .ok_or_else(|| (format!("`{id}` ends at {end}, not after it began at {start}"), a_time()))?;
            Ok(Edit::Finish(id, was))
        }
        "skipped" if reason.is_empty() => {
            Err((format!("`{id}` was skipped, but it is not said why"), "write a reason".to_owned()))
        }
        "skipped" => Ok(Edit::Skip(id, reason.clone())),
        other => Err((format!("`{other}` is no state"), "write started, done or skipped".to_owned())),
    }
}
