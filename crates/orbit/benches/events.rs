//! A year of events of the space station on one core: the figures of `docs/benchmarks.md`, section orbit.

use divan::Bencher;
use orbit::{
    Anomaly, Antenna, EarthOrientation, ElementSet, Globe, OrientationQuality, OrientationRow, Patch, Reach,
    Relay, Sgp4, Shadow, Site, Track, anomaly_passages, antenna_legs, any_in_sight, beta_profile, contacts,
    eclipses, hand_overs, in_sight, sun_track,
};
use timeline::{Duration, Interval, Time};

fn main() {
    divan::main();
}

/// From an element set to every contact of 30 sites.
#[divan::bench]
fn contacts_of_30_sites(bencher: Bencher) {
    let (source, sites) = (space_station(), sites());
    bencher.bench_local(|| {
        let track = track(&source);
        sites.iter().map(|site| contacts(&track, site).len()).sum::<usize>()
    });
}

/// From element sets to contacts of 30 sites, umbra, penumbra, beta, 6 relays with hand-overs, the anomaly.
#[divan::bench]
fn everything(bencher: Bencher) {
    let (source, sites) = (space_station(), sites());
    bencher.bench_local(|| {
        let (track, sun) = (track(&source), sun());
        let contacts = sites.iter().map(|site| contacts(&track, site).len()).sum::<usize>();
        let dark =
            [Shadow::Umbra, Shadow::Penumbra].map(|shadow| eclipses(&track, &sun, shadow, Globe::WGS84));
        let relays = relays().map(|relay| in_sight(&track, &relay, Globe::WGS84));
        let legs = hand_overs(&relays);
        let link = any_in_sight(&relays);
        let anomaly = anomaly_passages(&track, &Anomaly::GODDARD_1996);
        (contacts, dark, legs, link, anomaly, beta_profile(&track, &sun))
    });
}

#[divan::bench]
fn part_track(bencher: Bencher) {
    let source = space_station();
    bencher.bench_local(|| track(&source));
}

#[divan::bench]
fn part_contacts_of_30_sites(bencher: Bencher) {
    let (track, sites) = (track(&space_station()), sites());
    bencher.bench_local(|| sites.iter().map(|site| contacts(&track, site).len()).sum::<usize>());
}

#[divan::bench]
fn part_umbra_and_penumbra(bencher: Bencher) {
    let (track, sun) = (track(&space_station()), sun());
    bencher.bench_local(|| {
        [Shadow::Umbra, Shadow::Penumbra].map(|shadow| eclipses(&track, &sun, shadow, Globe::WGS84))
    });
}

#[divan::bench]
fn part_relays(bencher: Bencher) {
    let (track, relays) = (track(&space_station()), relays());
    bencher.bench_local(|| {
        let windows = relays.each_ref().map(|relay| in_sight(&track, relay, Globe::WGS84));
        (hand_overs(&windows), any_in_sight(&windows))
    });
}

/// An antenna with seven zones blocked, on three of the relays, whose sights are known.
#[divan::bench]
fn part_antenna(bencher: Bencher) {
    let (track, relays) = (track(&space_station()), relays());
    let sights = relays.each_ref().map(|relay| in_sight(&track, relay, Globe::WGS84));
    let antenna = antenna();
    bencher.bench_local(|| antenna_legs(&track, &relays, &sights, &antenna));
}

#[divan::bench]
fn part_anomaly(bencher: Bencher) {
    let track = track(&space_station());
    bencher.bench_local(|| anomaly_passages(&track, &Anomaly::GODDARD_1996));
}

/// A year from 2026-05-30T13:00Z.
fn year() -> Interval {
    let begin: Time = "2026-05-30T13:00Z".parse().expect("a time");
    Interval::new(begin, begin + Duration::DAY * 365).expect("a year")
}

fn track(source: &Sgp4) -> Track {
    Track::of(source, year(), &orientation()).expect("a track")
}

/// A table of two rows, so that the cost of looking in one is counted; UT1−UTC and the pole as of May 2026, to a few
/// hundredths.
fn orientation() -> EarthOrientation {
    let row = |time| OrientationRow {
        time,
        x_arcsec: 0.1,
        y_arcsec: 0.4,
        ut1_utc_s: 0.03,
        dx_mas: 0.0,
        dy_mas: 0.0,
        quality: OrientationQuality::Predicted,
    };
    EarthOrientation::new(&[row(year().start()), row(year().end())]).expect("two rows in order")
}

/// Element set of 2026-05-30 (CelesTrak, stations).
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

/// Six relays at the longitudes of TDRS 3, 5, 7, 11, 12 and 13 in May 2026, standing still over the equator.
fn relays() -> [Relay; 6] {
    [-49.1, -167.6, 89.2, -174.3, -40.9, -11.5]
        .map(|longitude_deg| Relay::geostationary(format!("{longitude_deg}"), longitude_deg, year()))
}

/// As many zones as the real antenna has, degrees: along from and to, across from and to.
fn antenna() -> Antenna {
    let zones = [
        (-24.0, 10.0, 49.0, 90.0),
        (-24.0, 10.0, -90.0, -49.0),
        (66.0, 120.0, -20.0, 13.0),
        (-120.0, -80.0, -5.0, 5.0),
        (-111.0, -104.0, 20.0, 90.0),
        (-111.0, -104.0, -90.0, -20.0),
        (-120.0, -100.0, -90.0, -45.0),
    ];
    let patch = |(along_from_deg, along_to_deg, across_from_deg, across_to_deg)| Patch {
        along_from_deg,
        along_to_deg,
        across_from_deg,
        across_to_deg,
    };
    Antenna {
        id: "dish".to_owned(),
        relays: vec![2, 3, 4],
        reach: Reach { along_deg: 120.0, across_deg: 65.0, blocked: zones.map(patch).to_vec() },
        acquire: Duration::SECOND * 51,
        service: year(),
    }
}

fn sites() -> Vec<Site> {
    let site = |&(id, latitude_deg, longitude_deg, mask_deg): &(&str, f64, f64, f64)| Site {
        id: id.to_owned(),
        latitude_deg,
        longitude_deg,
        height_m: 0.0,
        mask_deg,
    };
    SITES.iter().map(site).collect()
}

/// Id, latitude, longitude, mask, degrees: control centres, launch sites, ground stations and cities, to the nearest
/// 0.01° (recalled).
const SITES: [(&str, f64, f64, f64); 30] = [
    ("houston", 29.56, -95.09, 5.0),
    ("huntsville", 34.65, -86.67, 5.0),
    ("korolyov", 55.92, 37.83, 5.0),
    ("oberpfaffenhofen", 48.09, 11.28, 5.0),
    ("tsukuba", 36.07, 140.13, 5.0),
    ("saint-hubert", 45.52, -73.39, 5.0),
    ("cape-canaveral", 28.49, -80.57, 5.0),
    ("vandenberg", 34.74, -120.57, 5.0),
    ("wallops", 37.94, -75.46, 5.0),
    ("white-sands", 32.50, -106.61, 5.0),
    ("dryden", 34.95, -117.91, 5.0),
    ("guam", 13.62, 144.86, 5.0),
    ("hawaii", 19.01, -155.66, 5.0),
    ("baikonur", 45.92, 63.34, 5.0),
    ("ussuriysk", 44.02, 131.76, 5.0),
    ("petropavlovsk", 53.02, 158.65, 5.0),
    ("ulan-ude", 51.87, 107.95, 5.0),
    ("shchyolkovo", 55.92, 37.97, 5.0),
    ("weilheim", 47.88, 11.08, 5.0),
    ("redu", 50.00, 5.15, 5.0),
    ("kourou", 5.25, -52.80, 5.0),
    ("maspalomas", 27.76, -15.63, 5.0),
    ("santa-maria", 36.99, -25.14, 5.0),
    ("malindi", -3.00, 40.19, 5.0),
    ("hartebeesthoek", -25.89, 27.69, 5.0),
    ("new-norcia", -31.05, 116.19, 5.0),
    ("canberra", -35.40, 148.98, 5.0),
    ("santiago", -33.15, -70.67, 5.0),
    ("tanegashima", 30.40, 130.97, 5.0),
    ("bengaluru", 13.03, 77.51, 5.0),
];

fn sun() -> Track {
    sun_track(year(), &orientation()).expect("a Sun")
}
