//! Requests: what they name, whether they can be done at all, and what they follow.

use std::collections::{BTreeMap, BTreeSet};

use plan::{By, GRID_MIN, Request, Role};
use record::{Id, PersonId, RequestId, SkillId, Sourced};
use timeline::{Duration, Interval};

use super::planning::{capacity, lasts};
use super::references::Naming;
use super::{Report, must};
use crate::book::Book;

/// A request is worth at most this.
const MOST_VALUE: u32 = 1_000;
/// A request is repeated at most so often in a period, and needs at most so many of a role.
const MOST_TIMES: u32 = 100;
/// A request has its turn in one of so many days or weeks at least.
const MOST_EVERY: u32 = 1_000;

pub(super) fn requests(book: &Book, report: &mut Report) {
    let able = able(book);
    for request in &book.requests {
        names(request, book, report);
        figures(request, report);
        room(request, report);
        recurrence(request, report);
        follows(request, book, report);
        capacity(request, request.id.as_str(), &request.uses, book, report);
        for role in &request.crew {
            qualified(request, role, book, &able, report);
        }
    }
    circles(book, report);
}

fn names(request: &Sourced<Request>, book: &Book, report: &mut Report) {
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
            let mend = match most {
                u32::MAX => format!("write {least} or more"),
                _ => format!("write {least} to {most}"),
            };
            report.add(must(request, "out-of-range", message).about(id).mend(mend));
        }
    };
    out_of_range("value", request.worth, 1, MOST_VALUE);
    out_of_range("times", request.often.times, 1, MOST_TIMES);
    out_of_range("every", request.often.every, 1, MOST_EVERY);
    for role in &request.crew {
        out_of_range("count", role.count, 1, MOST_TIMES);
    }
    if let Some(part_min) = request.part_min {
        out_of_range("part_min", part_min, GRID_MIN, request.minutes.max(GRID_MIN));
    }
    for after in &request.after {
        if let Some(most_min) = after.most_min {
            out_of_range("most_min", most_min, after.least_min, u32::MAX);
        }
    }
}

/// How often it is done means something.
fn recurrence(request: &Sourced<Request>, report: &mut Report) {
    let id = request.id.as_str();
    let is_alone = matches!(request.crew.as_slice(), [role] if role.count == 1);
    if request.often.by == By::Each && !is_alone {
        let message = format!("`{id}` is done by each, but not by one person alone");
        let mend = "give it one role of one person, or leave `by` out";
        report.add(must(request, "each-unclear", message).about(id).mend(mend));
    }
    if request.often.every > 1 && request.often.per.is_none() {
        let message = format!("`{id}` is done in one of {}, nobody knows of what", request.often.every);
        report.add(must(request, "every-idle", message).about(id).mend("say `per`, or leave `every` out"));
    }
}

/// For each time that it is done, it is known which time of another it follows.
fn follows(request: &Sourced<Request>, book: &Book, report: &mut Report) {
    for after in &request.after {
        let Some(first) = book.requests.get(&after.request) else { continue };
        if !request.keeps_step_with(first) {
            let id = request.id.as_str();
            let message = format!("`{id}` follows `{}`, which is repeated otherwise", first.id);
            let finding = must(request, "after-out-of-step", message).about(id).about(first.id.as_str());
            report.add(
                finding.mend("give both the same `per`, `every`, `by` and first week, or do the first once"),
            );
        }
    }
}

fn room(request: &Sourced<Request>, report: &mut Report) {
    let id = request.id.as_str();
    let least = request.part_min.unwrap_or(request.minutes);
    if let Some(hours) = request.hours
        && (hours.to <= hours.from || u32::from(hours.to.minutes() - hours.from.minutes()) < least)
    {
        let message = format!("`{id}` lasts {least} min, longer than from {} to {}", hours.from, hours.to);
        report.add(must(request, "hours-narrow", message).about(id).mend("give it more room, on one day"));
    }
    let fits = |window: &Interval| window.duration() >= Duration::MINUTE * i64::from(least);
    if !request.windows.is_empty() && !request.windows.iter().any(fits) {
        let message = format!("`{id}` lasts {least} min, longer than any of its windows");
        report.add(must(request, "window-narrow", message).about(id).mend("give it a longer window"));
    }
}

type Able<'a> = BTreeMap<&'a SkillId, BTreeSet<&'a PersonId>>;

/// Who has learnt what.
fn able(book: &Book) -> Able<'_> {
    let mut able = Able::new();
    for one in &book.qualifications {
        able.entry(&one.skill).or_default().insert(&one.person);
    }
    able
}

/// Whether enough people have learnt it; who is aboard is another question.
fn qualified(request: &Sourced<Request>, role: &Role, book: &Book, able: &Able<'_>, report: &mut Report) {
    let is_known = role.skills.iter().all(|skill| book.planning.skills.get(skill).is_some())
        && role.of.iter().all(|person| book.people.get(person).is_some());
    if (role.skills.is_empty() && role.of.is_empty()) || !is_known || !book.people.is_whole() {
        return;
    }
    let can = |person: &&PersonId| {
        role.skills.iter().all(|skill| able.get(skill).is_some_and(|able| able.contains(*person)))
    };
    let skilled = || role.skills.first().and_then(|skill| able.get(skill)).into_iter().flatten().copied();
    let count = if role.of.is_empty() {
        skilled().filter(can).count()
    } else {
        role.of.iter().collect::<BTreeSet<_>>().into_iter().filter(can).count()
    };
    if count < role.count as usize {
        let of: Vec<&str> = role.of.iter().map(Id::as_str).collect();
        let skills: Vec<&str> = role.skills.iter().map(Id::as_str).collect();
        let of = if of.is_empty() { String::new() } else { format!(" of {}", of.join(", ")) };
        let skills =
            if skills.is_empty() { String::new() } else { format!(" who can do {}", skills.join(" and ")) };
        let message = format!("`{}` needs {}{of}{skills}; there are {count}", request.id, role.count);
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
            let message = match path.as_slice() {
                [one] => format!("{one} follows itself"),
                _ => format!("{} follow each other in a circle", path.join(", ")),
            };
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
    let mut on_path = BTreeMap::from([(start, 0)]);
    while let Some((id, rest)) = path.last_mut() {
        let id = *id;
        match rest.next() {
            None => {
                done.insert(id);
                on_path.remove(id);
                path.pop();
            }
            Some(after) if done.contains(&after.request) => {}
            Some(after) => {
                if let Some(&at) = on_path.get(&after.request) {
                    let circle: Vec<&RequestId> = path[at..].iter().map(|(on, _)| *on).collect();
                    done.extend(path.iter().map(|(on, _)| *on));
                    return Some(circle);
                }
                on_path.insert(&after.request, path.len());
                path.push((&after.request, followed(&after.request)));
            }
        }
    }
    None
}
