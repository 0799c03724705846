//! How a circular orbit sinks, and what it takes to raise it.

use crate::limb::Globe;
use crate::track::GRAVITY_KM3_S2;

/// How a circular orbit sinks for as long as air and drag stay what they are and it stays in one layer of air.
///
/// The rate falls exponentially with height, `dh/dt = −r exp(−(h − h₀)/H)`, so that heights and times follow in closed form:
/// `h = h₀ + H ln(1 − r t / H)`.
///
/// ```
/// let slowing = orbit::Slowing { rate_km_d: 0.1, scale_km: 60.0, bottom_km: 400.0 };
/// let days = slowing.days_until(420.0, 410.0);
/// assert!((slowing.height_after(420.0, days) - 410.0).abs() < 1e-9);
/// // The lower, the faster: the last kilometres go quicker than 0.1 km a day.
/// assert!(days < 100.0);
/// ```
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Slowing {
    /// How fast it sinks at the height for which it was asked, km a day.
    pub rate_km_d: f64,
    /// Over what height the rate falls by e, km.
    pub scale_km: f64,
    /// The lowest height for which this holds, km.
    pub bottom_km: f64,
}

impl Slowing {
    /// The height so many days later, from the height for which it was asked; −∞ when nothing would be left.
    #[must_use]
    pub fn height_after(&self, height_km: f64, days: f64) -> f64 {
        let spent = self.rate_km_d * days / self.scale_km;
        if spent < 1.0 { height_km + self.scale_km * (-spent).ln_1p() } else { f64::NEG_INFINITY }
    }

    /// In how many days it sinks from the height for which it was asked to a lower one; never is ∞.
    #[must_use]
    pub fn days_until(&self, height_km: f64, lower_km: f64) -> f64 {
        if self.rate_km_d <= 0.0 {
            return f64::INFINITY;
        }
        -((lower_km - height_km) / self.scale_km).exp_m1() * self.scale_km / self.rate_km_d
    }
}

/// The height of a circular orbit raised by a small change of speed, both above the equatorial radius, km.
///
/// By energy: two burns half a revolution apart make it circular again, `Δv = |v₂ − v₁|` (exact to the second order of Δv/v).
#[must_use]
pub fn raised_km(height_km: f64, delta_v_m_s: f64) -> f64 {
    let speed_km_s = circular_km_s(height_km) - delta_v_m_s / 1e3;
    GRAVITY_KM3_S2 / (speed_km_s * speed_km_s) - Globe::WGS84.equatorial_km
}

/// The change of speed that raises a circular orbit from one height to another, m/s; below 0 it is lowered.
#[must_use]
pub fn raise_m_s(from_km: f64, to_km: f64) -> f64 {
    (circular_km_s(from_km) - circular_km_s(to_km)) * 1e3
}

/// Standard gravity, m/s² (CGPM 1901): what a specific impulse in seconds is counted by.
const STANDARD_M_S2: f64 = 9.806_65;

/// The propellant that changes the speed of a mass by so much, kg: the rocket equation, for the mass before the burn.
#[must_use]
pub fn propellant_kg(mass_kg: f64, delta_v_m_s: f64, specific_impulse_s: f64) -> f64 {
    -mass_kg * (-delta_v_m_s / (specific_impulse_s * STANDARD_M_S2)).exp_m1()
}

/// The change of speed that so much propellant gives to a mass before the burn, m/s.
#[must_use]
pub fn delta_v_m_s(mass_kg: f64, propellant_kg: f64, specific_impulse_s: f64) -> f64 {
    -specific_impulse_s * STANDARD_M_S2 * (-propellant_kg / mass_kg).ln_1p()
}

fn circular_km_s(height_km: f64) -> f64 {
    (GRAVITY_KM3_S2 / (Globe::WGS84.equatorial_km + height_km)).sqrt()
}
