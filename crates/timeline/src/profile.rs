use crate::{Interval, Time, Unit};

mod build;
mod combine;
mod compare;
mod cursor;
mod envelope;
mod error;
mod extremes;
mod integral;
mod reshape;
mod running;
mod segment;

pub use compare::Direction;
pub use cursor::Cursor;
pub use envelope::Bucket;
pub use error::ProfileError;
pub use extremes::Extreme;
pub use segment::Segment;

/// A named quantity over time: crew aboard, water left, beta angle, share of the sunlight.
///
/// It has a finite value at every instant of its domain and none outside. Between its changes it keeps its value
/// ([`Kind::Step`]) or runs along straight lines ([`Kind::Linear`]), which need not join: a delivery is a jump. At a change the
/// new value holds at once.
///
/// An operation on two profiles is defined where both are: on the intersection of their domains. The result bears the name
/// of the first; [`Profile::named`] gives another.
///
/// ```
/// use timeline::{Duration, Interval, Profile, Time, Unit};
/// let day = |d| Time::EPOCH + Duration::DAY * d;
/// let month = Interval::new(day(0), day(30)).unwrap();
/// let kg_per_s = |kg_per_day: f64| kg_per_day / 86_400.0;
///
/// // 60 kg of water, 3 kg used a day, 40 kg delivered on day 10.
/// let segments = [(day(0), 60.0, kg_per_s(-3.0)), (day(10), 70.0, kg_per_s(-3.0))];
/// let water = Profile::linear("store.water", Unit::KILOGRAM, month, segments)?;
/// assert_eq!(water.at(day(9)), Some(33.0));
///
/// // When is less than two weeks' worth aboard?
/// let low = water.below(14.0 * 3.0);
/// assert_eq!(low.intervals()[0], Interval::new(day(6) + Duration::NANOSECOND, day(10)).unwrap());
/// # Ok::<(), timeline::ProfileError>(())
/// ```
#[derive(Clone, PartialEq, Debug)]
pub struct Profile {
    name: String,
    unit: Unit,
    domain: Interval,
    /// Sorted, all inside the domain; the first is its start. So a profile has at least one segment.
    starts: Vec<Time>,
    /// Value at each start.
    values: Vec<f64>,
    /// Change per second from each start on; empty for a step profile.
    slopes_per_s: Vec<f64>,
}

/// What a profile does between its changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Kind {
    /// Keeps its value.
    Step,
    /// Runs along a straight line.
    Linear,
}

impl Profile {
    /// What it is the profile of, such as `crew.aboard`.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What its numbers count.
    #[must_use]
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// Where it has values.
    #[must_use]
    pub fn domain(&self) -> Interval {
        self.domain
    }

    /// What it does between its changes.
    #[must_use]
    pub fn kind(&self) -> Kind {
        if self.slopes_per_s.is_empty() { Kind::Step } else { Kind::Linear }
    }

    /// When its segments start; the first is the start of the domain.
    #[must_use]
    pub fn starts(&self) -> &[Time] {
        &self.starts
    }

    /// The value at each of [`Profile::starts`].
    #[must_use]
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// The change per second from each of [`Profile::starts`] on; empty for a step profile.
    #[must_use]
    pub fn slopes_per_s(&self) -> &[f64] {
        &self.slopes_per_s
    }

    /// The same under another name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = name.into();
        self
    }

    /// The value at `time`; nothing outside the domain.
    ///
    /// Costs a binary search; [`Profile::cursor`] is faster for many times in order.
    #[must_use]
    pub fn at(&self, time: Time) -> Option<f64> {
        self.segment_at(time).map(|segment| segment.value_at(time))
    }

    /// The segment that holds at `time`; nothing outside the domain.
    #[must_use]
    pub fn segment_at(&self, time: Time) -> Option<Segment> {
        self.domain.contains(time).then(|| self.segment(self.index_at(time)))
    }

    /// The segments in order of time.
    pub fn segments(&self) -> impl DoubleEndedIterator<Item = Segment> + ExactSizeIterator {
        (0..self.starts.len()).map(|index| self.segment(index))
    }

    /// The index of the last segment that starts at or before `time`, which must not be before the domain.
    fn index_at(&self, time: Time) -> usize {
        self.starts.partition_point(|&start| start <= time) - 1
    }

    fn segment(&self, index: usize) -> Segment {
        Segment {
            start: self.starts[index],
            end: self.starts.get(index + 1).copied().unwrap_or(self.domain.end()),
            value: self.values[index],
            slope_per_s: self.slopes_per_s.get(index).copied().unwrap_or(0.0),
        }
    }

    /// The segments that have a part inside `interval`, each with that part.
    ///
    /// A segment comes whole, so that a value read from it does not depend on where `interval` begins.
    fn pieces(&self, interval: Interval) -> impl Iterator<Item = (Segment, Interval)> {
        let within = self.domain.intersection(interval);
        let indices = within.map_or(0..0, |within| {
            let first = self.index_at(within.start());
            first..first + self.starts[first..].partition_point(|&start| start < within.end())
        });
        indices.filter_map(move |index| {
            let segment = self.segment(index);
            Some((segment, segment.interval().intersection(interval)?))
        })
    }

    /// A profile of the same name and unit; nothing is checked.
    fn derived(&self, domain: Interval, starts: Vec<Time>, values: Vec<f64>, slopes_per_s: Vec<f64>) -> Self {
        Self { name: self.name.clone(), unit: self.unit.clone(), domain, starts, values, slopes_per_s }
    }
}
