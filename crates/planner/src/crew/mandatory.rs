use std::ops::Range;

use super::board::{Board, NOTHING};
use super::choose::{Pick, insert};
use super::compile::Rank;
use super::conflict::{Conflict, cheapest_crew, conflict};
use super::starts::Scratch;
use crate::problem::{Placement, Relation};
use crate::rng::Rng;

/// The weight of a mandatory task that never failed, against 1 for an optional one.
const MANDATORY_WEIGHT: u32 = 64;
/// Starts that are looked at when something has to give way.
const LOOKS: usize = 256;

/// In so many of 100 cases what a task waits for is pulled to an earlier start, else to any.
const EARLIER: u32 = 75;
/// Ejections after which another beginning is more likely to help than the next one; each gets twice as many as the one before.
const RESTART: u64 = 1000;

/// Places all mandatory work, and only then lets anything else in. A task without a place takes one from others, those that were
/// easiest to place so far (guided ejection: Nagata and Bräysy, "A powerful route minimization heuristic for the vehicle routing
/// problem with time windows", Operations Research Letters 37, 2009); they look for another in turn.
pub(crate) struct Mandatory {
    weights: Vec<u32>,
    order: Vec<u32>,
    /// Where each task must start so that those before and after it still have room, if all mandatory work has a place.
    spans: Vec<Range<u32>>,
}

impl Mandatory {
    pub(crate) fn new(board: &Board<'_>) -> Self {
        let tasks = &board.compiled.tasks;
        let weigh = |rank| if rank == Rank::Mandatory { MANDATORY_WEIGHT } else { 1 };
        let mut order: Vec<u32> =
            (0..tasks.len() as u32).filter(|task| tasks[*task as usize].rank == Rank::Mandatory).collect();
        let rivals = rivals(board);
        let is_due = |task: usize| tasks[task].rank == Rank::Mandatory;
        let keys: Vec<f64> = (0..tasks.len())
            .map(|task| if is_due(task) { freedom(board, task, &rivals) } else { 0.0 })
            .collect();
        let depth = depths(board);
        order.sort_by(|a, b| {
            let key = |task: u32| (depth[task as usize], keys[task as usize]);
            let ((depth_a, key_a), (depth_b, key_b)) = (key(*a), key(*b));
            depth_a.cmp(&depth_b).then(key_a.total_cmp(&key_b)).then(a.cmp(b))
        });
        Self { weights: tasks.iter().map(|task| weigh(task.rank)).collect(), order, spans: spans(board) }
    }

    /// Places what can be placed within so many ejections; returns how many were needed. What is still missing then is counted by the
    /// board. Ends in a committed board whose mandatory work is at least as complete as before.
    pub(crate) fn place(
        &mut self,
        board: &mut Board<'_>,
        scratch: &mut Scratch,
        rng: &mut Rng,
        effort: u64,
    ) -> u64 {
        for task in self.order.clone() {
            if is_missing(board, task as usize) {
                self.insert(board, scratch, rng, task as usize, Pick::Tightest);
            }
        }
        board.commit();
        self.eject(board, scratch, rng, effort)
    }

    /// Ejects and places again until nothing is missing or the effort is spent, and keeps the most complete board seen.
    fn eject(&mut self, board: &mut Board<'_>, scratch: &mut Scratch, rng: &mut Rng, effort: u64) -> u64 {
        let (mut spent, mut restart) = (0, RESTART);
        let mut least = board.mandatory_missing;
        let mut stack: Vec<u32> = Vec::new();
        while board.mandatory_missing > 0 && spent < effort {
            spent += 1;
            if spent == restart {
                restart = 2 * restart + RESTART;
                self.restart(board, scratch, rng);
                stack.clear();
            }
            stack.retain(|task| is_missing(board, *task as usize));
            if stack.is_empty() {
                stack.extend(self.order.iter().filter(|task| is_missing(board, **task as usize)));
                rng.shuffle(&mut stack);
            }
            let Some(task) = stack.pop() else { break };
            if self.insert(board, scratch, rng, task as usize, Pick::Varied) {
                if board.mandatory_missing < least {
                    least = board.mandatory_missing;
                    board.commit();
                }
                continue;
            }
            self.weights[task as usize] = self.weights[task as usize].saturating_add(MANDATORY_WEIGHT);
            self.push(board, rng, task as usize, &mut stack);
        }
        if board.mandatory_missing > least {
            board.undo();
        }
        board.commit();
        spent
    }

    /// Begins anew, in another order.
    fn restart(&mut self, board: &mut Board<'_>, scratch: &mut Scratch, rng: &mut Rng) {
        for task in &self.order {
            board.lift(*task as usize);
            self.weights[*task as usize] = MANDATORY_WEIGHT;
        }
        let mut order = self.order.clone();
        for at in 0..order.len() {
            let reach = (order.len() - at).min(8);
            order.swap(at, at + rng.below(reach));
        }
        for task in order {
            if is_missing(board, task as usize) {
                self.insert(board, scratch, rng, task as usize, Pick::Varied);
            }
        }
    }

    /// Puts a task where its followers have room, or else anywhere.
    fn insert(
        &self,
        board: &mut Board<'_>,
        scratch: &mut Scratch,
        rng: &mut Rng,
        task: usize,
        pick: Pick,
    ) -> bool {
        insert(board, scratch, rng, task, self.spans[task].clone(), pick)
            || insert(board, scratch, rng, task, 0..board.compiled.problem.slots, pick)
    }

    /// The place for a task that costs least, of some starts drawn at random.
    fn cheapest(
        &self,
        board: &Board<'_>,
        rng: &mut Rng,
        task: usize,
        span: Range<u32>,
        looks: usize,
    ) -> Option<(Placement, Conflict)> {
        let mut best: Option<(Placement, Conflict)> = None;
        let mut starts = draw_starts(board, rng, task, span, looks);
        if starts.is_empty() {
            starts = draw_starts(board, rng, task, 0..board.compiled.problem.slots, looks);
        }
        for start in starts {
            let limit = best.as_ref().map_or(u64::MAX, |(_, found)| found.weight);
            if let Some(crew) = cheapest_crew(board, &self.weights, task, start, rng.next()) {
                let at = Placement { start, crew };
                if let Some(found) = conflict(board, &self.weights, task, at, limit)
                    && (found.weight < limit || best.is_none())
                {
                    best = Some((at, found));
                }
            }
        }
        best
    }

    /// Finds a place for a task at the cost of others. One that waits for another which stands late has only what is left after that: when
    /// this is dear, the other is pulled forward.
    fn push(&mut self, board: &mut Board<'_>, rng: &mut Rng, task: usize, stack: &mut Vec<u32>) {
        let span = self.spans[task].clone();
        // Now and then not the cheapest place, or none but for what the task waits for: else some circles never end.
        let found = match rng.below(20) {
            0 => None,
            1 | 2 => self.cheapest(board, rng, task, span, 2),
            _ => self.cheapest(board, rng, task, span, LOOKS),
        };
        let leader = self.leader(board, task);
        let least = leader.map_or(u64::MAX, |leader| u64::from(self.weights[leader]));
        if let Some((at, found)) = found
            && found.weight <= least
        {
            self.take(board, rng, task, at, &found, stack);
            return;
        }
        if let Some(leader) = leader.filter(|_| absent_leaders(board, task).is_empty()) {
            let span = &self.spans[leader];
            // One that must follow soon may want it later instead.
            let latest = match board.placed[leader] {
                Some(at) if at.start > span.start && rng.chance(EARLIER) => at.start - 1,
                _ => span.end.max(span.start + 1) - 1,
            };
            self.pull(board, rng, leader, latest, stack);
        }
        stack.push(task as u32);
        stack.extend(absent_leaders(board, task));
    }

    fn take(
        &mut self,
        board: &mut Board<'_>,
        rng: &mut Rng,
        task: usize,
        at: Placement,
        found: &Conflict,
        stack: &mut Vec<u32>,
    ) {
        found.tasks.iter().for_each(|other| board.lift(*other as usize));
        board.place(task, at);
        stack.extend(found.tasks.iter().rev().map(|other| alternative(board, rng, *other)));
    }

    /// Moves a task to a start of at most `latest`, somewhere, and before it whatever it waits for itself.
    fn pull(&mut self, board: &mut Board<'_>, rng: &mut Rng, task: usize, latest: u32, stack: &mut Vec<u32>) {
        let latest = rng.between(self.spans[task].start.min(latest), latest);
        self.weights[task] = self.weights[task].saturating_add(MANDATORY_WEIGHT);
        board.lift(task);
        for index in &board.compiled.tasks[task].relations {
            let relation = *board.compiled.relation(*index);
            let (first, then) = relation.tasks();
            let Relation::Before { min_slots, .. } = relation else { continue };
            let reach = board.compiled.tasks[first].duration.saturating_add(min_slots);
            let (low, high) = (self.spans[first].start, latest.saturating_sub(reach));
            let is_late = board.placed[first].is_some_and(|at| at.start > high);
            let is_free = board.compiled.tasks[first].rank != Rank::Locked;
            if then == task && relation.needs_first() && is_late && is_free && low <= high {
                self.pull(board, rng, first, high, stack);
            }
        }
        if let Some((at, found)) = self.cheapest(board, rng, task, self.spans[task].start..latest + 1, LOOKS)
        {
            self.take(board, rng, task, at, &found, stack);
        }
    }

    /// The task that another one waits for and that could stand elsewhere, the lightest of several.
    fn leader(&self, board: &Board<'_>, task: usize) -> Option<usize> {
        let is_free = |first: &usize| {
            board.placed[*first].is_some() && board.compiled.tasks[*first].rank != Rank::Locked
        };
        leaders(board, task).filter(is_free).min_by_key(|first| (self.weights[*first], *first))
    }
}

/// The tasks that must be there for this one.
fn leaders<'b>(board: &'b Board<'_>, task: usize) -> impl Iterator<Item = usize> + 'b {
    let relations = board.compiled.tasks[task].relations.iter().map(|index| board.compiled.relation(*index));
    relations
        .filter(move |relation| relation.needs_first() && relation.tasks().1 == task)
        .map(|relation| relation.tasks().0)
}

fn absent_leaders(board: &Board<'_>, task: usize) -> Vec<u32> {
    leaders(board, task).filter(|first| board.placed[*first].is_none()).map(|first| first as u32).collect()
}

/// The task itself or one of its alternatives.
fn alternative(board: &Board<'_>, rng: &mut Rng, task: u32) -> u32 {
    let Some(choice) = board.compiled.tasks[task as usize].choice else { return task };
    let all = &board.compiled.choices[choice];
    all[rng.below(all.len())]
}

/// For each task the starts that leave room for mandatory tasks that come after it and for what must come before it: earliest starts
/// carried forward through the order of precedence, latest ones back.
fn spans(board: &Board<'_>) -> Vec<Range<u32>> {
    let tasks = &board.compiled.tasks;
    let whole = |ready: &super::compile::Ready| match (ready.domain.first(), ready.domain.last()) {
        (Some(first), Some(last)) => first..last + 1,
        _ => 0..0,
    };
    let mut spans: Vec<Range<u32>> = tasks.iter().map(whole).collect();
    let is_sure = |task: usize| tasks[task].rank != Rank::Optional;
    let pairs: Vec<(usize, usize, u32)> = board
        .compiled
        .problem
        .relations
        .iter()
        .filter_map(|relation| match *relation {
            Relation::Before { first, then, min_slots, .. }
                if is_sure(then) && (is_sure(first) || relation.needs_first()) =>
            {
                Some((first, then, min_slots))
            }
            _ => None,
        })
        .collect();
    // As many rounds as the longest chain would do; there are no circles. Long chains are rare, and a wide span does no harm.
    for _ in 0..16 {
        for (first, then, lag) in &pairs {
            let reach = tasks[*first].duration.saturating_add(*lag);
            spans[*then].start = spans[*then].start.max(spans[*first].start.saturating_add(reach));
            spans[*first].end = spans[*first].end.min(spans[*then].end.saturating_sub(reach));
        }
    }
    spans
}

/// Has a task no place, and no alternative to it has one?
pub(crate) fn is_missing(board: &Board<'_>, task: usize) -> bool {
    let taken = board.compiled.tasks[task].choice.is_some_and(|choice| board.chosen[choice] != NOTHING);
    board.placed[task].is_none() && !taken
}

/// Up to `most` starts of a task within a span: all of them when they are so few, else drawn at random.
pub(crate) fn draw_starts(
    board: &Board<'_>,
    rng: &mut Rng,
    task: usize,
    span: Range<u32>,
    most: usize,
) -> Vec<u32> {
    let domain = &board.compiled.tasks[task].domain;
    let (Some(first), Some(last)) = (domain.first(), domain.last()) else { return Vec::new() };
    let (first, end) = (first.max(span.start), (last + 1).min(span.end));
    if end <= first {
        return Vec::new();
    }
    if end - first <= most as u32 || domain.count() <= most as u32 {
        let mut starts: Vec<u32> = domain.iter().filter(|start| span.contains(start)).collect();
        rng.shuffle(&mut starts);
        return starts;
    }
    let mut starts = Vec::with_capacity(most);
    let mut tries = 0;
    while starts.len() < most && tries < 20 * most {
        tries += 1;
        let start = rng.between(first, end - 1);
        if domain.contains(start) {
            starts.push(start);
        }
    }
    starts
}

/// How free a task is before anything else is placed: starts for each slot it lasts, times crews for each person it takes, times what is
/// left of its tightest resource when all mandatory work has its share. Small is constrained.
fn freedom(board: &Board<'_>, task: usize, rivals: &[Vec<Rival>]) -> f64 {
    let ready = &board.compiled.tasks[task];
    let choose = f64::from(ready.eligible.count().max(1)) / f64::from(ready.crew.max(1));
    let demands = &board.compiled.problem.tasks[task].demands;
    let spare = demands.iter().map(|demand| spare(board, task, demand.resource, &rivals[demand.resource]));
    let least = spare.fold(1.0, f64::min).max(0.0);
    f64::from(ready.domain.count()) * choose / f64::from(ready.duration) * least
}

/// What mandatory work takes of a resource, and between which slots.
struct Rival {
    range: Range<u32>,
    taken: u64,
}

fn rivals(board: &Board<'_>) -> Vec<Vec<Rival>> {
    let mut rivals: Vec<Vec<Rival>> = board.compiled.problem.resources.iter().map(|_| Vec::new()).collect();
    for (ready, task) in board.compiled.tasks.iter().zip(&board.compiled.problem.tasks) {
        if let Some(range) = reach(ready)
            && ready.rank == Rank::Mandatory
        {
            for demand in &task.demands {
                let taken = u64::from(demand.amount) * u64::from(task.duration);
                rivals[demand.resource].push(Rival { range: range.clone(), taken });
            }
        }
    }
    rivals
}

/// All slots that a task could hold lie in this range.
fn reach(ready: &super::compile::Ready) -> Option<Range<u32>> {
    Some(ready.domain.first()?..ready.domain.last()? + ready.duration)
}

/// The part of a resource that is left within the reach of a task when all that must lie there too has its share. Where there are very many
/// rivals only some are looked at, and the rest taken to be like them.
fn spare(board: &Board<'_>, task: usize, resource: usize, rivals: &[Rival]) -> f64 {
    const MOST: usize = 500;
    let Some(range) = reach(&board.compiled.tasks[task]) else { return 0.0 };
    let step = rivals.len().div_ceil(MOST).max(1);
    let inside = |rival: &&Rival| range.start <= rival.range.start && rival.range.end <= range.end;
    let taken: u64 = rivals.iter().step_by(step).filter(inside).map(|rival| rival.taken).sum();
    let there: i64 = range.clone().map(|slot| board.left_at(resource, slot).max(0)).sum();
    1.0 - (taken * step as u64) as f64 / (there.max(1) as f64)
}

/// How many tasks must stand before each one may: those that others need go first.
pub(crate) fn depths(board: &Board<'_>) -> Vec<u32> {
    let tasks = &board.compiled.tasks;
    let mut depth = vec![0u32; tasks.len()];
    let mut waits = vec![0u32; tasks.len()];
    for task in tasks {
        task.dependents.iter().for_each(|then| waits[*then as usize] += 1);
    }
    let mut ready: Vec<u32> = (0..tasks.len() as u32).filter(|task| waits[*task as usize] == 0).collect();
    while let Some(task) = ready.pop() {
        for then in &tasks[task as usize].dependents {
            depth[*then as usize] = depth[*then as usize].max(depth[task as usize] + 1);
            waits[*then as usize] -= 1;
            if waits[*then as usize] == 0 {
                ready.push(*then);
            }
        }
    }
    depth
}
