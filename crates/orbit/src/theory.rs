use std::f64::consts::{PI, TAU};

use glam::DVec3;
use timeline::{Duration, Interval, Time};

use crate::orientation::tai_minus_utc;
use crate::{ElementSet, Ephemeris, Growth, OrbitError, State, Teme};

/// One element set, propagated by SGP4.
///
/// The theory is used exactly as the sets were fitted: WGS-72 constants and the original's own sidereal time (Vallado et
/// al., AIAA 2006-6753). Minutes since epoch are elapsed SI minutes, from the difference of two integers. Programs that
/// subtract UTC calendar dates instead are one second, or 7.7 km, off for each leap second in between.
#[derive(Clone, Debug)]
pub struct Sgp4 {
    elements: ElementSet,
    source: String,
    constants: sgp4::Constants,
    growth: Growth,
}

impl Sgp4 {
    /// Prepares an element set for propagation.
    ///
    /// # Errors
    /// When an element is not finite or not that of an orbit round the Earth.
    pub fn new(elements: ElementSet) -> Result<Self, OrbitError> {
        let constants = constants(&elements).map_err(|reason| OrbitError::Elements {
            name: elements.name.clone(),
            epoch: elements.epoch,
            reason,
        })?;
        let source = format!("SGP4, {} elements of {}", elements.name, elements.epoch.gmt());
        Ok(Self { elements, source, constants, growth: Growth::STATION_SETS_KM })
    }

    /// The same with errors that grow in another way, in km: how they grow by default was measured on the space station alone.
    #[must_use]
    pub const fn with_growth(mut self, growth: Growth) -> Self {
        self.growth = growth;
        self
    }

    /// The element set.
    #[must_use]
    pub const fn elements(&self) -> &ElementSet {
        &self.elements
    }

    /// The number of the revolution under way at `time`, counted from the set's own at its epoch; each ascending node begins one.
    ///
    /// Catalogues like to put the epoch on the node itself, so an epoch up to a fiftieth of a revolution before a node counts as
    /// after it. Sure to the revolution for a month and more: the mean motion tells which one, the state how far into it.
    ///
    /// # Errors
    /// As [`Ephemeris::state`], and when the count comes out below zero or without bounds.
    pub fn revolution(&self, time: Time) -> Result<u32, OrbitError> {
        let begun = (self.elements.perigee_deg + self.elements.mean_anomaly_deg) / 360.0;
        let flown = nodal_revolutions(&self.elements, time - self.elements.epoch);
        let part = latitude_turns(&self.state(time)?);
        let nodes = ((begun + 0.02).rem_euclid(1.0) - 0.02 + flown - part).round();
        let number = f64::from(self.elements.revolution) + nodes;
        if (0.0..=f64::from(u32::MAX)).contains(&number) {
            Ok(number as u32)
        } else {
            Err(self.fault(time, format!("revolution {number} cannot be")))
        }
    }

    fn fault(&self, time: Time, reason: String) -> OrbitError {
        OrbitError::Propagation { name: self.elements.name.clone(), epoch: self.elements.epoch, time, reason }
    }
}

impl Ephemeris for Sgp4 {
    fn source(&self) -> &str {
        &self.source
    }

    /// Always: the theory has no end, but its error grows, see [`Ephemeris::error_km`].
    fn span(&self) -> Interval {
        Interval::ALWAYS
    }

    fn state(&self, time: Time) -> Result<State<Teme>, OrbitError> {
        let minutes =
            (time - self.elements.epoch).nanoseconds() as f64 / Duration::MINUTE.nanoseconds() as f64;
        let predicted = self
            .constants
            .propagate_afspc_compatibility_mode(sgp4::MinutesSinceEpoch(minutes))
            .map_err(|error| self.fault(time, error.to_string()))?;
        let (position_km, velocity_km_s) =
            (DVec3::from_array(predicted.position), DVec3::from_array(predicted.velocity));
        if !position_km.is_finite() || !velocity_km_s.is_finite() {
            return Err(self.fault(time, "the theory diverges".to_owned()));
        }
        if position_km.length() < sgp4::WGS72.ae {
            return Err(self.fault(time, "the object has come down".to_owned()));
        }
        Ok(State::new(time, position_km, velocity_km_s))
    }

    fn age(&self, time: Time) -> Duration {
        (time - self.elements.epoch).abs()
    }

    /// As its growth says: that of the space station's sets, unless it was given another.
    fn error_km(&self, time: Time) -> f64 {
        self.growth.after(self.age(time))
    }
}

/// Turns from node to node in a length of time, by the mean motion, its decay, and the turning of perigee under J₂ (Brouwer's
/// first order: `¾ J₂ (aₑ/p)² (5 cos² i − 1)` of the mean motion).
fn nodal_revolutions(elements: &ElementSet, elapsed: Duration) -> f64 {
    let sgp4::Geopotential { ae: equator_km, ke, j2, .. } = sgp4::WGS72;
    let days = elapsed.days();
    let rev_day = elements.mean_motion_rev_day;
    let axis_km = equator_km * (ke / (rev_day * PI / 720.0)).powf(2.0 / 3.0);
    let parameter_km = axis_km * (1.0 - elements.eccentricity * elements.eccentricity);
    let cos_inclination = elements.inclination_deg.to_radians().cos();
    let turning =
        0.75 * j2 * (equator_km / parameter_km).powi(2) * (5.0 * cos_inclination * cos_inclination - 1.0);
    days * (rev_day * (1.0 + turning) + elements.mean_motion_dot * days)
}

/// How far the object has come since its ascending node, turns from 0 to 1.
fn latitude_turns(state: &State<Teme>) -> f64 {
    let momentum = state.position_km.cross(state.velocity_km_s);
    let toward_node = DVec3::new(-momentum.y, momentum.x, 0.0);
    let ahead = momentum.cross(toward_node) / momentum.length();
    let angle = state.position_km.dot(ahead).atan2(state.position_km.dot(toward_node));
    (angle / TAU).rem_euclid(1.0)
}

fn constants(elements: &ElementSet) -> Result<sgp4::Constants, String> {
    check(elements)?;
    let radians = |degrees: f64| degrees * (PI / 180.0);
    let orbit = sgp4::Orbit::from_kozai_elements(
        &sgp4::WGS72,
        radians(elements.inclination_deg),
        radians(elements.raan_deg),
        elements.eccentricity,
        radians(elements.perigee_deg),
        radians(elements.mean_anomaly_deg),
        elements.mean_motion_rev_day * (PI / 720.0),
    )
    .map_err(|error| error.to_string())?;
    sgp4::Constants::new(
        sgp4::WGS72,
        sgp4::afspc_epoch_to_sidereal_time,
        utc_years_since_j2000(elements.epoch),
        elements.bstar,
        orbit,
    )
    .map_err(|error| error.to_string())
}

fn check(elements: &ElementSet) -> Result<(), String> {
    /// A circular orbit at the Earth's surface makes 17.04 revolutions a day; nothing in orbit is faster.
    const FASTEST_REV_DAY: f64 = 17.1;
    let numbers = [
        elements.raan_deg,
        elements.perigee_deg,
        elements.mean_anomaly_deg,
        elements.bstar,
        elements.inclination_deg,
    ];
    if numbers.iter().any(|number| !number.is_finite()) {
        return Err("an element is not a finite number".to_owned());
    }
    if !(elements.mean_motion_rev_day > 0.0 && elements.mean_motion_rev_day <= FASTEST_REV_DAY) {
        return Err(format!(
            "mean motion {} is not between 0 and {FASTEST_REV_DAY} rev/day",
            elements.mean_motion_rev_day
        ));
    }
    if !(0.0..1.0).contains(&elements.eccentricity) {
        return Err(format!("eccentricity {} is not between 0 and 1", elements.eccentricity));
    }
    if !(0.0..=180.0).contains(&elements.inclination_deg) {
        return Err(format!("inclination {}° is not between 0° and 180°", elements.inclination_deg));
    }
    Ok(())
}

/// Julian years of UTC days since 2000-01-01T12:00 UTC: the original's clock for the Sun, the Moon and sidereal time.
///
/// Rounded to 4·10⁻¹⁰ d, as the original's Julian date in one float is; on the most sensitive of the published orbits, with an
/// eccentricity of 0.97, that makes 4 mm.
fn utc_years_since_j2000(epoch: Time) -> f64 {
    const J2000_JD: f64 = 2_451_545.0;
    let utc = epoch - Time::EPOCH - Duration::HOUR * 12 - tai_minus_utc(epoch);
    let julian_date = J2000_JD + utc.days();
    (julian_date - J2000_JD) / 365.25
}
