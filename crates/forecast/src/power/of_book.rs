//! From a book to its power system.

use std::collections::BTreeMap;

use book::Book;
use orbit::{MeanPath, earth_sun_au, eclipsed_part};
use record::{ChannelId, LoopId};
use station::{Battery, CoolingLoop, Wing};
use timeline::{Duration, Interval, Time};

use super::{Channel, ChannelDay, Cooling, Day, Draws, Load, Power, Transfer};
use crate::Scenario;
use crate::knowledge::Knowledge;

/// The power system of a book over `span`; nothing when it has no channels.
///
/// Light is that of the mean orbit through the book's element sets, as far as there were any; a book without any stands in the Sun all day, at the distances
/// it gives or else the Earth's.
#[must_use]
pub(crate) fn power(knowledge: &Knowledge<'_>, span: Interval, scenario: &Scenario) -> Option<Power> {
    let failures = &scenario.dark_channels;
    let listed = &knowledge.book.power;
    if listed.channels.is_empty() {
        return None;
    }
    let feeders = Feeders::known(knowledge);
    let skies = skies(knowledge, &feeders, span);
    let channels = listed.channels.iter().map(|channel| {
        let of = Feeding::of(&feeders, &channel.id);
        let fails = failures.iter().filter(|(failed, _)| *failed == channel.id).map(|&(_, at)| at).min();
        Channel {
            name: channel.id.to_string(),
            shed_below: channel.shed_below,
            fails,
            days: skies.iter().map(|sky| of.on(sky)).collect(),
        }
    });
    let names = |channels: &[ChannelId]| channels.iter().map(ToString::to_string).collect::<Vec<_>>();
    let loads = listed.loads.iter().filter(|load| load.from.is_none_or(|from| knowledge.has(from)));
    let fixed = loads.map(|load| {
        let known = station::Load {
            factors: knowledge.factors(&load.factors),
            until: knowledge.ends(load.until),
            ..load.value.clone()
        };
        let changes = known.factors.iter().map(|factor| factor.from).chain(known.from).chain(known.until);
        Load {
            name: load.id.to_string(),
            shed: load.shed,
            channels: names(&load.channels),
            draws: Draws::Steps(steps(span, changes, |at| known.power_kw_at(at))),
        }
    });
    let of_processes = knowledge.processes().filter(|process| process.power_kw > 0.0);
    let of_processes = of_processes.filter(|process| !process.channels.is_empty()).map(|process| Load {
        name: process.id.to_string(),
        shed: Some(process.priority),
        channels: names(&process.channels),
        draws: Draws::Process { full_kw: process.power_kw },
    });
    let within = |from: Option<Time>, until: Option<Time>, at: Time| {
        from.is_none_or(|from| from <= at) && until.is_none_or(|until| at < until)
    };
    let transfers = listed.transfers.iter().filter(|one| one.from.is_none_or(|from| knowledge.has(from)));
    let transfers = transfers.map(|transfer| {
        let (from, until) = (transfer.from, knowledge.ends(transfer.until));
        Transfer {
            name: transfer.id.to_string(),
            giving: names(&transfer.giving),
            to: transfer.to.to_string(),
            most_kw: steps(span, from.into_iter().chain(until), |at| {
                if within(from, until, at) { transfer.most_kw } else { 0.0 }
            }),
            efficiency: transfer.efficiency,
        }
    });
    Some(Power {
        days: skies.iter().map(|sky| sky.day).collect(),
        revolutions: Vec::new(),
        channels: channels.collect(),
        loads: fixed.chain(of_processes).collect(),
        transfers: transfers.collect(),
        cooling: cooling(knowledge, span, &scenario.lost_loops),
        zoom: scenario.zoom,
    })
}

/// All wings and batteries, without what was not known of them.
struct Feeders {
    wings: Vec<Wing>,
    batteries: Vec<Battery>,
}

impl Feeders {
    fn known(knowledge: &Knowledge<'_>) -> Self {
        let listed = &knowledge.book.power;
        let wings = listed.wings.iter().filter(|wing| knowledge.has(wing.from)).map(|wing| Wing {
            factors: knowledge.factors(&wing.factors),
            until: knowledge.ends(wing.until),
            ..wing.value.clone()
        });
        let batteries = listed.batteries.iter().filter(|battery| knowledge.has(battery.from));
        let batteries = batteries
            .map(|battery| Battery { until: knowledge.ends(battery.until), ..battery.value.clone() });
        Self { wings: wings.collect(), batteries: batteries.collect() }
    }
}

/// The light of a day, and what wings make of it.
struct Sky {
    day: Day,
    /// When its figures are taken.
    at: Time,
    beta_deg: f64,
    /// Sunlight, as a part of that at one astronomical unit.
    flux: f64,
}

/// One for each day of `span`, and one more from each time at which wings, batteries or channels come or go.
fn skies(knowledge: &Knowledge<'_>, feeders: &Feeders, span: Interval) -> Vec<Sky> {
    let count = span.duration().days().ceil() as i64;
    let mut begins: Vec<Time> = (0..count.max(1)).map(|day| span.start() + Duration::DAY * day).collect();
    let wings = feeders.wings.iter().flat_map(|wing| {
        let factors = wing.factors.iter().map(|factor| factor.from);
        factors.chain([wing.from]).chain(wing.until).collect::<Vec<_>>()
    });
    let batteries = feeders.batteries.iter().flat_map(|battery| [Some(battery.from), battery.until]);
    begins.extend(wings.chain(batteries.flatten()).filter(|&at| span.contains(at)));
    begins.sort_unstable();
    begins.dedup();
    let path = MeanPath::through(&knowledge.element_sets());
    begins.iter().map(|&since| sky(knowledge.book, path.as_ref(), since)).collect()
}

fn sky(book: &Book, path: Option<&MeanPath>, since: Time) -> Sky {
    let distance_au = sun_distance_au(book, since);
    let flux = 1.0 / (distance_au * distance_au);
    match path.map(|path| path.at(since)) {
        None => {
            let day = Day { since, period: Duration::DAY, sunlit_part: 1.0 };
            Sky { day, at: since, beta_deg: 0.0, flux }
        }
        Some(orbit) => {
            let beta_deg = orbit.beta_deg(since);
            let sunlit_part = 1.0 - eclipsed_part(beta_deg, orbit.altitude_km);
            Sky { day: Day { since, period: orbit.period(), sunlit_part }, at: since, beta_deg, flux }
        }
    }
}

/// What the book says, straight from one of its dates to the next; without a word of it, the Earth's.
fn sun_distance_au(book: &Book, at: Time) -> f64 {
    let listed = &book.sun_distances;
    let after = listed.partition_point(|one| one.date <= at);
    match (after.checked_sub(1).map(|before| listed[before]), listed.get(after)) {
        (Some(one), Some(next)) => {
            let part = (at - one.date).seconds() / (next.date - one.date).seconds();
            one.distance_au + part * (next.distance_au - one.distance_au)
        }
        (Some(nearest), None) => nearest.distance_au,
        (None, Some(nearest)) => nearest.distance_au,
        (None, None) => earth_sun_au(at),
    }
}

/// What feeds and stores in one channel.
struct Feeding<'a> {
    wings: Vec<&'a Wing>,
    batteries: Vec<&'a Battery>,
}

impl<'a> Feeding<'a> {
    fn of(feeders: &'a Feeders, channel: &ChannelId) -> Self {
        Self {
            wings: feeders.wings.iter().filter(|wing| wing.channel == *channel).collect(),
            batteries: feeders.batteries.iter().filter(|battery| battery.channel == *channel).collect(),
        }
    }

    fn on(&self, sky: &Sky) -> ChannelDay {
        let output_kw = self.wings.iter().map(|wing| wing.output_kw_at(sky.at, sky.beta_deg, sky.flux)).sum();
        let mut day = ChannelDay { output_kw, ..ChannelDay::default() };
        let mut weighted = 0.0;
        for battery in &self.batteries {
            let capacity_kwh = battery.capacity_kwh_at(sky.at);
            if capacity_kwh > 0.0 {
                day.capacity_kwh += capacity_kwh;
                day.charge_kw += battery.charge_kw;
                weighted += capacity_kwh * battery.efficiency;
            }
        }
        if day.capacity_kwh > 0.0 {
            day.efficiency = weighted / day.capacity_kwh;
        }
        day
    }
}

/// Loops of the same channels carry heat together. Before the first of them something carried it that the book does not know.
fn cooling(knowledge: &Knowledge<'_>, span: Interval, lost: &[(LoopId, Time)]) -> Vec<Cooling> {
    let mut groups: BTreeMap<Vec<ChannelId>, Vec<&CoolingLoop>> = BTreeMap::new();
    let loops = knowledge.book.power.loops.iter();
    for cooling in loops.filter(|cooling| cooling.from.is_none_or(|from| knowledge.has(from))) {
        let mut channels = cooling.channels.clone();
        channels.sort();
        groups.entry(channels).or_default().push(&cooling.value);
    }
    let ends = |one: &CoolingLoop| {
        let failures = lost.iter().filter(|(id, _)| *id == one.id).map(|&(_, at)| at);
        failures.chain(knowledge.ends(one.until)).min().unwrap_or(Time::MAX)
    };
    let group = |(channels, loops): (Vec<ChannelId>, Vec<&CoolingLoop>)| {
        let begins = |one: &CoolingLoop| one.from.unwrap_or(Time::MIN);
        let first = loops.iter().map(|one| begins(one)).min().unwrap_or(Time::MAX).max(span.start());
        let carries = |at: Time| {
            let working = loops.iter().filter(|one| begins(one) <= at && at < ends(one));
            working.map(|one| one.most_kw).sum()
        };
        let known = Interval::new(first, span.end());
        let changes = || loops.iter().flat_map(|one| [begins(one), ends(one)]);
        let names: Vec<&str> = loops.iter().map(|one| one.id.as_str()).collect();
        Cooling {
            name: names.join("+"),
            channels: channels.iter().map(ToString::to_string).collect(),
            most_kw: known.map(|known| steps(known, changes(), carries)).unwrap_or_default(),
        }
    };
    groups.into_iter().map(group).collect()
}

/// A figure at the beginning of `span` and at each change in it.
fn steps(
    span: Interval,
    changes: impl Iterator<Item = Time>,
    figure: impl Fn(Time) -> f64,
) -> Vec<(Time, f64)> {
    let mut times: Vec<Time> = changes.filter(|&at| span.contains(at)).chain([span.start()]).collect();
    times.sort_unstable();
    times.dedup();
    times.into_iter().map(|at| (at, figure(at))).collect()
}
