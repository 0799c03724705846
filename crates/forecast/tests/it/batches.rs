//! Processes that run in batches, by hand.

use forecast::{Correction, Delivery, Draft, Forecast, ForecastError, Model, Process, Store, compute};
use timeline::{Duration, Interval, Time};

fn hour(hours: f64) -> Time {
    Time::EPOCH + Duration::from_seconds(hours * 3_600.0)
}

/// A tank that fills by 1 kg an hour, and a processor that takes 3 kg an hour from 8 kg down to 2.
fn urine() -> Draft {
    Draft {
        begins: hour(0.0),
        stores: vec![
            Store::new("people", f64::INFINITY).with_level_kg(1e5).of_commodity("urine"),
            Store::new("tank", 20.0).of_commodity("urine"),
            Store::new("out", f64::INFINITY).of_commodity("urine"),
        ],
        processes: vec![
            Process::new("crew", 1).takes("people", 24.0).gives("tank", 24.0),
            Process::new("processor", 2)
                .takes("tank", 72.0)
                .gives("out", 72.0)
                .runs_between("tank", 8.0, 2.0),
        ],
        ..Draft::default()
    }
}

fn over(hours: f64, draft: &Draft) -> Forecast {
    compute(&Model::new(draft).unwrap(), Interval::new(hour(0.0), hour(hours)).unwrap()).unwrap()
}

fn check(forecast: &Forecast, expected: &[(f64, f64, f64)]) {
    for &(hours, level, run) in expected {
        let found = forecast.store("tank").unwrap().at(hour(hours)).unwrap();
        assert!((found - level).abs() < 1e-9, "hour {hours}: {found}, not {level}");
        let found = forecast.profile("process.processor.run").unwrap().at(hour(hours)).unwrap();
        assert!((found - run).abs() < 1e-12, "hour {hours}: runs at {found}, not {run}");
    }
}

#[test]
fn a_batch_starts_high_and_stops_low() {
    // Full enough at 8 h, down by 2 kg an hour to 2 kg at 11 h, and so again every 9 h.
    let forecast = over(1_000.0, &urine());
    check(
        &forecast,
        &[(7.9, 7.9, 0.0), (8.0, 8.0, 1.0), (10.0, 4.0, 1.0), (11.0, 2.0, 0.0), (16.0, 7.0, 0.0)],
    );
    check(
        &forecast,
        &[(17.0, 8.0, 1.0), (17.5, 7.0, 1.0), (20.0, 2.0, 0.0), (899.5, 7.0, 1.0), (901.0, 4.0, 1.0)],
    );
}

#[test]
fn it_begins_waiting_unless_the_tank_is_beyond_its_start() {
    let mut draft = urine();
    draft.stores[1].level_kg = 5.0;
    check(&over(10.0, &draft), &[(0.0, 5.0, 0.0), (3.0, 8.0, 1.0)]);
    draft.stores[1].level_kg = 9.0;
    check(&over(10.0, &draft), &[(0.0, 9.0, 1.0), (1.0, 7.0, 1.0), (3.5, 2.0, 0.0)]);
}

#[test]
fn a_delivery_starts_it_and_a_count_stops_it() {
    let mut draft = urine();
    draft.deliveries.push(Delivery { at: hour(2.0), store: "tank".to_owned(), mass_kg: 7.0 });
    draft.corrections.push(Correction { at: hour(3.0), store: "tank".to_owned(), level_kg: 1.0 });
    check(&over(20.0, &draft), &[(2.0, 9.0, 1.0), (2.5, 8.0, 1.0), (3.0, 1.0, 0.0), (10.0, 8.0, 1.0)]);
}

/// An outage in the midst of a batch does not make it forget that it was at work.
#[test]
fn it_goes_on_with_its_batch_after_an_outage() {
    let mut draft = urine();
    draft.processes[1].strengths.extend([(hour(9.0), 0.0), (hour(10.0), 1.0)]);
    check(&over(20.0, &draft), &[(9.0, 6.0, 0.0), (9.5, 6.5, 0.0), (10.0, 7.0, 1.0), (12.5, 2.0, 0.0)]);
}

#[test]
fn who_fills_starts_low_and_stops_high() {
    let mut draft = urine();
    draft.stores[1].level_kg = 10.0;
    draft.processes = vec![
        Process::new("crew", 1).takes("tank", 24.0).gives("out", 24.0),
        Process::new("processor", 2)
            .takes("people", 72.0)
            .gives("tank", 72.0)
            .runs_between("tank", 4.0, 12.0),
    ];
    check(
        &over(30.0, &draft),
        &[(5.9, 4.1, 0.0), (6.0, 4.0, 1.0), (9.0, 10.0, 1.0), (10.0, 12.0, 0.0), (18.0, 4.0, 1.0)],
    );
}

/// Eight equal tanks with eight equal processors start and stop at the same instants.
#[test]
fn eight_equal_batches_keep_step() {
    let mut draft = Draft { begins: hour(0.0), stores: urine().stores, ..Draft::default() };
    for index in 0..8 {
        let tank = format!("tank-{index}");
        draft.stores.push(Store::new(&tank, 9.0).of_commodity("urine").with_level_kg(0.3));
        let (crew, machine) = (format!("crew-{index}"), format!("processor-{index}"));
        draft.processes.push(Process::new(&crew, index).takes("people", 7.0).gives(&tank, 7.0));
        let machine = Process::new(&machine, 10 + index).takes(&tank, 9.1).gives("out", 9.1);
        draft.processes.push(machine.runs_between(&tank, 8.1, 1.1));
    }
    let forecast = over(5_000.0, &draft);
    let first = forecast.store("tank-0").unwrap().clone();
    assert!(first.starts().len() > 40, "many batches");
    for index in 1..8 {
        let tank = forecast.store(&format!("tank-{index}")).unwrap();
        assert_eq!((tank.starts(), tank.values()), (first.starts(), first.values()));
    }
    for total in forecast.totals() {
        assert!(total.imbalance_kg().abs() < 1e-9 * total.came_kg(), "{total:?}");
    }
}

#[test]
fn a_batch_that_never_ends_is_refused() {
    for (start_kg, stop_kg) in [(2.0, 8.0), (3.0, 3.0)] {
        let mut draft = urine();
        draft.processes[1] = draft.processes[1].clone().runs_between("tank", start_kg, stop_kg);
        assert!(
            matches!(Model::new(&draft), Err(ForecastError::BatchWithoutEnd { .. })),
            "{start_kg} {stop_kg}"
        );
    }
    let mut untouched = urine();
    untouched.processes[1] = untouched.processes[1].clone().runs_between("out", 8.0, 2.0);
    assert!(Model::new(&untouched).is_err());
    let mut beyond = urine();
    beyond.processes[1] = beyond.processes[1].clone().runs_between("tank", 21.0, 2.0);
    assert!(matches!(Model::new(&beyond), Err(ForecastError::Number { .. })));
}
