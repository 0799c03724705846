//! The upper atmosphere at one place: Jacchia's temperatures of 1970 and 1971 and the densities that Roberts found for them in
//! closed form.
//!
//! Above 125 km every gas lies by its own weight in an air whose temperature rises from that of 125 km to the exospheric one.
//! Solar flux, magnetic storms and the time of day set the exospheric temperature; the half-yearly swing of density is a
//! factor of its own. What Jacchia adds for helium over the winter pole is left out: over an orbit it cancels.
//!
//! - Jacchia 1970: L. G. Jacchia, *New static models of the thermosphere and exosphere*, SAO Special Report 313.
//! - Jacchia 1971: L. G. Jacchia, *Revised static models …*, SAO Special Report 332.
//! - Roberts 1971: C. E. Roberts, *An analytic model for upper atmosphere densities based upon Jacchia's 1970 models*, Celestial
//!   Mechanics 4, 368–377; its table as NASA's mission analysis program GMAT prints it.

use std::f64::consts::{LN_10, TAU};

use timeline::Time;

/// What drives the upper atmosphere on a day.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SpaceWeather {
    /// Observed solar radio flux at 10.7 cm, solar flux units (10⁻²² W/m²/Hz).
    pub f107_sfu: f64,
    /// Its mean over 81 days, solar flux units.
    pub f107_81day_sfu: f64,
    /// Geomagnetic index Ap of the day.
    pub ap: f64,
}

impl SpaceWeather {
    /// The lowest exospheric temperature on the globe in magnetic quiet, K (Jacchia 1970, equation 14).
    #[must_use]
    pub fn night_minimum_k(&self) -> f64 {
        379.0 + 3.24 * self.f107_81day_sfu + 1.3 * (self.f107_sfu - self.f107_81day_sfu)
    }

    /// By how much a magnetic storm heats the exosphere everywhere, K (Jacchia, Slowey and Verniani 1967, SAO Special Report 218).
    /// Within 2 K of the formula in Kp of Jacchia 1971 up to Kp 5.
    #[must_use]
    pub fn storm_k(&self) -> f64 {
        self.ap + 100.0 * (1.0 - (-0.08 * self.ap).exp())
    }
}

/// By what the lowest exospheric temperature is multiplied at a latitude, a local solar time and a declination of the Sun, all
/// in radians; the local time is 0 at noon (Jacchia 1970, equations 15 and 16).
#[must_use]
pub fn diurnal_factor(latitude_rad: f64, since_noon_rad: f64, declination_rad: f64) -> f64 {
    let winter = ((latitude_rad + declination_rad).abs() / 2.0).sin().powf(2.2);
    let summer = ((latitude_rad - declination_rad).abs() / 2.0).cos().powf(2.2);
    let late = 37.0_f64.to_radians();
    let skew = 6.0_f64.to_radians() * (since_noon_rad + 43.0_f64.to_radians()).sin();
    let tau = since_noon_rad - late + skew;
    let day = (tau / 2.0).cos().abs().powi(3);
    1.0 + 0.3 * (winter + (summer - winter) * day)
}

/// The half-yearly swing of density, as log₁₀ of the factor, is [`semiannual_by_height`] times this (Jacchia 1971, equations
/// 22 to 24).
#[must_use]
pub fn semiannual_by_season(time: Time) -> f64 {
    /// Modified Julian date from which Jacchia counts years: 1958-01-01.
    const EPOCH_MJD: f64 = 36_204.0;
    /// Modified Julian date of J2000.0.
    const J2000_MJD: f64 = 51_544.5;
    let years = (time.tt_days_since_j2000() + J2000_MJD - EPOCH_MJD) / 365.2422;
    let tau = years + 0.09544 * ((0.5 + 0.5 * (TAU * years + 6.035).sin()).powf(1.65) - 0.5);
    0.02835 + 0.3817 * (1.0 + 0.4671 * (TAU * tau + 4.137).sin()) * (2.0 * TAU * tau + 4.259).sin()
}

/// How far the half-yearly swing reaches at a height in km; see [`semiannual_by_season`].
#[must_use]
pub fn semiannual_by_height(height_km: f64) -> f64 {
    (5.876e-7 * height_km.powf(2.331) + 0.063_28) * (-2.868e-3 * height_km).exp()
}

/// A column of air above 125 km under one exospheric temperature.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct AirColumn {
    exospheric_k: f64,
    /// At 125 km.
    base_k: f64,
    /// How fast temperature nears the exospheric one, per unit of (z − 125) / (R + z).
    steepness: f64,
    gases: [Gas; 6],
}

/// One gas in a column, in diffusive equilibrium.
///
/// In a profile whose temperature T nears the exospheric T∞ exponentially, the barometric equation integrates in closed form:
/// `ρ = ρ₀ (T₀/T)^(1+α+γ) ((T∞−T)/(T∞−T₀))^γ`. What does not depend on T is one number.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Gas {
    /// ln of `ρ₀ T₀^(1+α+γ) / (T∞−T₀)^γ`.
    ln_constant: f64,
    /// 1 + α + γ, with α for thermal diffusion.
    of_temperature: f64,
    /// γ, its weight against the steepness of temperature.
    of_depth: f64,
    /// Below this it is not counted, km.
    from_km: f64,
}

/// Where the temperature profile turns, km.
const BASE_KM: f64 = 125.0;
/// Where it begins, km, and its temperature there, K (Jacchia 1971).
const BOTTOM_KM: f64 = 90.0;
const BOTTOM_K: f64 = 183.0;
/// Radius of the Earth where Jacchia's gravity is 9.80665 m/s², km.
const RADIUS_KM: f64 = 6_356.766;
const GRAVITY_M_S2: f64 = 9.806_65;
/// Gas constant, J/(mol K), and Avogadro's number, as Roberts 1971 has them.
const GAS_J_MOL_K: f64 = 8.314_32;
const AVOGADRO: f64 = 6.022_045e23;
/// Hydrogen is counted from here up (Jacchia 1971).
const HYDROGEN_KM: f64 = 500.0;
const HYDROGEN_KG_MOL: f64 = 1.007_97e-3;

/// kg/mol, thermal diffusion, and log₁₀ of molecules a cm³ at 125 km as a polynomial of the exospheric temperature: nitrogen,
/// argon, helium, molecular and atomic oxygen (Roberts 1971).
const GASES: [(f64, f64, [f64; 7]); 5] = [
    (
        28.0134e-3,
        0.0,
        [10.931_55, 1.186_783e-3, -1.677_341e-6, 1.420_228e-9, -7.139_785e-13, 1.969_715e-16, -2.296_182e-20],
    ),
    (
        39.948e-3,
        0.0,
        [8.049_405, 2.382_822e-3, -3.391_366e-6, 2.909_714e-9, -1.481_702e-12, 4.127_6e-16, -4.837_461e-20],
    ),
    (
        4.0026e-3,
        -0.38,
        [7.646_886, -4.383_486e-4, 4.694_319e-7, -2.894_886e-10, 9.451_989e-14, -1.270_838e-17, 0.0],
    ),
    (
        31.9988e-3,
        0.0,
        [9.924_237, 1.600_311e-3, -2.274_761e-6, 1.938_454e-9, -9.782_183e-13, 2.698_45e-16, -3.131_808e-20],
    ),
    (
        15.9994e-3,
        0.0,
        [10.970_83, 6.118_742e-5, -1.165_003e-7, 9.239_354e-11, -3.490_739e-14, 5.116_298e-18, 0.0],
    ),
];

impl AirColumn {
    /// The column under an exospheric temperature; Jacchia's tables go from 500 to 1,900 K.
    #[must_use]
    pub fn new(exospheric_k: f64) -> Self {
        // Jacchia 1971, equation 9.
        let base_k = 371.6678 + 0.051_880_6 * exospheric_k - 294.3505 * (-0.002_162_22 * exospheric_k).exp();
        // Roberts 1971: what makes his profile follow Jacchia's.
        let fit =
            polynomial(&[1.031_445e4, 2.341_230, 1.579_202e-3, -1.252_487e-6, 2.462_708e-10], exospheric_k);
        let steepness = (base_k - BOTTOM_K) / (exospheric_k - base_k) * fit / (BASE_KM - BOTTOM_KM);
        let nothing = Gas { ln_constant: 0.0, of_temperature: 0.0, of_depth: 0.0, from_km: f64::INFINITY };
        let mut column = Self { exospheric_k, base_k, steepness, gases: [nothing; 6] };
        for (gas, (kg_mol, diffusion, powers)) in column.gases.iter_mut().zip(GASES) {
            let log_per_cm3 = polynomial(&powers, exospheric_k);
            *gas = Gas::of(kg_mol, diffusion, log_per_cm3, (BASE_KM, base_k), steepness, exospheric_k);
        }
        let hydrogen_k = column.temperature_k(HYDROGEN_KM);
        let log_k = hydrogen_k.log10();
        // Jacchia 1971, the hydrogen at 500 km.
        let log_per_cm3 = 73.13 - (39.4 - 5.5 * log_k) * log_k;
        let from = (HYDROGEN_KM, hydrogen_k);
        column.gases[5] = Gas::of(HYDROGEN_KG_MOL, 0.0, log_per_cm3, from, steepness, exospheric_k);
        column
    }

    /// Temperature at a height from 125 km up, K.
    #[must_use]
    pub fn temperature_k(&self, height_km: f64) -> f64 {
        let rise = (height_km - BASE_KM) / (RADIUS_KM + height_km);
        self.exospheric_k - (self.exospheric_k - self.base_k) * (-self.steepness * rise).exp()
    }

    /// Density at a height from 125 km up, kg/m³, without the half-yearly swing.
    #[must_use]
    pub fn density_kg_m3(&self, height_km: f64) -> f64 {
        let here_k = self.temperature_k(height_km);
        let (ln_here, ln_depth) = (here_k.ln(), (self.exospheric_k - here_k).ln());
        let counted = self.gases.iter().filter(|gas| gas.from_km <= height_km);
        let ln = |gas: &Gas| gas.ln_constant - gas.of_temperature * ln_here + gas.of_depth * ln_depth;
        counted.map(|gas| ln(gas).exp()).sum()
    }
}

impl Gas {
    /// A gas of which so many molecules a cm³, as log₁₀, are at the height and temperature `from`.
    fn of(
        kg_mol: f64,
        diffusion: f64,
        log_per_cm3: f64,
        from: (f64, f64),
        steepness: f64,
        exospheric_k: f64,
    ) -> Self {
        let (from_km, from_k) = from;
        // Gravity falls with the square of the distance, and with it the pull on a column of so much a mole.
        let pull_j_mol = kg_mol * GRAVITY_M_S2 * RADIUS_KM * RADIUS_KM * 1e3 / (RADIUS_KM + BASE_KM);
        let of_depth = pull_j_mol / (GAS_J_MOL_K * exospheric_k * steepness);
        let of_temperature = 1.0 + diffusion + of_depth;
        let ln_density = log_per_cm3 * LN_10 + (1e6 * kg_mol / AVOGADRO).ln();
        let ln_constant = ln_density + of_temperature * from_k.ln() - of_depth * (exospheric_k - from_k).ln();
        Self { ln_constant, of_temperature, of_depth, from_km }
    }
}

fn polynomial(coefficients: &[f64], x: f64) -> f64 {
    coefficients.iter().rev().fold(0.0, |sum, coefficient| sum * x + coefficient)
}
