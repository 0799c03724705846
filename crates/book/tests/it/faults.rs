//! One fault at a time in the small book: which rule finds it, and where.

use timeline::Finding;

use crate::small::{Contents, files, read_and_check, with};

/// Replaces `from` (which stands there once) by `to` in `file` and compares `place rule` of all findings with what is
/// expected; there was none before.
#[track_caller]
fn check(file: &str, from: &str, to: &str, expected: &[&str]) {
    let findings = with(file, from, to);
    let found: Vec<String> = findings
        .iter()
        .map(|one| {
            format!("{} {}", one.place.as_ref().map(ToString::to_string).unwrap_or_default(), one.rule)
        })
        .collect();
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{file}: `{from}` -> `{to}`\n{}", shown.join("\n"));
}

/// `place rule` of each finding.
fn rules(findings: &[Finding]) -> Vec<String> {
    let place = |one: &Finding| one.place.as_ref().map(ToString::to_string).unwrap_or_default();
    findings.iter().map(|one| format!("{} {}", place(one), one.rule)).collect()
}

type Case = (&'static str, &'static str, &'static str, &'static [&'static str]);

fn check_all(cases: &[Case]) {
    for (file, from, to, expected) in cases {
        check(file, from, to, expected);
    }
}

#[test]
fn toml_that_is_no_record() {
    check_all(&[
        ("book.toml", "id = \"lantern\"", "id = lantern", &["book.toml:1:6 toml-syntax"]),
        ("book.toml", "title = ", "titel = ", &["book.toml:1 value-missing", "book.toml:2:1 key-unknown"]),
        (
            "book.toml",
            "known_until = \"2041-01-01\"",
            "known_until = 2041-01-01",
            &["book.toml:5:15 time-wrong"],
        ),
        ("elements.toml", "mass_kg = 20000", "mass = 20000", &["elements.toml:10:1 unit-missing"]),
        ("elements.toml", "mass_kg = 20000", "mass_kg = \"20000\"", &["elements.toml:10:11 value-wrong"]),
        ("elements.toml", "mass_kg = 20000", "mass_kg = -1", &["elements.toml:10:11 value-wrong"]),
        ("elements.toml", "mass_kg = 20000", "mass_kg = 0.0001", &["elements.toml:10:11 value-wrong"]),
        ("elements.toml", "volume_m3 = 90.5", "volume_m3 = nan", &["elements.toml:11:13 value-wrong"]),
        ("elements.toml", "kind = \"airlock\"", "kind = \"airlok\"", &["elements.toml:35:8 word-unknown"]),
        (
            "elements.toml",
            "share_pct = 49 }",
            "share_pct = 49, x = 1 }",
            &["elements.toml:28:86 key-unknown"],
        ),
        (
            "elements.toml",
            "launched = \"2040-02-01T10:00:10Z\"\nflight",
            "launched = \"2040-02-01T10:00:10Z\"\nparent = \"core\"\nflight",
            &["elements.toml:15 placed-twice"],
        ),
        ("ports.toml", "blocks = []", "blocks = \"core-aft\"", &["ports.toml:31:10 value-wrong"]),
        ("relays.toml", "[[relay]]", "[relay]", &["relays.toml:1:1 table-wrong"]),
        ("sites.toml", "latitude_deg = 60.5", "latitude_deg = 90.5", &["sites.toml:6:16 out-of-range"]),
        ("sites.toml", "source = \"invented\"\n", "", &["sites.toml:1 source-missing"]),
        ("sites.toml", "quality = \"assumed\"", "quality = \"guessed\"", &["sites.toml:11:11 word-unknown"]),
        (
            "sites.toml",
            "[[site]]",
            "[[site]]\n[[town]]\n[[site]]",
            &[
                "sites.toml:1 source-missing",
                "sites.toml:1 value-missing",
                "sites.toml:1 value-missing",
                "sites.toml:1 value-missing",
                "sites.toml:1 value-missing",
                "sites.toml:1 value-missing",
                "sites.toml:1 value-missing",
                "sites.toml:1 value-missing",
                "sites.toml:1 value-missing",
                "sites.toml:2:3 table-unknown",
            ],
        ),
        ("vehicles.toml", "crewed = true", "crewed = \"yes\"", &["vehicles.toml:6:10 value-wrong"]),
        ("vehicles.toml", "seats_up = 2", "seats_up = 2.5", &["vehicles.toml:7:12 value-wrong"]),
        ("partners.toml", "#112233", "red", &["partners.toml:6:10 value-wrong"]),
        ("partners.toml", "[\"ZA\"]", "[\"za\"]", &["partners.toml:16:14 value-wrong"]),
    ]);
}

#[test]
fn csv_that_is_no_record() {
    check_all(&[
        (
            "people.csv",
            "country,source",
            "land,source",
            &["people.csv:1 column-missing", "people.csv:1 key-unknown"],
        ),
        (
            "people.csv",
            "country,source",
            "country,country",
            &["people.csv:1 column-missing", "people.csv:1 column-twice"],
        ),
        ("people.csv", "Anna Berg,Berg", "Anna Berg Berg", &["people.csv:2 row-ragged"]),
        ("people.csv", "Anna Berg", "\"Anna Berg", &["people.csv:2 quote-open"]),
        (
            "people.csv",
            "berg-anna,",
            "Anna,",
            &[
                "people.csv:2 id-form",
                "requests/south.toml:1 id-unknown",
                "skills.csv:2 id-unknown",
                "spacewalks.csv:2 id-unknown",
                "stays.csv:2 id-unknown",
            ],
        ),
        ("people.csv", "Anna Berg", "", &["people.csv:2 value-missing"]),
        (
            "flights.csv",
            "2040-08-02T10:00:10Z",
            "2040-02-30",
            &["flights.csv:4 time-wrong", "flights.csv:4 end-incomplete"],
        ),
        (
            "flights.csv",
            "2040-08-02T10:00:10Z",
            "August",
            &["flights.csv:4 time-wrong", "flights.csv:4 end-incomplete"],
        ),
        ("flights.csv", "\nferry-1", "\n\n\nferry-1,", &["flights.csv:6 row-ragged"]),
        ("cargo.csv", "420.5", "420.5 kg", &["cargo.csv:4 value-wrong", "cargo.csv:7 cargo-sum"]),
        ("cargo.csv", "trash,total,900", "rubbish,total,900", &["cargo.csv:8 word-unknown"]),
        (
            "dockings.csv",
            ",2040-06-03T08:00:10Z",
            ",2040-06-03T08:00:61Z",
            &["dockings.csv:5 time-wrong", "dockings.csv:5 port-not-there"],
        ),
        (
            "orbit/space_weather.csv",
            "# Invented, issued 2041-01-01. quality: assumed\n",
            "",
            &["orbit/space_weather.csv:1 source-missing"],
        ),
        ("spacewalks.csv", "berg-anna+dube-sipho", "", &["spacewalks.csv:2 value-missing"]),
        (
            "spacewalks.csv",
            "berg-anna+dube-sipho",
            "berg-anna dube-sipho",
            &["spacewalks.csv:2 id-form", "spacewalks.csv:2 value-missing"],
        ),
        ("orbit/space_weather.csv", "120.5", "2", &["orbit/space_weather.csv:3 out-of-range"]),
    ]);
}

#[test]
fn ids_that_nobody_bears() {
    check_all(&[
        ("partners.toml", "partner = \"north\"", "partner = \"norht\"", &["partners.toml:22 id-unknown"]),
        ("partners.toml", "site = \"fjord\"", "site = \"fiord\"", &["partners.toml:22 id-unknown"]),
        (
            "partners.toml",
            "id = \"south\"",
            "id = \"north\"",
            &[
                "partners.toml:12 id-twice",
                "agreement.toml:1 id-unknown",
                "agreement.toml:10 id-unknown",
                "agreement.toml:19 id-unknown",
                "agreement.toml:76 id-unknown",
                "agreement.toml:143 id-unknown",
                "agreement.toml:153 id-unknown",
                "elements.toml:15 id-unknown",
                "elements.toml:15 id-unknown",
                "partners.toml:31 id-unknown",
                "people.csv:3 id-unknown",
                "relays.toml:1 id-unknown",
                "requests/south.toml:1 id-unknown",
                "stays.csv:3 id-unknown",
                "stores.toml:19 id-unknown",
                "stores.toml:40 id-unknown",
                "vehicles.toml:21 id-unknown",
            ],
        ),
        (
            "ports.toml",
            "blocks = [\"core-zenith\"]",
            "blocks = [\"core-zenit\"]",
            &["ports.toml:1 id-unknown"],
        ),
        ("dockings.csv", "barge-1,hall-forward", "barge-1,hall-foward", &["dockings.csv:5 id-unknown"]),
        ("stays.csv", "lind-karin", "lind-karen", &["stays.csv:4 id-unknown"]),
        ("spacewalks.csv", "dube-sipho", "dube-siphon", &["spacewalks.csv:2 id-unknown"]),
        ("cargo.csv", "barge-1,trash", "barge-9,trash", &["cargo.csv:8 id-unknown"]),
        (
            "people.csv",
            "lind-karin,",
            "berg-anna,",
            &[
                "people.csv:4 id-twice",
                "requests/south.toml:1 id-unknown",
                "skills.csv:4 id-unknown",
                "stays.csv:4 id-unknown",
            ],
        ),
    ]);
}

#[test]
fn dates_that_cannot_be() {
    check_all(&[
        (
            "flights.csv",
            "2040-08-02T10:00:10Z",
            "2040-02-02T10:00:10Z",
            &[
                "dockings.csv:3 dates-reversed",
                "dockings.csv:4 dates-reversed",
                "flights.csv:4 dates-reversed",
            ],
        ),
        ("flights.csv", "2040-07-25", "2040-09-25", &["dockings.csv:6 dates-reversed"]),
        ("flights.csv", "2041-02-01T10:00:10Z", "2040-12-01T10:00:10Z", &["flights.csv:8 planned-past"]),
        (
            "flights.csv",
            "2041-02-01T10:00:10Z,,,planned",
            "2041-02-01T10:00:10Z,,,success",
            &["flights.csv:8 history-ahead", "flights.csv:8 never-docked"],
        ),
        ("flights.csv", "2040-07-25T10:00:10Z", "", &["flights.csv:7 launch-unknown"]),
        (
            "flights.csv",
            "2040-08-02T10:00:10Z,landed",
            "2040-08-02T10:00:10Z,",
            &["flights.csv:4 end-incomplete"],
        ),
        ("dockings.csv", "2040-06-03T08", "2040-04-02T08", &["dockings.csv:5 dates-reversed"]),
        (
            "elements.toml",
            "from = \"2040-03-01T12:00:10Z\"",
            "from = \"2040-02-01T12:00:10Z\"",
            &["elements.toml:15 dates-reversed"],
        ),
        (
            "elements.toml",
            "attached = \"2040-02-20\"",
            "attached = \"2040-02-01T12:00:10Z\"",
            &["elements.toml:32 parent-absent"],
        ),
        ("spacewalks.csv", "2040-05-05T16", "2040-05-05T09", &["spacewalks.csv:2 dates-reversed"]),
        (
            "vehicles.toml",
            "first_flight = \"2039-05-01\"",
            "first_flight = \"2040-05-01\"",
            &["flights.csv:4 vehicle-out-of-service"],
        ),
    ]);
}

#[test]
fn ports_that_cannot_be_held() {
    check_all(&[
        (
            "dockings.csv",
            "2040-04-10T08:00:10Z,dock",
            "2040-09-10T08:00:10Z,dock",
            &[
                "dockings.csv:3 dates-reversed",
                "dockings.csv:4 flight-two-ports",
                "dockings.csv:6 port-overlap",
            ],
        ),
        (
            "dockings.csv",
            "ferry-2,core-aft,2040-08-01T09:00:10Z",
            "ferry-2,core-zenith,2040-07-31T08:00:10Z",
            &["dockings.csv:6 port-overlap"],
        ),
        (
            "dockings.csv",
            "ferry-1,core-zenith,2040-04-10T09:00:10Z",
            "ferry-1,core-zenith,2040-04-09T09:00:10Z",
            &["dockings.csv:4 flight-two-ports"],
        ),
        (
            "dockings.csv",
            "2040-08-01T09:00:10Z,,dock",
            "2040-07-31T09:00:10Z,,dock",
            &["dockings.csv:4 port-blocked"],
        ),
        (
            "dockings.csv",
            "barge-1,hall-forward,2040-04-03T08:00:10Z,2040-06-03",
            "barge-1,hall-forward,2040-04-03T08:00:10Z,2040-12-03",
            &["dockings.csv:5 port-not-there"],
        ),
        ("ports.toml", "from = \"2040-03-01\"", "from = \"2040-05-01\"", &["dockings.csv:5 port-not-there"]),
        (
            "ports.toml",
            "until = \"2040-11-30T10:00:10Z\"",
            "until = \"2040-12-30T10:00:10Z\"",
            &["ports.toml:22 port-without-element"],
        ),
        (
            "vehicles.toml",
            "mechanisms = [\"ring\", \"latch\"]",
            "mechanisms = [\"ring\"]",
            &["dockings.csv:5 mechanism-mismatch"],
        ),
        (
            "dockings.csv",
            "2040-06-03T08:00:10Z,berth",
            "2040-06-03T08:00:10Z,dock",
            &["dockings.csv:5 join-mismatch"],
        ),
        (
            "dockings.csv",
            "barge-1,",
            "barge-2,",
            &[
                "dockings.csv:5 dates-reversed",
                "dockings.csv:5 dates-reversed",
                "dockings.csv:5 lost-docked",
                "flights.csv:5 never-docked",
            ],
        ),
        (
            "dockings.csv",
            ",2040-08-01T08:00:10Z,dock",
            ",,dock",
            &["dockings.csv:4 docking-open", "dockings.csv:4 port-blocked"],
        ),
    ]);
}

#[test]
fn crews_that_cannot_be() {
    check_all(&[
        (
            "stays.csv",
            "dube-sipho,ferry-1,ferry-2",
            "dube-sipho,ferry-2,ferry-1",
            &["spacewalks.csv:2 walker-not-aboard", "stays.csv:2 presence-gap", "stays.csv:3 dates-reversed"],
        ),
        ("stays.csv", "lind-karin,ferry-2,", "dube-sipho,ferry-2,", &["stays.csv:4 person-twice"]),
        ("stays.csv", "lind-karin,ferry-2,", "lind-karin,ferry-1,", &["stays.csv:4 seats-exceeded"]),
        ("stays.csv", "lind-karin,ferry-2,", "lind-karin,ferry-3,", &["stays.csv:4 stay-undocked"]),
        (
            "stays.csv",
            "berg-anna,ferry-1,ferry-1",
            "berg-anna,ferry-1,ferry-3",
            &["spacewalks.csv:2 walker-not-aboard", "stays.csv:2 stay-undocked"],
        ),
        ("spacewalks.csv", "dube-sipho", "lind-karin", &["spacewalks.csv:2 walker-not-aboard"]),
        (
            "spacewalks.csv",
            "2040-05-05T16:00:10Z,berg-anna+dube-sipho,porch,invented,assumed,",
            "2040-05-05T16:00:10Z,berg-anna,porch,invented,assumed,\n2040-05-06,2040-05-05T11:00:10Z,2040-05-05T12:00:10Z,berg-anna,porch,invented,assumed,",
            &["spacewalks.csv:3 walker-twice"],
        ),
        (
            "vehicles.toml",
            "seats_down = 2",
            "seats_down = 0",
            &["plans.csv:3 seats-exceeded", "stays.csv:2 seats-exceeded", "stays.csv:3 seats-exceeded"],
        ),
        (
            "elements.toml",
            "removed = \"2040-12-01T09:00:10Z\"",
            "removed = \"2040-05-01T09:00:10Z\"",
            &["ports.toml:22 port-without-element", "spacewalks.csv:2 airlock-absent"],
        ),
    ]);
}

#[test]
fn plans_that_cannot_be() {
    check_all(&[
        ("plans.csv", "ferry-2,2040-04-05,ferry", "ferry-2,2040-04-05,fery", &["plans.csv:3 id-unknown"]),
        ("plans.csv", "north+south", "north+sout", &["plans.csv:3 segment-unknown"]),
        ("plans.csv", "north+south", "north+south+south", &["plans.csv:3 seats-exceeded"]),
        (
            "plans.csv",
            "2041-06-01,south,",
            "2041-06-01,south,south+south+north",
            &["plans.csv:5 seats-exceeded"],
        ),
        ("plans.csv", "2040-07-25T10", "2040-07-19T10", &["plans.csv:3 dates-reversed"]),
        ("plans.csv", "2040-12-20", "2040-07-22", &["plans.csv:3 dates-reversed"]),
        ("plans.csv", "ferry-2,2040-04-05", "ferry-2,2040-12-22", &["plans.csv:3 plan-of-the-past"]),
        ("plans.csv", "ferry-3,2040-10-05", "ferry-3,2041-01-03", &["plans.csv:5 history-ahead"]),
        (
            "plans.csv",
            "barge-9,2040-08-05,barge,,",
            "barge-9,2040-08-05,barge,2040-09-02,",
            &["plans.csv:4 plan-open"],
        ),
        ("plans.csv", "barge-9,2040-08-05", "barge-8,2040-08-05", &["plans.csv:2 plan-open"]),
        ("plans.csv", "barge-9,2040-08-05", "barge-9,2040-03-05", &["plans.csv:4 plan-twice"]),
        ("plans.csv", "2040-10-05", "", &["plans.csv:5 value-missing"]),
        ("plans.csv", "2040-10-05", "2040-10-32", &["plans.csv:5 time-wrong"]),
        (
            "plans.csv",
            "known_on,vehicle",
            "known_in,vehicle",
            &["plans.csv:1 column-missing", "plans.csv:1 key-unknown"],
        ),
    ]);
}

#[test]
fn seats_that_ships_have_for_a_time() {
    check_all(&[
        ("seats.csv", "ferry-1,2040-06-01", "ferry-9,2040-06-01", &["seats.csv:3 id-unknown"]),
        ("seats.csv", "ferry-1,2040-06-01", "ferry-2,2040-06-01", &["seats.csv:3 seats-idle"]),
        ("seats.csv", "2040-07-01", "2040-05-29", &["seats.csv:3 dates-reversed"]),
        ("seats.csv", "2040-07-01", "2040-07-32", &["seats.csv:3 time-wrong"]),
        ("seats.csv", "ferry-1,2040-06-01", "ferry-1,2040-05-29", &["seats.csv:3 seats-twice"]),
        (
            "seats.csv",
            "ferry-1,2040-06-01T08:00:10Z,2040-07-01T08:00:10Z,1",
            "ferry-2,2041-06-01,,1",
            &["seats.csv:3 history-ahead"],
        ),
        ("seats.csv", ",1,", ",-1,", &["seats.csv:3 value-wrong"]),
        ("seats.csv", ",1,", ",,", &["seats.csv:3 value-missing"]),
    ]);
}

#[test]
fn sums_that_do_not_come_out() {
    check_all(&[
        ("elements.toml", "share_pct = 49 }", "share_pct = 48.9 }", &["elements.toml:15 shares-sum"]),
        (
            "elements.toml",
            "{ partner = \"north\", share_pct = 49 }",
            "{ partner = \"south\", share_pct = 49 }",
            &["elements.toml:15 share-twice"],
        ),
        ("cargo.csv", "up,total,2020.5", "up,total,2051", &["cargo.csv:7 cargo-sum"]),
        // Within 30 kg, in either bookkeeping of propellant, or with a note that says why not: no fault.
        ("cargo.csv", "up,total,2020.5", "up,total,2050.5", &[]),
        ("cargo.csv", "up,total,2020.5", "up,total,2270.5", &[]),
        (
            "cargo.csv",
            "up,total,2020.5,,invented,assumed,",
            "up,total,99,,invented,assumed,net of packaging",
            &[],
        ),
        ("cargo.csv", "up,food,300", "up,food,1001", &["cargo.csv:6 food-over-dry"]),
        ("cargo.csv", "600,refuel", "600,", &["cargo.csv:2 basis-missing"]),
        ("cargo.csv", "420.5,", "420.5,both", &["cargo.csv:4 basis-misplaced"]),
        ("cargo.csv", "250,own-tank", "250,refuel", &["cargo.csv:3 cargo-twice", "cargo.csv:7 cargo-sum"]),
    ]);
}

#[test]
fn structures_that_do_not_hang_together() {
    check_all(&[
        (
            "elements.toml",
            "attached = \"2040-01-10T06:00:10Z\"",
            "attached = \"2040-01-10T06:00:10Z\"\nparent = \"hall\"",
            &[
                "elements.toml:1 parent-absent",
                "elements.toml:1 parent-cycle",
                "elements.toml:16 parent-cycle",
                "elements.toml:16 parent-cycle",
            ],
        ),
        ("elements.toml", "parent = \"hall\"\n", "", &["elements.toml:32 parent-missing"]),
        (
            "elements.toml",
            "flight = \"tug-1\"",
            "flight = \"ferry-1\"",
            &["elements.toml:15 launch-differs", "flights.csv:3 element-flight"],
        ),
        (
            "ports.toml",
            "from = \"2040-03-01\"",
            "from = \"2040-01-01\"",
            &["ports.toml:22 port-without-element", "ports.toml:22 port-without-element"],
        ),
    ]);
}

#[test]
fn orbits_of_something_else() {
    check_all(&[
        ("book.toml", "270001", "270002", &["orbit/elements.json:1 wrong-object"]),
        ("orbit/elements.json", "2040-06-01T", "2039-06-01T", &["orbit/elements.json:1 epoch-too-early"]),
        (
            "relays.toml",
            "60001",
            "60002",
            &["orbit/relays.json:1 wrong-object", "relays.toml:1 relay-without-elements"],
        ),
        (
            "orbit/space_weather.csv",
            "2041-01-01,110",
            "2040-01-02,110",
            &["orbit/space_weather.csv:1 out-of-order"],
        ),
    ]);
}

#[test]
fn files_that_are_missing_strange_or_no_text() {
    let without = |gone: &str| files().into_iter().filter(|(path, _)| path != gone).collect();
    let with = |path: &str, bytes: &[u8]| {
        let mut files: Contents = without(path);
        files.push((path.to_owned(), bytes.to_vec()));
        files
    };
    let cases: [(Contents, &[&str]); 7] = [
        (without("people.csv"), &["people.csv:1 file-missing"]),
        (without("partners.toml"), &["partners.toml:1 file-missing"]),
        (with("ports.toml", b"[[port]]\nid = \"\xff\""), &["ports.toml:2:7 not-utf8"]),
        (with("people.csv", b"\xef\xbb\xbfid\xff"), &["people.csv:1:3 not-utf8"]),
        (with("flight.csv", b""), &["flight.csv:1 file-unknown"]),
        (with("orbit/README.md", b"For people."), &[]),
        (with("flights.csv", b""), &["flights.csv:1 column-missing"]),
    ];
    for (files, expected) in cases {
        assert_eq!(rules(&read_and_check(files).1), expected);
    }
}
