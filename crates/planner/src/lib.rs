//! Searches that find plans, and what can be said about plans that cannot be found.
//!
//! [`Problem`] is a crew timeline on a grid of slots, free of any calendar: [`search`] finds a [`Solution`] and betters it as long as it is let,
//! [`bound`] says what none can exceed, [`explain`] why a task has no place and what would give it one, [`core`](core()) which mandatory tasks
//! cannot hold together, and [`verify`] looks at any plan slot by slot. [`Project`] is jobs in an order of precedence, to be done in the
//! least time by [`schedule`]. How it works is told in `docs/planner.md`.
//!
//! ```
//! use planner::{Continue, Options, Person, PersonSet, Problem, Role, SlotSet, Task, bound, search, verify};
//!
//! let both = PersonSet(0b11);
//! let task = |duration, count| Task {
//!     duration,
//!     crew: vec![Role { count, eligible: both }],
//!     starts: SlotSet::from_range(0..10),
//!     value: duration * count,
//!     ..Task::default()
//! };
//! let problem = Problem {
//!     slots: 10,
//!     day_starts: vec![0],
//!     persons: vec![Person::default(); 2],
//!     tasks: vec![task(6, 2), task(4, 1), task(4, 1), task(5, 1)],
//!     ..Problem::default()
//! };
//! let options = Options { iterations: Some(100), ..Options::default() };
//! let outcome = search(&problem, &options, &mut |_| Continue::Spent(0.0)).expect("a sound problem");
//! assert!(verify(&problem, &outcome.solution).is_empty());
//! assert_eq!((outcome.worth.value, bound(&problem).expect("a sound problem").value), (20, 20));
//! ```

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
    Worth, core, explain, hold_all, search, worth,
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
