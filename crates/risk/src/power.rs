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

#[cfg(test)]
mod tests {
    use std::path::Path;

    use book::Files;
    use forecast::Surveyor;
    use timeline::{Duration, Interval, Time};

    use crate::ask::{Question, Setting};
    use crate::consequence::Consequence;
    use crate::loss::of_ships;

    /// Whether electricity is looked at.
    #[derive(Clone, Copy)]
    enum Electricity {
        Counted,
        Left,
    }

    fn of_flights_and_machines(
        book: &book::Book,
        question: &Question,
        electricity: Electricity,
    ) -> Vec<Consequence> {
        let mut setting = Setting::of(book, question).unwrap();
        if let Electricity::Counted = electricity {
            setting.outlook = setting.outlook.with_power(setting.outlook.power().unwrap()).unwrap();
        }
        let unchanged = setting.outlook.plan(&[]);
        let surveyor = Surveyor::along(&setting.outlook, &unchanged).unwrap();
        let (plan, changes) = setting.plan_itself(&surveyor).unwrap();
        let judge = setting.judge(&surveyor, &unchanged, &plan, &changes);
        let mut losses = of_ships(&setting.outlook);
        for machine in &setting.machines {
            let (outlook, end) = (&setting.outlook, question.span.end());
            losses.push(machine.fails(&surveyor, outlook, &[], end, setting.mended).unwrap());
        }
        let judged = losses.iter().map(|loss| judge.judge(&loss.changes, loss.known, loss.differs).unwrap());
        judged.chain([plan.clone()]).collect()
    }

    /// Losses of flights and machines are judged without electricity: it would change nothing of what comes of them.
    #[test]
    fn electricity_changes_nothing_where_no_channel_fails() {
        for (name, as_of) in [
            ("iss", "2003-02-28"),
            ("iss", "2004-11-15"),
            ("iss", "2014-10-01"),
            ("iss", "2015-04-01"),
            ("iss", "2018-10-01"),
            ("iss", "2022-12-01"),
            ("iss", "2026-05-30T12:25Z"),
            ("mars-transit", "2039-10-02"),
        ] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../books").join(name);
            let book = book::read(&Files::from_dir(folder).unwrap()).0;
            let as_of: Time = as_of.parse().unwrap();
            let span = Interval::new(as_of, as_of + Duration::DAY * 300).unwrap();
            let question = Question::new(span, as_of);
            let left = of_flights_and_machines(&book, &question, Electricity::Left);
            let counted = of_flights_and_machines(&book, &question, Electricity::Counted);
            assert!(left.len() > 5);
            assert_eq!(left, counted, "{name} as of {as_of}");
        }
    }
}
