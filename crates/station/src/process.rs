use record::{ChannelId, CommodityId, Mass, ProcessId, StoreId};
use timeline::{Duration, Interval, Time};

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
    /// The levels of a store between which it runs; nothing when it runs whenever it can.
    pub batch: Option<Batch>,
    /// What part it takes of what is in a store; its flows then only say in which proportion to that it gives.
    pub part_of: Option<Part>,
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
    /// How often it breaks and what mends it; nothing when it is not known to break.
    pub repair: Option<Repair>,
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

/// A store and the levels at which a process starts and stops.
///
/// Who takes from the store starts at the higher of the two and stops at the lower, who fills it the other way round.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Batch {
    /// Which store.
    pub store: StoreId,
    /// At which level it starts.
    pub start: Mass,
    /// At which level it stops.
    pub stop: Mass,
}

/// A store of which a process takes a part, as a scrubber clears the air that flows through it.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// Which store.
    pub store: StoreId,
    /// What part of it a day, as a rate: more than 0, and more than 1 when it goes through all of it in less than a day.
    pub per_day: f64,
}

/// How often a machine breaks, and what mends it.
#[derive(Clone, PartialEq, Debug)]
pub struct Repair {
    /// How long it runs between failures, in the mean.
    pub mean_between_failures: Duration,
    /// How long it then stands until it is mended, when there is a spare.
    pub takes: Duration,
    /// What is used up in that: which store has it, and how much of it.
    pub spare: Option<(StoreId, Mass)>,
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
