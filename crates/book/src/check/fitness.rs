//! Seats that ships have for a time: while they are there, dates in order, and one count at a time.

use std::collections::BTreeMap;

use record::{FlightId, Sourced};
use timeline::Interval;
use traffic::Fitness;

use super::when::{overlaps, surely_after};
use super::{Report, must, should};
use crate::book::Book;

pub(super) fn fitness(book: &Book, report: &mut Report) {
    let visits = traffic::visits(book.dockings.iter().map(|docking| &docking.value));
    let mut of_flights: BTreeMap<&FlightId, Vec<(Interval, &Sourced<Fitness>)>> = BTreeMap::new();
    for fitness in &book.fitness {
        let (id, from) = (&fitness.flight, fitness.from);
        if surely_after(from, book.about.known_until) {
            let until = book.about.known_until;
            let message = format!("the seats of `{id}` at {from} are after {until}, where history ends");
            let finding = must(fitness, "history-ahead", message).about(id.as_str());
            report.add(finding.mend("look the time up, or move `known_until`"));
        }
        let Some(interval) = fitness.interval() else {
            let to = fitness.to.unwrap_or(from);
            let message = format!("the seats of `{id}` are so until {to}, before they are so from {from}");
            let finding = must(fitness, "dates-reversed", message).about(id.as_str());
            report.add(finding.mend("look both times up"));
            continue;
        };
        let is_there = visits.get(id).is_some_and(|visit| visit.intersection(interval).is_some());
        if !is_there && book.flights.knows(id.as_str()) {
            let message =
                format!("`{id}` held no port while its seats are said to be {}", fitness.seats_down);
            let finding = should(fitness, "seats-idle", message).about(id.as_str());
            report.add(finding.mend("mend the times, or take the row away"));
        }
        of_flights.entry(id).or_default().push((interval, fitness));
    }
    for (id, rows) in of_flights {
        for overlap in overlaps(rows).iter().filter(|overlap| overlap.is_sure) {
            let message =
                format!("the seats of `{id}` at that time stand at {} already", overlap.first.place);
            let finding = must(overlap.second, "seats-twice", message).during(overlap.shared);
            report.add(finding.about(id.as_str()).mend("end one where the other begins"));
        }
    }
}
