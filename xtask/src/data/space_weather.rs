use std::collections::BTreeMap;

use anyhow::{Context, Result};
use timeline::Time;

use super::{FIRST_DAY, columns, number};

/// From this day on every day has its row: the published trajectories that drag is compared with begin in 2021. Before it a
/// row is the mean of seven days, which keeps the Sun's rotation of 27 days and fits a book that people clone.
const DAILY_FROM: &str = "2020-01-01";

/// A row of the table.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Row {
    /// Solar radio flux at 10.7 cm as observed, not adjusted to 1 au: 10⁻²² W m⁻² Hz⁻¹.
    f107_sfu: f64,
    /// The same, mean of 81 days round this one.
    f107_81day_sfu: f64,
    /// Planetary amplitude of the day; predictions by month have none.
    ap: Option<f64>,
    kind: &'static str,
}

/// Days of a file, with when it was issued.
struct Table {
    issued: Time,
    days: BTreeMap<Time, Row>,
}

/// The bundled table from files of the form of `SW-All.txt`; where two say the same day, the one issued later wins.
pub(super) fn condense(files: &[String]) -> Result<String> {
    let mut tables: Vec<Table> = files.iter().map(|text| table(text)).collect::<Result<_>>()?;
    tables.sort_by_key(|table| table.issued);
    let issued = tables.last().context("no table")?.issued;
    let mut days = BTreeMap::new();
    for table in tables {
        // What an older file predicted is of no use once a newer one is there.
        days.retain(|_, row: &mut Row| row.kind == "observed");
        days.extend(table.days);
    }
    let observed = days.iter().rfind(|(_, row)| row.kind == "observed").context("no observed day")?;
    let mut csv = format!(
        "# Space weather, CelesTrak (celestrak.org/SpaceData; F10.7 observed, not adjusted: DRAO Penticton; Ap: GFZ Potsdam, \
         CC BY 4.0), issued {}, observed to {}. quality: published. Before {DAILY_FROM} a row is the mean of the seven days \
         round its date; predictions are by day, then by month without Ap\n\
         date,f107_sfu,f107_81day_sfu,ap,kind\n",
        issued.date(),
        observed.0.date(),
    );
    for (time, row) in weekly_before(&days)? {
        let ap = row.ap.map_or_else(String::new, |ap| format!("{}", (ap * 10.0).round() / 10.0));
        let line =
            format!("{},{:.1},{:.1},{ap},{}\n", time.date(), row.f107_sfu, row.f107_81day_sfu, row.kind);
        csv.push_str(&line);
    }
    Ok(csv)
}

fn table(text: &str) -> Result<Table> {
    let issued =
        text.lines().find_map(|line| line.strip_prefix("UPDATED ")).context("no line `UPDATED …`")?;
    let mut days = BTreeMap::new();
    let mut kind = None;
    for line in text.lines() {
        kind = match line.trim() {
            "BEGIN OBSERVED" => Some("observed"),
            "BEGIN DAILY_PREDICTED" | "BEGIN MONTHLY_PREDICTED" => Some("predicted"),
            end if end.starts_with("END") => None,
            _ => kind,
        };
        if let Some(kind) = kind.filter(|_| line.starts_with(|c: char| c.is_ascii_digit())) {
            days.insert(date(line)?, row(line, kind)?);
        }
    }
    Ok(Table { issued: issue_time(issued)?, days })
}

/// `2026 Jul 01 08:32:18 UTC`.
fn issue_time(text: &str) -> Result<Time> {
    const MONTHS: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let words: Vec<&str> = text.split_whitespace().collect();
    let [year, month, day, clock, ..] = words.as_slice() else {
        anyhow::bail!("`{text}` is not a date of issue")
    };
    let month = MONTHS.iter().position(|name| name == month).context("unknown month")? + 1;
    Ok(format!("{year}-{month:02}-{day}T{clock}Z").parse()?)
}

fn date(line: &str) -> Result<Time> {
    let part = |first, end| columns(line, first, end).with_context(|| format!("no date: {line}"));
    Ok(format!("{}-{:0>2}-{:0>2}", part(0, 4)?, part(4, 7)?, part(7, 10)?).parse()?)
}

/// Columns by the FORTRAN format in the head of the file: I4,I3,I3,I5,I3,8I3,I4,8I4,I4,F4.1,I2,I4,F6.1,I2,5F6.1.
fn row(line: &str, kind: &'static str) -> Result<Row> {
    let needed = |first, end| number(line, first, end)?.with_context(|| format!("no flux: {line}"));
    Ok(Row {
        f107_sfu: needed(112, 118)?,
        f107_81day_sfu: needed(118, 124)?,
        ap: number(line, 78, 82)?,
        kind,
    })
}

/// The rows of the book: means of whole weeks up to [`DAILY_FROM`], dated at their middle, and all days from there on.
fn weekly_before(days: &BTreeMap<Time, Row>) -> Result<Vec<(Time, Row)>> {
    let (first, daily_from): (Time, Time) = (FIRST_DAY.parse()?, DAILY_FROM.parse()?);
    let early: Vec<(&Time, &Row)> = days.range(first..daily_from).collect();
    // Weeks are counted back from the first daily row, so that none is cut there.
    let mut weeks: Vec<(Time, Row)> = early.rchunks_exact(7).map(week).collect();
    weeks.reverse();
    weeks.extend(days.range(daily_from.max(first)..).map(|(&time, &row)| (time, row)));
    Ok(weeks)
}

fn week(days: &[(&Time, &Row)]) -> (Time, Row) {
    let mean =
        |of: &dyn Fn(&Row) -> f64| days.iter().map(|(_, row)| of(row)).sum::<f64>() / days.len() as f64;
    let middle = *days[days.len() / 2].0;
    let row = Row {
        f107_sfu: mean(&|row| row.f107_sfu),
        f107_81day_sfu: mean(&|row| row.f107_81day_sfu),
        ap: Some(mean(&|row| row.ap.unwrap_or_default())),
        kind: "observed",
    };
    (middle, row)
}

#[cfg(test)]
mod tests {
    use super::{condense, row};

    /// A row of the table's form, with its figures made up.
    fn line(date: &str, ap: u32, flux: f64) -> String {
        format!(
            "{date} 2630 18  3  3  7 40 33 47 47 33 213   2   2   3  27  18  39  39  18{ap:4} 1.0 5  94 209.3 0 149.6 132.2{flux:6.1} 145.1 129.2"
        )
    }

    fn file(issued: &str, observed: &[String], predicted: &[String]) -> String {
        format!(
            "UPDATED {issued}\nBEGIN OBSERVED\n{}\nEND OBSERVED\nBEGIN DAILY_PREDICTED\n{}\nEND DAILY_PREDICTED\n",
            observed.join("\n"),
            predicted.join("\n")
        )
    }

    #[test]
    fn a_row_is_read_by_its_columns() {
        let found = row(&line("2026 06 30", 18, 202.6), "observed").unwrap();
        assert_eq!((found.f107_sfu, found.f107_81day_sfu, found.ap), (202.6, 145.1, Some(18.0)));
        let monthly = format!("2026 09 01 2632 27{:70}  87 121.1   130.7 146.0 118.9 128.4 141.7", "");
        let found = row(&monthly, "predicted").unwrap();
        assert_eq!((found.f107_sfu, found.f107_81day_sfu, found.ap), (118.9, 128.4, None));
    }

    #[test]
    fn the_later_issue_wins_and_old_predictions_go() {
        let older =
            file("2025 Jul 21 10:37:15 UTC", &[line("2025 07 19", 5, 100.0)], &[line("2025 07 25", 9, 1.0)]);
        let newer =
            file("2026 Jul 01 08:32:18 UTC", &[line("2025 07 19", 6, 101.0)], &[line("2026 07 01", 9, 2.0)]);
        let csv = condense(&[newer, older]).unwrap();
        let rows: Vec<&str> = csv.lines().skip(2).collect();
        assert_eq!(rows, ["2025-07-19,101.0,145.1,6,observed", "2026-07-01,2.0,145.1,9,predicted"]);
        assert!(csv.contains("issued 2026-07-01, observed to 2025-07-19"));
    }

    #[test]
    fn early_days_become_means_of_weeks() {
        let days: Vec<String> =
            (22..=31).map(|day| line(&format!("2019 12 {day}"), day, f64::from(day))).collect();
        let csv = condense(&[file("2026 Jul 01 08:32:18 UTC", &days, &[])]).unwrap();
        // 25 to 31 December, mean 28; the three days before are no whole week.
        assert_eq!(csv.lines().skip(2).collect::<Vec<_>>(), ["2019-12-28,28.0,145.1,28,observed"]);
    }
}
