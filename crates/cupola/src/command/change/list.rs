//! `cupola change list`: all requests, and the row of approvals of each.

use change::Mark;
use desk::{Desk, Told};
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
    let waits = |told: &Told| {
        let column = told.row.iter().find(|column| column.centre == *own);
        told.standing == "open" && column.is_some_and(|column| column.mark == Mark::InReview)
    };
    let mut requests = desk.list(&desk.state());
    requests.retain(|told| wanted.is_none_or(|wanted| is(told.standing, wanted)) && (!mine || waits(told)));
    let has_column =
        |short: &String| requests.iter().any(|told| told.row.iter().any(|column| column.short == *short));
    let centres = desk.book().centres.iter().map(|centre| centre.short.clone()).filter(has_column).collect();
    Answer::new(List { centres, requests }, List::json, List::page)
}

impl List {
    fn json(&self) -> Value {
        self.requests.iter().map(Told::to_json).collect()
    }

    fn page(&self, ink: Ink) -> String {
        if self.requests.is_empty() {
            return "No such change request. `cupola change new` asks for one.\n".to_owned();
        }
        let mut heads = vec![("number", Align::Left), ("asked (GMT)", Align::Left), ("stands", Align::Left)];
        heads.extend(self.centres.iter().map(|centre| (centre.as_str(), Align::Left)));
        heads.push(("why", Align::Left));
        let rows: Vec<Vec<String>> = self.requests.iter().map(|told| self.row(told)).collect();
        let legend = "AU asked for it · IO information only · IR in review · AP approved, AC with comment · RE rejected · \
                      CH, CR by the chair\n";
        table(ink, &heads, &rows) + &ink.faint(legend)
    }

    fn row(&self, told: &Told) -> Vec<String> {
        let stands = if told.is_implemented { "implemented" } else { told.standing };
        let mark = if told.urgency == Urgency::Routine { "" } else { "! " };
        let mut cells = vec![told.name.clone(), told.time.gmt().to_string(), stands.to_owned()];
        for centre in &self.centres {
            let column = told.row.iter().find(|column| column.short == *centre);
            cells.push(column.map_or("", desk::Column::letters).to_owned());
        }
        cells.push(cut(&format!("{mark}{}", told.rationale.replace('\n', " ")), 18));
        cells
    }
}
