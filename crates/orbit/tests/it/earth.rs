//! Geodetic coordinates against another program, and there and back.

use glam::DVec3;
use orbit::Geodetic;
use proptest::prelude::*;

/// Latitude and longitude, degrees, height, km; position in ITRF, km. X-Val: ERFA 2.0.1 `gd2gc` for WGS 84.
const CASES: &[([f64; 3], [f64; 3])] = &[
    ([0.0, 0.0, 0.0], [6378.137000000, 0.000000000, 0.000000000]),
    ([90.0, 0.0, 0.0], [0.000000000, 0.000000000, 6356.752314245]),
    ([-90.0, 0.0, 1.0], [0.000000000, 0.000000000, -6357.752314245]),
    ([51.6, -95.09, 420.0], [-375.360034656, -4214.133402949, 5304.432129716]),
    ([29.56, -95.09, 0.01], [-492.619399066, -5530.593757668, 3128.046401900]),
    ([-45.0, 180.0, 35786.0], [-29822.114150391, 0.000000000, -29791.871680408]),
    ([89.9999, 13.5, 0.3], [0.010861296, 0.002607566, 6357.052314235]),
    ([62.0, 129.7, -0.1], [-1917.677668724, 2309.853916527, 5608.426935725]),
    ([1e-07, -179.9999, 408.123], [-6786.259999990, -0.011844258, 0.000011770]),
];

#[test]
fn another_program_agrees() {
    for &([latitude_deg, longitude_deg, height_km], position_km) in CASES {
        let place = Geodetic { latitude_deg, longitude_deg, height_km };
        assert!(place.position_km().distance(position_km.into()) < 1e-9, "{place:?}");
        check(place, Geodetic::of(position_km.into()));
    }
}

/// Within a micrometre.
fn check(expected: Geodetic, actual: Geodetic) {
    let off_km = actual.position_km().distance(expected.position_km());
    assert!(off_km < 1e-9, "{actual:?} is {off_km} km from {expected:?}");
    assert!((actual.height_km - expected.height_km).abs() < 1e-9, "{actual:?} for {expected:?}");
}

#[test]
fn the_axis_has_a_latitude() {
    let pole = Geodetic::of(DVec3::new(0.0, 0.0, -6_800.0));
    assert_eq!(pole.latitude_deg, -90.0);
    assert!((pole.height_km - (6_800.0 - 6_356.752_314_245)).abs() < 1e-9, "{pole:?}");
}

proptest! {
    /// 1 mm is asked for; a micrometre it is up to low orbits, and the last bits of a float beyond.
    #[test]
    fn there_and_back(latitude_deg in -90.0..=90.0, longitude_deg in -180.0..180.0, height_km in -10.0..500_000.0) {
        let place = Geodetic { latitude_deg, longitude_deg, height_km };
        let back = Geodetic::of(place.position_km());
        let tolerance_km = 1e-9 * (1.0 + height_km.abs() / 1_000.0);
        prop_assert!(back.position_km().distance(place.position_km()) < tolerance_km, "{back:?}");
        prop_assert!((back.height_km - height_km).abs() < tolerance_km, "{back:?}");
        prop_assert!((back.latitude_deg - latitude_deg).abs() < 1e-11, "{back:?}");
    }
}
