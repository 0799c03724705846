//! When a profile is above, below or at a level, or another profile: profiles to windows.
//!
//! Each window holds at exactly the nanoseconds at which [`Profile::at`] meets the condition, so `below` is the complement
//! of `at_least`, and `at_most` that of `above`, to the nanosecond. A crossing inside a segment is therefore rounded up: it is
//! the first nanosecond at which the new state is true.

use super::{Profile, ProfileError};
use crate::{Interval, Time, Window};

/// Which way a profile passes a level.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Direction {
    /// From below to at or above.
    Rising,
    /// From at or above to below.
    Falling,
}

impl Profile {
    /// When it is above `level`, in its own unit.
    #[must_use]
    pub fn above(&self, level: f64) -> Window {
        self.while_passing(Bound::Above(level))
    }

    /// When it is at or above `level`, in its own unit.
    #[must_use]
    pub fn at_least(&self, level: f64) -> Window {
        self.while_passing(Bound::AtLeast(level))
    }

    /// When it is below `level`, in its own unit.
    #[must_use]
    pub fn below(&self, level: f64) -> Window {
        self.at_least(level).not(self.domain)
    }

    /// When it is at or below `level`, in its own unit.
    #[must_use]
    pub fn at_most(&self, level: f64) -> Window {
        self.above(level).not(self.domain)
    }

    /// When it is not zero: the window that a profile of 0 and 1 stands for.
    #[must_use]
    pub fn when_true(&self) -> Window {
        self.above(0.0).or(&self.below(0.0))
    }

    /// When it is less than `other`, looked at where both have values.
    ///
    /// Both are subtracted and the difference compared with zero, so that crossings of lines are rounded as above.
    ///
    /// # Errors
    /// When the units differ or the two share no time.
    pub fn less_than(&self, other: &Self) -> Result<Window, ProfileError> {
        Ok(self.sub(other)?.below(0.0))
    }

    /// When it is more than `other`, looked at where both have values.
    ///
    /// # Errors
    /// When the units differ or the two share no time.
    pub fn more_than(&self, other: &Self) -> Result<Window, ProfileError> {
        Ok(self.sub(other)?.above(0.0))
    }

    /// When it is at least `other`, looked at where both have values.
    ///
    /// # Errors
    /// When the units differ or the two share no time.
    pub fn no_less_than(&self, other: &Self) -> Result<Window, ProfileError> {
        Ok(self.sub(other)?.at_least(0.0))
    }

    /// When it is at most `other`, looked at where both have values.
    ///
    /// # Errors
    /// When the units differ or the two share no time.
    pub fn no_more_than(&self, other: &Self) -> Result<Window, ProfileError> {
        Ok(self.sub(other)?.at_most(0.0))
    }

    /// The first instant after `after` at which it passes `level` in the given direction, by a line or by a jump.
    ///
    /// What already is past the level at `after` has to come back first; ask [`Profile::below`] for
    /// [`Window::first_from`] when being there counts too.
    ///
    /// ```
    /// use timeline::{Direction, Duration, Interval, Profile, Time, Unit};
    /// let day = |d| Time::EPOCH + Duration::DAY * d;
    /// let food = Profile::through("store.food", Unit::KILOGRAM, [(day(0), 500.0), (day(100), 0.0)])?;
    /// let reserve_date = food.first_crossing(225.0, Direction::Falling, day(0)).unwrap();
    /// assert_eq!(reserve_date.gmt(), "2000/055 23:59"); // 55 days after the epoch, which is 32 s before UTC midnight
    /// # Ok::<(), timeline::ProfileError>(())
    /// ```
    #[must_use]
    pub fn first_crossing(&self, level: f64, direction: Direction, after: Time) -> Option<Time> {
        let from = Interval::new(after.max(self.domain.start()), self.domain.end())?;
        let wanted = direction == Direction::Rising;
        let mut states = self.states(from, Bound::AtLeast(level));
        let mut before = states.next()?.1;
        for (time, state) in states {
            if state != before && state == wanted {
                return Some(time);
            }
            before = state;
        }
        None
    }

    fn while_passing(&self, bound: Bound) -> Window {
        let mut intervals = Vec::new();
        let mut since = None;
        for (time, passing) in self.states(self.domain, bound) {
            match (since, passing) {
                (None, true) => since = Some(time),
                (Some(start), false) => {
                    intervals.extend(Interval::new(start, time));
                    since = None;
                }
                _ => {}
            }
        }
        intervals.extend(since.and_then(|start| Interval::new(start, self.domain.end())));
        Window::from_disjoint(intervals)
    }

    /// Whether the value passes, at the start of every piece inside `within` and wherever that changes inside a piece.
    fn states(&self, within: Interval, bound: Bound) -> impl Iterator<Item = (Time, bool)> {
        self.pieces(within).flat_map(move |(segment, part)| {
            let passing = bound.passed_by(segment.value_at(part.start()));
            let flip = segment.flip(part, bound.level(), |value| bound.passed_by(value));
            std::iter::once((part.start(), passing)).chain(flip.map(|time| (time, !passing)))
        })
    }
}

/// What a value is compared with.
#[derive(Clone, Copy)]
enum Bound {
    Above(f64),
    AtLeast(f64),
}

impl Bound {
    fn level(self) -> f64 {
        match self {
            Self::Above(level) | Self::AtLeast(level) => level,
        }
    }

    fn passed_by(self, value: f64) -> bool {
        match self {
            Self::Above(level) => value > level,
            Self::AtLeast(level) => value >= level,
        }
    }
}
