use std::ops::Range;

use super::board::{Board, NOTHING};
use super::compile::{Compiled, total};
use super::conflict::{cheapest_crew, conflict};
use super::search::take_over;
use crate::SlotSet;
use crate::check::Fault;
use crate::problem::{PersonSet, Placement, Problem, Relation, Role, Solution};

/// Why a task has no place in a plan, and what would give it one.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Which task.
    pub task: usize,
    /// The fewest constraints that leave no start between them; empty when the task would fit as it is.
    pub reasons: Vec<Reason>,
    /// Single changes that would admit it, the smallest of each sort.
    pub remedies: Vec<Remedy>,
    /// For everybody eligible, starts at which they have time, whatever else is missing.
    pub free: Vec<(usize, SlotSet)>,
}

/// A constraint, and the starts it leaves.
#[derive(Clone, Debug, PartialEq)]
pub struct Reason {
    /// Which constraint.
    pub cause: Cause,
    /// Starts that it allows, of those the task's own times and windows allow.
    pub leaves: SlotSet,
}

/// What can stand in the way of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Its own starts: none lets it end within the grid.
    Starts,
    /// One of its windows.
    Window(usize),
    /// Fewer persons are eligible for a role than it needs.
    Qualified {
        /// Which of its roles.
        role: usize,
    },
    /// Too few for a role are there at all: asleep, away, in meetings.
    Absent {
        /// Which of its roles.
        role: usize,
    },
    /// Too few for a role are free: they do other tasks, rest between two kinds, or have done enough that day.
    Busy {
        /// Which of its roles.
        role: usize,
    },
    /// A resource has not enough left.
    Resource(usize),
    /// A relation with a placed task, or one whose first task has no place.
    Relation(usize),
    /// An alternative is placed.
    Alternative(usize),
    /// Every single constraint leaves a start, and so do all together; it takes several roles, relations of crews, or nobody found it.
    Together,
}

/// One change that would admit a task.
#[derive(Clone, Debug, PartialEq)]
pub enum Remedy {
    /// None is needed: it would fit here. The plan without it was not worth less.
    Fits(Placement),
    /// Leave out these tasks; of all sets looked at the one of least value.
    Drop {
        /// Which.
        tasks: Vec<usize>,
        /// Where it would stand then.
        at: Placement,
    },
    /// Let it start earlier or later than it may.
    WidenStarts {
        /// By so many slots, negative is earlier.
        by: i64,
        /// Where it would stand then.
        at: Placement,
    },
    /// Do without one of its windows.
    WithoutWindow {
        /// Which.
        window: usize,
        /// Where it would stand then.
        at: Placement,
    },
    /// Do with one person less in a role.
    OneLess {
        /// Which of its roles.
        role: usize,
        /// Where it would stand then.
        at: Placement,
    },
    /// More of a resource.
    MoreResource {
        /// Which.
        resource: usize,
        /// How much more.
        amount: u32,
        /// Where it would stand then.
        at: Placement,
    },
    /// Do without a relation.
    WithoutRelation {
        /// Which.
        relation: usize,
        /// Where it would stand then.
        at: Placement,
    },
}

/// Explains why tasks have no place in a plan. Tasks that have one get no explanation.
///
/// # Errors
///
/// What [`Problem::check`] finds.
pub fn explain(
    problem: &Problem,
    solution: &Solution,
    tasks: &[usize],
) -> Result<Vec<Explanation>, Vec<Fault>> {
    problem.check()?;
    let compiled = Compiled::new(problem);
    let mut board = Board::new(&compiled);
    take_over(&mut board, &solution.placements);
    let weights: Vec<u32> = problem
        .tasks
        .iter()
        .map(|task| if task.is_mandatory() { u32::MAX / 2 } else { task.value.min(u32::MAX / 4) + 1 })
        .collect();
    let is_open = |task: &&usize| board.placed.get(**task).is_some_and(Option::is_none);
    Ok(tasks.iter().filter(is_open).map(|task| explain_one(&board, &weights, *task)).collect())
}

fn explain_one(board: &Board<'_>, weights: &[u32], task: usize) -> Explanation {
    let facts = Facts::new(board, task);
    let reasons = smallest(&facts);
    let remedies = if reasons.is_empty() {
        let alive = facts.alive(|_| true);
        facts.best(&alive, None).map(Remedy::Fits).into_iter().collect()
    } else {
        facts.remedies(weights)
    };
    let eligible = board.compiled.tasks[task].eligible;
    let free = eligible.iter().map(|person| (person, facts.rows[person].and(&facts.domain)));
    Explanation { task, reasons, remedies, free: free.collect() }
}

/// Every constraint of one task, with the starts it leaves.
struct Facts<'b, 'a> {
    board: &'b Board<'a>,
    task: usize,
    /// Starts that its own times and windows allow.
    domain: SlotSet,
    /// For each person the starts at which they could take part.
    rows: Vec<SlotSet>,
    causes: Vec<Reason>,
}

impl<'b, 'a> Facts<'b, 'a> {
    fn new(board: &'b Board<'a>, task: usize) -> Self {
        let domain = board.compiled.tasks[task].domain.clone();
        let mut facts = Self { board, task, domain, rows: Vec::new(), causes: Vec::new() };
        facts.rows = (0..board.compiled.problem.persons.len()).map(|person| facts.row(person)).collect();
        facts.causes = facts.own();
        facts.crews();
        facts.others();
        facts
    }

    fn given(&self) -> &'a crate::Task {
        &self.board.compiled.problem.tasks[self.task]
    }

    fn grid(&self) -> SlotSet {
        let problem = self.board.compiled.problem;
        SlotSet::from_range(0..(problem.slots + 1).saturating_sub(self.given().duration))
    }

    /// Starts at which a person is free for the whole task, rested, and within limits.
    fn row(&self, person: usize) -> SlotSet {
        let (board, ready) = (self.board, &self.board.compiled.tasks[self.task]);
        let free =
            SlotSet::from_words(0, board.row_of(person, ready.class).to_vec()).starts_of(ready.duration);
        if ready.limits.is_empty() {
            return free;
        }
        let problem = board.compiled.problem;
        let days = (0..problem.day_starts.len()).map(|day| problem.day_range(day));
        let open = days.filter(|day| board.within_limits(self.task, person, day.start));
        free.and(&SlotSet::from_ranges(open))
    }

    /// What has nothing to do with other tasks, if it leaves nothing.
    fn own(&self) -> Vec<Reason> {
        let (problem, given) = (self.board.compiled.problem, self.given());
        let starts = given.starts.and(&self.grid());
        let windows =
            given.within.iter().map(|window| (*window, problem.windows[*window].starts_of(given.duration)));
        let mut causes = vec![Reason { cause: Cause::Starts, leaves: starts }];
        causes.extend(windows.map(|(window, leaves)| Reason { cause: Cause::Window(window), leaves }));
        causes
    }

    fn crews(&mut self) {
        let (problem, given) = (self.board.compiled.problem, self.given());
        for (role, wanted) in given.crew.iter().enumerate() {
            if wanted.eligible.count() < wanted.count {
                self.causes.push(Reason { cause: Cause::Qualified { role }, leaves: SlotSet::new() });
                continue;
            }
            let there = |person: usize| {
                SlotSet::from_range(0..problem.slots)
                    .without(&problem.persons[person].blocked)
                    .starts_of(given.duration)
            };
            let there: Vec<SlotSet> = (0..problem.persons.len())
                .map(|person| if wanted.eligible.contains(person) { there(person) } else { SlotSet::new() })
                .collect();
            let leaves = enough(*wanted, &there);
            self.causes.push(Reason { cause: Cause::Absent { role }, leaves });
            let leaves = enough(*wanted, &self.rows);
            self.causes.push(Reason { cause: Cause::Busy { role }, leaves });
        }
    }

    fn others(&mut self) {
        let (board, ready) = (self.board, &self.board.compiled.tasks[self.task]);
        for row in &ready.rows {
            let leaves = SlotSet::from_words(0, board.level_row(*row).to_vec()).starts_of(ready.duration);
            let resource = board.compiled.levels[*row as usize].resource;
            self.causes.push(Reason { cause: Cause::Resource(resource), leaves });
        }
        for index in &ready.relations {
            let leaves = self.related(board.compiled.relation(*index));
            self.causes.push(Reason { cause: Cause::Relation(*index as usize), leaves });
        }
        if let Some(other) = ready.choice.map(|choice| board.chosen[choice]).filter(|other| *other != NOTHING)
        {
            self.causes.push(Reason { cause: Cause::Alternative(other as usize), leaves: SlotSet::new() });
        }
    }

    /// The starts that a relation leaves, with the best crew for it.
    fn related(&self, relation: &Relation) -> SlotSet {
        let (a, b) = relation.tasks();
        let other = if self.task == a { b } else { a };
        let Some(at) = self.board.placed[other] else {
            let waits = self.task == b && relation.needs_first();
            return if waits { SlotSet::new() } else { self.grid() };
        };
        if matches!(relation, Relation::SameCrew { .. } | Relation::OtherCrew { .. }) {
            let mut rows = self.rows.clone();
            for (person, row) in rows.iter_mut().enumerate() {
                let is_kept = match relation {
                    Relation::SameCrew { .. } => {
                        at.crew.contains(person) || self.given().crew_count() > at.crew.count()
                    }
                    _ => !at.crew.contains(person),
                };
                if !is_kept {
                    *row = SlotSet::new();
                }
            }
            let roles = self.given().crew.iter().map(|role| enough(*role, &rows));
            return roles.fold(self.grid(), |all, leaves| all.and(&leaves));
        }
        let crew = PersonSet::NOBODY;
        let keeps = |start: &u32| self.board.keeps(self.task, Placement { start: *start, crew }, relation);
        self.grid().iter().filter(keeps).collect()
    }

    /// Starts that all constraints leave which `counts` names.
    fn alive(&self, counts: impl Fn(Cause) -> bool) -> SlotSet {
        let counted = self.causes.iter().filter(|reason| counts(reason.cause));
        counted.fold(self.grid(), |all, reason| all.and(&reason.leaves))
    }

    /// The first of these starts at which the roles can really be filled; nearest to `near` when that is given. One role may have one
    /// person less, and one relation may be left out.
    fn best(&self, starts: &SlotSet, without: Option<Cause>) -> Option<Placement> {
        starts.iter().find_map(|start| self.place(start, without))
    }

    fn place(&self, start: u32, without: Option<Cause>) -> Option<Placement> {
        let persons: Vec<(i64, usize)> = (0..self.rows.len())
            .filter(|person| self.rows[*person].contains(start))
            .map(|person| (0, person))
            .collect();
        let mut given = self.given().clone();
        if let Some(Cause::Busy { role }) = without {
            given.crew[role].count -= 1;
        }
        let relations = self.board.compiled.tasks[self.task].relations.iter();
        let kept = relations.filter(|index| without != Some(Cause::Relation(**index as usize)));
        let kept: Vec<&Relation> = kept.map(|index| self.board.compiled.relation(*index)).collect();
        let ordered = prefer(&persons, &kept, self.board, self.task);
        let crew = super::choose::crew_of(&given, &ordered)?;
        let at = Placement { start, crew };
        kept.iter().all(|relation| self.board.keeps(self.task, at, relation)).then_some(at)
    }

    fn remedies(&self, weights: &[u32]) -> Vec<Remedy> {
        let mut remedies: Vec<Remedy> = self.drop(weights).into_iter().collect();
        let starts = self.alive(|cause| cause != Cause::Starts);
        remedies.extend(self.nearest(&starts).map(|(by, at)| Remedy::WidenStarts { by, at }));
        for reason in &self.causes {
            match reason.cause {
                Cause::Window(window) => {
                    let starts = self.alive(|cause| cause != reason.cause);
                    let at = self.best(&starts, None);
                    remedies.extend(at.map(|at| Remedy::WithoutWindow { window, at }));
                }
                Cause::Busy { role } => remedies.extend(self.one_less(role)),
                Cause::Resource(resource) => remedies.extend(self.more(resource)),
                Cause::Relation(relation) => {
                    let starts = self.alive(|cause| cause != reason.cause);
                    let at = self.best(&starts, Some(reason.cause));
                    remedies.extend(at.map(|at| Remedy::WithoutRelation { relation, at }));
                }
                _ => {}
            }
        }
        remedies
    }

    /// The tasks of least value that would have to go.
    fn drop(&self, weights: &[u32]) -> Option<Remedy> {
        let mut best: Option<(u64, Vec<u32>, Placement)> = None;
        for start in self.domain.iter() {
            let Some(crew) = cheapest_crew(self.board, weights, self.task, start, 0) else { continue };
            let at = Placement { start, crew };
            let limit = best.as_ref().map_or(u64::from(u32::MAX / 2) - 1, |(weight, ..)| *weight - 1);
            if let Some(found) = conflict(self.board, weights, self.task, at, limit)
                && !found.tasks.is_empty()
            {
                best = Some((found.weight.max(1), found.tasks, at));
            }
        }
        best.map(|(_, tasks, at)| Remedy::Drop { tasks: self.with_dependents(&tasks), at })
    }

    /// Tasks, and all placed ones that may not be there without them.
    fn with_dependents(&self, tasks: &[u32]) -> Vec<usize> {
        let mut all: Vec<usize> = tasks.iter().map(|task| *task as usize).collect();
        let mut at = 0;
        while let Some(task) = all.get(at).copied() {
            at += 1;
            for next in &self.board.compiled.tasks[task].dependents {
                let next = *next as usize;
                if self.board.placed[next].is_some() && !all.contains(&next) {
                    all.push(next);
                }
            }
        }
        all
    }

    /// The start nearest to an allowed one at which it fits.
    fn nearest(&self, starts: &SlotSet) -> Option<(i64, Placement)> {
        let allowed = self.given().starts.ranges();
        let distance = |start: u32| {
            let by = |range: &Range<u32>| {
                if start < range.start {
                    i64::from(start) - i64::from(range.start)
                } else {
                    (i64::from(start) - i64::from(range.end) + 1).max(0)
                }
            };
            allowed.iter().map(by).min_by_key(|by| by.abs())
        };
        let mut all: Vec<(i64, u32)> =
            starts.iter().filter_map(|start| Some((distance(start)?, start))).collect();
        all.sort_by_key(|(by, start)| (by.abs(), *start));
        all.into_iter().find_map(|(by, start)| Some((by, self.place(start, None)?)))
    }

    fn one_less(&self, role: usize) -> Option<Remedy> {
        let wanted = self.given().crew[role];
        if wanted.count == 0 || self.given().crew_count() <= 1 {
            return None;
        }
        let fewer = enough(Role { count: wanted.count - 1, ..wanted }, &self.rows);
        let others =
            |cause| !matches!(cause, Cause::Busy { role: own } | Cause::Absent { role: own } if own == role);
        let at = self.best(&self.alive(others).and(&fewer), Some(Cause::Busy { role }))?;
        Some(Remedy::OneLess { role, at })
    }

    /// Where the least is missing of one resource and nothing of anything else.
    fn more(&self, resource: usize) -> Option<Remedy> {
        let starts = self.alive(|cause| cause != Cause::Resource(resource));
        let wanted = i64::from(total(self.given(), resource));
        let short = |start: u32| {
            let range = start..start + self.given().duration;
            wanted - range.map(|slot| self.board.left_at(resource, slot)).min().unwrap_or(0)
        };
        let mut all: Vec<(i64, u32)> = starts.iter().map(|start| (short(start), start)).collect();
        all.sort_unstable();
        let (amount, at) =
            all.into_iter().find_map(|(short, start)| Some((short, self.place(start, None)?)))?;
        let amount = u32::try_from(amount).ok().filter(|amount| *amount > 0)?;
        Some(Remedy::MoreResource { resource, amount, at })
    }
}

/// Persons in an order that keeps relations of crews where it can: those who must come back first, those who must not last.
fn prefer(persons: &[(i64, usize)], kept: &[&Relation], board: &Board<'_>, task: usize) -> Vec<(i64, usize)> {
    let mut ordered: Vec<(i64, usize)> = persons.to_vec();
    for (cost, person) in &mut ordered {
        for relation in kept {
            let (a, b) = relation.tasks();
            let Some(at) = board.placed[if task == a { b } else { a }] else { continue };
            match relation {
                Relation::SameCrew { .. } if !at.crew.contains(*person) => *cost += 1,
                Relation::OtherCrew { .. } if at.crew.contains(*person) => *cost += 1,
                _ => {}
            }
        }
    }
    ordered.sort_unstable();
    ordered
}

/// Starts at which at least as many as a role needs have time.
fn enough(role: Role, rows: &[SlotSet]) -> SlotSet {
    let eligible: Vec<&SlotSet> = role.eligible.iter().map(|person| &rows[person]).collect();
    if role.count == 1 {
        return eligible.into_iter().fold(SlotSet::new(), |any, row| any.or(row));
    }
    let words = eligible.iter().map(|row| row.word_range().end).max().unwrap_or(0);
    let word = |at: usize| {
        let mut held = 0;
        for bit in 0..64 {
            let count = eligible.iter().filter(|row| row.word(at) >> bit & 1 == 1).count();
            held |= u64::from(count >= role.count as usize) << bit;
        }
        held
    };
    SlotSet::from_words(0, (0..words).map(word).collect())
}

/// The fewest constraints that leave nothing between them: first one, then two, then three; beyond that the constraints are left out one by
/// one as long as the rest still leaves nothing.
fn smallest(facts: &Facts<'_, '_>) -> Vec<Reason> {
    let causes = &facts.causes;
    let grid = facts.grid();
    let pick = |chosen: &[usize]| chosen.iter().map(|at| causes[*at].clone()).collect::<Vec<_>>();
    for a in 0..causes.len() {
        if causes[a].leaves.and(&grid).is_empty() {
            return pick(&[a]);
        }
    }
    for a in 0..causes.len() {
        for b in a + 1..causes.len() {
            if causes[a].leaves.and(&causes[b].leaves).is_empty() {
                return pick(&[a, b]);
            }
        }
    }
    for a in 0..causes.len().min(40) {
        for b in a + 1..causes.len().min(40) {
            let both = causes[a].leaves.and(&causes[b].leaves);
            for c in b + 1..causes.len().min(40) {
                if both.and(&causes[c].leaves).is_empty() {
                    return pick(&[a, b, c]);
                }
            }
        }
    }
    let mut kept: Vec<usize> = (0..causes.len()).collect();
    let alive = |kept: &[usize]| kept.iter().fold(grid.clone(), |all, at| all.and(&causes[*at].leaves));
    let all = alive(&kept);
    if !all.is_empty() {
        return match facts.best(&all, None) {
            Some(_) => Vec::new(),
            None => vec![Reason { cause: Cause::Together, leaves: all }],
        };
    }
    for at in 0..causes.len() {
        let fewer: Vec<usize> = kept.iter().copied().filter(|other| *other != at).collect();
        if alive(&fewer).is_empty() {
            kept = fewer;
        }
    }
    pick(&kept)
}
