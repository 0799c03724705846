use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub};

/// A length of time in whole nanoseconds; may be negative.
///
/// Sums saturate at about ±292 years instead of overflowing, so that an open end stays open.
///
/// ```
/// use timeline::Duration;
/// assert_eq!(Duration::from_seconds(5_400.0), Duration::MINUTE * 90);
/// assert_eq!(Duration::from_seconds(93_784.5).to_string(), "1 d 02:03:04.5");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Duration(i64);

impl Duration {
    /// No time at all.
    pub const ZERO: Self = Self(0);
    /// One nanosecond, the grain of all time here.
    pub const NANOSECOND: Self = Self(1);
    /// One second.
    pub const SECOND: Self = Self(1_000_000_000);
    /// Sixty seconds.
    pub const MINUTE: Self = Self(60 * Self::SECOND.0);
    /// Sixty minutes.
    pub const HOUR: Self = Self(60 * Self::MINUTE.0);
    /// Twenty-four hours of 3,600 s (a day with a leap second is one second longer).
    pub const DAY: Self = Self(24 * Self::HOUR.0);
    /// The longest length that can be said.
    pub const MAX: Self = Self(i64::MAX);

    /// A length from whole nanoseconds.
    #[must_use]
    pub const fn from_nanoseconds(nanoseconds: i64) -> Self {
        Self(nanoseconds)
    }

    /// A length from seconds, rounded to the nanosecond; what is out of range saturates, not-a-number is zero.
    #[must_use]
    pub fn from_seconds(seconds: f64) -> Self {
        Self((seconds * 1e9).round() as i64)
    }

    /// A length from days of 86,400 s, rounded to the nanosecond.
    #[must_use]
    pub fn from_days(days: f64) -> Self {
        Self::from_seconds(days * 86_400.0)
    }

    /// The length in whole nanoseconds.
    #[must_use]
    pub const fn nanoseconds(self) -> i64 {
        self.0
    }

    /// The length in whole minutes; what is less than a minute is cut, towards zero.
    ///
    /// ```
    /// use timeline::Duration;
    /// assert_eq!((Duration::SECOND * 119).whole_minutes(), 1);
    /// assert_eq!((Duration::SECOND * -119).whole_minutes(), -1);
    /// ```
    #[must_use]
    pub const fn whole_minutes(self) -> i64 {
        self.0 / Self::MINUTE.0
    }

    /// The length in seconds, to 53 bits; whole seconds come out whole, which a product with 1e-9 does not promise.
    #[must_use]
    pub fn seconds(self) -> f64 {
        self.0 as f64 / 1e9
    }

    /// The length in hours, to 53 bits.
    #[must_use]
    pub fn hours(self) -> f64 {
        self.seconds() / 3_600.0
    }

    /// The length in days of 86,400 s, to 53 bits.
    #[must_use]
    pub fn days(self) -> f64 {
        self.seconds() / 86_400.0
    }

    /// The length without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl Add for Duration {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Duration {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Duration {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Duration {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Mul<i64> for Duration {
    type Output = Self;
    fn mul(self, factor: i64) -> Self {
        Self(self.0.saturating_mul(factor))
    }
}

impl Div<i64> for Duration {
    type Output = Self;
    fn div(self, divisor: i64) -> Self {
        Self(self.0 / divisor)
    }
}

impl Sum for Duration {
    fn sum<I: Iterator<Item = Self>>(durations: I) -> Self {
        durations.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Duration {
    /// `1 d 02:03:04.5`, `02:03:04`, `-00:00:01`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let total = self.0.unsigned_abs();
        let (seconds, nanos) = (total / 1_000_000_000, total % 1_000_000_000);
        let (days, rest) = (seconds / 86_400, seconds % 86_400);
        if self.0 < 0 {
            f.write_str("-")?;
        }
        if days > 0 {
            write!(f, "{days} d ")?;
        }
        write!(f, "{:02}:{:02}:{:02}", rest / 3_600, rest / 60 % 60, rest % 60)?;
        if nanos > 0 {
            let digits = format!("{nanos:09}");
            write!(f, ".{}", digits.trim_end_matches('0'))?;
        }
        Ok(())
    }
}

impl fmt::Debug for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::Duration;

    #[test]
    fn sums_saturate_instead_of_wrapping() {
        assert_eq!(Duration::MAX + Duration::SECOND, Duration::MAX);
        assert_eq!(Duration::from_seconds(1e300), Duration::MAX);
        assert_eq!(Duration::from_seconds(f64::NAN), Duration::ZERO);
    }

    #[test]
    fn text_shows_only_what_is_there() {
        for (seconds, expected) in
            [(0.0, "00:00:00"), (-1.0, "-00:00:01"), (86_400.0, "1 d 00:00:00"), (0.25, "00:00:00.25")]
        {
            assert_eq!(Duration::from_seconds(seconds).to_string(), expected);
        }
    }
}
