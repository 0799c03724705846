use super::room::{PACKED_CAPACITY, PACKED_RESOURCES, Packed, Room, Wide};
use super::serial::{Serial, Way};
use super::{Project, ProjectFault};
use crate::crew::{Continue, Progress};
use crate::rng::Rng;

/// How to look for a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScheduleOptions {
    /// Where chance begins.
    pub seed: u64,
    /// How many schedules to make; without it the caller's answers to [`Progress`] say when to end.
    pub schedules: Option<u64>,
}

impl Default for ScheduleOptions {
    fn default() -> Self {
        Self { seed: 1, schedules: None }
    }
}

/// The best schedule found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScheduleOutcome {
    /// When each job starts.
    pub starts: Vec<u32>,
    /// When the last one ends.
    pub makespan: u32,
    /// No schedule is shorter: [`Project::lower_bound`].
    pub bound: u32,
    /// Schedules made.
    pub schedules: u64,
}

/// Looks for a short schedule until the caller says that it is enough, so many schedules are made, or none can be shorter. In [`Progress`] the
/// objective is the makespan, negative, and iterations are schedules.
///
/// # Errors
///
/// What [`Project::check`] finds.
pub fn schedule(
    project: &Project,
    options: &ScheduleOptions,
    progress: &mut dyn FnMut(&Progress) -> Continue,
) -> Result<ScheduleOutcome, ProjectFault> {
    project.check()?;
    let order = project.order()?;
    let narrow = project.capacities.len() <= PACKED_RESOURCES
        && project.capacities.iter().all(|capacity| *capacity <= PACKED_CAPACITY);
    let bound = project.lower_bound();
    Ok(if narrow {
        Search::new(Serial::new(project, order, Packed::new(&project.capacities)), bound, options)
            .go(progress)
    } else {
        Search::new(Serial::new(project, order, Wide::new(&project.capacities)), bound, options).go(progress)
    })
}

/// A schedule, left-justified in its own way of time.
#[derive(Clone, Default)]
struct Plan {
    starts: Vec<u32>,
    length: u32,
}

/// Plans in the pool.
const POOL: usize = 20;
/// Schedules between two looks at the clock.
const ROUND: u64 = 200;
/// Steps without a better plan after which a new one is crossed from the pool.
const STALL: u32 = 10_000;

struct Search<R: Room> {
    serial: Serial<R>,
    rng: Rng,
    bound: u32,
    limit: Option<u64>,
    made: u64,
    best: Plan,
    pool: Vec<Plan>,
    list: Vec<u32>,
    segment: Vec<(f64, u32)>,
    waits: Vec<u32>,
    /// Latest starts by the longest chains, forward and backward.
    latest: [Vec<u32>; 2],
}

impl<R: Room> Search<R> {
    fn new(serial: Serial<R>, bound: u32, options: &ScheduleOptions) -> Self {
        let count = serial.count();
        let latest = [Way::Forward, Way::Backward].map(|way| serial.latest_starts(way));
        Self {
            serial,
            rng: Rng::new(options.seed, 0),
            bound,
            limit: options.schedules,
            made: 0,
            best: Plan { starts: Vec::new(), length: u32::MAX },
            pool: Vec::new(),
            list: Vec::new(),
            segment: Vec::new(),
            waits: vec![0; count],
            latest,
        }
    }

    fn go(mut self, progress: &mut dyn FnMut(&Progress) -> Continue) -> ScheduleOutcome {
        let latest = self.latest[0].clone();
        let first = self.sampled(&latest, 0.0);
        self.keep(first);
        let mut looked = 0;
        let mut is_over = self.ask(progress);
        while !is_over && self.best.length > self.bound {
            if self.pool.len() < POOL {
                let noise = 0.4 * f64::from(self.best.length) * self.rng.unit();
                let plan = self.sampled(&latest, noise);
                self.keep(plan);
            } else {
                let plan = self.crossed();
                is_over = self.climb(plan, progress);
            }
            if self.made >= looked + ROUND {
                looked = self.made;
                is_over |= self.ask(progress);
            }
        }
        ScheduleOutcome {
            makespan: self.best.length,
            starts: self.best.starts,
            bound: self.bound,
            schedules: self.made,
        }
    }

    fn ask(&mut self, progress: &mut dyn FnMut(&Progress) -> Continue) -> bool {
        let now =
            Progress { iterations: self.made, objective: -f64::from(self.best.length), mandatory_missing: 0 };
        match (progress(&now), self.limit) {
            (Continue::Stop, _) => true,
            (_, Some(limit)) => self.made >= limit,
            (Continue::Spent(spent), None) => spent >= 1.0,
        }
    }

    /// A plan whose jobs were taken by latest start, give or take some noise.
    fn sampled(&mut self, latest: &[u32], noise: f64) -> Plan {
        let keys: Vec<f64> = latest.iter().map(|start| f64::from(*start) + noise * self.rng.unit()).collect();
        self.list = (0..latest.len() as u32).collect();
        self.resequence(0, latest.len(), Way::Forward, &keys);
        let mut plan = Plan { starts: vec![0; latest.len()], length: 0 };
        plan.length = self.run(0, Way::Forward, &mut plan.starts);
        self.justify(&mut plan);
        plan
    }

    fn run(&mut self, kept: usize, way: Way, starts: &mut [u32]) -> u32 {
        self.made += 1;
        self.serial.run(&self.list, kept, way, starts)
    }

    /// Schedules backward in the order of ends, then forward in the order of starts, until the plan gets no shorter (double
    /// justification: Valls, Ballestín and Quintanilla, "Justification and RCPSP: a technique that pays", EJOR 165, 2005).
    fn justify(&mut self, plan: &mut Plan) {
        loop {
            let before = plan.length;
            for way in [Way::Backward, Way::Forward] {
                self.again(plan, way);
            }
            if plan.length >= before {
                return;
            }
        }
    }

    fn keep(&mut self, plan: Plan) {
        if plan.length < self.best.length {
            self.best = plan.clone();
        }
        if self.pool.len() < POOL {
            self.pool.push(plan);
            return;
        }
        let worst = (0..POOL).max_by_key(|at| (self.pool[*at].length, *at)).unwrap_or(0);
        let is_known = self.pool.iter().any(|other| other.starts == plan.starts);
        if plan.length <= self.pool[worst].length && !is_known {
            self.pool[worst] = plan;
        }
    }

    /// Puts the jobs of a part of the list in the order of their keys, as far as precedence allows.
    fn resequence(&mut self, from: usize, to: usize, way: Way, keys: &[f64]) {
        const OUTSIDE: u32 = u32::MAX;
        self.waits.fill(OUTSIDE);
        for job in &self.list[from..to] {
            self.waits[*job as usize] = 0;
        }
        self.segment.clear();
        for at in from..to {
            let job = self.list[at] as usize;
            let inside = self
                .serial
                .waits_for(job, way)
                .iter()
                .filter(|other| self.waits[**other as usize] != OUTSIDE);
            self.waits[job] = inside.count() as u32;
        }
        for at in from..to {
            let job = self.list[at];
            if self.waits[job as usize] == 0 {
                push(&mut self.segment, (keys[job as usize], job));
            }
        }
        for at in from..to {
            let Some((_, job)) = pop(&mut self.segment) else { return };
            self.list[at] = job;
            for next in self.serial.followers(job as usize, way) {
                let waits = &mut self.waits[*next as usize];
                if *waits != OUTSIDE {
                    *waits -= 1;
                    if *waits == 0 {
                        push(&mut self.segment, (keys[*next as usize], *next));
                    }
                }
            }
        }
    }

    /// Betters a plan by noise on the order of a window of time, until it stalls. True when the search is over.
    fn climb(&mut self, mut plan: Plan, progress: &mut dyn FnMut(&Progress) -> Continue) -> bool {
        let mut stall = 0;
        let mut looked = self.made;
        let mut keys = vec![0.0; plan.starts.len()];
        let mut top = plan.clone();
        while stall < STALL {
            stall += 1;
            let mut trial = plan.clone();
            self.vary(&mut trial, &mut keys);
            // A longer one is never taken: even one in a hundred of them, a period longer, costs more than it frees.
            if trial.length <= plan.length {
                plan = trial;
            }
            if plan.length < top.length || plan.length == top.length && stall % 16 == 0 {
                if plan.length < top.length {
                    stall = 0;
                }
                top = plan.clone();
                if top.length < self.best.length {
                    self.best = top.clone();
                }
            }
            if self.best.length <= self.bound {
                return true;
            }
            if self.made >= looked + ROUND {
                looked = self.made;
                if self.ask(progress) {
                    return true;
                }
            }
        }
        self.keep(top);
        false
    }

    /// Gives noise to the order of the jobs in a window of the plan and schedules anew, there and back. Backward first is one schedule
    /// less than forward first, which must be turned twice to be as tight; what is a fiftieth longer after the first is not worth the others.
    fn vary(&mut self, plan: &mut Plan, keys: &mut [f64]) {
        let most = plan.length + plan.length / 50 + 1;
        if self.rng.chance(70) {
            self.serial.turn(&mut plan.starts, plan.length);
            self.disturb(plan, keys, Way::Backward);
        } else {
            self.disturb(plan, keys, Way::Forward);
            if plan.length > most {
                plan.length = u32::MAX;
                return;
            }
            self.again(plan, Way::Backward);
        }
        if plan.length > most {
            plan.length = u32::MAX;
            return;
        }
        self.again(plan, Way::Forward);
    }

    /// Schedules a plan of the other way again in this way, in the order of its own times.
    fn again(&mut self, plan: &mut Plan, way: Way) {
        self.serial.turn(&mut plan.starts, plan.length);
        self.serial.by_time(&plan.starts, way, &mut self.list);
        plan.length = self.run(0, way, &mut plan.starts);
    }

    /// Noise on the order of the jobs in a window of the plan.
    fn disturb(&mut self, plan: &mut Plan, keys: &mut [f64], way: Way) {
        let count = plan.starts.len();
        self.serial.by_time(&plan.starts, way, &mut self.list);
        let width = ((0.05 + 0.35 * self.rng.unit()) * count as f64).ceil() as usize;
        let from = self.rng.below(count - width.min(count) + 1);
        let to = (from + width).min(count);
        self.new_keys(plan, keys, way, from..to);
        self.resequence(from, to, way, keys);
        // Backward the starts before the window are those of a turned plan, which was not made backward: all are made anew.
        let kept = if way == Way::Forward { from } else { 0 };
        plan.length = self.run(kept, way, &mut plan.starts);
    }

    /// New keys for a part of the list: the latest starts with noise, the old order with a few jobs drawn to the front, or the old order
    /// with noise.
    fn new_keys(&mut self, plan: &Plan, keys: &mut [f64], way: Way, part: std::ops::Range<usize>) {
        let noise = part.len() as f64 * self.rng.unit();
        let latest = &self.latest[usize::from(way == Way::Backward)];
        let scale = noise * f64::from(plan.length) / plan.starts.len() as f64;
        let mode = self.rng.below(100);
        for at in part.clone() {
            let job = self.list[at] as usize;
            keys[job] = match mode {
                0..30 => f64::from(latest[job]) + scale * self.rng.unit(),
                30..70 => at as f64,
                _ => at as f64 + noise * self.rng.unit(),
            };
        }
        if (30..70).contains(&mode) {
            for _ in 0..=self.rng.below(3) {
                let job = self.list[part.start + self.rng.below(part.len())] as usize;
                keys[job] = part.start as f64 - self.rng.unit();
            }
        }
    }

    /// A plan with the order of one parent within a window of time and of the other outside it.
    fn crossed(&mut self) -> Plan {
        let draw = |rng: &mut Rng, pool: &[Plan]| {
            let (a, b) = (rng.below(pool.len()), rng.below(pool.len()));
            if pool[a].length <= pool[b].length { a } else { b }
        };
        let (mother, father) = (draw(&mut self.rng, &self.pool), draw(&mut self.rng, &self.pool));
        let (mother, father) = (self.pool[mother].clone(), self.pool[father].clone());
        let width = 0.2 + 0.5 * self.rng.unit();
        let from = self.rng.unit() * (1.0 - width);
        let middle = |plan: &Plan, job: usize, serial: &Serial<R>| {
            (f64::from(plan.starts[job]) + 0.5 * f64::from(serial.duration(job)))
                / f64::from(plan.length.max(1))
        };
        let key = |job: usize| {
            let own = middle(&mother, job, &self.serial);
            if (from..from + width).contains(&own) { own } else { middle(&father, job, &self.serial) }
        };
        let keys: Vec<f64> = (0..mother.starts.len()).map(key).collect();
        self.list = (0..keys.len() as u32).collect();
        self.resequence(0, keys.len(), Way::Forward, &keys);
        let mut plan = mother;
        plan.length = self.run(0, Way::Forward, &mut plan.starts);
        self.justify(&mut plan);
        plan
    }
}

/// A heap with the smallest key on top.
fn push(heap: &mut Vec<(f64, u32)>, entry: (f64, u32)) {
    let mut at = heap.len();
    heap.push(entry);
    while at > 0 {
        let up = (at - 1) / 2;
        if heap[up] <= heap[at] {
            break;
        }
        heap.swap(up, at);
        at = up;
    }
}

fn pop(heap: &mut Vec<(f64, u32)>) -> Option<(f64, u32)> {
    let last = heap.len().checked_sub(1)?;
    heap.swap(0, last);
    let top = heap.pop();
    let mut at = 0;
    loop {
        let mut least = at;
        for child in [2 * at + 1, 2 * at + 2] {
            if child < heap.len() && heap[child] < heap[least] {
                least = child;
            }
        }
        if least == at {
            return top;
        }
        heap.swap(at, least);
        at = least;
    }
}
