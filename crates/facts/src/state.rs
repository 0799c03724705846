//! Position and velocity at one moment.

use orbit::{EarthOrientation, Frame, Geodetic, OrientationQuality, State, Teme};
use serde_json::{Value, json};
use sky::Sky;
use timeline::Time;

use crate::{FactsError, Provenance, round};

record::words! {
    /// A frame that a state can be told in.
    pub enum FrameName {
        /// True equator, mean equinox: SGP4's own.
        Teme = "teme",
        /// Geocentric celestial reference frame.
        Gcrf = "gcrf",
        /// International terrestrial reference frame.
        Itrf = "itrf",
    }
}

/// A state with what is below it.
#[derive(Clone, PartialEq, Debug)]
pub struct StateAt {
    /// When.
    pub time: Time,
    /// The frame's name.
    pub frame: &'static str,
    /// Position, km.
    pub position_km: [f64; 3],
    /// Velocity, km/s.
    pub velocity_km_s: [f64; 3],
    /// The place below, and the height.
    pub below: Geodetic,
    /// How good the orbit is.
    pub provenance: Provenance,
    /// How well the Earth's orientation is known.
    pub orientation: OrientationQuality,
}

/// The state at `at` in a frame.
///
/// # Errors
/// Where the orbit is not known.
pub fn state(sky: &Sky<'_>, at: Time, frame: FrameName) -> Result<StateAt, FactsError> {
    let state = sky.state(at)?;
    let fixed = orbit::teme_to_itrf(&state, sky.orientation());
    let (frame, position_km, velocity_km_s) = in_frame(&state, frame, sky.orientation());
    Ok(StateAt {
        time: at,
        frame,
        position_km,
        velocity_km_s,
        below: Geodetic::of(fixed.position_km),
        provenance: Provenance::at(sky, at),
        orientation: sky.orientation().at(at).quality,
    })
}

fn in_frame(
    state: &State<Teme>,
    frame: FrameName,
    orientation: &EarthOrientation,
) -> (&'static str, [f64; 3], [f64; 3]) {
    fn parts<F: Frame>(state: &State<F>) -> (&'static str, [f64; 3], [f64; 3]) {
        (F::NAME, state.position_km.to_array(), state.velocity_km_s.to_array())
    }
    match frame {
        FrameName::Teme => parts(state),
        FrameName::Gcrf => parts(&orbit::teme_to_gcrf(state)),
        FrameName::Itrf => parts(&orbit::teme_to_itrf(state, orientation)),
    }
}

impl StateAt {
    /// One object.
    #[must_use]
    pub fn json(&self) -> Value {
        json!({
            "time": self.time.to_string(),
            "frame": self.frame.to_ascii_lowercase(),
            "position_km": self.position_km,
            "velocity_km_s": self.velocity_km_s,
            "lat_deg": round(self.below.latitude_deg, 6),
            "lon_deg": round(self.below.longitude_deg, 6),
            "altitude_km": round(self.below.height_km, 4),
            "source": self.provenance.source,
            "age_days": round(self.provenance.age_days, 6),
            "error_km": round(self.provenance.error_km, 3),
            "warning": self.provenance.warning,
            "earth_orientation": quality_word(self.orientation),
        })
    }
}

/// How well the Earth's orientation is known, in words.
#[must_use]
pub fn quality_word(quality: OrientationQuality) -> &'static str {
    match quality {
        OrientationQuality::Observed => "observed",
        OrientationQuality::Predicted => "predicted",
        OrientationQuality::Held => "held at the end of its table",
        OrientationQuality::Unknown => "unknown",
    }
}
