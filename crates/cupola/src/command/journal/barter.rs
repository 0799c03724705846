//! `cupola journal barter`: an amount of a pool that one partner gives another.

use anyhow::{Context, Result, bail, ensure};
use desk::Desk;
use journal::{Barter, Entry};
use timeline::Time;

use super::Done;
use crate::answer::Answer;

/// As it was said on the command line.
pub(super) struct Wanted<'a> {
    pub(super) from: &'a str,
    pub(super) to: &'a str,
    pub(super) pool: &'a str,
    pub(super) amount: u64,
    pub(super) terms: &'a str,
}

pub(super) fn answer(desk: &mut Desk, wanted: &Wanted<'_>, now: Time) -> Result<Answer> {
    ensure!(!wanted.terms.trim().is_empty(), "--terms says nothing: a barter is for something");
    let barter = Barter {
        from: wanted.from.parse().context("FROM")?,
        to: wanted.to.parse().context("TO")?,
        pool: wanted.pool.parse().context("POOL")?,
        amount: wanted.amount,
        terms: wanted.terms.to_owned(),
    };
    let Barter { from, to, pool, amount, terms } = barter.clone();
    if let Some(fault) = (ledger::Barter { at: now, from, to, pool, amount, terms }).fault(desk.book()) {
        bail!("{fault}");
    }
    let own = desk.node().centre();
    let speaks = |partner| desk.terms().agreement().voice(partner) == Some(own);
    let other = match (speaks(&barter.from), speaks(&barter.to)) {
        (true, _) => barter.to.clone(),
        (_, true) => barter.from.clone(),
        _ => bail!(
            "{own} speaks for neither {} nor {}: only they barter what is theirs",
            barter.from,
            barter.to
        ),
    };
    let written = desk.node_mut().write(Entry::Barter(barter.clone()), now)?;
    let state = desk.state();
    let needs = |offer: &desk::Offer| offer.needs == other && offer.barter.terms == barter.terms;
    let what = if desk.barters(&state).offered.iter().any(needs) {
        format!(
            "Said for {own}; it counts once the centre that speaks for {other} says the same.",
            own = desk.node().centre()
        )
    } else {
        "Both have said it now: it counts.".to_owned()
    };
    Ok(Done::record(what, &written).answer())
}
