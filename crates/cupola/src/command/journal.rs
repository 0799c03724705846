//! `cupola journal`: what control centres have said to one another.

mod bundle;
mod found;
mod log;
mod roots;
mod verify;
mod written;

use std::path::Path;

use anyhow::Result;
use book::Book;
use node::{Node, Seed};
use timeline::Time;
use zeroize::Zeroizing;

use crate::answer::Answer;
use crate::args::journal::Journal;

/// Answers about the node in `folder`, at the time `now`.
pub(crate) fn answer(book: &Book, folder: &Path, asked: &Journal, now: Time) -> Result<Answer> {
    match asked {
        Journal::Found { all: true, .. } => found::all(book, folder, now),
        Journal::Found { centre, .. } => found::one(book, folder, centre.as_deref().unwrap_or_default(), now),
        Journal::Roots => roots::answer(book, &open(book, folder)?),
        Journal::Trust { centre, key } => roots::trust(book, &mut open(book, folder)?, centre, key),
        Journal::Log { centre, last } => log::answer(book, &open(book, folder)?, centre.as_deref(), *last),
        Journal::Verify => verify::answer(book, &mut open(book, folder)?),
        Journal::Export { file, since } => bundle::export(&open(book, folder)?, file, since.as_deref()),
        Journal::Import { files } => bundle::import(&mut open(book, folder)?, files, now),
        Journal::Checkpoint => written::checkpoint(&mut open(book, folder)?, now),
        Journal::RotateKey => written::rotate(&mut open(book, folder)?, now),
        Journal::RevokeKey { key, why } => written::revoke(&mut open(book, folder)?, key, why, now),
        Journal::Backup { file } => written::backup(&mut open(book, folder)?, file),
    }
}

/// The node in `folder`, which must be of the book's station.
pub(crate) fn open(book: &Book, folder: &Path) -> Result<Node> {
    let node = Node::open(folder)?;
    let (station, book_id) = (&node.identity().station, book.about.id.as_str());
    anyhow::ensure!(
        station == book_id,
        "the node in {} is about the station `{station}`, and the book about `{book_id}`: name the book with --book",
        folder.display()
    );
    Ok(node)
}

/// Chance from the operating system.
fn seed() -> Result<Seed> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *seed).map_err(|error| anyhow::anyhow!("the system gives no random numbers: {error}"))?;
    Ok(seed)
}
