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
#[derive(Clone, PartialEq, Debug)]
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
    /// The room in which it is a gas; nothing when its pressure does not matter.
    pub gas: Option<Gas>,
}

/// A gas that fills a room.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Gas {
    /// Volume of the room, m³.
    pub volume_m3: f64,
    /// Mass of a mole, g.
    pub molar_g: f64,
    /// Temperature, K.
    pub temperature_k: f64,
}

/// The molar gas constant, J/(mol K); exact since the SI of 2019 (CODATA 2018).
const GAS_J_MOL_K: f64 = 8.314_462_618;

impl Gas {
    /// The (partial) pressure of each kg of it, kPa, as an ideal gas.
    ///
    /// ```
    /// use station::Gas;
    /// let cabin = Gas { volume_m3: 900.0, molar_g: 44.01, temperature_k: 295.0 };
    /// // 6.5 kg of carbon dioxide in a large station are 0.4 kPa, 3 mmHg.
    /// assert!((6.5 * cabin.kpa_per_kg() - 0.4025).abs() < 1e-3);
    /// ```
    #[must_use]
    pub fn kpa_per_kg(&self) -> f64 {
        // J/m³ are Pa; 1,000 g are a kg and 1,000 Pa a kPa.
        GAS_J_MOL_K * self.temperature_k / (self.molar_g * self.volume_m3)
    }
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
