//! `cupola plan merge`: two plans that were edited apart become one again.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Result;
use book::Book;
use impact::{Fault, Judge, Standing, Verdict};
use plan::{Activity, ActivityId, Part, Plan};
use record::{PersonId, Word};
use rules::Breach;
use serde_json::{Value, json};
use timeline::Severity;

use super::changed::{crew, plan_json, progress, time, whereabouts, write};
use super::verdict::fault_page;
use crate::answer::Answer;
use crate::args::plan::change;
use crate::command::breaches::{self, counted};
use crate::text::{Ink, WIDTH, ends, rule, wrap};

struct Facts {
    plan: Plan,
    conflicts: Vec<Conflict>,
    /// How many activities only the one side changed, and only the other.
    taken: [usize; 2],
    standing: Standing,
    /// Broken in the merged plan and in neither side.
    newly_broken: Vec<Breach>,
    newly_otherwise: Vec<Fault>,
    breaks_must: bool,
    names: [String; 2],
    out: Option<PathBuf>,
}

/// What both sides changed, and how: in the base, here and there.
struct Conflict {
    id: Option<ActivityId>,
    what: String,
    sides: [(Value, String); 3],
}

/// Exit status 1 when there are conflicts, or the merged plan breaks a rule that must be kept and that both sides kept.
pub(crate) fn answer(book: &Arc<Book>, asked: &change::Merge) -> Result<Answer> {
    let base = super::week::read(book, &asked.base)?;
    let [ours, theirs] = [super::week::read(book, &asked.ours)?, super::week::read(book, &asked.theirs)?];
    let (merged, found) = plan::merge(&base, &ours, &theirs);
    let sides = [&base, &ours, &theirs];
    let conflicts: Vec<Conflict> = found.iter().map(|one| conflict(one, sides)).collect();
    let [in_ours, in_theirs, standing] = standings(book, [&ours, &theirs, &merged])?;
    let beside_ours = Verdict::between(&in_ours, &standing);
    let beside_theirs = Verdict::between(&in_theirs, &standing);
    let mut newly_broken = beside_ours.rules.newly_broken;
    newly_broken.retain(|one| beside_theirs.rules.newly_broken.contains(one));
    let mut newly_otherwise = beside_ours.requests.newly_broken;
    newly_otherwise.retain(|one| beside_theirs.requests.newly_broken.contains(one));
    let is_must = |severity: Severity| severity == Severity::Must;
    let breaks_must = newly_broken.iter().any(|breach| is_must(breach.severity))
        || newly_otherwise.iter().any(|fault| is_must(fault.severity));
    write(&merged, asked.out.as_deref())?;
    let is_wrong = breaks_must || !conflicts.is_empty();
    let facts = Facts {
        taken: [changed_only(&base, &ours, &theirs), changed_only(&base, &theirs, &ours)],
        plan: merged,
        conflicts,
        standing,
        newly_broken,
        newly_otherwise,
        breaks_must,
        names: [&asked.ours, &asked.theirs].map(|path| path.display().to_string()),
        out: asked.out.clone(),
    };
    let answer = Answer::new(facts, Facts::json, Facts::page);
    Ok(if is_wrong { answer.with_findings() } else { answer })
}

/// How each of the plans stands. One judge turns from plan to plan where it can.
fn standings(book: &Arc<Book>, plans: [&Plan; 3]) -> Result<[Standing; 3]> {
    let mut judge = Judge::of(book, plans[0].clone())?;
    let mut stands = |plan: &Plan| {
        impact::same_station(book, plan)?;
        if !judge.turn_to(plan) {
            judge = Judge::of(book, plan.clone())?;
        }
        Ok::<_, anyhow::Error>(judge.standing())
    };
    let [ours, theirs, merged] = plans;
    Ok([stands(ours)?, stands(theirs)?, stands(merged)?])
}

/// Activities that `one` changed and `other` did not.
fn changed_only(base: &Plan, one: &Plan, other: &Plan) -> usize {
    let ids =
        base.activities.keys().chain(one.activities.keys().filter(|id| !base.activities.contains_key(*id)));
    let is_changed = |plan: &Plan, id: &ActivityId| plan.activities.get(id) != base.activities.get(id);
    ids.filter(|id| is_changed(one, id) && !is_changed(other, id)).count()
}

fn conflict(found: &plan::Conflict, sides: [&Plan; 3]) -> Conflict {
    let sides = sides.map(|plan| match &found.id {
        None => of_plan(found.what, plan),
        Some(id) => match plan.activities.get(id) {
            Some(activity) => of_activity(found.what, id, activity),
            None => (Value::Null, "not there".to_owned()),
        },
    });
    Conflict { id: found.id.clone(), what: found.what.word().to_owned(), sides }
}

/// What a plan says of a part of itself: for programs and for people.
fn of_plan(what: Part, plan: &Plan) -> (Value, String) {
    let whole = plan::to_json(plan);
    let field = |name: &str| whole.get(name).cloned().unwrap_or_default();
    match what {
        Part::Level => (field("level"), plan.level.to_string()),
        Part::Span => {
            let span = json!({"from": field("from"), "to": field("to")});
            (span, format!("{} to {}", plan.span.start().gmt(), plan.span.end().gmt()))
        }
        Part::Aboard => {
            let people = plan.crew.keys().map(PersonId::as_str).collect::<Vec<_>>();
            (field("crew"), people.join(", "))
        }
        Part::TaskList => (field("task_list"), counted(plan.task_list.len(), "task")),
        _ => (field("title"), plan.title.clone()),
    }
}

/// What an activity says of a part: for programs and for people.
fn of_activity(what: Part, id: &ActivityId, activity: &Activity) -> (Value, String) {
    let whole = plan::activity_to_json(id, activity);
    let fields = |names: &[&str]| -> Value {
        let field = |name: &&str| Some(((*name).to_owned(), whole.get(*name)?.clone()));
        Value::Object(names.iter().filter_map(field).collect())
    };
    let joined = |value: &Value| {
        let one = |(name, value): (&String, &Value)| match value {
            Value::String(text) => format!("{name} {text}"),
            other => format!("{name} {other}"),
        };
        value.as_object().map_or_else(String::new, |all| all.iter().map(one).collect::<Vec<_>>().join(", "))
    };
    match what {
        Part::Time => (fields(&["start", "end"]), time(activity)),
        Part::Crew => (fields(&["crew"]), crew(activity)),
        Part::Hold => (fields(&["hold"]), activity.hold.to_string()),
        Part::Progress => (fields(&["progress"]), progress(&activity.progress)),
        Part::Place => {
            let value = fields(&["element", "uses"]);
            let text = joined(&value);
            (value, text)
        }
        Part::Description => {
            let value = fields(&["title", "kind", "partner", "request", "block", "notes"]);
            let text = joined(&value);
            (value, text)
        }
        _ => (whole, format!("{}, {}", time(activity), crew(activity))),
    }
}

impl Facts {
    fn json(&self) -> Value {
        let conflict = |one: &Conflict| {
            let [base, ours, theirs] = &one.sides;
            json!({
                "id": one.id.as_ref().map(ActivityId::as_str),
                "what": one.what,
                "base": base.0,
                "ours": ours.0,
                "theirs": theirs.0,
            })
        };
        let list = |breaches: &[Breach]| -> Value { breaches.iter().map(impact::breach_to_json).collect() };
        let faults = |faults: &[Fault]| -> Value { faults.iter().map(impact::fault_to_json).collect() };
        json!({
            "conflicts": self.conflicts.iter().map(conflict).collect::<Vec<_>>(),
            "changed_by_ours": self.taken[0],
            "changed_by_theirs": self.taken[1],
            "verdict": {
                "breaks_must": self.breaks_must,
                "newly_broken": list(&self.newly_broken),
                "requests": {"newly_broken": faults(&self.newly_otherwise)},
            },
            "breaches": list(&self.standing.breaches),
            "faults": faults(&self.standing.faults),
            "out": self.out.as_ref().map(|path| path.display().to_string()),
            "plan": plan_json(&self.plan, self.out.as_ref()),
        })
    }

    fn page(&self, ink: Ink) -> String {
        let span = self.plan.span;
        let when = format!("{} to {} GMT", span.start().gmt(), span.end().gmt());
        let mut text = ends(&ink.bold(&format!("PLANS MERGED · {}", self.plan.title)), &when) + &rule(ink);
        let [ours, theirs] = &self.names;
        text += &format!(
            "changed by {ours} alone: {}; by {theirs} alone: {}; {}\n",
            self.taken[0],
            self.taken[1],
            counted(self.conflicts.len(), "conflict")
        );
        for one in &self.conflicts {
            let id = one.id.as_ref().map_or("", ActivityId::as_str);
            text += &format!("\n{}", ends(&format!("{}  {}", ink.warning("▲ CONFLICT"), one.what), id));
            for (name, (_, says)) in ["before", ours, theirs].iter().zip(&one.sides) {
                text += &wrap(&format!("{name}: {says}"), WIDTH, 2);
            }
        }
        if !self.conflicts.is_empty() {
            text += &format!("\nwhere there is a conflict the merged plan has what {ours} says\n");
        }
        text += &format!(
            "\n{}\nrules broken in {}, {} of them newly, which neither side breaks\n",
            ink.bold("VERDICT"),
            counted(self.standing.breaches.len(), "place"),
            self.newly_broken.len()
        );
        text += &format!(
            "otherwise than asked in {}, {} of them newly\n",
            counted(self.standing.faults.len(), "place"),
            self.newly_otherwise.len()
        );
        for breach in &self.newly_broken {
            let head = format!("{}  newly broken", breaches::mark(breach.severity, ink));
            text += &ends(&head, &breach.rule);
            text += &breaches::line(breach);
        }
        for fault in &self.newly_otherwise {
            text += &fault_page("newly otherwise", fault, ink);
        }
        text + &whereabouts(self.out.as_ref())
    }
}
