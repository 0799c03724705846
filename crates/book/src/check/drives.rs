//! What drives processes beyond their rates: batches between two levels, parts of what is in a store.
//!
//! A part has a closed form only where nothing but what is in the store tells how fast the process runs, and where one store
//! of the book is one of which parts are taken.

use record::{Sourced, StoreId};
use station::{Overflow, Process};

use super::{Report, must};
use crate::book::Book;

pub(super) fn drives(book: &Book, report: &mut Report) {
    for process in &book.processes {
        batch(process, book, report);
        part(process, book, report);
    }
    one_source(book, report);
}

fn batch(process: &Sourced<Process>, book: &Book, report: &mut Report) {
    let Some(batch) = &process.batch else { return };
    let rate_kg_d = net_kg_d(process, &batch.store);
    let mut add = |rule: &str, message: String, mend: &str| {
        let finding = must(process, rule, message).about(process.id.as_str());
        report.add(finding.about(batch.store.as_str()).mend(mend));
    };
    if rate_kg_d == 0.0 {
        let message = format!(
            "`{}` runs between two levels of `{}`, which it does not change",
            process.id, batch.store
        );
        add("batch-untouched", message, "name a store of its `in` or `out`");
    } else if batch.start == batch.stop || (batch.start > batch.stop) != (rate_kg_d < 0.0) {
        let message = format!(
            "`{}` starts at {} and stops at {}, but {} `{}`",
            process.id,
            batch.start,
            batch.stop,
            if rate_kg_d < 0.0 { "takes from" } else { "fills" },
            batch.store
        );
        add(
            "batch-endless",
            message,
            "who takes from a store starts high and stops low, who fills it the other way round",
        );
    }
    if let Some(store) = book.stores.get(&batch.store)
        && batch.start.max(batch.stop) > store.capacity
    {
        let message = format!(
            "`{}` runs between {} and {} of `{}`, which has room for {} ({})",
            process.id, batch.start, batch.stop, store.id, store.capacity, store.place
        );
        add("batch-over-capacity", message, "mend one of the two");
    }
}

fn net_kg_d(process: &Process, store: &StoreId) -> f64 {
    let given = process.outputs.iter().filter(|flow| flow.store == *store).map(|flow| flow.rate_kg_d);
    let taken = process.inputs.iter().filter(|flow| flow.store == *store).map(|flow| -flow.rate_kg_d);
    given.chain(taken).fold(0.0, |sum, rate_kg_d| sum + rate_kg_d)
}

fn part(process: &Sourced<Process>, book: &Book, report: &mut Report) {
    let Some(part) = &process.part_of else { return };
    let mut add = |rule: &str, message: String, about: &StoreId, mend: &str| {
        let finding = must(process, rule, message).about(process.id.as_str());
        report.add(finding.about(about.as_str()).mend(mend));
    };
    if net_kg_d(process, &part.store) >= 0.0 {
        let message = format!("`{}` takes a part of `{}`, which is not in its `in`", process.id, part.store);
        add("part-untaken", message, &part.store, "name its store in `in`, and nothing else");
    }
    if process.hold.is_some() || process.batch.is_some() {
        let message = format!(
            "`{}` takes a part of `{}`, and keeps a level or runs in batches too",
            process.id, part.store
        );
        add(
            "part-driven",
            message,
            &part.store,
            "take `hold` or `batch` away: what is in the store alone says how fast it runs",
        );
    }
    for flow in process.inputs.iter().filter(|flow| flow.store != part.store) {
        let message =
            format!("`{}` takes a part of `{}` and from `{}` as well", process.id, part.store, flow.store);
        add("part-driven", message, &flow.store, "take from the one store only");
    }
    for flow in &process.outputs {
        if let Some(store) = book.stores.get(&flow.store).filter(|one| one.overflow == Overflow::HoldsBack) {
            let message = format!(
                "`{}` takes a part of `{}`, but `{}` holds it back when full ({})",
                process.id, part.store, store.id, store.place
            );
            add("part-held-back", message, &store.id, "let that store vent, or give to one that does");
        }
    }
}

fn one_source(book: &Book, report: &mut Report) {
    let parts = || book.processes.iter().filter_map(|process| Some((process, process.part_of.as_ref()?)));
    let Some((first, source)) = parts().next() else { return };
    for (process, part) in parts().filter(|(_, part)| part.store != source.store) {
        let message = format!(
            "`{}` takes a part of `{}`, and `{}` of `{}` ({})",
            process.id, part.store, first.id, source.store, first.place
        );
        let finding = must(process, "part-of-two", message).about(process.id.as_str());
        let mend = "take parts of one store only; let the other process hold a level or run at its rate";
        report.add(finding.about(first.id.as_str()).mend(mend));
    }
}
