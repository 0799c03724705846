//! Who is carried: loads over channels, transfers, heat, and what is shed and taken back.

use super::PowerCourse;
use crate::power::balance::is_balanced;
use crate::power::trace::Why;

/// Charges nearer to full than this part of the capacity are full.
const FULL: f64 = 1e-9;

/// The part of what a channel could carry by itself that others give all the same, so that its batteries fill again: ours.
const REFILLS: f64 = 0.01;

impl PowerCourse<'_> {
    /// Sheds loads of a channel, the last first, until its batteries get back each revolution what they give and give no more
    /// than down to where loads are shed.
    pub(super) fn shed(&mut self, channel: usize) {
        while !self.is_balanced(channel) {
            let mut loads = (0..self.grid.loads.len()).rev();
            let hangs_on = |load: usize| self.grid.loads[load].channels.contains(&channel);
            let Some(load) = loads.find(|&load| self.can_shed(load) && hangs_on(load)) else { return };
            self.switch_off(load, Why::Charge(channel));
            self.reckon();
        }
    }

    fn can_shed(&self, load: usize) -> bool {
        self.off[load].is_none() && self.grid.loads[load].can_be_shed && self.draws_kw[load] > 0.0
    }

    /// Its batteries are empty: what hangs on it goes to the other channels or off.
    pub(super) fn go_dark(&mut self, channel: usize) {
        self.banks[channel].dark = true;
        self.reckon();
    }

    fn switch_off(&mut self, load: usize, why: Why) {
        self.off[load] = Some(why);
        self.shed_loads += usize::from(why != Why::NoChannel);
        self.trace.off(load, self.now, why);
        self.switched.extend(self.grid.loads[load].process.map(|process| (process, false)));
    }

    fn switch_on(&mut self, load: usize) {
        let why = self.off[load].take();
        self.shed_loads -= usize::from(why != Some(Why::NoChannel));
        self.trace.on(load, self.now);
        self.switched.extend(self.grid.loads[load].process.map(|process| (process, true)));
    }

    /// Takes back, first what was shed last, the loads that every channel of theirs can carry again from day to day.
    pub(super) fn take_back(&mut self) {
        for load in 0..self.grid.loads.len() {
            if matches!(self.off[load], Some(Why::Charge(_) | Why::Heat(_))) && self.could_carry(load) {
                self.switch_on(load);
                self.reckon();
                if self.off[load].is_none() {
                    return;
                }
            }
        }
    }

    fn could_carry(&self, load: usize) -> bool {
        let node = &self.grid.loads[load];
        let serving: Vec<usize> =
            node.channels.iter().copied().filter(|&channel| self.banks[channel].serves).collect();
        let part_kw = self.draws_kw[load] / serving.len().max(1) as f64;
        let light = self.light();
        let feeds = self.grid.feeds(self.turn.day);
        let carries = |channel: usize| {
            let feed = feeds[channel];
            let now = self.banks[channel].revolution(feed, light);
            let is_full = now.charge_kwh + now.gained_kwh >= feed.capacity_kwh * (1.0 - FULL);
            let shed_below = self.grid.channels[channel].shed_below;
            is_full && is_balanced(feed, self.banks[channel].carried_kw + part_kw, light, shed_below)
        };
        !serving.is_empty() && serving.iter().all(|&channel| carries(channel)) && self.could_cool(load)
    }

    fn could_cool(&self, load: usize) -> bool {
        let channels = &self.grid.loads[load].channels;
        self.grid.cooling.iter().enumerate().all(|(cooling, node)| {
            let is_of = channels.iter().any(|channel| node.channels.contains(channel));
            !is_of || self.heat_kw(cooling) + self.draws_kw[load] <= self.cooling_kw[cooling]
        })
    }

    /// What each channel carries: loads in equal parts over those of their channels that are in service, and transfers. What
    /// cannot be cooled is shed, and what no channel carries is off.
    pub(super) fn reckon(&mut self) {
        for (channel, feed) in self.grid.feeds(self.turn.day).iter().enumerate() {
            self.banks[channel].serves =
                !self.banks[channel].dark && !self.banks[channel].failed && feed.serves();
        }
        for (giving, node) in self.giving.iter_mut().zip(&self.grid.transfers) {
            *giving = node.giving.iter().filter(|&&channel| self.banks[channel].serves).count() as u32;
        }
        for (load, node) in self.grid.loads.iter().enumerate() {
            let serving = node.channels.iter().filter(|&&channel| self.banks[channel].serves).count() as u32;
            self.serving[load] = serving;
            match self.off[load] {
                Some(Why::NoChannel) if serving > 0 => self.switch_on(load),
                None if serving == 0 => self.switch_off(load, Why::NoChannel),
                _ => {}
            }
        }
        loop {
            (0..self.banks.len()).for_each(|channel| self.sum_up(channel));
            self.share(self.turn.day);
            let Some(hot) = self.hot() else { break };
            let is_of = |load: usize| {
                let channels = &self.grid.loads[load].channels;
                channels.iter().any(|channel| self.grid.cooling[hot].channels.contains(channel))
            };
            let last = (0..self.grid.loads.len()).rev().find(|&load| self.can_shed(load) && is_of(load));
            let Some(last) = last else { break };
            self.switch_off(last, Why::Heat(hot));
        }
        self.write_loads();
    }

    /// What the loads of a channel draw, each in equal parts from those of its channels that are in service.
    pub(super) fn sum_up(&mut self, channel: usize) {
        let mut drawn_kw = 0.0;
        if self.banks[channel].serves {
            for &load in &self.grid.hanging[channel] {
                if self.off[load].is_none() {
                    drawn_kw += self.draws_kw[load] / f64::from(self.serving[load]);
                }
            }
        }
        self.banks[channel].drawn_kw = drawn_kw;
    }

    /// What a channel lacks beyond what it can carry revolution after revolution is given by others, and a little more.
    pub(super) fn share(&mut self, day: usize) {
        for bank in &mut self.banks {
            (bank.carried_kw, bank.lost_kw) = (bank.drawn_kw, 0.0);
        }
        for (transfer, node) in self.grid.transfers.iter().enumerate() {
            let serving = self.giving[transfer];
            if self.transfer_kw[transfer] == 0.0 || serving == 0 {
                continue;
            }
            let own_kw = match self.banks[node.to].failed {
                true => 0.0,
                false => self.grid.capabilities_kw(day)[node.to] * (1.0 - REFILLS),
            };
            let lack_kw = (self.banks[node.to].carried_kw - own_kw).clamp(0.0, self.transfer_kw[transfer]);
            if lack_kw > 0.0 {
                self.banks[node.to].carried_kw -= lack_kw;
                let part_kw = lack_kw / f64::from(serving);
                let given_kw = part_kw / node.efficiency;
                for &channel in &node.giving {
                    let bank = &mut self.banks[channel];
                    if bank.serves {
                        bank.carried_kw += given_kw;
                        bank.lost_kw += given_kw - part_kw;
                    }
                }
            }
        }
    }

    /// The first cooling that has more heat than it can carry away.
    pub(super) fn hot(&self) -> Option<usize> {
        (0..self.grid.cooling.len()).find(|&one| self.heat_kw(one) > self.cooling_kw[one])
    }

    /// The heat of what hangs on a cooling's channels, and of what they lose on the way to others: little electricity leaves a station.
    fn heat_kw(&self, cooling: usize) -> f64 {
        let channels = &self.grid.cooling[cooling].channels;
        channels
            .iter()
            .map(|&channel| {
                let bank = &self.banks[channel];
                bank.drawn_kw + bank.lost_kw
            })
            .sum()
    }

    pub(super) fn write_loads(&mut self) {
        self.trace.loads(self.now, self.banks.iter().map(|bank| bank.carried_kw));
    }

    fn is_balanced(&self, channel: usize) -> bool {
        let feed = self.grid.feeds(self.turn.day)[channel];
        let shed_below = self.grid.channels[channel].shed_below;
        is_balanced(feed, self.banks[channel].carried_kw, self.light(), shed_below)
    }
}
