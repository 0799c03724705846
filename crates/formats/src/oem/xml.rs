use glam::DVec3;
use timeline::{Finding, Time};

use super::draft::{self, Draft, Faults, Row};
use super::metadata::{Pair, metadata};
use super::{Oem, Segment};
use crate::epoch::{self, TimeSystem};
use crate::header::Header;
use crate::number;
use crate::read::Read;
use crate::source::{Source, shown};
use crate::words::{comment_fault, word_fault};
use crate::xml::{Element, Node, Nodes};

/// Reads `<oem>` messages, alone or inside of `<ndm>`. A message with a `Must` finding is left out.
#[must_use]
pub fn read_xml(file: &str, text: &str) -> Read<Oem> {
    let source = Source::new(file, text);
    let mut nodes = Nodes::new(&source);
    let mut read = Read { records: Vec::new(), findings: Vec::new() };
    loop {
        match nodes.next() {
            Ok(Some(Node::Open(element))) if element.name == "oem" => {
                let mut faults = Faults::new(&source);
                let (oem, stop) = match message(&mut nodes, element, &mut faults) {
                    Ok(oem) => (oem, None),
                    Err(stop) => (None, Some(stop)),
                };
                let (accepted, findings) = faults.judge(oem, element.offset);
                read.findings.extend(findings);
                match stop {
                    None => read.records.extend(accepted),
                    Some(stop) => {
                        read.findings.push(*stop);
                        return read;
                    }
                }
            }
            Ok(Some(Node::Open(element) | Node::Leaf(element, _))) if element.name != "ndm" => {
                let message = format!("expected <oem>, found <{}>", element.name);
                read.findings.push(source.must("oem-missing", element.offset, message));
                return read;
            }
            Ok(Some(_)) => {}
            Ok(None) => return read,
            Err(stop) => {
                read.findings.push(*stop);
                return read;
            }
        }
    }
}

/// Why reading cannot go on: the text is not well-formed.
type Stop = Box<Finding>;

/// One message up to its end tag, or nothing and at least one `Must` finding.
fn message<'a>(
    nodes: &mut Nodes<'a>,
    oem: Element<'a>,
    faults: &mut Faults<'_>,
) -> Result<Option<Oem>, Stop> {
    draft::check_version(oem.attribute("version"), oem.offset, faults);
    let mut header = None;
    let mut segments = Vec::new();
    while let Some(node) = nodes.next()? {
        match node {
            Node::Open(element) if element.name == "header" && header.is_none() => {
                header = Some(read_header(nodes, element, faults)?);
            }
            Node::Open(element) if element.name == "body" => {}
            Node::Open(element) if element.name == "segment" => {
                segments.extend(segment(nodes, element, faults)?);
            }
            Node::Close("oem") => break,
            Node::Close(_) => {}
            node => refuse(nodes, &node, "oem", faults)?,
        }
    }
    if header.is_none() {
        faults.must("oem-missing", oem.offset, "expected <header>, found none");
    }
    if segments.is_empty() {
        faults.must("oem-missing", oem.offset, "expected a <segment> that can be read, found none");
    }
    draft::check_succession(&segments, oem.offset, faults);
    Ok(header.map(|header| Oem { header, segments }))
}

/// Refuses a node that has no place in its parent, and passes over what it holds.
fn refuse(nodes: &mut Nodes<'_>, node: &Node<'_>, parent: &str, faults: &mut Faults<'_>) -> Result<(), Stop> {
    let (Node::Open(element) | Node::Leaf(element, _)) = node else { return Ok(()) };
    faults.must("oem-keyword", element.offset, format!("<{}> has no place in <{parent}>", element.name));
    if matches!(node, Node::Open(_)) { skip(nodes) } else { Ok(()) }
}

fn read_header(nodes: &mut Nodes<'_>, start: Element<'_>, faults: &mut Faults<'_>) -> Result<Header, Stop> {
    let (mut comments, mut created, mut originator) = (Vec::new(), None, None);
    while let Some(node) = nodes.next()? {
        match node {
            Node::Leaf(element, text) => match element.name {
                "COMMENT" => comments.push(comment(element, &text, faults)),
                "CREATION_DATE" if created.is_none() => {
                    created = time(element, &text, TimeSystem::Utc, faults);
                }
                "ORIGINATOR" if originator.is_none() => match word_fault(text.trim()) {
                    None => originator = Some(text.trim().to_owned()),
                    Some(expected) => {
                        let message = format!("{expected} as ORIGINATOR, found {}", shown(&text));
                        faults.must("oem-value", element.content, message);
                    }
                },
                "MESSAGE_ID" | "CLASSIFICATION" => {
                    faults.info("oem-keyword", element.offset, format!("{} is not read", element.name));
                }
                _ => refuse(nodes, &Node::Leaf(element, text), "header", faults)?,
            },
            Node::Close(_) => break,
            node @ Node::Open(_) => refuse(nodes, &node, "header", faults)?,
        }
    }
    Ok(draft::header(comments, created, originator, start.offset, faults))
}

fn segment<'a>(
    nodes: &mut Nodes<'a>,
    start: Element<'a>,
    faults: &mut Faults<'_>,
) -> Result<Option<Segment>, Stop> {
    let mut draft = Draft::new(start.offset);
    while let Some(node) = nodes.next()? {
        match node {
            Node::Open(element) if element.name == "metadata" && draft.metadata.is_none() => {
                draft.metadata = read_metadata(nodes, element, faults)?;
                if draft.metadata.is_none() {
                    // Without its clock and frame no state can be understood; the fault has been told.
                    skip(nodes)?;
                    return Ok(None);
                }
            }
            Node::Open(element) if element.name == "data" => data(nodes, element, &mut draft, faults)?,
            Node::Close(_) => break,
            node => refuse(nodes, &node, "segment", faults)?,
        }
    }
    Ok(draft.finish(faults))
}

/// Passes over everything up to the end of the innermost open element.
fn skip(nodes: &mut Nodes<'_>) -> Result<(), Stop> {
    let mut depth = 1;
    while depth > 0 {
        match nodes.next()? {
            Some(Node::Open(_)) => depth += 1,
            Some(Node::Close(_)) => depth -= 1,
            Some(Node::Leaf(..)) => {}
            None => break,
        }
    }
    Ok(())
}

fn read_metadata<'a>(
    nodes: &mut Nodes<'a>,
    start: Element<'a>,
    faults: &mut Faults<'_>,
) -> Result<Option<(super::Metadata, super::metadata::FrameTag)>, Stop> {
    let (mut pairs, mut comments) = (Vec::new(), Vec::new());
    while let Some(node) = nodes.next()? {
        match node {
            Node::Leaf(element, text) if element.name == "COMMENT" => {
                comments.push(comment(element, &text, faults));
            }
            Node::Leaf(element, text) => pairs.push(Pair {
                key: element.name.to_owned(),
                value: text.trim().to_owned(),
                offset: element.content,
            }),
            Node::Close(_) => break,
            node @ Node::Open(_) => refuse(nodes, &node, "metadata", faults)?,
        }
    }
    Ok(metadata(&pairs, comments, start.offset, faults))
}

fn data<'a>(
    nodes: &mut Nodes<'a>,
    start: Element<'a>,
    draft: &mut Draft,
    faults: &mut Faults<'_>,
) -> Result<(), Stop> {
    let system = draft.metadata.as_ref().map(|(metadata, _)| metadata.time_system);
    let Some(system) = system else {
        faults.must("oem-missing", start.offset, "expected <metadata> before <data>, found none");
        return skip(nodes);
    };
    let mut covariances = 0;
    while let Some(node) = nodes.next()? {
        match node {
            Node::Open(element) if element.name == "stateVector" => {
                if let Some(row) = state(nodes, element, system, faults)? {
                    draft.push(row, element.offset, faults);
                }
            }
            Node::Open(element) if element.name == "covarianceMatrix" => {
                if covariances == 0 {
                    faults.info("oem-covariance", element.offset, "covariance is not read");
                }
                covariances += 1;
                skip(nodes)?;
            }
            Node::Leaf(element, text) if element.name == "COMMENT" => {
                let text = comment(element, &text, faults);
                draft.comments.push((element.content, text));
            }
            Node::Close(_) => break,
            node => refuse(nodes, &node, "data", faults)?,
        }
    }
    Ok(())
}

const COMPONENTS: [(&str, &str); 6] =
    [("X", "km"), ("Y", "km"), ("Z", "km"), ("X_DOT", "km/s"), ("Y_DOT", "km/s"), ("Z_DOT", "km/s")];

/// A state vector, or nothing and at least one `Must` finding.
fn state(
    nodes: &mut Nodes<'_>,
    start: Element<'_>,
    system: TimeSystem,
    faults: &mut Faults<'_>,
) -> Result<Option<Row>, Stop> {
    let mut when = None;
    let mut components = [None; 6];
    let mut refused = false;
    while let Some(node) = nodes.next()? {
        match node {
            Node::Leaf(element, text) if element.name == "EPOCH" => {
                refused |= when.is_some();
                when = time(element, &text, system, faults);
            }
            Node::Leaf(element, text) => {
                match COMPONENTS.iter().position(|(name, _)| *name == element.name) {
                    Some(index) => {
                        refused |= components[index].is_some();
                        components[index] = component(element, &text, COMPONENTS[index].1, faults);
                    }
                    None if matches!(element.name, "X_DDOT" | "Y_DDOT" | "Z_DDOT") => {
                        faults.info("oem-acceleration", element.offset, "acceleration is not read");
                    }
                    None => refuse(nodes, &Node::Leaf(element, text), "stateVector", faults)?,
                }
            }
            Node::Close(_) => break,
            node @ Node::Open(_) => refuse(nodes, &node, "stateVector", faults)?,
        }
    }
    if refused {
        faults.must("oem-repeated", start.offset, "a component stands twice in this state");
    }
    let (Some(time), [Some(x), Some(y), Some(z), Some(dx), Some(dy), Some(dz)]) = (when, components) else {
        let message = "expected a state of EPOCH, X, Y, Z, X_DOT, Y_DOT and Z_DOT, found it incomplete";
        faults.must("oem-state", start.offset, message);
        return Ok(None);
    };
    Ok(Some(Row { time, position_km: DVec3::new(x, y, z), velocity_km_s: DVec3::new(dx, dy, dz) }))
}

fn component(element: Element<'_>, text: &str, unit: &str, faults: &mut Faults<'_>) -> Option<f64> {
    if let Some(found) = element.attribute("units").filter(|found| *found != unit) {
        let message = format!("expected {} in {unit}, found {}", element.name, shown(found));
        faults.must("oem-unit", element.offset, message);
        return None;
    }
    let value = number::read(text.trim());
    if value.is_none() {
        let message = format!("expected {} as a finite number, found {}", element.name, shown(text));
        faults.must("oem-value", element.content, message);
    }
    value
}

fn time(element: Element<'_>, text: &str, system: TimeSystem, faults: &mut Faults<'_>) -> Option<Time> {
    let time = epoch::read(text.trim(), system);
    if let Err(error) = &time {
        let message = format!("expected {} as 2026-05-30T12:00:00: {error}", element.name);
        faults.must("oem-value", element.content, message);
    }
    time.ok()
}

fn comment(element: Element<'_>, text: &str, faults: &mut Faults<'_>) -> String {
    if let Some(expected) = comment_fault(text) {
        faults.must("oem-text", element.content, expected);
    }
    text.to_owned()
}
