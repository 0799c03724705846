//! Laws that hold for every model.

use forecast::{Delivery, Draft, Model, Process, Store, compute};
use proptest::prelude::*;
use timeline::{Duration, Interval, Time};

const STORES: usize = 5;

fn hour(hours: i64) -> Time {
    Time::EPOCH + Duration::HOUR * hours
}

fn store_name(index: usize) -> String {
    format!("store-{index}")
}

/// How a process of a network is driven.
#[derive(Clone, Debug)]
enum Drive {
    AsMuchAsItCan,
    /// From one part of the capacity of the store that it takes from down to another.
    InBatches(f64, f64),
    /// Up to a part of the capacity of the store that it gives to.
    Keeping(f64),
}

fn drives() -> impl Strategy<Value = Drive> {
    prop_oneof![
        3 => Just(Drive::AsMuchAsItCan),
        1 => (0.5..1.0_f64, 0.0..0.4_f64).prop_map(|(start, stop)| Drive::InBatches(start, stop)),
        1 => (0.1..0.9_f64).prop_map(Drive::Keeping),
    ]
}

/// A closed network: each process moves one kind of mass between stores, in equal amounts. Of the first store some take a
/// part; they give to stores that vent.
fn networks() -> impl Strategy<Value = Draft> {
    let store = (1.0..200.0_f64, 0.0..1.0_f64, any::<bool>());
    let process = (0..STORES, 0..STORES, 0.01..30.0_f64, 0.0..3.0_f64, drives());
    let scrubber = (1..STORES, 0.01..5.0_f64, 0..1_000_i64);
    let delivery = (0..STORES, 1..2_000_i64, 0.0..80.0_f64);
    (
        prop::collection::vec(store, STORES),
        prop::collection::vec(process, 1..9),
        prop::collection::vec(scrubber, 0..3),
        prop::collection::vec(delivery, 0..6),
    )
        .prop_map(|(stores, processes, scrubbers, deliveries)| {
            let stores: Vec<Store> = stores
                .into_iter()
                .enumerate()
                .map(|(index, (capacity, filled, vents))| {
                    let store = Store::new(&store_name(index), capacity)
                        .with_level_kg(capacity * filled)
                        .of_commodity("mass");
                    let is_scrubbed_into = scrubbers.iter().any(|&(to, ..)| to == index);
                    if vents || is_scrubbed_into { store.venting() } else { store }
                })
                .collect();
            let moves = processes.into_iter().enumerate().filter(|(_, (from, to, ..))| from != to);
            let moves = moves.map(|(index, (from, to, rate, strength, drive))| {
                let process = Process::new(&format!("process-{index}"), u32::try_from(index).unwrap())
                    .takes(&store_name(from), rate)
                    .gives(&store_name(to), rate)
                    .of(hour(0), strength);
                let capacity_kg = |store: usize| stores[store].capacity_kg;
                match drive {
                    Drive::AsMuchAsItCan => process,
                    Drive::InBatches(start, stop) => {
                        let (start_kg, stop_kg) = (start * capacity_kg(from), stop * capacity_kg(from));
                        process.runs_between(&store_name(from), start_kg, stop_kg)
                    }
                    Drive::Keeping(part) => process.holds(&store_name(to), part * capacity_kg(to)),
                }
            });
            let clears = scrubbers.iter().enumerate().map(|(index, &(to, part, until))| {
                Process::new(&format!("scrubber-{index}"), u32::try_from(20 + index).unwrap())
                    .takes_part_of(&store_name(0), part)
                    .gives(&store_name(to), 1.0)
                    .of(hour(until), 0.0)
            });
            Draft {
                begins: hour(0),
                processes: moves.chain(clears).collect(),
                stores,
                deliveries: deliveries
                    .into_iter()
                    .map(|(store, at, mass_kg)| Delivery { at: hour(at), store: store_name(store), mass_kg })
                    .collect(),
                ..Draft::default()
            }
        })
}

fn whole() -> Interval {
    Interval::new(hour(0), hour(2_400)).unwrap()
}

proptest! {
    #[test]
    fn nothing_is_made_and_nothing_lost(draft in networks()) {
        let forecast = compute(&Model::new(&draft).unwrap(), whole()).unwrap();
        for total in forecast.totals() {
            let scale = total.came_kg().max(1.0);
            prop_assert!(total.imbalance_kg().abs() < 1e-9 * scale, "{total:?}");
        }
    }

    #[test]
    fn levels_stay_between_nothing_and_full(draft in networks()) {
        let forecast = compute(&Model::new(&draft).unwrap(), whole()).unwrap();
        for store in &draft.stores {
            let profile = forecast.store(&store.name).unwrap();
            let slack = 1e-9 * store.capacity_kg.max(1.0);
            for segment in profile.segments() {
                for level in [segment.value, segment.end_value()] {
                    prop_assert!((-slack..=store.capacity_kg + slack).contains(&level), "{} {level}", store.name);
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_lists_means_nothing(draft in networks()) {
        let forward = compute(&Model::new(&draft).unwrap(), whole()).unwrap();
        let mut reversed = draft;
        reversed.stores.reverse();
        reversed.processes.reverse();
        reversed.deliveries.reverse();
        let backward = compute(&Model::new(&reversed).unwrap(), whole()).unwrap();
        // To the last bit.
        prop_assert_eq!(forward, backward);
    }

    #[test]
    fn a_later_beginning_of_the_span_changes_no_level(draft in networks(), split in 1..2_399_i64) {
        let model = Model::new(&draft).unwrap();
        let (all, late) = (compute(&model, whole()).unwrap(), compute(&model, Interval::new(hour(split), hour(2_400)).unwrap()).unwrap());
        for store in &draft.stores {
            let at = |forecast: &forecast::Forecast| forecast.store(&store.name).unwrap().at(hour(2_399)).unwrap();
            prop_assert!((at(&all) - at(&late)).abs() < 1e-6, "{} {} {}", store.name, at(&all), at(&late));
        }
    }
}
