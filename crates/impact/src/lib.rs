//! What a change does, told the same way to a command line, a server and a console.
//!
//! A [`Judge`] holds the rules of a book and what is asked in it against one plan, and keeps up with it edit by edit: what is newly
//! broken, what is mended ([`Verdict`]), whose share moves ([`Moved`]), and [`Judge::nearest`], the nearest times at which
//! something breaks nothing. It owns what it needs, so that a server keeps it between requests.
//!
//! [`impact`] compares two whole [`Situation`]s, plan and book: the same, and who else is touched, which reserve dates move, and which
//! single losses become critical.

mod agreed;
mod asked;
mod error;
mod impact;
mod judge;
mod losses;
mod margins;
mod names;
mod nearest;
mod shares;
mod surroundings;
mod text;
mod touched;
mod verdict;

pub use agreed::{PartMoved, RuleChanged};
pub use asked::{Fault, FaultKind};
pub use error::ImpactError;
pub use impact::{Impact, RECENT, Situation, impact};
pub use judge::{Judge, Standing};
pub use losses::{LossChanged, LossOutcome};
pub use margins::{MarginMoved, Mark, WithoutNext};
pub use names::{NameError, names, same_station};
pub use nearest::Slot;
pub use shares::Moved;
pub use surroundings::{everything, surroundings};
pub use text::{breach_to_json, fault_to_json, round, stamp};
pub use touched::Touched;
pub use verdict::{Difference, Verdict};
