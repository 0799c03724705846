use record::{FlightId, Mass, PartnerId, VehicleId};
use timeline::{Duration, Time};

use crate::{Docking, docked_at};

/// A type of visiting vehicle.
#[derive(Clone, PartialEq, Debug)]
pub struct Vehicle {
    /// Names it.
    pub id: VehicleId,
    /// Full name.
    pub name: String,
    /// The family it belongs to, such as `soyuz`.
    pub family: String,
    /// Who provides it.
    pub partner: PartnerId,
    /// Whether people fly in it.
    pub crewed: bool,
    /// Its seats.
    pub seats: Seats,
    /// How it joins the station; nothing when it never does by itself.
    pub joins: Option<Join>,
    /// The mechanisms it may carry.
    pub mechanisms: Vec<String>,
    /// Usual time from launch to docking.
    pub usual_transit: Option<Duration>,
    /// Usual time docked.
    pub usual_stay: Option<Duration>,
    /// Certified life in orbit.
    pub life: Option<Duration>,
    /// Mass at launch.
    pub mass: Option<Mass>,
    /// Usual cargo up, all kinds.
    pub cargo_up: Option<Mass>,
    /// Usual cargo down.
    pub cargo_down: Option<Mass>,
    /// When the first of its type flew.
    pub first_flight: Option<Time>,
    /// When the last of its type flew; nothing while it flies.
    pub last_flight: Option<Time>,
}

record::words! {
    /// How a vehicle joins the station.
    pub enum Join {
        /// By itself.
        Dock = "dock",
        /// Caught and set by an arm.
        Berth = "berth",
    }
}

/// Seats to orbit and back to the ground.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub struct Seats {
    /// Up.
    pub up: u32,
    /// Down.
    pub down: u32,
}

/// The seats of all crewed vehicles docked at `time`: what could carry people down at once.
///
/// `seats` says how many a flight has then; a flight of which nobody knows offers none.
pub fn seats_at<'a>(
    dockings: impl IntoIterator<Item = &'a Docking>,
    seats: impl Fn(&FlightId) -> Option<Seats>,
    time: Time,
) -> Seats {
    docked_at(dockings, time).filter_map(|docking| seats(&docking.flight)).fold(
        Seats::default(),
        |sum, seats| Seats { up: sum.up.saturating_add(seats.up), down: sum.down.saturating_add(seats.down) },
    )
}
