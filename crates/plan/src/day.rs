use std::fmt;
use std::str::FromStr;

use timeline::{Civil, Duration, Interval, Time};

/// A time of day in whole minutes after midnight GMT; 24:00 is the end of the day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Clock(u16);

/// The minutes of a day without a leap second.
const DAY_MIN: u16 = 24 * 60;

impl Clock {
    /// Midnight at the day's beginning.
    pub const START: Self = Self(0);
    /// Midnight at the day's end.
    pub const END: Self = Self(DAY_MIN);

    /// Minutes after midnight.
    #[must_use]
    pub const fn minutes(self) -> u16 {
        self.0
    }
}

impl FromStr for Clock {
    type Err = ();

    /// Reads `08:15`; `24:00` is the end of the day.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (hours, minutes) = text.split_once(':').ok_or(())?;
        let two_digits = |part: &str| match part.as_bytes() {
            [b'0'..=b'9', b'0'..=b'9'] => part.parse::<u16>().map_err(|_| ()),
            _ => Err(()),
        };
        let (hours, minutes) = (two_digits(hours)?, two_digits(minutes)?);
        let whole = hours * 60 + minutes;
        if minutes < 60 && whole <= DAY_MIN { Ok(Self(whole)) } else { Err(()) }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.0 / 60, self.0 % 60)
    }
}

record::words! {
    /// A day of the week.
    pub enum Weekday {
        /// Monday.
        Monday = "mon",
        /// Tuesday.
        Tuesday = "tue",
        /// Wednesday.
        Wednesday = "wed",
        /// Thursday.
        Thursday = "thu",
        /// Friday.
        Friday = "fri",
        /// Saturday.
        Saturday = "sat",
        /// Sunday.
        Sunday = "sun",
    }
}

/// A day of the calendar in GMT.
///
/// ```
/// use plan::{Day, Weekday};
/// let day = Day::of("2026-06-01T13:20Z".parse()?);
/// assert_eq!((day.weekday(), day.to_string().as_str()), (Weekday::Monday, "2026-06-01"));
/// assert_eq!(day.at("08:15".parse().unwrap()).to_string(), "2026-06-01T08:15:00Z");
/// # Ok::<(), timeline::TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Day(Time);

impl Day {
    /// The day in which `time` lies.
    #[must_use]
    pub fn of(time: Time) -> Self {
        Self(midnight(time))
    }

    /// Its first instant.
    #[must_use]
    pub const fn start(self) -> Time {
        self.0
    }

    /// The day after.
    #[must_use]
    pub fn next(self) -> Self {
        // Noon of the next day, whatever a leap second does.
        Self::of(self.0 + Duration::HOUR * 36)
    }

    /// The day before.
    #[must_use]
    pub fn before(self) -> Self {
        Self::of(self.0 - Duration::HOUR * 12)
    }

    /// So many days later.
    ///
    /// ```
    /// use plan::Day;
    /// assert_eq!(Day::of("2026-05-30T12:00Z".parse()?).later(3).to_string(), "2026-06-02");
    /// # Ok::<(), timeline::TimeError>(())
    /// ```
    #[must_use]
    pub fn later(self, days: u32) -> Self {
        // To noon: leap seconds never add up to half a day.
        Self::of(self.0 + Duration::HOUR * 12 + Duration::DAY * i64::from(days))
    }

    /// When a clock shows `clock` on this day; 24:00 is the first instant of the next.
    #[must_use]
    pub fn at(self, clock: Clock) -> Time {
        if clock == Clock::END { self.next().0 } else { self.0 + Duration::MINUTE * i64::from(clock.0) }
    }

    /// The whole day; nothing at the end of representable time.
    #[must_use]
    pub fn interval(self) -> Option<Interval> {
        Interval::new(self.0, self.next().0)
    }

    /// The day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // 2000-01-01 was a Saturday. Leap seconds never add up to a day.
        let noon = self.0 + Duration::HOUR * 12;
        let days = (noon - Time::EPOCH).nanoseconds().div_euclid(Duration::DAY.nanoseconds());
        <Weekday as record::Word>::ALL[(days + 5).rem_euclid(7) as usize]
    }

    /// The Monday of its week.
    #[must_use]
    pub fn monday(self) -> Self {
        let since_monday = self.weekday() as i64;
        Self::of(self.0 + Duration::HOUR * 12 - Duration::DAY * since_monday)
    }

    /// The days that begin in `span`, or in which it begins.
    pub fn in_span(span: Interval) -> impl Iterator<Item = Self> {
        let first = Self::of(span.start());
        std::iter::successors(Some(first), |day| Some(day.next())).take_while(move |day| day.0 < span.end())
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.date())
    }
}

fn midnight(time: Time) -> Time {
    let civil = time.utc();
    let start = Civil { hour: 0, minute: 0, second: 0, nanosecond: 0, ..civil };
    Time::from_utc(start).unwrap_or(time)
}
