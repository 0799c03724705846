use glam::DVec3;
use orbit::{Frame, State};
use timeline::{Finding, Severity, Time};

use super::metadata::FrameTag;
use super::{Metadata, Oem, Segment, States, nasa};
use crate::header::Header;
use crate::source::{Source, shown};

/// Most findings of one message; a table with every row damaged says enough with these.
const MOST_FINDINGS: usize = 50;

/// The findings of one message while it is read.
pub(super) struct Faults<'a> {
    pub(super) source: &'a Source<'a>,
    findings: Vec<Finding>,
    left_out: usize,
    refused: bool,
}

impl<'a> Faults<'a> {
    pub(super) fn new(source: &'a Source<'a>) -> Self {
        Self { source, findings: Vec::new(), left_out: 0, refused: false }
    }

    pub(super) fn must(&mut self, rule: &str, offset: usize, message: impl Into<String>) {
        self.refused = true;
        if self.has_room() {
            self.findings.push(self.source.must(rule, offset, message));
        }
    }

    pub(super) fn should(&mut self, rule: &str, offset: usize, message: impl Into<String>) {
        if self.has_room() {
            self.findings.push(self.source.should(rule, offset, message));
        }
    }

    pub(super) fn info(&mut self, rule: &str, offset: usize, message: impl Into<String>) {
        if self.has_room() {
            self.findings.push(self.source.info(rule, offset, message));
        }
    }

    /// The message when nothing in it had to be refused, and all that was found.
    pub(super) fn judge(mut self, oem: Option<Oem>, start: usize) -> (Option<Oem>, Vec<Finding>) {
        if self.left_out > 0 {
            let severity = if self.refused { Severity::Must } else { Severity::Should };
            let message = format!("{} more findings in this message", self.left_out);
            let place = self.source.place(start);
            self.findings.push(Finding::new("oem-more", severity, message).at(place));
        }
        (oem.filter(|_| !self.refused), self.findings)
    }

    fn has_room(&mut self) -> bool {
        let room = self.findings.len() < MOST_FINDINGS;
        self.left_out += usize::from(!room);
        room
    }
}

/// A state before its frame is known to the compiler.
#[derive(Clone, Copy)]
pub(super) struct Row {
    pub(super) time: Time,
    pub(super) position_km: DVec3,
    pub(super) velocity_km_s: DVec3,
}

/// The polar radius of the Earth, km (WGS 84): what is below it is under ground everywhere.
const LOWEST_KM: f64 = 6_356.752;
/// Twice the radius of the Hill sphere of the Earth, km, rounded: farther out nothing stays with it.
const FARTHEST_KM: f64 = 3.0e6;
/// Above the escape speed at the surface, 11.2 km/s.
const FASTEST_KM_S: f64 = 12.0;

/// A segment while it is read.
pub(super) struct Draft {
    pub(super) start: usize,
    pub(super) metadata: Option<(Metadata, FrameTag)>,
    /// Comments of the data section, each with its place.
    pub(super) comments: Vec<(usize, String)>,
    rows: Vec<Row>,
    implausible: usize,
}

impl Draft {
    pub(super) fn new(start: usize) -> Self {
        Self { start, metadata: None, comments: Vec::new(), rows: Vec::new(), implausible: 0 }
    }

    /// Adds a state, whose time must be after the last one's.
    pub(super) fn push(&mut self, row: Row, offset: usize, faults: &mut Faults<'_>) {
        if let Some(last) = self.rows.last().filter(|last| last.time >= row.time) {
            let message = format!("expected a time after {}, found {}", last.time, row.time);
            faults.must("oem-order", offset, message);
        }
        let (distance_km, speed_km_s) = (row.position_km.length(), row.velocity_km_s.length());
        if !(LOWEST_KM..=FARTHEST_KM).contains(&distance_km) || speed_km_s > FASTEST_KM_S {
            self.implausible += 1;
            if self.implausible == 1 {
                let message = format!(
                    "implausible state: {distance_km:.3} km from the centre of the Earth at {speed_km_s:.3} km/s"
                );
                faults.should("oem-implausible", offset, message);
            }
        }
        self.rows.push(row);
    }

    /// The segment, or nothing and at least one `Must` finding.
    pub(super) fn finish(self, faults: &mut Faults<'_>) -> Option<Segment> {
        if self.implausible > 1 {
            let message = format!("{} states of this segment are implausible", self.implausible);
            faults.should("oem-implausible", self.start, message);
        }
        let Some((metadata, frame)) = self.metadata else {
            faults.must("oem-missing", self.start, "expected metadata in this segment, found none");
            return None;
        };
        let (Some(first), Some(last)) = (self.rows.first(), self.rows.last()) else {
            faults.must("oem-missing", self.start, "expected states in this segment, found none");
            return None;
        };
        if first.time < metadata.start || last.time > metadata.stop {
            let message = format!(
                "states from {} to {} lie outside of START_TIME {} to STOP_TIME {}",
                first.time, last.time, metadata.start, metadata.stop
            );
            faults.should("oem-span", self.start, message);
        }
        let (offsets, comments): (Vec<usize>, Vec<String>) = self.comments.into_iter().unzip();
        let segment = Segment { metadata, comments, states: states(frame, &self.rows) };
        for (comment, message) in nasa::faults(&segment) {
            faults.should("oem-comment", offsets[comment], message);
        }
        Some(segment)
    }
}

fn states(frame: FrameTag, rows: &[Row]) -> States {
    fn framed<F: Frame>(rows: &[Row]) -> Vec<State<F>> {
        rows.iter().map(|row| State::new(row.time, row.position_km, row.velocity_km_s)).collect()
    }
    match frame {
        FrameTag::Eme2000 => States::Eme2000(framed(rows)),
        FrameTag::Gcrf => States::Gcrf(framed(rows)),
        FrameTag::Teme => States::Teme(framed(rows)),
        FrameTag::Itrf(realisation) => States::Itrf { realisation, states: framed(rows) },
    }
}

/// The header, whose date and originator must be given.
pub(super) fn header(
    comments: Vec<String>,
    created: Option<Time>,
    originator: Option<String>,
    start: usize,
    faults: &mut Faults<'_>,
) -> Header {
    if created.is_none() {
        faults.must("oem-missing", start, "expected CREATION_DATE, found none in the header");
    }
    if originator.is_none() {
        faults.must("oem-missing", start, "expected ORIGINATOR, found none in the header");
    }
    Header { comments, created: created.unwrap_or(Time::EPOCH), originator: originator.unwrap_or_default() }
}

/// Checks the version of the message.
pub(super) fn check_version(version: Option<&str>, offset: usize, faults: &mut Faults<'_>) {
    match version {
        Some("1.0" | "2.0" | "3.0") => {}
        Some(other) => {
            faults.must(
                "oem-version",
                offset,
                format!("expected version 1.0, 2.0 or 3.0, found {}", shown(other)),
            );
        }
        None => faults.must("oem-version", offset, "expected a version, found none"),
    }
}

/// Segments of one object follow each other: each begins where the one before ends, or later.
pub(super) fn check_succession(segments: &[Segment], start: usize, faults: &mut Faults<'_>) {
    for pair in segments.windows(2) {
        let same = pair[0].metadata.object_id == pair[1].metadata.object_id;
        let ends = pair[0].metadata.useable_stop.unwrap_or(pair[0].metadata.stop);
        let begins = pair[1].metadata.useable_start.unwrap_or(pair[1].metadata.start);
        if same && begins < ends {
            let message = format!("a segment begins at {begins}, before the one before ends at {ends}");
            faults.should("oem-span", start, message);
        }
    }
}
