//! What the small book says of stocks, and who lives on them.

use book::Book;
use record::Mass;
use station::{Factor, Overflow, Scale};
use timeline::{Duration, Interval, Time};

use crate::small::{files, read_and_check};

fn small() -> Book {
    read_and_check(files()).0
}

fn time(text: &str) -> Time {
    text.parse().expect("a time")
}

#[test]
fn a_store_is_read_whole() {
    let book = small();
    let tank = book.stores.named("tank").expect("the small book has a tank");
    assert_eq!(
        (tank.commodity.as_str(), tank.owner.as_str(), tank.segment.as_str()),
        ("water", "south", "south")
    );
    assert_eq!(tank.capacity, Mass::from_grams(900_500));
    assert_eq!(tank.overflow, Overflow::HoldsBack);
    assert_eq!(book.stores.named("void").map(|void| void.overflow), Some(Overflow::Vents));
    let drink = tank.supply.as_ref().and_then(|supply| book.supplies.get(supply)).expect("a supply");
    assert_eq!(drink.lines, [Duration::DAY * 20, Duration::DAY * 10]);
}

#[test]
fn a_process_is_read_whole() {
    let book = small();
    let splitter = book.processes.named("splitter").expect("the small book has a splitter");
    let flows: Vec<(&str, f64)> = splitter
        .inputs
        .iter()
        .chain(&splitter.outputs)
        .map(|one| (one.store.as_str(), one.rate_kg_d))
        .collect();
    assert_eq!(flows, [("tank", 4.5), ("air", 4.0), ("void", 0.5)]);
    let hold = splitter.hold.as_ref().expect("it holds a level");
    assert_eq!((hold.store.as_str(), hold.mass), ("air", Mass::from_grams(40_500)));
    assert_eq!((splitter.priority, splitter.power_kw, splitter.scale.as_ref()), (2, 1.2, None));
    assert_eq!(splitter.needs[0].as_str(), "pump");
    assert_eq!(splitter.service(), Interval::new(time("2040-02-01"), time("2040-12-01")));
    assert_eq!(book.processes.named("pump").and_then(|pump| pump.service()), Some(Interval::ALWAYS));
}

#[test]
fn a_factor_holds_until_the_next() {
    let book = small();
    let living = book.processes.named("living").expect("the small book has people living");
    assert_eq!(living.scale, Some(Scale::Segment("north".to_owned())));
    assert_eq!(living.factors[0], Factor { from: time("2040-05-01"), factor: 1.25 });
    for (when, expected) in
        [("2040-04-30", 1.0), ("2040-05-01", 1.25), ("2040-05-31", 1.25), ("2041-01-01", 0.0)]
    {
        assert_eq!(living.factor_at(time(when)), expected, "{when}");
    }
}

#[test]
fn the_last_level_known_at_a_time_counts() {
    let book = small();
    let tank = "tank".parse().expect("an id");
    for (when, expected) in [
        ("2040-02-28", None),
        ("2040-03-01", Some(300_000)),
        ("2040-04-30", Some(300_000)),
        ("2041-01-01", Some(410_250)),
    ] {
        let level = book.level_at(&tank, time(when));
        assert_eq!(level.map(|level| level.mass.grams()), expected, "{when}");
    }
}

#[test]
fn cargo_goes_to_its_stores_and_an_outage_may_last() {
    let book = small();
    let dry = &book.deliveries[1];
    let into: Vec<(&str, f64)> =
        dry.into.iter().map(|one| (one.store.as_str(), one.share.percent())).collect();
    assert_eq!((dry.family.as_str(), dry.kind.to_string().as_str()), ("barge", "dry"));
    assert_eq!((into, dry.after), (vec![("shelf", 87.5), ("void", 12.5)], Duration::DAY));
    assert_eq!(book.deliveries[0].after, Duration::ZERO);
    assert_eq!(book.outages[0].interval().map(Interval::duration), Some(Duration::DAY * 2));
    assert_eq!(book.outages[1].interval(), Interval::new(time("2040-11-01"), Time::MAX));
}

/// Anna and Karin are of `north`, which has a segment; Sipho is of `south`, which has none, and came in a ferry of `north`.
#[test]
fn people_live_on_their_partners_segment_or_on_that_of_who_brought_them() {
    let book = small();
    let year = Interval::new(time("2040-01-01"), time("2041-01-01")).expect("a year");
    let check = |scale: &str, when: &str, expected: f64| {
        let scale = Scale::from_name(scale).expect("a scale");
        let profile = book.crew_profile_of(&scale, year);
        assert_eq!(profile.at(time(when)), Some(expected), "{scale} at {when}");
        assert_eq!(profile.name(), scale.to_string());
    };
    check("crew.aboard", "2040-05-01", 2.0);
    check("crew.segment.north", "2040-05-01", 2.0);
    check("crew.segment.south", "2040-05-01", 0.0);
    check("crew.north", "2040-05-01", 1.0);
    check("crew.south", "2040-05-01", 1.0);
    check("crew.south", "2040-02-01", 0.0);
    check("crew.segment.north", "2040-12-01", 2.0);
}

#[test]
fn what_drives_and_mends_a_process_is_read_whole() {
    let book = small();
    let scrubber = book.processes.named("scrubber").expect("the small book has a scrubber");
    let part = scrubber.part_of.as_ref().expect("it takes a part");
    assert_eq!((part.store.as_str(), part.per_day), ("air", 0.25));
    let repair = scrubber.repair.as_ref().expect("it breaks");
    assert_eq!((repair.mean_between_failures, repair.takes), (Duration::DAY * 400, Duration::HOUR * 60));
    let (store, mass) = repair.spare.as_ref().expect("it needs a spare");
    assert_eq!((store.as_str(), *mass), ("shelf", Mass::from_grams(12_500)));
    let still =
        book.processes.named("still").and_then(|still| still.batch.as_ref()).expect("it runs in batches");
    let levels = (still.start, still.stop);
    assert_eq!(
        (still.store.as_str(), levels),
        ("tank", (Mass::from_grams(800_000), Mass::from_grams(700_500)))
    );
    let gas = book.stores.named("air").and_then(|air| air.gas).expect("air is a gas");
    assert_eq!((gas.volume_m3, gas.molar_g, gas.temperature_k), (150.0, 32.0, 295.0));
}
