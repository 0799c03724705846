//! Who takes from and gives to what, by index: what rates are computed on.

use std::collections::BTreeMap;

use crate::draft::{Draft, Overflow, Process, Serves, Store, Watch};
use crate::runs::Limit;
use crate::{ForecastError, Supply, partial};

/// Stores in order of their names, processes in order of their priorities, whatever the order of the draft.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Network {
    pub(crate) stores: Vec<StoreNode>,
    pub(crate) processes: Vec<ProcessNode>,
    pub(crate) supplies: Vec<SupplyNode>,
    /// The store of which processes take a part.
    pub(crate) source: Option<usize>,
    /// The processes that take a part of it.
    pub(crate) partial: Vec<usize>,
    /// The processes that need others.
    pub(crate) needy: Vec<usize>,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct StoreNode {
    pub(crate) name: String,
    pub(crate) commodity: String,
    pub(crate) capacity_kg: f64,
    pub(crate) kpa_per_kg: Option<f64>,
    pub(crate) watch: Watch,
    pub(crate) overflow: Overflow,
    /// 0, every level at which some process changes what it does, and the capacity where there is one; rising.
    pub(crate) marks_kg: Vec<f64>,
    /// Every process with a flow here, in order of priority.
    pub(crate) users: Vec<Use>,
    /// Every process that a level here binds, and the mark at which.
    pub(crate) claimants: Vec<(Position, usize)>,
    /// Every process that starts and stops by the level here.
    pub(crate) batches: Vec<(usize, BatchNode)>,
}

/// A process's flow, seen from the store.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Use {
    pub(crate) process: usize,
    pub(crate) rate_kg_d: f64,
    /// Where the process holds this store.
    pub(crate) holds: Option<Position>,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct ProcessNode {
    pub(crate) name: String,
    pub(crate) serves: Serves,
    /// Index of each store with a flow, and kg a day into it; never 0.
    pub(crate) flows: Vec<(usize, f64)>,
    pub(crate) hold: Option<HoldNode>,
    pub(crate) batch: Option<BatchNode>,
    /// What it takes a day of what is in the source, as a part of that; its flows are for each kg taken then.
    pub(crate) part_per_d: Option<f64>,
    pub(crate) needs: Vec<usize>,
    /// The supplies that it takes from or gives to.
    pub(crate) supplies: Vec<usize>,
    /// What it claims of stores that are on a mark, store by store.
    pub(crate) claims: Vec<ClaimNode>,
}

/// What a process may have to be content with when one of its stores is on a mark.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct ClaimNode {
    pub(crate) store: usize,
    /// The mark.
    pub(crate) at: Position,
    pub(crate) limit: Limit,
    /// Its own flow, kg a day, more than 0.
    pub(crate) own_kg_d: f64,
    /// Every other process that does not have to wait for this one, and what it does to the store, kg a day, in the sense in which
    /// this one does it: above 0 when it does alike.
    pub(crate) others: Vec<(usize, f64)>,
}

/// From which level of a store a process runs, and until which.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct BatchNode {
    pub(crate) store: usize,
    pub(crate) start: Position,
    pub(crate) stop: Position,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct HoldNode {
    pub(crate) store: usize,
    pub(crate) position: Position,
    pub(crate) rate_kg_d: f64,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct SupplyNode {
    pub(crate) name: String,
    pub(crate) lines_days: Vec<f64>,
    pub(crate) stores: Vec<usize>,
    /// Index of each process that changes the sum of the stores, and kg a day that it takes out.
    pub(crate) takes: Vec<(usize, f64)>,
}

/// Where a level lies among the marks of its store: on mark k is 2 k + 1, between marks k - 1 and k is 2 k.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Position(u32);

impl Position {
    pub(crate) const EMPTY: Self = Self(1);

    pub(crate) fn on(mark: usize) -> Self {
        Self(2 * mark as u32 + 1)
    }

    pub(crate) fn of(level_kg: f64, marks_kg: &[f64]) -> Self {
        let below = marks_kg.partition_point(|&mark| mark < level_kg);
        let is_on = marks_kg.get(below) == Some(&level_kg);
        Self(2 * below as u32 + u32::from(is_on))
    }

    pub(crate) fn is_on_mark(self) -> bool {
        self.0 % 2 == 1
    }

    /// Where a level is that has just left a mark upward or downward; one between marks stays there.
    pub(crate) fn left(self, rate_kg_d: f64) -> Self {
        match (self.is_on_mark(), rate_kg_d) {
            (true, rate) if rate > 0.0 => Self(self.0 + 1),
            (true, rate) if rate < 0.0 => Self(self.0 - 1),
            _ => self,
        }
    }

    /// The mark that a rising level meets next; it may not be there.
    pub(crate) fn mark_above(self) -> usize {
        self.0.div_ceil(2) as usize
    }

    /// The mark that a falling level meets next.
    pub(crate) fn mark_below(self) -> Option<usize> {
        (self.0 as usize / 2).checked_sub(1)
    }
}

impl BatchNode {
    /// Whether the process waits with the store there, if it waited before or not.
    pub(crate) fn waits_at(self, position: Position, waited: bool) -> bool {
        let (starts, stops) = if self.start > self.stop {
            (position >= self.start, position <= self.stop)
        } else {
            (position <= self.start, position >= self.stop)
        };
        if waited { !starts } else { stops }
    }
}

impl StoreNode {
    /// Where it holds back who fills it.
    pub(crate) fn full(&self) -> Option<Position> {
        self.capacity_kg.is_finite().then(|| Position::on(self.marks_kg.len() - 1))
    }
}

impl Network {
    pub(crate) fn of(draft: &Draft) -> Result<Self, ForecastError> {
        let mut drafted: Vec<&Store> = draft.stores.iter().collect();
        drafted.sort_by(|a, b| a.name.cmp(&b.name));
        let store_index = index("stores", drafted.iter().map(|store| store.name.as_str()))?;
        let mut by_priority: Vec<&Process> = draft.processes.iter().collect();
        by_priority.sort_by(|a, b| (a.priority, &a.name).cmp(&(b.priority, &b.name)));
        let process_index = index("processes", by_priority.iter().map(|process| process.name.as_str()))?;
        check_priorities(&by_priority)?;

        let mut stores = Vec::with_capacity(drafted.len());
        for store in drafted {
            stores.push(store_node(store, &draft.processes)?);
        }
        let mut processes = Vec::with_capacity(by_priority.len());
        for process in by_priority {
            processes.push(process_node(process, &store_index, &process_index, &stores)?);
        }
        for (at, process) in processes.iter().enumerate() {
            for &(store, rate_kg_d) in &process.flows {
                let holds = process.hold.filter(|hold| hold.store == store).map(|hold| hold.position);
                stores[store].users.push(Use { process: at, rate_kg_d, holds });
            }
            if let Some(batch) = process.batch {
                stores[batch.store].batches.push((at, batch));
            }
        }
        for (at, process) in processes.iter_mut().enumerate() {
            process.claims = claim_nodes(at, process, &stores);
            for claim in &process.claims {
                stores[claim.store].claimants.push((claim.at, at));
            }
        }
        let supplies = supply_nodes(draft, &store_index, &processes)?;
        for (supply, node) in supplies.iter().enumerate() {
            for &(process, _) in &node.takes {
                processes[process].supplies.push(supply);
            }
        }
        let all_with = |has: fn(&ProcessNode) -> bool| -> Vec<usize> {
            (0..processes.len()).filter(|&process| has(&processes[process])).collect()
        };
        let partial = all_with(|process| process.part_per_d.is_some());
        let needy = all_with(|process| !process.needs.is_empty());
        let source = partial::source(draft, &store_index)?;
        Ok(Self { stores, processes, supplies, source, partial, needy })
    }

    /// The index of the process of that name.
    pub(crate) fn process(&self, name: &str) -> Option<usize> {
        self.processes.iter().position(|process| process.name == name)
    }

    /// The index of each process by its name.
    pub(crate) fn process_names(&self) -> BTreeMap<&str, usize> {
        self.processes.iter().enumerate().map(|(at, node)| (node.name.as_str(), at)).collect()
    }

    /// The index of the store of that name.
    pub(crate) fn store(&self, name: &str) -> Option<usize> {
        self.stores.binary_search_by(|store| store.name.as_str().cmp(name)).ok()
    }
}

/// Levels of one store nearer than this are one level or a mistake, kg: it keeps crossings of different marks apart in time.
const NEAREST_MARKS_KG: f64 = 1e-6;

fn store_node(store: &Store, processes: &[Process]) -> Result<StoreNode, ForecastError> {
    if store.capacity_kg.is_nan() || store.capacity_kg < 0.0 {
        return Err(number(&store.name, "the capacity", store.capacity_kg, "0 or more"));
    }
    if !store.level_kg.is_finite() || store.level_kg < 0.0 || store.level_kg > store.capacity_kg {
        return Err(number(&store.name, "the level", store.level_kg, "from 0 to the capacity"));
    }
    if let Some(kpa) = store.kpa_per_kg.filter(|kpa| !kpa.is_finite() || *kpa < 0.0) {
        return Err(number(&store.name, "the pressure of a kilogram", kpa, "0 or more"));
    }
    let mut marks_kg = vec![0.0];
    for process in processes {
        let held = process.hold.iter().map(|hold| ("the level to hold", &hold.store, hold.level_kg));
        let batches = process.batch.iter().flat_map(|batch| {
            let of = |what, level_kg| (what, &batch.store, level_kg);
            [
                of("the level at which it starts", batch.start_kg),
                of("the level at which it stops", batch.stop_kg),
            ]
        });
        for (what, _, level_kg) in held.chain(batches).filter(|(_, at, _)| **at == store.name) {
            if !level_kg.is_finite() || level_kg < 0.0 || level_kg > store.capacity_kg {
                return Err(number(&process.name, what, level_kg, "from 0 to the capacity of the store"));
            }
            marks_kg.push(level_kg);
        }
    }
    marks_kg.extend(Some(store.capacity_kg).filter(|capacity| capacity.is_finite()));
    marks_kg.sort_by(f64::total_cmp);
    marks_kg.dedup();
    if let Some(pair) = marks_kg.windows(2).find(|pair| pair[1] - pair[0] < NEAREST_MARKS_KG) {
        return Err(ForecastError::LevelsTooNear {
            store: store.name.clone(),
            lower_kg: pair[0],
            upper_kg: pair[1],
        });
    }
    Ok(StoreNode {
        name: store.name.clone(),
        commodity: store.commodity.clone(),
        capacity_kg: store.capacity_kg,
        kpa_per_kg: store.kpa_per_kg,
        watch: store.watch,
        overflow: store.overflow,
        marks_kg,
        users: Vec::new(),
        claimants: Vec::new(),
        batches: Vec::new(),
    })
}

fn process_node(
    process: &Process,
    store_index: &BTreeMap<&str, usize>,
    process_index: &BTreeMap<&str, usize>,
    stores: &[StoreNode],
) -> Result<ProcessNode, ForecastError> {
    let by = || format!("process `{}`", process.name);
    let mut flows: BTreeMap<usize, f64> = BTreeMap::new();
    for flow in &process.flows {
        if !flow.rate_kg_d.is_finite() {
            return Err(number(&process.name, "a rate", flow.rate_kg_d, "a number"));
        }
        *flows.entry(find(store_index, by, "store", &flow.store)?).or_default() += flow.rate_kg_d;
    }
    let mut flows: Vec<(usize, f64)> = flows.into_iter().filter(|&(_, rate_kg_d)| rate_kg_d != 0.0).collect();
    let part_per_d = partial::part(process, &mut flows, store_index, stores)?;
    let batch = batch_node(process, &flows, store_index, stores)?;
    let hold = match &process.hold {
        None => None,
        Some(hold) => {
            let store = find(store_index, by, "store", &hold.store)?;
            let flow = flows.iter().find(|(at, _)| *at == store);
            let &(_, rate_kg_d) = flow.ok_or_else(|| ForecastError::HoldsWithoutFlow {
                process: process.name.clone(),
                store: hold.store.clone(),
            })?;
            Some(HoldNode {
                store,
                position: Position::of(hold.level_kg, &stores[store].marks_kg),
                rate_kg_d,
            })
        }
    };
    let needs = process.needs.iter().map(|need| find(process_index, by, "process", need));
    let needs = needs.collect::<Result<_, _>>()?;
    Ok(ProcessNode {
        name: process.name.clone(),
        serves: process.serves,
        flows,
        hold,
        batch,
        part_per_d,
        needs,
        supplies: Vec::new(),
        claims: Vec::new(),
    })
}

/// Who takes claims what comes to an empty store, who gives claims room in a full one, who keeps a level claims to keep it.
fn claim_nodes(process: usize, node: &ProcessNode, stores: &[StoreNode]) -> Vec<ClaimNode> {
    // What takes a part takes nothing of nothing, and gives to stores that never bind it.
    let flows = if node.part_per_d.is_some() { &[] } else { &node.flows[..] };
    let mut claims = Vec::new();
    for &(store, rate_kg_d) in flows {
        let full = stores[store].full().filter(|_| stores[store].overflow == Overflow::HoldsBack);
        let bound = match rate_kg_d > 0.0 {
            true => full.map(|full| (full, Limit::Excess(store))),
            false => Some((Position::EMPTY, Limit::Lack(store))),
        };
        let hold = node.hold.filter(|hold| hold.store == store).map(|hold| (hold.position, Limit::Hold));
        for (at, limit) in bound.into_iter().chain(hold) {
            let others = others(process, rate_kg_d, at, limit, &stores[store].users);
            claims.push(ClaimNode { store, at, limit, own_kg_d: rate_kg_d.abs(), others });
        }
    }
    claims
}

fn others(process: usize, rate_kg_d: f64, at: Position, limit: Limit, users: &[Use]) -> Vec<(usize, f64)> {
    let others = users.iter().filter(|user| {
        let is_behind = user.process > process;
        let is_alike = (user.rate_kg_d > 0.0) == (rate_kg_d > 0.0);
        let waits = match limit {
            Limit::Hold => user.holds == Some(at) && (is_behind || !is_alike),
            _ => is_behind && is_alike,
        };
        !waits && user.process != process
    });
    others.map(|user| (user.process, rate_kg_d.signum() * user.rate_kg_d)).collect()
}

/// Who takes from a store in batches starts high and stops low; who fills one starts low and stops high.
fn batch_node(
    process: &Process,
    flows: &[(usize, f64)],
    store_index: &BTreeMap<&str, usize>,
    stores: &[StoreNode],
) -> Result<Option<BatchNode>, ForecastError> {
    let Some(batch) = &process.batch else { return Ok(None) };
    let by = || format!("process `{}`", process.name);
    let store = find(store_index, by, "store", &batch.store)?;
    let rate_kg_d = flows.iter().find(|(at, _)| *at == store).map_or(0.0, |flow| flow.1);
    let falls = batch.start_kg > batch.stop_kg;
    if rate_kg_d == 0.0 || batch.start_kg == batch.stop_kg || falls != (rate_kg_d < 0.0) {
        return Err(ForecastError::BatchWithoutEnd {
            process: process.name.clone(),
            store: batch.store.clone(),
        });
    }
    let position = |level_kg: f64| Position::of(level_kg, &stores[store].marks_kg);
    Ok(Some(BatchNode { store, start: position(batch.start_kg), stop: position(batch.stop_kg) }))
}

fn supply_nodes(
    draft: &Draft,
    store_index: &BTreeMap<&str, usize>,
    processes: &[ProcessNode],
) -> Result<Vec<SupplyNode>, ForecastError> {
    let mut drafted: Vec<&Supply> = draft.supplies.iter().collect();
    drafted.sort_by(|a, b| a.name.cmp(&b.name));
    let supply_index = index("supplies", drafted.iter().map(|supply| supply.name.as_str()))?;
    let mut supplies: Vec<SupplyNode> = Vec::with_capacity(drafted.len());
    for supply in drafted {
        if let Some(&days) = supply.lines_days.iter().find(|days| !days.is_finite() || **days < 0.0) {
            return Err(number(&supply.name, "a reserve line", days, "0 days or more"));
        }
        let lines_days = supply.lines_days.clone();
        supplies.push(SupplyNode { name: supply.name.clone(), lines_days, stores: vec![], takes: vec![] });
    }
    for store in &draft.stores {
        if let Some(name) = &store.supply {
            let supply = find(&supply_index, || format!("store `{}`", store.name), "supply", name)?;
            supplies[supply].stores.push(store_index[store.name.as_str()]);
        }
    }
    for supply in &mut supplies {
        supply.stores.sort_unstable();
        let taken = |process: &ProcessNode| -> f64 {
            let inside = process.flows.iter().filter(|(store, _)| supply.stores.contains(store));
            -inside.map(|(_, rate_kg_d)| rate_kg_d).sum::<f64>()
        };
        let takes = processes.iter().map(taken).enumerate().filter(|&(_, kg_d)| kg_d != 0.0);
        supply.takes = takes.collect();
    }
    Ok(supplies)
}

fn check_priorities(by_priority: &[&Process]) -> Result<(), ForecastError> {
    match by_priority.windows(2).find(|pair| pair[0].priority == pair[1].priority) {
        None => Ok(()),
        Some(pair) => Err(ForecastError::PriorityTie {
            first: pair[0].name.clone(),
            second: pair[1].name.clone(),
            priority: pair[0].priority,
        }),
    }
}

fn index<'a>(
    what: &'static str,
    names: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<&'a str, usize>, ForecastError> {
    let mut index = BTreeMap::new();
    for (at, name) in names.enumerate() {
        if index.insert(name, at).is_some() {
            return Err(ForecastError::Twice { what, name: name.to_owned() });
        }
    }
    Ok(index)
}

pub(crate) fn find(
    index: &BTreeMap<&str, usize>,
    by: impl Fn() -> String,
    what: &'static str,
    name: &str,
) -> Result<usize, ForecastError> {
    index.get(name).copied().ok_or_else(|| ForecastError::Unknown { by: by(), what, name: name.to_owned() })
}

pub(crate) fn number(of: &str, what: &'static str, value: f64, wanted: &'static str) -> ForecastError {
    ForecastError::Number { of: of.to_owned(), what, value, wanted }
}
