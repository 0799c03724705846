//! The crew day and the requests: what names what, what can be done at all.

use std::collections::{BTreeMap, BTreeSet};

use plan::{Block, Clock, DayKind, Demand, Extent, Request, Role, Weekday};
use record::{Id, RequestId, Share, Sourced, Word};

use super::references::Naming;
use super::{Report, must};
use crate::book::Book;

/// Plans stand on a grid of so many minutes.
const GRID_MIN: u32 = 5;
/// A request lasts at most a day.
const DAY_MIN: u32 = 24 * 60;
/// A request is worth at most this.
const MOST_VALUE: u32 = 1_000;
/// A request is repeated at most so often in a period.
const MOST_TIMES: u32 = 100;

pub(super) fn planning(book: &Book, report: &mut Report) {
    for day in &book.planning.days {
        day_names(day, book, report);
    }
    week(book, report);
    for holiday in &book.planning.holidays {
        let subject = holiday.day.to_string();
        Naming { record: holiday, subject: &subject }.names(&holiday.kind, &book.planning.days, report);
    }
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
    for one in &book.qualifications {
        let naming = Naming { record: one, subject: one.person.as_str() };
        naming.names(&one.person, &book.people, report);
        naming.names(&one.skill, &book.planning.skills, report);
    }
    pools(book, report);
    requests(book, report);
}

fn requests(book: &Book, report: &mut Report) {
    for request in &book.requests {
        request_names(request, book, report);
        figures(request, report);
        room(request, report);
        capacity(request, request.id.as_str(), &request.uses, book, report);
        for role in &request.crew {
            qualified(request, role, book, report);
        }
    }
    circles(book, report);
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
    let all = [String::new()];
    let mut taken: BTreeMap<(Weekday, &str), &Sourced<DayKind>> = BTreeMap::new();
    for day in &book.planning.days {
        let segments = if day.segments.is_empty() { &all[..] } else { &day.segments };
        for (weekday, segment) in
            day.on.iter().flat_map(|on| segments.iter().map(move |segment| (*on, segment.as_str())))
        {
            let Some(first) = taken.insert((weekday, segment), day) else { continue };
            let message = format!("`{}` and `{}` both are every {weekday}", first.id, day.id);
            report.add(
                must(day, "day-twice", message).about(day.id.as_str()).mend("leave it to one of the two"),
            );
        }
    }
    let Some(any) = book.planning.days.iter().next() else { return };
    let missing: Vec<&str> = Weekday::ALL
        .iter()
        .filter(|weekday| !taken.keys().any(|(taken, _)| taken == *weekday))
        .map(|weekday| weekday.word())
        .collect();
    if !missing.is_empty() {
        let message = format!("no kind of day is for {}", missing.join(", "));
        report.add(must(any, "day-missing", message).mend("add it to `on` of a day"));
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

fn lasts<T>(record: &Sourced<T>, id: &str, minutes: u32, report: &mut Report) {
    if !minutes.is_multiple_of(GRID_MIN) {
        off_grid(record, id, "has a length", report);
    }
    if minutes == 0 || minutes > DAY_MIN {
        let message = format!("`{id}` lasts {minutes} min");
        let mend = "give it a length of 5 min to a day, or make several requests of it";
        report.add(must(record, "out-of-range", message).about(id).mend(mend));
    }
}

fn capacity<T>(record: &Sourced<T>, id: &str, uses: &[Demand], book: &Book, report: &mut Report) {
    for used in uses {
        let Some(resource) = book.planning.resources.get(&used.resource) else { continue };
        if used.amount > resource.capacity || used.amount == 0 {
            let message = format!(
                "`{id}` uses {} {} of `{}`, which has {}",
                used.amount, resource.unit, resource.id, resource.capacity
            );
            let finding = must(record, "use-impossible", message).about(id).about(resource.id.as_str());
            report.add(finding.mend("ask for 1 up to what there is"));
        }
    }
}

fn pools(book: &Book, report: &mut Report) {
    for pool in &book.pools {
        let one = Naming { record: pool, subject: pool.id.as_str() };
        for part in &pool.parts {
            one.names(&part.partner, &book.partners, report);
        }
        for kind in &pool.kinds {
            one.names(kind, &book.activity_kinds, report);
        }
        let sum: Share = pool.parts.iter().map(|part| part.share).sum();
        if sum != Share::WHOLE {
            let message = format!("the shares of `{}` add up to {sum}", pool.id);
            let finding = must(pool, "shares-sum", message).about(pool.id.as_str());
            report.add(finding.mend("make them add up to 100 %"));
        }
        let partners: BTreeSet<&str> = pool.parts.iter().map(|part| part.partner.as_str()).collect();
        if partners.len() < pool.parts.len() {
            let message = format!("`{}` gives two shares to one partner", pool.id);
            let finding = must(pool, "share-twice", message).about(pool.id.as_str());
            report.add(finding.mend("give one share to each"));
        }
    }
}

fn request_names(request: &Sourced<Request>, book: &Book, report: &mut Report) {
    let one = Naming { record: request, subject: request.id.as_str() };
    one.names(&request.partner, &book.partners, report);
    one.names(&request.kind, &book.activity_kinds, report);
    one.may_name(request.element.as_ref(), &book.elements, report);
    for partner in &request.approved {
        one.names(partner, &book.partners, report);
    }
    for used in &request.uses {
        one.names(&used.resource, &book.planning.resources, report);
    }
    for day in &request.days {
        one.names(day, &book.planning.days, report);
    }
    for after in &request.after {
        one.names(&after.request, &book.requests, report);
    }
    for role in &request.crew {
        for skill in &role.skills {
            one.names(skill, &book.planning.skills, report);
        }
        for person in &role.of {
            one.names(person, &book.people, report);
        }
    }
}

fn figures(request: &Sourced<Request>, report: &mut Report) {
    let id = request.id.as_str();
    lasts(request, id, request.minutes, report);
    let mut out_of_range = |what: &str, value: u32, least: u32, most: u32| {
        if !(least..=most).contains(&value) {
            let message = format!("`{what}` of `{id}` is {value}");
            let mend = format!("write {least} to {most}");
            report.add(must(request, "out-of-range", message).about(id).mend(mend));
        }
    };
    out_of_range("value", request.worth, 1, MOST_VALUE);
    out_of_range("times", request.often.times, 1, MOST_TIMES);
    out_of_range("every", request.often.every, 1, MOST_VALUE);
    for role in &request.crew {
        out_of_range("count", role.count, 1, MOST_TIMES);
    }
    if let Some(part_min) = request.part_min {
        out_of_range("part_min", part_min, GRID_MIN, request.minutes);
    }
    for after in &request.after {
        if let Some(most_min) = after.most_min {
            out_of_range("most_min", most_min, after.least_min, u32::MAX);
        }
    }
}

/// Whether it fits where it is allowed.
fn room(request: &Sourced<Request>, report: &mut Report) {
    let id = request.id.as_str();
    let least = request.part_min.unwrap_or(request.minutes);
    if let Some(hours) = request.hours
        && (hours.to <= hours.from || u32::from(hours.to.minutes() - hours.from.minutes()) < least)
    {
        let message = format!("`{id}` lasts {least} min, longer than from {} to {}", hours.from, hours.to);
        report.add(must(request, "hours-narrow", message).about(id).mend("give it more room, on one day"));
    }
    let fits =
        |window: &timeline::Interval| window.duration() >= timeline::Duration::MINUTE * i64::from(least);
    if !request.windows.is_empty() && !request.windows.iter().any(fits) {
        let message = format!("`{id}` lasts {least} min, longer than any of its windows");
        report.add(must(request, "window-narrow", message).about(id).mend("give it a longer window"));
    }
}

/// Whether enough people have learnt it; who is aboard is another question.
fn qualified(request: &Sourced<Request>, role: &Role, book: &Book, report: &mut Report) {
    if role.skills.is_empty() && role.of.is_empty() {
        return;
    }
    let able = book
        .people
        .iter()
        .filter(|person| role.of.is_empty() || role.of.contains(&person.id))
        .filter(|person| {
            role.skills.iter().all(|skill| {
                book.qualifications.iter().any(|one| one.person == person.id && one.skill == *skill)
            })
        })
        .count();
    if able < role.count as usize {
        let skills: Vec<&str> = role.skills.iter().map(Id::as_str).collect();
        let message =
            format!("`{}` needs {} who can do {}; {able} can", request.id, role.count, skills.join(" and "));
        let finding = must(request, "nobody-qualified", message).about(request.id.as_str());
        report.add(finding.mend("add rows to skills.csv, or ask for less"));
    }
}

/// No request follows itself.
fn circles(book: &Book, report: &mut Report) {
    let mut done: BTreeSet<&RequestId> = BTreeSet::new();
    for request in &book.requests {
        if let Some(circle) = circle(&request.id, book, &mut done) {
            let path: Vec<String> = circle.iter().map(|id| format!("`{id}`")).collect();
            let message = format!("{} follow each other in a circle", path.join(", "));
            let finding = must(request, "after-circle", message).about(request.id.as_str());
            report.add(finding.mend("leave one `after` out"));
        }
    }
}

/// Goes back from a request to what it follows; what comes back to where it came from is a circle.
fn circle<'a>(
    start: &'a RequestId,
    book: &'a Book,
    done: &mut BTreeSet<&'a RequestId>,
) -> Option<Vec<&'a RequestId>> {
    let followed =
        |id: &RequestId| book.requests.get(id).map_or(&[][..], |request| request.after.as_slice()).iter();
    let mut path = vec![(start, followed(start))];
    while let Some((id, rest)) = path.last_mut() {
        let id = *id;
        match rest.next() {
            None => {
                done.insert(id);
                path.pop();
            }
            Some(after) if done.contains(&after.request) => {}
            Some(after) => {
                if let Some(at) = path.iter().position(|(on, _)| **on == after.request) {
                    let circle: Vec<&RequestId> = path[at..].iter().map(|(on, _)| *on).collect();
                    done.extend(path.iter().map(|(on, _)| *on));
                    return Some(circle);
                }
                path.push((&after.request, followed(&after.request)));
            }
        }
    }
    None
}
