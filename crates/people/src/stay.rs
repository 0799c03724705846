use record::{ElementId, FlightId, PartnerId, PersonId, SpacewalkId};
use timeline::{Interval, Time};

/// One time a person was aboard.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Stay {
    /// Who.
    pub person: PersonId,
    /// The flight they came with.
    pub up: FlightId,
    /// The flight they left with; nothing while it is not known.
    pub down: Option<FlightId>,
    /// Under whose right or agency they flew this time.
    pub partner: PartnerId,
    /// As what.
    pub role: Role,
    /// When the stay began, where it was not with the docking of `up`.
    pub from: Option<Time>,
    /// When the stay ended, where it was not with the last undocking of `down`.
    pub to: Option<Time>,
}

record::words! {
    /// As what a person is aboard.
    pub enum Role {
        /// Commands the station.
        Commander = "commander",
        /// Member of the expedition.
        FlightEngineer = "flight-engineer",
        /// Not of the expedition: visiting and shuttle crews, tourists.
        Visitor = "visitor",
    }
}

/// A spacewalk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Spacewalk {
    /// Names it.
    pub id: SpacewalkId,
    /// Hatch open, or as the partner counts it.
    pub start: Time,
    /// Hatch closed, or as the partner counts it.
    pub end: Time,
    /// Who went out.
    pub crew: Vec<PersonId>,
    /// Through which airlock.
    pub exit: Exit,
}

impl Spacewalk {
    /// The time outside; nothing when it ended before it began.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        Interval::new(self.start, self.end)
    }
}

/// The airlock of a spacewalk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Exit {
    /// One of the station's elements.
    Element(ElementId),
    /// That of a docked shuttle.
    Shuttle,
}
