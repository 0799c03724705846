//! Frames against published examples and other programs.

use glam::DVec3;
use orbit::{
    EarthOrientation, Itrf, OrientationQuality, OrientationRow, State, Teme, itrf_to_teme, teme_to_itrf,
};
use timeline::{Duration, Time};

/// The TEME example of Vallado et al., AIAA 2006-6753, appendix C, with its Earth orientation.
///
/// The published state lies 9 mm off because its sidereal time came from a Julian date in one float (40 µs, or 2 cm).
#[test]
fn teme_meets_the_published_example() {
    let time: Time = "2004-04-06T07:51:28.386009Z".parse().unwrap();
    let table = constant_orientation(time, [-0.140_682, 0.333_309, -0.439_961_9]);
    let teme = State::<Teme>::new(
        time,
        DVec3::new(5_094.180_162_10, 6_127.644_659_50, 6_380.344_532_70),
        DVec3::new(-4.746_131_487, 0.785_818_041, 5.531_931_288),
    );
    let published = State::<Itrf>::new(
        time,
        DVec3::new(-1_033.479_383_00, 7_901.295_275_40, 6_380.356_595_80),
        DVec3::new(-3.225_636_520, -2.872_451_450, 5.531_924_446),
    );
    let itrf = teme_to_itrf(&teme, &table);
    assert!(itrf.position_km.distance(published.position_km) < 2e-5, "{itrf:?}");
    assert!(itrf.velocity_km_s.distance(published.velocity_km_s) < 2e-8, "{itrf:?}");
    let back = itrf_to_teme(&itrf, &table);
    assert!(back.position_km.distance(teme.position_km) < 1e-9, "{back:?}");
}

/// A table of two equal rows a day to either side: pole x and y in arcseconds, UT1−UTC in seconds.
fn constant_orientation(time: Time, [x_arcsec, y_arcsec, ut1_utc_s]: [f64; 3]) -> EarthOrientation {
    let row = |time| OrientationRow {
        time,
        x_arcsec,
        y_arcsec,
        ut1_utc_s,
        dx_mas: 0.0,
        dy_mas: 0.0,
        quality: OrientationQuality::Observed,
    };
    EarthOrientation::new(&[row(time - Duration::DAY), row(time + Duration::DAY)]).expect("two rows in order")
}
