use super::board::Change;
use super::compile::{Compiled, MILLI};
use crate::problem::{Placement, Problem, Solution};

/// What a plan is worth and what is taken from it, kept up to date placement by placement.
pub(crate) struct Ledger {
    /// Values, less moves and drops, in thousandths.
    sum: i64,
    /// Crew-slots of each partner, its target and weight.
    partners: Vec<(i64, i64, i64)>,
    /// Slots of each person that count for evenness; the others are `None`.
    loads: Vec<Option<i64>>,
    load_sum: i64,
    load_squares: i64,
    even: i64,
    persons: i64,
}

impl Ledger {
    /// Nothing placed: every drop is paid for.
    pub(crate) fn new(problem: &Problem) -> Self {
        let drops = problem.tasks.iter().filter_map(|task| task.previous);
        let spread = problem.spread;
        let loads = (0..problem.persons.len()).map(|person| spread.persons.contains(person).then_some(0));
        Self {
            sum: -drops.map(|before| i64::from(before.drop_cost) * MILLI).sum::<i64>(),
            partners: problem
                .partners
                .iter()
                .map(|partner| (0, i64::from(partner.target_slots), i64::from(partner.weight)))
                .collect(),
            loads: loads.collect(),
            load_sum: 0,
            load_squares: 0,
            even: i64::from(spread.weight),
            persons: i64::from(spread.persons.count().max(1)),
        }
    }

    pub(crate) fn book(&mut self, compiled: &Compiled<'_>, task: usize, at: Placement, change: Change) {
        let (ready, given) = (&compiled.tasks[task], &compiled.problem.tasks[task]);
        let sign = if change == Change::Put { 1 } else { -1 };
        self.sum += sign * (ready.worth - move_cost(given, at));
        if let Some(partner) = given.partner {
            self.partners[partner].0 += sign * i64::from(at.crew.count()) * i64::from(ready.duration);
        }
        if compiled.problem.spread.kinds >> ready.kind & 1 == 1 {
            for person in at.crew.iter() {
                if let Some(load) = &mut self.loads[person] {
                    let after = *load + sign * i64::from(ready.duration);
                    self.load_squares += after * after - *load * *load;
                    self.load_sum += after - *load;
                    *load = after;
                }
            }
        }
    }

    /// Value less all penalties, thousandths.
    pub(crate) fn score(&self) -> i64 {
        self.sum - self.share_penalty() - self.spread_penalty()
    }

    fn share_penalty(&self) -> i64 {
        let penalty = |(used, target, weight): &(i64, i64, i64)| {
            if *weight == 0 { 0 } else { share_penalty(*used, *target, *weight) }
        };
        self.partners.iter().map(penalty).sum()
    }

    fn spread_penalty(&self) -> i64 {
        if self.even == 0 || self.load_sum == 0 {
            return 0;
        }
        let mean = self.load_sum as f64 / self.persons as f64;
        let scatter = self.load_squares as f64 - mean * self.load_sum as f64;
        (self.even as f64 * MILLI as f64 * scatter / mean) as i64
    }

    /// What a person's next slot of counted work costs more than an average person's, thousandths.
    pub(crate) fn load_slope(&self, person: usize) -> i64 {
        match self.loads[person] {
            Some(load) if self.even > 0 && self.load_sum > 0 => {
                let mean = self.load_sum as f64 / self.persons as f64;
                (self.even as f64 * MILLI as f64 * 2.0 * (load as f64 - mean) / mean) as i64
            }
            _ => 0,
        }
    }

    /// What a partner's next crew-slot gains by its share, thousandths; negative beyond the target.
    pub(crate) fn share_slope(&self, partner: Option<usize>) -> i64 {
        let Some((used, target, weight)) = partner.map(|partner| self.partners[partner]) else { return 0 };
        2 * MILLI * weight * (target - used) / target.max(1)
    }
}

fn share_penalty(used: i64, target: i64, weight: i64) -> i64 {
    let deviation = (used - target) as f64;
    (weight as f64 * MILLI as f64 * deviation * deviation / target.max(1) as f64) as i64
}

/// What standing here costs against the plan before, thousandths.
pub(crate) fn move_cost(task: &crate::Task, at: Placement) -> i64 {
    let Some(before) = task.previous else { return 0 };
    let moved = if before.placement.start == at.start { 0 } else { i64::from(before.start_cost) };
    let new = at.crew.without(before.placement.crew).count();
    (moved + i64::from(new) * i64::from(before.person_cost)) * MILLI
}

/// What a plan is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Worth {
    /// Sum of the values of placed tasks.
    pub value: i64,
    /// Value less what moves, dropped tasks, missed shares and unevenness cost; what searches better.
    pub objective: f64,
    /// Mandatory tasks placed, locked ones among them; a choice of tasks counts once.
    pub mandatory_placed: usize,
    /// Mandatory tasks there are.
    pub mandatory_total: usize,
}

/// What a plan is worth, as a search counts it. Tasks beyond the plan's list count as not placed.
#[must_use]
pub fn worth(problem: &Problem, solution: &Solution) -> Worth {
    let placed = |task: usize| solution.placements.get(task).copied().flatten();
    let mut ledger = Ledger::new(problem);
    let compiled = Compiled::new(problem);
    let mut worth = Worth::default();
    let mut units = std::collections::BTreeMap::new();
    for (index, task) in problem.tasks.iter().enumerate() {
        if let Some(at) = placed(index) {
            ledger.book(&compiled, index, at, Change::Put);
            worth.value += i64::from(task.value);
        }
        let unit = task.choice.map_or((1, index), |choice| (0, choice));
        let (mandatory, done) = units.entry(unit).or_insert((false, false));
        *mandatory |= task.is_mandatory();
        *done |= placed(index).is_some();
    }
    worth.mandatory_total = units.values().filter(|(mandatory, _)| *mandatory).count();
    worth.mandatory_placed = units.values().filter(|(mandatory, done)| *mandatory && *done).count();
    worth.objective = ledger.score() as f64 / MILLI as f64;
    worth
}
