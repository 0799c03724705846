//! What is written down on the way.

use timeline::{Interval, Time};

use crate::draft::Serves;
use crate::network::Network;
use crate::rates::Rates;
use crate::runs::Limit;

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

/// Every line and step since the books were opened.
#[derive(Clone, Debug)]
pub(crate) struct Trace {
    pub(crate) stores: Vec<StoreTrace>,
    pub(crate) processes: Vec<ProcessTrace>,
    /// By supply, what is wanted of it, kg a day.
    pub(crate) uses: Vec<Vec<(Time, f64)>>,
    pub(crate) shortages: Vec<Shortage>,
    /// How often no set of runs obeyed all rules at once.
    pub(crate) unsettled: u64,
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
    pub(crate) runs: Vec<(Time, f64)>,
    /// Days at full rate and strength 1 that its flows so far amount to.
    pub(crate) amount_d: f64,
    pace: f64,
    since: Time,
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
    pub(crate) fn new(network: &Network) -> Self {
        let process =
            ProcessTrace { runs: Vec::new(), amount_d: 0.0, pace: 0.0, since: Time::MIN, shortage: None };
        Self {
            stores: vec![StoreTrace::default(); network.stores.len()],
            processes: vec![process; network.processes.len()],
            uses: vec![Vec::new(); network.supplies.len()],
            shortages: Vec::new(),
            unsettled: 0,
        }
    }

    /// Forgets what was written and begins at `from`.
    pub(crate) fn open(&mut self, from: Time) {
        self.stores.fill(StoreTrace::default());
        for process in &mut self.processes {
            process.runs.clear();
            process.amount_d = 0.0;
            process.since = from;
            process.shortage = None;
        }
        self.uses.iter_mut().for_each(Vec::clear);
        self.shortages.clear();
    }

    pub(crate) fn close(&mut self, to: Time) {
        for process in &mut self.processes {
            process.amount_d += process.pace * (to - process.since).days();
            process.since = to;
            self.shortages.extend(process.shortage.take().map(|shortage| Shortage { to, ..shortage }));
        }
        self.shortages.sort_by_key(|shortage| (shortage.from, shortage.process));
    }

    pub(crate) fn line(&mut self, store: usize, at: Time, level_kg: f64, net_kg_d: f64) {
        let lines = &mut self.stores[store].lines;
        match lines.last_mut() {
            Some(last) if last.0 == at => *last = (at, level_kg, net_kg_d),
            _ => lines.push((at, level_kg, net_kg_d)),
        }
    }

    pub(crate) fn end_line(&mut self, store: usize, level_kg: f64, vented_kg: f64) {
        self.stores[store].ended_kg = level_kg;
        self.stores[store].vented_kg += vented_kg;
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

    /// Writes down how everything runs from `at` on. `strengths` are those of each process by itself.
    pub(crate) fn runs(&mut self, at: Time, network: &Network, rates: &Rates, strengths: &[f64]) {
        for (process, trace) in self.processes.iter_mut().enumerate() {
            let (run, pace) = (rates.runs.run[process], rates.pace(process));
            if pace != trace.pace {
                trace.amount_d += trace.pace * (at - trace.since).days();
                (trace.pace, trace.since) = (pace, at);
            }
            push_step(&mut trace.runs, at, run);
            if network.processes[process].serves == Serves::Crew {
                let is_short = strengths[process] > 0.0 && run < FULL_RUN;
                let store = match rates.runs.limit[process] {
                    Limit::Lack(store) | Limit::Excess(store) => Some(store),
                    Limit::Nothing | Limit::Out | Limit::Hold => None,
                };
                let now = is_short.then_some(Shortage { process, from: at, to: at, store, least_run: run });
                self.shortages.extend(continue_shortage(&mut trace.shortage, now, at));
            }
        }
        for (uses, supply) in self.uses.iter_mut().zip(&network.supplies) {
            let wanted_kg_d = supply.takes.iter().map(|&(process, take_kg_d)| {
                take_kg_d
                    * match network.processes[process].serves {
                        Serves::Crew => rates.strengths[process],
                        Serves::Station => rates.pace(process),
                    }
            });
            push_step(uses, at, wanted_kg_d.sum());
        }
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

fn push_step(steps: &mut Vec<(Time, f64)>, at: Time, value: f64) {
    match steps.last_mut() {
        Some(last) if last.0 == at => last.1 = value,
        Some(last) if last.1 == value => {}
        _ => steps.push((at, value)),
    }
}
