//! What an antenna can reach: against a look at each second, and what holds for every reach.

use glam::DVec3;
use orbit::{Antenna, Globe, Patch, Reach, Relay, State, Track, antenna_legs, in_reach, in_sight};
use timeline::{Duration, Interval, Time, Window};

use crate::brute::check;
use crate::paths::{Circle, days};

const GLOBE: Globe = Globe::sphere(6_378.137);
const STATION: Circle =
    Circle { altitude_km: 415.0, inclination_deg: 51.6, node_deg: 40.0, phase_deg: 200.0 };

/// An antenna with a mast beside it.
pub(crate) fn antenna(relays: &[usize], service: Interval) -> Antenna {
    let mast =
        Patch { along_from_deg: -30.0, along_to_deg: 10.0, across_from_deg: 20.0, across_to_deg: 90.0 };
    Antenna {
        id: "dish".to_owned(),
        relays: relays.to_vec(),
        reach: Reach { along_deg: 120.0, across_deg: 65.0, blocked: vec![mast] },
        acquire: Duration::MINUTE,
        service,
    }
}

fn track() -> Track {
    STATION.track(days(2), Duration::MINUTE * 5)
}

fn relay(longitude_deg: f64) -> Relay {
    Relay::geostationary(format!("{longitude_deg}"), longitude_deg, days(2))
}

/// The angles to a point, forward and to starboard, degrees; by rotating about the axes one after the other, where the crate
/// takes the sides of one direction.
fn angles_deg(state: &State<orbit::Itrf>, target_km: DVec3) -> (f64, f64) {
    let spin = DVec3::new(0.0, 0.0, orbit::EARTH_RATE_RAD_S);
    let up = state.position_km.normalize();
    let flight = state.velocity_km_s + spin.cross(state.position_km);
    let forward = (flight - flight.dot(up) * up).normalize();
    let starboard = forward.cross(up);
    let sight = target_km - state.position_km;
    let in_plane = sight - sight.dot(starboard) * starboard;
    let along = in_plane.angle_between(up).to_degrees() * in_plane.dot(forward).signum();
    let across = sight.angle_between(in_plane).to_degrees() * sight.dot(starboard).signum();
    (along, across)
}

#[test]
fn every_second_of_two_days_agrees() {
    let track = track();
    for longitude_deg in [-174.0, -41.0, 85.0] {
        let relay = relay(longitude_deg);
        let relay_km = relay.track.state(Time::EPOCH).expect("a known relay").position_km;
        let sight = in_sight(&track, &relay, GLOBE.raised(50.0));
        for (along_deg, across_deg, blocked) in [
            (120.0, 65.0, vec![]),
            (60.0, 30.0, vec![]),
            (180.0, 90.0, vec![(-40.0, -10.0, -90.0, 90.0)]),
            (
                120.0,
                65.0,
                vec![(-24.0, 10.0, 49.0, 90.0), (66.0, 120.0, -20.0, 13.0), (-100.0, 100.0, -5.0, 5.0)],
            ),
        ] {
            let reach = Reach {
                along_deg,
                across_deg,
                blocked: blocked
                    .iter()
                    .map(|&(along_from_deg, along_to_deg, across_from_deg, across_to_deg)| Patch {
                        along_from_deg,
                        along_to_deg,
                        across_from_deg,
                        across_to_deg,
                    })
                    .collect(),
            };
            check(
                &format!("{longitude_deg}° {reach:?}"),
                &in_reach(&track, &relay, &sight, &reach),
                |state| {
                    let (along, across) = angles_deg(state, relay_km);
                    sight.contains(state.time)
                        && along.abs() <= along_deg
                        && across.abs() <= across_deg
                        && !blocked.iter().any(|&(from, to, left, right)| {
                            (from..=to).contains(&along) && (left..=right).contains(&across)
                        })
                },
            );
        }
    }
}

/// What stands still among the stars is first seen ahead and lost behind.
#[test]
fn a_relay_comes_from_ahead() {
    let (track, relay) = (track(), relay(-41.0));
    let sight = in_sight(&track, &relay, GLOBE);
    let ahead =
        Patch { along_from_deg: 0.0, along_to_deg: 180.0, across_from_deg: -90.0, across_to_deg: 90.0 };
    let behind = Reach { along_deg: 180.0, across_deg: 90.0, blocked: vec![ahead] };
    let lost = in_reach(&track, &relay, &sight, &behind);
    let whole = |stretch: &Interval| stretch.duration() > Duration::MINUTE * 30;
    let (mut looked, half) = (0, Duration::MINUTE * 10);
    for stretch in sight.iter().filter(whole) {
        let Some(first) = Interval::new(stretch.start(), stretch.start() + half) else { continue };
        let Some(last) = Interval::new(stretch.end() - half, stretch.end()) else { continue };
        if first.start() > days(2).start() && last.end() < days(2).end() {
            assert!(!lost.overlaps(first) && lost.covers(last), "{stretch:?}");
            looked += 1;
        }
    }
    assert!(looked > 20, "{looked}");
}

#[test]
fn legs_lie_in_reach_and_leave_time_to_acquire() {
    let track = track();
    let relays = [-174.0, -41.0, 85.0].map(relay);
    let sights: Vec<Window> = relays.iter().map(|relay| in_sight(&track, relay, GLOBE)).collect();
    let service = Interval::new(Time::EPOCH + Duration::HOUR * 3, Time::EPOCH + Duration::HOUR * 40);
    let dish = antenna(&[0, 2], service.expect("hours"));
    let legs = antenna_legs(&track, &relays, &sights, &dish);
    assert!(legs.len() > 40, "{}", legs.len());
    for leg in &legs {
        assert!(dish.relays.contains(&leg.relay));
        let since = leg.during.start() - dish.acquire;
        let held = Interval::new(since, leg.during.end()).expect("a leg");
        let reached = in_reach(&track, &relays[leg.relay], &sights[leg.relay], &dish.reach);
        assert!(reached.covers(held) && dish.service.intersection(held) == Some(held), "{leg:?}");
    }
    assert!(legs.windows(2).all(|pair| pair[0].during.end() + dish.acquire <= pair[1].during.start()));
}
