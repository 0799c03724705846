//! `cupola shares`: the ledger of every pool, and what each partner did for the station.

mod page;

use anyhow::{Result, anyhow};
use book::Book;
use ledger::{Barter, History, Line, PartnerHistory, Span, Statement};
use partnership::{Counts, Pool, PoolUnit};
use plan::Plan;
use record::{Quality, Sourced};
use serde_json::{Map, Value, json};
use timeline::Time;

use super::orbit::round;
use crate::answer::Answer;

/// What is asked for: a span, and what is known beside the book.
pub(crate) struct Asked {
    pub(crate) from: Option<Time>,
    pub(crate) to: Option<Time>,
    pub(crate) plans: Vec<Plan>,
    pub(crate) barters: Vec<Barter>,
}

/// The ledger over a span.
struct Facts {
    station: String,
    span: Span,
    known_until: Time,
    plans: Vec<PlanNamed>,
    partners: Vec<Partner>,
    pools: Vec<PoolStated>,
    history: History,
    refused: Vec<String>,
}

/// A plan that is counted.
struct PlanNamed {
    title: String,
    level: String,
    from: Time,
    to: Time,
}

struct Partner {
    id: String,
    short: String,
    colour: String,
}

/// A pool over the span, with what the agreement says of it.
struct PoolStated {
    pool: Pool,
    source: String,
    quality: Quality,
    note: String,
    statement: Statement,
    /// What is not known of it, in sentences.
    unknown: Vec<String>,
}

/// Answers for a span: by default all of the station's history, and what is planned.
///
/// # Errors
/// When the span ends before it begins.
pub(crate) fn answer(book: &Book, asked: &Asked) -> Result<Answer> {
    let span = span(book, asked)?;
    let gathered = ledger::gather(book, &asked.plans, &asked.barters);
    let pools = book.pools.iter().zip(&gathered.tallies).map(|(pool, tally)| {
        let statement = tally.over(span);
        let unknown = unknown(book, pool, &statement, asked);
        stated(pool, statement, unknown)
    });
    let facts = Facts {
        station: book.about.title.clone(),
        span,
        known_until: book.about.known_until,
        plans: asked.plans.iter().map(named).collect(),
        partners: partners(book),
        pools: pools.collect(),
        history: ledger::history(book, span),
        refused: gathered.faults.iter().map(ToString::to_string).collect(),
    };
    let has_refused = !facts.refused.is_empty();
    let answer = Answer::new(facts, Facts::json, Facts::page);
    Ok(if has_refused { answer.with_findings() } else { answer })
}

fn span(book: &Book, asked: &Asked) -> Result<Span> {
    let last_plan = asked.plans.iter().map(|plan| plan.span.end()).max();
    let usual_end = last_plan.map_or(book.about.known_until, |end| end.max(book.about.known_until));
    let from = asked.from.unwrap_or_else(|| asked.to.map_or(book.about.began, |to| to.min(book.about.began)));
    let to = asked.to.unwrap_or(usual_end);
    Span::new(from, to).map_err(|error| match (asked.from, asked.to) {
        (Some(_), None) => {
            anyhow!("{error}; it ends with what the book and the plans know: say --to as well")
        }
        _ => error.into(),
    })
}

fn named(plan: &Plan) -> PlanNamed {
    PlanNamed {
        title: plan.title.clone(),
        level: plan.level.to_string(),
        from: plan.span.start(),
        to: plan.span.end(),
    }
}

fn partners(book: &Book) -> Vec<Partner> {
    let partner = |partner: &partnership::Partner| Partner {
        id: partner.id.to_string(),
        short: partner.short.clone(),
        colour: partner.colour.clone(),
    };
    book.partners.iter().map(|one| partner(one)).collect()
}

fn stated(pool: &Sourced<Pool>, statement: Statement, unknown: Vec<String>) -> PoolStated {
    PoolStated {
        pool: pool.value.clone(),
        source: pool.provenance.source.clone(),
        quality: pool.provenance.quality,
        note: pool.provenance.note.clone(),
        statement,
        unknown,
    }
}

/// What is not known of a pool.
fn unknown(book: &Book, pool: &Pool, statement: &Statement, asked: &Asked) -> Vec<String> {
    let mut unknown = Vec::new();
    let until = book.about.known_until;
    match pool.counts {
        Counts::CrewTime if asked.plans.is_empty() => unknown.push(
            "Crew time comes from plans and the marks in them of what was done, and none was given: say --plan FILE.json, such as \
             `cupola plan week --json` writes"
                .to_owned(),
        ),
        Counts::CrewTime => {}
        Counts::Seats => unknown.push("Which partner is to fly how long is in no plan that the book has".to_owned()),
        Counts::UpMass | Counts::DownMass => unknown.extend(untold(statement)),
    }
    if !pool.crews.is_empty() {
        let crews: Vec<String> = pool.crews.iter().map(|crew| crew.aboard.to_string()).collect();
        let other = if statement.beyond_terms > 0 {
            let amount = page::with_unit(statement.beyond_terms, pool.unit);
            format!("; {amount} more were flown in crews of other sizes and are in no balance")
        } else {
            String::new()
        };
        unknown.push(format!(
            "Parts are agreed for crews of {} only, and agreed % is what they came to over the span{other}",
            crews.join(" and ")
        ));
    }
    if statement.nobodys > 0 {
        let amount = page::with_unit(statement.nobodys, pool.unit);
        unknown.push(format!("{amount} more are of activities that name no partner; they are in no balance"));
    }
    if pool.counts != Counts::CrewTime && statement.span.to() > until {
        unknown.push(format!(
            "The book tells what happened until {} GMT; nothing is counted after it",
            until.gmt()
        ));
    }
    unknown
}

fn untold(statement: &Statement) -> Vec<String> {
    let untold: u64 = statement.lines.iter().map(|line| line.untold_flights).sum();
    let all: u64 = untold + statement.lines.iter().map(|line| line.flights).sum::<u64>();
    let mut unknown = Vec::new();
    if untold > 0 {
        unknown.push(format!(
            "Of {untold} of {all} flights nobody says what they carried: the whole is what is told"
        ));
    }
    unknown.push(
        "Who used the room is not published, so nobody's balance is known: provided is not used".to_owned(),
    );
    unknown
}

impl PoolStated {
    /// A partner's agreed part in percent: by the agreement, or where it hangs on the number aboard as it came out over the span.
    fn agreed_pct(&self, line: &Line) -> Option<f64> {
        if self.pool.crews.is_empty() {
            return Some(self.pool.share_of(&line.partner).map_or(0.0, record::Share::percent));
        }
        self.pct(line.entitled)
    }

    /// An amount in percent of the whole.
    fn pct(&self, amount: Option<i128>) -> Option<f64> {
        let whole = self.statement.whole.filter(|&whole| whole > 0)?;
        Some(amount? as f64 / whole as f64 * 100.0)
    }

    fn json(&self) -> Value {
        let unit = self.pool.unit;
        let mut fields = Map::new();
        let time = |time: Option<Time>| json!(time.map(|time| time.to_string()));
        fields.extend([
            ("pool".to_owned(), json!(self.pool.id.as_str())),
            ("title".to_owned(), json!(self.pool.title)),
            ("counts".to_owned(), json!(self.pool.counts.to_string())),
            ("unit".to_owned(), json!(unit.to_string())),
            ("segment".to_owned(), json!(self.pool.segment)),
            ("from".to_owned(), time(self.pool.from)),
            ("until".to_owned(), time(self.pool.until)),
            (field("whole", unit), whole(self.statement.whole)),
            (field("beyond_terms", unit), whole(Some(self.statement.beyond_terms))),
            (field("nobodys", unit), whole(Some(self.statement.nobodys))),
            ("partners".to_owned(), self.statement.lines.iter().map(|line| self.line_json(line)).collect()),
            ("unknown".to_owned(), json!(self.unknown)),
            ("source".to_owned(), json!(self.source)),
            ("quality".to_owned(), json!(self.quality.to_string())),
            ("note".to_owned(), json!(self.note)),
        ]);
        Value::Object(fields)
    }

    fn line_json(&self, line: &Line) -> Value {
        let pct = |percent: Option<f64>| json!(percent.map(|percent| round(percent, 6)));
        let mut fields = Map::new();
        fields.insert("partner".to_owned(), json!(line.partner.as_str()));
        fields.insert("agreed_pct".to_owned(), pct(self.agreed_pct(line)));
        for (name, amount) in [
            ("entitled", line.entitled),
            ("planned", line.planned),
            ("flown", line.flown),
            ("open", line.open),
            ("used", line.used()),
            ("provided", line.provided),
            ("barter_in", Some(line.taken)),
            ("barter_out", Some(line.given)),
            ("balance", line.balance()),
        ] {
            fields.insert(field(name, self.pool.unit), whole(amount));
        }
        fields.insert("standing".to_owned(), json!(line.standing().map(ledger::Standing::word)));
        fields.insert("part_pct".to_owned(), pct(self.pct(line.used())));
        fields.insert("provided_pct".to_owned(), pct(self.pct(line.provided)));
        if line.provided.is_some() {
            fields.insert("flights".to_owned(), json!(line.flights));
            fields.insert("untold_flights".to_owned(), json!(line.untold_flights));
        }
        Value::Object(fields)
    }
}

/// A name with the unit of the pool behind it.
fn field(name: &str, unit: PoolUnit) -> String {
    format!("{name}_{unit}")
}

/// An exact whole number; as text where it is more than programs' numbers hold.
fn whole(amount: Option<i128>) -> Value {
    amount.map_or(Value::Null, |amount| {
        i64::try_from(amount).map_or_else(|_| json!(amount.to_string()), Value::from)
    })
}

impl Facts {
    fn json(&self) -> Value {
        let plan = |plan: &PlanNamed| {
            json!({
                "title": plan.title,
                "level": plan.level,
                "from": plan.from.to_string(),
                "to": plan.to.to_string(),
            })
        };
        json!({
            "station": self.station,
            "from": self.span.from().to_string(),
            "to": self.span.to().to_string(),
            "known_until": self.known_until.to_string(),
            "plans": self.plans.iter().map(plan).collect::<Vec<_>>(),
            "pools": self.pools.iter().map(PoolStated::json).collect::<Vec<_>>(),
            "refused_barters": self.refused,
            "history": history_json(&self.history),
        })
    }

    fn partner(&self, id: &record::PartnerId) -> Option<&Partner> {
        self.partners.iter().find(|partner| partner.id == id.as_str())
    }
}

fn history_json(history: &History) -> Value {
    let partner = |one: &PartnerHistory| {
        json!({
            "partner": one.partner.as_str(),
            "person_days": round(one.aboard.days(), 3),
            "aboard_s": one.aboard.seconds(),
            "flights": {
                "crew": one.flights.crew,
                "cargo": one.flights.cargo,
                "assembly": one.flights.assembly,
                "lost": one.flights.lost,
            },
            "up_g": one.up.mass.grams(),
            "up_flights": one.up.flights,
            "up_untold_flights": one.up.untold_flights,
            "down_g": one.down.mass.grams(),
            "down_flights": one.down.flights,
            "down_untold_flights": one.down.untold_flights,
            "spacewalks": one.walks,
            "outside_s": one.outside.seconds(),
        })
    };
    let country = |(country, time): &(String, people::PersonTime)| json!({"country": country, "person_days": round(time.days(), 3), "aboard_s": time.seconds()});
    json!({
        "from": history.within.map(|within| within.start().to_string()),
        "to": history.within.map(|within| within.end().to_string()),
        "partners": history.partners.iter().map(partner).collect::<Vec<_>>(),
        "countries": history.countries.iter().map(country).collect::<Vec<_>>(),
    })
}
