use std::borrow::Cow;

use orbit::ElementSet;

use super::elements::{Field, element_set};
use crate::read::Read;
use crate::source::Source;
use crate::xml::{Node, Nodes};

/// Reads `<omm>` messages, alone or inside of `<ndm>`.
#[must_use]
pub fn read_xml(file: &str, text: &str) -> Read<ElementSet> {
    let source = Source::new(file, text);
    let mut nodes = Nodes::new(&source);
    let mut read = Read { records: Vec::new(), findings: Vec::new() };
    let mut message: Option<(usize, Vec<Field<'_>>)> = None;
    loop {
        match (nodes.next(), &mut message) {
            (Ok(Some(Node::Open(element))), None) if element.name == "omm" => {
                message = Some((element.offset, Vec::new()));
            }
            (Ok(Some(Node::Open(element))), None) if element.name != "ndm" => {
                let found = format!("expected <omm>, found <{}>", element.name);
                read.findings.push(source.must("omm-missing", element.offset, found));
                return read;
            }
            (Ok(Some(Node::Leaf(element, text))), Some((_, fields))) => fields.push(Field {
                key: Cow::Borrowed(element.name),
                value: trimmed(text),
                unit: element.attribute("units").map(Cow::Borrowed),
                offset: element.content,
            }),
            (Ok(Some(Node::Close("omm"))), Some((start, fields))) => {
                read.records.extend(element_set(&source, fields, *start, &mut read.findings));
                message = None;
            }
            (Ok(Some(_)), _) => {}
            (Ok(None), _) => return read,
            (Err(fault), _) => {
                read.findings.push(*fault);
                return read;
            }
        }
    }
}

fn trimmed(text: Cow<'_, str>) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    }
}
