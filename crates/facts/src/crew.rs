//! Who is aboard at one moment.

use book::Book;
use record::Word;
use serde_json::{Value, json};
use timeline::Time;

use crate::round;

/// Somebody aboard.
#[derive(Clone, PartialEq, Debug)]
pub struct Person {
    /// Full name.
    pub name: String,
    /// Id of the partner under whose right they fly.
    pub partner: String,
    /// The partner's short name.
    pub short: String,
    /// The partner's colour, `#rrggbb`.
    pub colour: String,
    /// As what.
    pub role: &'static str,
    /// Since when.
    pub since: Time,
    /// The flight they came with.
    pub up: String,
    /// What that flight is called.
    pub up_name: String,
}

/// Everybody aboard at `at`, who came first before who came later.
#[must_use]
pub fn aboard(book: &Book, at: Time) -> Vec<Person> {
    let mut people: Vec<Person> = book
        .aboard()
        .iter()
        .filter(|one| one.interval.contains(at))
        .map(|one| {
            let partner = book.partners.get(&one.stay.partner);
            let flight = book.flights.get(&one.stay.up);
            let person = book.people.get(&one.stay.person);
            Person {
                name: person.map_or_else(|| one.stay.person.to_string(), |person| person.name.clone()),
                partner: one.stay.partner.to_string(),
                short: partner.map_or_else(String::new, |partner| partner.short.clone()),
                colour: partner.map_or_else(String::new, |partner| partner.colour.clone()),
                role: one.stay.role.word(),
                since: one.interval.start(),
                up: one.stay.up.to_string(),
                up_name: flight.map_or_else(|| one.stay.up.to_string(), |flight| flight.name.clone()),
            }
        })
        .collect();
    people.sort_by(|a, b| (a.since, &a.name).cmp(&(b.since, &b.name)));
    people
}

/// The people as a list of objects.
#[must_use]
pub fn json(people: &[Person], at: Time) -> Value {
    let person = |person: &Person| {
        json!({
            "name": person.name,
            "partner": person.partner,
            "role": person.role,
            "flight_up": person.up,
            "since": person.since.to_string(),
            "days": round((at - person.since).days(), 3),
        })
    };
    Value::Array(people.iter().map(person).collect())
}
