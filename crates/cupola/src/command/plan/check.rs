//! `cupola plan check`: a plan held against every flight rule, and against the plan that it refines.

use std::sync::Arc;

use anyhow::Result;
use book::Book;
use impact::{Judge, Standing};
use plan::{Activity, ActivityId, Departure, Plan, departures};
use rules::Breach;
use serde_json::{Value, json};
use timeline::Severity;

use super::changed::{crew, time};
use super::verdict::fault_page;
use crate::answer::Answer;
use crate::args::plan::change;
use crate::command::breaches::{self, counted};
use crate::text::{Ink, WIDTH, ends, rule, wrap};

struct Facts {
    plan: Plan,
    judge: Judge,
    standing: Standing,
    /// The plan above, and where this one leaves it.
    above: Option<(Plan, Vec<Departure>)>,
    short: Vec<(String, String)>,
}

/// Exit status 1 when a rule that must or should be kept is broken by the plan, or it leaves the plan above it.
pub(crate) fn answer(book: &Arc<Book>, asked: &change::Check) -> Result<Answer> {
    let plan = super::week::read(book, &asked.plan)?;
    let above = asked.above.as_deref().map(|path| super::week::read(book, path)).transpose()?;
    let above = above.map(|upper| {
        let leaves = departures(&upper, &plan);
        (upper, leaves)
    });
    let judge = Judge::of(book, plan.clone())?;
    let standing = judge.standing();
    let is_broken = standing.breaches.iter().any(|breach| breach.severity > Severity::Info)
        || standing.faults.iter().any(|fault| fault.severity > Severity::Info);
    let is_wrong = is_broken || above.as_ref().is_some_and(|(_, leaves)| !leaves.is_empty());
    let facts = Facts { plan, judge, standing, above, short: breaches::short_names(book) };
    let answer = Answer::new(facts, Facts::json, Facts::page);
    Ok(if is_wrong { answer.with_findings() } else { answer })
}

/// So much of what is otherwise than asked is shown on the page.
const SHOWN: usize = 20;

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
        let unjudged = self.judge.unjudged();
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
            "breaches": self.standing.breaches.iter().map(impact::breach_to_json).collect::<Vec<_>>(),
            "faults": self.standing.faults.iter().map(impact::fault_to_json).collect::<Vec<_>>(),
            "unjudged": unjudged.iter().map(|one| json!({"rule": one.rule, "why": one.why})).collect::<Vec<_>>(),
            "departures": departures,
        })
    }

    fn page(&self, ink: Ink) -> String {
        let span = self.plan.span;
        let when = format!("{} to {} GMT", span.start().gmt(), span.end().gmt());
        let mut text = ends(&ink.bold(&format!("PLAN CHECKED · {}", self.plan.title)), &when) + &rule(ink);
        let breaches: Vec<&Breach> = self.standing.breaches.iter().collect();
        text += &breaches::page(self.judge.checker(), &breaches, &self.short, ink);
        text += &self.asked(ink);
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

    /// Where it does otherwise than partners and the crew day ask.
    fn asked(&self, ink: Ink) -> String {
        let mut text = format!("\n{}\n", ink.bold("WHAT WAS ASKED"));
        if self.standing.faults.is_empty() {
            return text + "everything is as it was asked\n";
        }
        text += &format!("otherwise in {}\n", counted(self.standing.faults.len(), "place"));
        for fault in self.standing.faults.iter().take(SHOWN) {
            text += &fault_page("", fault, ink);
        }
        let more = self.standing.faults.len().saturating_sub(SHOWN);
        if more > 0 { text + &ink.faint(&format!("and {more} more; --json lists them all\n")) } else { text }
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
