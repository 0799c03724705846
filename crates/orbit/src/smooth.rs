use glam::DVec3;
use timeline::{Duration, Interval, Time};

/// A slow curve sampled at equal steps and read between them by the polynomial through the six nearest samples.
///
/// For a wave of angular rate `ω` and amplitude `A` the error is `A (ω h)⁶ / 205`, with `h` the step.
#[derive(Clone, Debug)]
pub(crate) struct Smooth {
    first: Time,
    step: Duration,
    values: Vec<DVec3>,
}

/// Samples used at once.
const POINTS: usize = 6;
/// Samples before and after the span, so that its ends lie in the middle of six too.
const MARGIN: i64 = 3;

impl Smooth {
    /// The times that are asked of a curve that is to be read over `span`.
    pub(crate) fn reach(span: Interval, step: Duration) -> Interval {
        let margin = step * (MARGIN + 1);
        Interval::new(span.start() - margin, span.end() + margin).unwrap_or(span)
    }

    /// Samples `curve` over `span`.
    pub(crate) fn over(span: Interval, step: Duration, curve: impl Fn(Time) -> DVec3) -> Self {
        let first = span.start().floor_to(step) - step * MARGIN;
        let steps = (span.end() - first).nanoseconds() / step.nanoseconds() + 1 + MARGIN;
        let values = (0..=steps).map(|index| curve(first + step * index)).collect();
        Self { first, step, values }
    }

    /// The value and its change a second at `time`, which must lie in the span.
    pub(crate) fn at(&self, time: Time) -> (DVec3, DVec3) {
        let steps = (time - self.first).nanoseconds() as f64 / self.step.nanoseconds() as f64;
        let begin = (steps as usize).saturating_sub(2).min(self.values.len() - POINTS);
        let x = steps - begin as f64;
        let (mut value, mut slope) = (DVec3::ZERO, DVec3::ZERO);
        for (point, sample) in self.values[begin..begin + POINTS].iter().enumerate() {
            let (weight, weight_slope) = lagrange(x, point);
            value += weight * *sample;
            slope += weight_slope * *sample;
        }
        (value, slope / self.step.seconds())
    }
}

/// The Lagrange polynomial on the nodes 0 to 5 that is 1 at `point`, and its derivative, at `x`.
fn lagrange(x: f64, point: usize) -> (f64, f64) {
    let (mut weight, mut slope) = (1.0, 0.0);
    for other in (0..POINTS).filter(|&other| other != point) {
        let distance = point as f64 - other as f64;
        slope = (slope * (x - other as f64) + weight) / distance;
        weight *= (x - other as f64) / distance;
    }
    (weight, slope)
}
