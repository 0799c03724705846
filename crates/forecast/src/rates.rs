//! How fast every store rises or falls, from the runs of the processes.

use crate::draft::Overflow;
use crate::network::{Network, Position};
use crate::runs::{Rest, Runs, Situation};

/// The rates that hold until the next event.
#[derive(Clone, Debug)]
pub(crate) struct Rates {
    pub(crate) runs: Runs,
    /// By process: its strength, 0 where one that it needs has none.
    pub(crate) strengths: Vec<f64>,
    /// By store, kg a day.
    pub(crate) net_kg_d: Vec<f64>,
    /// By store: what is lost overboard because it is full, kg a day.
    pub(crate) vented_kg_d: Vec<f64>,
    /// By store: all that comes and goes, kg a day; what rounding errors are measured against.
    turnover_kg_d: Vec<f64>,
}

/// A net rate below this part of the turnover is rounding: the store stays where it is.
const STILL: f64 = 1e-11;

/// A net rate below this is none: a nanogram a day is a gram in 2.7 million years.
const LEAST_KG_D: f64 = 1e-12;

impl Rates {
    pub(crate) fn new(network: &Network) -> Self {
        let zeros = || vec![0.0; network.stores.len()];
        Self {
            runs: Runs::default(),
            strengths: vec![0.0; network.processes.len()],
            net_kg_d: zeros(),
            vented_kg_d: zeros(),
            turnover_kg_d: zeros(),
        }
    }

    /// Takes over the strengths; a process that needs one without strength has none, through any number of steps.
    pub(crate) fn set_strengths(&mut self, network: &Network, strengths: &[f64]) {
        self.strengths.copy_from_slice(strengths);
        // Every pass but the last stops a process, so there are no more passes than processes.
        loop {
            let is_stopped = |process: usize| {
                let needs = &network.processes[process].needs;
                self.strengths[process] > 0.0 && needs.iter().any(|&need| self.strengths[need] == 0.0)
            };
            let Some(stopped) = (0..self.strengths.len()).find(|&process| is_stopped(process)) else {
                return;
            };
            self.strengths[stopped] = 0.0;
        }
    }

    /// The rates while the stores are where they are.
    pub(crate) fn settle(&mut self, network: &Network, positions: &[Position]) -> Rest {
        let rest = self.runs.settle(Situation { network, strengths: &self.strengths, positions });
        self.net_kg_d.fill(0.0);
        self.turnover_kg_d.fill(0.0);
        for (process, node) in network.processes.iter().enumerate() {
            let pace = self.pace(process);
            if pace > 0.0 {
                for &(store, rate_kg_d) in &node.flows {
                    self.net_kg_d[store] += rate_kg_d * pace;
                    self.turnover_kg_d[store] += rate_kg_d.abs() * pace;
                }
            }
        }
        for (store, node) in network.stores.iter().enumerate() {
            let (is_empty, is_full) =
                (positions[store] == Position::EMPTY, node.full() == Some(positions[store]));
            let mut net_kg_d = self.net_kg_d[store];
            self.vented_kg_d[store] = 0.0;
            if is_full && node.overflow == Overflow::Vents && net_kg_d > 0.0 {
                self.vented_kg_d[store] = net_kg_d;
                net_kg_d = 0.0;
            }
            if net_kg_d.abs() <= (STILL * self.turnover_kg_d[store]).max(LEAST_KG_D) {
                net_kg_d = 0.0;
            }
            assert!(!(is_empty && net_kg_d < 0.0), "`{}` is empty and falls by {net_kg_d} kg/d", node.name);
            assert!(!(is_full && net_kg_d > 0.0), "`{}` is full and rises by {net_kg_d} kg/d", node.name);
            self.net_kg_d[store] = net_kg_d;
        }
        rest
    }

    /// By what a process's flows are multiplied: its run times its strength.
    pub(crate) fn pace(&self, process: usize) -> f64 {
        self.runs.run[process] * self.strengths[process]
    }
}
