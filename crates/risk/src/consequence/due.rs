//! Which measure is due first.

use forecast::{Plan, Survey};
use station::{Call, Response};
use timeline::{Duration, Time};

use super::Judge;
use crate::breach::first_lasting;

/// Why a measure is due.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Due {
    /// A class of supply calls for it.
    Of(usize),
    /// A process by which people live runs short.
    Short(usize),
    /// A ship would leave too few aboard.
    Ship { ship: usize, by: Duration, over_life: Duration, until: Time },
}

/// How long one crew hands over to the next before a ship that was held leaves: ours, as planned changes of crew take about a week.
const HANDOVER: Duration = Duration::from_nanoseconds(7 * Duration::DAY.nanoseconds());

/// Whose ship leaves so soon relieves nobody: ours, longer than shuttles stayed.
const VISIT: Duration = Duration::from_nanoseconds(30 * Duration::DAY.nanoseconds());

/// A shortfall of less than this is overcome: people hold their breath for no day. Ours.
const ENDURED: Duration = Duration::DAY;

/// The measure that is due first, of those due at once the first in order; not those of `used`.
pub(super) fn due(
    judge: &Judge<'_>,
    plan: &Plan,
    survey: &Survey,
    known: Time,
    used: &[(usize, usize)],
) -> Option<(Time, usize, Due)> {
    let steps = 0..judge.measures.len();
    let of_step = |step: usize| {
        let found = all_of(judge, step, plan, survey, known);
        let is_new = |due: &(Time, Due)| {
            let mark = match due.1 {
                Due::Of(supply) => supply,
                Due::Ship { ship, .. } => ship,
                Due::Short(process) => process,
            };
            !used.contains(&(step, mark)) && !used.contains(&(step, usize::MAX))
        };
        found.into_iter().filter(is_new).min_by_key(|due| due.0).map(|(at, due)| (at, step, due))
    };
    steps.filter_map(of_step).min_by_key(|&(at, step, _)| (at, step))
}

/// When one measure is due.
pub(super) fn of_measure(
    judge: &Judge<'_>,
    step: usize,
    plan: &Plan,
    survey: &Survey,
    known: Time,
) -> Option<Time> {
    all_of(judge, step, plan, survey, known).into_iter().map(|due| due.0).min()
}

fn all_of(judge: &Judge<'_>, step: usize, plan: &Plan, survey: &Survey, known: Time) -> Vec<(Time, Due)> {
    let measure = &judge.measures[step].1;
    let called = measure
        .call
        .iter()
        .flat_map(|call| supplies(judge, call).map(move |supply| (supply, call.at.days())));
    match &measure.does {
        Response::Hold { least, over_life } => {
            holds(judge, plan, known, *least, *over_life).into_iter().collect()
        }
        Response::Leave { processes, notice } => {
            let by_supply = called.filter_map(|(supply, days)| {
                leaves(judge, plan, survey, supply, days, known).map(|(at, empty)| {
                    // Who hears of it late still has to pack, as long as there is anything left.
                    let at = if at > known { at } else { (known + *notice).min(empty).max(known) };
                    (at, Due::Of(supply))
                })
            });
            let of_life: Vec<usize> =
                processes.iter().filter_map(|id| judge.outlook.process(id.as_str())).collect();
            let short = survey.short.iter().filter(|short| {
                let lasts = short.during.duration() > ENDURED && short.during.end() > known;
                lasts && short.least_run < 0.5 && of_life.contains(&short.process)
            });
            let at_once = short.map(|short| (short.during.start().max(known), Due::Short(short.process)));
            by_supply.chain(at_once.collect::<Vec<_>>()).collect()
        }
        Response::Ration { .. } | Response::Stop { .. } | Response::CrewDown { .. } => called
            .filter_map(|(supply, days)| Some((survey.at_most_days(supply, days, known)?, Due::Of(supply))))
            .collect(),
    }
}

fn supplies<'a>(judge: &'a Judge<'_>, call: &'a Call) -> impl Iterator<Item = usize> + 'a {
    let names = judge.outlook.supplies().enumerate();
    names
        .filter(|(_, (name, _))| call.supplies.iter().any(|id| id.as_str() == *name))
        .map(|(supply, _)| supply)
}

/// When no more days of a supply are left than `days` and no ship brings any before it is used up; and when that is.
fn leaves(
    judge: &Judge<'_>,
    plan: &Plan,
    survey: &Survey,
    supply: usize,
    days: f64,
    known: Time,
) -> Option<(Time, Time)> {
    let mut from = known;
    loop {
        let at = survey.at_most_days(supply, days, from)?;
        let empty = survey.empty(supply, at)?;
        let brings = |ship: usize| {
            let loads = &judge.outlook.ships()[ship].delivers;
            loads.iter().any(|&(store, _, kg)| kg > 0.0 && judge.outlook.supply_of(store) == Some(supply))
        };
        match plan.arrivals.iter().find(|&&(arrives, ship)| at < arrives && arrives < empty && brings(ship)) {
            Some(&(arrives, _)) => from = arrives + Duration::DAY * 2,
            None => return Some((at, empty)),
        }
    }
}

/// The first ship whose leaving leaves too few aboard, and until when it stays.
fn holds(judge: &Judge<'_>, plan: &Plan, known: Time, least: u32, over_life: f64) -> Option<(Time, Due)> {
    let end = judge.outlook.span().end();
    let at = first_lasting(plan, known, end, |persons, _| persons < least)?;
    let &(leaves, ship) = plan.departures.iter().find(|(leaves, _)| *leaves == at)?;
    let record = &judge.outlook.ships()[ship];
    let relief = plan.arrivals.iter().find(|&&(arrives, other)| {
        let passage = &judge.outlook.ships()[other].passage;
        let stays = passage.leaves.is_none_or(|leaves| leaves - passage.arrives > VISIT);
        arrives >= leaves && !passage.brings.is_empty() && stays
    });
    let wanted = relief.map_or(end, |&(arrives, _)| arrives + HANDOVER);
    let certified = record.life.map_or(Time::MAX, |life| record.launch + life);
    let most = record.life.map_or(Time::MAX, |life| certified + Duration::from_days(life.days() * over_life));
    let until = wanted.min(most);
    (until > leaves).then(|| {
        let over_life = (until - certified).max(Duration::ZERO);
        (at, Due::Ship { ship, by: until - leaves, over_life, until })
    })
}
