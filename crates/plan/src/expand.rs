//! How often, when and for whom: one request becomes many wishes.

use std::collections::BTreeMap;

use record::RequestId;
use timeline::{Duration, Interval, Window};

use crate::bind::{Turn, links};
use crate::dates::{Date, Dates, Turnus};
use crate::parts::Parts;
use crate::wish::{Asked, Idle, Seat, Wish, Wishes};
use crate::{
    Activity, ActivityId, Block, By, Clock, Extent, Hold, Member, Often, Origin, Progress, Request, Role,
    Standing, Task,
};

/// The wishes of a span while they are collected.
pub(crate) struct Expansion<'a> {
    asked: &'a Asked<'a>,
    dates: Dates<'a>,
    wishes: Wishes,
    turns: BTreeMap<&'a RequestId, Vec<Turn>>,
}

/// Those who do a request at once, and when they may.
struct Doers {
    /// The one of the crew who does it, where each does.
    by: Option<usize>,
    seats: Vec<Seat>,
    room: Window,
}

impl<'a> Expansion<'a> {
    pub(crate) fn of(asked: &'a Asked<'a>) -> Wishes {
        let dates = Dates::of(asked);
        let mut all = Expansion { asked, dates, wishes: Wishes::default(), turns: BTreeMap::new() };
        for block in asked.blocks {
            all.block(block);
        }
        for request in asked.requests {
            all.request(request);
        }
        all.wishes.links = links(asked.requests, &all.turns);
        in_order(all.wishes)
    }

    fn block(&mut self, block: &Block) {
        let wishes = &mut self.wishes;
        for date in self.dates.with_the_night_before().iter().filter(|date| date.is_on(&block.on)) {
            for (at, member) in self.asked.crew.iter().enumerate() {
                if member.lives_in(&block.segments) && date.is_kind_for(at, &block.days) {
                    block_of(block, date, member, self.asked.span, wishes);
                }
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
        let idle = match self.doers(request) {
            None => Some(Idle::NobodyCan),
            Some(doers) if doers.iter().all(|doers| doers.room.is_empty()) => Some(Idle::NoSuchDay),
            Some(doers) => {
                let before = self.wishes.list.len() + self.wishes.left_out;
                self.turns(request, doers);
                let is_idle = self.wishes.list.len() + self.wishes.left_out == before;
                is_idle.then_some(Idle::Elsewhere)
            }
        };
        self.wishes.idle.extend(idle.map(|why| (request.id.clone(), why)));
    }

    /// Who does it, all at once or each alone; nothing when too few are aboard.
    fn doers(&self, request: &Request) -> Option<Vec<Doers>> {
        let able: Vec<Vec<usize>> = request.crew.iter().map(|role| self.able(role)).collect();
        let mut roles = request.crew.iter().zip(&able);
        if roles.any(|(role, able)| able.len() < role.count as usize) {
            return None;
        }
        let person = |at: &usize| self.asked.crew[*at].person.clone();
        if let (By::Each, Some(able)) = (request.often.by, able.first()) {
            let doers = able.iter().map(|at| Doers {
                by: Some(*at),
                seats: vec![Seat { count: 1, of: vec![person(at)] }],
                room: self
                    .room(request, |date| date.is_kind_for(*at, &request.days))
                    .clip(self.asked.crew[*at].aboard),
            });
            return Some(doers.collect());
        }
        let seat = |(role, able): (&Role, &Vec<usize>)| Seat {
            count: role.count,
            of: able.iter().map(person).collect(),
        };
        let seats = request.crew.iter().zip(&able).map(seat).collect();
        let room = self.room(request, |date| self.is_kind_for_enough(date, request, &able));
        Some(vec![Doers { by: None, seats, room }])
    }

    /// Who can take a role and is aboard in the span.
    fn able(&self, role: &Role) -> Vec<usize> {
        let is_able = |member: &Member| member.can(role) && self.asked.span.overlaps(member.aboard);
        self.asked.crew.iter().enumerate().filter(|(_, member)| is_able(member)).map(|(at, _)| at).collect()
    }

    /// When it may be done by its days and hours, of the days that are of its kinds.
    fn room(&self, request: &Request, is_kind: impl Fn(&Date<'_>) -> bool) -> Window {
        let (from, to) = request.hours.map_or((Clock::START, Clock::END), |hours| (hours.from, hours.to));
        let days = self.dates.planned().iter().filter(|date| date.is_on(&request.on) && is_kind(date));
        Window::from_intervals(days.filter_map(|date| date.between(from, to))).clip(self.asked.span)
    }

    fn is_kind_for_enough(&self, date: &Date<'_>, request: &Request, able: &[Vec<usize>]) -> bool {
        let is_kind_for = |at: usize| date.is_kind_for(at, &request.days);
        if request.crew.is_empty() {
            return request.days.is_empty() || (0..self.asked.crew.len()).any(is_kind_for);
        }
        let mut roles = request.crew.iter().zip(able);
        roles.all(|(role, able)| able.iter().filter(|at| is_kind_for(**at)).count() >= role.count as usize)
    }

    fn turns(&mut self, request: &'a Request, mut doers: Vec<Doers>) {
        if !request.windows.is_empty() {
            let windows = Window::from_intervals(request.windows.iter().copied());
            doers.iter_mut().for_each(|doers| doers.room = doers.room.and(&windows));
        }
        let Some(per) = request.often.per else {
            for doers in &doers {
                self.times(request, doers, &doers.room, None);
            }
            return;
        };
        let periods: Vec<Turnus> = self
            .dates
            .periods(per)
            .iter()
            .filter(|period| request.has_turn_in(period.first))
            .cloned()
            .collect();
        for period in &periods {
            for doers in &doers {
                self.times(request, doers, &doers.room.clip(period.interval), Some(period));
            }
        }
    }

    /// All that they do of it in one period.
    fn times(&mut self, request: &'a Request, doers: &Doers, inside: &Window, period: Option<&Turnus>) {
        let parts = Parts::of(request);
        let longest = Duration::MINUTE * i64::from(parts.longest_min());
        if !inside.iter().any(|stretch| stretch.duration() >= longest) {
            return;
        }
        let times = times(&request.often, period);
        let wanted = u64::from(times) * u64::from(parts.count());
        let first = self.wishes.list.len();
        let room = MOST_WISHES.saturating_sub(first + self.wishes.fixed.len());
        let made = usize::try_from(wanted).unwrap_or(usize::MAX).min(room);
        self.wishes.left_out =
            self.wishes.left_out.saturating_add(usize::try_from(wanted).unwrap_or(usize::MAX) - made);
        let turns = self.turns.entry(&request.id).or_default();
        let count = parts.count() as usize;
        for (time, begin) in (1..).zip((0..made).step_by(count)) {
            let named = named(request, self.asked.crew, doers, period, time);
            for part in 0..count.min(made - begin) {
                self.wishes.list.extend(wish(request, doers, inside, &named, &parts, part as u32));
            }
            let parts = first + begin..self.wishes.list.len();
            turns.push(Turn { period: period.map(|period| period.first), by: doers.by, time, parts });
        }
    }
}

/// More than an increment of any station has; what goes beyond is counted, not kept.
const MOST_WISHES: usize = 150_000;

fn block_of(block: &Block, date: &Date<'_>, member: &Member, span: Interval, wishes: &mut Wishes) {
    if wishes.list.len() + wishes.fixed.len() >= MOST_WISHES {
        wishes.left_out += 1;
        return;
    }
    let Ok(id) = format!("{}.{}.{}", block.id, date.name, member.person).parse::<ActivityId>() else {
        return;
    };
    match block.extent {
        Extent::Fixed { from, to } => {
            let end = if to <= from { date.day.next().at(to) } else { date.day.at(to) };
            let whole = Interval::new(date.day.at(from), end);
            // Nobody sleeps aboard before they have come; what reaches over the rim of the span stays whole.
            let aboard = whole.and_then(|whole| whole.intersection(member.aboard));
            let Some(interval) = aboard.filter(|interval| span.overlaps(*interval)) else { return };
            wishes.fixed.insert(id, fixed(block, member, interval));
        }
        Extent::Within { minutes, from, to } => {
            let length = Duration::MINUTE * i64::from(minutes);
            let room = date
                .between(from, to)
                .and_then(|hours| hours.intersection(span)?.intersection(member.aboard))
                .filter(|room| room.duration() >= length);
            wishes.list.extend(room.map(|room| within(block, id, member, length, room)));
        }
    }
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

fn within(block: &Block, id: ActivityId, member: &Member, length: Duration, room: Interval) -> Wish {
    Wish {
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
    }
}

/// How many times in a period; in a week of which only some days are planned, its share of them.
fn times(often: &Often, period: Option<&Turnus>) -> u32 {
    const WEEK_DAYS: u64 = 7;
    match (often.per, period) {
        (Some(crate::Period::Week), Some(week)) => {
            let days = u64::from(week.planned).min(WEEK_DAYS);
            let rounded = (u64::from(often.times) * days * 2 + WEEK_DAYS) / (WEEK_DAYS * 2);
            u32::try_from(rounded).unwrap_or(often.times)
        }
        _ => often.times,
    }
}

/// The id of one time, without its part.
fn named(request: &Request, crew: &[Member], doers: &Doers, period: Option<&Turnus>, time: u32) -> String {
    let mut id = request.id.to_string();
    if let Some(period) = period {
        id.extend([".", &period.name]);
    }
    if let Some(member) = doers.by.and_then(|by| crew.get(by)) {
        id.extend([".", member.person.as_str()]);
    }
    if period.is_some() || request.often.times > 1 {
        id.extend([".", &time.to_string()]);
    }
    id
}

fn wish(
    request: &Request,
    doers: &Doers,
    inside: &Window,
    named: &str,
    parts: &Parts,
    part: u32,
) -> Option<Wish> {
    let count = parts.count();
    let (id, title) = if count > 1 {
        let number = part + 1;
        (format!("{named}/{number}"), format!("{} ({number} of {count})", request.title))
    } else {
        (named.to_owned(), request.title.clone())
    };
    Some(Wish {
        id: id.parse().ok()?,
        origin: Origin::Request(request.id.clone()),
        title,
        partner: Some(request.partner.clone()),
        kind: request.kind.clone(),
        length: Duration::MINUTE * i64::from(parts.minutes(part)),
        crew: doers.seats.clone(),
        element: request.element.clone(),
        uses: request.uses.clone(),
        needs: request.needs.clone(),
        breaks: Duration::MINUTE * i64::from(request.breaks_min),
        within: inside.clone(),
        standing: request.standing,
        worth: parts.worth(part, request.worth),
        notes: request.notes.clone(),
    })
}

/// Puts the wishes in order of ids, so that the order of a book's records means nothing.
fn in_order(mut wishes: Wishes) -> Wishes {
    let mut order: Vec<usize> = (0..wishes.list.len()).collect();
    order.sort_by(|a, b| wishes.list[*a].id.cmp(&wishes.list[*b].id));
    let mut place = vec![0; order.len()];
    for (to, from) in order.iter().enumerate() {
        place[*from] = to;
    }
    let mut slots: Vec<Option<Wish>> = wishes.list.into_iter().map(Some).collect();
    wishes.list = order.iter().filter_map(|from| slots[*from].take()).collect();
    for link in &mut wishes.links {
        (link.first, link.then) = (place[link.first], place[link.then]);
    }
    wishes.links.sort_by_key(|link| (link.first, link.then, link.least, link.most));
    wishes.idle.sort();
    wishes
}
