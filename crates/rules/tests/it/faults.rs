//! Bad rules are refused with a caret under the fault and a word on what would mend it.

use crate::words::{define, lexicon, written};

#[test]
fn the_caret_stands_under_the_fault() {
    // Rule, carets, what is said, what would mend it.
    let cases = [
        ("crew.abord >= 1", "^^^^^^^^^^", "nothing is called `crew.abord`", "did you mean `crew.aboard`?"),
        (
            "supply.food.days >= 45 kg",
            "                    ^^^^^",
            "this is in kg, but what it is held against is in d",
            "compare it with something in d; only lengths of time are converted",
        ),
        (
            "supply.food.days >= 45",
            "                    ^^",
            "this is a plain number, but what it is held against is in d",
            "write the unit: d",
        ),
        (
            "store.food_kg >= 45 kgg",
            "                    ^^^",
            "`kgg` is no unit that anything here is counted in",
            "did you mean `kg`?",
        ),
        (
            "store.food_kg >= supply.food.days",
            "                 ^^^^^^^^^^^^^^^^",
            "this is in d, but what it is held against is in kg",
            "compare it with something in kg; only lengths of time are converted",
        ),
        ("no dokcing while env.saa", "   ^^^^^^^", "nothing is called `dokcing`", "did you mean `docking`?"),
        (
            "gap(docking, undocking, same prot) >= 1 h",
            "                             ^^^^",
            "a case of `docking` has no `prot`",
            "did you mean `port`?",
        ),
        (
            "gap(docking, undocking) >= 1 kg",
            "                           ^^^^",
            "`kg` is no unit of time",
            "write a length of time in s, min, h or d, such as 3 d",
        ),
        (
            "no docking where family is soyus while env.saa",
            "                           ^^^^^",
            "no `family` is called `soyus`",
            "did you mean `soyuz`?",
        ),
        (
            "crew.aboard >=",
            "              ^",
            "expected a profile, a window, a number or a bracket, found the end of the rule",
            "see the forms of a rule in docs/rules.md",
        ),
        (
            "no docking while supply.food.days",
            "                 ^^^^^^^^^^^^^^^^",
            "this is a number in d, expected something that holds or does not",
            "compare it, as in `>= 45 d`",
        ),
        (
            "no docking while power.*.charge_low >= 0.5",
            "                 ^^^^^^^^^^^^^^^^^^",
            "`power.*.charge_low` names many profiles; here one thing must hold or not",
            "say any(power.*.charge_low) or all(power.*.charge_low), or min(power.*.charge_low) or max(power.*.charge_low) of \
             numbers",
        ),
        (
            "sleep >= 8.5 h each fortnight of person",
            "                    ^^^^^^^^^",
            "`fortnight` is no period",
            "periods are day, night, week, month and year",
        ),
        ("aps(env.beta_deg) <= 60 deg", "^^^", "there is no function `aps`", "did you mean `abs`?"),
        (
            "crew.aboard >= 1 and",
            "                    ^",
            "expected a profile, a window, a number or a bracket, found the end of the rule",
            "see the forms of a rule in docs/rules.md",
        ),
        (
            "at most many docking in 3 d",
            "        ^^^^",
            "expected a whole number, found `many`",
            "see the forms of a rule in docs/rules.md",
        ),
        (
            "crew.aboard >= 1 § 2",
            "                 ^",
            "`§` means nothing in a rule",
            "write words, numbers, units and the signs ( ) , < <= = != >= > + - * /",
        ),
        (
            "no docking where family is \"soyuz",
            "                           ^",
            "a quotation mark is open",
            "close it",
        ),
        (
            "no docking where family >= 3",
            "                 ^^^^^^",
            "`family` is no number",
            "ask for it with `is`",
        ),
        (
            "duration(flight) <= family",
            "                    ^^^^^^",
            "`family` is no number",
            "ask for it with `is`",
        ),
        (
            "docking only near launch",
            "             ^^^^",
            "expected while, during, within or where, found `near`",
            "see the forms of a rule in docs/rules.md",
        ),
        // A window into which nothing fits, and what never holds.
        (
            "at most 3 reboost in 0 d",
            "                     ^^^",
            "nothing fits into a window of no length",
            "write a length above 0, or say `at once`",
        ),
        (
            "sleep >= 25 h each night of person during plan",
            "         ^^^^",
            "no night has 25 h",
            "write no more than a night has",
        ),
        (
            "no docking while crew.aboard > 3 and crew.aboard < 3",
            "                                     ^^^^^^^^^^^^^^^",
            "`crew.aboard < 3 persons` never holds together with `crew.aboard > 3 persons`",
            "mend one of the two numbers, or say `or`",
        ),
        (
            "env.saa and crew.aboard <= 2 and link.relay and crew.aboard = 3",
            "                                                ^^^^^^^^^^^^^^^",
            "`crew.aboard = 3 persons` never holds together with `crew.aboard <= 2 persons`",
            "mend one of the two numbers, or say `or`",
        ),
        (
            "2 >= 1",
            "^^^^^^",
            "both sides are numbers: this is always so, or never",
            "name a profile on one side, such as crew.aboard",
        ),
        ("", "^", "there is nothing here", "write a rule, such as `crew.aboard >= 1`"),
        (
            "supply.food.days >= 1e400 d",
            "                    ^^^^^",
            "this number is too large",
            "write a smaller one",
        ),
        // Two columns for a sign of East Asia, none for an accent put on a letter, a tab for a tab.
        (
            "no docking where family is \"日本語\" while env.saa",
            "                           ^^^^^^^^",
            "no `family` is called `日本語`",
            "there are dragon, progress, soyuz",
        ),
        (
            "no docking where family is soyuz or \"日本\" or soyus",
            "                                    ^^^^^^",
            "no `family` is called `日本`",
            "there are dragon, progress, soyuz",
        ),
        (
            "no docking where family is \"soyu\u{308}z\" while env.saa",
            "                           ^^^^^^^",
            "no `family` is called `soyu\u{308}z`",
            "did you mean `soyuz`?",
        ),
        ("no\tdokcing", "  \t^^^^^^^", "nothing is called `dokcing`", "did you mean `docking`?"),
    ];
    for (text, carets, message, mend) in cases {
        let fault = rules::read(text, &lexicon()).expect_err(text);
        assert_eq!(fault.shown(text), format!("{text}\n{carets}"), "{fault:?}");
        assert_eq!((fault.message.as_str(), fault.mend.as_str()), (message, mend), "{text}");
    }
}

#[test]
fn a_finding_names_file_line_and_column() {
    let (rules, findings) = rules::compile(&[written("food", "supply.food.days >= 45 kg")], &[], &lexicon());
    assert!(rules.is_empty());
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    // The text begins at column 9; `45 kg` is its 21st character.
    assert_eq!(finding.place.as_ref().unwrap().to_string(), "rules/test.toml:7:29");
    assert_eq!(finding.rule, "rule-unit");
    assert_eq!(finding.subjects, ["food"]);
}

#[test]
fn definitions_that_go_round_in_a_circle_are_refused() {
    let definitions = [define("a", "b or env.saa"), define("b", "not a"), define("c", "env.saa")];
    let rules = [written("first", "no spacewalk while a"), written("second", "no spacewalk while c")];
    let (rules, findings) = rules::compile(&rules, &definitions, &lexicon());
    assert_eq!(rules.len(), 1);
    let told: Vec<(&str, &str, u32)> = findings
        .iter()
        .map(|finding| {
            let column = finding.place.as_ref().unwrap().column;
            (finding.subjects[0].as_str(), finding.message.lines().next().unwrap(), column)
        })
        .collect();
    assert_eq!(
        told,
        [
            ("a", "`a` is defined by itself: a → b → a", 7),
            ("b", "`b` is defined by itself: b → a → b", 11),
            ("first", "`a` is defined by itself: a → b → a", 28),
        ]
    );
}

#[test]
fn a_rule_that_names_a_bad_definition_says_so() {
    let definitions = [define("high", "env.beta > 60 deg")];
    let (_, findings) =
        rules::compile(&[written("first", "no docking while high")], &definitions, &lexicon());
    let told: Vec<&str> = findings.iter().map(|finding| finding.message.lines().next().unwrap()).collect();
    assert_eq!(
        told,
        ["nothing is called `env.beta`", "`high` is defined wrongly: nothing is called `env.beta`"]
    );
}

/// What looks near to impossible and is not is let through.
#[test]
fn what_can_be_is_not_refused() {
    for text in [
        "no docking while crew.aboard >= 3 and crew.aboard <= 3",
        "no docking while crew.aboard > 3 or crew.aboard < 3",
        "no docking while crew.aboard > 3 and seats.down < 3",
        "no docking while crew.aboard != 3 and crew.aboard = 4",
        "sleep >= 24 h each night of person during plan",
        "work <= 40 h each day",
        "sum(work) >= 150 h each week",
        "no docking within 0 h of undocking",
        "gap(docking, undocking) >= 0 h",
    ] {
        assert_eq!(rules::read(text, &lexicon()), Ok(()), "{text}");
    }
}
