//! The days that something touches, and its hours on them.

use plan::{Clock, Day, Hours};
use timeline::{Interval, Window};

/// The days that an interval touches.
pub(crate) fn days(at: Interval) -> impl Iterator<Item = Day> {
    Day::in_span(at)
}

/// What of an interval lies outside the hours of its days.
pub(crate) fn outside_hours(at: Interval, hours: Hours) -> Window {
    let of_day = |day: Day| {
        let to = if hours.to == Clock::END { day.next().start() } else { day.at(hours.to) };
        Interval::new(day.at(hours.from), to)
    };
    Window::from(at).minus(&days(at).filter_map(of_day).collect())
}
