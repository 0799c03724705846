//! What happened aboard, foretold from what was known before: the model's answers against what was said and written at the time.
//!
//! One book, one set of figures for all events. Every event names its source. `cargo test -p forecast --test history -- --nocapture`
//! prints the tables that `docs/stocks.md` has as well; the test fails when the two differ.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]
#![allow(clippy::print_stdout, reason = "the report is what the test is for")]

mod asked;
mod events;
mod page;
mod sensitivity;

use asked::iss;

/// Every event within its band but those of which the table itself says that they are not.
#[test]
fn what_happened_was_foretold() {
    let iss = iss(&[]);
    let rows: Vec<page::Row> = events::EVENTS.iter().map(|event| event.row(&iss)).collect();
    let table = page::events(&rows);
    println!("{table}");
    for (event, row) in events::EVENTS.iter().zip(&rows) {
        assert_eq!(row.is_within, event.holds, "{}: {} for {}", event.what, row.model, event.says);
    }
    page::holds(&table);
}

/// Which assumption moves which answer how far.
#[test]
fn what_moves_the_answers_is_told() {
    let table = page::sensitivities(&sensitivity::all());
    println!("{table}");
    page::holds(&table);
}
