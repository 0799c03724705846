//! Element sets of the station, for tests of sources.

use orbit::{ElementSet, Sgp4};

/// Epoch, revolution, rev/day, eccentricity, inclination, node, perigee and mean anomaly in degrees, B*, half the decay in rev/day².
type Elements = (&'static str, u32, [f64; 8]);

/// Three of the station's published element sets of May 2026 (public catalogue, object 25544).
pub(crate) const SETS: [Elements; 3] = [
    (
        "2026-05-28T09:20:20.609088Z",
        56868,
        [15.49439555, 0.0007369, 51.6335, 38.1115, 107.1084, 253.0712, 0.00021208, 0.00011438],
    ),
    (
        "2026-05-29T11:39:12.633696Z",
        56885,
        [15.494693, 0.0007323, 51.6334, 32.6833, 111.151, 249.0262, 0.00024549, 0.00013329],
    ),
    (
        "2026-05-30T12:25:10.468992Z",
        56901,
        [15.49496548, 0.0007245, 51.6337, 27.5746, 114.708, 245.4664, 0.00021767, 0.00011776],
    ),
];

pub(crate) fn element_set(&(epoch, revolution, numbers): &Elements) -> ElementSet {
    let [
        mean_motion_rev_day,
        eccentricity,
        inclination_deg,
        raan_deg,
        perigee_deg,
        mean_anomaly_deg,
        bstar,
        decay,
    ] = numbers;
    ElementSet {
        name: "ISS (ZARYA)".to_owned(),
        designator: "1998-067A".to_owned(),
        catalogue_number: 25_544,
        classification: 'U',
        epoch: epoch.parse().expect("an epoch"),
        mean_motion_rev_day,
        eccentricity,
        inclination_deg,
        raan_deg,
        perigee_deg,
        mean_anomaly_deg,
        bstar,
        mean_motion_dot: decay,
        mean_motion_ddot: 0.0,
        element_set_number: 999,
        revolution,
    }
}

pub(crate) fn sets() -> Vec<Sgp4> {
    SETS.iter().map(|set| Sgp4::new(element_set(set)).expect("a good element set")).collect()
}
