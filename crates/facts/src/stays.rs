//! Every time a person was aboard.

use book::Book;
use record::Word;
use serde_json::{Value, json};
use timeline::{Interval, Time};

use crate::about::with_source;
use crate::stamp;

/// The stays that overlap `within`, in the order of the book; a stay without a known beginning is left out.
#[must_use]
pub fn json(book: &Book, within: Interval) -> Value {
    let visits = traffic::visits(book.dockings.iter().map(|docking| &docking.value));
    let mut stays = Vec::new();
    for stay in &book.stays {
        let found = people::aboard([&stay.value], |flight| visits.get(flight).copied());
        let Some(one) = found.first().filter(|one| one.interval.overlaps(within)) else { continue };
        let person = book.people.get(&stay.person);
        let to = one.interval.end();
        let value = json!({
            "person": stay.person.as_str(),
            "name": person.map_or(stay.person.as_str(), |person| person.name.as_str()),
            "family_name": person.map_or(stay.person.as_str(), |person| person.family_name.as_str()),
            "partner": stay.partner.as_str(),
            "role": stay.role.word(),
            "up": stay.up.as_str(),
            "down": stay.down.as_ref().map(record::FlightId::as_str),
            "from": stamp(one.interval.start()),
            "to": (to < Time::MAX).then(|| stamp(to)),
        });
        stays.push(with_source(value, &stay.provenance));
    }
    Value::Array(stays)
}
