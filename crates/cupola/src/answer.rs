//! What a command answers: JSON for programs and a page for people, from the same facts.

use std::rc::Rc;

use serde_json::Value;

use crate::text::Ink;

/// An answer, ready to be shown in the form that was asked for.
pub(crate) enum Answer {
    /// Facts with two ways of showing them, made only when it is asked for, since lists can be long.
    Facts {
        json: Box<dyn Fn() -> Value>,
        page: Box<dyn Fn(Ink) -> String>,
        has_findings: bool,
        /// What must be said beside it.
        note: Option<String>,
    },
    /// A file in a format of its own, and what people must know who use it.
    File { text: String, note: Option<String> },
}

impl Answer {
    /// An answer from facts and the two ways of showing them.
    pub(crate) fn new<F: 'static>(facts: F, json: fn(&F) -> Value, page: fn(&F, Ink) -> String) -> Self {
        let facts = Rc::new(facts);
        let for_page = Rc::clone(&facts);
        Self::Facts {
            json: Box::new(move || json(&facts)),
            page: Box::new(move |ink| page(&for_page, ink)),
            has_findings: false,
            note: None,
        }
    }

    /// The same answer, which is about faults that were found.
    pub(crate) fn with_findings(self) -> Self {
        match self {
            Self::Facts { json, page, note, .. } => Self::Facts { json, page, has_findings: true, note },
            file @ Self::File { .. } => file,
        }
    }

    /// The same answer, with something that must be said beside it.
    pub(crate) fn with_note(mut self, text: Option<String>) -> Self {
        let (Self::File { note, .. } | Self::Facts { note, .. }) = &mut self;
        *note = text.or_else(|| note.take());
        self
    }

    /// What must be said beside the answer, not in it.
    pub(crate) fn note(&self) -> Option<&str> {
        let (Self::File { note, .. } | Self::Facts { note, .. }) = self;
        note.as_deref()
    }

    pub(crate) fn has_findings(&self) -> bool {
        matches!(self, Self::Facts { has_findings: true, .. })
    }

    /// JSON for programs.
    pub(crate) fn json(&self) -> String {
        match self {
            Self::Facts { json, .. } => format!("{:#}\n", json()),
            Self::File { text, .. } => text.clone(),
        }
    }

    /// A page for people.
    pub(crate) fn page(&self, ink: Ink) -> String {
        match self {
            Self::Facts { page, .. } => crate::text::harmless(&page(ink)),
            Self::File { text, .. } => text.clone(),
        }
    }
}
