//! Who is aboard at one moment, as pages show it.

use facts::crew::Person;
use timeline::Time;

use crate::text::{Align, Ink, table};

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
