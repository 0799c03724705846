//! Earth orientation: between rows, over a leap second, and beyond the table.

use orbit::{EarthOrientation, OrbitError, OrientationQuality, OrientationRow};
use timeline::{Duration, Interval, Time};

use OrientationQuality::{Held, Observed, Predicted, Unknown};

fn row(date: &str, ut1_utc_s: f64, quality: OrientationQuality) -> OrientationRow {
    let time = date.parse().expect("a date");
    OrientationRow { time, x_arcsec: 0.2, y_arcsec: 0.4, ut1_utc_s, dx_mas: 0.1, dy_mas: -0.1, quality }
}

/// UT1−UTC of 2016-12-31 and the day after: IERS C04.
fn table() -> EarthOrientation {
    let rows = [
        row("2016-12-31", -0.407_77, Observed),
        row("2017-01-01", 0.591_287, Observed),
        row("2017-01-02", 0.590_1, Predicted),
    ];
    EarthOrientation::new(&rows).expect("three rows in order")
}

#[test]
fn quality_and_clock_at_any_time() {
    let table = table();
    // TAI−UTC is 36 s before 2017 and 37 s after; UT1−TAI runs on through the leap second.
    for (time, quality, ut1_tai_s) in [
        ("2016-12-31T00:00", Observed, -36.407_77),
        ("2016-12-31T23:59:60", Observed, -36.408_713),
        ("2017-01-01T00:00", Observed, -36.408_713),
        ("2017-01-01T12:00", Predicted, -36.409_306_5),
        ("2017-01-02T00:00", Predicted, -36.409_9),
        ("2017-06-01", Held, -36.409_9),
        ("2016-01-02", Held, -36.407_77),
        ("2018-01-04", Unknown, -37.0),
        ("2010-05-01", Unknown, -34.0),
    ] {
        let orientation = table.at(time.parse::<Time>().unwrap());
        assert_eq!(orientation.quality, quality, "{time}");
        assert!((orientation.ut1_tai_s - ut1_tai_s).abs() < 1e-6, "{time}: {}", orientation.ut1_tai_s);
        assert_eq!(orientation.x_rad == 0.0, quality == Unknown, "{time}");
    }
    assert_eq!(EarthOrientation::unknown().at(Time::J2000).quality, Unknown);
    assert_eq!(table.span().map(Interval::duration), Some(Duration::DAY * 2 + Duration::SECOND));
}

/// A table with days missing is searched as well as one without.
#[test]
fn rows_need_not_be_daily() {
    let rows = [
        row("2020-01-01", 0.1, Observed),
        row("2020-01-02", 0.2, Observed),
        row("2020-01-06", 0.6, Observed),
        row("2020-01-07", 0.7, Observed),
    ];
    let table = EarthOrientation::new(&rows).unwrap();
    for tenths in 0..60_i64 {
        let time = rows[0].time + Duration::DAY / 10 * tenths;
        let expected_s = 0.1 + 0.01 * tenths as f64 - 37.0;
        assert!((table.at(time).ut1_tai_s - expected_s).abs() < 1e-9, "{time}");
    }
}

#[test]
fn tables_that_are_refused() {
    let refused = |rows: &[OrientationRow]| EarthOrientation::new(rows).expect_err("no table");
    let (first, second) = (row("2020-01-01", 0.1, Observed), row("2020-01-02", 0.2, Observed));
    assert!(matches!(refused(&[second, first]), OrbitError::Order { .. }));
    assert!(matches!(refused(&[first, first]), OrbitError::Order { .. }));
    assert!(matches!(refused(&[first, row("2020-01-03", f64::NAN, Observed)]), OrbitError::NotFinite { .. }));
}
