//! The requests of a book as a problem for the planner, and its answer as a plan that the rules let pass.
//!
//! A [`Setting`] gathers what a plan is made from; [`schedule`] compiles it for the planner — flight rules as rests, limits and barred
//! times, shares as targets — searches, and holds the plan against all rules. What still breaks a rule that must be kept is taken out
//! again, so that no plan leaves here that the checker does not let pass.

mod bind;
mod build;
mod compile;
mod disruption;
mod grid;
mod increment;
mod setting;
mod shares;
mod told;

pub use build::{Refused, ScheduleError, Scheduled, concerns, schedule};
pub use disruption::Disruption;
pub use grid::{Grid, SLOT};
pub use increment::{Increment, Months, Week, increment};
pub use planner::{Continue, Options, Progress};
pub use setting::{Need, Setting};
pub use shares::{PoolShare, Sharing, shares};
pub use told::{Certainty, Clash, Told, idle};
