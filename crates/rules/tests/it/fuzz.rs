//! No text makes the reader panic, and every fault stands inside its line.

use proptest::prelude::*;

use crate::plan::RULES;
use crate::words::{lexicon, written};

fn read(text: &str) {
    if let Err(fault) = rules::read(text, &lexicon()) {
        assert!(fault.span.start <= fault.span.end && fault.span.end <= text.len(), "{fault:?} in {text:?}");
        assert!(
            text.is_char_boundary(fault.span.start) && text.is_char_boundary(fault.span.end),
            "{fault:?}"
        );
        assert!(!fault.message.is_empty() && !fault.mend.is_empty(), "{fault:?}");
    }
    let (_, findings) = rules::compile(&[written("fuzzed", text)], &[], &lexicon());
    for finding in findings {
        let column = finding.place.expect("the test's own data is sound").column;
        // The text begins at column 9.
        assert!(column >= 9 && column as usize <= 9 + text.chars().count(), "{column} in {text:?}");
    }
}

/// Words of the language, names, and what is neither.
fn word() -> impl Strategy<Value = String> {
    const KNOWN: [&str; 71] = [
        "no",
        "only",
        "while",
        "during",
        "within",
        "of",
        "before",
        "after",
        "at",
        "most",
        "least",
        "in",
        "each",
        "needs",
        "followed",
        "by",
        "start",
        "shifts",
        "and",
        "or",
        "not",
        "where",
        "is",
        "same",
        "except",
        "for",
        "over",
        "(",
        ")",
        ",",
        ">=",
        "<",
        "=",
        "+",
        "-",
        "*",
        "/",
        "gap",
        "overlap",
        "duration",
        "sum",
        "count",
        "longest",
        "mean",
        "abs",
        "min",
        "any",
        "crew.aboard",
        "power.*.charge_low",
        "link.*",
        "docking",
        "sleep",
        "activity",
        "person",
        "family",
        "soyuz",
        "45",
        "8.5",
        "1e999",
        "d",
        "h",
        "%",
        "kg",
        "day",
        "night",
        "\"",
        "é",
        "§",
        "*",
        "**",
        "...",
    ];
    prop_oneof![3 => prop::sample::select(&KNOWN[..]).prop_map(str::to_owned), 1 => "\\PC{0,6}"]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

    #[test]
    fn any_text(text in "\\PC{0,80}") {
        read(&text);
    }

    #[test]
    fn words_in_any_order(words in prop::collection::vec(word(), 0..24)) {
        read(&words.join(" "));
    }

    #[test]
    fn good_rules_with_one_slip(which in 0..RULES.len(), at in 0..60_usize, put in "\\PC?") {
        let text = RULES[which].1;
        let slipped: String = text.chars().enumerate().flat_map(|(index, c)| {
            let there = if index == at { put.clone() } else { String::new() };
            let kept = if index == at { None } else { Some(c) };
            there.chars().chain(kept).collect::<Vec<_>>()
        }).collect();
        read(&slipped);
    }
}

#[test]
fn deep_and_long_texts() {
    read(&"(".repeat(1_900));
    read(&"not ".repeat(480));
    read(&"- ".repeat(900));
    read(&format!("{}crew.aboard >= 1{}", "(".repeat(100), ")".repeat(100)));
    read(&"a".repeat(3_000));
    read(&format!("é{}", "x".repeat(3_000)));
}
