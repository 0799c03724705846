use planner::SlotSet;
use timeline::{Duration, Interval, Time, Window};

/// The grid on which crews are planned: five minutes (answerbun.com and ESA's outpost42 on the timeline of the crew).
pub const SLOT: Duration = Duration::from_nanoseconds(plan::GRID_MIN as i64 * Duration::MINUTE.nanoseconds());

/// Times as slots of a plan.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Grid {
    start: Time,
    /// How many slots there are.
    pub slots: u32,
}

impl Grid {
    /// The grid of a span; a piece of a slot at its end counts as no slot.
    #[must_use]
    pub fn of(span: Interval) -> Self {
        let slots = span.duration().nanoseconds() / SLOT.nanoseconds();
        Self { start: span.start(), slots: u32::try_from(slots).unwrap_or(u32::MAX) }
    }

    /// When a slot begins.
    #[must_use]
    pub fn time(&self, slot: u32) -> Time {
        self.start + SLOT * i64::from(slot)
    }

    /// The slot in which `time` lies, or the nearest of the grid.
    #[must_use]
    pub fn before(&self, time: Time) -> u32 {
        let slot = (time - self.start).nanoseconds().div_euclid(SLOT.nanoseconds());
        u32::try_from(slot.max(0)).unwrap_or(u32::MAX).min(self.slots)
    }

    /// The first slot that begins at `time` or after it, or the end of the grid.
    #[must_use]
    pub fn after(&self, time: Time) -> u32 {
        self.before(time + SLOT - Duration::NANOSECOND)
    }

    /// So many slots as a length takes, the last one whole.
    #[must_use]
    pub fn length(length: Duration) -> u32 {
        let slots = (length.nanoseconds() + SLOT.nanoseconds() - 1) / SLOT.nanoseconds();
        u32::try_from(slots.max(0)).unwrap_or(u32::MAX)
    }

    /// The slots that lie wholly inside a window.
    #[must_use]
    pub fn inside(&self, window: &Window) -> SlotSet {
        let ranges = window.iter().map(|one| self.after(one.start())..self.before(one.end()));
        SlotSet::from_ranges(ranges.filter(|range| range.start < range.end))
    }

    /// The slots that share any time with an interval.
    #[must_use]
    pub fn touched(&self, interval: Interval) -> SlotSet {
        let range = self.before(interval.start())..self.after(interval.end());
        if range.start < range.end { SlotSet::from_range(range) } else { SlotSet::new() }
    }
}
