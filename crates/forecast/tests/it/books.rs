//! The books that ship, forecast as they are.

use std::path::Path;

use book::{Book, Files};
use forecast::{Forecast, Model, Scenario, compute, draft};
use station::Outage;
use timeline::{Duration, Interval, Time};

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

/// Seven people and both machines: carbon dioxide stays where crews have lived, 2 to 4 mmHg (what the medical community and
/// flight rules of the ISS aim at). When both US machines fail it rises to another rest, as small steps have it.
#[test]
fn the_air_of_seven_people_rises_when_a_scrubber_fails() {
    const KPA_PER_MMHG: f64 = 0.133_322;
    let iss = book("iss");
    let mut question = scenario(&iss, "2026-05-30T12:25Z", "2026-07-30");
    question.crew = Some(7);
    let (from, to) = (time("2026-06-20"), time("2026-06-22"));
    let fails = |process: &str| Outage { process: process.parse().unwrap(), from, to: Some(to) };
    question.failures = vec![fails("cdra"), fails("cdra-second")];
    let forecast = forecast(&iss, &question);
    let pressure = forecast.profile("cabin.cabin-co2_kpa").unwrap();
    let usual_mmhg = pressure.at(time("2026-06-19")).unwrap() / KPA_PER_MMHG;
    assert!((2.0..4.0).contains(&usual_mmhg), "{usual_mmhg} mmHg");
    let total = ["oxygen", "nitrogen", "co2"]
        .map(|gas| forecast.profile(&format!("cabin.cabin-{gas}_kpa")).unwrap().at(from).unwrap());
    assert!((95.0..105.0).contains(&total.iter().sum::<f64>()), "{total:?} kPa");
    // Breath of seven against Vozdukh alone, by steps of a second, until canisters are opened at 9 kg.
    let co2 = forecast.store("cabin-co2").unwrap();
    let part_per_day = iss.processes.named("vozdukh").unwrap().part_of.as_ref().unwrap().per_day;
    let (mut level_kg, step_d) = (co2.at(from).unwrap(), 1.0 / 86_400.0);
    for hour in 1..=48 {
        for _ in 0..3_600 {
            level_kg += step_d * (7.0 - part_per_day * level_kg);
            level_kg = level_kg.min(9.0);
        }
        let found_kg = co2.at(from + Duration::HOUR * hour).unwrap();
        assert!((found_kg - level_kg).abs() < 2e-3 * level_kg, "after {hour} h: {found_kg} {level_kg} kg");
    }
    assert!(co2.at(to).unwrap() > 8.0, "it rose");
    let after_mmhg = pressure.at(time("2026-07-29")).unwrap() / KPA_PER_MMHG;
    assert!((after_mmhg - usual_mmhg).abs() < 0.01, "it comes back: {after_mmhg} mmHg");
}

/// With thirteen aboard the second US scrubber starts at its upper level and stops at its lower one, again and again.
#[test]
fn the_second_scrubber_runs_between_its_levels() {
    let iss = book("iss");
    let mut question = scenario(&iss, "2026-05-30T12:25Z", "2026-08-30");
    question.crew = Some(13);
    let forecast = forecast(&iss, &question);
    let runs = forecast.profile("process.cdra-second.run").unwrap();
    assert!(runs.starts().len() > 10, "{} changes", runs.starts().len());
    let batch = iss.processes.named("cdra-second").unwrap().batch.clone().unwrap();
    let cabin = forecast.store("cabin-co2").unwrap();
    let from = runs.segments().find(|segment| segment.value > 0.0).unwrap().start;
    for segment in cabin.segments().skip_while(|segment| segment.start < from) {
        let within = batch.stop.kg() - 1e-9..=batch.start.kg() + 1e-9;
        assert!(within.contains(&segment.value), "{segment:?}");
    }
}
