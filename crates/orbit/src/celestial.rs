//! The celestial frames: GCRF and EME2000, and their way to the equator of date.
//!
//! The pole of date is that of IAU 2006/2000A. Its way to TEME needs no Earth orientation data: the Earth's angle is undone
//! by the same angle, and only the slow difference of the two sidereal times remains.

use glam::{DMat3, DVec3};
use timeline::{Duration, Interval, Time};

use crate::frames::{
    earth_rotation_angle_rad, gmst82_rad, itrf_to_teme_by, teme_to_itrf_by, ut1_since_j2000,
};
use crate::orientation::ARCSEC_RAD;
use crate::smooth::Smooth;
use crate::{EarthOrientation, Eme2000, Frame, Gcrf, Itrf, Orientation, State, Teme};

/// The state in TEME; without the observed corrections of the pole, which are below 1 mas (3 cm in a low orbit).
#[must_use]
pub fn gcrf_to_teme(state: &State<Gcrf>) -> State<Teme> {
    turned(state, Pole::of(state.time).matrix())
}

/// The state in GCRF; the reverse of [`gcrf_to_teme`].
#[must_use]
pub fn teme_to_gcrf(state: &State<Teme>) -> State<Gcrf> {
    turned(state, Pole::of(state.time).matrix().transpose())
}

/// The state seen from the turning Earth, with the observed corrections of the pole.
#[must_use]
pub fn gcrf_to_itrf(state: &State<Gcrf>, table: &EarthOrientation) -> State<Itrf> {
    let orientation = table.at(state.time);
    let teme = turned(state, Pole::observed(state.time, &orientation).matrix());
    teme_to_itrf_by(&teme, &orientation)
}

/// The state seen from the stars; the reverse of [`gcrf_to_itrf`].
#[must_use]
pub fn itrf_to_gcrf(state: &State<Itrf>, table: &EarthOrientation) -> State<Gcrf> {
    let orientation = table.at(state.time);
    let teme = itrf_to_teme_by(state, &orientation);
    turned(&teme, Pole::observed(state.time, &orientation).matrix().transpose())
}

/// The state in GCRF.
#[must_use]
pub fn eme2000_to_gcrf(state: &State<Eme2000>) -> State<Gcrf> {
    turned(state, frame_bias().transpose())
}

/// The state in EME2000; the reverse of [`eme2000_to_gcrf`].
#[must_use]
pub fn gcrf_to_eme2000(state: &State<Gcrf>) -> State<Eme2000> {
    turned(state, frame_bias())
}

/// The celestial pole over a stretch of time: GCRF to TEME a thousand times faster than one by one, and within 0.1 mas (3 mm).
#[derive(Clone, Debug)]
pub(crate) struct PolePath(Smooth);

impl PolePath {
    pub(crate) fn over(span: Interval) -> Self {
        Self::with_step(span, Duration::DAY)
    }

    /// The same for who is content with less: 10 mas with samples three days apart.
    pub(crate) fn with_step(span: Interval, step: Duration) -> Self {
        Self(Smooth::over(span, step, |time| {
            let pole = Pole::of(time);
            DVec3::new(pole.x, pole.y, pole.turn_rad)
        }))
    }

    /// GCRF to TEME at `time`, which must lie in the span.
    pub(crate) fn matrix(&self, time: Time) -> DMat3 {
        let (DVec3 { x, y, z: turn_rad }, _) = self.0.at(time);
        Pole { x, y, turn_rad }.matrix()
    }

    /// As the function of that name, for a time in the span.
    pub(crate) fn gcrf_to_teme(&self, state: &State<Gcrf>) -> State<Teme> {
        turned(state, self.matrix(state.time))
    }
}

/// Where the pole of date stands in GCRF and how far TEME's x axis is turned about it.
#[derive(Clone, Copy, Debug)]
struct Pole {
    x: f64,
    y: f64,
    turn_rad: f64,
}

impl Pole {
    fn of(time: Time) -> Self {
        Self::observed(time, &EarthOrientation::unknown().at(time))
    }

    /// The model's pole with the observed corrections.
    fn observed(time: Time, orientation: &Orientation) -> Self {
        /// 2000-01-01T12:00 TT.
        const J2000_JD: f64 = 2_451_545.0;
        let (x, y, origin_rad) = sofars::pnp::xys06a(J2000_JD, time.tt_days_since_j2000());
        let ut1 = ut1_since_j2000(time, orientation);
        let turn_rad = earth_rotation_angle_rad(ut1) - gmst82_rad(ut1) - origin_rad;
        Self { x: x + orientation.dx_rad, y: y + orientation.dy_rad, turn_rad: nearest_to_zero(turn_rad) }
    }

    /// GCRF to TEME (IERS Conventions 2010, equation 5.6, transposed).
    fn matrix(self) -> DMat3 {
        let (x, y) = (self.x, self.y);
        let z = (1.0 - x * x - y * y).sqrt();
        let a = 1.0 / (1.0 + z);
        let from_pole = DMat3::from_cols(
            DVec3::new(1.0 - a * x * x, -a * x * y, -x),
            DVec3::new(-a * x * y, 1.0 - a * y * y, -y),
            DVec3::new(x, y, z),
        );
        DMat3::from_rotation_z(-self.turn_rad) * from_pole.transpose()
    }
}

/// An angle without whole turns, so that a curve of it has no jump near zero.
fn nearest_to_zero(angle_rad: f64) -> f64 {
    angle_rad - std::f64::consts::TAU * (angle_rad / std::f64::consts::TAU).round()
}

/// GCRF to the mean equator and equinox of J2000.0: R₁(−η₀) R₂(ξ₀) R₃(dα₀).
///
/// ξ₀, η₀, dα₀: IERS Conventions 2010, equation 5.21 and section 5.4.4 (−16.6170, −6.8192 and −14.6 mas).
fn frame_bias() -> DMat3 {
    const XI_RAD: f64 = -0.016_617_0 * ARCSEC_RAD;
    const ETA_RAD: f64 = -0.006_819_2 * ARCSEC_RAD;
    const ALPHA_RAD: f64 = -0.014_6 * ARCSEC_RAD;
    DMat3::from_rotation_x(ETA_RAD) * DMat3::from_rotation_y(-XI_RAD) * DMat3::from_rotation_z(-ALPHA_RAD)
}

fn turned<F: Frame, G: Frame>(state: &State<F>, matrix: DMat3) -> State<G> {
    State::new(state.time, matrix * state.position_km, matrix * state.velocity_km_s)
}
