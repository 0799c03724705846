//! Orbit ephemeris messages (CCSDS 502.0-B-3, chapter 5) in two forms: KVN and XML.
//!
//! Accepted are states about the Earth in the four frames of [`States`], on the clocks of [`TimeSystem`]; a message in
//! another frame or on another clock is refused, not converted. What NASA writes into the comments of its station
//! trajectories is read by [`facts`] and [`events`].

mod draft;
mod kvn;
mod metadata;
mod nasa;
mod write;

mod xml;

use orbit::{Eme2000, Frame, Gcrf, Itrf, State, Teme};
use timeline::Time;

pub use crate::epoch::TimeSystem;
use crate::header::Header;
pub use kvn::read_kvn;
pub use nasa::{AscendingNode, EventKind, Facts, TrajectoryEvent, events, facts};

pub use write::{write_kvn, write_xml};
pub use xml::read_xml;

/// An orbit ephemeris message: where one or more objects are, at a row of times.
#[derive(Clone, PartialEq, Debug)]
pub struct Oem {
    /// Who made it, and when.
    pub header: Header,
    /// Its stretches, in order.
    pub segments: Vec<Segment>,
}

/// One stretch of an ephemeris.
#[derive(Clone, PartialEq, Debug)]
pub struct Segment {
    /// What it is about.
    pub metadata: Metadata,
    /// The comments before its states, in order and as written.
    pub comments: Vec<String>,
    /// Its states, times strictly ascending.
    pub states: States,
}

/// What a segment is about (CCSDS 502.0-B-3, table 5-3); the centre is always the Earth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Metadata {
    /// Comments, in order.
    pub comments: Vec<String>,
    /// Name of the object, such as `ISS`.
    pub object_name: String,
    /// International designator as written, such as `1998-067-A`.
    pub object_id: String,
    /// The clock of the message's times.
    pub time_system: TimeSystem,
    /// Begin of the time covered.
    pub start: Time,
    /// End of the time covered.
    pub stop: Time,
    /// Begin of the time over which interpolation is sound.
    pub useable_start: Option<Time>,
    /// End of the time over which interpolation is sound.
    pub useable_stop: Option<Time>,
    /// How the maker wants states between to be found.
    pub interpolation: Option<Interpolation>,
}

/// How states between the given ones are found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Interpolation {
    /// `HERMITE`, `LAGRANGE`, `LINEAR`.
    pub method: String,
    /// Degree of the polynomial.
    pub degree: Option<u32>,
}

/// The states of a segment, in the frame that it names.
#[derive(Clone, PartialEq, Debug)]
pub enum States {
    /// Mean equator and equinox of J2000.0.
    Eme2000(Vec<State<Eme2000>>),
    /// Geocentric celestial reference frame.
    Gcrf(Vec<State<Gcrf>>),
    /// True equator, mean equinox of date.
    Teme(Vec<State<Teme>>),
    /// International terrestrial reference frame.
    Itrf {
        /// Its realisation as written: `ITRF`, `ITRF-97`, `ITRF2014`.
        realisation: String,
        /// The states.
        states: Vec<State<Itrf>>,
    },
}

impl States {
    /// The frame as CCSDS messages write it.
    #[must_use]
    pub fn frame_name(&self) -> &str {
        match self {
            Self::Eme2000(_) => Eme2000::NAME,
            Self::Gcrf(_) => Gcrf::NAME,
            Self::Teme(_) => Teme::NAME,
            Self::Itrf { realisation, .. } => realisation,
        }
    }

    /// How many states there are.
    #[must_use]
    pub fn len(&self) -> usize {
        match self {
            Self::Eme2000(states) => states.len(),
            Self::Gcrf(states) => states.len(),
            Self::Teme(states) => states.len(),
            Self::Itrf { states, .. } => states.len(),
        }
    }

    /// Whether there are none; a reader never returns such.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}
