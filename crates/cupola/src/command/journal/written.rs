//! `cupola journal checkpoint`, `rotate-key`, `revoke-key`, `backup`.

use std::path::Path;

use anyhow::Result;
use desk::Desk;
use node::Written;
use serde_json::{Value, json};
use timeline::Time;

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
            warning: written.clock_behind.map(|behind| {
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

pub(super) fn rotate(desk: &mut Desk, now: Time) -> Result<Answer> {
    let written = desk.node_mut().rotate_key(&seed()?, now)?;
    Ok(Done::record(format!("From now on {} signs.", desk.node().key()?), &written).answer())
}

pub(super) fn revoke(desk: &mut Desk, text: &str, why: &str, now: Time) -> Result<Answer> {
    let written = desk.node_mut().revoke_key(text.parse()?, why, now)?;
    Ok(Done::record(format!("{text} signs nothing more."), &written).answer())
}

pub(super) fn backup(desk: &mut Desk, file: &Path) -> Result<Answer> {
    desk.node_mut().backup(file)?;
    let what = format!("All records are in {}; keys are not: keep those apart.", file.display());
    Ok(Done { what, record: None, warning: None }.answer())
}
