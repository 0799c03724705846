//! Power: what draws hangs on a channel, channels are fed, and nothing is given to oneself.

use std::collections::BTreeMap;

use record::{Id, Sourced};
use station::Wing;
use timeline::{Finding, Place};

use super::service::{dates, factors};
use super::{Report, must, should};
use crate::book::Book;
use crate::table::Named;

pub(super) fn power(book: &Book, report: &mut Report) {
    let power = &book.power;
    for wing in &power.wings {
        dates(wing, Some(wing.from), wing.until, report);
        factors(wing, &wing.factors, report);
        shading(wing, report);
    }
    for battery in &power.batteries {
        dates(battery, Some(battery.from), battery.until, report);
    }
    for load in &power.loads {
        dates(load, load.from, load.until, report);
        factors(load, &load.factors, report);
        hangs(load, load.channels.is_empty(), report);
    }
    for transfer in &power.transfers {
        dates(transfer, transfer.from, transfer.until, report);
        if transfer.giving.contains(&transfer.to) {
            let message = format!("`{}` gives to `{}` what it takes from it", transfer.id, transfer.to);
            let finding = must(transfer, "transfer-to-itself", message).about(transfer.id.as_str());
            report.add(finding.about(transfer.to.as_str()).mend("take the receiver out of `giving`"));
        }
    }
    for cooling in &power.loops {
        dates(cooling, cooling.from, cooling.until, report);
        hangs(cooling, cooling.channels.is_empty(), report);
    }
    if !power.channels.is_empty() {
        for process in book.processes.iter().filter(|process| process.power_kw > 0.0) {
            hangs(process, process.channels.is_empty(), report);
        }
    }
    unfed(book, report);
    sheds(book, report);
}

/// What draws power must say from where, or nobody would lack it.
fn hangs<T: Named>(record: &Sourced<T>, is_loose: bool, report: &mut Report) {
    if is_loose {
        let id = record.id().as_str();
        let finding = must(record, "channel-missing", format!("`{id}` hangs on no power channel")).about(id);
        report.add(finding.mend("name one or more in `channels`"));
    }
}

fn shading(wing: &Sourced<Wing>, report: &mut Report) {
    for pair in wing.shading.windows(2).filter(|pair| pair[0].beta_deg >= pair[1].beta_deg) {
        let message = format!(
            "the shading of `{}` at {}° stands after that at {}°",
            wing.id, pair[1].beta_deg, pair[0].beta_deg
        );
        let finding = must(wing, "out-of-order", message).about(wing.id.as_str());
        report.add(finding.mend("list the shading in order of beta, one for each angle"));
    }
}

/// A channel that nothing feeds carries nothing: it was forgotten, or its wing names another.
fn unfed(book: &Book, report: &mut Report) {
    let power = &book.power;
    if !power.wings.is_whole() || !power.batteries.is_whole() {
        return;
    }
    for channel in &power.channels {
        let feeds = power.wings.iter().any(|wing| wing.channel == channel.id)
            || power.batteries.iter().any(|battery| battery.channel == channel.id);
        if !feeds {
            let message = format!("no wing or battery feeds the channel `{}`", channel.id);
            let finding = should(channel, "channel-unfed", message).about(channel.id.as_str());
            report.add(finding.mend(
                "give it a wing or a battery, or take it away; a transfer alone does not make it serve",
            ));
        }
    }
}

/// Who is shed first must not be left to chance or to the order of a file.
fn sheds(book: &Book, report: &mut Report) {
    let mut first: BTreeMap<u32, (&str, &Place)> = BTreeMap::new();
    for process in book.processes.iter().filter(|process| process.power_kw > 0.0) {
        first.entry(process.priority).or_insert((process.id.as_str(), &process.place));
    }
    for load in &book.power.loads {
        let Some(number) = load.shed else { continue };
        let (before, place) = *first.entry(number).or_insert((load.id.as_str(), &load.place));
        if before != load.id.as_str() {
            let message = format!("`{}` is shed at {number}, as `{before}` is ({place})", load.id);
            let finding: Finding = must(load, "priority-twice", message).about(load.id.as_str());
            report.add(finding.about(before).mend("say which of the two is shed first: the higher number"));
        }
    }
}
