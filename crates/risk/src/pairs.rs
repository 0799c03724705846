//! Every pair of losses: what two together break that neither breaks alone.

use std::sync::atomic::{AtomicUsize, Ordering};

use book::Book;
use forecast::{Change, ForecastError, Surveyor};
use timeline::Time;

use crate::ask::{Losses, Question, Setting};
use crate::consequence::{Consequence, Judge, Verdict};
use crate::loss::Loss;

/// Two losses that together are worse than each of them alone.
#[derive(Clone, PartialEq, Debug)]
pub struct Pair {
    /// The two, by their index among the single losses; the one that changes the plan first stands first.
    pub of: [usize; 2],
    /// What comes of both.
    pub consequence: Consequence,
}

/// All pairs of losses of flights and machines.
#[derive(Clone, PartialEq, Debug)]
pub struct Pairs {
    /// How many pairs there are, without those of one flight with itself.
    pub count: usize,
    /// Of these, those that one of the two breaks alone.
    pub broken_alone: usize,
    /// Those of two that are stood alone and break the presence together, or put at risk what neither does; worst first.
    pub worse: Vec<Pair>,
    /// Until when somebody stays aboard whatever two losses happen.
    pub crewed_until: Time,
}

/// Looks at all pairs of the losses of `singles`, which were found for the same question, on so many threads; the answer does not depend
/// on how many. `progress` is told how many first losses are done, and of how many.
///
/// # Errors
/// As of [`losses`](crate::losses).
pub fn pairs(
    book: &Book,
    question: &Question,
    singles: &Losses,
    threads: usize,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Pairs, ForecastError> {
    let setting = Setting::of(book, question)?;
    let unchanged = setting.outlook.plan(&[]);
    let surveyor = Surveyor::along(&setting.outlook, &unchanged)?;
    let (plan, changes) = setting.plan_itself(&surveyor)?;
    let judge = setting.judge(&surveyor, &unchanged, &plan, &changes);
    let mut order: Vec<usize> =
        (0..singles.losses.len()).filter(|&at| !singles.losses[at].0.changes.is_empty()).collect();
    order.sort_by_key(|&at| (singles.losses[at].0.differs, at));
    let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let work = || {
        let mut found = Vec::new();
        loop {
            let first = next.fetch_add(1, Ordering::Relaxed);
            if first >= order.len() {
                return Ok(found);
            }
            found.push((first, of_first(&setting, &judge, singles, &order, first)?));
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, order.len());
        }
    };
    let found: Vec<Result<Vec<(usize, Found)>, ForecastError>> = std::thread::scope(|scope| {
        let others: Vec<_> = (1..threads.max(1)).map(|_| scope.spawn(work)).collect();
        let mine = work();
        let theirs = others.into_iter().map(|other| match other.join() {
            Ok(found) => found,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        [mine].into_iter().chain(theirs).collect()
    });
    let mut by_first: Vec<(usize, Found)> = Vec::new();
    for found in found {
        by_first.extend(found?);
    }
    by_first.sort_by_key(|(first, _)| *first);
    let mut all =
        Pairs { count: 0, broken_alone: 0, worse: Vec::new(), crewed_until: singles.crewed_until() };
    for (_, found) in by_first {
        all.count += found.count;
        all.broken_alone += found.broken_alone;
        all.worse.extend(found.worse);
    }
    let end_of = |pair: &Pair| pair.consequence.ends.as_ref().map_or(Time::MAX, |end| end.0);
    all.worse.sort_by_key(|pair| (std::cmp::Reverse(pair.consequence.verdict), end_of(pair), pair.of));
    all.crewed_until = all.worse.iter().map(end_of).chain([all.crewed_until]).min().unwrap_or(Time::MAX);
    Ok(all)
}

/// What was found of one first loss with all that change the plan later.
#[derive(Default)]
struct Found {
    count: usize,
    broken_alone: usize,
    worse: Vec<Pair>,
}

fn of_first(
    setting: &Setting,
    of_plan: &Judge<'_>,
    singles: &Losses,
    order: &[usize],
    first: usize,
) -> Result<Found, ForecastError> {
    let one = order[first];
    let (loss, alone) = &singles.losses[one];
    let mut found = Found::default();
    let others: Vec<usize> =
        order[first + 1..].iter().copied().filter(|&other| are_two(loss, &singles.losses[other].0)).collect();
    found.count = others.len();
    if alone.verdict == Verdict::Broken {
        found.broken_alone = others.len();
        return Ok(found);
    }
    let plan = of_plan.outlook.plan(&loss.changes);
    let surveyor = of_plan.surveyor.branch(&plan, loss.differs)?;
    let judge = Judge { surveyor: &surveyor, ..*of_plan };
    for other in others {
        let (second, second_alone) = &singles.losses[other];
        if second_alone.verdict == Verdict::Broken {
            found.broken_alone += 1;
            continue;
        }
        let known = loss.known.min(second.known);
        let consequence = if setting.touch(loss, second) {
            let changes = both(setting, of_plan.surveyor, loss, second)?;
            of_plan.judge(&changes, known, loss.differs.min(second.differs))?
        } else {
            let changes: Vec<Change> = loss.changes.iter().chain(&second.changes).copied().collect();
            judge.judge(&changes, known, second.differs)?
        };
        if consequence.verdict > alone.verdict.max(second_alone.verdict) {
            found.worse.push(Pair { of: [one, other], consequence });
        }
    }
    Ok(found)
}

/// What is otherwise when a flight is lost that may bring the spare of a machine, or two machines need one spare.
fn both(
    setting: &Setting,
    surveyor: &Surveyor<'_>,
    one: &Loss,
    other: &Loss,
) -> Result<Vec<Change>, ForecastError> {
    match other.ship {
        Some(_) => setting.beside(surveyor, one, &other.changes, other.differs),
        None => setting.beside(surveyor, other, &one.changes, one.differs),
    }
}

/// Not the same flight, nor the same machine, twice.
fn are_two(one: &Loss, other: &Loss) -> bool {
    match (one.ship, other.ship) {
        (Some(one), Some(other)) => one != other,
        (None, None) => one.subject != other.subject,
        _ => true,
    }
}
