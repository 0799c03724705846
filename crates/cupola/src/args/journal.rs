//! What can be said of journals.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::{Args, Subcommand};

/// Where a centre's node is.
#[derive(Args)]
pub(crate) struct NodeFolder {
    /// The folder of the centre's node: its key, its journal, copies of the others'.
    #[arg(long = "node", value_name = "DIR", env = "CUPOLA_NODE", global = true)]
    folder: Option<PathBuf>,
}

impl NodeFolder {
    /// The folder, when one was named.
    pub(crate) fn named(&self) -> Option<&Path> {
        self.folder.as_deref()
    }

    /// # Errors
    /// When none was named.
    pub(crate) fn folder(&self) -> Result<&Path> {
        self.folder.as_deref().context(
            "name the folder of the centre's node: --node DIR, or CUPOLA_NODE in the environment; `cupola journal found` makes one",
        )
    }
}

#[derive(Subcommand)]
pub(crate) enum Journal {
    /// Make a node: a key, and the journal that begins with it.
    Found {
        /// Whose.
        #[arg(long, value_name = "ID", required_unless_present = "all")]
        centre: Option<String>,
        /// To try things out: a node for every centre of the book that speaks for a partner, each in a folder of its name below DIR,
        /// all trusting each other.
        #[arg(long, conflicts_with = "centre")]
        all: bool,
    },
    /// Whose journals count here, and with which key each begins.
    Roots,
    /// From now on the journal of a centre counts, which begins with this key; the centre has told it by another way than a journal.
    Trust {
        #[arg(value_name = "CENTRE")]
        centre: String,
        /// 64 hexadecimal digits, as `journal roots` at that centre says.
        #[arg(value_name = "KEY")]
        key: String,
    },
    /// What was said, the latest last.
    Log {
        /// Only by this centre.
        #[arg(long, value_name = "ID")]
        centre: Option<String>,
        /// So many of the latest records; 0 for all.
        #[arg(long, value_name = "N", default_value_t = 40)]
        last: usize,
    },
    /// Check every record and signature again, and say what contradicts what.
    Verify,
    /// Write records to a bundle, a file for those to whom no link leads.
    Export {
        /// The file; it must not be there.
        #[arg(value_name = "FILE")]
        file: PathBuf,
        /// Only what is missing in this bundle of theirs (default: everything).
        #[arg(long, value_name = "FILE")]
        since: Option<PathBuf>,
    },
    /// Take in bundles of others, in any order; what does not hold is named and left out.
    Import {
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
    },
    /// Say how far this node holds everybody's journal, so that nobody can shorten one unseen.
    Checkpoint,
    /// Say which of two records of one number counts; when enough centres have said it, it does, and that centre can write again.
    Settle {
        /// The beginning of its digest, at least six digits.
        #[arg(value_name = "DIGEST")]
        record: String,
    },
    /// Somebody says to have seen a record of this centre that it never wrote: lift the bar that this is to writing.
    Disregard {
        /// The beginning of its digest.
        #[arg(value_name = "DIGEST")]
        record: String,
    },
    /// Put one more key into use, beside the one that signs.
    NewKey,
    /// Put a new key in the place of the one in use.
    RotateKey,
    /// Say that a key is not to be believed any more; another one must be in use.
    RevokeKey {
        /// 64 hexadecimal digits.
        #[arg(value_name = "KEY")]
        key: String,
        /// Why.
        #[arg(long, value_name = "TEXT")]
        why: String,
    },
    /// Say that one partner gives another an amount of a pool. It counts once the centres that speak for both have said the same.
    Barter {
        /// The partner who gives.
        #[arg(value_name = "FROM")]
        from: String,
        /// The partner who takes.
        #[arg(value_name = "TO")]
        to: String,
        /// Of which pool; agreement.toml has them.
        #[arg(value_name = "POOL")]
        pool: String,
        /// How much, in the pool's unit, as `cupola shares --json` has it.
        #[arg(value_name = "AMOUNT")]
        amount: u64,
        /// For what.
        #[arg(long, value_name = "TEXT")]
        terms: String,
    },
    /// Copy all records, as of one moment, to a new file while others go on writing. Keys are not in it.
    Backup {
        #[arg(value_name = "FILE")]
        file: PathBuf,
    },
}
