//! `cupola change show`: one request, whole.

use anyhow::Result;
use change::{Content, apply};
use desk::{Desk, Draft};
use journal::{Agreement as _, ChangeRequest, Digest, Entry, Matter, Requested, Status, Verdict, Words};
use record::Word as _;
use serde_json::{Value, json};
use timeline::Time;

use super::edits::{self, EditLine};
use super::list::urgency;
use super::row::{self, Column};
use super::status;
use crate::answer::Answer;
use crate::command::journal::told;
use crate::text::{Align, Ink, cut, ends, rule, table, wrap};

/// All that is to be said of a request.
#[derive(Default)]
struct Shown {
    name: String,
    author: String,
    time: Option<Time>,
    urgency: &'static str,
    status: &'static str,
    rationale: String,
    digest: String,
    touches: Vec<String>,
    row: Vec<Column>,
    edits: Vec<EditLine>,
    /// Edits that would have no effect on the baseline as it is.
    refusals: Vec<String>,
    said: Vec<(Time, String, String)>,
    contradictions: Vec<String>,
}

/// Edits on a page; the rest are counted.
const MOST_EDITS: usize = 24;

pub(super) fn answer(desk: &Desk, name: &str) -> Result<Answer> {
    let state = desk.state();
    let digest = desk.find(&state, name)?;
    let requested = &state.requests[&digest];
    let content = Content::from_bytes(&requested.request.edits);
    let mut products = desk.baseline_before(&state, digest).products;
    let refusals = match (&content, requested.status) {
        (Ok(content), Status::Open | Status::Approved | Status::Rejected) => apply(content, &mut products),
        _ => Vec::new(),
    };
    let of_request = |text: &String| text.contains(&requested.request.name);
    let contradictions: Vec<String> =
        state.contradictions.iter().map(|one| told(one, &state)).filter(of_request).collect();
    let shown = Shown {
        row: row::row(desk.book(), desk.terms(), requested),
        edits: content.as_ref().map(edits::lines).unwrap_or_default(),
        refusals: refusals.iter().map(ToString::to_string).collect(),
        said: said(requested),
        contradictions,
        ..Shown::of(requested, digest)
    };
    let is_sound = shown.refusals.is_empty() && shown.contradictions.is_empty();
    let answer = Answer::new(shown, Shown::json, Shown::page);
    Ok(if is_sound { answer } else { answer.with_findings() })
}

/// A request that nobody has made: who would have to approve it.
pub(super) fn draft(desk: &Desk, draft: &Draft, now: Time) -> Result<Answer> {
    let state = desk.state();
    let request = ChangeRequest {
        name: "not asked".to_owned(),
        urgency: draft.urgency,
        baseline: state.baseline_digest(),
        seen: state.heads(),
        replaces: Vec::new(),
        edits: draft.content.to_bytes()?,
        rationale: draft.rationale.clone(),
    };
    let (author, terms) = (desk.node().centre(), desk.terms());
    let touches = terms.touches(&request);
    let matter = Matter { author, time: now, request: &request, touches: &touches };
    let status = match terms.verdict(&matter, &Words::default()) {
        Verdict::Approved => "approved with itself",
        _ => "to be reviewed",
    };
    let shown = Shown {
        name: request.name.clone(),
        author: author.to_string(),
        time: Some(now),
        urgency: urgency(request.urgency),
        status,
        rationale: request.rationale.clone(),
        row: row::asked(desk.book(), author, &terms.asks(&matter)),
        edits: edits::lines(&draft.content),
        touches: touches.into_iter().collect(),
        ..Shown::default()
    };
    Ok(Answer::new(shown, Shown::json, Shown::page))
}

/// What was said that decides nothing, by time.
fn said(requested: &Requested<'_>) -> Vec<(Time, String, String)> {
    let line = |signed: &&journal::Signed| {
        let record = signed.record();
        let text = match &record.entry {
            Entry::Comment { text, .. } => text.clone(),
            Entry::Withdrawal { text, .. } => format!("withdrawn: {text}"),
            Entry::Implementation { .. } => "implemented".to_owned(),
            _ => return None,
        };
        Some((record.time, record.centre.to_string(), text))
    };
    requested.said.iter().filter_map(line).collect()
}

impl Shown {
    fn of(requested: &Requested<'_>, digest: Digest) -> Self {
        let record = requested.signed.record();
        Self {
            name: requested.request.name.clone(),
            author: record.centre.to_string(),
            time: Some(record.time),
            urgency: urgency(requested.request.urgency),
            status: status(requested.status),
            rationale: requested.request.rationale.clone(),
            digest: digest.to_string(),
            touches: requested.touches.iter().cloned().collect(),
            ..Self::default()
        }
    }

    fn json(&self) -> Value {
        let said = |(time, centre, text): &(Time, String, String)| json!({"time": time.to_string(), "centre": centre, "text": text});
        json!({
            "name": self.name,
            "digest": self.digest,
            "author": self.author,
            "time": self.time.map(|time| time.to_string()),
            "urgency": self.urgency,
            "status": self.status,
            "rationale": self.rationale,
            "touches": self.touches,
            "approvals": row::json(&self.row),
            "edits": edits::json(&self.edits),
            "without_effect": self.refusals,
            "said": self.said.iter().map(said).collect::<Vec<_>>(),
            "contradictions": self.contradictions,
        })
    }

    fn page(&self, ink: Ink) -> String {
        let when = self.time.map_or_else(String::new, |time| time.gmt().to_string());
        let mut text = ends(
            &ink.bold(&format!("CHANGE REQUEST {} · {}", self.name, self.status)),
            &format!("{} · {} · {when} GMT", self.author, self.urgency),
        );
        text += &rule(ink);
        text += &wrap(&self.rationale, 100, 0);
        text += &format!("\n{}\n", ink.faint("asks for"));
        for line in self.edits.iter().take(MOST_EDITS) {
            text +=
                &format!("  {:<22} {:<34} {}\n", cut(&line.of, 22), cut(&line.what, 34), cut(&line.how, 40));
        }
        if self.edits.len() > MOST_EDITS {
            text += &format!("  and {} more; --json has all\n", self.edits.len() - MOST_EDITS);
        }
        text += &wrap(&format!("{} {}", ink.faint("touches"), self.touches.join(", ")), 100, 0);
        text += "\n";
        text += &self.approvals(ink);
        for (time, centre, said) in &self.said {
            text += &wrap(&format!("{} {centre}: {said}", time.gmt()), 100, 0);
        }
        for refusal in &self.refusals {
            text +=
                &ink.warning(&wrap(&format!("▲ {refusal}; `cupola change rebase {}`", self.name), 100, 0));
        }
        for contradiction in &self.contradictions {
            text += &wrap(&format!("◆ {contradiction}"), 100, 0);
        }
        text
    }

    fn approvals(&self, ink: Ink) -> String {
        let row = |column: &Column| {
            vec![
                column.short.clone(),
                column.mark.word().to_owned(),
                column.at.map_or_else(String::new, |time| time.gmt().to_string()),
                cut(&column.text.replace('\n', " "), 50),
            ]
        };
        let heads =
            [("centre", Align::Left), ("", Align::Left), ("when (GMT)", Align::Left), ("said", Align::Left)];
        table(ink, &heads, &self.row.iter().map(row).collect::<Vec<_>>())
    }
}
