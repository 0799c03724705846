//! Which machines people depend on, from nothing but what the processes take and give.

use std::collections::BTreeSet;

use book::Book;
use record::{ProcessId, StoreId};
use station::Process;
use timeline::Time;

/// The machines in service at `at` that make what people live on, or take away what they give off.
///
/// People take from some stores and give to others. Whatever fills the first, through any number of steps, or empties the second
/// keeps them alive. What only carries a commodity from store to store, and draws no power for it, is no machine
/// that breaks.
pub(crate) fn machines(book: &Book, at: Time) -> Vec<ProcessId> {
    let is_in_service = |process: &Process| process.service().is_some_and(|service| service.contains(at));
    let running: Vec<&Process> =
        book.processes.iter().map(|process| &process.value).filter(|one| is_in_service(one)).collect();
    let (people, others): (Vec<&Process>, Vec<&Process>) =
        running.into_iter().partition(|process| process.scale.is_some());
    let mut needed: BTreeSet<&StoreId> =
        people.iter().flat_map(|process| process.inputs.iter().map(|flow| &flow.store)).collect();
    let given: BTreeSet<&StoreId> =
        people.iter().flat_map(|process| process.outputs.iter().map(|flow| &flow.store)).collect();
    loop {
        let before = needed.len();
        for process in &others {
            if process.outputs.iter().any(|flow| needed.contains(&flow.store)) {
                needed.extend(process.inputs.iter().map(|flow| &flow.store));
            }
        }
        if needed.len() == before {
            break;
        }
    }
    let commodity = |store: &StoreId| book.stores.get(store).map(|store| store.commodity.as_str());
    let makes = |process: &Process| {
        let into: BTreeSet<_> = process.inputs.iter().map(|flow| commodity(&flow.store)).collect();
        process.outputs.iter().any(|flow| !into.contains(&commodity(&flow.store)))
    };
    let keeps_alive = |process: &&&Process| {
        let fills = process.outputs.iter().any(|flow| needed.contains(&flow.store));
        let empties = process.inputs.iter().any(|flow| given.contains(&flow.store));
        (fills || empties) && (makes(process) || process.power_kw > 0.0)
    };
    others.iter().filter(keeps_alive).map(|process| process.id.clone()).collect()
}
