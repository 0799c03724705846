//! The crew day: what names what, what each weekday is, what there is room for.

use std::collections::BTreeSet;

use plan::{Block, Clock, DayKind, Demand, Extent, GRID_MIN, Holiday, Weekday};
use record::{Sourced, Word};

use super::references::Naming;
use super::when::surely_after;
use super::{Report, must};
use crate::book::Book;

/// What is planned lasts at most a day.
const DAY_MIN: u32 = 24 * 60;

pub(super) fn planning(book: &Book, report: &mut Report) {
    for day in &book.planning.days {
        day_names(day, book, report);
    }
    week(book, report);
    holidays(book, report);
    for resource in &book.planning.resources {
        let one = Naming { record: resource, subject: resource.id.as_str() };
        one.names(&resource.owner, &book.partners, report);
        one.may_name(resource.element.as_ref(), &book.elements, report);
    }
    for block in &book.planning.blocks {
        block_names(block, book, report);
        extent(block, report);
        capacity(block, block.id.as_str(), &block.uses, book, report);
    }
    qualifications(book, report);
}

fn day_names(day: &Sourced<DayKind>, book: &Book, report: &mut Report) {
    let one = Naming { record: day, subject: day.id.as_str() };
    for limit in &day.limits {
        one.names(&limit.kind, &book.activity_kinds, report);
    }
    one.may_name(day.is.as_ref(), &book.activity_kinds, report);
}

/// Each weekday is one kind of day for each segment.
fn week(book: &Book, report: &mut Report) {
    let days = &book.planning.days;
    for (at, day) in days.iter().enumerate() {
        for weekday in &day.on {
            let is_same = |other: &&Sourced<DayKind>| {
                other.on.contains(weekday) && meet(&other.segments, &day.segments)
            };
            let Some(first) = days.iter().take(at).find(is_same) else { continue };
            let message = format!("`{}` and `{}` both are every {weekday}", first.id, day.id);
            let finding = must(day, "day-twice", message).about(day.id.as_str());
            report.add(finding.mend("leave it to one of the two"));
        }
    }
    let Some(first) = days.iter().next().filter(|_| days.is_whole()) else { return };
    // A segment to which no element belongs is a fault of its own.
    let is_there = |home: &&str| book.elements.iter().any(|element| element.segment == *home);
    let homes: BTreeSet<&str> =
        book.partners.iter().filter_map(|partner| partner.segment.as_deref()).filter(is_there).collect();
    let missing: Vec<String> =
        Weekday::ALL.iter().filter_map(|weekday| missing(*weekday, &homes, book)).collect();
    if !missing.is_empty() {
        let message = format!("no kind of day is for {}", missing.join(", "));
        report.add(must(first, "day-missing", message).mend("add it to `on` of a day"));
    }
}

/// Whether two records are for some of the same people; for all when no segment is named.
fn meet(a: &[String], b: &[String]) -> bool {
    a.is_empty() || b.is_empty() || a.iter().any(|segment| b.contains(segment))
}

/// For whom a weekday is no kind of day.
fn missing(weekday: Weekday, homes: &BTreeSet<&str>, book: &Book) -> Option<String> {
    let own = || book.planning.days.iter().filter(|day| day.on.contains(&weekday));
    if own().next().is_none() {
        return Some(weekday.to_string());
    }
    let is_of =
        |home: &str| own().any(|day| day.segments.is_empty() || day.segments.iter().any(|one| one == home));
    let without: Vec<&str> = homes.iter().copied().filter(|home| !is_of(home)).collect();
    (!without.is_empty()).then(|| format!("{weekday} of {}", without.join(" and ")))
}

fn holidays(book: &Book, report: &mut Report) {
    let holidays = &book.planning.holidays;
    for (at, holiday) in holidays.iter().enumerate() {
        let subject = holiday.day.to_string();
        Naming { record: holiday, subject: &subject }.names(&holiday.kind, &book.planning.days, report);
        let is_same =
            |other: &&Sourced<Holiday>| other.day == holiday.day && meet(&other.segments, &holiday.segments);
        if let Some(first) = holidays[..at].iter().find(is_same) {
            let message =
                format!("{subject} is `{}` and `{}` for the same people", first.title, holiday.title);
            let finding = must(holiday, "holiday-twice", message).about(subject);
            report.add(finding.mend("leave the day to one of the two"));
        }
    }
}

fn block_names(block: &Sourced<Block>, book: &Book, report: &mut Report) {
    let one = Naming { record: block, subject: block.id.as_str() };
    one.names(&block.kind, &book.activity_kinds, report);
    one.may_name(block.element.as_ref(), &book.elements, report);
    for day in &block.days {
        one.names(day, &book.planning.days, report);
    }
    for used in &block.uses {
        one.names(&used.resource, &book.planning.resources, report);
    }
}

fn extent(block: &Sourced<Block>, report: &mut Report) {
    let (minutes, from, to) = match block.extent {
        Extent::Fixed { from, to } => (None, from, to),
        Extent::Within { minutes, from, to } => (Some(minutes), from, to),
    };
    let is_off_grid = |clock: Clock| !u32::from(clock.minutes()).is_multiple_of(GRID_MIN);
    if is_off_grid(from) || is_off_grid(to) {
        off_grid(block, block.id.as_str(), "begins or ends", report);
    }
    if let Some(minutes) = minutes {
        lasts(block, block.id.as_str(), minutes, report);
        if to <= from || u32::from(to.minutes() - from.minutes()) < minutes {
            let message = format!("`{}` lasts {minutes} min, longer than from {from} to {to}", block.id);
            let finding = must(block, "hours-narrow", message).about(block.id.as_str());
            report.add(finding.mend("give it more room, on one day"));
        }
    } else if from == to {
        let message = format!("`{}` ends at {to}, when it begins", block.id);
        report.add(must(block, "hours-narrow", message).about(block.id.as_str()).mend("give it a length"));
    }
}

fn off_grid<T>(record: &Sourced<T>, id: &str, what: &str, report: &mut Report) {
    let message = format!("`{id}` {what} off the grid of {GRID_MIN} minutes");
    report.add(must(record, "off-grid", message).about(id).mend("write a multiple of 5 minutes"));
}

/// What is planned lasts something, at most a day, in steps of the grid.
pub(super) fn lasts<T>(record: &Sourced<T>, id: &str, minutes: u32, report: &mut Report) {
    if !minutes.is_multiple_of(GRID_MIN) {
        off_grid(record, id, "has a length", report);
    }
    if minutes == 0 || minutes > DAY_MIN {
        let message = format!("`{id}` lasts {minutes} min");
        let mend = "write 5 min to a day, or make several requests of it";
        report.add(must(record, "out-of-range", message).about(id).mend(mend));
    }
}

/// What it uses of each resource, all together, is there.
pub(super) fn capacity<T>(record: &Sourced<T>, id: &str, uses: &[Demand], book: &Book, report: &mut Report) {
    for (at, used) in uses.iter().enumerate() {
        let Some(resource) = book.planning.resources.get(&used.resource) else { continue };
        let same = uses[..=at].iter().filter(|other| other.resource == used.resource);
        let amount: u64 = same.map(|other| u64::from(other.amount)).sum();
        if amount > u64::from(resource.capacity) || used.amount == 0 {
            let message = format!(
                "`{id}` uses {amount} {} of `{}`, which has {}",
                resource.unit, resource.id, resource.capacity
            );
            let finding = must(record, "use-impossible", message).about(id).about(resource.id.as_str());
            report.add(finding.mend("ask for 1 up to what there is"));
        }
    }
}

fn qualifications(book: &Book, report: &mut Report) {
    for one in &book.qualifications {
        let naming = Naming { record: one, subject: one.person.as_str() };
        naming.names(&one.person, &book.people, report);
        naming.names(&one.skill, &book.planning.skills, report);
        if let (Some(from), Some(until)) = (one.from, one.until)
            && surely_after(from, until)
        {
            let message = format!("`{}` knows `{}` until {until}, before {from}", one.person, one.skill);
            let finding = must(one, "dates-reversed", message).about(one.person.as_str());
            report.add(finding.mend("look both times up"));
        }
    }
}
