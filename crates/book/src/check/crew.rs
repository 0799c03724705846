//! Crews: stays that flights could carry, one place at a time, seats for all, and the record of presence.

use std::collections::BTreeMap;

use people::{Aboard, Exit, Spacewalk, Stay, aboard};
use record::{FlightId, PersonId, Sourced};
use timeline::{Finding, Interval, Severity, Time};
use traffic::{Seats, visits};

use super::when::{overlaps, surely_after};
use super::{Report, must};
use crate::book::Book;

pub(super) fn crew(book: &Book, report: &mut Report) {
    let visits = visits(book.dockings.iter().map(|docking| &docking.value));
    let visit = |flight: &FlightId| visits.get(flight).copied();
    let mut times: BTreeMap<&PersonId, Vec<(Interval, &Sourced<Stay>)>> = BTreeMap::new();
    for stay in &book.stays {
        carried(stay, book, &visit, report);
        for one in aboard([&stay.value], visit) {
            times.entry(&stay.person).or_default().push((one.interval, stay));
        }
    }
    for stays in times.values() {
        twice_aboard(stays, report);
    }
    seats(book, report);
    walks(book, &times, report);
    gaps(book, report);
}

/// The flights of a stay docked, and in that order.
fn carried(
    stay: &Sourced<Stay>,
    book: &Book,
    visit: &impl Fn(&FlightId) -> Option<Interval>,
    report: &mut Report,
) {
    let legs = [(Some(&stay.up), stay.from, "from"), (stay.down.as_ref(), stay.to, "to")];
    let mut is_whole = true;
    for (flight, given, column) in legs {
        let Some(flight) = flight.filter(|flight| given.is_none() && visit(flight).is_none()) else {
            continue;
        };
        is_whole = false;
        if book.flights.knows(flight.as_str()) {
            let message = format!("`{}` was aboard by `{flight}`, which never docked", stay.person);
            let finding =
                must(stay, "stay-undocked", message).about(stay.person.as_str()).about(flight.as_str());
            report.add(finding.mend(format!("add the docking to dockings.csv, or fill `{column}`")));
        }
    }
    if is_whole && aboard([&stay.value], visit).is_empty() {
        let down = stay.down.as_ref().map_or("", |down| down.as_str());
        let message = format!("`{}` left (`{down}`) before coming aboard (`{}`)", stay.person, stay.up);
        let finding = must(stay, "dates-reversed", message).about(stay.person.as_str());
        report.add(finding.mend("look up which flights carried this person"));
    }
}

fn twice_aboard(stays: &[(Interval, &Sourced<Stay>)], report: &mut Report) {
    for overlap in overlaps(stays.to_vec()).iter().filter(|overlap| overlap.is_sure) {
        let (first, second) = (overlap.first, overlap.second);
        let message = format!(
            "`{}` came aboard with `{}` while aboard since `{}` ({})",
            second.person, second.up, first.up, first.place
        );
        let finding = must(second, "person-twice", message).during(overlap.shared);
        report.add(finding.about(second.person.as_str()).mend("one of the two stays is wrong"));
    }
}

/// No flight carries more people than it has seats.
fn seats(book: &Book, report: &mut Report) {
    let mut ups: BTreeMap<&FlightId, Vec<&Sourced<Stay>>> = BTreeMap::new();
    let mut downs: BTreeMap<&FlightId, Vec<&Sourced<Stay>>> = BTreeMap::new();
    for stay in &book.stays {
        ups.entry(&stay.up).or_default().push(stay);
        if let Some(down) = &stay.down {
            downs.entry(down).or_default().push(stay);
        }
    }
    let up: fn(Seats) -> u32 = |seats| seats.up;
    let down: fn(Seats) -> u32 = |seats| seats.down;
    for (way, carried, of) in [("up", ups, up), ("down", downs, down)] {
        for (flight, stays) in carried {
            let Some(vehicle) = book.vehicle_of(flight) else { continue };
            let seats = of(vehicle.seats);
            let Some(too_many) = stays.get(usize::try_from(seats).unwrap_or(usize::MAX)) else { continue };
            let message = format!(
                "`{flight}` took a crew of {} {way}, its type `{}` has seats for {seats}",
                stays.len(),
                vehicle.id
            );
            let finding = must(too_many, "seats-exceeded", message).about(flight.as_str());
            report.add(finding.mend("name another flight, or mend the type's seats"));
        }
    }
}

fn walks(book: &Book, times: &BTreeMap<&PersonId, Vec<(Interval, &Sourced<Stay>)>>, report: &mut Report) {
    let mut outside: BTreeMap<&PersonId, Vec<(Interval, &Sourced<Spacewalk>)>> = BTreeMap::new();
    for walk in &book.spacewalks {
        let Some(interval) = walk.interval() else {
            let message = format!("`{}` ended at {}, before it began at {}", walk.id, walk.end, walk.start);
            report.add(
                must(walk, "dates-reversed", message).about(walk.id.as_str()).mend("look both times up"),
            );
            continue;
        };
        airlock(walk, interval, book, report);
        for person in walk.crew.iter().filter(|person| book.people.knows(person.as_str())) {
            outside.entry(person).or_default().push((interval, walk));
            let is_aboard =
                times.get(person).into_iter().flatten().any(|(aboard, _)| aboard.overlaps(interval));
            if !is_aboard {
                let message = format!("`{person}` was on the spacewalk `{}` but not aboard then", walk.id);
                let finding = must(walk, "walker-not-aboard", message).about(walk.id.as_str());
                report.add(finding.about(person.as_str()).mend("name another person, or mend the stay"));
            }
        }
    }
    for (person, walks) in outside {
        for overlap in overlaps(walks).iter().filter(|overlap| overlap.is_sure) {
            let (first, second) = (overlap.first, overlap.second);
            let message = format!(
                "`{person}` is on the spacewalks `{}` and `{}` ({}) at once",
                second.id, first.id, first.place
            );
            let finding = must(second, "walker-twice", message).during(overlap.shared);
            report.add(finding.about(person.as_str()).mend("one of the two is wrong"));
        }
    }
}

fn airlock(walk: &Sourced<Spacewalk>, interval: Interval, book: &Book, report: &mut Report) {
    let Exit::Element(exit) = &walk.exit else { return };
    let Some(element) = book.elements.get(exit) else { return };
    let is_early = surely_after(element.attached(), interval.end());
    let is_late = element.removed.is_some_and(|removed| surely_after(interval.start(), removed));
    if is_early || is_late {
        let message = format!("the spacewalk `{}` left through `{exit}`, which was not there", walk.id);
        let finding = must(walk, "airlock-absent", message).about(walk.id.as_str()).about(exit.as_str());
        report.add(finding.mend("name the airlock that was used"));
    }
}

/// Gaps in the presence of people, from the first who came up to the end of what is known.
fn gaps(book: &Book, report: &mut Report) {
    let aboard = book.aboard();
    let first = aboard.iter().map(|one| one.interval.start()).min();
    let Some(within) = first.and_then(|first| Interval::new(first, book.about.known_until)) else { return };
    for gap in &people::gaps(&aboard, within) {
        let message = format!("nobody was aboard for {}", gap.duration());
        let finding = Finding::new("presence-gap", Severity::Info, message).during(gap);
        let finding = match last_to_leave(&aboard, gap.start()).and_then(|stay| place_of(book, stay)) {
            Some(place) => finding.at(place),
            None => finding,
        };
        report.add(finding);
    }
}

fn last_to_leave<'a>(aboard: &[Aboard<'a>], left: Time) -> Option<&'a Stay> {
    aboard.iter().find(|one| one.interval.end() == left).map(|one| one.stay)
}

fn place_of(book: &Book, stay: &Stay) -> Option<timeline::Place> {
    book.stays.iter().find(|one| std::ptr::eq(&one.value, stay)).map(|one| one.place.clone())
}
