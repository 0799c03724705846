use timeline::Time;

pub use impact::{round, stamp};

/// Year and day of the year, such as `2026/150`.
#[must_use]
pub fn day(at: Time) -> String {
    let gmt = at.gmt();
    gmt.split(' ').next().unwrap_or_default().to_owned()
}
