//! Days, weekdays and times of day, against the calendar.

use plan::{Clock, Day, Weekday};
use proptest::prelude::*;
use timeline::{Duration, Interval, Time};

fn day(text: &str) -> Day {
    Day::of(text.parse().unwrap())
}

fn clock(text: &str) -> Clock {
    text.parse().unwrap()
}

#[test]
fn weekdays_of_known_dates() {
    for (date, expected) in [
        // The launches of Sputnik, Vostok 1, Apollo 11 and Zarya, and the docking of the first crew, as histories name the day.
        ("1957-10-04", Weekday::Friday),
        ("1961-04-12", Weekday::Wednesday),
        ("1969-07-16", Weekday::Wednesday),
        ("1998-11-20", Weekday::Friday),
        ("2000-11-02", Weekday::Thursday),
        // Leap days, leap seconds, turns of centuries.
        ("1900-01-01", Weekday::Monday),
        ("2000-02-29", Weekday::Tuesday),
        ("2016-12-31", Weekday::Saturday),
        ("2017-01-01", Weekday::Sunday),
        ("2100-03-01", Weekday::Monday),
    ] {
        assert_eq!(day(date).weekday(), expected, "{date}");
    }
}

#[test]
fn a_day_with_a_leap_second_is_a_day() {
    let last = day("2016-12-31T23:59:60Z");
    assert_eq!(last.to_string(), "2016-12-31");
    assert_eq!(last.interval().unwrap().duration(), Duration::DAY + Duration::SECOND);
    assert_eq!((last.next(), day("2017-01-01").before()), (day("2017-01-01"), last));
    for (text, expected) in [
        ("00:00", "2016-12-31T00:00:00Z"),
        ("23:59", "2016-12-31T23:59:00Z"),
        ("24:00", "2017-01-01T00:00:00Z"),
    ] {
        assert_eq!(last.at(clock(text)).to_string(), expected, "{text}");
    }
}

#[test]
fn mondays_begin_weeks() {
    for (date, expected) in [
        ("2026-06-01", "2026-06-01"),
        ("2026-06-07T23:59:59Z", "2026-06-01"),
        ("2026-06-08", "2026-06-08"),
        ("2017-01-01", "2016-12-26"),
        ("2000-01-02", "1999-12-27"),
    ] {
        assert_eq!(day(date).monday().to_string(), expected, "{date}");
    }
}

#[test]
fn days_of_a_span() {
    for (from, to, expected) in [
        ("2016-12-30", "2017-01-02", &["2016-12-30", "2016-12-31", "2017-01-01"][..]),
        ("2016-12-31T23:59:59Z", "2016-12-31T23:59:60Z", &["2016-12-31"]),
        ("2016-12-31T23:59:60Z", "2017-01-01T00:00:01Z", &["2016-12-31", "2017-01-01"]),
        ("2026-06-01T12:00Z", "2026-06-02", &["2026-06-01"]),
    ] {
        let span = Interval::new(from.parse().unwrap(), to.parse().unwrap()).unwrap();
        let found: Vec<String> = Day::in_span(span).map(|day| day.to_string()).collect();
        assert_eq!(found, expected, "{from} to {to}");
    }
}

#[test]
fn clocks_that_are_understood_and_refused() {
    for (text, expected) in
        [("00:00", Some(0)), ("08:15", Some(495)), ("23:59", Some(1_439)), ("24:00", Some(1_440))]
    {
        assert_eq!(text.parse::<Clock>().ok().map(Clock::minutes), expected, "{text}");
        assert_eq!(clock(text).to_string(), text);
    }
    for text in [
        "",
        "8:15",
        "08:5",
        "08.15",
        "24:01",
        "25:00",
        "12:60",
        "08:15:00",
        "+8:15",
        " 08:15",
        "０８:15",
        "99:99",
    ] {
        assert_eq!(text.parse::<Clock>(), Err(()), "{text}");
    }
}

/// Ends of representable time have no calendar; nothing hangs there.
#[test]
fn the_ends_of_time_have_days() {
    for time in [Time::MIN, Time::MAX] {
        let day = Day::of(time);
        assert!(day.before() <= day && day.monday() <= day && day <= day.next(), "{day}");
    }
    assert_eq!(Day::of(Time::MAX).interval(), None);
    assert!(Day::in_span(Interval::new(Time::MAX - Duration::DAY * 3, Time::MAX).unwrap()).count() <= 3);
}

proptest! {
    #[test]
    fn days_follow_each_other(nanoseconds in -8_000_000_000_000_000_000..8_000_000_000_000_000_000_i64) {
        let time = Time::from_nanoseconds(nanoseconds);
        let day = Day::of(time);
        prop_assert!(day.interval().unwrap().contains(time));
        prop_assert_eq!(day.next().before(), day);
        prop_assert_eq!(day.interval().unwrap().end(), day.next().start());
        prop_assert_eq!((day.weekday() as u8 + 1) % 7, day.next().weekday() as u8);
        prop_assert_eq!(day.monday().weekday(), Weekday::Monday);
        let days = Day::in_span(Interval::new(day.monday().start(), day.next().start()).unwrap()).count();
        prop_assert_eq!(days, day.weekday() as usize + 1);
    }

    #[test]
    fn no_text_hurts_a_clock(text in ".{0,6}") {
        if let Ok(clock) = text.parse::<Clock>() {
            prop_assert_eq!(clock.to_string(), text);
        }
    }
}
