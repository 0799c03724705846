//! Electricity with a channel or a cooling loop out of it.

use book::Book;
use forecast::power::{ChannelDay, Power};
use timeline::{Interval, Time};

/// Without what feeds and stores in a channel on all days that begin in `during`.
pub(crate) fn without_channel(power: &Power, channel: &str, during: Interval) -> Power {
    let mut power = power.clone();
    let days = &power.days;
    for one in power.channels.iter_mut().filter(|one| one.name == channel) {
        for (day, feeds) in days.iter().zip(&mut one.days) {
            if during.contains(day.since) {
                *feeds = ChannelDay::default();
            }
        }
    }
    power
}

/// Without what a loop carries away meanwhile; loops of the same channels stand together under their joined names.
pub(crate) fn without_loop(book: &Book, power: &Power, id: &str, during: Interval) -> Power {
    let mut power = power.clone();
    let lost_kw = book.power.loops.named(id).map_or(0.0, |cooling| cooling.most_kw);
    for group in power.cooling.iter_mut().filter(|group| group.name.split('+').any(|name| name == id)) {
        let at = |steps: &[(Time, f64)], time: Time| {
            steps.iter().rev().find(|step| step.0 <= time).map_or(f64::INFINITY, |step| step.1)
        };
        let before = group.most_kw.clone();
        let ends = [during.start(), during.end()].into_iter().filter(|&end| end < Time::MAX);
        let mut times: Vec<Time> = before.iter().map(|step| step.0).chain(ends).collect();
        times.sort_unstable();
        times.dedup();
        let known = times.into_iter().filter(|&time| at(&before, time).is_finite());
        group.most_kw = known
            .map(|time| {
                let lost_kw = if during.contains(time) { lost_kw } else { 0.0 };
                (time, (at(&before, time) - lost_kw).max(0.0))
            })
            .collect();
    }
    power
}
