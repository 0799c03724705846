//! How high the station flies: it sinks by drag, is raised when it has sunk to its floor, and burns propellant for that.
//!
//! The air, the drag and the mass are constant between the days of the space weather, so that the height is known in closed form
//! there, and the instant at which a floor is reached exactly. [`HeightModel`] holds all that is known beforehand; a
//! [`HeightCourse`] goes through it and asks for propellant when a burn is due.

mod course;
mod model;
mod trace;

pub(crate) use course::HeightCourse;
pub(crate) use model::HeightModel;
pub use trace::Burn;
pub(crate) use trace::HeightTrace;
