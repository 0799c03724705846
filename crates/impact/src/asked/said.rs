//! Times and lengths in the words of findings.

use timeline::{Duration, Interval};

/// `2026/154 10:00 to 10:30`, the day said once.
pub(crate) fn span(at: Interval) -> String {
    let (from, to) = (at.start().gmt(), at.end().gmt());
    match (from.split_once(' '), to.split_once(' ')) {
        (Some((day, _)), Some((same, hour))) if day == same => format!("{from} to {hour}"),
        _ => format!("{from} to {to}"),
    }
}

/// `45 min`, `2 h`, `2 h 5 min`, `3 d`.
pub(crate) fn length(length: Duration) -> String {
    minutes(length.whole_minutes())
}

pub(crate) fn minutes(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) if hours % 24 == 0 => format!("{} d", hours / 24),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// The words of a list: `a, b`.
pub(crate) fn list<T: ToString>(all: impl IntoIterator<Item = T>) -> String {
    all.into_iter().map(|one| one.to_string()).collect::<Vec<_>>().join(", ")
}
