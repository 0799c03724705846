//! The level of a store of which processes take a part, in closed form.

use timeline::{Duration, Time};

/// A level whose change is a linear function of itself: `x' = v + b (x − x₀)` from `x₀` on, so that
/// `x = x₀ + v (e^{bt} − 1) / b`. It runs one way only.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Curve {
    pub(crate) since: Time,
    /// `x₀`.
    pub(crate) from_kg: f64,
    /// `v`.
    pub(crate) change_kg_d: f64,
    /// `b`; below 0 it comes to rest.
    pub(crate) part_per_d: f64,
    moment: Moment,
}

/// What is asked of it again and again at one instant.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Moment {
    at: Time,
    level_kg: f64,
    through_kg_d: f64,
}

/// A chord may miss what it stands for by this part of it, or by a milligram.
const CHORD: f64 = 1e-3;
const CHORD_LEAST_KG: f64 = 1e-6;

/// Below this the closed form of the integral loses digits to cancellation, and its series does not.
const SMALL: f64 = 0.05;

impl Curve {
    pub(crate) fn new(since: Time, from_kg: f64, change_kg_d: f64, part_per_d: f64) -> Self {
        let moment = Moment { at: since, level_kg: from_kg, through_kg_d: 0.0 };
        Self { since, from_kg, change_kg_d, part_per_d, moment }
    }

    pub(crate) fn still(since: Time, from_kg: f64) -> Self {
        Self::new(since, from_kg, 0.0, 0.0)
    }

    /// Reckons once what will be asked of this instant; nothing else depends on which that is.
    pub(crate) fn look_at(&mut self, at: Time) {
        // A model without a source has a curve that is always 0.
        if self.from_kg == 0.0 && self.change_kg_d == 0.0 {
            self.moment.at = at;
            return;
        }
        let days = self.days_until(at);
        let grown = self.grown(days);
        let level_kg = self.from_kg + self.change_kg_d * grown;
        self.moment = Moment { at, level_kg, through_kg_d: self.through_grown(days, grown) };
    }

    pub(crate) fn days_until(&self, at: Time) -> f64 {
        (at - self.since).days()
    }

    /// The level after so many days, kg.
    pub(crate) fn at(&self, days: f64) -> f64 {
        self.from_kg + self.change_kg_d * self.grown(days)
    }

    /// The level at a time, kg.
    pub(crate) fn level_at(&self, at: Time) -> f64 {
        if at == self.moment.at { self.moment.level_kg } else { self.at(self.days_until(at)) }
    }

    /// The integral of the level over so many days, kg d.
    pub(crate) fn through(&self, days: f64) -> f64 {
        self.through_grown(days, self.grown(days))
    }

    fn through_grown(&self, days: f64, grown: f64) -> f64 {
        let exponent = self.part_per_d * days;
        let twice = if exponent.abs() < SMALL {
            // 2 (e^z − 1 − z) / z² = 1 + z/3 + z²/12 + z³/60 + …: each term is z / (n + 2) times the one before.
            let terms = (1..10).scan(1.0, |term, n| {
                *term *= exponent / f64::from(n + 2);
                Some(*term)
            });
            days * days * (1.0 + terms.sum::<f64>())
        } else {
            2.0 * (grown - days) / self.part_per_d
        };
        self.from_kg * days + self.change_kg_d * 0.5 * twice
    }

    /// The integral of the level until a time, kg d.
    pub(crate) fn through_until(&self, at: Time) -> f64 {
        if at == self.moment.at { self.moment.through_kg_d } else { self.through(self.days_until(at)) }
    }

    /// After how many days it is at a level; nothing when it does not come there, or was there before.
    pub(crate) fn when(&self, level_kg: f64) -> Option<f64> {
        let grown = (level_kg - self.from_kg) / self.change_kg_d;
        let days = match self.part_per_d {
            0.0 => grown,
            part_per_d => (part_per_d * grown).ln_1p() / part_per_d,
        };
        (days.is_finite() && days >= 0.0).then_some(days)
    }

    /// Where it comes to rest, kg; nothing when it does not.
    pub(crate) fn rest_kg(&self) -> Option<f64> {
        (self.part_per_d < 0.0).then(|| self.from_kg - self.change_kg_d / self.part_per_d)
    }

    /// Times from `from` to `to`, without both, between which chords are near enough to a quantity with this value at a time,
    /// whose change changes by `bend` times the change of this level or, for an integral, of its own rate.
    pub(crate) fn bends(
        &self,
        from: Time,
        to: Time,
        bend_per_d: f64,
        value: impl Fn(Time) -> f64,
    ) -> Vec<Time> {
        let mut bends = Vec::new();
        let mut at = from;
        loop {
            let change_kg_d = self.change_kg_d * (self.part_per_d * self.days_until(at)).exp();
            let allowed = (CHORD * value(at)).max(CHORD_LEAST_KG);
            // The chord of a parabola misses it by its second derivative times the square of its length, over 8.
            let chord_d = (8.0 * allowed / (bend_per_d * change_kg_d).abs()).sqrt();
            let chord_d = if self.part_per_d > 0.0 { chord_d.min(0.1 / self.part_per_d) } else { chord_d };
            at = at + Duration::from_days(chord_d).max(Duration::SECOND);
            if at >= to {
                return bends;
            }
            bends.push(at);
        }
    }

    /// `(e^{bt} − 1) / b`.
    fn grown(&self, days: f64) -> f64 {
        match self.part_per_d {
            0.0 => days,
            part_per_d => (part_per_d * days).exp_m1() / part_per_d,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Curve;
    use timeline::Time;

    /// Against the fourth-order Runge-Kutta method with a step of a thousandth of a day.
    #[test]
    fn the_closed_form_is_what_small_steps_come_to() {
        for (from_kg, change_kg_d, part_per_d) in
            [(5.0, 3.0, -1.4), (8.0, -2.0, -0.01), (1.0, 0.5, 0.3), (4.0, 2.0, 0.0), (3.0, 1.0, -1e-9)]
        {
            let curve = Curve::new(Time::EPOCH, from_kg, change_kg_d, part_per_d);
            let slope = |level_kg: f64| change_kg_d + part_per_d * (level_kg - from_kg);
            let (mut level_kg, mut through, step) = (from_kg, 0.0, 1e-3);
            for _ in 0..4_000 {
                let a = slope(level_kg);
                let b = slope(level_kg + 0.5 * step * a);
                let c = slope(level_kg + 0.5 * step * b);
                let d = slope(level_kg + step * c);
                // Simpson's rule, with the middle as the method has it.
                let middle = level_kg + 0.25 * step * (a + b);
                let next = level_kg + step / 6.0 * (a + 2.0 * b + 2.0 * c + d);
                through += step / 6.0 * (level_kg + 4.0 * middle + next);
                level_kg = next;
            }
            assert!((curve.at(4.0) - level_kg).abs() < 1e-9, "{curve:?}: {} {level_kg}", curve.at(4.0));
            assert!(
                (curve.through(4.0) - through).abs() < 1e-6,
                "{curve:?}: {} {through}",
                curve.through(4.0)
            );
            assert!((curve.when(level_kg).unwrap_or(0.0) - 4.0).abs() < 1e-9, "{curve:?}");
        }
    }

    #[test]
    fn a_level_beyond_its_rest_is_never_reached() {
        let curve = Curve::new(Time::EPOCH, 2.0, 3.0, -1.0);
        assert_eq!(curve.rest_kg(), Some(5.0));
        assert_eq!(curve.when(5.1), None);
        assert_eq!(curve.when(1.9), None, "that was before");
    }
}
