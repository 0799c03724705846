//! A profile thinned for drawing, with every peak kept.

use super::Profile;
use crate::{Interval, Time};

/// What a profile does within one column of a plot.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Bucket {
    /// The time of the column, as far as the profile has values there.
    pub interval: Interval,
    /// The lowest value.
    pub min: f64,
    /// The highest value.
    pub max: f64,
    /// The mean over time.
    pub mean: f64,
    /// The value at the start.
    pub first: f64,
    /// The value it comes to at the end.
    pub last: f64,
}

impl Profile {
    /// The course inside `interval` in `buckets` columns of equal length, each with its lowest and highest value, so that
    /// no peak is lost however long the interval.
    ///
    /// Columns in which the profile has no value are left out. Takes time in proportion to segments and buckets.
    ///
    /// ```
    /// use timeline::{Duration, Interval, Profile, Time, Unit};
    /// let minute = |m| Time::EPOCH + Duration::MINUTE * m;
    /// let day = Interval::new(minute(0), minute(1_440)).unwrap();
    /// let peak = [(minute(0), 60.0), (minute(700), 95.0), (minute(701), 60.0)];
    /// let load = Profile::step("power.load", Unit::KILOWATT, day, peak)?;
    /// let columns = load.resample_for_plot(day, 24);
    /// assert_eq!((columns[11].min, columns[11].max, columns[11].last), (60.0, 95.0, 60.0));
    /// # Ok::<(), timeline::ProfileError>(())
    /// ```
    #[must_use]
    pub fn resample_for_plot(&self, interval: Interval, buckets: u32) -> Vec<Bucket> {
        let Some(known) = self.domain.intersection(interval) else { return Vec::new() };
        let mut index = self.index_at(known.start());
        let columns = (0..buckets).filter_map(|column| {
            let (from, to) = (edge(interval, column, buckets), edge(interval, column + 1, buckets));
            Interval::new(from, to)?.intersection(known)
        });
        columns
            .map(|column| {
                while self.segment(index).end <= column.start() {
                    index += 1;
                }
                self.bucket(column, &mut index)
            })
            .collect()
    }

    /// What happens within one column, from the segment `index` on, which is left at the last segment looked at.
    fn bucket(&self, column: Interval, index: &mut usize) -> Bucket {
        let first = self.segment(*index).value_at(column.start());
        let (mut min, mut max, mut area, mut from) = (first, first, 0.0, column.start());
        let last = loop {
            let segment = self.segment(*index);
            let to = segment.end.min(column.end());
            let (begin, end) = (segment.value_at(from), segment.value_at(to));
            min = min.min(begin).min(end);
            max = max.max(begin).max(end);
            area += segment.area(from, to);
            if to == column.end() {
                break end;
            }
            from = to;
            *index += 1;
        };
        // Rounding may put the mean of equal values beside them.
        let mean = (area / column.start().seconds_until(column.end())).clamp(min, max);
        Bucket { interval: column, min, max, mean, first, last }
    }
}

/// Where column number `column` of `count` begins.
fn edge(interval: Interval, column: u32, count: u32) -> Time {
    let (start, end) = (interval.start().nanoseconds(), interval.end().nanoseconds());
    let length = i128::from(end) - i128::from(start);
    let offset = length * i128::from(column) / i128::from(count);
    // Between start and end, so it fits.
    Time::from_nanoseconds((i128::from(start) + offset) as i64)
}
