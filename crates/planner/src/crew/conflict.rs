use std::ops::Range;

use super::board::{Board, NOTHING};
use super::compile::{Rank, total};
use crate::problem::{PersonSet, Placement, Relation};

/// What stands in the way of one placement.
#[derive(Clone, Default, Debug)]
pub(crate) struct Conflict {
    /// Tasks that would have to go.
    pub(crate) tasks: Vec<u32>,
    /// The sum of their weights.
    pub(crate) weight: u64,
}

/// How dear each task is to be lifted.
pub(crate) type Weights = [u32];

/// What must go so that a task can stand somewhere; none when nothing helps: somebody is blocked, a locked task is in the way, there is
/// not so much of a resource, or a task it needs has no place itself. Gives up above `limit`.
pub(crate) fn conflict(
    board: &Board<'_>,
    weights: &Weights,
    task: usize,
    at: Placement,
    limit: u64,
) -> Option<Conflict> {
    let ready = &board.compiled.tasks[task];
    let mut found = Conflict::default();
    let range = at.start..at.start + ready.duration;
    for person in at.crew.iter() {
        let blocked = &board.compiled.problem.persons[person].blocked;
        if range.clone().any(|slot| blocked.contains(slot)) {
            return None;
        }
        person_conflicts(board, weights, task, person, range.clone(), &mut found)?;
        if found.weight > limit {
            return None;
        }
    }
    if let Some(choice) = ready.choice
        && board.chosen[choice] != NOTHING
    {
        add(board, weights, board.chosen[choice], &mut found)?;
    }
    for index in &ready.relations {
        let relation = board.compiled.relation(*index);
        let (a, b) = relation.tasks();
        if task == b && relation.needs_first() && board.placed[a].is_none() {
            return None;
        }
        if !board.keeps(task, at, relation) {
            add(board, weights, (if task == a { b } else { a }) as u32, &mut found)?;
        }
    }
    resource_conflicts(board, weights, task, range, &mut found)?;
    // A task that must come first cannot be lifted for the one that needs it.
    let needs = |other: &u32| board.compiled.tasks[*other as usize].dependents.contains(&(task as u32));
    (found.weight <= limit && !found.tasks.iter().any(needs)).then_some(found)
}

fn add(board: &Board<'_>, weights: &Weights, task: u32, found: &mut Conflict) -> Option<()> {
    if board.compiled.tasks[task as usize].rank == Rank::Locked {
        return None;
    }
    if !found.tasks.contains(&task) {
        found.tasks.push(task);
        found.weight += u64::from(weights[task as usize]);
    }
    Some(())
}

fn person_conflicts(
    board: &Board<'_>,
    weights: &Weights,
    task: usize,
    person: usize,
    range: Range<u32>,
    found: &mut Conflict,
) -> Option<()> {
    owners(board, weights, person, range.clone(), found, |_| true)?;
    let problem = board.compiled.problem;
    let kind = board.compiled.tasks[task].kind;
    for rule in &problem.separations {
        if rule.first == kind {
            let after = range.end..range.end.saturating_add(rule.gap_slots).min(problem.slots);
            owners(board, weights, person, after, found, |other| problem.tasks[other].kind == rule.then)?;
        }
        if rule.then == kind {
            let before = range.start.saturating_sub(rule.gap_slots)..range.start;
            owners(board, weights, person, before, found, |other| problem.tasks[other].kind == rule.first)?;
        }
    }
    if !board.within_limits(task, person, range.start) {
        limit_conflicts(board, weights, task, person, range.start, found)?;
    }
    Some(())
}

/// Adds the tasks that a person does in a range and that count.
fn owners(
    board: &Board<'_>,
    weights: &Weights,
    person: usize,
    range: Range<u32>,
    found: &mut Conflict,
    counts: impl Fn(usize) -> bool,
) -> Option<()> {
    let mut slot = range.start;
    while slot < range.end {
        let owner = board.owner_at(person, slot);
        if owner == NOTHING {
            slot += 1;
            continue;
        }
        if counts(owner as usize) {
            add(board, weights, owner, found)?;
        }
        let at = board.placed[owner as usize].map_or(slot, |at| at.start);
        slot = (at + board.compiled.tasks[owner as usize].duration).max(slot + 1);
    }
    Some(())
}

/// Adds the lightest tasks of the day until every daily limit is kept.
fn limit_conflicts(
    board: &Board<'_>,
    weights: &Weights,
    task: usize,
    person: usize,
    start: u32,
    found: &mut Conflict,
) -> Option<()> {
    let (problem, ready) = (board.compiled.problem, &board.compiled.tasks[task]);
    let day = problem.day_of(start);
    for limit in &ready.limits {
        let rule = &problem.limits[*limit as usize];
        if !rule.persons.contains(person) {
            continue;
        }
        let (mut slots, mut tasks) = board.counted_at(*limit as usize, person, day);
        let mut own = Conflict::default();
        owners(board, &vec![0; weights.len()], person, problem.day_range(day), &mut own, |other| {
            board.compiled.tasks[other].rank != Rank::Locked
                && rule.kinds >> problem.tasks[other].kind & 1 == 1
                && board.placed[other].is_some_and(|at| problem.day_of(at.start) == day)
        })?;
        own.tasks.sort_by_key(|other| (!found.tasks.contains(other), weights[*other as usize], *other));
        let mut own = own.tasks.into_iter();
        while rule.most_slots_on(day).is_some_and(|most| slots + ready.duration > most)
            || rule.most_tasks.is_some_and(|most| tasks >= most)
        {
            let other = own.next()?;
            slots -= board.compiled.tasks[other as usize].duration;
            tasks -= 1;
            add(board, weights, other, found)?;
        }
    }
    Some(())
}

/// Adds the lightest holders of each resource until there is enough in every slot.
fn resource_conflicts(
    board: &Board<'_>,
    weights: &Weights,
    task: usize,
    range: Range<u32>,
    found: &mut Conflict,
) -> Option<()> {
    let problem = board.compiled.problem;
    for demand in &problem.tasks[task].demands {
        let (resource, wanted) = (demand.resource, i64::from(total(&problem.tasks[task], demand.resource)));
        if range.clone().all(|slot| board.left_at(resource, slot) >= wanted) {
            continue;
        }
        let mut holders: Vec<usize> = board.holders(resource, range.clone()).collect();
        holders.sort_by_key(|other| (weights[*other], *other));
        for slot in range.clone() {
            let holds = |other: usize| {
                let runs = board.placed[other].is_some_and(|at| {
                    at.start <= slot && slot < at.start + board.compiled.tasks[other].duration
                });
                if runs { i64::from(total(&problem.tasks[other], resource)) } else { 0 }
            };
            let mut left = board.left_at(resource, slot)
                + found.tasks.iter().map(|other| holds(*other as usize)).sum::<i64>();
            let mut others = holders.iter();
            while left < wanted {
                let other = *others.next()?;
                let held = holds(other);
                let is_free = board.compiled.tasks[other].rank != Rank::Locked;
                if held > 0 && is_free && !found.tasks.contains(&(other as u32)) {
                    add(board, weights, other as u32, found)?;
                    left += held;
                }
            }
        }
    }
    Some(())
}

/// The crew for a start whose other tasks weigh least; none when too few are not blocked.
pub(crate) fn cheapest_crew(
    board: &Board<'_>,
    weights: &Weights,
    task: usize,
    start: u32,
    noise: u64,
) -> Option<PersonSet> {
    let ready = &board.compiled.tasks[task];
    if ready.crew == 0 {
        return Some(PersonSet::NOBODY);
    }
    let range = start..start + ready.duration;
    let mut costs = Vec::with_capacity(ready.eligible.count() as usize);
    for person in ready.eligible.iter() {
        let blocked = &board.compiled.problem.persons[person].blocked;
        let mut found = Conflict::default();
        if range.clone().any(|slot| blocked.contains(slot))
            || person_conflicts(board, weights, task, person, range.clone(), &mut found).is_none()
        {
            continue;
        }
        let Some(bound) = related_cost(board, weights, task, person) else { continue };
        // A cheap scatter of equals, from the caller's random word.
        let scatter = (noise >> (person % 58) & 7) as i64;
        costs.push((8 * (found.weight as i64).saturating_add(bound) + scatter, person));
    }
    costs.sort_unstable();
    super::choose::crew_of(&board.compiled.problem.tasks[task], &costs)
}

/// What a person in the crew would cost by relations of crews with placed tasks: the weight of each that would have to go, less that of each
/// that asks for them. None when a locked task rules them out.
fn related_cost(board: &Board<'_>, weights: &Weights, task: usize, person: usize) -> Option<i64> {
    let ready = &board.compiled.tasks[task];
    let mut cost = 0i64;
    for index in &ready.relations {
        let relation = board.compiled.relation(*index);
        let (a, b) = relation.tasks();
        let other = if task == a { b } else { a };
        let Some(at) = board.placed[other] else { continue };
        let (is_in, weight) = (at.crew.contains(person), i64::from(weights[other]));
        let is_against = match relation {
            Relation::SameCrew { .. } if ready.crew <= at.crew.count() => !is_in,
            Relation::SameCrew { .. } => {
                cost -= if is_in { weight } else { 0 };
                false
            }
            Relation::OtherCrew { .. } => is_in,
            _ => false,
        };
        if is_against && board.compiled.tasks[other].rank == Rank::Locked {
            return None;
        }
        cost += if is_against { weight } else { 0 };
    }
    Some(cost)
}
