//! Keyword-value notation, the line form of CCSDS messages (CCSDS 502.0-B-3, chapter 7).

/// What a line says.
pub(crate) enum Item<'a> {
    /// The text behind `COMMENT`, one blank less.
    Comment(&'a str),
    /// `KEY = value`; a unit is still part of the value, as `[` may begin a part of a name.
    Pair { key: &'a str, value: &'a str, value_offset: usize },
    /// Anything else without blanks around it: `META_START`, a row of numbers.
    Other(&'a str),
}

/// A line that is not empty.
pub(crate) struct Line<'a> {
    pub(crate) item: Item<'a>,
    /// Where its first character that is not blank stands.
    pub(crate) offset: usize,
}

/// The lines of a text that are not empty.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = Line<'_>> {
    let mut next = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = next;
        next += line.len();
        let line = line.strip_suffix('\n').unwrap_or(line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        let offset = start + (line.len() - line.trim_start().len());
        let body = line.trim_start();
        (!body.trim_end().is_empty()).then(|| Line { item: item(body, offset), offset })
    })
}

fn item(body: &str, offset: usize) -> Item<'_> {
    if let Some(comment) = body.strip_prefix("COMMENT ") {
        return Item::Comment(comment);
    }
    if body.trim_end() == "COMMENT" {
        return Item::Comment("");
    }
    let Some((key, rest)) = body.split_once('=') else { return Item::Other(body.trim_end()) };
    let value_offset = offset + key.len() + 1 + (rest.len() - rest.trim_start().len());
    Item::Pair { key: key.trim_end(), value: rest.trim(), value_offset }
}

/// `15.5 [rev/day]` is a value and a unit.
pub(crate) fn split_unit(value: &str) -> (&str, Option<&str>) {
    let parts = value.strip_suffix(']').and_then(|body| body.rsplit_once('['));
    match parts {
        Some((value, unit)) => (value.trim_end(), Some(unit.trim())),
        None => (value, None),
    }
}
