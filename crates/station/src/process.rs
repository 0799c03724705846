use record::{ChannelId, CommodityId, Mass, ProcessId, StoreId};
use timeline::{Interval, Time};

use crate::Scale;

/// What turns stores into stores: an oxygen generator, the living of a crew, a leak.
///
/// At full rate it takes the masses of [`inputs`](Process::inputs) and gives those of [`outputs`](Process::outputs), which are
/// equal; it can run at any part of that rate.
#[derive(Clone, PartialEq, Debug)]
pub struct Process {
    /// Names it.
    pub id: ProcessId,
    /// Full name.
    pub name: String,
    /// Who is served first when a store is empty: the lowest number. No two processes have the same.
    pub priority: u32,
    /// Whom the rates are for one of; nothing when they are for the whole station.
    pub scale: Option<Scale>,
    /// What it takes at full rate.
    pub inputs: Vec<Flow>,
    /// What it gives at full rate.
    pub outputs: Vec<Flow>,
    /// The store that it keeps at a level, running only as much as that takes.
    pub hold: Option<Hold>,
    /// The processes without which it does not run.
    pub needs: Vec<ProcessId>,
    /// Electrical power at full rate, kW.
    pub power_kw: f64,
    /// The power channels that carry it in equal parts, as far as they are in service.
    pub channels: Vec<ChannelId>,
    /// Runs since; nothing when it always did.
    pub from: Option<Time>,
    /// Runs until; nothing while no end is known.
    pub until: Option<Time>,
    /// By what all its rates are multiplied since when, in order of time; by 1 before the first.
    pub factors: Vec<Factor>,
}

impl Process {
    /// The time during which it can run; nothing when it ended before it began.
    #[must_use]
    pub fn service(&self) -> Option<Interval> {
        Interval::new(self.from.unwrap_or(Time::MIN), self.until.unwrap_or(Time::MAX))
    }

    /// By what its rates are multiplied at `time`.
    #[must_use]
    pub fn factor_at(&self, time: Time) -> f64 {
        self.factors.iter().rev().find(|factor| factor.from <= time).map_or(1.0, |factor| factor.factor)
    }
}

/// A mass a day into or out of a store.
#[derive(Clone, PartialEq, Debug)]
pub struct Flow {
    /// Which store.
    pub store: StoreId,
    /// How much, kg a day of 86,400 s; 0 or more.
    pub rate_kg_d: f64,
    /// What it is, where the store takes in all sorts of things; nothing when it is what the store holds.
    pub of: Option<CommodityId>,
}

/// A level that a process keeps.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hold {
    /// Of which store.
    pub store: StoreId,
    /// How much is to be in it.
    pub mass: Mass,
}

/// A number by which all rates of a process are multiplied from some time on, until the next.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Factor {
    /// Since when.
    pub from: Time,
    /// By what; 0 or more.
    pub factor: f64,
}

/// A time when a process did not run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outage {
    /// Which process.
    pub process: ProcessId,
    /// Since when.
    pub from: Time,
    /// Until when; nothing while it lasts.
    pub to: Option<Time>,
}

impl Outage {
    /// How long it lasts; nothing when it ended before it began.
    #[must_use]
    pub fn interval(&self) -> Option<Interval> {
        Interval::new(self.from, self.to.unwrap_or(Time::MAX))
    }
}
