//! How profiles are made, from segments, points, changes and windows.

use super::{Profile, ProfileError};
use crate::{Interval, Time, Unit, Window};

impl Profile {
    /// One value throughout.
    ///
    /// # Errors
    /// When the value is not finite.
    pub fn constant(
        name: impl Into<String>,
        unit: Unit,
        domain: Interval,
        value: f64,
    ) -> Result<Self, ProfileError> {
        Self::step(name, unit, domain, [(domain.start(), value)])
    }

    /// A step profile from the times at which it takes new values; the first must be the start of the domain.
    ///
    /// # Errors
    /// When there are no values, one is not finite, or the times are not in order inside the domain.
    pub fn step(
        name: impl Into<String>,
        unit: Unit,
        domain: Interval,
        values: impl IntoIterator<Item = (Time, f64)>,
    ) -> Result<Self, ProfileError> {
        let (starts, values) = values.into_iter().unzip();
        Self { name: name.into(), unit, domain, starts, values, slopes_per_s: Vec::new() }.checked()
    }

    /// A linear profile from segments: start, value there, change per second from there on. The first must start where the
    /// domain does.
    ///
    /// # Errors
    /// When there are no segments, one is not finite up to its end, or the times are not in order inside the domain.
    pub fn linear(
        name: impl Into<String>,
        unit: Unit,
        domain: Interval,
        segments: impl IntoIterator<Item = (Time, f64, f64)>,
    ) -> Result<Self, ProfileError> {
        let (mut starts, mut values, mut slopes_per_s) = (Vec::new(), Vec::new(), Vec::new());
        for (start, value, slope_per_s) in segments {
            starts.push(start);
            values.push(value);
            slopes_per_s.push(slope_per_s);
        }
        Self { name: name.into(), unit, domain, starts, values, slopes_per_s }.checked()
    }

    /// A linear profile through points joined by straight lines, known from the first point up to the last.
    ///
    /// # Errors
    /// When there are fewer than two points, they are not in order of time, or one is not finite.
    pub fn through(
        name: impl Into<String>,
        unit: Unit,
        points: impl IntoIterator<Item = (Time, f64)>,
    ) -> Result<Self, ProfileError> {
        let name = name.into();
        let (mut starts, mut values): (Vec<Time>, Vec<f64>) = points.into_iter().unzip();
        if let Some(pair) = starts.windows(2).find(|pair| pair[0] >= pair[1]) {
            return Err(ProfileError::Order { name, time: pair[1] });
        }
        let Some(domain) = starts.first().zip(starts.last()).and_then(|(a, b)| Interval::new(*a, *b)) else {
            return Err(ProfileError::Empty { name });
        };
        let rises = values.windows(2).map(|pair| pair[1] - pair[0]);
        let lengths_s = starts.windows(2).map(|pair| pair[0].seconds_until(pair[1]));
        let slopes_per_s = rises.zip(lengths_s).map(|(rise, length_s)| rise / length_s).collect();
        starts.pop();
        values.pop();
        Self { name, unit, domain, starts, values, slopes_per_s }.checked()
    }

    /// A step profile of 1 while the window holds and 0 while it does not. [`Profile::when_true`] is the way back.
    #[must_use]
    pub fn from_window(name: impl Into<String>, window: &Window, domain: Interval) -> Self {
        let mut starts = vec![domain.start()];
        let mut values = vec![f64::from(u8::from(window.contains(domain.start())))];
        for interval in window {
            for (time, value) in [(interval.start(), 1.0), (interval.end(), 0.0)] {
                if time > domain.start() && time < domain.end() {
                    starts.push(time);
                    values.push(value);
                }
            }
        }
        Self { name: name.into(), unit: Unit::NONE, domain, starts, values, slopes_per_s: Vec::new() }
    }

    /// A step profile that starts at `initial` and adds each change at its time: crew aboard from +1 and −1.
    ///
    /// Changes may come in any order. Those at one time are one change; those before the domain count from its start, those
    /// after it not at all.
    ///
    /// ```
    /// use timeline::{Duration, Interval, Profile, Time, Unit};
    /// let day = |d| Time::EPOCH + Duration::DAY * d;
    /// let year = Interval::new(day(0), day(365)).unwrap();
    /// let changes = [(day(10), 3.0), (day(190), -3.0), (day(185), 3.0)];
    /// let aboard = Profile::from_changes("crew.aboard", Unit::NONE, year, 3.0, changes)?;
    /// assert_eq!(aboard.values(), [3.0, 6.0, 9.0, 6.0]);
    /// # Ok::<(), timeline::ProfileError>(())
    /// ```
    ///
    /// # Errors
    /// When a sum is not finite.
    pub fn from_changes(
        name: impl Into<String>,
        unit: Unit,
        domain: Interval,
        initial: f64,
        changes: impl IntoIterator<Item = (Time, f64)>,
    ) -> Result<Self, ProfileError> {
        let mut changes: Vec<(Time, f64)> = changes.into_iter().collect();
        changes.sort_by_key(|&(time, _)| time);
        let mut starts = vec![domain.start()];
        let mut values = vec![initial];
        let mut level = initial;
        for (time, change) in changes.into_iter().take_while(|&(time, _)| time < domain.end()) {
            level += change;
            if starts.last().is_some_and(|&last| last < time) {
                starts.push(time);
                values.push(level);
            } else if let Some(last) = values.last_mut() {
                *last = level;
            }
        }
        Self { name: name.into(), unit, domain, starts, values, slopes_per_s: Vec::new() }.checked()
    }

    /// The profile itself when it is what a profile promises to be.
    pub(super) fn checked(self) -> Result<Self, ProfileError> {
        let Some(&first) = self.starts.first() else {
            return Err(ProfileError::Empty { name: self.name });
        };
        let domain = self.domain;
        if first != domain.start() {
            return Err(ProfileError::Start { name: self.name, domain_start: domain.start(), first });
        }
        let later = self.starts.iter().skip(1);
        let disordered = self.starts.iter().zip(later).find(|(earlier, time)| earlier >= time);
        let past_end = self.starts.last().filter(|&&last| last >= domain.end());
        if let Some(&time) = disordered.map(|(_, time)| time).or(past_end) {
            return Err(ProfileError::Order { name: self.name, time });
        }
        self.checked_finite()
    }

    /// The profile itself when all its values are finite.
    pub(super) fn checked_finite(self) -> Result<Self, ProfileError> {
        let bad = if self.slopes_per_s.is_empty() {
            self.values.iter().position(|value| !value.is_finite())
        } else {
            self.segments().position(|segment| !segment.value.is_finite() || !segment.end_value().is_finite())
        };
        match bad {
            Some(index) => Err(ProfileError::NotFinite { time: self.starts[index], name: self.name }),
            None => Ok(self),
        }
    }
}
