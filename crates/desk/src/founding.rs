//! The book on which all journals begin.

use std::fs;
use std::path::Path;

use book::{Book, Files};
use journal::Digest;
use timeline::Severity;

use crate::DeskError;

/// Where in a node's folder the book lies on which its journal began.
pub const FOUNDING: &str = "founding";

/// The digits of a book's digest that stand in the name of its station.
const DIGITS: usize = 12;

/// The digest of a book: SHA-256 over each path and content in order of path, each behind its length in bytes (`u64`, big-endian).
#[must_use]
pub fn digest(files: &Files) -> Digest {
    let mut bytes = Vec::new();
    for path in files.paths() {
        for part in [path.as_bytes(), files.get(path).unwrap_or_default()] {
            bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
            bytes.extend_from_slice(part);
        }
    }
    Digest::of(&bytes)
}

/// What a station is called among nodes: the id of its book, and which book it is.
#[must_use]
pub fn station(book: &Book, files: &Files) -> String {
    let digest = digest(files).to_string();
    format!("{}-{}", book.about.id, &digest[..DIGITS])
}

/// The book, when nothing in it must be mended.
pub(crate) fn read(files: &Files) -> Result<Book, DeskError> {
    let (book, mut findings) = book::read(files);
    findings.extend(book::check(&book));
    findings.retain(|finding| finding.severity == Severity::Must);
    match findings.first() {
        None => Ok(book),
        Some(first) => Err(DeskError::Damaged { count: findings.len(), first: first.to_string() }),
    }
}

/// Puts the files into `folder`, as they are.
pub(crate) fn write(folder: &Path, files: &Files) -> Result<(), DeskError> {
    for path in files.paths() {
        let to = folder.join(path);
        let failed = |source| DeskError::Write { path: to.clone(), source };
        fs::create_dir_all(to.parent().unwrap_or(folder)).map_err(failed)?;
        fs::write(&to, files.get(path).unwrap_or_default()).map_err(failed)?;
    }
    Ok(())
}
