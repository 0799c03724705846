//! `cupola change baseline`: what all approved requests come to.

use std::path::Path;

use anyhow::{Context, Result, ensure};
use desk::Desk;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::command::breaches::counted;
use crate::text::{Align, Ink, cut, table, wrap};

struct Baseline {
    digest: String,
    requests: usize,
    plans: Vec<(String, String, String, usize)>,
    without_effect: Vec<(String, String)>,
}

pub(super) fn answer(desk: &Desk, plan: Option<&str>, files: Option<&Path>) -> Result<Answer> {
    let state = desk.state();
    let baseline = desk.baseline(&state);
    if let Some(id) = plan {
        let found = baseline.products.plans.iter().find(|(name, _)| name.as_str() == id);
        let (_, plan) = found.with_context(|| {
            let names: Vec<&str> = baseline.products.plans.keys().map(record::ProductId::as_str).collect();
            format!("the baseline has no plan `{id}`; it has {}", names.join(", "))
        })?;
        return Ok(Answer::File { text: format!("{:#}\n", plan::to_json(plan)), note: None });
    }
    if let Some(folder) = files {
        ensure!(!folder.exists(), "{} is there already: name a folder that is not", folder.display());
        for (path, text) in &baseline.products.files {
            let to = folder.join(path);
            let parent = to.parent().unwrap_or(folder);
            std::fs::create_dir_all(parent).with_context(|| format!("cannot make {}", parent.display()))?;
            std::fs::write(&to, text).with_context(|| format!("cannot write {}", to.display()))?;
        }
    }
    let facts = Baseline {
        digest: state.baseline_digest().to_string(),
        requests: state.baseline.len(),
        plans: baseline
            .products
            .plans
            .iter()
            .map(|(id, plan)| {
                (
                    id.to_string(),
                    plan.title.clone(),
                    format!("{} to {}", plan.span.start().date(), plan.span.end().date()),
                    plan.activities.len(),
                )
            })
            .collect(),
        without_effect: baseline
            .refusals
            .iter()
            .map(|(digest, refused)| (state.requests[digest].request.name.clone(), refused.to_string()))
            .collect(),
    };
    let is_sound = facts.without_effect.is_empty();
    let answer = Answer::new(facts, Baseline::json, Baseline::page);
    Ok(if is_sound { answer } else { answer.with_findings() })
}

impl Baseline {
    fn json(&self) -> Value {
        let plan = |(id, title, span, activities): &(String, String, String, usize)| json!({"id": id, "title": title, "span": span, "activities": activities});
        let refusal = |(name, why): &(String, String)| json!({"request": name, "why": why});
        json!({
            "digest": self.digest,
            "requests": self.requests,
            "plans": self.plans.iter().map(plan).collect::<Vec<_>>(),
            "without_effect": self.without_effect.iter().map(refusal).collect::<Vec<_>>(),
        })
    }

    fn page(&self, ink: Ink) -> String {
        let requests = counted(self.requests, "change request");
        let mut text = format!("Baseline of {requests}, {}\n", &self.digest[..16]);
        if self.plans.is_empty() {
            text += "No plan yet: `cupola change new --plan PLAN.json --why …` asks for one.\n";
        } else {
            let row = |(id, title, span, activities): &(String, String, String, usize)| {
                vec![id.clone(), cut(title, 44), span.clone(), activities.to_string()]
            };
            let heads = [
                ("plan", Align::Left),
                ("", Align::Left),
                ("over", Align::Left),
                ("activities", Align::Right),
            ];
            text += &table(ink, &heads, &self.plans.iter().map(row).collect::<Vec<_>>());
        }
        for (name, why) in &self.without_effect {
            text += &ink.warning(&wrap(&format!("▲ {name} had no effect: {why}"), 100, 0));
        }
        text
    }
}
