//! `cupola change rebase`: a request made anew on the baseline as it is now.

use anyhow::Result;
use desk::{Desk, EditLine, edit_lines};
use serde_json::{Value, json};
use timeline::Time;

use super::show;
use crate::answer::Answer;
use crate::text::Ink;

/// What would come of it, or why nothing does.
struct Outcome {
    name: String,
    edits: Vec<EditLine>,
    conflicts: Vec<String>,
}

/// Whose edit is taken where both changed the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Take {
    /// Nobody's: it is said.
    Neither,
    /// That of the request.
    Mine,
}

pub(super) fn answer(desk: &mut Desk, name: &str, take: Take, dry_run: bool, now: Time) -> Result<Answer> {
    let old = desk.find(&desk.state(), name)?;
    let mut replacing = desk.rebase(old)?;
    if take == Take::Mine && !dry_run {
        replacing.rebased.conflicts.clear();
    }
    if dry_run || !replacing.rebased.conflicts.is_empty() {
        let outcome = Outcome {
            name: desk.state().requests[&old].request.name.clone(),
            edits: replacing.rebased.content.as_ref().map(edit_lines).unwrap_or_default(),
            conflicts: replacing.rebased.conflicts.iter().map(ToString::to_string).collect(),
        };
        let is_sound = outcome.conflicts.is_empty();
        let answer = Answer::new(outcome, Outcome::json, Outcome::page);
        return Ok(if is_sound { answer } else { answer.with_findings() });
    }
    let (number, _) = desk.ask_again(&replacing, now)?;
    show::answer(desk, &number.to_string())
}

impl Outcome {
    fn json(&self) -> Value {
        json!({"name": self.name, "edits": self.edits.iter().map(EditLine::to_json).collect::<Vec<_>>(), "conflicts": self.conflicts})
    }

    fn page(&self, ink: Ink) -> String {
        let mut text = String::new();
        for conflict in &self.conflicts {
            text += &ink.warning(&format!("▲ {conflict}\n"));
        }
        if !self.conflicts.is_empty() {
            text += &format!(
                "{} cannot be made anew as it is: withdraw it, ask for another change of what is there now, or say --mine.\n",
                self.name
            );
        } else if self.edits.is_empty() {
            text += &format!("Nothing is left of {}: the baseline has it all.\n", self.name);
        } else {
            text += &format!("{} would be asked for anew:\n", self.name);
        }
        for line in &self.edits {
            text += &show::edit(line);
        }
        text
    }
}
