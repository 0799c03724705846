//! What a revolution does to a channel's batteries.

use super::draft::ChannelDay;

/// A revolution's light, hours.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Light {
    pub(crate) sunlit_h: f64,
    pub(crate) dark_h: f64,
}

/// What goes into the batteries in sunlight, kWh, were they never full; below 0 where the wings give less than is drawn.
#[inline]
pub(crate) fn gained_kwh(feed: ChannelDay, load_kw: f64, light: Light) -> f64 {
    sunlit_rate_kw(feed, load_kw) * light.sunlit_h
}

/// What comes out of them in the dark, kWh.
#[inline]
pub(crate) fn spent_kwh(load_kw: f64, light: Light) -> f64 {
    load_kw * light.dark_h
}

/// How fast they fill in sunlight, kW; below 0 they help the wings.
#[inline]
pub(crate) fn sunlit_rate_kw(feed: ChannelDay, load_kw: f64) -> f64 {
    let surplus_kw = feed.output_kw - load_kw;
    if surplus_kw > 0.0 { lower(surplus_kw, feed.charge_kw) * feed.efficiency } else { surplus_kw }
}

/// The lower of two numbers; `f64::min` takes thrice as long to be right about what is none.
#[inline]
fn lower(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// Whether sunlight gives back what the dark takes, and the dark takes no more than down to `shed_below`.
pub(crate) fn is_balanced(feed: ChannelDay, load_kw: f64, light: Light, shed_below: f64) -> bool {
    let spent = spent_kwh(load_kw, light);
    gained_kwh(feed, load_kw, light) >= spent && spent <= deepest_kwh(feed, shed_below)
}

/// The most that batteries give in the dark without coming down to `shed_below`, kWh.
pub(crate) fn deepest_kwh(feed: ChannelDay, shed_below: f64) -> f64 {
    (1.0 - shed_below) * feed.capacity_kwh
}

/// The most that a channel carries revolution after revolution, kW: the wings fill again what the dark takes, through what
/// the batteries take in, and the dark takes no more than down to `shed_below`.
pub(crate) fn capability_kw(feed: ChannelDay, light: Light, shed_below: f64) -> f64 {
    let Light { sunlit_h, dark_h } = light;
    if dark_h == 0.0 {
        return feed.output_kw;
    }
    // η (G − L) S = L E, solved for L.
    let by_energy_kw = feed.efficiency * feed.output_kw * sunlit_h / (dark_h + feed.efficiency * sunlit_h);
    let by_charging_kw = feed.efficiency * feed.charge_kw * sunlit_h / dark_h;
    let by_depth_kw = deepest_kwh(feed, shed_below) / dark_h;
    by_energy_kw.min(by_charging_kw).min(by_depth_kw)
}

/// Charges at the beginnings of revolutions that are all alike, kWh, from that of the first on.
///
/// One revolution is `q ↦ min(q + gained, capacity) − spent`. Done `n` times over it is a straight line up to where the
/// batteries are full at each sunset, or a straight line down: both in closed form.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(crate) struct Alike {
    pub(crate) charge_kwh: f64,
    pub(crate) gained_kwh: f64,
    pub(crate) spent_kwh: f64,
    pub(crate) capacity_kwh: f64,
}

impl Alike {
    /// The charge at the end of the first revolution.
    #[inline]
    pub(crate) fn after_first_kwh(self) -> f64 {
        lower(self.charge_kwh + self.gained_kwh, self.capacity_kwh) - self.spent_kwh
    }

    /// The charge after `count` revolutions, which is 1 or more.
    #[inline]
    pub(crate) fn after_kwh(self, count: f64) -> f64 {
        let net_kwh = self.gained_kwh - self.spent_kwh;
        if net_kwh >= 0.0 {
            lower(self.charge_kwh + count * net_kwh, self.capacity_kwh - self.spent_kwh)
        } else {
            self.after_first_kwh() + (count - 1.0) * net_kwh
        }
    }

    /// How many revolutions end without the charge having come down to `floor_kwh`, of `most` at most; one that only touches nothing at
    /// all does not count as coming down.
    #[inline]
    pub(crate) fn ending_above(self, floor_kwh: f64, most: f64) -> f64 {
        let first_kwh = self.after_first_kwh();
        let is_down = |kwh: f64| kwh < floor_kwh || (kwh == floor_kwh && floor_kwh > 0.0);
        if is_down(first_kwh) {
            return 0.0;
        }
        let net_kwh = self.gained_kwh - self.spent_kwh;
        if net_kwh >= 0.0 || !is_down(self.after_kwh(most)) {
            return most;
        }
        // The division may be a hair off on either side.
        let mut count = (1.0 + ((first_kwh - floor_kwh) / -net_kwh).floor()).clamp(1.0, most);
        while count > 1.0 && is_down(self.after_kwh(count)) {
            count -= 1.0;
        }
        while count < most && !is_down(self.after_kwh(count + 1.0)) {
            count += 1.0;
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::{Alike, Light, capability_kw, gained_kwh, is_balanced, spent_kwh};
    use crate::power::ChannelDay;

    /// Revolution by revolution against the closed form, rising, falling and full.
    #[test]
    fn many_revolutions_at_once_are_many_revolutions() {
        for (charge_kwh, gained_kwh, spent_kwh) in [
            (3.0, 2.0, 1.5),
            (9.5, 2.0, 1.5),
            (9.9, 1.0, 1.5),
            (6.0, 0.3, 1.5),
            (9.0, -0.2, 0.1),
            (4.0, 1.0, 1.0),
        ] {
            let alike = Alike { charge_kwh, gained_kwh, spent_kwh, capacity_kwh: 10.0 };
            let mut stepped_kwh = charge_kwh;
            let mut above = 0.0;
            for count in 1..=12 {
                stepped_kwh = (stepped_kwh + gained_kwh).min(10.0) - spent_kwh;
                let found_kwh = alike.after_kwh(f64::from(count));
                assert!((found_kwh - stepped_kwh).abs() < 1e-9, "{alike:?} after {count}: {found_kwh}");
                if stepped_kwh >= 3.6 && above + 1.0 == f64::from(count) {
                    above = f64::from(count);
                }
            }
            assert_eq!(alike.ending_above(3.6, 12.0), above, "{alike:?}");
        }
    }

    #[test]
    fn what_a_channel_can_carry_it_carries_and_no_more() {
        let feed = ChannelDay { output_kw: 24.0, capacity_kwh: 44.0, charge_kw: 15.0, efficiency: 0.9 };
        for (sunlit_h, dark_h) in [(0.95, 0.6), (1.2, 0.35), (1.54, 0.01)] {
            let light = Light { sunlit_h, dark_h };
            let most_kw = capability_kw(feed, light, 0.65);
            assert!(is_balanced(feed, most_kw - 1e-9, light, 0.65), "{light:?}");
            assert!(!is_balanced(feed, most_kw + 1e-6, light, 0.65), "{light:?}: {most_kw}");
            assert!(spent_kwh(most_kw, light) <= gained_kwh(feed, most_kw, light) + 1e-9);
        }
        assert_eq!(capability_kw(feed, Light { sunlit_h: 24.0, dark_h: 0.0 }, 0.65), 24.0);
    }
}
