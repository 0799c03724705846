use record::{ArrangementId, ElementId, PartnerId, PoolId};

/// Something that partners have arranged with one another, to be read: a barter, whose seats are whose, how the use of elements is
/// shared.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arrangement {
    /// Names it.
    pub id: ArrangementId,
    /// What it is.
    pub kind: ArrangementKind,
    /// Between whom.
    pub between: Vec<PartnerId>,
    /// The elements that it is about; their parts of use stand with the elements.
    pub elements: Vec<ElementId>,
    /// The pools that it is about; their parts stand with the pools.
    pub pools: Vec<PoolId>,
    /// What was arranged, as people read it.
    pub says: String,
}

record::words! {
    /// What partners arrange with one another.
    pub enum ArrangementKind {
        /// Parts in the use of elements.
        Accommodation = "accommodation",
        /// Who may send how many of those aboard.
        CrewFlight = "crew-flight",
        /// Transport of an element against other elements or services.
        TransportForElement = "transport-for-element",
        /// A seat in one's ship against a seat in the other's.
        SeatForSeat = "seat-for-seat",
        /// Transport or services against a part of the common costs.
        ServiceForCosts = "service-for-costs",
    }
}
