//! The structure of a station: its elements, how they hang together over time, and its ports; its stocks: the stores, and
//! the processes that turn one into another; and how it flies.

mod element;
mod flying;
mod port;
mod process;
mod scale;
mod store;

pub use element::{Element, ElementKind, Placement, Use};
pub use flying::{Band, Body, Drag, Engine, Tank};
pub use port::{Direction, Port};
pub use process::{Factor, Flow, Hold, Outage, Process};
pub use record::{ElementId, EngineId, PortId, ProcessId, StoreId, SupplyId};
pub use scale::Scale;
pub use store::{Level, Overflow, Store, Supply};
