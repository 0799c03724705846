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
    let health = std::cell::RefCell::new(None);
    let open = || {
        let desk = Desk::open(folder)?;
        *health.borrow_mut() = damage(&desk);
        Ok::<Desk, anyhow::Error>(desk)
    };
    let answer = match asked {
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
        Journal::Settle { record } => written::settle(&mut open()?, record, now),
        Journal::Disregard { record } => written::disregard(&mut open()?, record),
        Journal::NewKey => written::create(&mut open()?, now),
        Journal::RotateKey => written::rotate(&mut open()?, now),
        Journal::RevokeKey { key, why } => written::revoke(&mut open()?, key, why, now),
        Journal::Barter { from, to, pool, amount, terms } => {
            let wanted = barter::Wanted { from, to, pool, amount: *amount, terms };
            barter::answer(&mut open()?, &wanted, now)
        }
        Journal::Backup { file } => written::backup(&mut open()?, file),
    };
    answer.map(|answer| answer.with_note(health.take()))
}

/// What is wrong with the records of a node, in a sentence; nothing when they are sound.
pub(crate) fn damage(desk: &Desk) -> Option<String> {
    let health = desk.node().health();
    let first = health.damaged.iter().map(ToString::to_string);
    let first = first.chain(health.faults.iter().map(ToString::to_string)).next()?;
    Some(format!(
        "the records of this node are damaged: {first}. What is shown leaves out what does not hold; `cupola journal verify` lists it, and \
         importing a partner's bundle mends it"
    ))
}

/// Chance from the operating system.
fn seed() -> Result<Seed> {
    let mut seed = Zeroizing::new([0; 32]);
    getrandom::fill(&mut *seed)
        .map_err(|error| anyhow::anyhow!("the system gives no random numbers: {error}"))?;
    Ok(seed)
}
