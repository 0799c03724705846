//! `cupola change list`: all requests, and the row of approvals of each.

use change::Mark;
use desk::{Column, Desk, Told};
use journal::Urgency;
use serde_json::Value;

use super::is;
use crate::answer::Answer;
use crate::args::request::StatusName;
use crate::text::{Align, Ink, cut, table};

struct List {
    /// The centres that have a column in some request, by their short names.
    centres: Vec<String>,
    requests: Vec<Told>,
}

pub(super) fn answer(desk: &Desk, mine: bool, wanted: Option<StatusName>) -> Answer {
    let own = desk.node().centre();
    let waits = |told: &Told| told.awaited.contains(own);
    let mut requests = desk.list(&desk.state());
    requests.retain(|told| wanted.is_none_or(|wanted| is(told.standing, wanted)) && (!mine || waits(told)));
    let has_column = |short: &String| {
        let says = |column: &Column| column.short == *short && column.mark != Mark::InformationOnly;
        requests.iter().any(|told| told.row.iter().any(says))
    };
    let centres = desk.book().centres.iter().map(|centre| centre.short.clone()).filter(has_column).collect();
    Answer::new(List { centres, requests }, List::json, List::page)
}

impl List {
    fn json(&self) -> Value {
        let heading = |told: &Told| {
            let mut json = told.to_json();
            // Edits are told of one request at a time.
            if let Some(fields) = json.as_object_mut() {
                fields.remove("edits");
            }
            json
        };
        self.requests.iter().map(heading).collect()
    }

    fn page(&self, ink: Ink) -> String {
        if self.requests.is_empty() {
            return "No such change request. `cupola change new` asks for one.\n".to_owned();
        }
        let mut heads = vec![
            ("", Align::Left),
            ("number", Align::Left),
            ("asked (GMT)", Align::Left),
            ("stands", Align::Left),
        ];
        heads.extend(self.centres.iter().map(|centre| (centre.as_str(), Align::Left)));
        heads.push(("why", Align::Left));
        let rows: Vec<Vec<String>> = self.requests.iter().map(|told| self.row(told)).collect();
        let legend = "AU asked for it · IO information only · IR in review · AP approved, AC with comment · RE rejected · \
                      CH, CR by the chair\n▲ has no effect · ◆ contradicts another word: `cupola change show`\n";
        table(ink, &heads, &rows) + &ink.faint(legend)
    }

    /// Columns that the centres take.
    fn taken(&self) -> usize {
        self.centres.iter().map(|centre| centre.chars().count() + 2).sum()
    }

    fn row(&self, told: &Told) -> Vec<String> {
        let stands = if told.is_implemented { "implemented" } else { told.standing };
        let mark = if told.urgency == Urgency::Routine { "" } else { "! " };
        let wrong = match (told.without_effect.is_empty(), told.contradictions.is_empty()) {
            (false, _) => "▲",
            (_, false) => "◆",
            _ => "",
        };
        let mut cells =
            vec![wrong.to_owned(), told.name.clone(), told.time.gmt().to_string(), stands.to_owned()];
        for centre in &self.centres {
            let column = told.row.iter().find(|column| column.short == *centre);
            cells.push(column.map_or("", Column::letters).to_owned());
        }
        cells.push(cut(
            &format!("{mark}{}", told.rationale.replace('\n', " ")),
            100_usize.saturating_sub(48 + self.taken()).max(12),
        ));
        cells
    }
}
