use record::{PersonId, ResourceId};
use timeline::{Interval, Time, Window};

/// What is otherwise than a plan took it to be: somebody is ill, a link is down, a device broke.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Disruption {
    /// What begins before stays as it is: it has happened or cannot be called off any more.
    pub now: Option<Time>,
    /// Who cannot do anything when.
    pub away: Vec<(PersonId, Interval)>,
    /// Windows and profiles that do not hold, though they were to.
    pub lost: Vec<(String, Interval)>,
    /// What is out of use when.
    pub down: Vec<(ResourceId, Interval)>,
}

impl Disruption {
    /// When somebody cannot do anything.
    #[must_use]
    pub fn away(&self, person: &PersonId) -> Window {
        self.away.iter().filter(|(who, _)| who == person).map(|(_, when)| *when).collect()
    }

    /// When something does not hold that was to.
    #[must_use]
    pub fn lost(&self, name: &str) -> Window {
        self.lost.iter().filter(|(what, _)| what == name).map(|(_, when)| *when).collect()
    }

    /// When something is out of use.
    #[must_use]
    pub fn down(&self, resource: &ResourceId) -> Window {
        self.down.iter().filter(|(what, _)| what == resource).map(|(_, when)| *when).collect()
    }

    /// Whether something that begins then can no longer be changed.
    #[must_use]
    pub fn is_past(&self, start: Time) -> bool {
        self.now.is_some_and(|now| start < now)
    }
}
