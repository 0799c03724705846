use record::{PartnerId, PoolId};
use schedule::PoolShare;
use serde_json::{Value, json};

use crate::text::round;

/// A partner's part of a pool before and after.
#[derive(Clone, PartialEq, Debug)]
pub struct Moved {
    /// As it was.
    pub before: PoolShare,
    /// As it is.
    pub after: PoolShare,
}

impl Moved {
    /// Each part of each pool that there is before or after; what only one side has is nothing on the other.
    #[must_use]
    pub fn between(before: &[PoolShare], after: &[PoolShare]) -> Vec<Self> {
        let find = |all: &[PoolShare], pool: &PoolId, partner: &PartnerId| {
            all.iter().find(|one| one.pool == *pool && one.partner == *partner).cloned()
        };
        let nothing = |share: &PoolShare| PoolShare {
            planned_min: 0,
            had_min: 0,
            asked_min: 0,
            whole_min: 0,
            ..share.clone()
        };
        let mut all: Vec<Self> = before
            .iter()
            .map(|before| {
                let after = find(after, &before.pool, &before.partner).unwrap_or_else(|| nothing(before));
                Self { before: before.clone(), after }
            })
            .collect();
        let new = after.iter().filter(|share| find(before, &share.pool, &share.partner).is_none());
        all.extend(new.map(|after| Self { before: nothing(after), after: after.clone() }));
        all
    }

    /// Whether its part or its minutes are others than before.
    #[must_use]
    pub fn has_moved(&self) -> bool {
        self.before.part() != self.after.part() || self.before.planned_min != self.after.planned_min
    }

    /// By how many points of a hundred; nothing where there is no crew time before or after.
    #[must_use]
    pub fn points(&self) -> Option<f64> {
        Some((self.after.part()? - self.before.part()?) * 100.0)
    }

    /// As an object: `{pool, partner, share_pct, before_min, after_min, before_pct, after_pct, moved_points}`.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let percent = |share: &PoolShare| share.part().map(|part| round(part * 100.0, 6));
        json!({
            "pool": self.before.pool.as_str(),
            "partner": self.before.partner.as_str(),
            "share_pct": self.after.share.percent(),
            "before_min": self.before.planned_min,
            "after_min": self.after.planned_min,
            "before_pct": percent(&self.before),
            "after_pct": percent(&self.after),
            "moved_points": self.points().map(|points| round(points, 6)),
        })
    }
}
