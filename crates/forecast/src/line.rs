//! The level of a store from one change of its rates to the next.

use timeline::{Duration, Time};

use crate::curve::Curve;
use crate::rates::Rate;

/// A level since its rates changed last: straight, or with a part that follows the source's level.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line {
    pub(crate) since: Time,
    pub(crate) level_kg: f64,
    pub(crate) net: Rate,
    pub(crate) vented: Rate,
    /// What the integral of the source's level was then.
    pub(crate) through_kg_d: f64,
}

/// What lies ahead of a level: the marks next to it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Ahead {
    pub(crate) below_kg: Option<f64>,
    pub(crate) above_kg: Option<f64>,
}

/// Nothing is looked for beyond this, days: [`Time`] ends before.
const HORIZON_D: f64 = 110_000.0;
/// A level that passes a mark by less and turns back has not passed it, as a part of the mark or of a kilogram.
const GRAZE: f64 = 1e-12;
/// Steps of the search for a crossing. Each halves the interval at least every other time.
const MOST_STEPS: u32 = 120;

impl Line {
    /// Whether the source's level has a part in it.
    pub(crate) fn follows(&self) -> bool {
        self.net.part_per_d != 0.0 || self.vented.part_per_d != 0.0
    }

    /// The level at a time, kg, free of no rounding.
    pub(crate) fn at(&self, time: Time, curve: &Curve) -> f64 {
        self.level_kg + self.moved(self.net, time, curve)
    }

    /// What was lost overboard up to a time, kg.
    pub(crate) fn vented_kg(&self, time: Time, curve: &Curve) -> f64 {
        self.moved(self.vented, time, curve)
    }

    fn moved(&self, rate: Rate, time: Time, curve: &Curve) -> f64 {
        let fixed_kg = rate.fixed_kg_d * (time - self.since).days();
        if rate.part_per_d == 0.0 {
            return fixed_kg;
        }
        fixed_kg + rate.part_per_d * (curve.through_until(time) - self.through_kg_d)
    }

    /// When it reaches which of the marks next to it; nothing when it reaches none. `curve` has not changed since the line began.
    pub(crate) fn crossing(&self, ahead: Ahead, curve: &Curve) -> Option<(Time, f64)> {
        let (days, mark_kg) = if self.net.part_per_d == 0.0 || curve.change_kg_d == 0.0 {
            let rate_kg_d = self.net.at(curve.from_kg);
            let mark_kg = ahead.towards(rate_kg_d)?;
            (((mark_kg - self.level_kg) / rate_kg_d).max(0.0), mark_kg)
        } else {
            self.curved_crossing(ahead, curve)?
        };
        Some((self.since + Duration::from_days(days), mark_kg))
    }

    /// The rate runs one way, so the level turns once at most: it is looked for before the turn, then after it.
    fn curved_crossing(&self, ahead: Ahead, curve: &Curve) -> Option<(f64, f64)> {
        let begin_d = curve.days_until(self.since);
        let at_rest = -self.net.fixed_kg_d / self.net.part_per_d;
        let turn_d = curve.when(at_rest).map(|days| days - begin_d).filter(|&days| days > 0.0);
        let turned = self.net.part_per_d * curve.change_kg_d;
        if let Some(turn_d) = turn_d
            && let Some(mark_kg) = ahead.towards(-turned)
        {
            let past_kg = (self.after(turn_d, curve) - mark_kg) * -turned.signum();
            if past_kg > GRAZE * (1.0 + mark_kg.abs()) {
                return Some((self.root((0.0, turn_d), mark_kg, curve), mark_kg));
            }
        }
        let from_d = turn_d.unwrap_or(0.0);
        // Without a turn ahead it goes on as it goes now; a moment after, because it may have turned just now.
        let way = match turn_d {
            Some(_) => turned,
            None => self.net.at(curve.at(begin_d + 1.0)),
        };
        let mark_kg = ahead.towards(way)?;
        let to_go_kg = (mark_kg - self.after(from_d, curve)).abs();
        let rate_at = |level_kg: f64| self.net.at(level_kg).abs();
        let last_kg = curve.rest_kg();
        if let Some(fastest_kg_d) =
            last_kg.map(|last_kg| rate_at(last_kg).max(rate_at(curve.at(begin_d + from_d))))
            && to_go_kg > fastest_kg_d * HORIZON_D
        {
            return None;
        }
        let mut to_d = from_d + 1.0;
        while (self.after(to_d, curve) - mark_kg) * way.signum() < 0.0 {
            if to_d > HORIZON_D {
                return None;
            }
            to_d *= 2.0;
        }
        Some((self.root((from_d, to_d), mark_kg, curve), mark_kg))
    }

    /// The level so many days after the line began, kg.
    fn after(&self, days: f64, curve: &Curve) -> f64 {
        let through_kg_d = curve.through(curve.days_until(self.since) + days) - self.through_kg_d;
        self.level_kg + self.net.fixed_kg_d * days + self.net.part_per_d * through_kg_d
    }

    /// When it is on the mark between two times of which one is on the one side of it and one on the other: Newton's method,
    /// halving the interval where that would leave it.
    fn root(&self, (mut from_d, mut to_d): (f64, f64), mark_kg: f64, curve: &Curve) -> f64 {
        let begin_d = curve.days_until(self.since);
        let rises = self.after(to_d, curve) > self.after(from_d, curve);
        let mut days = 0.5 * (from_d + to_d);
        for _ in 0..MOST_STEPS {
            let missing_kg = mark_kg - self.after(days, curve);
            if (missing_kg > 0.0) == rises {
                from_d = days;
            } else {
                to_d = days;
            }
            if missing_kg == 0.0 {
                break;
            }
            let newton_d = days + missing_kg / self.net.at(curve.at(begin_d + days));
            let next_d = if (from_d..=to_d).contains(&newton_d) { newton_d } else { 0.5 * (from_d + to_d) };
            let step_d = (next_d - days).abs();
            days = next_d;
            if step_d * 86_400e9 < 0.25 {
                break;
            }
        }
        days
    }
}

impl Ahead {
    /// The mark that a level meets with a rate of this sign.
    pub(crate) fn towards(self, rate_kg_d: f64) -> Option<f64> {
        match rate_kg_d {
            rate if rate > 0.0 => self.above_kg,
            rate if rate < 0.0 => self.below_kg,
            _ => None,
        }
    }
}
