use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub};

use crate::parse_decimal;

/// A mass in whole grams, so that sums are exact and ledgers balance to zero; written in kilograms.
///
/// ```
/// use record::Mass;
/// let mass: Mass = Mass::from_kg("2517.25").unwrap();
/// assert_eq!(mass.grams(), 2_517_250);
/// assert_eq!((mass - Mass::from_grams(250)).to_string(), "2517 kg");
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Mass(i64);

impl Mass {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// A mass from whole grams.
    #[must_use]
    pub const fn from_grams(grams: i64) -> Self {
        Self(grams)
    }

    /// A mass from text in kilograms, with at most three places.
    #[must_use]
    pub fn from_kg(text: &str) -> Option<Self> {
        parse_decimal(text, 3).map(Self)
    }

    /// The mass in whole grams.
    #[must_use]
    pub const fn grams(self) -> i64 {
        self.0
    }

    /// The mass in kilograms, to 53 bits.
    #[must_use]
    pub fn kg(self) -> f64 {
        self.0 as f64 / 1_000.0
    }

    /// The mass without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }
}

impl Add for Mass {
    type Output = Self;
    /// Saturates at about ±9 × 10¹⁵ kg.
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Mass {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sub for Mass {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Mass {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Mass {
    fn sum<I: Iterator<Item = Self>>(masses: I) -> Self {
        masses.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Mass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let grams = self.0.unsigned_abs();
        let sign = if self.0 < 0 { "-" } else { "" };
        let (kg, rest) = (grams / 1_000, grams % 1_000);
        if rest == 0 {
            write!(f, "{sign}{kg} kg")
        } else {
            let places = format!("{rest:03}");
            write!(f, "{sign}{kg}.{} kg", places.trim_end_matches('0'))
        }
    }
}

impl fmt::Debug for Mass {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::Mass;

    #[test]
    fn kilograms_are_shown_with_the_grams_that_are_there() {
        for (grams, expected) in
            [(0, "0 kg"), (7_080_000, "7080 kg"), (1_500, "1.5 kg"), (-250, "-0.25 kg"), (1, "0.001 kg")]
        {
            assert_eq!(Mass::from_grams(grams).to_string(), expected);
        }
    }
}
