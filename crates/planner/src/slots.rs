use std::ops::Range;

/// A set of slots of the grid, one bit a slot. Only the words between its first and last member are kept, so a narrow window of a
/// long horizon is small. Equal sets compare equal.
#[derive(Clone, PartialEq, Eq, Debug, Default, Hash)]
pub struct SlotSet {
    /// Index of the first kept word; 0 when the set is empty.
    first_word: usize,
    /// Neither the first nor the last word is zero.
    words: Vec<u64>,
}

impl SlotSet {
    /// No slot.
    #[must_use]
    pub const fn new() -> Self {
        Self { first_word: 0, words: Vec::new() }
    }

    /// The slots `range.start..range.end`.
    #[must_use]
    pub fn from_range(range: Range<u32>) -> Self {
        Self::from_ranges([range])
    }

    /// The union of half-open ranges in any order; empty and inverted ones count for nothing.
    #[must_use]
    pub fn from_ranges(ranges: impl IntoIterator<Item = Range<u32>>) -> Self {
        let mut words = Vec::new();
        for range in ranges {
            set_range(&mut words, range);
        }
        Self::from_words(0, words)
    }

    pub(crate) fn from_words(first_word: usize, mut words: Vec<u64>) -> Self {
        let Some(lowest) = words.iter().position(|word| *word != 0) else { return Self::new() };
        while words.last() == Some(&0) {
            words.pop();
        }
        words.drain(..lowest);
        words.shrink_to_fit();
        Self { first_word: first_word + lowest, words }
    }

    /// The word that holds slots `64 * index ..`.
    pub(crate) fn word(&self, index: usize) -> u64 {
        index.checked_sub(self.first_word).and_then(|at| self.words.get(at)).copied().unwrap_or(0)
    }

    /// The words that are not all zero lie in this range of indices.
    pub(crate) fn word_range(&self) -> Range<usize> {
        self.first_word..self.first_word + self.words.len()
    }

    /// Is `slot` in the set?
    #[must_use]
    pub fn contains(&self, slot: u32) -> bool {
        self.word(slot as usize / 64) >> (slot % 64) & 1 == 1
    }

    /// Is there no slot in the set?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// How many slots.
    #[must_use]
    pub fn count(&self) -> u32 {
        self.words.iter().map(|word| word.count_ones()).sum()
    }

    /// The earliest slot.
    #[must_use]
    pub fn first(&self) -> Option<u32> {
        self.words.first().map(|word| self.first_word as u32 * 64 + word.trailing_zeros())
    }

    /// The latest slot.
    #[must_use]
    pub fn last(&self) -> Option<u32> {
        let last = self.words.last()?;
        Some((self.first_word + self.words.len()) as u32 * 64 - 1 - last.leading_zeros())
    }

    /// The slots in rising order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.words.iter().enumerate().flat_map(|(at, word)| {
            let base = (self.first_word + at) as u32 * 64;
            bits(*word).map(move |bit| base + bit)
        })
    }

    /// The set as maximal half-open ranges in rising order.
    #[must_use]
    pub fn ranges(&self) -> Vec<Range<u32>> {
        let mut ranges: Vec<Range<u32>> = Vec::new();
        for slot in self.iter() {
            match ranges.last_mut() {
                Some(last) if last.end == slot => last.end += 1,
                _ => ranges.push(slot..slot + 1),
            }
        }
        ranges
    }

    /// Slots in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let (ours, theirs) = (self.word_range(), other.word_range());
        let range = ours.start.max(theirs.start)..ours.end.min(theirs.end);
        let first = range.start;
        Self::from_words(first, range.map(|at| self.word(at) & other.word(at)).collect())
    }

    /// Slots in either.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        if self.is_empty() {
            return other.clone();
        }
        if other.is_empty() {
            return self.clone();
        }
        let (ours, theirs) = (self.word_range(), other.word_range());
        let range = ours.start.min(theirs.start)..ours.end.max(theirs.end);
        let first = range.start;
        Self::from_words(first, range.map(|at| self.word(at) | other.word(at)).collect())
    }

    /// Slots in this set and not in `other`.
    #[must_use]
    pub fn without(&self, other: &Self) -> Self {
        let words = self.word_range().map(|at| self.word(at) & !other.word(at)).collect();
        Self::from_words(self.first_word, words)
    }

    /// The slots `s` for which all of `s .. s + length` are in the set: where something of that length may start. A length of 0
    /// counts as 1.
    #[must_use]
    pub fn starts_of(&self, length: u32) -> Self {
        let mut words = self.words.clone();
        keep_runs(&mut words, length);
        Self::from_words(self.first_word, words)
    }
}

impl FromIterator<u32> for SlotSet {
    fn from_iter<I: IntoIterator<Item = u32>>(slots: I) -> Self {
        Self::from_ranges(slots.into_iter().map(|slot| slot..slot.saturating_add(1)))
    }
}

/// The positions of the ones of a word, rising.
pub(crate) fn bits(mut word: u64) -> impl Iterator<Item = u32> {
    std::iter::from_fn(move || {
        if word == 0 {
            return None;
        }
        let bit = word.trailing_zeros();
        word &= word - 1;
        Some(bit)
    })
}

/// Sets the bits of a range, growing the words when they do not reach.
fn set_range(words: &mut Vec<u64>, range: Range<u32>) {
    if range.is_empty() {
        return;
    }
    let last = (range.end - 1) as usize / 64;
    if words.len() <= last {
        words.resize(last + 1, 0);
    }
    for_words(range, |at, mask| words[at] |= mask);
}

/// Calls `f` with every word index that a range touches and the mask of its bits there.
pub(crate) fn for_words(range: Range<u32>, mut f: impl FnMut(usize, u64)) {
    if range.is_empty() {
        return;
    }
    let (first, last) = (range.start as usize / 64, (range.end - 1) as usize / 64);
    let low = u64::MAX << (range.start % 64);
    let high = u64::MAX >> (63 - (range.end - 1) % 64);
    if first == last {
        f(first, low & high);
        return;
    }
    f(first, low);
    for at in first + 1..last {
        f(at, u64::MAX);
    }
    f(last, high);
}

/// Leaves those bits that begin a run of `length` ones, by a logarithm of `length` shifts and ANDs; beyond the words all is zero.
pub(crate) fn keep_runs(words: &mut [u64], length: u32) {
    let mut have = 1;
    while have < length {
        let step = have.min(length - have);
        and_shifted_down(words, step);
        have += step;
    }
}

/// `words &= words >> shift`, over word borders.
fn and_shifted_down(words: &mut [u64], shift: u32) {
    let (skip, bits) = (shift as usize / 64, shift % 64);
    for at in 0..words.len() {
        let low = words.get(at + skip).copied().unwrap_or(0);
        let shifted = if bits == 0 {
            low
        } else {
            low >> bits | words.get(at + skip + 1).copied().unwrap_or(0) << (64 - bits)
        };
        words[at] &= shifted;
    }
}
