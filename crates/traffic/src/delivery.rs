use record::{Share, StoreId};
use timeline::Duration;

use crate::CargoKind;

/// Into which stores the cargo of one kind goes that vehicles of one family bring.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// The vehicles' family.
    pub family: String,
    /// The cargo's kind.
    pub kind: CargoKind,
    /// The stores; their shares add up to the whole.
    pub into: Vec<StoreShare>,
    /// How long after docking.
    pub after: Duration,
}

/// A store's share of a delivery.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StoreShare {
    /// Which store.
    pub store: StoreId,
    /// How much of the cargo.
    pub share: Share,
}
