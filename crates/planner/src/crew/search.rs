use super::board::Board;
use super::compile::{Compiled, Rank};
use super::improve::Improver;
use super::mandatory::Mandatory;
use super::score::{Worth, worth};
use super::starts::Scratch;
use crate::check::Fault;
use crate::problem::{Placement, Problem, Solution};
use crate::rng::Rng;

/// How to search.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// Where chance begins. The same seed, iterations and islands give the same plan on every machine and any number of threads.
    pub seed: u64,
    /// How many ruins and recreations each island makes. Without it the caller's answers to [`Progress`] say how much is spent, and the
    /// plan depends on the machine.
    pub iterations: Option<u64>,
    /// Searches that run apart and now and then copy the best one; at least 1. A part of the answer, unlike threads.
    pub islands: usize,
    /// On how many threads islands run; at least 1.
    pub threads: usize,
    /// A plan to begin with; what of it no longer fits is left out. Locked tasks stay where they are locked.
    pub start: Option<Solution>,
    /// How often mandatory work may push other work aside before the rest is planned without it.
    pub ejections: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { seed: 1, iterations: None, islands: 1, threads: 1, start: None, ejections: 20_000 }
    }
}

/// How far a search has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Progress {
    /// Ruins and recreations that each island has made; 0 when the first full plan stands.
    pub iterations: u64,
    /// Objective of the best plan so far.
    pub objective: f64,
    /// Mandatory tasks without a place in it.
    pub mandatory_missing: usize,
}

/// The caller's answer to [`Progress`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Continue {
    /// Go on; this part of the time is spent, from 0 to 1. From 1 on the search ends. Only its end is looked at when a number of iterations
    /// is given.
    Spent(f64),
    /// End now.
    Stop,
}

/// What a search came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// The best plan.
    pub solution: Solution,
    /// What it is worth.
    pub worth: Worth,
    /// Ruins and recreations that each island has made.
    pub iterations: u64,
    /// How often mandatory work had to push other work aside, over all islands.
    pub ejections: u64,
}

/// Iterations between two looks at the clock and, some of these apart, at the other islands.
const ROUND: u64 = 500;
/// Rounds between two exchanges of islands.
const EXCHANGE: u64 = 40;

/// Finds a plan and betters it until the caller says that it is enough, or the iterations are done. The first full plan is told to `progress`
/// as soon as it stands. All mandatory work has its place before anything else is looked at; when it has not, that can be a matter of
/// effort: [`core`](crate::core) looks closer.
///
/// # Errors
///
/// What [`Problem::check`] finds.
pub fn search(
    problem: &Problem,
    options: &Options,
    progress: &mut dyn FnMut(&Progress) -> Continue,
) -> Result<Outcome, Vec<Fault>> {
    problem.check()?;
    let compiled = Compiled::new(problem);
    let mut islands = vec![Island::new(&compiled, options, 0)];
    let mut done = 0;
    let mut answer = progress(&islands[0].progress(done));
    while let Some((iterations, spent)) = next_round(options, done, answer) {
        for stream in islands.len()..options.islands.max(1) {
            islands.push(Island::new(&compiled, options, stream as u64));
        }
        run_round(&mut islands, options.threads, iterations, spent);
        done += iterations;
        if done / ROUND % EXCHANGE == 0 {
            exchange(&mut islands);
        }
        answer = progress(&best_of(&islands).progress(done));
    }
    let solution = Solution { placements: best_of(&islands).improver.best.clone() };
    let worth = worth(problem, &solution);
    let ejections = islands.iter().map(|island| island.ejections).sum();
    Ok(Outcome { solution, worth, iterations: done, ejections })
}

/// How many iterations come next and how much of the search is spent; none when it is over.
fn next_round(options: &Options, done: u64, answer: Continue) -> Option<(u64, f64)> {
    match (options.iterations, answer) {
        (_, Continue::Stop) => None,
        (Some(all), _) => (done < all).then(|| (ROUND.min(all - done), done as f64 / all as f64)),
        (None, Continue::Spent(spent)) => (spent < 1.0).then_some((ROUND, spent)),
    }
}

fn run_round(islands: &mut [Island<'_>], threads: usize, iterations: u64, spent: f64) {
    let share = islands.len().div_ceil(threads.max(1));
    if share == islands.len() {
        islands.iter_mut().for_each(|island| island.improver.run(&mut island.board, iterations, spent));
        return;
    }
    std::thread::scope(|scope| {
        for part in islands.chunks_mut(share) {
            scope.spawn(move || {
                part.iter_mut().for_each(|island| island.improver.run(&mut island.board, iterations, spent));
            });
        }
    });
}

/// One search of several.
struct Island<'a> {
    board: Board<'a>,
    improver: Improver,
    ejections: u64,
}

impl<'a> Island<'a> {
    fn new(compiled: &'a Compiled<'a>, options: &Options, stream: u64) -> Self {
        let mut board = Board::new(compiled);
        let mut rng = Rng::new(options.seed, stream);
        if let Some(start) = &options.start {
            take_over(&mut board, &start.placements);
        }
        let mut scratch = Scratch::new(compiled.stride, compiled.problem.persons.len());
        let ejections = Mandatory::new(&board).place(&mut board, &mut scratch, &mut rng, options.ejections);
        let mut improver = Improver::new(&board, rng);
        improver.fill(&mut board);
        Self { board, improver, ejections }
    }

    fn key(&self) -> (usize, i64) {
        (self.improver.best_missing, -self.improver.best_score)
    }

    fn progress(&self, iterations: u64) -> Progress {
        Progress {
            iterations,
            objective: self.improver.best_score as f64 / super::compile::MILLI as f64,
            mandatory_missing: self.improver.best_missing,
        }
    }
}

fn best_of<'b, 'a>(islands: &'b [Island<'a>]) -> &'b Island<'a> {
    let best = (1..islands.len())
        .fold(0, |best, at| if islands[at].key() < islands[best].key() { at } else { best });
    &islands[best]
}

/// The island whose plan is worst goes on from the plan of the best one.
fn exchange(islands: &mut [Island<'_>]) {
    let key = |island: &Island<'_>| (island.board.mandatory_missing, -island.board.score());
    let mut order: Vec<usize> = (0..islands.len()).collect();
    order.sort_by_key(|at| (key(&islands[*at]), *at));
    if let (Some(best), Some(worst)) = (order.first(), order.last())
        && key(&islands[*best]) < key(&islands[*worst])
    {
        let placed = islands[*best].board.placed.clone();
        let board = &mut islands[*worst].board;
        for task in 0..placed.len() {
            board.lift(task);
        }
        take_over(board, &placed);
    }
}

/// Places what fits of a plan, in the order of time.
pub(crate) fn take_over(board: &mut Board<'_>, placed: &[Option<Placement>]) {
    let mut order: Vec<(u32, usize, Placement)> = placed
        .iter()
        .take(board.placed.len())
        .enumerate()
        .filter_map(|(task, at)| at.map(|at| (at.start, task, at)))
        .collect();
    order.sort_unstable();
    // Mandatory work comes first, so that only it can keep its place where both no longer can.
    for mandatory in [Rank::Mandatory, Rank::Optional, Rank::Mandatory] {
        for (_, task, at) in &order {
            let is_due = board.compiled.tasks[*task].rank == mandatory && board.placed[*task].is_none();
            if is_due && board.fits(*task, *at) {
                board.place(*task, *at);
            }
        }
    }
    board.commit();
}
