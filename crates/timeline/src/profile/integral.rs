//! Integrals and means: exact for steps and for lines.

use super::Profile;
use crate::{Interval, Window};

impl Profile {
    /// The integral over `interval`, in the profile's unit times seconds; where it has no value it adds nothing.
    ///
    /// ```
    /// use timeline::{Duration, Interval, Profile, TimeUnit, Time, Unit};
    /// let hour = |h| Time::EPOCH + Duration::HOUR * h;
    /// let day = Interval::new(hour(0), hour(24)).unwrap();
    /// let load = Profile::constant("power.load", Unit::KILOWATT, day, 75.0)?;
    /// let kilowatt_hours = load.integral(day) / TimeUnit::Hour.seconds();
    /// assert_eq!(kilowatt_hours, 1_800.0);
    /// # Ok::<(), timeline::ProfileError>(())
    /// ```
    #[must_use]
    pub fn integral(&self, interval: Interval) -> f64 {
        self.pieces(interval).map(|(segment, part)| segment.area(part.start(), part.end())).sum()
    }

    /// The integral over a window, in the profile's unit times seconds; where it has no value it adds nothing.
    #[must_use]
    pub fn integral_over(&self, window: &Window) -> f64 {
        window.iter().map(|interval| self.integral(interval)).sum()
    }

    /// The mean over the part of `interval` where it has values; nothing when there is none.
    #[must_use]
    pub fn mean(&self, interval: Interval) -> Option<f64> {
        self.mean_over(&Window::from(interval))
    }

    /// The mean over the part of a window where it has values; nothing when there is none.
    #[must_use]
    pub fn mean_over(&self, window: &Window) -> Option<f64> {
        let known = window.clip(self.domain);
        let seconds: f64 = known.iter().map(|interval| interval.start().seconds_until(interval.end())).sum();
        (!known.is_empty()).then(|| self.integral_over(&known) / seconds)
    }
}
