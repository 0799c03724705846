//! `cupola journal checkpoint`, `rotate-key`, `revoke-key`, `backup`.

use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use desk::Desk;
use journal::Head;
use node::Written;
use serde_json::{Value, json};
use timeline::{Duration, Time};

use super::seed;
use crate::answer::Answer;
use crate::text::Ink;

/// What was done, in one sentence, with the record that was written for it.
pub(crate) struct Done {
    pub(crate) what: String,
    pub(crate) record: Option<(String, u64, String)>,
    /// What must be known besides.
    pub(crate) warning: Option<String>,
}

impl Done {
    /// A record was written.
    pub(crate) fn record(what: String, written: &Written) -> Self {
        let head = written.record.head();
        Self {
            what,
            record: Some((head.centre.to_string(), head.number, head.digest.to_string())),
            warning: written.clock_behind.filter(|behind| *behind >= Duration::SECOND).map(|behind| {
                format!("this clock is {behind} behind what others have written: set it right")
            }),
        }
    }

    /// Shown as a line, or as JSON.
    pub(crate) fn answer(self) -> Answer {
        Answer::new(self, Self::json, Self::page)
    }

    fn json(&self) -> Value {
        let record = self
            .record
            .as_ref()
            .map(|(centre, number, digest)| json!({"centre": centre, "number": number, "digest": digest}));
        json!({"done": self.what, "record": record, "warning": self.warning})
    }

    fn page(&self, ink: Ink) -> String {
        let mut text = format!("{}\n", self.what);
        if let Some((centre, number, digest)) = &self.record {
            text +=
                &ink.faint(&format!("record {number} of {centre}, {}\n", &digest[..16.min(digest.len())]));
        }
        if let Some(warning) = &self.warning {
            text += &ink.warning(&format!("{warning}\n"));
        }
        text
    }
}

pub(super) fn checkpoint(desk: &mut Desk, now: Time) -> Result<Answer> {
    Ok(match desk.node_mut().checkpoint(now)? {
        Some(written) => Done::record("Checkpoint written.".to_owned(), &written),
        None => Done {
            what: "No checkpoint is of use now: all that others wrote is covered.".to_owned(),
            record: None,
            warning: None,
        },
    }
    .answer())
}

pub(super) fn create(desk: &mut Desk, now: Time) -> Result<Answer> {
    let written = desk.node_mut().create_key(&seed()?, now)?;
    let what = match &written.record.record().entry {
        journal::Entry::KeyCreated { key, .. } => format!("{key} may sign as well."),
        _ => "One more key may sign.".to_owned(),
    };
    Ok(Done::record(what, &written).answer())
}

pub(super) fn rotate(desk: &mut Desk, now: Time) -> Result<Answer> {
    let written = desk.node_mut().rotate_key(&seed()?, now)?;
    Ok(Done::record(format!("From now on {} signs.", desk.node().key()?), &written).answer())
}

pub(super) fn revoke(desk: &mut Desk, text: &str, why: &str, now: Time) -> Result<Answer> {
    let written = desk.node_mut().revoke_key(text.parse()?, why, now)?;
    Ok(Done::record(format!("{text} signs nothing more."), &written).answer())
}

/// Says which of two records of one number counts.
pub(super) fn settle(desk: &mut Desk, digits: &str, now: Time) -> Result<Answer> {
    let all = desk.node().journals().iter().map(journal::Signed::head);
    let found: Vec<Head> = all.filter(|head| head.digest.to_string().starts_with(digits)).collect();
    let [head] = found.as_slice() else {
        bail!(
            "{} records here have a digest that begins with `{digits}`: say more of it, as `journal verify` or `journal log --json` has it",
            found.len()
        );
    };
    ensure!(digits.len() >= 6, "`{digits}` is too short to name a record: say at least six digits");
    let written = desk.node_mut().settle(head.digest, now)?;
    let what = format!(
        "{} says that of the records {} of {} this one counts: {}. When {} centres have said it, it does.",
        desk.node().centre(),
        head.number,
        head.centre,
        &head.digest.to_string()[..12],
        desk.node().terms().quorum
    );
    Ok(Done::record(what, &written).answer())
}

/// Lifts a partner's false word that it has seen a record of this centre.
pub(super) fn disregard(desk: &mut Desk, digits: &str) -> Result<Answer> {
    let own = desk.node().centre().clone();
    let claimed: Vec<Head> = desk.node().lacking().filter(|head| head.centre == own).cloned().collect();
    let found = claimed.iter().find(|head| head.digest.to_string().starts_with(digits));
    let head = found.with_context(|| {
        let names: Vec<String> =
            claimed.iter().map(|head| format!("{} ({})", head.digest, head.number)).collect();
        let names = if names.is_empty() { "none".to_owned() } else { names.join(", ") };
        format!(
            "nobody claims a record of {own} that is not here and begins with `{digits}`; claimed are {names}"
        )
    })?;
    desk.node_mut().disregard(head)?;
    let what =
        format!("{own} never wrote record {} as {}: it bars writing no more.", head.number, head.digest);
    Ok(Done { what, record: None, warning: None }.answer())
}

pub(super) fn backup(desk: &mut Desk, file: &Path) -> Result<Answer> {
    desk.node_mut().backup(file)?;
    let what = format!("All records are in {}; keys are not: keep those apart.", file.display());
    Ok(Done { what, record: None, warning: None }.answer())
}
