use record::{ElementId, FlightId, VehicleId};
use timeline::Time;

/// One visit, from launch to landing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Flight {
    /// Names it.
    pub id: FlightId,
    /// Full name.
    pub name: String,
    /// Its type of vehicle.
    pub vehicle: VehicleId,
    /// The partner's own flight number, such as `68S`; may be empty.
    pub number: String,
    /// When it left the ground; planned when the outcome is.
    pub launched: Option<Time>,
    /// When it ended; nothing while it lasts.
    pub ended: Option<Time>,
    /// How it ended; nothing while it lasts.
    pub end: Option<End>,
    /// What became of it.
    pub outcome: Outcome,
    /// The elements it brought.
    pub elements: Vec<ElementId>,
}

record::words! {
    /// How a flight ended.
    pub enum End {
        /// Came back to the ground.
        Landed = "landed",
        /// Came back to the sea.
        Splashed = "splashed",
        /// Burned on re-entry.
        Burned = "burned",
        /// Stayed as a part of the station.
        Attached = "attached",
        /// Did not reach orbit or the station.
        Lost = "lost",
    }
}

record::words! {
    /// What became of a flight.
    pub enum Outcome {
        /// As meant.
        Success = "success",
        /// Arrived, not all as meant.
        Partial = "partial",
        /// Did not reach the station.
        Lost = "lost",
        /// Still to come.
        Planned = "planned",
    }
}
