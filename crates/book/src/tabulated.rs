//! The day-by-day tables of `orbit/`.

use timeline::Time;

/// A day of space weather.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SpaceWeatherDay {
    /// The day's beginning.
    pub date: Time,
    /// Solar radio flux at 10.7 cm, solar flux units (10⁻²² W/m²/Hz).
    pub f107_sfu: f64,
    /// Its mean over 81 days, solar flux units.
    pub f107_81day_sfu: Option<f64>,
    /// Geomagnetic index Ap; nothing where nobody foresees it.
    pub ap: Option<f64>,
    /// Whether it happened.
    pub kind: TableKind,
}

/// A day of the Earth's orientation.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct OrientationDay {
    /// The day's beginning.
    pub date: Time,
    /// Polar motion x, arc seconds.
    pub x_arcsec: f64,
    /// Polar motion y, arc seconds.
    pub y_arcsec: f64,
    /// UT1 − UTC, seconds.
    pub ut1_utc_s: f64,
    /// Offset of the celestial pole dX, milliarcseconds.
    pub dx_mas: Option<f64>,
    /// Offset of the celestial pole dY, milliarcseconds.
    pub dy_mas: Option<f64>,
    /// Whether it happened.
    pub kind: TableKind,
}

/// How far the station is from the Sun at a time; straight lines between.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct SunDistance {
    /// When.
    pub date: Time,
    /// How far, astronomical units.
    pub distance_au: f64,
}

record::words! {
    /// Whether a row of a table happened or is foreseen.
    pub enum TableKind {
        /// It happened.
        Observed = "observed",
        /// It is foreseen.
        Predicted = "predicted",
    }
}
