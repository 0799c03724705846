//! `cupola change list`: all requests, and the row of approvals of each.

use change::Mark;
use desk::Desk;
use journal::{Requested, Status};
use serde_json::{Value, json};
use timeline::Time;

use super::row::{self, Column};
use super::{is, status};
use crate::answer::Answer;
use crate::args::request::StatusName;
use crate::text::{Align, Ink, cut, table};

struct List {
    centres: Vec<String>,
    lines: Vec<Line>,
}

struct Line {
    name: String,
    time: Time,
    author: String,
    urgency: &'static str,
    status: &'static str,
    is_implemented: bool,
    rationale: String,
    digest: String,
    row: Vec<Column>,
}

pub(super) fn answer(desk: &Desk, mine: bool, wanted: Option<StatusName>) -> Answer {
    let state = desk.state();
    let mut all: Vec<&Requested<'_>> = state.requests.values().collect();
    all.sort_by_key(|requested| (requested.signed.record().time, requested.signed.record().centre.clone()));
    let own = desk.node().centre().as_str();
    let waits_for_own = |line: &Line, open: bool| {
        open && line.row.iter().any(|column| column.centre == own && column.mark == Mark::InReview)
    };
    let lines: Vec<Line> = all
        .into_iter()
        .filter(|requested| wanted.is_none_or(|wanted| is(requested.status, wanted)))
        .map(|requested| (line(desk, requested), requested.status == Status::Open))
        .filter(|(line, open)| !mine || waits_for_own(line, *open))
        .map(|(line, _)| line)
        .collect();
    let centres = desk.book().centres.iter().filter(|centre| {
        lines.iter().any(|line| line.row.iter().any(|column| column.centre == centre.id.as_str()))
    });
    let centres = centres.map(|centre| centre.short.clone()).collect();
    Answer::new(List { centres, lines }, List::json, List::page)
}

fn line(desk: &Desk, requested: &Requested<'_>) -> Line {
    let record = requested.signed.record();
    let is_implemented = requested
        .said
        .iter()
        .any(|said| matches!(said.record().entry, journal::Entry::Implementation { .. }));
    Line {
        name: requested.request.name.clone(),
        time: record.time,
        author: record.centre.to_string(),
        urgency: urgency(requested.request.urgency),
        status: status(requested.status),
        is_implemented,
        rationale: requested.request.rationale.clone(),
        digest: requested.signed.digest().to_string(),
        row: row::row(desk.book(), desk.terms(), requested),
    }
}

pub(super) const fn urgency(urgency: journal::Urgency) -> &'static str {
    match urgency {
        journal::Urgency::Routine => "routine",
        journal::Urgency::Urgent => "urgent",
        journal::Urgency::Safety => "safety",
    }
}

impl List {
    fn json(&self) -> Value {
        self.lines
            .iter()
            .map(|line| {
                json!({
                    "name": line.name,
                    "digest": line.digest,
                    "time": line.time.to_string(),
                    "author": line.author,
                    "urgency": line.urgency,
                    "status": line.status,
                    "implemented": line.is_implemented,
                    "rationale": line.rationale,
                    "approvals": row::json(&line.row),
                })
            })
            .collect()
    }

    fn page(&self, ink: Ink) -> String {
        if self.lines.is_empty() {
            return "No such change request. `cupola change new` asks for one.\n".to_owned();
        }
        let mut heads = vec![("number", Align::Left), ("asked (GMT)", Align::Left), ("stands", Align::Left)];
        heads.extend(self.centres.iter().map(|centre| (centre.as_str(), Align::Left)));
        heads.push(("why", Align::Left));
        let rows: Vec<Vec<String>> = self.lines.iter().map(|line| self.row(line)).collect();
        table(ink, &heads, &rows)
            + &ink.faint(
                "AU asked for it · IO information only · IR in review · AP approved · AC with comment · RE rejected · CH, CR chair\n",
            )
    }

    fn row(&self, line: &Line) -> Vec<String> {
        let stands = if line.is_implemented { "implemented" } else { line.status };
        let mark = if line.urgency == "routine" { "" } else { "! " };
        let mut cells = vec![line.name.clone(), line.time.gmt().to_string(), stands.to_owned()];
        for centre in &self.centres {
            let column = line.row.iter().find(|column| column.short == *centre);
            cells.push(column.map_or("", |column| row::short(column.mark)).to_owned());
        }
        cells.push(cut(&format!("{mark}{}", line.rationale.replace('\n', " ")), 30));
        cells
    }
}
