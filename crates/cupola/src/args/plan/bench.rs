//! What can be said of measuring the planner on public problems.

use std::path::PathBuf;

use clap::{Args, Subcommand};

#[derive(Subcommand)]
pub(crate) enum Bench {
    /// Projects of the PSPLIB (single mode, `.sm`): the least time for jobs in an order that share resources.
    Psplib {
        /// The projects.
        #[arg(value_name = "FILE.sm", required = true)]
        files: Vec<PathBuf>,
        /// Best known makespans, in the form of the library's `j120hrs.sm`.
        #[arg(long, value_name = "FILE")]
        best: Option<PathBuf>,
        #[command(flatten)]
        effort: Effort,
    },
    /// Crew weeks: the most value for people on a grid of five minutes.
    Crewweek {
        /// The weeks.
        #[arg(value_name = "FILE", required = true)]
        files: Vec<PathBuf>,
        #[command(flatten)]
        effort: Effort,
        /// On so many threads; the answer is the same on any number.
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=64))]
        threads: u8,
        /// So many searches beside each other, which now and then copy the best; they are part of the answer.
        #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=64))]
        islands: u8,
    },
}

/// How long to search, on each file.
#[derive(Args)]
pub(crate) struct Effort {
    /// Search for so long.
    #[arg(long, value_name = "S", default_value_t = 10.0, value_parser = super::seconds, conflicts_with = "iterations")]
    pub(crate) seconds: f64,
    /// Search for so many steps instead: the same answer on any machine.
    #[arg(long, value_name = "N")]
    pub(crate) iterations: Option<u64>,
    /// Where chance begins.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
}
