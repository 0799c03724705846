//! From what was written down to profiles.

use timeline::{Interval, Profile, ProfileError, Time, Unit};

use super::draft::Zoom;
use super::grid::Grid;
use super::trace::{ChannelTrace, PowerTrace, Why};
use crate::trace::push_step;

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
    let instants = instants(grid, span);
    // One place for the steps of all profiles in turn: they are long, and new memory costs more than what is written to it.
    let mut steps = Vec::with_capacity(instants.len());
    let mut profiles = Vec::with_capacity(grid.channels.len() * 5 + 3);
    for (channel, (node, written)) in grid.channels.iter().zip(&trace.channels).enumerate() {
        let name = |what: &str| format!("power.{}.{what}", node.name);
        let drawn = Profile::step(name("load_kw"), Unit::KILOWATT, span, written.loads.iter().copied())?;
        let mut by_day = |what: &str, figure: &dyn Fn(usize) -> f64| {
            steps.clear();
            for &(day, at) in &instants {
                push_step(&mut steps, at, if at < node.fails { figure(day) } else { 0.0 });
            }
            Profile::step(name(what), Unit::KILOWATT, span, steps.iter().copied())
        };
        let output = by_day("output_kw", &|day| grid.feeds(day)[channel].output_kw)?;
        let carries = by_day("capability_kw", &|day| grid.capabilities_kw(day)[channel])?;
        profiles.extend([drawn, output, carries]);
        profiles.extend(charges(grid, channel, written, trace.zoom, span)?);
    }
    let load = Profile::step("power.load_kw", Unit::KILOWATT, span, trace.load.iter().copied())?;
    steps.clear();
    let fails: Vec<Time> = grid.channels.iter().map(|node| node.fails).collect();
    for &(day, at) in &instants {
        let working = grid.capabilities_kw(day).iter().zip(&fails).filter(|(_, fails)| at < **fails);
        push_step(&mut steps, at, working.map(|(capability_kw, _)| capability_kw).sum());
    }
    let capability = Profile::step("power.capability_kw", Unit::KILOWATT, span, steps.iter().copied())?;
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

/// When figures may change, and the day whose they are then: from its first revolution on, and where a channel fails.
fn instants(grid: &Grid, span: Interval) -> Vec<(usize, Time)> {
    let mut fails: Vec<Time> = grid.channels.iter().map(|node| node.fails).collect();
    fails.sort_unstable();
    let mut fails = fails.into_iter().filter(|&at| span.contains(at)).peekable();
    let first = grid.days.partition_point(|day| day.first <= span.start()).saturating_sub(1);
    let mut instants = Vec::with_capacity(grid.days.len() - first + grid.channels.len());
    for (day, node) in grid.days.iter().enumerate().skip(first) {
        let begins = node.first.max(span.start());
        if begins >= span.end() {
            break;
        }
        instants.push((day, begins));
        let ends = grid.days.get(day + 1).map_or(span.end(), |next| next.first);
        while let Some(at) = fails.next_if(|&at| at < ends) {
            instants.push((day, at.max(begins)));
        }
    }
    instants
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
