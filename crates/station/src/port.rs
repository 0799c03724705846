use record::{ElementId, PortId};
use timeline::{Interval, Time};

/// A place where vehicles dock or berth, as long as it keeps one mechanism.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Port {
    /// Names it.
    pub id: PortId,
    /// Full name.
    pub name: String,
    /// The element that carries it.
    pub element: ElementId,
    /// The element between, such as a docking adapter.
    pub adapter: Option<ElementId>,
    /// Which way a docked vehicle points from it.
    pub direction: Direction,
    /// What a vehicle must carry to join here, such as `cbm`.
    pub mechanism: String,
    /// Usable since.
    pub from: Time,
    /// Usable until; nothing while it is.
    pub until: Option<Time>,
    /// Ports that cannot be used while this one is occupied.
    pub blocks: Vec<PortId>,
    /// The place on the station, one for several ports that followed each other there.
    pub place: String,
}

impl Port {
    /// The time during which it can be used; nothing when it ended before it began.
    #[must_use]
    pub fn usable(&self) -> Option<Interval> {
        Interval::new(self.from, self.until.unwrap_or(Time::MAX))
    }
}

record::words! {
    /// A direction in the station's own axes, as it usually flies.
    pub enum Direction {
        /// The way it flies.
        Forward = "forward",
        /// Against the way it flies.
        Aft = "aft",
        /// Left, looking forward with the Earth below.
        Port = "port",
        /// Right, looking forward with the Earth below.
        Starboard = "starboard",
        /// Away from the Earth.
        Zenith = "zenith",
        /// Towards the Earth.
        Nadir = "nadir",
    }
}
