//! What comes and goes: vehicle types, flights, what was planned for them when, the ports they hold, the seats they offer, what
//! they bring and take, and into which stores it goes.

mod cargo;
mod delivery;
mod docking;
mod fitness;
mod flight;
mod plan;
mod vehicle;

pub use cargo::{Basis, Bookkeeping, Cargo, CargoDirection, CargoKind, cargo_by_kind, cargo_mass};
pub use delivery::{Delivery, StoreShare};
pub use docking::{Docking, Visit, docked_at, port_occupancy, port_profiles, visits};
pub use fitness::{Fitness, seat_changes, seats_of_visit};
pub use flight::{End, Flight, Outcome};
pub use plan::{Plan, plans_at};
pub use record::{FlightId, VehicleId};
pub use vehicle::{Join, Seats, Vehicle, seats_at};
