//! What can be said of change requests.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

#[derive(Subcommand)]
pub(crate) enum Change {
    /// Ask for a change: of a plan, of the book, or of both.
    New(New),
    /// All requests, where they stand, and what each centre has said.
    List {
        /// Only those on which this centre still has to decide.
        #[arg(long)]
        mine: bool,
        /// Only those that stand so.
        #[arg(long, value_enum, value_name = "STATUS")]
        status: Option<StatusName>,
    },
    /// One request: what it asks for, whom it touches, who has said what, and what it would do.
    Show {
        #[command(flatten)]
        which: Which,
    },
    /// Say yes for this centre.
    Approve {
        #[command(flatten)]
        which: Which,
        /// Something that is to be said of it.
        #[arg(long, value_name = "TEXT")]
        comment: Option<String>,
    },
    /// Say no for this centre.
    Reject {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        why: Why,
    },
    /// Say something that decides nothing.
    Comment {
        #[command(flatten)]
        which: Which,
        /// The word.
        #[arg(long, value_name = "TEXT")]
        text: String,
    },
    /// Take back what this centre asked for.
    Withdraw {
        #[command(flatten)]
        which: Which,
        #[command(flatten)]
        why: Why,
    },
    /// Say that an approved request is in the products now.
    Implement {
        #[command(flatten)]
        which: Which,
    },
    /// Decide for a body as its chair, when the time is over in which its members should have agreed.
    Decide {
        #[command(flatten)]
        which: Which,
        /// What is decided.
        #[arg(value_enum, value_name = "DECISION")]
        decision: Decision,
        #[command(flatten)]
        why: Why,
        /// For which body (default: the one whose chair may).
        #[arg(long, value_name = "ID")]
        body: Option<String>,
    },
    /// Make a request of this centre anew on the plan and book as they are now, or say what conflicts.
    Rebase {
        #[command(flatten)]
        which: Which,
        /// Where both changed the same, take what this request wanted.
        #[arg(long)]
        mine: bool,
        /// Only say what would come of it.
        #[arg(long)]
        dry_run: bool,
    },
    /// Write what all approved requests come to: a plan, or the files of the book.
    Baseline {
        /// Which plan to print as JSON; the list of plans when none is named.
        #[arg(value_name = "PLAN")]
        plan: Option<String>,
        /// Write the book as it is now to this folder, which must not be there.
        #[arg(long, value_name = "DIR", conflicts_with = "plan")]
        files: Option<PathBuf>,
    },
}

impl Change {
    /// Whether nothing is written.
    pub(crate) const fn only_reads(&self) -> bool {
        matches!(self, Self::List { .. } | Self::Show { .. } | Self::Baseline { .. })
    }
}

/// A new request.
#[derive(Args)]
pub(crate) struct New {
    /// Why it is wanted.
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
    /// How soon it is needed.
    #[arg(long, value_enum, value_name = "URGENCY", default_value_t = UrgencyName::Routine)]
    pub(crate) urgency: UrgencyName,
    /// A plan that is to take the place of the baseline's, as `plan week --json` or `plan edit --out` writes it.
    #[arg(long, value_name = "PLAN.json")]
    pub(crate) plan: Option<PathBuf>,
    /// Which plan of the baseline (default: the only one; a new one is called after its level and first day).
    #[arg(long, value_name = "ID")]
    pub(crate) product: Option<String>,
    /// An operation on that plan, as for `plan edit`: "move ID +30min"; may be said several times.
    #[arg(long = "edit", value_name = "OPERATION", conflicts_with = "plan")]
    pub(crate) edits: Vec<String>,
    /// A folder with the book as it is to be: a copy of the baseline's in which something was changed.
    #[arg(long, value_name = "DIR")]
    pub(crate) files: Option<PathBuf>,
    /// A request in whose place this one is to stand, such as one of two that clash; may be said several times.
    #[arg(long, value_name = "REQUEST")]
    pub(crate) replaces: Vec<String>,
    /// In which increment the request is numbered (default: that of the latest).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=9_999))]
    pub(crate) increment: Option<u32>,
    /// Only say what it would do and who would have to approve it.
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Which request.
#[derive(Args)]
pub(crate) struct Which {
    /// Its number, such as 75-0541, or the beginning of its digest.
    #[arg(value_name = "REQUEST")]
    pub(crate) request: String,
}

/// A reason that must be given.
#[derive(Args)]
pub(crate) struct Why {
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) why: String,
}

/// How soon.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum UrgencyName {
    /// In the ordinary round of reviews.
    Routine,
    /// Before the next round.
    Urgent,
    /// Now: safety of crew or vehicle.
    Safety,
}

/// What a chair decides.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Decision {
    /// It is approved.
    Approve,
    /// It is rejected.
    Reject,
}

/// Where a request stands.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum StatusName {
    /// Not decided.
    Open,
    /// Part of the baseline.
    Approved,
    /// Rejected.
    Rejected,
    /// Taken back.
    Withdrawn,
    /// Another stands in its place.
    Replaced,
}
