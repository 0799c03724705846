use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// What the numbers of a profile count: `kg`, `kW`, `kg/d`, or nothing but pieces.
///
/// Units are compared, never converted: kilograms and grams are as different as kilograms and days. Any symbol may be used;
/// it is written with `·` between factors, `/` before each divisor and `^` before a power.
///
/// ```
/// use timeline::Unit;
/// let use_per_day: Unit = "kg/d".parse()?;
/// assert_eq!(Unit::KILOGRAM.per(&use_per_day), Unit::DAY);
/// assert_eq!(Unit::KILOWATT.times(&Unit::HOUR).to_string(), "h·kW");
/// # Ok::<(), timeline::UnitError>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct Unit(Cow<'static, str>);

/// A text that is no unit.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("`{0}` is not a unit: write symbols like kg, kg/d, kW·h or m/s^2")]
pub struct UnitError(String);

/// The unit of time that a rate is said in, or an integral is wanted in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum TimeUnit {
    /// `s`
    Second,
    /// `min`, 60 s.
    Minute,
    /// `h`, 3,600 s.
    Hour,
    /// `d`, 86,400 s.
    Day,
}

impl Unit {
    /// A plain count or a ratio.
    pub const NONE: Self = Self::known("");
    /// `s`
    pub const SECOND: Self = Self::known("s");
    /// `min`
    pub const MINUTE: Self = Self::known("min");
    /// `h`
    pub const HOUR: Self = Self::known("h");
    /// `d`, of 86,400 s.
    pub const DAY: Self = Self::known("d");
    /// `kg`
    pub const KILOGRAM: Self = Self::known("kg");
    /// `kW`
    pub const KILOWATT: Self = Self::known("kW");
    /// `m`
    pub const METRE: Self = Self::known("m");
    /// `kPa`
    pub const KILOPASCAL: Self = Self::known("kPa");
    /// `km`
    pub const KILOMETRE: Self = Self::known("km");
    /// `deg`, of arc.
    pub const DEGREE: Self = Self::known("deg");
    /// `%`
    pub const PERCENT: Self = Self::known("%");

    const fn known(normal: &'static str) -> Self {
        Self(Cow::Borrowed(normal))
    }

    /// The unit of a product.
    #[must_use]
    pub fn times(&self, other: &Self) -> Self {
        self.joined(other, 1)
    }

    /// The unit of a quotient.
    #[must_use]
    pub fn per(&self, divisor: &Self) -> Self {
        self.joined(divisor, -1)
    }

    /// The text in its one normal form; empty for a plain count.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    fn joined(&self, other: &Self, sign: i32) -> Self {
        let mut powers = powers_of(&self.0).unwrap_or_default();
        for (symbol, power) in powers_of(&other.0).unwrap_or_default() {
            *powers.entry(symbol).or_default() += sign * power;
        }
        Self(Cow::Owned(normal_form(&powers)))
    }
}

impl TimeUnit {
    /// As a unit.
    #[must_use]
    pub const fn unit(self) -> Unit {
        match self {
            Self::Second => Unit::SECOND,
            Self::Minute => Unit::MINUTE,
            Self::Hour => Unit::HOUR,
            Self::Day => Unit::DAY,
        }
    }

    /// How long it is, in seconds.
    #[must_use]
    pub const fn seconds(self) -> f64 {
        match self {
            Self::Second => 1.0,
            Self::Minute => 60.0,
            Self::Hour => 3_600.0,
            Self::Day => 86_400.0,
        }
    }
}

impl FromStr for Unit {
    type Err = UnitError;

    /// Reads `kg`, `kg/d`, `kW·h`, `kW*h`, `m/s^2`, `1/s`; empty text and `1` are a plain count.
    fn from_str(text: &str) -> Result<Self, UnitError> {
        let powers = powers_of(text.trim()).ok_or_else(|| UnitError(text.to_owned()))?;
        Ok(Self(Cow::Owned(normal_form(&powers))))
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Unit({})", self.0)
    }
}

/// The power of each symbol; nothing when the text is malformed.
fn powers_of(text: &str) -> Option<BTreeMap<&str, i32>> {
    let mut powers = BTreeMap::new();
    if text.is_empty() {
        return Some(powers);
    }
    for (position, quotient_part) in text.split('/').enumerate() {
        let sign = if position == 0 { 1 } else { -1 };
        for factor in quotient_part.split(['·', '*']) {
            let (symbol, power) = match factor.split_once('^') {
                Some((symbol, power)) => (symbol, power.parse::<i8>().ok().filter(|power| *power > 0)?),
                None => (factor, 1),
            };
            if symbol == "1" {
                continue;
            }
            let is_symbol = |c: char| c.is_alphabetic() || matches!(c, '%' | '°' | '_');
            if symbol.is_empty() || !symbol.chars().all(is_symbol) {
                return None;
            }
            *powers.entry(symbol).or_default() += sign * i32::from(power);
        }
    }
    Some(powers)
}

/// Symbols in alphabetical order, first the factors, then the divisors.
fn normal_form(powers: &BTreeMap<&str, i32>) -> String {
    let with_power = |symbol: &str, power: i32| match power {
        1 => symbol.to_owned(),
        _ => format!("{symbol}^{power}"),
    };
    let factors: Vec<String> = powers.iter().filter(|p| *p.1 > 0).map(|(s, p)| with_power(s, *p)).collect();
    let divisors = powers.iter().filter(|p| *p.1 < 0).map(|(s, p)| format!("/{}", with_power(s, -p)));
    let divisors: String = divisors.collect();
    match (factors.is_empty(), divisors.is_empty()) {
        (true, true) => String::new(),
        (true, false) => format!("1{divisors}"),
        _ => factors.join("·") + &divisors,
    }
}

#[cfg(test)]
mod tests {
    use super::{Unit, UnitError};

    #[test]
    fn one_unit_has_one_text() {
        let check = |text: &str, expected: &str| {
            assert_eq!(text.parse::<Unit>().unwrap().as_str(), expected, "{text}");
        };
        check("kg", "kg");
        check("", "");
        check("1", "");
        check("kW*h", "h·kW");
        check("h·kW", "h·kW");
        check("kg/d", "kg/d");
        check("m/s/s", "m/s^2");
        check("m/s^2", "m/s^2");
        check("1/s", "1/s");
        check("kg*d/kg", "d");
    }

    #[test]
    fn text_that_is_no_unit() {
        for text in ["kg/", "/s", "3", "kg d", "m^", "m^0", "m^-2", "kg··m"] {
            assert_eq!(text.parse::<Unit>(), Err(UnitError(text.to_owned())), "{text}");
        }
    }

    #[test]
    fn products_and_quotients_cancel() {
        let rate: Unit = "kg/d".parse().unwrap();
        assert_eq!(rate.times(&Unit::DAY), Unit::KILOGRAM);
        assert_eq!(Unit::KILOGRAM.per(&rate), Unit::DAY);
        assert_eq!(rate.per(&rate), Unit::NONE);
        assert_eq!(Unit::NONE.per(&Unit::SECOND).as_str(), "1/s");
    }
}
