//! What is wrong with a rule's text, and where in it.

use winnow::error::{ModalError, ParserError};
use winnow::stream::{Stateful, TokenSlice};

use crate::token::Token;

/// A stretch of a rule's text, in bytes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Span {
    /// The first byte.
    pub start: usize,
    /// The first byte after.
    pub end: usize,
}

impl Span {
    pub(crate) const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// From the beginning of this to the end of another.
    pub(crate) fn to(self, last: Self) -> Self {
        Self { start: self.start.min(last.start), end: self.end.max(last.end) }
    }
}

/// Something that a rule's text gets wrong.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// The kind of fault, such as `rule-unit`.
    pub kind: &'static str,
    /// Where in the text.
    pub span: Span,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What would mend it.
    pub mend: String,
    /// Whether the parser has seen enough to know that no other reading will do.
    pub(crate) committed: bool,
}

impl Fault {
    pub(crate) fn new(kind: &'static str, span: Span, message: String, mend: impl Into<String>) -> Self {
        Self { kind, span, message, mend: mend.into(), committed: false }
    }

    /// Something else stood where `expected` should.
    pub(crate) fn expected(expected: &str, found: &Token) -> Self {
        let message = format!("expected {expected}, found {}", found.described());
        Self::new("rule-syntax", found.span, message, "see the forms of a rule in docs/rules.md")
    }

    pub(crate) fn mend(mut self, mend: impl Into<String>) -> Self {
        self.mend = mend.into();
        self
    }

    /// The text with a line of carets under the fault, for people.
    ///
    /// ```
    /// let lexicon = rules::Lexicon::default();
    /// let fault = rules::read("crew.abord >= 1", &lexicon).unwrap_err();
    /// assert_eq!(fault.shown("crew.abord >= 1"), "crew.abord >= 1\n^^^^^^^^^^");
    /// ```
    #[must_use]
    pub fn shown(&self, text: &str) -> String {
        let before = text.get(..self.span.start).unwrap_or(text);
        // A tab stays a tab, so that it is as wide above as below.
        let blank = |c: char| if c == '\t' { c.to_string() } else { " ".repeat(columns(c)) };
        let inside = text.get(self.span.start..self.span.end).unwrap_or_default();
        let wide: usize = inside.chars().map(columns).sum();
        format!("{text}\n{}{}", before.chars().map(blank).collect::<String>(), "^".repeat(wide.max(1)))
    }

    /// How many characters stand before the fault.
    #[must_use]
    pub fn characters_before(&self, text: &str) -> usize {
        text.char_indices().take_while(|(at, _)| *at < self.span.start).count()
    }
}

/// How many columns of a terminal a character takes, near enough for a caret: none where it is put on the one before, two for the
/// signs of East Asia and pictures (Unicode Standard Annex 11).
fn columns(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x1F300..=0x1F64F
        | 0x1F900..=0x1F9FF
        | 0x2_0000..=0x3_FFFD => 2,
        _ => 1,
    }
}

/// The tokens of a rule under the parser's finger, and how much deeper brackets may still go.
pub(crate) type Input<'t> = Stateful<TokenSlice<'t, Token>, usize>;

impl<'t> ParserError<Input<'t>> for Fault {
    type Inner = Self;

    fn from_input(input: &Input<'t>) -> Self {
        let found = input.input.first().cloned().unwrap_or_default();
        Self::expected("something else", &found)
    }

    /// Of two readings that failed, the one that came farther is what was meant.
    fn or(self, other: Self) -> Self {
        if other.span.start > self.span.start { other } else { self }
    }

    fn is_backtrack(&self) -> bool {
        !self.committed
    }

    fn into_inner(self) -> Result<Self, Self> {
        Ok(self)
    }
}

impl ModalError for Fault {
    fn cut(mut self) -> Self {
        self.committed = true;
        self
    }

    fn backtrack(mut self) -> Self {
        self.committed = false;
        self
    }
}
