//! Where the space station is, over and over, on one core: states a second from each source and into each frame.

use divan::Bencher;
use divan::counter::ItemsCount;
use glam::DVec3;
use orbit::{
    EarthOrientation, ElementSet, Ephemeris, Gcrf, Luminary, LuminaryPath, OrientationQuality,
    OrientationRow, Segment, Sgp4, State, Tabulated, Teme, gcrf_to_teme, states_itrf, teme_to_itrf,
};
use timeline::{Duration, Interval, Time};

fn main() {
    divan::main();
}

/// A day at ten-second steps.
const STATES: usize = 8_640;
const STEP: Duration = Duration::from_nanoseconds(10 * Duration::SECOND.nanoseconds());

#[divan::bench]
fn sgp4(bencher: Bencher) {
    let source = space_station();
    bencher.counter(ItemsCount::new(STATES)).bench_local(|| source.states(start(), STEP, STATES));
}

#[divan::bench]
fn sgp4_to_itrf(bencher: Bencher) {
    let (source, orientation) = (space_station(), orientation());
    bencher
        .counter(ItemsCount::new(STATES))
        .bench_local(|| states_itrf(&source, start(), STEP, STATES, &orientation));
}

#[divan::bench]
fn teme_to_itrf_alone(bencher: Bencher) {
    let (states, orientation) = (states(STEP), orientation());
    bencher.counter(ItemsCount::new(STATES)).bench_local(|| {
        states.iter().map(|state| teme_to_itrf(state, &orientation).position_km).sum::<DVec3>()
    });
}

#[divan::bench]
fn table(bencher: Bencher) {
    let table = Tabulated::new("table", start(), &[Segment::of_teme(states(STEP * 24))]);
    let table = table.expect("a good table");
    bencher.counter(ItemsCount::new(STATES)).bench_local(|| table.states(start(), STEP, STATES));
}

/// A fortnight at the 240 s of NASA's trajectories: the pole, the frames and the arcs.
#[divan::bench]
fn building_a_table_of_5400_states(bencher: Bencher) {
    let gcrf: Vec<State<Gcrf>> = states(STEP * 24)
        .iter()
        .map(|state| State::new(state.time, state.position_km, state.velocity_km_s))
        .collect();
    bencher.bench_local(|| Tabulated::new("table", start(), &[Segment::of_gcrf(&gcrf[..5_400])]));
}

#[divan::bench]
fn gcrf_to_teme_one_by_one(bencher: Bencher) {
    let state = State::<Gcrf>::new(start(), DVec3::new(6_800.0, 0.0, 0.0), DVec3::new(0.0, 7.6, 0.0));
    bencher.bench_local(|| gcrf_to_teme(divan::black_box(&state)));
}

#[divan::bench(args = [Luminary::Sun, Luminary::Moon])]
fn a_year_of(bencher: Bencher, luminary: Luminary) {
    let year = Interval::new(start(), start() + Duration::DAY * 365).expect("a year");
    bencher.bench_local(|| LuminaryPath::over(luminary, year));
}

fn states(step: Duration) -> Vec<State<Teme>> {
    space_station().states(start(), step, STATES).expect("in orbit")
}

fn start() -> Time {
    "2026-05-30T13:00".parse().expect("a time")
}

fn orientation() -> EarthOrientation {
    let row = |day: i64| OrientationRow {
        time: start() + Duration::DAY * (day - 200),
        x_arcsec: 0.1,
        y_arcsec: 0.4,
        ut1_utc_s: 0.03,
        dx_mas: 0.0,
        dy_mas: 0.0,
        quality: OrientationQuality::Observed,
    };
    EarthOrientation::new(&(0..400).map(row).collect::<Vec<_>>()).expect("rows in order")
}

/// The station's published element set of 2026-05-30T12:25 (public catalogue, object 25544).
fn space_station() -> Sgp4 {
    let elements = ElementSet {
        name: "ISS (ZARYA)".to_owned(),
        designator: "1998-067A".to_owned(),
        catalogue_number: 25_544,
        classification: 'U',
        epoch: "2026-05-30T12:25:10.468992Z".parse().expect("a time"),
        mean_motion_rev_day: 15.494_965_48,
        eccentricity: 0.000_724_5,
        inclination_deg: 51.633_7,
        raan_deg: 27.574_6,
        perigee_deg: 114.708_0,
        mean_anomaly_deg: 245.466_4,
        bstar: 0.217_67e-3,
        mean_motion_dot: 0.000_117_76,
        mean_motion_ddot: 0.0,
        element_set_number: 999,
        revolution: 56_901,
    };
    Sgp4::new(elements).expect("an orbit")
}
