//! How the runs follow the level of the store of which processes take a part.
//!
//! While the same rule binds each process, every run is a linear function of that level: so are the equations that the
//! runs come from. How steep it is comes from the same equations, and how far it reaches ends where another rule would bind.

use crate::network::Network;
use crate::runs::{Claim, Limit, Runs, Situation, allowed, equate};

/// Between which levels of the source, kg, the same rules bind the same processes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Reach {
    pub(crate) from_kg: f64,
    pub(crate) to_kg: f64,
}

/// Passes that are tried before equations: chains of a few processes are done by then.
const PASSES_OF_CHAINS: u32 = 4;
/// Passes where equations have no single solution.
const MOST_PASSES: u32 = 128;
/// A pass that changes a share by less, per day, is the last.
const REST_PER_D: f64 = 1e-14;
/// What is less than this part of all that comes together in it is nothing but rounding.
const ROUNDING: f64 = 1e-11;

impl Reach {
    pub(crate) const EVERYWHERE: Self = Self { from_kg: f64::NEG_INFINITY, to_kg: f64::INFINITY };

    /// Ends it at a level that lies `ahead_kg` above `at_kg`, or below.
    pub(crate) fn end(&mut self, at_kg: f64, ahead_kg: f64) {
        if ahead_kg > 0.0 {
            self.to_kg = self.to_kg.min(at_kg + ahead_kg);
        } else {
            self.from_kg = self.from_kg.max(at_kg + ahead_kg);
        }
    }

    /// Whether it ends nearer to a level than `kg`.
    pub(crate) fn ends_near(self, at_kg: f64, kg: f64) -> bool {
        at_kg - self.from_kg < kg || self.to_kg - at_kg < kg
    }
}

impl Runs {
    /// Finds by how much the pace of everybody affected grows with each kg in the store `source`, and how far that goes.
    pub(crate) fn follow(&mut self, situation: Situation<'_>, source: usize) -> Reach {
        let Situation { network, strengths, positions, source_kg, .. } = situation;
        let mut feeds_a_mark = false;
        for &process in self.affected.list() {
            let node = &network.processes[process];
            let is_running = self.limit[process] == Limit::Nothing;
            let part_per_d = node.part_per_d.filter(|_| is_running).unwrap_or(0.0);
            self.share[process] = part_per_d * strengths[process];
            feeds_a_mark |= part_per_d > 0.0
                && node.flows.iter().any(|&(store, _)| store != source && positions[store].is_on_mark());
        }
        if !feeds_a_mark {
            return Reach::EVERYWHERE;
        }
        self.find_binding();
        self.binding.retain(|claim| claim.node(network).store != source);
        self.share_out(situation);
        self.reach(network, strengths, (source, source_kg))
    }

    fn share_out(&mut self, situation: Situation<'_>) {
        let Situation { network, strengths, .. } = situation;
        for _ in 0..PASSES_OF_CHAINS {
            if self.pass(network) <= REST_PER_D {
                return;
            }
        }
        equate(&mut self.equations, &self.binding, situation, &self.share);
        if self.equations.solve() {
            for (row, claim) in self.binding.iter().enumerate() {
                self.share[claim.process] = self.equations.solution(row) * strengths[claim.process];
            }
        } else {
            for _ in 0..MOST_PASSES {
                if self.pass(network) <= REST_PER_D {
                    return;
                }
            }
        }
    }

    /// Lets everybody who is held by a store follow what the others do to it; returns the largest change.
    fn pass(&mut self, network: &Network) -> f64 {
        let mut largest: f64 = 0.0;
        for claim in &self.binding {
            // What is allowed is a part of the flow at strength 1 times the strength.
            let strength = claim.own_kg_d / claim.node(network).own_kg_d;
            let share = allowed(claim, network, &self.share) * strength;
            largest = largest.max((share - self.share[claim.process]).abs());
            self.share[claim.process] = share;
        }
        largest
    }

    /// What [`allowed`] would come to for each kg in the source if all did alike.
    fn turnover(&self, claim: &Claim, network: &Network) -> f64 {
        let others = claim.node(network).others.iter();
        others.map(|&(process, rate_kg_d)| (rate_kg_d * self.share[process]).abs()).sum::<f64>()
            / claim.own_kg_d
    }

    /// From where to where no run comes to 0 or 1 and no claim binds that does not bind now.
    fn reach(&self, network: &Network, strengths: &[f64], (source, source_kg): (usize, f64)) -> Reach {
        let mut reach = Reach::EVERYWHERE;
        for claim in self.claims.iter().filter(|claim| claim.node(network).store != source) {
            let run = self.run[claim.process];
            let run_per_kg = self.share[claim.process] / strengths[claim.process];
            let may_per_kg = allowed(claim, network, &self.share);
            let is_binding = claim.limit == self.limit[claim.process] && 0.0 < run && run < 1.0;
            if is_binding && run_per_kg != 0.0 {
                reach.end(source_kg, -run / run_per_kg);
                reach.end(source_kg, (1.0 - run) / run_per_kg);
            }
            let apart_per_kg = may_per_kg - run_per_kg;
            if !is_binding
                && apart_per_kg.abs() > ROUNDING * (self.turnover(claim, network) + run_per_kg.abs())
            {
                let may = allowed(claim, network, &self.pace);
                reach.end(source_kg, (run - may) / apart_per_kg);
            }
        }
        reach
    }
}
