use std::ops::Range;

use super::board::{Board, gaps_of};
use super::compile::Compiled;
use super::score::move_cost;
use super::starts::{Scratch, find};
use crate::problem::{PersonSet, Placement};
use crate::rng::Rng;
use crate::slots::bits;

/// Where to put a task that fits at several starts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pick {
    /// Where it wastes least.
    Tightest,
    /// Mostly so, and now and then anywhere, so that no plan is out of reach.
    Varied,
}

/// In so many of 100 cases anywhere.
const ANYWHERE: u32 = 20;

/// How many starts are looked at closely.
const SAMPLES: usize = 6;

/// Places a task within one of the spans where it wastes least, if it has a place there. A look at a few starts out of all: those
/// that leave no gap on either side first.
pub(crate) fn insert(
    board: &mut Board<'_>,
    scratch: &mut Scratch,
    rng: &mut Rng,
    task: usize,
    span: Range<u32>,
    pick: Pick,
) -> bool {
    if !find(board, scratch, task, span) {
        return false;
    }
    if pick == Pick::Varied
        && rng.chance(ANYWHERE)
        && let Some(at) = anywhere(board, scratch, rng, task)
    {
        board.place(task, at);
        return true;
    }
    let mut starts = [0; SAMPLES + 1];
    let count = sample(board, scratch, rng, task, &mut starts);
    let mut best: Option<(i64, Placement)> = None;
    for start in &starts[..count] {
        if let Some((cost, at)) = price(board, scratch, rng, task, *start)
            && best.is_none_or(|(least, _)| cost < least)
        {
            best = Some((cost, at));
        }
    }
    let Some((_, at)) = best else { return false };
    board.place(task, at);
    true
}

/// One of all open starts.
fn anywhere(board: &Board<'_>, scratch: &Scratch, rng: &mut Rng, task: usize) -> Option<Placement> {
    let total = scratch.open[..scratch.words].iter().map(|word| word.count_ones() as usize).sum();
    let mut starts = [0; 1];
    draw(board, scratch, rng, (1, total), &mut starts, 0, None);
    price(board, scratch, rng, task, starts[0]).map(|(_, at)| at)
}

/// Draws starts to look at: of exact fits, else of those with a neighbour on one side, else of all; and where the task stood before.
fn sample(board: &Board<'_>, scratch: &mut Scratch, rng: &mut Rng, task: usize, starts: &mut [u32]) -> usize {
    let ready = &board.compiled.tasks[task];
    let mut count = 0;
    if let Some(before) = board.compiled.problem.tasks[task].previous
        && is_open(scratch, before.placement.start)
    {
        starts[0] = before.placement.start;
        count = 1;
    }
    let most = count + SAMPLES;
    if ready.crew > 0 || !ready.scarce_rows.is_empty() {
        let mut tight = [0usize; 2];
        for at in 0..scratch.words {
            let (both, one) = fit_words(board, scratch, task, at);
            tight[0] += both.count_ones() as usize;
            tight[1] += one.count_ones() as usize;
        }
        let take = tight[0].min(SAMPLES);
        count = draw(board, scratch, rng, (take, tight[0]), starts, count, Some((task, 0)));
        let take = (most - count).min(tight[1]);
        count = draw(board, scratch, rng, (take, tight[1]), starts, count, Some((task, 1)));
        if count > most - SAMPLES {
            return count;
        }
    }
    let all = scratch.open[..scratch.words].iter().map(|word| word.count_ones() as usize).sum::<usize>();
    draw(board, scratch, rng, (all.min(SAMPLES - 2), all), starts, count, None)
}

fn is_open(scratch: &Scratch, slot: u32) -> bool {
    let at = (slot as usize / 64).wrapping_sub(scratch.first_word);
    at < scratch.words && scratch.open[at] >> (slot % 64) & 1 == 1
}

/// Draws `take` of the `total` starts of one sort, evenly spaced from a random one on.
fn draw(
    board: &Board<'_>,
    scratch: &Scratch,
    rng: &mut Rng,
    (take, total): (usize, usize),
    starts: &mut [u32],
    mut count: usize,
    sort: Option<(usize, usize)>,
) -> usize {
    if take == 0 {
        return count;
    }
    let offset = rng.below(total);
    let mut wanted: [usize; SAMPLES] = std::array::from_fn(|at| (offset + at * total / take) % total);
    let wanted = &mut wanted[..take];
    wanted.sort_unstable();
    let (mut passed, mut next) = (0, 0);
    for at in 0..scratch.words {
        let word = match sort {
            None => scratch.open[at],
            Some((task, 0)) => fit_words(board, scratch, task, at).0,
            Some((task, _)) => fit_words(board, scratch, task, at).1,
        };
        let ones = word.count_ones() as usize;
        while next < take && wanted[next] < passed + ones {
            let bit = bits(word).nth(wanted[next] - passed).unwrap_or(0);
            starts[count] = (scratch.first_word + at) as u32 * 64 + bit;
            count += 1;
            next += 1;
        }
        passed += ones;
    }
    count
}

/// Of one word of starts: those at which there is no gap before and none after, and those with only one of both. Looked at are the
/// scarce devices that the task needs, or else its people.
fn fit_words(board: &Board<'_>, scratch: &Scratch, task: usize, at: usize) -> (u64, u64) {
    let ready = &board.compiled.tasks[task];
    let word = scratch.first_word + at;
    let (mut both, mut one) = (0, 0);
    let mut look = |starts: u64, free: &[u64]| {
        let (before, after) = busy_beside(free, word, ready.duration as usize);
        both |= starts & before & after;
        one |= starts & (before ^ after);
    };
    if ready.scarce_rows.is_empty() {
        for person in scratch.able.iter() {
            let starts = scratch.free[person * scratch.width + at] & scratch.open[at];
            if starts != 0 {
                look(starts, board.row_of(person, 0));
            }
        }
    }
    for row in &ready.scarce_rows {
        look(scratch.open[at], board.level_row(*row));
    }
    (both, one & !both)
}

/// For each slot of a word: is the one before it taken, and the one `duration` after it?
fn busy_beside(free: &[u64], word: usize, duration: usize) -> (u64, u64) {
    let carried = word.checked_sub(1).map_or(0, |before| free[before] >> 63);
    let (skip, shift) = (word + duration / 64, duration % 64);
    let low = free.get(skip).copied().unwrap_or(0) >> shift;
    let high = if shift == 0 { 0 } else { free.get(skip + 1).copied().unwrap_or(0) << (64 - shift) };
    (!(free[word] << 1 | carried), !(low | high))
}

/// What placing a task at a start with its best crew would waste, in thousandths of value, and that crew.
fn price(
    board: &Board<'_>,
    scratch: &Scratch,
    rng: &mut Rng,
    task: usize,
    start: u32,
) -> Option<(i64, Placement)> {
    let ready = &board.compiled.tasks[task];
    let given = &board.compiled.problem.tasks[task];
    let range = start..start + ready.duration;
    let mut cost = device_cost(board, task, range.clone());
    let (at, bit) = (start as usize / 64 - scratch.first_word, start % 64);
    let mut costs: [(i64, usize); 64] = [(0, 0); 64];
    let mut count = 0;
    for person in scratch.able.iter() {
        if scratch.free[person * scratch.width + at] >> bit & 1 == 1 {
            let noise = (rng.next() >> 32) as i64 * board.compiled.slot_worth >> 32;
            let load = board.ledger.load_slope(person) * i64::from(ready.duration);
            let must = if scratch.must.contains(person) { i64::MIN / 4 } else { 0 };
            let before = given.previous.map_or(0, |before| {
                if before.placement.crew.contains(person) { 0 } else { i64::from(before.person_cost) * 1000 }
            });
            costs[count] = (gap_cost(board, person, range.clone()) + noise + load + before + must, person);
            count += 1;
        }
    }
    let costs = &mut costs[..count];
    costs.sort_unstable();
    let crew = crew_of(given, costs)?;
    let in_crew =
        costs.iter().filter(|(_, person)| crew.contains(*person) && !scratch.must.contains(*person));
    cost += in_crew.map(|(cost, _)| cost).sum::<i64>();
    let at = Placement { start, crew };
    Some((cost + move_cost(given, at), at)).filter(|(_, at)| scratch.must.without(at.crew).is_empty())
}

/// The worth of the free slots that a person could no longer use on either side, and a little for every gap.
fn gap_cost(board: &Board<'_>, person: usize, range: Range<u32>) -> i64 {
    let (before, after) = board.gaps(person, range);
    let compiled = board.compiled;
    let gaps = i64::from(before > 0) + i64::from(after > 0);
    compiled.slot_worth * (2 * i64::from(compiled.lost[before] + compiled.lost[after]) + gaps)
}

/// The same for devices that mandatory work needs.
fn device_cost(board: &Board<'_>, task: usize, range: Range<u32>) -> i64 {
    let compiled = board.compiled;
    let cost = |row: &u32| {
        let (before, after) = gaps_of(board.level_row(*row), range.clone());
        compiled.slot_worth * 4 * (i64::from(before > 0) + i64::from(after > 0))
    };
    compiled.tasks[task].scarce_rows.iter().map(cost).sum()
}

/// Fills the roles of a task from persons in the given order, the earlier ones first; none if they are too few.
pub(crate) fn crew_of(task: &crate::Task, persons: &[(i64, usize)]) -> Option<PersonSet> {
    if let [role] = &task.crew[..] {
        let chosen =
            persons.iter().map(|(_, person)| *person).filter(|person| role.eligible.contains(*person));
        let crew: PersonSet = chosen.take(role.count as usize).collect();
        return (crew.count() == role.count).then_some(crew);
    }
    let mut seats = Seats::new(task);
    let mut crew = PersonSet::NOBODY;
    for (_, person) in persons {
        if seats.add(*person) {
            crew = crew.or(PersonSet::one(*person));
        }
    }
    (crew.count() == task.crew_count()).then_some(crew)
}

/// Is this crew one that fills all roles, with nobody left over?
pub(crate) fn seats(compiled: &Compiled<'_>, task: usize, crew: PersonSet) -> bool {
    let persons: Vec<(i64, usize)> = crew.iter().map(|person| (0, person)).collect();
    crew_of(&compiled.problem.tasks[task], &persons) == Some(crew)
}

/// Persons who take seats, each seat of one role; a new one may move others to other seats (Kuhn's augmenting paths). Who has a seat
/// keeps one, so adding persons cheapest first gives the cheapest crew: seats are a matroid.
struct Seats<'a> {
    roles: &'a [crate::Role],
    held: Vec<Vec<usize>>,
}

impl<'a> Seats<'a> {
    fn new(task: &'a crate::Task) -> Self {
        Self { roles: &task.crew, held: vec![Vec::new(); task.crew.len()] }
    }

    fn add(&mut self, person: usize) -> bool {
        let mut seen = 0;
        self.seat(person, &mut seen)
    }

    fn seat(&mut self, person: usize, seen: &mut u64) -> bool {
        for role in 0..self.roles.len() {
            if !self.roles[role].eligible.contains(person) || *seen >> role.min(63) & 1 == 1 {
                continue;
            }
            *seen |= 1 << role.min(63);
            if self.held[role].len() < self.roles[role].count as usize {
                self.held[role].push(person);
                return true;
            }
            for at in 0..self.held[role].len() {
                let other = self.held[role][at];
                if self.seat(other, seen) {
                    self.held[role][at] = person;
                    return true;
                }
            }
        }
        false
    }
}
