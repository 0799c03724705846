//! What follows what.

use plan::{After, Bond, By, Often, Period, Request, Wishes};
use timeline::Duration;

use crate::station::{Station, after, once, per, request, role, span, week};

/// `first < then` with the least and most minutes between them, and `~` for what only keeps its distance.
fn links(all: &Wishes) -> Vec<String> {
    let minutes = |length: Duration| length.whole_minutes();
    let id = |at: usize| all.list[at].id.as_str().replace("2026-06-", "");
    all.links
        .iter()
        .map(|link| {
            let sign = if link.bond == Bond::Needs { "<" } else { "~" };
            let most = link.most.map_or(String::new(), |most| format!("..{}", minutes(most)));
            format!("{} {sign} {} {}{most}", id(link.first), id(link.then), minutes(link.least))
        })
        .collect()
}

fn fortnight(requests: &[Request]) -> Vec<String> {
    links(&Station::new().of(span("2026-06-01", "2026-06-15"), requests))
}

#[test]
fn one_request_after_another() {
    let each = |often: Often| Often { by: By::Each, ..often };
    let weekly = || per(Period::Week, 1);
    for (what, setup, run, expected) in [
        ("once after once", once(), once(), &["setup < run 0"][..]),
        // Never across weeks.
        ("each week", weekly(), weekly(), &["setup.01.1 < run.01.1 0", "setup.08.1 < run.08.1 0"]),
        (
            "twice a week",
            per(Period::Week, 2),
            per(Period::Week, 2),
            &[
                "setup.01.1 < run.01.1 0",
                "setup.01.2 < run.01.2 0",
                "setup.08.1 < run.08.1 0",
                "setup.08.2 < run.08.2 0",
            ],
        ),
        (
            "two runs of one setup",
            weekly(),
            per(Period::Week, 2),
            &[
                "setup.01.1 < run.01.1 0",
                "setup.01.1 < run.01.2 0",
                "setup.08.1 < run.08.1 0",
                "setup.08.1 < run.08.2 0",
            ],
        ),
        ("weekly runs of one setup", once(), weekly(), &["setup < run.01.1 0", "setup < run.08.1 0"]),
        (
            "each after their own",
            each(once()),
            each(once()),
            &[
                "setup.berg-anna < run.berg-anna 0",
                "setup.dube-sipho < run.dube-sipho 0",
                "setup.lind-karin < run.lind-karin 0",
            ],
        ),
        (
            "each after one",
            once(),
            each(once()),
            &["setup < run.berg-anna 0", "setup < run.dube-sipho 0", "setup < run.lind-karin 0"],
        ),
        (
            "one after each",
            each(once()),
            once(),
            &["setup.berg-anna < run 0", "setup.dube-sipho < run 0", "setup.lind-karin < run 0"],
        ),
    ] {
        let setup = Request { often: setup, ..request("setup") };
        let run = Request { often: run, after: vec![after("setup")], ..request("run") };
        let found = fortnight(&[run, setup]);
        let mut found: Vec<&str> = found.iter().map(String::as_str).collect();
        found.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(found, expected, "{what}");
    }
}

#[test]
fn distances_between() {
    let setup = request("setup");
    let run = Request {
        after: vec![After { least_min: 30, most_min: Some(120), ..after("setup") }, after("no-such")],
        ..request("run")
    };
    assert_eq!(fortnight(&[setup, run]), ["setup < run 30..120"]);
}

#[test]
fn times_keep_their_distance() {
    let often = |often: Often| Request { often: Often { gap_min: 1_440, ..often }, ..request("draw") };
    assert_eq!(
        fortnight(&[often(Often { times: 3, ..once() })]),
        ["draw.1 ~ draw.2 1440", "draw.1 ~ draw.3 1440", "draw.2 ~ draw.3 1440"]
    );
    // Over the weeks too, each from all that could come near it: those between may have no place.
    assert_eq!(
        fortnight(&[often(per(Period::Week, 2))]),
        [
            "draw.01.1 ~ draw.01.2 1440",
            "draw.01.1 ~ draw.08.1 1440",
            "draw.01.1 ~ draw.08.2 1440",
            "draw.01.2 ~ draw.08.1 1440",
            "draw.01.2 ~ draw.08.2 1440",
            "draw.08.1 ~ draw.08.2 1440"
        ]
    );
    // But not from those that their days keep away: a day lies between.
    let daily = fortnight(&[often(per(Period::Day, 1))]);
    assert!(daily.contains(&"draw.01.1 ~ draw.02.1 1440".to_owned()), "{daily:?}");
    assert!(!daily.contains(&"draw.01.1 ~ draw.03.1 1440".to_owned()), "{daily:?}");
    // Those of each person by themselves.
    let each =
        Request { crew: vec![role(&["robotics"])], ..often(Often { by: By::Each, ..per(Period::Week, 1) }) };
    assert_eq!(
        fortnight(&[each]),
        [
            "draw.01.berg-anna.1 ~ draw.08.berg-anna.1 1440",
            "draw.01.dube-sipho.1 ~ draw.08.dube-sipho.1 1440"
        ]
    );
    assert_eq!(fortnight(&[Request { often: per(Period::Week, 2), ..request("draw") }]), [""; 0]);
}

/// One part after the other; distances count from the end of the last to the beginning of the first.
#[test]
fn parts_come_in_order() {
    let setup = Request { part_min: Some(20), ..request("setup") };
    let run = Request {
        part_min: Some(30),
        often: Often { times: 2, gap_min: 60, ..once() },
        after: vec![After { least_min: 15, ..after("setup") }],
        ..request("run")
    };
    assert_eq!(
        fortnight(&[setup, run]),
        [
            "run.1/1 < run.1/2 0",
            "run.1/1 ~ run.2/1 60",
            "run.1/2 ~ run.2/1 60",
            "run.2/1 < run.2/2 0",
            "setup/1 < setup/2 0",
            "setup/2 < setup/3 0",
            "setup/3 < run.1/1 15",
            "setup/3 < run.2/1 15",
        ]
    );
}

#[test]
fn what_can_be_matched() {
    let with = |often: Often| Request { often, ..request("a") };
    let each = |often: Often| Often { by: By::Each, ..often };
    let (day, weekly) = (per(Period::Day, 1), per(Period::Week, 1));
    let every = |every| Often { every, ..weekly };
    for (run, setup, expected) in [
        (once(), once(), true),
        (weekly, once(), true),
        (weekly, weekly, true),
        (per(Period::Week, 3), weekly, true),
        (once(), weekly, false),
        (day, weekly, false),
        (weekly, day, false),
        (every(4), every(2), false),
        (every(2), every(2), true),
        (each(weekly), weekly, true),
        (each(weekly), each(weekly), true),
        (weekly, each(weekly), false),
        (once(), each(once()), false),
    ] {
        assert_eq!(with(run).keeps_step_with(&with(setup)), expected, "{run:?} after {setup:?}");
    }
    // Every second week, but not in the same ones: counted from windows that begin a week apart.
    let from = |day: &str| Request { windows: vec![span(day, "2026-07-01")], ..with(every(2)) };
    assert!(from("2026-06-03").keeps_step_with(&from("2026-06-01")));
    assert!(from("2026-06-03").keeps_step_with(&from("2026-06-16")));
    assert!(!from("2026-06-03").keeps_step_with(&from("2026-06-09")));
    assert!(!from("2026-06-09").keeps_step_with(&with(every(2))));
}

/// What is done in another span is not waited for.
#[test]
fn what_is_not_in_the_span_binds_nothing() {
    let setup = Request { windows: vec![span("2026-05-01", "2026-05-02")], ..request("setup") };
    let run = Request { after: vec![after("setup")], ..request("run") };
    let all = Station::new().of(week(), &[setup, run]);
    assert_eq!((all.list.len(), all.links.len(), all.idle.len()), (1, 0, 1));
}
