use std::collections::BTreeMap;

use record::{FlightId, Mass};

/// An amount of one kind that a flight brought or took.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Cargo {
    /// Which flight.
    pub flight: FlightId,
    /// Which way.
    pub direction: CargoDirection,
    /// What.
    pub kind: CargoKind,
    /// How much.
    pub mass: Mass,
    /// For propellant: whose tanks it is for.
    pub basis: Option<Basis>,
}

record::words! {
    /// Which way cargo went.
    pub enum CargoDirection {
        /// To the station.
        Up = "up",
        /// To the ground.
        Down = "down",
        /// Burned with the vehicle.
        Trash = "trash",
    }
}

record::words! {
    /// What cargo is.
    pub enum CargoKind {
        /// Propellant.
        Propellant = "propellant",
        /// Oxygen, nitrogen, air.
        Gas = "gas",
        /// Water.
        Water = "water",
        /// All packed goods, food included.
        Dry = "dry",
        /// The food among the packed goods.
        Food = "food",
        /// Goods outside the pressurised volume.
        Unpressurised = "unpressurised",
        /// Everything.
        Total = "total",
    }
}

impl CargoKind {
    /// Whether it is one of the parts that add up to the total; food is a part of `dry` already.
    #[must_use]
    pub const fn is_part(self) -> bool {
        !matches!(self, Self::Food | Self::Total)
    }
}

record::words! {
    /// Whose tanks propellant is for.
    pub enum Basis {
        /// Pumped to the station.
        Refuel = "refuel",
        /// Burned by the visiting vehicle to raise the orbit.
        OwnTank = "own-tank",
        /// Both in one figure.
        Both = "both",
        /// The source does not say.
        Unclear = "unclear",
    }
}

/// Which propellant counts as cargo: Moscow's totals hold what the vehicle burns itself, Houston's do not.
///
/// A sum is always of one bookkeeping, so that the two are never added up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Bookkeeping {
    /// Only what was pumped to the station, or is not said to be otherwise.
    Houston,
    /// What the vehicle burns for the station too.
    Moscow,
}

/// The parts of the given cargo by kind, in one bookkeeping; `food` is counted within `dry`, printed totals are left out.
///
/// Propellant that a source gives in one figure for `both` is Moscow's, and cannot be told apart for Houston.
pub fn cargo_by_kind<'a>(
    cargo: impl IntoIterator<Item = &'a Cargo>,
    bookkeeping: Bookkeeping,
) -> BTreeMap<CargoKind, Mass> {
    let mut sums = BTreeMap::new();
    for part in cargo.into_iter().filter(|part| part.kind.is_part() && counts(part, bookkeeping)) {
        *sums.entry(part.kind).or_insert(Mass::ZERO) += part.mass;
    }
    sums
}

/// All that one flight carried one way, in Houston's bookkeeping: the printed total, or else the sum of its parts; nothing when there is
/// neither.
///
/// Where the parts show that a printed total is Moscow's, the propellant that the vehicle burned itself is taken from it. A total whose
/// parts do not show it stays as it is printed, and so does what is printed in one figure for `both`.
pub fn cargo_mass<'a>(load: impl IntoIterator<Item = &'a Cargo>) -> Option<Mass> {
    let load: Vec<&Cargo> = load.into_iter().collect();
    let sum = |bookkeeping| cargo_by_kind(load.iter().copied(), bookkeeping).into_values().sum::<Mass>();
    let (houston, moscow) = (sum(Bookkeeping::Houston), sum(Bookkeeping::Moscow));
    let burned = load.iter().filter(|part| part.basis == Some(Basis::OwnTank)).map(|part| part.mass).sum();
    match load.iter().find(|part| part.kind == CargoKind::Total) {
        Some(total) if (total.mass - moscow).abs() < (total.mass - houston).abs() => {
            Some(total.mass - burned)
        }
        Some(total) => Some(total.mass),
        None => load.iter().any(|part| part.kind.is_part()).then_some(houston),
    }
}

fn counts(part: &Cargo, bookkeeping: Bookkeeping) -> bool {
    let is_burned_by_vehicle = matches!(part.basis, Some(Basis::OwnTank | Basis::Both));
    bookkeeping == Bookkeeping::Moscow || part.kind != CargoKind::Propellant || !is_burned_by_vehicle
}
