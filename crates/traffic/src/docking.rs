use std::collections::BTreeMap;

use record::{FlightId, PortId};
use timeline::{Interval, Profile, Time, Window};

use crate::Join;

/// One time a flight held a port.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Docking {
    /// Who.
    pub flight: FlightId,
    /// Where.
    pub port: PortId,
    /// Docked or berthed at.
    pub from: Time,
    /// Left at; nothing while it lasts.
    pub to: Option<Time>,
    /// How it joined.
    pub join: Join,
}

impl Docking {
    /// The time during which the port is held; nothing when it ended before it began.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        Interval::new(self.from, self.to.unwrap_or(Time::MAX))
    }
}

/// The dockings that hold a port at `time`.
pub fn docked_at<'a>(
    dockings: impl IntoIterator<Item = &'a Docking>,
    time: Time,
) -> impl Iterator<Item = &'a Docking> {
    dockings.into_iter().filter(move |docking| docking.interval().is_some_and(|held| held.contains(time)))
}

/// When each port is occupied.
pub fn port_occupancy<'a>(dockings: impl IntoIterator<Item = &'a Docking>) -> BTreeMap<&'a PortId, Window> {
    let mut held: BTreeMap<&PortId, Vec<Interval>> = BTreeMap::new();
    for docking in dockings {
        held.entry(&docking.port).or_default().extend(docking.interval());
    }
    held.into_iter().map(|(port, intervals)| (port, Window::from_intervals(intervals))).collect()
}

/// Each port's occupancy over `within` as a profile `port.<id>`: 1 while a vehicle holds it, else 0; in order of the ids.
pub fn port_profiles<'a>(dockings: impl IntoIterator<Item = &'a Docking>, within: Interval) -> Vec<Profile> {
    port_occupancy(dockings)
        .into_iter()
        .map(|(port, held)| Profile::from_window(format!("port.{port}"), &held, within))
        .collect()
}

/// A flight's time at the station: from its first docking to its last undocking, relocations included.
pub type Visit = Interval;

/// The visit of each flight that docked.
pub fn visits<'a>(dockings: impl IntoIterator<Item = &'a Docking>) -> BTreeMap<&'a FlightId, Visit> {
    let mut visits: BTreeMap<&FlightId, Visit> = BTreeMap::new();
    for docking in dockings {
        let Some(held) = docking.interval() else { continue };
        let visit = visits.entry(&docking.flight).or_insert(held);
        *visit = span(*visit, held);
    }
    visits
}

fn span(a: Interval, b: Interval) -> Interval {
    Interval::new(a.start().min(b.start()), a.end().max(b.end())).expect("a span of intervals is not empty")
}
