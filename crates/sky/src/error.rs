use orbit::OrbitError;
use thiserror::Error;
use timeline::{ProfileError, Time};

/// Why there is no orbit.
#[derive(Debug, Error)]
pub enum SkyError {
    /// The engines refuse.
    #[error(transparent)]
    Orbit(#[from] OrbitError),
    /// What was found cannot be a profile.
    #[error(transparent)]
    Profile(#[from] ProfileError),
    /// Nothing was in orbit then.
    #[error("the station began on {0}; before that there is no orbit")]
    NotYet(Time),
    /// The book says nothing of an orbit.
    #[error("{0} has no element set: name a file with --oem, --tle or --omm")]
    NoElements(String),
    /// A message has faults that must be mended.
    #[error("the file is damaged:\n  {0}")]
    Damaged(String),
    /// A message holds nothing.
    #[error("{name} holds nothing that could be read; expected {expected}")]
    Empty {
        /// The file.
        name: String,
        /// What should be in it.
        expected: &'static str,
    },
    /// A message is of others.
    #[error("{0} holds several objects, none of which is the station of the book")]
    OtherObjects(String),
}
