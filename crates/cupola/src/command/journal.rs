//! `cupola journal`: what control centres have said to one another.

mod barter;
mod bundle;
mod found;
mod log;
mod roots;
mod verify;
mod written;

use std::path::Path;

use anyhow::Result;
use book::Files;
use desk::Desk;
use node::Seed;
use timeline::Time;
use zeroize::Zeroizing;

use crate::answer::Answer;
use crate::args::journal::Journal;

pub(crate) use written::Done;

/// Answers about the node in `folder`, at the time `now`; `files` are the book on which a new journal begins.
pub(crate) fn answer(
    files: impl FnOnce() -> Result<Files>,
    folder: &Path,
    asked: &Journal,
    now: Time,
) -> Result<Answer> {
    let open = || Desk::open(folder);
    match asked {
        Journal::Found { all: true, .. } => found::all(&files()?, folder, now),
        Journal::Found { centre, .. } => {
            found::one(&files()?, folder, centre.as_deref().unwrap_or_default(), now)
        }
        Journal::Roots => Ok(roots::answer(&open()?)),
        Journal::Trust { centre, key } => roots::trust(&mut open()?, centre, key),
        Journal::Log { centre, last } => log::answer(&open()?, centre.as_deref(), *last),
        Journal::Verify => verify::answer(&mut open()?),
        Journal::Export { file, since } => bundle::export(&open()?, file, since.as_deref()),
        Journal::Import { files } => bundle::import(&mut open()?, files, now),
        Journal::Checkpoint => written::checkpoint(&mut open()?, now),
        Journal::RotateKey => written::rotate(&mut open()?, now),
        Journal::RevokeKey { key, why } => written::revoke(&mut open()?, key, why, now),
        Journal::Barter { from, to, pool, amount, terms } => {
            let wanted = barter::Wanted { from, to, pool, amount: *amount, terms };
            barter::answer(&mut open()?, &wanted, now)
        }
        Journal::Backup { file } => written::backup(&mut open()?, file),
    }
}

/// Chance from the operating system.
fn seed() -> Result<Seed> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *seed)
        .map_err(|error| anyhow::anyhow!("the system gives no random numbers: {error}"))?;
    Ok(seed)
}
