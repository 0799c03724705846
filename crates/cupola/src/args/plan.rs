//! What can be said of plans.

pub(crate) mod bench;
pub(crate) mod change;

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::{Moment, moment};

#[derive(Subcommand)]
pub(crate) enum Plan {
    /// Build the timeline of a week from what the partners ask for.
    Week {
        #[command(flatten)]
        search: Search,
        /// So many days.
        #[arg(long, value_name = "N", default_value_t = 7, value_parser = clap::value_parser!(u32).range(1..=28))]
        days: u32,
        /// Improve this plan: what is locked, begun or over in it stays, and the rest is moved only for good reason.
        #[arg(long, value_name = "PLAN.json")]
        keep: Option<PathBuf>,
        #[command(flatten)]
        otherwise: Otherwise,
        /// Why a request has no place in the plan, and what would admit it: an id, or all.
        #[arg(long, value_name = "ID")]
        explain: Option<String>,
        #[command(flatten)]
        form: Form,
    },
    /// Plan half a year to the day, week after week, so that each partner gets its share.
    Increment {
        #[command(flatten)]
        search: Search,
        /// So many weeks.
        #[arg(long, value_name = "N", default_value_t = 26, value_parser = clap::value_parser!(u32).range(1..=53))]
        weeks: u32,
    },
    /// Draw a plan.
    Show {
        /// A plan that `plan week --json` wrote.
        #[arg(value_name = "PLAN.json")]
        plan: PathBuf,
        #[command(flatten)]
        shown: Shown,
        #[command(flatten)]
        form: Form,
    },
    /// Change a plan and hear at once what the rules say of it and whose share moves.
    Edit(change::Edit),
    /// Make one plan of two that were edited apart; what both changed is named.
    Merge(change::Merge),
    /// Hold a plan against every flight rule, and against the plan above it.
    Check(change::Check),
    /// Take into a plan what was done, when, and what was not.
    Flown(change::Flown),
    /// Measure the planner on public problems.
    #[command(subcommand)]
    Bench(bench::Bench),
}

/// What is drawn of a plan.
#[derive(Args)]
pub(crate) struct Shown {
    /// Only this day, with the list of what is done.
    #[arg(long, value_name = "DATE", value_parser = moment)]
    pub(crate) day: Option<Moment>,
    /// Only what this person does: an id, or a family name that nobody else has.
    #[arg(long, value_name = "ID")]
    pub(crate) person: Option<String>,
    /// As fine as this (default: as the plan is).
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(crate) level: Option<LevelName>,
}

/// How fine a plan is drawn.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum LevelName {
    /// Hours by week and partner, and what is done on each day.
    Increment,
    /// A timeline for each day.
    Week,
    /// A timeline for each day, and the list of what each person does.
    Day,
}

/// What is otherwise than the plan took it to be.
#[derive(Args)]
pub(crate) struct Otherwise {
    /// With --keep: what begins before this moment stays as it is.
    #[arg(long, value_name = "TIME", value_parser = moment, requires = "keep")]
    pub(crate) now: Option<Moment>,
    /// Somebody can do nothing for a time, such as meir-jessica@2026-06-03..2026-06-05; may be said several times.
    #[arg(long, value_name = "PERSON@FROM..TO")]
    pub(crate) away: Vec<String>,
    /// Something that requests need does not hold for a time, such as link.ku@2026-06-03..2026-06-04.
    #[arg(long, value_name = "NAME@FROM..TO")]
    pub(crate) lost: Vec<String>,
    /// A device is out of use for a time, such as ared@2026-06-03..2026-06-10.
    #[arg(long, value_name = "RESOURCE@FROM..TO")]
    pub(crate) down: Vec<String>,
}

/// How to search.
#[derive(Args)]
pub(crate) struct Search {
    /// From when (default: the first Monday after the last moment the book knows).
    #[arg(long, value_name = "TIME", value_parser = moment)]
    pub(crate) from: Option<Moment>,
    /// Search for so long.
    #[arg(long, value_name = "S", default_value_t = 5.0, value_parser = seconds, conflicts_with = "iterations")]
    pub(crate) seconds: f64,
    /// Search for so many steps instead: the same answer on any machine.
    #[arg(long, value_name = "N")]
    pub(crate) iterations: Option<u64>,
    /// Where chance begins.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub(crate) seed: u64,
    /// On so many threads; the answer is the same on any number.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub(crate) threads: u8,
    /// So many searches beside each other, which now and then copy the best; they are part of the answer.
    #[arg(long, value_name = "N", default_value_t = 2, value_parser = clap::value_parser!(u8).range(1..=64))]
    pub(crate) islands: u8,
}

/// In which form a plan is printed.
#[derive(Args)]
#[group(required = false, multiple = false)]
pub(crate) struct Form {
    /// As iCalendar, for a calendar program.
    #[arg(long, conflicts_with = "json")]
    pub(crate) ics: bool,
    /// As CSV, a row for each activity.
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
    /// As a drawing.
    #[arg(long, conflicts_with = "json")]
    pub(crate) svg: bool,
}

fn seconds(text: &str) -> Result<f64, String> {
    super::number(text, "seconds", 0.0, 86_400.0)
}
