//! `cupola plan`: the crew's timeline.

mod bench;
mod calendar;
mod changed;
mod check;
mod edit;
mod flown;
mod form;
mod increment;
mod known;
mod list;
mod merge;
mod names;
mod operation;
mod otherwise;
mod overview;
mod page;
mod panel;
mod sheet;
mod show;
mod svg;
mod table;
mod verdict;
mod week;
mod why;

use std::collections::BTreeSet;

use anyhow::{Result, ensure};
use book::Book;
use rules::{Rule, Scene};
use timeline::Interval;

use crate::answer::Answer;
use crate::args::plan::Plan;
use sky::{Trust, stretches};

pub(crate) fn answer(book: &Book, plan: &Plan) -> Result<Answer> {
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

fn ensure_requests(book: &Book) -> Result<()> {
    ensure!(
        !book.requests.is_empty(),
        "nobody asks for anything in this book: it has no requests/*.toml (docs/book.md says what is in them)"
    );
    Ok(())
}

/// What happens beside the plan: traffic, light and links as far as anybody can tell.
fn surroundings(book: &Book, span: Interval, rules: &[Rule]) -> Result<Scene> {
    let names: BTreeSet<String> = rules
        .iter()
        .flat_map(Rule::profiles)
        .chain(book.requests.iter().flat_map(|request| request.needs.clone()))
        .collect();
    let outlook = stretches(book, span, &names, Trust::TO_PLAN)?;
    let mut scene = scene::scene(book, None, outlook.profiles, span);
    scene.known = outlook.known;
    Ok(scene)
}
