use orbit::ElementSet;
use timeline::{Finding, Severity};

use super::one_set;
use crate::read::Read;
use crate::source::Source;

/// Longest name that stands before a set; a longer line that begins with `1 ` or `2 ` is an element line.
const LONGEST_NAME: usize = 24;

/// A line that is not empty and no comment, without what ends it.
#[derive(Clone, Copy)]
pub(super) struct Line<'a> {
    pub(super) text: &'a str,
    /// Counted from 1.
    pub(super) number: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Name,
    One,
    Two,
}

/// Reads all sets of a text; a faulty set is left out with its findings and the next one is read.
///
/// ```
/// let damaged = "1 25544U 98067A   26150.51748228  .00011776  00000+0  21767-3 0  9997\n\
///                2 25544  51.6337  27.5746 0007245 114.7080 245.4664 15.49496548569014\n";
/// let read = formats::tle::read("iss.tle", damaged);
/// assert!(read.records.is_empty());
/// assert_eq!(
///     read.findings[0].to_string(),
///     "iss.tle:1:69: must: tle-checksum: checksum computed 8, found `7`"
/// );
/// ```
#[must_use]
pub fn read(file: &str, text: &str) -> Read<ElementSet> {
    let source = Source::new(file, text);
    let mut read = Read { records: Vec::new(), findings: Vec::new() };
    let mut lines = lines(source.text).peekable();
    let mut name: Option<Line<'_>> = None;
    let lonely = |line: Line<'_>, message: &str| {
        Finding::new("tle-lines", Severity::Must, message).at(source.at(line.number, 0))
    };
    while let Some(line) = lines.next() {
        match kind(line) {
            Kind::Name => {
                if let Some(before) = name.replace(line) {
                    read.findings.push(lonely(before, NAME_ALONE));
                }
            }
            Kind::One => match lines.next_if(|&next| kind(next) == Kind::Two) {
                Some(two) => one_set::read(&source, name.take(), line, two, &mut read),
                None => {
                    name = None;
                    read.findings.push(lonely(line, "line 1 of a set without its line 2 behind it"));
                }
            },
            Kind::Two => {
                name = None;
                read.findings.push(lonely(line, "line 2 of a set without its line 1 before it"));
            }
        }
    }
    read.findings.extend(name.map(|line| lonely(line, NAME_ALONE)));
    read
}

const NAME_ALONE: &str = "expected line 1 and line 2 of a set behind this line, which can only be a name";

fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    text.lines()
        .zip(1..)
        .map(|(text, number)| Line { text: text.trim_end(), number })
        .filter(|line| !line.text.is_empty() && !line.text.starts_with('#'))
}

fn kind(line: Line<'_>) -> Kind {
    if line.text.len() <= LONGEST_NAME {
        return Kind::Name;
    }
    match line.text.get(..2) {
        Some("1 ") => Kind::One,
        Some("2 ") => Kind::Two,
        _ => Kind::Name,
    }
}
