//! Why something has no place.

use book::{Book, Files};
use schedule::{Certainty, ScheduleError, Setting};

use crate::books::{all, options, planned, setting};

/// The ISS book with one more file of requests.
fn asked(requests: &str) -> Book {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books/iss");
    let files = Files::from_dir(&folder).expect("the folder is there");
    let more = [("requests/more.toml".to_owned(), requests.as_bytes().to_vec())];
    let kept = files
        .paths()
        .filter(|path| !path.starts_with("requests/"))
        .map(|path| (path.to_owned(), files.get(path).expect("it is there").to_vec()));
    let files: Files = kept.chain(more).collect();
    let (book, findings) = book::read(&files);
    let fault = findings.iter().find(|finding| finding.severity == timeline::Severity::Must);
    assert!(fault.is_none(), "{fault:?}");
    book
}

fn request(id: &str, more: &str) -> String {
    format!(
        "[[request]]\nid = \"{id}\"\npartner = \"nasa\"\ntitle = \"{id}\"\nkind = \"experiment\"\nsource = \"a test\"\nquality = \"assumed\"\n{more}\n"
    )
}

fn origin(id: &str) -> plan::Origin {
    plan::Origin::Request(id.parse().expect("an id"))
}

/// Each row: the request, and what its explanation has to say.
#[test]
fn the_reason_is_named() {
    let us = "crew = [{ count = 1, segments = [\"us\"] }]";
    let cases: [(&str, String, &str); 5] = [
        (
            "all-at-once",
            request("all-at-once", "minutes = 60\ncrew = [{ count = 5, segments = [\"us\"] }]"),
            "nobody",
        ),
        (
            "at-night",
            request(
                "at-night",
                &format!("minutes = 60\n{us}\nhours = {{ from = \"00:00\", to = \"02:00\" }}"),
            ),
            "let it start only 2026/152 00:00–01:00",
        ),
        (
            "on-sunday",
            request("on-sunday", &format!("minutes = 60\n{us}\non = [\"sun\"]")),
            "let it start only 2026/158",
        ),
        (
            "longer-than-work",
            request("longer-than-work", &format!("minutes = 420\n{us}")),
            "no day lets anybody do more than 6 h 30 min of its kind",
        ),
        (
            "too-late",
            request(
                "too-late",
                &format!("minutes = 60\n{us}\nwindows = [{{ from = \"2027-01-01\", to = \"2027-02-01\" }}]"),
            ),
            "idle",
        ),
    ];
    for (id, text, expected) in cases {
        let book = asked(&text);
        let week = all()[0].week(0);
        let setting = setting(&book, week);
        let scheduled = planned(&setting, 1, 30);
        assert!(scheduled.plan.activities.keys().all(|placed| placed.as_str() != id), "{id} has a place");
        if expected == "idle" || expected == "nobody" {
            let idle = setting.wishes.idle.iter().find(|(request, _)| request.as_str() == id);
            assert!(idle.is_some(), "{id}");
            continue;
        }
        let wish = setting.wishes.list.iter().position(|wish| wish.origin == origin(id));
        let told = scheduled.explain(&setting, &[wish.expect("it is asked for")]).expect("it compiles");
        let said = told[0].reasons.join("; ");
        assert!(said.contains(expected), "{id}: {said}");
    }
}

/// Three hours of one person's work that must be done on one morning, three times: two of them fit into six and a half hours.
#[test]
fn mandatory_work_that_cannot_hold_together_is_named() {
    let one = "minutes = 180\ncrew = [{ of = [\"meir-jessica\"] }]\nstanding = \"mandatory\"\nwindows = [{ from = \"2026-06-02\", to = \"2026-06-03\" }]";
    let text = ["first", "second", "third"].map(|id| request(id, one)).concat();
    let book = asked(&text);
    let setting = setting(&book, all()[0].week(0));
    let scheduled = planned(&setting, 1, 30);
    assert_eq!((scheduled.mandatory_total - scheduled.mandatory_placed), 1);
    let clash = scheduled.clash(&setting).expect("it compiles").expect("they clash");
    assert!(["first", "second", "third"].iter().all(|id| clash.ids.iter().any(|own| own == id)), "{clash:?}");
    assert!(clash.ids.iter().any(|id| id.contains("meir")) || clash.proven == Certainty::Proven, "{clash:?}");
}

#[test]
fn a_hundred_thousand_requests_are_too_many_and_said_to_be() {
    let text: String = (0..1_000)
        .map(|at| {
            request(&format!("ask-{at}"), "minutes = 30\ntimes = 50\nper = \"day\"\ncrew = [{ count = 1 }]")
        })
        .collect();
    let book = asked(&text);
    let setting = setting(&book, all()[0].week(0));
    let plan = schedule::schedule(&setting, "", &options(1, 10), &mut |_| schedule::Continue::Stop);
    assert!(matches!(plan.err(), Some(ScheduleError::TooMuch(more)) if more > 100_000));
}

#[test]
fn where_nobody_is_aboard_there_is_nothing_to_plan() {
    let shipped = &all()[0];
    let long_ago: timeline::Time = "1999-01-04".parse().expect("a day");
    let span = timeline::Interval::new(long_ago, long_ago + timeline::Duration::DAY * 7).expect("a week");
    let setting: Setting<'_> = shipped.setting(span);
    let plan = schedule::schedule(&setting, "", &options(1, 10), &mut |_| schedule::Continue::Stop);
    assert_eq!(plan.err(), Some(ScheduleError::NobodyAboard));
}
