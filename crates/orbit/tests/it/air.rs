//! The upper atmosphere against other programs, other models and the table of 1976.

use orbit::{AirColumn, MeanAir, SpaceWeather, diurnal_factor, semiannual_by_height, semiannual_by_season};
use timeline::Time;

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

/// X-Val: GMAT R2018a's Jacchia–Roberts at 300 km over 45° N, 0° E, 2017-01-01T00:00Z, flux 100 sfu, Kp 1, 4 and 9, as the
/// tests of SatelliteToolbox quote it, kg/m³. Ap goes with Kp by the table of GFZ Potsdam.
#[test]
fn one_place_as_gmat_has_it() {
    for (ap, expected_kg_m3) in [(4.0, 9.088_58e-12), (27.0, 1.306_09e-11), (400.0, 3.521_29e-11)] {
        let weather = SpaceWeather { f107_sfu: 100.0, f107_81day_sfu: 100.0, ap };
        // Just after midnight, three minutes before the mean Sun; the Sun stood 23.0° south.
        let since_noon = -std::f64::consts::PI - 0.014;
        let factor = diurnal_factor(45_f64.to_radians(), since_noon, -23_f64.to_radians());
        let column = AirColumn::new(weather.night_minimum_k() * factor + weather.storm_k());
        let swing = semiannual_by_height(300.0) * semiannual_by_season(time("2017-01-01"));
        let found_kg_m3 = column.density_kg_m3(300.0) * 10_f64.powf(swing);
        // 2 % are the 2 K between the formulas in Ap and in Kp.
        assert!((found_kg_m3 / expected_kg_m3 - 1.0).abs() < 0.02, "Ap {ap}: {found_kg_m3}");
    }
}

/// X-Val: U.S. Standard Atmosphere 1976, table 1, whose exosphere has 1,000 K as well, kg/m³. Jacchia's air is known to be denser in between:
/// it has more atomic oxygen.
#[test]
fn a_thousand_kelvin_beside_the_standard_atmosphere() {
    let column = AirColumn::new(1_000.0);
    for (height_km, standard_kg_m3, expected_ratio) in [
        (150.0, 2.076e-9, 1.00),
        (200.0, 2.541e-10, 1.07),
        (300.0, 1.916e-11, 1.24),
        (400.0, 2.803e-12, 1.32),
        (500.0, 5.215e-13, 1.33),
        (600.0, 1.137e-13, 1.29),
        (800.0, 1.136e-14, 1.04),
        (1_000.0, 3.561e-15, 0.85),
    ] {
        let ratio = column.density_kg_m3(height_km) / standard_kg_m3;
        assert!((ratio - expected_ratio).abs() < 0.01, "{height_km} km: {ratio}");
    }
    assert!((column.temperature_k(300.0) / 976.0 - 1.0).abs() < 0.02, "{}", column.temperature_k(300.0));
}

/// X-Val: means over an orbit of 51.64° by NRLMSISE-00 and NRLMSIS 2.1 (pymsis 0.13): 16 latitudes × 24 local times, on the 15th of January,
/// March, May, July, September and November 2021. Height, flux, Ap, kg/m³ by either.
const MSIS: [(f64, f64, f64, f64, f64); 12] = [
    (350.0, 68.0, 4.0, 1.905e-12, 1.683e-12),
    (350.0, 85.0, 6.0, 3.006e-12, 2.656e-12),
    (350.0, 120.0, 10.0, 5.996e-12, 5.304e-12),
    (350.0, 200.0, 15.0, 1.550e-11, 1.371e-11),
    (400.0, 68.0, 4.0, 6.024e-13, 5.339e-13),
    (400.0, 85.0, 6.0, 1.036e-12, 9.182e-13),
    (400.0, 120.0, 10.0, 2.347e-12, 2.083e-12),
    (400.0, 200.0, 15.0, 7.087e-12, 6.299e-12),
    (450.0, 68.0, 4.0, 2.057e-13, 1.834e-13),
    (450.0, 85.0, 6.0, 3.815e-13, 3.395e-13),
    (450.0, 120.0, 10.0, 9.735e-13, 8.668e-13),
    (450.0, 200.0, 15.0, 3.411e-12, 3.042e-12),
];

#[test]
fn orbits_as_dense_as_msis_has_them() {
    let inclination_deg = 51.64;
    let air = MeanAir::new(inclination_deg, 200.0, 510.0);
    let days = ["2021-01-15", "2021-03-15", "2021-05-15", "2021-07-15", "2021-09-15", "2021-11-15"];
    for (height_km, flux_sfu, ap, msis00_kg_m3, msis21_kg_m3) in MSIS {
        let weather = SpaceWeather { f107_sfu: flux_sfu, f107_81day_sfu: flux_sfu, ap };
        let on = |day: &str| air.density_kg_m3(inclination_deg, height_km, air.on(time(day), &weather));
        let mean_kg_m3 = days.iter().map(|day| on(day)).sum::<f64>() / days.len() as f64;
        let (old, new) = (mean_kg_m3 / msis00_kg_m3, mean_kg_m3 / msis21_kg_m3);
        println!("{height_km} km, {flux_sfu} sfu: {old:.3} of NRLMSISE-00, {new:.3} of NRLMSIS 2.1");
        assert!((1.00..1.12).contains(&old), "{height_km} km, {flux_sfu} sfu: {old}");
        assert!((1.10..1.25).contains(&new), "{height_km} km, {flux_sfu} sfu: {new}");
    }
}

/// The table against the columns themselves at a height between two of its rows.
#[test]
fn the_table_is_fine_enough() {
    let inclination_deg = 51.64;
    let weather = SpaceWeather { f107_sfu: 70.0, f107_81day_sfu: 72.0, ap: 5.0 };
    let day = time("2019-07-01");
    let direct = |height_km: f64| {
        let table = MeanAir::new(inclination_deg, height_km, height_km + 10.0);
        table.density_kg_m3(inclination_deg, height_km, table.on(day, &weather))
    };
    let table = MeanAir::new(inclination_deg, 200.0, 500.0);
    for height_km in [205.0, 255.0, 355.0, 415.0, 495.0] {
        let found = table.density_kg_m3(inclination_deg, height_km, table.on(day, &weather));
        let off = found / direct(height_km) - 1.0;
        println!("{height_km} km: {off:.5}");
        assert!(off.abs() < 3e-3, "{height_km} km: {off}");
    }
}
