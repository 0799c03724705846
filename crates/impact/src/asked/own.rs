//! One activity by itself: whose, where, when, by whom, with what.

use plan::{By, Clock, Day, DayId, Demand, Hours, Origin, Request, Standing};
use record::{BlockId, PersonId};
use timeline::{Interval, Window};

use super::asks::{Asks, Did};
use super::day::{days, outside_hours};
use super::fault::{Fault, FaultKind};
use super::said;
use super::seats;

/// What is found of one activity alone.
pub(crate) fn own(asks: &Asks, did: Did<'_>) -> Vec<Fault> {
    let mut found = Found { asks, did, standing: Standing::Wished, faults: Vec::new() };
    match &did.activity.origin {
        Origin::Request(id) => match asks.request(id) {
            Some(request) => found.request(request),
            None => found.say(FaultKind::Unknown, "a request of the book", &format!("it stems from `{id}`")),
        },
        Origin::Block(id) => found.block(id),
        Origin::Added => {}
    }
    found.people();
    found.element();
    found.faults
}

struct Found<'a> {
    asks: &'a Asks,
    did: Did<'a>,
    standing: Standing,
    faults: Vec<Fault>,
}

impl Found<'_> {
    fn say(&mut self, kind: FaultKind, expected: &str, found: &str) {
        self.say_off(kind, expected, found, None);
    }

    fn say_off(&mut self, kind: FaultKind, expected: &str, found: &str, off_min: Option<i64>) {
        self.faults.push(Fault {
            kind,
            severity: kind.severity(self.standing),
            activity: self.did.id.clone(),
            with: Vec::new(),
            start: self.did.at.start(),
            end: self.did.at.end(),
            expected: expected.to_owned(),
            found: found.to_owned(),
            off_min,
        });
    }

    fn request(&mut self, request: &Request) {
        self.standing = request.standing;
        self.whose(request);
        self.windows(request);
        if let Some(hours) = request.hours {
            self.hours(hours);
        }
        self.days(request);
        self.turn(request);
        self.needs(request);
        if let Some((kind, expected, found)) = seats::wrong(self.asks, request, self.did) {
            self.say(kind, &expected, &found);
        }
    }

    fn whose(&mut self, request: &Request) {
        let activity = self.did.activity;
        if activity.partner.as_ref() != Some(&request.partner) {
            let found =
                activity.partner.as_ref().map_or("it is nobody's".to_owned(), |own| format!("it is {own}'s"));
            self.say(FaultKind::Whose, &format!("it is {}'s", request.partner), &found);
        }
        if activity.kind != request.kind {
            let [expected, found] = [&request.kind, &activity.kind].map(|kind| format!("it is `{kind}`"));
            self.say(FaultKind::Whose, &expected, &found);
        }
        if activity.element != request.element {
            let said = |element: &Option<record::ElementId>| {
                element
                    .as_ref()
                    .map_or("it is nowhere in particular".to_owned(), |one| format!("it is in `{one}`"))
            };
            self.say(FaultKind::Place, &said(&request.element), &said(&activity.element));
        }
        let uses = |need: &&Demand| {
            let has = activity.uses.iter().filter(|used| used.resource == need.resource);
            has.map(|used| used.amount).sum::<u32>() < need.amount
        };
        let less: Vec<&Demand> = request.uses.iter().filter(uses).collect();
        if !less.is_empty() {
            let said = |all: &[Demand]| {
                let one = |used: &Demand| match used.amount {
                    1 => format!("`{}`", used.resource),
                    amount => format!("{amount} of `{}`", used.resource),
                };
                if all.is_empty() { "nothing".to_owned() } else { said::list(all.iter().map(one)) }
            };
            let (expected, found) = (said(&request.uses), said(&activity.uses));
            self.say(FaultKind::Uses, &format!("it uses {expected}"), &format!("it uses {found}"));
        }
    }

    fn windows(&mut self, request: &Request) {
        if request.windows.is_empty() {
            return;
        }
        let windows = Window::from_intervals(request.windows.iter().copied());
        if !windows.covers(self.did.at) {
            let off = Window::from(self.did.at).minus(&windows).total().whole_minutes();
            let expected = said::list(windows.iter().map(said::span));
            self.say_off(
                FaultKind::Window,
                &format!("inside {expected}"),
                &format!("it lies {}", said::span(self.did.at)),
                Some(off),
            );
        }
    }

    fn hours(&mut self, hours: Hours) {
        let off = outside_hours(self.did.at, hours);
        if !off.is_empty() {
            self.say_off(
                FaultKind::Hours,
                &format!("from {} to {}", hours.from, hours.to),
                &format!("it lies {}", said::span(self.did.at)),
                Some(off.total().whole_minutes()),
            );
        }
    }

    fn days(&mut self, request: &Request) {
        for day in days(self.did.at) {
            if !request.on.is_empty() && !request.on.contains(&day.weekday()) {
                let found = format!("{day} is a {}", day.weekday());
                self.say(FaultKind::Day, &format!("on {}", said::list(&request.on)), &found);
            } else if !request.days.is_empty() && !self.is_day(day, request) {
                let expected = format!("on days that are {}", said::list(&request.days));
                self.say(FaultKind::Day, &expected, &format!("{day} is none for those it needs"));
            }
        }
    }

    /// A day is of its kinds when it is so for as many as each part needs, or for the one who does it alone.
    fn is_day(&self, day: Day, request: &Request) -> bool {
        let asks = self.asks;
        if request.often.by == By::Each && !request.crew.is_empty() {
            let own = |person: &PersonId| asks.aboard(person, self.did.at);
            let is_day = |person| own(person).is_none_or(|member| asks.is_day(day, member, &request.days));
            return self.did.activity.crew.iter().all(is_day);
        }
        if request.crew.is_empty() {
            return asks.stays().iter().any(|member| asks.is_day(day, member, &request.days));
        }
        request.crew.iter().all(|role| {
            let able = asks.stays().iter().filter(|member| asks.can(member, role, self.did.at));
            able.filter(|member| asks.is_day(day, member, &request.days)).count() >= role.count as usize
        })
    }

    fn turn(&mut self, request: &Request) {
        let Some(per) = request.often.per else { return };
        let first = super::times::first_day(per, self.did.at.start());
        if !request.has_turn_in(first) {
            let expected = format!("in every {}th {per}", request.often.every);
            self.say(FaultKind::Turn, &expected, &format!("it is not its turn in that of {first}"));
        }
    }

    fn needs(&mut self, request: &Request) {
        for (need, lacks) in self.asks.lacks(&request.id) {
            if !lacks.overlaps(self.did.at) {
                continue;
            }
            let lacks = lacks.clip(self.did.at);
            let first = lacks.iter().next().map_or(self.did.at, |first| first);
            self.say_off(
                FaultKind::Need,
                &format!("`{need}` holds all the while"),
                &format!("it does not hold {}", said::span(first)),
                Some(lacks.total().whole_minutes()),
            );
        }
    }

    fn block(&mut self, id: &BlockId) {
        let Some(block) = self.asks.book.planning.blocks.get(id) else {
            self.say(FaultKind::Unknown, "a block of the book's day", &format!("it stems from `{id}`"));
            return;
        };
        // What was done was done when it was.
        if !self.did.is_planned() {
            return;
        }
        let at = self.did.at;
        match (block.extent, self.asks.fixed.get(self.did.id)) {
            (plan::Extent::Fixed { .. }, Some(fixed)) if *fixed != at => {
                self.say(FaultKind::Block, &said::span(*fixed), &format!("it lies {}", said::span(at)));
            }
            (plan::Extent::Within { minutes, from, to }, _) => {
                self.within(minutes, Hours { from, to });
                self.block_day(&block.days);
            }
            _ => {}
        }
    }

    fn within(&mut self, minutes: u32, hours: Hours) {
        let at = self.did.at;
        let is_long = at.duration().whole_minutes() == i64::from(minutes);
        let off = outside_hours(at, hours);
        if !is_long {
            let expected = said::minutes(minutes.into());
            let off = at.duration().whole_minutes() - i64::from(minutes);
            let found = format!("it takes {}", said::length(at.duration()));
            self.say_off(FaultKind::Block, &expected, &found, Some(off.abs()));
        } else if !off.is_empty() {
            let to = if hours.to == Clock::END { "24:00".to_owned() } else { hours.to.to_string() };
            let expected = format!("from {} to {to}", hours.from);
            let found = format!("it lies {}", said::span(at));
            self.say_off(FaultKind::Block, &expected, &found, Some(off.total().whole_minutes()));
        }
    }

    fn block_day(&mut self, kinds: &[DayId]) {
        let (asks, did) = (self.asks, self.did);
        if kinds.is_empty() {
            return;
        }
        let own: Vec<_> = did.activity.crew.iter().filter_map(|person| asks.aboard(person, did.at)).collect();
        let wrong = days(did.at).find(|day| own.iter().any(|member| !asks.is_day(*day, member, kinds)));
        if let Some(day) = wrong {
            let expected = format!("on days that are {}", said::list(kinds));
            self.say(FaultKind::Block, &expected, &format!("{day} is none"));
        }
    }

    /// Everybody who does it is aboard all the while, and can do anything.
    fn people(&mut self) {
        let (asks, at) = (self.asks, self.did.at);
        for person in &self.did.activity.crew {
            let away = asks.disruption.away(person);
            if away.overlaps(at) {
                let found = format!("`{person}` can do nothing then");
                self.say(FaultKind::Absent, "all who do it are there", &found);
            } else if asks.aboard(person, at).is_none() {
                let found = format!("`{person}` is not aboard all the while");
                self.say(FaultKind::Absent, "all who do it are aboard", &found);
            }
        }
    }

    fn element(&mut self) {
        let Some(element) = &self.did.activity.element else { return };
        let there = self.asks.book.elements.get(element).and_then(|element| element.presence());
        if there.and_then(|there| there.intersection(self.did.at)) != Some(self.did.at) {
            let found = match there {
                Some(there) => format!("`{element}` is there {}", Self::presence(there)),
                None => format!("there is no `{element}`"),
            };
            self.say(FaultKind::NoPlace, "it is done in an element that is there", &found);
        }
    }

    fn presence(there: Interval) -> String {
        if there.end() == timeline::Time::MAX {
            format!("from {} on", there.start().gmt())
        } else {
            said::span(there)
        }
    }
}
