use std::f64::consts::{FRAC_PI_2, PI};

use timeline::Time;

use crate::atmosphere::{
    AirColumn, SpaceWeather, diurnal_factor, semiannual_by_height, semiannual_by_season,
};
use crate::decay::Slowing;
use crate::frames::EARTH_RATE_RAD_S;
use crate::limb::Globe;
use crate::track::GRAVITY_KM3_S2;

/// The drag on low circular orbits of one inclination: a mean over latitude and time of day, tabulated so that a day of decay costs
/// a look-up.
///
/// Heights are of the mean orbit above the equatorial radius. The mean holds for weeks: that the orbit's plane turns through all local
/// times in two months is averaged away, and the Sun stands over the equator (which makes 0.3 % of difference).
///
/// Between heights of the table the logarithm of the rate is a straight line, which is what makes decay integrable in closed form:
/// off by 0.3 % at most.
#[derive(Clone, PartialEq, Debug)]
pub struct MeanAir {
    /// By height, then by step of the reciprocal of temperature: ln of [`Slowing::rate_km_d`] at a drag of 1 m²/kg.
    ln_rates: Vec<[f64; KELVINS]>,
    /// By height, ln of the factor of the half-yearly swing for a season of 1.
    swings: Vec<f64>,
    lowest_km: f64,
    /// By what the night minimum is multiplied in the mean: what a storm is worth against it.
    mean_factor: f64,
}

/// The air of one day.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Air {
    /// The lower of the two columns of the table between which it is, and how far.
    column: usize,
    part: f64,
    season: f64,
}

/// Distance of the table's heights, km.
const STEP_KM: f64 = 10.0;
/// The lowest and the highest height for which [`MeanAir`] can be asked, km.
const BOUNDS_KM: [f64; 2] = [150.0, 1_000.0];
/// Temperatures of the table: equal steps of 1,000 K over the night minimum, which makes ln of density nearly straight.
const KELVINS: usize = 34;
const FIRST_PER_1000_K: f64 = 0.45;
const STEP_PER_1000_K: f64 = 0.05;
/// Points of the mean: along a quarter of a revolution, and round the clock.
const LATITUDES: usize = 4;
const HOURS: usize = 10;

impl MeanAir {
    /// The table for an inclination and for heights from `lowest_km` to `highest_km`, which are kept within 150 and 1,000 km.
    #[must_use]
    pub fn new(inclination_deg: f64, lowest_km: f64, highest_km: f64) -> Self {
        let [bottom_km, top_km] = BOUNDS_KM;
        let lowest_km = lowest_km.clamp(bottom_km, top_km - STEP_KM);
        let steps = ((highest_km.min(top_km) - lowest_km) / STEP_KM).ceil().max(1.0) as usize;
        let heights_km: Vec<f64> = (0..=steps).map(|step| lowest_km + STEP_KM * step as f64).collect();
        let places = places(inclination_deg);
        let mut ln_rates = vec![[0.0; KELVINS]; heights_km.len()];
        for kelvin in 0..KELVINS {
            let night_k = 1_000.0 / (FIRST_PER_1000_K + STEP_PER_1000_K * kelvin as f64);
            let columns: Vec<(f64, AirColumn)> =
                places.iter().map(|place| (place.lower_km, AirColumn::new(night_k * place.warmth))).collect();
            for (row, &height_km) in ln_rates.iter_mut().zip(&heights_km) {
                let sum: f64 =
                    columns.iter().map(|(lower, column)| column.density_kg_m3(height_km + lower)).sum();
                let density_kg_m3 = sum / columns.len() as f64;
                row[kelvin] = (density_kg_m3 * sweep_km_d(height_km, inclination_deg)).ln();
            }
        }
        Self {
            ln_rates,
            swings: heights_km
                .iter()
                .map(|&height_km| semiannual_by_height(height_km) * std::f64::consts::LN_10)
                .collect(),
            lowest_km,
            mean_factor: places.iter().map(|place| place.warmth).sum::<f64>() / places.len() as f64,
        }
    }

    /// The lowest height it knows, km.
    #[must_use]
    pub fn lowest_km(&self) -> f64 {
        self.lowest_km
    }

    /// The air of a day.
    ///
    /// A storm heats everywhere alike while the time of day multiplies; the table takes the storm as a higher minimum, which is the same
    /// in the mean.
    #[must_use]
    pub fn on(&self, day: Time, weather: &SpaceWeather) -> Air {
        let night_k = weather.night_minimum_k() + weather.storm_k() / self.mean_factor;
        let at = (1_000.0 / night_k - FIRST_PER_1000_K) / STEP_PER_1000_K;
        let at = at.clamp(0.0, (KELVINS - 1) as f64);
        let column = (at as usize).min(KELVINS - 2);
        Air { column, part: at - column as f64, season: semiannual_by_season(day) }
    }

    /// How an object is slowed at a height and just below, km, by the drag of its coefficient × area / mass, m²/kg.
    ///
    /// The rate is exact at `height_km`; the fall with height is that of the table's layer, whose bottom is the last height for which
    /// it holds. At a height between two layers it is that of the lower one.
    #[must_use]
    pub fn slowing(&self, height_km: f64, air: Air, drag_m2_kg: f64) -> Slowing {
        // A height on the bottom of a layer belongs to the next, whatever rounding made of it.
        let at = (height_km - self.lowest_km) * (1.0 / STEP_KM) - 1e-9;
        let layer = (at.max(0.0) as usize).min(self.ln_rates.len() - 2);
        let (below, above) = (self.ln_rate(layer, air), self.ln_rate(layer + 1, air));
        let bottom_km = self.lowest_km + STEP_KM * layer as f64;
        let scale_km = STEP_KM / (below - above);
        Slowing {
            rate_km_d: drag_m2_kg * (below - (height_km - bottom_km) / scale_km).exp(),
            scale_km,
            bottom_km,
        }
    }

    /// Mean density at a height, kg/m³.
    #[must_use]
    pub fn density_kg_m3(&self, inclination_deg: f64, height_km: f64, air: Air) -> f64 {
        self.slowing(height_km, air, 1.0).rate_km_d / sweep_km_d(height_km, inclination_deg)
    }

    fn ln_rate(&self, height: usize, air: Air) -> f64 {
        let row = &self.ln_rates[height];
        let still = row[air.column] + (row[air.column + 1] - row[air.column]) * air.part;
        still + self.swings[height] * air.season
    }
}

/// A place on the orbit at a time of day.
struct Place {
    /// By how much the ground is further away than at the equator, km.
    lower_km: f64,
    /// By what the night minimum of temperature is multiplied.
    warmth: f64,
}

/// Places spread evenly over an orbit and a day. Both hemispheres are alike while the Sun stands over the equator.
fn places(inclination_deg: f64) -> Vec<Place> {
    let globe = Globe::WGS84;
    let flattening = 1.0 - 1.0 / globe.stretch;
    let mut places = Vec::with_capacity(LATITUDES * HOURS);
    for step in 0..LATITUDES {
        let along = FRAC_PI_2 * (step as f64 + 0.5) / LATITUDES as f64;
        let sin_latitude = inclination_deg.to_radians().sin() * along.sin();
        for hour in 0..HOURS {
            let since_noon = 2.0 * PI * (hour as f64 + 0.5) / HOURS as f64 - PI;
            places.push(Place {
                lower_km: globe.equatorial_km * flattening * sin_latitude * sin_latitude,
                warmth: diurnal_factor(sin_latitude.asin(), since_noon, 0.0),
            });
        }
    }
    places
}

/// How fast a circular orbit sinks per density and drag, km a day for 1 kg/m³ and 1 m²/kg: `a v (1 − ω cos i / n)²`, from the work that drag
/// does against the orbit's energy; the air turns with the Earth.
fn sweep_km_d(height_km: f64, inclination_deg: f64) -> f64 {
    let axis_km = Globe::WGS84.equatorial_km + height_km;
    let rate_rad_s = (GRAVITY_KM3_S2 / axis_km.powi(3)).sqrt();
    let against_air = 1.0 - EARTH_RATE_RAD_S * inclination_deg.to_radians().cos() / rate_rad_s;
    let speed_m_s = axis_km * rate_rad_s * 1e3;
    axis_km * speed_m_s * against_air * against_air * 86_400.0
}
