//! Orbit, frames, light, links and passes, as profiles with exact crossing times.

mod elements;
mod state;

pub use elements::ElementSet;
pub use state::{Eme2000, Frame, Gcrf, Itrf, State, Teme};
