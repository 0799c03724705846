use std::path::PathBuf;

use journal::{Digest, Head};
use record::CentreId;
use thiserror::Error;

use crate::Damage;

/// Why something was not kept or not found.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Somebody else wrote in this journal since it was read.
    #[error(
        "record {number} of {centre} follows {previous}, but its journal here ends with record {last}, {digest}: another process \
         has written; read the journal again"
    )]
    Moved {
        /// Whose journal.
        centre: CentreId,
        /// The number of the record that was not appended.
        number: u64,
        /// The record that it follows.
        previous: Digest,
        /// The last number that is here, 0 when there is none.
        last: u64,
        /// The record that has it; [`Digest::NONE`] when there is none.
        digest: Digest,
    },
    /// A row is not what was put in.
    #[error(
        "{0}; `set_aside` moves it out of the way, then get the record again from another centre or a backup"
    )]
    Damaged(Damage),
    /// A record with a number that no journal has.
    #[error("a record of {centre} has the number {number}: numbers go from 1 to 9223372036854775807")]
    Number {
        /// Whose journal.
        centre: CentreId,
        /// The number.
        number: u64,
    },
    /// A record that is not here.
    #[error("record {} of {}, {}, is not here", .0.number, .0.centre, .0.digest)]
    Absent(Head),
    /// A later version of this program made the store.
    #[error("{place} is of version {found}, made by a newer program; this one knows versions up to {known}")]
    Newer {
        /// Which store.
        place: String,
        /// Its version.
        found: i64,
        /// The latest version that this program knows.
        known: i64,
    },
    /// Something else than a store.
    #[error("{0} is a database of something else: name another file")]
    Foreign(String),
    /// The file's structure is broken.
    #[error(
        "{place} is damaged: {told}. Move it away, begin with the latest backup or with none, and get the records again from the \
         other centres"
    )]
    Integrity {
        /// Which store.
        place: String,
        /// What the database says of it.
        told: String,
    },
    /// A row of the table of change requests is none.
    #[error("the table `request` holds {0}, which is none: drop the projections and build them again")]
    Request(String),
    /// The file for a backup is there already.
    #[error("{} is there already: name a new file for the backup", .0.display())]
    Exists(PathBuf),
    /// A name that PostgreSQL schemas of this program do not have.
    #[error("`{0}` is no name for a schema: up to 63 letters a-z, digits and underscores, a letter first")]
    Schema(String),
    /// A PostgreSQL that may lose what it has acknowledged.
    #[error("the PostgreSQL server runs with `{0} = off` and may lose what it acknowledged: set it to `on`")]
    Careless(&'static str),
    /// The file system refused.
    #[error("{what} {}: {source}", .path.display())]
    File {
        /// What was being done.
        what: &'static str,
        /// To which file.
        path: PathBuf,
        /// Why it was refused.
        source: std::io::Error,
    },
    /// The database refused.
    #[error("{what}: {source}")]
    Sql {
        /// What was being done.
        what: &'static str,
        /// Why it was refused.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
