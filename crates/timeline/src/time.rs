use std::fmt;
use std::ops::{Add, Sub};
use std::str::FromStr;

use crate::Duration;
use crate::calendar::{self, Civil, TimeError};

/// An instant: whole nanoseconds of TAI since 2000-01-01T00:00:00 TAI.
///
/// One integer for all of Cupola, so that no instant loses precision with age and two machines agree to the bit. It spans
/// the years 1708 to 2291. Calendars and leap seconds appear only when it is read from or written as text.
///
/// ```
/// use timeline::Time;
/// let time: Time = "2016-12-31T23:59:60Z".parse()?;
/// assert_eq!(time.to_string(), "2016-12-31T23:59:60Z");
/// assert_eq!(time.gmt(), "2016/366 23:59");
/// assert_eq!("2026/150 12:00".parse::<Time>()?, "2026-05-30T12:00Z".parse::<Time>()?);
/// # Ok::<(), timeline::TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time(i64);

/// 2000-01-01 counted in seconds from 1970-01-01, on a clock without leap seconds.
const EPOCH_S: i64 = 946_684_800;
const NANOS_PER_SECOND: i64 = 1_000_000_000;

impl Time {
    /// 2000-01-01T00:00:00 TAI.
    pub const EPOCH: Self = Self(0);
    /// The earliest instant; stands for "always before".
    pub const MIN: Self = Self(i64::MIN);
    /// The latest instant; stands for "still going on".
    pub const MAX: Self = Self(i64::MAX);
    /// 2000-01-01T12:00:00 TT, the astronomers' J2000.0 (TT = TAI + 32.184 s).
    pub const J2000: Self = Self(43_167_816 * 1_000_000);

    /// The instant that many nanoseconds of TAI after [`Time::EPOCH`].
    #[must_use]
    pub const fn from_nanoseconds(nanoseconds: i64) -> Self {
        Self(nanoseconds)
    }

    /// Nanoseconds of TAI since [`Time::EPOCH`].
    #[must_use]
    pub const fn nanoseconds(self) -> i64 {
        self.0
    }

    /// The instant when a UTC clock shows `civil`.
    ///
    /// # Errors
    /// When there is no such date, time of day or leap second, or it is out of range.
    pub fn from_utc(civil: Civil) -> Result<Self, TimeError> {
        civil.check_utc(|| form(&civil))?;
        Self::from_tai_seconds(calendar::tai_seconds_of_utc(&civil), civil)
    }

    /// The instant when a TAI clock shows `civil`.
    ///
    /// # Errors
    /// When there is no such date or time of day, or it is out of range.
    pub fn from_tai(civil: Civil) -> Result<Self, TimeError> {
        civil.check_tai(|| form(&civil))?;
        Self::from_tai_seconds(civil.seconds(), civil)
    }

    /// The instant that a Unix clock counts as `seconds` since 1970; that clock has no leap seconds and reads as UTC does.
    ///
    /// Nothing outside the years 1708 to 2291.
    ///
    /// ```
    /// # use timeline::Time;
    /// assert_eq!(Time::from_unix_seconds(1_483_228_800).unwrap().to_string(), "2017-01-01T00:00:00Z");
    /// ```
    #[must_use]
    pub fn from_unix_seconds(seconds: i64) -> Option<Self> {
        let in_range = (-9_000_000_000..11_000_000_000).contains(&seconds);
        if in_range { Self::from_utc(Civil::from_seconds(seconds)).ok() } else { None }
    }

    fn from_tai_seconds(tai_s: i64, civil: Civil) -> Result<Self, TimeError> {
        (tai_s - EPOCH_S)
            .checked_mul(NANOS_PER_SECOND)
            .and_then(|nanos| nanos.checked_add(i64::from(civil.nanosecond)))
            .map(Self)
            .ok_or_else(|| TimeError::Range(form(&civil)))
    }

    /// What a UTC clock shows.
    #[must_use]
    pub fn utc(self) -> Civil {
        let mut civil = calendar::utc_of_tai_seconds(self.tai_seconds());
        civil.nanosecond = self.0.rem_euclid(NANOS_PER_SECOND) as u32;
        civil
    }

    /// What a TAI clock shows.
    #[must_use]
    pub fn tai(self) -> Civil {
        let mut civil = Civil::from_seconds(self.tai_seconds());
        civil.nanosecond = self.0.rem_euclid(NANOS_PER_SECOND) as u32;
        civil
    }

    fn tai_seconds(self) -> i64 {
        self.0.div_euclid(NANOS_PER_SECOND) + EPOCH_S
    }

    /// UTC as GMT day-of-year text to the minute, the way flight controllers write it: `2026/118 14:05`.
    ///
    /// Seconds are cut, not rounded, so that a clock never shows a minute that has not come.
    #[must_use]
    pub fn gmt(self) -> String {
        let c = self.utc();
        format!("{}/{:03} {:02}:{:02}", c.year, c.day_of_year(), c.hour, c.minute)
    }

    /// UTC as GMT day-of-year text to the second: `2026/118 14:05:09`.
    #[must_use]
    pub fn gmt_seconds(self) -> String {
        format!("{}:{:02}", self.gmt(), self.utc().second)
    }

    /// The UTC date: `2026-04-28`.
    #[must_use]
    pub fn date(self) -> String {
        let c = self.utc();
        format!("{:04}-{:02}-{:02}", c.year, c.month, c.day)
    }

    /// TAI as ISO 8601 text: `2026-05-30T12:00:37 TAI`.
    #[must_use]
    pub fn tai_text(self) -> String {
        format!("{} TAI", form(&self.tai()))
    }

    /// Days of 86,400 s since J2000.0 on the TT clock, as most astronomical series want it.
    #[must_use]
    pub fn tt_days_since_j2000(self) -> f64 {
        (self - Self::J2000).days()
    }

    /// Seconds from this instant to a later one, to 53 bits; unlike a [`Duration`] it spans all of time.
    pub(crate) fn seconds_until(self, later: Self) -> f64 {
        debug_assert!(self <= later, "counted backwards");
        later.0.wrapping_sub(self.0) as u64 as f64 / 1e9
    }

    /// This instant `by` later, but "always before" and "still going on" stay what they are.
    pub(crate) fn moved(self, by: Duration) -> Self {
        if self == Self::MIN || self == Self::MAX { self } else { self + by }
    }

    /// This instant cut down to a whole multiple of `step` since [`Time::EPOCH`].
    ///
    /// # Panics
    /// When `step` is not positive.
    #[must_use]
    pub fn floor_to(self, step: Duration) -> Self {
        assert!(step > Duration::ZERO, "a step must be positive");
        Self(self.0.saturating_sub(self.0.rem_euclid(step.nanoseconds())))
    }
}

impl Add<Duration> for Time {
    type Output = Self;
    /// Saturates at [`Time::MIN`] and [`Time::MAX`].
    fn add(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(duration.nanoseconds()))
    }
}

impl Sub<Duration> for Time {
    type Output = Self;
    /// Saturates at [`Time::MIN`] and [`Time::MAX`].
    fn sub(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(duration.nanoseconds()))
    }
}

impl Sub for Time {
    type Output = Duration;
    /// Saturates at about ±292 years.
    fn sub(self, earlier: Self) -> Duration {
        Duration::from_nanoseconds(self.0.saturating_sub(earlier.0))
    }
}

impl fmt::Display for Time {
    /// UTC as ISO 8601 with as many decimals as needed: `2026-05-30T12:00:00Z`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}Z", form(&self.utc()))
    }
}

impl fmt::Debug for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

fn form(c: &Civil) -> String {
    let mut text =
        format!("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", c.year, c.month, c.day, c.hour, c.minute, c.second);
    if c.nanosecond > 0 {
        let digits = format!(".{:09}", c.nanosecond);
        text.push_str(digits.trim_end_matches('0'));
    }
    text
}

impl FromStr for Time {
    type Err = TimeError;

    /// Reads `2026-05-30T12:00:00.5Z`, `2026-05-30 12:00`, `2026-05-30`, the CCSDS day-of-year form
    /// `2026-150T12:00:00Z`, the flight controllers' `2026/150 12:00:00`, an optional `GMT ` before and `Z`, ` UTC` or
    /// ` TAI` behind. Without a word it is UTC; without a time of day it is midnight.
    fn from_str(text: &str) -> Result<Self, TimeError> {
        let malformed = || TimeError::Form(text.to_owned());
        let body = text.trim();
        let body = body.strip_prefix("GMT ").unwrap_or(body).trim_start();
        let (body, is_tai) = match body.strip_suffix(" TAI") {
            Some(rest) => (rest, true),
            None => (body.strip_suffix(" UTC").or_else(|| body.strip_suffix('Z')).unwrap_or(body), false),
        };
        let (date, clock) = match body.split_once(['T', ' ']) {
            Some((date, clock)) => (date, Some(clock.trim_start())),
            None => (body, None),
        };
        let mut civil = read_date(date, text)?;
        if let Some(clock) = clock {
            read_clock(clock, &mut civil).ok_or_else(malformed)?;
        }
        if is_tai {
            civil.check_tai(|| text.to_owned())?;
            Self::from_tai_seconds(civil.seconds(), civil)
        } else {
            civil.check_utc(|| text.to_owned())?;
            Self::from_tai_seconds(calendar::tai_seconds_of_utc(&civil), civil)
        }
    }
}

fn read_date(date: &str, text: &str) -> Result<Civil, TimeError> {
    let malformed = || TimeError::Form(text.to_owned());
    let mut parts = date.split(['-', '/']);
    let year = parts.next().and_then(|t| digits(t, 4)).ok_or_else(malformed)? as i32;
    let second = parts.next().ok_or_else(malformed)?;
    let third = parts.next();
    if parts.next().is_some() || (third.is_some() && date.contains('/')) {
        return Err(malformed());
    }
    match third {
        None => {
            let day_of_year = digits(second, 3).ok_or_else(malformed)? as u16;
            Civil::from_day_of_year(year, day_of_year, text)
        }
        Some(day) => {
            let month = digits(second, 2).ok_or_else(malformed)? as u8;
            let day = digits(day, 2).ok_or_else(malformed)? as u8;
            Ok(Civil { year, month, day, hour: 0, minute: 0, second: 0, nanosecond: 0 })
        }
    }
}

/// `HH:MM`, `HH:MM:SS` or `HH:MM:SS.fffffffff`.
fn read_clock(clock: &str, civil: &mut Civil) -> Option<()> {
    let mut parts = clock.split(':');
    civil.hour = digits(parts.next()?, 2)? as u8;
    civil.minute = digits(parts.next()?, 2)? as u8;
    if let Some(second) = parts.next() {
        let (whole, fraction) = second.split_once('.').map_or((second, None), |(w, f)| (w, Some(f)));
        civil.second = digits(whole, 2)? as u8;
        if let Some(fraction) = fraction {
            let places = u32::try_from(fraction.len()).ok().filter(|places| (1..=9).contains(places))?;
            civil.nanosecond = digits(fraction, fraction.len())? * 10_u32.pow(9 - places);
        }
    }
    parts.next().is_none().then_some(())
}

fn digits(text: &str, count: usize) -> Option<u32> {
    let all_digits = text.len() == count && text.bytes().all(|b| b.is_ascii_digit());
    if all_digits { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::Time;
    use crate::{Duration, TimeError};

    fn time(text: &str) -> Time {
        text.parse().unwrap()
    }

    #[test]
    fn forms_that_are_understood() {
        for (text, iso, gmt) in [
            ("2026-05-30T12:00:00Z", "2026-05-30T12:00:00Z", "2026/150 12:00"),
            ("2026/150 12:00", "2026-05-30T12:00:00Z", "2026/150 12:00"),
            ("GMT 2026/150 12:00:30", "2026-05-30T12:00:30Z", "2026/150 12:00"),
            ("2022-045T23:19:00.431Z", "2022-02-14T23:19:00.431Z", "2022/045 23:19"),
            ("2000-11-02T09:21Z", "2000-11-02T09:21:00Z", "2000/307 09:21"),
            ("2021-07-26", "2021-07-26T00:00:00Z", "2021/207 00:00"),
            ("2024-12-31 23:59:59.000000001 UTC", "2024-12-31T23:59:59.000000001Z", "2024/366 23:59"),
            ("2017-01-01T00:00:37 TAI", "2017-01-01T00:00:00Z", "2017/001 00:00"),
            ("2017-01-01T00:00:36 TAI", "2016-12-31T23:59:60Z", "2016/366 23:59"),
            ("1972-06-30T23:59:60Z", "1972-06-30T23:59:60Z", "1972/182 23:59"),
            ("1969-07-20T20:17:40Z", "1969-07-20T20:17:40Z", "1969/201 20:17"),
        ] {
            assert_eq!(time(text).to_string(), iso, "{text}");
            assert_eq!(time(text).gmt(), gmt, "{text}");
            assert_eq!(time(&time(text).tai_text()), time(text), "{text}");
        }
    }

    #[test]
    fn forms_that_are_refused() {
        let check = |text: &str, expected: fn(String) -> TimeError| {
            assert_eq!(text.parse::<Time>(), Err(expected(text.to_owned())), "{text}");
        };
        for text in [
            "",
            "now",
            "2026",
            "2026-5-30",
            "2026-05-30T12",
            "2026-05-30T12:00:00.",
            "2026/150/3",
            "２０26-05-30",
        ] {
            check(text, TimeError::Form);
        }
        for text in ["2015-02-29", "2026-13-01", "2026-00-01", "2026/366", "2026-000T00:00:00"] {
            check(text, TimeError::Date);
        }
        for text in
            ["2026-05-30T24:00Z", "2026-05-30T12:60Z", "2026-05-30T12:00:61Z", "2016-12-31T23:59:60 TAI"]
        {
            check(text, TimeError::Clock);
        }
        for text in ["2017-12-31T23:59:60Z", "2016-12-31T22:59:60Z", "1971-12-31T23:59:60Z"] {
            check(text, TimeError::LeapSecond);
        }
        check("0001-01-01", TimeError::Range);
        check("2292-01-01", TimeError::Range);
    }

    #[test]
    fn a_leap_second_lasts_a_second() {
        let (before, leap, after) =
            (time("2016-12-31T23:59:59Z"), time("2016-12-31T23:59:60Z"), time("2017-01-01"));
        assert_eq!(leap - before, Duration::SECOND);
        assert_eq!(after - leap, Duration::SECOND);
        assert_eq!((leap + Duration::SECOND / 2).to_string(), "2016-12-31T23:59:60.5Z");
    }

    /// J2000.0 is 2000-01-01T11:59:27.816 TAI (IAU 1994 resolution C7, TT = TAI + 32.184 s).
    #[test]
    fn j2000_is_noon_of_terrestrial_time() {
        assert_eq!(Time::J2000.tai_text(), "2000-01-01T11:59:27.816 TAI");
    }

    #[test]
    fn the_ends_of_time_can_be_shown() {
        assert_eq!(Time::MIN.date(), "1707-09-22");
        assert_eq!(Time::MAX + Duration::DAY, Time::MAX);
        assert_eq!(Time::MAX.date(), "2292-04-10");
    }
}
