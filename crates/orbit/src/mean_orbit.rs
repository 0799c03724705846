use std::f64::consts::{PI, TAU};

use glam::DVec3;
use timeline::{Duration, Interval, Profile, ProfileError, Time, Unit};

use crate::ElementSet;
use crate::environment::Surroundings;
use crate::light::eclipsed_part;
use crate::limb::Globe;
use crate::track::GRAVITY_KM3_S2;

/// A circular orbit that only turns with the Earth's flattening: enough for power and heat over decades.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct MeanOrbit {
    /// When the node stands at `raan_deg`.
    pub epoch: Time,
    /// Altitude above the equatorial radius, km; taken as kept by reboosts.
    pub altitude_km: f64,
    /// Inclination, degrees.
    pub inclination_deg: f64,
    /// Right ascension of the ascending node at the epoch, TEME, degrees.
    pub raan_deg: f64,
}

/// Second zonal harmonic of the Earth's gravity (IERS Conventions 2010, table 1.1).
const J2: f64 = 1.082_635_9e-3;

impl MeanOrbit {
    /// The mean orbit of an element set.
    #[must_use]
    pub fn of(elements: &ElementSet) -> Self {
        let rate_rad_s = elements.mean_motion_rev_day * TAU / 86_400.0;
        let axis_km = (GRAVITY_KM3_S2 / (rate_rad_s * rate_rad_s)).cbrt();
        Self {
            epoch: elements.epoch,
            altitude_km: axis_km - Globe::WGS84.equatorial_km,
            inclination_deg: elements.inclination_deg,
            raan_deg: elements.raan_deg,
        }
    }

    /// How long a revolution takes.
    #[must_use]
    pub fn period(&self) -> Duration {
        Duration::from_seconds(TAU / self.rate_rad_s())
    }

    /// The same orbit with its node turned on to `time`, at the secular rate of J2, `−3/2 J₂ (R/a)² n cos i`.
    #[must_use]
    pub fn carried_to(&self, time: Time) -> Self {
        let ratio = Globe::WGS84.equatorial_km / self.axis_km();
        let cos_i = self.inclination_deg.to_radians().cos();
        let turning_rad_s = -1.5 * J2 * ratio * ratio * self.rate_rad_s() * cos_i;
        let turned_deg = (turning_rad_s * (time - self.epoch).seconds()).to_degrees();
        Self { epoch: time, raan_deg: self.raan_deg + turned_deg, ..*self }
    }

    /// The beta angle at `time`, degrees.
    ///
    /// The Sun follows the Astronomical Almanac's low-precision formulas. Within 0.2° for a month; over years the altitude's
    /// history turns the node more or less, and the phase of the beta cycle is lost.
    #[must_use]
    pub fn beta_deg(&self, time: Time) -> f64 {
        let (sin_i, cos_i) = self.inclination_deg.to_radians().sin_cos();
        let (sin_node, cos_node) = self.carried_to(time).raan_deg.to_radians().sin_cos();
        let normal = DVec3::new(sin_i * sin_node, -sin_i * cos_node, cos_i);
        normal.dot(sun_direction(time)).clamp(-1.0, 1.0).asin().to_degrees()
    }

    fn axis_km(&self) -> f64 {
        Globe::WGS84.equatorial_km + self.altitude_km
    }

    fn rate_rad_s(&self) -> f64 {
        (GRAVITY_KM3_S2 / self.axis_km().powi(3)).sqrt()
    }
}

/// A mean orbit as an environment: a value a day, so that decades cost a millisecond.
///
/// | profile | meaning |
/// |---|---|
/// | `env.beta_deg` | the Sun's angle to the orbital plane; between days a straight line is off by 0.1° at most |
/// | `env.sunlit_part` | the part of each revolution in sunlight |
/// | `env.altitude_km`, `env.period_min` | as given, throughout |
///
/// # Errors
/// When a figure of the orbit is not finite.
pub fn mean_orbit(orbit: &MeanOrbit, span: Interval) -> Result<Surroundings, ProfileError> {
    let days = span.duration().days().ceil() as i64;
    let betas: Vec<(Time, f64)> = (0..=days)
        .map(|day| (span.start() + Duration::DAY * day).min(span.end()))
        .map(|time| (time, orbit.beta_deg(time)))
        .collect();
    let lit = betas.iter().map(|&(time, beta)| (time, 1.0 - eclipsed_part(beta, orbit.altitude_km)));
    let minutes = orbit.period().seconds() / 60.0;
    let profiles = vec![
        Profile::through("env.sunlit_part", Unit::NONE, lit)?,
        Profile::through("env.beta_deg", Unit::DEGREE, betas.iter().copied())?,
        Profile::constant("env.altitude_km", Unit::KILOMETRE, span, orbit.altitude_km)?,
        Profile::constant("env.period_min", Unit::MINUTE, span, minutes)?,
    ];
    Ok(Surroundings::new(span, profiles))
}

/// The distance from the Earth to the Sun, astronomical units.
///
/// Astronomical Almanac, page C5, low-precision formulas: 0.0001 from 1950 to 2050.
#[must_use]
pub fn earth_sun_au(time: Time) -> f64 {
    let anomaly_rad = sun_anomaly_rad(time.tt_days_since_j2000());
    1.000_14 - 0.016_71 * anomaly_rad.cos() - 0.000_14 * (2.0 * anomaly_rad).cos()
}

/// The Sun's mean anomaly, radians.
fn sun_anomaly_rad(days: f64) -> f64 {
    (357.528 + 0.985_600_3 * days).rem_euclid(360.0) * PI / 180.0
}

/// Unit vector to the Sun, mean equator and equinox of date.
///
/// Astronomical Almanac, page C5, low-precision formulas: 0.01° from 1950 to 2050.
fn sun_direction(time: Time) -> DVec3 {
    let days = time.tt_days_since_j2000();
    let anomaly = sun_anomaly_rad(days);
    let longitude_deg = 280.460 + 0.985_647_4 * days + 1.915 * anomaly.sin() + 0.020 * (2.0 * anomaly).sin();
    let (sin, cos) = longitude_deg.to_radians().sin_cos();
    let (sin_tilt, cos_tilt) = (23.439 - 0.000_000_4 * days).to_radians().sin_cos();
    DVec3::new(cos, cos_tilt * sin, sin_tilt * sin)
}
