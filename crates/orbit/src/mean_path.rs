use timeline::{Duration, Interval, Time};

use crate::{ElementSet, MeanOrbit};

/// The mean orbit through all element sets of a station: enough for light and heat over its whole history.
///
/// From each set to the next the node turns at the secular rate of the height half-way between, and what is then missing to the
/// next set is spread evenly; the height goes straight from set to set. Before the first set and after the last, the nearest one
/// alone counts. While sets are no more than half a year apart, beta is right to a few tenths of a degree between them; after the last it
/// drifts by about 0.4° in four months (`docs/benchmarks.md`).
#[derive(Clone, PartialEq, Debug)]
pub struct MeanPath {
    /// In order of epoch, at most one a day.
    orbits: Vec<MeanOrbit>,
}

/// Sets nearer to each other say nothing new about the mean orbit, and their differences are noise.
const NEAREST_SETS: Duration = Duration::DAY;

impl MeanPath {
    /// The path through `sets`, in any order; nothing when there are none.
    #[must_use]
    pub fn through(sets: &[ElementSet]) -> Option<Self> {
        let mut all: Vec<MeanOrbit> = sets.iter().map(MeanOrbit::of).collect();
        all.sort_by_key(|orbit| orbit.epoch);
        let mut orbits: Vec<MeanOrbit> = Vec::with_capacity(all.len());
        for orbit in all {
            if orbits.last().is_none_or(|last| orbit.epoch - last.epoch >= NEAREST_SETS) {
                orbits.push(orbit);
            }
        }
        (!orbits.is_empty()).then_some(Self { orbits })
    }

    /// From the first set to the last; nothing when there is one set alone.
    #[must_use]
    pub fn span(&self) -> Option<Interval> {
        Interval::new(self.orbits.first()?.epoch, self.orbits.last()?.epoch)
    }

    /// The mean orbit at `time`, with `time` as its epoch.
    #[must_use]
    pub fn at(&self, time: Time) -> MeanOrbit {
        let after = self.orbits.partition_point(|orbit| orbit.epoch <= time);
        let (Some(before), Some(next)) =
            (after.checked_sub(1).map(|at| self.orbits[at]), self.orbits.get(after))
        else {
            let nearest = if after == 0 { self.orbits[0] } else { self.orbits[after - 1] };
            return nearest.carried_to(time);
        };
        let part = (time - before.epoch).seconds() / (next.epoch - before.epoch).seconds();
        let between = |from: f64, to: f64| from + part * (to - from);
        let halfway = MeanOrbit { altitude_km: 0.5 * (before.altitude_km + next.altitude_km), ..before };
        let missed_deg = nearest_turn_deg(next.raan_deg - halfway.carried_to(next.epoch).raan_deg);
        MeanOrbit {
            epoch: time,
            altitude_km: between(before.altitude_km, next.altitude_km),
            inclination_deg: between(before.inclination_deg, next.inclination_deg),
            raan_deg: halfway.carried_to(time).raan_deg + part * missed_deg,
        }
    }
}

/// The same turn within half a turn.
fn nearest_turn_deg(turn_deg: f64) -> f64 {
    (turn_deg + 180.0).rem_euclid(360.0) - 180.0
}
