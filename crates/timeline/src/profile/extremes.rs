//! Lowest and highest values, and when.

use super::Profile;
use crate::{Interval, Time, Window};

/// The lowest or highest value, and the first time it is reached.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Extreme {
    /// When: the first time at which the value is taken, or the end of the segment that comes to it.
    pub time: Time,
    /// The value, in the profile's unit.
    pub value: f64,
}

impl Profile {
    /// The lowest value inside `interval`; nothing when it has no value there.
    ///
    /// The value that a line comes to at its end counts: before a delivery a stock is as low as it gets.
    ///
    /// ```
    /// use timeline::{Duration, Interval, Profile, Time, Unit};
    /// let day = |d| Time::EPOCH + Duration::DAY * d;
    /// let month = Interval::new(day(0), day(30)).unwrap();
    /// let kg_per_s = |kg_per_day: f64| kg_per_day / 86_400.0;
    /// let segments = [(day(0), 60.0, kg_per_s(-3.0)), (day(10), 90.0, kg_per_s(-1.5))];
    /// let water = Profile::linear("store.water", Unit::KILOGRAM, month, segments)?;
    /// let lowest = water.minimum(month).unwrap();
    /// assert_eq!((lowest.value, lowest.time), (30.0, day(10)));
    /// # Ok::<(), timeline::ProfileError>(())
    /// ```
    #[must_use]
    pub fn minimum(&self, interval: Interval) -> Option<Extreme> {
        self.extreme(interval, |candidate, best| candidate < best)
    }

    /// The highest value inside `interval`; nothing when it has no value there. The value a line comes to counts.
    #[must_use]
    pub fn maximum(&self, interval: Interval) -> Option<Extreme> {
        self.extreme(interval, |candidate, best| candidate > best)
    }

    /// The lowest value while a window holds; nothing when it has no value then.
    #[must_use]
    pub fn minimum_over(&self, window: &Window) -> Option<Extreme> {
        let each = window.iter().filter_map(|interval| self.minimum(interval));
        each.reduce(|best, next| if next.value < best.value { next } else { best })
    }

    /// The highest value while a window holds; nothing when it has no value then.
    #[must_use]
    pub fn maximum_over(&self, window: &Window) -> Option<Extreme> {
        let each = window.iter().filter_map(|interval| self.maximum(interval));
        each.reduce(|best, next| if next.value > best.value { next } else { best })
    }

    fn extreme(&self, interval: Interval, better: impl Fn(f64, f64) -> bool) -> Option<Extreme> {
        let mut best: Option<Extreme> = None;
        for (segment, part) in self.pieces(interval) {
            for time in [part.start(), part.end()] {
                let value = segment.value_at(time);
                if best.is_none_or(|best| better(value, best.value)) {
                    best = Some(Extreme { time, value });
                }
            }
        }
        best
    }
}
