//! What comes of the loss of any one flight, machine, power channel or cooling loop.

use book::Book;
use risk::{Breach, Consequence, End, Lever, Loss, Losses, Pair, Pairs, Question, Repair, Rule};
use serde_json::{Value, json};
use timeline::{Interval, Time};

use crate::{FactsError, day, round, stamp};

/// All single losses, what would mend the worst, and pairs where they were asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct LossFacts {
    /// The station's name.
    pub title: String,
    /// From when to when.
    pub span: Interval,
    /// As known when.
    pub as_of: Time,
    /// The losses, worst first.
    pub losses: Losses,
    /// The cheapest repair of some of them, by place in the list.
    pub repairs: Vec<(usize, Option<Repair>)>,
    /// Every pair, where somebody asked.
    pub pairs: Option<Pairs>,
}

/// Pairs of losses: on how many threads, and who is told how far it is.
pub type Twice<'a> = (usize, &'a (dyn Fn(usize, usize) + Sync));

/// Single losses, and every pair of them where somebody asks.
///
/// # Errors
/// When the stocks cannot be reckoned.
pub fn losses(book: &Book, question: &Question, twice: Option<Twice<'_>>) -> Result<LossFacts, FactsError> {
    let losses = risk::losses(book, question)?;
    let repairs = risk::repairs(book, question, &losses)?;
    let pairs = twice.map(|(threads, progress)| risk::pairs(book, question, &losses, threads, progress));
    Ok(LossFacts {
        title: book.about.title.clone(),
        span: question.span,
        as_of: question.as_of.min(book.about.known_until),
        losses,
        repairs,
        pairs: pairs.transpose()?,
    })
}

impl LossFacts {
    /// One object.
    #[must_use]
    pub fn json(&self) -> Value {
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

    /// The verdict in a sentence: `secure against any single loss until 2026/352`.
    #[must_use]
    pub fn statement(&self) -> String {
        let losses = &self.losses;
        let end = |at: Time| if at >= self.span.end() { "the end, " } else { "" };
        match losses.verdict() {
            risk::Verdict::Secure => {
                format!("secure against any single loss until {}", day(self.span.end()))
            }
            risk::Verdict::AtRisk | risk::Verdict::Broken => {
                let (secure, crewed) = (losses.secure_until(), losses.crewed_until());
                format!(
                    "no loss of a flight breaks a rule before {}{}; somebody stays aboard whatever single loss happens until {}{}",
                    end(secure),
                    day(secure),
                    end(crewed),
                    day(crewed)
                )
            }
        }
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

    /// The name of a class of supply.
    #[must_use]
    pub fn supply(&self, index: usize) -> &str {
        self.losses.outlook.supplies().nth(index).map_or("", |(name, _)| name)
    }

    /// The name of a process.
    #[must_use]
    pub fn process(&self, index: usize) -> &str {
        self.losses.outlook.process_name(index)
    }

    /// The id of a flight.
    #[must_use]
    pub fn flight(&self, ship: usize) -> &str {
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
