//! One channel at one instant: what its batteries hold and what it carries.

use timeline::Time;

use crate::power::balance::{Alike, Light, gained_kwh, spent_kwh, sunlit_rate_kw};
use crate::power::draft::ChannelDay;

#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bank {
    pub(super) charge_kwh: f64,
    /// What its loads draw.
    pub(super) drawn_kw: f64,
    /// That and what is given to other channels, less what is got from them.
    pub(super) carried_kw: f64,
    /// What is lost on the way from it to others.
    pub(super) lost_kw: f64,
    /// What it goes through in the revolution that begins, as looked at last.
    pub(super) alike: Alike,
    /// What it holds after the day that was looked at last.
    pub(super) after_kwh: f64,
    /// It has failed for good.
    pub(super) failed: bool,
    /// Its batteries ran empty, and nothing is carried until they have charge again.
    pub(super) dark: bool,
    /// It is fed and not dark; kept by `PowerCourse::reckon`.
    pub(super) serves: bool,
}

/// Of a revolution, the part in sunlight or that in the dark.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Part {
    Lit,
    Dark,
}

impl Bank {
    /// How fast its batteries fill, kW; below 0 they empty.
    #[inline]
    pub(super) fn rate_kw(&self, feed: ChannelDay, part: Part) -> f64 {
        match part {
            Part::Lit => sunlit_rate_kw(feed, self.carried_kw),
            Part::Dark => -self.carried_kw,
        }
    }

    /// The charge at which something has to happen: where loads are shed, or, below that, nothing.
    #[inline]
    pub(super) fn floor_kwh(&self, feed: ChannelDay, shed_below: f64) -> f64 {
        let shed_kwh = shed_below * feed.capacity_kwh;
        if self.charge_kwh > shed_kwh { shed_kwh } else { 0.0 }
    }

    /// Whether it comes down to its floor within so many hours.
    #[inline]
    pub(super) fn comes_down(&self, feed: ChannelDay, shed_below: f64, part: Part, hours: f64) -> bool {
        let rate_kw = self.rate_kw(feed, part);
        let falls = rate_kw < 0.0 && self.serves;
        falls && self.charge_kwh + rate_kw * hours <= self.floor_kwh(feed, shed_below)
    }

    /// When it comes to its floor from `now` on; never is [`Time::MAX`].
    pub(super) fn comes_to_floor(&self, now: Time, feed: ChannelDay, shed_below: f64, part: Part) -> Time {
        let rate_kw = self.rate_kw(feed, part);
        if rate_kw >= 0.0 || !self.serves {
            return Time::MAX;
        }
        let above_kwh = self.charge_kwh - self.floor_kwh(feed, shed_below);
        now + timeline::Duration::from_seconds(above_kwh / -rate_kw * 3_600.0)
    }

    /// What it goes through in a whole revolution.
    #[inline]
    pub(super) fn revolution(&self, feed: ChannelDay, light: Light) -> Alike {
        if self.failed {
            return Alike::default();
        }
        Alike {
            charge_kwh: self.charge_kwh,
            gained_kwh: gained_kwh(feed, self.carried_kw, light),
            spent_kwh: spent_kwh(self.carried_kw, light),
            capacity_kwh: feed.capacity_kwh,
        }
    }
}
