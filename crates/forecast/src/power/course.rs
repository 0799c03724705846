//! Batteries from sunrise to sunrise, and loads shed and taken back.
//!
//! While nothing changes, whole revolutions are taken at once in closed form ([`Alike`]); only where a load changes or a charge
//! falls to where loads are shed does a revolution have parts. Every change of a load is exact to the nanosecond.

mod bank;
mod shedding;
mod steady;

use timeline::{Duration, Time};

use self::bank::{Bank, Part};
use super::balance::Light;
use super::draft::Zoom;
use super::grid::{Grid, Of};
use super::trace::{PowerTrace, Why};

/// All channels and loads at one instant, on their way.
#[derive(Clone, Debug)]
pub(crate) struct PowerCourse<'m> {
    grid: &'m Grid,
    now: Time,
    turn: Turn,
    /// By channel.
    banks: Vec<Bank>,
    /// By load: how many of its channels serve.
    serving: Vec<u32>,
    /// By transfer: how many of those who give serve.
    giving: Vec<u32>,
    /// By load: what it draws, or drew when it was shed.
    draws_kw: Vec<f64>,
    /// By load: why it is off.
    off: Vec<Option<Why>>,
    /// By transfer and by cooling.
    transfer_kw: Vec<f64>,
    cooling_kw: Vec<f64>,
    next_change: usize,
    /// How many loads are off that may be taken back.
    shed_loads: usize,
    /// Channels whose loads have changed, kept to save looking for room.
    changed: Vec<usize>,
    /// Processes that were stopped, or may run again, since this was last asked.
    switched: Vec<(usize, bool)>,
    pub(crate) trace: PowerTrace,
}

/// The revolution that is on.
#[derive(Clone, Copy, Debug)]
struct Turn {
    /// The day whose figures hold.
    day: usize,
    begins: Time,
    sunset: Time,
    ends: Time,
    /// Whether others just like it follow.
    repeats: bool,
}

impl<'m> PowerCourse<'m> {
    /// With full batteries; everything draws nothing until it is told.
    pub(crate) fn begin(grid: &'m Grid, at: Time) -> Self {
        let mut course = Self {
            grid,
            now: at,
            turn: Turn { day: 0, begins: at, sunset: at, ends: at, repeats: false },
            banks: vec![Bank::default(); grid.channels.len()],
            serving: vec![0; grid.loads.len()],
            giving: vec![0; grid.transfers.len()],
            draws_kw: vec![0.0; grid.loads.len()],
            off: vec![None; grid.loads.len()],
            transfer_kw: vec![0.0; grid.transfers.len()],
            cooling_kw: vec![f64::INFINITY; grid.cooling.len()],
            next_change: 0,
            shed_loads: 0,
            changed: Vec::new(),
            switched: Vec::new(),
            trace: PowerTrace::new(grid),
        };
        course.turn = course.turn_at(at);
        for (bank, feed) in course.banks.iter_mut().zip(grid.feeds(course.turn.day)) {
            bank.charge_kwh = feed.capacity_kwh;
        }
        course.happen();
        course
    }

    /// Begins to write down at the present instant.
    pub(crate) fn write_from(&mut self, from: Time) {
        let days = self.grid.days.len() - self.turn.day;
        self.trace.open(from, days, self.banks.iter().map(|bank| bank.charge_kwh), &self.off);
        self.write_loads();
    }

    pub(crate) fn close(mut self, to: Time) -> PowerTrace {
        let charges_kwh = self.banks.iter().map(|bank| bank.charge_kwh);
        self.trace.close(to, charges_kwh, self.grid.feeds(self.turn.day));
        self.trace
    }

    /// Goes on to `limit`, or to the first instant before it at which processes are switched; that instant, if there is one.
    pub(crate) fn advance(&mut self, limit: Time) -> Option<Time> {
        loop {
            if !self.switched.is_empty() {
                return Some(self.now);
            }
            let scheduled = self.grid.schedule.get(self.next_change).map_or(Time::MAX, |change| change.at);
            let stop = limit.min(scheduled);
            if self.now < stop {
                self.step(stop);
            } else if self.now == scheduled && self.now < limit {
                self.happen();
            } else {
                return None;
            }
        }
    }

    /// Takes over what processes draw, and sheds what cannot be cooled. `pace` gives by what a process's rates are multiplied.
    pub(crate) fn set_paces(&mut self, pace: impl Fn(usize) -> f64) {
        self.changed.clear();
        for drawn in &self.grid.of_processes {
            let (load, draws_kw) = (drawn.load, drawn.full_kw * pace(drawn.process));
            if draws_kw != self.draws_kw[load] && self.off[load].is_none() {
                self.draws_kw[load] = draws_kw;
                self.changed.extend(&self.grid.loads[load].channels);
            }
        }
        if self.changed.is_empty() {
            return;
        }
        self.changed.sort_unstable();
        self.changed.dedup();
        for at in 0..self.changed.len() {
            self.sum_up(self.changed[at]);
        }
        self.share(self.turn.day);
        if self.hot().is_some() { self.reckon() } else { self.write_loads() }
    }

    /// Processes that were stopped for want of power, or may run again, since this was last asked.
    pub(crate) fn take_switched(&mut self) -> Vec<(usize, bool)> {
        std::mem::take(&mut self.switched)
    }

    /// Whether there are any.
    pub(crate) fn has_switched(&self) -> bool {
        !self.switched.is_empty()
    }

    /// Takes over what has changed by now.
    fn happen(&mut self) {
        while let Some(change) =
            self.grid.schedule.get(self.next_change).filter(|change| change.at <= self.now)
        {
            self.set(change.of, change.power_kw);
            self.next_change += 1;
        }
        self.reckon();
    }

    fn set(&mut self, of: Of, power_kw: f64) {
        match of {
            Of::Channel(channel) => {
                self.banks[channel].failed = true;
                self.banks[channel].charge_kwh = 0.0;
            }
            Of::Load(load) => self.draws_kw[load] = power_kw,
            Of::Transfer(transfer) => self.transfer_kw[transfer] = power_kw,
            Of::Cooling(cooling) => self.cooling_kw[cooling] = power_kw,
        }
    }

    /// One stretch of revolutions that are alike, or one part of a revolution, up to `stop` at most.
    fn step(&mut self, stop: Time) {
        if self.now == self.turn.ends {
            if self.pass_steady_days(stop) {
                return;
            }
            let day = self.turn.day;
            self.turn = self.turn_at(self.now);
            if self.turn.day != day {
                self.begin_day(day);
                if !self.switched.is_empty() {
                    return;
                }
            }
        }
        let whole = if self.now == self.turn.begins { self.whole_turns(stop) } else { 0.0 };
        if whole >= 1.0 { self.leap(whole) } else { self.part(stop) }
    }

    /// The revolution that begins at `at`.
    fn turn_at(&self, at: Time) -> Turn {
        let day = self.day_at(at);
        let after = self.grid.revolutions.partition_point(|one| one.ends <= at);
        let known = self.grid.revolutions.get(after);
        if let Some(known) = known.filter(|known| known.sunrise <= at) {
            let sunset = known.sunset.max(at);
            return Turn { day, begins: at, sunset, ends: known.ends, repeats: false };
        }
        let node = self.grid.days[day];
        let ends = at + node.period;
        let cut = known.map_or(Time::MAX, |known| known.sunrise);
        let sunset = (at + node.sunlit).min(cut);
        Turn { day, begins: at, sunset, ends: ends.min(cut), repeats: ends <= cut }
    }

    /// Most days follow the one before.
    fn day_at(&self, at: Time) -> usize {
        let next = self.turn.day + 1;
        let since = |day: usize| self.grid.days.get(day).map_or(Time::MAX, |day| day.since);
        if at < since(next) {
            self.turn.day
        } else if at < since(next + 1) {
            next
        } else {
            self.grid.day_at(at)
        }
    }

    fn light(&self) -> Light {
        self.grid.days[self.turn.day].light
    }

    /// New figures hold: batteries may have been exchanged, channels come or gone; and loads are taken back one a day.
    fn begin_day(&mut self, before: usize) {
        let feeds = self.grid.feeds(self.turn.day);
        // A day may be too short to have a revolution of its own: what changed in it holds from now on.
        let mut serves_as_before =
            (before + 1..=self.turn.day).all(|day| self.grid.days[day].serves_as_before);
        let mut is_low = false;
        let channels = self.grid.feeds(before).iter().zip(&self.grid.channels);
        for (bank, (feed, (held, node))) in self.banks.iter_mut().zip(feeds.iter().zip(channels)) {
            if bank.failed {
                continue;
            }
            // Batteries come charged.
            let new_kwh = (feed.capacity_kwh - held.capacity_kwh).max(0.0);
            bank.charge_kwh = (bank.charge_kwh + new_kwh).min(feed.capacity_kwh);
            let is_below = bank.charge_kwh < node.shed_below * feed.capacity_kwh;
            is_low |= is_below;
            if bank.dark && !is_below && feed.output_kw > 0.0 {
                bank.dark = false;
                serves_as_before = false;
            }
        }
        self.end_cell(before);
        if !serves_as_before {
            self.reckon();
        } else if !self.grid.transfers.is_empty() {
            self.share(self.turn.day);
            if self.hot().is_some() {
                self.reckon();
            }
            self.write_loads();
        }
        if is_low {
            for (channel, feed) in feeds.iter().enumerate() {
                let shed_kwh = self.grid.channels[channel].shed_below * feed.capacity_kwh;
                if self.banks[channel].serves && self.banks[channel].charge_kwh < shed_kwh {
                    self.shed(channel);
                }
            }
        }
        if self.shed_loads > 0 {
            self.take_back();
        }
    }

    /// How many whole revolutions from now can be taken at once.
    fn whole_turns(&mut self, stop: Time) -> f64 {
        if !self.turn.repeats || self.trace.zoom == Zoom::Revolutions {
            return 0.0;
        }
        let period = self.grid.days[self.turn.day].period.nanoseconds();
        let fitting = |until: Time| (until - self.now).nanoseconds() / period;
        // A revolution belongs to the day in which it begins.
        let day_ends = self.grid.days.get(self.turn.day + 1).map_or(stop, |day| day.since);
        let of_day = ((day_ends - self.now).nanoseconds() - 1) / period + 1;
        let after = self.grid.revolutions.partition_point(|one| one.ends <= self.now);
        let known = self.grid.revolutions.get(after).map_or(stop, |known| known.sunrise);
        let most = of_day.min(fitting(stop)).min(fitting(known)) as f64;
        if most < 1.0 {
            return most;
        }
        let light = self.light();
        let channels = self.grid.feeds(self.turn.day).iter().zip(&self.grid.channels);
        let mut count = most;
        for (bank, (&feed, node)) in self.banks.iter_mut().zip(channels) {
            bank.alike = bank.revolution(feed, light);
            if bank.serves && count >= 1.0 {
                count = bank.alike.ending_above(bank.floor_kwh(feed, node.shed_below), count);
            }
        }
        count
    }

    /// Takes so many revolutions at once, all like those that [`Self::whole_turns`] looked at.
    fn leap(&mut self, count: f64) {
        for (channel, bank) in self.banks.iter_mut().enumerate() {
            let alike = bank.alike;
            let last_kwh = alike.after_kwh(count);
            if self.trace.follows_charges() {
                let first_kwh = alike.after_first_kwh();
                // Of revolutions that are alike the first or the last goes lowest, and so for the highest.
                let at_sunset_kwh = first_kwh.max(last_kwh) + alike.spent_kwh;
                self.trace.range(channel, first_kwh.min(last_kwh), at_sunset_kwh.max(alike.charge_kwh));
            }
            bank.charge_kwh = last_kwh.max(0.0);
        }
        let node = self.grid.days[self.turn.day];
        self.now = self.now + node.period * count as i64;
        self.turn.ends = self.now;
    }

    /// On to sunset, to the end of the revolution, to `stop`, or to where charges come to their floors.
    fn part(&mut self, stop: Time) {
        let (part, ends) = match self.now < self.turn.sunset {
            true => (Part::Lit, self.turn.sunset),
            false => (Part::Dark, self.turn.ends),
        };
        let end = ends.min(stop);
        let hours = (end - self.now).hours();
        let channels = self.grid.feeds(self.turn.day).iter().zip(&self.grid.channels);
        let mut channels = self.banks.iter().zip(channels);
        let comes_down =
            channels.any(|(bank, (&feed, node))| bank.comes_down(feed, node.shed_below, part, hours));
        if comes_down { self.come_down(end, part) } else { self.go_on(end, part) }
    }

    /// All charges go straight on to `end`, or up to full.
    fn go_on(&mut self, end: Time, part: Part) {
        let (now, hours) = (self.now, (end - self.now).hours());
        let feeds = self.grid.feeds(self.turn.day);
        for (channel, (bank, &feed)) in self.banks.iter_mut().zip(feeds).enumerate() {
            let rate_kw = if bank.failed { 0.0 } else { bank.rate_kw(feed, part) };
            let from_kwh = bank.charge_kwh;
            bank.charge_kwh = (from_kwh + rate_kw * hours).clamp(0.0, feed.capacity_kwh);
            if self.trace.follows_charges() {
                let full = || {
                    let room_kwh = feed.capacity_kwh - from_kwh;
                    (rate_kw > 0.0 && room_kwh < rate_kw * hours)
                        .then(|| now + Duration::from_seconds(room_kwh / rate_kw * 3_600.0))
                };
                self.trace.part(channel, now, (from_kwh, bank.charge_kwh), full);
            }
        }
        self.now = end;
    }

    /// On to where the first charges come to their floors, at `end` at the latest. Batteries that are alike do so together, and
    /// none must be left to fall past its own.
    fn come_down(&mut self, end: Time, part: Part) {
        let channels = self.grid.feeds(self.turn.day).iter().zip(&self.grid.channels);
        let floors = self.banks.iter().zip(channels).map(|(bank, (&feed, node))| {
            let floor_kwh = bank.floor_kwh(feed, node.shed_below);
            (bank.comes_to_floor(self.now, feed, node.shed_below, part), floor_kwh)
        });
        let floors: Vec<(Time, f64)> = floors.collect();
        let end = floors.iter().map(|floor| floor.0).fold(end, Time::min);
        let low = floors.iter().enumerate().filter(|(_, floor)| floor.0 == end);
        let low: Vec<(usize, f64)> = low.map(|(channel, floor)| (channel, floor.1)).collect();
        self.go_on(end, part);
        for &(channel, floor_kwh) in &low {
            self.banks[channel].charge_kwh = floor_kwh;
        }
        for (channel, floor_kwh) in low {
            if floor_kwh > 0.0 { self.shed(channel) } else { self.go_dark(channel) }
        }
    }

    /// A day ends whose figures were those of `day`.
    fn end_cell(&mut self, day: usize) {
        let charges_kwh = self.banks.iter().map(|bank| bank.charge_kwh);
        self.trace.cell(self.now, charges_kwh, self.grid.feeds(day));
    }
}
