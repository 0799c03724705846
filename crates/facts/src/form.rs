use timeline::{Duration, Time};

/// A time in JSON, to the millisecond: what searches find.
#[must_use]
pub fn stamp(time: Time) -> String {
    const MILLISECOND: Duration = Duration::from_nanoseconds(1_000_000);
    (time + MILLISECOND / 2).floor_to(MILLISECOND).to_string()
}

/// `value` with so many decimals: a figure shows what it knows, not what the float holds.
#[must_use]
pub fn round(value: f64, decimals: i32) -> f64 {
    let scale = 10_f64.powi(decimals);
    (value * scale).round() / scale
}

/// Year and day of the year, such as `2026/150`.
#[must_use]
pub fn day(at: Time) -> String {
    let gmt = at.gmt();
    gmt.split(' ').next().unwrap_or_default().to_owned()
}
