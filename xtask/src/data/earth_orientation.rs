use anyhow::{Context, Result, ensure};
use timeline::Time;

use super::{FIRST_DAY, number};

/// Days between rows. Five keep the tides of UT1 (13.7 and 27.6 days) at a few tenths of a millisecond; ten would not.
const STEP_DAYS: i64 = 5;

/// A day of the table.
struct Day {
    /// Modified Julian date, whole: 0 h UTC.
    mjd: i64,
    time: Time,
    x_arcsec: f64,
    y_arcsec: f64,
    ut1_utc_s: f64,
    dx_mas: Option<f64>,
    dy_mas: Option<f64>,
    kind: &'static str,
}

/// The bundled table from `finals2000A.all`: Bulletin A, a row every [`STEP_DAYS`] days and the last one.
pub(super) fn condense(text: &str) -> Result<String> {
    let first: Time = FIRST_DAY.parse()?;
    let days: Vec<Day> = text
        .lines()
        .filter_map(|line| day(line).transpose())
        .filter(|day| day.as_ref().map_or(true, |day| day.time >= first))
        .collect::<Result<_>>()?;
    ensure!(days.windows(2).all(|pair| pair[1].mjd == pair[0].mjd + 1), "a day is missing in the table");
    let last = days.last().context("the table holds no day of the station's life")?.mjd;
    let rows: Vec<&Day> = days.iter().filter(|day| day.mjd % STEP_DAYS == 0 || day.mjd == last).collect();
    let observed =
        days.iter().rfind(|day| day.kind == "observed").context("the table holds no observed day")?;
    let mut csv = format!(
        "# Earth orientation, IERS Bulletin A (finals2000A.all; IERS Rapid Service, US Naval Observatory), at 0 h UTC, \
         observed to {}, a row every {STEP_DAYS} days. quality: published. Interpolate UT1 - TAI, which has no leap \
         seconds: {}\n\
         date,x_arcsec,y_arcsec,ut1_utc_s,dx_mas,dy_mas,kind\n",
        observed.time.date(),
        interpolation_errors(&days, &rows),
    );
    for day in rows {
        csv.push_str(&row(day));
    }
    Ok(csv)
}

/// A day of the table, or nothing for a day that only has a date yet.
///
/// Columns: ReadMe.finals2000A of the Rapid Service; there counted from 1, here from 0.
fn day(line: &str) -> Result<Option<Day>> {
    let mjd = number(line, 7, 15)?.context("a row without its Julian date")?;
    let position = [number(line, 18, 27)?, number(line, 37, 46)?, number(line, 58, 68)?];
    let [Some(x_arcsec), Some(y_arcsec), Some(ut1_utc_s)] = position else { return Ok(None) };
    let date = [line.get(..2), line.get(2..4), line.get(4..6)].map(|part| part.unwrap_or_default().trim());
    // The year has two digits: MJD 51544 is 2000-01-01.
    let century = if mjd < 51_544.0 { 1900 } else { 2000 };
    let year = century + date[0].parse::<i32>().with_context(|| format!("no year: {line}"))?;
    let time: Time = format!("{year}-{:0>2}-{:0>2}", date[1], date[2]).parse()?;
    let observed = line.get(16..17) == Some("I") && line.get(57..58) == Some("I");
    Ok(Some(Day {
        mjd: mjd as i64,
        time,
        x_arcsec,
        y_arcsec,
        ut1_utc_s,
        dx_mas: number(line, 97, 106)?,
        dy_mas: number(line, 116, 125)?,
        kind: if observed { "observed" } else { "predicted" },
    }))
}

/// A tenth of a milliarcsecond is 3 mm on the ground, ten microseconds of UT1 are 5 mm at the equator.
fn row(day: &Day) -> String {
    let cell = |value: Option<f64>| value.map_or_else(String::new, |value| format!("{value:.2}"));
    format!(
        "{},{:.4},{:.4},{:.5},{},{},{}\n",
        day.time.date(),
        day.x_arcsec,
        day.y_arcsec,
        day.ut1_utc_s,
        cell(day.dx_mas),
        cell(day.dy_mas),
        day.kind
    )
}

/// How far straight lines between the rows are from the observed days left out.
fn interpolation_errors(days: &[Day], rows: &[&Day]) -> String {
    let mut ut1 = Spread::default();
    let mut pole = Spread::default();
    for day in days.iter().filter(|day| day.kind == "observed") {
        let next = rows.partition_point(|row| row.mjd < day.mjd);
        let (Some(before), Some(after)) = (next.checked_sub(1).and_then(|at| rows.get(at)), rows.get(next))
        else {
            continue;
        };
        let part = (day.mjd - before.mjd) as f64 / (after.mjd - before.mjd) as f64;
        let between = |of: fn(&Day) -> f64| of(before) + part * (of(after) - of(before)) - of(day);
        ut1.take(between(ut1_minus_tai_s) * 1e3);
        pole.take(between(|day| day.x_arcsec).hypot(between(|day| day.y_arcsec)) * 1e3);
    }
    format!(
        "straight lines between the rows miss UT1 by {:.2} ms rms and {:.1} ms at most, the pole by {:.2} mas rms and {:.1} mas at most",
        ut1.rms(),
        ut1.largest,
        pole.rms(),
        pole.largest
    )
}

fn ut1_minus_tai_s(day: &Day) -> f64 {
    // The same clock reading, once as UTC and once as TAI, is TAI − UTC apart.
    let as_tai = Time::from_tai(day.time.utc()).unwrap_or(day.time);
    day.ut1_utc_s - (day.time - as_tai).seconds()
}

#[derive(Default)]
struct Spread {
    count: u32,
    squares: f64,
    largest: f64,
}

impl Spread {
    fn take(&mut self, value: f64) {
        self.count += 1;
        self.squares += value * value;
        self.largest = self.largest.max(value.abs());
    }

    fn rms(&self) -> f64 {
        (self.squares / f64::from(self.count.max(1))).sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::{condense, day, ut1_minus_tai_s};

    /// Rows of the same form as the table's, with figures made up.
    const OBSERVED: &str = "99 1 1 51179.00 I  0.120733 0.009786  0.136966 0.015902  I 0.7184178 0.0002710  0.0000 0.1916  P    -0.766    0.199    -0.720    0.300";
    const PREDICTED: &str =
        "99 1 2 51180.00 P  0.121000 0.009786  0.137000 0.015902  P 0.7174178 0.0002710                 ";
    const EMPTY: &str = "99 1 3 51181.00                                                              ";

    #[test]
    fn a_row_is_read_by_its_columns() {
        let found = day(OBSERVED).unwrap().unwrap();
        assert_eq!((found.mjd, found.time.date().as_str(), found.kind), (51_179, "1999-01-01", "observed"));
        assert_eq!((found.x_arcsec, found.y_arcsec, found.ut1_utc_s), (0.120_733, 0.136_966, 0.718_417_8));
        assert_eq!((found.dx_mas, found.dy_mas), (Some(-0.766), Some(-0.72)));
        // TAI − UTC is 32 s from 1999-01-01 on (IERS Bulletin C 16).
        assert!((ut1_minus_tai_s(&found) - (0.718_417_8 - 32.0)).abs() < 1e-9);
        assert!(day(EMPTY).unwrap().is_none());
        assert!(day("not a table").is_err());
    }

    #[test]
    fn rows_are_written_with_the_last_one() {
        let csv = condense(&format!("{OBSERVED}\n{PREDICTED}\n{EMPTY}\n")).unwrap();
        let rows: Vec<&str> = csv.lines().skip(2).collect();
        assert_eq!(rows, ["1999-01-02,0.1210,0.1370,0.71742,,,predicted"]);
        assert!(condense(&format!("{OBSERVED}\n{}\n", PREDICTED.replace("51180", "51182"))).is_err());
    }
}
