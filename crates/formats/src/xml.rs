//! The XML of CCSDS navigation messages (CCSDS 505.0-B-3): elements that hold either other elements or one text.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

use crate::source::{Source, shown};
use timeline::Finding;

/// What comes next in a message.
pub(crate) enum Node<'a> {
    /// An element that holds elements begins.
    Open(Element<'a>),
    /// An element that holds text, or nothing.
    Leaf(Element<'a>, Cow<'a, str>),
    /// The innermost open element ends.
    Close(&'a str),
}

/// A start tag.
#[derive(Clone, Copy)]
pub(crate) struct Element<'a> {
    /// The name without namespace prefix.
    pub(crate) name: &'a str,
    /// Everything behind the name in the tag.
    attributes: &'a str,
    /// Where the tag begins.
    pub(crate) offset: usize,
    /// Where its content begins.
    pub(crate) content: usize,
}

impl<'a> Element<'a> {
    /// The value of an attribute, without character references resolved: units and versions have none.
    pub(crate) fn attribute(&self, name: &str) -> Option<&'a str> {
        let mut rest = self.attributes;
        while let Some((key, behind)) = rest.split_once('=') {
            let behind = behind.trim_start();
            let quote = behind.chars().next().filter(|&c| c == '"' || c == '\'')?;
            let (value, next) = behind[1..].split_once(quote)?;
            if key.trim() == name {
                return Some(value.trim());
            }
            rest = next;
        }
        None
    }
}

/// The nodes of a text in order, up to its end or its first fault.
pub(crate) struct Nodes<'a> {
    source: &'a Source<'a>,
    reader: Reader<&'a [u8]>,
    open: Vec<Element<'a>>,
    /// The element whose start tag was read last, while it is not known whether it holds text or elements.
    leaf: Option<(Element<'a>, Cow<'a, str>)>,
    root: Root,
}

#[derive(PartialEq)]
enum Root {
    Ahead,
    Open,
    Closed,
}

/// No message is nested deeper than `ndm/oem/body/segment/data/covarianceMatrix/CX_X`.
const DEEPEST: usize = 16;

impl<'a> Nodes<'a> {
    pub(crate) fn new(source: &'a Source<'a>) -> Self {
        let mut reader = Reader::from_str(source.text);
        reader.config_mut().expand_empty_elements = true;
        // End tags are checked here, where the place of the start tag is known too.
        reader.config_mut().check_end_names = false;
        reader.config_mut().allow_unmatched_ends = true;
        Self { source, reader, open: Vec::new(), leaf: None, root: Root::Ahead }
    }

    /// The next node; nothing at the end of the text.
    ///
    /// # Errors
    /// A `Must` finding when the text is not well-formed; reading cannot go on behind it.
    pub(crate) fn next(&mut self) -> Result<Option<Node<'a>>, Box<Finding>> {
        loop {
            let offset = offset(self.reader.buffer_position());
            let event = self.reader.read_event().map_err(|error| {
                self.fault(
                    self::offset(self.reader.error_position()),
                    format!("not well-formed XML: {error}"),
                )
            })?;
            match event {
                Event::Start(tag) => {
                    let element = self.element(&tag, offset)?;
                    if let Some((parent, text)) = self.leaf.replace((element, Cow::Borrowed(""))) {
                        return self.begin(parent, &text).map(Some);
                    }
                }
                Event::End(tag) => return self.end(tag.local_name().into_inner(), offset).map(Some),
                Event::Text(text) => self.text(offset, text.into_inner())?,
                Event::CData(text) => self.text(offset, text.into_inner())?,
                Event::GeneralRef(reference) => {
                    let text = self.resolve(&reference, offset)?;
                    self.text(offset, text)?;
                }
                Event::DocType(_) => {
                    return Err(self.fault(offset, "a document type has no place in a message"));
                }
                Event::Eof => return self.finish(),
                Event::Empty(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
            }
        }
    }

    fn element(&mut self, tag: &BytesStart<'_>, offset: usize) -> Result<Element<'a>, Box<Finding>> {
        if self.root == Root::Closed {
            return Err(self.fault(offset, "an element behind the end of the message"));
        }
        self.root = Root::Open;
        // The same bytes as in `tag`, but with the life of the text.
        let name_end = offset + 1 + tag.name().as_ref().len();
        let content = self::offset(self.reader.buffer_position());
        let (name, attributes) = self
            .source
            .text
            .get(offset + 1..name_end)
            .zip(self.source.text.get(name_end..content))
            .ok_or_else(|| self.fault(offset, "a tag that cannot be read"))?;
        let name = name.rsplit_once(':').map_or(name, |(_, local)| local);
        let sound =
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
        if !sound {
            return Err(self.fault(offset, format!("expected the name of an element, found {}", shown(name))));
        }
        Ok(Element { name, attributes, offset, content })
    }

    /// An element turned out to hold elements.
    fn begin(&mut self, element: Element<'a>, text: &str) -> Result<Node<'a>, Box<Finding>> {
        if !text.trim().is_empty() {
            return Err(self.stray(element, element.content, text));
        }
        if self.open.len() == DEEPEST {
            return Err(self.fault(element.offset, format!("elements nested deeper than {DEEPEST}")));
        }
        self.open.push(element);
        Ok(Node::Open(element))
    }

    fn end(&mut self, name: &str, offset: usize) -> Result<Node<'a>, Box<Finding>> {
        let (element, text) = match self.leaf.take() {
            Some((element, text)) => (element, Some(text)),
            None => match self.open.pop() {
                Some(element) => (element, None),
                None => return Err(self.fault(offset, format!("</{name}> closes nothing"))),
            },
        };
        if element.name != name {
            let opened = self.source.place(element.offset);
            let message = format!("expected </{}> of line {}, found </{name}>", element.name, opened.line);
            return Err(self.fault(offset, message));
        }
        if self.open.is_empty() {
            self.root = Root::Closed;
        }
        Ok(text.map_or(Node::Close(element.name), |text| Node::Leaf(element, text)))
    }

    fn text(&mut self, offset: usize, text: Cow<'a, str>) -> Result<(), Box<Finding>> {
        match &mut self.leaf {
            Some((_, before)) if before.is_empty() => *before = text,
            Some((_, before)) => before.to_mut().push_str(&text),
            None if text.trim().is_empty() => {}
            None => {
                return Err(match self.open.last() {
                    Some(&parent) => self.stray(parent, offset, &text),
                    None => {
                        self.fault(offset, format!("{} stands outside of the message", shown(text.trim())))
                    }
                });
            }
        }
        Ok(())
    }

    fn stray(&self, parent: Element<'_>, offset: usize, text: &str) -> Box<Finding> {
        let offset = offset + (text.len() - text.trim_start().len());
        let mut found = shown(text.trim());
        if text.contains('>') {
            found.push_str(" (a `<` is missing or damaged)");
        }
        self.fault(offset, format!("expected elements inside of <{}>, found the text {found}", parent.name))
    }

    fn resolve(&self, reference: &BytesRef<'_>, offset: usize) -> Result<Cow<'a, str>, Box<Finding>> {
        let unknown =
            || self.fault(offset, format!("unknown reference {}", shown(&format!("&{};", &**reference))));
        match reference.resolve_char_ref() {
            Ok(Some(character)) => Ok(Cow::Owned(character.to_string())),
            Ok(None) => resolve_xml_entity(reference).map(Cow::Borrowed).ok_or_else(unknown),
            Err(_) => Err(unknown()),
        }
    }

    fn finish(&self) -> Result<Option<Node<'a>>, Box<Finding>> {
        let end = self.source.text.len();
        match self.leaf.as_ref().map(|(element, _)| element).or(self.open.last()) {
            Some(element) => {
                let line = self.source.place(element.offset).line;
                Err(self.fault(end, format!("the text ends before </{}> of line {line}", element.name)))
            }
            None if self.root == Root::Ahead => Err(self.fault(end, "expected a message, found no element")),
            None => Ok(None),
        }
    }

    fn fault(&self, offset: usize, message: impl Into<String>) -> Box<Finding> {
        Box::new(self.source.must("xml-syntax", offset, message))
    }
}

fn offset(position: u64) -> usize {
    usize::try_from(position).unwrap_or(usize::MAX)
}
