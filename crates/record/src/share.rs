use std::fmt;
use std::iter::Sum;

use crate::parse_decimal;

/// A part of a whole in whole parts per million, so that 51.0 % and 46.7 % and 2.3 % add up to exactly one.
///
/// ```
/// use record::Share;
/// let shares = ["51.0", "46.7", "2.3"].map(|percent| Share::from_percent(percent).unwrap());
/// assert_eq!(shares.into_iter().sum::<Share>(), Share::WHOLE);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Share(i64);

impl Share {
    /// All of it.
    pub const WHOLE: Self = Self(1_000_000);

    /// A share from text in percent, with at most four places.
    #[must_use]
    pub fn from_percent(text: &str) -> Option<Self> {
        parse_decimal(text, 4).map(Self)
    }

    /// The share in parts per million.
    #[must_use]
    pub const fn parts_per_million(self) -> i64 {
        self.0
    }

    /// The share in percent, to 53 bits.
    #[must_use]
    pub fn percent(self) -> f64 {
        self.0 as f64 / 10_000.0
    }
}

impl Sum for Share {
    fn sum<I: Iterator<Item = Self>>(shares: I) -> Self {
        shares.fold(Self(0), |sum, share| Self(sum.0.saturating_add(share.0)))
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} %", self.percent())
    }
}

impl fmt::Debug for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}
