//! `cupola check`: its contract, and every finding on the real history, held against the page that names the events.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::program;

/// What `check` prints as JSON when rules are broken.
fn findings(line: &str) -> Vec<Value> {
    let run = program::cupola(&format!("{line} --json"));
    assert_eq!((run.status, run.err.as_str()), (Some(1), ""), "cupola {line}");
    program::read(&run.out, line).as_array().expect("a list").clone()
}

#[test]
fn the_fields_that_scripts_rely_on() {
    for finding in findings("check --from 2004-10-01 --to 2005-02-01") {
        for field in ["rule", "severity", "start", "end", "unit", "message", "mend"] {
            assert!(finding[field].is_string(), "{field}: {finding}");
        }
        let is_number_or_null = |field: &str| finding[field].is_number() || finding[field].is_null();
        assert!(is_number_or_null("value") && is_number_or_null("limit"), "{finding}");
        assert!(finding["subjects"].as_array().is_some_and(|subjects| !subjects.is_empty()), "{finding}");
        assert!(["must", "should", "info"].contains(&program::text(&finding, "severity")));
    }
}

/// The press: the crew ate into the 45 days from mid-November on, until Progress M-51 docked on 25 December.
#[test]
fn the_food_of_2004() {
    let found = findings("check --from 2004-10-17 --to 2005-02-01");
    let of = |rule: &str| found.iter().find(|finding| finding["rule"] == rule).expect("it was broken");
    let start: String = program::text(of("food-reserve"), "start").chars().take(10).collect();
    assert!(("2004-11-10".."2004-11-25").contains(&start.as_str()), "{start}");
    let end: String = program::text(of("food-leave"), "end").chars().take(10).collect();
    assert!(("2004-12-25".."2004-12-28").contains(&end.as_str()), "{end}");
}

/// Starliner left its crew: nine people, seven seats, from 2024-09-06 until Crew-9 came on 2024-09-29.
#[test]
fn the_seats_of_2024() {
    let found = findings("check --from 2024-01-01 --to 2025-01-01");
    let seats: Vec<&Value> = found.iter().filter(|finding| finding["rule"] == "seat-for-everyone").collect();
    let [seats] = seats.as_slice() else { panic!("{seats:?}") };
    assert_eq!((&seats["value"], &seats["limit"]), (&Value::from(7.0), &Value::from(9.0)));
    assert!(program::text(seats, "start").starts_with("2024-09-06"));
    assert!(program::text(seats, "end").starts_with("2024-09-29"));
}

/// Soyuz MS-22 was unfit from its leak on 2022-12-15 on: seven people, four seats, until MS-23 came on 2023-02-26.
#[test]
fn the_seats_of_2022() {
    let found = findings("check --from 2022-11-01 --to 2023-04-01");
    let seats: Vec<&Value> = found.iter().filter(|finding| finding["rule"] == "seat-for-everyone").collect();
    let [seats] = seats.as_slice() else { panic!("{seats:?}") };
    assert_eq!((&seats["value"], &seats["limit"]), (&Value::from(4.0), &Value::from(7.0)));
    assert_eq!(program::text(seats, "start"), "2022-12-15T00:45:00Z");
    assert_eq!(program::text(seats, "end"), "2023-02-26T00:58:00Z");
}

/// Every finding of the whole history stands on the page, and nothing else does.
#[test]
fn the_history_is_what_the_page_says() {
    let page = include_str!("../../../../docs/rules-history.md");
    let mut rule = "";
    let mut named = BTreeSet::new();
    for line in page.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            rule = heading;
        } else if let Some(row) = line.strip_prefix("- ") {
            let mut words = row.split([' ', ':']);
            let (date, subject) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            named.insert((rule.to_owned(), date.to_owned(), subject.to_owned()));
        }
    }
    let found: BTreeSet<(String, String, String)> = findings("check")
        .iter()
        .map(|finding| {
            let date = program::text(finding, "start").chars().take(10).collect();
            let subject = finding["subjects"][0].as_str().unwrap_or_default().to_owned();
            (program::text(finding, "rule").to_owned(), date, subject)
        })
        .collect();
    let unnamed: Vec<_> = found.difference(&named).collect();
    let gone: Vec<_> = named.difference(&found).collect();
    assert!(
        unnamed.is_empty() && gone.is_empty(),
        "not on the page: {unnamed:#?}\nno longer found: {gone:#?}"
    );
}

#[test]
fn a_rule_is_tried_without_rust() {
    let found = findings("check --from 2024-05-01 --to 2024-07-01 --rule crew.aboard<=8");
    assert!(found.iter().all(|finding| finding["rule"] == "tried"), "{found:?}");
    assert_eq!(found[0]["value"], Value::from(9.0));
}

#[test]
fn a_bad_rule_is_shown_with_a_caret() {
    let run = program::cupola("check --rule crew.abord>=1");
    assert_eq!(run.status, Some(2));
    assert!(run.err.contains("  crew.abord>=1\n  ^^^^^^^^^^\ndid you mean `crew.aboard`?"), "{}", run.err);
}

/// A ship that nobody can follow keeps its own rules by the same code.
#[test]
fn another_book_has_its_own_rules() {
    let run =
        program::cupola("check --book ../../books/mars-transit --from 2039-09-28 --to 2039-10-02 --json");
    assert_eq!((run.status, run.out.trim()), (Some(0), "[]"), "{}", run.err);
}

/// The page as a person sees it; anew with `INSTA_UPDATE=always`.
#[test]
fn the_page_fits_and_is_as_it_was() {
    let run = program::cupola("check --from 2024-01-01 --to 2025-01-01");
    insta::assert_snapshot!("check", run.out);
    for line in [run.out, program::cupola("check").out] {
        for row in line.lines() {
            assert!(row.chars().count() <= 100, "{} columns\n{row}", row.chars().count());
        }
    }
}
