//! What the loss of any one flight, machine, power channel or cooling loop does to a station, by its own response policy: whether it
//! stays crewed, what must be done when, and what change of the plan would mend it.
//!
//! A power grid that one failure could black out is not run; that rule is called N−1. [`losses`] asks it of a plan of flights: each
//! loss is put into the plan, the stocks are forecast, and what the [policy](station::Measure) orders is done until nothing
//! more is due. What comes of it is a [`Consequence`].

mod ask;
mod breach;
mod consequence;
mod critical;
mod loss;
mod machine;
mod pairs;
mod power;
mod repair;

pub use ask::{Losses, Question, USUAL_SPAN, losses};
pub use breach::{Breach, Rule};
pub use consequence::{Consequence, End, Held, Reserve, Taken, Verdict};
pub use loss::{GROUNDED, Loss, LossKind, SLIPS};
pub use machine::Waits;
pub use pairs::{Pair, Pairs, pairs};
pub use repair::{Lever, Repair, repairs};
