//! Files of a book as blocks: the tables of a TOML file, the rows of a CSV file, and what of other files is one whole.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::{BlockEdit, Change};

/// What kind of block of a file is changed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Form {
    /// From the line `[[x]]` or `[x]` of a TOML file to its last line; or what stands between, such as comments.
    Table,
    /// One row of a CSV file.
    Row {
        /// The header line of the file, without which a row says nothing.
        header: String,
    },
    /// The whole file.
    Whole,
}

/// A piece of a file: a block, or the blank lines between two.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Piece<'a> {
    Block(&'a str),
    Blank(&'a str),
}

impl<'a> Piece<'a> {
    pub(crate) fn block(self) -> Option<&'a str> {
        if let Self::Block(text) = self { Some(text) } else { None }
    }
}

/// How the text of a file is divided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Division {
    Tables,
    Rows,
    None,
}

pub(crate) fn division(path: &str) -> Division {
    match path.rsplit_once('.') {
        Some((_, "toml")) => Division::Tables,
        Some((_, "csv")) => Division::Rows,
        _ => Division::None,
    }
}

/// Whether a text is one record of a file, whole: nothing hides behind it, and nothing that comes after it in a file is drawn into it.
pub(crate) fn is_one(form: &Form, text: &str) -> bool {
    let is_alone = |pieces: &[Piece<'_>]| matches!(pieces, [Piece::Block(block)] if *block == text);
    match form {
        Form::Whole => true,
        Form::Table => text.ends_with('\n') && is_alone(&tables(text)) && Table::read(text).is_some(),
        Form::Row { header } => {
            let file = format!("{header}\n{text}");
            let (own, rows) = rows(&file);
            let is_closed = text.bytes().filter(|byte| *byte == b'"').count() % 2 == 0;
            own == header
                && text.ends_with('\n')
                && is_closed
                && matches!(rows.as_slice(), [Piece::Block(block)] if *block == text)
        }
    }
}

/// The pieces of a TOML file, which together are the file. A block ends with its last line that is neither blank nor a comment; comments
/// and blank lines after it are pieces of their own. A line's end belongs to its line.
pub(crate) fn tables(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    for section in sections(text) {
        let is_said = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with('#');
        let is_table = section.starts_with('[');
        let lines = section.split_inclusive('\n');
        let said: usize = if is_table {
            let mut end = 0;
            let mut at = 0;
            for line in lines {
                at += line.len();
                if is_said(line) {
                    end = at;
                }
            }
            end
        } else {
            section.len()
        };
        let (block, rest) = section.split_at(said);
        if is_table {
            pieces.push(Piece::Block(block));
            between(rest, &mut pieces);
        } else {
            between(block, &mut pieces);
        }
    }
    pieces
}

/// What stands between tables: blank lines, and the rest as one block each stretch.
fn between<'a>(text: &'a str, pieces: &mut Vec<Piece<'a>>) {
    let (mut start, mut at) = (0, 0);
    let mut was_blank = None;
    let mut cut = |start: &mut usize, at: usize, was_blank: Option<bool>| {
        if at > *start {
            let piece = &text[*start..at];
            pieces.push(if was_blank == Some(true) { Piece::Blank(piece) } else { Piece::Block(piece) });
        }
        *start = at;
    };
    for line in text.split_inclusive('\n') {
        let is_blank = line.trim().is_empty();
        if was_blank.is_some_and(|was| was != is_blank) {
            cut(&mut start, at, was_blank);
        }
        was_blank = Some(is_blank);
        at += line.len();
    }
    cut(&mut start, at, was_blank);
}

/// A TOML file cut before each line that begins a table.
fn sections(text: &str) -> Vec<&str> {
    let mut cuts = vec![0];
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        if at > 0 && begins_table(line) {
            cuts.push(at);
        }
        at += line.len();
    }
    cuts.push(text.len());
    cuts.windows(2).map(|cut| &text[cut[0]..cut[1]]).filter(|section| !section.is_empty()).collect()
}

fn begins_table(line: &str) -> bool {
    let before_comment = line.split('#').next().unwrap_or_default().trim_end();
    let inner = before_comment
        .strip_prefix("[[")
        .and_then(|rest| rest.strip_suffix("]]"))
        .or_else(|| before_comment.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')));
    let is_name = |name: &str| {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_. \"'".contains(&byte);
        !name.is_empty() && name.bytes().all(is_plain)
    };
    inner.is_some_and(is_name)
}

/// The header line of a CSV file, without its end, and its rows, which are the rest of the file; a row may go over lines within quotes.
pub(crate) fn rows(text: &str) -> (&str, Vec<Piece<'_>>) {
    let mut cuts = vec![0];
    let mut is_quoted = false;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'\n' if !is_quoted => cuts.push(at + 1),
            _ => {}
        }
    }
    if cuts.last() != Some(&text.len()) {
        cuts.push(text.len());
    }
    let mut lines = cuts.windows(2).map(|cut| &text[cut[0]..cut[1]]);
    let header = lines.next().unwrap_or_default().trim_end_matches(['\n', '\r']);
    let piece = |row: &'_ str| row.trim().is_empty();
    (header, lines.map(|row| if piece(row) { Piece::Blank(row) } else { Piece::Block(row) }).collect())
}

/// What makes one file of the other, in order.
pub(crate) fn blocks_between(path: &str, before: Option<&str>, after: Option<&str>) -> Vec<BlockEdit> {
    if before == after {
        return Vec::new();
    }
    let whole = || {
        let text = Change { before: before.map(str::to_owned), after: after.map(str::to_owned) };
        vec![BlockEdit { form: Form::Whole, text }]
    };
    // An empty file has no text that could be evidence of it.
    let [old, new] = [before.unwrap_or_default(), after.unwrap_or_default()];
    let (form, old, new) = match division(path) {
        Division::None => return whole(),
        Division::Tables => (Form::Table, tables(old), tables(new)),
        Division::Rows => {
            let ((header, old), (other, new)) = (rows(old), rows(new));
            let header = match (before, after) {
                (Some(_), Some(_)) if header != other => return whole(),
                (Some(_), _) => header,
                _ => other,
            };
            (Form::Row { header: header.to_owned() }, old, new)
        }
    };
    paired(&form, lines_of(&old), lines_of(&new))
}

/// Blocks with how often each stands there, each with the line's end that the last of a file may lack.
fn lines_of(pieces: &[Piece<'_>]) -> BTreeMap<String, usize> {
    let mut blocks = BTreeMap::new();
    for text in pieces.iter().filter_map(|piece| piece.block()) {
        *blocks.entry(ended(text)).or_default() += 1;
    }
    blocks
}

/// With a line's end, and that of Unix.
pub(crate) fn ended(text: &str) -> String {
    let mut text = text.replace("\r\n", "\n");
    if !text.ends_with('\n') {
        text.push('\n');
    }
    text
}

/// What is gone and what is new, put together where both are of one record.
fn paired(form: &Form, mut old: BTreeMap<String, usize>, mut new: BTreeMap<String, usize>) -> Vec<BlockEdit> {
    for (text, count) in &mut old {
        if let Some(other) = new.get_mut(text) {
            let both = (*count).min(*other);
            *count -= both;
            *other -= both;
        }
    }
    let flat = |blocks: BTreeMap<String, usize>| -> Vec<String> {
        blocks.into_iter().flat_map(|(text, count)| std::iter::repeat_n(text, count)).collect()
    };
    let (old, mut new) = (flat(old), flat(new));
    let mut edits: Vec<BlockEdit> = Vec::new();
    for text in old {
        let of_one =
            |other: &String| resembles(form, &text).is_some_and(|key| resembles(form, other) == Some(key));
        let same = new.iter().position(of_one);
        let after = same.map(|at| new.remove(at));
        edits.push(BlockEdit { form: form.clone(), text: Change { before: Some(text), after } });
    }
    edits.extend(
        new.into_iter()
            .map(|text| BlockEdit { form: form.clone(), text: Change { before: None, after: Some(text) } }),
    );
    edits.sort();
    edits
}

/// By what two blocks are taken as one record before and after: its name, or where it has none its list or its first cell.
fn resembles(form: &Form, text: &str) -> Option<(String, String)> {
    key(form, text).or_else(|| match form {
        Form::Whole => None,
        Form::Row { .. } => Some((String::new(), text.split([',', '\n']).next()?.to_owned())),
        Form::Table => Table::read(text).map(|table| (table.kind.unwrap_or_default(), String::new())),
    })
}

/// What names the record of a block: the table's name and its id, or the first cell of a row whose column is `id`.
pub(crate) fn key(form: &Form, text: &str) -> Option<(String, String)> {
    match form {
        Form::Whole => None,
        Form::Row { header } => {
            let is_named = header.split(',').next() == Some("id");
            let first = text.split([',', '\n']).next().unwrap_or_default().trim();
            (is_named && !first.is_empty()).then(|| (String::new(), first.to_owned()))
        }
        Form::Table => {
            let table = Table::read(text)?;
            Some((table.kind?, table.id?))
        }
    }
}

/// What a block of a TOML file says, as far as it matters whose it is.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(crate) struct Table {
    /// The name of its list; nothing when it is only comments.
    pub(crate) kind: Option<String>,
    /// Its `id`.
    pub(crate) id: Option<String>,
    /// Its other texts, by key.
    pub(crate) texts: BTreeMap<String, String>,
    /// How its lists and tables are written, by key.
    pub(crate) written: BTreeMap<String, String>,
}

impl Table {
    /// Reads a block that is exactly one record of a list, or no more than comments; nothing when it is anything else.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let root = DeTable::parse(text).ok()?;
        let root = root.get_ref();
        let mut found = Self::default();
        let Some((kind, value)) = root.iter().next() else { return Some(found) };
        let DeValue::Array(items) = value.get_ref() else { return None };
        // `x = [{…}]` is a list as well, but no block of its own: it could stand in front of other blocks.
        let is_block = root.len() == 1 && items.len() == 1 && text.starts_with("[[");
        let DeValue::Table(table) = items.first()?.get_ref() else { return None };
        if !is_block {
            return None;
        }
        found.kind = Some(kind.get_ref().to_string());
        for (key, value) in table {
            let name = key.get_ref().to_string();
            match value.get_ref() {
                DeValue::String(text) if name == "id" => found.id = Some(text.to_string()),
                DeValue::String(text) => drop(found.texts.insert(name, text.to_string())),
                _ => drop(found.written.insert(name, text.get(value.span()).unwrap_or_default().to_owned())),
            }
        }
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Piece, rows, tables};

    fn joined(pieces: &[Piece<'_>]) -> String {
        let text = |piece: &Piece<'_>| match *piece {
            Piece::Block(text) | Piece::Blank(text) => text.to_owned(),
        };
        pieces.iter().map(text).collect()
    }

    #[test]
    fn a_block_goes_from_its_header_to_its_last_line() {
        let text = "# All of it.\n\n[[x]] # one\na = 1\n# within\nb = 2\n\n# before two\n[[x]]\na = 2\n[one.\"two\"]\n\n\n";
        let blocks: Vec<&str> = tables(text).iter().filter_map(|piece| piece.block()).collect();
        let expected = [
            "# All of it.\n",
            "[[x]] # one\na = 1\n# within\nb = 2\n",
            "# before two\n",
            "[[x]]\na = 2\n",
            "[one.\"two\"]\n",
        ];
        assert_eq!(blocks, expected);
    }

    #[test]
    fn a_row_may_go_over_lines() {
        let (header, pieces) = rows("id,note\na,\"two\nlines, \"\"quoted\"\"\"\n\nb,last");
        let blocks: Vec<&str> = pieces.iter().filter_map(|piece| piece.block()).collect();
        assert_eq!((header, blocks), ("id,note", vec!["a,\"two\nlines, \"\"quoted\"\"\"\n", "b,last"]));
    }

    proptest! {
        /// Whatever a file says, its pieces are all of it.
        #[test]
        fn the_pieces_of_a_file_are_the_file(lines in prop::collection::vec("(\\[\\[x\\]\\]|\\[y\\]|# c|a = \\[|\"|\"\"\"|a,b|é|)\r?\n?", 0..20)) {
            let text = lines.concat();
            prop_assert_eq!(joined(&tables(&text)), text.clone());
            let (header, rows) = rows(&text);
            let rest = joined(&rows);
            prop_assert!(text.starts_with(header) && text.ends_with(&rest));
            prop_assert!(text[header.len()..text.len() - rest.len()].trim_matches(['\r', '\n']).is_empty());
        }
    }
}
