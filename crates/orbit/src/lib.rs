//! Orbit, frames, light, links and passes, as profiles with exact crossing times.

mod anomaly;
mod arc;
mod archive;
mod celestial;
mod contacts;
mod earth;
mod elements;
mod environment;
mod ephemeris;
mod error;
mod frames;
mod growth;
mod horizon;
mod light;
mod limb;
mod luminary;
mod mean_orbit;
mod mean_path;
mod orientation;
mod passes;
mod relays;
mod revolutions;
mod search;
mod smooth;
mod state;
mod table;
mod theory;
mod track;

pub use anomaly::{Anomaly, anomaly_passages};
pub use archive::Archive;
pub use celestial::{
    eme2000_to_gcrf, gcrf_to_eme2000, gcrf_to_itrf, gcrf_to_teme, itrf_to_gcrf, teme_to_gcrf,
};
pub use contacts::{Contact, contacts};
pub use earth::Geodetic;
pub use elements::ElementSet;
pub use environment::{Environment, LINK_CLEARANCE_KM, Neighbours, Surroundings, low_orbit};
pub use ephemeris::{Ephemeris, states_itrf};
pub use error::OrbitError;
pub use frames::{EARTH_RATE_RAD_S, itrf_to_teme, teme_to_itrf};
pub use growth::Growth;
pub use horizon::{Aspect, Site};
pub use light::{SUN_RADIUS_KM, Shadow, beta_deg, eclipsed_part, eclipses, sun_track};
pub use limb::Globe;
pub use luminary::{Luminary, LuminaryPath};
pub use mean_orbit::{MeanOrbit, earth_sun_au, mean_orbit};
pub use mean_path::MeanPath;
pub use orientation::{EarthOrientation, Orientation, OrientationQuality, OrientationRow};
pub use passes::{Appears, Pass, Seeing, Vanishes, compass_point, magnitude, passes, passes_outside};
pub use relays::{Leg, Relay, any_in_sight, hand_overs, in_sight};
pub use revolutions::{AscendingNode, altitude_profile, ascending_nodes, beta_profile, revolutions};
pub use state::{Eme2000, Frame, Gcrf, Itrf, State, Teme};
pub use table::{Segment, Tabulated};
pub use theory::Sgp4;
pub use track::{Track, step_for};
