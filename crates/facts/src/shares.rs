//! The ledger of every pool, and what each partner did for the station.

mod amount;
mod json;

use book::Book;
use ledger::{Barter, History, Line, Span, Statement};
use partnership::{Counts, Pool};
use plan::Plan;
use record::{PartnerId, Sourced};
use timeline::Time;

pub use amount::{amount, with_unit};

use crate::{FactsError, Refusal};

/// What is asked for: a span, and what is known beside the book.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Asked {
    /// From when; by default since the station began.
    pub from: Option<Time>,
    /// Until when; by default as far as the book and the plans know.
    pub to: Option<Time>,
    /// Plans, of which the finest counts where they overlap.
    pub plans: Vec<Plan>,
    /// What partners bartered.
    pub barters: Vec<Barter>,
}

/// The ledger over a span.
#[derive(Clone, PartialEq, Debug)]
pub struct Shares {
    /// The station's name.
    pub station: String,
    /// The span.
    pub span: Span,
    /// Until when the book tells what happened.
    pub known_until: Time,
    /// The plans that are counted.
    pub plans: Vec<PlanNamed>,
    /// Everybody, in the order of the book.
    pub partners: Vec<Partner>,
    /// Every pool, in the order of the book.
    pub pools: Vec<PoolStated>,
    /// What each partner did.
    pub history: History,
    /// Barters that could not be entered, and why.
    pub refused: Vec<String>,
}

/// A plan that is counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PlanNamed {
    /// Its title.
    pub title: String,
    /// How fine it is.
    pub level: String,
    /// From when.
    pub from: Time,
    /// Until when.
    pub to: Time,
}

/// A partner as it is shown.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Partner {
    /// Its id.
    pub id: PartnerId,
    /// The name in a narrow column.
    pub short: String,
    /// Its colour, `#rrggbb`.
    pub colour: String,
}

/// A pool over the span, with what the agreement says of it.
#[derive(Clone, PartialEq, Debug)]
pub struct PoolStated {
    /// The pool.
    pub pool: Pool,
    /// Where its parts come from.
    pub provenance: record::Provenance,
    /// What it came to.
    pub statement: Statement,
    /// What is not known of it, in sentences without their full stop.
    pub unknown: Vec<String>,
}

/// The ledger over a span: by default all of the station's history, and what is planned.
///
/// # Errors
/// When the span ends before it begins.
pub fn shares(book: &Book, asked: &Asked) -> Result<Shares, FactsError> {
    let span = span(book, asked)?;
    let gathered = ledger::gather(book, &asked.plans, &asked.barters);
    let pools = book.pools.iter().zip(&gathered.tallies).map(|(pool, tally)| {
        let statement = tally.over(span);
        let unknown = unknown(book, pool, &statement, asked);
        stated(pool, statement, unknown)
    });
    Ok(Shares {
        station: book.about.title.clone(),
        span,
        known_until: book.about.known_until,
        plans: asked.plans.iter().map(named).collect(),
        partners: partners(book),
        pools: pools.collect(),
        history: ledger::history(book, span),
        refused: gathered.faults.iter().map(ToString::to_string).collect(),
    })
}

fn span(book: &Book, asked: &Asked) -> Result<Span, FactsError> {
    let last_plan = asked.plans.iter().map(|plan| plan.span.end()).max();
    let usual_end = last_plan.map_or(book.about.known_until, |end| end.max(book.about.known_until));
    let from = asked.from.unwrap_or_else(|| asked.to.map_or(book.about.began, |to| to.min(book.about.began)));
    let refusal = |error: ledger::SpanError| {
        let refusal = Refusal::new("to", error.to_string());
        if asked.to.is_none() { refusal.say("to", "") } else { refusal }
    };
    Ok(Span::new(from, asked.to.unwrap_or(usual_end)).map_err(refusal)?)
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
        id: partner.id.clone(),
        short: partner.short.clone(),
        colour: partner.colour.clone(),
    };
    book.partners.iter().map(|one| partner(one)).collect()
}

fn stated(pool: &Sourced<Pool>, statement: Statement, unknown: Vec<String>) -> PoolStated {
    PoolStated { pool: pool.value.clone(), provenance: pool.provenance.clone(), statement, unknown }
}

/// What is not known of a pool.
fn unknown(book: &Book, pool: &Pool, statement: &Statement, asked: &Asked) -> Vec<String> {
    let mut unknown = Vec::new();
    let until = book.about.known_until;
    match pool.counts {
        Counts::CrewTime if asked.plans.is_empty() => unknown.push(
            "Crew time comes from plans and the marks in them of what was done, and none was given"
                .to_owned(),
        ),
        Counts::CrewTime => {}
        Counts::Seats => {
            unknown.push("Which partner is to fly how long is in no plan that the book has".to_owned());
        }
        Counts::UpMass | Counts::DownMass => unknown.extend(untold(statement)),
    }
    if !pool.crews.is_empty() {
        let crews: Vec<String> = pool.crews.iter().map(|crew| crew.aboard.to_string()).collect();
        let other = if statement.beyond_terms > 0 {
            let amount = with_unit(statement.beyond_terms, pool.unit);
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
        let amount = with_unit(statement.nobodys, pool.unit);
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
    #[must_use]
    pub fn agreed_pct(&self, line: &Line) -> Option<f64> {
        if self.pool.crews.is_empty() {
            return Some(self.pool.share_of(&line.partner).map_or(0.0, record::Share::percent));
        }
        self.pct(line.entitled)
    }

    /// An amount in percent of the whole.
    #[must_use]
    pub fn pct(&self, amount: Option<i128>) -> Option<f64> {
        let whole = self.statement.whole.filter(|&whole| whole > 0)?;
        Some(amount? as f64 / whole as f64 * 100.0)
    }
}

impl Shares {
    /// A partner by its id.
    #[must_use]
    pub fn partner(&self, id: &PartnerId) -> Option<&Partner> {
        self.partners.iter().find(|partner| partner.id == *id)
    }
}
