//! iCalendar (RFC 5545), written: what happens when, for calendar programs.
//!
//! ```
//! use formats::icalendar::{Calendar, Event, Status, write};
//! let event = Event {
//!     uid: "blood-draw.2026-06-01.1@iss".to_owned(),
//!     start: "2026-06-01T06:05Z".parse()?,
//!     end: "2026-06-01T06:30Z".parse()?,
//!     summary: "Blood draw; tubes spun".to_owned(),
//!     description: String::new(),
//!     categories: vec!["NASA".to_owned()],
//!     location: "Columbus".to_owned(),
//!     people: vec!["adenot-sophie".to_owned()],
//!     status: Status::Confirmed,
//! };
//! let stamp = "2026-05-30T12:00Z".parse()?;
//! let calendar = Calendar { name: "Week 23".to_owned(), stamp, events: vec![event] };
//! let text = write(&calendar)?;
//! assert!(text.contains("DTSTART:20260601T060500Z\r\n"));
//! assert!(text.contains("SUMMARY:Blood draw\\; tubes spun\r\n"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use timeline::Time;

use crate::WriteError;

/// Most octets of a line without its break (RFC 5545, 3.1).
pub const LINE_OCTETS: usize = 75;

const FORMAT: &str = "iCalendar";

/// Events that belong together.
#[derive(Clone, PartialEq, Debug)]
pub struct Calendar {
    /// For people, as calendar programs show it (`X-WR-CALNAME`).
    pub name: String,
    /// When this was written (`DTSTAMP` of every event), UTC.
    pub stamp: Time,
    /// What happens, in any order; it is kept.
    pub events: Vec<Event>,
}

/// Something that happens.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Names it, the same in every calendar that has it.
    pub uid: String,
    /// Begins, UTC; what is less than a second is cut.
    pub start: Time,
    /// The first instant after, UTC. An event that ends as it begins is written without an end, as the format asks.
    pub end: Time,
    /// One line for people.
    pub summary: String,
    /// More for people; line breaks are kept. Not written when empty.
    pub description: String,
    /// Words to sort it by.
    pub categories: Vec<String>,
    /// Where; not written when empty.
    pub location: String,
    /// Who takes part, by id, as `X-CUPOLA-CREW`: `ATTENDEE` would need mail addresses, and calendar programs would send mail.
    pub people: Vec<String>,
    /// What became of it.
    pub status: Status,
}

/// What became of an event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Status {
    /// It takes place or took place.
    Confirmed,
    /// It does not take place.
    Cancelled,
}

/// A calendar as text, lines of at most [`LINE_OCTETS`] octets and ended by CR LF.
///
/// # Errors
/// When an event ends before it begins or has no uid, or a text has control characters other than tabs and line breaks.
pub fn write(calendar: &Calendar) -> Result<String, WriteError> {
    let mut text = String::new();
    let mut put = |line: &str| fold(line, &mut text);
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Cupola//Crew plan//EN", "CALSCALE:GREGORIAN"] {
        put(line);
    }
    put(&format!("X-WR-CALNAME:{}", escaped("X-WR-CALNAME", &calendar.name)?));
    let stamp = utc(calendar.stamp);
    for event in &calendar.events {
        for line in lines(event, &stamp)? {
            put(&line);
        }
    }
    put("END:VCALENDAR");
    Ok(text)
}

fn lines(event: &Event, stamp: &str) -> Result<Vec<String>, WriteError> {
    if event.end < event.start {
        return Err(WriteError::Range {
            format: FORMAT,
            field: "DTEND",
            value: event.end.to_string(),
            object: event.uid.clone(),
            expected: "an end that is not before the start",
        });
    }
    if event.uid.is_empty() {
        return Err(WriteError::Text {
            format: FORMAT,
            field: "UID",
            text: event.uid.clone(),
            expected: "a text that is not empty",
        });
    }
    let (start, end) = (utc(event.start), utc(event.end));
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", escaped("UID", &event.uid)?),
        format!("DTSTAMP:{stamp}"),
        format!("DTSTART:{start}"),
    ];
    if end != start {
        lines.push(format!("DTEND:{end}"));
    }
    lines.push(format!("SUMMARY:{}", escaped("SUMMARY", &event.summary)?));
    for (name, value) in [("DESCRIPTION", &event.description), ("LOCATION", &event.location)] {
        if !value.is_empty() {
            lines.push(format!("{name}:{}", escaped(name, value)?));
        }
    }
    for (name, values) in [("CATEGORIES", &event.categories), ("X-CUPOLA-CREW", &event.people)] {
        if !values.is_empty() {
            let values: Vec<String> =
                values.iter().map(|value| escaped(name, value)).collect::<Result<_, _>>()?;
            lines.push(format!("{name}:{}", values.join(",")));
        }
    }
    lines.push(match event.status {
        Status::Confirmed => "STATUS:CONFIRMED".to_owned(),
        Status::Cancelled => "STATUS:CANCELLED".to_owned(),
    });
    lines.push("END:VEVENT".to_owned());
    Ok(lines)
}

/// `20260601T060500Z`; a leap second is second 60, which the format has.
fn utc(time: Time) -> String {
    let at = time.utc();
    format!("{:04}{:02}{:02}T{:02}{:02}{:02}Z", at.year, at.month, at.day, at.hour, at.minute, at.second)
}

/// A text value (RFC 5545, 3.3.11). The format knows one line break, so CR LF and a lone CR are written as it.
fn escaped(field: &'static str, text: &str) -> Result<String, WriteError> {
    let mut value = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\\' | ';' | ',' => value.extend(['\\', character]),
            '\r' if characters.peek() == Some(&'\n') => {}
            '\r' | '\n' => value.push_str("\\n"),
            '\t' => value.push('\t'),
            control if control.is_ascii_control() => {
                return Err(WriteError::Text {
                    format: FORMAT,
                    field,
                    text: text.to_owned(),
                    expected: "no control characters but tabs and line breaks",
                });
            }
            other => value.push(other),
        }
    }
    Ok(value)
}

/// Long lines go on behind a break and a blank, which counts; no character is cut in two.
fn fold(line: &str, text: &mut String) {
    let mut octets = 0;
    for character in line.chars() {
        if octets + character.len_utf8() > LINE_OCTETS {
            text.push_str("\r\n ");
            octets = 1;
        }
        text.push(character);
        octets += character.len_utf8();
    }
    text.push_str("\r\n");
}
