//! What every source of states promises: element sets, archives and tables.

use orbit::{
    Archive, EarthOrientation, Eme2000, Ephemeris, OrbitError, Segment, Sgp4, State, Tabulated, Teme, Track,
    gcrf_to_eme2000, states_itrf, teme_to_gcrf, teme_to_itrf,
};
use proptest::prelude::*;
use timeline::{Duration, Interval, Time};

use crate::station::{SETS, element_set, sets};

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

fn seconds(count: f64) -> Duration {
    Duration::from_seconds(count)
}

fn station() -> Sgp4 {
    sets().remove(2)
}

fn table(segments: &[Vec<State<Teme>>]) -> Result<Tabulated, OrbitError> {
    let segments: Vec<_> = segments.iter().cloned().map(Segment::of_teme).collect();
    Tabulated::new("test table", time("2026-05-30"), &segments)
}

/// States of the station at so many seconds after noon.
fn row(seconds_after_noon: &[f64]) -> Vec<State<Teme>> {
    let station = station();
    let at = |&after: &f64| station.state(time("2026-05-30T12:00") + seconds(after)).expect("in orbit");
    seconds_after_noon.iter().map(at).collect()
}

/// Seconds after noon: even steps, and a hundred two-second steps in between as at a burn.
fn uneven_steps() -> Vec<f64> {
    let coast = (0..60).map(|index| f64::from(index) * 240.0);
    let burn = (0..100).map(|index| 5_000.17 + f64::from(index) * 2.0);
    let mut steps: Vec<f64> = coast.chain(burn).collect();
    steps.sort_by(f64::total_cmp);
    steps
}

/// SGP4 is no solution of one equation of motion: its velocities are off the change of its positions by up to 1 cm/s, and
/// metres of that show between states 240 s apart.
#[test]
fn a_table_gives_what_was_left_out() {
    let (station, steps) = (station(), uneven_steps());
    check(&row(&steps), &steps, |at| station.state(at).expect("in orbit"), [3e-3, 1e-4]);
}

/// An ellipse of Kepler is such a solution, and nothing is left but two centimetres in the first and last step.
#[test]
fn a_table_follows_an_ellipse() {
    let steps = uneven_steps();
    let noon = time("2026-05-30T12:00");
    let states: Vec<_> = steps.iter().map(|&after| kepler(noon + seconds(after))).collect();
    check(&states, &steps, kepler, [2e-5, 5e-7]);
}

/// Reads a table between its states: positions and velocities must be within the tolerances, km and km/s.
fn check(
    states: &[State<Teme>],
    steps: &[f64],
    truth: impl Fn(Time) -> State<Teme>,
    [tolerance_km, tolerance_km_s]: [f64; 2],
) {
    let table = table(&[states.to_vec()]).expect("a good table");
    for pair in steps.windows(2) {
        for share in [0.0, 0.3, 0.5, 0.9, 1.0] {
            let at = time("2026-05-30T12:00") + seconds(pair[0] + share * (pair[1] - pair[0]));
            let (actual, expected) = (table.state(at).expect("covered"), truth(at));
            let off_km = actual.position_km.distance(expected.position_km);
            let off_km_s = actual.velocity_km_s.distance(expected.velocity_km_s);
            assert!(off_km < tolerance_km, "{off_km} km off at {at}");
            assert!(off_km_s < tolerance_km_s, "{off_km_s} km/s off at {at}");
        }
    }
    for state in states {
        let off_km = table.state(state.time).expect("covered").position_km.distance(state.position_km);
        assert!(off_km < 1e-8, "{off_km} km off at a state of the table, {}", state.time);
    }
}

/// A point on an ellipse with perigee 6,720 km and apogee 6,870 km, by Kepler's equation.
fn kepler(at: Time) -> State<Teme> {
    const GRAVITY_KM3_S2: f64 = 398_600.441_8;
    let (axis_km, eccentricity) = (6_795.0_f64, 0.011_f64);
    let rate = (GRAVITY_KM3_S2 / axis_km.powi(3)).sqrt();
    let mean = rate * (at - time("2026-05-30T12:00")).seconds();
    let anomaly = (0..20).fold(mean, |anomaly, _| mean + eccentricity * anomaly.sin());
    let (sin, cos) = anomaly.sin_cos();
    let across = (1.0 - eccentricity * eccentricity).sqrt();
    let speed = rate * axis_km / (1.0 - eccentricity * cos);
    State::new(
        at,
        [axis_km * (cos - eccentricity), axis_km * across * sin * 0.6, axis_km * across * sin * 0.8].into(),
        [-speed * sin, speed * across * cos * 0.6, speed * across * cos * 0.8].into(),
    )
}

/// The whole way of a published trajectory: EME2000 in, TEME out, with the pole read off daily samples.
#[test]
fn a_table_in_eme2000_comes_back_as_teme() {
    let states = row(&(0..600).map(|index| f64::from(index) * 240.0).collect::<Vec<_>>());
    let eme2000: Vec<State<Eme2000>> =
        states.iter().map(|state| gcrf_to_eme2000(&teme_to_gcrf(state))).collect();
    let table = Tabulated::new("test table", states[0].time, &[Segment::of_eme2000(&eme2000)]).unwrap();
    for state in &states {
        let off_km = table.state(state.time).unwrap().position_km.distance(state.position_km);
        assert!(off_km < 4e-6, "{off_km} km off at {}", state.time);
    }
}

#[test]
fn nothing_is_said_in_gaps_and_outside() {
    let noon = time("2026-05-30T12:00");
    let (first, second) = ([0.0, 240.0, 480.0, 720.0], [3_000.0, 3_240.0, 3_480.0]);
    let gap = (noon + seconds(720.0), noon + seconds(3_000.0));
    let as_steps = table(&[row(&[&first[..], &second[..]].concat())]).unwrap();
    let as_segments = table(&[row(&first), row(&second)]).unwrap();
    for table in [as_steps, as_segments] {
        for (after, is_known) in [
            (-1.0, false),
            (0.0, true),
            (720.0, true),
            (721.0, false),
            (2_999.0, false),
            (3_000.0, true),
            (3_480.0, true),
            (3_481.0, false),
        ] {
            let answer = table.state(noon + seconds(after));
            assert_eq!(answer.is_ok(), is_known, "{after} s: {answer:?}");
            if let Err(OrbitError::Gap { before, after, .. }) = answer {
                assert_eq!((before, after), gap);
            }
        }
        let stretches = [(0.0, 720.0), (3_000.0, 3_480.0)];
        let expected =
            stretches.map(|(from, to)| Interval::new(noon + seconds(from), noon + seconds(to)).unwrap());
        assert_eq!(table.coverage(), expected);
    }
}

/// Two segments that share a state, as at a burn that takes no time.
#[test]
fn segments_may_touch() {
    let mut after = row(&[720.0, 960.0, 1_200.0]);
    after.iter_mut().for_each(|state| state.velocity_km_s *= 1.000_1);
    let table = table(&[row(&[0.0, 240.0, 480.0, 720.0]), after.clone()]).unwrap();
    assert_eq!(table.state(after[0].time).unwrap().velocity_km_s, after[0].velocity_km_s);
    assert_eq!(table.coverage().len(), 2);
}

#[test]
fn tables_that_are_refused() {
    let refused = |segments: &[Vec<State<Teme>>]| table(segments).expect_err("no table");
    assert!(matches!(refused(&[]), OrbitError::Empty { .. }));
    assert!(matches!(refused(&[row(&[0.0])]), OrbitError::Empty { .. }));
    assert!(matches!(refused(&[row(&[0.0, 240.0, 240.0])]), OrbitError::Order { .. }));
    assert!(matches!(refused(&[row(&[0.0, 240.0]), row(&[200.0, 440.0])]), OrbitError::Order { .. }));
    let mut broken = row(&[0.0, 240.0]);
    broken[1].position_km.x = f64::NAN;
    assert!(matches!(refused(&[broken]), OrbitError::NotFinite { .. }));
}

#[test]
fn the_nearest_set_answers() {
    let archive = Archive::new("archive", sets(), Duration::DAY * 7).unwrap();
    for (at, revolution) in [
        ("2026-05-21T12:00", 56_868),
        ("2026-05-28T22:29", 56_868),
        ("2026-05-28T22:31", 56_885),
        ("2026-05-29T11:39", 56_885),
        ("2026-05-30T00:03", 56_901),
        ("2026-06-05", 56_901),
    ] {
        let set = archive.set(time(at)).elements();
        assert_eq!(set.revolution, revolution, "at {at}");
        assert_eq!(archive.age(time(at)), (time(at) - set.epoch).abs());
    }
    assert!(archive.state(time("2026-06-07")).is_err());
    assert_eq!(archive.coverage(), [archive.span()], "sets of the same weeks agree");
    let known = archive.known_at(time("2026-05-29T12:00")).unwrap();
    assert_eq!(known.set(time("2026-05-30T12:25")).elements().revolution, 56_885);
    assert!(archive.known_at(time("2026-05-28T09:00")).is_err());
}

#[test]
fn an_archive_says_where_its_sets_do_not_reach() {
    let archive = Archive::new("archive", sets(), Duration::HOUR * 6).unwrap();
    assert_eq!(archive.coverage().len(), 3);
    let gap = archive.state(time("2026-05-28T22:00")).expect_err("between two sets");
    assert!(matches!(gap, OrbitError::Gap { .. }), "{gap}");
    for stretch in archive.coverage() {
        assert!(archive.state(stretch.start()).is_ok());
        assert!(archive.state(stretch.start() - Duration::SECOND).is_err());
    }
}

/// A set of another year has nothing to do with the others: its time is a stretch of its own, and so is a piece of a track.
#[test]
fn sets_that_do_not_fit_part_a_track() {
    let mut other = element_set(&SETS[0]);
    other.epoch = time("2026-05-30T00:00");
    let sets = [sets(), vec![Sgp4::new(other).unwrap()]].concat();
    let archive = Archive::new("archive", sets, Duration::DAY).unwrap();
    let coverage = archive.coverage();
    assert_eq!(coverage.len(), 3, "{coverage:?}");
    let track = Track::of(&archive, archive.span(), &EarthOrientation::unknown()).unwrap();
    assert_eq!(track.coverage(), coverage);
}

/// The catalogue's own revolution numbers: each set foretells that of the others.
#[test]
fn revolutions_are_counted_as_the_catalogue_does() {
    for set in sets() {
        for other in &SETS {
            let other = element_set(other);
            let counted = set.revolution(other.epoch + Duration::MINUTE).unwrap();
            assert_eq!(counted, other.revolution, "from {}", set.elements().epoch);
            let before = set.revolution(other.epoch - Duration::MINUTE * 2).unwrap();
            assert_eq!(before, other.revolution - 1, "from {}", set.elements().epoch);
        }
    }
}

#[test]
fn the_bulk_path_gives_the_same() {
    let (station, table) = (station(), EarthOrientation::unknown());
    let start = time("2026-05-30T12:00");
    let states = states_itrf(&station, start, Duration::MINUTE, 100, &table).unwrap();
    for (index, state) in (0..).zip(&states) {
        let single = station.state(start + Duration::MINUTE * index).unwrap();
        assert_eq!(*state, teme_to_itrf(&single, &table));
    }
}

proptest! {
    /// Whatever a damaged catalogue may hold, there is an answer or an error, and every answer is above the ground.
    #[test]
    fn odd_elements_never_panic(
        field in 0..8_usize,
        odd in prop_oneof![any::<f64>(), Just(0.0), Just(1.0), Just(-1.0), Just(f64::NAN), -400.0..400.0],
        minutes in prop_oneof![any::<i32>(), -2_000..2_000],
    ) {
        let mut set = element_set(&SETS[0]);
        *[
            &mut set.mean_motion_rev_day,
            &mut set.eccentricity,
            &mut set.inclination_deg,
            &mut set.raan_deg,
            &mut set.perigee_deg,
            &mut set.mean_anomaly_deg,
            &mut set.bstar,
            &mut set.mean_motion_dot,
        ][field] = odd;
        if let Ok(sgp4) = Sgp4::new(set) {
            let at = sgp4.elements().epoch + Duration::MINUTE * i64::from(minutes);
            let _ = sgp4.revolution(at);
            if let Ok(state) = sgp4.state(at) {
                prop_assert!(state.position_km.length() > 6_378.0 && state.velocity_km_s.is_finite());
            }
        }
    }
}
