//! Electricity: what feeds the channels of a station, what its batteries carry through the night, and what is shed when they cannot.

mod balance;
mod course;
mod draft;
mod grid;
mod of_book;
mod profiles;
mod trace;

pub(crate) use course::PowerCourse;
pub use draft::{Channel, ChannelDay, Cooling, Day, Draws, Load, Power, Revolution, Transfer, Zoom};
pub(crate) use grid::Grid;
pub(crate) use of_book::power;
pub use profiles::{Shedding, SheddingReason};
pub(crate) use profiles::{power_profiles, sheddings};
pub(crate) use trace::PowerTrace;
