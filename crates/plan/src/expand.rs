//! How often, when and for whom: one request becomes many wishes.

use std::collections::BTreeMap;

use record::RequestId;
use timeline::{Duration, Interval, Time, Window};

use crate::wish::{Asked, Bond, Idle, Link, Seat, Wish, Wishes};
use crate::{
    Activity, ActivityId, Block, By, Clock, Day, Extent, Hold, Member, Origin, Period, Progress, Request,
    Standing, Task,
};

/// The wishes of a span while they are collected.
pub(crate) struct Expansion<'a> {
    asked: &'a Asked<'a>,
    days: Vec<Day>,
    wishes: Wishes,
    /// The wishes of each request, with what tells them apart.
    of: BTreeMap<&'a RequestId, Vec<(Turn, usize)>>,
}

/// Which of the many times a request is done.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Turn {
    /// The period's first day; nothing for what is done once in all.
    period: Option<Day>,
    /// The person that does it, where each does.
    by: Option<usize>,
    /// Which of the times in the period.
    time: u32,
    /// Which part of what is done in parts.
    part: u32,
}

impl<'a> Expansion<'a> {
    pub(crate) fn of(asked: &'a Asked<'a>) -> Wishes {
        let days = Day::in_span(asked.span).collect();
        let mut all = Expansion { asked, days, wishes: Wishes::default(), of: BTreeMap::new() };
        for block in asked.blocks {
            all.block(block);
        }
        for request in asked.requests {
            all.request(request);
        }
        all.links();
        all.wishes
    }

    fn block(&mut self, block: &Block) {
        // The night before the span reaches into it.
        let before = self.days.first().map(|day| day.before());
        for day in before.into_iter().chain(self.days.clone()) {
            for member in self.asked.crew {
                if member.lives_in(&block.segments) && self.has_block(block, day, member) {
                    self.block_of(block, day, member);
                }
            }
        }
    }

    fn has_block(&self, block: &Block, day: Day, member: &Member) -> bool {
        let kind = self.asked.calendar.kind(day, member);
        let is_kind = block.days.is_empty() || kind.is_some_and(|kind| block.days.contains(&kind.id));
        is_kind && (block.on.is_empty() || block.on.contains(&day.weekday()))
    }

    fn block_of(&mut self, block: &Block, day: Day, member: &Member) {
        let Ok(id) = format!("{}.{day}.{}", block.id, member.person).parse::<ActivityId>() else { return };
        match block.extent {
            Extent::Fixed { from, to } => {
                let end = if to <= from { day.next().at(to) } else { day.at(to) };
                let Some(interval) = Interval::new(day.at(from), end) else { return };
                if !self.asked.span.overlaps(interval) || !member.aboard.overlaps(interval) {
                    return;
                }
                self.wishes.fixed.insert(id, fixed(block, member, interval));
            }
            Extent::Within { minutes, from, to } => {
                let length = Duration::MINUTE * i64::from(minutes);
                let room = Interval::new(day.at(from), day.at(to))
                    .and_then(|hours| hours.intersection(self.asked.span)?.intersection(member.aboard));
                let Some(room) = room.filter(|room| room.duration() >= length) else { return };
                self.wishes.list.push(Wish {
                    id,
                    origin: Origin::Block(block.id.clone()),
                    title: block.title.clone(),
                    partner: None,
                    kind: block.kind.clone(),
                    length,
                    crew: vec![Seat { count: 1, of: vec![member.person.clone()] }],
                    element: block.element.clone(),
                    uses: block.uses.clone(),
                    needs: Vec::new(),
                    breaks: Duration::ZERO,
                    within: Window::from(room),
                    standing: Standing::Mandatory,
                    worth: 0,
                    notes: String::new(),
                });
            }
        }
    }

    fn request(&mut self, request: &'a Request) {
        if request.standing == Standing::TaskList {
            self.wishes.task_list.push(Task {
                request: request.id.clone(),
                title: request.title.clone(),
                minutes: request.minutes,
            });
            return;
        }
        let before = self.wishes.list.len();
        match self.seats(request) {
            None => self.wishes.idle.push((request.id.clone(), Idle::NobodyCan)),
            Some(seats) => {
                let room = self.room(request);
                if room.is_empty() {
                    self.wishes.idle.push((request.id.clone(), Idle::NoSuchDay));
                    return;
                }
                self.times(request, &seats, &room);
                if self.wishes.list.len() == before {
                    self.wishes.idle.push((request.id.clone(), Idle::Elsewhere));
                }
            }
        }
    }

    /// Who can take each role; nothing when too few are aboard.
    fn seats(&self, request: &Request) -> Option<Vec<Seat>> {
        let seat = |role: &crate::Role| {
            let able = self
                .asked
                .crew
                .iter()
                .filter(|member| member.can(role) && self.asked.span.overlaps(member.aboard));
            let of: Vec<_> = able.map(|member| member.person.clone()).collect();
            (of.len() >= role.count as usize).then_some(Seat { count: role.count, of })
        };
        request.crew.iter().map(seat).collect()
    }

    /// When it may be done by its days and hours.
    fn room(&self, request: &Request) -> Window {
        let is_day = |day: &&Day| {
            let is_kind = request.days.is_empty()
                || self.asked.crew.iter().any(|member| {
                    let can = request.crew.is_empty() || request.crew.iter().any(|role| member.can(role));
                    let kind = self.asked.calendar.kind(**day, member);
                    can && kind.is_some_and(|kind| request.days.contains(&kind.id))
                });
            is_kind && (request.on.is_empty() || request.on.contains(&day.weekday()))
        };
        let hours = |day: &Day| {
            let (from, to) = request.hours.map_or((Clock::START, Clock::END), |hours| (hours.from, hours.to));
            Interval::new(day.at(from), day.at(to))
        };
        Window::from_intervals(self.days.iter().filter(is_day).filter_map(hours))
            .and(&Window::from(self.asked.span))
    }

    fn times(&mut self, request: &'a Request, seats: &[Seat], room: &Window) {
        let windows = Window::from_intervals(request.windows.iter().copied());
        for period in self.periods(request) {
            let mut inside = room.clone();
            if let Some(period) = period.and_then(|period| period_of(request, period)) {
                inside = inside.and(&Window::from(period));
            }
            if !request.windows.is_empty() {
                inside = inside.and(&windows);
            }
            let times = self.share_of_times(request, period);
            match (request.often.by, request.crew.first()) {
                (By::Each, Some(role)) => {
                    for (at, member) in self.asked.crew.iter().enumerate() {
                        let inside = inside.and(&Window::from(member.aboard));
                        if member.can(role) {
                            let seat = Seat { count: 1, of: vec![member.person.clone()] };
                            self.each_time(request, &[seat], &inside, period, Some(at), times);
                        }
                    }
                }
                _ => self.each_time(request, seats, &inside, period, None, times),
            }
        }
    }

    /// The periods of the span in which it is its turn.
    fn periods(&self, request: &Request) -> Vec<Option<Day>> {
        let Some(period) = request.often.per else { return vec![None] };
        let first = request.windows.iter().map(|window| window.start()).min().unwrap_or(FIRST_MONDAY);
        let mut starts: Vec<Day> = self
            .days
            .iter()
            .map(|day| match period {
                Period::Day => *day,
                Period::Week => day.monday(),
            })
            .collect();
        starts.dedup();
        let length = match period {
            Period::Day => Duration::DAY,
            Period::Week => Duration::DAY * 7,
        };
        let anchor = match period {
            Period::Day => Day::of(first),
            Period::Week => Day::of(first).monday(),
        };
        let count = |day: &Day| {
            // Noon, so that leap seconds do not count.
            let since = day.start() - anchor.start() + Duration::HOUR * 12;
            since.nanoseconds().div_euclid(length.nanoseconds())
        };
        let every = i64::from(request.often.every.max(1));
        starts.into_iter().filter(|day| count(day).rem_euclid(every) == 0).map(Some).collect()
    }

    /// How many times, in a week of which only some days are planned.
    fn share_of_times(&self, request: &Request, period: Option<Day>) -> u32 {
        let times = request.often.times;
        let (Some(Period::Week), Some(monday)) = (request.often.per, period) else { return times };
        let days = self.days.iter().filter(|day| day.monday() == monday).count() as u32;
        (times * days.min(7) * 2 + 7) / 14
    }

    fn each_time(
        &mut self,
        request: &'a Request,
        seats: &[Seat],
        inside: &Window,
        period: Option<Day>,
        by: Option<usize>,
        times: u32,
    ) {
        let lengths = parts(request);
        let longest = lengths.iter().copied().max().unwrap_or(0);
        let fits = |stretch: Interval| stretch.duration() >= Duration::MINUTE * i64::from(longest);
        if !inside.iter().any(fits) {
            return;
        }
        for time in 1..=times {
            for (part, minutes) in (1..).zip(&lengths) {
                let turn = Turn { period, by, time, part };
                self.wish(request, seats, inside, turn, *minutes, lengths.len());
            }
        }
    }

    fn wish(
        &mut self,
        request: &'a Request,
        seats: &[Seat],
        inside: &Window,
        turn: Turn,
        minutes: u32,
        parts: usize,
    ) {
        if self.wishes.list.len() >= MOST_WISHES {
            self.wishes.left_out += 1;
            return;
        }
        let mut id = request.id.to_string();
        if let Some(day) = turn.period {
            id += &format!(".{day}");
        }
        if let Some(member) = turn.by.and_then(|by| self.asked.crew.get(by)) {
            id += &format!(".{}", member.person);
        }
        if turn.period.is_some() || request.often.times > 1 {
            id += &format!(".{}", turn.time);
        }
        let mut title = request.title.clone();
        if parts > 1 {
            id += &format!("/{}", turn.part);
            title += &format!(" ({} of {parts})", turn.part);
        }
        let Ok(id) = id.parse() else { return };
        self.of.entry(&request.id).or_default().push((turn, self.wishes.list.len()));
        self.wishes.list.push(Wish {
            id,
            origin: Origin::Request(request.id.clone()),
            title,
            partner: Some(request.partner.clone()),
            kind: request.kind.clone(),
            length: Duration::MINUTE * i64::from(minutes),
            crew: seats.to_vec(),
            element: request.element.clone(),
            uses: request.uses.clone(),
            needs: request.needs.clone(),
            breaks: Duration::MINUTE * i64::from(request.breaks_min),
            within: inside.clone(),
            standing: request.standing,
            worth: (request.worth * minutes / request.minutes.max(1)).max(1),
            notes: request.notes.clone(),
        });
    }

    fn links(&mut self) {
        let mut links = Vec::new();
        for request in self.asked.requests {
            let Some(own) = self.of.get(&request.id) else { continue };
            let gap = Duration::MINUTE * i64::from(request.often.gap_min);
            if gap > Duration::ZERO {
                links.extend(apart(own, gap));
            }
            for after in &request.after {
                let Some(others) = self.of.get(&after.request) else { continue };
                let least = Duration::MINUTE * i64::from(after.least_min);
                let most = after.most_min.map(|most| Duration::MINUTE * i64::from(most));
                for (turn, then) in own {
                    for first in followed(turn, others) {
                        links.push(Link { first, then: *then, least, most, bond: Bond::Needs });
                    }
                }
            }
        }
        self.wishes.links = links;
    }
}

/// More than an increment of any station has; what goes beyond is counted, not kept.
const MOST_WISHES: usize = 150_000;

/// Weeks and days of a request without windows are counted from here: the first Monday of 2000.
const FIRST_MONDAY: Time = Time::from_nanoseconds((2 * 86_400 + 32) * 1_000_000_000);

fn period_of(request: &Request, start: Day) -> Option<Interval> {
    match request.often.per? {
        Period::Day => start.interval(),
        Period::Week => Interval::new(start.start(), (0..7).fold(start, |day, _| day.next()).start()),
    }
}

/// The parts in which it is done, minutes, as equal as the grid lets them be.
fn parts(request: &Request) -> Vec<u32> {
    let least = request.part_min.unwrap_or(request.minutes).max(GRID_MIN);
    let count = (request.minutes / least).max(1);
    let steps = request.minutes / GRID_MIN;
    let part = |at: u32| (steps * (at + 1) / count - steps * at / count) * GRID_MIN;
    if count == 1 { vec![request.minutes] } else { (0..count).map(part).collect() }
}

/// Plans stand on a grid of so many minutes.
const GRID_MIN: u32 = 5;

/// One time after the other keeps its distance; those of each person by themselves.
fn apart(own: &[(Turn, usize)], gap: Duration) -> Vec<Link> {
    let mut in_order: Vec<&(Turn, usize)> = own.iter().filter(|(turn, _)| turn.part == 1).collect();
    in_order.sort_by_key(|(turn, _)| (turn.by, turn.period, turn.time));
    let pairs = in_order.windows(2).filter(|pair| pair[0].0.by == pair[1].0.by);
    pairs
        .map(|pair| Link { first: pair[0].1, then: pair[1].1, least: gap, most: None, bond: Bond::Apart })
        .collect()
}

/// What one turn follows: the same turn of the other request, or, where that is done once or less often, what it has.
fn followed(turn: &Turn, others: &[(Turn, usize)]) -> Vec<usize> {
    let is_same = |other: &Turn| {
        (other.period.is_none() || other.period == turn.period)
            && (other.by.is_none() || turn.by.is_none() || other.by == turn.by)
    };
    let near: Vec<&(Turn, usize)> = others.iter().filter(|(other, _)| is_same(other)).collect();
    let last = near.iter().map(|(other, _)| other.time).max().unwrap_or(1);
    near.iter().filter(|(other, _)| other.time == turn.time.min(last)).map(|(_, at)| *at).collect()
}

fn fixed(block: &Block, member: &Member, interval: Interval) -> Activity {
    Activity {
        title: block.title.clone(),
        origin: Origin::Block(block.id.clone()),
        partner: None,
        kind: block.kind.clone(),
        start: interval.start(),
        end: interval.end(),
        crew: [member.person.clone()].into(),
        element: block.element.clone(),
        uses: block.uses.clone(),
        hold: Hold::Locked,
        progress: Progress::Planned,
        notes: String::new(),
    }
}
