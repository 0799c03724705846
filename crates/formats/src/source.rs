use std::cell::OnceCell;

use timeline::{Finding, Place, Severity};

/// A text with the name of its file, so that byte offsets become places.
pub(crate) struct Source<'a> {
    file: &'a str,
    /// The text without byte order mark.
    pub(crate) text: &'a str,
    /// Offsets at which lines begin; made when the first place is asked for, as most files have none.
    line_starts: OnceCell<Vec<usize>>,
}

impl<'a> Source<'a> {
    pub(crate) fn new(file: &'a str, text: &'a str) -> Self {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        Self { file, text, line_starts: OnceCell::new() }
    }

    /// Line and column of the byte at `offset`, or of the end when it is past the text.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let starts = self.line_starts.get_or_init(|| {
            std::iter::once(0).chain(self.text.match_indices('\n').map(|(at, _)| at + 1)).collect()
        });
        let line = starts.partition_point(|&start| start <= offset);
        let column = self.text[starts[line - 1]..offset].chars().count() + 1;
        self.at(line, column)
    }

    /// A place whose line and column (from 1; 0 for the whole line) are known.
    pub(crate) fn at(&self, line: usize, column: usize) -> Place {
        let bounded = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Place { file: self.file.to_owned(), line: bounded(line), column: bounded(column) }
    }

    pub(crate) fn must(&self, rule: &str, offset: usize, message: impl Into<String>) -> Finding {
        Finding::new(rule, Severity::Must, message).at(self.place(offset))
    }

    pub(crate) fn should(&self, rule: &str, offset: usize, message: impl Into<String>) -> Finding {
        Finding::new(rule, Severity::Should, message).at(self.place(offset))
    }

    pub(crate) fn info(&self, rule: &str, offset: usize, message: impl Into<String>) -> Finding {
        Finding::new(rule, Severity::Info, message).at(self.place(offset))
    }
}

/// A piece of a text for a message: long ones are cut, control characters are shown as such.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut shown: String = text.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}

#[cfg(test)]
mod tests {
    use super::{Source, shown};

    #[test]
    fn places_count_lines_and_characters_from_one() {
        let source = Source::new("f", "\u{feff}äb\ncd\n");
        for (offset, expected) in
            [(0, "f:1:1"), (2, "f:1:2"), (3, "f:1:3"), (4, "f:2:1"), (7, "f:3:1"), (99, "f:3:1")]
        {
            assert_eq!(source.place(offset).to_string(), expected, "{offset}");
        }
    }

    #[test]
    fn what_is_shown_is_short_and_printable() {
        assert_eq!(shown("a\tb"), "`a\\tb`");
        assert_eq!(shown(&"x".repeat(1_000_000)).chars().count(), 43);
    }
}
