use orbit::{Globe, Shadow, Track, beta_deg, eclipsed_part, eclipses};
use timeline::{Duration, Time, Window};

use crate::paths::{Circle, days, still_sun};

const PARALLEL_KM: f64 = 1e13;
const SUN_KM: f64 = 149_597_870.7;

/// An orbit whose angle to a Sun on the equator, on the meridian of node 0, is `beta_deg`.
fn with_beta(beta_deg: f64) -> Circle {
    Circle { altitude_km: 415.0, inclination_deg: 90.0, node_deg: beta_deg, phase_deg: 10.0 }
}

fn eclipses_at(beta_deg: f64, distance_km: f64, shadow: Shadow) -> (Track, Track, Window) {
    let orbit = with_beta(beta_deg);
    let track = orbit.track(days(1), Duration::MINUTE * 5);
    let sun = still_sun(days(1), 0.0, distance_km);
    let found = eclipses(&track, &sun, shadow, Globe::sphere(6_378.137));
    (track, sun, found)
}

/// Longest eclipse of a day, minutes.
fn minutes(eclipses: &Window) -> f64 {
    eclipses.iter().map(|eclipse| eclipse.duration().seconds() / 60.0).fold(0.0, f64::max)
}

/// Expected: measured at 415 km against the cylinder, minutes a revolution (table "Truth" of the project's anchors).
#[test]
fn eclipse_a_revolution_against_beta() {
    for (beta, expected) in [
        (0.0, 36.0),
        (30.0, 34.3),
        (50.0, 29.7),
        (60.0, 23.9),
        (65.0, 18.3),
        (68.0, 12.0),
        (70.0, 0.0),
        (75.0, 0.0),
    ] {
        for beta in [beta, -beta] {
            let (track, sun, found) = eclipses_at(beta, PARALLEL_KM, Shadow::Half);
            let longest = minutes(&found);
            assert!((longest - expected).abs() < 0.3, "{beta}°: {longest:.2} min, expected {expected}");
            let formula = eclipsed_part(beta, 415.0) * with_beta(beta).period().seconds() / 60.0;
            assert!((longest - formula).abs() < 1e-4, "{beta}°: {longest:.6} min, formula {formula:.6}");
            let state = track.state(Time::EPOCH + Duration::HOUR).unwrap();
            let sun_km = sun.state(Time::EPOCH + Duration::HOUR).unwrap().position_km;
            let seen = beta_deg(state.position_km, state.velocity_km_s, sun_km);
            assert!((seen - beta).abs() < 1e-4, "{beta}°: {seen}");
        }
    }
}

/// Between the critical angles of the two cones there is penumbra without umbra, however short.
#[test]
fn grazing_eclipses_are_found() {
    // asin(6378.137 / 6793.137) is 69.866°; the Sun's radius is 0.266°.
    for (beta, umbra, penumbra) in [
        (69.5, true, true),
        (69.75, false, true),
        (70.0, false, true),
        (70.11, false, true),
        (70.2, false, false),
    ] {
        for (shadow, expected) in [(Shadow::Umbra, umbra), (Shadow::Penumbra, penumbra)] {
            let (_, _, found) = eclipses_at(beta, SUN_KM, shadow);
            assert_eq!(!found.is_empty(), expected, "{shadow:?} at {beta}°: {found:?}");
            assert!(
                found.intervals().len() >= 15 || !expected,
                "{shadow:?} at {beta}°: one a revolution, not {}",
                found.intervals().len()
            );
        }
    }
}
