//! A power system checked and compiled: by index, with every day's feeds in one row.

use std::collections::BTreeMap;

use timeline::{Duration, Interval, Time};

use super::balance::{Light, capability_kw, deepest_kwh};
use super::draft::{ChannelDay, Draws, Power, Revolution, Zoom};
use crate::ForecastError;
use crate::network::{find, number};

/// Channels in order of their names, loads in the order in which they are kept, whatever the order of the draft.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Grid {
    pub(crate) channels: Vec<ChannelNode>,
    pub(crate) days: Vec<DayNode>,
    /// Of each day one for each channel.
    feeds: Vec<ChannelDay>,
    /// What each channel could carry revolution after revolution on each day, in the same order.
    capabilities_kw: Vec<f64>,
    /// What the batteries of each channel may give in the dark of each day without coming down to where loads are shed, likewise.
    most_spent_kwh: Vec<f64>,
    pub(crate) revolutions: Vec<Revolution>,
    /// First those that are never shed, then by the number at which they are: the last is shed first.
    pub(crate) loads: Vec<LoadNode>,
    /// Those of them that processes draw.
    pub(crate) of_processes: Vec<DrawnNode>,
    /// By channel, the loads that hang on it.
    pub(crate) hanging: Vec<Vec<usize>>,
    pub(crate) transfers: Vec<TransferNode>,
    pub(crate) cooling: Vec<CoolingNode>,
    /// In order of time.
    pub(crate) schedule: Vec<Change>,
    pub(crate) zoom: Zoom,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct ChannelNode {
    pub(crate) name: String,
    pub(crate) shed_below: f64,
    /// When it fails; never is [`Time::MAX`].
    pub(crate) fails: Time,
}

#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct DayNode {
    pub(crate) since: Time,
    pub(crate) period: Duration,
    pub(crate) sunlit: Duration,
    pub(crate) light: Light,
    /// Whether every channel is in service that was on the day before, and no other, and none has got new batteries.
    pub(crate) serves_as_before: bool,
    /// When its first revolution begins, where revolutions follow one another from the first day on.
    pub(crate) first: Time,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct LoadNode {
    pub(crate) name: String,
    pub(crate) can_be_shed: bool,
    pub(crate) channels: Vec<usize>,
    /// The process that draws it.
    pub(crate) process: Option<usize>,
}

/// What a process draws at full rate and strength 1.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct DrawnNode {
    pub(crate) load: usize,
    pub(crate) process: usize,
    pub(crate) full_kw: f64,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct TransferNode {
    pub(crate) giving: Vec<usize>,
    pub(crate) to: usize,
    pub(crate) efficiency: f64,
}

#[derive(Clone, PartialEq, Debug)]
pub(crate) struct CoolingNode {
    pub(crate) name: String,
    pub(crate) channels: Vec<usize>,
}

/// A figure that changes at a known time, kW.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Change {
    pub(crate) at: Time,
    pub(crate) of: Of,
    pub(crate) power_kw: f64,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Of {
    /// The channel fails.
    Channel(usize),
    Load(usize),
    Transfer(usize),
    Cooling(usize),
}

impl Grid {
    /// `processes` are the names of the network's processes by index.
    pub(crate) fn of(power: &Power, processes: &BTreeMap<&str, usize>) -> Result<Self, ForecastError> {
        let mut drafted: Vec<_> = power.channels.iter().collect();
        drafted.sort_by(|a, b| a.name.cmp(&b.name));
        let mut index = BTreeMap::new();
        for (at, channel) in drafted.iter().enumerate() {
            check_part(&channel.name, "the charge to shed below", channel.shed_below)?;
            if index.insert(channel.name.as_str(), at).is_some() {
                return Err(ForecastError::Twice { what: "channels", name: channel.name.clone() });
            }
        }
        let mut grid = Self {
            channels: drafted
                .iter()
                .map(|channel| ChannelNode {
                    name: channel.name.clone(),
                    shed_below: channel.shed_below,
                    fails: channel.fails.unwrap_or(Time::MAX),
                })
                .collect(),
            days: days(power)?,
            feeds: Vec::with_capacity(power.days.len() * drafted.len()),
            capabilities_kw: Vec::new(),
            most_spent_kwh: Vec::new(),
            revolutions: revolutions(power)?,
            loads: Vec::new(),
            of_processes: Vec::new(),
            hanging: vec![Vec::new(); drafted.len()],
            transfers: Vec::new(),
            cooling: Vec::new(),
            schedule: Vec::new(),
            zoom: power.zoom,
        };
        for (at, fails) in drafted.iter().enumerate().filter_map(|(at, one)| Some((at, one.fails?))) {
            grid.schedule.push(Change { at: fails, of: Of::Channel(at), power_kw: 0.0 });
        }
        for day in 0..power.days.len() {
            for channel in &drafted {
                let feed = channel.days.get(day).copied().unwrap_or_default();
                check_feed(&channel.name, feed)?;
                grid.feeds.push(feed);
            }
        }
        grid.derive();
        grid.take_loads(power, &index, processes)?;
        grid.take_transfers(power, &index)?;
        grid.take_cooling(power, &index)?;
        grid.schedule.sort_by_key(|change| (change.at, change.of));
        Ok(grid)
    }

    /// What feeds and stores on a day, by channel.
    pub(crate) fn feeds(&self, day: usize) -> &[ChannelDay] {
        &self.feeds[day * self.channels.len()..][..self.channels.len()]
    }

    /// What each channel could carry on a day revolution after revolution, kW.
    pub(crate) fn capabilities_kw(&self, day: usize) -> &[f64] {
        &self.capabilities_kw[day * self.channels.len()..][..self.channels.len()]
    }

    /// What each channel's batteries may give in the dark of a day without coming down to where loads are shed, kWh.
    pub(crate) fn most_spent_kwh(&self, day: usize) -> &[f64] {
        &self.most_spent_kwh[day * self.channels.len()..][..self.channels.len()]
    }

    /// Whether a load of its own steps draws anything at some time of an interval.
    pub(crate) fn would_draw(&self, load: usize, during: Interval) -> bool {
        let of_it = self.schedule.iter().filter(|change| change.of == Of::Load(load));
        let mut at_start_kw = 0.0;
        for change in of_it {
            if change.at <= during.start() {
                at_start_kw = change.power_kw;
            } else if change.at < during.end() && change.power_kw > 0.0 {
                return true;
            }
        }
        at_start_kw > 0.0
    }

    /// The day whose figures hold at `at`; the first one's before it.
    pub(crate) fn day_at(&self, at: Time) -> usize {
        self.days.partition_point(|day| day.since <= at).saturating_sub(1)
    }

    /// What follows from the feeds of every day.
    fn derive(&mut self) {
        let mut capabilities_kw = Vec::with_capacity(self.feeds.len());
        let mut most_spent_kwh = Vec::with_capacity(self.feeds.len());
        for day in 0..self.days.len() {
            let light = self.days[day].light;
            let of_day = self.feeds(day).iter().zip(&self.channels);
            capabilities_kw.extend(of_day.map(|(&feed, node)| capability_kw(feed, light, node.shed_below)));
            let of_day = self.feeds(day).iter().zip(&self.channels);
            most_spent_kwh.extend(of_day.map(|(feed, node)| deepest_kwh(*feed, node.shed_below)));
            let before = if day == 0 { &[] } else { self.feeds(day - 1) };
            let is_alike = |(a, b): (&ChannelDay, &ChannelDay)| {
                a.serves() == b.serves() && b.capacity_kwh <= a.capacity_kwh
            };
            let is_alike = before.iter().zip(self.feeds(day)).all(is_alike);
            self.days[day].serves_as_before = day > 0 && is_alike;
        }
        (self.capabilities_kw, self.most_spent_kwh) = (capabilities_kw, most_spent_kwh);
        for day in 1..self.days.len() {
            let (before, since) = (self.days[day - 1], self.days[day].since);
            let period = before.period.nanoseconds();
            // A revolution belongs to the day in which it begins; a day may be too short to have one of its own.
            let count = ((since - before.first).nanoseconds() + period - 1) / period;
            self.days[day].first = before.first + before.period * count.max(0);
        }
    }

    fn take_loads(
        &mut self,
        power: &Power,
        index: &BTreeMap<&str, usize>,
        processes: &BTreeMap<&str, usize>,
    ) -> Result<(), ForecastError> {
        let mut drafted = by_name("loads", &power.loads, |one| &one.name)?;
        drafted.sort_by(|a, b| (a.shed, &a.name).cmp(&(b.shed, &b.name)));
        for load in drafted {
            let by = || format!("load `{}`", load.name);
            let process = match &load.draws {
                Draws::Steps(steps) => {
                    self.take_steps(&load.name, steps, Of::Load(self.loads.len()))?;
                    None
                }
                Draws::Process { full_kw } => {
                    check_power(&load.name, *full_kw)?;
                    let process = find(processes, by, "process", &load.name)?;
                    self.of_processes.push(DrawnNode { load: self.loads.len(), process, full_kw: *full_kw });
                    Some(process)
                }
            };
            let channels = find_all(index, by, &load.channels)?;
            channels.iter().for_each(|&channel| self.hanging[channel].push(self.loads.len()));
            let can_be_shed = load.shed.is_some();
            self.loads.push(LoadNode { name: load.name.clone(), can_be_shed, channels, process });
        }
        Ok(())
    }

    fn take_transfers(&mut self, power: &Power, index: &BTreeMap<&str, usize>) -> Result<(), ForecastError> {
        for transfer in by_name("transfers", &power.transfers, |one| &one.name)? {
            let by = || format!("transfer `{}`", transfer.name);
            check_efficiency(&transfer.name, transfer.efficiency)?;
            self.take_steps(&transfer.name, &transfer.most_kw, Of::Transfer(self.transfers.len()))?;
            self.transfers.push(TransferNode {
                giving: find_all(index, by, &transfer.giving)?,
                to: find(index, by, "channel", &transfer.to)?,
                efficiency: transfer.efficiency,
            });
        }
        Ok(())
    }

    fn take_cooling(&mut self, power: &Power, index: &BTreeMap<&str, usize>) -> Result<(), ForecastError> {
        for cooling in by_name("coolings", &power.cooling, |one| &one.name)? {
            let by = || format!("cooling `{}`", cooling.name);
            self.take_steps(&cooling.name, &cooling.most_kw, Of::Cooling(self.cooling.len()))?;
            let channels = find_all(index, by, &cooling.channels)?;
            self.cooling.push(CoolingNode { name: cooling.name.clone(), channels });
        }
        Ok(())
    }

    fn take_steps(&mut self, name: &str, steps: &[(Time, f64)], of: Of) -> Result<(), ForecastError> {
        for &(at, power_kw) in steps {
            check_power(name, power_kw)?;
            self.schedule.push(Change { at, of, power_kw });
        }
        Ok(())
    }
}

/// Records in order of their names, of which no two are alike.
fn by_name<'a, T>(
    what: &'static str,
    records: &'a [T],
    name: impl Fn(&T) -> &String,
) -> Result<Vec<&'a T>, ForecastError> {
    let mut sorted: Vec<&T> = records.iter().collect();
    sorted.sort_by(|a, b| name(a).cmp(name(b)));
    match sorted.windows(2).find(|pair| name(pair[0]) == name(pair[1])) {
        Some(pair) => Err(ForecastError::Twice { what, name: name(pair[0]).clone() }),
        None => Ok(sorted),
    }
}

fn days(power: &Power) -> Result<Vec<DayNode>, ForecastError> {
    if power.days.is_empty() {
        return Err(ForecastError::NoLight);
    }
    let mut days: Vec<DayNode> = Vec::with_capacity(power.days.len());
    for day in &power.days {
        check_part("the light", "the sunlit part", day.sunlit_part)?;
        if day.period <= Duration::ZERO || days.last().is_some_and(|last| last.since >= day.since) {
            return Err(ForecastError::LightDisordered { at: day.since });
        }
        let sunlit = Duration::from_seconds(day.period.seconds() * day.sunlit_part);
        let sunlit_h = sunlit.hours();
        let light = Light { sunlit_h, dark_h: day.period.hours() - sunlit_h };
        days.push(DayNode {
            since: day.since,
            period: day.period,
            sunlit,
            light,
            serves_as_before: false,
            first: day.since,
        });
    }
    Ok(days)
}

fn revolutions(power: &Power) -> Result<Vec<Revolution>, ForecastError> {
    let mut last = Time::MIN;
    for one in &power.revolutions {
        let is_ordered = last <= one.sunrise
            && one.sunrise <= one.sunset
            && one.sunset <= one.ends
            && one.sunrise < one.ends;
        if !is_ordered {
            return Err(ForecastError::LightDisordered { at: one.sunrise });
        }
        last = one.ends;
    }
    Ok(power.revolutions.clone())
}

fn check_feed(channel: &str, feed: ChannelDay) -> Result<(), ForecastError> {
    check_power(channel, feed.output_kw)?;
    check_power(channel, feed.charge_kw)?;
    if !feed.capacity_kwh.is_finite() || feed.capacity_kwh < 0.0 {
        return Err(number(channel, "what batteries hold", feed.capacity_kwh, "0 kWh or more"));
    }
    if feed.capacity_kwh > 0.0 { check_efficiency(channel, feed.efficiency) } else { Ok(()) }
}

fn check_power(of: &str, power_kw: f64) -> Result<(), ForecastError> {
    let is_sound = power_kw.is_finite() && power_kw >= 0.0;
    if is_sound { Ok(()) } else { Err(number(of, "a power", power_kw, "0 kW or more")) }
}

fn check_part(of: &str, what: &'static str, part: f64) -> Result<(), ForecastError> {
    if (0.0..=1.0).contains(&part) { Ok(()) } else { Err(number(of, what, part, "from 0 to 1")) }
}

fn check_efficiency(of: &str, part: f64) -> Result<(), ForecastError> {
    if part > 0.0 && part <= 1.0 { Ok(()) } else { Err(number(of, "the efficiency", part, "above 0, to 1")) }
}

fn find_all(
    index: &BTreeMap<&str, usize>,
    by: impl Fn() -> String + Copy,
    names: &[String],
) -> Result<Vec<usize>, ForecastError> {
    let mut found =
        names.iter().map(|name| find(index, by, "channel", name)).collect::<Result<Vec<_>, _>>()?;
    found.sort_unstable();
    found.dedup();
    Ok(found)
}
