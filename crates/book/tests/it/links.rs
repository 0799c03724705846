//! The link of the station's antenna: against recorded telemetry, skipped where the recordings are not at hand, and alone.

use std::path::Path;

use book::{Book, Files};
use orbit::{
    Antenna, Archive, EarthOrientation, ElementSet, Ephemeris, Globe, LINK_CLEARANCE_KM, Patch, Reach, Relay,
    Sgp4, Track, antenna_legs, in_sight,
};
use timeline::{Duration, Interval, Time, Window};

/// A recording: its folder, when it begins and ends, and an element set of the station near it.
///
/// Hours of the year are counted from 24 on 1 January. So the first holds the docking of 2022-05-21 00:28 and the second the
/// capture of 2018-09-27 11:36; and by that count, and no other, the antenna points at relays.
struct Recording {
    folder: &'static str,
    year_before: &'static str,
    elements: ElementSet,
}

/// The public element sets of 2022-05-18 and 2018-09-25; the drag of the second is a default, so that it is off by three minutes.
fn recordings() -> [Recording; 2] {
    let set =
        |epoch: &str, [inclination, raan, eccentricity, perigee, anomaly, motion, bstar, dot]: [f64; 8]| {
            ElementSet {
                name: "ISS (ZARYA)".to_owned(),
                designator: "1998-067A".to_owned(),
                catalogue_number: 25_544,
                classification: 'U',
                epoch: time(epoch),
                mean_motion_rev_day: motion,
                eccentricity,
                inclination_deg: inclination,
                raan_deg: raan,
                perigee_deg: perigee,
                mean_anomaly_deg: anomaly,
                bstar,
                mean_motion_dot: dot,
                mean_motion_ddot: 0.0,
                element_set_number: 999,
                revolution: 1,
            }
        };
    let boeing = [51.6428, 123.6928, 4.981e-4, 131.9577, 12.1536, 15.494_988_59, 1.8505e-4, 9.938e-5];
    let kounotori = [51.6373, 238.6885, 3.885e-4, 206.9748, 153.1203, 15.537_294_45, 1.027e-4, 1.6717e-4];
    [
        Recording {
            folder: "OFT2",
            year_before: "2021-12-31",
            elements: set("2022-05-18T11:35:23.583Z", boeing),
        },
        Recording {
            folder: "HTV",
            year_before: "2017-12-31",
            elements: set("2018-09-25T12:36:40.767Z", kounotori),
        },
    ]
}

#[test]
fn the_link_holds_as_much_as_was_recorded() {
    let iss = iss();
    for recording in recordings() {
        let path = format!("../../../shared/data/telemetry/{}/Z1000013.txt", recording.folder);
        let Ok(text) = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(&path)) else {
            println!("skipped: there is no recorded telemetry at {path}");
            continue;
        };
        let (span, on) = transmitting(&text, time(recording.year_before));
        let recorded = on.total().seconds() / span.duration().seconds();
        let source = Sgp4::new(recording.elements).unwrap();
        let days = Interval::new(span.start() - Duration::DAY * 3, span.end() + Duration::DAY * 3).unwrap();
        let link = link(&iss, &source, days, Stands::AtItsMeanLongitude);
        let same = share(&link, span);
        let mut shares: Vec<f64> = (-3..=3)
            .filter_map(|day| span.shifted(Duration::DAY * day))
            .map(|other| share(&link, other.intersection(days).unwrap()))
            .collect();
        shares.sort_by(f64::total_cmp);
        let both = link.and(&on).total() + link.not(span).and(&on.not(span)).total();
        println!(
            "{}: recorded {recorded:.3}, model {same:.3} (at the same state {:.3} of the time); the same hours of the week around \
             {:.3} to {:.3}, the week {:.3}",
            recording.folder,
            both.seconds() / span.duration().seconds(),
            shares[0],
            shares[6],
            share(&link, days),
        );
        assert!((same - recorded).abs() < 0.03, "{}: {same:.3}, recorded {recorded:.3}", recording.folder);
        assert!((share(&link, days) - recorded).abs() < 0.05, "{}: the week", recording.folder);
    }
}

/// The station in May 2026, its relays by their own orbits.
///
/// Recorded are 0.87 to 0.92. The model is above that, as it is above both recordings: relays serve others too, and when the
/// station has to wait for its turn no geometry tells. What is held here is the model's own figure.
#[test]
fn over_a_month_the_link_holds_more_than_nine_tenths_of_the_time() {
    let iss = iss();
    let month = Interval::new(time("2026-05-01"), time("2026-05-31")).unwrap();
    let sets = iss.element_sets.iter().cloned().map(|set| Sgp4::new(set).unwrap()).collect();
    let source = Archive::new("book", sets, Duration::DAY * 30).expect("element sets");
    let held = share(&link(&iss, &source, month, Stands::OnItsOrbit), month);
    println!("a month: {held:.4}");
    assert!((held - 0.935).abs() < 0.005, "{held:.4}");
}

/// Where a relay is taken to be.
#[derive(Clone, Copy, PartialEq)]
enum Stands {
    AtItsMeanLongitude,
    OnItsOrbit,
}

/// When the book's antenna speaks with a relay.
fn link(book: &Book, station: &dyn Ephemeris, span: Interval, stands: Stands) -> Window {
    let unknown = EarthOrientation::unknown();
    let station = Track::of(station, span, &unknown).expect("a track");
    let antenna = book.antennas.iter().next().expect("an antenna");
    let relays: Vec<Relay> = book
        .relays
        .iter()
        .filter(|relay| antenna.speaks_with(&relay.id, &relay.network))
        .map(|relay| {
            let set = book
                .relay_element_sets
                .iter()
                .find(|set| Some(set.catalogue_number) == relay.catalogue_number);
            if stands == Stands::AtItsMeanLongitude {
                return Relay::geostationary(relay.id.as_str(), relay.longitude_deg, span);
            }
            let source = Sgp4::new(set.expect("an element set").clone()).expect("an orbit");
            Relay { id: relay.id.to_string(), track: Track::of(&source, span, &unknown).expect("a track") }
        })
        .collect();
    assert_eq!(relays.len(), 3);
    let patch = |zone: &partnership::BlockedZone| Patch {
        along_from_deg: zone.along_from_deg,
        along_to_deg: zone.along_to_deg,
        across_from_deg: zone.across_from_deg,
        across_to_deg: zone.across_to_deg,
    };
    let antenna = Antenna {
        id: antenna.id.to_string(),
        relays: (0..relays.len()).collect(),
        reach: Reach {
            along_deg: antenna.along_deg,
            across_deg: antenna.across_deg,
            blocked: antenna.blocked.iter().map(patch).collect(),
        },
        acquire: antenna.acquire,
        service: span,
    };
    let globe = Globe::WGS84.raised(LINK_CLEARANCE_KM);
    let sights: Vec<Window> = relays.iter().map(|relay| in_sight(&station, relay, globe)).collect();
    antenna_legs(&station, &relays, &sights, &antenna).iter().map(|leg| leg.during).collect()
}

/// From first to last row, and when it transmitted: `hour-of-year value`, each held until the next.
fn transmitting(text: &str, year_before: Time) -> (Interval, Window) {
    let row = |line: &str| {
        let (hours, value) = line.trim().split_once(char::is_whitespace)?;
        let hours: f64 = hours.parse().ok()?;
        Some((year_before + Duration::from_seconds(hours * 3_600.0), value.trim() == "1"))
    };
    let rows: Vec<(Time, bool)> = text.lines().filter_map(row).collect();
    let on = rows.windows(2).filter(|pair| pair[0].1);
    let on = on.filter_map(|pair| Interval::new(pair[0].0, pair[1].0)).collect();
    (Interval::new(rows[0].0, rows[rows.len() - 1].0).expect("a recording"), on)
}

fn share(link: &Window, span: Interval) -> f64 {
    link.clip(span).total().seconds() / span.duration().seconds()
}

fn iss() -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    book::read(&Files::from_dir(folder).expect("the book is there")).0
}

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}
