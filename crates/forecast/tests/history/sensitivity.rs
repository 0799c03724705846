//! What is assumed where nothing public says it, and how far each assumption moves an answer.

use book::Book;

use crate::asked::{Edit, Question, day, days_between, iss};
use crate::events::{DECEMBER_2004, JUNE_2015, SEPTEMBER_2004, fed_by_a_ship, lines_of_2004, oxygen_days};
use crate::page::Moved;

const LEVELS: &str = "levels.csv";
const RULES: &str = "deliveries.toml";

/// The food of both segments at the start of Expedition 10 as the book has it, kg; the tables hold 40 more.
const BOTH: [&str; 2] = ["food-us,2004-10-16T04:16Z,156,", "food-ru,2004-10-16T04:16Z,156,"];

pub(crate) fn all() -> Vec<Moved> {
    let with = |edits: &[Edit<'_>]| iss(edits);
    // A day of two people is 3.44 kg, half of it in each store.
    let food = |each: [&str; 2]| iss(&[(LEVELS, BOTH[0], each[0]), (LEVELS, BOTH[1], each[1])]);
    let helpings = |part: &str, whole: &str| {
        iss(&[
            ("processes.toml", "kg_d = 0.215 }", part),
            ("processes.toml", "{ store = \"waste\", kg_d = 0.43 },\n]\nfrom = \"2004-04-21T05:01Z\"", whole),
        ])
    };
    vec![
        december(
            "the food of October 2004 meant to last to 10 January 2005, not the 15th",
            &food(["food-us,2004-10-16T04:16Z,147.4,", "food-ru,2004-10-16T04:16Z,147.4,"]),
        ),
        december(
            "meant to last to 20 January",
            &food(["food-us,2004-10-16T04:16Z,164.6,", "food-ru,2004-10-16T04:16Z,164.6,"]),
        ),
        december(
            "meant to last to 8 February, 45 days after the end of December, as said before it was counted (spacetoday.net 2570)",
            &food(["food-us,2004-10-16T04:16Z,197.3,", "food-ru,2004-10-16T04:16Z,197.3,"]),
        ),
        free_december(&with(&[])),
        december(
            "rationed from 9 December, when it was told, not from 20 November",
            &with(&[("processes.toml", "until = \"2004-11-20\"", "until = \"2004-12-09\"")]),
        ),
        december(
            "a fifth too much eaten, not a quarter",
            &helpings(
                "kg_d = 0.172 }",
                "{ store = \"waste\", kg_d = 0.344 },\n]\nfrom = \"2004-04-21T05:01Z\"",
            ),
        ),
        oxygen(
            "Quest's oxygen tanks hold 320 kg, not 230",
            &with(&[("stores.toml", "capacity_kg = 230\n", "capacity_kg = 320\n")]),
        ),
        oxygen("and 200 kg", &with(&[("stores.toml", "capacity_kg = 230\n", "capacity_kg = 200\n")])),
        june(
            "one point more of HTV's dry goods is food (23 %)",
            &with(&[(
                RULES,
                "family = \"htv\"\nkind = \"dry\"\ninto = [\n  { store = \"food-us\", share_pct = 22.0 },",
                "family = \"htv\"\nkind = \"dry\"\ninto = [\n  { store = \"food-us\", share_pct = 23.23 },",
            )]),
        ),
        june(
            "one point more of Progress's dry goods is food where it is not printed (21 %)",
            &with(&[(
                RULES,
                "family = \"progress\"\nkind = \"dry\"\ninto = [\n  { store = \"food-ru\", share_pct = 20.0 },",
                "family = \"progress\"\nkind = \"dry\"\ninto = [\n  { store = \"food-ru\", share_pct = 21.27 },",
            )]),
        ),
        fed(
            "31 % of a Progress's dry goods is food, as on the best printed one, not 27 %",
            &with(&[(RULES, "share_pct = 14.58 }", "share_pct = 16.74 }")]),
        ),
    ]
}

fn december(assumption: &'static str, book: &Book) -> Moved {
    moved_december(assumption, &DECEMBER_2004, book)
}

/// The level at the start of Expedition 10 left aside: from 2000 on by the book's own account.
fn free_december(book: &Book) -> Moved {
    let free = Question { from: "2004-10-16T04:00Z", ..DECEMBER_2004 };
    moved_december("the food of October 2004 as this book's own account from 2000 has it", &free, book)
}

fn moved_december(assumption: &'static str, question: &Question<'_>, book: &Book) -> Moved {
    let asked = question.ask(book);
    let [eaten, planned] = lines_of_2004(&asked);
    let days = asked.days_left("food", "2004-12-25T23:31Z");
    Moved {
        assumption,
        answer: "45-day line as eaten and as planned; food left on 25 December 2004",
        by: format!("{}, {}; {days:.0} days", day(eaten), day(planned)),
    }
}

fn oxygen(assumption: &'static str, book: &Book) -> Moved {
    let days = oxygen_days(&SEPTEMBER_2004.ask(book));
    Moved { assumption, answer: "stored oxygen, 24 September 2004", by: format!("{days:.0} days") }
}

fn june(assumption: &'static str, book: &Book) -> Moved {
    let (as_is, otherwise) = (JUNE_2015.ask(&iss(&[])), JUNE_2015.ask(book));
    let days = days_between(as_is.empty("food").unwrap(), otherwise.empty("food").unwrap());
    Moved { assumption, answer: "food after the loss of SpX-7", by: format!("{days:+} days") }
}

fn fed(assumption: &'static str, book: &Book) -> Moved {
    let persons = fed_by_a_ship(book) * 3.0;
    Moved { assumption, answer: "Russians fed by three Progress a year", by: format!("{persons:.1}") }
}
