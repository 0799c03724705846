//! The two bookkeepings of propellant are never mixed.

use record::Mass;
use traffic::{Basis, Bookkeeping, Cargo, CargoDirection, CargoKind, cargo_by_kind, cargo_mass};

fn part(kind: CargoKind, kg: i64, basis: Option<Basis>) -> Cargo {
    let mass = Mass::from_grams(kg * 1_000);
    Cargo { flight: "barge-1".parse().expect("an id"), direction: CargoDirection::Up, kind, mass, basis }
}

#[test]
fn what_the_vehicle_burns_counts_in_one_bookkeeping_only() {
    let cargo = [
        part(CargoKind::Propellant, 600, Some(Basis::Refuel)),
        part(CargoKind::Propellant, 250, Some(Basis::OwnTank)),
        part(CargoKind::Propellant, 70, Some(Basis::Both)),
        part(CargoKind::Propellant, 5, Some(Basis::Unclear)),
        part(CargoKind::Water, 420, None),
        part(CargoKind::Dry, 1_000, None),
        part(CargoKind::Food, 300, None),
        part(CargoKind::Total, 2_020, None),
    ];
    for (bookkeeping, propellant_kg, total_kg) in
        [(Bookkeeping::Houston, 605, 2_025), (Bookkeeping::Moscow, 925, 2_345)]
    {
        let sums = cargo_by_kind(&cargo, bookkeeping);
        assert_eq!(sums[&CargoKind::Propellant], Mass::from_grams(propellant_kg * 1_000), "{bookkeeping:?}");
        assert_eq!(
            sums.values().copied().sum::<Mass>(),
            Mass::from_grams(total_kg * 1_000),
            "{bookkeeping:?}"
        );
        assert!(!sums.contains_key(&CargoKind::Food) && !sums.contains_key(&CargoKind::Total));
    }
}

/// A printed total, without what the vehicle burned where the parts show that it is in it; or else the parts.
#[test]
fn the_mass_of_a_flight_is_in_one_bookkeeping() {
    let parts = [
        part(CargoKind::Propellant, 600, Some(Basis::Refuel)),
        part(CargoKind::Propellant, 250, Some(Basis::OwnTank)),
        part(CargoKind::Dry, 1_000, None),
        part(CargoKind::Food, 300, None),
    ];
    let with_total = |kg| [&parts[..], &[part(CargoKind::Total, kg, None)]].concat();
    for (load, expected_kg) in [
        (parts.to_vec(), Some(1_600)),
        (with_total(1_600), Some(1_600)),
        (with_total(1_850), Some(1_600)),
        (with_total(1_855), Some(1_605)),
        (vec![part(CargoKind::Total, 2_000, None)], Some(2_000)),
        (vec![part(CargoKind::Food, 300, None)], None),
        (Vec::new(), None),
    ] {
        let expected = expected_kg.map(|kg: i64| Mass::from_grams(kg * 1_000));
        assert_eq!(cargo_mass(&load), expected, "{load:?}");
    }
}
