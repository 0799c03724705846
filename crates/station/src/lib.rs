//! The structure of a station: its elements, how they hang together over time, and its ports; its stocks: the stores, and
//! the processes that turn one into another; its power: channels, what feeds them and what they carry; and how it flies.

mod element;
mod flying;
mod policy;
mod port;
mod power;
mod process;
mod scale;
mod store;

pub use element::{Element, ElementKind, Placement, Use};
pub use flying::{Band, Body, Drag, Engine, Tank};
pub use policy::{Call, Measure, Response};
pub use port::{Direction, Port};
pub use power::{Battery, Channel, CoolingLoop, Load, Shading, Transfer, Wing};
pub use process::{Batch, Factor, Flow, Hold, Outage, Part, Process, Repair};
pub use record::{
    BatteryId, ChannelId, CommodityId, ElementId, EngineId, LoadId, LoopId, MeasureId, PortId, ProcessId,
    StoreId, SupplyId, TransferId, WingId,
};
pub use scale::Scale;
pub use store::{Commodity, Gas, Level, Overflow, Store, Supply};
