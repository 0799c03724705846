//! At what part of its full rate each process runs, from the strengths and from which stores are on a mark.
//!
//! Everything starts at 1 and is held to the rules of [`Process`](crate::Process) in rounds by priority until nothing
//! changes. A round lets every process have the most that its stores allow while the others run as they do. Where
//! processes only feed one another, rounds never fall below the greatest answer, and near it they follow one set of linear
//! equations (which rule binds whom); its solution, once it is found to obey all rules, is that answer exactly: any other
//! answer `y` has `y ≤ A y + b`, and the rounds' distance to the solution shrinks under `A ≥ 0`, so `y` is not above it.
//! So a loop that recycles 98 % costs no thousand rounds. Where processes compete in a circle more than one answer may obey
//! the rules; then it is the one that the rounds lead to.
//!
//! Rounds are bounded. What has not come to rest by then is only ever lowered, and what still moves after as many rounds
//! again is stopped, at least one process each time: that ends, obeys every store, and is counted as unsettled.

use crate::draft::Overflow;
use crate::network::{Network, Position, StoreNode};

/// The part of its full rate that each process runs at, and why not more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs {
    pub(crate) run: Vec<f64>,
    pub(crate) limit: Vec<Limit>,
    claims: Vec<Claim>,
    equations: Equations,
}

/// What keeps a process from running at its full rate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Limit {
    Nothing,
    /// It, or one that it needs, has no strength.
    Out,
    /// The level that it keeps.
    Hold,
    /// What it takes from this store.
    Lack(usize),
    /// What it gives to this store.
    Excess(usize),
}

/// Whether the rounds came to rest.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Rest {
    Settled,
    Unsettled,
}

/// What the runs are decided on.
#[derive(Clone, Copy)]
pub(crate) struct Situation<'a> {
    pub(crate) network: &'a Network,
    /// By process, 0 where one that it needs has none.
    pub(crate) strengths: &'a [f64],
    /// By store.
    pub(crate) positions: &'a [Position],
}

/// A process's claim to a store that is on a mark.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Claim {
    process: usize,
    store: usize,
    limit: Limit,
    /// +1 for who fills the store, -1 for who draws from it.
    sign: f64,
}

/// Which way a round may move a run.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    UpOrDown,
    Down,
}

/// Runs that change by less have come to rest.
const REST: f64 = 1e-12;
/// Rounds before giving up on rest.
const MOST_ROUNDS: u32 = 128;
/// Rounds that are let pass before equations are tried: chains of a few processes have come to rest by then.
const ROUNDS_OF_CHAINS: u32 = 4;

impl Runs {
    pub(crate) fn settle(&mut self, situation: Situation<'_>) -> Rest {
        self.start(situation);
        if self.claims.is_empty() {
            return Rest::Settled;
        }
        for round in 1..=MOST_ROUNDS {
            if self.round(situation, Way::UpOrDown) <= REST {
                return Rest::Settled;
            }
            if round >= ROUNDS_OF_CHAINS && round % 2 == 0 && self.jump(situation) {
                return Rest::Settled;
            }
        }
        self.withdraw(situation);
        Rest::Unsettled
    }

    /// Everything at full rate, but what is out or on the far side of its hold; and who has a claim.
    fn start(&mut self, situation: Situation<'_>) {
        let Situation { network, strengths, positions } = situation;
        self.run.clear();
        self.limit.clear();
        self.claims.clear();
        for (process, node) in network.processes.iter().enumerate() {
            let hold = node.hold.map(|hold| (hold, positions[hold.store]));
            let is_past =
                hold.is_some_and(
                    |(hold, at)| {
                        if hold.rate_kg_d > 0.0 { at > hold.position } else { at < hold.position }
                    },
                );
            let limit = match (strengths[process] == 0.0, is_past) {
                (true, _) => Limit::Out,
                (false, true) => Limit::Hold,
                (false, false) => Limit::Nothing,
            };
            self.run.push(if limit == Limit::Nothing { 1.0 } else { 0.0 });
            self.limit.push(limit);
            if limit == Limit::Nothing {
                for &(store, rate_kg_d) in &node.flows {
                    let bound = bound_at(&network.stores[store], store, positions[store], rate_kg_d);
                    let kept = hold.filter(|(hold, at)| hold.store == store && *at == hold.position);
                    let limits = [bound, kept.map(|_| Limit::Hold)].into_iter().flatten();
                    let sign = rate_kg_d.signum();
                    self.claims.extend(limits.map(|limit| Claim { process, store, limit, sign }));
                }
            }
        }
    }

    /// Gives every claimant in order of priority the most that its stores allow; returns the largest change.
    fn round(&mut self, situation: Situation<'_>, way: Way) -> f64 {
        let mut largest: f64 = 0.0;
        let mut rest = &self.claims[..];
        while let Some(first) = rest.first() {
            let process = first.process;
            let (mine, others) =
                rest.split_at(rest.iter().take_while(|claim| claim.process == process).count());
            rest = others;
            let before = self.run[process];
            let (mut run, mut limit) = match way {
                Way::UpOrDown => (1.0, Limit::Nothing),
                Way::Down => (before, self.limit[process]),
            };
            for claim in mine {
                let allowed = allowed(claim, situation, &self.run);
                if allowed < run {
                    (run, limit) = (allowed, claim.limit);
                }
            }
            self.run[process] = run;
            self.limit[process] = limit;
            largest = largest.max((run - before).abs());
        }
        largest
    }

    /// Solves for the runs that are somewhere between 0 and 1, each under the rule that binds it now; keeps the solution when
    /// it obeys all rules.
    fn jump(&mut self, situation: Situation<'_>) -> bool {
        let is_between = |claim: &&Claim| {
            let (run, limit) = (self.run[claim.process], self.limit[claim.process]);
            0.0 < run && run < 1.0 && claim.limit == limit
        };
        let binding: Vec<Claim> = self.claims.iter().filter(is_between).copied().collect();
        let equations = &mut self.equations;
        equations.clear(binding.len());
        for (row, claim) in binding.iter().enumerate() {
            for (process, weight_kg_d) in weights(claim, situation) {
                match binding.iter().position(|other| other.process == process) {
                    Some(column) => equations.add(row, column, weight_kg_d),
                    None => equations.add(row, binding.len(), -weight_kg_d * self.run[process]),
                }
            }
        }
        if !equations.solve() {
            return false;
        }
        let before = (self.run.clone(), self.limit.clone());
        for (row, claim) in binding.iter().enumerate() {
            self.run[claim.process] = self.equations.solution(row).clamp(0.0, 1.0);
        }
        let obeys = self.round(situation, Way::UpOrDown) <= 1e-11;
        if !obeys {
            (self.run, self.limit) = before;
        }
        obeys
    }

    /// Lowers until every store is obeyed, and stops what does not come to rest.
    fn withdraw(&mut self, situation: Situation<'_>) {
        for _ in 0..=self.run.len() {
            let mut before = Vec::new();
            for _ in 0..MOST_ROUNDS {
                before.clone_from(&self.run);
                if self.round(situation, Way::Down) <= REST {
                    return;
                }
            }
            for (run, before) in self.run.iter_mut().zip(before) {
                if before - *run > REST {
                    *run = 0.0;
                }
            }
        }
    }
}

/// How a store on a mark binds a process with this flow.
fn bound_at(node: &StoreNode, store: usize, position: Position, rate_kg_d: f64) -> Option<Limit> {
    let holds_back = node.overflow == Overflow::HoldsBack && node.full() == Some(position);
    if rate_kg_d < 0.0 && position == Position::EMPTY {
        Some(Limit::Lack(store))
    } else if rate_kg_d > 0.0 && holds_back {
        Some(Limit::Excess(store))
    } else {
        None
    }
}

/// The run at which the claim's store neither falls nor rises, while the others run as they do.
fn allowed(claim: &Claim, situation: Situation<'_>, run: &[f64]) -> f64 {
    let (mut own, mut others) = (0.0, 0.0);
    for (process, weight_kg_d) in weights(claim, situation) {
        if process == claim.process {
            own = weight_kg_d;
        } else {
            others += weight_kg_d * run[process];
        }
    }
    (-others / own).clamp(0.0, 1.0)
}

/// What each process does to the claim's store at full rate, kg a day, in the sense in which the claimant does it; without
/// those that have to wait for the claimant.
fn weights<'a>(claim: &Claim, situation: Situation<'a>) -> impl Iterator<Item = (usize, f64)> + use<'a> {
    let Claim { process, store, limit, sign } = *claim;
    let position = situation.positions[store];
    situation.network.stores[store].users.iter().filter_map(move |user| {
        let is_behind = user.process > process;
        let is_alike = user.rate_kg_d.signum() == sign;
        let waits = match limit {
            Limit::Hold => user.holds == Some(position) && (is_behind || !is_alike),
            _ => is_behind && is_alike,
        };
        (!waits).then(|| (user.process, sign * user.rate_kg_d * situation.strengths[user.process]))
    })
}

/// A small dense system of linear equations, row by row, with the right-hand side as its last column.
#[derive(Clone, Debug, Default)]
struct Equations {
    size: usize,
    cells: Vec<f64>,
}

/// A pivot smaller than this part of its row's largest cell tells of a loop that loses nothing: it has no single answer.
const SMALLEST_PIVOT: f64 = 1e-9;

impl Equations {
    fn clear(&mut self, size: usize) {
        self.size = size;
        self.cells.clear();
        self.cells.resize(size * (size + 1), 0.0);
    }

    fn add(&mut self, row: usize, column: usize, value: f64) {
        self.cells[row * (self.size + 1) + column] += value;
    }

    fn solution(&self, row: usize) -> f64 {
        self.cells[row * (self.size + 1) + self.size]
    }

    /// Gauss-Jordan elimination with row pivoting; false when there is no single solution.
    fn solve(&mut self) -> bool {
        let (size, width) = (self.size, self.size + 1);
        for row in self.cells.chunks_exact_mut(width) {
            let largest = row[..size].iter().fold(0.0_f64, |largest, cell| largest.max(cell.abs()));
            if largest == 0.0 {
                return false;
            }
            row.iter_mut().for_each(|cell| *cell /= largest);
        }
        for column in 0..size {
            let magnitude = |row: usize| self.cells[row * width + column].abs();
            let pivot = (column..size).max_by(|&a, &b| magnitude(a).total_cmp(&magnitude(b)));
            let Some(pivot) = pivot.filter(|&row| magnitude(row) > SMALLEST_PIVOT) else { return false };
            for at in 0..width {
                self.cells.swap(column * width + at, pivot * width + at);
            }
            let leading = self.cells[column * width + column];
            for at in column..width {
                self.cells[column * width + at] /= leading;
            }
            for row in (0..size).filter(|&row| row != column) {
                let factor = self.cells[row * width + column];
                for at in column..width {
                    self.cells[row * width + at] -= factor * self.cells[column * width + at];
                }
            }
        }
        true
    }
}
