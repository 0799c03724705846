//! Stocks: what is in a store has room in it, and all of a delivery goes somewhere, once.

use std::collections::BTreeMap;

use record::{Share, Sourced, StoreId};
use station::Level;
use timeline::{Time, did_you_mean};
use traffic::{CargoKind, Delivery};

use super::when::surely_after;
use super::{Report, must};
use crate::book::Book;

pub(super) fn stocks(book: &Book, report: &mut Report) {
    levels(book, report);
    let mut rules: BTreeMap<(&str, CargoKind), &Sourced<Delivery>> = BTreeMap::new();
    for delivery in &book.deliveries {
        family(delivery, book, report);
        shares(delivery, report);
        let first = *rules.entry((&delivery.family, delivery.kind)).or_insert(delivery);
        if !std::ptr::eq(first, delivery) {
            let message = format!("{} stands at {} already", label(delivery), first.place);
            let finding = must(delivery, "delivery-twice", message).about(&delivery.family);
            report.add(finding.mend("make them one"));
        }
    }
}

fn levels(book: &Book, report: &mut Report) {
    let mut known: BTreeMap<(&StoreId, Time), &Sourced<Level>> = BTreeMap::new();
    for level in &book.levels {
        let (id, at) = (&level.store, level.at);
        if let Some(store) = book.stores.get(id).filter(|store| level.mass > store.capacity) {
            let message = format!(
                "`{id}` held {} at {at}, and has room for {} ({})",
                level.mass, store.capacity, store.place
            );
            let finding = must(level, "level-over-capacity", message).about(id.as_str());
            report.add(finding.mend("mend the level or the capacity"));
        }
        if surely_after(at, book.about.known_until) {
            let until = book.about.known_until;
            let message = format!("the level of `{id}` at {at} is after {until}, where history ends");
            let finding = must(level, "history-ahead", message).about(id.as_str());
            report.add(finding.mend("look the time up, or move `known_until`"));
        }
        let first = *known.entry((id, at)).or_insert(level);
        if !std::ptr::eq(first, level) {
            let message = format!("the level of `{id}` at {at} stands at {} already", first.place);
            report.add(must(level, "level-twice", message).about(id.as_str()).mend("take one away"));
        }
    }
}

fn label(delivery: &Delivery) -> String {
    format!("the delivery of `{}` by `{}`", delivery.kind, delivery.family)
}

fn family(delivery: &Sourced<Delivery>, book: &Book, report: &mut Report) {
    let mut families = book.vehicles.iter().map(|vehicle| vehicle.family.as_str());
    if !book.vehicles.is_whole() || families.any(|family| family == delivery.family) {
        return;
    }
    let message = format!("no vehicle is of the family `{}`", delivery.family);
    let families = book.vehicles.iter().map(|vehicle| vehicle.family.as_str());
    let mend = did_you_mean(&delivery.family, families, "name a family of vehicles.toml");
    report.add(must(delivery, "family-unknown", message).about(&delivery.family).mend(mend));
}

fn shares(delivery: &Sourced<Delivery>, report: &mut Report) {
    let sum: Share = delivery.into.iter().map(|one| one.share).sum();
    if sum != Share::WHOLE {
        let message = format!("the shares of {} add up to {sum}", label(delivery));
        let finding = must(delivery, "shares-sum", message).about(&delivery.family);
        report.add(finding.mend("make them add up to 100 %"));
    }
    for (at, one) in delivery.into.iter().enumerate() {
        if delivery.into[..at].iter().any(|before| before.store == one.store) {
            let message = format!("{} names `{}` twice", label(delivery), one.store);
            let finding = must(delivery, "share-twice", message).about(&delivery.family);
            report.add(finding.about(one.store.as_str()).mend("give one share to each"));
        }
    }
}
