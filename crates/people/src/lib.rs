//! Who is aboard: persons, their stays, and the record of presence.

mod aboard;
mod person;
mod presence;
mod stay;

pub use aboard::{Aboard, aboard, aboard_at, crew_profile};
pub use person::{Person, Qualification};
pub use presence::{PersonTime, gaps, longest_stays, person_time_by_partner, presence};
pub use record::{FlightId, PersonId};
pub use stay::{Exit, Role, Spacewalk, Stay};
