//! `cupola change new`: what is asked for, from what was said on the command line.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use book::Files;
use change::{Content, Products};
use desk::{Desk, Draft};
use journal::{Digest, Urgency};
use plan::Plan;
use timeline::Time;

use super::show;
use crate::answer::Answer;
use crate::args::request::{New, UrgencyName};
use crate::command::plan::operation;

pub(super) fn answer(desk: &mut Desk, asked: &New, now: Time) -> Result<Answer> {
    ensure!(!asked.why.trim().is_empty(), "--why says nothing: those who are to approve it need the reason");
    let state = desk.state();
    let replaces: Vec<Digest> =
        asked.replaces.iter().map(|name| desk.find(&state, name)).collect::<Result<_, _>>()?;
    let before = desk.baseline_without(&state, &replaces).products;
    drop(state);
    let after = wanted(&before, asked)?;
    let draft = Draft {
        content: Content::between(&before, &after)?,
        urgency: urgency(asked.urgency),
        rationale: asked.why.clone(),
        replaces,
        increment: asked.increment,
    };
    if asked.dry_run {
        return show::draft(desk, &draft, now);
    }
    let (number, _) = desk.ask(&draft, now)?;
    show::answer(desk, &number.to_string())
}

const fn urgency(name: UrgencyName) -> Urgency {
    match name {
        UrgencyName::Routine => Urgency::Routine,
        UrgencyName::Urgent => Urgency::Urgent,
        UrgencyName::Safety => Urgency::Safety,
    }
}

/// The products as they are to be.
fn wanted(before: &Products, asked: &New) -> Result<Products> {
    ensure!(
        asked.plan.is_some() || !asked.edits.is_empty() || asked.files.is_some(),
        "say what is to change: --plan PLAN.json, --edit \"move ID +30min\", or --files DIR with a changed copy of the book"
    );
    let mut after = before.clone();
    if let Some(path) = &asked.plan {
        let plan = read_plan(path)?;
        let id = match &asked.product {
            Some(id) => id.parse().context("--product")?,
            None => desk::product_of(before, &plan)?,
        };
        after.plans.insert(id, plan);
    }
    if !asked.edits.is_empty() {
        let (id, plan) = desk::plan_named(before, asked.product.as_deref())?;
        let mut plan = plan.clone();
        for text in &asked.edits {
            let edit = operation::operation(text, &plan)?;
            plan::apply(&mut plan, &edit)
                .with_context(|| format!("`{text}` cannot be done, so nothing was asked"))?;
        }
        after.plans.insert(id.clone(), plan);
    }
    if let Some(folder) = &asked.files {
        ensure!(
            folder.join("book.toml").is_file(),
            "there is no book in {}: `cupola change baseline --files DIR` writes the one to change",
            folder.display()
        );
        after.files = Products::of_files(&Files::from_dir(folder)?)?.files;
    }
    Ok(after)
}

fn read_plan(path: &Path) -> Result<Plan> {
    let text = std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    plan::read_json(&text).with_context(|| format!("{} is no plan", path.display()))
}
