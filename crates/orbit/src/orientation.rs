use timeline::{Civil, Duration, Interval, Time};

use crate::OrbitError;

/// How the Earth was turned and its pole stood, day by day: the IERS's Earth orientation parameters.
///
/// Between rows all five values are interpolated linearly, as the IERS recommends for daily tables when sub-daily tides do
/// not matter (IERS Conventions 2010, chapter 5.5; they move a point on the ground by less than 5 cm). UT1 is interpolated
/// as UT1−TAI, which has no leap seconds in it. Outside the table nothing fails, but [`Orientation::quality`] says so.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct EarthOrientation {
    rows: Vec<Node>,
}

/// One row of a published table, in its units.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct OrientationRow {
    /// Midnight UTC of the row's date.
    pub time: Time,
    /// Pole coordinate towards 0° longitude, arcseconds.
    pub x_arcsec: f64,
    /// Pole coordinate towards 90° west, arcseconds.
    pub y_arcsec: f64,
    /// UT1−UTC, seconds.
    pub ut1_utc_s: f64,
    /// Observed correction to the IAU 2006/2000A pole's X, milliarcseconds.
    pub dx_mas: f64,
    /// Observed correction to the IAU 2006/2000A pole's Y, milliarcseconds.
    pub dy_mas: f64,
    /// Whether it was observed or predicted.
    pub quality: OrientationQuality,
}

/// How far an orientation can be trusted.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Hash)]
pub enum OrientationQuality {
    /// Measured; a millimetre to a centimetre on the ground.
    Observed,
    /// Predicted by the IERS; about 1 m on the ground after three months.
    Predicted,
    /// The table's first or last values held, at most a year: UT1 drifts by up to 1 ms (0.5 m) a day.
    Held,
    /// No table: UT1 taken as UTC and the pole as straight; up to 420 m on the ground.
    Unknown,
}

/// The orientation of the Earth at one time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Orientation {
    /// Pole coordinate towards 0° longitude, radians.
    pub x_rad: f64,
    /// Pole coordinate towards 90° west, radians.
    pub y_rad: f64,
    /// UT1−TAI, seconds.
    pub ut1_tai_s: f64,
    /// Correction to the celestial pole's X, radians.
    pub dx_rad: f64,
    /// Correction to the celestial pole's Y, radians.
    pub dy_rad: f64,
    /// How far to trust it.
    pub quality: OrientationQuality,
}

/// How long the values at the ends of a table stand in for those beyond.
const HOLD: Duration = Duration::from_nanoseconds(366 * Duration::DAY.nanoseconds());

/// One arcsecond in radians.
pub(crate) const ARCSEC_RAD: f64 = std::f64::consts::PI / 648_000.0;

#[derive(Clone, Copy, PartialEq, Debug)]
struct Node {
    time: Time,
    at: Orientation,
}

impl EarthOrientation {
    /// A table from its rows, in order of time.
    ///
    /// # Errors
    /// When rows are out of order or a number is not finite.
    pub fn new(rows: &[OrientationRow]) -> Result<Self, OrbitError> {
        let source_name = || "Earth orientation table".to_owned();
        if let Some(pair) = rows.windows(2).find(|pair| pair[0].time >= pair[1].time) {
            return Err(OrbitError::Order {
                source_name: source_name(),
                before: pair[0].time,
                time: pair[1].time,
            });
        }
        if let Some(row) = rows.iter().find(|row| !row.is_finite()) {
            return Err(OrbitError::NotFinite { source_name: source_name(), time: row.time });
        }
        Ok(Self { rows: rows.iter().map(|row| Node { time: row.time, at: row.orientation() }).collect() })
    }

    /// No table at all: UT1 is taken as UTC.
    #[must_use]
    pub const fn unknown() -> Self {
        Self { rows: Vec::new() }
    }

    /// What the table covers, if it has two rows at least.
    #[must_use]
    pub fn span(&self) -> Option<Interval> {
        Interval::new(self.rows.first()?.time, self.rows.last()?.time)
    }

    /// The orientation at `time`, and how far to trust it.
    #[must_use]
    pub fn at(&self, time: Time) -> Orientation {
        let next = self.next_row(time);
        match (next.checked_sub(1).and_then(|last| self.rows.get(last)), self.rows.get(next)) {
            (Some(row), _) if row.time == time => row.at,
            (Some(before), Some(after)) => between(before, after, time),
            (Some(end), None) | (None, Some(end)) => beyond(end, time),
            (None, None) => unknown(time),
        }
    }

    /// The index of the first row after `time`; at once in a daily table.
    fn next_row(&self, time: Time) -> usize {
        let Some(first) = self.rows.first().filter(|first| first.time <= time) else { return 0 };
        let guess = ((time - first.time).nanoseconds() / Duration::DAY.nanoseconds()) as usize;
        match self.rows.get(guess..guess + 2) {
            Some([before, after]) if before.time <= time && time < after.time => guess + 1,
            _ => self.rows.partition_point(|row| row.time <= time),
        }
    }
}

impl OrientationRow {
    fn is_finite(&self) -> bool {
        [self.x_arcsec, self.y_arcsec, self.ut1_utc_s, self.dx_mas, self.dy_mas]
            .iter()
            .all(|value| value.is_finite())
    }

    fn orientation(&self) -> Orientation {
        Orientation {
            x_rad: self.x_arcsec * ARCSEC_RAD,
            y_rad: self.y_arcsec * ARCSEC_RAD,
            ut1_tai_s: self.ut1_utc_s - tai_minus_utc(self.time).seconds(),
            dx_rad: self.dx_mas * 1e-3 * ARCSEC_RAD,
            dy_rad: self.dy_mas * 1e-3 * ARCSEC_RAD,
            quality: self.quality,
        }
    }
}

fn between(before: &Node, after: &Node, time: Time) -> Orientation {
    let share = (time - before.time).seconds() / (after.time - before.time).seconds();
    let (a, b) = (&before.at, &after.at);
    let mix = |from: f64, to: f64| from + share * (to - from);
    Orientation {
        x_rad: mix(a.x_rad, b.x_rad),
        y_rad: mix(a.y_rad, b.y_rad),
        ut1_tai_s: mix(a.ut1_tai_s, b.ut1_tai_s),
        dx_rad: mix(a.dx_rad, b.dx_rad),
        dy_rad: mix(a.dy_rad, b.dy_rad),
        quality: a.quality.max(b.quality),
    }
}

fn beyond(end: &Node, time: Time) -> Orientation {
    if (time - end.time).abs() <= HOLD {
        Orientation { quality: end.at.quality.max(OrientationQuality::Held), ..end.at }
    } else {
        unknown(time)
    }
}

fn unknown(time: Time) -> Orientation {
    Orientation {
        x_rad: 0.0,
        y_rad: 0.0,
        ut1_tai_s: -tai_minus_utc(time).seconds(),
        dx_rad: 0.0,
        dy_rad: 0.0,
        quality: OrientationQuality::Unknown,
    }
}

/// TAI−UTC at `time`.
///
/// A TAI clock showed what a UTC clock shows now exactly that long ago; a leap second counts as the second before it.
pub(crate) fn tai_minus_utc(time: Time) -> Duration {
    let utc = time.utc();
    Time::from_tai(Civil { second: utc.second.min(59), ..utc }).map_or(Duration::ZERO, |same| time - same)
}
