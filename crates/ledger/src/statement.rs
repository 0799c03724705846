use record::{PartnerId, PoolId};

use crate::Span;

/// A pool over a span. Amounts are in the pool's unit; what is not known is nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// The pool.
    pub pool: PoolId,
    /// The span.
    pub span: Span,
    /// What there was to share.
    pub whole: Option<i128>,
    /// Each partner that is entitled to some of it, had some of it or bartered it; in the order of the agreement, then of the book.
    pub lines: Vec<Line>,
    /// Had while nothing was agreed about it; not part of the whole.
    pub beyond_terms: i128,
    /// Had by nobody in particular; not part of the whole.
    pub nobodys: i128,
}

/// A partner's account of a pool over a span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// Whose.
    pub partner: PartnerId,
    /// Its agreed part of the whole.
    pub entitled: Option<i128>,
    /// Planned for it.
    pub planned: Option<i128>,
    /// What it really had.
    pub flown: Option<i128>,
    /// Planned for it and neither done nor given up.
    pub open: Option<i128>,
    /// What it put in.
    pub provided: Option<i128>,
    /// Given to others by barter.
    pub given: i128,
    /// Taken from others by barter.
    pub taken: i128,
    /// Flights of which this counts what they carried.
    pub flights: u64,
    /// Flights of which nobody says what they carried.
    pub untold_flights: u64,
}

/// How a partner stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// It has had more than it is entitled to.
    Ahead,
    /// It has had what it is entitled to.
    Even,
    /// It is owed something.
    Behind,
}

impl Standing {
    /// The word for it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Ahead => "ahead",
            Self::Even => "even",
            Self::Behind => "behind",
        }
    }
}

impl Line {
    /// Whether nothing of it is other than nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let columns = [self.entitled, self.planned, self.flown, self.open, self.provided];
        let bartered = self.given != 0 || self.taken != 0;
        columns.into_iter().flatten().all(|amount| amount == 0)
            && !bartered
            && self.flights + self.untold_flights == 0
    }

    /// The sum of two accounts, under the name of the first.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        let sum = |a: Option<i128>, b: Option<i128>| Some(a? + b?);
        Self {
            partner: self.partner,
            entitled: sum(self.entitled, other.entitled),
            planned: sum(self.planned, other.planned),
            flown: sum(self.flown, other.flown),
            open: sum(self.open, other.open),
            provided: sum(self.provided, other.provided),
            given: self.given + other.given,
            taken: self.taken + other.taken,
            flights: self.flights + other.flights,
            untold_flights: self.untold_flights + other.untold_flights,
        }
    }

    /// What it had, and is still to have by the plan; nothing when who had what is not known.
    #[must_use]
    pub fn used(&self) -> Option<i128> {
        Some(self.flown? + self.open.unwrap_or_default())
    }

    /// Used less entitled, and given less taken: more than nothing is ahead of its part, less is behind. What it gave away counts as
    /// had; what it took was another's to have.
    #[must_use]
    pub fn balance(&self) -> Option<i128> {
        Some(self.used()? - self.entitled? + self.given - self.taken)
    }

    /// How it stands; nothing when that is not known.
    #[must_use]
    pub fn standing(&self) -> Option<Standing> {
        Some(match self.balance()?.cmp(&0) {
            std::cmp::Ordering::Greater => Standing::Ahead,
            std::cmp::Ordering::Equal => Standing::Even,
            std::cmp::Ordering::Less => Standing::Behind,
        })
    }
}
