use super::Profile;
use crate::Time;

/// Reads a profile at many times in order, each for the cost of the segments passed since the last.
///
/// Any order is allowed; going back costs a search.
///
/// ```
/// use timeline::{Duration, Profile, Time, Unit};
/// let hour = |h| Time::EPOCH + Duration::HOUR * h;
/// let beta = Profile::through("env.beta", Unit::DEGREE, [(hour(0), 10.0), (hour(24), 14.8)])?;
/// let mut beta = beta.cursor();
/// let each_hour: Vec<f64> = (0..24).filter_map(|h| beta.at(hour(h))).collect();
/// assert_eq!(each_hour.len(), 24);
/// # Ok::<(), timeline::ProfileError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Cursor<'a> {
    profile: &'a Profile,
    index: usize,
}

/// So many segments are passed one by one before the rest is searched.
const STEPS_BEFORE_SEARCH: usize = 8;

impl Profile {
    /// A reader for many times in order.
    #[must_use]
    pub fn cursor(&self) -> Cursor<'_> {
        Cursor { profile: self, index: 0 }
    }
}

impl Cursor<'_> {
    /// The value at `time`, the same as [`Profile::at`].
    pub fn at(&mut self, time: Time) -> Option<f64> {
        if !self.profile.domain.contains(time) {
            return None;
        }
        self.index = self.index_at(time);
        Some(self.profile.segment(self.index).value_at(time))
    }

    fn index_at(&self, time: Time) -> usize {
        let starts = &self.profile.starts;
        if time < starts[self.index] {
            return self.profile.index_at(time);
        }
        let ahead = &starts[self.index + 1..];
        match ahead.iter().take(STEPS_BEFORE_SEARCH).position(|&start| start > time) {
            Some(passed) => self.index + passed,
            None => self.index + ahead.partition_point(|&start| start <= time),
        }
    }
}
