//! The kinds of value that records have, each asked for by name.
//!
//! What begins with `maybe_` may be missing. Both kinds report a value that cannot be read.

use std::ops::RangeInclusive;

use partnership::SeatCount;
use plan::{Clock, Day};
use record::{Id, Mass, Share, Word};
use station::Scale;
use timeline::{Duration, Place, Time};

use super::Entry;
use super::Need::{Needed, Optional};
use super::value::{
    as_clock, as_colour, as_count, as_country, as_day, as_flag, as_id, as_mass, as_number, as_scale,
    as_seats, as_share, as_some_mass, as_text, as_time, as_word,
};

impl Entry<'_> {
    pub(crate) fn id<T: Id>(&mut self, name: &'static str) -> Option<T> {
        self.read(name, Needed, as_id)
    }

    pub(crate) fn maybe_id<T: Id>(&mut self, name: &'static str) -> Option<T> {
        self.read(name, Optional, as_id)
    }

    /// Ids in a TOML list, or joined by `+` in a CSV cell.
    pub(crate) fn ids<T: Id>(&mut self, name: &'static str) -> Vec<T> {
        self.list(name, as_id)
    }

    /// A text that must be there and not be empty.
    pub(crate) fn text(&mut self, name: &'static str) -> Option<String> {
        self.read(name, Needed, as_text)
    }

    /// A text that may be missing, and is then empty.
    pub(crate) fn maybe_text(&mut self, name: &'static str) -> String {
        self.read(name, Optional, as_text).unwrap_or_default()
    }

    /// A text that must be there, and where its first character stands.
    pub(crate) fn placed_text(&mut self, name: &'static str) -> Option<(String, Place)> {
        let text = self.text(name)?;
        Some((text, self.place_of(name)?))
    }

    pub(crate) fn texts(&mut self, name: &'static str) -> Vec<String> {
        self.list(name, as_text)
    }

    /// ISO 3166-1 alpha-2 code of a country.
    pub(crate) fn country(&mut self, name: &'static str) -> Option<String> {
        self.read(name, Needed, as_country)
    }

    pub(crate) fn countries(&mut self, name: &'static str) -> Vec<String> {
        self.list(name, as_country)
    }

    pub(crate) fn colour(&mut self, name: &'static str) -> Option<String> {
        self.read(name, Needed, as_colour)
    }

    pub(crate) fn number(&mut self, name: &'static str, range: RangeInclusive<f64>) -> Option<f64> {
        self.read(name, Needed, |value| as_number(value, &range))
    }

    pub(crate) fn maybe_number(&mut self, name: &'static str, range: RangeInclusive<f64>) -> Option<f64> {
        self.read(name, Optional, |value| as_number(value, &range))
    }

    /// A plain count, such as seats or a catalogue number.
    pub(crate) fn count(&mut self, name: &'static str) -> Option<u32> {
        self.read(name, Needed, as_count)
    }

    pub(crate) fn maybe_count(&mut self, name: &'static str) -> Option<u32> {
        self.read(name, Optional, as_count)
    }

    pub(crate) fn mass(&mut self, name: &'static str) -> Option<Mass> {
        self.read(name, Needed, as_mass)
    }

    pub(crate) fn maybe_mass(&mut self, name: &'static str) -> Option<Mass> {
        self.read(name, Optional, as_mass)
    }

    /// A mass that is more than nothing.
    pub(crate) fn some_mass(&mut self, name: &'static str) -> Option<Mass> {
        self.read(name, Needed, as_some_mass)
    }

    pub(crate) fn share(&mut self, name: &'static str) -> Option<Share> {
        self.read(name, Needed, as_share)
    }

    /// A number of seats, whole or not.
    pub(crate) fn seats(&mut self, name: &'static str) -> Option<SeatCount> {
        self.read(name, Needed, as_seats)
    }

    pub(crate) fn time(&mut self, name: &'static str) -> Option<Time> {
        self.read(name, Needed, as_time)
    }

    pub(crate) fn maybe_time(&mut self, name: &'static str) -> Option<Time> {
        self.read(name, Optional, as_time)
    }

    /// A time of day, GMT.
    pub(crate) fn clock(&mut self, name: &'static str) -> Option<Clock> {
        self.read(name, Needed, as_clock)
    }

    pub(crate) fn day(&mut self, name: &'static str) -> Option<Day> {
        self.read(name, Needed, as_day)
    }

    /// Words in a TOML list, or joined by `+` in a CSV cell.
    pub(crate) fn words<W: Word>(&mut self, name: &'static str) -> Vec<W> {
        self.list(name, as_word)
    }

    pub(crate) fn maybe_hours(&mut self, name: &'static str) -> Option<Duration> {
        self.maybe_number(name, 0.0..=1e6).map(|hours| Duration::from_seconds(hours * 3_600.0))
    }

    pub(crate) fn maybe_days(&mut self, name: &'static str) -> Option<Duration> {
        self.maybe_number(name, 0.0..=1e5).map(Duration::from_days)
    }

    pub(crate) fn days_list(&mut self, name: &'static str) -> Vec<Duration> {
        self.list(name, |value| as_number(value, &(0.0..=1e5)).map(Duration::from_days))
    }

    pub(crate) fn flag(&mut self, name: &'static str) -> Option<bool> {
        self.read(name, Needed, as_flag)
    }

    pub(crate) fn maybe_flag(&mut self, name: &'static str) -> Option<bool> {
        self.read(name, Optional, as_flag)
    }

    /// The name of the profile that rates are multiplied by.
    pub(crate) fn maybe_scale(&mut self, name: &'static str) -> Option<Scale> {
        self.read(name, Optional, as_scale)
    }

    pub(crate) fn word<W: Word>(&mut self, name: &'static str) -> Option<W> {
        self.read(name, Needed, as_word)
    }

    pub(crate) fn maybe_word<W: Word>(&mut self, name: &'static str) -> Option<W> {
        self.read(name, Optional, as_word)
    }
}
