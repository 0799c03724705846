//! What is written down of the batteries and loads on the way.

use timeline::{Interval, Time};

use super::draft::{ChannelDay, Zoom};
use super::grid::Grid;
use crate::trace::push_step;

/// Why a load is off.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Why {
    /// The batteries of this channel fell to where loads are shed.
    Charge(usize),
    /// This cooling cannot carry the heat away.
    Heat(usize),
    /// No channel of its is in service.
    NoChannel,
}

/// Everything since the books were opened.
#[derive(Clone, Debug)]
pub(crate) struct PowerTrace {
    is_open: bool,
    pub(crate) zoom: Zoom,
    pub(crate) channels: Vec<ChannelTrace>,
    /// What all channels carry together, kW.
    pub(crate) load: Vec<(Time, f64)>,
    /// Loads that were off: which, when, why.
    pub(crate) sheddings: Vec<(usize, Interval, Why)>,
    /// By load: since when it is off, and why.
    off_since: Vec<Option<(Time, Why)>>,
    cell_since: Time,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct ChannelTrace {
    /// By day: since when, lowest and highest charge as parts of what the batteries hold.
    pub(crate) ranges: Vec<(Time, f64, f64)>,
    /// Charges joined by straight lines, kWh.
    pub(crate) charges: Vec<(Time, f64)>,
    /// What is drawn, kW.
    pub(crate) loads: Vec<(Time, f64)>,
    low_kwh: f64,
    high_kwh: f64,
}

impl PowerTrace {
    pub(crate) fn new(grid: &Grid) -> Self {
        Self {
            is_open: false,
            zoom: grid.zoom,
            channels: vec![ChannelTrace::default(); grid.channels.len()],
            load: Vec::new(),
            sheddings: Vec::new(),
            off_since: vec![None; grid.loads.len()],
            cell_since: Time::MIN,
        }
    }

    /// Begins to write down, with room for so many days.
    pub(crate) fn open(
        &mut self,
        from: Time,
        days: usize,
        charges_kwh: impl Iterator<Item = f64>,
        off: &[Option<Why>],
    ) {
        self.is_open = true;
        self.cell_since = from;
        self.load.clear();
        self.off_since = off.iter().map(|why| why.map(|why| (from, why))).collect();
        for (channel, charge_kwh) in self.channels.iter_mut().zip(charges_kwh) {
            let empty = ChannelTrace { low_kwh: charge_kwh, high_kwh: charge_kwh, ..ChannelTrace::default() };
            *channel = empty;
            if self.zoom == Zoom::Days {
                channel.ranges.reserve_exact(days);
            }
            channel.charges.push((from, charge_kwh));
        }
    }

    pub(crate) fn close(
        &mut self,
        to: Time,
        charges_kwh: impl Iterator<Item = f64> + Clone,
        feeds: &[ChannelDay],
    ) {
        self.cell(to, charges_kwh.clone(), feeds);
        for (load, since) in self.off_since.iter_mut().enumerate() {
            let last = since.take().and_then(|(from, why)| Some((load, Interval::new(from, to)?, why)));
            self.sheddings.extend(last);
        }
        self.sheddings.sort_by_key(|&(load, during, _)| (during.start(), load));
        for (channel, charge_kwh) in self.channels.iter_mut().zip(charges_kwh) {
            push_point(&mut channel.charges, to, charge_kwh);
        }
    }

    /// A day ends, in which batteries held as much as `feeds` say, and another begins with these charges.
    pub(crate) fn cell(&mut self, now: Time, charges_kwh: impl Iterator<Item = f64>, feeds: &[ChannelDay]) {
        if !self.writes() {
            return;
        }
        for ((channel, charge_kwh), feed) in self.channels.iter_mut().zip(charges_kwh).zip(feeds) {
            if self.cell_since < now {
                let part =
                    |kwh: f64| if feed.capacity_kwh > 0.0 { kwh.max(0.0) / feed.capacity_kwh } else { 0.0 };
                channel.ranges.push((
                    self.cell_since,
                    part(channel.low_kwh),
                    part(channel.high_kwh).min(1.0),
                ));
            }
            (channel.low_kwh, channel.high_kwh) = (charge_kwh, charge_kwh);
        }
        self.cell_since = now;
    }

    /// Whether more is written down than when loads were off.
    fn writes(&self) -> bool {
        self.is_open && self.zoom != Zoom::Sheddings
    }

    /// Whether anybody will ask which charges were met.
    pub(crate) fn follows_charges(&self) -> bool {
        self.zoom != Zoom::Sheddings
    }

    /// Charges between these were met.
    #[inline]
    pub(crate) fn range(&mut self, channel: usize, low_kwh: f64, high_kwh: f64) {
        let channel = &mut self.channels[channel];
        channel.low_kwh = channel.low_kwh.min(low_kwh);
        channel.high_kwh = channel.high_kwh.max(high_kwh);
    }

    /// A charge went straight from `now` to full and stayed, or straight on to the end of the part.
    pub(crate) fn part(
        &mut self,
        channel: usize,
        now: Time,
        (from_kwh, to_kwh): (f64, f64),
        full: impl FnOnce() -> Option<Time>,
    ) {
        self.range(channel, from_kwh.min(to_kwh), from_kwh.max(to_kwh));
        if self.is_open && self.zoom == Zoom::Revolutions {
            let charges = &mut self.channels[channel].charges;
            push_point(charges, now, from_kwh);
            if let Some(full) = full() {
                push_point(charges, full, to_kwh);
            }
        }
    }

    pub(crate) fn off(&mut self, load: usize, now: Time, why: Why) {
        if self.is_open {
            self.off_since[load] = Some((now, why));
        }
    }

    pub(crate) fn on(&mut self, load: usize, now: Time) {
        if let Some((from, why)) = self.off_since[load].take() {
            self.sheddings.extend(Interval::new(from, now).map(|during| (load, during, why)));
        }
    }

    pub(crate) fn loads(&mut self, now: Time, carried_kw: impl Iterator<Item = f64> + Clone) {
        if self.writes() {
            for (channel, carried_kw) in self.channels.iter_mut().zip(carried_kw.clone()) {
                push_step(&mut channel.loads, now, carried_kw);
            }
            push_step(&mut self.load, now, carried_kw.sum());
        }
    }
}

fn push_point(points: &mut Vec<(Time, f64)>, at: Time, charge_kwh: f64) {
    match points.last_mut() {
        Some(last) if last.0 == at => last.1 = charge_kwh,
        _ => points.push((at, charge_kwh)),
    }
}
