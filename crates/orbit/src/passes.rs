//! Passes that a person can see: the station in sunlight over a dark place.

use std::f64::consts::PI;

use timeline::{Duration, Interval, Time, Window};

use crate::contacts::{Contact, contacts};
use crate::horizon::{Aspect, Horizon, Site};
use crate::light::{Shadow, eclipses};
use crate::limb::Globe;
use crate::search::watch;
use crate::track::Track;

/// What it takes to see a pass.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Seeing {
    /// The observer's Sun must stand below this elevation, degrees, without refraction.
    pub sun_below_deg: f64,
    /// Magnitude at 1,000 km when half of what is seen is lit.
    pub standard_magnitude: f64,
    /// How much shadow puts the station out.
    pub shadow: Shadow,
    /// What casts the shadow.
    pub globe: Globe,
}

impl Seeing {
    /// With the naked eye after civil twilight, which ends with the Sun 6° below the horizon.
    #[must_use]
    pub const fn after_twilight(standard_magnitude: f64) -> Self {
        Self { sun_below_deg: -6.0, standard_magnitude, shadow: Shadow::Half, globe: Globe::SHADOW }
    }
}

/// Why a pass becomes visible.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Appears {
    /// It comes above the lowest elevation.
    Rises,
    /// It comes out of the Earth's shadow.
    LeavesShadow,
    /// The sky becomes dark enough.
    Dusk,
    /// What is known of the orbit begins here.
    DataBegin,
}

/// Why a pass stops being visible.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Vanishes {
    /// It goes below the lowest elevation.
    Sets,
    /// It enters the Earth's shadow.
    EntersShadow,
    /// The sky becomes too bright.
    Dawn,
    /// What is known of the orbit ends here.
    DataEnd,
}

/// A visible pass.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Pass {
    /// Where it is first seen.
    pub start: Aspect,
    /// Why not before.
    pub appears: Appears,
    /// Where it is highest while it is seen.
    pub highest: Aspect,
    /// Where it is last seen.
    pub end: Aspect,
    /// Why not longer.
    pub vanishes: Vanishes,
    /// Magnitude at its brightest, an estimate: see [`magnitude`].
    pub magnitude: f64,
}

/// The visible passes of `station` over `site`, in order of time; `site.mask_deg` is the lowest elevation (10° is
/// usual).
#[must_use]
pub fn passes(station: &Track, sun: &Track, site: &Site, seeing: &Seeing) -> Vec<Pass> {
    let eclipsed = eclipses(station, sun, seeing.shadow, seeing.globe);
    passes_outside(station, sun, site, seeing, &eclipsed)
}

/// The same, when the eclipses of the station are already known: quicker for many sites.
#[must_use]
pub fn passes_outside(
    station: &Track,
    sun: &Track,
    site: &Site,
    seeing: &Seeing,
    eclipsed: &Window,
) -> Vec<Pass> {
    let horizon = Horizon::new(site);
    let sin_dark = seeing.sun_below_deg.to_radians().sin();
    let nights = watch(sun, sun, |sun_km, _| sin_dark - horizon.sin_elevation(sun_km));
    let view = View { station, sun, horizon, seeing };
    let mut found = Vec::new();
    for contact in contacts(station, site) {
        let Some(during) = contact.during() else { continue };
        for dark in &nights.clip(during) {
            let seen = eclipsed.not(dark);
            found.extend(seen.iter().filter_map(|seen| view.pass(&contact, dark, seen)));
        }
    }
    found
}

/// One observer's view.
struct View<'a> {
    station: &'a Track,
    sun: &'a Track,
    horizon: Horizon,
    seeing: &'a Seeing,
}

impl View<'_> {
    /// The pass seen during `seen`, the lit part of the dark part `dark` of `contact`.
    fn pass(&self, contact: &Contact, dark: Interval, seen: Interval) -> Option<Pass> {
        let (start, end) = (self.aspect(seen.start())?, self.aspect(seen.end())?);
        let highest = if seen.contains(contact.culmination.time) {
            contact.culmination
        } else if start.elevation_deg > end.elevation_deg {
            start
        } else {
            end
        };
        Some(Pass {
            start,
            appears: self.appears(contact, dark, seen.start()),
            highest,
            end,
            vanishes: self.vanishes(contact, dark, seen.end()),
            magnitude: self.brightest(seen)?,
        })
    }

    fn aspect(&self, time: Time) -> Option<Aspect> {
        Some(self.horizon.aspect(time, self.station.state(time)?.position_km))
    }

    fn appears(&self, contact: &Contact, dark: Interval, at: Time) -> Appears {
        let known = self.station.coverage().iter().chain(&self.sun.coverage()).all(|c| c.start() != at);
        match at {
            _ if !known => Appears::DataBegin,
            _ if at > dark.start() => Appears::LeavesShadow,
            _ if at > contact.rise.time => Appears::Dusk,
            _ => Appears::Rises,
        }
    }

    fn vanishes(&self, contact: &Contact, dark: Interval, at: Time) -> Vanishes {
        let known = self.station.coverage().iter().chain(&self.sun.coverage()).all(|c| c.end() != at);
        match at {
            _ if !known => Vanishes::DataEnd,
            _ if at < dark.end() => Vanishes::EntersShadow,
            _ if at < contact.set.time => Vanishes::Dawn,
            _ => Vanishes::Sets,
        }
    }

    /// The least magnitude at 33 times of the pass; it changes too slowly for more to matter.
    fn brightest(&self, seen: Interval) -> Option<f64> {
        let at = |k: i64| {
            let time = seen.start() + Duration::from_nanoseconds(seen.duration().nanoseconds() / 32 * k);
            let station_km = self.station.state(time)?.position_km;
            let (to_sun, to_site) =
                (self.sun.state(time)?.position_km - station_km, self.horizon.position_km - station_km);
            Some(magnitude(self.seeing.standard_magnitude, to_site.length(), to_sun.angle_between(to_site)))
        };
        (0..=32).filter_map(at).min_by(f64::total_cmp)
    }
}

/// How bright a spacecraft looks, as a diffusely reflecting sphere.
///
/// `standard + 5 log₁₀(range / 1,000 km) − 2.5 log₁₀(sin φ + (π − φ) cos φ)`, where `φ` is the angle at the
/// spacecraft between the Sun and the observer, radians: the phase law of a Lambert sphere (Lambert 1760; H. N.
/// Russell, Astrophysical Journal 43, 1916, 173), scaled to 0 at half phase, for which standard magnitudes are given.
/// A station is no sphere: expect ±1 magnitude, and glints. Extinction by the air is left out.
///
/// ```
/// let overhead = orbit::magnitude(-1.8, 420.0, 60_f64.to_radians());
/// assert!((overhead - -4.4).abs() < 0.1);
/// ```
#[must_use]
pub fn magnitude(standard: f64, range_km: f64, phase_rad: f64) -> f64 {
    let lit = phase_rad.sin() + (PI - phase_rad) * phase_rad.cos();
    standard + 5.0 * (range_km / 1_000.0).log10() - 2.5 * lit.max(1e-9).log10()
}

/// The compass point nearest to an azimuth in degrees, one of sixteen: `N`, `NNE`, `NE` …
///
/// ```
/// assert_eq!(orbit::compass_point(349.0), "N");
/// assert_eq!(orbit::compass_point(200.0), "SSW");
/// ```
#[must_use]
pub fn compass_point(azimuth_deg: f64) -> &'static str {
    const POINTS: [&str; 16] =
        ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];
    POINTS[(azimuth_deg / 22.5).round().rem_euclid(16.0) as usize % 16]
}
