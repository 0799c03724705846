//! Time, intervals, windows, profiles and findings: the small algebra that everything else is written in.
//!
//! A profile is a named, unit-carrying function of time; a window is the set of times where something holds. The
//! environment, traffic, forecast and plan produce profiles; rules read them; ledgers integrate them. Nothing here knows
//! what a station is.

mod calendar;
mod duration;
mod finding;
mod interval;
mod profile;
mod suggest;
mod time;
mod unit;
mod window;

pub use calendar::{Civil, TimeError};
pub use duration::Duration;
pub use finding::{Finding, Place, Severity};
pub use interval::Interval;
pub use profile::{Bucket, Cursor, Direction, Extreme, Kind, Profile, ProfileError, Segment};
pub use suggest::{did_you_mean, nearest};
pub use time::Time;
pub use unit::{TimeUnit, Unit, UnitError};
pub use window::Window;
