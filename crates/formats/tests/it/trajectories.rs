//! NASA's trajectories as a source of states: between their states, and against an element set of the same day.

use formats::oem::{self, States};
use orbit::{ElementSet, Eme2000, Ephemeris, Segment, Sgp4, State, Tabulated};
use timeline::{Duration, Time};

use crate::shared;

/// One state in nine left out, away from burns: what is read in its place is within a metre in 99 of 100 cases, and never more
/// than 1.3 m off. The arcs span 480 s there, twice as much as in the whole file.
#[test]
fn states_left_out_come_back() {
    for (name, states) in trajectories() {
        let left_out = |index: usize| index % 9 == 4;
        let kept: Vec<_> =
            (0..).zip(&states).filter(|&(index, _)| !left_out(index)).map(|(_, &state)| state).collect();
        let (all, some) = (table(&name, &states), table(&name, &kept));
        let mut errors_m: Vec<f64> = states
            .windows(9)
            .step_by(9)
            .filter(|around| {
                around.windows(2).all(|pair| pair[1].time - pair[0].time == Duration::MINUTE * 4)
            })
            .map(|around| around[4].time)
            .map(|at| all.state(at).unwrap().position_km.distance(some.state(at).unwrap().position_km) * 1e3)
            .collect();
        errors_m.sort_by(f64::total_cmp);
        let [hundredth, worst] = [errors_m.len() * 99 / 100, errors_m.len() - 1].map(|rank| errors_m[rank]);
        assert!(errors_m.len() > 500, "{name}: {} states left out", errors_m.len());
        assert!(hundredth < 1.0 && worst < 1.3, "{name}: {hundredth} m, {worst} m");
    }
}

/// SGP4 from public element sets against NASA's trajectory that day; a frame, clock or unit that is wrong would show as
/// kilometres more. Measured before with other programs: 0.65–1.7 km at the epoch.
#[test]
fn element_sets_agree_with_nasa() {
    // (ISS (ZARYA), public catalogue) revolutions a day, eccentricity, degrees, B*.
    let sets = [
        (
            "2021-09-24T05:10:34.746816",
            [15.484_301_19, 0.000_346, 51.643_5, 213.083_3, 47.403_5, 50.692_5, 4.231_8e-5],
        ),
        (
            "2021-10-17T13:28:22.1088",
            [15.487_277_43, 0.000_431_3, 51.643_1, 97.635_7, 121.752_4, 274.669_5, 0.000_138_93],
        ),
    ];
    let trajectories = trajectories();
    for (epoch, elements) in sets {
        let sgp4 = Sgp4::new(element_set(epoch.parse().unwrap(), elements)).unwrap();
        for (name, states) in &trajectories {
            let table = table(name, states);
            let at = sgp4.elements().epoch;
            if table.span().contains(at) && table.age(at) < Duration::DAY * 4 {
                let off_km =
                    table.state(at).unwrap().position_km.distance(sgp4.state(at).unwrap().position_km);
                // Twice the two standard deviations together.
                let allowed_km = 2.0 * (sgp4.error_km(at) + table.error_km(at));
                println!("{epoch}: {off_km:.2} km from {name}, {:.1} d old", table.age(at).days());
                assert!(off_km < allowed_km, "{epoch}: {off_km} km from {name}, not {allowed_km}");
            }
        }
    }
}

/// The trajectories that can be read, each with its name and states.
fn trajectories() -> Vec<(String, Vec<State<Eme2000>>)> {
    let read = |(name, text): (String, String)| {
        let oem = oem::read_xml(&name, &text).records.into_iter().next()?;
        match oem.segments.into_iter().next()?.states {
            States::Eme2000(states) => Some((name, states)),
            _ => None,
        }
    };
    shared::files("oem").into_iter().filter_map(read).collect()
}

fn table(name: &str, states: &[State<Eme2000>]) -> Tabulated {
    Tabulated::new(name, states[0].time, &[Segment::of_eme2000(states)]).unwrap()
}

fn element_set(epoch: Time, numbers: [f64; 7]) -> ElementSet {
    let [mean_motion_rev_day, eccentricity, inclination_deg, raan_deg, perigee_deg, mean_anomaly_deg, bstar] =
        numbers;
    ElementSet {
        name: "ISS (ZARYA)".to_owned(),
        designator: "1998-067A".to_owned(),
        catalogue_number: 25_544,
        classification: 'U',
        epoch,
        mean_motion_rev_day,
        eccentricity,
        inclination_deg,
        raan_deg,
        perigee_deg,
        mean_anomaly_deg,
        bstar,
        mean_motion_dot: 0.0,
        mean_motion_ddot: 0.0,
        element_set_number: 999,
        revolution: 0,
    }
}
