//! The civil calendar and the leap seconds: where integers become dates and back.

use thiserror::Error;

/// A date and time of day as a clock shows it, in UTC or in TAI.
///
/// `second` is 60 during a leap second of UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub struct Civil {
    /// Year of the Gregorian calendar.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59, or 60 in a leap second.
    pub second: u8,
    /// Nanosecond of the second.
    pub nanosecond: u32,
}

/// Why a text or a set of numbers is not a time.
#[derive(Clone, PartialEq, Eq, Debug, Error)]
pub enum TimeError {
    /// The text has none of the forms that are understood.
    #[error("`{0}` is not a time: write 2026-05-30T12:00:00Z or 2026/150 12:00")]
    Form(String),
    /// The calendar has no such day.
    #[error("`{0}` names a day that does not exist")]
    Date(String),
    /// The clock never shows that.
    #[error("`{0}` names a time of day that does not exist")]
    Clock(String),
    /// Second 60 where no leap second was added.
    #[error("`{0}` is second 60, but no leap second was added there")]
    LeapSecond(String),
    /// Before 1708 or after 2291.
    #[error("`{0}` is outside the years 1708 to 2291")]
    Range(String),
}

/// Day number (days since 1970-01-01) from which TAI − UTC has the given value in seconds.
///
/// IERS Bulletin C 52 and before: none is announced after 2017-01-01. Before 1972 UTC ran at another rate; the first value
/// is used there.
const LEAP_SECONDS: [(i64, i64); 28] = {
    const fn from(year: i32, month: u8, tai_minus_utc_s: i64) -> (i64, i64) {
        (day_number(year, month, 1), tai_minus_utc_s)
    }
    [
        from(1972, 1, 10),
        from(1972, 7, 11),
        from(1973, 1, 12),
        from(1974, 1, 13),
        from(1975, 1, 14),
        from(1976, 1, 15),
        from(1977, 1, 16),
        from(1978, 1, 17),
        from(1979, 1, 18),
        from(1980, 1, 19),
        from(1981, 7, 20),
        from(1982, 7, 21),
        from(1983, 7, 22),
        from(1985, 7, 23),
        from(1988, 1, 24),
        from(1990, 1, 25),
        from(1991, 1, 26),
        from(1992, 7, 27),
        from(1993, 7, 28),
        from(1994, 7, 29),
        from(1996, 1, 30),
        from(1997, 7, 31),
        from(1999, 1, 32),
        from(2006, 1, 33),
        from(2009, 1, 34),
        from(2012, 7, 35),
        from(2015, 7, 36),
        from(2017, 1, 37),
    ]
};

const DAY_S: i64 = 86_400;

/// Seconds on the TAI clock since 1970-01-01T00:00:00 TAI at the given UTC date and time of day.
pub(crate) fn tai_seconds_of_utc(civil: &Civil) -> i64 {
    let day = civil.day_number();
    day * DAY_S + civil.second_of_day() + tai_minus_utc_s(day)
}

/// The UTC date and time of day, to the second, at `tai_s` seconds since 1970-01-01T00:00:00 TAI.
pub(crate) fn utc_of_tai_seconds(tai_s: i64) -> Civil {
    let begins_s = |&(day, offset_s): &(i64, i64)| day * DAY_S + offset_s;
    let next = LEAP_SECONDS.partition_point(|entry| begins_s(entry) <= tai_s);
    let offset_s = LEAP_SECONDS[next.saturating_sub(1)].1;
    let in_leap_second = next > 0 && LEAP_SECONDS.get(next).is_some_and(|entry| tai_s + 1 == begins_s(entry));
    if in_leap_second {
        let mut civil = Civil::from_seconds(tai_s - offset_s - 1);
        civil.second = 60;
        civil
    } else {
        Civil::from_seconds(tai_s - offset_s)
    }
}

fn tai_minus_utc_s(day: i64) -> i64 {
    let next = LEAP_SECONDS.partition_point(|&(from_day, _)| from_day <= day);
    LEAP_SECONDS[next.saturating_sub(1)].1
}

impl Civil {
    /// Whether this clock reading exists in UTC; `text` is what an error quotes.
    pub(crate) fn check_utc(&self, text: impl Fn() -> String) -> Result<(), TimeError> {
        self.check_date(&text)?;
        let leap_second = self.second == 60;
        if self.hour > 23 || self.minute > 59 || self.second > 60 || self.nanosecond > 999_999_999 {
            return Err(TimeError::Clock(text()));
        }
        let tomorrow = self.day_number() + 1;
        let added_today = self.hour == 23
            && self.minute == 59
            && LEAP_SECONDS.iter().skip(1).any(|&(from_day, _)| from_day == tomorrow);
        if leap_second && !added_today {
            return Err(TimeError::LeapSecond(text()));
        }
        Ok(())
    }

    /// Whether this clock reading exists in TAI, which has no leap seconds.
    pub(crate) fn check_tai(&self, text: impl Fn() -> String) -> Result<(), TimeError> {
        if self.second == 60 { Err(TimeError::Clock(text())) } else { self.check_utc(text) }
    }

    fn check_date(&self, text: impl Fn() -> String) -> Result<(), TimeError> {
        if !(1708..=2291).contains(&self.year) {
            return Err(TimeError::Range(text()));
        }
        let month_ok = (1..=12).contains(&self.month);
        if !month_ok || self.day < 1 || self.day > days_in_month(self.year, self.month) {
            return Err(TimeError::Date(text()));
        }
        Ok(())
    }

    /// Days since 1970-01-01.
    pub(crate) fn day_number(&self) -> i64 {
        day_number(self.year, self.month, self.day)
    }

    /// Day of the year, 1 to 366.
    #[must_use]
    pub fn day_of_year(&self) -> u16 {
        (self.day_number() - day_number(self.year, 1, 1) + 1) as u16
    }

    fn second_of_day(&self) -> i64 {
        i64::from(self.hour) * 3_600 + i64::from(self.minute) * 60 + i64::from(self.second)
    }

    /// Seconds since 1970-01-01T00:00:00 of a clock without leap seconds.
    pub(crate) fn seconds(&self) -> i64 {
        self.day_number() * DAY_S + self.second_of_day()
    }

    /// The reverse of [`Civil::seconds`].
    pub(crate) fn from_seconds(seconds: i64) -> Self {
        let (year, month, day) = date_of(seconds.div_euclid(DAY_S));
        let rest = seconds.rem_euclid(DAY_S);
        Self {
            year,
            month,
            day,
            hour: (rest / 3_600) as u8,
            minute: (rest / 60 % 60) as u8,
            second: (rest % 60) as u8,
            nanosecond: 0,
        }
    }

    /// Midnight at the start of the given day of the year; the day may be past the year's end and is then refused.
    pub(crate) fn from_day_of_year(year: i32, day_of_year: u16, text: &str) -> Result<Self, TimeError> {
        let days = if is_leap_year(year) { 366 } else { 365 };
        if day_of_year == 0 || day_of_year > days {
            return Err(TimeError::Date(text.to_owned()));
        }
        Ok(Self::from_seconds((day_number(year, 1, 1) + i64::from(day_of_year) - 1) * DAY_S))
    }
}

/// Days since 1970-01-01 of a date of the proleptic Gregorian calendar.
///
/// Counts from 1 March, so that the leap day is the last of its year; 400 years have 146,097 days.
const fn day_number(year: i32, month: u8, day: u8) -> i64 {
    let year = year as i64 - if month <= 2 { 1 } else { 0 };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = (month as i64 + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day as i64 - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// The date that is `day_number` days after 1970-01-01.
fn date_of(day_number: i64) -> (i32, u8, u8) {
    let days = day_number + 719_468;
    let era = days.div_euclid(146_097);
    let day_of_era = days.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + i64::from(month <= 2);
    (year as i32, month as u8, day as u8)
}

const fn is_leap_year(year: i32) -> bool {
    year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
}

const fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if is_leap_year(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::{date_of, day_number, days_in_month};

    #[test]
    fn every_day_of_six_centuries_follows_the_one_before() {
        let mut expected = day_number(1700, 1, 1);
        for year in 1700..2300 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    assert_eq!(day_number(year, month, day), expected);
                    assert_eq!(date_of(expected), (year, month, day));
                    expected += 1;
                }
            }
        }
    }
}
