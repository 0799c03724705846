//! The turning Earth: TEME to ITRF by the sidereal time of 1982 and the motion of the pole (Vallado et al., AIAA 2006-6753,
//! appendix C).

use std::f64::consts::TAU;

use glam::{DMat3, DVec3};
use timeline::{Duration, Time};

use crate::{EarthOrientation, Itrf, Orientation, State, Teme};

/// Rate of the Earth's rotation, rad/s (IERS Conventions 2010, table 1.2, and IAU 2000 resolution B1.8: the derivative of
/// the Earth rotation angle). The length of day, which changes it by 1 part in 10⁸, is left out.
pub const EARTH_RATE_RAD_S: f64 = 7.292_115_146_706_979e-5;

/// The state seen from the turning Earth.
#[must_use]
pub fn teme_to_itrf(state: &State<Teme>, table: &EarthOrientation) -> State<Itrf> {
    teme_to_itrf_by(state, &table.at(state.time))
}

/// The state seen from the stars; the reverse of [`teme_to_itrf`].
#[must_use]
pub fn itrf_to_teme(state: &State<Itrf>, table: &EarthOrientation) -> State<Teme> {
    itrf_to_teme_by(state, &table.at(state.time))
}

/// The same with the orientation already looked up.
pub(crate) fn teme_to_itrf_by(state: &State<Teme>, orientation: &Orientation) -> State<Itrf> {
    let EarthTurn { sidereal, pole } = EarthTurn::at(state.time, orientation);
    // Turned first and tilted second, vector by vector: half the work of one matrix for both.
    let position_km = sidereal.turned(state.position_km);
    let velocity_km_s = sidereal.turned(state.velocity_km_s) - carried(position_km);
    State::new(state.time, pole * position_km, pole * velocity_km_s)
}

/// The same with the orientation already looked up.
pub(crate) fn itrf_to_teme_by(state: &State<Itrf>, orientation: &Orientation) -> State<Teme> {
    let EarthTurn { sidereal, pole } = EarthTurn::at(state.time, orientation);
    let back = pole.transpose();
    let position_km = back * state.position_km;
    let velocity_km_s = back * state.velocity_km_s + carried(position_km);
    State::new(state.time, sidereal.turned_back(position_km), sidereal.turned_back(velocity_km_s))
}

/// How the Earth-fixed frame stands in TEME.
struct EarthTurn {
    /// About the rotation axis.
    sidereal: Angle,
    /// From the rotation axis to the ground.
    pole: DMat3,
}

impl EarthTurn {
    fn at(time: Time, orientation: &Orientation) -> Self {
        let (sin, cos) = gmst82_rad(ut1_since_j2000(time, orientation)).sin_cos();
        Self { sidereal: Angle { sin, cos }, pole: pole_matrix(orientation) }
    }
}

/// The angle of a frame turned about the z axis.
struct Angle {
    sin: f64,
    cos: f64,
}

impl Angle {
    /// A vector seen from the turned frame.
    fn turned(&self, v: DVec3) -> DVec3 {
        DVec3::new(self.cos * v.x + self.sin * v.y, self.cos * v.y - self.sin * v.x, v.z)
    }

    /// The reverse of [`Angle::turned`].
    fn turned_back(&self, v: DVec3) -> DVec3 {
        DVec3::new(self.cos * v.x - self.sin * v.y, self.cos * v.y + self.sin * v.x, v.z)
    }
}

/// The velocity of a place that turns with the Earth, km/s.
fn carried(position_km: DVec3) -> DVec3 {
    DVec3::new(-position_km.y, position_km.x, 0.0) * EARTH_RATE_RAD_S
}

/// From the frame of the rotation axis to that of the ground: R₁(−y) R₂(−x) (IERS Conventions 2010, equation 5.3).
///
/// The pole stands within 1″ (5·10⁻⁶), so the cosines are `1 − a²/2` to the last bit. The drift s′ of the terrestrial
/// origin, 47 µas a century or 0.4 mm, is left out.
fn pole_matrix(orientation: &Orientation) -> DMat3 {
    let (x, y) = (orientation.x_rad, orientation.y_rad);
    let (cos_x, cos_y) = (1.0 - x * x / 2.0, 1.0 - y * y / 2.0);
    DMat3::from_cols(
        DVec3::new(cos_x, x * y, -x * cos_y),
        DVec3::new(0.0, cos_y, y),
        DVec3::new(x, -y * cos_x, cos_x * cos_y),
    )
}

/// What a UT1 clock shows since 2000-01-01T12:00:00 UT1.
pub(crate) fn ut1_since_j2000(time: Time, orientation: &Orientation) -> Duration {
    time - Time::EPOCH - Duration::HOUR * 12 + Duration::from_seconds(orientation.ut1_tai_s)
}

/// Greenwich mean sidereal time of 1982, radians (Aoki et al. 1982, A&A 105, 359).
///
/// The whole turns are dropped before the integer becomes a float, so no digit is lost to age.
pub(crate) fn gmst82_rad(ut1: Duration) -> f64 {
    let centuries = ut1.days() / 36_525.0;
    let turning_s =
        67_310.548_41 + (8_640_184.812_866 + (0.093_104 - 6.2e-6 * centuries) * centuries) * centuries;
    (turning_s / 86_400.0 + fraction_of_day(ut1)).rem_euclid(1.0) * TAU
}

/// Earth rotation angle, radians (IAU 2000 resolution B1.8; IERS Conventions 2010, equation 5.15).
pub(crate) fn earth_rotation_angle_rad(ut1: Duration) -> f64 {
    let excess_turns = 0.779_057_273_264_0 + 0.002_737_811_911_354_48 * ut1.days();
    (excess_turns + fraction_of_day(ut1)).rem_euclid(1.0) * TAU
}

fn fraction_of_day(since: Duration) -> f64 {
    let day = Duration::DAY.nanoseconds();
    since.nanoseconds().rem_euclid(day) as f64 / day as f64
}
