//! From a message, or a book, to a source of states.

use book::{Book, OrientationDay, TableKind};
use formats::Read;
use formats::oem::{Metadata, Oem, States};
use orbit::{
    Archive, EarthOrientation, ElementSet, Frame, OrientationQuality, OrientationRow, Segment, Sgp4, State,
    Tabulated,
};
use timeline::{Duration, Finding, Severity, Time};

use crate::SkyError;
use crate::sky::Origin;

/// A set answers this far from its epoch. The place along the orbit is lost long before, and then not shown.
const REACH: Duration = Duration::from_nanoseconds(1_000 * Duration::DAY.nanoseconds());

/// A message that somebody has read from somewhere.
#[derive(Clone, Copy, Debug)]
pub struct Text<'a> {
    /// What it is called: its file.
    pub name: &'a str,
    /// What it is.
    pub message: Message,
    /// What stands in it.
    pub text: &'a str,
}

/// What a message says of an orbit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Message {
    /// A trajectory: CCSDS OEM, KVN or XML.
    Trajectory,
    /// Element sets: TLE, or CCSDS OMM in any form.
    Elements,
}

/// The source that `text` is.
pub(crate) fn of_text(
    book: &Book,
    text: &Text<'_>,
    orientation: &EarthOrientation,
) -> Result<Origin, SkyError> {
    match text.message {
        Message::Trajectory => {
            let read = formats::read_ephemeris(text.name, text.text);
            let messages = accepted(read, text.name, "a trajectory (OEM)")?;
            Ok(Origin::Trajectory(trajectory(&messages, book, text.name, orientation)?))
        }
        Message::Elements => {
            let read = formats::read_elements(text.name, text.text);
            let sets = accepted(read, text.name, "element sets (TLE or OMM)")?;
            Ok(Origin::Elements(archive(text.name, of_station(sets, book, text.name)?)?))
        }
    }
}

/// The element sets of the book, with what they are called.
pub(crate) fn of_book(book: &Book) -> Result<(Origin, String), SkyError> {
    let name = format!("book {}", book.about.id);
    if book.element_sets.is_empty() {
        return Err(SkyError::NoElements(name));
    }
    Ok((Origin::Elements(archive(&name, book.element_sets.clone())?), name))
}

/// The trajectory of the one object of a message, or of the book's station where a message has several.
fn trajectory(
    messages: &[Oem],
    book: &Book,
    file: &str,
    orientation: &EarthOrientation,
) -> Result<Tabulated, SkyError> {
    let all: Vec<&formats::oem::Segment> = messages.iter().flat_map(|message| &message.segments).collect();
    let plain = |id: &str| id.replace('-', "");
    let several = all.iter().any(|segment| segment.metadata.object_id != all[0].metadata.object_id);
    let ours = plain(&book.about.international_designator);
    let wanted = |segment: &&&formats::oem::Segment| !several || plain(&segment.metadata.object_id) == ours;
    let chosen: Vec<&formats::oem::Segment> = all.iter().filter(wanted).copied().collect();
    if chosen.is_empty() {
        return Err(SkyError::OtherObjects(file.to_owned()));
    }
    let segments: Vec<Segment> = chosen
        .into_iter()
        .map(|segment| match &segment.states {
            States::Eme2000(states) => Segment::of_eme2000(useable(states, &segment.metadata)),
            States::Gcrf(states) => Segment::of_gcrf(useable(states, &segment.metadata)),
            States::Teme(states) => Segment::of_teme(useable(states, &segment.metadata).to_vec()),
            States::Itrf { states, .. } => Segment::of_itrf(useable(states, &segment.metadata), orientation),
        })
        .collect();
    // The oldest message of a file says how old what it holds may be.
    let issued = messages.iter().map(|message| message.header.created).min().unwrap_or(Time::MIN);
    Ok(Tabulated::new(file, issued, &segments)?)
}

/// The archive of the sets; beyond its reach a position would be worse than none.
pub(crate) fn archive(name: &str, sets: Vec<ElementSet>) -> Result<Archive, SkyError> {
    let theories = sets.into_iter().map(Sgp4::new).collect::<Result<Vec<_>, _>>()?;
    Ok(Archive::new(name, theories, REACH)?)
}

pub(crate) fn orientation(book: &Book) -> Result<EarthOrientation, SkyError> {
    let row = |day: &OrientationDay| OrientationRow {
        time: day.date,
        x_arcsec: day.x_arcsec,
        y_arcsec: day.y_arcsec,
        ut1_utc_s: day.ut1_utc_s,
        // Far predictions leave the pole's small offsets out; they are below a centimetre on the ground.
        dx_mas: day.dx_mas.unwrap_or(0.0),
        dy_mas: day.dy_mas.unwrap_or(0.0),
        quality: match day.kind {
            TableKind::Observed => OrientationQuality::Observed,
            TableKind::Predicted => OrientationQuality::Predicted,
        },
    };
    let rows: Vec<OrientationRow> = book.earth_orientation.iter().map(row).collect();
    Ok(EarthOrientation::new(&rows)?)
}

/// The states between which the maker of a trajectory lets others interpolate.
fn useable<'a, F: Frame>(states: &'a [State<F>], metadata: &Metadata) -> &'a [State<F>] {
    let from = metadata.useable_start.unwrap_or(Time::MIN);
    let to = metadata.useable_stop.unwrap_or(Time::MAX);
    let first = states.partition_point(|state| state.time < from);
    let after = states.partition_point(|state| state.time <= to);
    &states[first..after.max(first)]
}

/// The records of `file`, or an error that says where it is damaged.
fn accepted<T>(read: Read<T>, file: &str, expected: &'static str) -> Result<Vec<T>, SkyError> {
    let damage: Vec<String> = read
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Must)
        .map(Finding::to_string)
        .collect();
    if !damage.is_empty() {
        const SHOWN: usize = 5;
        let more = damage.len().saturating_sub(SHOWN);
        let mut text = damage.into_iter().take(SHOWN).collect::<Vec<_>>().join("\n  ");
        if more > 0 {
            text += &format!("\n  and {more} more faults");
        }
        return Err(SkyError::Damaged(text));
    }
    if read.records.is_empty() {
        return Err(SkyError::Empty { name: file.to_owned(), expected });
    }
    Ok(read.records)
}

/// The sets of the book's station when the file holds several objects, else all of them.
fn of_station(sets: Vec<ElementSet>, book: &Book, file: &str) -> Result<Vec<ElementSet>, SkyError> {
    let first = sets[0].catalogue_number;
    if sets.iter().all(|set| set.catalogue_number == first) {
        return Ok(sets);
    }
    let ours: Vec<ElementSet> =
        sets.into_iter().filter(|set| Some(set.catalogue_number) == book.about.catalogue_number).collect();
    if ours.is_empty() { Err(SkyError::OtherObjects(file.to_owned())) } else { Ok(ours) }
}
