//! What is written down on the way.

use timeline::{Interval, Time};

use crate::curve::Curve;
use crate::draft::{Serves, Watch};
use crate::network::Network;
use crate::rates::{Rate, Rates};
use crate::runs::Limit;
use crate::touched::Touched;

/// A time when a process by which people live ran at less than its full rate.
#[derive(Clone, PartialEq, Debug)]
pub struct Shortfall {
    /// Which process.
    pub process: String,
    /// When.
    pub during: Interval,
    /// The store that held it back at first: an empty one it takes from, or a full one it gives to. Nothing when a process
    /// that it needs was out, or it keeps a level itself.
    pub store: Option<String>,
    /// The least part of its full rate that it ran at meanwhile, from 0 to 1.
    pub least_run: f64,
}

/// How much is written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Detail {
    /// Everything that profiles and totals are made of.
    Profiles,
    /// How the classes of supply go and who goes short: what surveys of many plans need.
    Supplies,
}

/// Every line and step since the books were opened.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    detail: Detail,
    /// By store, whether its lines are written down.
    keeps: Vec<bool>,
    pub(crate) stores: Vec<StoreTrace>,
    pub(crate) processes: Vec<ProcessTrace>,
    /// By supply, what is wanted of it, kg a day.
    pub(crate) uses: Vec<Vec<(Time, f64)>>,
    pub(crate) shortages: Vec<Shortage>,
    /// How often no set of runs obeyed all rules at once.
    pub(crate) unsettled: u64,
    /// Supplies whose use may have changed.
    concerned: Touched,
}

/// The instant at which something is written down, and the level of the source then.
#[derive(Clone, Copy)]
pub(crate) struct At<'a> {
    pub(crate) time: Time,
    pub(crate) curve: &'a Curve,
    pub(crate) source_kg: f64,
}

#[derive(Clone, Debug, Default)]
pub(crate) struct StoreTrace {
    /// When, level, kg a day from then on.
    pub(crate) lines: Vec<(Time, f64, f64)>,
    pub(crate) ended_kg: f64,
    pub(crate) delivered_kg: f64,
    pub(crate) refused_kg: f64,
    pub(crate) vented_kg: f64,
    pub(crate) corrected_kg: f64,
    pub(crate) burned_kg: f64,
}

#[derive(Clone, Debug)]
pub(crate) struct ProcessTrace {
    /// When, the part of its full rate, and the change of that a day.
    pub(crate) runs: Vec<(Time, f64, f64)>,
    /// Days at full rate and strength 1 that its flows so far amount to; for one that takes a part, kg taken.
    pub(crate) amount_d: f64,
    pace: Rate,
    strength: f64,
    since: Time,
    /// What the integral of the source's level was then.
    through_kg_d: f64,
    /// Run, limit, own strength and effective strength as written last.
    written: Option<(f64, Limit, f64, f64)>,
    /// Whether its run is a line that follows the source's level.
    follows: bool,
    shortage: Option<Shortage>,
}

/// A shortfall by index.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shortage {
    pub(crate) process: usize,
    pub(crate) from: Time,
    pub(crate) to: Time,
    pub(crate) store: Option<usize>,
    pub(crate) least_run: f64,
}

/// Runs that miss 1 by less are full: what is missing is rounding.
const FULL_RUN: f64 = 1.0 - 1e-9;

impl Trace {
    pub(crate) fn new(network: &Network, detail: Detail) -> Self {
        let process = ProcessTrace {
            runs: Vec::new(),
            amount_d: 0.0,
            pace: Rate::default(),
            strength: 0.0,
            since: Time::MIN,
            through_kg_d: 0.0,
            written: None,
            follows: false,
            shortage: None,
        };
        let counts = |store: usize| network.supplies.iter().any(|supply| supply.stores.contains(&store));
        let watched = |store: usize| network.stores[store].watch == Watch::Always;
        let keeps = |store: usize| detail == Detail::Profiles || counts(store) || watched(store);
        Self {
            detail,
            keeps: (0..network.stores.len()).map(keeps).collect(),
            stores: vec![StoreTrace::default(); network.stores.len()],
            processes: vec![process; network.processes.len()],
            uses: vec![Vec::new(); network.supplies.len()],
            shortages: Vec::new(),
            unsettled: 0,
            concerned: Touched::none_of(network.supplies.len()),
        }
    }

    /// Forgets what was written and begins at `from`.
    pub(crate) fn open(&mut self, from: Time) {
        self.stores.fill(StoreTrace::default());
        for process in &mut self.processes {
            process.runs.clear();
            process.amount_d = 0.0;
            process.since = from;
            process.through_kg_d = 0.0;
            process.shortage = None;
            process.written = None;
        }
        self.uses.iter_mut().for_each(Vec::clear);
        for supply in 0..self.uses.len() {
            self.concerned.insert(supply);
        }
        self.shortages.clear();
        self.unsettled = 0;
    }

    pub(crate) fn close(&mut self, to: Time, curve: &Curve) {
        for process in &mut self.processes {
            if self.detail == Detail::Profiles {
                process.bring(to, curve);
            }
            self.shortages.extend(process.shortage.take().map(|shortage| Shortage { to, ..shortage }));
        }
        self.shortages.sort_by_key(|shortage| (shortage.from, shortage.process));
    }

    /// Whether the lines of a store are written down.
    pub(crate) fn keeps(&self, store: usize) -> bool {
        self.keeps[store]
    }

    pub(crate) fn line(&mut self, store: usize, at: Time, level_kg: f64, net_kg_d: f64) {
        if !self.keeps(store) {
            return;
        }
        let lines = &mut self.stores[store].lines;
        match lines.last_mut() {
            Some(last) if last.0 == at => *last = (at, level_kg, net_kg_d),
            _ => lines.push((at, level_kg, net_kg_d)),
        }
    }

    /// Of the line written last, where it bends before it ends.
    pub(crate) fn bend(&mut self, store: usize, bends: impl Iterator<Item = (Time, f64)>, end: (Time, f64)) {
        add_chords(&mut self.stores[store].lines, bends, end);
    }

    pub(crate) fn ended(&mut self, store: usize, level_kg: f64) {
        self.stores[store].ended_kg = level_kg;
    }

    pub(crate) fn delivered(&mut self, store: usize, mass_kg: f64) {
        self.stores[store].delivered_kg += mass_kg;
    }

    pub(crate) fn refused(&mut self, store: usize, mass_kg: f64) {
        self.stores[store].refused_kg += mass_kg;
    }

    pub(crate) fn vented(&mut self, store: usize, mass_kg: f64) {
        self.stores[store].vented_kg += mass_kg;
    }

    pub(crate) fn corrected(&mut self, store: usize, mass_kg: f64) {
        self.stores[store].corrected_kg += mass_kg;
    }

    pub(crate) fn burned(&mut self, store: usize, mass_kg: f64) {
        self.stores[store].burned_kg += mass_kg;
    }

    pub(crate) fn unsettled(&mut self) {
        self.unsettled += 1;
    }

    /// Brings everything that follows the source's level up to `now`, when that takes another course.
    pub(crate) fn end_curve(&mut self, now: Time, curve: &Curve) {
        if self.detail == Detail::Supplies {
            return;
        }
        for process in &mut self.processes {
            if process.pace.part_per_d != 0.0 {
                process.bring(now, curve);
            }
            process.through_kg_d = 0.0;
        }
    }

    /// Writes down how a process runs from `at` on. `strength` is that of the process by itself.
    pub(crate) fn run(
        &mut self,
        at: At<'_>,
        process: usize,
        network: &Network,
        rates: &Rates,
        strength: f64,
    ) {
        let (trace, node) = (&mut self.processes[process], &network.processes[process]);
        let (run, pace) = (rates.runs.run[process], rates.paces[process]);
        let goes_on = pace == trace.pace && !trace.follows;
        if goes_on && self.detail == Detail::Supplies && node.serves == Serves::Station {
            return;
        }
        let now = (run, rates.runs.limit[process], strength, rates.strengths[process]);
        if goes_on && trace.written == Some(now) {
            return;
        }
        trace.written = Some(now);
        if !goes_on {
            if self.detail == Detail::Profiles {
                trace.bring(at.time, at.curve);
                trace.through_kg_d = at.curve.through_until(at.time);
            }
            (trace.pace, trace.strength) = (pace, rates.strengths[process]);
            node.supplies.iter().for_each(|&supply| {
                self.concerned.insert(supply);
            });
        }
        trace.follows = pace.part_per_d != 0.0 && node.part_per_d.is_none();
        if self.detail == Detail::Profiles {
            push_line(&mut trace.runs, at.time, run);
        }
        if node.serves == Serves::Crew {
            node.supplies.iter().for_each(|&supply| {
                self.concerned.insert(supply);
            });
            let is_short = strength > 0.0 && run < FULL_RUN;
            let store = match rates.runs.limit[process] {
                Limit::Lack(store) | Limit::Excess(store) => Some(store),
                Limit::Nothing | Limit::Out | Limit::Waits | Limit::Hold => None,
            };
            let time = at.time;
            let now = is_short.then_some(Shortage { process, from: time, to: time, store, least_run: run });
            self.shortages.extend(continue_shortage(&mut trace.shortage, now, time));
        }
    }

    /// Writes down what is wanted of the supplies from `at` on, where the runs written before change that.
    pub(crate) fn uses(&mut self, at: At<'_>, network: &Network, rates: &Rates) {
        for &supply in self.concerned.list() {
            let wanted_kg_d = network.supplies[supply].takes.iter().map(|&(process, take_kg_d)| {
                take_kg_d
                    * match network.processes[process].serves {
                        Serves::Crew => rates.strengths[process],
                        Serves::Station => rates.paces[process].at(at.source_kg),
                    }
            });
            push_step(&mut self.uses[supply], at.time, wanted_kg_d.sum());
        }
        self.concerned.clear();
    }
}

impl ProcessTrace {
    /// Sums up what it did until now, and draws the line of its run where that is none of its own.
    fn bring(&mut self, now: Time, curve: &Curve) {
        self.amount_d += self.pace.fixed_kg_d * (now - self.since).days();
        if self.pace.part_per_d != 0.0 {
            let through_kg_d = curve.through_until(now);
            self.amount_d += self.pace.part_per_d * (through_kg_d - self.through_kg_d);
            self.through_kg_d = through_kg_d;
        }
        if self.follows && self.since < now {
            let run = |at| self.pace.at(curve.at(curve.days_until(at))) / self.strength;
            let bend_per_d = self.pace.part_per_d / self.strength * curve.part_per_d;
            let bends = curve.bends(self.since, now, bend_per_d, run);
            add_chords(&mut self.runs, bends.into_iter().map(|at| (at, run(at))), (now, run(now)));
        }
        self.since = now;
    }
}

/// Goes on with a shortage, or ends it: returns one that is over.
fn continue_shortage(open: &mut Option<Shortage>, now: Option<Shortage>, at: Time) -> Option<Shortage> {
    match (open.as_mut(), now) {
        (Some(open), Some(now)) => {
            open.least_run = open.least_run.min(now.least_run);
            None
        }
        (None, now) => {
            *open = now;
            None
        }
        (Some(_), None) => open.take().filter(|open| open.from < at).map(|open| Shortage { to: at, ..open }),
    }
}

/// A new value from `at` on, unless it goes on as it was.
pub(crate) fn push_step(steps: &mut Vec<(Time, f64)>, at: Time, value: f64) {
    match steps.last_mut() {
        Some(last) if last.0 == at => last.1 = value,
        Some(last) if last.1 == value => {}
        _ => steps.push((at, value)),
    }
}

/// A new value from `at` on, unless it goes on as it was.
fn push_line(lines: &mut Vec<(Time, f64, f64)>, at: Time, value: f64) {
    match lines.last_mut() {
        Some(last) if last.0 == at => *last = (at, value, 0.0),
        Some(&mut (_, last, 0.0)) if last == value => {}
        _ => lines.push((at, value, 0.0)),
    }
}

/// Goes on from the last of `lines` by chords through `bends` to `end`, where something else begins.
fn add_chords(lines: &mut Vec<(Time, f64, f64)>, bends: impl Iterator<Item = (Time, f64)>, end: (Time, f64)) {
    for (at, value) in bends.chain([end]) {
        if let Some(last) = lines.last_mut().filter(|last| last.0 < at) {
            last.2 = (value - last.1) / (at - last.0).days();
        }
        if at < end.0 {
            lines.push((at, value, 0.0));
        }
    }
}
