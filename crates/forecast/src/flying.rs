//! How a station flies, as somebody writes it down.

use orbit::SpaceWeather;
use timeline::{Interval, Time};

/// How a station flies through thin air, in plain numbers. Heights are of the mean orbit above the equatorial radius.
///
/// Lists of what holds from some time on need no order of their own; of two records of one time the last counts.
#[derive(Clone, PartialEq, Debug)]
pub struct Flying {
    /// Inclination of the orbit, degrees.
    pub inclination_deg: f64,
    /// Drag coefficient.
    pub drag_coefficient: f64,
    /// Below this height nothing keeps the station up, km.
    pub lowest_km: f64,
    /// How high it is at [`Draft::begins`](crate::Draft::begins), km.
    pub height_km: f64,
    /// Heights measured later, km: they hold from then on, whatever was computed.
    pub heights: Vec<(Time, f64)>,
    /// Since when how heavy it is, kg; the first mass holds before its time too.
    pub masses: Vec<(Time, f64)>,
    /// Since when how much area meets the air, m²; the first area holds before its time too.
    pub areas: Vec<(Time, f64)>,
    /// Since when between what heights it is kept; before the first nothing raises it.
    pub bands: Vec<HeightBand>,
    /// What raises it; the first that can burns first.
    pub engines: Vec<Engine>,
    /// What drives the air since when; the first day holds before it too.
    pub weather: Vec<(Time, SpaceWeather)>,
}

/// Between what heights a station is kept.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct HeightBand {
    /// Since when.
    pub since: Time,
    /// It is raised when it has sunk to here, km.
    pub floor_km: f64,
    /// To where it is raised, km.
    pub target_km: f64,
}

/// An engine that raises the orbit.
#[derive(Clone, PartialEq, Debug)]
pub struct Engine {
    /// Names it.
    pub name: String,
    /// Specific impulse, s.
    pub specific_impulse_s: f64,
    /// The store it empties; without one it burns what nobody counts.
    pub store: Option<String>,
    /// When it can burn.
    pub during: Vec<Interval>,
}
