//! Processes that take a part of what is in a store, against small steps.

use forecast::{Delivery, Draft, Forecast, ForecastError, Model, Process, Store, compute};
use timeline::{Duration, Interval, Time};

fn day(days: f64) -> Time {
    Time::EPOCH + Duration::from_days(days)
}

fn over(days: f64, draft: &Draft) -> Forecast {
    compute(&Model::new(draft).unwrap(), Interval::new(day(0.0), day(days)).unwrap()).unwrap()
}

fn at(forecast: &Forecast, profile: &str, days: f64) -> f64 {
    forecast.profile(profile).unwrap().at(day(days)).unwrap()
}

fn conserves(forecast: &Forecast) {
    for total in forecast.totals() {
        assert!(total.imbalance_kg().abs() < 1e-9 * total.came_kg().max(1.0), "{total:?}");
    }
}

/// People breathe `breath` kg a day into a cabin that a scrubber clears by `part` a day into a tank; a reactor draws on that.
fn cabin(breath: f64, part: f64, reactor: f64, tank: Store) -> Draft {
    Draft {
        begins: day(0.0),
        stores: vec![
            Store::new("lung", f64::INFINITY).with_level_kg(1e5).of_commodity("gas"),
            Store::new("cabin", 60.0).with_level_kg(2.0).of_commodity("gas"),
            tank.of_commodity("gas"),
            Store::new("out", f64::INFINITY).of_commodity("gas"),
        ],
        processes: vec![
            Process::new("crew", 1).takes("lung", breath).gives("cabin", breath),
            Process::new("scrubber", 2).takes_part_of("cabin", part).gives("tank", 1.0),
            Process::new("reactor", 3).takes("tank", reactor).gives("out", reactor),
        ],
        ..Draft::default()
    }
}

/// The same by steps of ten seconds: cabin, tank, what the reactor took and what was lost, each day.
fn by_steps(breath: f64, part: f64, reactor: f64, capacity: f64, days: usize) -> Vec<[f64; 4]> {
    let (mut cabin, mut tank, mut out, mut lost) = (2.0_f64, 0.0_f64, 0.0, 0.0);
    let step = 10.0 / 86_400.0;
    let mut each_day = vec![[cabin, tank, out, lost]];
    for _ in 0..days {
        for _ in 0..8_640 {
            // What is there in the middle of the step tells what the scrubber takes.
            let middle = cabin + 0.5 * step * (breath - part * cabin);
            let taken = part * middle * step;
            cabin += breath * step - taken;
            let used = (reactor * step).min(tank + taken);
            let level = tank + taken - used;
            tank = level.min(capacity);
            out += used;
            lost += level - tank;
        }
        each_day.push([cabin, tank, out, lost]);
    }
    each_day
}

#[test]
fn a_scrubbed_cabin_and_what_follows_it_are_as_small_steps_have_them() {
    // What comes to the tank rises through what the reactor takes, stays below it, begins above it, or overfills the tank.
    for (breath, part, reactor, capacity) in
        [(4.0, 0.5, 2.0, 1_000.0), (4.0, 0.5, 5.0, 1_000.0), (1.0, 0.7, 1.2, 1_000.0), (6.0, 0.4, 1.5, 3.0)]
    {
        let tank = Store::new("tank", capacity).venting();
        let forecast = over(30.0, &cabin(breath, part, reactor, tank));
        conserves(&forecast);
        let lost = |days: f64| {
            let level = |store: &str| at(&forecast, &format!("store.{store}_kg"), days);
            1e5 + 2.0 - level("lung") - level("cabin") - level("tank") - level("out")
        };
        for (index, [cabin, tank, out, lost_kg]) in
            by_steps(breath, part, reactor, capacity, 29).into_iter().enumerate()
        {
            let days = index as f64;
            for (name, expected) in
                [("store.cabin_kg", cabin), ("store.tank_kg", tank), ("store.out_kg", out)]
            {
                let found = at(&forecast, name, days);
                let close = 1e-3 * expected + 1e-3;
                assert!(
                    (found - expected).abs() < close,
                    "{breath} {part} {name} day {days}: {found} {expected}"
                );
            }
            assert!(
                (lost(days) - lost_kg).abs() < 0.02,
                "{breath} {part} day {days}: {} {lost_kg}",
                lost(days)
            );
        }
    }
}

/// The sum of exponentials at the nodes is exact, not only near: after ten days of 4 kg a day against half a day's part.
#[test]
fn the_closed_form_is_exact_where_the_profile_bends() {
    let forecast = over(20.0, &cabin(4.0, 0.5, 0.0, Store::new("tank", f64::INFINITY)));
    let cabin = forecast.store("cabin").unwrap();
    assert!(cabin.starts().len() > 5, "a curve takes some chords");
    for (start, &level) in cabin.starts().iter().zip(cabin.values()) {
        let days = (*start - day(0.0)).days();
        let expected = 8.0 - 6.0 * (-0.5 * days).exp();
        assert!((level - expected).abs() < 1e-12, "day {days}: {level} {expected}");
    }
    for tenth in 0..199 {
        let days = f64::from(tenth) / 10.0 + 0.05;
        let expected = 8.0 - 6.0 * (-0.5 * days).exp();
        let found = cabin.at(day(days)).unwrap();
        assert!((found - expected).abs() < 1e-3 * expected, "day {days}: {found} {expected}");
    }
}

/// A mark of the cabin is reached at ln(6/2)/0.5 days; from then on a second machine keeps it.
#[test]
fn a_crossing_of_a_curve_is_exact() {
    let mut draft = cabin(4.0, 0.5, 0.0, Store::new("tank", f64::INFINITY));
    draft.processes.push(Process::new("spare", 9).takes("cabin", 5.0).gives("out", 5.0).holds("cabin", 6.0));
    let forecast = over(20.0, &draft);
    conserves(&forecast);
    let crossing = day(3.0_f64.ln() / 0.5);
    let cabin = forecast.store("cabin").unwrap();
    assert_eq!(cabin.at(crossing), Some(6.0));
    assert!(cabin.at(crossing - Duration::SECOND).unwrap() < 6.0);
    assert_eq!(cabin.at(day(19.0)), Some(6.0));
    // What comes less what the scrubber takes of 6 kg.
    assert!((at(&forecast, "process.spare.run", 10.0) - 0.2).abs() < 1e-12);
}

/// A tank that fills while the scrubber brings ever less than is drawn is fullest in between, and full at one instant only.
#[test]
fn a_level_that_turns_is_followed_through_its_turn() {
    let mut draft = cabin(0.0, 0.5, 1.0, Store::new("tank", 100.0).venting());
    draft.stores[1].level_kg = 20.0;
    let forecast = over(60.0, &draft);
    conserves(&forecast);
    // The tank holds 20 (1 − e^{−t/2}) − t, most at e^{−t/2} = 1/10, and is empty again when 20 (1 − e^{−t/2}) = t.
    let tank = |days: f64| 20.0 * (1.0 - (-0.5 * days).exp()) - days;
    let most_at = 2.0 * 10.0_f64.ln();
    assert!((at(&forecast, "store.tank_kg", most_at) - tank(most_at)).abs() < 1e-3 * tank(most_at));
    let empty =
        forecast.reserves_at(day(1.0)).into_iter().find(|one| one.name == "tank").unwrap().empty.unwrap();
    assert!(tank((empty - day(0.0)).days()).abs() < 1e-9, "{empty}");
    // From then on the reactor lives on what comes, which dies away.
    let run = at(&forecast, "process.reactor.run", 30.0);
    let expected = 0.5 * 20.0 * (-15.0_f64).exp();
    assert!((run - expected).abs() < 1e-3 * expected + 1e-6, "{run} {expected}");
}

#[test]
fn the_source_may_jump_and_its_scrubber_may_fail() {
    let mut draft = cabin(4.0, 0.5, 1.0, Store::new("tank", 50.0).venting());
    draft.deliveries.push(Delivery { at: day(5.0), store: "cabin".to_owned(), mass_kg: 10.0 });
    let scrubber = draft.processes.iter_mut().find(|process| process.name == "scrubber").unwrap();
    scrubber.strengths.extend([(day(10.0), 0.0), (day(12.0), 1.0)]);
    let forecast = over(30.0, &draft);
    conserves(&forecast);
    let cabin = |days: f64| at(&forecast, "store.cabin_kg", days);
    let five = 8.0 - 6.0 * (-2.5_f64).exp();
    let ten = 8.0 + (five + 10.0 - 8.0) * (-2.5_f64).exp();
    assert!((cabin(5.0) - five - 10.0).abs() < 1e-9);
    assert!((cabin(10.0) - ten).abs() < 1e-9);
    assert!((cabin(12.0) - ten - 8.0).abs() < 1e-9, "nobody clears it for two days");
}

#[test]
fn what_has_no_closed_form_is_refused_by_name() {
    let base = || cabin(4.0, 0.5, 1.0, Store::new("tank", f64::INFINITY));
    let refused = |draft: &Draft| Model::new(draft).unwrap_err();
    let mut bounded = base();
    bounded.stores[2].capacity_kg = 10.0;
    assert!(refused(&bounded).to_string().contains("tank"));
    let mut second = base();
    second.processes.push(Process::new("other", 9).takes_part_of("lung", 0.1).gives("out", 1.0));
    assert!(matches!(refused(&second), ForecastError::TwoSources { .. }));
    let mut hungry = base();
    hungry.processes[1].flows.push(forecast::Flow { store: "lung".to_owned(), rate_kg_d: -1.0 });
    assert!(refused(&hungry).to_string().contains("lung"));
    let mut keeper = base();
    keeper.processes[1] = keeper.processes[1].clone().holds("cabin", 3.0);
    assert!(refused(&keeper).to_string().contains("scrubber"));
    let mut nothing = base();
    nothing.processes[1].part_of.as_mut().unwrap().per_day = 0.0;
    assert!(refused(&nothing).to_string().contains("scrubber"));
}

/// A tank that lets go what is too much keeps all of it from the instant on at which less comes than is drawn.
#[test]
fn a_full_tank_ceases_to_let_go() {
    let mut draft = cabin(0.0, 0.5, 1.0, Store::new("tank", 2.0).venting());
    draft.stores[1].level_kg = 20.0;
    let forecast = over(30.0, &draft);
    conserves(&forecast);
    // 10 e^{−t/2} kg a day come, 1 kg from `turn` on, and 2 (1 − e^{−(t − turn)/2}) kg after that.
    let turn = 2.0 * 10.0_f64.ln();
    assert_eq!(at(&forecast, "store.tank_kg", turn - 0.1), 2.0);
    let expected = 2.0 * (1.0 - (-1.0_f64).exp());
    assert!((at(&forecast, "store.tank_kg", turn + 2.0) - expected).abs() < 1e-3 * expected);
}
