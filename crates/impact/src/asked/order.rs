//! What is done of one request: how long, in which parts, how often, how far apart, and what it follows.

use std::collections::BTreeMap;

use plan::{After, GRID_MIN, Request};
use timeline::{Duration, Time};

use super::asks::{Asks, Did, Follows};
use super::fault::{Fault, FaultKind};
use super::said;
use super::times::{Done, first_day, times};

/// What is found of all that is done of a request. `of` gives what is done of another.
pub(crate) fn of_request<'a>(
    asks: &Asks,
    request: &Request,
    own: impl Iterator<Item = Did<'a>>,
    of: &dyn Fn(&record::RequestId) -> Vec<Did<'a>>,
) -> Vec<Fault> {
    let mut found = Found { request, faults: Vec::new() };
    let all = times(request, own);
    for done in &all {
        found.parts(done);
        found.length(done);
    }
    found.often(&all);
    found.gaps(&all);
    found.follows(asks, &all, of);
    found.faults
}

struct Found<'r> {
    request: &'r Request,
    faults: Vec<Fault>,
}

/// What is to be said of an activity.
struct Said<'a> {
    kind: FaultKind,
    did: Did<'a>,
    with: Option<Did<'a>>,
    expected: String,
    found: String,
    off: Option<Duration>,
}

impl Found<'_> {
    fn say(&mut self, said: Said<'_>) {
        self.faults.push(Fault {
            kind: said.kind,
            severity: said.kind.severity(self.request.standing),
            activity: said.did.id.clone(),
            with: said.with.map(|other| other.id.clone()).into_iter().collect(),
            start: said.did.at.start(),
            end: said.did.at.end(),
            expected: said.expected,
            found: said.found,
            off_min: said.off.map(|off| off.abs().whole_minutes()),
        });
    }

    /// So many parts of so many minutes at least that the whole can have.
    fn most_parts(&self) -> i64 {
        let least = self.request.part_min.unwrap_or(self.request.minutes).max(1);
        let on_grid = least.div_ceil(GRID_MIN).max(1).saturating_mul(GRID_MIN);
        i64::from(self.request.minutes / on_grid).max(1)
    }

    /// Parts are done one after the other, none is missing before another, none is too short.
    fn parts(&mut self, done: &Done<'_>) {
        for pair in done.parts.windows(2) {
            let (before, after) = (pair[0].1, pair[1].1);
            if after.at.start() < before.at.end() {
                self.say(Said {
                    kind: FaultKind::Order,
                    did: after,
                    with: Some(before),
                    expected: "its parts are done one after the other".to_owned(),
                    found: format!("it begins {}, before that ends", after.at.start().gmt()),
                    off: Some(before.at.end() - after.at.start()),
                });
            }
        }
        let numbers: Vec<u32> = done.parts.iter().filter_map(|(part, _)| part.first().copied()).collect();
        let hole = (1..).zip(numbers.iter()).find(|(due, is)| due < *is);
        // What was split by hand begins with a part that has no number.
        let is_whole = done.parts.first().is_some_and(|(part, _)| part.is_empty());
        if let Some((due, _)) = hole.filter(|_| !is_whole) {
            let at = done.parts.iter().find(|(part, _)| part.first().is_some_and(|number| *number > due));
            if let Some((_, did)) = at {
                self.say(Said {
                    kind: FaultKind::Order,
                    did: *did,
                    with: None,
                    expected: format!("part {due} is done before it"),
                    found: format!("part {due} is not in the plan"),
                    off: None,
                });
            }
        }
        if done.parts.len() < 2 {
            return;
        }
        let Some(least) = self.request.part_min else {
            let expected = "it is done at one go".to_owned();
            let found = format!("it is done in {} parts", done.parts.len());
            let did = done.parts[done.parts.len() - 1].1;
            self.say(Said { kind: FaultKind::Parts, did, with: None, expected, found, off: None });
            return;
        };
        let least = Duration::MINUTE * i64::from(least);
        for (_, did) in done.parts.iter().filter(|(_, did)| did.is_planned() && did.at.duration() < least) {
            self.say(Said {
                kind: FaultKind::Parts,
                did: *did,
                with: None,
                expected: format!("no part is shorter than {}", said::length(least)),
                found: format!("it takes {}", said::length(did.at.duration())),
                off: Some(least - did.at.duration()),
            });
        }
    }

    /// All parts together take as long as asked; what was done took what it took.
    fn length(&mut self, done: &Done<'_>) {
        if !done.parts.iter().all(|(_, did)| did.is_planned()) {
            return;
        }
        let wanted = Duration::MINUTE * i64::from(self.request.minutes);
        let is = done.length();
        // A wish of several parts may be done in part.
        let may_lack = done.parts.iter().all(|(part, _)| !part.is_empty())
            && (done.parts.len() as i64) < self.most_parts();
        if is > wanted || (is < wanted && !may_lack) {
            self.say(Said {
                kind: FaultKind::Length,
                did: done.parts[done.parts.len() - 1].1,
                with: None,
                expected: format!("it takes {}", said::length(wanted)),
                found: format!("it takes {}", said::length(is)),
                off: Some(is - wanted),
            });
        }
    }

    /// No more often in a day, a week or all than asked, each by themselves where each does it.
    fn often(&mut self, all: &[Done<'_>]) {
        let often = self.request.often;
        let mut counted: BTreeMap<_, u32> = BTreeMap::new();
        for done in all {
            let period = often.per.map(|per| first_day(per, done.start()));
            let count = counted.entry((period, done.by)).or_default();
            *count += 1;
            if *count <= often.times {
                continue;
            }
            let per = often.per.map_or("in all".to_owned(), |per| format!("in a {per}"));
            let (of, count) = (if done.by.is_some() { " by each" } else { "" }, *count);
            self.say(Said {
                kind: FaultKind::Often,
                did: done.first(),
                with: None,
                expected: format!("{} times {per}{of} at most", often.times),
                found: format!("it is number {count}"),
                off: None,
            });
        }
    }

    /// From the end of one time to the beginning of the next.
    fn gaps(&mut self, all: &[Done<'_>]) {
        let least = Duration::MINUTE * i64::from(self.request.often.gap_min);
        if least == Duration::ZERO {
            return;
        }
        let mut last: BTreeMap<_, &Done<'_>> = BTreeMap::new();
        for done in all {
            let before = last.insert(done.by, done);
            let Some(before) = before else { continue };
            let gap = done.start() - before.end();
            if gap < least {
                self.say(Said {
                    kind: FaultKind::Gap,
                    did: done.first(),
                    with: Some(before.first()),
                    expected: format!("{} at least between them", said::length(least)),
                    found: format!("it begins {} after that ends", said::length(gap)),
                    off: Some(least - gap),
                });
            }
        }
    }

    fn follows<'a>(
        &mut self,
        asks: &Asks,
        all: &[Done<'a>],
        of: &dyn Fn(&record::RequestId) -> Vec<Did<'a>>,
    ) {
        if self.request.after.is_empty() || all.is_empty() {
            return;
        }
        let links = asks.follows.get(&self.request.id).map_or(&[][..], Vec::as_slice);
        for after in self.request.after.iter().filter(|after| asks.in_span.contains(&after.request)) {
            let others = of(&after.request);
            for done in all {
                let own: Vec<&Follows> = links
                    .iter()
                    .filter(|link| link.first.0 == after.request && is_of(&link.then, done))
                    .collect();
                if own.is_empty() {
                    self.any(after, done, &others);
                }
                for link in own {
                    self.link(link, done, &others);
                }
            }
        }
    }

    /// What falls from the request by itself follows what it is bound to.
    fn link(&mut self, link: &Follows, done: &Done<'_>, others: &[Did<'_>]) {
        let first = &link.first.1;
        let of_first = others.iter().filter(|did| is_part(did.id.as_str(), first.as_str()));
        let last = of_first.max_by_key(|did| did.at.end());
        let Some(last) = last else {
            self.say(Said {
                kind: FaultKind::Order,
                did: done.first(),
                with: None,
                expected: format!("`{first}` is done before it"),
                found: format!("`{first}` is not in the plan"),
                off: None,
            });
            return;
        };
        let gap = done.start() - last.at.end();
        let most = link.most.unwrap_or(Duration::MAX);
        if gap < link.least || gap > most {
            self.say(Said {
                kind: FaultKind::Order,
                did: done.first(),
                with: Some(*last),
                expected: apart(link.least, link.most),
                found: begins(gap),
                off: Some(if gap > most { gap - most } else { link.least - gap }),
            });
        }
    }

    /// What somebody put in beside that follows any time of the other.
    fn any(&mut self, after: &After, done: &Done<'_>, others: &[Did<'_>]) {
        let least = Duration::MINUTE * i64::from(after.least_min);
        let most = after.most_min.map(|most| Duration::MINUTE * i64::from(most));
        let fits = |end: Time| {
            let gap = done.start() - end;
            least <= gap && gap <= most.unwrap_or(Duration::MAX)
        };
        if !others.iter().any(|did| fits(did.at.end())) {
            self.say(Said {
                kind: FaultKind::Order,
                did: done.first(),
                with: None,
                expected: format!("`{}` is done before it; {}", after.request, apart(least, most)),
                found: "no time of it is".to_owned(),
                off: None,
            });
        }
    }
}

/// Whether an id is that of a wish, or of a part that was split from it.
fn is_part(id: &str, wish: &str) -> bool {
    id.strip_prefix(wish).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a wish is a time of a request, or one of its parts.
fn is_of(wish: &plan::ActivityId, done: &Done<'_>) -> bool {
    is_part(wish.as_str(), done.base)
}

fn apart(least: Duration, most: Option<Duration>) -> String {
    match (least == Duration::ZERO, most) {
        (true, None) => "it begins after that ends".to_owned(),
        (true, Some(most)) => format!("it begins at most {} after that ends", said::length(most)),
        (false, None) => format!("it begins {} or more after that ends", said::length(least)),
        (false, Some(most)) => {
            format!("it begins {} to {} after that ends", said::length(least), said::length(most))
        }
    }
}

fn begins(gap: Duration) -> String {
    if gap < Duration::ZERO {
        format!("it begins {} before that ends", said::length(gap.abs()))
    } else {
        format!("it begins {} after that ends", said::length(gap))
    }
}
