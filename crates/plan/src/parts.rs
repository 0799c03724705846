//! Into which parts a request falls.

use crate::Request;

/// Plans stand on a grid of so many minutes.
pub const GRID_MIN: u32 = 5;

/// The parts in which a request is done, as equal as the grid lets them be.
pub(crate) struct Parts {
    minutes: u32,
    count: u32,
}

impl Parts {
    pub(crate) fn of(request: &Request) -> Self {
        let least = request.part_min.unwrap_or(request.minutes);
        let on_grid = least.div_ceil(GRID_MIN).saturating_mul(GRID_MIN).max(GRID_MIN);
        Self { minutes: request.minutes, count: (request.minutes / on_grid).max(1) }
    }

    pub(crate) const fn count(&self) -> u32 {
        self.count
    }

    /// How long a part takes, counted from 0. What is off the grid is done in the last.
    pub(crate) fn minutes(&self, part: u32) -> u32 {
        self.minutes_before(part + 1) - self.minutes_before(part)
    }

    /// No other is longer than the last.
    pub(crate) fn longest_min(&self) -> u32 {
        self.minutes(self.count - 1)
    }

    /// What a part is worth, something at least; all together what the whole is.
    pub(crate) fn worth(&self, part: u32, whole: u32) -> u32 {
        let before =
            |part| u64::from(whole) * u64::from(self.minutes_before(part)) / u64::from(self.minutes.max(1));
        u32::try_from(before(part + 1) - before(part)).unwrap_or(whole).max(1)
    }

    fn minutes_before(&self, part: u32) -> u32 {
        if part == self.count {
            return self.minutes;
        }
        let steps = u64::from(self.minutes / GRID_MIN) * u64::from(part) / u64::from(self.count);
        u32::try_from(steps).unwrap_or(0).saturating_mul(GRID_MIN)
    }
}
