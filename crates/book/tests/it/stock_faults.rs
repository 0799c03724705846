//! One fault at a time in what the small book says of stocks: which rule finds it, where, and what would mend it.

use timeline::Severity;

use crate::small::{files, read_and_check, with};

/// File, what stands there once, what it is replaced by, and `place rule: mend` of each finding.
pub(crate) type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

pub(crate) fn check_all(cases: &[Case]) {
    // All of a table that are otherwise, not the first alone.
    let mut otherwise = String::new();
    for (file, from, to, expected) in cases {
        let findings = with(file, from, to);
        let found: Vec<String> = findings
            .iter()
            .map(|one| {
                let place = one.place.as_ref().map(ToString::to_string).unwrap_or_default();
                // What is to stand there instead is said of every value; which, is `expected` of the message.
                let is_value = ["value-wrong", "out-of-range"].contains(&one.rule.as_str());
                assert!(!is_value || one.mend.starts_with("write "), "{one}");
                format!("{place} {}: {}", one.rule, if is_value { "" } else { &one.mend })
            })
            .collect();
        let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
        if found != *expected {
            let shown = shown.join("\n");
            otherwise +=
                &format!("{file}: `{from}` -> `{to}`\n{shown}\nfound {found:?}\nnot   {expected:?}\n\n");
        }
    }
    assert!(otherwise.is_empty(), "\n{otherwise}");
}

#[test]
fn records_that_cannot_be_read() {
    check_all(&[
        ("stores.toml", "capacity_kg = 60", "capacity_kg = 0", &["stores.toml:14:15 value-wrong: "]),
        ("stores.toml", "capacity_kg = 60", "capacity_kg = -60", &["stores.toml:14:15 value-wrong: "]),
        ("stores.toml", "capacity_kg = 60\n", "", &["stores.toml:8 value-missing: give `capacity_kg`"]),
        (
            "stores.toml",
            "vents = true",
            "vents = \"yes\"",
            &[
                "stores.toml:47:9 value-wrong: ",
                // As a store that holds back it is no place for what takes a part.
                "processes.toml:39 part-held-back: let that store vent, or give to one that does",
            ],
        ),
        ("stores.toml", "[20, 10]", "[20, -10]", &["stores.toml:4:19 out-of-range: "]),
        ("processes.toml", "priority = 2", "priority = -2", &["processes.toml:15:12 value-wrong: "]),
        ("processes.toml", "kg_d = 4.5", "kg_d = -4.5", &["processes.toml:16:32 out-of-range: "]),
        ("processes.toml", "factor = 1.25", "factor = -1.25", &["processes.toml:8:44 out-of-range: "]),
        (
            "processes.toml",
            "hold = { store = \"air\", at_kg = 40.5 }",
            "hold = \"air\"",
            &["processes.toml:21:8 value-wrong: "],
        ),
        (
            "processes.toml",
            "at_kg = 40.5",
            "at_kg = 40.5, by = 3",
            &["processes.toml:21:39 key-unknown: known are store, at_kg"],
        ),
        (
            "processes.toml",
            "scale = \"crew.segment.north\"",
            "scale = \"people\"",
            &["processes.toml:5:9 scale-unknown: leave it out when the rates are for the whole station"],
        ),
        (
            "deliveries.toml",
            "kind = \"water\"",
            "kind = \"watre\"",
            &["deliveries.toml:3:8 word-unknown: did you mean `water`?"],
        ),
        ("deliveries.toml", "share_pct = 100", "share_pct = 100.1", &["deliveries.toml:4:39 value-wrong: "]),
        ("levels.csv", "air,2040-03-01,40.5", "air,2040-03-01,-40.5", &["levels.csv:3 value-wrong: "]),
        ("outages.csv", "pump,2040-11-01", "pump,", &["outages.csv:3 value-missing: give `from`"]),
    ]);
}

#[test]
fn figures_without_their_unit_or_in_another() {
    check_all(&[
        (
            "stores.toml",
            "capacity_kg = 60",
            "capacity = 60",
            &[
                "stores.toml:8 value-missing: give `capacity_kg`",
                "stores.toml:14:1 unit-missing: write `capacity_kg`",
            ],
        ),
        (
            "stores.toml",
            "capacity_kg = 60",
            "capacity_t = 0.06",
            &[
                "stores.toml:8 value-missing: give `capacity_kg`",
                "stores.toml:14:1 unit-wrong: convert it and write `capacity_kg`",
            ],
        ),
        ("stores.toml", "lines_days", "lines", &["stores.toml:4:1 unit-missing: write `lines_days`"]),
        (
            "processes.toml",
            "kg_d = 4.5",
            "kg = 4.5",
            &[
                "processes.toml:16 value-missing: give `kg_d`",
                "processes.toml:16:25 unit-missing: write the rate as `kg_d`",
            ],
        ),
        (
            "processes.toml",
            "kg_d = 4.5",
            "kg_h = 0.1875",
            &[
                "processes.toml:16 value-missing: give `kg_d`",
                "processes.toml:16:25 unit-wrong: convert it and write `kg_d`",
            ],
        ),
        (
            "processes.toml",
            "at_kg = 40.5",
            "at = 40.5",
            &[
                "processes.toml:21 value-missing: give `at_kg`",
                "processes.toml:21:25 unit-missing: write `at_kg`",
            ],
        ),
        (
            "processes.toml",
            "power_kw = 1.2",
            "power_w = 1200",
            &[
                "processes.toml:23:1 unit-wrong: convert it and write `power_kw`",
                "processes.toml:12 energy-from-nothing: it needs 0.821 kW at least; or say in `of` what it really lets out",
            ],
        ),
        (
            "deliveries.toml",
            "after_hours = 24",
            "after = 24",
            &["deliveries.toml:12:1 unit-missing: write `after_hours`"],
        ),
        (
            "deliveries.toml",
            "after_hours = 24",
            "after_days = 1",
            &["deliveries.toml:12:1 unit-wrong: convert it and write `after_hours`"],
        ),
        (
            "levels.csv",
            "level_kg",
            "level",
            &[
                "levels.csv:1 column-missing: add it; empty cells mean not known",
                "levels.csv:1 unit-missing: write `level_kg`",
            ],
        ),
    ]);
}

#[test]
fn names_that_nobody_bears() {
    check_all(&[
        (
            "stores.toml",
            "supply = \"drink\"",
            "supply = \"drinks\"",
            &["stores.toml:19 id-unknown: did you mean `drink`?"],
        ),
        (
            "stores.toml",
            "owner = \"south\"\nsegment = \"south\"\ncapacity_kg = 900.5",
            "owner = \"sout\"\nsegment = \"south\"\ncapacity_kg = 900.5",
            &["stores.toml:19 id-unknown: did you mean `south`?"],
        ),
        (
            "stores.toml",
            "segment = \"south\"\ncapacity_kg = 900.5",
            "segment = \"suoth\"\ncapacity_kg = 900.5",
            &["stores.toml:19 segment-unknown: did you mean `south`?"],
        ),
        (
            "stores.toml",
            "id = \"shelf\"",
            "id = \"tank\"",
            &[
                "stores.toml:30 id-twice: give one of them another id",
                "deliveries.toml:8 id-unknown: add the store `shelf`, or name another",
                "processes.toml:39 id-unknown: add the store `shelf`, or name another",
            ],
        ),
        (
            "partners.toml",
            "segment = \"north\"",
            "segment = \"norht\"",
            &[
                "partners.toml:1 segment-unknown: did you mean `north`?",
                "processes.toml:1 scale-unknown: did you mean `crew.segment.norht`?",
            ],
        ),
        (
            "processes.toml",
            "{ store = \"tank\", kg_d = 4.5 }",
            "{ store = \"tnak\", kg_d = 4.5 }",
            &["processes.toml:12 id-unknown: did you mean `tank`?"],
        ),
        (
            "processes.toml",
            "needs = [\"pump\"]",
            "needs = [\"pmup\"]",
            &["processes.toml:12 id-unknown: did you mean `pump`?"],
        ),
        (
            "processes.toml",
            "crew.segment.north",
            "crew.segment.nort",
            &["processes.toml:1 scale-unknown: did you mean `crew.segment.north`?"],
        ),
        (
            "processes.toml",
            "crew.segment.north",
            "crew.abord",
            &["processes.toml:1 scale-unknown: did you mean `crew.aboard`?"],
        ),
        (
            "processes.toml",
            "crew.segment.north",
            "crew.west-side",
            &[
                "processes.toml:1 scale-unknown: known are crew.aboard, crew.north, crew.segment.north, crew.south",
            ],
        ),
        (
            "deliveries.toml",
            "store = \"shelf\"",
            "store = \"shelve\"",
            &["deliveries.toml:8 id-unknown: did you mean `shelf`?"],
        ),
        (
            "deliveries.toml",
            "family = \"barge\"\nkind = \"water\"",
            "family = \"barg\"\nkind = \"water\"",
            &["deliveries.toml:1 family-unknown: did you mean `barge`?"],
        ),
        ("levels.csv", "air,2040", "aire,2040", &["levels.csv:3 id-unknown: did you mean `air`?"]),
        ("outages.csv", "splitter", "spliter", &["outages.csv:2 id-unknown: did you mean `splitter`?"]),
    ]);
}

#[test]
fn processes_that_cannot_run() {
    check_all(&[
        (
            "processes.toml",
            "store = \"void\", kg_d = 3.3",
            "store = \"void\", kg_d = 3.4",
            &["processes.toml:1 mass-unbalanced: take it from a store in `in`, or give less in `out`"],
        ),
        (
            "processes.toml",
            "store = \"void\", kg_d = 3.3",
            "store = \"void\", kg_d = 3.2",
            &[
                "processes.toml:1 mass-unbalanced: say in `out` where it goes; what leaves the station goes to a store of commodity `overboard`",
            ],
        ),
        (
            "processes.toml",
            "store = \"void\", kg_d = 3.3",
            "store = \"void\", kg_d = 3.3000000033",
            &["processes.toml:1 mass-unbalanced: take it from a store in `in`, or give less in `out`"],
        ),
        ("processes.toml", "store = \"void\", kg_d = 3.3", "store = \"void\", kg_d = 3.30000000329", &[]),
        (
            "processes.toml",
            "{ store = \"tank\", kg_d = 4.5 }",
            "{ store = \"tank\", kg_d = 4 }, { store = \"tank\", kg_d = 0.5 }",
            &["processes.toml:12 flow-twice: make them one flow"],
        ),
        (
            "processes.toml",
            "priority = 3",
            "priority = 1",
            &["processes.toml:30 priority-twice: say who of the two is served first: the lower number"],
        ),
        (
            "processes.toml",
            "power_kw = 0.1",
            "power_kw = 0.1\nneeds = [\"splitter\"]",
            &["processes.toml:12 needs-cycle: take one of these needs away"],
        ),
        (
            "processes.toml",
            "power_kw = 0.1",
            "power_kw = 0.1\nneeds = [\"pump\"]",
            &["processes.toml:30 needs-cycle: take one of these needs away"],
        ),
        (
            "processes.toml",
            "hold = { store = \"air\"",
            "hold = { store = \"shelf\"",
            &["processes.toml:12 hold-untouched: hold a store of its `in` or `out`"],
        ),
        (
            "processes.toml",
            "at_kg = 40.5",
            "at_kg = 60.5",
            &["processes.toml:12 hold-over-capacity: mend one of the two"],
        ),
        (
            "processes.toml",
            "until = \"2040-12-01\"",
            "until = \"2040-01-01\"",
            &["processes.toml:12 dates-reversed: look both times up"],
        ),
        (
            "processes.toml",
            "\"2040-06-01\", factor",
            "\"2040-04-01\", factor",
            &["processes.toml:1 out-of-order: list the factors in order of time, one for each"],
        ),
        (
            "processes.toml",
            "\"2040-06-01\", factor",
            "\"2040-05-01\", factor",
            &["processes.toml:1 out-of-order: list the factors in order of time, one for each"],
        ),
        (
            "outages.csv",
            "2040-04-12T04",
            "2040-04-02T04",
            &["outages.csv:2 dates-reversed: look both times up"],
        ),
    ]);
}

#[test]
fn stores_that_do_not_hold_what_is_said() {
    check_all(&[
        (
            "levels.csv",
            "410.25",
            "900.501",
            &["levels.csv:4 level-over-capacity: mend the level or the capacity"],
        ),
        ("levels.csv", "410.25", "900.5", &[]),
        (
            "levels.csv",
            "2040-05-01",
            "2041-05-01",
            &["levels.csv:4 history-ahead: look the time up, or move `known_until`"],
        ),
        ("levels.csv", "2040-05-01", "2040-03-01", &["levels.csv:4 level-twice: take one away"]),
        (
            "deliveries.toml",
            "share_pct = 87.5",
            "share_pct = 87",
            &["deliveries.toml:8 shares-sum: make them add up to 100 %"],
        ),
        (
            "deliveries.toml",
            "into = [{ store = \"tank\", share_pct = 100 }]\n",
            "",
            &["deliveries.toml:1 shares-sum: make them add up to 100 %"],
        ),
        (
            "deliveries.toml",
            "\"void\", share_pct = 12.5",
            "\"shelf\", share_pct = 12.5",
            &["deliveries.toml:8 share-twice: give one share to each"],
        ),
        (
            "deliveries.toml",
            "kind = \"dry\"",
            "kind = \"water\"",
            &["deliveries.toml:8 delivery-twice: make them one"],
        ),
    ]);
}

/// A message says by how much and which way, who else is concerned and where that stands.
#[test]
fn messages_that_say_how_much_and_who_else() {
    let check = |file: &str, from: &str, to: &str, expected: &str| {
        let messages: Vec<String> = with(file, from, to).into_iter().map(|one| one.message).collect();
        assert_eq!(messages, [expected], "{file}: `{from}` -> `{to}`");
    };
    check(
        "processes.toml",
        "kg_d = 3.3",
        "kg_d = 3.45",
        "`living` makes 0.15 kg/d from nothing: 3.3 kg/d in, 3.45 kg/d out",
    );
    check("processes.toml", "kg_d = 3.3", "kg_d = 3", "`living` loses 0.3 kg/d: 3.3 kg/d in, 3 kg/d out");
    check(
        "processes.toml",
        "out = [{ store = \"void\", kg_d = 3.3 }]\n",
        "",
        "`living` loses 3.3 kg/d: 3.3 kg/d in, 0 kg/d out",
    );
    check(
        "processes.toml",
        "priority = 3",
        "priority = 2",
        "`pump` has the priority 2, as `splitter` has (processes.toml:12)",
    );
    check(
        "processes.toml",
        "power_kw = 0.1",
        "power_kw = 0.1\nneeds = [\"living\", \"splitter\"]",
        "none of these can ever run: `splitter` needs `pump` needs `splitter`",
    );
    check(
        "processes.toml",
        "at_kg = 40.5",
        "at_kg = 61",
        "`splitter` is to hold `air` at 61 kg, which has room for 60 kg (stores.toml:8)",
    );
    check(
        "deliveries.toml",
        "share_pct = 87.5",
        "share_pct = 87",
        "the shares of the delivery of `dry` by `barge` add up to 99.5 %",
    );
    check(
        "levels.csv",
        "tank,2040-05-01",
        "tank,2040-03-01",
        "the level of `tank` at 2040-03-01T00:00:00Z stands at levels.csv:2 already",
    );
}

#[test]
fn a_book_may_say_nothing_of_stocks_but_not_name_stores_it_does_not_have() {
    let check = |gone: &[&str], expected: &[(&str, Severity)]| {
        let files = files().into_iter().filter(|(path, _)| !gone.contains(&path.as_str())).collect();
        let (_, findings) = read_and_check(files);
        let found: Vec<(String, Severity)> = findings
            .iter()
            .filter_map(|one| Some((one.place.as_ref()?.file.clone(), one.severity)))
            .collect();
        let expected: Vec<(String, Severity)> =
            expected.iter().map(|(file, severity)| ((*file).to_owned(), *severity)).collect();
        assert_eq!(found, expected, "without {gone:?}");
    };
    let all = ["deliveries.toml", "levels.csv", "outages.csv", "processes.toml", "stores.toml"];
    check(&all, &all.map(|file| (file, Severity::Info)));
    check(&["outages.csv"], &[("outages.csv", Severity::Info)]);
    check(&["stores.toml"], &[("stores.toml", Severity::Must)]);
}

#[test]
fn parts_and_batches_that_cannot_be_meant() {
    check_all(&[
        (
            "processes.toml",
            "part_of = { store = \"air\"",
            "part_of = { store = \"tank\"",
            &[
                "processes.toml:39 part-driven: take from the one store only",
                "processes.toml:39 part-untaken: name its store in `in`, and nothing else",
            ],
        ),
        ("processes.toml", "per_day = 0.25", "per_day = 0", &["processes.toml:45:38 out-of-range: "]),
        (
            "processes.toml",
            "part_of = { store = \"air\", per_day = 0.25 }",
            "part_of = { store = \"air\", per_day = 0.25 }\nhold = { store = \"air\", at_kg = 20 }",
            &[
                "processes.toml:39 part-driven: take `hold` or `batch` away: what is in the store alone says how fast it runs",
            ],
        ),
        (
            "processes.toml",
            "batch = { store = \"tank\", start_kg = 800, stop_kg = 700.5 }",
            "part_of = { store = \"tank\", per_day = 1 }",
            &[
                "processes.toml:51 part-of-two: take parts of one store only; let the other process hold a level or run at its rate",
            ],
        ),
        (
            "processes.toml",
            "start_kg = 800",
            "start_kg = 600",
            &[
                "processes.toml:51 batch-endless: who takes from a store starts high and stops low, who fills it the other way round",
            ],
        ),
        (
            "processes.toml",
            "start_kg = 800",
            "start_kg = 901",
            &["processes.toml:51 batch-over-capacity: mend one of the two"],
        ),
        (
            "processes.toml",
            "batch = { store = \"tank\"",
            "batch = { store = \"air\"",
            &[
                "processes.toml:51 batch-over-capacity: mend one of the two",
                "processes.toml:51 batch-untouched: name a store of its `in` or `out`",
            ],
        ),
        (
            "processes.toml",
            "spare = \"shelf\"",
            "spare = \"shelff\"",
            &["processes.toml:39 id-unknown: did you mean `shelf`?"],
        ),
        (
            "processes.toml",
            "mean_days_between_failures = 400",
            "mean_days_between_failures = 0",
            &["processes.toml:46:41 out-of-range: "],
        ),
        ("stores.toml", "volume_m3 = 150", "volume_m3 = 0", &["stores.toml:15:21 out-of-range: "]),
    ]);
}
