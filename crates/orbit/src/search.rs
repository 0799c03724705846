//! Exact crossings of a smooth signal that is known at sparse times: bracket, then polish.
//!
//! A signal is positive while something holds. Between two knots it may cross zero once (the signs tell) or touch it
//! with an extremum (three neighbouring knots tell, and the extremum is then found before the crossings beside it).
//! What must hold is that the signal has at most one extremum between neighbouring knots; a step of a
//! [`crate::Track`] is a sixteenth of a revolution.

use glam::DVec3;
use timeline::{Interval, Window};

use crate::Track;
use crate::track::Piece;

/// How near a crossing is found, seconds.
pub(crate) const TOLERANCE_S: f64 = 1e-4;

/// A time in seconds and the signal there.
pub(crate) type Sample = (f64, f64);

/// The stretches `(from, to)` between the first and last of `knots` where `signal` is positive.
///
/// Stretches shorter than [`TOLERANCE_S`] may be missed.
pub(crate) fn positive(samples: &[Sample], mut signal: impl FnMut(f64) -> f64) -> Vec<(f64, f64)> {
    let mut crossings = Vec::new();
    for (i, &here) in samples.iter().enumerate() {
        let next = samples.get(i + 1).copied();
        if i > 0
            && let Some(next) = next
            && let Some(extreme) = hidden_extreme(samples[i - 1], here, next, &mut signal)
        {
            crossings.push(root(&mut signal, samples[i - 1], extreme));
            crossings.push(root(&mut signal, extreme, next));
        } else if let Some(next) = next
            && (here.1 > 0.0) != (next.1 > 0.0)
        {
            crossings.push(root(&mut signal, here, next));
        }
    }
    pair(samples, &crossings)
}

/// When `signal` of the positions of `station` and `target`, km in ITRF, is positive.
///
/// Only times that both tracks know are looked at. `signal` must be smooth and have at most one extremum in a step of
/// `station`.
pub(crate) fn watch(station: &Track, target: &Track, signal: impl Fn(DVec3, DVec3) -> f64) -> Window {
    let mut found = Vec::new();
    for piece in station.pieces() {
        for other in target.pieces() {
            let shift_s = (piece.start - other.start).seconds();
            let from_s = (-shift_s).max(0.0);
            let to_s = (other.length_s() - shift_s).min(piece.length_s());
            if from_s < to_s {
                let mut there = other.cursor();
                let mut at_node =
                    |t: f64, here_km: DVec3| (t, signal(here_km, there.position_km(t + shift_s)));
                let samples: Vec<Sample> =
                    knots(piece, from_s, to_s).map(|(t, here_km)| at_node(t, here_km)).collect();
                let (mut here, mut there) = (piece.cursor(), other.cursor());
                let at = |t: f64| signal(here.position_km(t), there.position_km(t + shift_s));
                found.extend(intervals(piece, &positive(&samples, at)));
            }
        }
    }
    Window::from_intervals(found)
}

/// Stretches in seconds of `piece` as intervals.
pub(crate) fn intervals(piece: &Piece, stretches: &[(f64, f64)]) -> Vec<Interval> {
    stretches.iter().filter_map(|&(from, to)| Interval::new(piece.time(from), piece.time(to))).collect()
}

/// The nodes of `piece` between `from_s` and `to_s`, and besides these ends a knot close to either, so that an
/// extremum in the first or last step shows: seconds and position, km.
pub(crate) fn knots(piece: &Piece, from_s: f64, to_s: f64) -> impl Iterator<Item = (f64, DVec3)> {
    let edge_s = 1.0_f64.min((to_s - from_s) / 16.0);
    let first = ((from_s + edge_s) / piece.step_s).floor() as usize + 1;
    let last = ((to_s - edge_s) / piece.step_s).ceil() as usize;
    let inner = (first..last).map(|k| (k as f64 * piece.step_s, piece.nodes[k].position_km));
    let mut cursor = piece.cursor();
    let [a, b, c, d] = [from_s, from_s + edge_s, to_s - edge_s, to_s].map(|t| (t, cursor.position_km(t)));
    [a, b].into_iter().chain(inner).chain([c, d])
}

/// The extremum round `here` when it has the other sign than the three knots.
fn hidden_extreme(
    before: Sample,
    here: Sample,
    after: Sample,
    mut signal: impl FnMut(f64) -> f64,
) -> Option<Sample> {
    let sign = if here.1 > 0.0 { -1.0 } else { 1.0 };
    let (low, mid, high) = (sign * before.1, sign * here.1, sign * after.1);
    if mid < low || mid <= high || mid > 0.0 {
        return None;
    }
    let rise = parabola(before.0, low, here.0, mid, after.0, high).map_or(0.0, |(_, top)| top - mid);
    // The parabola is off by a few hundredths of the fall to the neighbours; allow for more.
    let allowance = rise + 0.1 * (mid - low.min(high));
    if mid + rise + allowance < 0.0 {
        return None;
    }
    let (at, top) = peak(|t| sign * signal(t), (before.0, low), (here.0, mid), (after.0, high));
    (top > 0.0).then_some((at, sign * top))
}

/// Pairs crossings into the stretches where the signal is positive.
fn pair(samples: &[Sample], crossings: &[f64]) -> Vec<(f64, f64)> {
    let (Some(first), Some(last)) = (samples.first(), samples.last()) else { return Vec::new() };
    let mut edges: Vec<f64> = Vec::with_capacity(crossings.len() + 2);
    if first.1 > 0.0 {
        edges.push(first.0);
    }
    edges.extend_from_slice(crossings);
    if edges.len() % 2 == 1 {
        edges.push(last.0);
    }
    edges.chunks_exact(2).map(|edge| (edge[0], edge[1])).filter(|(from, to)| from < to).collect()
}

/// Where `signal` is zero between `a` and `b`, at which it has different signs; to [`TOLERANCE_S`].
///
/// Chandrupatla's method (Advances in Engineering Software 28, 1997, 145–149): inverse quadratic interpolation where
/// it can be trusted, bisection where not; begun with a secant.
pub(crate) fn root(mut signal: impl FnMut(f64) -> f64, a: Sample, b: Sample) -> f64 {
    let ((mut x1, mut f1), (mut x2, mut f2)) = (a, b);
    let mut fraction = f1 / (f1 - f2);
    for _ in 0..64 {
        let x = x1 + fraction.clamp(1e-9, 1.0 - 1e-9) * (x2 - x1);
        let f = signal(x);
        let (x3, f3);
        if (f > 0.0) == (f1 > 0.0) {
            (x3, f3) = (x1, f1);
        } else {
            (x3, f3) = (x2, f2);
            (x2, f2) = (x1, f1);
        }
        (x1, f1) = (x, f);
        let width = x2 - x1;
        // Distance to the crossing by the chord; the chord's slope is good to better than a factor of ten here.
        let distance = if f1 == f2 { width } else { f1 * width / (f2 - f1) };
        if width.abs() < TOLERANCE_S || distance.abs() < 0.1 * TOLERANCE_S {
            break;
        }
        fraction = next_fraction((x1, f1), (x2, f2), (x3, f3))
            .clamp(0.5 * TOLERANCE_S / width.abs(), 1.0 - 0.5 * TOLERANCE_S / width.abs());
    }
    x1
}

fn next_fraction((x1, f1): Sample, (x2, f2): Sample, (x3, f3): Sample) -> f64 {
    let xi = (x1 - x2) / (x3 - x2);
    let phi = (f1 - f2) / (f3 - f2);
    if phi * phi < xi && (1.0 - phi) * (1.0 - phi) < 1.0 - xi {
        f1 / (f2 - f1) * (f3 / (f2 - f3)) + (x3 - x1) / (x2 - x1) * (f1 / (f3 - f1)) * (f2 / (f3 - f2))
    } else {
        0.5
    }
}

/// Where a signal is zero between `a` and `b`, times at which it has different signs, begun at `guess`; `signal`
/// gives value and slope.
///
/// Newton's method, with bisection where a step would leave the bracket. Ends with a step of at most 20 ms: what then
/// remains is below 0.1 ms even for a signal that is positive for no more than 4 s.
pub(crate) fn root_with_slope(
    mut signal: impl FnMut(f64) -> Sample,
    a: Sample,
    b: Sample,
    guess: f64,
) -> f64 {
    const LAST_STEP_S: f64 = 0.02;
    let (mut low, mut high) = (a.0, b.0);
    let mut at = if guess > low && guess < high { guess } else { 0.5 * (low + high) };
    for _ in 0..64 {
        let (value, slope) = signal(at);
        if (value > 0.0) == (a.1 > 0.0) {
            low = at;
        } else {
            high = at;
        }
        let newton = at - value / slope;
        let next = if newton >= low && newton <= high { newton } else { 0.5 * (low + high) };
        let step_s = (next - at).abs();
        at = next;
        if step_s < LAST_STEP_S {
            break;
        }
    }
    at
}

/// The top of `signal` between `a` and `c`, given a `b` between that is no lower; to 10 ms, where a smooth top is
/// flat to rounding.
///
/// Steps of parabolas through the best three points, golden sections when they stall (Brent, Algorithms for
/// Minimization without Derivatives, 1973, chapter 5).
pub(crate) fn peak(mut signal: impl FnMut(f64) -> f64, a: Sample, b: Sample, c: Sample) -> Sample {
    const GOLDEN: f64 = 0.381_966_011_250_105;
    const NEAR_S: f64 = 0.01;
    let (mut a, mut b, mut c) = (a, b, c);
    for round in 0..60 {
        if c.0 - a.0 < NEAR_S {
            break;
        }
        let wider_left = b.0 - a.0 > c.0 - b.0;
        let section = if wider_left { b.0 - GOLDEN * (b.0 - a.0) } else { b.0 + GOLDEN * (c.0 - b.0) };
        // Every third step is a section, so that both sides shrink.
        let guess = parabola(a.0, a.1, b.0, b.1, c.0, c.1).map(|(at, _)| at).filter(|_| round % 3 < 2);
        let mut at = guess.filter(|&t| t > a.0 && t < c.0).unwrap_or(section);
        if (at - b.0).abs() < 0.3 * NEAR_S {
            at = b.0 + if wider_left { -0.3 * NEAR_S } else { 0.3 * NEAR_S };
        }
        let new = (at, signal(at));
        match (new.1 > b.1, new.0 < b.0) {
            (true, true) => (b, c) = (new, b),
            (true, false) => (a, b) = (b, new),
            (false, true) => a = new,
            (false, false) => c = new,
        }
    }
    b
}

/// The top of the parabola through three points, when it has one.
pub(crate) fn parabola(a: f64, fa: f64, b: f64, fb: f64, c: f64, fc: f64) -> Option<Sample> {
    let left = (fb - fa) / (b - a);
    let right = (fc - fb) / (c - b);
    let curvature = (right - left) / (c - a);
    if curvature >= 0.0 || !curvature.is_finite() {
        return None;
    }
    let slope = (left * (c - b) + right * (b - a)) / (c - a);
    let at = b - slope / (2.0 * curvature);
    Some((at, fb - slope * slope / (4.0 * curvature)))
}
