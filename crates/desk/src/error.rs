use std::path::PathBuf;

use book::FilesError;
use change::{ContentError, NoTextError};
use node::NodeError;
use thiserror::Error;

/// Why a desk could not do what was asked of it.
#[derive(Debug, Error)]
pub enum DeskError {
    /// The node refuses.
    #[error(transparent)]
    Node(#[from] NodeError),
    /// The book on which the journal began cannot be read.
    #[error(transparent)]
    Files(#[from] FilesError),
    /// The book holds something that is no text.
    #[error(transparent)]
    NoText(#[from] NoTextError),
    /// A file could not be written.
    #[error("cannot write {}: {source}", path.display())]
    Write {
        /// Which file.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// The book on which the journal began is not the one that its station names.
    #[error(
        "{} is not the book on which this journal began ({found}, and the node is of {station}): put the files back as they were, from another centre's \
         node of the same station",
        path.display()
    )]
    Founding {
        /// The folder.
        path: PathBuf,
        /// Whose digest it has.
        found: String,
        /// What the node says.
        station: String,
    },
    /// The book has faults that must be mended first.
    #[error(
        "the book has {count} faults that must be mended first, and all centres begin from it; the first:\n  {first}"
    )]
    Damaged {
        /// How many.
        count: usize,
        /// The first of them.
        first: String,
    },
    /// The book would have a fault that it does not have.
    #[error("the book would have a fault that must be mended, so nothing was asked:\n  {0}")]
    Faulty(String),
    /// There is no such request.
    #[error("there is no change request `{name}` here; the latest are {latest}")]
    Unknown {
        /// What was asked for.
        name: String,
        /// Some that there are.
        latest: String,
    },
    /// Several requests have the name.
    #[error(
        "{count} change requests are called `{name}`: name one by the beginning of its digest, {digests}"
    )]
    Several {
        /// What was asked for.
        name: String,
        /// How many.
        count: usize,
        /// Their digests, shortened.
        digests: String,
    },
    /// No plan of the baseline is meant.
    #[error("{0}")]
    Product(String),
    /// The edits cannot be in a request.
    #[error(transparent)]
    Content(#[from] ContentError),
    /// What comes of a change cannot be told.
    #[error(transparent)]
    Impact(#[from] impact::ImpactError),
    /// The request cannot be spoken on in this way.
    #[error("{name} {why}")]
    Refused {
        /// The request.
        name: String,
        /// Why not.
        why: String,
    },
}
