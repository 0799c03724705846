//! Ports: who held which when, and whether that vehicle could.

use std::collections::BTreeMap;

use record::{Id, Sourced};
use timeline::{Finding, Interval, Severity, Time};
use traffic::Docking;

use super::when::{Overlap, overlaps, surely_after};
use super::{Report, must, should};
use crate::book::Book;

type Held<'a> = (Interval, &'a Sourced<Docking>);

pub(super) fn ports(book: &Book, report: &mut Report) {
    for docking in &book.dockings {
        usable(docking, book, report);
        fits(docking, book, report);
    }
    for (_, held) in grouped(book, |docking| &docking.port) {
        for overlap in overlaps(held) {
            report.add(both_there(&overlap));
        }
    }
    for (_, held) in grouped(book, |docking| &docking.flight) {
        for overlap in overlaps(held).iter().filter(|overlap| overlap.first.port != overlap.second.port) {
            report.add(in_two_ports(overlap));
        }
    }
    blocked(book, report);
}

fn grouped<'a, I: Id>(book: &'a Book, key: impl Fn(&'a Docking) -> &'a I) -> BTreeMap<&'a I, Vec<Held<'a>>> {
    let mut groups: BTreeMap<&I, Vec<Held<'_>>> = BTreeMap::new();
    for docking in &book.dockings {
        if let Some(interval) = docking.interval() {
            groups.entry(key(&docking.value)).or_default().push((interval, docking));
        }
    }
    groups
}

fn both_there(overlap: &Overlap<&Sourced<Docking>>) -> Finding {
    let (first, second) = (overlap.first, overlap.second);
    let message = format!(
        "`{}` came to `{}` at {} while `{}` held it until {} ({})",
        second.flight,
        second.port,
        second.from,
        first.flight,
        end_text(first),
        first.place
    );
    shared(overlap, "port-overlap", message).about(second.port.as_str())
}

fn in_two_ports(overlap: &Overlap<&Sourced<Docking>>) -> Finding {
    let (first, second) = (overlap.first, overlap.second);
    let message = format!(
        "`{}` came to `{}` at {} while it held `{}` until {} ({})",
        second.flight,
        second.port,
        second.from,
        first.port,
        end_text(first),
        first.place
    );
    shared(overlap, "flight-two-ports", message)
}

/// What a coarse time may excuse should be looked up; what nothing excuses must.
fn shared(overlap: &Overlap<&Sourced<Docking>>, rule: &str, message: String) -> Finding {
    let severity = if overlap.is_sure { Severity::Must } else { Severity::Should };
    let mend = if overlap.is_sure {
        "one of the two times or ports is wrong"
    } else {
        "look the times up more exactly: they are known only to the minute or day"
    };
    let finding =
        Finding::new(rule, severity, message).at(overlap.second.place.clone()).during(overlap.shared);
    let finding = finding.about(overlap.second.flight.as_str()).mend(mend);
    if overlap.first.flight == overlap.second.flight {
        finding
    } else {
        finding.about(overlap.first.flight.as_str())
    }
}

fn end_text(docking: &Docking) -> String {
    docking.to.map_or_else(|| "now".to_owned(), |to| to.to_string())
}

fn usable(docking: &Sourced<Docking>, book: &Book, report: &mut Report) {
    let Some(port) = book.ports.get(&docking.port) else { return };
    let finding = |message| {
        must(docking, "port-not-there", message).about(docking.flight.as_str()).about(port.id.as_str())
    };
    if surely_after(port.from, docking.from) {
        let message = format!(
            "`{}` came to `{}` at {}, before that was usable at {} ({})",
            docking.flight, port.id, docking.from, port.from, port.place
        );
        report.add(finding(message).mend("name the port that was there, or mend its `from`"));
    }
    if let Some(until) = port.until.filter(|&until| surely_after(docking.to.unwrap_or(Time::MAX), until)) {
        let message = format!(
            "`{}` held `{}` until {}, after that was gone at {until} ({})",
            docking.flight,
            port.id,
            end_text(docking),
            port.place
        );
        report.add(finding(message).mend("name the port that was there, or mend its `until`"));
    }
}

fn fits(docking: &Sourced<Docking>, book: &Book, report: &mut Report) {
    let Some(vehicle) = book.vehicle_of(&docking.flight) else { return };
    if let Some(port) = book.ports.get(&docking.port)
        && !vehicle.mechanisms.contains(&port.mechanism)
    {
        let message = format!(
            "`{}` of type `{}` carries {}, but `{}` takes `{}` ({})",
            docking.flight,
            vehicle.id,
            listed(&vehicle.mechanisms),
            port.id,
            port.mechanism,
            port.place
        );
        let finding = must(docking, "mechanism-mismatch", message).about(docking.flight.as_str());
        report
            .add(finding.about(port.id.as_str()).mend("name another port, or add the mechanism to the type"));
    }
    if let Some(joins) = vehicle.joins.filter(|&joins| joins != docking.join) {
        let message = format!(
            "`{}` joined by `{}`, its type `{}` by `{joins}`",
            docking.flight, docking.join, vehicle.id
        );
        let finding = should(docking, "join-mismatch", message).about(docking.flight.as_str());
        report.add(finding.mend(format!("write `{joins}`, or mend the type")));
    }
}

fn listed(mechanisms: &[String]) -> String {
    if mechanisms.is_empty() { "no mechanism".to_owned() } else { format!("`{}`", mechanisms.join("`, `")) }
}

fn blocked(book: &Book, report: &mut Report) {
    let held = grouped(book, |docking| &docking.port);
    for port in &book.ports {
        for (interval, holder) in held.get(&port.id).into_iter().flatten() {
            let at_blocked = port.blocks.iter().filter_map(|blocked| held.get(blocked)).flatten();
            for (other, docking) in at_blocked {
                if let Some(shared) =
                    interval.intersection(*other).filter(|_| docking.flight != holder.flight)
                {
                    let message = format!(
                        "`{}` holds `{}` while `{}` at `{}` blocks it ({})",
                        docking.flight, docking.port, holder.flight, port.id, holder.place
                    );
                    let finding = must(docking, "port-blocked", message).during(shared);
                    let finding = finding.about(docking.flight.as_str()).about(holder.flight.as_str());
                    report.add(
                        finding.mend("one of the two ports or times is wrong, or the port does not block"),
                    );
                }
            }
        }
    }
}
