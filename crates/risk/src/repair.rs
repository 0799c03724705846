//! The cheapest change of the plan by which a loss would be stood.

use book::Book;
use forecast::{Certainty, Change, Errand, ForecastError, Ship, Surveyor};
use station::Response;
use timeline::{Duration, Time};

use crate::ask::{Losses, Question, Setting};
use crate::breach::Rule;
use crate::consequence::{Consequence, End, Judge, Verdict};
use crate::loss::{Loss, LossKind};

/// A change of the plan that a planner can order.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Lever {
    /// A flight comes so many days later, or earlier when they are less than nothing.
    Move {
        /// Which ship of the outlook, by index.
        ship: usize,
        /// By how many days.
        days: i64,
    },
    /// A ship that carries people stays so many days longer.
    Extend {
        /// Which ship of the outlook, by index.
        ship: usize,
        /// By how many days.
        days: i64,
    },
    /// A flight brings more for one store and less for another.
    Recast {
        /// Which ship of the outlook, by index.
        ship: usize,
        /// What it brings less of, by index.
        from: usize,
        /// What it brings more of, by index.
        to: usize,
        /// How much.
        mass_kg: f64,
    },
}

/// What a lever buys.
#[derive(Clone, PartialEq, Debug)]
pub struct Repair {
    /// The lever.
    pub lever: Lever,
    /// How the loss is stood with it.
    pub verdict: Verdict,
    /// When nobody is left even so.
    pub ends: Option<Time>,
}

/// By how many days flights are moved, and stays extended.
const MOVES_DAYS: [i64; 5] = [-60, -30, -14, 14, 30];
const EXTENSIONS_DAYS: [i64; 4] = [7, 14, 30, 60];
/// How much of a flight's cargo is given to something else, kg.
const RECASTS_KG: [f64; 4] = [50.0, 100.0, 200.0, 400.0];
/// No launch is brought forward to sooner than this from now: a ship is not made ready in less. Ours.
const READY: Duration = Duration::from_nanoseconds(14 * Duration::DAY.nanoseconds());

impl Lever {
    /// What it costs, in days: of a flight that comes later or a longer stay as they are, twice of one that comes earlier, and a day
    /// for 20 kg of other cargo. Ours.
    fn cost_days(self) -> f64 {
        match self {
            Self::Move { days, .. } if days < 0 => -2.0 * days as f64,
            Self::Move { days, .. } | Self::Extend { days, .. } => days as f64,
            Self::Recast { mass_kg, .. } => mass_kg / 20.0,
        }
    }

    fn change(self) -> Change {
        match self {
            Self::Move { ship, days } => Change::Moved(ship, Duration::DAY * days),
            Self::Extend { ship, days } => Change::Held(ship, Duration::DAY * days),
            Self::Recast { ship, from, to, mass_kg } => Change::Recast { ship, from, to, mass_kg },
        }
    }
}

/// For so many of the worst losses a repair is looked for, one for each flight or machine.
const REPAIRED: usize = 3;

/// For the worst of `singles`, but not of ships aboard that are unfit, which were found for the same question, the cheapest change of the plan by which they are stood better; by
/// index, and nothing where no lever helps.
///
/// # Errors
/// As of [`losses`](crate::losses).
pub fn repairs(
    book: &Book,
    question: &Question,
    singles: &Losses,
) -> Result<Vec<(usize, Option<Repair>)>, ForecastError> {
    let setting = Setting::of(book, question)?;
    let unchanged = setting.outlook.plan(&[]);
    let surveyor = Surveyor::along(&setting.outlook, &unchanged)?;
    let (plan, changes) = setting.plan_itself(&surveyor)?;
    let judge = setting.judge(&surveyor, &unchanged, &plan, &changes);
    let mut repairs = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    let not_stood = |one: &(usize, &(Loss, Consequence))| one.1.1.verdict != Verdict::Secure;
    for (at, (loss, consequence)) in singles.losses.iter().enumerate().take_while(not_stood) {
        if repairs.len() == REPAIRED {
            break;
        }
        let can_be_mended = !loss.changes.is_empty() && loss.kind != LossKind::Unfit;
        if can_be_mended && !told.contains(&loss.subject.as_str()) {
            told.push(&loss.subject);
            repairs.push((at, cheapest(&setting, &judge, loss, consequence)?));
        }
    }
    Ok(repairs)
}

/// Tries the levers by what they cost; the first with which the loss is stood, or else the one with which it is stood longest.
fn cheapest(
    setting: &Setting,
    judge: &Judge<'_>,
    loss: &Loss,
    without: &Consequence,
) -> Result<Option<Repair>, ForecastError> {
    let mut levers = levers(judge, loss, without);
    levers.sort_by(|a, b| a.cost_days().total_cmp(&b.cost_days()));
    let mut best: Option<Repair> = None;
    let end_of = |consequence: &Consequence| consequence.ends.as_ref().map(|end| end.0);
    let rank = |verdict: Verdict, ends: Option<Time>| (std::cmp::Reverse(verdict), ends.unwrap_or(Time::MAX));
    let mut best_rank = rank(without.verdict, end_of(without).map(|at| at + Duration::DAY));
    for lever in levers {
        let change = lever.change();
        let differs = judge.outlook.span().start();
        let changes = setting.beside(judge.surveyor, loss, &[change], differs)?;
        let with = judge.judge(&changes, loss.known, differs)?;
        let found = rank(with.verdict, end_of(&with));
        if found <= best_rank {
            continue;
        }
        // What mends this loss must not spoil the plan.
        if judge.judge(&[change], differs, differs)?.verdict > Verdict::Secure {
            continue;
        }
        best_rank = found;
        best = Some(Repair { lever, verdict: with.verdict, ends: end_of(&with) });
        if with.verdict == Verdict::Secure {
            break;
        }
    }
    Ok(best)
}

/// The levers that bear upon what the loss breaks.
fn levers(judge: &Judge<'_>, loss: &Loss, without: &Consequence) -> Vec<Lever> {
    let outlook = judge.outlook;
    let wanted = wanted(without);
    let lost = loss.ship.filter(|_| matches!(loss.kind, LossKind::Lost | LossKind::Unfit));
    let supply_of = |store: usize| outlook.supply_of(store);
    let mut levers = Vec::new();
    for (ship, record) in outlook.ships().iter().enumerate().filter(|(ship, _)| Some(*ship) != lost) {
        let carries_people = !record.passage.brings.is_empty() || !record.passage.takes.is_empty();
        if carries_people && record.passage.leaves.is_some() {
            let most = most_stay(judge, record);
            let can = |days: &i64| {
                record.passage.leaves.is_some_and(|leaves| leaves + Duration::DAY * *days <= most)
            };
            levers.extend(EXTENSIONS_DAYS.into_iter().filter(can).map(|days| Lever::Extend { ship, days }));
        }
        if record.certainty != Certainty::Planned {
            continue;
        }
        let brings_wanted =
            record.delivers.iter().any(|one| supply_of(one.0).is_some_and(|supply| wanted.contains(&supply)));
        let ready = outlook.known_until() + READY;
        let can = |days: &i64| *days > 0 || record.launch + Duration::DAY * *days >= ready;
        if brings_wanted || carries_people {
            levers.extend(MOVES_DAYS.into_iter().filter(can).map(|days| Lever::Move { ship, days }));
        }
        if record.errand == Errand::Cargo && record.launch >= ready {
            for &supply in &wanted {
                levers.extend(recasts(judge, ship, supply));
            }
        }
    }
    levers
}

/// Until when a ship may stay at the longest: its certified life, and what the policy allows beyond it.
fn most_stay(judge: &Judge<'_>, ship: &Ship) -> Time {
    let beyond = judge.measures.iter().find_map(|(_, measure)| match measure.does {
        Response::Hold { over_life, .. } => Some(over_life),
        _ => None,
    });
    let most = ship.life.map(|life| Duration::from_days(life.days() * (1.0 + beyond.unwrap_or(0.0))));
    most.map_or(Time::MAX, |most| ship.launch + most)
}

/// The classes of supply that run short after the loss.
fn wanted(without: &Consequence) -> Vec<usize> {
    let of_rules = without.breaches.iter().filter_map(|breach| match breach.rule {
        Rule::Line(supply, _) | Rule::Empty(supply) => Some(supply),
        _ => None,
    });
    let of_end = without.ends.iter().filter_map(|(_, end)| match end {
        End::Supply(supply) => Some(*supply),
        _ => None,
    });
    let mut wanted: Vec<usize> = of_rules.chain(of_end).collect();
    wanted.sort_unstable();
    wanted.dedup();
    wanted
}

/// More of what a ship brings of a supply, for less of what counts for no supply.
fn recasts(judge: &Judge<'_>, ship: usize, supply: usize) -> Vec<Lever> {
    let delivers = &judge.outlook.ships()[ship].delivers;
    let largest = |counts: &dyn Fn(usize) -> bool| {
        let found = delivers.iter().filter(|one| counts(one.0));
        found.max_by(|a, b| a.2.total_cmp(&b.2)).map(|one| (one.0, one.2))
    };
    let Some((to, _)) = largest(&|store| judge.outlook.supply_of(store) == Some(supply)) else {
        return Vec::new();
    };
    let Some((from, most_kg)) = largest(&|store| judge.outlook.supply_of(store).is_none()) else {
        return Vec::new();
    };
    let fitting = RECASTS_KG.into_iter().filter(|&mass_kg| mass_kg <= most_kg);
    fitting.map(|mass_kg| Lever::Recast { ship, from, to, mass_kg }).collect()
}
