//! The same values on another stretch of time, or in fewer segments.

use super::{Profile, ProfileError};
use crate::{Duration, Interval, Time};

impl Profile {
    /// The part inside `within`.
    ///
    /// A line that is cut begins anew from its value there, so values on it are the same up to rounding.
    ///
    /// # Errors
    /// When it has no values inside `within`.
    pub fn clip(&self, within: Interval) -> Result<Self, ProfileError> {
        let domain = self.domain.intersection(within).ok_or_else(|| ProfileError::Apart {
            name: self.name.clone(),
            domain: self.domain,
            other: within,
        })?;
        let first = self.index_at(domain.start());
        let last = first + self.starts[first..].partition_point(|&start| start < domain.end());
        let mut starts = self.starts[first..last].to_vec();
        let mut values = self.values[first..last].to_vec();
        starts[0] = domain.start();
        values[0] = self.segment(first).value_at(domain.start());
        let slopes_per_s = self.slopes_per_s.get(first..last).map_or_else(Vec::new, <[f64]>::to_vec);
        Ok(self.derived(domain, starts, values, slopes_per_s))
    }

    /// The same course of values, `by` later; open ends of the domain stay open.
    ///
    /// # Errors
    /// When nothing is left before the end of representable time, or a line without beginning leaves the finite numbers.
    pub fn shift(&self, by: Duration) -> Result<Self, ProfileError> {
        let out_of_time = || ProfileError::OutOfTime { name: self.name.clone(), by };
        let domain = self.domain.shifted(by).ok_or_else(out_of_time)?;
        let mut shifted = self.derived(domain, Vec::with_capacity(self.starts.len()), Vec::new(), Vec::new());
        for segment in self.segments() {
            let Some(interval) = segment.interval().shifted(by) else { continue };
            // Not zero only where an end of time stands in the way of the start.
            let held_back_ns = i128::from(interval.start().nanoseconds())
                - i128::from(by.nanoseconds())
                - i128::from(segment.start.nanoseconds());
            shifted.starts.push(interval.start());
            shifted.values.push(segment.value + segment.slope_per_s * (held_back_ns as f64 / 1e9));
            if !self.slopes_per_s.is_empty() {
                shifted.slopes_per_s.push(segment.slope_per_s);
            }
        }
        shifted.checked_finite()
    }

    /// The same, its last value held from the end of its domain until `end`; unchanged when it lasts that long already.
    ///
    /// A line is held at the value it comes to. To hold is to assume: say so where the result is shown.
    #[must_use]
    pub fn hold_until(&self, end: Time) -> Self {
        let mut held = self.clone();
        let Some(beyond) = Interval::new(self.domain.end(), end) else { return held };
        let last = self.segment(self.starts.len() - 1);
        if last.slope_per_s != 0.0 {
            held.starts.push(last.end);
            held.values.push(last.end_value());
            held.slopes_per_s.push(0.0);
        }
        held.domain = self.domain.joined(beyond).expect("they touch");
        held
    }

    /// The same values in as few segments as possible: those that go on just as the one before are dropped.
    ///
    /// A segment on a line is dropped when it starts at the very value the line has come to; values on the line are then the
    /// same up to rounding.
    #[must_use]
    pub fn simplify(&self) -> Self {
        let mut kept = self.derived(self.domain, Vec::new(), Vec::new(), Vec::new());
        let mut line = None;
        for segment in self.segments() {
            let goes_on = line.is_some_and(|line: super::Segment| {
                line.slope_per_s == segment.slope_per_s && line.value_at(segment.start) == segment.value
            });
            if goes_on {
                continue;
            }
            line = Some(segment);
            kept.starts.push(segment.start);
            kept.values.push(segment.value);
            if !self.slopes_per_s.is_empty() {
                kept.slopes_per_s.push(segment.slope_per_s);
            }
        }
        kept
    }
}
