//! One fault at a time in what the small book says of who decides what.

use crate::small::{files, read_and_check};
use crate::stock_faults::check_all;

const FILE: &str = "agreement.toml";

#[test]
fn records_of_the_agreement_that_cannot_be_read() {
    check_all(&[
        (
            FILE,
            "[[lead]]\ncentre = \"centre-n\"",
            "[[leader]]\ncentre = \"centre-n\"",
            &["agreement.toml:82:3 table-unknown: did you mean `lead`?"],
        ),
        (
            FILE,
            "refers_to = \"board\"",
            "refer_to = \"board\"",
            &[
                "agreement.toml:24:1 key-unknown: did you mean `refers_to`?",
                "agreement.toml:19 refer-missing: give `refers_to`, or write `otherwise = \"open\"`",
            ],
        ),
        (FILE, "days = 14", "days = -14", &["agreement.toml:31:8 out-of-range: "]),
        (
            FILE,
            "days = 14",
            "weeks = 2",
            &[
                "agreement.toml:28 value-missing: give `days`",
                "agreement.toml:31:1 key-unknown: known are body, urgency, days, hours, source, quality, note",
            ],
        ),
        (
            FILE,
            "decides = \"lead\"",
            "decides = \"leader\"",
            &["agreement.toml:138:11 word-unknown: did you mean `lead`?"],
        ),
        (
            FILE,
            "touches = [\"guest\"]",
            "touches = [\"guests\"]",
            &["agreement.toml:127:12 word-unknown: did you mean `guest`?"],
        ),
        (
            FILE,
            "kind = \"accommodation\"",
            "kind = \"seat\"",
            &["agreement.toml:145:8 word-unknown: choose one of them"],
        ),
        (
            FILE,
            "from = \"2040-06-01\"",
            "from = \"in June\"",
            &["agreement.toml:90:8 time-wrong: write it in that form"],
        ),
        (
            FILE,
            "id = \"together\"\nsays = \"What is nobody's alone the panel decides.\"",
            "id = \"together\"",
            &["agreement.toml:114 value-missing: give `says`"],
        ),
    ]);
}

#[test]
fn names_of_nobody_and_of_two() {
    check_all(&[
        (
            FILE,
            "refers_to = \"board\"",
            "refers_to = \"bord\"",
            &["agreement.toml:19 id-unknown: did you mean `board`?"],
        ),
        (
            FILE,
            "body = \"panel\"\nurgency = \"routine\"",
            "body = \"panels\"\nurgency = \"routine\"",
            &[
                "agreement.toml:19 term-missing: add a [[term]] for each: how long its members have",
                "agreement.toml:49 id-unknown: did you mean `panel`?",
            ],
        ),
        (
            FILE,
            "centre = \"centre-n\"\nfrom",
            "centre = \"center-n\"\nfrom",
            &["agreement.toml:82 id-unknown: did you mean `centre-n`?"],
        ),
        (
            FILE,
            "elements = [\"hall\"]",
            "elements = [\"hal\"]",
            &["agreement.toml:143 id-unknown: did you mean `hall`?"],
        ),
        (
            FILE,
            "pools = [\"crew-time\"]",
            "pools = [\"crew-times\"]",
            &["agreement.toml:143 id-unknown: did you mean `crew-time`?"],
        ),
        (
            FILE,
            "id = \"panel\"",
            "id = \"board\"",
            &[
                "agreement.toml:19 id-twice: give one of them another id",
                "agreement.toml:49 id-unknown: add the body `panel`, or name another",
                "agreement.toml:56 id-unknown: add the body `panel`, or name another",
                "agreement.toml:63 id-unknown: add the body `panel`, or name another",
                "agreement.toml:114 id-unknown: add the body `panel`, or name another",
            ],
        ),
        (
            FILE,
            "urgency = \"urgent\"\nhours = 12",
            "urgency = \"routine\"\nhours = 12",
            &[
                "agreement.toml:19 term-missing: add a [[term]] for each: how long its members have",
                "agreement.toml:56 term-twice: leave one of the two; the first counts",
            ],
        ),
        (
            FILE,
            "partner = \"south\"\ncentre = \"centre-s\"",
            "partner = \"north\"\ncentre = \"centre-s\"",
            &[
                "agreement.toml:76 voice-of-another: name a centre of `north`",
                "agreement.toml:76 voice-twice: leave it to one of the two, or give the kinds for which one speaks",
                "partners.toml:12 voice-missing: add a [[voice]] without `kinds` to agreement.toml",
            ],
        ),
        (
            FILE,
            "partner = \"south\"\ncentre = \"centre-s\"",
            "partner = \"south\"\ncentre = \"centre-s\"\nkinds = [\"experiment\"]",
            &["partners.toml:12 voice-missing: add a [[voice]] without `kinds` to agreement.toml"],
        ),
        (
            FILE,
            "from = \"2040-06-01\"",
            "from = \"2040-01-10\"",
            &["agreement.toml:88 out-of-order: list the leads by time"],
        ),
    ]);
}

#[test]
fn bodies_that_never_come_to_an_end() {
    check_all(&[
        (
            FILE,
            "chair = \"north\"\n",
            "",
            &["agreement.toml:10 chair-missing: give `chair`, or write `otherwise = \"open\"`"],
        ),
        (
            FILE,
            "members = [\"north\", \"south\"]\nchair",
            "members = [\"south\"]\nchair",
            &["agreement.toml:10 chair-not-member: add it to `members`, or name a member"],
        ),
        (
            FILE,
            "members = [\"north\", \"south\"]\nchair",
            "members = [\"north\", \"north\"]\nchair",
            &["agreement.toml:10 member-twice: name each once"],
        ),
        (
            FILE,
            "members = [\"north\", \"south\"]\notherwise",
            "members = []\notherwise",
            &["agreement.toml:19 body-empty: give `members`"],
        ),
        (
            FILE,
            "otherwise = \"refer\"",
            "otherwise = \"open\"",
            &["agreement.toml:19 refer-idle: write `otherwise = \"refer\"`, or leave `refers_to` out"],
        ),
        (
            FILE,
            "refers_to = \"board\"",
            "refers_to = \"panel\"",
            &["agreement.toml:19 refer-circle: let one of them decide, or write `otherwise = \"open\"`"],
        ),
        (
            "partners.toml",
            "colour = \"#445566\"\nkind = \"partner\"",
            "colour = \"#445566\"\nkind = \"guest\"",
            &[
                "agreement.toml:10 member-guest: only partners decide: take it out, or make it a partner",
                "agreement.toml:19 member-guest: only partners decide: take it out, or make it a partner",
            ],
        ),
    ]);
}

#[test]
fn clauses_that_leave_something_open_or_do_nothing() {
    check_all(&[
        // What no clause covers, in the words of the book, stands in the message; the mend is one.
        (
            FILE,
            "touches = [\"guest\"]",
            "touches = [\"rules\"]",
            &[
                "agreement.toml:94 touch-uncovered: add it to `touches` of a clause",
                "agreement.toml:124 clause-idle: take it out, or let it name an urgency or whose it is",
            ],
        ),
        (
            FILE,
            "touches = [\"guest\"]",
            "touches = []",
            &[
                "agreement.toml:94 touch-uncovered: add it to `touches` of a clause",
                "agreement.toml:124 clause-idle: say in `touches` what it is about",
            ],
        ),
        (
            FILE,
            "whose = \"others\"",
            "whose = \"own\"",
            &[
                "agreement.toml:94 touch-uncovered: add it to `touches` of a clause",
                "agreement.toml:104 clause-idle: take it out, or let it name an urgency or whose it is",
            ],
        ),
        (
            FILE,
            "\ndecides = \"body\"\nbody = \"panel\"",
            "\ndecides = \"body\"",
            &["agreement.toml:114 body-missing: give `body`"],
        ),
        (
            FILE,
            "decides = \"all-partners\"",
            "decides = \"all-partners\"\nbody = \"panel\"",
            &["agreement.toml:124 body-idle: write `decides = \"body\"`, or leave `body` out"],
        ),
        (
            FILE,
            "decides = \"all-partners\"",
            "decides = \"owner\"",
            &["agreement.toml:124 owner-missing: let a body decide on it, by a clause of its own"],
        ),
        (
            FILE,
            "decides = \"all-partners\"",
            "whose = \"own\"\ndecides = \"all-partners\"",
            &[
                "agreement.toml:94 touch-uncovered: add it to `touches` of a clause",
                "agreement.toml:124 clause-idle: take it out, or let it name an urgency or whose it is",
                "agreement.toml:124 owner-missing: leave `whose` out, in a clause of its own",
            ],
        ),
        (
            FILE,
            "between = [\"south\", \"north\"]",
            "between = [\"south\"]",
            &[
                "agreement.toml:143 accommodation-differs: make `between` and the element's `use` name the same partners",
            ],
        ),
        (
            FILE,
            "between = [\"south\", \"north\"]\nelements = [\"hall\"]",
            "between = []",
            &["agreement.toml:143 arrangement-alone: give `between`"],
        ),
    ]);
}

#[test]
fn without_a_lead_nobody_acts_now() {
    let mut files = files();
    let (_, bytes) = files.iter_mut().find(|(path, _)| path == FILE).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    let (before, rest) = text.split_once("[[lead]]").unwrap();
    let (_, after) = rest.split_once("[[clause]]").unwrap();
    *bytes = format!("{before}[[clause]]{after}").into_bytes();
    let rules: Vec<String> = read_and_check(files).1.iter().map(|one| one.rule.clone()).collect();
    assert_eq!(rules, ["lead-missing"]);
}

#[test]
fn a_book_without_clauses_is_no_fault() {
    let mut files = files();
    let (_, bytes) = files.iter_mut().find(|(path, _)| path == FILE).unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    *bytes = text.split_once("[[body]]").unwrap().0.as_bytes().to_vec();
    let (book, findings) = read_and_check(files);
    assert!(book.agreed.is_empty() && findings.is_empty(), "{findings:?}");
}

#[test]
fn what_the_small_book_agrees_on_is_read() {
    use partnership::{TouchKind, Urgency, Whose};
    let agreement = read_and_check(files()).0.agreed.agreement();
    let clause = |kind, whose, urgency| agreement.clause_on(kind, whose, urgency).unwrap().id.to_string();
    assert_eq!(clause(TouchKind::People, Whose::Own, Urgency::Routine), "own");
    assert_eq!(clause(TouchKind::People, Whose::Others, Urgency::Urgent), "anothers");
    assert_eq!(clause(TouchKind::People, Whose::Others, Urgency::Safety), "safety");
    assert_eq!(clause(TouchKind::Rules, Whose::Others, Urgency::Safety), "together");
    let lead = |time: &str| agreement.lead_at(time.parse().unwrap()).map(ToString::to_string);
    assert_eq!(lead("2040-01-09"), None);
    assert_eq!(lead("2040-05-31T23:59Z").as_deref(), Some("centre-n"));
    assert_eq!(lead("2040-06-01").as_deref(), Some("centre-s"));
    let course: Vec<(&str, f64)> = agreement
        .course(&"panel".parse().unwrap(), Urgency::Routine)
        .iter()
        .map(|(body, over)| (body.id.as_str(), over.unwrap().days()))
        .collect();
    assert_eq!(course, [("panel", 7.0), ("board", 21.0)]);
}

#[test]
fn the_books_that_ship_agree_without_fault() {
    use partnership::{Otherwise, TouchKind, Urgency, Whose};
    for name in ["iss", "first-station", "mars-transit"] {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books").join(name);
        let files = book::Files::from_dir(folder).unwrap();
        let (read, mut findings) = book::read(&files);
        findings.extend(book::check(&read));
        let own = findings.iter().filter(|one| one.place.as_ref().is_some_and(|place| place.file == FILE));
        let shown: Vec<String> = own.map(ToString::to_string).collect();
        assert!(shown.is_empty(), "{name}: {}", shown.join("\n"));
        assert!(!read.agreed.is_empty(), "{name} says who decides what");
        if name == "iss" {
            let agreement = read.agreed.agreement();
            // MOU 8.1.b: where the MCB does not agree its chair, NASA, may decide; 8.2.b: the SOP refers to it.
            let course = agreement.course(&"sop".parse().unwrap(), Urgency::Routine);
            let last = course.last().unwrap().0;
            assert_eq!((last.id.as_str(), last.otherwise), ("mcb", Otherwise::Chair));
            assert_eq!(last.chair.as_ref().unwrap().as_str(), "nasa");
            // Treaty Art. 9.3: a non-partner's use needs all, and however great the haste.
            for urgency in [Urgency::Routine, Urgency::Urgent, Urgency::Safety] {
                let clause = agreement.clause_on(TouchKind::Guest, Whose::Others, urgency).unwrap();
                assert_eq!(clause.decides, partnership::Decides::AllPartners);
            }
            assert_eq!(agreement.lead_at("2026-06-01".parse().unwrap()).unwrap().as_str(), "mcc-h");
            let nasa = "nasa".parse().unwrap();
            assert_eq!(agreement.voice_on(&nasa, &["experiment"]).unwrap().as_str(), "poic");
            assert_eq!(agreement.voice_on(&nasa, &["maintenance"]).unwrap().as_str(), "mcc-h");
        }
    }
}
