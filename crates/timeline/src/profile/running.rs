//! What has come together since the domain began.

use super::{Profile, ProfileError};
use crate::{Interval, Time, TimeUnit, Unit};

impl Profile {
    /// The integral of a step profile from the start of its domain up to every instant: a linear profile.
    ///
    /// `time_unit` is what time is counted in: a load in kW by the hour comes to kW·h, a use in kg/d by the day to kg.
    ///
    /// ```
    /// use timeline::{Duration, Interval, Profile, Time, TimeUnit, Unit};
    /// let day = |d| Time::EPOCH + Duration::DAY * d;
    /// let month = Interval::new(day(0), day(30)).unwrap();
    /// let eaten = Profile::step("use.food", "kg/d".parse().unwrap(), month, [(day(0), 10.0), (day(20), 14.0)])?;
    /// let eaten_since = eaten.running_integral(TimeUnit::Day)?;
    /// assert_eq!((eaten_since.at(day(25)), eaten_since.unit()), (Some(270.0), &Unit::KILOGRAM));
    /// # Ok::<(), timeline::ProfileError>(())
    /// ```
    ///
    /// # Errors
    /// When it is linear (its integral would be curved), or a sum is not finite.
    pub fn running_integral(&self, time_unit: TimeUnit) -> Result<Self, ProfileError> {
        self.check_step()?;
        let slopes_per_s: Vec<f64> = self.values.iter().map(|value| value / time_unit.seconds()).collect();
        let mut values = Vec::with_capacity(self.values.len());
        let mut level = 0.0;
        for segment in self.segments() {
            values.push(level);
            level += segment.value * (segment.start.seconds_until(segment.end) / time_unit.seconds());
        }
        let mut running = self.derived(self.domain, self.starts.clone(), values, slopes_per_s);
        running.unit = self.unit.times(&time_unit.unit());
        running.checked_finite()
    }

    /// A step profile of how many of `events` have happened since the start of the domain.
    #[must_use]
    pub fn running_count(
        name: impl Into<String>,
        domain: Interval,
        events: impl IntoIterator<Item = Time>,
    ) -> Self {
        let ones = events.into_iter().map(|event| (event, 1.0));
        Self::running_sum(name, Unit::NONE, domain, ones).expect("a count is finite")
    }

    /// A step profile of the sum of what `events` have brought since the start of the domain: cargo up, hours worked.
    ///
    /// Events may come in any order; those outside the domain do not count. [`Profile::from_changes`] counts earlier ones.
    ///
    /// # Errors
    /// When a sum is not finite.
    pub fn running_sum(
        name: impl Into<String>,
        unit: Unit,
        domain: Interval,
        events: impl IntoIterator<Item = (Time, f64)>,
    ) -> Result<Self, ProfileError> {
        let inside = events.into_iter().filter(|&(time, _)| domain.contains(time));
        Self::from_changes(name, unit, domain, 0.0, inside)
    }
}
