use std::marker::PhantomData;

use glam::DVec3;
use timeline::Time;

/// A reference frame, known to the compiler so that two frames are never mixed.
pub trait Frame: Copy + Clone + PartialEq + std::fmt::Debug + Send + Sync + 'static {
    /// The frame's name as CCSDS messages write it.
    const NAME: &'static str;
}

macro_rules! frames {
    ($($(#[$doc:meta])* $frame:ident = $name:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct $frame;
        impl Frame for $frame {
            const NAME: &'static str = $name;
        }
    )*};
}

frames! {
    /// True equator, mean equinox of date: the frame of SGP4 (Vallado et al., AIAA 2006-6753).
    Teme = "TEME";
    /// Geocentric celestial reference frame (IAU 2000 resolution B1.3).
    Gcrf = "GCRF";
    /// Mean equator and equinox of J2000.0, 23 mas from GCRF: the frame of NASA's published trajectories.
    Eme2000 = "EME2000";
    /// International terrestrial reference frame: fixed to the Earth.
    Itrf = "ITRF";
}

/// Where something is and how fast it moves, in frame `F` from the centre of the Earth.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct State<F: Frame> {
    /// When.
    pub time: Time,
    /// Position, km.
    pub position_km: DVec3,
    /// Velocity, km/s; in [`Itrf`] relative to the rotating Earth.
    pub velocity_km_s: DVec3,
    frame: PhantomData<F>,
}

impl<F: Frame> State<F> {
    /// A state from its parts.
    #[must_use]
    pub const fn new(time: Time, position_km: DVec3, velocity_km_s: DVec3) -> Self {
        Self { time, position_km, velocity_km_s, frame: PhantomData }
    }
}
