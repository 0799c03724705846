//! The orbit from what was said on the command line.

use std::path::Path;

use anyhow::{Context, Result};
use book::Book;
use sky::{Message, Sky, Text};

use crate::args::Source;

/// The orbit from the file that `source` names, or else from the element sets of the book.
pub(crate) fn sky<'a>(book: &'a Book, source: &Source) -> Result<Sky<'a>> {
    let elements = || source.tle.as_deref().or(source.omm.as_deref()).map(|path| (path, Message::Elements));
    let named = source.oem.as_deref().map(|path| (path, Message::Trajectory)).or_else(elements);
    let Some((path, message)) = named else { return Ok(Sky::of_book(book)?) };
    let (name, text) = file(path)?;
    Ok(Sky::of_text(book, &Text { name: &name, message, text: &text })?)
}

fn file(path: &Path) -> Result<(String, String)> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    let name = path.display().to_string();
    let text = formats::text(&name, &bytes).map_err(|finding| anyhow::anyhow!("{finding}"))?.to_owned();
    Ok((name, text))
}
