//! Content applied to products: where all its evidence fits, and else not at all.

use std::fmt;

use plan::{ActivityId, Plan};
use record::ProductId;

use crate::blocks::{Division, Form, Piece, division, ended, key, rows, tables};
use crate::{BlockEdit, Change, Content, ProductEdit, Products};

/// An edit that had no effect, and why.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Refusal {
    /// An activity is not as the edit says it was.
    Activity(ProductId, ActivityId),
    /// There is no such plan.
    NoPlan(ProductId),
    /// The plan itself is not as the edit says it was.
    Header(ProductId),
    /// The plan is to go, and something is still done in it.
    NotEmpty(ProductId),
    /// The file has no such block, or another where the edit says that there is none.
    Block(String, String),
    /// Another record has the name already.
    Taken(String, String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Activity(plan, id) => write!(f, "{plan}: `{id}` is not as it was when the change was made"),
            Self::NoPlan(plan) => write!(f, "{plan}: there is no such plan"),
            Self::Header(plan) => {
                write!(f, "{plan}: the plan itself is not as it was when the change was made")
            }
            Self::NotEmpty(plan) => write!(f, "{plan}: the plan cannot go while something is done in it"),
            Self::Block(file, block) => {
                write!(f, "{file}: `{block}` is not as it was when the change was made")
            }
            Self::Taken(file, block) => write!(f, "{file}: another record is `{block}` already"),
        }
    }
}

/// Does what content says, all of it or nothing: what was approved together is done together. What does not fit is returned, in order.
pub fn apply(content: &Content, products: &mut Products) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    for (id, edit) in &content.products {
        check(id, edit, products.plans.get(id), &mut refusals);
    }
    let files: Vec<(&String, Option<String>)> =
        content.files.keys().map(|path| (path, products.files.get(path).cloned())).collect();
    for (path, edits) in &content.files {
        for edit in edits {
            if let Err(refusal) = block(path, edit, products) {
                refusals.push(refusal);
            }
        }
    }
    if refusals.is_empty() {
        content.products.iter().for_each(|(id, edit)| put(id, edit, products));
        return refusals;
    }
    for (path, text) in files {
        match text {
            Some(text) => drop(products.files.insert(path.clone(), text)),
            None => drop(products.files.remove(path)),
        }
    }
    refusals
}

/// What of an edit does not fit the plan as it is.
fn check(id: &ProductId, edit: &ProductEdit, plan: Option<&Plan>, refusals: &mut Vec<Refusal>) {
    if let Some(header) = &edit.header
        && plan.map(crate::Header::of) != header.before
    {
        refusals.push(Refusal::Header(id.clone()));
    }
    if plan.is_none() && edit.header.as_ref().is_none_or(|header| header.after.is_none()) {
        refusals.push(Refusal::NoPlan(id.clone()));
        return;
    }
    let held = |activity: &ActivityId| plan.and_then(|plan| plan.activities.get(activity));
    for (activity, change) in &edit.activities {
        if held(activity) != change.before.as_ref() {
            refusals.push(Refusal::Activity(id.clone(), activity.clone()));
        }
    }
    // Whose what is still done is, is not said in an edit that ends the plan.
    let goes =
        |activity: &ActivityId| edit.activities.get(activity).is_some_and(|change| change.after.is_none());
    let ends = edit.header.as_ref().is_some_and(|header| header.after.is_none());
    if ends && plan.is_some_and(|plan| !plan.activities.keys().all(goes)) {
        refusals.push(Refusal::NotEmpty(id.clone()));
    }
}

/// Does what fits.
fn put(id: &ProductId, edit: &ProductEdit, products: &mut Products) {
    match edit.header.as_ref().map(|header| &header.after) {
        Some(None) => {
            products.plans.remove(id);
            return;
        }
        Some(Some(after)) => {
            let activities = products.plans.remove(id).map(|plan| plan.activities).unwrap_or_default();
            products.plans.insert(id.clone(), Plan { activities, ..after.plan().clone() });
        }
        None => {}
    }
    let Some(plan) = products.plans.get_mut(id) else { return };
    for (activity, change) in &edit.activities {
        match &change.after {
            Some(after) => drop(plan.activities.insert(activity.clone(), after.clone())),
            None => drop(plan.activities.remove(activity)),
        }
    }
}

fn block(path: &str, edit: &BlockEdit, products: &mut Products) -> Result<(), Refusal> {
    match edited(path, edit, products)? {
        Some(text) => products.files.insert(path.to_owned(), text),
        None => products.files.remove(path),
    };
    Ok(())
}

/// The text of a file after an edit; nothing, when nothing is left of it.
pub(crate) fn edited(path: &str, edit: &BlockEdit, products: &Products) -> Result<Option<String>, Refusal> {
    let differs = || Refusal::Block(path.to_owned(), named(edit));
    let held = products.files.get(path).map(String::as_str);
    let text = held.unwrap_or_default();
    let next = match (&edit.form, division(path)) {
        (Form::Whole, _) if held == edit.text.before.as_deref() => edit.text.after.clone(),
        (Form::Table, Division::Tables) => {
            taken(path, edit, products)?;
            replaced(text, &tables(text), &edit.text)
        }
        (Form::Row { header }, Division::Rows) => {
            taken(path, edit, products)?;
            let text = held.map_or_else(|| format!("{header}\n"), str::to_owned);
            let (own, rows) = rows(&text);
            if own == header { replaced(&text, &rows, &edit.text) } else { None }
        }
        _ => None,
    };
    let is_gone =
        |text: &str| text.trim().is_empty() || edit.text.after.is_none() && has_only_header(path, text);
    match next {
        Some(text) => Ok(Some(text).filter(|text| !is_gone(text))),
        None if edit.form == Form::Whole
            && edit.text.after.is_none()
            && held == edit.text.before.as_deref() =>
        {
            Ok(None)
        }
        None => Err(differs()),
    }
}

fn has_only_header(path: &str, text: &str) -> bool {
    division(path) == Division::Rows && rows(text).1.iter().all(|piece| piece.block().is_none())
}

/// The text with the block that is `before` replaced by `after`; nothing when there is none, or one where there should be none.
fn replaced(text: &str, pieces: &[Piece<'_>], change: &Change<String>) -> Option<String> {
    let is =
        |block: &str, wanted: &Option<String>| wanted.as_ref().is_some_and(|wanted| ended(block) == *wanted);
    let offset = |block: &str| block.as_ptr() as usize - text.as_ptr() as usize;
    let found = pieces.iter().filter_map(|piece| piece.block()).find(|block| is(block, &change.before));
    match (found, &change.before) {
        (Some(block), _) => {
            let (start, end) = (offset(block), offset(block) + block.len());
            let rest = &text[end..];
            // With a block go the blank lines after it.
            let rest = if change.after.is_none() { rest.trim_start_matches(['\n', '\r']) } else { rest };
            Some(format!("{}{}{rest}", &text[..start], change.after.as_deref().unwrap_or_default()))
        }
        (None, Some(_)) => None,
        (None, None) => {
            let after = change.after.as_deref()?;
            if pieces.iter().filter_map(|piece| piece.block()).any(|block| is(block, &change.after)) {
                return None;
            }
            let mut text = if text.is_empty() { String::new() } else { ended(text) };
            if after.starts_with('[') && !text.is_empty() && !text.ends_with("\n\n") {
                text.push('\n');
            }
            Some(text + after)
        }
    }
}

/// That a record's new name is nobody else's: of two of one name a reader takes one, and it could be either.
fn taken(path: &str, edit: &BlockEdit, products: &Products) -> Result<(), Refusal> {
    let of = |text: &Option<String>| text.as_ref().and_then(|text| key(&edit.form, text));
    let Some(name) = of(&edit.text.after) else { return Ok(()) };
    if of(&edit.text.before).as_ref() == Some(&name) {
        return Ok(());
    }
    // Names of tables are one for all files of a book, those of rows for their own.
    let is_there = products.files.iter().any(|(file, text)| match (&edit.form, division(file)) {
        (Form::Table, Division::Tables) => has_named(&edit.form, &tables(text), &name),
        (Form::Row { .. }, Division::Rows) => file == path && has_named(&edit.form, &rows(text).1, &name),
        _ => false,
    });
    if is_there { Err(Refusal::Taken(path.to_owned(), name.1)) } else { Ok(()) }
}

fn has_named(form: &Form, pieces: &[Piece<'_>], name: &(String, String)) -> bool {
    pieces
        .iter()
        .filter_map(|piece| piece.block())
        // A cheap look before a text is read as TOML.
        .filter(|block| block.contains(&name.1))
        .any(|block| key(form, block).as_ref() == Some(name))
}

/// What a block is called in a message: its name, or its first line.
pub(crate) fn named(edit: &BlockEdit) -> String {
    let text = edit.text.sides().next().map(String::as_str).unwrap_or_default();
    match key(&edit.form, text) {
        Some((_, name)) => name,
        None => text.lines().next().unwrap_or_default().chars().take(60).collect(),
    }
}
