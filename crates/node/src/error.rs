use std::path::PathBuf;

use journal::{Digest, Head, PublicKey, WriteError};
use record::CentreId;
use store::StoreError;
use thiserror::Error;

/// Why a node could not do what was asked of it.
#[derive(Debug, Error)]
pub enum NodeError {
    /// A file of the node could not be read or written.
    #[error("cannot {what} {}: {source}", path.display())]
    File {
        /// What was being done.
        what: &'static str,
        /// To which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// A file of the node does not say what it should.
    #[error("{}: {why}", path.display())]
    Text {
        /// Which file.
        path: PathBuf,
        /// What is wrong, and how to mend it.
        why: String,
    },
    /// Others can read a private key.
    #[error("{} has mode {mode:04o}, so that others can read a private key; run: chmod {wanted:04o} {}", path.display(), path.display())]
    Wide {
        /// The file or folder.
        path: PathBuf,
        /// Its mode.
        mode: u32,
        /// What it should be.
        wanted: u32,
    },
    /// A private key would lie among files that are handed to others.
    #[error("{} is a book, and a book is shared: keep the node in a folder of its own", .0.display())]
    Book(PathBuf),
    /// There is a node already.
    #[error("{} is a node already", .0.display())]
    Founded(PathBuf),
    /// The folder is no node, or its founding was cut short.
    #[error("{} is no node: there is no node.toml", .0.display())]
    NoNode(PathBuf),
    /// A centre would get another root than it has.
    #[error(
        "the root of {centre} is {held}, and stays so: {given} was given; a centre changes its key by a record in its journal"
    )]
    Root {
        /// Whose root.
        centre: CentreId,
        /// The root it has.
        held: PublicKey,
        /// The other one.
        given: PublicKey,
    },
    /// No key file fits the journal, so that nothing can be written.
    #[error(
        "no key file of {centre} is of a key in use: nothing can be written; put the file of one of its keys into `keys`"
    )]
    NoKey {
        /// Whose.
        centre: CentreId,
    },
    /// The own journal is shorter here than others say they hold it. Writing now could tell two stories.
    #[error(
        "others hold record {} of {} ({}), which is not here: take the journal back from a partner before writing, or \
         disregard it when this centre never wrote it",
        .0.number, .0.centre, .0.digest
    )]
    Behind(Head),
    /// Damaged rows of the own journal were set aside, and the records in them are not back.
    #[error(
        "record {number} of the own journal was damaged and set aside: take it back from a partner or a backup before writing; only when \
         nobody ever got it, remove {}", path.display()
    )]
    Lost {
        /// The last number that the own journal had.
        number: u64,
        /// Where that is noted.
        path: PathBuf,
    },
    /// Two branches of the own journal are known, and no checkpoint settles which counts.
    #[error(
        "there are two records {number} of {centre}, and no co-signed checkpoint settles which counts: nothing can be written"
    )]
    Forked {
        /// Whose journal.
        centre: CentreId,
        /// Where it forks.
        number: u64,
    },
    /// Others wrote at the same time, over and over.
    #[error("the journal moved {0} times while a record was being written")]
    Busy(usize),
    /// The database could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The record is one that nobody would take.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// A record was named that is not here.
    #[error("record {0} is not here")]
    Missing(Digest),
}
