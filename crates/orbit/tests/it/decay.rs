//! Decay and reboost against published burns and against small steps.

use orbit::{MeanAir, Slowing, SpaceWeather, delta_v_m_s, propellant_kg, raise_m_s, raised_km};
use timeline::Time;

/// Height before, km; change of speed, m/s; how much higher it is said to have become, km.
///
/// 2023-10-19, 2018-12-26 and 2004-11-17: NASA's and the press's status reports; heights before from element sets of those weeks.
/// 2024-09-05: 1.42 m/s, 2.48 km up to 420.69 km over the mean Earth (Roscosmos by www1.ru).
const REBOOSTS: [(f64, f64, f64); 4] =
    [(416.0, 1.5, 2.8), (358.0, 1.6, 2.9), (405.0, 0.65, 1.15), (415.0, 1.42, 2.48)];

#[test]
fn reboosts_lift_as_far_as_they_did() {
    for (height_km, boost_m_s, lifted_km) in REBOOSTS {
        let found_km = raised_km(height_km, boost_m_s) - height_km;
        let part = found_km / lifted_km;
        assert!((0.95..=1.05).contains(&part), "{boost_m_s} m/s at {height_km} km: {found_km} km");
    }
}

#[test]
fn what_raises_and_what_it_costs_go_back_and_forth() {
    for to_km in [300.0, 399.0, 401.5, 420.0, 700.0] {
        let boost_m_s = raise_m_s(400.0, to_km);
        assert!((raised_km(400.0, boost_m_s) - to_km).abs() < 1e-9);
        assert_eq!(boost_m_s > 0.0, to_km > 400.0);
    }
    let burned_kg = propellant_kg(450_000.0, 1.5, 300.0);
    // 450 t × 1.5 m/s over an exhaust of 2,942 m/s is 229 kg.
    assert!((burned_kg - 229.4).abs() < 0.1, "{burned_kg}");
    assert!((delta_v_m_s(450_000.0, burned_kg, 300.0) - 1.5).abs() < 1e-12);
}

/// The closed form against ten thousand small steps of the same rate.
#[test]
fn sinking_in_one_layer_is_integrated_exactly() {
    let slowing = Slowing { rate_km_d: 0.4, scale_km: 55.0, bottom_km: 300.0 };
    let mut height_km = 360.0;
    for _ in 0..10_000 {
        // The midpoint rule: its error falls with the square of the step.
        let rate = |height_km: f64| 0.4 * (-(height_km - 360.0) / 55.0_f64).exp();
        let middle_km = height_km - rate(height_km) * 0.5 * 0.004;
        height_km -= rate(middle_km) * 0.004;
    }
    assert!((slowing.height_after(360.0, 40.0) - height_km).abs() < 1e-7);
    assert!((slowing.days_until(360.0, height_km) - 40.0).abs() < 1e-6);
    assert_eq!(slowing.height_after(360.0, 1e6), f64::NEG_INFINITY);
    assert_eq!(Slowing { rate_km_d: 0.0, ..slowing }.days_until(360.0, 359.0), f64::INFINITY);
}

/// Where one layer ends and the next begins, the rate is the same.
#[test]
fn layers_meet() {
    let air = MeanAir::new(51.64, 200.0, 450.0);
    let weather = SpaceWeather { f107_sfu: 150.0, f107_81day_sfu: 140.0, ap: 12.0 };
    let day = air.on(Time::J2000, &weather);
    for edge_km in [220.0, 300.0, 420.0] {
        let above = air.slowing(edge_km + 1e-6, day, 0.006);
        let below = air.slowing(edge_km, day, 0.006);
        assert_eq!((above.bottom_km, below.bottom_km), (edge_km, edge_km - 10.0));
        assert!((above.rate_km_d / below.rate_km_d - 1.0).abs() < 1e-7);
    }
    // Twice the drag sinks twice as fast.
    let (one, two) = (air.slowing(400.0, day, 0.003), air.slowing(400.0, day, 0.006));
    assert!((two.rate_km_d / one.rate_km_d - 2.0).abs() < 1e-12);
}
