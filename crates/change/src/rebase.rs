use std::fmt;

use plan::merge;
use record::ProductId;

use crate::apply::{edited, named};
use crate::{BlockEdit, Change, Content, ProductEdit, Products, Refusal, apply};

/// A change made on one baseline, made again on another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Rebased {
    /// What is left to do; nothing when the new baseline has it all. Where both changed the same, it has what the request wanted.
    pub content: Option<Content>,
    /// What both changed, and not alike.
    pub conflicts: Vec<Conflict>,
}

/// What a request and the baseline both changed, and not alike.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Conflict {
    /// Something of a plan; the content has what the request wanted.
    Plan(ProductId, plan::Conflict),
    /// The plan is gone, or another was put in its place; of it the content has nothing.
    NoPlan(ProductId),
    /// A block of a file; the content does not have it.
    Block(String, String),
    /// It did not fit the old baseline either; the content does not have it.
    Before(Refusal),
}

impl fmt::Display for Conflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plan(plan, conflict) => write!(f, "{plan}: {conflict}"),
            Self::NoPlan(plan) => write!(f, "{plan}: the plan is gone, or another is in its place"),
            Self::Block(file, block) => write!(f, "{file}: both changed `{block}`"),
            Self::Before(refusal) => refusal.fmt(f),
        }
    }
}

/// The same change for another baseline, three ways: plans are merged, blocks of files kept where they still are what they were. It is a new
/// request, to be approved anew, that replaces the old one.
#[must_use]
pub fn rebase(content: &Content, old: &Products, new: &Products) -> Rebased {
    let mut wanted = old.clone();
    let mut conflicts: Vec<Conflict> =
        apply(content, &mut wanted).into_iter().map(Conflict::Before).collect();
    let mut rebased = Content::default();
    for id in content.products.keys() {
        let edit = product(id, [old, &wanted, new], &mut conflicts);
        if !edit.is_empty() {
            rebased.products.insert(id.clone(), edit);
        }
    }
    for (path, edits) in &content.files {
        let kept: Vec<BlockEdit> =
            edits.iter().filter(|edit| keeps(path, edit, old, new, &mut conflicts)).cloned().collect();
        if !kept.is_empty() {
            rebased.files.insert(path.clone(), kept);
        }
    }
    Rebased { content: (!rebased.is_empty()).then_some(rebased), conflicts }
}

fn product(id: &ProductId, [old, wanted, new]: [&Products; 3], conflicts: &mut Vec<Conflict>) -> ProductEdit {
    let [base, ours, theirs] = [old, wanted, new].map(|products| products.plans.get(id));
    match (base, ours, theirs) {
        _ if base == theirs || ours == theirs => ProductEdit::between(theirs, ours),
        (Some(base), Some(ours), Some(theirs)) => {
            let (merged, told) = merge(base, ours, theirs);
            conflicts.extend(told.into_iter().map(|conflict| Conflict::Plan(id.clone(), conflict)));
            ProductEdit::between(Some(theirs), Some(&merged))
        }
        _ => {
            if base != ours {
                conflicts.push(Conflict::NoPlan(id.clone()));
            }
            ProductEdit::default()
        }
    }
}

/// Whether an edit is still to be done, and can be.
fn keeps(
    path: &str,
    edit: &BlockEdit,
    old: &Products,
    new: &Products,
    conflicts: &mut Vec<Conflict>,
) -> bool {
    let fits = |edit: &BlockEdit, products: &Products| edited(path, edit, products).is_ok();
    if !fits(edit, old) {
        // Told as a fault of the old baseline already.
        return false;
    }
    if fits(edit, new) {
        return true;
    }
    // Somebody else did the same.
    let undone = BlockEdit {
        form: edit.form.clone(),
        text: Change { before: edit.text.after.clone(), after: edit.text.before.clone() },
    };
    if !fits(&undone, new) {
        conflicts.push(Conflict::Block(path.to_owned(), named(edit)));
    }
    false
}
