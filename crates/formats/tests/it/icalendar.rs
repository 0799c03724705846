//! iCalendar against RFC 5545, by an unfolder and unescaper of the tests' own.

use formats::WriteError;
use formats::icalendar::{Calendar, Event, LINE_OCTETS, Status, write};
use proptest::prelude::*;
use timeline::Time;

fn event(summary: &str) -> Event {
    Event {
        uid: "water.2026-06-01.1@iss".to_owned(),
        start: time("2026-06-01T06:05Z"),
        end: time("2026-06-01T06:30Z"),
        summary: summary.to_owned(),
        description: String::new(),
        categories: Vec::new(),
        location: String::new(),
        people: Vec::new(),
        status: Status::Confirmed,
    }
}

fn time(text: &str) -> Time {
    text.parse().unwrap()
}

fn calendar(events: Vec<Event>) -> Calendar {
    Calendar { name: "Week 23".to_owned(), stamp: time("2026-05-30T12:00:00.9Z"), events }
}

/// The whole lines: a break before a blank is no break (RFC 5545, 3.1).
fn unfolded(text: &str) -> Vec<String> {
    assert!(text.ends_with("\r\n"));
    text.replace("\r\n ", "").split_terminator("\r\n").map(str::to_owned).collect()
}

/// The values of a property in order.
fn values<'a>(lines: &'a [String], name: &str) -> Vec<&'a str> {
    lines.iter().filter_map(|line| line.strip_prefix(name)?.strip_prefix(':')).collect()
}

/// The texts of a list (RFC 5545, 3.3.11): commas part them but behind a backslash.
fn texts(value: &str) -> Vec<String> {
    let mut texts = vec![String::new()];
    let mut characters = value.chars();
    while let Some(character) = characters.next() {
        let last = texts.len() - 1;
        match character {
            '\\' => match characters.next() {
                Some('n' | 'N') => texts[last].push('\n'),
                Some(other @ ('\\' | ';' | ',')) => texts[last].push(other),
                other => panic!("`\\{other:?}` is no escape"),
            },
            ',' => texts.push(String::new()),
            ';' => panic!("a bare semicolon in {value}"),
            other => texts[last].push(other),
        }
    }
    texts
}

#[test]
fn a_calendar_as_the_standard_has_it() {
    let whole = Event {
        description: "Crew: Adenot\nTubes, racks; C:\\data".to_owned(),
        categories: vec!["NASA".to_owned(), "a,b".to_owned()],
        location: "Columbus".to_owned(),
        people: vec!["adenot-sophie".to_owned(), "meir-jessica".to_owned()],
        status: Status::Cancelled,
        ..event("Blood draw")
    };
    let expected = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Cupola//Crew plan//EN\r\nCALSCALE:GREGORIAN\r\nX-WR-CALNAME:Week \
                    23\r\nBEGIN:VEVENT\r\nUID:water.2026-06-01.1@iss\r\nDTSTAMP:20260530T120000Z\r\nDTSTART:20260601T060500Z\r\nDTEND:\
                    20260601T063000Z\r\nSUMMARY:Blood draw\r\nDESCRIPTION:Crew: Adenot\\nTubes\\, racks\\; C:\\\\data\r\nLOCATION:\
                    Columbus\r\nCATEGORIES:NASA,a\\,b\r\nX-CUPOLA-CREW:adenot-sophie,meir-jessica\r\nSTATUS:CANCELLED\r\nEND:VEVENT\r\n\
                    END:VCALENDAR\r\n";
    assert_eq!(write(&calendar(vec![whole])).unwrap(), expected);
}

#[test]
fn ends_that_are_none_are_not_written() {
    let moment = Event { end: time("2026-06-01T06:05Z"), ..event("Docking") };
    let lines = unfolded(&write(&calendar(vec![moment])).unwrap());
    assert_eq!((values(&lines, "DTSTART").len(), values(&lines, "DTEND").len()), (1, 0));
}

#[test]
fn what_the_format_cannot_say_is_refused() {
    let reversed = Event { end: time("2026-06-01T06:00Z"), ..event("x") };
    assert!(matches!(write(&calendar(vec![reversed])), Err(WriteError::Range { field: "DTEND", .. })));
    let nameless = Event { uid: String::new(), ..event("x") };
    assert!(matches!(write(&calendar(vec![nameless])), Err(WriteError::Text { field: "UID", .. })));
    for text in ["bell\u{7}", "nul\0", "\u{7f}"] {
        let refused = write(&calendar(vec![event(text)]));
        assert!(matches!(refused, Err(WriteError::Text { field: "SUMMARY", .. })), "{text:?}: {refused:?}");
    }
}

/// Any text a calendar can hold, rich in what is escaped and in characters of several octets.
fn texts_of_any_kind() -> impl Strategy<Value = String> {
    "([a-z ,;:\\\\\n\"]|[\u{e9}\u{416}\u{5b87}\u{1f680}]|\\PC){0,200}"
}

proptest! {
    #[test]
    fn folded_and_escaped_text_comes_back(
        summary in texts_of_any_kind(),
        description in texts_of_any_kind(),
        people in prop::collection::vec("[a-z,;\\\\\u{e9}]{1,40}", 1..6),
    ) {
        let one = Event { description: description.clone(), people: people.clone(), ..event(&summary) };
        let text = write(&calendar(vec![one])).unwrap();
        for line in text.split("\r\n") {
            prop_assert!(line.len() <= LINE_OCTETS, "{} octets: {line}", line.len());
            prop_assert!(!line.contains(['\r', '\n']));
        }
        let lines = unfolded(&text);
        let back = |name: &str| values(&lines, name).into_iter().map(texts).collect::<Vec<_>>();
        prop_assert_eq!(back("SUMMARY"), vec![vec![summary]]);
        let described = if description.is_empty() { vec![] } else { vec![vec![description]] };
        prop_assert_eq!(back("DESCRIPTION"), described);
        prop_assert_eq!(back("X-CUPOLA-CREW"), vec![people]);
    }
}
