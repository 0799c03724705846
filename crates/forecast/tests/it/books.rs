//! The books that ship, forecast as they are.

use std::path::Path;

use book::{Book, Files};
use forecast::{Forecast, Model, Scenario, compute, draft};
use timeline::{Interval, Time};

pub(crate) fn book(name: &str) -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books").join(name);
    book::read(&Files::from_dir(folder).unwrap()).0
}

pub(crate) fn time(text: &str) -> Time {
    text.parse().unwrap()
}

pub(crate) fn scenario(book: &Book, from: &str, to: &str) -> Scenario {
    Scenario::new(Interval::new(time(from), time(to)).unwrap(), book.about.known_until)
}

pub(crate) fn forecast(book: &Book, scenario: &Scenario) -> Forecast {
    compute(&Model::new(&draft(book, scenario).draft).unwrap(), scenario.span).unwrap()
}

#[test]
fn mass_is_conserved_over_25_years_of_the_iss() {
    let iss = book("iss");
    let forecast = forecast(&iss, &scenario(&iss, "2000-11-03", "2026-05-30"));
    for total in forecast.totals() {
        let scale = total.came_kg().max(1.0);
        assert!(total.imbalance_kg().abs() < 1e-9 * scale, "{total:?}");
    }
    for store in &iss.stores {
        let profile = forecast.store(store.id.as_str()).unwrap();
        let slack = 1e-9 * store.capacity.kg();
        let within = |kg: f64| (-slack..=store.capacity.kg() + slack).contains(&kg);
        assert!(profile.segments().all(|s| within(s.value) && within(s.end_value())), "{}", store.id);
    }
}

/// Seven aboard and no ship from the book's end: food, water and oxygen each have their answer, and food binds first.
#[test]
fn without_ships_food_binds_first() {
    let iss = book("iss");
    let mut question = scenario(&iss, "2026-05-30T12:25Z", "2036-05-30");
    question.crew = Some(7);
    let forecast = forecast(&iss, &question);
    let reserves = forecast.reserves_at(question.span.start());
    let empty = |name: &str| reserves.iter().find(|reserve| reserve.name == name).unwrap().empty;
    let food = empty("food").expect("food runs out within ten years");
    for other in ["water", "oxygen"] {
        assert!(empty(other).is_none_or(|at| at > food), "{other} runs out before food");
    }
    assert!(forecast.shortfalls()[0].store.as_deref().unwrap().contains("table"));
}

/// December 2004: without Progress M-51 food is gone some time between Christmas and the end of January.
#[test]
fn the_crew_of_2004_depended_on_one_ship() {
    let iss = book("iss");
    let mut question = scenario(&iss, "2004-11-01", "2005-04-01");
    assert!(forecast(&iss, &question).shortfalls().is_empty(), "the real ships came in time");
    question.without.insert("progress-m-51".parse().unwrap());
    let empty = forecast(&iss, &question);
    let first = empty.shortfalls().iter().map(|shortfall| shortfall.during.start()).min().unwrap();
    assert!((time("2004-12-25")..time("2005-01-31")).contains(&first), "{first}");
}

/// Nothing in the code knows the ISS: four people fly to Mars and back by the same engine.
#[test]
fn another_station_is_only_other_files() {
    let mars = book("mars-transit");
    let forecast = forecast(&mars, &scenario(&mars, "2039-10-02", "2041-12-01"));
    assert!(forecast.totals().iter().all(|total| total.imbalance_kg().abs() < 1e-6));
    assert!(forecast.profile("supply.food_kg").is_some());
}

#[test]
fn the_same_question_gives_the_same_answer() {
    let iss = book("iss");
    let question = scenario(&iss, "2020-01-01", "2026-05-30");
    assert_eq!(forecast(&iss, &question), forecast(&iss, &question));
}
