//! From what was written down to profiles.

use timeline::{Interval, Profile, ProfileError, Time, Unit};

use super::draft::Zoom;
use super::grid::Grid;
use super::trace::{ChannelTrace, PowerTrace, Why};

/// A time when a load was off.
#[derive(Clone, PartialEq, Debug)]
pub struct Shedding {
    /// The load, or the process that draws it.
    pub load: String,
    /// When.
    pub during: Interval,
    /// Why it was switched off.
    pub reason: SheddingReason,
}

/// Why a load was off.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SheddingReason {
    /// The batteries of this channel fell to where loads are shed.
    Charge(String),
    /// This cooling could not carry the heat away.
    Heat(String),
    /// No channel that carries it was in service.
    NoChannel,
}

/// By channel and together, in the order of their names; see [`Forecast`](crate::Forecast) for what they are.
pub(crate) fn power_profiles(
    grid: &Grid,
    trace: &PowerTrace,
    span: Interval,
) -> Result<Vec<Profile>, ProfileError> {
    if trace.zoom == Zoom::Sheddings {
        return Ok(Vec::new());
    }
    let mut profiles = Vec::new();
    for (channel, (node, written)) in grid.channels.iter().zip(&trace.channels).enumerate() {
        let name = |what: &str| format!("power.{}.{what}", node.name);
        let drawn = Profile::step(name("load_kw"), Unit::KILOWATT, span, written.loads.iter().copied())?;
        let works = |at: Time| f64::from(u8::from(at < node.fails));
        let output = by_day(grid, span, |day, at| grid.feeds(day)[channel].output_kw * works(at));
        let carries = by_day(grid, span, |day, at| grid.capabilities_kw(day)[channel] * works(at));
        let carries = Profile::step(name("capability_kw"), Unit::KILOWATT, span, carries)?;
        profiles.push(drawn);
        profiles.push(Profile::step(name("output_kw"), Unit::KILOWATT, span, output)?);
        profiles.push(carries);
        profiles.extend(charges(grid, channel, written, trace.zoom, span)?);
    }
    let load = Profile::step("power.load_kw", Unit::KILOWATT, span, trace.load.iter().copied())?;
    let together = by_day(grid, span, |day, at| {
        let working = grid.channels.iter().zip(grid.capabilities_kw(day)).filter(|(node, _)| at < node.fails);
        working.map(|(_, capability_kw)| capability_kw).sum()
    });
    let capability = Profile::step("power.capability_kw", Unit::KILOWATT, span, together)?;
    profiles.push(capability.sub(&load)?.named("power.margin_kw"));
    profiles.extend([load, capability]);
    Ok(profiles)
}

/// The lowest and highest charge of each day as parts of what the batteries hold; or the charge itself.
fn charges(
    grid: &Grid,
    channel: usize,
    written: &ChannelTrace,
    zoom: Zoom,
    span: Interval,
) -> Result<Vec<Profile>, ProfileError> {
    let name = |what: &str| format!("power.{}.{what}", grid.channels[channel].name);
    if zoom == Zoom::Revolutions {
        let unit = Unit::KILOWATT.times(&Unit::HOUR);
        return Ok(vec![Profile::through(name("charge_kwh"), unit, written.charges.iter().copied())?]);
    }
    let low = written.ranges.iter().map(|&(at, low, _)| (at, low));
    let high = written.ranges.iter().map(|&(at, _, high)| (at, high));
    Ok(vec![
        Profile::step(name("charge_low"), Unit::NONE, span, low)?,
        Profile::step(name("charge_high"), Unit::NONE, span, high)?,
    ])
}

/// A figure of each day, from its first revolution on and from where a channel fails, told where it changes.
fn by_day(grid: &Grid, span: Interval, figure: impl Fn(usize, Time) -> f64) -> Vec<(Time, f64)> {
    let mut steps: Vec<(Time, f64)> = Vec::new();
    let mut push = |day: usize, at: Time| {
        let value = figure(day, at);
        match steps.last_mut() {
            Some(last) if last.0 == at => last.1 = value,
            Some(last) if last.1 == value => {}
            _ => steps.push((at, value)),
        }
    };
    let mut fails: Vec<Time> = grid.channels.iter().map(|node| node.fails).collect();
    fails.sort_unstable();
    let mut fails = fails.into_iter().filter(|&at| span.contains(at)).peekable();
    let first = grid.days.partition_point(|day| day.first <= span.start()).saturating_sub(1);
    for (day, node) in grid.days.iter().enumerate().skip(first) {
        let begins = node.first.max(span.start());
        if begins >= span.end() {
            break;
        }
        push(day, begins);
        let ends = grid.days.get(day + 1).map_or(span.end(), |next| next.first);
        while let Some(at) = fails.next_if(|&at| at < ends) {
            push(day, at.max(begins));
        }
    }
    steps
}

/// When loads were off, in order of time; not those of processes that would not have run, which `would_run` knows.
pub(crate) fn sheddings(
    grid: &Grid,
    trace: &PowerTrace,
    would_run: impl Fn(usize, Interval) -> bool,
) -> Vec<Shedding> {
    let told = |&(load, during, why): &(usize, Interval, Why)| Shedding {
        load: grid.loads[load].name.clone(),
        during,
        reason: match why {
            Why::Charge(channel) => SheddingReason::Charge(grid.channels[channel].name.clone()),
            Why::Heat(cooling) => SheddingReason::Heat(grid.cooling[cooling].name.clone()),
            Why::NoChannel => SheddingReason::NoChannel,
        },
    };
    let was_wanted = |&&(load, during, _): &&(usize, Interval, Why)| match grid.loads[load].process {
        Some(process) => would_run(process, during),
        None => grid.would_draw(load, during),
    };
    trace.sheddings.iter().filter(was_wanted).map(told).collect()
}
