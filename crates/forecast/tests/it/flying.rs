//! A station that sinks and is raised: cases whose answers anybody can work out, or find by small steps.

use forecast::{Burn, Delivery, Draft, Engine, Flying, Forecast, HeightBand, Model, Process, Store, compute};
use orbit::{MeanAir, SpaceWeather, propellant_kg, raise_m_s};
use proptest::prelude::*;
use timeline::{Duration, Interval, Time};

fn day(days: f64) -> Time {
    Time::EPOCH + Duration::from_days(days)
}

const QUIET: SpaceWeather = SpaceWeather { f107_sfu: 100.0, f107_81day_sfu: 100.0, ap: 7.0 };
const MASS_KG: f64 = 400_000.0;
const AREA_M2: f64 = 1_600.0;
const IMPULSE_S: f64 = 300.0;

/// One sky, one mass; kept between 400 and 402 km with what is in `tank`.
fn flying() -> Flying {
    Flying {
        inclination_deg: 51.6,
        drag_coefficient: 2.2,
        lowest_km: 200.0,
        height_km: 405.0,
        heights: Vec::new(),
        masses: vec![(day(0.0), MASS_KG)],
        areas: vec![(day(0.0), AREA_M2)],
        bands: vec![HeightBand { since: day(0.0), floor_km: 400.0, target_km: 402.0 }],
        engines: vec![engine("tank")],
        weather: vec![(day(0.0), QUIET)],
    }
}

fn engine(store: &str) -> Engine {
    Engine {
        name: store.to_owned(),
        specific_impulse_s: IMPULSE_S,
        store: Some(store.to_owned()),
        during: vec![Interval::ALWAYS],
    }
}

fn draft(flying: Flying, tank_kg: f64) -> Draft {
    let tank = |name: &str, kg: f64| {
        Store::new(name, 10_000.0).of_commodity("propellant").with_level_kg(kg).for_supply("propellant")
    };
    Draft {
        begins: day(0.0),
        stores: vec![tank("tank", tank_kg), tank("spare", 0.0)],
        supplies: vec![forecast::Supply { name: "propellant".to_owned(), lines_days: vec![90.0] }],
        flying: Some(flying),
        ..Draft::default()
    }
}

fn over(days: f64, draft: &Draft) -> Forecast {
    compute(&Model::new(draft).unwrap(), Interval::new(day(0.0), day(days)).unwrap()).unwrap()
}

fn height_km(forecast: &Forecast, days: f64) -> f64 {
    forecast.profile("env.altitude_km").unwrap().at(day(days)).unwrap()
}

/// What a burn from the floor to the target takes, by the rocket equation.
fn whole_burn_kg() -> f64 {
    propellant_kg(MASS_KG, raise_m_s(400.0, 402.0), IMPULSE_S)
}

#[test]
fn it_is_raised_at_the_instant_it_reaches_the_floor() {
    let forecast = over(400.0, &draft(flying(), 5_000.0));
    // By steps of a minute with the same air: it takes so many days from 405 to 400 km.
    let air = MeanAir::new(51.6, 200.0, 405.0);
    let today = air.on(day(0.0), &QUIET);
    let (mut sunk_km, mut days) = (405.0, 0.0);
    while sunk_km > 400.0 {
        let rate = |km: f64| air.slowing(km, today, 2.2 * AREA_M2 / MASS_KG).rate_km_d;
        let minute = 1.0 / 1_440.0;
        let middle_km = sunk_km - rate(sunk_km) * minute / 2.0;
        sunk_km -= rate(middle_km) * minute;
        days += minute;
    }
    let first = forecast.burns()[0];
    assert!(((first.at - day(0.0)).days() - days).abs() < 2.0 / 1_440.0, "{} for {days}", first.at);
    assert_eq!((first.from_km, first.to_km), (400.0, 402.0));
    assert!((first.burned_kg - whole_burn_kg()).abs() < 1e-9, "{}", first.burned_kg);
    let at = first.at;
    let altitude = forecast.profile("env.altitude_km").unwrap();
    assert_eq!(altitude.at(at), Some(402.0));
    assert!((altitude.at(at - Duration::SECOND).unwrap() - 400.0).abs() < 1e-5);
    assert_eq!(forecast.store("tank").unwrap().at(at), Some(5_000.0 - first.burned_kg));
    // All burns but the first sink the same two kilometres.
    let between: Vec<f64> =
        forecast.burns().windows(2).map(|pair| (pair[1].at - pair[0].at).days()).collect();
    assert!(between.len() > 5 && between.iter().all(|days| (days - between[0]).abs() < 1e-9), "{between:?}");
    let sum_kg = forecast.profile("propulsion.burned_kg").unwrap().at(day(399.9)).unwrap();
    assert!((sum_kg - whole_burn_kg() * forecast.burns().len() as f64).abs() < 1e-6);
}

/// What is burned from burn to burn counts as use of its class, so that its days are those of the whole.
#[test]
fn staying_up_counts_as_use() {
    let forecast = over(400.0, &draft(flying(), 5_000.0));
    let burns = forecast.burns();
    let each_day = whole_burn_kg() / (burns[2].at - burns[1].at).days();
    let used = forecast.profile("supply.propellant.use_kg_d").unwrap().at(burns[1].at).unwrap();
    assert!((used / each_day - 1.0).abs() < 1e-6, "{used} kg a day, {each_day} expected");
}

#[test]
fn without_propellant_it_comes_down() {
    let mut plan = draft(flying(), 0.0);
    let dry = over(6_000.0, &plan);
    assert!(dry.burns().is_empty());
    let down = dry.shortfalls().first().expect("nobody raised it");
    assert_eq!((down.process.as_str(), down.store.as_deref()), ("reboost", Some("tank")));
    let (before, after) = (down.during.start() - Duration::DAY, down.during.start() + Duration::DAY);
    let altitude = dry.profile("env.altitude_km").unwrap();
    assert!(altitude.at(before).unwrap() > 200.0);
    assert_eq!(altitude.at(after), Some(200.0));
    // Half of what is wanted raises it by about half, and the rest is burned when it comes.
    plan.stores[0].level_kg = whole_burn_kg() / 2.0;
    let half = over(400.0, &plan);
    let burn = half.burns()[0];
    assert!((burn.delta_v_m_s / burn.wanted_m_s - 0.5).abs() < 1e-3, "{burn:?}");
    assert!((burn.to_km - 401.0).abs() < 1e-2);
    assert_eq!(half.store("tank").unwrap().at(burn.at), Some(0.0));
    let delivered = day(300.25);
    plan.deliveries.push(Delivery { at: delivered, store: "tank".to_owned(), mass_kg: 4_000.0 });
    let again = over(400.0, &plan);
    let late = again.burns()[1];
    assert_eq!((late.at, late.to_km), (delivered, 402.0));
    assert!(late.from_km < 399.0, "it waited below its floor: {}", late.from_km);
}

#[test]
fn engines_burn_in_their_order() {
    let mut flying = flying();
    let visit = Interval::new(day(0.0), day(120.0)).unwrap();
    let visitor = Engine { name: "visitor".to_owned(), store: None, during: vec![visit], ..engine("tank") };
    flying.engines = vec![visitor, engine("tank"), engine("spare")];
    let mut plan = draft(flying, 0.6 * whole_burn_kg());
    plan.stores[1].level_kg = 1_000.0;
    let forecast = over(260.0, &plan);
    let (visited, own): (Vec<Burn>, Vec<Burn>) =
        forecast.burns().iter().partition(|burn| burn.at < day(120.0));
    assert!(!visited.is_empty() && own.len() > 1);
    assert_eq!(forecast.store("tank").unwrap().at(day(119.9)), Some(0.6 * whole_burn_kg()));
    let after_kg = |name: &str| forecast.store(name).unwrap().at(own[0].at).unwrap();
    assert_eq!(after_kg("tank"), 0.0);
    assert!((after_kg("spare") - (1_000.0 - 0.4 * whole_burn_kg())).abs() < 1e-2, "{}", after_kg("spare"));
}

#[test]
fn a_measured_height_holds_from_then_on_and_a_new_band_is_kept() {
    let mut flying = flying();
    flying.heights = vec![(day(10.0), 404.5)];
    flying.bands.push(HeightBand { since: day(20.5), floor_km: 410.0, target_km: 412.0 });
    let forecast = over(60.0, &draft(flying, 5_000.0));
    assert_eq!(height_km(&forecast, 10.0), 404.5);
    // A height that was measured is no sinking: what it costs a day goes on as it was, but for half a kilometre of height.
    let used = forecast.profile("supply.propellant.use_kg_d").unwrap();
    let [before, after] = [9.0, 11.0].map(|days| used.at(day(days)).unwrap());
    assert!((after / before - 1.0).abs() < 0.1, "{before} kg a day, then {after}");
    let burn = forecast.burns()[0];
    assert_eq!((burn.at, burn.to_km), (day(20.5), 412.0));
    assert!((burn.from_km - height_km(&forecast, 20.4999)).abs() < 1e-4);
}

/// A forecast that begins to write later writes the same.
#[test]
fn a_later_beginning_changes_no_height() {
    let plan = draft(flying(), 5_000.0);
    let model = Model::new(&plan).unwrap();
    let late = compute(&model, Interval::new(day(123.4), day(400.0)).unwrap()).unwrap();
    let early = over(400.0, &plan);
    // The line between two days of the weather may be cut elsewhere: a metre.
    for days in [123.4, 150.0, 222.2, 399.0] {
        assert!((height_km(&early, days) - height_km(&late, days)).abs() < 1e-3, "day {days}");
    }
    let same = |a: &Burn, b: &Burn| (a.at - b.at).abs() < Duration::SECOND && a.burned_kg == b.burned_kg;
    let burns = late.burns();
    assert!(burns.len() > 3);
    let last = &early.burns()[early.burns().len() - burns.len()..];
    assert!(burns.iter().zip(last).all(|(a, b)| same(a, b)), "{burns:?} and {last:?}");
}

#[test]
fn what_cannot_fly_is_refused_by_name() {
    let refused = |spoil: &dyn Fn(&mut Flying)| {
        let mut spoiled = flying();
        spoil(&mut spoiled);
        Model::new(&draft(spoiled, 0.0)).unwrap_err().to_string()
    };
    assert!(refused(&|flying| flying.masses.clear()).contains("a mass"));
    assert!(refused(&|flying| flying.areas[0].1 = -1.0).contains("an area"));
    assert!(refused(&|flying| flying.bands[0].floor_km = 403.0).contains("a floor"));
    assert!(refused(&|flying| flying.height_km = 150.0).contains("a height"));
    assert!(refused(&|flying| flying.engines[0].store = Some("nowhere".to_owned())).contains("nowhere"));
    assert!(refused(&|flying| flying.engines[0].specific_impulse_s = 0.0).contains("specific impulse"));
    assert!(refused(&|flying| flying.weather.clear()).contains("solar flux"));
}

proptest! {
    /// Whatever is burned, delivered and used, every kilogram is accounted for.
    #[test]
    fn burns_conserve_mass(
        tank_kg in 0.0..3_000.0_f64,
        leak_kg_d in 0.0..8.0_f64,
        brought in prop::collection::vec((1..700_i64, 0.0..900.0_f64), 0..8),
    ) {
        let mut plan = draft(flying(), tank_kg);
        plan.stores.push(Store::new("overboard", f64::INFINITY));
        plan.processes.push(
            Process::new("leak", 1).takes("tank", leak_kg_d).gives("overboard", leak_kg_d).of(day(0.0), 1.0),
        );
        for (at, mass_kg) in brought {
            plan.deliveries.push(Delivery { at: day(at as f64), store: "tank".to_owned(), mass_kg });
        }
        let forecast = over(800.0, &plan);
        for total in forecast.totals() {
            prop_assert!(total.imbalance_kg().abs() <= 1e-9 * total.came_kg().max(1.0), "{total:?}");
        }
        let burned_kg: f64 = forecast.burns().iter().map(|burn| burn.burned_kg).sum();
        let booked_kg: f64 = forecast.totals().iter().map(|total| total.burned_kg).sum();
        prop_assert!((burned_kg - booked_kg).abs() < 1e-6);
        prop_assert!(forecast.burns().iter().all(|burn| burn.delta_v_m_s <= burn.wanted_m_s));
    }
}
