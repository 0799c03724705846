//! The search for crew timelines.

mod board;
mod choose;
mod compile;
mod conflict;
mod improve;
mod mandatory;
mod score;
mod search;
mod starts;

pub use score::{Worth, worth};
pub use search::{Continue, Options, Outcome, Progress, search};
