//! A plan that was changed: what each edit did, the verdict, whose share moved.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result, bail};
use book::Book;
use impact::{Judge, Moved, Slot, Verdict};
use plan::{Activity, ActivityId, Edit, EditError, Hold, Plan, Progress, Step};
use record::PersonId;
use serde_json::{Value, json};
use timeline::Finding;

use super::operation::unknown;
use super::verdict;
use crate::answer::Answer;
use crate::command::breaches::counted;
use crate::text::{Ink, WIDTH, ends, rule, wrap};

/// A plan to which edits are done one by one.
pub(crate) struct Draft {
    book: Arc<Book>,
    before: Plan,
    pub(crate) plan: Plan,
    done: Vec<(Edit, Step)>,
}

impl Draft {
    pub(crate) fn new(book: &Arc<Book>, plan: Plan) -> Self {
        Self { book: Arc::clone(book), before: plan.clone(), plan, done: Vec::new() }
    }

    /// # Errors
    /// When it cannot be done; the plan is as it was.
    pub(crate) fn edit(&mut self, edit: Edit) -> Result<()> {
        impact::names(&self.book, &self.plan, &edit)?;
        match plan::apply(&mut self.plan, &edit) {
            Ok(step) => {
                self.done.push((edit, step));
                Ok(())
            }
            Err(EditError::Unknown(id)) => bail!(unknown(&self.plan, id.as_str()).join("; ")),
            Err(error) => Err(error.into()),
        }
    }

    /// Judges what was done, writes the plan where it is wanted, and tells all of it. `findings` are what could not be taken in.
    ///
    /// # Errors
    /// When it cannot be judged or written.
    pub(crate) fn answer(self, findings: Vec<Finding>, out: Option<&Path>) -> Result<Answer> {
        let mut judge = Judge::of(&self.book, self.before)?;
        let before = judge.standing();
        for (_, step) in &self.done {
            judge.put(&step.after);
        }
        let after = judge.standing();
        let verdict = Verdict::between(&before, &after);
        let shares = Moved::between(&before.shares, &after.shares);
        let free = free(&mut judge, &verdict, &self.done);
        write(&self.plan, out)?;
        let is_wrong = verdict.breaks_a_must() || !findings.is_empty();
        let facts = Facts {
            plan: self.plan,
            done: self.done,
            findings,
            verdict,
            free,
            shares,
            out: out.map(Path::to_path_buf),
        };
        let answer = Answer::new(facts, Facts::json, Facts::page);
        Ok(if is_wrong { answer.with_findings() } else { answer })
    }
}

/// Where what was put somewhere, and broke something there, would break nothing.
fn free(judge: &mut Judge, verdict: &Verdict, done: &[(Edit, Step)]) -> Vec<(ActivityId, Vec<Slot>)> {
    const SHOWN: usize = 3;
    let mut placed: BTreeSet<&ActivityId> = BTreeSet::new();
    for (edit, _) in done {
        match edit {
            Edit::Move(id, _) | Edit::Add(id, _) | Edit::Assign(id, _) => {
                placed.insert(id);
            }
            Edit::Swap(a, b) => placed.extend([a, b]),
            _ => {}
        }
    }
    let is_to_blame = |id: &&&ActivityId| {
        let rules = verdict.rules.newly_broken.iter().chain(verdict.rules.changed.iter().map(|pair| &pair.1));
        let asked =
            verdict.requests.newly_broken.iter().chain(verdict.requests.changed.iter().map(|pair| &pair.1));
        rules.flat_map(|breach| &breach.subjects).any(|subject| subject == id.as_str())
            || asked.flat_map(|fault| fault.with.iter().chain([&fault.activity])).any(|one| one == **id)
    };
    if verdict.is_clean() {
        return Vec::new();
    }
    let placed: Vec<ActivityId> =
        placed.iter().filter(is_to_blame).take(SHOWN).map(|id| (*id).clone()).collect();
    placed.into_iter().map(|id| (id.clone(), judge.nearest(&id))).collect()
}

/// Writes a plan to the file that is named, if one is.
pub(crate) fn write(plan: &Plan, out: Option<&Path>) -> Result<()> {
    let Some(path) = out else { return Ok(()) };
    let text = format!("{:#}\n", plan::to_json(plan));
    std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}

/// The plan for a program that did not say where to write it.
pub(crate) fn plan_json(plan: &Plan, out: Option<&PathBuf>) -> Value {
    if out.is_some() { Value::Null } else { plan::to_json(plan) }
}

/// Where the plan is.
pub(crate) fn whereabouts(out: Option<&PathBuf>) -> String {
    match out {
        Some(path) => format!("\nthe plan is in {}\n", path.display()),
        None => "\nnothing is written; --out FILE writes the plan, --json prints it\n".to_owned(),
    }
}

struct Facts {
    plan: Plan,
    done: Vec<(Edit, Step)>,
    findings: Vec<Finding>,
    verdict: Verdict,
    /// Where what breaks something would break nothing.
    free: Vec<(ActivityId, Vec<Slot>)>,
    shares: Vec<Moved>,
    out: Option<PathBuf>,
}

impl Facts {
    fn json(&self) -> Value {
        json!({
            "steps": self.done.iter().map(|(edit, step)| step_json(edit, step)).collect::<Vec<_>>(),
            "findings": self.findings.iter().map(finding_json).collect::<Vec<_>>(),
            "verdict": self.verdict.to_json(),
            "free": self.free.iter().map(|(id, slots)| json!({
                "id": id.as_str(),
                "slots": slots.iter().map(Slot::to_json).collect::<Vec<_>>(),
            })).collect::<Vec<_>>(),
            "shares": self.shares.iter().map(Moved::to_json).collect::<Vec<_>>(),
            "out": self.out.as_ref().map(|path| path.display().to_string()),
            "plan": plan_json(&self.plan, self.out.as_ref()),
        })
    }

    fn page(&self, ink: Ink) -> String {
        let span = self.plan.span;
        let when = format!("{} to {} GMT", span.start().gmt(), span.end().gmt());
        let mut text = ends(&ink.bold(&format!("PLAN CHANGED · {}", self.plan.title)), &when) + &rule(ink);
        let touched = self.done.iter().flat_map(|(_, step)| step.after.keys());
        let touched = touched.collect::<BTreeSet<_>>().len();
        text += &format!(
            "{}, {} touched\n",
            counted(self.done.len(), "edit"),
            if touched == 1 { "1 activity".to_owned() } else { format!("{touched} activities") }
        );
        for (_, step) in &self.done {
            text += &step_page(step, ink);
        }
        if !self.findings.is_empty() {
            text += &format!("\n{}\n", ink.bold("NOT TAKEN IN"));
            for finding in &self.findings {
                text += &wrap(&format!("▲ {finding}"), WIDTH, 0);
            }
        }
        text += &verdict::page(&self.verdict, ink);
        text += &verdict::free(&self.free);
        text += &verdict::shares(&self.shares, ink);
        text + &whereabouts(self.out.as_ref())
    }
}

fn step_json(edit: &Edit, step: &Step) -> Value {
    let side = |activities: &std::collections::BTreeMap<ActivityId, Option<Activity>>| -> Value {
        let one = |(id, activity): (&ActivityId, &Option<Activity>)| {
            let value = activity.as_ref().map(|activity| plan::activity_to_json(id, activity));
            (id.to_string(), value.unwrap_or_default())
        };
        Value::Object(activities.iter().map(one).collect())
    };
    json!({"edit": plan::edit_to_json(edit), "before": side(&step.before), "after": side(&step.after)})
}

fn finding_json(finding: &Finding) -> Value {
    json!({
        "rule": finding.rule,
        "severity": finding.severity.word(),
        "file": finding.place.as_ref().map(|place| place.file.clone()),
        "line": finding.place.as_ref().map(|place| place.line),
        "message": finding.message,
        "mend": finding.mend,
    })
}

/// The activities that one edit touched; of many the first.
fn step_page(step: &Step, ink: Ink) -> String {
    const SHOWN: usize = 8;
    let mut text = String::new();
    for (id, after) in step.after.iter().take(SHOWN) {
        let before = step.before.get(id).and_then(Option::as_ref);
        let title = after.as_ref().or(before).map_or("", |activity| activity.title.as_str());
        text += &format!("\n{}\n", ends(&ink.bold(title), id.as_str()).trim_end());
        for line in differences(before, after.as_ref()) {
            text += &wrap(&line, WIDTH, 2);
        }
    }
    let more = step.after.len().saturating_sub(SHOWN);
    if more > 0 { text + &ink.faint(&format!("and {more} more; --json lists them all\n")) } else { text }
}

/// What is otherwise, a line each.
fn differences(before: Option<&Activity>, after: Option<&Activity>) -> Vec<String> {
    let (before, after) = match (before, after) {
        (Some(before), Some(after)) => (before, after),
        (Some(before), None) => return vec![format!("removed; it was {}", place(before))],
        (None, Some(after)) => return vec![format!("new: {}", place(after))],
        (None, None) => return Vec::new(),
    };
    let mut lines = Vec::new();
    if (before.start, before.end) != (after.start, after.end) {
        lines.push(format!("{} → {}", time(before), time(after)));
    }
    if before.crew != after.crew {
        lines.push(format!("{} → {}", crew(before), crew(after)));
    }
    if before.hold != after.hold {
        lines.push(match after.hold {
            Hold::Locked => "locked".to_owned(),
            Hold::Free => "unlocked".to_owned(),
        });
    }
    if before.progress != after.progress {
        lines.push(format!("{} → {}", progress(&before.progress), progress(&after.progress)));
    }
    if lines.is_empty() { vec!["as it was".to_owned()] } else { lines }
}

fn place(activity: &Activity) -> String {
    format!("{}, {}", time(activity), crew(activity))
}

/// From when to when, as the page says it.
pub(crate) fn time(activity: &Activity) -> String {
    let (start, end) = (activity.start.gmt(), activity.end.gmt());
    let is_one_day = start.get(..8) == end.get(..8);
    format!("{start} to {}", if is_one_day { end.get(9..).unwrap_or(&end) } else { &end })
}

/// Who, as the page says it.
pub(crate) fn crew(activity: &Activity) -> String {
    let crew: Vec<&str> = activity.crew.iter().map(PersonId::as_str).collect();
    if crew.is_empty() { "nobody".to_owned() } else { crew.join(", ") }
}

/// What became of it, as the page says it.
pub(crate) fn progress(progress: &Progress) -> String {
    match progress {
        Progress::Planned => "planned".to_owned(),
        Progress::Started(at) => format!("began {}", at.gmt()),
        Progress::Done(was) => format!("done {} to {}", was.start().gmt(), was.end().gmt()),
        Progress::Skipped(why) => format!("not done: {why}"),
    }
}
