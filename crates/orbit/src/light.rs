//! Sunlight on a spacecraft: umbra, penumbra, beta angle.

use glam::DVec3;
use timeline::{Interval, Window};

use crate::frames::EARTH_RATE_RAD_S;
use crate::limb::{Disc, Globe};
use crate::search::watch;
use crate::track::{Track, ZCross};
use crate::{EarthOrientation, Luminary, LuminaryPath, OrbitError};

/// How much of the Sun's disc the Earth must hide for it to count as shadow.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Shadow {
    /// All of it: the inner cone.
    Umbra,
    /// Its centre, so about half of it; for parallel rays the cylinder.
    Half,
    /// Any of it: the outer cone.
    Penumbra,
}

/// Radius of the Sun, km (IAU 2015 resolution B3).
pub const SUN_RADIUS_KM: f64 = 695_700.0;

/// When `station` is in the shadow of `globe`; only within what both tracks cover.
///
/// `sun` is the Sun's track, see [`sun_track`]. The air is not modelled; [`Globe::raised`] can stand in for its dense part.
#[must_use]
pub fn eclipses(station: &Track, sun: &Track, shadow: Shadow, globe: Globe) -> Window {
    let disc = match shadow {
        Shadow::Umbra => Disc::Whole { radius_km: SUN_RADIUS_KM },
        Shadow::Half => Disc::Point,
        Shadow::Penumbra => Disc::Any { radius_km: SUN_RADIUS_KM },
    };
    watch(station, sun, |station_km, sun_km| globe.hides(station_km, sun_km, disc))
}

/// The Sun's track over `span`: its apparent position, good to 0.1″.
///
/// # Errors
/// Outside the years 1900 to 2100.
pub fn sun_track(span: Interval, orientation: &EarthOrientation) -> Result<Track, OrbitError> {
    Track::of(&LuminaryPath::over(Luminary::Sun, span)?, span, orientation)
}

/// The angle between the orbital plane and the Sun, degrees; positive when the Sun stands on the side of the orbital
/// momentum.
///
/// Position, velocity and the Sun's position in ITRF, km and km/s.
#[must_use]
pub fn beta_deg(position_km: DVec3, velocity_km_s: DVec3, sun_km: DVec3) -> f64 {
    let inertial_km_s = velocity_km_s + EARTH_RATE_RAD_S * position_km.z_cross();
    let momentum = position_km.cross(inertial_km_s);
    (momentum.dot(sun_km) / (momentum.length() * sun_km.length())).clamp(-1.0, 1.0).asin().to_degrees()
}

/// The part of a revolution in shadow, 0 to 0.5, for a circular orbit and parallel rays (the cylinder).
///
/// ```
/// let minutes = |beta_deg| 92.8 * orbit::eclipsed_part(beta_deg, 415.0);
/// assert!((minutes(0.0) - 36.0).abs() < 0.1);
/// assert_eq!(minutes(71.0), 0.0);
/// ```
#[must_use]
pub fn eclipsed_part(beta_deg: f64, altitude_km: f64) -> f64 {
    let ratio = Globe::WGS84.equatorial_km / (Globe::WGS84.equatorial_km + altitude_km);
    let cos_half = (1.0 - ratio * ratio).max(0.0).sqrt() / beta_deg.to_radians().cos();
    if cos_half < 1.0 { cos_half.acos() / std::f64::consts::PI } else { 0.0 }
}
