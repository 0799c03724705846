use crate::{Duration, Interval, Time};

mod algebra;

/// The set of times when something holds: daylight, a link, a free port.
///
/// Kept as half-open intervals in order of time, none of which overlaps or touches another, so that two windows that hold at
/// the same times are equal.
///
/// ```
/// use timeline::{Duration, Interval, Time, Window};
/// let hour = |h| Time::EPOCH + Duration::HOUR * h;
/// let between = |from, to| Interval::new(hour(from), hour(to)).unwrap();
/// let daylight = Window::from_intervals([between(3, 5), between(0, 2)]);
/// let link = Window::from(between(1, 4));
/// let both = daylight.and(&link);
/// assert_eq!(both.intervals(), [between(1, 2), between(3, 4)]);
/// assert_eq!(both.total(), Duration::HOUR * 2);
/// assert_eq!(daylight.not(between(0, 6)).intervals(), [between(2, 3), between(5, 6)]);
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Window {
    /// Sorted; each ends before the next begins.
    intervals: Vec<Interval>,
}

impl Window {
    /// Never.
    #[must_use]
    pub const fn empty() -> Self {
        Self { intervals: Vec::new() }
    }

    /// The time covered by any of the intervals, which may come in any order and overlap.
    #[must_use]
    pub fn from_intervals(intervals: impl IntoIterator<Item = Interval>) -> Self {
        let mut sorted: Vec<Interval> = intervals.into_iter().collect();
        sorted.sort_unstable();
        Self::from_sorted(sorted)
    }

    /// Joins what overlaps or touches; `sorted` is in order of start.
    fn from_sorted(sorted: impl IntoIterator<Item = Interval>) -> Self {
        let sorted = sorted.into_iter();
        let mut intervals: Vec<Interval> = Vec::with_capacity(sorted.size_hint().0);
        for next in sorted {
            match intervals.last_mut().and_then(|last| last.joined(next).map(|joined| (last, joined))) {
                Some((last, joined)) => *last = joined,
                None => intervals.push(next),
            }
        }
        Self { intervals }
    }

    /// Takes intervals that already are in order, apart from each other.
    pub(crate) fn from_disjoint(intervals: Vec<Interval>) -> Self {
        debug_assert!(intervals.windows(2).all(|pair| pair[0].end() < pair[1].start()), "intervals touch");
        Self { intervals }
    }

    /// The intervals in order of time, none overlapping or touching another.
    #[must_use]
    pub fn intervals(&self) -> &[Interval] {
        &self.intervals
    }

    /// The intervals one by one, in order of time.
    pub fn iter(&self) -> std::iter::Copied<std::slice::Iter<'_, Interval>> {
        self.intervals.iter().copied()
    }

    /// Whether it never holds.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.intervals.is_empty()
    }

    /// From the first time it holds to the last, if ever.
    #[must_use]
    pub fn span(&self) -> Option<Interval> {
        Interval::new(self.intervals.first()?.start(), self.intervals.last()?.end())
    }

    /// Whether it holds at `time`.
    #[must_use]
    pub fn contains(&self, time: Time) -> bool {
        self.intervals.get(self.first_ending_after(time)).is_some_and(|interval| interval.contains(time))
    }

    /// Whether it holds all through `interval`.
    #[must_use]
    pub fn covers(&self, interval: Interval) -> bool {
        let found = self.intervals.get(self.first_ending_after(interval.start()));
        found.is_some_and(|found| found.intersection(interval) == Some(interval))
    }

    /// Whether it holds at any time in `interval`.
    #[must_use]
    pub fn overlaps(&self, interval: Interval) -> bool {
        let found = self.intervals.get(self.first_ending_after(interval.start()));
        found.is_some_and(|found| found.overlaps(interval))
    }

    /// How long it holds in all; saturates at about 292 years.
    #[must_use]
    pub fn total(&self) -> Duration {
        self.iter().map(Interval::duration).sum()
    }

    /// The first instant after `after` at which it begins or ceases to hold.
    ///
    /// The ends of representable time are no change: what holds up to [`Time::MAX`] holds on.
    #[must_use]
    pub fn next_change(&self, after: Time) -> Option<Time> {
        let next = self.intervals.get(self.first_ending_after(after))?;
        let change = if next.start() > after { next.start() } else { next.end() };
        (change < Time::MAX).then_some(change)
    }

    /// The first stretch at or after `time`, cut so that it does not start before.
    ///
    /// ```
    /// # use timeline::{Duration, Interval, Time, Window};
    /// # let hour = |h| Time::EPOCH + Duration::HOUR * h;
    /// let passes = Window::from_intervals([Interval::new(hour(1), hour(3)).unwrap()]);
    /// assert_eq!(passes.first_from(hour(2)), Interval::new(hour(2), hour(3)));
    /// assert_eq!(passes.first_from(hour(3)), None);
    /// ```
    #[must_use]
    pub fn first_from(&self, time: Time) -> Option<Interval> {
        let next = self.intervals.get(self.first_ending_after(time))?;
        Interval::new(next.start().max(time), next.end())
    }

    fn first_ending_after(&self, time: Time) -> usize {
        self.intervals.partition_point(|interval| interval.end() <= time)
    }
}

impl From<Interval> for Window {
    fn from(interval: Interval) -> Self {
        Self { intervals: vec![interval] }
    }
}

impl FromIterator<Interval> for Window {
    fn from_iter<I: IntoIterator<Item = Interval>>(intervals: I) -> Self {
        Self::from_intervals(intervals)
    }
}

impl<'a> IntoIterator for &'a Window {
    type Item = Interval;
    type IntoIter = std::iter::Copied<std::slice::Iter<'a, Interval>>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Window {
    type Item = Interval;
    type IntoIter = std::vec::IntoIter<Interval>;
    fn into_iter(self) -> Self::IntoIter {
        self.intervals.into_iter()
    }
}
