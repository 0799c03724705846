//! Cargo: parts that add up, and propellant that says whose it is.

use std::collections::BTreeMap;

use record::{FlightId, Mass, Sourced};
use traffic::{Bookkeeping, Cargo, CargoDirection, CargoKind, cargo_by_kind};

use super::{Report, must, should};
use crate::book::Book;

/// Printed parts and totals are each rounded; more than this is no rounding.
const ROUNDING: Mass = Mass::from_grams(30_000);

pub(super) fn cargo(book: &Book, report: &mut Report) {
    let mut loads: BTreeMap<(&FlightId, CargoDirection), Vec<&Sourced<Cargo>>> = BTreeMap::new();
    for part in &book.cargo {
        basis(part, report);
        loads.entry((&part.flight, part.direction)).or_default().push(part);
    }
    for load in loads.values() {
        twice(load, report);
        sum(load, report);
        food(load, report);
    }
}

fn basis(part: &Sourced<Cargo>, report: &mut Report) {
    let is_propellant = part.kind == CargoKind::Propellant;
    let (rule, message, mend) = match part.basis {
        None if is_propellant => (
            "basis-missing",
            format!("the propellant of `{}` does not say whose tanks it is for", part.flight),
            "fill `basis`: refuel, own-tank, both or unclear",
        ),
        Some(basis) if !is_propellant => (
            "basis-misplaced",
            format!("`{basis}` is a basis of propellant, not of `{}`", part.kind),
            "leave `basis` empty",
        ),
        _ => return,
    };
    report.add(must(part, rule, message).about(part.flight.as_str()).mend(mend));
}

fn twice(load: &[&Sourced<Cargo>], report: &mut Report) {
    for (at, part) in load.iter().enumerate() {
        let is_same = |other: &&&Sourced<Cargo>| other.kind == part.kind && other.basis == part.basis;
        if let Some(first) = load[..at].iter().find(is_same) {
            let message = format!(
                "the {} that `{}` took {} stands at {} already",
                part.kind, part.flight, part.direction, first.place
            );
            let finding = must(part, "cargo-twice", message).about(part.flight.as_str());
            report.add(finding.mend("take one away, or make them one sum"));
        }
    }
}

/// A total holds the parts in Houston's or in Moscow's bookkeeping, or its note says why not.
fn sum(load: &[&Sourced<Cargo>], report: &mut Report) {
    let Some(total) = load.iter().find(|part| part.kind == CargoKind::Total) else { return };
    if !total.provenance.note.is_empty() {
        return;
    }
    let sums = [Bookkeeping::Houston, Bookkeeping::Moscow].map(|bookkeeping| {
        cargo_by_kind(load.iter().map(|part| &part.value), bookkeeping).into_values().sum::<Mass>()
    });
    let has_parts = load.iter().any(|part| part.kind.is_part());
    if has_parts && sums.iter().all(|&sum| (sum - total.mass).abs() > ROUNDING) {
        let [houston, moscow] = sums;
        let sum = if houston == moscow {
            format!("{houston}")
        } else {
            format!("{houston} without and {moscow} with the propellant that the vehicle burns")
        };
        let message = format!("the parts of `{}` add up to {sum}, its total is {}", total.flight, total.mass);
        let finding = must(total, "cargo-sum", message).about(total.flight.as_str());
        report.add(finding.mend("look the parts up, or say in the total's note why they differ"));
    }
}

fn food(load: &[&Sourced<Cargo>], report: &mut Report) {
    let of = |kind| load.iter().find(|part| part.kind == kind);
    if let Some((food, dry)) = of(CargoKind::Food).zip(of(CargoKind::Dry))
        && food.mass > dry.mass
    {
        let message = format!(
            "`{}` took {} of food in {} of packed goods ({})",
            food.flight, food.mass, dry.mass, dry.place
        );
        let finding = should(food, "food-over-dry", message).about(food.flight.as_str());
        report.add(finding.mend("food is a part of `dry`: mend one of them"));
    }
}
