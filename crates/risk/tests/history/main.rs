//! Plans that history knows, asked as known on a day before something was lost: what the losses say against what was said and done.
//!
//! `cargo test -p risk --test history -- --nocapture` prints the table that `docs/risk.md` has as well; the test fails when the two differ.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on should stop where it is")]
#![allow(clippy::print_stdout, reason = "the report is what the test is for")]

use std::path::Path;

use book::{Book, Files};
use risk::{Consequence, LossKind, Losses, Question, Rule, USUAL_SPAN, Verdict, losses};
use timeline::{Interval, Time};

/// One plan, and one thing that was said or done.
struct Case {
    as_of: &'static str,
    what: &'static str,
    says: &'static str,
    source: &'static str,
    answer: fn(&Losses) -> (String, bool),
}

const CASES: [Case; 8] = [
    Case {
        as_of: "2004-11-15",
        what: "the flight on which the crew depends",
        says: "Progress M-51; if it fails the crew leaves in early January, or on 30 December",
        source: "Daily Press 2004-12-10; CNN by aebrain.blogspot.com 2004-12-12; UPI by spacedaily.com 2004-12-20",
        answer: |all| {
            let (loss, consequence) = all.weakest().unwrap();
            let (at, _) = consequence.ends.clone().unwrap();
            let is_within = (time("2004-12-24")..time("2005-01-11")).contains(&at);
            (
                format!("{}: nobody is left on {}", loss.subject, at.date()),
                loss.subject == "progress-m-51" && is_within,
            )
        },
    },
    Case {
        as_of: "2014-10-01",
        what: "loss of Orb-3, four weeks later",
        says: "the crew is in no danger and well supplied into 2015",
        source: "as it went: nobody came home for it (general knowledge)",
        answer: |all| verdict(all, LossKind::Lost, "orb-3", Verdict::Secure),
    },
    Case {
        as_of: "2014-10-01",
        what: "any one cargo flight",
        says: "supplies survive one missed flight",
        source: "the reserve rule itself (CBC 2015-06-29: about four months left after three losses)",
        answer: cargo_is_secure,
    },
    Case {
        as_of: "2015-04-01",
        what: "loss of Progress M-27M, of SpX-7",
        says: "six stay; food to the end of October after both",
        source: "CBC 2015-06-29",
        answer: |all| {
            let (first, one) = verdict(all, LossKind::Lost, "progress-m-27m", Verdict::Secure);
            let (second, other) = verdict(all, LossKind::Lost, "spx-7", Verdict::Secure);
            (format!("{first}, {second}"), one && other)
        },
    },
    Case {
        as_of: "2015-04-01",
        what: "any one cargo flight",
        says: "supplies survive one missed flight",
        source: "as above",
        answer: cargo_is_secure,
    },
    Case {
        as_of: "2018-10-01",
        what: "loss of Soyuz MS-10, ten days later",
        says: "an empty station from the middle of December unless MS-09 stays longer, as it did, to 20 December",
        source: "Tanjug 2018-10-31; der-orion.com 2018 on the landing of MS-09",
        answer: |all| {
            let consequence = one(all, LossKind::Lost, "soyuz-ms-10");
            let empty = consequence.breaches.iter().find(|breach| breach.rule == Rule::Nobody).unwrap();
            let held: Vec<&str> = consequence
                .held
                .iter()
                .map(|held| all.outlook.ships()[held.ship].passage.flight.as_str())
                .collect();
            let is_within = (time("2018-12-10")..time("2018-12-21")).contains(&empty.at);
            let told = format!(
                "empty from {} were nothing done; {} held: {}",
                empty.at.date(),
                held.join(", "),
                consequence.verdict.word()
            );
            (told, is_within && held.contains(&"soyuz-ms-09") && consequence.verdict == Verdict::AtRisk)
        },
    },
    Case {
        as_of: "2018-10-01",
        what: "any one cargo flight",
        says: "nothing was feared for supplies",
        source: "as it went (general knowledge)",
        answer: cargo_is_secure,
    },
    Case {
        as_of: "2022-12-01",
        what: "any one flight to come; a ship there that is unfit",
        says: "MS-22's leak left three without a sound seat until MS-23 came; nothing else",
        source: "as it went: leak on 15 December 2022, MS-23 docked on 26 February 2023 (general knowledge)",
        answer: |all| {
            let flights =
                all.losses.iter().filter(|(loss, _)| loss.ship.is_some() && loss.kind != LossKind::Unfit);
            let worst = flights.map(|(_, one)| one.verdict).max().unwrap();
            let unfit = one(all, LossKind::Unfit, "soyuz-ms-22");
            let told = format!("flights {}; soyuz-ms-22 unfit: seats short", worst.word());
            (told, worst == Verdict::Secure && unfit.breaks(&Rule::Seats) && unfit.ends.is_none())
        },
    },
];

#[test]
fn plans_stand_what_they_stood() {
    let book = iss();
    let mut table =
        "| as known on | what | source says | model says | within | source |\n|---|---|---|---|---|---|\n"
            .to_owned();
    let mut asked: Option<(&str, Losses)> = None;
    let mut failed = Vec::new();
    for case in &CASES {
        if asked.as_ref().is_none_or(|(as_of, _)| *as_of != case.as_of) {
            let as_of = time(case.as_of);
            let span = Interval::new(as_of, as_of + USUAL_SPAN).unwrap();
            asked = Some((case.as_of, losses(&book, &Question::new(span, as_of)).unwrap()));
        }
        let (told, is_within) = (case.answer)(&asked.as_ref().unwrap().1);
        let within = if is_within { "yes" } else { "no" };
        let Case { as_of, what, says, source, .. } = case;
        table += &format!("| {as_of} | {what} | {says} | {told} | {within} | {source} |\n");
        if !is_within {
            failed.push(told);
        }
    }
    println!("{table}");
    assert!(failed.is_empty(), "not within: {failed:?}");
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/risk.md");
    let page = std::fs::read_to_string(page).unwrap();
    assert!(page.contains(&table), "docs/risk.md has another table; it should have\n\n{table}");
}

fn cargo_is_secure(all: &Losses) -> (String, bool) {
    let verdict = all.of_cargo();
    (format!("any single cargo flight: {}", verdict.word()), verdict == Verdict::Secure)
}

fn verdict(all: &Losses, kind: LossKind, subject: &str, expected: Verdict) -> (String, bool) {
    let found = one(all, kind, subject).verdict;
    (format!("{subject} {}: {}", kind.word(), found.word()), found == expected)
}

fn one<'a>(all: &'a Losses, kind: LossKind, subject: &str) -> &'a Consequence {
    let found = all.losses.iter().find(|(loss, _)| loss.kind == kind && loss.subject == subject);
    &found.unwrap_or_else(|| panic!("no loss of {subject}")).1
}

fn iss() -> Book {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    book::read(&Files::from_dir(folder).unwrap()).0
}

fn time(text: &str) -> Time {
    text.parse().unwrap()
}
