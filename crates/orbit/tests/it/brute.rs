//! Every kind of event against a look at each second of two days, with formulas of another shape than the crate's.

use glam::DVec3;
use orbit::{
    Anomaly, Contact, Globe, Itrf, Relay, SUN_RADIUS_KM, Shadow, Site, State, Track, anomaly_passages,
    ascending_nodes, contacts, eclipses, in_sight,
};
use timeline::{Duration, Interval, Time, Window};

use crate::paths::{Circle, days, still_sun};

const DAYS: i64 = 2;
const GLOBE: Globe = Globe::sphere(6_378.137);
const STATION: Circle =
    Circle { altitude_km: 415.0, inclination_deg: 51.6, node_deg: 40.0, phase_deg: 200.0 };

fn track() -> Track {
    STATION.track(days(DAYS), Duration::MINUTE * 5)
}

#[test]
fn contacts_with_sites() {
    let track = track();
    for (latitude_deg, longitude_deg, mask_deg) in [
        (29.56, -95.09, 5.0),
        (55.92, 37.83, 7.0),
        (36.07, 140.12, 0.0),
        (67.88, 21.06, 2.0),
        (-64.0, 100.0, 1.0),
        (0.0, 0.0, 60.0),
        (50.0, 200.0, 40.0),
    ] {
        let site = Site { id: "site".to_owned(), latitude_deg, longitude_deg, height_m: 100.0, mask_deg };
        let (place_km, up) = place(&site);
        let found: Window = contacts(&track, &site).iter().filter_map(Contact::during).collect();
        check(&format!("{site:?}"), &found, |state| {
            let sight = state.position_km - place_km;
            90.0 - sight.angle_between(up).to_degrees() > mask_deg
        });
    }
}

#[test]
fn shadows() {
    let (track, sun) = (track(), still_sun(days(DAYS), -20.0, 149_597_870.7));
    for shadow in [Shadow::Umbra, Shadow::Half, Shadow::Penumbra] {
        check(&format!("{shadow:?}"), &eclipses(&track, &sun, shadow, GLOBE), |state| {
            let sun_km = sun.state(state.time).expect("a known Sun").position_km;
            in_cone(state.position_km, sun_km, shadow)
        });
    }
}

#[test]
fn relays() {
    let track = track();
    for longitude_deg in [-174.0, -41.0, 85.0] {
        let relay = Relay::geostationary("relay", longitude_deg, days(DAYS));
        let relay_km = relay.track.state(Time::EPOCH).expect("a known relay").position_km;
        check(
            &format!("relay at {longitude_deg}°"),
            &in_sight(&track, &relay, GLOBE.raised(100.0)),
            |state| {
                let along = (relay_km - state.position_km).normalize();
                let nearest_km = state.position_km - state.position_km.dot(along) * along;
                state.position_km.dot(along) > 0.0 || nearest_km.length() > 6_478.137
            },
        );
    }
}

#[test]
fn the_anomaly() {
    let oval = Anomaly::GODDARD_1996;
    check("anomaly", &anomaly_passages(&track(), &oval), |state| {
        let p = state.position_km;
        let east = (p.y.atan2(p.x).to_degrees() + 25.0) / 65.0;
        let north = (p.z.atan2(p.x.hypot(p.y)).to_degrees() + 25.0) / 25.0;
        east.hypot(north) < 1.0
    });
}

#[test]
fn nodes() {
    let found = ascending_nodes(&track());
    let north: Vec<Interval> =
        found.windows(2).filter_map(|pair| Interval::new(pair[0].time, pair[1].time)).collect();
    let revolution = STATION.period();
    assert!(north.iter().all(|between| (between.duration() - revolution).abs() < Duration::SECOND / 1_000));
    assert_eq!(found.len() as i64, (days(DAYS).duration().seconds() / revolution.seconds()) as i64);
}

/// Looks at every second and compares each change with the ends of `found`, to a second.
pub(crate) fn check(what: &str, found: &Window, holds: impl Fn(&State<Itrf>) -> bool) {
    let mut expected = Vec::new();
    let mut began = None;
    for second in 0..=DAYS * 86_400 {
        let at = Time::EPOCH + Duration::SECOND * second;
        match (began, holds(&STATION.state(at)) && second < DAYS * 86_400) {
            (None, true) => began = Some(at),
            (Some(from), false) => {
                expected.extend(Interval::new(from, at));
                began = None;
            }
            _ => {}
        }
    }
    assert!(!expected.is_empty(), "{what}: nothing to compare with");
    assert_eq!(found.intervals().len(), expected.len(), "{what}: {found:?}, expected {expected:?}");
    for (found, expected) in found.iter().zip(expected) {
        let off = (found.start() - expected.start()).abs().max((found.end() - expected.end()).abs());
        assert!(off <= Duration::SECOND, "{what}: {found:?}, expected {expected:?}");
    }
}

/// Whether a point is in the cone of shadow behind a sphere.
fn in_cone(point_km: DVec3, sun_km: DVec3, shadow: Shadow) -> bool {
    let (globe_km, toward_sun) = (GLOBE.equatorial_km, sun_km.normalize());
    // The sine of the cone's half-angle times the Sun's distance; the umbra narrows behind the globe, the others
    // widen.
    let (radii_km, widens) = match shadow {
        Shadow::Umbra => (SUN_RADIUS_KM - globe_km, -1.0),
        Shadow::Half => (globe_km, 1.0),
        Shadow::Penumbra => (SUN_RADIUS_KM + globe_km, 1.0),
    };
    let half_angle = (radii_km / sun_km.length()).asin();
    let behind_km = -point_km.dot(toward_sun);
    let beside_km = (point_km + behind_km * toward_sun).length();
    behind_km > 0.0 && beside_km < globe_km / half_angle.cos() + widens * behind_km * half_angle.tan()
}

fn place(site: &Site) -> (DVec3, DVec3) {
    let (lat, lon) = (site.latitude_deg.to_radians(), site.longitude_deg.to_radians());
    let up = DVec3::new(lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin());
    // The point of the ellipsoid with that normal: (a² up_x, a² up_y, b² up_z) / |(a up_x, a up_y, b up_z)|.
    let axes = DVec3::new(6_378.137, 6_378.137, 6_356.752_314);
    (axes * axes * up / (axes * up).length() + up * site.height_m / 1e3, up)
}
