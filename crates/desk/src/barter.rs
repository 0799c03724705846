//! What partners barter, as their centres say it in their journals.
//!
//! A barter binds two, so it counts once both have said the same: the centre that speaks for the partner who gives, and the one that
//! speaks for the partner who takes. What only one has said is an offer.

use std::collections::BTreeMap;

use journal::{Barter, Entry, State};
use record::{CentreId, PartnerId};
use serde_json::{Value, json};
use timeline::Time;

use crate::Desk;

/// What was bartered, and what was offered.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Barters {
    /// Said by both.
    pub agreed: Vec<ledger::Barter>,
    /// Said by one of them.
    pub offered: Vec<Offer>,
}

/// A barter that one of two has said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Offer {
    /// What; `at` is when it was said.
    pub barter: ledger::Barter,
    /// By which centre.
    pub by: CentreId,
    /// Whose word it still needs.
    pub needs: PartnerId,
}

/// When giver and taker said the same, each in order of time.
#[derive(Default)]
struct Said {
    giver: Vec<(Time, CentreId)>,
    taker: Vec<(Time, CentreId)>,
}

impl Desk {
    /// What partners have bartered, by all records that count. What a centre says that speaks for neither of them is nothing.
    #[must_use]
    pub fn barters(&self, state: &State<'_>) -> Barters {
        let mut all: BTreeMap<String, (&Barter, Said)> = BTreeMap::new();
        let records = state.chains.values().flat_map(|chain| &chain.records);
        for record in records.map(|signed| signed.record()) {
            let Entry::Barter(barter) = &record.entry else { continue };
            let voice = |partner| self.terms().agreement().voice(partner) == Some(&record.centre);
            let (_, said) = all.entry(same(barter)).or_insert_with(|| (barter, Said::default()));
            let word = (record.time, record.centre.clone());
            if voice(&barter.from) {
                said.giver.push(word);
            } else if voice(&barter.to) {
                said.taker.push(word);
            }
        }
        let mut barters = Barters::default();
        for (barter, said) in all.values() {
            barters.enter(barter, said);
        }
        barters.agreed.sort_by(|a, b| (a.at, &a.from, &a.terms).cmp(&(b.at, &b.from, &b.terms)));
        barters
    }
}

impl Barters {
    /// Word for word: who says the same twice means it twice.
    fn enter(&mut self, barter: &Barter, said: &Said) {
        let both = said.giver.len().min(said.taker.len());
        let pairs = said.giver.iter().zip(&said.taker);
        self.agreed.extend(pairs.map(|((given, _), (taken, _))| entry(barter, *given.max(taken))));
        let lone = |words: &[(Time, CentreId)], needs: &PartnerId| -> Vec<Offer> {
            let rest = words.iter().skip(both);
            rest.map(|(at, by)| Offer { barter: entry(barter, *at), by: by.clone(), needs: needs.clone() })
                .collect()
        };
        self.offered.extend(lone(&said.giver, &barter.to));
        self.offered.extend(lone(&said.taker, &barter.from));
    }
}

/// The same for barters that are the same.
fn same(barter: &Barter) -> String {
    let Barter { from, to, pool, amount, terms } = barter;
    format!("{from} {to} {pool} {amount} {terms}")
}

fn entry(barter: &Barter, at: Time) -> ledger::Barter {
    let Barter { from, to, pool, amount, terms } = barter.clone();
    ledger::Barter { at, from, to, pool, amount, terms }
}

impl Offer {
    /// `{at, from, to, pool, amount, terms, by, needs}`; the amount is in the pool's unit.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let ledger::Barter { at, from, to, pool, amount, terms } = &self.barter;
        json!({
            "at": at.to_string(), "from": from.as_str(), "to": to.as_str(), "pool": pool.as_str(), "amount": amount, "terms": terms,
            "by": self.by.as_str(), "needs": self.needs.as_str(),
        })
    }
}

#[cfg(test)]
mod tests {
    use journal::Barter;
    use timeline::{Duration, Time};

    use super::{Barters, Said};

    fn said(giver: u32, taker: u32) -> Barters {
        let barter = Barter {
            from: "esa".parse().expect("it is an id"),
            to: "csa".parse().expect("it is an id"),
            pool: "us-crew-time".parse().expect("it is an id"),
            amount: 60,
            terms: "for a camera".to_owned(),
        };
        let words = |count: u32, centre: &str| {
            let word = |number| {
                (Time::EPOCH + Duration::HOUR * i64::from(number), centre.parse().expect("it is an id"))
            };
            (1..=count).map(word).collect()
        };
        let mut barters = Barters::default();
        barters.enter(&barter, &Said { giver: words(giver, "col-cc"), taker: words(taker, "csa-cc") });
        barters
    }

    #[test]
    fn a_barter_counts_when_both_have_said_it_and_is_an_offer_before() {
        for (giver, taker, agreed, offered) in
            [(1, 0, 0, 1), (0, 1, 0, 1), (1, 1, 1, 0), (2, 1, 1, 1), (2, 2, 2, 0)]
        {
            let barters = said(giver, taker);
            assert_eq!((barters.agreed.len(), barters.offered.len()), (agreed, offered), "{giver} {taker}");
        }
        let offer = &said(1, 0).offered[0];
        assert_eq!((offer.by.as_str(), offer.needs.as_str()), ("col-cc", "csa"));
        assert_eq!(said(2, 1).offered[0].barter.at, Time::EPOCH + Duration::HOUR * 2);
    }
}
