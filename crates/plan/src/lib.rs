//! What partners ask for, the crew day, and the integrated plan.
//!
//! A [`Request`] is what one partner wishes; a [`Block`] is what every day of everybody has. [`wishes`] makes single [`Wish`]es of both
//! for a span. A [`Plan`] says who does what, when and where; an [`Edit`] changes it and can be undone; [`merge`] joins two plans
//! that were edited apart; [`departures`] says where a finer plan leaves the one above it.
//!
//! Times of day are GMT, crew time is in whole minutes.

mod bind;
mod crew;
mod dates;
mod day;
mod edit;
mod edit_text;
mod expand;
mod merge;
mod parts;
mod plan;
mod refine;
mod request;
mod template;
mod text;
mod wish;

pub use crew::{Calendar, Member};
pub use day::{Clock, Day, Weekday};
pub use edit::{Edit, EditError, History, Step, apply};
pub use edit_text::{edit_from_json, edit_to_json};
pub use merge::{Conflict, Part, merge};
pub use parts::GRID_MIN;
pub use plan::{Activity, ActivityId, ActivityIdError, Hold, Level, Origin, Plan, Progress, Task};
pub use record::{BlockId, DayId, ElementId, KindId, PartnerId, PersonId, RequestId, ResourceId, SkillId};
pub use refine::{Departure, departures};
pub use request::{After, By, Demand, Hours, Often, Period, Request, Role, Standing};
pub use template::{Block, DayKind, Extent, Holiday, Limit, Resource, Skill};
pub use text::{PlanTextError, activity_from_json, activity_to_json, plan_from_json, read_json, to_json};
pub use wish::{Asked, Bond, Idle, Link, Seat, Wish, Wishes, wishes};
