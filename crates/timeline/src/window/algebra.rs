//! How windows are combined, moved and thinned.

use super::Window;
use crate::{Duration, Interval, Time};

impl Window {
    /// When both hold.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let (left, right) = (&self.intervals, &other.intervals);
        let mut both = Vec::with_capacity(left.len().max(right.len()));
        let (mut i, mut j) = (0, 0);
        while i < left.len() && j < right.len() {
            both.extend(left[i].intersection(right[j]));
            let left_ends_first = left[i].end() <= right[j].end();
            i += usize::from(left_ends_first);
            j += usize::from(!left_ends_first);
        }
        Self::from_disjoint(both)
    }

    /// When either holds, or both.
    #[must_use]
    pub fn or(&self, other: &Self) -> Self {
        Self::from_sorted(merged(&self.intervals, &other.intervals))
    }

    /// When it does not hold, looked at inside `within` only.
    #[must_use]
    pub fn not(&self, within: Interval) -> Self {
        let mut gaps = Vec::with_capacity(self.intervals.len() + 1);
        let mut free_from = within.start();
        let first = self.first_ending_after(within.start());
        for interval in self.intervals[first..].iter().take_while(|interval| interval.start() < within.end())
        {
            gaps.extend(Interval::new(free_from, interval.start()));
            free_from = interval.end();
        }
        gaps.extend(Interval::new(free_from, within.end()));
        Self::from_disjoint(gaps)
    }

    /// When it holds and `other` does not.
    #[must_use]
    pub fn minus(&self, other: &Self) -> Self {
        self.and(&other.not(Interval::ALWAYS))
    }

    /// When it holds inside `within`.
    #[must_use]
    pub fn clip(&self, within: Interval) -> Self {
        let first = self.first_ending_after(within.start());
        let inside = self.intervals[first..].iter().map_while(|interval| interval.intersection(within));
        Self::from_disjoint(inside.collect())
    }

    /// The same, `by` later; open ends stay open.
    #[must_use]
    pub fn shift(&self, by: Duration) -> Self {
        Self::from_sorted(self.iter().filter_map(|interval| interval.shifted(by)))
    }

    /// Each interval begun `before` earlier and ended `after` later; what then touches is joined. Open ends stay open.
    ///
    /// A negative length shortens, as in [`Window::shrink`].
    #[must_use]
    pub fn widen(&self, before: Duration, after: Duration) -> Self {
        let widened =
            |interval: Interval| Interval::new(interval.start().moved(-before), interval.end().moved(after));
        Self::from_sorted(self.iter().filter_map(widened))
    }

    /// Each interval begun `before` later and ended `after` earlier; what is too short vanishes. Open ends stay open.
    ///
    /// ```
    /// # use timeline::{Duration, Interval, Time, Window};
    /// // A pass is usable ten seconds after rise until ten seconds before set.
    /// let minute = |m| Time::EPOCH + Duration::MINUTE * m;
    /// let pass = Window::from(Interval::new(minute(0), minute(8)).unwrap());
    /// let usable = pass.shrink(Duration::SECOND * 10, Duration::SECOND * 10);
    /// assert_eq!(usable.total(), Duration::SECOND * 460);
    /// ```
    #[must_use]
    pub fn shrink(&self, before: Duration, after: Duration) -> Self {
        self.widen(-before, -after)
    }

    /// Only the intervals that last longer than `duration`.
    #[must_use]
    pub fn longer_than(&self, duration: Duration) -> Self {
        Self::from_disjoint(self.iter().filter(|interval| interval.duration() > duration).collect())
    }

    /// Only the intervals that last at least `duration`: where something that takes so long fits.
    #[must_use]
    pub fn lasting(&self, duration: Duration) -> Self {
        Self::from_disjoint(self.iter().filter(|interval| interval.duration() >= duration).collect())
    }
}

/// Both lists in one, in order of start.
fn merged<'a>(left: &'a [Interval], right: &'a [Interval]) -> impl Iterator<Item = Interval> + 'a {
    let (mut i, mut j) = (0, 0);
    let start = |list: &[Interval], at: usize| list.get(at).map_or(Time::MAX, |interval| interval.start());
    (0..left.len() + right.len()).map(move |_| {
        // No interval starts at the end of time, so an exhausted list never comes first.
        let take_left = start(left, i) < start(right, j);
        let next = if take_left { left[i] } else { right[j] };
        i += usize::from(take_left);
        j += usize::from(!take_left);
        next
    })
}
