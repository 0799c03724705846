use record::{CommodityId, Mass, PartnerId, StoreId, SupplyId};
use timeline::{Duration, Time};

/// A class of supply: what is left of it is counted over all stores of the class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Supply {
    /// Names it.
    pub id: SupplyId,
    /// Full name.
    pub name: String,
    /// Reserve lines: how long it must last at the present crew, the line that is met first coming first.
    pub lines: Vec<Duration>,
}

/// What a commodity is worth when it burns.
///
/// Only commodities that do need a record: energies of the others are 0.
#[derive(Clone, PartialEq, Debug)]
pub struct Commodity {
    /// Names it, as stores do.
    pub id: CommodityId,
    /// Full name.
    pub name: String,
    /// The heat that it gives with oxygen, down to carbon dioxide and liquid water at 25 °C, MJ/kg.
    pub energy_mj_kg: f64,
}

/// A place for one commodity, such as potable water of one segment.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Store {
    /// Names it.
    pub id: StoreId,
    /// Full name.
    pub name: String,
    /// What it holds; only a process makes one commodity from another.
    pub commodity: String,
    /// The class of supply it counts for.
    pub supply: Option<SupplyId>,
    /// Whose it is.
    pub owner: PartnerId,
    /// The part of the station it belongs to, as the elements call it.
    pub segment: String,
    /// The most it holds; more than nothing.
    pub capacity: Mass,
    /// What becomes of what comes when it is full.
    pub overflow: Overflow,
}

/// What becomes of what comes to a store that is full.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Overflow {
    /// It holds back the processes that make it.
    HoldsBack,
    /// It is lost overboard, and counted.
    Vents,
}

/// How much was in a store at a time.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Level {
    /// Which store.
    pub store: StoreId,
    /// When.
    pub at: Time,
    /// How much.
    pub mass: Mass,
}
