use orbit::{
    Anomaly, EarthOrientation, Environment, Ephemeris, MeanOrbit, Neighbours, Relay, Segment, Site,
    Tabulated, Track, altitude_profile, ascending_nodes, beta_deg, beta_profile, low_orbit, mean_orbit,
    revolutions,
};
use timeline::{Duration, Interval, Profile, Time, Window};

use crate::antennas::antenna;
use crate::paths::{space_station, space_station_days, space_station_elements, sun};

#[test]
fn a_low_orbit_is_a_set_of_profiles() {
    let span = space_station_days(0.0, 3.0);
    let houston = Site {
        id: "houston".to_owned(),
        latitude_deg: 29.56,
        longitude_deg: -95.09,
        height_m: 10.0,
        mask_deg: 5.0,
    };
    let relay = |id: &str, longitude_deg| Relay::geostationary(id, longitude_deg, span);
    let neighbours = Neighbours {
        sites: vec![houston],
        relays: vec![relay("west", -174.0), relay("east", -41.0)],
        antennas: vec![antenna(&[0, 1], span)],
        anomaly: Some(Anomaly::GODDARD_1996),
    };
    let environment = low_orbit(&space_station(span), &sun(span), &neighbours).expect("an environment");
    let names: Vec<&str> = environment.profiles().iter().map(Profile::name).collect();
    let expected = "env.known env.sunlit env.beta_deg env.altitude_km env.saa link.relay link.dish link.west link.east link.houston";
    assert_eq!(names.join(" "), expected);
    assert!(environment.profiles().iter().all(|profile| profile.domain() == span));

    // The first contact and the first shadow by Skyfield, see `skyfield.rs`.
    let near = |found: Option<Time>, expected: &str, tolerance_s: i64| {
        let off = found.expect("a change") - expected.parse::<Time>().expect("a time");
        assert!(off.abs() < Duration::SECOND * tolerance_s, "{found:?}, expected {expected}");
    };
    near(environment.next_change("link.houston", span.start()), "2026-05-30T17:09:19.405Z", 1);
    // Skyfield's Earth is a sphere here; the flattening is worth 2 s.
    near(environment.next_change("env.sunlit", span.start()), "2026-05-30T13:04:43.692Z", 3);
    assert_eq!(environment.value("env.sunlit", span.start()), Some(1.0));
    assert_eq!(environment.value("env.sunlit", span.end()), None);
    assert_eq!(environment.value("env.moonlit", span.start()), None);

    // A station spends about 6 in 10 minutes in sunlight, at about 420 km, and passes the oval for a tenth of the
    // time.
    let mean = |name: &str| environment.profile(name).and_then(|profile| profile.mean(span)).expect("a mean");
    for (name, from, to) in [
        ("env.sunlit", 0.58, 0.64),
        ("env.altitude_km", 410.0, 425.0),
        ("env.saa", 0.05, 0.2),
        ("link.relay", 0.7, 1.0),
        ("link.dish", 0.8, 0.9),
    ] {
        assert!((from..to).contains(&mean(name)), "{name}: {}", mean(name));
    }
}

#[test]
fn a_gap_is_not_known() {
    let circle =
        crate::paths::Circle { altitude_km: 415.0, inclination_deg: 51.6, node_deg: 0.0, phase_deg: 0.0 };
    let hour = |h: i64| Time::EPOCH + Duration::HOUR * h;
    let known = [(0, 10), (14, 24)].map(|(from, to)| Interval::new(hour(from), hour(to)).expect("a stretch"));
    let track = circle.track_over(&known, Duration::MINUTE * 5);
    let sun = crate::paths::still_sun(Interval::new(hour(0), hour(24)).expect("a day"), 10.0, 1.5e8);
    let environment = low_orbit(&track, &sun, &Neighbours::default()).expect("an environment");
    let when = |name: &str| environment.profile(name).expect("a profile").when_true();
    assert_eq!(when("env.known"), Window::from_intervals(known));
    assert_eq!(when("env.sunlit").minus(&when("env.known")), Window::empty());
}

/// A published trajectory in two segments that share an instant, as at a burn: height and plane jump, nothing else breaks.
#[test]
fn segments_that_touch_are_a_jump() {
    let circle = |altitude_km, inclination_deg| crate::paths::Circle {
        altitude_km,
        inclination_deg,
        node_deg: 0.0,
        phase_deg: 0.0,
    };
    let unknown = EarthOrientation::unknown();
    let segment = |path: crate::paths::Circle, minutes: std::ops::RangeInclusive<i64>| {
        let at = |minute| path.state(Time::EPOCH + Duration::MINUTE * minute);
        Segment::of_itrf(&minutes.step_by(4).map(at).collect::<Vec<_>>(), &unknown)
    };
    let segments = [segment(circle(415.0, 51.6), 0..=600), segment(circle(418.0, 51.8), 600..=1_440)];
    let table = Tabulated::new("two segments", Time::EPOCH, &segments).expect("a trajectory");
    let span = table.span();
    let track = Track::of(&table, span, &unknown).expect("a track");
    let environment = low_orbit(&track, &sun(span), &Neighbours::default()).expect("an environment");
    let burn = Time::EPOCH + Duration::MINUTE * 600;
    for (name, before, after) in [("env.altitude_km", 415.0, 418.0), ("env.known", 1.0, 1.0)] {
        let profile = environment.profile(name).expect("a profile");
        assert_eq!(profile.domain(), span, "{name}");
        for (at, expected) in [(burn - Duration::SECOND, before), (burn, after)] {
            let value = profile.at(at).expect("a value");
            assert!((value - expected).abs() < 0.05, "{name} at {at}: {value}, expected {expected}");
        }
    }
    let beta = |at: Time| environment.value("env.beta_deg", at).expect("a value");
    let jump_deg = (beta(burn) - beta(burn - Duration::SECOND)).abs();
    assert!((0.01..=0.2).contains(&jump_deg), "{jump_deg}°");
}

#[test]
fn lines_keep_their_tolerance() {
    let span = space_station_days(0.0, 60.0);
    let (station, sun) = (space_station(span), sun(span));
    let beta = beta_profile(&station, &sun).expect("a profile");
    for node in ascending_nodes(&station) {
        let (state, sun_km) =
            (station.state(node.time).expect("a state"), sun.state(node.time).expect("a Sun").position_km);
        let exact_deg = beta_deg(state.position_km, state.velocity_km_s, sun_km);
        let read_deg = beta.at(node.time).expect("a value");
        assert!((read_deg - exact_deg).abs() < 0.010_001, "{}: {read_deg}, exact {exact_deg}", node.time);
    }
    assert!(beta.starts().len() < 300, "{} lines for 60 days", beta.starts().len());
    assert!(altitude_profile(&station).expect("a profile").starts().len() < 200);

    // The same plane, turned by J2 alone.
    let mean = MeanOrbit::of(&space_station_elements());
    for day in 0..30 {
        let at = span.start() + Duration::DAY * day + Duration::HOUR;
        let (exact_deg, mean_deg) = (beta.at(at).expect("a value"), mean.beta_deg(at));
        assert!((exact_deg - mean_deg).abs() < 0.2, "day {day}: {mean_deg}, exact {exact_deg}");
    }
}

#[test]
fn decades_are_a_set_of_profiles_too() {
    let span = space_station_days(0.0, 20.0 * 365.25);
    let environment = mean_orbit(&MeanOrbit::of(&space_station_elements()), span).expect("an environment");
    let lit = environment.profile("env.sunlit_part").expect("a profile");
    // 36 of 92.8 minutes are dark at most, none at a beta above 70°.
    assert!(lit.values().iter().all(|part| (0.61..=1.0).contains(part)));
    assert!(!lit.at_least(1.0).is_empty());
    let highest = environment
        .profile("env.beta_deg")
        .expect("a profile")
        .values()
        .iter()
        .fold(0.0_f64, |a, b| a.max(b.abs()));
    // Inclination plus the obliquity of the ecliptic.
    assert!((70.0..51.64 + 23.45).contains(&highest), "{highest}°");
}

/// The element set says revolution 56901 at its epoch, which stands on the ascending node.
#[test]
fn revolutions_are_numbered_as_in_element_sets() {
    let elements = space_station_elements();
    let (day, epoch) = (Duration::DAY, elements.epoch);
    let around = Interval::new(epoch - day, epoch + day).expect("a span");
    let track = space_station(around);
    let number = revolutions(&track, epoch, elements.revolution).expect("a profile");
    let minute = Duration::MINUTE;
    for (at, expected) in [
        (epoch - minute * 2, 56_900.0),
        (epoch + minute, 56_901.0),
        (epoch + minute * 91, 56_901.0),
        (epoch + minute * 95, 56_902.0),
        // 15.5 revolutions later.
        (epoch + day - minute, 56_916.0),
    ] {
        assert_eq!(number.at(at), Some(expected), "{at}");
    }
    assert!(revolutions(&track, epoch + day * 2, elements.revolution).is_err());
}
