use record::{EngineId, Mass, StoreId};
use timeline::{Interval, Time};

/// What air does to the station.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Drag {
    /// Drag coefficient, for the areas of [`Body`] and the atmosphere that the forecast has.
    pub coefficient: f64,
    /// Inclination of the orbit, degrees.
    pub inclination_deg: f64,
    /// Mean height below which nothing keeps the station up, km above the equatorial radius.
    pub lowest_km: f64,
}

/// What of the station meets the air from some time on, and how heavy it is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Body {
    /// Since when.
    pub from: Time,
    /// Mean area across the flight, over orbits and attitudes, m².
    pub area_m2: f64,
    /// What the station weighs beyond its elements at launch and the vehicles docked: fittings, goods, loads.
    pub added: Mass,
}

/// Between what heights the station is kept from some time on, km of the mean orbit above the equatorial radius.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Band {
    /// Since when.
    pub from: Time,
    /// It is raised when it has sunk to here.
    pub floor_km: f64,
    /// To where it is raised.
    pub target_km: f64,
}

/// An engine that can raise the orbit.
#[derive(Clone, PartialEq, Debug)]
pub struct Engine {
    /// Names it.
    pub id: EngineId,
    /// Full name.
    pub name: String,
    /// Which burns first: the lowest number. No two engines have the same.
    pub priority: u32,
    /// Specific impulse, s.
    pub specific_impulse_s: f64,
    /// What it draws on.
    pub tank: Tank,
    /// Can burn since; nothing when it always could.
    pub from: Option<Time>,
    /// Can burn until; nothing while no end is known.
    pub until: Option<Time>,
}

impl Engine {
    /// The time during which it can burn; nothing when it ended before it began.
    #[must_use]
    pub fn service(&self) -> Option<Interval> {
        Interval::new(self.from.unwrap_or(Time::MIN), self.until.unwrap_or(Time::MAX))
    }
}

/// What an engine burns.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Tank {
    /// What is in a store of the station.
    Store(StoreId),
    /// What a docked vehicle of this family has in its own tanks and nobody counts.
    Vehicle(String),
}
