//! The ledger: what each partner is entitled to, what was planned for it and what it had, what it gave and took by barter, and the balance.
//!
//! All amounts are whole: minutes of crew time, seconds aboard, grams. In every pool and over any span entitlements add up to what there
//! was, and balances add up to nothing. Both come from one definition: an amount over a span is what had come together at its end less
//! what had come together at its beginning, so that the amounts of two spans add up to those of both.
//!
//! [`gather`] makes a [`Tally`] of each pool of a book; [`Tally::over`] is the [`Statement`] of a span; [`history`] is what each partner
//! did for the station.

mod apportion;
mod barter;
mod gather;
mod history;
mod span;
mod statement;
mod tally;
mod usage;

pub use apportion::apportion;
pub use barter::{Barter, BarterFault, MOST};
pub use gather::{Gathered, gather};
pub use history::{Carried, Flights, History, PartnerHistory, history};
pub use span::{Span, SpanError};
pub use statement::{Line, Standing, Statement};
pub use tally::Tally;
pub use usage::{Carriage, Extent, Measure, Use};
