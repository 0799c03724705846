//! Who is aboard at one moment, as pages and JSON show it.

use book::Book;
use record::Word;
use serde_json::{Value, json};
use timeline::Time;

use super::orbit::round;
use crate::text::{Align, Ink, table};

/// Somebody aboard.
pub(crate) struct Person {
    name: String,
    partner: String,
    short: String,
    colour: String,
    role: &'static str,
    since: Time,
    up: String,
    up_name: String,
}

/// Everybody aboard at `at`, who came first before who came later.
pub(crate) fn aboard(book: &Book, at: Time) -> Vec<Person> {
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
pub(crate) fn json(people: &[Person], at: Time) -> Value {
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

/// A role in words. Books say who commanded at some time of a stay, not from when to when.
fn role(word: &str) -> String {
    if word == "commander" { "also commander".to_owned() } else { word.replace('-', " ") }
}

/// The people as a table; nothing when there is nobody.
pub(crate) fn lines(people: &[Person], at: Time, ink: Ink) -> String {
    let row = |person: &Person| {
        vec![
            ink.tint(&person.colour, &person.short),
            person.name.clone(),
            role(person.role),
            person.since.gmt(),
            format!("{}", (at - person.since).days().floor()),
            person.up_name.clone(),
        ]
    };
    let heads = [
        ("partner", Align::Left),
        ("name", Align::Left),
        ("role", Align::Left),
        ("aboard since (GMT)", Align::Left),
        ("days", Align::Right),
        ("came with", Align::Left),
    ];
    let rows: Vec<Vec<String>> = people.iter().map(row).collect();
    if rows.is_empty() { String::new() } else { table(ink, &heads, &rows) }
}
