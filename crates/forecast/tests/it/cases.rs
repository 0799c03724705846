//! Small models whose answers anybody can work out.

use forecast::{Correction, Delivery, Draft, Forecast, Model, Process, Store, compute};
use timeline::{Duration, Interval, Time};

fn day(days: f64) -> Time {
    Time::EPOCH + Duration::from_days(days)
}

/// The forecast of `draft` over so many days.
fn over(days: f64, draft: &Draft) -> Forecast {
    compute(&Model::new(draft).unwrap(), Interval::new(day(0.0), day(days)).unwrap()).unwrap()
}

fn draft(stores: Vec<Store>, processes: Vec<Process>) -> Draft {
    Draft { begins: day(0.0), stores, processes, ..Draft::default() }
}

/// Holds a store's level at some days against what it must be, to a milligram.
fn check(forecast: &Forecast, store: &str, expected: &[(f64, f64)]) {
    for &(days, kg) in expected {
        let found = forecast.store(store).unwrap().at(day(days)).unwrap();
        assert!((found - kg).abs() < 1e-6, "{store} on day {days}: {found} kg, expected {kg}");
    }
}

#[test]
fn a_tank_drains_and_stays_empty() {
    let forecast = over(
        20.0,
        &draft(
            vec![Store::new("water", 100.0).with_level_kg(50.0), Store::new("drain", f64::INFINITY)],
            vec![Process::new("tap", 1).takes("water", 5.0).gives("drain", 5.0).of(day(0.0), 1.0)],
        ),
    );
    check(&forecast, "water", &[(0.0, 50.0), (4.0, 30.0), (9.5, 2.5), (10.0, 0.0), (19.0, 0.0)]);
    check(&forecast, "drain", &[(10.0, 50.0), (19.0, 50.0)]);
    assert_eq!(forecast.profile("process.tap.run").unwrap().at(day(15.0)), Some(0.0));
    let reserve = &forecast.reserves_at(day(2.0))[0];
    assert_eq!((reserve.days_left, reserve.empty), (None, None), "stores stand in order of their names");
    let water = forecast.reserves_at(day(2.0)).into_iter().find(|reserve| reserve.name == "water").unwrap();
    assert_eq!((water.days_left, water.empty), (Some(8.0), Some(day(10.0))));
}

/// What comes into an empty store goes to the lowest number first, whatever the order of the lists.
#[test]
fn scarcity_is_shared_by_priority() {
    let spring = Process::new("spring", 9).takes("source", 6.0).gives("water", 6.0).of(day(0.0), 1.0);
    let crew = Process::new("crew", 1).takes("water", 5.0).gives("drain", 5.0).of(day(0.0), 1.0);
    let plants = Process::new("plants", 2).takes("water", 4.0).gives("drain", 4.0).of(day(0.0), 1.0);
    let stores = || {
        vec![
            Store::new("source", f64::INFINITY).with_level_kg(1e6),
            Store::new("water", 100.0).with_level_kg(0.0),
            Store::new("drain", f64::INFINITY),
        ]
    };
    for processes in [vec![spring.clone(), crew.clone(), plants.clone()], vec![plants, crew, spring]] {
        let forecast = over(10.0, &draft(stores(), processes));
        let run = |name: &str| forecast.profile(&format!("process.{name}.run")).unwrap().at(day(5.0));
        assert_eq!((run("crew"), run("plants"), run("spring")), (Some(1.0), Some(0.25), Some(1.0)));
    }
}

#[test]
fn a_full_tank_holds_back_its_maker_or_vents() {
    let maker = || Process::new("maker", 1).takes("source", 10.0).gives("tank", 10.0).of(day(0.0), 1.0);
    let source = || Store::new("source", f64::INFINITY).with_level_kg(1_000.0);
    let held = over(10.0, &draft(vec![source(), Store::new("tank", 50.0)], vec![maker()]));
    check(&held, "tank", &[(5.0, 50.0), (9.0, 50.0)]);
    check(&held, "source", &[(5.0, 950.0), (9.0, 950.0)]);
    let vented = over(10.0, &draft(vec![source(), Store::new("tank", 50.0).venting()], vec![maker()]));
    check(&vented, "tank", &[(5.0, 50.0), (9.0, 50.0)]);
    check(&vented, "source", &[(9.0, 910.0)]);
    let lost_kg: f64 = vented.totals().iter().map(|total| total.vented_kg).sum();
    assert!((lost_kg - 50.0).abs() < 1e-6, "{lost_kg}");
}

#[test]
fn a_level_is_kept() {
    let forecast = over(
        40.0,
        &draft(
            vec![
                Store::new("tank", f64::INFINITY).with_level_kg(100.0),
                Store::new("cabin", 50.0).with_level_kg(20.0),
                Store::new("lung", f64::INFINITY),
            ],
            vec![
                Process::new("valve", 5)
                    .takes("tank", 8.0)
                    .gives("cabin", 8.0)
                    .holds("cabin", 30.0)
                    .of(day(0.0), 1.0),
                Process::new("crew", 1).takes("cabin", 3.0).gives("lung", 3.0).of(day(0.0), 1.0),
            ],
        ),
    );
    // Up by 5 a day to 30 on day 2, kept while the tank gives 3 a day, until its 84 kg are gone on day 30.
    check(&forecast, "cabin", &[(1.0, 25.0), (2.0, 30.0), (29.0, 30.0), (30.0, 30.0), (35.0, 15.0)]);
    check(&forecast, "tank", &[(2.0, 84.0), (29.0, 3.0), (30.0, 0.0)]);
}

/// The trap of equal batteries: all are full at the same instant, and none runs away.
#[test]
fn eight_equal_tanks_fill_at_one_instant() {
    let mut stores = vec![Store::new("source", f64::INFINITY).with_level_kg(1e6)];
    let mut processes = Vec::new();
    for index in 0..8 {
        let name = format!("tank-{index}");
        stores.push(Store::new(&name, 30.0).with_level_kg(9.9));
        processes.push(
            Process::new(&format!("pump-{index}"), index)
                .takes("source", 0.3)
                .gives(&name, 0.3)
                .of(day(0.0), 1.0),
        );
    }
    let forecast = over(1_000.0, &draft(stores, processes));
    for index in 0..8 {
        check(&forecast, &format!("tank-{index}"), &[(67.0, 30.0), (999.0, 30.0)]);
    }
}

#[test]
fn a_delivery_at_the_very_instant_of_the_last_gram_comes_in_time() {
    let crew = Process::new("crew", 1).takes("food", 2.0).gives("waste", 2.0).serves_crew().of(day(0.0), 1.0);
    let mut plan = draft(
        vec![Store::new("food", 100.0).with_level_kg(20.0), Store::new("waste", f64::INFINITY)],
        vec![crew],
    );
    plan.deliveries.push(Delivery { at: day(10.0), store: "food".to_owned(), mass_kg: 20.0 });
    let forecast = over(20.0, &plan);
    check(&forecast, "food", &[(10.0, 20.0), (15.0, 10.0)]);
    assert!(forecast.shortfalls().is_empty(), "{:?}", forecast.shortfalls());
    plan.corrections.push(Correction { at: day(12.0), store: "food".to_owned(), level_kg: 4.0 });
    let corrected = over(20.0, &plan);
    check(&corrected, "food", &[(13.0, 2.0), (14.0, 0.0)]);
    assert_eq!(corrected.shortfalls()[0].during, Interval::new(day(14.0), day(20.0)).unwrap());
    assert_eq!(corrected.shortfalls()[0].store.as_deref(), Some("food"));
}

/// A loop that gives back 98 % at an empty store dies away; it neither hangs nor makes water.
#[test]
fn a_recycling_loop_runs_dry() {
    let forecast = over(
        600.0,
        &draft(
            vec![
                Store::new("water", 100.0).with_level_kg(10.0),
                Store::new("used", 100.0),
                Store::new("lost", f64::INFINITY),
            ],
            vec![
                Process::new("crew", 1).takes("water", 4.0).gives("used", 4.0).of(day(0.0), 1.0),
                Process::new("processor", 2)
                    .takes("used", 4.0)
                    .gives("water", 3.92)
                    .gives("lost", 0.08)
                    .of(day(0.0), 1.0),
            ],
        ),
    );
    // 0.08 kg a day are lost: 10 kg last 125 days.
    check(&forecast, "lost", &[(100.0, 8.0), (125.0, 10.0), (599.0, 10.0)]);
    check(&forecast, "water", &[(599.0, 0.0)]);
}

#[test]
fn what_makes_no_sense_is_refused_by_name() {
    let two = |a: u32, b: u32| {
        let one = |name: &str, priority| Process::new(name, priority).takes("a", 1.0).of(day(0.0), 1.0);
        draft(vec![Store::new("a", 1.0)], vec![one("first", a), one("second", b)])
    };
    assert!(Model::new(&two(1, 2)).is_ok());
    let said = Model::new(&two(3, 3)).unwrap_err().to_string();
    assert!(said.contains("first") && said.contains("second"), "{said}");
    let unknown = draft(vec![], vec![Process::new("p", 1).takes("nowhere", 1.0)]);
    assert!(Model::new(&unknown).unwrap_err().to_string().contains("nowhere"));
    let negative = draft(vec![Store::new("a", -1.0)], vec![]);
    assert!(Model::new(&negative).unwrap_err().to_string().contains('a'));
}
