use glam::DVec3;

use super::draft::{self, Draft, Faults, Row};
use super::metadata::{Pair, metadata};
use super::{Oem, Segment};
use crate::epoch::{self, TimeSystem};
use crate::kvn::{self, Item, Line};
use crate::number;
use crate::read::Read;
use crate::source::{Source, shown};
use crate::words::{comment_fault, word_fault};

/// Reads one keyword-value message, or several one behind the other, each beginning with `CCSDS_OEM_VERS`.
///
/// A message with a `Must` finding is left out.
#[must_use]
pub fn read_kvn(file: &str, text: &str) -> Read<Oem> {
    let source = Source::new(file, text);
    let mut read = Read { records: Vec::new(), findings: Vec::new() };
    let mut lines = kvn::lines(source.text).peekable();
    while let Some(first) = lines.next() {
        let Item::Pair { key: "CCSDS_OEM_VERS", value, .. } = first.item else {
            let message = "expected `CCSDS_OEM_VERS = 2.0` before everything else";
            read.findings.push(source.must("kvn-syntax", first.offset, message));
            return read;
        };
        let mut message = Message::new(&source, first.offset);
        draft::check_version(Some(value), first.offset, &mut message.faults);
        while let Some(line) = lines.next_if(|line| !begins_message(line)) {
            message.take(&line);
        }
        let (oem, findings) = message.finish();
        read.records.extend(oem);
        read.findings.extend(findings);
    }
    if read.records.is_empty() && read.findings.is_empty() {
        read.findings.push(source.must("oem-missing", 0, "expected a message, found no line"));
    }
    read
}

fn begins_message(line: &Line<'_>) -> bool {
    matches!(line.item, Item::Pair { key: "CCSDS_OEM_VERS", .. })
}

/// The part of a message that a line stands in.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    Header,
    Metadata,
    /// States; none is understood when the metadata before them was refused.
    Data,
    Covariance,
}

struct Message<'a> {
    faults: Faults<'a>,
    start: usize,
    section: Section,
    header_comments: Vec<String>,
    created: Option<timeline::Time>,
    originator: Option<String>,
    pairs: Vec<Pair>,
    metadata_comments: Vec<String>,
    draft: Option<Draft>,
    segments: Vec<Segment>,
}

impl<'a> Message<'a> {
    fn new(source: &'a Source<'a>, start: usize) -> Self {
        Self {
            faults: Faults::new(source),
            start,
            section: Section::Header,
            header_comments: Vec::new(),
            created: None,
            originator: None,
            pairs: Vec::new(),
            metadata_comments: Vec::new(),
            draft: None,
            segments: Vec::new(),
        }
    }

    fn take(&mut self, line: &Line<'_>) {
        match (&line.item, self.section) {
            (Item::Comment(text), _) => self.comment(text, line.offset),
            (Item::Other("META_START"), Section::Header | Section::Data) => self.begin_segment(line.offset),
            (Item::Other("META_STOP"), Section::Metadata) => self.begin_data(line.offset),
            (Item::Other("COVARIANCE_START"), Section::Data) => {
                self.faults.info("oem-covariance", line.offset, "covariance is not read");
                self.section = Section::Covariance;
            }
            (Item::Other("COVARIANCE_STOP"), Section::Covariance) => self.section = Section::Data,
            (_, Section::Covariance) => {}
            (&Item::Pair { key, value, value_offset, .. }, Section::Header) => {
                self.header(key, value, value_offset);
            }
            (&Item::Pair { key, value, value_offset, .. }, Section::Metadata) => {
                self.pairs.push(Pair { key: key.to_owned(), value: value.to_owned(), offset: value_offset });
            }
            (Item::Other(text), Section::Data) => self.state(text, line.offset),
            (Item::Other(text), _) => {
                let message = format!("{} has no place here", shown(text));
                self.faults.must("kvn-syntax", line.offset, message);
            }
            (Item::Pair { key, .. }, Section::Data) => {
                let message = format!("expected a state, found the keyword {}", shown(key));
                self.faults.must("kvn-syntax", line.offset, message);
            }
        }
    }

    fn comment(&mut self, text: &str, offset: usize) {
        if let Some(expected) = comment_fault(text) {
            self.faults.must("oem-text", offset, expected);
        }
        match (self.section, &mut self.draft) {
            (Section::Header, _) => self.header_comments.push(text.to_owned()),
            (Section::Metadata, _) => self.metadata_comments.push(text.to_owned()),
            (Section::Data, Some(draft)) => draft.comments.push((offset, text.to_owned())),
            _ => {}
        }
    }

    fn header(&mut self, key: &str, value: &str, offset: usize) {
        let faults = &mut self.faults;
        match key {
            "CREATION_DATE" | "ORIGINATOR" if value.is_empty() => {
                faults.must("oem-value", offset, format!("expected {key} with a value, found none"));
            }
            "CREATION_DATE" if self.created.is_none() => match epoch::read(value, TimeSystem::Utc) {
                Ok(time) => self.created = Some(time),
                Err(error) => {
                    let message = format!("expected CREATION_DATE as 2026-05-30T12:00:00: {error}");
                    faults.must("oem-value", offset, message);
                }
            },
            "ORIGINATOR" if self.originator.is_none() => match word_fault(value) {
                None => self.originator = Some(value.to_owned()),
                Some(expected) => {
                    let message = format!("{expected} as ORIGINATOR, found {}", shown(value));
                    faults.must("oem-value", offset, message);
                }
            },
            "CREATION_DATE" | "ORIGINATOR" => {
                faults.must("oem-repeated", offset, format!("{key} stands twice"));
            }
            "MESSAGE_ID" | "CLASSIFICATION" => {
                faults.info("oem-keyword", offset, format!("{key} is not read"));
            }
            _ => faults.must("oem-keyword", offset, format!("{} has no place in the header", shown(key))),
        }
    }

    fn begin_segment(&mut self, offset: usize) {
        self.end_segment();
        self.section = Section::Metadata;
        self.draft = Some(Draft::new(offset));
    }

    fn begin_data(&mut self, offset: usize) {
        self.section = Section::Data;
        let comments = std::mem::take(&mut self.metadata_comments);
        let pairs = std::mem::take(&mut self.pairs);
        let start = self.draft.as_ref().map_or(offset, |draft| draft.start);
        let metadata = metadata(&pairs, comments, start, &mut self.faults);
        match (&mut self.draft, metadata) {
            (Some(draft), Some(metadata)) => draft.metadata = Some(metadata),
            // Without its clock and frame no state can be understood; the fault has been told.
            _ => self.draft = None,
        }
    }

    fn end_segment(&mut self) {
        if let Some(draft) = self.draft.take() {
            self.segments.extend(draft.finish(&mut self.faults));
        }
    }

    /// `2022-045T12:00:00.000 x y z x_dot y_dot z_dot`, perhaps with three accelerations behind.
    fn state(&mut self, text: &str, offset: usize) {
        let Some(draft) = &mut self.draft else { return };
        let Some(system) = draft.metadata.as_ref().map(|(metadata, _)| metadata.time_system) else { return };
        let mut words = text.split_whitespace();
        let time = words.next().map(|word| epoch::read(word, system));
        let values: Vec<Option<f64>> = words.map(number::read).take(10).collect();
        match (time, values.as_slice()) {
            (Some(Ok(time)), &[Some(x), Some(y), Some(z), Some(dx), Some(dy), Some(dz), ref rest @ ..])
                if rest.is_empty() || matches!(rest, [Some(_), Some(_), Some(_)]) =>
            {
                if !rest.is_empty() {
                    self.faults.info("oem-acceleration", offset, "acceleration is not read");
                }
                let row =
                    Row { time, position_km: DVec3::new(x, y, z), velocity_km_s: DVec3::new(dx, dy, dz) };
                draft.push(row, offset, &mut self.faults);
            }
            (Some(Err(error)), _) => {
                self.faults.must("oem-value", offset, format!("expected the time of a state: {error}"));
            }
            _ => {
                let message = format!("expected a time and six finite numbers, found {}", shown(text));
                self.faults.must("oem-state", offset, message);
            }
        }
    }

    fn finish(mut self) -> (Option<Oem>, Vec<timeline::Finding>) {
        if matches!(self.section, Section::Metadata | Section::Covariance) {
            let start = self.draft.as_ref().map_or(self.start, |draft| draft.start);
            let message = "the text ends before META_STOP or COVARIANCE_STOP of this segment";
            self.faults.must("kvn-syntax", start, message);
        }
        self.end_segment();
        let faults = &mut self.faults;
        let header = draft::header(self.header_comments, self.created, self.originator, self.start, faults);
        if self.segments.is_empty() {
            faults.must("oem-missing", self.start, "expected a segment that can be read, found none");
        }
        draft::check_succession(&self.segments, self.start, faults);
        self.faults.judge(Some(Oem { header, segments: self.segments }), self.start)
    }
}
