//! `cupola plan`: the crew's timeline.

mod bench;
mod changed;
mod check;
mod edit;
mod flown;
mod form;
mod increment;
mod list;
mod merge;
pub(crate) mod operation;
mod otherwise;
mod overview;
mod page;
mod panel;
mod sheet;
mod show;
mod svg;
mod table;
pub(crate) mod verdict;
mod week;
mod why;

use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, ensure};
use book::Book;
use facts::{calendar, names};

use crate::answer::Answer;
use crate::args::plan::Plan;

pub(crate) fn answer(book: &Arc<Book>, plan: &Plan) -> Result<Answer> {
    match plan {
        Plan::Week { search, days, keep, otherwise, explain, form } => {
            let asked = week::Asked {
                days: *days,
                keep: keep.as_deref(),
                otherwise,
                explain: explain.as_deref(),
                form,
            };
            week::answer(book, search, &asked)
        }
        Plan::Increment { search, weeks } => increment::answer(book, search, *weeks),
        Plan::Show { plan, shown, form } => show::answer(book, plan, shown, form),
        Plan::Edit(asked) => edit::answer(book, asked),
        Plan::Merge(asked) => merge::answer(book, asked),
        Plan::Check(asked) => check::answer(book, asked),
        Plan::Flown(asked) => flown::answer(book, asked),
        Plan::Bench(asked) => bench::answer(asked),
    }
}

/// The plan of a file, which is one of the book's station.
pub(crate) fn read(book: &Book, path: &Path) -> Result<plan::Plan> {
    week::read(book, path)
}

fn ensure_requests(book: &Book) -> Result<()> {
    ensure!(
        !book.requests.is_empty(),
        "nobody asks for anything in this book: it has no requests/*.toml (docs/book.md says what is in them)"
    );
    Ok(())
}
