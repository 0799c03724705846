use record::{ElementId, FlightId, Mass, PartnerId, Share};
use timeline::{Interval, Time};

/// A piece of the station: module, node, truss, array, arm.
#[derive(Clone, PartialEq, Debug)]
pub struct Element {
    /// Names it.
    pub id: ElementId,
    /// Full name.
    pub name: String,
    /// What it is.
    pub kind: ElementKind,
    /// Whose it is.
    pub owner: PartnerId,
    /// The part of the station it belongs to, as the partners call it: `us`, `russian`.
    pub segment: String,
    /// Where it has been attached, in order of time.
    pub placements: Vec<Placement>,
    /// When it left the ground.
    pub launched: Time,
    /// When it left the station; nothing while it is there.
    pub removed: Option<Time>,
    /// The flight that brought it.
    pub flight: Option<FlightId>,
    /// Mass at launch.
    pub mass: Option<Mass>,
    /// Pressurised volume, m³; nothing when it has none.
    pub volume_m3: Option<f64>,
    /// Length, m.
    pub length_m: Option<f64>,
    /// Diameter, m.
    pub diameter_m: Option<f64>,
    /// Who may use how much of it; empty when it is its owner's alone.
    pub uses: Vec<Use>,
}

impl Element {
    /// When it became part of the station; its launch, where no placement is known.
    #[must_use]
    pub fn attached(&self) -> Time {
        self.placements.first().map_or(self.launched, |placement| placement.from)
    }

    /// The time during which it is part of the station; nothing when it was removed before it came.
    #[must_use]
    pub fn presence(&self) -> Option<Interval> {
        Interval::new(self.attached(), self.removed.unwrap_or(Time::MAX))
    }

    /// Where it is attached at `time`, while it is part of the station.
    #[must_use]
    pub fn placement_at(&self, time: Time) -> Option<&Placement> {
        self.presence()
            .filter(|presence| presence.contains(time))
            .and_then(|_| self.placements.iter().rev().find(|placement| placement.from <= time))
    }
}

/// Where an element is attached, and since when.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placement {
    /// What it is attached to; nothing for the first element.
    pub parent: Option<ElementId>,
    /// Where on its parent, such as `forward`; may be empty.
    pub at: String,
    /// Since when.
    pub from: Time,
}

/// A partner's share of the use of an element.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Use {
    /// Whose share.
    pub partner: PartnerId,
    /// How much.
    pub share: Share,
}

record::words! {
    /// What an element is.
    pub enum ElementKind {
        /// A pressurised module of no narrower kind.
        Module = "module",
        /// A laboratory.
        Laboratory = "laboratory",
        /// A node that joins others.
        Node = "node",
        /// An airlock.
        Airlock = "airlock",
        /// What is between a port and a vehicle.
        DockingAdapter = "docking-adapter",
        /// A truss segment.
        Truss = "truss",
        /// A solar array.
        Array = "array",
        /// A radiator.
        Radiator = "radiator",
        /// A manipulator.
        Arm = "arm",
        /// An outer platform.
        Platform = "platform",
        /// A store of goods.
        Storage = "storage",
        /// A window module.
        Cupola = "cupola",
        /// The module that steers and houses.
        Service = "service",
    }
}
