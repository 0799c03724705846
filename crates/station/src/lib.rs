//! The structure of a station: its elements, how they hang together over time, and its ports; and its stocks: the stores, and
//! the processes that turn one into another.

mod element;
mod port;
mod process;
mod scale;
mod store;

pub use element::{Element, ElementKind, Placement, Use};
pub use port::{Direction, Port};
pub use process::{Batch, Factor, Flow, Hold, Outage, Part, Process, Repair};
pub use record::{ElementId, PortId, ProcessId, StoreId, SupplyId};
pub use scale::Scale;
pub use store::{Gas, Level, Overflow, Store, Supply};
