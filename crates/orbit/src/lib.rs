//! Orbit, frames, light, links and passes, as profiles with exact crossing times.

mod anomaly;
mod contacts;
mod elements;
mod light;
mod limb;
mod passes;
mod relays;
mod search;
mod state;
mod track;

pub use anomaly::{Anomaly, anomaly_passages};
pub use contacts::{Aspect, Contact, Site, contacts};
pub use elements::ElementSet;
pub use light::{AscendingNode, SUN_RADIUS_KM, Shadow, ascending_nodes, beta_deg, eclipsed_part, eclipses};
pub use limb::Globe;
pub use passes::{Appears, Pass, Seeing, Vanishes, compass_point, magnitude, passes, passes_outside};
pub use relays::{Leg, Relay, any_in_sight, hand_overs, in_sight};
pub use state::{Eme2000, Frame, Gcrf, Itrf, State, Teme};
pub use track::{Track, step_for};
