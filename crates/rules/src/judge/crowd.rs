//! At most so many, at least so many: at once, or in any stretch of a length.

use timeline::{Duration, Interval, Time, Unit};

use super::by_word;
use crate::breach::Breach;
use crate::form::{Form, Length, Room, Sense};
use crate::rule::Rule;
use crate::say;
use crate::scene::Case;
use crate::stage::{Stage, in_unit};

pub(super) fn crowd(rule: &Rule, stage: &Stage, word: Option<&str>) -> Vec<Breach> {
    let Form::Crowd { sense, count, who, room, same, during } = &rule.form else { return Vec::new() };
    let word = by_word(same.as_deref(), word);
    let cases = stage.chosen(who, word);
    match (sense, room) {
        (Sense::No, Room::Once) => at_once(rule, &cases, *count, word),
        (Sense::No, Room::In(length)) => too_many(rule, &cases, *count, *length, word),
        (Sense::Only, Room::In(length)) => {
            let domain: Vec<Interval> = match during {
                Some(during) => stage.window(during, word).clip(stage.span).iter().collect(),
                None => vec![stage.span],
            };
            domain
                .into_iter()
                .flat_map(|within| too_few(rule, &cases, *count, *length, within, word))
                .collect()
        }
        (Sense::Only, Room::Once) => Vec::new(),
    }
}

/// Stretches in which more than `count` take place together.
fn at_once(rule: &Rule, cases: &[&Case], count: usize, word: Option<(&str, &str)>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut running: Vec<&Case> = Vec::new();
    let mut crowd: Option<Crowd<'_>> = None;
    for &case in cases {
        let now = case.start;
        running.retain(|other| other.end > now || (other.start == now && other.end == now));
        if running.len() <= count {
            breaches.extend(crowd.take().map(|crowd| crowd.breach(rule, count, word, None)));
        }
        running.push(case);
        if running.len() > count {
            // The stretch ends when so many have ended that the rest are allowed.
            let mut ends: Vec<Time> = running.iter().map(|case| case.end).collect();
            ends.sort_unstable_by(|a, b| b.cmp(a));
            let end = ends[count];
            let crowd = crowd.get_or_insert_with(|| Crowd { start: now, end, most: 0, cases: Vec::new() });
            crowd.take_in(&running, end);
        }
    }
    breaches.extend(crowd.map(|crowd| crowd.breach(rule, count, word, None)));
    breaches
}

/// Stretches shorter than `length` in which more than `count` begin.
fn too_many(
    rule: &Rule,
    cases: &[&Case],
    count: usize,
    length: Length,
    word: Option<(&str, &str)>,
) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let mut crowd: Option<Crowd<'_>> = None;
    for run in cases.windows(count + 1) {
        let (first, last) = (run[0], run[count]);
        if last.start - first.start >= length.duration {
            continue;
        }
        if let Some(before) = crowd.take_if(|before| before.end < first.start) {
            breaches.push(before.breach(rule, count, word, Some(length)));
        }
        let all = cases.iter().copied().filter(|case| case.start >= first.start);
        let together: Vec<&Case> =
            all.take_while(|case| case.start - first.start < length.duration).collect();
        let crowd = crowd.get_or_insert_with(|| Crowd {
            start: first.start,
            end: last.start,
            most: 0,
            cases: Vec::new(),
        });
        crowd.take_in(&together, last.start);
    }
    breaches.extend(crowd.map(|crowd| crowd.breach(rule, count, word, Some(length))));
    breaches
}

/// A stretch with too many in it.
struct Crowd<'a> {
    start: Time,
    end: Time,
    most: usize,
    cases: Vec<&'a Case>,
}

impl<'a> Crowd<'a> {
    fn take_in(&mut self, together: &[&'a Case], end: Time) {
        self.end = self.end.max(end);
        self.most = self.most.max(together.len());
        for case in together {
            if !self.cases.iter().any(|known| known.id == case.id) {
                self.cases.push(case);
            }
        }
    }

    fn breach(self, rule: &Rule, count: usize, word: Option<(&str, &str)>, length: Option<Length>) -> Breach {
        let subjects =
            self.cases.iter().map(|case| case.id.clone()).chain(word.map(|(_, word)| word.to_owned()));
        let room = length.map_or_else(|| "at once".to_owned(), |length| format!("in {}", shown(length)));
        let message = format!("{} {room} where {count} are allowed: {}", self.most, names(&self.cases));
        let mend = match length {
            None if self.start == self.end => format!("move one of them from {}", say::at(self.start)),
            None => format!("move one of them out of {} to {}", say::at(self.start), say::at(self.end)),
            Some(length) => format!("move one to {} or later", say::at(self.start + length.duration)),
        };
        Breach::new(rule, self.start, self.end)
            .about(subjects)
            .measured(self.most as f64, count as f64, Unit::NONE)
            .saying(message, mend)
    }
}

/// Stretches of a domain longer than `length` in which fewer than `count` begin.
fn too_few(
    rule: &Rule,
    cases: &[&Case],
    count: usize,
    length: Length,
    within: Interval,
    word: Option<(&str, &str)>,
) -> Vec<Breach> {
    if count == 0 || within.duration() < length.duration {
        return Vec::new();
    }
    let inside: Vec<&Case> = cases.iter().copied().filter(|case| within.contains(case.start)).collect();
    // From the domain's start, and an instant after each case, until so many more have begun.
    let begins = std::iter::once(within.start()).chain(inside.iter().map(|case| case.start));
    let mut breaches: Vec<Breach> = Vec::new();
    for (at, start) in begins.enumerate() {
        let reached = inside.get(at + count - 1).map(|case| case.start);
        let end = reached.unwrap_or(within.end());
        let too_long =
            end - start > length.duration || (reached.is_none() && end - start >= length.duration && at == 0);
        if !too_long || breaches.last().is_some_and(|last| last.end >= end) {
            continue;
        }
        let longest = end - start;
        let found = inside.iter().filter(|case| case.start > start && case.start < end).count();
        let subjects = inside[at.saturating_sub(1)..]
            .iter()
            .take(count + 1)
            .map(|case| case.id.clone())
            .chain(word.map(|(_, word)| word.to_owned()));
        let message = format!(
            "{found} in {}, where {count} in {} are asked for",
            say::number(in_unit(longest, length.unit.seconds()), &length.unit.unit()),
            shown(length)
        );
        let mend = format!("plan one by {}", say::at(start + length.duration.min(Duration::MAX)));
        breaches.push(
            Breach::new(rule, start, end)
                .about(subjects)
                .measured(found as f64, count as f64, Unit::NONE)
                .saying(message, mend),
        );
    }
    breaches
}

fn shown(length: Length) -> String {
    say::number(in_unit(length.duration, length.unit.seconds()), &length.unit.unit())
}

/// The first few by name.
fn names(cases: &[&Case]) -> String {
    const FEW: usize = 6;
    let some: Vec<&str> = cases.iter().take(FEW).map(|case| case.id.as_str()).collect();
    let more = cases.len().saturating_sub(FEW);
    if more == 0 { some.join(", ") } else { format!("{} and {more} more", some.join(", ")) }
}
