use std::collections::BTreeMap;

use record::{FlightId, VehicleId};
use timeline::{Duration, Time};

/// What was planned for a flight, as it was known from some day on, until another plan for it is known.
///
/// A plan without any date says that the flight has none: it was taken off, or nobody knew when it would fly.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// Which flight; one that was never flown, or is still to come, need not have a record of its own.
    pub flight: FlightId,
    /// From when on this was the plan.
    pub known_on: Time,
    /// The type of vehicle that was to fly.
    pub vehicle: VehicleId,
    /// When it was to leave the ground.
    pub launch: Option<Time>,
    /// When it was to arrive; by default after its launch and its type's usual transit.
    pub docking: Option<Time>,
    /// When it was to leave the station; nothing when that was not known.
    pub leaves: Option<Time>,
    /// The segments on whose stores the people live whom it was to bring, one for each of them.
    pub up: Vec<String>,
    /// The segments of those whom it was to take home; by default those whom it brought.
    pub down: Vec<String>,
}

impl Plan {
    /// When it was to arrive, for a type that takes so long from launch to docking.
    #[must_use]
    pub fn arrival(&self, usual_transit: Option<Duration>) -> Option<Time> {
        self.docking.or_else(|| self.launch.map(|launch| launch + usual_transit.unwrap_or(Duration::ZERO)))
    }

    /// The dates it names, in the order in which they are to come.
    pub fn dates(&self) -> impl Iterator<Item = Time> {
        [self.launch, self.docking, self.leaves].into_iter().flatten()
    }
}

/// The plan of each flight that was the last known at `at`. Of two that were known from the same time on the later in the list
/// counts.
pub fn plans_at<'a>(plans: impl IntoIterator<Item = &'a Plan>, at: Time) -> BTreeMap<&'a FlightId, &'a Plan> {
    let mut last: BTreeMap<&FlightId, &Plan> = BTreeMap::new();
    for plan in plans.into_iter().filter(|plan| plan.known_on <= at) {
        let known = last.entry(&plan.flight).or_insert(plan);
        if known.known_on <= plan.known_on {
            *known = plan;
        }
    }
    last
}
