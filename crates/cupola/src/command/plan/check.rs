//! `cupola plan check`: a plan held against every flight rule, and against the plan that it refines.

use anyhow::Result;
use book::Book;
use plan::{Activity, ActivityId, Departure, Plan, departures};
use rules::{Breach, Checker};
use serde_json::{Value, json};
use timeline::Severity;

use super::changed::{crew, time};
use super::verdict::Judge;
use crate::answer::Answer;
use crate::args::plan::change;
use crate::command::breaches;
use crate::text::{Ink, WIDTH, ends, rule, wrap};

struct Facts {
    plan: Plan,
    checker: Checker,
    breaches: Vec<Breach>,
    /// The plan above, and where this one leaves it.
    above: Option<(Plan, Vec<Departure>)>,
    short: Vec<(String, String)>,
}

/// Exit status 1 when a rule that must or should be kept is broken by the plan, or it leaves the plan above it.
pub(crate) fn answer(book: &Book, asked: &change::Check) -> Result<Answer> {
    let plan = super::week::read(book, &asked.plan)?;
    let above = asked.above.as_deref().map(|path| super::week::read(book, path)).transpose()?;
    let above = above.map(|upper| {
        let leaves = departures(&upper, &plan);
        (upper, leaves)
    });
    let judge = Judge::of(book, &plan)?;
    let breaches = judge.breaches(&plan);
    let is_broken = breaches.iter().any(|breach| breach.severity > Severity::Info);
    let is_wrong = is_broken || above.as_ref().is_some_and(|(_, leaves)| !leaves.is_empty());
    let facts = Facts { plan, checker: judge.checker, breaches, above, short: breaches::short_names(book) };
    let answer = Answer::new(facts, Facts::json, Facts::page);
    Ok(if is_wrong { answer.with_findings() } else { answer })
}

/// What was done to it, and to which.
fn parts(departure: &Departure) -> (&'static str, &ActivityId) {
    match departure {
        Departure::Dropped(id) => ("dropped", id),
        Departure::Moved(id) => ("moved", id),
        Departure::Reassigned(id) => ("reassigned", id),
        Departure::Added(id) => ("added", id),
    }
}

impl Facts {
    fn json(&self) -> Value {
        let unjudged = self.checker.unjudged();
        let departure = |upper: &Plan, departure: &Departure| {
            let (what, id) = parts(departure);
            let side = |plan: &Plan| plan.activities.get(id).map(|one| plan::activity_to_json(id, one));
            json!({"what": what, "id": id.as_str(), "above": side(upper), "here": side(&self.plan)})
        };
        let departures = self
            .above
            .as_ref()
            .map(|(upper, all)| all.iter().map(|one| departure(upper, one)).collect::<Vec<_>>());
        json!({
            "breaches": self.breaches.iter().map(breaches::json).collect::<Vec<_>>(),
            "unjudged": unjudged.iter().map(|one| json!({"rule": one.rule, "why": one.why})).collect::<Vec<_>>(),
            "departures": departures,
        })
    }

    fn page(&self, ink: Ink) -> String {
        let span = self.plan.span;
        let when = format!("{} to {} GMT", span.start().gmt(), span.end().gmt());
        let mut text = ends(&ink.bold(&format!("PLAN CHECKED · {}", self.plan.title)), &when) + &rule(ink);
        let breaches: Vec<&Breach> = self.breaches.iter().collect();
        text += &breaches::page(&self.checker, &breaches, &self.short, ink);
        if let Some((upper, leaves)) = &self.above {
            text += &format!("\n{} · {}\n", ink.bold("AGAINST THE PLAN ABOVE"), upper.title);
            if leaves.is_empty() {
                text += "it refines that plan: nothing is dropped, moved, reassigned or added\n";
            }
            for one in leaves {
                text += &self.departure(upper, one);
            }
        }
        text
    }

    fn departure(&self, upper: &Plan, departure: &Departure) -> String {
        let (what, id) = parts(departure);
        let side = |plan: &Plan, say: fn(&Activity) -> String| plan.activities.get(id).map(say);
        let told = match departure {
            Departure::Moved(_) => [side(upper, time), side(&self.plan, time)],
            Departure::Reassigned(_) => [side(upper, crew), side(&self.plan, crew)],
            Departure::Dropped(_) => [side(upper, time), None],
            Departure::Added(_) => [None, side(&self.plan, time)],
        };
        let told: Vec<String> = told.into_iter().flatten().collect();
        wrap(&format!("△ {what} {id}: {}", told.join(" → ")), WIDTH, 0)
    }
}
