//! How the station hangs together: parents, shares, and the flights that brought the pieces.

use record::{ElementId, Share, Sourced};
use station::{Element, Placement, Port};
use timeline::Time;

use super::when::{surely_after, surely_differ};
use super::{Report, must, service, should};
use crate::book::Book;

pub(super) fn structure(book: &Book, report: &mut Report) {
    for element in &book.elements {
        dates(element, report);
        shares(element, report);
        parents(element, book, report);
        flight(element, book, report);
    }
    roots(book, report);
    for port in &book.ports {
        carrier(port, book, report);
    }
}

fn dates(element: &Sourced<Element>, report: &mut Report) {
    let id = &element.id;
    let mut before = ("launched", element.launched);
    let placed = element.placements.iter().map(|placement| ("attached", placement.from));
    for (what, time) in placed.chain(element.removed.map(|removed| ("removed", removed))) {
        if surely_after(before.1, time) {
            let message = format!("`{id}` was {what} at {time}, before it was {} at {}", before.0, before.1);
            report
                .add(must(element, "dates-reversed", message).about(id.as_str()).mend("look both times up"));
        }
        before = (what, time);
    }
}

fn shares(element: &Sourced<Element>, report: &mut Report) {
    let sum: Share = element.uses.iter().map(|one| one.share).sum();
    if !element.uses.is_empty() && sum != Share::WHOLE {
        let message = format!("the shares of `{}` add up to {sum}", element.id);
        let finding = must(element, "shares-sum", message).about(element.id.as_str());
        report.add(finding.mend("make them add up to 100 %"));
    }
    for (at, one) in element.uses.iter().enumerate() {
        if element.uses[..at].iter().any(|before| before.partner == one.partner) {
            let message = format!("`{}` gives two shares to `{}`", element.id, one.partner);
            let finding = must(element, "share-twice", message).about(element.id.as_str());
            report.add(finding.about(one.partner.as_str()).mend("give one share to each"));
        }
    }
}

fn parents(element: &Sourced<Element>, book: &Book, report: &mut Report) {
    for placement in &element.placements {
        let Some(parent) = placement.parent.as_ref().and_then(|parent| book.elements.get(parent)) else {
            continue;
        };
        let is_early = surely_after(parent.attached(), placement.from);
        let is_late = parent.removed.is_some_and(|removed| surely_after(placement.from, removed));
        if is_early || is_late {
            let message = format!(
                "`{}` was attached to `{}` at {}, when that was not part of the station ({})",
                element.id, parent.id, placement.from, parent.place
            );
            let finding = must(element, "parent-absent", message).about(element.id.as_str());
            report.add(finding.about(parent.id.as_str()).mend("look both times up, or name another parent"));
        }
        if hangs_on_itself(element, placement, book) {
            let message =
                format!("at {} `{}` hangs, through its parents, on itself", placement.from, element.id);
            let finding = must(element, "parent-cycle", message).about(element.id.as_str());
            report.add(finding.mend("name as parent what is nearer to the first element"));
        }
    }
}

/// Follows the parents as they were when `element` was placed; more steps than elements are a circle elsewhere.
fn hangs_on_itself(element: &Element, placement: &Placement, book: &Book) -> bool {
    let mut parent = placement.parent.as_ref();
    for _ in 0..book.elements.len() {
        let Some(id) = parent else { return false };
        if *id == element.id {
            return true;
        }
        parent = parent_at(book, id, placement.from);
    }
    false
}

fn parent_at<'a>(book: &'a Book, id: &ElementId, time: Time) -> Option<&'a ElementId> {
    let element = book.elements.get(id)?;
    // One that was placed later stands in for its beginning: it will be reported as absent, not followed into nothing.
    let placement = element.placement_at(time).or(element.placements.first())?;
    placement.parent.as_ref()
}

/// All but the first element hang on another.
fn roots(book: &Book, report: &mut Report) {
    let is_root = |element: &&Sourced<Element>| {
        element.placements.first().is_some_and(|placement| placement.parent.is_none())
    };
    let first = book.elements.iter().filter(is_root).map(|element| element.attached()).min();
    for element in book.elements.iter().filter(is_root).filter(|element| Some(element.attached()) != first) {
        let message = format!("`{}` has no parent and is not the first element", element.id);
        let finding = should(element, "parent-missing", message).about(element.id.as_str());
        report.add(finding.mend("name in `parent` what it is attached to"));
    }
}

fn flight(element: &Sourced<Element>, book: &Book, report: &mut Report) {
    let Some(flight) = element.flight.as_ref().and_then(|flight| book.flights.get(flight)) else { return };
    if let Some(launched) = flight.launched.filter(|&launched| surely_differ(launched, element.launched)) {
        let message = format!(
            "`{}` was launched at {}, its flight `{}` at {launched} ({})",
            element.id, element.launched, flight.id, flight.place
        );
        let finding = should(element, "launch-differs", message).about(element.id.as_str());
        report.add(finding.about(flight.id.as_str()).mend("look both times up"));
    }
}

/// A port is there from the launch of the element that carries it, and until that leaves the station.
fn carrier(port: &Sourced<Port>, book: &Book, report: &mut Report) {
    let until = port.until.unwrap_or(Time::MAX);
    service::dates(port, Some(port.from), port.until, report);
    for carrier in [Some(&port.element), port.adapter.as_ref()].into_iter().flatten() {
        let Some(element) = book.elements.get(carrier) else { continue };
        let is_early = surely_after(element.launched, port.from);
        let is_late = element.removed.is_some_and(|removed| surely_after(until, removed));
        if is_early || is_late {
            let message = format!(
                "the port `{}` is usable before `{}`, which carries it, was launched, or after it left ({})",
                port.id, element.id, element.place
            );
            let finding = must(port, "port-without-element", message).about(port.id.as_str());
            report.add(
                finding.about(element.id.as_str()).mend("set `from` and `until` within the element's time"),
            );
        }
    }
}
