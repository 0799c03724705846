//! Paths made up for tests: circular orbits over a turning Earth, and a Sun that stands still among the stars.

use std::convert::Infallible;

use glam::DVec3;
use orbit::{EarthOrientation, ElementSet, Itrf, Sgp4, State, Track, sun_track};
use timeline::{Duration, Interval, Time};

/// GM of the Earth, km³/s² (IERS Conventions 2010, table 1.1).
const GRAVITY_KM3_S2: f64 = 398_600.441_8;
/// Turning rate of the Earth, rad/s (the same, table 1.2).
const EARTH_RATE: f64 = 7.292_115e-5;

/// A circular orbit: its axis and where it begins, in the inertial frame that ITRF coincides with at [`Time::EPOCH`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct Circle {
    /// Height above 6,378.137 km, km.
    pub(crate) altitude_km: f64,
    /// Inclination, degrees.
    pub(crate) inclination_deg: f64,
    /// Right ascension of the node, degrees.
    pub(crate) node_deg: f64,
    /// Angle from the node at [`Time::EPOCH`], degrees.
    pub(crate) phase_deg: f64,
}

impl Circle {
    pub(crate) fn period(&self) -> Duration {
        Duration::from_seconds(std::f64::consts::TAU / self.rate_rad_s())
    }

    fn radius_km(&self) -> f64 {
        6_378.137 + self.altitude_km
    }

    fn rate_rad_s(&self) -> f64 {
        (GRAVITY_KM3_S2 / self.radius_km().powi(3)).sqrt()
    }

    pub(crate) fn state(&self, time: Time) -> State<Itrf> {
        let (sin_i, cos_i) = self.inclination_deg.to_radians().sin_cos();
        let (sin_node, cos_node) = self.node_deg.to_radians().sin_cos();
        let along = DVec3::new(cos_node, sin_node, 0.0);
        let across = DVec3::new(-cos_i * sin_node, cos_i * cos_node, sin_i);
        let angle = self.phase_deg.to_radians() + self.rate_rad_s() * (time - Time::EPOCH).seconds();
        let (sin, cos) = angle.sin_cos();
        let speed_km_s = self.radius_km() * self.rate_rad_s();
        turned(
            time,
            self.radius_km() * (cos * along + sin * across),
            speed_km_s * (cos * across - sin * along),
        )
    }

    pub(crate) fn track(&self, span: Interval, step: Duration) -> Track {
        self.track_over(&[span], step)
    }

    pub(crate) fn track_over(&self, coverage: &[Interval], step: Duration) -> Track {
        let Ok(track) = Track::sample(coverage, step, |at| Ok::<_, Infallible>(self.state(at)));
        track
    }
}

/// The Sun, standing still among the stars at `declination_deg` above the equator on the meridian of the node 0,
/// `distance_km` away.
pub(crate) fn still_sun(span: Interval, declination_deg: f64, distance_km: f64) -> Track {
    let (sin, cos) = declination_deg.to_radians().sin_cos();
    let position_km = distance_km * DVec3::new(cos, 0.0, sin);
    let state = |at| Ok::<_, Infallible>(turned(at, position_km, DVec3::ZERO));
    let Ok(track) = Track::sample(&[span], Duration::HOUR, state);
    track
}

/// The first `days` days from [`Time::EPOCH`].
pub(crate) fn days(days: i64) -> Interval {
    Interval::new(Time::EPOCH, Time::EPOCH + Duration::DAY * days).expect("a day or more")
}

/// From the inertial frame to ITRF.
fn turned(time: Time, position_km: DVec3, velocity_km_s: DVec3) -> State<Itrf> {
    let (sin, cos) = (EARTH_RATE * (time - Time::EPOCH).seconds()).sin_cos();
    let turn = |v: DVec3| DVec3::new(cos * v.x + sin * v.y, cos * v.y - sin * v.x, v.z);
    let position_km = turn(position_km);
    let carried_km_s = EARTH_RATE * DVec3::new(-position_km.y, position_km.x, 0.0);
    State::new(time, position_km, turn(velocity_km_s) - carried_km_s)
}

/// The space station by SGP4 over a span, from [`space_station_elements`].
pub(crate) fn space_station(span: Interval) -> Track {
    let source = Sgp4::new(space_station_elements()).expect("an orbit");
    Track::of(&source, span, &EarthOrientation::unknown()).expect("a track")
}

/// The space station's element set of 2026-05-30 (CelesTrak, stations).
pub(crate) fn space_station_elements() -> ElementSet {
    ElementSet {
        name: "ISS (ZARYA)".to_owned(),
        designator: "1998-067A".to_owned(),
        catalogue_number: 25_544,
        classification: 'U',
        // Day 150.51748228 of 2026.
        epoch: "2026-05-30T12:25:10.468992Z".parse().expect("a time"),
        mean_motion_rev_day: 15.494_965_48,
        eccentricity: 0.000_724_5,
        inclination_deg: 51.633_7,
        raan_deg: 27.574_6,
        perigee_deg: 114.708_0,
        mean_anomaly_deg: 245.466_4,
        bstar: 0.217_67e-3,
        mean_motion_dot: 0.000_117_76,
        mean_motion_ddot: 0.0,
        element_set_number: 999,
        revolution: 56_901,
    }
}

/// A span of days after 2026-05-30T13:00Z, half an hour after the epoch of [`space_station`].
pub(crate) fn space_station_days(from: f64, to: f64) -> Interval {
    let begin: Time = "2026-05-30T13:00Z".parse().expect("a time");
    Interval::new(begin + Duration::from_days(from), begin + Duration::from_days(to)).expect("a span")
}

/// The real Sun over a span.
pub(crate) fn sun(span: Interval) -> Track {
    sun_track(span, &EarthOrientation::unknown()).expect("a Sun")
}
