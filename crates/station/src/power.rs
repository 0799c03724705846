use record::{BatteryId, ChannelId, LoadId, LoopId, PartnerId, TransferId, WingId};
use timeline::{Interval, Time};

use crate::Factor;

/// Days in a Julian year, by which wings and batteries age.
const DAYS_A_YEAR: f64 = 365.25;

/// A power channel: wings that feed it in sunlight, batteries that carry it through the night, and what hangs on it.
#[derive(Clone, PartialEq, Debug)]
pub struct Channel {
    /// Names it.
    pub id: ChannelId,
    /// Full name.
    pub name: String,
    /// Whose it is.
    pub owner: PartnerId,
    /// The part of the station it belongs to, as the elements call it.
    pub segment: String,
    /// The charge at which loads begin to be shed, as a part of what the batteries hold, 0 to 1.
    pub shed_below: f64,
}

/// A solar wing.
#[derive(Clone, PartialEq, Debug)]
pub struct Wing {
    /// Names it.
    pub id: WingId,
    /// Full name.
    pub name: String,
    /// The channel it feeds.
    pub channel: ChannelId,
    /// What it gives its channel in full sunlight at one astronomical unit when new, kW.
    pub output_kw: f64,
    /// What it loses of that each year, as a part, 0 to 1; every year of what is left.
    pub fade_a: f64,
    /// What shadows of the station's own parts leave of it, by beta angle; in order of the angle.
    pub shading: Vec<Shading>,
    /// Its share of the sunlight from when on, where something was put before it or it stood folded; 1 before the first.
    pub factors: Vec<Factor>,
    /// Feeds since.
    pub from: Time,
    /// Feeds until; nothing while no end is known.
    pub until: Option<Time>,
}

/// What is left of a wing's output at a beta angle; straight lines between.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Shading {
    /// The Sun's angle to the orbital plane, whichever side, degrees.
    pub beta_deg: f64,
    /// The part that is left, 0 to 1.
    pub left: f64,
}

impl Wing {
    /// What it gives at `time` in sunlight that comes from `beta_deg` beside the orbital plane and has `flux` of its strength
    /// at one astronomical unit, kW.
    ///
    /// A wing follows the Sun about two axes, so beta counts only by the shadows of other parts.
    #[must_use]
    pub fn output_kw_at(&self, time: Time, beta_deg: f64, flux: f64) -> f64 {
        let in_service = Interval::new(self.from, self.until.unwrap_or(Time::MAX));
        if !in_service.is_some_and(|service| service.contains(time)) {
            return 0.0;
        }
        let years = (time - self.from).days() / DAYS_A_YEAR;
        let share =
            self.factors.iter().rev().find(|factor| factor.from <= time).map_or(1.0, |one| one.factor);
        self.output_kw * (1.0 - self.fade_a).powf(years) * self.left_at(beta_deg.abs()) * share * flux
    }

    fn left_at(&self, beta_deg: f64) -> f64 {
        let after = self.shading.partition_point(|one| one.beta_deg <= beta_deg);
        match (after.checked_sub(1).map(|at| self.shading[at]), self.shading.get(after)) {
            (Some(one), Some(next)) => {
                let part = (beta_deg - one.beta_deg) / (next.beta_deg - one.beta_deg);
                one.left + part * (next.left - one.left)
            }
            (Some(last), None) => last.left,
            (None, Some(first)) => first.left,
            (None, None) => 1.0,
        }
    }
}

/// The batteries of a channel in a time: when they are exchanged, others follow.
#[derive(Clone, PartialEq, Debug)]
pub struct Battery {
    /// Names them.
    pub id: BatteryId,
    /// Full name.
    pub name: String,
    /// The channel they carry.
    pub channel: ChannelId,
    /// What they hold when new, kWh.
    pub capacity_kwh: f64,
    /// What they lose of that each year, as a part, 0 to 1; every year of what is left.
    pub fade_a: f64,
    /// The most that goes into them, kW.
    pub charge_kw: f64,
    /// What comes out of them of what goes in, 0 to 1.
    pub efficiency: f64,
    /// In service since.
    pub from: Time,
    /// In service until; nothing while no end is known.
    pub until: Option<Time>,
}

/// What draws power and is no process: users, heaters, computers.
#[derive(Clone, PartialEq, Debug)]
pub struct Load {
    /// Names it.
    pub id: LoadId,
    /// Full name.
    pub name: String,
    /// The channels that carry it in equal parts, as far as they are in service.
    pub channels: Vec<ChannelId>,
    /// What it draws, kW.
    pub power_kw: f64,
    /// When it is shed: the highest number first. Nothing when it never is. Processes are shed by their priority.
    pub shed: Option<u32>,
    /// By what it is multiplied since when, in order of time; by 1 before the first.
    pub factors: Vec<Factor>,
    /// Draws since; nothing when it always did.
    pub from: Option<Time>,
    /// Draws until; nothing while no end is known.
    pub until: Option<Time>,
}

impl Load {
    /// What it draws at `time`, kW.
    #[must_use]
    pub fn power_kw_at(&self, time: Time) -> f64 {
        let service = Interval::new(self.from.unwrap_or(Time::MIN), self.until.unwrap_or(Time::MAX));
        if !service.is_some_and(|service| service.contains(time)) {
            return 0.0;
        }
        let factor = self.factors.iter().rev().find(|factor| factor.from <= time);
        self.power_kw * factor.map_or(1.0, |factor| factor.factor)
    }
}

/// A converter through which one channel's lack is made up by others.
#[derive(Clone, PartialEq, Debug)]
pub struct Transfer {
    /// Names it.
    pub id: TransferId,
    /// Full name.
    pub name: String,
    /// Who gives, in equal parts.
    pub giving: Vec<ChannelId>,
    /// Who gets.
    pub to: ChannelId,
    /// The most that arrives, kW.
    pub most_kw: f64,
    /// What arrives of what is given, 0 to 1.
    pub efficiency: f64,
    /// In service since; nothing when it always was.
    pub from: Option<Time>,
    /// In service until; nothing while no end is known.
    pub until: Option<Time>,
}

/// A loop that carries heat to the radiators. All that some channels carry becomes heat; loops of the same channels share it.
#[derive(Clone, PartialEq, Debug)]
pub struct CoolingLoop {
    /// Names it.
    pub id: LoopId,
    /// Full name.
    pub name: String,
    /// The channels whose loads it cools.
    pub channels: Vec<ChannelId>,
    /// The most it carries away, kW.
    pub most_kw: f64,
    /// In service since; nothing when it always was.
    pub from: Option<Time>,
    /// In service until; nothing while no end is known.
    pub until: Option<Time>,
}

impl Battery {
    /// What they hold at `time`, kWh.
    #[must_use]
    pub fn capacity_kwh_at(&self, time: Time) -> f64 {
        let service = Interval::new(self.from, self.until.unwrap_or(Time::MAX));
        if !service.is_some_and(|service| service.contains(time)) {
            return 0.0;
        }
        let years = (time - self.from).days() / DAYS_A_YEAR;
        self.capacity_kwh * (1.0 - self.fade_a).powf(years)
    }
}

#[cfg(test)]
mod tests {
    use super::{Shading, Wing};
    use crate::Factor;
    use timeline::{Duration, Time};

    fn wing() -> Wing {
        Wing {
            id: "wing".parse().unwrap(),
            name: "Wing".to_owned(),
            channel: "a".parse().unwrap(),
            output_kw: 30.0,
            fade_a: 0.02,
            shading: vec![Shading { beta_deg: 40.0, left: 1.0 }, Shading { beta_deg: 60.0, left: 0.8 }],
            factors: vec![Factor { from: Time::EPOCH + Duration::DAY * 3_000, factor: 0.5 }],
            from: Time::EPOCH,
            until: Some(Time::EPOCH + Duration::DAY * 4_000),
        }
    }

    #[test]
    fn a_wing_fades_and_stands_in_shadow_and_is_covered() {
        let day = |days: f64| Time::EPOCH + Duration::from_days(days);
        for (days, beta_deg, flux, expected_kw) in [
            (0.0, 0.0, 1.0, 30.0),
            (0.0, -50.0, 1.0, 27.0),
            (0.0, 75.0, 1.0, 24.0),
            (365.25, 0.0, 1.0, 29.4),
            (730.5, 0.0, 0.5, 14.406),
            (3_652.5, 0.0, 1.0, 30.0 * 0.98_f64.powi(10) * 0.5),
            (4_000.0, 0.0, 1.0, 0.0),
            (-1.0, 0.0, 1.0, 0.0),
        ] {
            let found_kw = wing().output_kw_at(day(days), beta_deg, flux);
            assert!((found_kw - expected_kw).abs() < 1e-9, "day {days}: {found_kw} kW, not {expected_kw}");
        }
    }
}
