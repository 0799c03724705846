//! A file's text, in which byte offsets become lines and columns.

use timeline::{Finding, Place, Severity};

/// The text of one file of a book.
pub(crate) struct Text<'a> {
    pub(crate) file: &'a str,
    /// Without byte order mark.
    pub(crate) text: &'a str,
    line_starts: Vec<usize>,
}

impl<'a> Text<'a> {
    /// The bytes as text, or where they are not.
    pub(crate) fn new(file: &'a str, bytes: &'a [u8]) -> Result<Self, Box<Finding>> {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        match std::str::from_utf8(bytes) {
            Ok(text) => Ok(Self::of(file, text)),
            Err(error) => {
                let at = error.valid_up_to();
                let valid = std::str::from_utf8(&bytes[..at]).unwrap_or_default();
                let message = format!("expected UTF-8 text, found byte 0x{:02x}", bytes[at]);
                let finding = Finding::new("not-utf8", Severity::Must, message)
                    .at(Self::of(file, valid).place(at))
                    .mend("save the file as UTF-8");
                Err(Box::new(finding))
            }
        }
    }

    fn of(file: &'a str, text: &'a str) -> Self {
        let line_starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { file, text, line_starts }
    }

    /// Line and column of the byte at `offset`, or of the end when it is past the text.
    pub(crate) fn place(&self, offset: usize) -> Place {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.line_starts.partition_point(|&start| start <= offset);
        let column = self.text[self.line_starts[line - 1]..offset].chars().count() + 1;
        place(self.file, line, column)
    }

    /// The whole line in which the byte at `offset` stands.
    pub(crate) fn line(&self, offset: usize) -> Place {
        place(self.file, self.line_starts.partition_point(|&start| start <= offset), 0)
    }
}

pub(crate) fn place(file: &str, line: usize, column: usize) -> Place {
    let bounded = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    Place { file: file.to_owned(), line: bounded(line), column: bounded(column) }
}

/// A piece of data for a message: long ones are cut, control characters are shown as such.
pub(crate) fn shown(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text.chars().take(LONGEST).flat_map(char::escape_debug).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("`{shown}`")
}
