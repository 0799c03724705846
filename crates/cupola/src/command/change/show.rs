//! `cupola change show`: one request, whole, and what it would do.

use anyhow::{Context, Result};
use desk::{Column, Desk, Draft, EditLine, PlanImpact, Told};
use record::Word as _;
use serde_json::Value;
use timeline::Time;

use super::consequence;
use crate::answer::Answer;
use crate::text::{Align, Ink, ends, rule, table, wrap};

/// A request with its impact.
struct Shown {
    told: Told,
    impact: Vec<PlanImpact>,
    /// Why the impact cannot be told.
    untold: Option<String>,
}

/// Edits on a page; the rest are counted.
const MOST_EDITS: usize = 16;

pub(super) fn answer(desk: &Desk, name: &str) -> Result<Answer> {
    let state = desk.state();
    let digest = desk.find(&state, name)?;
    let told = desk.tell(&state, digest).context("the request is there")?;
    Ok(shown(told, desk.impact(&state, digest)))
}

/// A request that nobody has made: who would have to approve it, and what it would do.
pub(super) fn draft(desk: &Desk, draft: &Draft, now: Time) -> Result<Answer> {
    let state = desk.state();
    let told = desk.tell_draft(&state, draft, now)?;
    Ok(shown(told, desk.impact_of_draft(&state, draft)))
}

fn shown(told: Told, impact: Result<Vec<PlanImpact>, desk::DeskError>) -> Answer {
    let is_sound = told.is_sound();
    let (impact, untold) = match impact {
        Ok(impact) => (impact, None),
        Err(error) => (Vec::new(), Some(error.to_string())),
    };
    let answer = Answer::new(Shown { told, impact, untold }, Shown::json, Shown::page);
    if is_sound { answer } else { answer.with_findings() }
}

/// One edit with its fields, wrapped: nothing of it is cut, since people decide by it.
pub(super) fn edit(line: &EditLine) -> String {
    let mut text = wrap(&format!("{} · {}: {}", line.of, line.what, line.becomes.word()), 100, 2);
    for field in &line.fields {
        text += &wrap(&field.sentence(), 100, 6);
    }
    text
}

impl Shown {
    fn json(&self) -> Value {
        let mut json = self.told.to_json();
        json["impact"] = self.impact.iter().map(PlanImpact::to_json).collect();
        json["impact_untold"] = self.untold.clone().into();
        json
    }

    fn page(&self, ink: Ink) -> String {
        let told = &self.told;
        let mut text = ends(
            &ink.bold(&format!("CHANGE REQUEST {} · {}", told.name, told.standing)),
            &format!("{} · {} · {} GMT", told.author, desk::urgency_word(told.urgency), told.time.gmt()),
        );
        text += &rule(ink);
        text += &wrap(&told.rationale, 100, 0);
        for (word, names) in [("Stands in for", &told.replaces), ("To be replaced by", &told.replaced_by)] {
            if !names.is_empty() {
                text += &format!("{word} {}.\n", names.join(", "));
            }
        }
        text += &format!("\n{}\n", ink.faint("ASKS FOR"));
        text += &told.edits.iter().take(MOST_EDITS).map(edit).collect::<String>();
        if told.edits.len() > MOST_EDITS {
            text += &format!("  and {} more; --json has all\n", told.edits.len() - MOST_EDITS);
        }
        text += &format!("\n{}\n{}", ink.faint("TOUCHES"), wrap(&told.touches.join(", "), 100, 2));
        text += &format!("\n{}\n{}", ink.faint("APPROVALS"), self.approvals(ink));
        if !told.awaited.is_empty() {
            let centres: Vec<&str> = told.awaited.iter().map(record::CentreId::as_str).collect();
            text += &format!("  still to decide: {}\n", centres.join(", "));
        }
        for (time, centre, said) in &told.said {
            text += &wrap(&format!("{} {centre}: {said}", time.gmt()), 100, 2);
        }
        for one in &self.impact {
            text += &consequence::page(one, ink);
        }
        if let Some(untold) = &self.untold {
            text += &ink.warning(&wrap(&format!("What it would do cannot be told: {untold}"), 100, 0));
        }
        for refusal in &told.without_effect {
            let anew = format!("; its author makes it anew with `cupola change rebase {}`", told.name);
            let anew = if told.standing == "open" { anew } else { String::new() };
            text += &ink.warning(&wrap(&format!("▲ it has no effect: {refusal}{anew}"), 100, 0));
        }
        for contradiction in &told.contradictions {
            text += &wrap(&format!("◆ {contradiction}"), 100, 0);
        }
        text
    }

    fn approvals(&self, ink: Ink) -> String {
        let row = |column: &Column| {
            vec![
                format!("  {}", column.short),
                column.mark.word().to_owned(),
                column.at.map_or_else(String::new, |time| time.gmt().to_string()),
            ]
        };
        let heads = [("  centre", Align::Left), ("", Align::Left), ("when (GMT)", Align::Left)];
        let mut text = table(ink, &heads, &self.told.row.iter().map(row).collect::<Vec<_>>());
        for column in self.told.row.iter().filter(|column| !column.text.is_empty()) {
            text += &wrap(&format!("{}: {}", column.short, column.text), 100, 2);
        }
        text
    }
}
