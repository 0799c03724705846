use std::ops::Range;

use super::board::Board;
use super::choose::{Pick, insert};
use super::compile::{MILLI, Rank};
use super::conflict::{cheapest_crew, conflict};
use super::mandatory::{depths, draw_starts};
use super::starts::Scratch;
use crate::problem::{PersonSet, Placement};
use crate::rng::Rng;

/// Ruin and recreate with annealed acceptance (Schrimpf et al., "Record breaking optimization results using the ruin and recreate
/// principle", J. Comput. Phys. 159, 2000): a few neighbouring tasks are taken away, whatever fits best is put there, and the new
/// plan is kept when it is better or, rarely, a little worse. A plan that lacks more mandatory work than before is never kept.
pub(crate) struct Improver {
    rng: Rng,
    scratch: Scratch,
    depth: Vec<u32>,
    /// What lifting a task costs when something else wants its place, in whole values.
    weights: Vec<u32>,
    /// Worth of an average optional task, thousandths: the measure of temperature.
    typical: f64,
    /// The best plan seen and its score.
    pub(crate) best: Vec<Option<Placement>>,
    pub(crate) best_score: i64,
    pub(crate) best_missing: usize,
    site: Site,
    list: Vec<(f64, u32)>,
    /// How strictly the present recreation looks for tight places.
    pick: Pick,
    /// Unplaced tasks that what was lifted stood in the way of, wherever their place is.
    woken: Vec<u32>,
}

/// Where a ruin has made room.
#[derive(Default)]
struct Site {
    lifted: Vec<(u32, Placement)>,
    spans: Vec<Range<u32>>,
    persons: PersonSet,
    /// The longest free run of each of the persons near the spans.
    runs: Vec<u32>,
}

/// Highest and lowest temperature, in worths of a typical optional task. Of 0.06 to 0.5 for the highest, tried on a week of 600 tasks, the
/// lowest was best by less than seeds differ.
const HOT: f64 = 0.06;
const COLD: f64 = 0.01;
/// So often the search cools down: each time it may leave what the last one was caught in.
const COOLINGS: f64 = 2.0;

/// Of 100 recreations so many are loose: of 100 tasks some go anywhere rather than where room was made, some where they fit badly, some
/// nowhere.
const LOOSE: u32 = 8;
const ROAMING: u32 = 20;
const SKIPPED: u32 = 20;

impl Improver {
    pub(crate) fn new(board: &Board<'_>, rng: Rng) -> Self {
        let compiled = board.compiled;
        let optional = compiled.tasks.iter().filter(|task| task.rank == Rank::Optional && task.worth > 0);
        let (sum, count) =
            optional.fold((0.0, 0.0), |(sum, count), task| (sum + task.worth as f64, count + 1.0));
        let typical = if count > 0.0 { sum / count } else { MILLI as f64 };
        let weigh = |task: &super::compile::Ready| match task.rank {
            Rank::Optional => (task.worth / MILLI).clamp(0, i64::from(u32::MAX)) as u32,
            _ => ((compiled.slot_worth * i64::from(task.duration) * i64::from(task.crew.max(1))) / MILLI / 2)
                .clamp(1, i64::from(u32::MAX)) as u32,
        };
        Self {
            rng,
            scratch: Scratch::new(compiled.stride, compiled.problem.persons.len()),
            depth: depths(board),
            weights: compiled.tasks.iter().map(weigh).collect(),
            typical,
            best: board.placed.clone(),
            best_score: board.score(),
            best_missing: board.mandatory_missing,
            site: Site { runs: vec![0; 64], ..Site::default() },
            list: Vec::new(),
            pick: Pick::Tightest,
            woken: Vec::new(),
        }
    }

    /// Puts in whatever fits, densest worth first: the first full plan.
    pub(crate) fn fill(&mut self, board: &mut Board<'_>) {
        let tasks = &board.compiled.tasks;
        let mut order = board.unplaced.clone();
        order.sort_by(|a, b| {
            let key = |task: u32| (self.depth[task as usize], -tasks[task as usize].density);
            let ((depth_a, density_a), (depth_b, density_b)) = (key(*a), key(*b));
            depth_a.cmp(&depth_b).then(density_a.total_cmp(&density_b)).then(a.cmp(b))
        });
        for task in order {
            if board.placed[task as usize].is_none() && self.gains(board, task as usize) {
                let all = 0..board.compiled.problem.slots;
                insert(board, &mut self.scratch, &mut self.rng, task as usize, all, Pick::Tightest);
            }
        }
        board.commit();
        self.remember(board);
    }

    /// Would a place for this task be worth anything?
    fn gains(&self, board: &Board<'_>, task: usize) -> bool {
        let ready = &board.compiled.tasks[task];
        ready.rank == Rank::Mandatory || ready.worth > 0 || !ready.dependents.is_empty() || {
            board.ledger.share_slope(board.compiled.problem.tasks[task].partner) > 0
        }
    }

    fn remember(&mut self, board: &Board<'_>) {
        let now = (board.mandatory_missing, -board.score());
        if now < (self.best_missing, -self.best_score) {
            (self.best_missing, self.best_score) = (board.mandatory_missing, board.score());
            self.best.clone_from(&board.placed);
        }
    }

    /// So many ruins and recreations, at the temperature of this share of the whole search.
    pub(crate) fn run(&mut self, board: &mut Board<'_>, iterations: u64, spent: f64) {
        let phase = (spent.clamp(0.0, 0.999_999) * COOLINGS).fract();
        let temperature = self.typical * HOT * (COLD / HOT).powf(phase);
        for _ in 0..iterations {
            self.step(board, temperature);
        }
    }

    fn step(&mut self, board: &mut Board<'_>, temperature: f64) {
        let before = (board.score(), board.mandatory_missing);
        self.site.lifted.clear();
        self.site.spans.clear();
        self.site.persons = PersonSet::NOBODY;
        match self.rng.below(100) {
            0..50 => self.ruin_stretch(board),
            50..80 => self.make_way(board),
            _ => self.ruin_two(board),
        }
        self.recreate(board);
        let gain = (board.score() - before.0) as f64;
        let is_kept = board.mandatory_missing < before.1
            || board.mandatory_missing == before.1
                && (gain >= 0.0 || gain > temperature * self.rng.unit().max(1e-300).ln());
        if is_kept {
            board.commit();
            if gain > 0.0 || board.mandatory_missing < before.1 {
                self.remember(board);
            }
        } else {
            board.undo();
        }
    }

    /// A placed task that may be moved, drawn at random.
    fn draw_placed(&mut self, board: &Board<'_>) -> Option<(usize, Placement)> {
        for _ in 0..32 {
            let task = self.rng.below(board.placed.len().max(1));
            if let Some(Some(at)) = board.placed.get(task)
                && board.compiled.tasks[task].rank != Rank::Locked
            {
                return Some((task, *at));
            }
        }
        None
    }

    /// Lifts everything of one to three persons in a stretch of time.
    fn ruin_stretch(&mut self, board: &mut Board<'_>) {
        let Some((task, at)) = self.draw_placed(board) else { return };
        let long = board.compiled.longest.clamp(4, 48);
        let width = self.rng.between(long / 2, long * 3);
        let middle = at.start + self.rng.between(0, board.compiled.tasks[task].duration);
        let span = middle.saturating_sub(width / 2)..(middle + width / 2).min(board.compiled.problem.slots);
        let mut persons = at.crew;
        let more = [0, 0, 0, 1, 1, 2][self.rng.below(6)];
        let others = board.compiled.tasks[task].eligible.without(at.crew);
        for _ in 0..more {
            let left: Vec<usize> = others.without(persons).iter().collect();
            if !left.is_empty() {
                persons = persons.or(PersonSet::one(left[self.rng.below(left.len())]));
            }
        }
        let keeps_mandatory = self.rng.chance(50);
        for person in persons.iter() {
            self.lift_stretch(board, person, span.clone(), keeps_mandatory);
        }
        if persons.is_empty() {
            self.lift(board, task);
        }
    }

    fn lift_stretch(
        &mut self,
        board: &mut Board<'_>,
        person: usize,
        span: Range<u32>,
        keeps_mandatory: bool,
    ) {
        let mut slot = span.start;
        while slot < span.end {
            let owner = board.owner_at(person, slot);
            slot += 1;
            if owner == super::board::NOTHING {
                continue;
            }
            let rank = board.compiled.tasks[owner as usize].rank;
            if rank == Rank::Optional || rank == Rank::Mandatory && !keeps_mandatory {
                self.lift(board, owner as usize);
            }
        }
    }

    /// Lifts a task and what hangs on it, and notes where that makes room.
    fn lift(&mut self, board: &mut Board<'_>, task: usize) {
        let from = board.done();
        board.lift(task);
        for at in from..board.done() {
            self.site.lifted.extend(board.lifted(at));
        }
    }

    /// An unplaced task: of two drawn at random the denser, or the one worth more, or any.
    fn draw_unplaced(&mut self, board: &Board<'_>) -> usize {
        let mut draw = || board.unplaced[self.rng.below(board.unplaced.len())] as usize;
        let (a, b) = (draw(), draw());
        let [first, second] = [&board.compiled.tasks[a], &board.compiled.tasks[b]];
        let is_less = match self.rng.below(3) {
            0 => first.density < second.density,
            1 => first.worth < second.worth,
            _ => false,
        };
        if is_less { b } else { a }
    }

    /// Puts an unplaced task where it displaces least.
    fn make_way(&mut self, board: &mut Board<'_>) {
        if board.unplaced.is_empty() {
            return self.ruin_stretch(board);
        }
        let task = self.draw_unplaced(board);
        if !self.gains(board, task) {
            return;
        }
        let mut best: Option<(Placement, Vec<u32>)> = None;
        let mut limit = u64::MAX;
        for start in draw_starts(board, &mut self.rng, task, 0..board.compiled.problem.slots, 10) {
            if let Some(crew) = cheapest_crew(board, &self.weights, task, start, self.rng.next())
                && let at = (Placement { start, crew })
                && let Some(found) = conflict(board, &self.weights, task, at, limit)
                && (found.weight < limit || best.is_none())
            {
                limit = found.weight;
                best = Some((at, found.tasks));
            }
        }
        if let Some((at, others)) = best {
            for other in others {
                self.lift(board, other as usize);
            }
            board.place(task, at);
        }
    }

    /// Lifts two tasks of like people with their neighbours, at two places, so that they can change places.
    fn ruin_two(&mut self, board: &mut Board<'_>) {
        let Some((first, at)) = self.draw_placed(board) else { return };
        let mut second = None;
        for _ in 0..8 {
            let Some((other, there)) = self.draw_placed(board) else { break };
            let shared = board.compiled.tasks[first].eligible.and(board.compiled.tasks[other].eligible);
            if other != first && !shared.is_empty() {
                second = Some((other, there));
                break;
            }
        }
        for (task, at) in [Some((first, at)), second].into_iter().flatten() {
            let margin = self.rng.between(0, board.compiled.longest.min(24) / 2);
            let end = at.start + board.compiled.tasks[task].duration;
            let span = at.start.saturating_sub(margin)..(end + margin).min(board.compiled.problem.slots);
            self.lift(board, task);
            for person in at.crew.iter() {
                let keeps_mandatory = self.rng.chance(60);
                self.lift_stretch(board, person, span.clone(), keeps_mandatory);
            }
        }
    }

    /// Fills the room that was made, and tells which spans of starts are worth a look.
    fn recreate(&mut self, board: &mut Board<'_>) {
        self.pick = if self.rng.chance(LOOSE) { Pick::Varied } else { Pick::Tightest };
        self.survey(board);
        self.wake(board);
        self.list_candidates(board);
        let list = std::mem::take(&mut self.list);
        for (_, task) in &list {
            let task = *task as usize;
            let ready = &board.compiled.tasks[task];
            let is_skipped = self.is_loose() && self.rng.chance(SKIPPED)
                || ready.crew > 0
                    && !self.has_run(ready.eligible, ready.duration)
                    && !self.woken.contains(&(task as u32));
            if is_skipped && ready.rank == Rank::Optional {
                continue;
            }
            let is_placed = self.insert(board, task);
            if is_placed {
                self.update_runs(board, board.placed[task].map_or(PersonSet::NOBODY, |at| at.crew));
            } else if ready.rank == Rank::Mandatory {
                let all = 0..board.compiled.problem.slots;
                if !insert(board, &mut self.scratch, &mut self.rng, task, all, Pick::Varied) {
                    break;
                }
            }
        }
        self.list = list;
    }

    /// Puts a task where it stood in the plan before, into the room that was made, or now and then anywhere.
    fn insert(&mut self, board: &mut Board<'_>, task: usize) -> bool {
        let all = 0..board.compiled.problem.slots;
        let (scratch, rng) = (&mut self.scratch, &mut self.rng);
        if let Some(before) = board.compiled.problem.tasks[task].previous
            && rng.chance(50)
        {
            let start = before.placement.start;
            if insert(board, scratch, rng, task, start..start.saturating_add(1), Pick::Tightest) {
                return true;
            }
        }
        if self.pick == Pick::Varied && rng.chance(ROAMING) {
            return insert(board, scratch, rng, task, all, Pick::Varied);
        }
        self.site.spans.iter().any(|span| insert(board, scratch, rng, task, span.clone(), self.pick))
            || self.woken.contains(&(task as u32)) && insert(board, scratch, rng, task, all, self.pick)
    }

    fn is_loose(&self) -> bool {
        self.pick == Pick::Varied
    }

    /// Notes the tasks that may have a place now, wherever that is: alternatives and relatives of what was lifted.
    fn wake(&mut self, board: &Board<'_>) {
        self.woken.clear();
        for (task, _) in &self.site.lifted {
            let ready = &board.compiled.tasks[*task as usize];
            let alternatives = ready.choice.map_or(&[][..], |choice| &board.compiled.choices[choice]);
            let relatives = ready.relations.iter().map(|index| {
                let (a, b) = board.compiled.relation(*index).tasks();
                (if a == *task as usize { b } else { a }) as u32
            });
            for other in alternatives.iter().copied().chain(relatives) {
                if board.placed[other as usize].is_none() && other != *task && !self.woken.contains(&other) {
                    self.woken.push(other);
                }
            }
        }
    }

    /// Finds the free stretches round what was lifted.
    fn survey(&mut self, board: &Board<'_>) {
        let mut spans: Vec<Range<u32>> = Vec::new();
        for (task, at) in &self.site.lifted {
            let duration = board.compiled.tasks[*task as usize].duration;
            let mut span = at.start..at.start + duration;
            for person in at.crew.iter() {
                let (before, after) = board.gaps(person, at.start..at.start + duration);
                span.start = span.start.min(at.start - before as u32);
                span.end = span.end.max(at.start + duration + after as u32);
            }
            // A device that nobody was needed for may be of use to anybody now.
            let anybody = PersonSet(u64::MAX >> (64 - board.compiled.problem.persons.len().clamp(1, 64)));
            let anybody = if board.compiled.problem.persons.is_empty() { PersonSet::NOBODY } else { anybody };
            self.site.persons = self.site.persons.or(if at.crew.is_empty() { anybody } else { at.crew });
            spans.push(span);
        }
        spans.sort_unstable_by_key(|span| span.start);
        for span in spans {
            match self.site.spans.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => self.site.spans.push(span),
            }
        }
        let persons = self.site.persons;
        self.update_runs(board, persons);
        if self.rng.chance(50) {
            self.site.spans.reverse();
        }
    }

    fn update_runs(&mut self, board: &Board<'_>, persons: PersonSet) {
        for person in persons.and(self.site.persons).iter() {
            let row = board.row_of(person, 0);
            let runs = self.site.spans.iter().map(|span| longest_run(row, span.clone()));
            self.site.runs[person] = runs.max().unwrap_or(0);
        }
    }

    fn has_run(&self, eligible: PersonSet, duration: u32) -> bool {
        eligible.and(self.site.persons).iter().any(|person| self.site.runs[person] >= duration)
    }

    /// Lists unplaced tasks that could use the room, in one of several orders: what is worth most a slot, most at all, longest, any.
    fn list_candidates(&mut self, board: &Board<'_>) {
        self.list.clear();
        let (Some(low), Some(high)) = (
            self.site.spans.iter().map(|span| span.start).min(),
            self.site.spans.iter().map(|span| span.end).max(),
        ) else {
            return;
        };
        let mode = self.rng.below(10);
        let noise = [0.1, 0.3, 0.8][self.rng.below(3)];
        let mandatory_first = self.rng.chance(75);
        for task in &board.unplaced {
            let ready = &board.compiled.tasks[*task as usize];
            let words = ready.domain.word_range();
            let is_near = words.end * 64 > low as usize
                && words.start * 64 < high as usize
                && (ready.crew == 0 || self.has_run(ready.eligible, ready.duration));
            if !(is_near || self.woken.contains(task)) || !self.gains(board, *task as usize) {
                continue;
            }
            let crew_slots = f64::from(ready.crew.max(1)) * f64::from(ready.duration);
            let worth = ready.worth as f64
                + crew_slots
                    * board.ledger.share_slope(board.compiled.problem.tasks[*task as usize].partner) as f64;
            let key = match mode {
                0..4 => worth / crew_slots,
                4..7 => worth,
                7..9 => crew_slots * MILLI as f64 + worth / crew_slots,
                _ => 1.0,
            };
            let key = key * (1.0 + noise * (self.rng.unit() - 0.5)) + f64::from(mode == 9) * self.rng.unit();
            let first = if ready.rank == Rank::Mandatory && mandatory_first { 1e15 } else { 0.0 };
            self.list.push((key + first - f64::from(self.depth[*task as usize]) * 1e16, *task));
        }
        self.list.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    }
}

/// The longest run of ones of a row within a range.
fn longest_run(row: &[u64], range: Range<u32>) -> u32 {
    let (mut longest, mut run) = (0, 0);
    crate::slots::for_words(range, |at, mask| {
        let mut word = row[at] & mask;
        if word == u64::MAX {
            run += 64;
            longest = longest.max(run);
            return;
        }
        let mut left = 64;
        while left > 0 {
            let ones = word.trailing_ones().min(left);
            run += ones;
            longest = longest.max(run);
            left -= ones;
            if left == 0 {
                break;
            }
            run = 0;
            word = word.checked_shr(ones).unwrap_or(0);
            let zeros = word.trailing_zeros().min(left);
            word = word.checked_shr(zeros).unwrap_or(0);
            left -= zeros;
        }
    });
    longest
}
