use std::fmt;
use std::str::FromStr;

use thiserror::Error;

/// The number of a planning product change request as the field writes it: increment and serial, `75-0541`.
///
/// ```
/// use change::Number;
/// let number: Number = "75-0541".parse()?;
/// assert_eq!((number.increment, number.serial, number.to_string().as_str()), (75, 541, "75-0541"));
/// // Six centres: the one in place 2 takes 2, 8, 14, …, and after 541 the next of these.
/// let next = Number::next(["75-0541", "75-0007", "74-0999", "a name of another kind"], 75, 2, 6);
/// assert_eq!(next.to_string(), "75-0542");
/// # Ok::<(), change::NumberError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Number {
    /// The increment.
    pub increment: u32,
    /// Which request of the increment, from 1.
    pub serial: u64,
}

/// A text that is no number of a request.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
#[error("`{0}` is no number of a change request: write increment and serial, such as `75-0541`")]
pub struct NumberError(pub String);

impl Number {
    /// The number that the centre in place `place` of `centres` gives next, when it has seen these names.
    ///
    /// Of any two centres each takes serials that the other never takes, so that centres cut off from one another give no number twice.
    /// A place beyond the number of centres counts from the beginning again; no centres count as one.
    #[must_use]
    pub fn next<'a>(
        seen: impl IntoIterator<Item = &'a str>,
        increment: u32,
        place: u64,
        centres: u64,
    ) -> Self {
        let centres = centres.max(1);
        let own = seen.into_iter().filter_map(|name| name.parse::<Self>().ok());
        let last = own.filter(|number| number.increment == increment).map(|number| number.serial).max();
        let least = last.unwrap_or(0).saturating_add(1);
        let wait = (place % centres + centres - least % centres) % centres;
        Self { increment, serial: least.saturating_add(wait) }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:04}", self.increment, self.serial)
    }
}

impl FromStr for Number {
    type Err = NumberError;

    /// Reads exactly what is written: other zeros before a number would make two names of one.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let parts = || {
            let (increment, serial) = text.split_once('-')?;
            Some(Self { increment: increment.parse().ok()?, serial: serial.parse().ok()? })
        };
        let number = parts().filter(|number| number.serial > 0 && number.to_string() == text);
        number.ok_or_else(|| NumberError(text.to_owned()))
    }
}
