//! A power system by name, as somebody writes it down.

use timeline::{Duration, Time};

/// How a station gets, stores and spends electricity.
///
/// Light comes in revolutions: sunlight, then shadow. Within a revolution all that feeds a channel is constant in sunlight and 0 in
/// shadow; what feeds it, how long a revolution lasts and how much of it is lit are those of the [`Day`] in which it begins.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Power {
    /// Light from when on, in order of time.
    pub days: Vec<Day>,
    /// Revolutions whose light is known to the second, in order of time; they go before what the days say.
    pub revolutions: Vec<Revolution>,
    /// What feeds and carries.
    pub channels: Vec<Channel>,
    /// What draws.
    pub loads: Vec<Load>,
    /// Between channels.
    pub transfers: Vec<Transfer>,
    /// What carries the heat away.
    pub cooling: Vec<Cooling>,
    /// How closely batteries are written down.
    pub zoom: Zoom,
}

/// How closely batteries are written down.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Zoom {
    /// The lowest and the highest charge of each day: years take little room.
    #[default]
    Days,
    /// Nothing but when loads were off: what surveys of many plans need.
    Sheddings,
    /// Every charge as it rises and falls, revolution by revolution.
    Revolutions,
}

/// How light comes from a time on.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Day {
    /// From when on.
    pub since: Time,
    /// How long a revolution lasts; more than nothing.
    pub period: Duration,
    /// The part of it in sunlight, 0 to 1; it comes first.
    pub sunlit_part: f64,
}

/// A revolution known to the second.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Revolution {
    /// When sunlight begins.
    pub sunrise: Time,
    /// When it ends.
    pub sunset: Time,
    /// When the next one begins.
    pub ends: Time,
}

/// A power channel.
#[derive(Clone, PartialEq, Debug)]
pub struct Channel {
    /// Names it.
    pub name: String,
    /// The charge below which loads are shed, as a part of what its batteries hold, 0 to 1.
    pub shed_below: f64,
    /// When it breaks down for good; nothing while it does not.
    pub fails: Option<Time>,
    /// What feeds and stores, one for each of [`Power::days`].
    pub days: Vec<ChannelDay>,
}

/// What feeds and stores in a channel on one day.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct ChannelDay {
    /// What its wings give in sunlight, kW.
    pub output_kw: f64,
    /// What its batteries hold, kWh.
    pub capacity_kwh: f64,
    /// The most that goes into them, kW.
    pub charge_kw: f64,
    /// What comes out of them of what goes in, 0 to 1.
    pub efficiency: f64,
}

impl ChannelDay {
    /// Whether anything feeds it.
    pub(crate) fn serves(&self) -> bool {
        self.output_kw > 0.0 || self.capacity_kwh > 0.0
    }
}

/// What draws power.
#[derive(Clone, PartialEq, Debug)]
pub struct Load {
    /// Names it; a process by its own name.
    pub name: String,
    /// When it is shed: the highest first. Nothing when it never is.
    pub shed: Option<u32>,
    /// The channels that carry it in equal parts, as far as they are in service.
    pub channels: Vec<String>,
    /// How much.
    pub draws: Draws,
}

/// How much a load draws.
#[derive(Clone, PartialEq, Debug)]
pub enum Draws {
    /// So many kW from each time on; 0 before the first.
    Steps(Vec<(Time, f64)>),
    /// As the process of the load's name runs: so many kW at full rate and strength 1. Without power it does not run.
    Process {
        /// kW.
        full_kw: f64,
    },
}

/// A converter through which one channel's lack is made up by others.
#[derive(Clone, PartialEq, Debug)]
pub struct Transfer {
    /// Names it.
    pub name: String,
    /// Who gives, in equal parts.
    pub giving: Vec<String>,
    /// Who gets.
    pub to: String,
    /// The most that arrives, kW from each time on; 0 before the first.
    pub most_kw: Vec<(Time, f64)>,
    /// What arrives of what is given, above 0 to 1.
    pub efficiency: f64,
}

/// All that some channels carry becomes heat, and so much of it can be carried away.
#[derive(Clone, PartialEq, Debug)]
pub struct Cooling {
    /// Names it.
    pub name: String,
    /// Whose loads.
    pub channels: Vec<String>,
    /// The most, kW from each time on; no limit before the first.
    pub most_kw: Vec<(Time, f64)>,
}
