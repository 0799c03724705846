//! `cupola risk losses`: what comes of the loss of any one flight, machine, power channel or cooling loop.

mod page;

use std::io::{IsTerminal, Write};

use anyhow::Result;
use book::Book;
use risk::{Breach, Consequence, End, Lever, Loss, Losses, Pair, Pairs, Question, Repair, Rule};
use serde_json::{Value, json};
use timeline::{Interval, Time};

use super::orbit::{round, stamp};
use crate::answer::Answer;

struct Facts {
    title: String,
    span: Interval,
    as_of: Time,
    losses: Losses,
    repairs: Vec<(usize, Option<Repair>)>,
    pairs: Option<Pairs>,
}

/// Single losses, and every pair of them where somebody says on how many threads.
pub(crate) fn losses(book: &Book, question: Question, pair_threads: Option<usize>) -> Result<Answer> {
    let losses = risk::losses(book, question)?;
    let repairs = risk::repairs(book, question, &losses)?;
    let pairs = pair_threads.map(|threads| risk::pairs(book, question, &losses, threads, &progress));
    let pairs = pairs.transpose()?;
    let facts = Facts {
        title: book.about.title.clone(),
        span: question.span,
        as_of: question.as_of.min(book.about.known_until),
        losses,
        repairs,
        pairs,
    };
    Ok(Answer::new(facts, Facts::json, Facts::page))
}

/// How far it is, on a terminal only; the line is wiped in the end.
fn progress(done: usize, of: usize) {
    let mut terminal = std::io::stderr();
    if terminal.is_terminal() {
        let line = if done == of { " ".repeat(40) } else { format!("pairs: {done} of {of} losses") };
        // Nothing is lost when a terminal does not take it.
        let _ = write!(terminal, "\r{line:<40}\r");
    }
}

impl Facts {
    fn json(&self) -> Value {
        let losses = &self.losses;
        json!({
            "from": stamp(self.span.start()),
            "to": stamp(self.span.end()),
            "as_of": stamp(self.as_of),
            "verdict": losses.verdict().word(),
            "verdict_of_cargo": losses.of_cargo().word(),
            "crewed_until": stamp(losses.crewed_until()),
            "secure_until": stamp(losses.secure_until()),
            "weakest": losses.weakest().map(|(loss, _)| named(loss)),
            "plan": self.consequence(&losses.plan),
            "losses": losses.losses.iter().map(|(loss, consequence)| {
                let mut one = named(loss);
                if let (Value::Object(one), Value::Object(more)) = (&mut one, self.consequence(consequence)) {
                    one.extend(more);
                }
                one
            }).collect::<Vec<_>>(),
            "repairs": self.repairs.iter().map(|(at, repair)| json!({
                "of": named(&losses.losses[*at].0),
                "lever": repair.as_ref().map(|repair| self.lever(repair)),
                "verdict": repair.as_ref().map(|repair| repair.verdict.word()),
                "nobody_left_at": repair.as_ref().and_then(|repair| repair.ends).map(stamp),
            })).collect::<Vec<_>>(),
            "pairs": self.pairs.as_ref().map(|pairs| self.pairs_json(pairs)),
            "assumptions": losses.assumptions,
        })
    }

    fn consequence(&self, one: &Consequence) -> Value {
        let supply = |index: usize| self.supply(index);
        json!({
            "verdict": one.verdict.word(),
            "breaches": one.breaches.iter().map(|breach| self.breach(breach)).collect::<Vec<_>>(),
            "reserve": one.reserves.iter().map(|reserve| json!({
                "supply": supply(reserve.supply),
                "lines": reserve.lines.iter().map(|(days, at)| json!({"days": days, "at": at.map(stamp)})).collect::<Vec<_>>(),
                "empty": reserve.empty.map(stamp),
            })).collect::<Vec<_>>(),
            "measures": one.taken.iter().map(|taken| json!({
                "measure": self.losses.measure(taken.measure).map(|measure| measure.id.as_str()),
                "at": stamp(taken.at),
            })).collect::<Vec<_>>(),
            "crew_cut": one.crew_cut.map(|(at, persons)| json!({"at": stamp(at), "to_persons": persons})),
            "held": one.held.iter().map(|held| json!({
                "flight": self.flight(held.ship),
                "until": stamp(held.until),
                "over_life_days": round(held.over_life.days(), 1),
            })).collect::<Vec<_>>(),
            "nobody_left": one.ends.as_ref().map(|(at, why)| json!({"at": stamp(*at), "why": self.why(why)})),
        })
    }

    fn pairs_json(&self, pairs: &Pairs) -> Value {
        let pair = |pair: &Pair| {
            let of = pair.of.map(|at| named(&self.losses.losses[at].0));
            let mut one = json!({"of": of});
            if let (Value::Object(one), Value::Object(more)) = (&mut one, self.consequence(&pair.consequence))
            {
                one.extend(more);
            }
            one
        };
        json!({
            "count": pairs.count,
            "broken_by_one_alone": pairs.broken_alone,
            "crewed_until": stamp(pairs.crewed_until),
            "worse": pairs.worse.iter().map(pair).collect::<Vec<_>>(),
        })
    }

    fn breach(&self, breach: &Breach) -> Value {
        let (rule, of, line_days) = match &breach.rule {
            Rule::Line(supply, days) => ("line", Some(self.supply(*supply).to_owned()), Some(*days)),
            Rule::Empty(supply) => ("empty", Some(self.supply(*supply).to_owned()), None),
            Rule::Short(process) => ("short", Some(self.process(*process).to_owned()), None),
            Rule::Shed(load) => ("shed", Some(load.clone()), None),
            Rule::Seats => ("seats", None, None),
            Rule::Nobody => ("nobody", None, None),
            Rule::Down => ("down", None, None),
        };
        json!({"at": stamp(breach.at), "rule": rule, "of": of, "line_days": line_days})
    }

    fn lever(&self, repair: &Repair) -> Value {
        match repair.lever {
            Lever::Move { ship, days } => json!({"kind": "move", "flight": self.flight(ship), "days": days}),
            Lever::Extend { ship, days } => {
                json!({"kind": "extend", "flight": self.flight(ship), "days": days})
            }
            Lever::Recast { ship, from, to, mass_kg } => json!({
                "kind": "recast",
                "flight": self.flight(ship),
                "less_of": self.losses.outlook.store_name(from),
                "more_of": self.losses.outlook.store_name(to),
                "mass_kg": mass_kg,
            }),
        }
    }

    fn why(&self, why: &End) -> Value {
        let (kind, of) = match why {
            End::Gap => ("gap", None),
            End::Supply(supply) => ("supply", Some(self.supply(*supply))),
            End::Short(process) => ("short", Some(self.process(*process))),
            End::NoSeat => ("no-seat", None),
            End::Down => ("down", None),
        };
        json!({"kind": kind, "of": of})
    }

    fn supply(&self, index: usize) -> &str {
        self.losses.outlook.supplies().nth(index).map_or("", |(name, _)| name)
    }

    fn process(&self, index: usize) -> &str {
        self.losses.outlook.process_name(index)
    }

    fn flight(&self, ship: usize) -> &str {
        self.losses.outlook.ships()[ship].passage.flight.as_str()
    }
}

fn named(loss: &Loss) -> Value {
    json!({
        "loss": loss.kind.word(),
        "days": loss.kind.days(),
        "of": loss.subject,
        "known": stamp(loss.known),
        "until": loss.until.map(stamp),
    })
}
