//! Searches that find plans, and what can be said about plans that cannot be found.
//!
//! [`Problem`] is a crew timeline on a grid of slots, free of any calendar.

mod bound;
mod check;
mod crew;
mod crewweek;
mod problem;
mod project;
mod rng;
mod slots;
mod verify;

pub use bound::{Bound, bound};
pub use check::Fault;
pub use crew::{
    Cause, Continue, Core, CoreOptions, Explanation, Options, Outcome, Progress, Proof, Reason, Remedy,
    Worth, core, explain, search, worth,
};
pub use crewweek::{ReadError, read_crew_week};
pub use problem::{
    DayLimit, Demand, MAX_KINDS, MAX_PERSONS, MAX_SLOTS, MAX_TASKS, Need, Partner, Person, PersonSet,
    Placement, Presence, Previous, Problem, Relation, Resource, Role, Separation, Solution, Spread, Task,
};
pub use project::{
    Job, MAX_JOBS, MAX_TOTAL, Project, ProjectFault, ScheduleOptions, ScheduleOutcome, read_psplib, schedule,
};
pub use slots::SlotSet;
pub use verify::{Violation, verify};
