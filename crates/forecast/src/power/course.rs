//! Batteries from sunrise to sunrise, and loads shed and taken back.
//!
//! While nothing changes, whole revolutions are taken at once in closed form ([`Alike`]); only where a load changes or a charge
//! falls to where loads are shed does a revolution have parts. Every change of a load is exact to the nanosecond.

mod shedding;
mod steady;

use timeline::{Duration, Time};

use super::balance::{Alike, Light, gained_kwh, spent_kwh, sunlit_rate_kw};
use super::draft::{ChannelDay, Zoom};
use super::grid::{Grid, Of};
use super::trace::{PowerTrace, Why};

/// All channels and loads at one instant, on their way.
#[derive(Clone, Debug)]
pub(crate) struct PowerCourse<'m> {
    grid: &'m Grid,
    now: Time,
    turn: Turn,
    /// By channel, at `now`.
    charge_kwh: Vec<f64>,
    /// By channel: what its loads draw now.
    drawn_kw: Vec<f64>,
    /// By channel: that and what is given to other channels, less what is got from them.
    carried_kw: Vec<f64>,
    /// By channel: what is lost on the way from it to others.
    lost_kw: Vec<f64>,
    /// By channel: it has failed for good.
    failed: Vec<bool>,
    /// By channel: its batteries ran empty, and nothing is carried until they have charge again.
    dark: Vec<bool>,
    /// By channel: it is fed and not dark; kept by [`Self::reckon`].
    serves: Vec<bool>,
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
    /// What every channel goes through in the revolution that begins, kept to save looking for room.
    alike: Vec<Alike>,
    /// What every channel's batteries hold after the day that is looked at, kept to save looking for room.
    after_kwh: Vec<f64>,
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
        let count = grid.channels.len();
        let mut course = Self {
            grid,
            now: at,
            turn: Turn { day: 0, begins: at, sunset: at, ends: at, repeats: false },
            charge_kwh: vec![0.0; count],
            drawn_kw: vec![0.0; count],
            carried_kw: vec![0.0; count],
            lost_kw: vec![0.0; count],
            failed: vec![false; count],
            dark: vec![false; count],
            serves: vec![false; count],
            serving: vec![0; grid.loads.len()],
            giving: vec![0; grid.transfers.len()],
            draws_kw: vec![0.0; grid.loads.len()],
            off: vec![None; grid.loads.len()],
            transfer_kw: vec![0.0; grid.transfers.len()],
            cooling_kw: vec![f64::INFINITY; grid.cooling.len()],
            next_change: 0,
            shed_loads: 0,
            changed: Vec::new(),
            alike: Vec::with_capacity(count),
            after_kwh: vec![0.0; count],
            switched: Vec::new(),
            trace: PowerTrace::new(grid),
        };
        course.turn = course.turn_at(at);
        let full = grid.feeds(course.turn.day).iter().map(|feed| feed.capacity_kwh);
        course.charge_kwh = full.collect();
        course.happen();
        course
    }

    /// Begins to write down at the present instant.
    pub(crate) fn write_from(&mut self, from: Time) {
        self.trace.open(from, &self.charge_kwh, &self.off);
        self.write_loads();
    }

    pub(crate) fn close(mut self, to: Time) -> PowerTrace {
        self.trace.close(to, &self.charge_kwh, self.grid.feeds(self.turn.day));
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
        for &load in &self.grid.of_processes {
            let node = &self.grid.loads[load];
            if let (Some((process, full_kw)), None) = (node.process, self.off[load]) {
                let draws_kw = full_kw * pace(process);
                if draws_kw != self.draws_kw[load] {
                    self.draws_kw[load] = draws_kw;
                    self.changed.extend(&node.channels);
                }
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
                self.failed[channel] = true;
                self.charge_kwh[channel] = 0.0;
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
        for (channel, (feed, held)) in feeds.iter().zip(self.grid.feeds(before)).enumerate() {
            // Batteries come charged.
            let new_kwh = (feed.capacity_kwh - held.capacity_kwh).max(0.0);
            if self.failed[channel] {
                continue;
            }
            let charge_kwh = (self.charge_kwh[channel] + new_kwh).min(feed.capacity_kwh);
            self.charge_kwh[channel] = charge_kwh;
            let is_below = charge_kwh < self.grid.channels[channel].shed_below * feed.capacity_kwh;
            is_low |= is_below;
            if self.dark[channel] && !is_below && feed.output_kw > 0.0 {
                self.dark[channel] = false;
                serves_as_before = false;
            }
        }
        self.trace.cell(self.now, &self.charge_kwh, self.grid.feeds(before));
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
                if self.serves[channel] && self.charge_kwh[channel] < shed_kwh {
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
        self.alike.clear();
        for (channel, &feed) in self.grid.feeds(self.turn.day).iter().enumerate() {
            let alike = self.alike(channel, feed, light);
            self.alike.push(alike);
        }
        let in_service = (0..self.alike.len()).filter(|&channel| self.serves[channel]);
        in_service.fold(most, |most, channel| {
            if most < 1.0 { most } else { self.alike[channel].ending_above(self.floor_kwh(channel), most) }
        })
    }

    fn alike(&self, channel: usize, feed: ChannelDay, light: Light) -> Alike {
        if self.failed[channel] {
            return Alike { charge_kwh: 0.0, gained_kwh: 0.0, spent_kwh: 0.0, capacity_kwh: 0.0 };
        }
        let load_kw = self.carried_kw[channel];
        Alike {
            charge_kwh: self.charge_kwh[channel],
            gained_kwh: gained_kwh(feed, load_kw, light),
            spent_kwh: spent_kwh(load_kw, light),
            capacity_kwh: feed.capacity_kwh,
        }
    }

    /// The charge at which something has to happen: where loads are shed, or, below that, nothing.
    fn floor_kwh(&self, channel: usize) -> f64 {
        let feed = self.grid.feeds(self.turn.day)[channel];
        let shed_kwh = self.grid.channels[channel].shed_below * feed.capacity_kwh;
        if self.charge_kwh[channel] > shed_kwh { shed_kwh } else { 0.0 }
    }

    /// Takes so many revolutions at once, all like those that [`Self::whole_turns`] looked at.
    fn leap(&mut self, count: f64) {
        for (channel, alike) in self.alike.iter().enumerate() {
            let (first_kwh, last_kwh) = (alike.after_first_kwh(), alike.after_kwh(count));
            // Of revolutions that are alike the first or the last goes lowest, and so for the highest.
            let at_sunset_kwh = first_kwh.max(last_kwh) + alike.spent_kwh;
            self.trace.range(channel, first_kwh.min(last_kwh), at_sunset_kwh.max(alike.charge_kwh));
            self.charge_kwh[channel] = last_kwh.max(0.0);
        }
        let node = self.grid.days[self.turn.day];
        self.now = self.now + node.period * count as i64;
        self.turn.ends = self.now;
    }

    /// On to sunset, to the end of the revolution, to `stop`, or to where charges come to their floors.
    fn part(&mut self, stop: Time) {
        let is_lit = self.now < self.turn.sunset;
        let end = if is_lit { self.turn.sunset } else { self.turn.ends }.min(stop);
        let hours = (end - self.now).hours();
        let comes_down = (0..self.serves.len()).any(|channel| {
            let rate_kw = self.rate_kw(channel, is_lit);
            let falls = rate_kw < 0.0 && self.serves[channel];
            falls && self.charge_kwh[channel] + rate_kw * hours <= self.floor_kwh(channel)
        });
        if comes_down { self.come_down(end, is_lit) } else { self.go_on(end, is_lit) }
    }

    /// How fast the batteries of a channel fill, kW; below 0 they empty.
    fn rate_kw(&self, channel: usize, is_lit: bool) -> f64 {
        let load_kw = self.carried_kw[channel];
        if is_lit { sunlit_rate_kw(self.grid.feeds(self.turn.day)[channel], load_kw) } else { -load_kw }
    }

    /// All charges go straight on to `end`, or up to full.
    fn go_on(&mut self, end: Time, is_lit: bool) {
        let (now, hours) = (self.now, (end - self.now).hours());
        let held = self.charge_kwh.iter_mut().zip(&self.carried_kw).zip(&self.failed);
        for (channel, (feed, ((charge_kwh, &load_kw), &has_failed))) in
            self.grid.feeds(self.turn.day).iter().zip(held).enumerate()
        {
            let rate_kw = match (has_failed, is_lit) {
                (true, _) => 0.0,
                (false, true) => sunlit_rate_kw(*feed, load_kw),
                (false, false) => -load_kw,
            };
            let from_kwh = *charge_kwh;
            *charge_kwh = (from_kwh + rate_kw * hours).clamp(0.0, feed.capacity_kwh);
            let full = || {
                let room_kwh = feed.capacity_kwh - from_kwh;
                (rate_kw > 0.0 && room_kwh < rate_kw * hours)
                    .then(|| now + Duration::from_seconds(room_kwh / rate_kw * 3_600.0))
            };
            self.trace.part(channel, now, (from_kwh, *charge_kwh), full);
        }
        self.now = end;
    }

    /// On to where the first charges come to their floors, at `end` at the latest. Batteries that are alike do so together, and
    /// none must be left to fall past its own.
    fn come_down(&mut self, end: Time, is_lit: bool) {
        let channels = 0..self.serves.len();
        let floors = channels.map(|channel| self.comes_to_floor(channel, self.rate_kw(channel, is_lit)));
        let floors: Vec<Time> = floors.collect();
        let end = floors.iter().copied().fold(end, Time::min);
        let low = (0..floors.len()).filter(|&channel| floors[channel] == end);
        let low: Vec<(usize, f64)> = low.map(|channel| (channel, self.floor_kwh(channel))).collect();
        self.go_on(end, is_lit);
        for &(channel, floor_kwh) in &low {
            self.charge_kwh[channel] = floor_kwh;
        }
        for (channel, floor_kwh) in low {
            if floor_kwh > 0.0 { self.shed(channel) } else { self.go_dark(channel) }
        }
    }

    /// When a channel's charge comes to its floor at this rate; never is [`Time::MAX`].
    fn comes_to_floor(&self, channel: usize, rate_kw: f64) -> Time {
        if rate_kw >= 0.0 || !self.serves[channel] {
            return Time::MAX;
        }
        let above_kwh = self.charge_kwh[channel] - self.floor_kwh(channel);
        self.now + Duration::from_seconds(above_kwh / -rate_kw * 3_600.0)
    }
}
