//! Where the Sun and the Moon stand, against an almanac's examples and another program.

use glam::DVec3;
use orbit::{Ephemeris, Luminary, LuminaryPath};
use timeline::{Duration, Interval, Time};

/// Apparent right ascension and declination at 0 h TD, 1992-10-13 and 1992-04-12, degrees.
///
/// Meeus, *Astronomical Algorithms*, 2nd edition, examples 25.b (Sun, complete VSOP87) and 47.a (Moon, ELP-2000/82). TEME
/// counts from the mean equinox: the equation of the equinoxes, Δψ cos ε with the Δψ of the examples, is taken off.
#[test]
fn the_almanac_agrees() {
    let check = |luminary: Luminary,
                 tai: &str,
                 [right_ascension_deg, declination_deg]: [f64; 2],
                 equinoxes_deg: f64| {
        let position = luminary.teme_km(tai.parse().expect("a time")).expect("in this century");
        let actual_deg = position.y.atan2(position.x).to_degrees().rem_euclid(360.0) + equinoxes_deg;
        let off_deg =
            [actual_deg - right_ascension_deg, position.normalize().z.asin().to_degrees() - declination_deg];
        // 0.4″ for the Sun's nutation and light-time conventions, 10″ for the Moon's series.
        let tolerance_deg = if luminary == Luminary::Sun { 1e-4 } else { 3e-3 };
        assert!(off_deg.iter().all(|off| off.abs() < tolerance_deg), "{luminary:?} is {off_deg:?}° off");
    };
    check(Luminary::Sun, "1992-10-12T23:59:27.816 TAI", [198.378_121, -7.783_817], 0.004_054);
    check(Luminary::Moon, "1992-04-11T23:59:27.816 TAI", [134.688_470, 13.768_368], 0.004_229);
}

/// Unit vector in TEME and distance, km.
type Place = (&'static str, [f64; 3], f64);

/// X-Val: astropy 8.0.2, `get_sun`, turned into TEME with pyerfa.
const SUN: &[Place] = &[
    ("1998-12-10T03:00:00Z", [-0.21070577, -0.89690019, -0.38880988], 147330611.0),
    ("2005-06-30T18:30:15.25Z", [-0.15728902, 0.90605042, 0.39285214], 152093725.0),
    ("2022-02-14T12:34:56.789Z", [0.82700000, -0.51580891, -0.22363402], 147728503.0),
    ("2024-03-20T03:06:00Z", [1.00000000, 0.00001453, -0.00000026], 148979036.0),
    ("2026-05-30T12:00:00Z", [0.35675387, 0.85711823, 0.37158447], 151639401.0),
    ("2040-10-01T06:00:00Z", [-0.98855539, -0.13842575, -0.05997126], 149769920.0),
];

/// X-Val: astropy 8.0.2, `get_body("moon")` (with light time), turned into TEME with pyerfa.
const MOON: &[Place] = &[
    ("1998-12-10T03:00:00Z", [-0.94417412, 0.29160364, 0.15330541], 393774.9),
    ("2005-06-30T18:30:15.25Z", [0.83225123, 0.49966157, 0.24020035], 386746.2),
    ("2022-02-14T12:34:56.789Z", [-0.50847065, 0.75579190, 0.41259691], 399150.6),
    ("2024-03-20T03:06:00Z", [-0.55441633, 0.72464450, 0.40928337], 401251.8),
    ("2026-05-30T12:00:00Z", [-0.50372852, -0.75407069, -0.42146764], 405414.1),
    ("2040-10-01T06:00:00Z", [-0.66599686, 0.64523110, 0.37433275], 403864.4),
];

#[test]
fn another_program_agrees() {
    // 0.1″ and 10″: the same series, but other conventions of light time and aberration.
    SUN.iter().for_each(|place| check(Luminary::Sun, place, 5e-7));
    MOON.iter().for_each(|place| check(Luminary::Moon, place, 5e-5));
}

fn check(luminary: Luminary, &(time, toward, distance_km): &Place, tolerance_rad: f64) {
    let position_km = luminary.teme_km(time.parse().expect("a time")).expect("in this century");
    let off_rad = position_km.normalize().distance(DVec3::from(toward).normalize());
    assert!(off_rad < tolerance_rad, "{luminary:?} at {time} is {off_rad} rad off");
    let off = (position_km.length() / distance_km - 1.0).abs();
    // The other program's Moon is nearer or farther by what the Earth flies while the light is under way, 39 km.
    assert!(off < 1.1e-4, "{luminary:?} at {time} is {off} of its distance off");
}

/// 0.02″ is 1·10⁻⁷ rad.
#[test]
fn a_path_is_as_good_as_the_series() {
    let start: Time = "2026-01-01".parse().unwrap();
    let span = Interval::new(start, start + Duration::DAY * 60).unwrap();
    for luminary in [Luminary::Sun, Luminary::Moon] {
        let path = LuminaryPath::over(luminary, span).unwrap();
        for hours in (0..=60 * 24).step_by(7) {
            let time = start + Duration::HOUR * hours;
            let state = path.state(time).unwrap();
            let series_km = luminary.teme_km(time).unwrap();
            assert!(
                state.position_km.distance(series_km) < 1e-7 * series_km.length(),
                "{luminary:?} at {time}"
            );
            let ahead_km = path.state(time + Duration::SECOND).map_or(series_km, |state| state.position_km);
            let moved_km = ahead_km - state.position_km;
            assert!(
                hours == 60 * 24 || moved_km.distance(state.velocity_km_s) < 1e-3,
                "{luminary:?} at {time}"
            );
        }
        assert!(path.state(start - Duration::SECOND).is_err());
        assert!(path.state(span.end() + Duration::SECOND).is_err());
    }
}
