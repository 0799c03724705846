//! What several activities do together: to a person, and to what they use.

use std::collections::BTreeMap;

use plan::{Day, Standing};
use record::{KindId, PersonId, ResourceId};
use timeline::{Interval, Time};

use super::asks::{Asks, Did};
use super::fault::{Fault, FaultKind};
use super::said;

fn fault(kind: FaultKind, did: Did<'_>, with: Vec<Did<'_>>, at: Interval) -> Fault {
    Fault {
        kind,
        severity: kind.severity(Standing::Wished),
        activity: did.id.clone(),
        with: with.into_iter().map(|other| other.id.clone()).collect(),
        start: at.start(),
        end: at.end(),
        expected: String::new(),
        found: String::new(),
        off_min: Some(at.duration().whole_minutes()),
    }
}

/// What is found of all that one person does.
pub(crate) fn of_person(asks: &Asks, person: &PersonId, mut own: Vec<Did<'_>>) -> Vec<Fault> {
    own.sort_by_key(|did| (did.at.start(), did.at.end(), did.id));
    let mut faults = Vec::new();
    for (at, did) in own.iter().enumerate() {
        let meanwhile = own[at + 1..].iter().take_while(|later| later.at.start() < did.at.end());
        for later in meanwhile {
            let Some(both) = later.at.intersection(did.at) else { continue };
            faults.push(Fault {
                expected: "one thing at a time".to_owned(),
                found: format!("`{person}` does both {}", said::span(both)),
                ..fault(FaultKind::Twice, *later, vec![*did], both)
            });
        }
    }
    faults.extend(day_limits(asks, person, &own));
    faults
}

/// What a kind of day lets one person do of a kind of activity; each is counted to the day on which it begins.
fn day_limits(asks: &Asks, person: &PersonId, own: &[Did<'_>]) -> Vec<Fault> {
    let mut days: BTreeMap<Day, Vec<Did<'_>>> = BTreeMap::new();
    for did in own {
        days.entry(Day::of(did.at.start())).or_default().push(*did);
    }
    let mut faults = Vec::new();
    for (day, own) in days {
        let Some(whole) = day.interval() else { continue };
        let member = own.iter().find_map(|did| asks.aboard(person, did.at));
        let Some(kind) = member.and_then(|member| asks.day_kind(day, member)) else { continue };
        for limit in &kind.limits {
            let counted: Vec<Did<'_>> =
                own.iter().copied().filter(|did| is_kind(asks, did, &limit.kind)).collect();
            let minutes: i64 = counted.iter().map(|did| did.at.duration().whole_minutes()).sum();
            let most = i64::from(limit.minutes);
            let Some((last, rest)) = counted.split_last().filter(|_| minutes > most) else { continue };
            faults.push(Fault {
                expected: format!("{} of `{}` at most on {day}", said::minutes(most), limit.kind),
                found: format!("`{person}` does {}", said::minutes(minutes)),
                off_min: Some(minutes - most),
                ..fault(FaultKind::DayLimit, *last, rest.to_vec(), whole)
            });
        }
    }
    faults
}

fn is_kind(asks: &Asks, did: &Did<'_>, kind: &KindId) -> bool {
    let own = &did.activity.kind;
    let also = || asks.book.activity_kinds.get(own).is_some_and(|own| own.also.contains(kind));
    own == kind || also()
}

/// What is found of all that use one thing.
pub(crate) fn of_resource(asks: &Asks, resource: &ResourceId, users: &[Did<'_>]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let down = asks.disruption.down(resource);
    for did in users.iter().filter(|did| down.overlaps(did.at)) {
        let at = down.clip(did.at).iter().next().unwrap_or(did.at);
        faults.push(Fault {
            expected: format!("`{resource}` is in use"),
            found: format!("it is out of use {}", said::span(at)),
            ..fault(FaultKind::Down, *did, Vec::new(), at)
        });
    }
    let Some(has) = asks.book.planning.resources.get(resource) else { return faults };
    for stretch in beyond(resource, has.capacity, users) {
        let Stretch { at, most, users } = stretch;
        let Some((last, rest)) = users.split_last() else { continue };
        faults.push(Fault {
            expected: format!("there is {} {} of `{resource}`", has.capacity, has.unit),
            found: format!("{most} of `{resource}` is used {}", said::span(at)),
            ..fault(FaultKind::Taken, *last, rest.to_vec(), at)
        });
    }
    faults
}

/// A time in which more is used than there is.
struct Stretch<'a> {
    at: Interval,
    most: u64,
    /// In order of their beginning.
    users: Vec<Did<'a>>,
}

fn beyond<'a>(resource: &ResourceId, capacity: u32, users: &[Did<'a>]) -> Vec<Stretch<'a>> {
    let amount = |did: &Did<'_>| -> u64 {
        let of = did.activity.uses.iter().filter(|used| used.resource == *resource);
        of.map(|used| u64::from(used.amount)).sum()
    };
    let mut users: Vec<(Did<'a>, u64)> = users.iter().map(|did| (*did, amount(did))).collect();
    users.sort_by_key(|(did, _)| (did.at.start(), did.at.end(), did.id));
    let mut times: Vec<Time> = users.iter().flat_map(|(did, _)| [did.at.start(), did.at.end()]).collect();
    times.sort_unstable();
    times.dedup();
    let mut found: Vec<Stretch<'a>> = Vec::new();
    let mut first = 0;
    for pair in times.windows(2) {
        let Some(at) = Interval::new(pair[0], pair[1]) else { continue };
        // What ended before everything from here on is over for good.
        while users.get(first).is_some_and(|(did, _)| did.at.end() <= at.start()) {
            first += 1;
        }
        let going = users[first..].iter().take_while(|(did, _)| did.at.start() < at.end());
        let now: Vec<(Did<'a>, u64)> = going.filter(|(did, _)| did.at.overlaps(at)).copied().collect();
        let used: u64 = now.iter().map(|(_, amount)| amount).sum();
        if used <= u64::from(capacity) {
            continue;
        }
        let now: Vec<Did<'a>> = now.into_iter().map(|(did, _)| did).collect();
        match found.last_mut().filter(|last| last.at.end() == at.start()) {
            Some(last) => {
                last.at = last.at.joined(at).unwrap_or(last.at);
                last.most = last.most.max(used);
                let more = now.into_iter().filter(|did| last.users.iter().all(|one| one.id != did.id));
                let more: Vec<Did<'a>> = more.collect();
                last.users.extend(more);
            }
            None => found.push(Stretch { at, most: used, users: now }),
        }
    }
    found
}
