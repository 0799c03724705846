use book::Book;
use record::{PartnerId, PoolId};
use thiserror::Error;
use timeline::Time;

/// The most that changes hands at once, in a pool's unit (ours: 30 million years of one person aboard, a thousand million tonnes).
///
/// So that sums of nine thousand of them still fit 63 bits, which is what programs that read JSON have.
pub const MOST: u64 = 1_000_000_000_000_000;

/// An amount of a pool that one partner gives another.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Barter {
    /// When it counts.
    pub at: Time,
    /// Who gives.
    pub from: PartnerId,
    /// Who takes.
    pub to: PartnerId,
    /// Of what.
    pub pool: PoolId,
    /// How much, in the pool's unit.
    pub amount: u64,
    /// For what, in words.
    pub terms: String,
}

/// Why a barter is not entered.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum BarterFault {
    /// Of something that is not shared.
    #[error(
        "a barter of {at} is of the pool `{pool}`, which the book does not have; its pools stand in agreement.toml"
    )]
    Pool {
        /// When it was to count.
        at: Time,
        /// The pool.
        pool: PoolId,
    },
    /// With somebody who is no partner.
    #[error("a barter of {at} in `{pool}` names the partner `{partner}`, whom the book does not have")]
    Partner {
        /// When it was to count.
        at: Time,
        /// The pool.
        pool: PoolId,
        /// Who is not known.
        partner: PartnerId,
    },
    /// With itself.
    #[error("a barter of {at} in `{pool}` is of `{partner}` with itself")]
    Itself {
        /// When it was to count.
        at: Time,
        /// The pool.
        pool: PoolId,
        /// Who.
        partner: PartnerId,
    },
    /// Of more than there can be.
    #[error("a barter of {at} in `{pool}` is of {amount}, more than {MOST}; amounts are in the pool's unit")]
    Amount {
        /// When it was to count.
        at: Time,
        /// The pool.
        pool: PoolId,
        /// How much.
        amount: u64,
    },
}

impl Barter {
    /// What keeps it out of the ledger of a book; nothing when it can be entered.
    #[must_use]
    pub fn fault(&self, book: &Book) -> Option<BarterFault> {
        let (at, pool) = (self.at, self.pool.clone());
        if book.pools.get(&self.pool).is_none() {
            return Some(BarterFault::Pool { at, pool });
        }
        if let Some(partner) = [&self.from, &self.to].into_iter().find(|id| book.partners.get(id).is_none()) {
            return Some(BarterFault::Partner { at, pool, partner: partner.clone() });
        }
        if self.from == self.to {
            return Some(BarterFault::Itself { at, pool, partner: self.from.clone() });
        }
        (self.amount > MOST).then_some(BarterFault::Amount { at, pool, amount: self.amount })
    }
}
