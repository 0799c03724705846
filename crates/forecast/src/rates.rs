//! How fast every store rises or falls, from the runs of the processes.
//!
//! Only what an event concerns is looked at again. A rate is fixed, or it follows the level of the one store of which
//! processes take a part, the **source**: so much, and so much more for each kg in the source.

use crate::draft::Overflow;
use crate::following::Reach;
use crate::network::{Network, Position, StoreNode};
use crate::runs::{Rest, Runs, Situation};
use crate::touched::Touched;

/// The rates that hold until the next event.
#[derive(Clone, Debug)]
pub(crate) struct Rates {
    pub(crate) runs: Runs,
    /// By process: its strength, 0 where one that it needs has none.
    pub(crate) strengths: Vec<f64>,
    /// By process: by what its flows are multiplied.
    pub(crate) paces: Vec<Rate>,
    /// By store.
    pub(crate) net: Vec<Rate>,
    /// By store: what is lost overboard because it is full.
    pub(crate) vented: Vec<Rate>,
    /// Stores whose rates may have changed when they were settled last.
    pub(crate) moved: Touched,
    /// With how much in the source the rules were asked: what is there, or a hair further on.
    pub(crate) asked_kg: f64,
    /// Between which levels of the source these rates hold.
    pub(crate) reach: Reach,
    source: Source,
    /// Whether the source was put where it comes to rest at this instant.
    rests: bool,
    /// By process, whether it waits for its next batch.
    waits: Vec<bool>,
    /// Stores that came to a mark or left one since the last time.
    touched: Touched,
    /// Who takes a part of the source, and all whose runs hang together with theirs, as settled last.
    following: Touched,
    /// The source, and the stores on a mark to which somebody gives who follows it.
    tied: Touched,
    /// Whether the source's level is at the end of the reach.
    reach_ended: bool,
}

/// What comes and goes, kg a day: fixed, or following the level of the source.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(crate) struct Rate {
    pub(crate) fixed_kg_d: f64,
    /// For each kg in the source.
    pub(crate) part_per_d: f64,
}

/// A rate below this part of the turnover is rounding: the store stays where it is.
const STILL: f64 = 1e-11;

/// A rate out of an empty store or into a full one that is below this part of all full rates there is rounding: it is how well
/// runs are found.
const ROUNDING: f64 = 1e-10;

/// Where rules are about to change places, it is asked which of them bind when the source has moved this far, kg and part
/// of its level: more than a rule's end can be missed by through rounding. What is as near to its rest is at rest.
const HAIR: f64 = 1e-11;

/// Whether it is asked anew how runs follow the level of the source.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Follow {
    /// Nobody is concerned who does.
    AsBefore,
    /// With this source.
    Anew(usize),
}

/// What is known of the source when the rate of a store is summed up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Source {
    None,
    /// It is the store.
    Itself,
    Still,
    Moving,
}

fn hair_kg(source_kg: f64) -> f64 {
    HAIR * (1.0 + source_kg)
}

impl Rate {
    pub(crate) fn at(self, source_kg: f64) -> f64 {
        self.fixed_kg_d + self.part_per_d * source_kg
    }

    fn add(&mut self, other: Self, factor: f64) {
        self.fixed_kg_d += other.fixed_kg_d * factor;
        self.part_per_d += other.part_per_d * factor;
    }
}

impl Rates {
    /// Before anything was settled: everything has changed.
    pub(crate) fn new(network: &Network) -> Self {
        let (stores, processes) = (network.stores.len(), network.processes.len());
        let mut rates = Self {
            runs: Runs::new(network),
            strengths: vec![0.0; processes],
            paces: vec![Rate::default(); processes],
            net: vec![Rate::default(); stores],
            vented: vec![Rate::default(); stores],
            moved: Touched::none_of(stores),
            asked_kg: 0.0,
            reach: Reach::EVERYWHERE,
            source: Source::Still,
            rests: false,
            waits: network.processes.iter().map(|process| process.batch.is_some()).collect(),
            touched: Touched::all_of(stores),
            following: Touched::none_of(processes),
            tied: Touched::all_of(stores),
            reach_ended: false,
        };
        rates.runs.affected = Touched::all_of(processes);
        rates
    }

    /// By what a process's power is multiplied: its run times its strength; one that takes a part of the source does so with its
    /// whole strength, however little is in it.
    pub(crate) fn pace(&self, network: &Network, process: usize, source_kg: f64) -> f64 {
        match network.processes[process].part_per_d {
            Some(_) => self.strengths[process],
            None => self.paces[process].at(source_kg),
        }
    }

    /// Takes note of a store whose position is another than when the rates were settled.
    pub(crate) fn touch(&mut self, store: usize) {
        self.touched.insert(store);
    }

    /// Takes over the strengths; a process that needs one without strength has none, through any number of steps.
    pub(crate) fn set_strengths(&mut self, network: &Network, effective: &mut [f64]) {
        let has_what_it_needs = |process: usize, effective: &[f64]| {
            network.processes[process].needs.iter().all(|&need| effective[need] != 0.0)
        };
        // Every pass but the last stops a process, so there are no more passes than processes.
        while let Some(&stopped) = network
            .needy
            .iter()
            .find(|&&process| effective[process] != 0.0 && !has_what_it_needs(process, effective))
        {
            effective[stopped] = 0.0;
        }
        for (process, (old, &mut new)) in self.strengths.iter_mut().zip(effective).enumerate() {
            if *old != new {
                *old = new;
                self.runs.affected.insert(process);
            }
        }
    }

    /// The rates while the stores are where they are, with so much in the source. Afterwards `runs.affected` are those whose
    /// runs were found anew, until [`Rates::rest`].
    pub(crate) fn settle(&mut self, network: &Network, positions: &[Position], source_kg: f64) -> Rest {
        for at in 0..self.touched.list().len() {
            let store = self.touched.list()[at];
            let node = &network.stores[store];
            for &(process, batch) in &node.batches {
                self.waits[process] = batch.waits_at(positions[store], self.waits[process]);
            }
            // Whom no mark of it ever binds does not run otherwise because of where it is.
            let bound = node.claimants.iter().map(|&(_, process)| process);
            for process in bound.chain(node.batches.iter().map(|&(process, _)| process)) {
                self.runs.affected.insert(process);
            }
            self.moved.insert(store);
        }
        self.runs.spread(network, positions, 0);
        let spread = self.runs.affected.list().len();
        let Some(source) = network.source.filter(|_| self.concerns_source(network)) else {
            self.runs.affected.sort();
            return self.settle_at(network, positions, source_kg, Follow::AsBefore);
        };
        for &process in &network.partial {
            self.runs.affected.insert(process);
        }
        self.runs.spread(network, positions, spread);
        self.runs.affected.sort();
        self.following.clear();
        for &process in self.runs.affected.list() {
            self.following.insert(process);
        }
        let rest = self.settle_at(network, positions, source_kg, Follow::Anew(source));
        let change_kg_d = self.net[source].at(source_kg);
        let hair_kg = hair_kg(source_kg);
        if change_kg_d == 0.0 || !self.reach.ends_near(source_kg, hair_kg) {
            return rest;
        }
        let ahead_kg = (source_kg + hair_kg * change_kg_d.signum()).max(0.0);
        self.settle_at(network, positions, ahead_kg, Follow::Anew(source))
    }

    /// Whether anybody affected changes the source or follows it; otherwise all that follows it goes on as it did.
    fn concerns_source(&self, network: &Network) -> bool {
        let changes =
            |process: usize| network.processes[process].flows.iter().any(|&(to, _)| self.tied.contains(to));
        let follows = |store: usize| {
            network.stores[store].users.iter().any(|user| self.paces[user.process].part_per_d != 0.0)
        };
        network.source.is_some()
            && (self.reach_ended
                || self.touched.list().iter().any(|&store| self.tied.contains(store) || follows(store))
                || self
                    .runs
                    .affected
                    .list()
                    .iter()
                    .any(|&process| self.following.contains(process) || changes(process)))
    }

    /// Takes note that the source's level has come to the end of the reach.
    pub(crate) fn end_reach(&mut self) {
        self.reach_ended = true;
    }

    /// The level at which the source comes to rest, when it is there but for a hair. Settled again there, it rests.
    /// A mark as near is where it comes to rest.
    pub(crate) fn rest_of_source_kg(
        &mut self,
        source: usize,
        source_kg: f64,
        marks_kg: &[f64],
    ) -> Option<f64> {
        let net = self.net[source];
        let rest_kg = -net.fixed_kg_d / net.part_per_d;
        let is_near = (rest_kg - source_kg).abs() < hair_kg(source_kg);
        if self.rests || net.part_per_d >= 0.0 || !is_near {
            return None;
        }
        self.rests = true;
        let mut marks_kg = marks_kg.iter().copied();
        Some(marks_kg.find(|mark_kg| (mark_kg - rest_kg).abs() < hair_kg(rest_kg)).unwrap_or(rest_kg))
    }

    /// Forgets what the last event concerned.
    pub(crate) fn rest(&mut self) {
        self.reach_ended = false;
        self.touched.clear();
        self.moved.clear();
        self.rests = false;
        self.runs.affected.clear();
    }

    fn settle_at(
        &mut self,
        network: &Network,
        positions: &[Position],
        source_kg: f64,
        follow: Follow,
    ) -> Rest {
        let strengths = &self.strengths;
        let situation = Situation { network, strengths, waits: &self.waits, positions, source_kg };
        let rest = self.runs.settle(situation);
        self.asked_kg = source_kg;
        if let Follow::Anew(source) = follow {
            self.reach = self.runs.follow(situation, source);
        }
        for &process in self.runs.affected.list() {
            let (pace, part_per_d) = (self.runs.pace[process], self.runs.share[process]);
            let node = &network.processes[process];
            let fixed_kg_d = if node.part_per_d.is_some() { 0.0 } else { pace - part_per_d * source_kg };
            let pace = Rate { fixed_kg_d, part_per_d };
            if pace != self.paces[process] {
                self.paces[process] = pace;
                for &(store, _) in &node.flows {
                    self.moved.insert(store);
                }
            }
        }
        let at = source_kg;
        let mut source = if network.source.is_some() { self.source } else { Source::None };
        if let Follow::Anew(store) = follow {
            if self.moved.contains(store) {
                self.tally(store, &network.stores[store], positions[store], at, Source::Itself);
            }
            source = if self.net[store].at(at) == 0.0 { Source::Still } else { Source::Moving };
            // A full store may cease to let go, and of what follows the source what is rounding is another question while
            // it stands still.
            let is_still = source == Source::Still || self.source == Source::Still;
            for &process in self.runs.affected.list().iter().filter(|&&at| self.paces[at].part_per_d != 0.0) {
                for &(fed, _) in &network.processes[process].flows {
                    if is_still || positions[fed].is_on_mark() {
                        self.moved.insert(fed);
                    }
                }
            }
            self.source = source;
            self.tie(network, positions, store);
        }
        for index in 0..self.moved.list().len() {
            let store = self.moved.list()[index];
            if network.source != Some(store) {
                self.tally(store, &network.stores[store], positions[store], at, source);
            }
        }
        if follow != Follow::AsBefore && source == Source::Moving {
            self.end_reach_at_vents(network, positions, source_kg);
        }
        rest
    }

    fn tie(&mut self, network: &Network, positions: &[Position], source: usize) {
        self.tied.clear();
        self.tied.insert(source);
        for &process in self.runs.affected.list().iter().filter(|&&at| self.paces[at].part_per_d != 0.0) {
            for &(fed, _) in
                network.processes[process].flows.iter().filter(|flow| positions[flow.0].is_on_mark())
            {
                self.tied.insert(fed);
            }
        }
    }

    /// Sums up what comes to a store and what goes, without what is but rounding, and what is lost because it is full.
    fn tally(&mut self, store: usize, node: &StoreNode, position: Position, source_kg: f64, source: Source) {
        let (mut net, mut turnover_kg_d, mut turnover_per_d) = (Rate::default(), 0.0, 0.0);
        for user in &node.users {
            let pace = self.paces[user.process];
            net.add(pace, user.rate_kg_d);
            turnover_kg_d += (pace.at(source_kg) * user.rate_kg_d).abs();
            turnover_per_d += (pace.part_per_d * user.rate_kg_d).abs();
        }
        if net.part_per_d.abs() <= STILL * turnover_per_d {
            net.part_per_d = 0.0;
        }
        let at_rest = self.rests && source == Source::Itself;
        let still_kg_d = if at_rest { 2.0 * hair_kg(source_kg) * net.part_per_d.abs() } else { 0.0 };
        let is_still = net.at(source_kg).abs() <= still_kg_d.max(STILL * turnover_kg_d);
        if is_still && (net.part_per_d == 0.0 || source != Source::Moving) {
            net = Rate::default();
        }
        let net_kg_d = net.at(source_kg);
        let (is_empty, is_full) = (position == Position::EMPTY, node.full() == Some(position));
        let mut vented = Rate::default();
        if is_full && node.overflow == Overflow::Vents && net_kg_d > 0.0 {
            (net, vented) = (vented, net);
        } else if (is_empty && net_kg_d < 0.0) || (is_full && net_kg_d > 0.0) {
            // Runs are found to a part of a full run, however small they are.
            let full_kg_d = node.users.iter().map(|user| user.rate_kg_d.abs() * self.strengths[user.process]);
            let rounding_kg_d = ROUNDING * full_kg_d.sum::<f64>();
            let is_rounding = net_kg_d.abs() <= rounding_kg_d;
            assert!(is_rounding, "`{}` is on a bound and goes beyond it by {net_kg_d} kg/d", node.name);
            net = Rate::default();
        }
        (self.net[store], self.vented[store]) = (net, vented);
    }

    /// Ends the reach where a full store would begin to let go or cease to.
    fn end_reach_at_vents(&mut self, network: &Network, positions: &[Position], source_kg: f64) {
        for &process in self.runs.affected.list() {
            if self.paces[process].part_per_d == 0.0 {
                continue;
            }
            for &(store, _) in &network.processes[process].flows {
                let (net, vented) = (self.net[store], self.vented[store]);
                let part_per_d = net.part_per_d + vented.part_per_d;
                if network.source != Some(store) && positions[store].is_on_mark() && part_per_d != 0.0 {
                    let rate_kg_d = net.at(source_kg) + vented.at(source_kg);
                    self.reach.end(source_kg, -rate_kg_d / part_per_d);
                }
            }
        }
    }
}
