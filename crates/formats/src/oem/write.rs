use std::fmt::Write as _;

use orbit::{Frame, State};
use quick_xml::escape::escape;
use timeline::Time;

use super::metadata::is_itrf;
use super::{Metadata, Oem, Segment, States};
use crate::epoch::{self, TimeSystem};
use crate::error::WriteError;
use crate::number;
use crate::words::{comment_fault, word_fault};

/// The version of the messages that are written (CCSDS 502.0-B-2).
const VERSION: &str = "2.0";

/// Writes a keyword-value message; every number has all its digits, so that reading gives the same message.
///
/// # Errors
/// When a text has control characters, a segment has no states, or states are not finite and in order of time.
pub fn write_kvn(oem: &Oem) -> Result<String, WriteError> {
    check(oem)?;
    let mut text = format!("CCSDS_OEM_VERS = {VERSION}\n");
    push_comments_kvn(&mut text, &oem.header.comments);
    for (key, value) in header_pairs(oem) {
        text.push_str(&format!("{key} = {value}\n"));
    }
    for segment in &oem.segments {
        text.push_str("\nMETA_START\n");
        push_comments_kvn(&mut text, &segment.metadata.comments);
        for (key, value) in metadata_pairs(segment) {
            text.push_str(&format!("{key} = {value}\n"));
        }
        text.push_str("META_STOP\n\n");
        push_comments_kvn(&mut text, &segment.comments);
        for_each_state(segment, |time, values| {
            text.push_str(time);
            for value in values {
                text.push(' ');
                text.push_str(&number::write(value));
            }
            text.push('\n');
        });
    }
    Ok(text)
}

/// Writes one XML message; every number has all its digits, so that reading gives the same message.
///
/// # Errors
/// As [`write_kvn`].
pub fn write_xml(oem: &Oem) -> Result<String, WriteError> {
    check(oem)?;
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ndm>\n<oem id=\"CCSDS_OEM_VERS\" version=\"{VERSION}\">\n<header>\n"
    );
    push_comments_xml(&mut text, &oem.header.comments);
    push_leaves(&mut text, header_pairs(oem));
    text.push_str("</header>\n<body>\n");
    for segment in &oem.segments {
        text.push_str("<segment>\n<metadata>\n");
        push_comments_xml(&mut text, &segment.metadata.comments);
        push_leaves(&mut text, metadata_pairs(segment));
        text.push_str("</metadata>\n<data>\n");
        push_comments_xml(&mut text, &segment.comments);
        for_each_state(segment, |time, values| push_state_xml(&mut text, time, values));
        text.push_str("</data>\n</segment>\n");
    }
    text.push_str("</body>\n</oem>\n</ndm>\n");
    Ok(text)
}

fn push_comments_kvn(text: &mut String, comments: &[String]) {
    for comment in comments {
        text.push_str(&format!("COMMENT {comment}\n"));
    }
}

fn push_comments_xml(text: &mut String, comments: &[String]) {
    push_leaves(text, comments.iter().map(|comment| ("COMMENT", comment.clone())).collect());
}

fn push_leaves(text: &mut String, pairs: Vec<(&'static str, String)>) {
    for (key, value) in pairs {
        text.push_str(&format!("<{key}>{}</{key}>\n", escape(value)));
    }
}

fn push_state_xml(text: &mut String, time: &str, values: [f64; 6]) {
    const TAGS: [(&str, &str); 6] =
        [("X", "km"), ("Y", "km"), ("Z", "km"), ("X_DOT", "km/s"), ("Y_DOT", "km/s"), ("Z_DOT", "km/s")];
    // Writing into a `String` cannot fail.
    let _ = write!(text, "<stateVector><EPOCH>{time}</EPOCH>");
    for ((tag, unit), value) in TAGS.into_iter().zip(values) {
        let _ = write!(text, "<{tag} units=\"{unit}\">{}</{tag}>", number::write(value));
    }
    text.push_str("</stateVector>\n");
}

fn header_pairs(oem: &Oem) -> Vec<(&'static str, String)> {
    vec![
        ("CREATION_DATE", epoch::write(oem.header.created, TimeSystem::Utc)),
        ("ORIGINATOR", oem.header.originator.clone()),
    ]
}

fn metadata_pairs(segment: &Segment) -> Vec<(&'static str, String)> {
    let metadata = &segment.metadata;
    let time = |time: Time| epoch::write(time, metadata.time_system);
    let mut pairs = vec![
        ("OBJECT_NAME", metadata.object_name.clone()),
        ("OBJECT_ID", metadata.object_id.clone()),
        ("CENTER_NAME", "EARTH".to_owned()),
        ("REF_FRAME", segment.states.frame_name().to_owned()),
        ("TIME_SYSTEM", metadata.time_system.name().to_owned()),
        ("START_TIME", time(metadata.start)),
    ];
    pairs.extend(metadata.useable_start.map(|start| ("USEABLE_START_TIME", time(start))));
    pairs.extend(metadata.useable_stop.map(|stop| ("USEABLE_STOP_TIME", time(stop))));
    pairs.push(("STOP_TIME", time(metadata.stop)));
    if let Some(interpolation) = &metadata.interpolation {
        pairs.push(("INTERPOLATION", interpolation.method.clone()));
        pairs.extend(interpolation.degree.map(|degree| ("INTERPOLATION_DEGREE", degree.to_string())));
    }
    pairs
}

/// Calls `tell` with the time text and the six numbers of each state.
fn for_each_state(segment: &Segment, mut tell: impl FnMut(&str, [f64; 6])) {
    fn all<F: Frame>(states: &[State<F>], system: TimeSystem, tell: &mut impl FnMut(&str, [f64; 6])) {
        for state in states {
            let (r, v) = (state.position_km, state.velocity_km_s);
            tell(&epoch::write(state.time, system), [r.x, r.y, r.z, v.x, v.y, v.z]);
        }
    }
    let system = segment.metadata.time_system;
    match &segment.states {
        States::Eme2000(states) => all(states, system, &mut tell),
        States::Gcrf(states) => all(states, system, &mut tell),
        States::Teme(states) => all(states, system, &mut tell),
        States::Itrf { states, .. } => all(states, system, &mut tell),
    }
}

fn check(oem: &Oem) -> Result<(), WriteError> {
    check_word("ORIGINATOR", &oem.header.originator)?;
    check_comments(&oem.header.comments)?;
    check_time("CREATION_DATE", oem.header.created, "the header")?;
    if oem.segments.is_empty() {
        return Err(refused("segments", "none", "the message", "at least one"));
    }
    for segment in &oem.segments {
        check_metadata(&segment.metadata)?;
        check_comments(&segment.comments)?;
        check_states(segment)?;
    }
    Ok(())
}

fn check_metadata(metadata: &Metadata) -> Result<(), WriteError> {
    check_comments(&metadata.comments)?;
    check_word("OBJECT_NAME", &metadata.object_name)?;
    check_word("OBJECT_ID", &metadata.object_id)?;
    if let Some(interpolation) = &metadata.interpolation {
        check_word("INTERPOLATION", &interpolation.method)?;
    }
    let times = [Some(metadata.start), metadata.useable_start, metadata.useable_stop, Some(metadata.stop)];
    for time in times.into_iter().flatten() {
        check_time("START_TIME to STOP_TIME", time, &metadata.object_name)?;
    }
    if metadata.stop < metadata.start {
        let (value, object) = (metadata.stop.to_string(), &metadata.object_name);
        return Err(refused("STOP_TIME", &value, object, "not before START_TIME"));
    }
    Ok(())
}

fn check_states(segment: &Segment) -> Result<(), WriteError> {
    let object = &segment.metadata.object_name;
    if let States::Itrf { realisation, .. } = &segment.states
        && !is_itrf(realisation)
    {
        return Err(refused("REF_FRAME", realisation, object, "ITRF and perhaps a year"));
    }
    fn faulty<F: Frame>(states: &[State<F>]) -> Option<Time> {
        let finite = |state: &State<F>| state.position_km.is_finite() && state.velocity_km_s.is_finite();
        let in_order = |pair: &[State<F>]| pair[0].time < pair[1].time;
        let not_finite = states.iter().find(|state| !finite(state));
        let out_of_order = states.windows(2).find(|pair| !in_order(pair)).map(|pair| &pair[1]);
        not_finite.or(out_of_order).map(|state| state.time)
    }
    let faulty = match &segment.states {
        States::Eme2000(states) => faulty(states),
        States::Gcrf(states) => faulty(states),
        States::Teme(states) => faulty(states),
        States::Itrf { states, .. } => faulty(states),
    };
    if let Some(time) = faulty {
        return Err(refused("state", &time.to_string(), object, "finite numbers, times ascending"));
    }
    if segment.states.is_empty() {
        return Err(refused("states", "none", object, "at least one"));
    }
    for_each_end(&segment.states, |time| check_time("EPOCH", time, object))
}

/// Asks `check` for the first and the last state's time; those between are in order.
fn for_each_end(states: &States, check: impl Fn(Time) -> Result<(), WriteError>) -> Result<(), WriteError> {
    let ends = match states {
        States::Eme2000(states) => [states.first().map(|s| s.time), states.last().map(|s| s.time)],
        States::Gcrf(states) => [states.first().map(|s| s.time), states.last().map(|s| s.time)],
        States::Teme(states) => [states.first().map(|s| s.time), states.last().map(|s| s.time)],
        States::Itrf { states, .. } => [states.first().map(|s| s.time), states.last().map(|s| s.time)],
    };
    ends.into_iter().flatten().try_for_each(check)
}

fn check_word(field: &'static str, text: &str) -> Result<(), WriteError> {
    match word_fault(text) {
        Some(expected) => Err(WriteError::Text { format: "OEM", field, text: text.to_owned(), expected }),
        None => Ok(()),
    }
}

fn check_comments(comments: &[String]) -> Result<(), WriteError> {
    for comment in comments {
        if let Some(expected) = comment_fault(comment) {
            return Err(WriteError::Text {
                format: "OEM",
                field: "COMMENT",
                text: comment.clone(),
                expected,
            });
        }
    }
    Ok(())
}

fn check_time(field: &'static str, time: Time, object: &str) -> Result<(), WriteError> {
    if epoch::can_be_written(time) {
        return Ok(());
    }
    Err(refused(field, &time.to_string(), object, "in the years 1708 to 2291"))
}

fn refused(field: &'static str, value: &str, object: &str, expected: &'static str) -> WriteError {
    WriteError::Range { format: "OEM", field, value: value.to_owned(), object: object.to_owned(), expected }
}
