//! What every record of a book carries, whatever it is about: an id, where it came from, where it stands, exact figures.
//!
//! A record names another by its id alone, so that the crates of persons, elements, partners and flights need not know
//! each other: they know the names, which live here.

mod decimal;
mod id;
mod mass;
mod provenance;
mod share;
mod sourced;
mod word;

pub use decimal::parse_decimal;
pub use id::{
    AntennaId, ArrangementId, BatteryId, BlockId, BodyId, CentreId, ChannelId, ClauseId, CommodityId, DayId,
    DefinitionId, ElementId, EngineId, FlightId, Id, IdError, KindId, LoadId, LoopId, MeasureId, MomentId,
    PartnerId, PersonId, PoolId, PortId, ProcessId, ProductId, RelayId, RequestId, ResourceId, RuleId,
    SiteId, SkillId, SpacewalkId, StoreId, SupplyId, TransferId, VehicleId, WingId,
};
pub use mass::Mass;
pub use provenance::{Provenance, Quality};
pub use share::Share;
pub use sourced::Sourced;
pub use word::Word;
