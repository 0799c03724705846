use std::collections::BTreeMap;
use std::fmt;
use std::iter::Sum;

use record::PartnerId;
use timeline::{Interval, Time, Window};

use crate::Aboard;

/// When anybody was aboard, within `within`.
#[must_use]
pub fn presence(aboard: &[Aboard<'_>], within: Interval) -> Window {
    aboard.iter().filter_map(|one| one.interval.intersection(within)).collect()
}

/// When nobody was aboard, within `within`: what [`presence`] leaves.
#[must_use]
pub fn gaps(aboard: &[Aboard<'_>], within: Interval) -> Window {
    presence(aboard, within).not(within)
}

/// Time summed over persons, exact: a century of a crew of hundreds fits easily.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Debug)]
pub struct PersonTime {
    nanoseconds: i128,
}

impl PersonTime {
    /// Whole seconds; what is less than a second is cut.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        (self.nanoseconds / 1_000_000_000) as i64
    }

    /// Days of 86,400 s, to 53 bits.
    #[must_use]
    pub fn days(self) -> f64 {
        self.nanoseconds as f64 / 86_400e9
    }
}

impl From<Interval> for PersonTime {
    /// One person for that long.
    fn from(interval: Interval) -> Self {
        let (start, end) = (interval.start().nanoseconds(), interval.end().nanoseconds());
        Self { nanoseconds: i128::from(end) - i128::from(start) }
    }
}

impl Sum for PersonTime {
    fn sum<I: Iterator<Item = Self>>(times: I) -> Self {
        Self { nanoseconds: times.map(|time| time.nanoseconds).sum() }
    }
}

impl fmt::Display for PersonTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.1} person-days", self.days())
    }
}

/// The time of all persons aboard within `within`, by the partner under whose right they flew.
#[must_use]
pub fn person_time_by_partner<'a>(
    aboard: &[Aboard<'a>],
    within: Interval,
) -> BTreeMap<&'a PartnerId, PersonTime> {
    let mut sums: BTreeMap<&PartnerId, PersonTime> = BTreeMap::new();
    for one in aboard {
        if let Some(interval) = one.interval.intersection(within) {
            let sum = sums.entry(&one.stay.partner).or_default();
            *sum = [*sum, interval.into()].into_iter().sum();
        }
    }
    sums
}

/// The stays in order of length up to `now`, longest first; equal ones in order of their beginning, then of the person's id.
#[must_use]
pub fn longest_stays<'a>(aboard: &[Aboard<'a>], now: Time) -> Vec<Aboard<'a>> {
    let mut stays: Vec<Aboard<'a>> = aboard
        .iter()
        .filter_map(|one| {
            let interval = Interval::new(one.interval.start(), one.interval.end().min(now))?;
            Some(Aboard { interval, ..*one })
        })
        .collect();
    stays.sort_by(|a, b| {
        let length = b.interval.duration().cmp(&a.interval.duration());
        length.then(a.interval.cmp(&b.interval)).then(a.stay.person.cmp(&b.stay.person))
    });
    stays
}
