//! `cupola plan flown`: what was done, when, and what was not, taken into a plan.

use std::collections::BTreeMap;
use std::sync::Arc;

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
pub(crate) fn answer(book: &Arc<Book>, asked: &change::Flown) -> Result<Answer> {
    let file = asked.report.display().to_string();
    let text = std::fs::read_to_string(&asked.report).with_context(|| format!("cannot read {file}"))?;
    let mut draft = Draft::new(book, super::week::read(book, &asked.plan)?);
    let mut findings = Vec::new();
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for row in rows(&text).with_context(|| format!("{file} is no report"))? {
        let Row { line, cells } = row;
        let taken = match seen.get(&cells[0]) {
            Some(before) => Err(Wrong {
                message: format!("`{}` stands in line {before} already", cells[0]),
                mend: "say once what became of it, at last".to_owned(),
            }),
            None => edit(&draft.plan, &cells),
        };
        seen.entry(cells[0].clone()).or_insert(line);
        let done = taken.and_then(|edit| {
            draft.edit(edit).map_err(|error| Wrong { message: error.to_string(), mend: String::new() })
        });
        if let Err(Wrong { message, mend }) = done {
            let place = Place { file: file.clone(), line, column: 0 };
            findings.push(Finding::new("as-run", Severity::Must, message).at(place).mend(mend));
        }
    }
    draft.answer(findings, asked.out.as_deref())
}

/// Why a row cannot be taken in, and what would mend it.
struct Wrong {
    message: String,
    mend: String,
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

/// What a row says.
fn edit(plan: &Plan, [id, state, start, end, reason]: &[String; 5]) -> Result<Edit, Wrong> {
    let wrong = |message: String, mend: &str| Wrong { message, mend: mend.to_owned() };
    let a_time = |message: String| wrong(message, "write a time such as 2026-06-03T10:00Z");
    let id: ActivityId = match id.parse() {
        Ok(id) if plan.activities.contains_key(&id) => id,
        _ => {
            let [message, mend] = unknown(plan, id);
            return Err(Wrong { message, mend });
        }
    };
    let time = |column: &str, text: &str| -> Result<Time, Wrong> {
        if text.is_empty() {
            return Err(a_time(format!("`{id}` is {state}, but its {column} is not said")));
        }
        text.parse().map_err(|error: timeline::TimeError| a_time(format!("{column}: {error}")))
    };
    match state.as_str() {
        "started" => Ok(Edit::Start(id.clone(), time("start", start)?)),
        "done" => {
            let (start, end) = (time("start", start)?, time("end", end)?);
            let was = Interval::new(start, end);
            let was =
                was.ok_or_else(|| a_time(format!("`{id}` ends at {end}, not after it began at {start}")))?;
            Ok(Edit::Finish(id, was))
        }
        "skipped" if reason.is_empty() => {
            Err(wrong(format!("`{id}` was skipped, but it is not said why"), "write a reason"))
        }
        "skipped" => Ok(Edit::Skip(id, reason.clone())),
        other => Err(wrong(format!("`{other}` is no state"), "write started, done or skipped")),
    }
}
