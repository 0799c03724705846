//! The search for crew timelines.

mod board;
mod choose;
mod compile;
mod conflict;
mod core;
mod explain;
mod improve;
mod mandatory;
mod score;
mod search;
mod starts;

pub use core::{Core, CoreOptions, Proof, core, hold_all};
pub use explain::{Cause, Explanation, Reason, Remedy, explain};
pub use score::{Worth, worth};
pub use search::{Continue, Options, Outcome, Progress, search};
