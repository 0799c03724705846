//! One fault at a time in what the small book says of the crew day, of skills and shares, and of what partners ask for.

use std::fmt::Write;

use crate::small::{files, read_and_check};
use crate::stock_faults::check_all;

const PLANNING: &str = "planning.toml";
const NORTH: &str = "requests/north.toml";
const SOUTH: &str = "requests/south.toml";

#[test]
fn records_of_the_crew_day_that_cannot_be_read() {
    check_all(&[
        (
            PLANNING,
            "[[block]]\nid = \"night\"",
            "[[blok]]\nid = \"night\"",
            &["planning.toml:52:3 table-unknown: did you mean `block`?"],
        ),
        (
            PLANNING,
            "[\"sat\"]\nsegments = [\"north\"]\nsource",
            "[\"sta\"]\nsegments = [\"north\"]\nsource",
            &["planning.toml:32:7 word-unknown: did you mean `sat`?"],
        ),
        (PLANNING, "from = \"21:30\"", "from = \"9:30 pm\"", &["planning.toml:56:8 value-wrong: "]),
        (PLANNING, "to = \"06:00\"\n", "", &["planning.toml:52 value-missing: give `to`"]),
        (PLANNING, "capacity = 2", "capacity = 2.5", &["planning.toml:18:12 value-wrong: "]),
        (
            PLANNING,
            "capacity = 2",
            "capacity_kw = 2",
            &[
                "planning.toml:13 value-missing: give `capacity`",
                "planning.toml:18:1 key-unknown: did you mean `capacity`?",
            ],
        ),
        (
            PLANNING,
            "minutes = 390 }",
            "hours = 6 }",
            &[
                "planning.toml:26 value-missing: give `minutes`",
                "planning.toml:26:28 key-unknown: known are kind, minutes",
            ],
        ),
        (PLANNING, "\"2040-06-12\"", "\"2040-06-12T12:00Z\"", &["planning.toml:45:7 value-wrong: "]),
        (
            PLANNING,
            "\"2040-06-12\"",
            "\"2040-06-31\"",
            &["planning.toml:45:7 time-wrong: look it up in the calendar"],
        ),
        ("skills.csv", "lind-karin,medical", "lind-karin,", &["skills.csv:4 value-missing: give `skill`"]),
        ("skills.csv", "2042-01-01", "2042", &["skills.csv:3 time-wrong: write it in that form"]),
        ("agreement.toml", "share_pct = 39.5", "share_pct = 139.5", &["agreement.toml:6:84 value-wrong: "]),
        (
            "agreement.toml",
            "counts = \"seats\"",
            "counts = \"seat\"",
            &["agreement.toml:156:10 word-unknown: did you mean `seats`?"],
        ),
        ("agreement.toml", "seats = 3 }", "seats = 3.0000001 }", &["agreement.toml:160:55 value-wrong: "]),
        ("agreement.toml", "aboard = 4", "aboard = -4", &["agreement.toml:160:14 value-wrong: "]),
        ("agreement.toml", "segment = \"north\"\n", "", &["agreement.toml:1 value-missing: give `segment`"]),
    ]);
}

#[test]
fn requests_that_cannot_be_read() {
    check_all(&[
        (
            SOUTH,
            "[[request]]",
            "[[requests]]",
            &["requests/south.toml:1:3 table-unknown: did you mean `request`?"],
        ),
        (
            SOUTH,
            "[[request]]",
            "[request]",
            &["requests/south.toml:1:1 table-wrong: begin each record with [[request]]"],
        ),
        (SOUTH, "minutes = 45", "minutes = \"45\"", &["requests/south.toml:7:11 value-wrong: "]),
        (SOUTH, "minutes = 45\n", "", &["requests/south.toml:1 value-missing: give `minutes`"]),
        (
            SOUTH,
            "to = \"2040-06-20T12:00Z\"",
            "to = \"2040-06-01\"",
            &["requests/south.toml:9 window-empty: look both times up"],
        ),
        (
            SOUTH,
            "hours = { from = \"06:00\", to = \"08:00\" }",
            "hours = \"06:00\"",
            &["requests/south.toml:10:9 value-wrong: "],
        ),
        (SOUTH, "to = \"08:00\"", "to = \"24:30\"", &["requests/south.toml:10:32 value-wrong: "]),
        (
            SOUTH,
            "count = 1, ",
            "count = 1, skil = [], ",
            &["requests/south.toml:8:22 key-unknown: known are count, skills, of, segments"],
        ),
        (
            SOUTH,
            "by = \"each\"",
            "by = \"all\"",
            &["requests/south.toml:13:6 word-unknown: choose one of them"],
        ),
        (
            SOUTH,
            "\"mandatory\"",
            "\"mandatry\"",
            &["requests/south.toml:15:12 word-unknown: did you mean `mandatory`?"],
        ),
        (SOUTH, "windows = [{", "windows = [1, {", &["requests/south.toml:9:12 value-wrong: "]),
        (
            SOUTH,
            "id = \"draw\"",
            "id = \"run\"",
            &["requests/south.toml:1 id-twice: give one of them another id"],
        ),
        // What follows a request that could not be read is not at fault.
        (
            NORTH,
            "per = \"week\"\nevery = 2\nsource",
            "per = \"month\"\nevery = 2\nsource",
            &["requests/north.toml:10:7 word-unknown: choose one of them"],
        ),
        (
            NORTH,
            "request = \"setup\", least_min = 60",
            "least_min = 60",
            &["requests/north.toml:22 value-missing: give `request`"],
        ),
    ]);
}

#[test]
fn files_that_are_no_text_are_one_fault() {
    for file in [PLANNING, "rules/kinds.toml", NORTH, "skills.csv"] {
        let mut files = files();
        let (_, bytes) = files.iter_mut().find(|(path, _)| path == file).unwrap();
        bytes.extend_from_slice(b"# \xff\n");
        let found: Vec<String> = read_and_check(files).1.iter().map(|one| one.rule.clone()).collect();
        // Without its rows nobody has learnt anything.
        let expected =
            if file == "skills.csv" { &["nobody-qualified", "not-utf8"][..] } else { &["not-utf8"] };
        assert_eq!(
            {
                let mut found = found;
                found.sort();
                found
            },
            expected,
            "{file}"
        );
    }
}

#[test]
fn names_of_nothing() {
    check_all(&[
        (
            PLANNING,
            "owner = \"north\"",
            "owner = \"nort\"",
            &["planning.toml:13 id-unknown: did you mean `north`?"],
        ),
        (
            PLANNING,
            "element = \"hall\"",
            "element = \"halle\"",
            &["planning.toml:13 id-unknown: did you mean `hall`?"],
        ),
        (
            PLANNING,
            "kind = \"work\", minutes",
            "kind = \"works\", minutes",
            &["planning.toml:23 id-unknown: did you mean `work`?"],
        ),
        (
            PLANNING,
            "is = \"sleep\"",
            "is = \"slep\"",
            &["planning.toml:37 id-unknown: did you mean `sleep`?"],
        ),
        (
            PLANNING,
            "kind = \"sunday\"",
            "kind = \"sonday\"",
            &["planning.toml:44 id-unknown: did you mean `sunday`?"],
        ),
        (
            PLANNING,
            "segments = [\"south\"]",
            "segments = [\"soth\"]",
            &["planning.toml:44 segment-unknown: did you mean `south`?"],
        ),
        (
            PLANNING,
            "kind = \"work\"\n",
            "kind = \"wrk\"\n",
            &["planning.toml:61 id-unknown: did you mean `work`?"],
        ),
        (
            PLANNING,
            "days = [\"saturday\"]",
            "days = [\"saturdy\"]",
            &["planning.toml:61 id-unknown: did you mean `saturday`?"],
        ),
        (
            PLANNING,
            "[\"sat\"]\nsegments = [\"north\"]\nfrom",
            "[\"sat\"]\nsegments = [\"norh\"]\nfrom",
            &["planning.toml:61 segment-unknown: did you mean `north`?"],
        ),
        (
            PLANNING,
            "element = \"core\"",
            "element = \"cor\"",
            &["planning.toml:61 id-unknown: did you mean `core`?"],
        ),
        (
            PLANNING,
            "resource = \"bench\"",
            "resource = \"bensch\"",
            &["planning.toml:61 id-unknown: did you mean `bench`?"],
        ),
        (
            "skills.csv",
            "lind-karin,",
            "lind-karen,",
            &["skills.csv:4 id-unknown: did you mean `lind-karin`?"],
        ),
        (
            "skills.csv",
            "lind-karin,medical",
            "lind-karin,medica",
            &["skills.csv:4 id-unknown: did you mean `medical`?"],
        ),
        (
            "agreement.toml",
            "segment = \"north\"",
            "segment = \"nort\"",
            &["agreement.toml:1 segment-unknown: did you mean `north`?"],
        ),
        (
            "agreement.toml",
            "{ partner = \"south\", share",
            "{ partner = \"soth\", share",
            &["agreement.toml:1 id-unknown: did you mean `south`?"],
        ),
        (
            "agreement.toml",
            "\"experiment\"",
            "\"experiments\"",
            &["agreement.toml:1 id-unknown: did you mean `experiment`?"],
        ),
        (
            SOUTH,
            "partner = \"south\"",
            "partner = \"soth\"",
            &["requests/south.toml:1 id-unknown: did you mean `south`?"],
        ),
        (
            SOUTH,
            "kind = \"experiment\"",
            "kind = \"experimnt\"",
            &["requests/south.toml:1 id-unknown: did you mean `experiment`?"],
        ),
        (
            SOUTH,
            "days = [\"workday\"]",
            "days = [\"workdays\"]",
            &["requests/south.toml:1 id-unknown: did you mean `workday`?"],
        ),
        (
            SOUTH,
            "\"lind-karin\"",
            "\"lind-karn\"",
            &["requests/south.toml:1 id-unknown: did you mean `lind-karin`?"],
        ),
        (
            NORTH,
            "element = \"hall\"",
            "element = \"hal\"",
            &["requests/north.toml:1 id-unknown: did you mean `hall`?"],
        ),
        (
            NORTH,
            "resource = \"bench\"",
            "resource = \"benc\"",
            &["requests/north.toml:1 id-unknown: did you mean `bench`?"],
        ),
        (
            NORTH,
            "\"robotics\"",
            "\"robotic\"",
            &["requests/north.toml:1 id-unknown: did you mean `robotics`?"],
        ),
        (
            NORTH,
            "segments = [\"south\"]",
            "segments = [\"soth\"]",
            &["requests/north.toml:1 segment-unknown: did you mean `south`?"],
        ),
        (
            NORTH,
            "request = \"setup\"",
            "request = \"set-up\"",
            &["requests/north.toml:15 id-unknown: did you mean `setup`?"],
        ),
    ]);
}

#[test]
fn days_blocks_and_shares_that_cannot_be() {
    check_all(&[
        (
            PLANNING,
            "on = [\"sun\"]",
            "on = [\"sun\", \"fri\"]",
            &["planning.toml:37 day-twice: leave it to one of the two"],
        ),
        // For all, and for some of them.
        (
            PLANNING,
            "[\"sat\"]\nsegments = [\"north\"]\nsource",
            "[\"sat\", \"mon\"]\nsegments = [\"north\"]\nsource",
            &["planning.toml:30 day-twice: leave it to one of the two"],
        ),
        (
            PLANNING,
            "\"thu\", \"fri\"]",
            "\"thu\"]",
            &["planning.toml:23 day-missing: add it to `on` of a day"],
        ),
        // Those of the north have no Saturday.
        (
            PLANNING,
            "[\"sat\"]\nsegments = [\"north\"]\nsource",
            "[\"sat\"]\nsegments = [\"south\"]\nsource",
            &["planning.toml:23 day-missing: add it to `on` of a day"],
        ),
        (
            PLANNING,
            "[[holiday]]",
            "[[holiday]]\nday = \"2040-06-12\"\ntitle = \"Rest\"\nkind = \"saturday\"\nsource = \"invented\"\nquality = \"assumed\"\n\n[[holiday]]",
            &["planning.toml:51 holiday-twice: leave the day to one of the two"],
        ),
        (
            PLANNING,
            "from = \"21:30\"",
            "from = \"21:32\"",
            &["planning.toml:52 off-grid: write a multiple of 5 minutes"],
        ),
        (
            PLANNING,
            "from = \"21:30\"",
            "from = \"06:00\"",
            &["planning.toml:52 hours-narrow: give it a length"],
        ),
        (
            PLANNING,
            "minutes = 90",
            "minutes = 92",
            &["planning.toml:61 off-grid: write a multiple of 5 minutes"],
        ),
        (
            PLANNING,
            "minutes = 90",
            "minutes = 185",
            &["planning.toml:61 hours-narrow: give it more room, on one day"],
        ),
        (
            PLANNING,
            "to = \"12:00\"",
            "to = \"08:00\"",
            &["planning.toml:61 hours-narrow: give it more room, on one day"],
        ),
        (PLANNING, "minutes = 90", "minutes = 0", &["planning.toml:61 out-of-range: "]),
        (
            PLANNING,
            "amount = 1",
            "amount = 3",
            &["planning.toml:61 use-impossible: ask for 1 up to what there is"],
        ),
        (
            PLANNING,
            "amount = 1",
            "amount = 0",
            &["planning.toml:61 use-impossible: ask for 1 up to what there is"],
        ),
        (
            PLANNING,
            "amount = 1 }",
            "amount = 1 }, { resource = \"bench\", amount = 2 }",
            &["planning.toml:61 use-impossible: ask for 1 up to what there is"],
        ),
        ("skills.csv", "2042-01-01", "2038-01-01", &["skills.csv:3 dates-reversed: look both times up"]),
        (
            "agreement.toml",
            "unit = \"s\"",
            "unit = \"g\"",
            &["agreement.toml:153 unit-misfit: write `unit = \"s\"`, or leave it out"],
        ),
        (
            "agreement.toml",
            "segment = \"north\"\nkinds",
            "counts = \"up-mass\"\nsegment = \"north\"\nkinds",
            &[
                "agreement.toml:1 pool-misfit: only crew time is spent on kinds of activity: leave `kinds` out",
            ],
        ),
        (
            "agreement.toml",
            "unit = \"s\"",
            "unit = \"s\"\nfrom = \"2041-01-01\"\nuntil = \"2040-01-01\"",
            &["agreement.toml:153 dates-reversed: look both times up"],
        ),
        (
            "agreement.toml",
            "\"south\", seats = 1.5",
            "\"south\", seats = 1.4",
            &["agreement.toml:153 seats-sum: make them add up to the crew, of 1 or more"],
        ),
        (
            "agreement.toml",
            "\"south\", seats = 1.5",
            "\"soth\", seats = 1.5",
            &["agreement.toml:153 id-unknown: did you mean `south`?"],
        ),
        (
            "agreement.toml",
            "aboard = 4",
            "aboard = 3",
            &[
                "agreement.toml:153 crew-twice: say it once",
                "agreement.toml:153 seats-sum: make them add up to the crew, of 1 or more",
            ],
        ),
        (
            "agreement.toml",
            "counts = \"seats\"",
            "counts = \"seats\"\nparts = [{ partner = \"north\", share_pct = 100 }]",
            &["agreement.toml:153 pool-misfit: give either `parts` or `crews`"],
        ),
        ("agreement.toml", "60.5", "60.4", &["agreement.toml:1 shares-sum: make them add up to 100 %"]),
        (
            "agreement.toml",
            "{ partner = \"south\", share",
            "{ partner = \"north\", share",
            &["agreement.toml:1 share-twice: give one share to each"],
        ),
    ]);
}

#[test]
fn requests_that_cannot_be_met() {
    check_all(&[
        (
            SOUTH,
            "minutes = 45",
            "minutes = 46",
            &["requests/south.toml:1 off-grid: write a multiple of 5 minutes"],
        ),
        (SOUTH, "minutes = 45", "minutes = 1445", &["requests/south.toml:1 out-of-range: "]),
        (SOUTH, "value = 30", "value = 1001", &["requests/south.toml:1 out-of-range: "]),
        (SOUTH, "value = 30", "value = 0", &["requests/south.toml:1 out-of-range: "]),
        (SOUTH, "part_min = 15", "part_min = 50", &["requests/south.toml:1 out-of-range: "]),
        (SOUTH, "part_min = 15", "part_min = 4", &["requests/south.toml:1 out-of-range: "]),
        (NORTH, "times = 2", "times = 0", &["requests/north.toml:15 out-of-range: "]),
        (NORTH, "times = 2", "times = 101", &["requests/north.toml:15 out-of-range: "]),
        (NORTH, "most_min = 600", "most_min = 59", &["requests/north.toml:15 out-of-range: "]),
        (
            SOUTH,
            "count = 1",
            "count = 0",
            &[
                "requests/south.toml:1 each-unclear: give it one role of one person, or leave `by` out",
                "requests/south.toml:1 out-of-range: ",
            ],
        ),
        (
            SOUTH,
            "to = \"08:00\"",
            "to = \"06:10\"",
            &["requests/south.toml:1 hours-narrow: give it more room, on one day"],
        ),
        (
            SOUTH,
            "to = \"08:00\"",
            "to = \"05:00\"",
            &["requests/south.toml:1 hours-narrow: give it more room, on one day"],
        ),
        (
            SOUTH,
            "2040-06-20T12:00Z",
            "2040-06-01T00:10Z",
            &["requests/south.toml:1 window-narrow: give it a longer window"],
        ),
        (
            NORTH,
            "{ resource = \"bench\" }",
            "{ resource = \"bench\", amount = 3 }",
            &["requests/north.toml:1 use-impossible: ask for 1 up to what there is"],
        ),
        (
            NORTH,
            "skills = [\"robotics\"]",
            "skills = [\"robotics\", \"medical\"]",
            &["requests/north.toml:1 nobody-qualified: add rows to skills.csv, or ask for less"],
        ),
        (
            NORTH,
            "skills = [\"robotics\"]",
            "count = 3, skills = [\"robotics\"]",
            &["requests/north.toml:1 nobody-qualified: add rows to skills.csv, or ask for less"],
        ),
        (
            NORTH,
            "skills = [\"robotics\"]",
            "skills = [\"robotics\"], of = [\"lind-karin\"]",
            &["requests/north.toml:1 nobody-qualified: add rows to skills.csv, or ask for less"],
        ),
        (
            SOUTH,
            "count = 1, of = [\"berg-anna\", \"lind-karin\"]",
            "of = [\"berg-anna\", \"berg-anna\"], count = 2",
            &[
                "requests/south.toml:1 each-unclear: give it one role of one person, or leave `by` out",
                "requests/south.toml:1 nobody-qualified: add rows to skills.csv, or ask for less",
            ],
        ),
    ]);
}

const EACH: &str = "requests/south.toml:1 each-unclear: give it one role of one person, or leave `by` out";
const STEP: &str = "requests/north.toml:15 after-out-of-step: \
                    give both the same `per`, `every`, `by` and first week, or do the first once";

#[test]
fn recurrences_that_mean_nothing() {
    check_all(&[
        (SOUTH, "count = 1", "count = 2", &[EACH]),
        (SOUTH, "crew = [{ count = 1, of = [\"berg-anna\", \"lind-karin\"] }]", "crew = [{}, {}]", &[EACH]),
        (SOUTH, "crew = [{ count = 1, of = [\"berg-anna\", \"lind-karin\"] }]\n", "", &[EACH]),
        (
            SOUTH,
            "by = \"each\"",
            "every = 3",
            &["requests/south.toml:1 every-idle: say `per`, or leave `every` out"],
        ),
        (NORTH, "per = \"week\"\nevery = 2\ntimes", "per = \"day\"\nevery = 2\ntimes", &[STEP]),
        (NORTH, "every = 2\ntimes", "every = 4\ntimes", &[STEP]),
        (NORTH, "per = \"week\"\nevery = 2\ntimes", "times", &[STEP]),
        (
            NORTH,
            "every = 2\nsource = \"invented\"\nquality = \"assumed\"\n\n",
            "every = 2\nby = \"each\"\nsource = \"invented\"\nquality = \"assumed\"\n\n",
            &[
                "requests/north.toml:16 after-out-of-step: give both the same `per`, `every`, `by` and first week, or do the first once",
            ],
        ),
        // 2040-01-09 is 2,088 weeks after the day from which the other counts, 2040-01-16 is 2,089.
        (NORTH, "times = 2", "windows = [{ from = \"2040-01-09\", to = \"2041-01-01\" }]\ntimes = 2", &[]),
        (
            NORTH,
            "times = 2",
            "windows = [{ from = \"2040-01-16\", to = \"2041-01-01\" }]\ntimes = 2",
            &[STEP],
        ),
        // What is done once may be followed by anything.
        (NORTH, "per = \"week\"\nevery = 2\nsource", "source", &[]),
    ]);
}

#[test]
fn requests_that_follow_themselves() {
    check_all(&[
        (
            NORTH,
            "request = \"setup\"",
            "request = \"run\"",
            &["requests/north.toml:15 after-circle: leave one `after` out"],
        ),
        (
            NORTH,
            "every = 2\nsource = \"invented\"\nquality = \"assumed\"\n\n",
            "every = 2\nafter = [{ request = \"run\" }]\nsource = \"invented\"\nquality = \"assumed\"\n\n",
            &["requests/north.toml:1 after-circle: leave one `after` out"],
        ),
    ]);
}

/// A hundred thousand requests, each after the one before, of which the first follows the last.
#[test]
fn a_long_circle_is_found() {
    let count = 100_000;
    let mut text = String::new();
    for n in 0..count {
        let before = (n + count - 1) % count;
        write!(
            text,
            "[[request]]\nid = \"r-{n}\"\npartner = \"north\"\ntitle = \"R\"\nkind = \"work\"\nminutes = 5\n\
             crew = [{{ skills = [\"robotics\"] }}]\nafter = [{{ request = \"r-{before}\" }}]\n\
             source = \"invented\"\nquality = \"assumed\"\n"
        )
        .unwrap();
    }
    let mut files = files();
    files.push(("requests/long.toml".to_owned(), text.into_bytes()));
    let (book, findings) = read_and_check(files);
    assert_eq!(book.requests.len(), count + 3);
    let rules: Vec<&str> = findings.iter().map(|one| one.rule.as_str()).collect();
    assert_eq!(rules, ["after-circle"]);
}
