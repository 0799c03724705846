//! Searches that find plans, and what can be said about plans that cannot be found.
//!
//! [`Problem`] is a crew timeline on a grid of slots, free of any calendar.

mod problem;
mod slots;

pub use problem::{
    DayLimit, Demand, MAX_KINDS, MAX_PERSONS, MAX_SLOTS, MAX_TASKS, Need, Partner, Person, PersonSet,
    Placement, Presence, Previous, Problem, Relation, Resource, Role, Separation, Solution, Spread, Task,
};
pub use slots::SlotSet;
