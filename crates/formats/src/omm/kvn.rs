use std::borrow::Cow;

use orbit::ElementSet;
use timeline::Finding;

use super::elements::{Field, element_set, has_unit};
use crate::kvn::{self, Item};
use crate::read::Read;
use crate::source::{Source, shown};

/// A message that is being read.
struct Message<'a> {
    start: usize,
    fields: Vec<Field<'a>>,
    /// Lines that are no `KEY = value`; with any of them the message is not trusted.
    faults: Vec<Finding>,
}

/// Reads keyword-value messages one behind the other, each beginning with `CCSDS_OMM_VERS`.
#[must_use]
pub fn read_kvn(file: &str, text: &str) -> Read<ElementSet> {
    let source = Source::new(file, text);
    let mut messages: Vec<Message<'_>> = Vec::new();
    for line in kvn::lines(source.text) {
        if let Item::Pair { key: "CCSDS_OMM_VERS", .. } = line.item {
            messages.push(Message { start: line.offset, fields: Vec::new(), faults: Vec::new() });
            continue;
        }
        let Some(message) = messages.last_mut() else {
            if matches!(line.item, Item::Comment(_)) {
                continue;
            }
            let fault = "expected `CCSDS_OMM_VERS = 2.0` before everything else";
            return Read::refused(source.must("kvn-syntax", line.offset, fault));
        };
        match line.item {
            Item::Comment(_) => {}
            Item::Pair { key, value, value_offset } => {
                let (value, unit) = if has_unit(key) { kvn::split_unit(value) } else { (value, None) };
                message.fields.push(Field {
                    key: Cow::Borrowed(key),
                    value: Cow::Borrowed(value),
                    unit: unit.map(Cow::Borrowed),
                    offset: value_offset,
                });
            }
            Item::Other(found) => {
                let fault = format!("expected KEY = value, found {}", shown(found));
                message.faults.push(source.must("kvn-syntax", line.offset, fault));
            }
        }
    }
    let mut read = Read { records: Vec::new(), findings: Vec::new() };
    for message in messages {
        if message.faults.is_empty() {
            let set = element_set(&source, &message.fields, message.start, &mut read.findings);
            read.records.extend(set);
        } else {
            read.findings.extend(message.faults);
        }
    }
    read
}
