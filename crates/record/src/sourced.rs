use std::ops::Deref;

use timeline::Place;

use crate::Provenance;

/// A record together with where it came from and where in the book it stands.
///
/// It reads like the record itself: `flight.launched`, `flight.provenance.quality`, `flight.place.line`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sourced<T> {
    /// The record.
    pub value: T,
    /// Where it came from and how good it is.
    pub provenance: Provenance,
    /// Where in the book it stands.
    pub place: Place,
}

impl<T> Deref for Sourced<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
