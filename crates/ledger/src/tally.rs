use std::collections::{BTreeMap, BTreeSet};

use record::{PartnerId, PoolId};
use timeline::Time;

use crate::{Barter, Carriage, Line, Measure, Span, Statement, Use, apportion};

/// A pool with all that was ever had of it, so that it can be stated over any span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Tally {
    pool: PoolId,
    /// Who has an account, in order.
    partners: Vec<PartnerId>,
    /// Weights of the accounts, by number of terms.
    terms: Vec<Vec<i64>>,
    known: BTreeSet<Measure>,
    uses: Vec<Use>,
    carriages: Vec<Carriage>,
    barters: Vec<Barter>,
}

/// What a pool has come to at an instant.
struct Position {
    entitled: Vec<i128>,
    amounts: BTreeMap<Measure, Vec<i128>>,
    given: Vec<i128>,
    taken: Vec<i128>,
    flights: Vec<u64>,
    untold_flights: Vec<u64>,
    whole: i128,
    beyond_terms: i128,
    nobodys: i128,
}

impl Tally {
    /// A pool of which nothing was had yet.
    ///
    /// `terms` are the weights by which its whole is divided; there can be several, for uses at different times. `known` are the
    /// columns that are told at all.
    #[must_use]
    pub fn new(
        pool: PoolId,
        terms: &[Vec<(PartnerId, i64)>],
        known: impl IntoIterator<Item = Measure>,
    ) -> Self {
        let mut partners: Vec<PartnerId> = Vec::new();
        for (partner, _) in terms.iter().flatten() {
            if !partners.contains(partner) {
                partners.push(partner.clone());
            }
        }
        let weight = |weights: &[(PartnerId, i64)], partner: &PartnerId| {
            let own = weights.iter().filter(|(whose, _)| whose == partner);
            own.fold(0_i64, |sum, (_, weight)| sum.saturating_add((*weight).max(0)))
        };
        let terms = terms
            .iter()
            .map(|weights| partners.iter().map(|partner| weight(weights, partner)).collect())
            .collect();
        Self {
            pool,
            partners,
            terms,
            known: known.into_iter().collect(),
            uses: Vec::new(),
            carriages: Vec::new(),
            barters: Vec::new(),
        }
    }

    /// The pool.
    #[must_use]
    pub const fn pool(&self) -> &PoolId {
        &self.pool
    }

    /// Who has an account, in the order in which ties of rounding are broken.
    #[must_use]
    pub fn partners(&self) -> &[PartnerId] {
        &self.partners
    }

    /// Enters what somebody had. Whoever had something has an account, with no part when none is agreed. Uses under terms that divide
    /// nothing are as those under none.
    pub fn enter(&mut self, mut one: Use) {
        let divides = |terms: usize| {
            self.terms.get(terms).is_some_and(|weights| weights.iter().any(|&weight| weight > 0))
        };
        one.terms = one.terms.filter(|&terms| divides(terms));
        if let (Some(partner), Some(_)) = (&one.partner, one.terms) {
            let partner = partner.clone();
            self.open_account(&partner);
        }
        self.uses.push(one);
    }

    /// Enters what a flight carried, where that is told.
    pub fn enter_carriage(&mut self, one: Carriage) {
        self.open_account(&one.partner);
        if let Some(mass) = one.mass {
            self.enter(Use {
                partner: Some(one.partner.clone()),
                measure: Measure::Provided,
                terms: Some(0),
                extent: crate::Extent::At(one.at, u64::try_from(mass.grams()).unwrap_or_default()),
            });
        }
        self.carriages.push(one);
    }

    /// Enters a barter of this pool.
    pub fn enter_barter(&mut self, barter: Barter) {
        self.open_account(&barter.from);
        self.open_account(&barter.to);
        self.barters.push(barter);
    }

    /// Gives a partner an account; one that is entitled to something has it already.
    pub fn open_account(&mut self, partner: &PartnerId) {
        if !self.partners.contains(partner) {
            self.partners.push(partner.clone());
            self.terms.iter_mut().for_each(|weights| weights.push(0));
        }
    }

    /// The pool over a span: what it has come to at the end, less what it had come to at the beginning.
    #[must_use]
    pub fn over(&self, span: Span) -> Statement {
        let (before, after) = (self.at(span.from()), self.at(span.to()));
        let column = |measure: Measure, at: usize| {
            let of = |position: &Position| position.amounts.get(&measure).map_or(0, |amounts| amounts[at]);
            self.known.contains(&measure).then(|| of(&after) - of(&before))
        };
        let has_whole = Self::SHARED.iter().any(|measure| self.known.contains(measure));
        let line = |(at, partner): (usize, &PartnerId)| Line {
            partner: partner.clone(),
            entitled: has_whole.then(|| after.entitled[at] - before.entitled[at]),
            planned: column(Measure::Planned, at),
            flown: column(Measure::Flown, at),
            open: column(Measure::Open, at),
            provided: column(Measure::Provided, at),
            given: after.given[at] - before.given[at],
            taken: after.taken[at] - before.taken[at],
            flights: after.flights[at] - before.flights[at],
            untold_flights: after.untold_flights[at] - before.untold_flights[at],
        };
        Statement {
            pool: self.pool.clone(),
            span,
            whole: has_whole.then(|| after.whole - before.whole),
            lines: self.partners.iter().enumerate().map(line).collect(),
            beyond_terms: after.beyond_terms - before.beyond_terms,
            nobodys: after.nobodys - before.nobodys,
        }
    }

    /// What makes up the whole that is shared: what was had and is still to come, or what was put in. Plans alone share nothing out.
    const SHARED: [Measure; 3] = [Measure::Flown, Measure::Open, Measure::Provided];

    fn at(&self, time: Time) -> Position {
        let accounts = self.partners.len();
        let mut position = Position {
            entitled: vec![0; accounts],
            amounts: BTreeMap::new(),
            given: vec![0; accounts],
            taken: vec![0; accounts],
            flights: vec![0; accounts],
            untold_flights: vec![0; accounts],
            whole: 0,
            beyond_terms: 0,
            nobodys: 0,
        };
        let mut wholes = vec![0_i128; self.terms.len()];
        for one in &self.uses {
            let amount = one.extent.before(time);
            let is_shared = Self::SHARED.contains(&one.measure);
            match (one.partner.as_ref().and_then(|partner| self.account(partner)), one.terms) {
                (Some(at), Some(terms)) => {
                    position.amounts.entry(one.measure).or_insert_with(|| vec![0; accounts])[at] += amount;
                    wholes[terms] += if is_shared { amount } else { 0 };
                }
                (_, None) if is_shared => position.beyond_terms += amount,
                (None, Some(_)) if is_shared => position.nobodys += amount,
                _ => {}
            }
        }
        for (whole, weights) in wholes.into_iter().zip(&self.terms) {
            position.whole += whole;
            for (sum, part) in position.entitled.iter_mut().zip(apportion(whole, weights)) {
                *sum += part;
            }
        }
        self.bartered(time, &mut position);
        position
    }

    fn bartered(&self, time: Time, position: &mut Position) {
        for barter in self.barters.iter().filter(|barter| barter.at < time) {
            if let (Some(from), Some(to)) = (self.account(&barter.from), self.account(&barter.to)) {
                position.given[from] += i128::from(barter.amount);
                position.taken[to] += i128::from(barter.amount);
            }
        }
        for one in self.carriages.iter().filter(|one| one.at < time) {
            let Some(at) = self.account(&one.partner) else { continue };
            let counts =
                if one.mass.is_some() { &mut position.flights } else { &mut position.untold_flights };
            counts[at] += 1;
        }
    }

    fn account(&self, partner: &PartnerId) -> Option<usize> {
        self.partners.iter().position(|own| own == partner)
    }
}
