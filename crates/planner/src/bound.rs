//! No plan is worth more than this: a relaxation that anyone can recompute, apart from the search. `docs/planner.md` says it in words.

mod flow;

use std::collections::BTreeMap;

use crate::SlotSet;
use crate::check::Fault;
use crate::problem::{PersonSet, Problem};
use flow::Flow;

/// What no plan can exceed.
#[derive(Clone, Debug, PartialEq)]
pub struct Bound {
    /// No plan of all mandatory work has a greater sum of values, nor a greater objective.
    pub value: i64,
    /// The same without prices for resources: people's time alone.
    pub value_by_people: i64,
    /// A price for each unit of each resource and slot under which the bound holds; 0 where people's time is what binds.
    pub prices: Vec<f64>,
    /// Crew-slots of mandatory work for which people have no time at all. More than 0 proves that it cannot all be done.
    pub mandatory_shortfall_slots: u64,
}

/// Rounds of bettering the prices of resources.
const ROUNDS: usize = 40;
/// Cells of persons and parts of time; more are not told apart.
const MOST_CELLS: usize = 4000;

/// Computes the bound.
///
/// Every task becomes an amount of crew-slots that may be cut up and shared out among everybody eligible on the days it could lie in; each
/// person has only so many slots a day in which anything fits, and only so many for kinds with a daily limit. Mandatory work is poured in
/// first, then the rest by value for a crew-slot; what no longer fits, even when all that was poured in before is shared out otherwise,
/// is lost. Resources may be overdrawn, but at a price for each unit that is best for the bound.
///
/// # Errors
///
/// What [`Problem::check`] finds.
pub fn bound(problem: &Problem) -> Result<Bound, Vec<Fault>> {
    problem.check()?;
    let relaxed = Relaxed::new(problem);
    let mut prices = vec![0.0; problem.resources.len()];
    let first = relaxed.pour(&prices);
    let mut best = (first.value, prices.clone());
    let supply: Vec<f64> = (0..prices.len()).map(|resource| supply(problem, resource)).collect();
    let mut step = 1.0;
    let mut poured = first.clone();
    for _ in 0..ROUNDS {
        let excess: Vec<f64> = poured.used.iter().zip(&supply).map(|(used, there)| used - there).collect();
        let length: f64 = excess.iter().map(|excess| excess * excess).sum();
        let is_settled = excess.iter().zip(&prices).all(|(excess, price)| *excess <= 0.0 && *price == 0.0);
        if is_settled || length == 0.0 {
            break;
        }
        // A subgradient step towards a bound a twentieth lower than the best (Polyak's rule with a guessed target).
        let stride = step * (poured.value - 0.95 * best.0).max(1.0) / length;
        for (price, excess) in prices.iter_mut().zip(&excess) {
            *price = (*price + stride * excess).max(0.0);
        }
        poured = relaxed.pour(&prices);
        poured.value += prices.iter().zip(&supply).map(|(price, there)| price * there).sum::<f64>();
        if poured.value < best.0 {
            best = (poured.value, prices.clone());
        } else {
            step *= 0.8;
        }
    }
    let whole = |value: f64| (value + 1e-6).floor() as i64;
    Ok(Bound {
        value: whole(best.0),
        value_by_people: whole(first.value),
        prices: best.1,
        mandatory_shortfall_slots: first.shortfall,
    })
}

/// All of a resource over the grid; where locked tasks overdraw it, what they take.
fn supply(problem: &Problem, resource: usize) -> f64 {
    let mut taken = vec![0u64; problem.slots as usize];
    for task in &problem.tasks {
        let Some(at) = task.locked else { continue };
        for demand in task.demands.iter().filter(|demand| demand.resource == resource) {
            let range = at.start as usize..(at.start + task.duration) as usize;
            taken[range].iter_mut().for_each(|slot| *slot += u64::from(demand.amount));
        }
    }
    let has = &problem.resources[resource];
    let mut changes = has.changes.iter().peekable();
    let (mut amount, mut sum) = (has.capacity, 0);
    for (slot, taken) in taken.into_iter().enumerate() {
        while let Some((_, after)) = changes.next_if(|(from, _)| *from as usize <= slot) {
            amount = *after;
        }
        sum += taken.max(u64::from(amount));
    }
    sum as f64
}

/// What came of pouring everything in.
#[derive(Clone)]
struct Poured {
    value: f64,
    used: Vec<f64>,
    shortfall: u64,
}

/// The crew-slots of one role of one task (or choice of tasks).
struct Load {
    node: usize,
    slots: u64,
    value: f64,
    /// Units of resources and slots for a crew-slot of this load.
    draws: Vec<(usize, f64)>,
    is_mandatory: bool,
}

/// A problem cut up into loads and cells.
struct Relaxed {
    loads: Vec<Load>,
    /// Loads that need nobody: always done where that pays.
    free: Vec<Load>,
    flow: Flow,
    /// Value of what is locked, and what it draws.
    locked: (f64, Vec<f64>),
}

impl Relaxed {
    fn new(problem: &Problem) -> Self {
        let cells = Cells::new(problem);
        let mut relaxed = Self {
            loads: Vec::new(),
            free: Vec::new(),
            flow: cells.network(problem),
            locked: (0.0, vec![0.0; problem.resources.len()]),
        };
        let mut nodes = BTreeMap::new();
        let mut choices: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, task) in problem.tasks.iter().enumerate() {
            match task.choice {
                Some(choice) => choices.entry(choice).or_default().push(index),
                None => relaxed.add(problem, &cells, &mut nodes, &[index]),
            }
        }
        for alternatives in choices.values() {
            relaxed.add(problem, &cells, &mut nodes, alternatives);
        }
        relaxed
    }

    /// Adds a task, or the least and best of alternatives: the greatest value, the shortest time, anybody's, at any time of theirs.
    fn add(
        &mut self,
        problem: &Problem,
        cells: &Cells,
        nodes: &mut BTreeMap<(PersonSet, Vec<usize>, Vec<usize>), usize>,
        alternatives: &[usize],
    ) {
        if let Some(locked) = alternatives.iter().find(|task| problem.tasks[**task].locked.is_some()) {
            let task = &problem.tasks[*locked];
            self.locked.0 += f64::from(task.value);
            for demand in &task.demands {
                self.locked.1[demand.resource] += f64::from(demand.amount) * f64::from(task.duration);
            }
            return;
        }
        let tasks: Vec<&crate::Task> = alternatives.iter().map(|task| &problem.tasks[*task]).collect();
        let alive: Vec<(&crate::Task, SlotSet)> = tasks
            .iter()
            .map(|task| (*task, held(problem, task)))
            .filter(|(_, held)| !held.is_empty())
            .collect();
        let is_mandatory = tasks.iter().any(|task| task.is_mandatory());
        let Some(value) = alive.iter().map(|(task, _)| task.value).max() else { return };
        let least = alive.iter().map(|(task, _)| task.crew_slots()).min().unwrap_or(0);
        let draws = if let [(task, _)] = &alive[..] { draws(task) } else { Vec::new() };
        if least == 0 {
            self.free.push(Load { node: 0, slots: 1, value: f64::from(value), draws, is_mandatory });
            return;
        }
        let held = alive.iter().fold(SlotSet::new(), |all, (_, held)| all.or(held));
        let parts = cells.parts_of(&held);
        let split: Vec<(PersonSet, u64)> = if let [(task, _)] = &alive[..] {
            let slots = |count: u32| u64::from(count) * u64::from(task.duration);
            task.crew.iter().map(|role| (role.eligible, slots(role.count))).collect()
        } else {
            let roles = alive.iter().flat_map(|(task, _)| &task.crew);
            vec![(roles.fold(PersonSet::NOBODY, |all, role| all.or(role.eligible)), least)]
        };
        let kinds = alive.iter().map(|(task, _)| task.kind).collect::<Vec<_>>();
        let limits = Cells::limits_of(problem, &kinds);
        for (eligible, slots) in split.into_iter().filter(|(_, slots)| *slots > 0) {
            let key = (eligible, parts.clone(), limits.clone());
            let connect = || cells.connect(&mut self.flow, problem, eligible, &parts, &limits);
            let node = *nodes.entry(key).or_insert_with(connect);
            let part = slots as f64 / least as f64;
            let draws = draws.iter().map(|(resource, amount)| (*resource, amount / least as f64)).collect();
            let value = f64::from(value) * part;
            self.loads.push(Load { node, slots, value, draws, is_mandatory });
        }
    }

    /// Pours all loads in at these prices; the value does not hold what the resources' supply is worth.
    fn pour(&self, prices: &[f64]) -> Poured {
        let mut flow = self.flow.clone();
        let mut poured = Poured { value: self.locked.0, used: self.locked.1.clone(), shortfall: 0 };
        poured.value -= self.locked.1.iter().zip(prices).map(|(used, price)| used * price).sum::<f64>();
        let cost =
            |load: &Load| load.draws.iter().map(|(resource, amount)| amount * prices[*resource]).sum::<f64>();
        let worth = |load: &Load| load.value / load.slots as f64 - cost(load);
        for load in &self.free {
            if load.is_mandatory || worth(load) > 0.0 {
                book(&mut poured, load, 1, worth(load));
            }
        }
        let mut order: Vec<(bool, f64, &Load)> =
            self.loads.iter().map(|load| (load.is_mandatory, worth(load), load)).collect();
        order.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)));
        for (is_mandatory, worth, load) in order {
            if is_mandatory {
                let missing = load.slots - flow.push(load.node, load.slots);
                poured.shortfall += missing;
                book(&mut poured, load, load.slots, worth);
            } else if worth > 0.0 {
                let slots = flow.push(load.node, load.slots);
                book(&mut poured, load, slots, worth);
            }
        }
        poured
    }
}

fn book(poured: &mut Poured, load: &Load, slots: u64, worth: f64) {
    poured.value += worth * slots as f64;
    for (resource, amount) in &load.draws {
        poured.used[*resource] += amount * slots as f64;
    }
}

/// Units of resources and slots that a whole task draws.
fn draws(task: &crate::Task) -> Vec<(usize, f64)> {
    task.demands
        .iter()
        .map(|demand| (demand.resource, f64::from(demand.amount) * f64::from(task.duration)))
        .collect()
}

/// All slots that a task could hold.
fn held(problem: &Problem, task: &crate::Task) -> SlotSet {
    let last = (problem.slots + 1).saturating_sub(task.duration);
    let windows = task.within.iter().map(|window| problem.windows[*window].starts_of(task.duration));
    let starts = windows.fold(task.starts.and(&SlotSet::from_range(0..last)), |all, starts| all.and(&starts));
    SlotSet::from_ranges(starts.ranges().into_iter().map(|range| range.start..range.end + task.duration - 1))
}

/// Parts of time: days, or several days together when there would be too many cells.
struct Cells {
    /// First slots of the parts, and the end.
    edges: Vec<u32>,
    persons: usize,
    /// For each limit, person and part the node that bounds it, if it is sure to hold there.
    limits: BTreeMap<(usize, usize, usize), usize>,
}

impl Cells {
    fn new(problem: &Problem) -> Self {
        let persons = problem.persons.len();
        let step = (problem.day_starts.len() * persons).div_ceil(MOST_CELLS).max(1);
        let mut edges: Vec<u32> = problem.day_starts.iter().step_by(step).copied().collect();
        edges.push(problem.slots);
        let mut cells = Self { edges, persons, limits: BTreeMap::new() };
        if step == 1 {
            cells.number_limits(problem);
        }
        cells
    }

    fn parts(&self) -> usize {
        self.edges.len() - 1
    }

    fn cell(&self, person: usize, part: usize) -> usize {
        1 + person * self.parts() + part
    }

    /// A daily limit bounds the slots of a day only where nobody works across its edges: a task counts for the day it starts in.
    fn number_limits(&mut self, problem: &Problem) {
        let mut next = 1 + self.persons * self.parts();
        for (limit, rule) in problem.limits.iter().enumerate() {
            for person in rule.persons.iter().filter(|person| *person < self.persons) {
                let blocked = &problem.persons[person].blocked;
                let is_closed = |edge: u32| {
                    edge == 0 || edge >= problem.slots || blocked.contains(edge - 1) || blocked.contains(edge)
                };
                for part in (0..self.parts()).filter(|part| rule.most_slots_on(*part).is_some()) {
                    if is_closed(self.edges[part]) && is_closed(self.edges[part + 1]) {
                        self.limits.insert((limit, person, part), next);
                        next += 1;
                    }
                }
            }
        }
    }

    /// Node 0 is the end of all flow; then the cells, then the limits.
    fn network(&self, problem: &Problem) -> Flow {
        let mut flow = Flow::new(1 + self.persons * self.parts() + self.limits.len());
        let locked = locked_slots(problem);
        for person in 0..self.persons {
            let busy = problem.persons[person].blocked.or(&locked[person]);
            let free = SlotSet::from_range(0..problem.slots).without(&busy);
            for part in 0..self.parts() {
                let own = free.and(&SlotSet::from_range(self.edges[part]..self.edges[part + 1]));
                flow.connect(self.cell(person, part), 0, u64::from(own.count()));
            }
        }
        let done = limited_slots(problem);
        for ((limit, person, part), node) in &self.limits {
            let most = problem.limits[*limit].most_slots_on(*part).unwrap_or(u32::MAX);
            let used = done.get(&(*limit, *person, *part)).copied().unwrap_or(0);
            flow.connect(*node, self.cell(*person, *part), u64::from(most.saturating_sub(used)));
        }
        flow
    }

    fn parts_of(&self, held: &SlotSet) -> Vec<usize> {
        let touches = |part: &usize| {
            !held.and(&SlotSet::from_range(self.edges[*part]..self.edges[*part + 1])).is_empty()
        };
        (0..self.parts()).filter(touches).collect()
    }

    /// The limits that count all these kinds.
    fn limits_of(problem: &Problem, kinds: &[usize]) -> Vec<usize> {
        let counts = |limit: &usize| kinds.iter().all(|kind| problem.limits[*limit].kinds >> kind & 1 == 1);
        (0..problem.limits.len()).filter(counts).collect()
    }

    /// Of some limits the tightest that holds for a person in a part of time.
    fn tightest(&self, problem: &Problem, limits: &[usize], person: usize, part: usize) -> Option<usize> {
        let nodes = limits.iter().filter_map(|limit| {
            let node = *self.limits.get(&(*limit, person, part))?;
            Some((problem.limits[*limit].most_slots_on(part), node))
        });
        nodes.min().map(|(_, node)| node)
    }

    /// A node from which slots go to the cells of these persons and parts.
    fn connect(
        &self,
        flow: &mut Flow,
        problem: &Problem,
        eligible: PersonSet,
        parts: &[usize],
        limits: &[usize],
    ) -> usize {
        let node = flow.add();
        for person in eligible.iter() {
            for part in parts {
                let limited = self.tightest(problem, limits, person, *part);
                flow.connect(node, limited.unwrap_or(self.cell(person, *part)), u64::MAX / 4);
            }
        }
        node
    }
}

fn locked_slots(problem: &Problem) -> Vec<SlotSet> {
    let mut ranges = vec![Vec::new(); problem.persons.len()];
    for task in &problem.tasks {
        if let Some(at) = task.locked {
            at.crew.iter().for_each(|person| ranges[person].push(at.start..at.start + task.duration));
        }
    }
    ranges.into_iter().map(SlotSet::from_ranges).collect()
}

/// Slots of locked tasks by limit, person and day.
fn limited_slots(problem: &Problem) -> BTreeMap<(usize, usize, usize), u32> {
    let mut used = BTreeMap::new();
    for task in &problem.tasks {
        let Some(at) = task.locked else { continue };
        for (limit, _) in
            problem.limits.iter().enumerate().filter(|(_, rule)| rule.kinds >> task.kind & 1 == 1)
        {
            for person in at.crew.iter() {
                *used.entry((limit, person, problem.day_of(at.start))).or_insert(0) += task.duration;
            }
        }
    }
    used
}
