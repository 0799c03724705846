//! What a track promises: its step, its nearness to the source, its pieces.

use orbit::{EarthOrientation, Ephemeris, OrbitError, Sgp4, State, Teme, Track, itrf_to_teme, step_for};
use timeline::{Duration, Interval, Time};

use crate::paths::{Circle, days, space_station, space_station_days, space_station_elements};

const ORBIT: Circle = Circle { altitude_km: 415.0, inclination_deg: 80.0, node_deg: 20.0, phase_deg: 10.0 };

#[test]
fn the_step_follows_the_orbit() {
    for (altitude_km, from_s, to_s) in [(415.0, 345.0, 355.0), (35_786.0, 5_400.0, 5_500.0)] {
        let orbit = Circle { altitude_km, ..ORBIT };
        let step_s = step_for(&orbit.state(Time::EPOCH)).seconds();
        assert!((from_s..to_s).contains(&step_s), "{altitude_km} km: {step_s} s");
    }
}

/// The quintic stays within the stated `φ⁶ r / 9,000` of the path, and `φ⁶ r / 4,000` in the first and last step.
#[test]
fn a_track_is_as_near_as_it_says() {
    let orbit = ORBIT;
    for step_s in [200.0, 300.0, 400.0] {
        let track = orbit.track(days(1), Duration::from_seconds(step_s));
        let flown = step_s * std::f64::consts::TAU / orbit.period().seconds();
        for second in (0..86_400).step_by(17) {
            let at = Time::EPOCH + Duration::SECOND * second;
            let error_km = (track.state(at).unwrap().position_km - orbit.state(at).position_km).length();
            let at_an_end = !(step_s..86_400.0 - step_s).contains(&(second as f64));
            let stated_km = flown.powi(6) * 6_793.0 / if at_an_end { 4_000.0 } else { 9_000.0 };
            assert!(error_km < stated_km, "{step_s} s, {second}: {error_km} km, stated {stated_km}");
        }
    }
}

/// The step chosen for the space station keeps a track within 5 m of SGP4, 0.7 ms of its flight.
#[test]
fn a_track_of_the_space_station_is_good_to_metres() {
    let span = space_station_days(0.0, 2.0);
    let (track, source) = (space_station(span), Sgp4::new(space_station_elements()).expect("an orbit"));
    let unknown = EarthOrientation::unknown();
    for minute in 10..2 * 24 * 60 - 10 {
        let at = span.start() + Duration::MINUTE * minute;
        let exact = orbit::teme_to_itrf(&source.state(at).expect("a state"), &unknown);
        let read = track.state(at).expect("a state");
        let off_km = (read.position_km - exact.position_km).length();
        assert!(off_km < 0.005, "{at}: {off_km} km");
    }
}

#[test]
fn a_gap_of_the_source_splits_the_track() {
    let hour = |h: i64| Time::EPOCH + Duration::HOUR * h;
    let between = |from, to| Interval::new(hour(from), hour(to)).expect("a stretch");
    let source = Holed { span: between(0, 20), hole: between(7, 11) };
    let orientation = EarthOrientation::unknown();
    for (asked, expected) in [
        (between(0, 20), vec![between(0, 7), between(11, 20)]),
        (between(-5, 40), vec![between(0, 7), between(11, 20)]),
        (between(1, 6), vec![between(1, 6)]),
        (between(7, 20), vec![between(11, 20)]),
        (between(8, 20), vec![between(11, 20)]),
        (between(8, 10), vec![]),
    ] {
        let track = Track::of(&source, asked, &orientation).expect("a track");
        assert_eq!(track.coverage(), expected, "{asked}");
        assert_eq!(track.state(hour(9)), None);
    }
    let outside = Track::of(&source, between(30, 40), &orientation);
    assert!(matches!(outside, Err(OrbitError::OutsideSpan { .. })), "{outside:?}");
}

/// A circular orbit with a span and a hole in it.
struct Holed {
    span: Interval,
    hole: Interval,
}

impl Ephemeris for Holed {
    fn source(&self) -> &str {
        "holed"
    }

    fn span(&self) -> Interval {
        self.span
    }

    fn coverage(&self) -> Vec<Interval> {
        let known = |from, to| Interval::new(from, to).expect("a stretch");
        vec![known(self.span.start(), self.hole.start()), known(self.hole.end(), self.span.end())]
    }

    fn state(&self, time: Time) -> Result<State<Teme>, OrbitError> {
        let (before, after) = (self.hole.start(), self.hole.end());
        if time > before && time < after {
            return Err(OrbitError::Gap { source_name: self.source().to_owned(), before, after, time });
        }
        Ok(itrf_to_teme(&ORBIT.state(time), &EarthOrientation::unknown()))
    }

    fn age(&self, _: Time) -> Duration {
        Duration::ZERO
    }

    fn error_km(&self, _: Time) -> f64 {
        0.0
    }
}
