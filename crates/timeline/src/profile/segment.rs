use crate::{Interval, Time};

/// A stretch of a profile along one straight line.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Segment {
    /// Its first instant.
    pub start: Time,
    /// The first instant after it.
    pub end: Time,
    /// The value at its start, in the profile's unit.
    pub value: f64,
    /// The change per second; 0 in a step profile.
    pub slope_per_s: f64,
}

impl Segment {
    /// When it holds.
    ///
    /// # Panics
    /// When its end is not after its start, which no segment of a profile is.
    #[must_use]
    pub fn interval(&self) -> Interval {
        Interval::new(self.start, self.end).expect("a segment is never empty")
    }

    /// The value on its line at `time`, which must not be before its start.
    ///
    /// Rounding keeps order: on a rising line a later value is never lower. Crossings rely on that.
    #[must_use]
    pub fn value_at(&self, time: Time) -> f64 {
        self.value + self.slope_per_s * self.start.seconds_until(time)
    }

    /// The value it comes to at its end, where another may take its place.
    #[must_use]
    pub fn end_value(&self) -> f64 {
        self.value_at(self.end)
    }

    /// The area under its line between two times, in the profile's unit times seconds.
    pub(super) fn area(&self, from: Time, to: Time) -> f64 {
        let half_way = 0.5 * self.value_at(from) + 0.5 * self.value_at(to);
        half_way * from.seconds_until(to)
    }

    /// The first instant after the start of `part` at which `passes` says otherwise than there, before `part` ends.
    ///
    /// `passes` must depend on the value alone and change at one value only, `level`, which is where the search begins.
    pub(super) fn flip(&self, part: Interval, level: f64, passes: impl Fn(f64) -> bool) -> Option<Time> {
        let start_ns = part.start().nanoseconds();
        let last_ns = part.end().nanoseconds() - 1;
        let at_first = passes(self.value_at(part.start()));
        let flipped = |ns: i64| passes(self.value_at(Time::from_nanoseconds(ns))) != at_first;
        if self.slope_per_s == 0.0 || !flipped(last_ns) {
            return None;
        }
        let offset_ns = (level - self.value) / self.slope_per_s * 1e9;
        let guess_ns = self.start.nanoseconds().saturating_add(offset_ns as i64).clamp(start_ns, last_ns);
        Some(Time::from_nanoseconds(first_true(start_ns, last_ns, guess_ns, flipped)))
    }
}

/// The least number at which `holds`, which is false at `low`, true at `high`, and turns once between.
///
/// Goes out from `guess` in doubling steps, then halves: a good guess costs a handful of calls, the worst 130.
fn first_true(mut low: i64, mut high: i64, guess: i64, holds: impl Fn(i64) -> bool) -> i64 {
    let mut step = 1;
    let mut probe = guess;
    if holds(guess) {
        while probe > low && holds(probe) {
            high = probe;
            probe = probe.saturating_sub(step).max(low);
            step = step.saturating_mul(2);
        }
        low = low.max(probe);
    } else {
        while probe < high && !holds(probe) {
            low = probe;
            probe = probe.saturating_add(step).min(high);
            step = step.saturating_mul(2);
        }
        high = high.min(probe);
    }
    while high.abs_diff(low) > 1 {
        let middle = low.midpoint(high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle;
        }
    }
    high
}
