use std::fmt;

use crate::{Duration, Time};

/// A stretch of time from `start` up to but not including `end`; never empty.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    start: Time,
    end: Time,
}

impl Interval {
    /// All of representable time.
    pub const ALWAYS: Self = Self { start: Time::MIN, end: Time::MAX };

    /// The interval `[start, end)`, or nothing when `end` is not after `start`.
    #[must_use]
    pub fn new(start: Time, end: Time) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The first instant inside.
    #[must_use]
    pub const fn start(self) -> Time {
        self.start
    }

    /// The first instant after.
    #[must_use]
    pub const fn end(self) -> Time {
        self.end
    }

    /// How long it lasts.
    #[must_use]
    pub fn duration(self) -> Duration {
        self.end - self.start
    }

    /// Whether `time` lies inside.
    #[must_use]
    pub fn contains(self, time: Time) -> bool {
        self.start <= time && time < self.end
    }

    /// Whether the two share any time.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The time that both cover, if any.
    #[must_use]
    pub fn intersection(self, other: Self) -> Option<Self> {
        Self::new(self.start.max(other.start), self.end.min(other.end))
    }

    /// One interval over both, when they overlap or touch.
    #[must_use]
    pub fn joined(self, other: Self) -> Option<Self> {
        let meet = self.start <= other.end && other.start <= self.end;
        meet.then(|| Self { start: self.start.min(other.start), end: self.end.max(other.end) })
    }

    /// The same stretch moved later by `by`.
    ///
    /// An open end ([`Time::MIN`], [`Time::MAX`]) stays open. Nothing remains when it is moved past the end of representable
    /// time.
    #[must_use]
    pub fn shifted(self, by: Duration) -> Option<Self> {
        Self::new(self.start.moved(by), self.end.moved(by))
    }
}

impl fmt::Display for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.start, self.end) {
            (Time::MIN, Time::MAX) => f.write_str("always"),
            (Time::MIN, end) => write!(f, "until {end}"),
            (start, Time::MAX) => write!(f, "from {start} on"),
            (start, end) => write!(f, "{start} to {end}"),
        }
    }
}

impl fmt::Debug for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "[{} .. {})", self.start, self.end)
    }
}

#[cfg(test)]
mod tests {
    use super::Interval;
    use crate::{Duration, Time};

    fn at(hours: i64) -> Time {
        Time::EPOCH + Duration::HOUR * hours
    }

    #[test]
    fn an_interval_is_never_empty() {
        assert_eq!(Interval::new(at(1), at(1)), None);
        assert_eq!(Interval::new(at(2), at(1)), None);
    }

    #[test]
    fn open_ends_are_said_in_words() {
        let text = |start, end| Interval::new(start, end).unwrap().to_string();
        let noon = "2000-01-01T12:00:00Z";
        for (start, end, expected) in [
            (noon, "2000-01-02", "2000-01-01T12:00:00Z to 2000-01-02T00:00:00Z"),
            (noon, "", "from 2000-01-01T12:00:00Z on"),
            ("", noon, "until 2000-01-01T12:00:00Z"),
            ("", "", "always"),
        ] {
            let start = start.parse().unwrap_or(Time::MIN);
            let end = end.parse().unwrap_or(Time::MAX);
            assert_eq!(text(start, end), expected);
        }
    }

    #[test]
    fn touching_intervals_do_not_overlap() {
        let (a, b) = (Interval::new(at(0), at(1)).unwrap(), Interval::new(at(1), at(2)).unwrap());
        assert!(!a.overlaps(b));
        assert_eq!(a.intersection(b), None);
        assert!(a.contains(at(0)) && !a.contains(at(1)));
    }
}
