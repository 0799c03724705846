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
//!
//! Most events concern few processes. Those that they concern, and all who share with them a store that binds both, are
//! found anew from the beginning; the others do not hear of it, and run on as they did.

use crate::equations::Equations;
use crate::network::{ClaimNode, Network, Position};
use crate::touched::Touched;

/// The part of its full rate that each process runs at, and why not more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs {
    pub(crate) run: Vec<f64>,
    pub(crate) limit: Vec<Limit>,
    /// By what its flows are multiplied now.
    pub(crate) pace: Vec<f64>,
    /// By how much the pace grows with each kg in the source, see [`Runs::follow`].
    pub(crate) share: Vec<f64>,
    /// Whose runs are found anew.
    pub(crate) affected: Touched,
    pub(crate) claims: Vec<Claim>,
    shared: Touched,
    pub(crate) binding: Vec<Claim>,
    pub(crate) equations: Equations,
    before: Vec<(f64, Limit)>,
}

/// What keeps a process from running at its full rate.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Limit {
    Nothing,
    /// It, or one that it needs, has no strength.
    Out,
    /// It runs in batches, and waits for the level at which it starts.
    Waits,
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
    /// By process, whether it waits for its next batch.
    pub(crate) waits: &'a [bool],
    /// By store.
    pub(crate) positions: &'a [Position],
    /// What is in the store of which processes take a part.
    pub(crate) source_kg: f64,
}

/// A process's claim to a store that is on a mark.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Claim {
    pub(crate) process: usize,
    /// Which of the claims of the process.
    index: usize,
    pub(crate) limit: Limit,
    /// The process's own flow at a run of 1, kg a day, more than 0.
    pub(crate) own_kg_d: f64,
}

impl Claim {
    pub(crate) fn node(self, network: &Network) -> &ClaimNode {
        &network.processes[self.process].claims[self.index]
    }
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
    pub(crate) fn new(network: &Network) -> Self {
        let (stores, processes) = (network.stores.len(), network.processes.len());
        Self {
            run: vec![0.0; processes],
            limit: vec![Limit::Out; processes],
            pace: vec![0.0; processes],
            share: vec![0.0; processes],
            affected: Touched::none_of(processes),
            shared: Touched::none_of(stores),
            ..Self::default()
        }
    }

    /// Takes everybody in who shares a binding store with a process that is affected already, through any number of steps. The
    /// first `done` of them have been looked at.
    pub(crate) fn spread(&mut self, network: &Network, positions: &[Position], done: usize) {
        if done == 0 {
            self.shared.clear();
        }
        let mut next = done;
        while let Some(&process) = self.affected.list().get(next) {
            next += 1;
            for &(store, _) in &network.processes[process].flows {
                let at = positions[store];
                if at.is_on_mark() && self.shared.insert(store) {
                    for &(mark, process) in &network.stores[store].claimants {
                        if mark == at {
                            self.affected.insert(process);
                        }
                    }
                }
            }
        }
    }

    /// Finds the runs of all who are affected.
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

    /// Whether a store on a mark keeps anybody from running as much as he could without it.
    pub(crate) fn is_bound_by(&self, network: &Network, store: usize, at: Position) -> bool {
        let claimants = network.stores[store].claimants.iter().filter(|&&(mark, _)| mark == at);
        claimants.into_iter().any(|&(_, process)| match self.limit[process] {
            Limit::Lack(lacking) => lacking == store,
            Limit::Excess(full) => full == store,
            Limit::Hold => self.run[process] > 0.0,
            Limit::Nothing | Limit::Out | Limit::Waits => false,
        })
    }

    /// Everything at full rate, but what is out, waits or is on the far side of its hold; and who has a claim.
    fn start(&mut self, situation: Situation<'_>) {
        let Situation { network, strengths, waits, positions, source_kg } = situation;
        self.claims.clear();
        for &process in self.affected.list() {
            let node = &network.processes[process];
            let strength = strengths[process];
            let is_past = node.hold.is_some_and(|hold| {
                let at = positions[hold.store];
                if hold.rate_kg_d > 0.0 { at > hold.position } else { at < hold.position }
            });
            let limit = match () {
                () if strength == 0.0 => Limit::Out,
                () if waits[process] => Limit::Waits,
                () if is_past => Limit::Hold,
                () => Limit::Nothing,
            };
            self.limit[process] = limit;
            if limit != Limit::Nothing {
                (self.run[process], self.pace[process]) = (0.0, 0.0);
                continue;
            }
            (self.run[process], self.pace[process]) = (1.0, strength);
            if let Some(part_per_d) = node.part_per_d {
                self.pace[process] = strength * part_per_d * source_kg;
            }
            for (index, claim) in node.claims.iter().enumerate() {
                if positions[claim.store] == claim.at {
                    let own_kg_d = claim.own_kg_d * strength;
                    self.claims.push(Claim { process, index, limit: claim.limit, own_kg_d });
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
                let allowed = allowed(claim, situation.network, &self.pace);
                if allowed < run {
                    (run, limit) = (allowed.max(0.0), claim.limit);
                }
            }
            self.run[process] = run;
            self.limit[process] = limit;
            self.pace[process] = run * situation.strengths[process];
            largest = largest.max((run - before).abs());
        }
        largest
    }

    /// Solves for the runs that are somewhere between 0 and 1, each under the rule that binds it now; keeps the solution when
    /// it obeys all rules.
    fn jump(&mut self, situation: Situation<'_>) -> bool {
        let strengths = situation.strengths;
        self.find_binding();
        equate(&mut self.equations, &self.binding, situation, &self.pace);
        if !self.equations.solve() {
            return false;
        }
        self.before.clear();
        self.before
            .extend(self.claims.iter().map(|claim| (self.run[claim.process], self.limit[claim.process])));
        for (row, claim) in self.binding.iter().enumerate() {
            let run = self.equations.solution(row).clamp(0.0, 1.0);
            self.run[claim.process] = run;
            self.pace[claim.process] = run * strengths[claim.process];
        }
        let obeys = self.round(situation, Way::UpOrDown) <= 1e-11;
        if !obeys {
            for (claim, &(run, limit)) in self.claims.iter().zip(&self.before) {
                (self.run[claim.process], self.limit[claim.process]) = (run, limit);
                self.pace[claim.process] = run * strengths[claim.process];
            }
        }
        obeys
    }

    /// The claims that hold a run somewhere between 0 and 1, one for each such process.
    pub(crate) fn find_binding(&mut self) {
        let (run, limit) = (&self.run, &self.limit);
        let binds = |claim: &&Claim| {
            let run = run[claim.process];
            0.0 < run && run < 1.0 && claim.limit == limit[claim.process]
        };
        self.binding.clear();
        self.binding.extend(self.claims.iter().filter(binds));
    }

    /// Lowers until every store is obeyed, and stops what does not come to rest.
    fn withdraw(&mut self, situation: Situation<'_>) {
        for _ in 0..=self.claims.len() {
            for _ in 0..MOST_ROUNDS {
                self.before.clear();
                self.before.extend(self.claims.iter().map(|claim| (self.run[claim.process], Limit::Nothing)));
                if self.round(situation, Way::Down) <= REST {
                    return;
                }
            }
            for (claim, &(before, _)) in self.claims.iter().zip(&self.before) {
                if before - self.run[claim.process] > REST {
                    (self.run[claim.process], self.pace[claim.process]) = (0.0, 0.0);
                }
            }
        }
    }
}

/// Writes down, a row for each binding claim, that its store neither falls nor rises; everybody else does what `given` says.
pub(crate) fn equate(equations: &mut Equations, binding: &[Claim], situation: Situation<'_>, given: &[f64]) {
    let Situation { network, strengths, .. } = situation;
    equations.clear(binding.len());
    for (row, claim) in binding.iter().enumerate() {
        equations.add(row, row, claim.own_kg_d);
        for &(process, rate_kg_d) in &claim.node(network).others {
            match binding.iter().position(|other| other.process == process) {
                Some(column) => equations.add(row, column, rate_kg_d * strengths[process]),
                None => equations.add(row, binding.len(), -rate_kg_d * given[process]),
            }
        }
    }
}

/// The run at which the claim's store neither falls nor rises, while the others have these paces; it may lie beyond 0 and 1.
pub(crate) fn allowed(claim: &Claim, network: &Network, pace: &[f64]) -> f64 {
    let others_kg_d: f64 =
        claim.node(network).others.iter().map(|&(process, rate_kg_d)| rate_kg_d * pace[process]).sum();
    -others_kg_d / claim.own_kg_d
}
