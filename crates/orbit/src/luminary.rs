use glam::DVec3;
use timeline::{Duration, Interval, Time};

use crate::celestial::PolePath;
use crate::smooth::Smooth;
use crate::{Ephemeris, Gcrf, OrbitError, State, Teme, gcrf_to_teme};

/// The Sun or the Moon.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Luminary {
    /// By the shortened VSOP2000 of Moisson and Bretagnon, as IAU SOFA's `epv00` has it: 5 km, at most 14 km, or 0.02″.
    Sun,
    /// By Meeus' 60 terms a coordinate, as IAU SOFA's `moon98` has them: 6 km or 3″ from JPL's as a rule, 10″ at times.
    Moon,
}

/// Astronomical unit, km (IAU 2012 resolution B2).
const AU_KM: f64 = 149_597_870.7;
/// 2000-01-01T12:00 TT.
const J2000_JD: f64 = 2_451_545.0;

impl Luminary {
    /// Where it appears to stand from the centre of the Earth, TEME, km; a [`LuminaryPath`] is far quicker for many times.
    ///
    /// The direction is that in which its light arrives. For the Sun it holds the aberration of 20″ by the Earth's motion;
    /// the Moon moves along with the Earth, and its own motion during the light's 1.3 s (0.7″) is left out.
    ///
    /// ```
    /// # use orbit::Luminary;
    /// let equinox = "2024-03-20T03:06:00Z".parse().unwrap();
    /// let sun_km = Luminary::Sun.teme_km(equinox).unwrap();
    /// assert!((sun_km.z / sun_km.length()).asin().to_degrees().abs() < 0.001);
    /// ```
    ///
    /// # Errors
    /// Outside the years 1900 to 2100, for which the series are made.
    pub fn teme_km(self, time: Time) -> Result<DVec3, OrbitError> {
        let position_km = self.gcrf_km(time).ok_or_else(|| self.outside(time))?;
        Ok(gcrf_to_teme(&State::<Gcrf>::new(time, position_km, DVec3::ZERO)).position_km)
    }

    /// Nothing outside the series.
    fn gcrf_km(self, time: Time) -> Option<DVec3> {
        let days = time.tt_days_since_j2000();
        match self {
            _ if !series_span().contains(time) => None,
            Self::Sun => apparent_sun_km(days),
            Self::Moon => Some(AU_KM * DVec3::from(sofars::eph::moon98(J2000_JD, days)[0])),
        }
    }

    fn outside(self, time: Time) -> OrbitError {
        OrbitError::OutsideSpan { source_name: self.name().to_owned(), span: series_span(), time }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Sun => "Sun, IAU SOFA epv00",
            Self::Moon => "Moon, IAU SOFA moon98",
        }
    }

    /// Step that keeps what is read between samples within 0.02″.
    fn step(self) -> Duration {
        match self {
            Self::Sun => Duration::DAY * 3,
            Self::Moon => Duration::HOUR * 6,
        }
    }
}

fn apparent_sun_km(tt_days: f64) -> Option<DVec3> {
    /// Speed of light, km/s (SI).
    const LIGHT_KM_S: f64 = 299_792.458;
    let (about_sun, about_all) = sofars::eph::epv00(J2000_JD, tt_days)?;
    let sun_km = -AU_KM * DVec3::from(about_sun[0]);
    let earth_km_s = AU_KM / 86_400.0 * DVec3::from(about_all[1]);
    Some(sun_km + earth_km_s * (sun_km.length() / LIGHT_KM_S))
}

/// A century of 36,525 days to either side of J2000.0.
fn series_span() -> Interval {
    const CENTURY: Duration = Duration::from_nanoseconds(36_525 * Duration::DAY.nanoseconds());
    Interval::new(Time::J2000 - CENTURY, Time::J2000 + CENTURY).unwrap_or(Interval::ALWAYS)
}

/// The Sun or the Moon over a stretch of time, sampled once and then read by interpolation within 0.02″ of the series.
#[derive(Clone, Debug)]
pub struct LuminaryPath {
    luminary: Luminary,
    span: Interval,
    teme_km: Smooth,
}

impl LuminaryPath {
    /// Samples the luminary over `span`; a year of the Sun takes 15 ms, of the Moon 27 ms.
    ///
    /// # Errors
    /// When the span does not lie in the years 1900 to 2100, less a few days at the ends.
    pub fn over(luminary: Luminary, span: Interval) -> Result<Self, OrbitError> {
        let step = luminary.step();
        let asked = Smooth::reach(span, step);
        if let Some(&time) = [asked.start(), asked.end()].iter().find(|&&time| !series_span().contains(time))
        {
            return Err(luminary.outside(time));
        }
        let pole = PolePath::with_step(asked, step.max(Duration::DAY));
        let teme_km =
            Smooth::over(span, step, |time| pole.matrix(time) * luminary.gcrf_km(time).unwrap_or(DVec3::NAN));
        Ok(Self { luminary, span, teme_km })
    }
}

impl Ephemeris for LuminaryPath {
    fn source(&self) -> &str {
        self.luminary.name()
    }

    fn span(&self) -> Interval {
        self.span
    }

    /// The apparent position; the velocity is its change.
    fn state(&self, time: Time) -> Result<State<Teme>, OrbitError> {
        if time < self.span.start() || time > self.span.end() {
            return Err(OrbitError::OutsideSpan {
                source_name: self.source().to_owned(),
                span: self.span,
                time,
            });
        }
        let (position_km, velocity_km_s) = self.teme_km.at(time);
        Ok(State::new(time, position_km, velocity_km_s))
    }

    /// Zero: a series does not age.
    fn age(&self, _: Time) -> Duration {
        Duration::ZERO
    }

    /// That of the series and of the reading between samples together.
    fn error_km(&self, _: Time) -> f64 {
        match self.luminary {
            Luminary::Sun => 10.0,
            Luminary::Moon => 6.0,
        }
    }
}
