//! What partners and the crew day ask, held against a plan, whoever made it.
//!
//! This is apart from the planner: it reads requests as they stand in the book, and what must be done and what follows what from
//! [`plan::wishes`]. A plan that a search made and one that a person made pass the same.

mod asks;
mod crowd;
mod day;
mod fault;
mod held;
mod order;
mod own;
mod said;
mod seats;
mod times;

pub(crate) use asks::Asks;
pub use fault::{Fault, FaultKind};
pub(crate) use held::{Changed, Held};
