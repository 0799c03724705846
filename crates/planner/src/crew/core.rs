use super::board::Board;
use super::compile::{Compiled, Rank};
use super::mandatory::{Mandatory, is_missing};
use super::starts::{Scratch, find};
use crate::bound::bound;
use crate::check::Fault;
use crate::problem::{Need, PersonSet, Placement, Problem, Solution};
use crate::rng::Rng;
use crate::slots::bits;

/// Mandatory tasks that cannot hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Core {
    /// Which; locked tasks stand where they are and are not named. Without any one of them the search finds a place for all the others.
    pub tasks: Vec<usize>,
    /// Is it sure?
    pub proof: Proof,
}

/// How sure it is that tasks cannot hold together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// A task has no start or too few people even when it is alone.
    Alone,
    /// People have not enough time, however it is shared out; so many crew-slots are missing.
    PeopleShort(u64),
    /// A resource has not enough between two slots, however tasks lie there; so many units and slots are missing.
    ResourceShort {
        /// Which.
        resource: usize,
        /// From this slot.
        from: u32,
        /// To this slot.
        to: u32,
        /// How much is missing.
        missing: u64,
    },
    /// All ways were tried.
    Exhausted,
    /// The search found no way within its effort; there may be one.
    NotProven,
}

/// How hard to look for a core.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoreOptions {
    /// Where chance begins.
    pub seed: u64,
    /// How often tasks may push one another aside each time a part of them is tried.
    pub ejections: u64,
    /// Placements tried before a proof is given up.
    pub tries: u64,
    /// Parts that are tried.
    pub parts: u32,
}

impl Default for CoreOptions {
    fn default() -> Self {
        Self { seed: 1, ejections: 400, tries: 200_000, parts: 400 }
    }
}

/// Looks for mandatory tasks that cannot all be placed, and as few as possible; none when all can be. Tasks are left out as long as the
/// rest still has no place (a deletion filter), first many at once, then one by one.
///
/// # Errors
///
/// What [`Problem::check`] finds.
pub fn core(problem: &Problem, options: &CoreOptions) -> Result<Option<Core>, Vec<Fault>> {
    problem.check()?;
    let mut filter = Filter { problem, options, parts: 0 };
    let all = mandatory(problem);
    let alone = Compiled::new(problem);
    if let Some(task) = all.iter().find(|task| is_hopeless(&alone, **task)) {
        return Ok(Some(Core { tasks: vec![*task], proof: Proof::Alone }));
    }
    if filter.whole(&all).is_some() {
        return Ok(None);
    }
    let tasks = filter.reduce(all);
    let proof = filter.prove(&tasks)?;
    Ok(Some(Core { tasks, proof }))
}

/// Looks as hard as [`core()`] does for places for all mandatory tasks together, and for nothing else. Whenever this finds none, `core` with the
/// same options names those that cannot hold together.
///
/// # Errors
///
/// What [`Problem::check`] finds.
pub fn hold_all(problem: &Problem, options: &CoreOptions) -> Result<Option<Solution>, Vec<Fault>> {
    problem.check()?;
    let all = mandatory(problem);
    let alone = Compiled::new(problem);
    if all.iter().any(|task| is_hopeless(&alone, *task)) || bound(problem)?.mandatory_shortfall_slots > 0 {
        return Ok(None);
    }
    let mut filter = Filter { problem, options, parts: 0 };
    Ok(filter.whole(&all).map(|placements| Solution { placements }))
}

fn mandatory(problem: &Problem) -> Vec<usize> {
    let is_due =
        |task: &usize| problem.tasks[*task].need == Need::Mandatory && problem.tasks[*task].locked.is_none();
    (0..problem.tasks.len()).filter(is_due).collect()
}

/// Has a task no start of its own, or nobody to do it?
fn is_hopeless(compiled: &Compiled<'_>, task: usize) -> bool {
    let ready = &compiled.tasks[task];
    let roles = &compiled.problem.tasks[task].crew;
    let is_alternative = ready.choice.is_some();
    !is_alternative
        && (ready.domain.is_empty() || roles.iter().any(|role| role.eligible.count() < role.count))
}

struct Filter<'a> {
    problem: &'a Problem,
    options: &'a CoreOptions,
    parts: u32,
}

impl Filter<'_> {
    /// The problem with only these tasks mandatory. What they need first stays as an option, and so do their alternatives.
    fn part(&self, tasks: &[usize]) -> Problem {
        let mut part = self.problem.clone();
        part.tasks.iter_mut().for_each(|task| task.need = Need::Optional);
        tasks.iter().for_each(|task| part.tasks[*task].need = Need::Mandatory);
        part
    }

    /// Places for all of them, by all means there are.
    fn whole(&mut self, all: &[usize]) -> Option<Vec<Option<Placement>>> {
        self.places(all, self.options.ejections.saturating_mul(50)).or_else(|| {
            let part = self.part(all);
            let compiled = Compiled::new(&part);
            let mut board = Board::new(&compiled);
            (self.try_all(&mut board) == Tried::Possible).then_some(board.placed)
        })
    }

    /// Places for these tasks and for what they need.
    fn places(&mut self, tasks: &[usize], ejections: u64) -> Option<Vec<Option<Placement>>> {
        self.parts += 1;
        let part = self.part(tasks);
        let compiled = Compiled::new(&part);
        let mut board = Board::new(&compiled);
        let mut scratch = Scratch::new(compiled.stride, part.persons.len());
        let mut rng = Rng::new(self.options.seed, u64::from(self.parts));
        Mandatory::new(&board).place(&mut board, &mut scratch, &mut rng, ejections);
        (board.mandatory_missing == 0).then_some(board.placed)
    }

    /// Leaves out what can be left out: chunks of the list, ever smaller ones.
    fn reduce(&mut self, mut tasks: Vec<usize>) -> Vec<usize> {
        // Tasks of one time stand together, so that chunks take away whole days.
        tasks.sort_by_key(|task| (self.problem.tasks[*task].starts.first(), *task));
        let mut chunk = tasks.len().div_ceil(2);
        while chunk > 0 {
            let mut from = 0;
            while from < tasks.len() && self.parts < self.options.parts {
                let rest: Vec<usize> = [&tasks[..from], &tasks[(from + chunk).min(tasks.len())..]].concat();
                if rest.is_empty() || self.places(&rest, self.options.ejections).is_some() {
                    from += chunk;
                } else {
                    tasks = rest;
                }
            }
            chunk /= 2;
        }
        tasks.sort_unstable();
        tasks
    }

    fn try_all(&self, board: &mut Board<'_>) -> Tried {
        Tries { left: self.options.tries, scratch: Vec::new() }.place_rest(board)
    }

    fn prove(&self, tasks: &[usize]) -> Result<Proof, Vec<Fault>> {
        let part = self.part(tasks);
        let short = bound(&part)?.mandatory_shortfall_slots;
        if short > 0 {
            return Ok(Proof::PeopleShort(short));
        }
        let compiled = Compiled::new(&part);
        if let Some(proof) = resource_short(&compiled) {
            return Ok(proof);
        }
        Ok(match self.try_all(&mut Board::new(&compiled)) {
            Tried::Impossible => Proof::Exhausted,
            Tried::Possible | Tried::GaveUp => Proof::NotProven,
        })
    }
}

/// A stretch of time in which tasks that lie wholly in it need more of a resource than there is.
fn resource_short(compiled: &Compiled<'_>) -> Option<Proof> {
    let problem = compiled.problem;
    for resource in 0..problem.resources.len() {
        let mut needs = Vec::new();
        for (ready, task) in compiled.tasks.iter().zip(&problem.tasks) {
            let amount = u64::from(super::compile::total(task, resource)) * u64::from(task.duration);
            if let (Some(first), Some(last)) = (ready.domain.first(), ready.domain.last())
                && (ready.rank == Rank::Mandatory && ready.choice.is_none() && amount > 0)
            {
                needs.push((first, last + task.duration, amount));
            }
        }
        let has = |slot: u32| u64::from(problem.resources[resource].capacity_at(slot));
        for (from, ..) in &needs {
            for (_, to, _) in &needs {
                let inside = needs.iter().filter(|(first, end, _)| from <= first && end <= to);
                let wanted: u64 = inside.map(|(.., amount)| amount).sum();
                let there: u64 = (*from..*to).map(has).sum();
                if wanted > there {
                    return Some(Proof::ResourceShort {
                        resource,
                        from: *from,
                        to: *to,
                        missing: wanted - there,
                    });
                }
            }
        }
    }
    None
}

/// What trying all ways came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Tried {
    Possible,
    Impossible,
    GaveUp,
}

/// Tries every start and every crew of every mandatory task, the one with the fewest first; when they all have a place, they keep it.
struct Tries {
    left: u64,
    scratch: Vec<Placement>,
}

impl Tries {
    fn place_rest(&mut self, board: &mut Board<'_>) -> Tried {
        let compiled = board.compiled;
        if board.mandatory_missing == 0 {
            return Tried::Possible;
        }
        // An optional task that must come first, or an alternative, would have to be tried as well.
        let is_simple = |task: &u32| {
            let ready = &compiled.tasks[*task as usize];
            let needs = ready.relations.iter().map(|index| compiled.relation(*index));
            ready.choice.is_none()
                && needs.filter(|relation| relation.needs_first()).all(|relation| {
                    let (first, _) = relation.tasks();
                    compiled.tasks[first].rank != Rank::Optional
                })
        };
        let due: Vec<u32> = board
            .unplaced
            .iter()
            .copied()
            .filter(|task| compiled.tasks[*task as usize].rank == Rank::Mandatory)
            .collect();
        if !due.iter().all(is_simple) {
            return Tried::GaveUp;
        }
        let mut fewest: Option<(u32, Vec<Placement>)> = None;
        for task in due {
            // One that waits for another can have no place before it.
            let waits = compiled.tasks[task as usize].relations.iter().any(|index| {
                let relation = compiled.relation(*index);
                relation.needs_first()
                    && relation.tasks().1 == task as usize
                    && is_missing(board, relation.tasks().0)
            });
            if waits {
                continue;
            }
            let Some(options) = self.options(board, task as usize) else { return Tried::GaveUp };
            if fewest.as_ref().is_none_or(|(_, least)| options.len() < least.len()) {
                fewest = Some((task, options));
            }
        }
        let Some((task, options)) = fewest else { return Tried::GaveUp };
        for at in options {
            if self.left == 0 {
                return Tried::GaveUp;
            }
            self.left -= 1;
            board.place(task as usize, at);
            let tried = self.place_rest(board);
            if tried != Tried::Impossible {
                return tried;
            }
            board.lift(task as usize);
        }
        Tried::Impossible
    }

    /// All starts and crews of a task beside what is placed; none when they are too many to list.
    fn options(&mut self, board: &Board<'_>, task: usize) -> Option<Vec<Placement>> {
        let mut scratch = Scratch::new(board.compiled.stride, board.compiled.problem.persons.len());
        self.scratch.clear();
        if !find(board, &mut scratch, task, 0..board.compiled.problem.slots) {
            return Some(Vec::new());
        }
        let count = board.compiled.tasks[task].crew;
        for word in 0..scratch.words {
            for bit in bits(scratch.open[word]) {
                let start = (scratch.first_word + word) as u32 * 64 + bit;
                let is_able = |person: &usize| scratch.free[person * scratch.width + word] >> bit & 1 == 1;
                let able: Vec<usize> = scratch.able.iter().filter(is_able).collect();
                each_crew(&able, count as usize, PersonSet::NOBODY, &mut |crew| {
                    let at = Placement { start, crew };
                    if board.fits(task, at) {
                        self.scratch.push(at);
                    }
                    self.scratch.len() < 5000
                });
            }
        }
        (self.scratch.len() < 5000).then(|| self.scratch.clone())
    }
}

/// Calls `f` with every choice of so many of these persons until it says no.
fn each_crew(
    persons: &[usize],
    count: usize,
    chosen: PersonSet,
    f: &mut impl FnMut(PersonSet) -> bool,
) -> bool {
    if count == 0 {
        return f(chosen);
    }
    (0..persons.len()).all(|at| {
        persons.len() - at < count
            || each_crew(&persons[at + 1..], count - 1, chosen.or(PersonSet::one(persons[at])), f)
    })
}
