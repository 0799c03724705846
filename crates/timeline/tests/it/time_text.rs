use hifitime::{Epoch, Unit as HifitimeUnit};
use proptest::prelude::*;
use timeline::{Civil, Duration, Time};

/// All times that can be written and read again; the first and last year of representable time are cut short by it.
fn readable() -> impl Strategy<Value = Time> {
    let (first, last): (Time, Time) =
        ("1708-01-01".parse().unwrap(), "2291-12-31T23:59:59Z".parse().unwrap());
    (first.nanoseconds()..=last.nanoseconds()).prop_map(Time::from_nanoseconds)
}

proptest! {
    #[test]
    fn utc_tai_and_gmt_text_are_read_back(time in readable()) {
        let read = |text: String| text.parse::<Time>().unwrap();
        prop_assert_eq!(read(time.to_string()), time);
        prop_assert_eq!(read(time.tai_text()), time);
        prop_assert_eq!(read(time.gmt_seconds()), time.floor_to(Duration::SECOND));
        prop_assert_eq!(read(format!("GMT {}", time.gmt_seconds())), time.floor_to(Duration::SECOND));
        let within_minute = time - read(time.gmt());
        prop_assert!(within_minute >= Duration::ZERO && within_minute < Duration::SECOND * 61);
        prop_assert!(read(time.date()) <= time);
    }

    #[test]
    fn clock_readings_are_read_back(time in readable()) {
        prop_assert_eq!(Time::from_utc(time.utc()), Ok(time));
        prop_assert_eq!(Time::from_tai(time.tai()), Ok(time));
    }

    #[test]
    fn no_text_is_a_panic(text in "\\PC*", near in "(GMT )?[0-9]{0,5}[-/][0-9]{0,3}[-T ]?[0-9:.]{0,12}(Z| TAI)?") {
        let _ = (text.parse::<Time>(), near.parse::<Time>());
    }

    /// X-Val: hifitime 4.3 between the introduction of leap seconds and 2100.
    #[test]
    fn hifitime_agrees(time in since_1972()) {
        assert_hifitime_agrees(time);
    }
}

fn since_1972() -> impl Strategy<Value = Time> {
    let (first, last): (Time, Time) = ("1972-01-01".parse().unwrap(), "2100-01-01".parse().unwrap());
    (first.nanoseconds()..last.nanoseconds()).prop_map(Time::from_nanoseconds)
}

/// X-Val: hifitime 4.3.
///
/// Its UTC counts a new leap second too early, by the TAI − UTC of the day (10 to 37 s), and shows 23:59:59 twice for it. Those
/// seconds are left out here; what a clock shows then stands in the cases of `time.rs`.
fn assert_hifitime_agrees(time: Time) {
    let epoch =
        Epoch::from_gregorian_tai(2000, 1, 1, 0, 0, 0, 0) + time.nanoseconds() * HifitimeUnit::Nanosecond;
    let parts = |c: Civil| (c.year, c.month, c.day, c.hour, c.minute, c.second, c.nanosecond);
    assert_eq!(parts(time.tai()), epoch.to_gregorian_tai(), "{time}");
    assert_eq!(time.tai().day_of_year(), epoch.day_of_year().floor() as u16, "{time}");
    let offset = tai_minus_utc(time);
    if offset.is_none() || offset != tai_minus_utc(time + Duration::SECOND * 38) {
        return;
    }
    let utc = parts(time.utc());
    assert_eq!(utc, epoch.to_gregorian_utc(), "{time}");
    let (year, month, day, hour, minute, second, nanosecond) = utc;
    assert_eq!(
        Epoch::from_gregorian_utc(year, month, day, hour, minute, second, nanosecond),
        epoch,
        "{time}"
    );
}

/// Nothing in a leap second, which TAI cannot show.
fn tai_minus_utc(time: Time) -> Option<Duration> {
    Some(time - Time::from_tai(time.utc()).ok()?)
}

/// Random times never meet a leap second; these stand around every midnight that could have had one.
#[test]
fn hifitime_agrees_around_every_possible_leap_second() {
    for year in 1972..2100 {
        for half in ["01-01", "07-01"] {
            let midnight: Time = format!("{year}-{half}").parse().unwrap();
            for quarter_seconds in -200..12 {
                let time = midnight + Duration::from_seconds(0.25 * f64::from(quarter_seconds));
                if time >= "1972-01-01".parse().unwrap() {
                    assert_hifitime_agrees(time);
                }
            }
        }
    }
}
