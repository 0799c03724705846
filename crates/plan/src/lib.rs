//! What partners ask for, the crew day, and the integrated plan.
//!
//! A [`Request`] is what one partner wishes; a [`Block`] is what every day of everybody has. Wishes are made of both for
//! a span: each one thing to be done once.
//!
//! Times of day are GMT, crew time is in whole minutes.

mod day;
mod request;
mod template;

pub use day::{Clock, Day, Weekday};
pub use record::{BlockId, DayId, ElementId, KindId, PartnerId, PersonId, RequestId, ResourceId, SkillId};
pub use request::{After, By, Demand, Hours, Often, Period, Request, Role, Standing};
pub use template::{Block, DayKind, Extent, Holiday, Limit, Resource, Skill};
