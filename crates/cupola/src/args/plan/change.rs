//! What can be said of changing a plan.

use std::path::PathBuf;

use clap::Args;

/// What to change of a plan.
#[derive(Args)]
pub(crate) struct Edit {
    /// The plan: what `cupola plan week --json` prints. It is not changed unless --out names it.
    #[arg(value_name = "PLAN.json")]
    pub(crate) plan: PathBuf,
    /// What to do, one after the other, each in quotes; a single one may go without:
    /// move ID TIME · assign ID PERSON,… · swap ID ID · split ID TIME · lock ID · unlock ID · shift-after TIME +LENGTH [PERSON,…] ·
    /// add JSON · remove ID · start ID TIME · finish ID [TIME..]TIME · skip ID REASON.
    /// TIME may be +30min, -1h, +1d from where the activity is.
    #[arg(value_name = "OPERATION", conflicts_with = "edits", verbatim_doc_comment)]
    pub(crate) operations: Vec<String>,
    /// A list of operations as JSON, texts or objects such as {"do": "lock", "id": "…"}; - reads it from standard input.
    #[arg(long, value_name = "FILE.json")]
    pub(crate) edits: Option<PathBuf>,
    /// Write the changed plan there; without it the plan is in the JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// Two plans that were made from one.
#[derive(Args)]
pub(crate) struct Merge {
    /// One side; where both changed the same, the merged plan has this.
    #[arg(value_name = "A.json")]
    pub(crate) ours: PathBuf,
    /// The other side.
    #[arg(value_name = "B.json")]
    pub(crate) theirs: PathBuf,
    /// The plan that both were made from.
    #[arg(long, value_name = "C.json")]
    pub(crate) base: PathBuf,
    /// Write the merged plan there; without it the plan is in the JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}

/// A plan to hold against the rules.
#[derive(Args)]
pub(crate) struct Check {
    /// The plan.
    #[arg(value_name = "PLAN.json")]
    pub(crate) plan: PathBuf,
    /// The plan that it refines: tell also where it leaves that one.
    #[arg(long, value_name = "UPPER.json")]
    pub(crate) above: Option<PathBuf>,
}

/// What became of a plan.
#[derive(Args)]
pub(crate) struct Flown {
    /// The plan. It is not changed unless --out names it.
    #[arg(value_name = "PLAN.json")]
    pub(crate) plan: PathBuf,
    /// What was done: columns id, state (started, done or skipped), start, end, reason.
    #[arg(long, value_name = "FILE.csv")]
    pub(crate) report: PathBuf,
    /// Write the plan with what was done there; without it the plan is in the JSON.
    #[arg(long, value_name = "FILE")]
    pub(crate) out: Option<PathBuf>,
}
