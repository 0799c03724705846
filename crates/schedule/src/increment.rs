//! An increment, week after week: each is planned with what the weeks before gave each partner.

use std::collections::{BTreeMap, BTreeSet};

use book::Book;
use plan::{ActivityId, Day, Level, Origin, Plan};
use planner::{Continue, Options, Progress};
use record::{PartnerId, PoolId};
use rules::{Rule, Scene};
use timeline::Interval;

use crate::build::{ScheduleError, schedule};
use crate::setting::Setting;
use crate::shares::{PoolShare, crew_time_pools};

/// An increment that is planned to the day.
pub struct Increment {
    /// The plan.
    pub plan: Plan,
    /// What came of each week.
    pub weeks: Vec<Week>,
    /// Every partner's part of every pool over the whole increment.
    pub shares: Vec<PoolShare>,
    /// What was taken as given because nobody knows better.
    pub assumptions: Vec<String>,
}

/// What came of a week.
#[derive(Clone, PartialEq, Debug)]
pub struct Week {
    /// The time it plans.
    pub span: Interval,
    /// The sum of what its wishes are worth.
    pub value: u64,
    /// No plan of it is worth more.
    pub bound: u64,
    /// Of the mandatory wishes, how many are in the plan.
    pub mandatory_placed: usize,
    /// How many there are.
    pub mandatory_total: usize,
    /// Wishes without a place.
    pub refused: Vec<ActivityId>,
    /// Crew time of each partner in each pool, whole minutes.
    pub shares: Vec<PoolShare>,
}

/// What an increment is made from.
pub struct Months<'a> {
    /// The book.
    pub book: &'a Book,
    /// The time to plan, whole weeks or not.
    pub span: Interval,
    /// The rules of the book.
    pub rules: &'a [Rule],
    /// How to search each week.
    pub options: &'a Options,
}

/// Plans an increment. `scene` makes the scene of a week; `progress` is asked for each week anew, with the number of the week, and how
/// many there are.
///
/// A request that is done once is done in the first week that has room for it. Wishes that fall into one week stay in it.
///
/// # Errors
/// As [`schedule`], for the first week that cannot be planned, and what `scene` says.
pub fn increment<E: From<ScheduleError>>(
    months: &Months<'_>,
    title: &str,
    mut scene: impl FnMut(Interval) -> Result<Scene, E>,
    progress: &mut dyn FnMut(usize, usize, &Progress) -> Continue,
) -> Result<Increment, E> {
    let weeks = weeks(months.span);
    let mut whole = Increment {
        plan: Plan::empty(title, Level::Increment, months.span),
        weeks: Vec::new(),
        shares: Vec::new(),
        assumptions: Vec::new(),
    };
    let mut had: BTreeMap<(PoolId, PartnerId), u64> = BTreeMap::new();
    let mut asked: BTreeMap<(PoolId, PartnerId), u64> = BTreeMap::new();
    let mut once: BTreeSet<String> = BTreeSet::new();
    for (number, span) in weeks.iter().enumerate() {
        let scene = scene(*span)?;
        let mut setting =
            Setting::new(months.book, Level::Increment, *span, months.rules.to_vec(), scene, &once);
        setting.had.clone_from(&had);
        let options =
            Options { seed: months.options.seed.wrapping_add(number as u64), ..months.options.clone() };
        let ask = &mut |told: &Progress| progress(number, weeks.len(), told);
        let scheduled = schedule(&setting, title, &options, ask)?;
        once.extend(done_once(months.book, &scheduled.plan));
        for share in &scheduled.shares {
            let key = (share.pool.clone(), share.partner.clone());
            *had.entry(key.clone()).or_default() += share.planned_min;
            *asked.entry(key).or_default() += share.asked_min;
        }
        for one in scheduled.assumptions {
            if !whole.assumptions.contains(&one) {
                whole.assumptions.push(one);
            }
        }
        join(&mut whole.plan, scheduled.plan);
        whole.weeks.push(Week {
            span: *span,
            value: scheduled.value,
            bound: scheduled.bound,
            mandatory_placed: scheduled.mandatory_placed,
            mandatory_total: scheduled.mandatory_total,
            refused: scheduled.refused.into_iter().map(|refused| refused.id).collect(),
            shares: scheduled.shares,
        });
    }
    whole.shares = over_all(months.book, &had, &asked);
    Ok(whole)
}

/// From Monday to Monday, the first and last as the span cuts them.
fn weeks(span: Interval) -> Vec<Interval> {
    let mut weeks = Vec::new();
    let mut from = span.start();
    while from < span.end() {
        let monday = Day::of(from).monday();
        let next = monday.later(7).start();
        let to = next.min(span.end());
        // At the end of time there is no next week.
        let Some(week) = Interval::new(from, to) else { break };
        weeks.push(week);
        from = to;
    }
    weeks
}

/// The requests that are done once in all and now are.
fn done_once(book: &Book, plan: &Plan) -> BTreeSet<String> {
    let requests = plan.activities.values().filter_map(|activity| match &activity.origin {
        Origin::Request(request) => book.requests.get(request),
        Origin::Block(_) | Origin::Added => None,
    });
    let once = requests.filter(|request| request.often.per.is_none());
    once.map(|request| request.id.to_string()).collect()
}

fn join(whole: &mut Plan, week: Plan) {
    for (person, aboard) in week.crew {
        let joined = match whole.crew.get(&person) {
            Some(before) => before.joined(aboard).unwrap_or(*before),
            None => aboard,
        };
        whole.crew.insert(person, joined);
    }
    whole.activities.extend(week.activities);
    whole.task_list = week.task_list;
}

fn over_all(
    book: &Book,
    had: &BTreeMap<(PoolId, PartnerId), u64>,
    asked: &BTreeMap<(PoolId, PartnerId), u64>,
) -> Vec<PoolShare> {
    let mut all = Vec::new();
    for pool in crew_time_pools(book) {
        let of = |sums: &BTreeMap<(PoolId, PartnerId), u64>, partner: &PartnerId| {
            sums.get(&(pool.id.clone(), partner.clone())).copied().unwrap_or_default()
        };
        let whole_min = pool.parts.iter().map(|part| of(had, &part.partner)).sum();
        all.extend(pool.parts.iter().map(|part| PoolShare {
            pool: pool.id.clone(),
            partner: part.partner.clone(),
            share: part.share,
            planned_min: of(had, &part.partner),
            had_min: 0,
            asked_min: of(asked, &part.partner),
            whole_min,
        }));
    }
    all
}
