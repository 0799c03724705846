use std::ops::Range;

use super::board::{Board, NOTHING};
use crate::problem::{PersonSet, Relation};
use crate::slots::{for_words, keep_runs};

/// Rows of slots that are worked in again and again: which starts are open for one task, for whom.
pub(crate) struct Scratch {
    /// Index of the first word of all rows.
    pub(crate) first_word: usize,
    /// Words of each row that count.
    pub(crate) words: usize,
    /// Open starts: everything but the choice of persons is settled.
    pub(crate) open: Vec<u64>,
    /// For each person a row of `width`: starts at which they could take part.
    pub(crate) free: Vec<u64>,
    pub(crate) width: usize,
    /// Those whose row in `free` is not empty.
    pub(crate) able: PersonSet,
    /// Those who must be in the crew.
    pub(crate) must: PersonSet,
    common: Vec<u64>,
    counters: [Vec<u64>; 7],
}

impl Scratch {
    pub(crate) fn new(stride: usize, persons: usize) -> Self {
        Self {
            first_word: 0,
            words: 0,
            open: vec![0; stride],
            free: vec![0; stride * persons],
            width: stride,
            able: PersonSet::NOBODY,
            must: PersonSet::NOBODY,
            common: vec![0; stride],
            counters: std::array::from_fn(|_| vec![0; stride]),
        }
    }
}

/// Finds where an unplaced task could start within a span, beside all that is placed. The starts are in `scratch.open`; for tasks of
/// several roles that share persons a start may still turn out to have too few.
pub(crate) fn find(board: &Board<'_>, scratch: &mut Scratch, task: usize, span: Range<u32>) -> bool {
    let ready = &board.compiled.tasks[task];
    if ready.choice.is_some_and(|choice| board.chosen[choice] != NOTHING) {
        return false;
    }
    let Some((span, who)) = related(board, task, span) else { return false };
    let domain = ready.domain.word_range();
    let first = domain.start.max(span.start as usize / 64);
    let end = domain.end.min((span.end as usize).div_ceil(64));
    if first >= end {
        return false;
    }
    scratch.first_word = first;
    scratch.words = end - first;
    for (at, word) in scratch.open[..end - first].iter_mut().enumerate() {
        *word = ready.domain.word(first + at);
    }
    clip(&mut scratch.open, first, end, &span);
    apart(board, scratch, task);
    resources(board, scratch, task);
    scratch.must = who.must;
    scratch.able = PersonSet::NOBODY;
    scratch.open[..scratch.words].iter().any(|word| *word != 0) && crews(board, scratch, task, who)
}

/// Whom relations allow, and who they say must take part.
#[derive(Clone, Copy)]
struct Who {
    may: PersonSet,
    must: PersonSet,
}

/// Narrows a span and a crew by the relations with placed tasks; none when nothing is left.
fn related(board: &Board<'_>, task: usize, span: Range<u32>) -> Option<(Range<u32>, Who)> {
    let ready = &board.compiled.tasks[task];
    let (mut low, mut high) = (span.start, span.end);
    let mut who = Who { may: ready.eligible, must: PersonSet::NOBODY };
    for index in &ready.relations {
        let relation = board.compiled.relation(*index);
        let (a, b) = relation.tasks();
        let is_first = task == a;
        let other = if is_first { b } else { a };
        let Some(at) = board.placed[other] else {
            if !is_first && relation.needs_first() {
                return None;
            }
            continue;
        };
        let other_end = at.start + board.compiled.tasks[other].duration;
        match *relation {
            Relation::Before { min_slots, max_slots, .. } if is_first => {
                high = high.min((at.start + 1).checked_sub(min_slots)?.checked_sub(ready.duration)?);
                if let Some(most) = max_slots {
                    low = low.max(at.start.saturating_sub(most).saturating_sub(ready.duration));
                }
            }
            Relation::Before { min_slots, max_slots, .. } => {
                low = low.max(other_end.saturating_add(min_slots));
                high =
                    max_slots.map_or(high, |most| high.min(other_end.saturating_add(most).saturating_add(1)));
            }
            Relation::Apart { .. } => {}
            Relation::SameCrew { .. } if ready.crew <= at.crew.count() => who.may = who.may.and(at.crew),
            Relation::SameCrew { .. } => who.must = who.must.or(at.crew),
            Relation::OtherCrew { .. } => who.may = who.may.without(at.crew),
        }
    }
    (low < high).then_some((low..high, who))
}

/// Clears the bits outside a span.
fn clip(row: &mut [u64], first: usize, end: usize, span: &Range<u32>) {
    let (from, to) = (first as u32 * 64, end as u32 * 64);
    clear(row, first, from..span.start.clamp(from, to));
    clear(row, first, span.end.clamp(from, to)..to);
}

fn clear(row: &mut [u64], first: usize, range: Range<u32>) {
    for_words(range, |at, mask| row[at - first] &= !mask);
}

/// Takes out the starts too near to tasks that this one keeps apart from.
fn apart(board: &Board<'_>, scratch: &mut Scratch, task: usize) {
    let ready = &board.compiled.tasks[task];
    let (from, to) = (scratch.first_word as u32 * 64, (scratch.first_word + scratch.words) as u32 * 64);
    for index in &ready.relations {
        if let Relation::Apart { a, b, gap_slots } = *board.compiled.relation(*index)
            && let other = if task == a { b } else { a }
            && let Some(at) = board.placed[other]
        {
            let low = (at.start + 1).saturating_sub(gap_slots.saturating_add(ready.duration));
            let high = (at.start + board.compiled.tasks[other].duration).saturating_add(gap_slots);
            clear(&mut scratch.open, scratch.first_word, low.clamp(from, to)..high.clamp(from, to));
        }
    }
}

/// Words that must be read so that runs of a task starting in the last of `words` are seen.
fn reach(board: &Board<'_>, scratch: &Scratch, duration: u32) -> usize {
    (scratch.words + duration as usize / 64 + 1).min(board.compiled.stride - scratch.first_word)
}

fn resources(board: &Board<'_>, scratch: &mut Scratch, task: usize) {
    let ready = &board.compiled.tasks[task];
    if ready.rows.is_empty() {
        return;
    }
    let reach = reach(board, scratch, ready.duration);
    let common = &mut scratch.common[..reach];
    common.fill(u64::MAX);
    for row in &ready.rows {
        let start = *row as usize * board.compiled.stride + scratch.first_word;
        for (word, has) in common.iter_mut().zip(&board.rows[start..start + reach]) {
            *word &= has;
        }
    }
    keep_runs(common, ready.duration);
    for (open, word) in scratch.open[..scratch.words].iter_mut().zip(&scratch.common) {
        *open &= word;
    }
}

/// Finds for each person where they could take part, and leaves the starts at which every role has enough.
fn crews(board: &Board<'_>, scratch: &mut Scratch, task: usize, who: Who) -> bool {
    let ready = &board.compiled.tasks[task];
    if ready.crew == 0 {
        return true;
    }
    if !who.must.without(who.may).is_empty() {
        return false;
    }
    let reach = reach(board, scratch, ready.duration);
    for person in who.may.iter() {
        person_row(board, scratch, task, person, reach);
    }
    for person in who.must.iter() {
        narrow(scratch, person);
    }
    for role in &board.compiled.problem.tasks[task].crew {
        let able = role.eligible.and(scratch.able);
        if able.count() < role.count {
            return false;
        }
        at_least(scratch, able, role.count);
    }
    scratch.open[..scratch.words].iter().any(|word| *word != 0)
}

fn person_row(board: &Board<'_>, scratch: &mut Scratch, task: usize, person: usize, reach: usize) {
    let ready = &board.compiled.tasks[task];
    let first = scratch.first_word;
    let start = person * scratch.width;
    let row = &mut scratch.free[start..start + reach];
    row.copy_from_slice(&board.row_of(person, ready.class)[first..first + reach]);
    keep_runs(row, ready.duration);
    let mut any = 0;
    for (word, open) in row.iter_mut().zip(&scratch.open[..scratch.words]) {
        *word &= open;
        any |= *word;
    }
    if any != 0 && !ready.limits.is_empty() {
        any = limit_days(board, scratch, task, person);
    }
    if any != 0 {
        scratch.able = scratch.able.or(PersonSet::one(person));
    }
}

/// Clears the days on which a person has had enough; returns all bits that are left, one over the other.
fn limit_days(board: &Board<'_>, scratch: &mut Scratch, task: usize, person: usize) -> u64 {
    let problem = board.compiled.problem;
    let (first, words) = (scratch.first_word, scratch.words);
    let (from, to) = (first as u32 * 64, (first + words) as u32 * 64);
    let row = &mut scratch.free[person * scratch.width..person * scratch.width + words];
    for day in problem.day_of(from)..problem.day_starts.len() {
        let range = problem.day_range(day);
        if range.start >= to {
            break;
        }
        if !board.within_limits(task, person, range.start) {
            clear(row, first, range.start.clamp(from, to)..range.end.clamp(from, to));
        }
    }
    row.iter().fold(0, |any, word| any | word)
}

fn narrow(scratch: &mut Scratch, person: usize) {
    let start = person * scratch.width;
    let is_able = scratch.able.contains(person);
    for at in 0..scratch.words {
        scratch.open[at] &= if is_able { scratch.free[start + at] } else { 0 };
    }
}

/// Leaves the starts at which at least `count` of `able` are free. One and all are plain OR and AND; between them the persons are
/// counted by bit-sliced adders: word `i` of the counters holds bit `i` of 64 counts at once.
fn at_least(scratch: &mut Scratch, able: PersonSet, count: u32) {
    let (words, width) = (scratch.words, scratch.width);
    if count == able.count() {
        for person in able.iter() {
            narrow(scratch, person);
        }
        return;
    }
    if count == 1 {
        for at in 0..words {
            let any = able.iter().fold(0, |any, person| any | scratch.free[person * width + at]);
            scratch.open[at] &= any;
        }
        return;
    }
    for counter in &mut scratch.counters {
        counter[..words].fill(0);
    }
    for person in able.iter() {
        for at in 0..words {
            let mut carry = scratch.free[person * width + at];
            for counter in &mut scratch.counters {
                let sum = counter[at] ^ carry;
                carry &= counter[at];
                counter[at] = sum;
            }
        }
    }
    for at in 0..words {
        scratch.open[at] &= not_below(&scratch.counters, at, count);
    }
}

/// Where a bit-sliced count is at least `least`, compared from the highest bit down.
fn not_below(counters: &[Vec<u64>; 7], at: usize, least: u32) -> u64 {
    let (mut above, mut equal) = (0, u64::MAX);
    for (bit, counter) in counters.iter().enumerate().rev() {
        if least >> bit & 1 == 1 {
            equal &= counter[at];
        } else {
            above |= equal & counter[at];
            equal &= !counter[at];
        }
    }
    above | equal
}
