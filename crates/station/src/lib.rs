//! The structure of a station: its elements, how they hang together over time, and its ports.

mod element;
mod port;

pub use element::{Element, ElementKind, Placement, Use};
pub use port::{Direction, Port};
pub use record::{ElementId, PortId};
