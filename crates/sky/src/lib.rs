//! The orbit of a book's station and what it needs — Earth orientation, Sun, relays, antennas — from the book or from a file that
//! somebody has read.
//!
//! A [`Sky`] answers for one source of states; [`stretches`] joins the surroundings of many element sets over years, each as far as
//! it is to be believed.

mod error;
mod open;
mod sky;
mod stretches;

pub use error::SkyError;
pub use open::{Message, Text};
pub use sky::{Sky, link_globe, site_of};
pub use stretches::{Stretches, Trust, stretches};
