//! `cupola plan edit`: what a person does to a plan, and what comes of it.

use std::io::Read;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result, bail, ensure};
use book::Book;
use plan::Edit;
use serde_json::Value;

use super::changed::Draft;
use super::operation::{VERBS, is_verb, operation};
use crate::answer::Answer;
use crate::args::plan::change;

/// Exit status 1 when a rule that must be kept is newly broken.
pub(crate) fn answer(book: &Arc<Book>, asked: &change::Edit) -> Result<Answer> {
    let mut draft = Draft::new(book, super::week::read(book, &asked.plan)?);
    let wanted = match &asked.edits {
        Some(path) => listed(path)?,
        None => typed(&asked.operations),
    };
    ensure!(!wanted.is_empty(), "there is nothing to do; say what, such as {}", forms());
    for (at, one) in wanted.iter().enumerate() {
        let edit = match one {
            Value::String(text) => operation(text, &draft.plan),
            other => plan::edit_from_json(other, &format!("edits[{at}]")).map_err(Into::into),
        };
        // A list that a program made may be long: which one it was must be said.
        edit.and_then(|edit: Edit| draft.edit(edit)).with_context(|| {
            let what = one.as_str().map_or_else(|| one.to_string(), str::to_owned);
            format!("operation {}, `{what}`, cannot be done, so nothing was", at + 1)
        })?;
    }
    draft.answer(Vec::new(), asked.out.as_deref())
}

fn forms() -> String {
    let forms: Vec<String> = VERBS.iter().map(|(_, form)| format!("\"{form}\"")).collect();
    forms.join(", ")
}

/// One operation without quotes comes as words, each a value of its own.
fn typed(operations: &[String]) -> Vec<Value> {
    match operations {
        [verb, ..] if is_verb(verb) => vec![Value::String(operations.join(" "))],
        all => all.iter().cloned().map(Value::String).collect(),
    }
}

/// The operations of a file, or of standard input.
fn listed(path: &Path) -> Result<Vec<Value>> {
    let mut text = String::new();
    if path == Path::new("-") {
        std::io::stdin().read_to_string(&mut text).context("cannot read standard input")?;
    } else {
        text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    }
    match serde_json::from_str(&text).with_context(|| format!("{} is no JSON", path.display()))? {
        Value::Array(list) => Ok(list),
        _ => bail!("{} is no list of operations: expected [ … ]", path.display()),
    }
}
